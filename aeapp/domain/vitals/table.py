"""Choose and word the readings that item B6 of a report shows.

A row is one time. On the form stand every laboratory row, the baseline, the highest pressure, each
reading beyond a limit and the last one; all other readings follow on the continuation page, so that
nothing is left out. Artefacts and struck readings stay in the record and are not evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from aeapp.domain.case import TestRow
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.limits import beyond

SHORT = {
    ObservationKind.BLOOD_PRESSURE: "BP",
    ObservationKind.HEART_RATE: "HR",
    ObservationKind.OXYGEN_SATURATION: "SpO2",
    ObservationKind.RESPIRATORY_RATE: "RR",
    ObservationKind.TEMPERATURE: "Temp",
    ObservationKind.END_TIDAL_CO2: "EtCO2",
    ObservationKind.WEIGHT: "Weight",
}
_ORDER = list(ObservationKind)


def counts(reading: Observation) -> bool:
    """Tell whether a reading is evidence: neither artefact nor struck through."""
    return reading.status not in (ObservationStatus.ARTEFACT, ObservationStatus.STRUCK)


def worded(reading: Observation) -> str:
    """Return ``BP 182/106 mmHg``; a part that is not known is written as a question mark."""
    name = reading.test_name or SHORT.get(reading.kind or ObservationKind.LABORATORY, "")
    if reading.kind is ObservationKind.BLOOD_PRESSURE:
        number = _pressure(reading)
    else:
        number = show(reading.value)
    unit = reading.unit.symbol if reading.unit else ""
    words = [name, number, unit if number else "", reading.result or "", _doubt(reading)]
    return " ".join(word for word in words if word)


def _pressure(reading: Observation) -> str:
    if reading.systolic is None and reading.diastolic is None:
        return ""
    upper = show(reading.systolic) or "?"
    lower = show(reading.diastolic) or "?"
    mean = f" (mean {show(reading.mean)})" if show(reading.mean) else ""
    return f"{upper}/{lower}{mean}"


def _doubt(reading: Observation) -> str:
    return "(to be looked at)" if reading.status is ObservationStatus.QUESTIONED else ""


def _time(reading: Observation) -> str:
    return reading.at.sort_key() if isinstance(reading.at, PartialDate) else ""


def rows(readings: Iterable[Observation], dose_at: PartialDate | None) -> tuple[TestRow, ...]:
    """Return one row a time for the readings that count, in time order.

    The last row before ``dose_at``, the begin of the first dose, is the baseline.
    """
    evidence = [r for r in readings if counts(r) and r.kind is not ObservationKind.WEIGHT]
    laboratory = [r for r in evidence if r.kind is ObservationKind.LABORATORY]
    signs = sorted((r for r in evidence if r not in laboratory), key=_sort)
    groups = [list(group) for _, group in groupby(signs, key=_time)]
    chosen = _chosen(groups, dose_at)
    out = [_laboratory_row(r) for r in sorted(laboratory, key=_sort)]
    out += [_vitals_row(group, shown=n in chosen) for n, group in enumerate(groups)]
    return tuple(sorted(out, key=_row_time))


def _row_time(row: TestRow) -> str:
    return row.at.sort_key() if isinstance(row.at, PartialDate) else ""


def _sort(reading: Observation) -> tuple[str, int]:
    kind = reading.kind or ObservationKind.LABORATORY
    return (_time(reading), _ORDER.index(kind))


def _chosen(groups: list[list[Observation]], dose_at: PartialDate | None) -> set[int]:
    if not groups:
        return set()
    chosen = {len(groups) - 1, _baseline(groups, dose_at)}
    chosen |= {n for n, group in enumerate(groups) if any(any(beyond(r)) for r in group)}
    peaks = [(r.systolic, -n) for n, g in enumerate(groups) for r in g if _has_systolic(r)]
    if peaks:
        chosen.add(-max(peaks)[1])
    return chosen


def _has_systolic(reading: Observation) -> bool:
    return reading.systolic is not None and not isinstance(reading.systolic, NullFlavor)


def _baseline(groups: list[list[Observation]], dose_at: PartialDate | None) -> int:
    if dose_at is None:
        return 0
    before = [n for n, g in enumerate(groups) if "" < _time(g[0]) <= dose_at.sort_key()]
    return before[-1] if before else 0


def _laboratory_row(reading: Observation) -> TestRow:
    return TestRow(text=worded(reading), low=reading.low, high=reading.high, at=reading.at)


def _vitals_row(group: list[Observation], *, shown: bool) -> TestRow:
    at = group[0].at
    clock = f"{at.hour:02d}:{at.minute:02d} " if isinstance(at, PartialDate) and at.has_time else ""
    text = clock + ", ".join(worded(r) for r in group)
    return TestRow(text=text, at=at, shown=shown)

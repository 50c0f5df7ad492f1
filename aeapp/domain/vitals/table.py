"""Choose and word the readings that item B6 of a report shows.

A row is one time. On the form stand every laboratory row, the baseline, the highest pressure, each
reading beyond a limit and the last one; all other readings follow on the continuation page, so that
nothing is left out. Artefacts and struck readings stay in the record and are not evidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from aeapp.domain.case import TestRow
from aeapp.domain.codecs import show
from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus, ReadingUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate, in_zone, order_in_zone
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, Limit, beyond
from aeapp.kernel.i18n import _

SHORT = {
    ObservationKind.BLOOD_PRESSURE: "BP",
    ObservationKind.HEART_RATE: "HR",
    ObservationKind.OXYGEN_SATURATION: "SpO2",
    ObservationKind.RESPIRATORY_RATE: "RR",
    ObservationKind.TEMPERATURE: "Temp",
    ObservationKind.END_TIDAL_CO2: "EtCO2",
    ObservationKind.WEIGHT: "Weight",
    ObservationKind.MOAA_S: "MOAA/S",
    ObservationKind.CADSS_6: "CADSS-6",
    ObservationKind.PAIN: "Pain",
    ObservationKind.NAUSEA: "Nausea",
}
_ORDER = list(ObservationKind)


def counts(reading: Observation) -> bool:
    """Tell whether a reading stays in a report: neither artefact nor struck through.

    One in question stays with its mark; no value is taken from it, see ``is_evidence``.
    """
    return reading.status not in (ObservationStatus.ARTEFACT, ObservationStatus.STRUCK)


def is_evidence(reading: Observation) -> bool:
    """Tell whether a reading counts without a doubt: one in question waits for a person."""
    return reading.status in (None, ObservationStatus.VALID)


# Units that a row leaves out, so that a set of vital signs fits the form's cell of 64 mm.
LEFT_OUT = {
    ObservationKind.BLOOD_PRESSURE: ReadingUnit.MMHG,
    ObservationKind.HEART_RATE: ReadingUnit.PER_MINUTE,
    ObservationKind.RESPIRATORY_RATE: ReadingUnit.PER_MINUTE,
}
LEGEND = "Vital signs: BP in mmHg; HR and RR per minute."


def worded(reading: Observation, *, short: bool = False) -> str:
    """Return ``BP 182/106 mmHg``; a part that is not known is written as a question mark.

    Where ``short``, the units of ``LEFT_OUT`` are not repeated; whoever prints says ``LEGEND``.
    """
    name = reading.test_name or SHORT.get(reading.kind or ObservationKind.LABORATORY, "")
    if reading.kind is ObservationKind.BLOOD_PRESSURE:
        number = _pressure(reading)
    else:
        number = show(reading.value)
    usual = short and LEFT_OUT.get(reading.kind or ObservationKind.LABORATORY) is reading.unit
    # Points are what the name of a scale says already.
    bare = usual or reading.unit is ReadingUnit.SCORE
    unit = reading.unit.symbol if reading.unit and not bare else ""
    words = [name, number, unit if number else "", reading.result or "", _doubt(reading)]
    return " ".join(word for word in words if word)


def _pressure(reading: Observation) -> str:
    mean = f"mean {show(reading.mean)}" if show(reading.mean) else ""
    if reading.systolic is None and reading.diastolic is None:
        return mean
    upper = show(reading.systolic) or "?"
    lower = show(reading.diastolic) or "?"
    return f"{upper}/{lower}" + (f" ({mean})" if mean else "")


def _doubt(reading: Observation) -> str:
    return "(to be looked at)" if reading.status is ObservationStatus.QUESTIONED else ""


def order(at: PartialDate | NullFlavor | None, zone: dt.tzinfo | None) -> str:
    """Return a text that sorts in time order; what has no time comes first."""
    return order_in_zone(at, zone) if isinstance(at, PartialDate) else ""


def rows(
    readings: Iterable[Observation],
    dose_at: PartialDate | None,
    zone: dt.tzinfo | None = None,
    limits: tuple[Limit, ...] = DEFAULT_LIMITS,
) -> tuple[TestRow, ...]:
    """Return one row a time for the readings that count, in time order and on ``zone``'s clock.

    The last row before ``dose_at``, the begin of the first dose, is the baseline. Readings of one
    day without a time of day stay in the order given, one row for each remark.
    """
    evidence = [r for r in readings if counts(r) and r.kind is not ObservationKind.WEIGHT]
    laboratory = [r for r in evidence if r.kind is ObservationKind.LABORATORY]
    groups = _grouped([r for r in evidence if r.kind is not ObservationKind.LABORATORY], zone)
    chosen = _chosen(groups, order(dose_at, zone), zone, limits)
    laboratory.sort(key=lambda r: order(r.at, zone))
    out = [_laboratory_row(r, zone) for r in laboratory]
    out += [_vitals_row(group, zone, shown=n in chosen) for n, group in enumerate(groups)]
    return tuple(sorted(out, key=lambda row: order(row.at, zone)))


def _grouped(signs: list[Observation], zone: dt.tzinfo | None) -> list[list[Observation]]:
    groups: dict[tuple[str, str], list[Observation]] = {}
    for reading in signs:
        groups.setdefault((order(reading.at, zone), _remark(reading)), []).append(reading)
    ordered = sorted(groups.items(), key=lambda item: item[0][0])
    return [sorted(group, key=_kind_place) for _key, group in ordered]


def _remark(reading: Observation) -> str:
    """Return what tells readings apart whose time of day is not known, such as before the dose."""
    return "" if _timed(reading) else reading.note or ""


def _kind_place(reading: Observation) -> int:
    return _ORDER.index(reading.kind or ObservationKind.LABORATORY)


def _chosen(
    groups: list[list[Observation]],
    dose_at: str,
    zone: dt.tzinfo | None,
    limits: tuple[Limit, ...],
) -> set[int]:
    if not groups:
        return set()
    chosen = {len(groups) - 1, _baseline(groups, dose_at, zone)}
    chosen |= {n for n, group in enumerate(groups) if any(any(beyond(r, limits)) for r in group)}
    peaks = [(r.systolic, -n) for n, g in enumerate(groups) for r in g if _has_systolic(r)]
    if peaks:
        chosen.add(-max(peaks)[1])
    return chosen


def _has_systolic(reading: Observation) -> bool:
    return reading.systolic is not None and not isinstance(reading.systolic, NullFlavor)


def _baseline(groups: list[list[Observation]], dose_at: str, zone: dt.tzinfo | None) -> int:
    # A day alone does not say whether the reading came before the dose of that day.
    timed = [(n, order(g[0].at, zone)) for n, g in enumerate(groups) if _timed(g[0])]
    before = [n for n, at in timed if at <= dose_at]
    return before[-1] if before else 0


def _timed(reading: Observation) -> bool:
    return isinstance(reading.at, PartialDate) and reading.at.has_time


def _on_clock(
    at: PartialDate | NullFlavor | None, zone: dt.tzinfo | None
) -> tuple[PartialDate | NullFlavor | None, str]:
    """Return the time on the clock of ``zone``, and its time of day in words."""
    if not isinstance(at, PartialDate):
        return at, ""
    at = in_zone(at, zone)
    return at, f"{at.hour:02d}:{at.minute:02d} " if at.has_time else ""


def _laboratory_row(reading: Observation, zone: dt.tzinfo | None) -> TestRow:
    at, clock = _on_clock(reading.at, zone)
    note = f" ({reading.note})" if reading.note else ""
    text = (clock + worded(reading) + note).strip()
    return TestRow(text=text or None, low=reading.low, high=reading.high, at=at)


def _vitals_row(group: list[Observation], zone: dt.tzinfo | None, *, shown: bool) -> TestRow:
    at, clock = _on_clock(group[0].at, zone)
    remark = _remark(group[0])
    lead = f"{remark}: " if remark else clock
    text = lead + ", ".join(_sourced(r, group) for r in group)
    return TestRow(text=text or None, at=at, shown=shown)


def _sourced(reading: Observation, group: list[Observation]) -> str:
    """Word a reading, with its source where another one of the same kind stands beside it."""
    alike = [r for r in group if r.kind is reading.kind]
    source = f" ({_(label(reading.source))})" if len(alike) > 1 and reading.source else ""
    return worded(reading, short=True) + source

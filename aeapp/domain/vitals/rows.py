"""Arrange readings as a person reads them: one row a time, minutes counted from the first dose.

Every reading has its place, also the struck ones; two of one quantity at one minute make two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records.administration import Administration
from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.table import counts
from aeapp.domain.vitals.typing import Column, flag_of
from aeapp.kernel.i18n import _


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """The readings of one time.

    Attributes:
        minute: Where the row lies from the first dose: ``T+15``, ``Baseline``, or empty.
    """

    at: PartialDate | None
    cells: Mapping[ObservationKind, Observation]
    minute: str = ""


def first_dose(givings: Iterable[Administration]) -> PartialDate | None:
    """Return when the first dose began; None while no dose has a time."""
    starts = [g.started for g in givings if isinstance(g.started, PartialDate)]
    return min((s for s in starts if s.utc() is not None), default=None)


def minutes_between(zero: PartialDate, at: PartialDate) -> int | None:
    """Return whole minutes from ``zero`` to ``at``; None where either lacks time or offset."""
    begin, end = zero.utc(), at.utc()
    return None if begin is None or end is None else int((end - begin).total_seconds() // 60)


def minute_words(zero: PartialDate | None, at: PartialDate | None) -> str:
    """Return ``T+15``, or ``T−5`` before the dose; empty where it cannot be said."""
    minutes = minutes_between(zero, at) if zero is not None and at is not None else None
    if minutes is None:
        return ""
    return f"T+{minutes}" if minutes >= 0 else f"T−{-minutes}"


def rows_of(
    readings: Iterable[Observation], columns: Iterable[Column], zero: PartialDate | None
) -> tuple[Row, ...]:
    """Return the rows in time order; readings of other quantities are left out."""
    kinds = [column.kind for column in columns]
    grouped: dict[str, list[dict[ObservationKind, Observation]]] = {}
    times: dict[str, PartialDate | None] = {}
    for reading in readings:
        kind = reading.kind
        if kind is None or kind not in kinds:
            continue
        at = reading.at if isinstance(reading.at, PartialDate) else None
        key = at.sort_key() if at else ""
        times.setdefault(key, at)
        _place(grouped.setdefault(key, []), kind, reading)
    found = [Row(times[key], cells) for key in sorted(grouped) for cells in grouped[key]]
    return _named(found, zero)


def _place(
    rows: list[dict[ObservationKind, Observation]], kind: ObservationKind, reading: Observation
) -> None:
    free = next((row for row in rows if kind not in row), None)
    if free is None:
        free = {}
        rows.append(free)
    free[kind] = reading


def _named(rows: Sequence[Row], zero: PartialDate | None) -> tuple[Row, ...]:
    before = [n for n, row in enumerate(rows) if _not_after(row.at, zero)]
    baseline = before[-1] if before else -1
    return tuple(
        Row(row.at, row.cells, _("Baseline") if n == baseline else minute_words(zero, row.at))
        for n, row in enumerate(rows)
    )


def _not_after(at: PartialDate | None, zero: PartialDate | None) -> bool:
    minutes = minutes_between(zero, at) if zero is not None and at is not None else None
    return minutes is not None and minutes <= 0


def latest(readings: Iterable[Observation]) -> dict[ObservationKind, Observation]:
    """Return the last reading of each quantity that counts."""
    dated = [r for r in readings if isinstance(r.at, PartialDate) and counts(r)]
    ordered = sorted(dated, key=lambda r: r.at.sort_key() if isinstance(r.at, PartialDate) else "")
    return {r.kind: r for r in ordered if r.kind is not None}


def flags_of(row: Row, columns: Iterable[Column]) -> dict[ObservationKind, str]:
    """Return {quantity: words} of what is beyond a limit in a row; what does not count is not."""
    found = {}
    for column in columns:
        reading = row.cells.get(column.kind)
        words = flag_of(reading) if reading is not None and counts(reading) else ""
        if words:
            found[column.kind] = words
    return found


def weight_of(readings: Iterable[Observation]) -> Decimal | None:
    """Return the last weight in kilogram that counts."""
    reading = latest(readings).get(ObservationKind.WEIGHT)
    return reading.value if reading is not None and isinstance(reading.value, Decimal) else None

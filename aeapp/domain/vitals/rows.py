"""Arrange readings as a person reads them: one row a time, minutes counted from the first dose.

Every reading has its place, also the struck ones; two of one quantity at one minute make two rows,
and what was entered together stays together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.table import is_evidence
from aeapp.domain.vitals.typing import Column, flag_of
from aeapp.kernel.i18n import _

# Minutes of one.
A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """The readings of one time.

    Attributes:
        minute: Where the row lies from the first dose: ``T+15``, ``Baseline``, or empty.
    """

    at: PartialDate | None
    cells: Mapping[ObservationKind, Observation]
    minute: str = ""


def minutes_between(zero: PartialDate, at: PartialDate) -> int | None:
    """Return whole minutes from ``zero`` to ``at``; None where either lacks time or offset."""
    begin, end = zero.utc(), at.utc()
    return None if begin is None or end is None else int((end - begin).total_seconds() // 60)


def minute_words(zero: PartialDate | None, at: PartialDate | None) -> str:
    """Return ``T+15``, or ``T−5`` before the dose; empty where it cannot be said."""
    minutes = minutes_between(zero, at) if zero is not None and at is not None else None
    return "" if minutes is None else offset_words(minutes)


def offset_words(minutes: int) -> str:
    """Return ``T+15`` or ``T−5``; a day or more from the dose ``T+3d 04:10``, to be read at all."""
    sign, far = ("+", minutes) if minutes >= 0 else ("−", -minutes)
    if far < A_DAY:
        return f"T{sign}{far}"
    hours, rest = divmod(far % A_DAY, 60)
    return f"T{sign}{far // A_DAY}d {hours:02}:{rest:02}"


def rows_of(
    readings: Iterable[Observation], columns: Iterable[Column], zero: PartialDate | None
) -> tuple[Row, ...]:
    """Return the rows in time order; readings of other quantities are left out."""
    places = {column.kind: n for n, column in enumerate(columns)}
    grouped: dict[str, list[Observation]] = {}
    for reading in readings:
        if reading.kind in places:
            key = reading.at.sort_key() if isinstance(reading.at, PartialDate) else ""
            grouped.setdefault(key, []).append(reading)
    found = [row for key in sorted(grouped) for row in rows_at(grouped[key], places)]
    return baseline_row([row_words(row, zero) for row in found], zero)


Cells = dict[ObservationKind, Observation]


def rows_at(
    readings: Sequence[Observation], places: Mapping[ObservationKind, int]
) -> Iterator[Row]:
    """Yield the rows of one time; ``places`` are the columns of the quantities."""
    rows: list[Cells] = []
    for entry in _entries(readings, places):
        free = next((row for row in rows if row.keys().isdisjoint(entry)), None)
        if free is None:
            rows.append(entry)
        else:
            free.update(entry)
    for row in rows:
        at = next(iter(row.values())).at
        yield Row(at if isinstance(at, PartialDate) else None, row)


def _entries(
    readings: Sequence[Observation], places: Mapping[ObservationKind, int]
) -> Iterator[Cells]:
    """Split readings of one time into what was entered at once.

    A row is stored in the order of the columns and from one source, so the next one begins where
    the order goes back or the source changes.
    """
    entry: Cells = {}
    last, origin = -1, None
    for reading in readings:
        kind = reading.kind
        assert kind is not None  # noqa: S101 - only such were taken
        place, source = places[kind], (reading.source, reading.device)
        if entry and (place <= last or source != origin):
            yield entry
            entry = {}
        entry[kind] = reading
        last, origin = place, source
    if entry:
        yield entry


def row_words(row: Row, zero: PartialDate | None) -> Row:
    """Return a row with the words for its minute."""
    return Row(row.at, row.cells, minute_words(zero, row.at))


def baseline_row(rows: Sequence[Row], zero: PartialDate | None) -> tuple[Row, ...]:
    """Return ``rows``, which are in time order, with the last one before the dose so called."""
    for n in reversed(range(len(rows))):
        if _not_after(rows[n].at, zero):
            return (*rows[:n], Row(rows[n].at, rows[n].cells, _("Baseline")), *rows[n + 1 :])
    return tuple(rows)


def _not_after(at: PartialDate | None, zero: PartialDate | None) -> bool:
    minutes = minutes_between(zero, at) if zero is not None and at is not None else None
    return minutes is not None and minutes <= 0


def latest(readings: Iterable[Observation]) -> dict[ObservationKind, Observation]:
    """Return the last reading of each quantity that counts."""
    dated = [r for r in readings if isinstance(r.at, PartialDate) and is_evidence(r)]
    ordered = sorted(dated, key=lambda r: r.at.sort_key() if isinstance(r.at, PartialDate) else "")
    return {r.kind: r for r in ordered if r.kind is not None}


Flag = Callable[[Observation], str]


def flags_of(
    row: Row, columns: Iterable[Column], flag: Flag = flag_of
) -> dict[ObservationKind, str]:
    """Return {quantity: words} of what is beyond a limit in a row; what does not count is not."""
    found = {}
    for column in columns:
        reading = row.cells.get(column.kind)
        words = flag(reading) if reading is not None and is_evidence(reading) else ""
        if words:
            found[column.kind] = words
    return found


def weight_of(readings: Iterable[Observation]) -> Decimal | None:
    """Return the last weight in kilogram that counts."""
    weights = [r for r in readings if r.kind is ObservationKind.WEIGHT]
    reading = latest(weights).get(ObservationKind.WEIGHT)
    return reading.value if reading is not None and isinstance(reading.value, Decimal) else None

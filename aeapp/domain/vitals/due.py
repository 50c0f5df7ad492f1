"""Which readings are due, which were taken for them, and which one a person takes next.

A row of the schedule is taken by the readings of one minute, and those readings take one row only.
Nothing is filled in: a row without a reading near its time stays without.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aeapp.domain.chair.infusion import is_infusion
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import DueFrom
from aeapp.domain.records.administration import Administration
from aeapp.domain.records.observation import Observation
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minutes_between
from aeapp.domain.vitals.table import is_evidence

# How many minutes before its time a reading may take a row (clinic default). After it, until the
# next row is due.
EARLY, BEFORE_DOSE, BEFORE_LEAVING = 5, 60, 15
# A reading left out weighs as much as so many minutes when a set is chosen for a row.
LEFT_OUT = 3
# A repeat so near to a row of the schedule is that row.
TOGETHER = 3
_END_UNKNOWN, _LEAVING = 10**6, 10**7


class DueState(StrEnum):
    """How a row that is due stands."""

    TAKEN = "taken"
    COMING = "coming"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """The readings of one minute that count.

    Attributes:
        minute: Minutes from the first dose; None while no dose has a time.
    """

    at: PartialDate
    minute: int | None
    readings: tuple[Observation, ...]

    @property
    def kinds(self) -> frozenset[ObservationKind]:
        """Return what was read."""
        return frozenset(r.kind for r in self.readings if r.kind is not None)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A reading that is to be taken again, and from when on."""

    at: PartialDate
    kinds: frozenset[ObservationKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The times a schedule hangs on; None for what has not happened.

    Attributes:
        zero: Begin of the first dose.
    """

    now: PartialDate
    zero: PartialDate | None = None
    infusion_end: PartialDate | None = None
    ended: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One row of readings that is asked for.

    Attributes:
        minute: Minutes from the first dose at which it is due; None where that is not known yet.
        at: The same as a time; None where that is not known yet.
        late: Minutes it is late by now, or was taken late; negative where it was taken early.
        missing: What was asked and not read.
        repeat: Whether an abnormal reading asks for it.
    """

    minute: int | None
    at: PartialDate | None
    words: str
    kinds: frozenset[ObservationKind]
    counted_from: DueFrom = DueFrom.DOSE
    state: DueState = DueState.COMING
    late: int = 0
    taken: ReadingSet | None = None
    missing: frozenset[ObservationKind] = frozenset()
    repeat: bool = False

    @property
    def open(self) -> bool:
        """Tell whether it is still to be taken."""
        return self.state in (DueState.COMING, DueState.LATE)

    @property
    def order(self) -> int:
        """Return where it stands among the rows."""
        if self.minute is not None:
            return self.minute
        return _LEAVING if self.counted_from is DueFrom.LEAVING else _END_UNKNOWN


def reading_sets(
    readings: Iterable[Observation], zero: PartialDate | None
) -> tuple[ReadingSet, ...]:
    """Return what was read and counts, a set for each time, in time order."""
    found: dict[str, list[Observation]] = {}
    for reading in readings:
        if isinstance(reading.at, PartialDate) and reading.at.has_time and is_evidence(reading):
            found.setdefault(reading.at.sort_key(), []).append(reading)
    sets = []
    for key in sorted(found):
        at = found[key][0].at
        assert isinstance(at, PartialDate)  # noqa: S101 - only such were taken
        minute = minutes_between(zero, at) if zero is not None else None
        sets.append(ReadingSet(at, minute, tuple(found[key])))
    return tuple(sets)


def due_rows(
    schedule: Iterable[DueReading],
    readings: Iterable[Observation],
    times: Times,
    repeats: Iterable[Repeat] = (),
) -> tuple[DueRow, ...]:
    """Return the rows of ``schedule`` and the repeats asked for, in the order they are due."""
    return due_of(schedule, reading_sets(readings, times.zero), times, repeats)


def due_of(
    schedule: Iterable[DueReading],
    sets: Sequence[ReadingSet],
    times: Times,
    repeats: Iterable[Repeat] = (),
) -> tuple[DueRow, ...]:
    """Return what ``due_rows`` returns, of sets of readings that are in time order."""
    planned = sorted((_planned(row, times) for row in schedule), key=lambda row: row.order)
    taken = _taken(planned, sets, times)
    rows = []
    for n, row in enumerate(planned):
        if n in taken:
            rows.append(_with(row, taken[n]))
        else:
            later = any(m > n for m in taken) or _is_due(planned[n + 1 :], times)
            rows.append(_untaken(row, times, passed=later))
    for repeat in repeats:
        rows = _asked_again(rows, repeat, times)
    return tuple(sorted(rows, key=lambda row: row.order))


def next_due(rows: Iterable[DueRow]) -> DueRow | None:
    """Return the row that a person takes next; None when there is none."""
    return min((row for row in rows if row.open), key=lambda row: row.order, default=None)


def filled_by(rows: Iterable[DueRow], minute: int | None) -> DueRow | None:
    """Return the row that readings of ``minute`` would take; None where they come too early."""
    known = sorted(rows, key=lambda row: row.order)
    fitting = []
    for n, row in enumerate(known):
        follows = (r.order for r in known[n + 1 :] if not r.repeat and r.order > row.order)
        if row.taken is None and _would_take(row, minute, next(follows, _LEAVING)):
            fitting.append(row)
    return min(fitting, key=lambda row: abs(row.order - (minute or 0)), default=None)


def _would_take(row: DueRow, minute: int | None, follows: int) -> bool:
    if row.repeat:
        # An abnormal reading may be repeated at any time.
        return row.open
    before = row.minute is not None and row.minute <= 0 and row.counted_from is DueFrom.DOSE
    if minute is None or minute <= 0:
        return before
    return not before and row.minute is not None and row.minute - EARLY <= minute < follows


def infusion_end(givings: Iterable[Administration]) -> PartialDate | None:
    """Return when the last infusion ended; None without one, or while one runs."""
    suspects = [g for g in givings if g.is_suspect]
    if any(is_infusion(g) and g.ended is None for g in suspects):
        return None
    ends = [g.ended for g in suspects if isinstance(g.ended, PartialDate) and g.ended.has_time]
    return max(ends, key=lambda end: end.sort_key(), default=None)


def later(at: PartialDate, minutes: int) -> PartialDate | None:
    """Return ``at`` moved by minutes, on the same clock."""
    instant = at.utc()
    if instant is None or at.offset is None:
        return None
    zone = dt.timezone(dt.timedelta(minutes=at.offset))
    moved = (instant + dt.timedelta(minutes=minutes)).astimezone(zone)
    return PartialDate.of(moved.replace(second=0, microsecond=0))


# --- how it is done


def _begin(row: DueReading) -> DueFrom:
    if row.counted_from is not None:
        return row.counted_from
    return DueFrom.DOSE if row.minute is not None else DueFrom.LEAVING


def _planned(row: DueReading, times: Times) -> DueRow:
    begin, minute, at = _begin(row), row.minute or 0, None
    if begin is DueFrom.DOSE and times.zero is not None:
        at = later(times.zero, minute)
    elif begin is DueFrom.INFUSION_END and times.infusion_end is not None:
        at = later(times.infusion_end, minute)
    if begin is DueFrom.DOSE:
        known: int | None = minute
    elif at is not None and times.zero is not None:
        known = minutes_between(times.zero, at)
    else:
        known = None
    return DueRow(
        minute=known,
        at=at,
        words=row.words or "",
        kinds=row.kinds or frozenset(),
        counted_from=begin,
    )


def _window(rows: Sequence[DueRow], n: int, times: Times) -> tuple[int, int] | None:
    """Return the minutes between which readings may take row ``n``; None where none can yet."""
    row = rows[n]
    if row.counted_from is DueFrom.LEAVING:
        end = None
        if times.ended is not None and times.zero is not None:
            end = minutes_between(times.zero, times.ended)
        return None if end is None else (end - BEFORE_LEAVING, end)
    if row.minute is None:
        return None
    if row.minute <= 0 and row.counted_from is DueFrom.DOSE:
        return row.minute - BEFORE_DOSE, 0
    follows = (r.minute for r in rows[n + 1 :] if r.minute is not None and r.minute > row.minute)
    return max(1, row.minute - EARLY), next(follows, _LEAVING)


def _taken(
    rows: Sequence[DueRow], sets: Sequence[ReadingSet], times: Times
) -> dict[int, ReadingSet]:
    """Return {row: set}: what lies nearest and leaves least unread goes first."""
    known = [-_LEAVING if s.minute is None else s.minute for s in sets]
    pairs = []
    for n, row in enumerate(rows):
        # The other rows can take no more than one of these each.
        costs = _costs(row, sets, _reach(row, _span(rows, n, known, times), known), len(rows))
        pairs += [(cost, m, n) for cost, m in costs]
    taken: dict[int, ReadingSet] = {}
    used: set[int] = set()
    for _far, m, n in sorted(pairs):
        if n not in taken and m not in used:
            taken[n] = sets[-m]
            used.add(m)
    return taken


def _span(rows: Sequence[DueRow], n: int, known: Sequence[int], times: Times) -> tuple[int, int]:
    """Return from which set on, and before which, sets may take row ``n``."""
    if times.zero is None:
        # Before the first dose whatever was read was read before it.
        row = rows[n]
        before = row.counted_from is DueFrom.DOSE and (row.minute or 0) <= 0
        return (0, len(known)) if before else (0, 0)
    window = _window(rows, n, times)
    if window is None:
        return 0, 0
    return bisect_left(known, window[0]), bisect_right(known, window[1])


def _reach(row: DueRow, span: tuple[int, int], known: Sequence[int]) -> Iterator[int]:
    """Yield the sets of a span, the nearest to the row first, of two the later one."""
    first, last = span
    left = right = min(max(bisect_left(known, row.minute or 0), first), last)
    while left > first or right < last:
        far = abs(known[right] - (row.minute or 0)) if right < last else _LEAVING * 2
        near = abs(known[left - 1] - (row.minute or 0)) if left > first else _LEAVING * 2
        if far <= near:
            yield right
            right += 1
        else:
            left -= 1
            yield left


def _costs(
    row: DueRow, sets: Sequence[ReadingSet], reach: Iterable[int], most: int
) -> list[tuple[int, int]]:
    """Return (cost, minus the set) of the sets that suit a row best, at most so many."""
    best: list[tuple[int, int]] = []
    for m in reach:
        distance = _distance(row, sets[m])
        if len(best) == most and distance > best[-1][0]:
            break
        missing = len(row.kinds - sets[m].kinds)
        if missing < len(row.kinds) or not row.kinds:
            # Of two that lie equally near, the later one knows more.
            insort(best, (distance + LEFT_OUT * missing, -m))
            del best[most:]
    return best


def _distance(row: DueRow, found: ReadingSet) -> int:
    if found.minute is None or row.minute is None:
        return 0
    return abs(found.minute - row.minute)


def _with(row: DueRow, found: ReadingSet) -> DueRow:
    late = 0
    if row.minute is not None and row.minute > 0 and found.minute is not None:
        late = found.minute - row.minute
    missing = row.kinds - found.kinds
    return replace(row, state=DueState.TAKEN, taken=found, late=late, missing=missing)


def _untaken(row: DueRow, times: Times, *, passed: bool) -> DueRow:
    over = None if row.at is None else minutes_between(row.at, times.now)
    before_dose = over is not None and row.order <= 0
    if times.ended is not None or before_dose or (passed and (over or 0) > 0):
        return replace(row, state=DueState.MISSED, missing=row.kinds)
    return _late(row, times)


def _is_due(rows: Iterable[DueRow], times: Times) -> bool:
    due = [minutes_between(row.at, times.now) for row in rows if row.at is not None]
    return any(over is not None and over >= 0 for over in due)


def _asked_again(rows: list[DueRow], repeat: Repeat, times: Times) -> list[DueRow]:
    """Add a repeat, or join it with the row of the schedule that is due with it."""
    minute = minutes_between(times.zero, repeat.at) if times.zero is not None else None
    asked = DueRow(minute=minute, at=repeat.at, words="", kinds=repeat.kinds, repeat=True)
    for n, row in enumerate(rows):
        if row.open and _together(row.minute, minute):
            first = asked if asked.order < row.order else row
            joined = replace(
                row,
                at=first.at,
                minute=first.minute,
                kinds=row.kinds | repeat.kinds if row.kinds else row.kinds,
                repeat=True,
            )
            return [*rows[:n], _late(joined, times), *rows[n + 1 :]]
    return [*rows, _late(asked, times)]


def _together(minute: int | None, other: int | None) -> bool:
    return minute is not None and other is not None and abs(minute - other) <= TOGETHER


def _late(row: DueRow, times: Times) -> DueRow:
    over = None if row.at is None else minutes_between(row.at, times.now)
    if over is None or over <= 0:
        return row
    return replace(row, state=DueState.LATE, late=over)


__all__ = [
    "DueRow",
    "DueState",
    "ReadingSet",
    "Repeat",
    "Times",
    "due_of",
    "due_rows",
    "filled_by",
    "infusion_end",
    "later",
    "next_due",
    "reading_sets",
]

"""What a session's readings say, worked out anew only for those that are new or have changed.

A monitor brings thousands of readings, and a room asks the same of all of them at every new row.
The answers are those of the plain functions for the same readings; where a reading has no instant,
the plain functions give them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import ReadingSet, reading_sets
from aeapp.domain.vitals.own_time import EVER, Span
from aeapp.domain.vitals.rows import Row, baseline_row, latest, row_words, rows_at, rows_of
from aeapp.domain.vitals.table import is_evidence
from aeapp.domain.vitals.typing import COLUMNS, Column
from aeapp.domain.vitals.watch import Baseline, baseline_of

# Seconds of the epoch, and whether seconds are known: what has none stands first in its minute.
Moment = tuple[float, bool]
# More changes than these are taken in faster from the beginning.
MANY = 500


def _moment(reading: Observation) -> Moment | None:
    at = reading.at
    if not isinstance(at, PartialDate):
        return None
    instant = at.utc()
    return None if instant is None else (instant.timestamp(), at.second is not None)


class ReadingBook:
    """The readings of one session."""

    def __init__(self, columns: Iterable[Column] = COLUMNS) -> None:
        self._columns = tuple(columns)
        self._places = {column.kind: n for n, column in enumerate(self._columns)}
        self._zero: PartialDate | None = None
        self._span = EVER
        self._start()

    def _start(self) -> None:
        self.readings: tuple[Observation, ...] = ()
        self._loose: set[int] = set()
        self._of_kind: dict[ObservationKind, list[tuple[Moment, int]]] = {}
        self._at: dict[Moment, list[int]] = {}
        self._moments: list[Moment] = []
        self._sets: dict[Moment, ReadingSet | None] = {}
        self._rows: dict[Moment, tuple[Row, ...]] = {}

    def take(self, readings: Iterable[Observation]) -> None:
        """Take the readings as they are now, in the order in which they were entered."""
        new, old = tuple(readings), self.readings
        changed = [
            n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one is not other
        ]
        if len(new) < len(old) or len(changed) > MANY:
            self._start()
            changed, old = [], ()
        for n in changed:
            self._forget(n, old[n])
        self.readings = new
        for n in (*changed, *range(len(old), len(new))):
            self._add(n, new[n])

    @property
    def kinds(self) -> frozenset[ObservationKind]:
        """Return what was read."""
        loose = (self.readings[n].kind for n in self._loose)
        known = (kind for kind, entries in self._of_kind.items() if entries)
        return frozenset((*known, *(kind for kind in loose if kind is not None)))

    def within(self, span: Span) -> None:
        """Look for current values in ``span`` only; the rows are those of all readings."""
        self._span = span

    # --- what it answers

    def latest(self) -> dict[ObservationKind, Observation]:
        """Return the last reading of each quantity that counts."""
        if self._loose:
            return latest(self._own())
        return dict(self._last_ones(is_evidence, math.inf))

    def baseline(self, zero: PartialDate | None) -> Baseline:
        """Return the last reading of each quantity before the first dose that counts."""
        begin = zero.utc() if zero is not None else None
        if self._loose or begin is None:
            return baseline_of(self._own(), zero)
        return dict(self._last_ones(is_evidence, begin.timestamp()))

    def recent(self, zero: PartialDate | None) -> tuple[Observation, ...]:
        """Return what decides whether a reading is to be taken again; older ones say nothing.

        These are the baseline and, of each quantity, the last one without a doubt with what came
        after it.
        """
        if self._loose:
            return self._own()
        found = list(self.baseline(zero).values())
        for kind in self._of_kind:
            for n in self._backwards(kind, math.inf):
                found.append(self.readings[n])
                if is_evidence(self.readings[n]):
                    break
        return tuple({id(reading): reading for reading in found}.values())

    def sets(self, zero: PartialDate | None) -> tuple[ReadingSet, ...]:
        """Return what was read and counts, a set for each time, in time order."""
        if self._loose:
            return reading_sets(self._own(), zero)
        self._count_from(zero)
        first, last = self._bounds(math.inf)
        moments = self._moments[
            bisect_left(self._moments, first) : bisect_right(self._moments, last)
        ]
        for moment in moments:
            if moment not in self._sets:
                self._sets[moment] = next(iter(reading_sets(self._those(moment), zero)), None)
        known = map(self._sets.__getitem__, moments)
        return tuple(found for found in known if found is not None)

    def rows(self, zero: PartialDate | None) -> tuple[Row, ...]:
        """Return the rows in time order; readings of other quantities are left out."""
        if self._loose:
            return rows_of(self.readings, self._columns, zero)
        self._count_from(zero)
        for moment in self._moments:
            if moment not in self._rows:
                self._rows[moment] = tuple(self._rows_at(moment, zero))
        # Whatever lies less than a minute after the dose is at its minute still.
        begin = zero.utc() if zero is not None else None
        until = -math.inf if begin is None else begin.timestamp() + 60
        end = bisect_left(self._moments, (until, False))
        before = [row for moment in self._moments[:end] for row in self._rows[moment]]
        after = (row for moment in self._moments[end:] for row in self._rows[moment])
        return (*baseline_row(before, zero), *after)

    # --- how it is kept

    def _add(self, n: int, reading: Observation) -> None:
        moment = _moment(reading)
        if moment is None:
            self._loose.add(n)
            return
        if reading.kind is not None:
            insort(self._of_kind.setdefault(reading.kind, []), (moment, n))
        if moment not in self._at:
            insort(self._moments, moment)
        insort(self._at.setdefault(moment, []), n)
        self._is_new(moment)

    def _forget(self, n: int, reading: Observation) -> None:
        moment = _moment(reading)
        if moment is None:
            self._loose.discard(n)
            return
        if reading.kind is not None:
            self._of_kind[reading.kind].remove((moment, n))
        self._at[moment].remove(n)
        if not self._at[moment]:
            del self._at[moment]
            self._moments.remove(moment)
        self._is_new(moment)

    def _is_new(self, moment: Moment) -> None:
        self._sets.pop(moment, None)
        self._rows.pop(moment, None)

    def _count_from(self, zero: PartialDate | None) -> None:
        if zero != self._zero:
            self._zero, self._sets, self._rows = zero, {}, {}

    def _those(self, moment: Moment) -> list[Observation]:
        return [self.readings[n] for n in self._at[moment]]

    def _rows_at(self, moment: Moment, zero: PartialDate | None) -> Iterator[Row]:
        shown = [r for r in self._those(moment) if r.kind in self._places]
        for row in rows_at(shown, self._places):
            yield row_words(row, zero)

    def _last_ones(
        self, wanted: Callable[[Observation], bool], until: float
    ) -> Iterator[tuple[ObservationKind, Observation]]:
        """Yield the last reading of each quantity that is wanted, up to an instant."""
        for kind in self._of_kind:
            before = (self.readings[n] for n in self._backwards(kind, until))
            found = next(filter(wanted, before), None)
            if found is not None:
                yield kind, found

    def _backwards(self, kind: ObservationKind, until: float) -> Iterator[int]:
        """Yield the places of a quantity's readings, the last one first, in the session's time."""
        entries, (first, last) = self._of_kind[kind], self._bounds(until)
        for n in reversed(range(bisect_right(entries, (last, len(self.readings))))):
            moment, place = entries[n]
            if moment < first:
                return
            yield place

    def _bounds(self, until: float) -> tuple[Moment, Moment]:
        begin, end = self._span.begin, self._span.end
        first = -math.inf if begin is None else begin.timestamp()
        last = math.inf if end is None else end.timestamp()
        return (first, False), (min(last, until), True)

    def _own(self) -> tuple[Observation, ...]:
        return tuple(filter(self._span.holds, self.readings))


class FlagBook:
    """Which readings are beyond a limit, asked once for each of them."""

    def __init__(self) -> None:
        self._by: object = None
        self._asked: dict[int, Observation] = {}
        self._flagged: set[str] = set()

    def of(
        self, readings: Sequence[Observation], flag: Callable[[Observation], str], by: object
    ) -> frozenset[str]:
        """Return the ids of the readings that ``flag`` has words for.

        ``by`` is what the words hang on; where it is another, all are asked again.
        """
        if by != self._by:
            self._by, self._asked, self._flagged = by, {}, set()
        for reading in readings:
            if id(reading) not in self._asked:
                # Kept, so that no other reading gets its Python id.
                self._asked[id(reading)] = reading
                self._flagged.discard(reading.id)
                if reading.id and is_evidence(reading) and flag(reading):
                    self._flagged.add(reading.id)
        return frozenset(self._flagged)

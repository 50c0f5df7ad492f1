"""Readings as points in time: worked out once for each reading and kept while it stays the same.

A monitor brings thousands of readings and a chart is laid out again for each new one, so what is
known of a reading is carried on from layout to layout.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter, is_
from typing import NamedTuple, TypeVar

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.limits import beyond
from aeapp.domain.vitals.table import is_evidence

_T = TypeVar("_T")
# A line that goes on over a longer pause would claim readings that nobody took.
GAP_MINUTES = 20
# Beyond this number a quantity is thinned: the chart shows its course, the table has all of it.
MANY = 60
MINUTE = 60.0


class Point(NamedTuple):
    """One reading as a chart needs it.

    Attributes:
        at: Seconds of the epoch; None where time or offset is not known.
        low, high: Diastolic and systolic, or twice the one number there is; None without one.
        counts: Neither artefact nor struck through, and not in question.
    """

    reading: Observation
    at: float | None
    low: float | None
    high: float | None
    counts: bool
    flagged: bool

    @property
    def struck(self) -> bool:
        """Tell whether the reading was struck through."""
        return self.reading.status is ObservationStatus.STRUCK

    @property
    def questioned(self) -> bool:
        """Tell whether a person has to look at it: until then it has a sign and no place."""
        return self.reading.status is ObservationStatus.QUESTIONED


Kind = ObservationKind | None
Series = Mapping[Kind, Sequence[Point]]
_at = attrgetter("at")


@dataclass(frozen=True, slots=True, repr=False)
class Points:
    """All readings of a session as points.

    Attributes:
        data: What they were made of; its limits and flags decided which are flagged.
        known: {Python id of a reading: its point}; the points keep the readings alive.
        timed: Those with a time, in order.
        series: Those with a time and a number, in order, by what was measured.
    """

    data: ChartData
    known: Mapping[int, Point]
    timed: Sequence[Point]
    series: Series

    @property
    def adrift(self) -> list[Point]:
        """Return those whose time is not known."""
        if len(self.timed) == len(self.known):
            return []
        return [p for p in self.known.values() if p.at is None]


def points_of(data: ChartData, before: Points | None = None) -> Points:
    """Return the readings of ``data`` as points, those known ``before`` as they were."""
    known: Mapping[int, Point] = {}
    if before is not None and before.data.limits == data.limits:
        known, old = _as_flagged(before, data), before.data.readings
        if (
            known is before.known
            and len(old) <= len(data.readings)
            and all(map(is_, old, data.readings))
        ):
            later = [_point(r, data) for r in data.readings[len(old) :]]
            if _in_order(before.timed, later):
                return _longer(before, data, later)
    points = {id(r): known.get(id(r)) or _point(r, data) for r in data.readings}
    timed = sorted([p for p in points.values() if p.at is not None], key=_at)
    return Points(data, points, timed, _by_kind(timed, {}))


def _as_flagged(before: Points, data: ChartData) -> Mapping[int, Point]:
    """Return the points known before that are flagged or not as they were."""
    was, now = before.data.flagged, data.flagged
    if was == now:
        return before.known
    if was is None or now is None:
        return {}
    changed = was ^ now
    if not any(r.id in changed for r in before.data.readings):
        return before.known
    return {i: p for i, p in before.known.items() if p.reading.id not in changed}


def _in_order(timed: Sequence[Point], later: Sequence[Point]) -> bool:
    times = [*timed[-1:], *(p for p in later if p.at is not None)]
    return all(_at(a) <= _at(b) for a, b in pairwise(times))


def _longer(before: Points, data: ChartData, later: Sequence[Point]) -> Points:
    """Return the points before and some that came after all of them."""
    timed = [p for p in later if p.at is not None]
    return Points(
        data,
        {**before.known, **{id(p.reading): p for p in later}},
        [*before.timed, *timed],
        _by_kind(timed, before.series),
    )


def _by_kind(timed: Iterable[Point], before: Series) -> Series:
    more: dict[Kind, list[Point]] = {}
    for point in timed:
        if point.high is not None:
            more.setdefault(point.reading.kind, []).append(point)
    return {**before, **{kind: [*before.get(kind, ()), *new] for kind, new in more.items()}}


def instant(at: object) -> float | None:
    """Return the seconds of the epoch; None where time or offset is not known."""
    moment = at.utc() if isinstance(at, PartialDate) else None
    return None if moment is None else moment.timestamp()


def _point(reading: Observation, data: ChartData) -> Point:
    counts = is_evidence(reading)
    numbers = [float(n) for n in _numbers(reading) if isinstance(n, Decimal)]
    if data.flagged is None:
        alarming = any(True for _limit in beyond(reading, data.limits))
    else:
        alarming = reading.id in data.flagged
    return Point(
        reading,
        instant(reading.at),
        min(numbers, default=None),
        max(numbers, default=None),
        counts,
        counts and alarming,
    )


def _numbers(reading: Observation) -> tuple[object, ...]:
    if reading.kind is not ObservationKind.BLOOD_PRESSURE:
        return (reading.value,)
    upper, lower = reading.systolic, reading.diastolic
    known = isinstance(upper, Decimal) or isinstance(lower, Decimal)
    return (upper, lower) if known else (reading.mean,)


# ------------------------------------------------------------------ places


class Spot(NamedTuple):
    """A point at its place on the chart; ``top`` and ``bottom`` differ for a pressure."""

    x: float
    top: float
    bottom: float
    point: Point


def runs(spots: Sequence[Spot]) -> Iterator[Sequence[Spot]]:
    """Yield the stretches between pauses of more than ``GAP_MINUTES``."""
    times = [spot.point.at or 0.0 for spot in spots]
    pauses = (n for n, (a, b) in enumerate(pairwise(times), 1) if b - a > GAP_MINUTES * MINUTE)
    for begin, end in pairwise((0, *pauses, len(spots))):
        if end > begin:
            yield spots[begin:end]


def outline(run: Sequence[Spot]) -> list[tuple[float, float]]:
    """Return the places a line goes through.

    Of many points in one unit of width, the first, the lowest, the highest and the last stay, in
    their order: painted, they cover the same dots as all of them, flagged ones included.
    """
    if len(run) <= MANY:
        return [(s.x, s.top) for s in run]
    columns = _columns(run, 0.0, 1.0, _x)
    return [(s.x, s.top) for column in columns for s in _ends_of(column, _height)]


def thinned(points: Sequence[Point], begin: float, width: float) -> list[Point]:
    """Return the points of which ``outline`` and labels make the same as of all of them.

    They are those that stay in each stretch of ``width`` seconds from ``begin`` on, and all that
    are flagged; ``points`` are in order, and each has a time and a number.
    """
    if len(points) <= MANY:
        return list(points)
    columns = _columns(points, begin, width, _at)
    flagged = {id(p) for p in points if p.flagged}
    return [p for column in columns for p in _ends_of(column, _high, flagged)]


def _columns(
    items: Sequence[_T], begin: float, width: float, place: Callable[[_T], float]
) -> Iterator[Sequence[_T]]:
    """Yield the items of each stretch of ``width``; a search for its end is shorter than a walk."""
    n = 0
    while n < len(items):
        column = (place(items[n]) - begin) // width
        end = bisect_left(items, begin + (column + 1) * width, lo=n + 1, key=place)
        yield items[n:end]
        n = end


def _ends_of(
    column: Sequence[_T], height: Callable[[_T], float], besides: Container[int] = ()
) -> Sequence[_T]:
    """Return the first, the lowest, the highest and the last one, in their order."""
    if len(column) <= 4:  # noqa: PLR2004 - the four that stay
        return column
    low, high = min(column, key=height), max(column, key=height)
    keep = {id(s) for s in (column[0], low, high, column[-1])}
    return [s for s in column if id(s) in keep or id(s) in besides]


_height, _x, _high = attrgetter("top"), attrgetter("x"), attrgetter("high")


def distinct(spots: Iterable[Spot]) -> list[Spot]:
    """Return the spots that a person can tell apart: one for each half unit across and down."""
    seen: dict[tuple[int, int, int], Spot] = {}
    for spot in spots:
        key = (round(spot.x * 2), round(spot.top * 2), round(spot.bottom * 2))
        seen.setdefault(key, spot)
    return list(seen.values())


def every(minutes: float, spots: Sequence[Spot]) -> list[Spot]:
    """Return the first spot of each stretch of ``minutes``, the last one, and all flagged ones."""
    out: list[Spot] = []
    begun = float("-inf")
    for spot in spots:
        stretch = (spot.point.at or 0.0) // (minutes * MINUTE)
        if stretch > begun or spot.point.flagged or spot is spots[-1]:
            out.append(spot)
        begun = max(begun, stretch)
    return distinct(out)

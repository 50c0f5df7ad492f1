"""Lay the chart of a session out: all that is known of it on one time axis.

Plain marks come out, which a window and a page paint alike. Nothing is laid out twice that stays
the same: what is known of each reading is carried on from the chart before.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from aeapp.domain.values import zone_named
from aeapp.domain.vitals.chart_data import ChartData, DoseMark, EventMark
from aeapp.domain.vitals.chart_lanes import (
    PAD,
    QUANTITIES,
    TICK_GAP,
    Ground,
    due_lane,
    height_of_due,
    height_of_lane,
    height_of_scores,
    quantity_lane,
    scores_lane,
)
from aeapp.domain.vitals.chart_marks import Bar, Box, Line, Mark, Space, Text
from aeapp.domain.vitals.chart_pitch import PITCHES, WITH_EASE, Pitch
from aeapp.domain.vitals.chart_points import MINUTE, Point, Points, instant, points_of
from aeapp.domain.vitals.chart_pressure import pressure_lane
from aeapp.domain.vitals.chart_scale import Axis
from aeapp.domain.vitals.chart_spans import doses_lane, events_lane, height_of
from aeapp.domain.vitals.chart_words import Readouts, clock_words, minute_words, sentence
from aeapp.kernel.i18n import _

FIRST_MINUTE, LAST_MINUTE = -15, 120
# What lies further from the dose belongs to another visit; the table has it.
EARLIEST, LATEST = -4 * 60, 24 * 60
# Before the dose the axis begins as if it came in a moment.
SOON = 3
AXIS_ROW = 22.0
LEAST_WIDTH = 400.0
_TOP = 4.0
_RIGHT = 24.0
_END = 4.0  # minutes after the last mark
_PILL = 18.0
_FOOT = 4.0


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """A chart that is ready to be painted.

    Attributes:
        least: The height it could do with, its lanes close together.
        ease: The height from which on they are not.
        marks: From the ground up.
        readouts: One line for each time at which something is marked.
        sentence: The whole in words.
        caption: Time zone and begin, for paper.
        beyond: How many readings lie outside the axis or have no time; the table has them.
        readout: Where the line for the readout stands.
        plot: Where marks in time stand.
        points: Carried on to the next layout.
    """

    width: float
    height: float
    least: float
    ease: float
    marks: tuple[Mark, ...]
    readouts: Readouts
    sentence: str
    caption: str
    beyond: int
    axis: Axis
    readout: Box
    plot: Box
    points: Points = field(compare=False)


def lay_out(data: ChartData, space: Space, before: Chart | None = None) -> Chart:
    """Return the chart of ``data``; ``before`` is the one that was shown until now."""
    # A window that is not shown yet has no width to speak of.
    space = replace(space, width=max(space.width, LEAST_WIDTH))
    points = points_of(data, before.points if before is not None else None)
    axis = _axis(data, space, points)
    series = {kind: _within(found, axis) for kind, found in points.series.items()}
    ground = Ground(data, space, axis, series)
    needs = [_need(replace(ground, pitch=pitch)) for pitch in PITCHES]
    stack = _stacked(replace(ground, pitch=_pitch(space, needs)))
    height = stack.plot.bottom + AXIS_ROW + _FOOT
    beyond = len(points.known) - len(_within(points.timed, axis))
    return Chart(
        width=space.width,
        height=height,
        least=needs[-1],
        ease=needs[0],
        marks=tuple(sorted(stack.marks, key=_layer)),
        readouts=Readouts(data, points, axis),
        sentence=sentence(data, points, axis, beyond),
        caption=_caption(data),
        beyond=beyond,
        axis=axis,
        readout=stack.readout,
        plot=stack.plot,
        points=points,
    )


def _need(ground: Ground) -> float:
    """Return how high the chart is at least with the pitch of this ground."""
    spans = (events_lane(ground, 0.0), doses_lane(ground, 0.0))
    above = sum(height_of(ground, marks, 0.0) for marks in spans) + _readout(ground)
    return _TOP + above + ground.pitch.pressure + _below_pressure(ground) + AXIS_ROW + _FOOT


def _pitch(space: Space, needs: Sequence[float]) -> Pitch:
    """Return the easiest pitch there is room for; paper and what has no height yet have it."""
    if space.paper or not space.height:
        return WITH_EASE
    fitting = (p for p, need in zip(PITCHES, needs, strict=True) if need <= space.height)
    return next(fitting, PITCHES[-1])


def _readout(ground: Ground) -> float:
    return 0.0 if ground.space.paper else ground.pitch.readout


# ------------------------------------------------------------------ the axis


def _axis(data: ChartData, space: Space, points: Points) -> Axis:
    now, zero = instant(data.now), instant(data.zero)
    if zero is None:
        last = points.timed[-1].at if points.timed else None
        zero = (now or last or 0.0) + SOON * MINUTE
    earliest = -LATEST if data.zero is None else EARLIEST
    known = [0.0, *_near(_span_minutes(data)), *_ends(points, zero, earliest)]
    now_minute = None if now is None else (now - zero) / MINUTE
    reached = [*known, *_near(due.minute for due in data.due)]
    reached += _near(() if now_minute is None else (now_minute,))
    first, last_minute = min(FIRST_MINUTE, *reached), max(LAST_MINUTE, *reached)
    left = max(88.0, PAD + space.measure(_("Readings due"), "lane") + TICK_GAP)
    return Axis(
        first=first if first == FIRST_MINUTE else math.floor(first / 15) * 15,
        last=last_minute + _END,
        left=left,
        right=space.width - _RIGHT,
        zero=zero,
        now=now_minute,
        until=max(known) if now_minute is None else now_minute,
    )


def _near(minutes: Iterable[float]) -> list[float]:
    """Return the minutes that the axis must reach; those of another visit are left out."""
    return [m for m in minutes if EARLIEST <= m <= LATEST]


def _ends(points: Points, zero: float, earliest: int) -> Iterator[float]:
    """Yield the minutes of the first and the last reading of this visit."""
    timed = points.timed
    begin = bisect.bisect_left(timed, zero + earliest * MINUTE, key=_at)
    end = bisect.bisect_right(timed, zero + LATEST * MINUTE, key=_at)
    for point in (*timed[begin:end][:1], *timed[begin:end][-1:]):
        yield (_at(point) - zero) / MINUTE


def _at(point: Point) -> float:
    return point.at or 0.0


def _span_minutes(data: ChartData) -> Iterator[float]:
    spans: tuple[DoseMark | EventMark, ...] = (*data.doses, *data.events)
    for span in spans:
        yield span.minute_from
        if span.minute_to is not None:
            yield span.minute_to


def _within(points: Sequence[Point], axis: Axis) -> Sequence[Point]:
    begin, end = axis.zero + axis.first * MINUTE, axis.zero + axis.last * MINUTE
    low = bisect.bisect_left(points, begin, key=_at)
    return points[low : bisect.bisect_right(points, end, key=_at)]


def _axis_marks(ground: Ground, top: float) -> Iterator[Mark]:
    """Yield the minutes under the chart."""
    axis, measure, y = ground.axis, ground.space.measure, top + AXIS_ROW / 2 + 1
    pill = _now_pill(ground, y)
    widest = measure("T+105", "axis") + 12
    for minute in axis.steps(widest):
        words = _("dose") if minute == 0 else minute_words(minute)
        width = measure(words, "axis")
        x = axis.x(minute)
        if minute > axis.first and (
            pill is None or abs(x - _centre(pill)) >= (width + pill.w) / 2 + 4
        ):
            yield Text(x, y, words, "axis", "middle", width, "axis", words)
    if pill is not None:
        words = pill.value
        width = measure(words, "now")
        yield pill
        yield Text(_centre(pill), y, words, "now", "middle", width, "now", words)


def _centre(bar: Bar) -> float:
    return bar.x + bar.w / 2


def _now_pill(ground: Ground, y: float) -> Bar | None:
    axis = ground.axis
    if axis.now is None:
        return None
    words = _("now") if ground.data.zero is None else minute_words(axis.now)
    width = ground.space.measure(words, "now") + 18
    left = min(axis.x(axis.now) - width / 2, ground.space.width - width - 2)
    return Bar(left, y - _PILL / 2, width, _PILL, "pill", "now", words)


# ------------------------------------------------------------------ lanes from top to bottom


# Grounds lie under lines and lines under marks: a reading of this minute must not hide behind the
# line of now.
_LAYERS = {"future": 0, "baseline": 1, "grid": 2, "rule": 3, "now": 4}
_TOP_LAYER = 5


def _layer(mark: Mark) -> int:
    return _TOP_LAYER if isinstance(mark, Text) else _LAYERS.get(mark.role, _TOP_LAYER)


@dataclass(frozen=True, slots=True, repr=False)
class _Stack:
    """All lanes, one under the other."""

    marks: list[Mark]
    readout: Box
    plot: Box


def _stacked(ground: Ground) -> _Stack:
    axis, space = ground.axis, ground.space
    events = events_lane(ground, _TOP)
    y = _TOP + height_of(ground, events, _TOP)
    readout = Box(axis.left, y, axis.right, y + _readout(ground))
    doses = doses_lane(ground, readout.bottom)
    y = readout.bottom + height_of(ground, doses, readout.bottom)
    below = _below_pressure(ground)
    # Whatever height there is beyond what the others need goes to the pressures.
    bottom = max(y + ground.pitch.pressure, space.height - below - AXIS_ROW - _FOOT)
    plot = Box(axis.left, _TOP, axis.right, bottom + below)
    marks = [
        *_ground_marks(ground, plot),
        *events[1:],  # no rule above the first lane
        *doses,
        *pressure_lane(ground, y, bottom),
        *_lower_lanes(ground, bottom),
        Line(PAD, plot.bottom, axis.right, plot.bottom, "rule"),
        *_axis_marks(ground, plot.bottom),
    ]
    return _Stack(marks, readout, plot)


def _below_pressure(ground: Ground) -> float:
    lanes = sum(height_of_lane(ground, lane) for lane in QUANTITIES)
    return lanes + height_of_scores(ground) + height_of_due(ground)


def _lower_lanes(ground: Ground, top: float) -> Iterator[Mark]:
    for lane in QUANTITIES:
        yield from quantity_lane(ground, lane, top)
        top += height_of_lane(ground, lane)
    yield from scores_lane(ground, top)
    yield from due_lane(ground, top + height_of_scores(ground), minute_words)


def _ground_marks(ground: Ground, plot: Box) -> Iterator[Mark]:
    axis = ground.axis
    if axis.now is not None:
        x = axis.x(axis.now)
        yield Bar(x, plot.top, plot.right - x, plot.bottom - plot.top, "future")
    for minute in axis.steps(12.0):
        x = axis.x(minute)
        yield Line(x, plot.top, x, plot.bottom, "grid")
    if axis.now is not None:
        x = axis.x(axis.now)
        yield Line(x, plot.top, x, plot.bottom + 1, "now", "now")


def _caption(data: ChartData) -> str:
    """Return zone and begin, such as ``T0 = 13:50, times in America/New_York``."""
    zone = zone_named(data.zone)
    parts = []
    if data.zero is not None:
        parts.append(_("T0 = {time}").format(time=clock_words(data.zero, zone)))
    if zone is not None:
        parts.append(_("times in {zone}").format(zone=data.zone))
    elif data.zero is not None and data.zero.offset is not None:
        parts.append(_("times at UTC{offset}").format(offset=_offset(data.zero.offset)))
    return ", ".join(parts)


def _offset(minutes: int) -> str:
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours:02d}:{rest:02d}"

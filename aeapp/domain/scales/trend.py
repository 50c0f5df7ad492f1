"""The course of one patient on one scale: scores over their bands, sessions and events, one axis.

Plain marks come out, which a window and a page paint alike. Editions of a scale are never joined
by a line, because their totals are not of one measure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from aeapp.domain.codelists.scales import TotalBasis
from aeapp.domain.items import as_text
from aeapp.domain.records import Event, Scale, Score, Session
from aeapp.domain.records.scale import ScaleBand
from aeapp.domain.scales.course import baseline_of, standing
from aeapp.domain.scales.scoring import alerts_of, span_of
from aeapp.domain.values import PartialDate, in_zone
from aeapp.domain.vitals.chart_marks import (
    Bar,
    Line,
    Mark,
    Polyline,
    Space,
    Symbol,
    Text,
)
from aeapp.domain.vitals.chart_scale import elided
from aeapp.kernel.i18n import _

LEAST_WIDTH, HEIGHT = 320.0, 190.0
_LEFT, _RIGHT, _TOP = 40.0, 16.0, 6.0
# So much of the width at most is for the names of bands.
_MOST_OF_NAME = 0.3
_EVENTS, _ROW, _SESSIONS, _AXIS = 2, 17.0, 18.0, 20.0
_BETWEEN, _CLOSE = 20.0, 15.0
_ROOM = 84.0  # what a date needs on the axis
_STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 365, 730, 1825)
_PERCENT = 100
_WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One total.

    Attributes:
        day: Days since year 1, with the part of the day where a time is known.
        exact: Every item was answered.
        asks: Whether an answer asked for safety.
        edition: By which it was scored.
    """

    day: float
    total: Decimal
    exact: bool
    asks: bool
    edition: str
    at: str


@dataclass(frozen=True, slots=True)
class TrendEvent:
    """One event, numbered in the order of its time."""

    day: float
    number: int
    words: str
    at: str


@dataclass(frozen=True, slots=True, repr=False)
class TrendData:
    """What a trend shows.

    Attributes:
        sessions: Days of the sessions that were begun.
        baseline: Total before the first dose.
    """

    scale: Scale = field(default_factory=Scale)
    points: tuple[TrendPoint, ...] = ()
    sessions: tuple[float, ...] = ()
    events: tuple[TrendEvent, ...] = ()
    baseline: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Trend:
    """A trend that is ready to be painted; the sentence says the whole in words."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    sentence: str


def day_of(at: object, zone: dt.tzinfo | None) -> float | None:
    """Return where a moment stands on the axis; None where its day is not known."""
    if not isinstance(at, PartialDate) or not at.is_full_day:
        return None
    here = in_zone(at, zone)
    minutes = (here.hour or 0) * 60 + (here.minute or 0) if here.has_time else _WHOLE_DAY // 2
    return here.first_day().toordinal() + minutes / _WHOLE_DAY


def trend_of(
    scale: Scale,
    scores: Iterable[Score],
    sessions: Iterable[Session],
    events: Iterable[Event],
    *,
    first_dose: PartialDate | None,
    zone: dt.tzinfo | None,
) -> TrendData:
    """Return the course of a patient on ``scale``; what was struck through is no part of it."""
    found = standing(scores, scale.code or "")
    base = baseline_of(found, first_dose)
    points = []
    for score in found:
        day = day_of(score.at, zone)
        if day is not None and score.total is not None and isinstance(score.at, PartialDate):
            exact = score.basis is TotalBasis.ITEMS
            asks = bool(alerts_of(scale, score))
            at = in_zone(score.at, zone).date_part().iso()
            points.append(TrendPoint(day, score.total, exact, asks, score.edition or "", at))
    days = [day_of(s.started, zone) for s in sessions]
    return TrendData(
        scale=scale,
        points=tuple(sorted(points, key=lambda p: p.day)),
        sessions=tuple(sorted(d for d in days if d is not None)),
        events=_numbered(events, zone),
        baseline=base.total if base is not None else None,
    )


def _numbered(events: Iterable[Event], zone: dt.tzinfo | None) -> tuple[TrendEvent, ...]:
    dated = []
    for event in events:
        day = day_of(event.onset, zone)
        if event.stands and day is not None and isinstance(event.onset, PartialDate):
            at = in_zone(event.onset, zone).date_part().iso()
            dated.append((day, as_text(event.verbatim), at))
    return tuple(TrendEvent(d, n, words, at) for n, (d, words, at) in enumerate(sorted(dated), 1))


# ------------------------------------------------------------------ layout


@dataclass(frozen=True, slots=True)
class _Ground:
    """The plot: where a day and a total stand."""

    first: float
    last: float
    low: int
    high: int
    left: float
    right: float
    top: float
    bottom: float

    def x(self, day: float) -> float:
        return self.left + (day - self.first) * (self.right - self.left) / (self.last - self.first)

    def y(self, total: Decimal | float) -> float:
        share = (float(total) - self.low) / max(1, self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def lay_out_trend(data: TrendData, space: Space) -> Trend:
    """Return the marks of ``data`` in ``space``."""
    width, height = max(space.width, LEAST_WIDTH), max(space.height, HEIGHT)
    ground = _ground(data, space, width, height)
    marks = [
        *_bands(data, ground, space),
        *_rules(data, ground, space),
        *_axis(ground, space, height),
        *_sessions(data, ground),
        *_events(data, ground, space),
        *_course(data, ground),
        *_values(data, ground, space),
    ]
    return Trend(width, height, tuple(marks), sentence_of(data))


def _ground(data: TrendData, space: Space, width: float, height: float) -> _Ground:
    days = [
        *(p.day for p in data.points),
        *data.sessions,
        *(e.day for e in data.events),
    ] or [float(dt.date(2000, 1, 1).toordinal())]
    # A single day stands in the middle of a week.
    first, last = min(days), max(days)
    slack = max(3.5, (last - first) * 0.03)
    low, high = span_of(data.scale)
    top = _TOP + _EVENTS * _ROW + 14.0
    bottom = height - _AXIS - _SESSIONS
    # The names of the bands stand beside the plot, where no point can lie on them.
    names = [space.measure(_name(b, space), "baseline") for b in data.scale.bands]
    right = width - _RIGHT - max(names, default=0.0)
    return _Ground(first - slack, last + slack, low, high, _LEFT, right, top, bottom)


def _name(band: ScaleBand, space: Space) -> str:
    """Return the name of a band, a long one shortened: the table beside has it whole."""
    return elided(_(band.name or ""), "baseline", space.width * _MOST_OF_NAME, space.measure)


def _bands(data: TrendData, ground: _Ground, space: Space) -> Iterator[Mark]:
    """Yield the foot of each band with its name, and the range of the scale."""
    for band in data.scale.bands:
        y = ground.y(band.least or 0)
        yield Line(ground.left, y, ground.right + 6, y, "grid", "band", str(band.least))
        words = _name(band, space)
        wide = space.measure(words, "baseline")
        yield Text(ground.right + 6, y - 7, words, "baseline", width=wide, series="band")
    named = {band.least for band in data.scale.bands}
    for total in sorted({ground.low, ground.high, *(n for n in named if n is not None)}):
        wide = space.measure(str(total), "tick")
        y = ground.y(total)
        yield Text(ground.left - 6, y, str(total), "tick", "end", wide, "total", str(total))
    y = ground.y(ground.high)
    yield Line(ground.left, y, ground.right, y, "grid", "total", str(ground.high))


def _rules(data: TrendData, ground: _Ground, space: Space) -> Iterator[Mark]:
    """Yield the total from which it is a response, by the baseline of this patient."""
    percent = data.scale.response_percent
    if data.baseline is None or percent is None or data.baseline <= 0:
        return
    total = data.baseline * (_PERCENT - percent) / _PERCENT
    y = ground.y(total)
    yield Line(ground.left, y, ground.right, y, "limit", "response", str(total))
    words = _("response, from {baseline}").format(baseline=data.baseline)
    wide = space.measure(words, "limit")
    yield Text(ground.left + 4, y + 8, words, "limit", "start", wide, "response")


def _axis(ground: _Ground, space: Space, height: float) -> Iterator[Mark]:
    """Yield the line of time with as many dates as have room."""
    y = ground.bottom
    yield Line(ground.left, y, ground.right, y, "rule", "axis")
    most = max(2, int((ground.right - ground.left) / _ROOM))
    step = next((s for s in _STEPS if (ground.last - ground.first) / s <= most), _STEPS[-1])
    day = int(ground.first) + 1
    while day < ground.last:
        words = dt.date.fromordinal(day).isoformat()
        wide = space.measure(words, "axis")
        x = ground.x(day)
        if ground.left <= x - wide / 2 and x + wide / 2 <= ground.right + _RIGHT:
            yield Line(x, ground.top, x, y, "grid", "axis", words)
            yield Text(x, height - _AXIS / 2, words, "axis", "middle", wide, "axis", words)
        day += step


def _sessions(data: TrendData, ground: _Ground) -> Iterator[Mark]:
    for day in data.sessions:
        yield Bar(ground.x(day) - 1.5, ground.bottom + 3, 3, _SESSIONS - 6, "bolus", "session")


def _events(data: TrendData, ground: _Ground, space: Space) -> Iterator[Mark]:
    """Yield a numbered square an event; without room for one, a dot."""
    ends = [0.0] * _EVENTS
    for event in data.events:
        x = ground.x(event.day)
        row = next((n for n in range(_EVENTS) if x - ends[n] >= _CLOSE), None)
        if row is None:
            y = _TOP + _EVENTS * _ROW + 4
            yield Symbol(x, y, "dot", "event", event.words)
            continue
        ends[row] = x
        y = _TOP + _ROW / 2 + row * _ROW
        number = str(event.number)
        yield Symbol(x, y, "event", "event", event.words)
        wide = space.measure(number, "number")
        yield Text(x, y, number, "number", "middle", wide, "event", event.words)


def _course(data: TrendData, ground: _Ground) -> Iterator[Mark]:
    for _edition, group in groupby(data.points, key=lambda p: p.edition):
        places = tuple((ground.x(p.day), ground.y(p.total)) for p in group)
        if len(places) > 1:
            yield Polyline(places, "hr", "course")
    for point in data.points:
        x, y = ground.x(point.day), ground.y(point.total)
        role = "late" if point.asks else "hr" if point.exact else "spo2"
        yield Symbol(x, y, role, "score", str(point.total))


def _values(data: TrendData, ground: _Ground, space: Space) -> Iterator[Mark]:
    """Yield the totals beside their points, as many as have room; always the last one."""
    points: Sequence[TrendPoint] = data.points
    end = ground.right + _BETWEEN
    for point in reversed(points):
        words = f"{point.total.normalize():f}"
        x = ground.x(point.day)
        if end - x < _BETWEEN:
            continue
        end = x
        y = ground.y(point.total)
        above = y - 12 if y - 12 > ground.top - 12 else y + 12
        wide = space.measure(words, "value")
        yield Text(x, above, words, "value", "middle", wide, "score", point.at)


def sentence_of(data: TrendData) -> str:
    """Return the course in words: how many, from when to when, the first and the last."""
    if not data.points:
        return _("No score with a day and a total.")
    first, last = data.points[0], data.points[-1]
    words = _("{n} scores from {begin} to {end}: first {first}, last {last}.").format(
        n=len(data.points), begin=first.at, end=last.at, first=first.total, last=last.total
    )
    asks = sum(p.asks for p in data.points)
    return words + (_(" {n} of them ask for safety.").format(n=asks) if asks else "")

"""What a chart says in words: one line for each time, and one sentence for the whole.

The lines are made when they are asked for: a monitor brings thousands of them.
"""

from __future__ import annotations

import bisect
import datetime as dt
import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate, in_zone, zone_named
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.chart_lanes import words_of
from aeapp.domain.vitals.chart_points import Point, Points
from aeapp.domain.vitals.chart_scale import Axis
from aeapp.domain.vitals.due import DueState
from aeapp.domain.vitals.rows import offset_words
from aeapp.domain.vitals.typing import COLUMNS, shown
from aeapp.kernel.i18n import _

_HEADS = {column.kind: column.head for column in COLUMNS}
_ORDER = {kind: n for n, kind in enumerate(ObservationKind)}
_high = attrgetter("high")
_PRESSURE = ObservationKind.BLOOD_PRESSURE


class Stop(NamedTuple):
    """One place at which somebody who walks through the chart stops.

    Attributes:
        x: Where on the chart; None where the time is not known.
        points: The readings of that time; empty at a dose or event.
        words: What a dose or event says.
    """

    minute: float
    x: float | None
    points: tuple[Point, ...]
    words: str = ""


def minute_words(minute: float) -> str:
    """Return ``T+15``, or ``T−5`` before the dose."""
    return offset_words(math.floor(minute))


def clock_words(at: object, zone: dt.tzinfo | None) -> str:
    """Return ``14:35`` on the clock of ``zone``; empty where no time is known."""
    if not isinstance(at, PartialDate) or not at.has_time:
        return ""
    local = in_zone(at, zone)
    return f"{local.hour:02d}:{local.minute:02d}"


class Readouts(Sequence[str]):
    """The lines of a chart in time order: readings, doses and events."""

    def __init__(self, data: ChartData, points: Points, axis: Axis) -> None:
        self._data, self._points, self._axis = data, points, axis
        self._zone = zone_named(data.zone)

    @cached_property
    def stops(self) -> Sequence[Stop]:
        """Return every stop in time order; readings without a time come first."""
        axis, found = self._axis, []
        for at, group in groupby(self._points.timed, key=lambda p: p.at or 0.0):
            minute = axis.minute(at)
            found.append(Stop(minute, axis.x(minute), tuple(group)))
        for event in self._data.events:
            words = event.words if event.proposed else f"{event.number} {event.words}"
            named = _("Proposed: {words}") if event.proposed else _("Event {words}")
            said = named.format(words=words)
            if event.goes_on:
                said = _("{event}, going on").format(event=said)
            found.append(self._span(event.minute_from, event.minute_to, said))
        for dose in self._data.doses:
            named = _("Planned: {words}") if dose.planned else "{words}"
            found.append(
                self._span(dose.minute_from, dose.minute_to, named.format(words=dose.words))
            )
        found.sort(key=lambda stop: stop.minute)
        lost = [Stop(-math.inf, None, (p,)) for p in self._points.adrift]
        return lost + found

    def _span(self, start: float, end: float | None, words: str) -> Stop:
        until = "" if end is None else _(", to {minute}").format(minute=minute_words(end))
        return Stop(start, self._axis.x(start), (), words + until)

    def __len__(self) -> int:
        return len(self.stops)

    def __getitem__(self, number: int) -> str:  # type: ignore[override] # no slices
        return self.line(self.stops[number])

    def line(self, stop: Stop) -> str:
        """Return what is known at a stop, such as ``T+45, 14:35: BP 182/106, HR 101``."""
        if not stop.points:
            return f"{self._when(stop.minute)}: {stop.words}"
        first = stop.points[0].reading
        clock = clock_words(first.at, self._zone)
        if stop.x is None:
            when = clock or _("Time not known")
        else:
            timed = self._data.zero is not None
            when = f"{minute_words(stop.minute)}, {clock}" if timed else clock
        words = ", ".join(said(p) for p in sorted(stop.points, key=_place))
        people = dict.fromkeys(
            self._data.people[p.reading.id]
            for p in stop.points
            if p.reading.id in self._data.people
        )
        return f"{when}: {words}" + (f"; {', '.join(people)}" if people else "")

    def _when(self, minute: float) -> str:
        """Return ``T+12, 14:02``: the clock of the dose goes on."""
        zero = self._data.zero
        offset = None if zero is None else zero.offset
        if offset is None:
            return minute_words(minute)
        clock = dt.timezone(dt.timedelta(minutes=offset)) if self._zone is None else self._zone
        at = dt.datetime.fromtimestamp(self._axis.zero + minute * 60, clock)
        return f"{minute_words(minute)}, {at:%H:%M}"

    def latest(self) -> Stop | None:
        """Return the stop of the last readings with a time, without making all others."""
        timed = self._points.timed
        if not timed:
            return None
        at = timed[-1].at or 0.0
        begin = bisect.bisect_left(timed, at, key=lambda p: p.at or 0.0)
        minute = self._axis.minute(at)
        return Stop(minute, self._axis.x(minute), tuple(timed[begin:]))

    def nearest(self, x: float) -> int | None:
        """Return the number of the stop nearest to a place across the chart."""
        placed = [(n, stop.x) for n, stop in enumerate(self.stops) if stop.x is not None]
        if not placed:
            return None
        n = bisect.bisect_left(placed, x, key=lambda pair: pair[1])
        around = placed[max(0, n - 1) : n + 1]
        return min(around, key=lambda pair: abs(pair[1] - x))[0]


def _place(point: Point) -> int:
    kind = point.reading.kind
    return len(_ORDER) if kind is None else _ORDER[kind]


def said(point: Point) -> str:
    """Return one reading in words, with its standing where it is not an ordinary one."""
    reading = point.reading
    name = _(_HEADS[reading.kind]) if reading.kind in _HEADS else ""
    if not name and reading.kind is not None:
        name = reading.test_name or _(label(reading.kind))
    number = words_of(point) if point.high is not None else shown(reading)
    if isinstance(reading.value, NullFlavor) or (number == "?" and reading.result):
        number = reading.result or "?"
    words = f"{name} {number}".strip()
    notes = {
        ObservationStatus.ARTEFACT: _("artefact"),
        ObservationStatus.STRUCK: _("struck through"),
        ObservationStatus.QUESTIONED: _("to be looked at"),
    }
    note = notes.get(reading.status) if reading.status is not None else None
    remarks = [r for r in (_("beyond a limit") if point.flagged else "", note) if r]
    return words + (f" ({', '.join(remarks)})" if remarks else "")


# ------------------------------------------------------------------ the sentence


def sentence(data: ChartData, points: Points, axis: Axis, beyond: int) -> str:
    """Return what the chart shows, for somebody who cannot see it."""
    said = [*_sentences(data, points, axis), left_to_the_table(beyond)]
    return " ".join(words for words in said if words) or _("No readings yet.")


def left_to_the_table(number: int) -> str:
    """Return a sentence on the readings that have no place on the axis; empty without any."""
    if number == 0:
        return ""
    if number == 1:
        return _("One reading is in the table only.")
    return _("{n} readings are in the table only.").format(n=number)


def _sentences(data: ChartData, points: Points, axis: Axis) -> Iterator[str]:
    counting = [p for p in points.timed if p.counts]
    series = {kind: [p for p in found if p.counts] for kind, found in points.series.items()}
    pressures = series.get(_PRESSURE)
    if pressures:
        yield _pressure_sentence(pressures, axis, timed=data.zero is not None)
    spans = [
        _span_words(kind, found) for kind, found in series.items() if found and kind in _SPOKEN
    ]
    if spans:
        yield ", ".join(spans) + "."
    if counting:
        yield _flag_sentence(sum(p.flagged for p in counting))
    if asked := sum(p.questioned for p in points.timed):
        yield _doubt_sentence(asked)
    yield from _marks_sentences(data)


_SPOKEN = (
    ObservationKind.HEART_RATE,
    ObservationKind.OXYGEN_SATURATION,
    ObservationKind.RESPIRATORY_RATE,
)


def _pressure_sentence(pressures: Sequence[Point], axis: Axis, *, timed: bool) -> str:
    first = pressures[0]
    highest, lowest = max(pressures, key=_high), min(pressures, key=_high)
    if highest.high != first.high:
        words, other = _("Pressure rose from {first} to {other}{when}."), highest
    elif lowest.high != first.high:
        words, other = _("Pressure fell from {first} to {other}{when}."), lowest
    else:
        return _("Pressure {first}.").format(first=words_of(first))
    minute = minute_words(axis.minute(other.at or 0.0))
    when = _(" at {minute}").format(minute=minute) if timed else ""
    return words.format(first=words_of(first), other=words_of(other), when=when)


def _span_words(kind: ObservationKind | None, points: Sequence[Point]) -> str:
    low, high = (pick(points, key=_high).reading.value for pick in (min, max))
    name = _(_HEADS[kind]) if kind is not None else ""
    if low == high:
        return f"{name} {low}"
    return _("{name} {low} to {high}").format(name=name, low=low, high=high)


def _flag_sentence(number: int) -> str:
    if number == 0:
        return _("No reading beyond a limit.")
    if number == 1:
        return _("One reading beyond a limit.")
    return _("{n} readings beyond a limit.").format(n=number)


def _doubt_sentence(number: int) -> str:
    if number == 1:
        return _("One reading is to be looked at and not drawn.")
    return _("{n} readings are to be looked at and not drawn.").format(n=number)


def _marks_sentences(data: ChartData) -> Iterator[str]:
    given = [d.words for d in data.doses if not d.planned]
    events = [e.words for e in data.events if not e.proposed]
    proposed = [e.words for e in data.events if e.proposed]
    for words, found in (
        (_("Doses: {words}."), given),
        (_("Events: {words}."), events),
        (_("Proposed: {words}."), proposed),
    ):
        if found:
            yield words.format(words="; ".join(found))
    coming = [d.minute for d in data.due if d.state in (DueState.COMING, DueState.LATE)]
    if coming:
        yield _("Next reading due {minute}.").format(minute=minute_words(min(coming)))

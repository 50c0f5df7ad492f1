"""The lanes of events and doses: marks with words beside them, in as many rows as they need.

Words are kept whole wherever the chart is wide enough for them; where it is not, they end in an
ellipsis and the readout has them in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aeapp.domain.vitals.chart_data import DoseKind, DoseMark, EventMark
from aeapp.domain.vitals.chart_lanes import Ground, head
from aeapp.domain.vitals.chart_marks import Bar, Mark, Symbol, Text
from aeapp.domain.vitals.chart_scale import elided
from aeapp.kernel.i18n import _

BAR = 16.0
_HALF_SQUARE = 7.0
_GAP = 10.0
_AWAY = 5.0
_NOW_AWAY = 9.0
_FAR = 30.0  # words that stand further behind their mark stand better before it
_HALF_TICK = 3.0
_TIP = 6.0  # how far the sign of what goes on reaches beyond its bar


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to set the words of a span: where they begin, and what the whole then covers."""

    text_x: float
    left: float
    right: float


@dataclass(slots=True)
class _Rows:
    """Which stretches of each row are taken."""

    rows: list[list[tuple[float, float]]] = field(default_factory=list)

    def take(self, ways: Sequence[_Way]) -> tuple[int, _Way]:
        """Return row and way for the next span, the highest row that has room for any way."""
        for n, row in enumerate(self.rows):
            for way in ways:
                if all(way.right + _GAP <= a or b + _GAP <= way.left for a, b in row):
                    row.append((way.left, way.right))
                    return n, way
        self.rows.append([(ways[0].left, ways[0].right)])
        return len(self.rows) - 1, ways[0]


def _rooms(ground: Ground, left: float, right: float, first: float) -> tuple[float, float, float]:
    """Return how much room there is for words in, after and before a mark."""
    within = right - left - first - _AWAY
    return within, ground.space.width - 2 - right - _AWAY, left - _AWAY - ground.axis.left


def _ways(ground: Ground, left: float, right: float, width: float, first: float) -> list[_Way]:
    """Return where words of ``width`` can stand at a mark from ``left`` to ``right``.

    Words within the mark begin ``first`` from its left edge. Words never cross the line of now
    where they find room behind it or before their mark.
    """
    within, after, before = (room >= width for room in _rooms(ground, left, right, first))
    start = right + _AWAY
    behind = _behind_now(ground, start, width)
    far = behind - right > _FAR
    ways = [_Way(left + first, left, right)] if within else []
    if behind + width <= ground.space.width - 2:
        ways.append(_Way(behind, left, behind + width))
    if before:
        place = len(ways) - 1 if far and len(ways) > within else len(ways)
        ways.insert(place, _Way(left - _AWAY - width, left - _AWAY - width, right))
    if after and not ways:
        ways.append(_Way(start, left, start + width))
    return ways


def _behind_now(ground: Ground, start: float, width: float) -> float:
    """Return where words begin that should begin at ``start``: not across the line of now."""
    now = ground.axis.now
    if now is None:
        return start
    x = ground.axis.x(now)
    return x + _NOW_AWAY if start - _NOW_AWAY < x < start + width else start


def _middle(ground: Ground, top: float, row: int) -> float:
    return top + ground.pitch.first_row / 2 + row * ground.pitch.next_row


def _lane(ground: Ground, name: str, top: float, marks: list[Mark]) -> list[Mark]:
    # The name stands beside the first row, however many there are.
    return [*head(ground, name, "", top, top + ground.pitch.first_row), *marks]


def height_of(ground: Ground, marks: Sequence[Mark], top: float) -> float:
    """Return how high a lane is that these marks lie in."""
    pitch = ground.pitch
    lowest = max((m.y for m in marks if isinstance(m, Text)), default=top)
    further = round((lowest - top - pitch.first_row / 2) / pitch.next_row)
    return pitch.first_row + pitch.next_row * max(0, further)


# ------------------------------------------------------------------ events


def events_lane(ground: Ground, top: float) -> list[Mark]:
    """Return the marks of the events and proposals."""
    rows = _Rows()
    marks: list[Mark] = []
    for event in sorted(ground.data.events, key=lambda e: e.minute_from):
        draw = _proposal if event.proposed else _event
        marks += draw(ground, rows, event, top)
    return _lane(ground, _("Events"), top, marks)


def _end(ground: Ground, minute_to: float | None, minute_from: float) -> float:
    """Return the minute a span is drawn to: its end, or the last that is known of the session."""
    return max(minute_from, ground.axis.until if minute_to is None else minute_to)


def _event(ground: Ground, rows: _Rows, event: EventMark, top: float) -> Iterator[Mark]:
    x = ground.axis.x(event.minute_from)
    left, right = x - _HALF_SQUARE, x + _HALF_SQUARE
    if event.minute_to is not None or event.goes_on:
        right = max(right, ground.axis.x(_end(ground, event.minute_to, event.minute_from)))
    ends = right + _TIP if event.goes_on else right
    first = 2 * _HALF_SQUARE + _AWAY
    words, width = _fitting(ground, event.words, "event", max(_rooms(ground, left, ends, first)))
    row, way = rows.take(_ways(ground, left, ends, width, first))
    y = _middle(ground, top, row)
    if right > x + _HALF_SQUARE:
        yield Bar(x, y - BAR / 2, right - x, BAR, "lasting", "event", event.words)
    if event.goes_on:
        yield Symbol(right, y, "goes_on", "event", event.words)
    number = str(event.number)
    wide = ground.space.measure(number, "number")
    yield Symbol(x, y, "event", "event", event.words)
    yield Text(x, y, number, "number", "middle", wide, "event", number)
    yield Text(way.text_x, y, words, "event", "start", width, "event", event.words)


def _proposal(ground: Ground, rows: _Rows, event: EventMark, top: float) -> Iterator[Mark]:
    axis, measure = ground.axis, ground.space.measure
    left = axis.x(event.minute_from)
    right = max(axis.x(_end(ground, event.minute_to, event.minute_from)), left + BAR)
    said = _("{words}, proposed").format(words=event.words)
    words, width = _fitting(ground, said, "proposed", max(_rooms(ground, left, right, BAR)))
    row, way = rows.take(_ways(ground, left, right, width, BAR))
    y = _middle(ground, top, row)
    yield Bar(left, y - BAR / 2, right - left, BAR, "proposed", "event", event.words)
    yield Text(left + BAR / 2, y, "?", "question", "middle", measure("?", "question"), "event", "?")
    yield Text(way.text_x, y, words, "proposed", "start", width, "event", said)


def _fitting(ground: Ground, words: str, role: str, room: float) -> tuple[str, float]:
    """Return the words, shortened where there is no room for them, and how wide they are."""
    fitting = elided(words, role, room, ground.space.measure)
    return fitting, ground.space.measure(fitting, role)


# ------------------------------------------------------------------ doses


def doses_lane(ground: Ground, top: float) -> list[Mark]:
    """Return the marks of what was given and what is planned."""
    rows = _Rows()
    marks: list[Mark] = []
    for dose in sorted(ground.data.doses, key=lambda d: d.minute_from):
        marks += _dose(ground, rows, dose, top)
    return _lane(ground, _("Doses"), top, marks)


def _dose(ground: Ground, rows: _Rows, dose: DoseMark, top: float) -> Iterator[Mark]:
    role = "planned" if dose.planned else "dose"
    left, right = _dose_edges(ground, dose)
    lasting = dose.kind is DoseKind.INFUSION
    words, width = _fitting(ground, dose.words, role, max(_rooms(ground, left, right, _AWAY)))
    row, way = rows.take(_ways(ground, left, right, width, _AWAY))
    y = _middle(ground, top, row)
    shape = "planned" if dose.planned else "infusion" if lasting else dose.kind.value
    yield Bar(left, y - BAR / 2, right - left, BAR, shape, "dose", dose.words)
    yield Text(way.text_x, y, words, role, "start", width, "dose", dose.words)


def _dose_edges(ground: Ground, dose: DoseMark) -> tuple[float, float]:
    left = ground.axis.x(dose.minute_from)
    if dose.kind is not DoseKind.INFUSION:
        return left - _HALF_TICK, left + _HALF_TICK
    end = ground.axis.x(_end(ground, dose.minute_to, dose.minute_from))
    return left, max(end, left + 2 * _HALF_TICK)

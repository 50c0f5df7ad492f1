"""The lanes of numbers with a line through them, the lane of scores and that of readings due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.chart_marks import (
    TEXT,
    Bar,
    Box,
    Line,
    Mark,
    Polyline,
    Space,
    Symbol,
    Text,
    bounds,
    text_box,
)
from aeapp.domain.vitals.chart_pitch import WITH_EASE, Pitch
from aeapp.domain.vitals.chart_points import (
    MANY,
    Point,
    Series,
    Spot,
    distinct,
    outline,
    runs,
    thinned,
)
from aeapp.domain.vitals.chart_scale import Axis, Board, Scale, around, scale_for
from aeapp.domain.vitals.typing import shown
from aeapp.kernel.i18n import N_, _

PAD = 12.0
TICK_GAP = 8.0
_STEP = 8.0
_TICK_STEP = TEXT + 2
_NEAR = 16.0  # flagged marks nearer than this share one frame
_HALF_FRAME = 8.0
_FEWEST_LINES = 34.0  # a lane as high as this has its unit below its name
_LABEL_AWAY = 4.0
_NOW_ROOM = 4.0
_NEAR_NOW = 40.0
_DOT_DOWN = 7.0
_DOUBT_UP = 8.0
_HALF_DOUBT = 6.0


@dataclass(frozen=True, slots=True, repr=False)
class Ground:
    """What every lane is laid out on."""

    data: ChartData
    space: Space
    axis: Axis
    series: Series
    pitch: Pitch = WITH_EASE


@dataclass(frozen=True, slots=True)
class Quantity:
    """A lane of one quantity.

    Attributes:
        series: Name of its marks and of its colour.
        span: Lowest and highest value shown in any case, and the step by which both give way.
    """

    kind: ObservationKind
    series: str
    name: str
    unit: str
    span: tuple[float, float, float]
    height: float


QUANTITIES = (
    Quantity(ObservationKind.HEART_RATE, "hr", N_("HR"), N_("/min"), (40, 140, 20), 40),
    Quantity(ObservationKind.OXYGEN_SATURATION, "spo2", N_("SpO₂"), "%", (90, 100, 5), 40),
    Quantity(ObservationKind.RESPIRATORY_RATE, "rr", N_("RR"), N_("/min"), (4, 24, 4), 34),
)
# In the order of the rows of the lane.
_SCORES = (ObservationKind.MOAA_S, ObservationKind.CADSS_6)


# ------------------------------------------------------------------ what lanes share


def head(ground: Ground, name: str, unit: str, top: float, bottom: float) -> Iterator[Mark]:
    """Yield the rule above a lane, its name and its unit."""
    measure = ground.space.measure
    yield Line(PAD, top, ground.axis.right, top, "rule")
    low = bottom - top < _FEWEST_LINES
    y = (top + bottom) / 2 if low else top + TEXT / 2 + 6
    width = measure(name, "lane")
    yield Text(PAD, y, name, "lane", "start", width, value=name)
    if unit:
        where = (PAD + width + 5, y) if low else (PAD, y + TEXT + 2)
        yield Text(*where, unit, "unit", "start", measure(unit, "unit"), value=unit)


def board_of(ground: Ground, top: float, bottom: float) -> Board:
    """Return an empty lane for labels; the line of now is kept free."""
    axis, space = ground.axis, ground.space
    board = Board(Box(axis.left, top, min(axis.right + PAD, space.width), bottom), space.measure)
    if axis.now is not None:
        x = axis.x(axis.now)
        board.block(Box(x - _NOW_ROOM, top, x + _NOW_ROOM, bottom))
    return board


def limits_of(ground: Ground, kind: ObservationKind) -> Iterator[tuple[bool, Decimal]]:
    """Yield each limit of a quantity: whether it is the upper one, and the number."""
    for limit in ground.data.limits:
        if limit.kind is kind:
            if limit.high is not None:
                yield True, limit.high
            if limit.low is not None:
                yield False, limit.low


def frames(
    flagged: Sequence[Spot], series: str, away: float, lane: Box, half: float = _HALF_FRAME
) -> Iterator[Bar]:
    """Yield the frames behind flagged marks; marks that touch share one."""
    group: list[Spot] = []
    for spot in flagged:
        if group and spot.x - group[-1].x > _NEAR:
            yield _frame(group, series, (half, away), lane)
            group = []
        group.append(spot)
    if group:
        yield _frame(group, series, (half, away), lane)


def _frame(group: Sequence[Spot], series: str, margin: tuple[float, float], lane: Box) -> Bar:
    half, away = margin
    top = max(min(s.top for s in group) - away, lane.top + 1)
    bottom = min(max(s.bottom for s in group) + away, lane.bottom - 1)
    left, right = group[0].x - half, group[-1].x + half
    return Bar(left, top, right - left, bottom - top, "flag", series, words_of(group[0].point))


def words_of(point: Point) -> str:
    """Return the number of a reading as its label says it."""
    reading = point.reading
    pressure = reading.kind is ObservationKind.BLOOD_PRESSURE
    if pressure and not isinstance(reading.systolic or reading.diastolic, Decimal):
        return _("mean {value}").format(value=reading.mean)
    return shown(reading)


def labelled(spots: Sequence[Spot], *, many: bool) -> list[Spot]:
    """Return the spots to be labelled, the most telling first: those left over may go without."""
    if not spots:
        return []
    flagged = [s for s in spots if s.point.flagged]
    by_height = sorted(spots, key=lambda s: s.top)
    order = [spots[-1], by_height[0], by_height[-1], *reversed(flagged[-MANY:]), spots[0]]
    if not many:
        order += spots
    return list({id(s): s for s in order}.values())


def marked(ground: Ground, spot: Spot) -> str:
    """Return the label; on paper a flagged one carries its sign."""
    words = words_of(spot.point)
    return f"! {words}" if ground.space.paper and spot.point.flagged else words


def crosses(others: Sequence[Spot], series: str) -> Iterator[Symbol]:
    """Yield the struck readings."""
    for spot in distinct(s for s in others if s.point.struck):
        middle = (spot.top + spot.bottom) / 2
        yield Symbol(spot.x, middle, "struck", series, words_of(spot.point))


def apart(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Return the points that count, and those that do not; one in question is neither."""
    others = [p for p in points if not p.counts and not p.questioned]
    return [p for p in points if p.counts], others


def doubts(ground: Ground, kind: ObservationKind, y: float, series: str) -> Iterator[Symbol]:
    """Yield a sign at ``y`` for each reading in question; its number is in the table only."""
    asked = [p for p in ground.series.get(kind, ()) if p.questioned]
    for spot in distinct(spots_of(ground, asked, Scale(0, 1, y, y))):
        yield Symbol(spot.x, y, "questioned", series, "?")


# ------------------------------------------------------------------ numbers with a line


def height_of_lane(ground: Ground, lane: Quantity) -> float:
    """Return how high a lane is where the lanes stand as they do here."""
    return lane.height * ground.pitch.quantity


def quantity_lane(ground: Ground, lane: Quantity, top: float) -> Iterator[Mark]:
    """Yield the marks of a lane: its limits, its line, its points and as many labels as fit."""
    bottom = top + height_of_lane(ground, lane)
    counting, others = apart(ground.series.get(lane.kind, ()))
    limits = [float(number) for _upper, number in limits_of(ground, lane.kind)]
    values = [p.high for p in counting if p.high is not None] + limits
    scale = scale_for(values, lane.span, top + ground.pitch.over, bottom - ground.pitch.under)
    yield from head(ground, _(lane.name), _(lane.unit), top, bottom)
    yield from ticks(ground, scale, [scale.high, *limits, scale.low], lane.series)
    board = board_of(ground, top, bottom)
    for number in limits:
        y, start = scale.y(number), ground.axis.x(0)
        board.avoid(Box(0, y - 1, ground.axis.right, y + 1))
        yield Line(start, y, ground.axis.right, y, "limit", lane.series, f"{number:g}")
    many = len(counting) > MANY
    spots = spots_of(ground, _thin(ground, counting), scale)
    flagged = distinct(s for s in spots if s.point.flagged)
    framed = list(frames(flagged, lane.series, _HALF_FRAME, board.bounds))
    for bar in framed:
        board.block(bounds(bar))
    yield from framed
    yield from _course(spots, lane.series, board, many=many)
    yield from _others(spots_of(ground, others, scale), lane.series)
    asked = list(doubts(ground, lane.kind, bottom - _DOUBT_UP, lane.series))
    _block_signs(board, asked)
    yield from asked
    yield from _labels(ground, lane, spots, board, many=many)


def _block_signs(board: Board, signs: Sequence[Symbol]) -> None:
    for sign in signs:
        board.block(Box(sign.x, sign.y, sign.x, sign.y).grown(_HALF_DOUBT))


def _thin(ground: Ground, points: Sequence[Point]) -> list[Point]:
    """Return what is left of many points where the axis has one unit of width for several."""
    axis = ground.axis
    width = 60 / axis.unit
    return thinned(points, axis.zero + axis.first * 60 - axis.left * width, width)


def spots_of(ground: Ground, points: Sequence[Point], scale: Scale) -> list[Spot]:
    """Return the points at their places; what does not count stays within the lane."""
    # All readings of a monitor come by here: sums only, no calls.
    axis = ground.axis
    unit = axis.unit / 60
    left = axis.left - (axis.zero + axis.first * 60) * unit
    ratio = (scale.bottom - scale.top) / (scale.high - scale.low)
    base = scale.bottom + scale.low * ratio
    spots = [
        Spot(left + p.at * unit, base - p.high * ratio, base - p.low * ratio, p)
        for p in points
        if p.at is not None and p.high is not None and p.low is not None
    ]
    if all(s.point.counts for s in spots):
        return spots
    return [s if s.point.counts else _within(s, scale) for s in spots]


def _within(spot: Spot, scale: Scale) -> Spot:
    top, bottom = (min(max(y, scale.top), scale.bottom) for y in (spot.top, spot.bottom))
    return spot._replace(top=top, bottom=bottom)


def _others(others: Sequence[Spot], series: str) -> Iterator[Symbol]:
    for spot in distinct(s for s in others if not s.point.struck):
        yield Symbol(spot.x, spot.top, "artefact", series, words_of(spot.point))
    yield from crosses(others, series)


def ticks(
    ground: Ground,
    scale: Scale,
    values: Sequence[float],
    series: str,
    *,
    taken: Sequence[float] = (),
    role: str = "tick",
) -> Iterator[Text]:
    """Yield the numbers left of a lane, the first ones first; those that would touch are left.

    Numbers already stand at the heights ``taken``.
    """
    x, used = ground.axis.left - TICK_GAP, list(taken)
    for value in values:
        y, words = scale.y(value), f"{value:g}"
        if all(abs(y - other) >= _TICK_STEP for other in used):
            used.append(y)
            yield Text(x, y, words, role, "end", ground.space.measure(words, role), series, words)


def _course(counting: Sequence[Spot], series: str, board: Board, *, many: bool) -> Iterator[Mark]:
    alone: list[Spot] = []
    for run in runs(counting):
        if len(run) == 1:
            alone += run
            continue
        line = outline(run)
        for box in _along(line):
            board.avoid(box)
        yield Polyline(tuple(line), series, series)
    if many:
        flagged = (s for s in counting if s.point.flagged)
        counting = distinct([*alone, *flagged, counting[-1]])
    else:
        for spot in counting:
            board.block(Box(spot.x, spot.top, spot.x, spot.top).grown(4))
    for spot in counting:
        yield Symbol(spot.x, spot.top, series, series, words_of(spot.point))


def _along(line: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """Yield boxes that cover a line, one for each stretch of ``_STEP``."""
    (x1, y1), *rest = line
    n = int(x1 // _STEP)
    heights = [y1]
    for x2, y2 in rest:
        last = int(x2 // _STEP)
        while n < last:
            crossing = y1 + ((n + 1) * _STEP - x1) * (y2 - y1) / (x2 - x1)
            yield _stretch(n, [*heights, crossing])
            heights = [crossing]
            n += 1
        heights.append(y2)
        x1, y1 = x2, y2
    yield _stretch(n, heights)


def _stretch(n: int, heights: Sequence[float]) -> Box:
    return Box(n * _STEP, min(heights) - 1, (n + 1) * _STEP, max(heights) + 1)


def _labels(
    ground: Ground, lane: Quantity, counting: Sequence[Spot], board: Board, *, many: bool
) -> Iterator[Mark]:
    for spot in labelled(counting, many=many):
        role, away = ("value", _HALF_FRAME + 1) if spot.point.flagged else ("figure", _LABEL_AWAY)
        places = around(spot.x, spot.top, spot.top, away)
        if spot is counting[-1]:
            places += behind_now(ground, spot.x, spot.top)
        text = board.place(marked(ground, spot), role, places, series=lane.series)
        if text is not None:
            yield patch(ground, text)
            yield text


def patch(ground: Ground, text: Text) -> Bar:
    """Return the ground under a label that parts it from the lines it stands on."""
    box, now = text_box(text), ground.axis.now
    left, right = box.left - 1, box.right + 1
    if now is None or box.left < ground.axis.x(now):
        return Bar(left, box.top + 1, right - left, TEXT - 2, "clear", text.series)
    # What is to come ends with the axis.
    right = max(left, min(right, ground.axis.right))
    return Bar(left, box.top + 1, right - left, TEXT - 2, "clear_ahead", text.series)


def behind_now(ground: Ground, x: float, y: float) -> list[tuple[float, float, str]]:
    """Return the place behind the line of now, for a latest value at ``x`` that is near to it."""
    now = ground.axis.now
    # A reading of this minute lies on the line, but for what sums of large numbers leave over.
    if now is None or not -1 <= ground.axis.x(now) - x <= _NEAR_NOW:
        return []
    return [(ground.axis.x(now) + _NOW_ROOM + 3, y, "start")]


# ------------------------------------------------------------------ scores


def score_kinds(series: Series) -> list[ObservationKind]:
    """Return the scores that were taken, in the order of their rows."""
    return [kind for kind in _SCORES if series.get(kind)]


def height_of_scores(ground: Ground) -> float:
    """Return how high the lane of scores is; nothing where they are left to the table."""
    return ground.pitch.score * len(score_kinds(ground.series))


def scores_lane(ground: Ground, top: float) -> Iterator[Mark]:
    """Yield one row of digits for each score; a digit without room is a dot."""
    high = ground.pitch.score
    for n, kind in enumerate(score_kinds(ground.series) if high else ()):
        row = top + n * high
        flat = Scale(0, 1, row + high / 2, row + high / 2)
        spots = spots_of(ground, ground.series[kind], flat)
        yield from head(ground, _(label(kind)), "", row, row + high)
        flagged = distinct(s for s in spots if s.point.flagged)
        box = Box(0, row, ground.space.width, row + high)
        widest = max((ground.space.measure(marked(ground, s), "value") for s in flagged), default=0)
        half = max(_HALF_FRAME, widest / 2 + 3)
        yield from frames(flagged, kind.value, _HALF_FRAME, box, half)
        yield from _digits(ground, kind.value, spots, box)
        yield from crosses(spots, kind.value)


def _digits(ground: Ground, series: str, spots: Sequence[Spot], row: Box) -> Iterator[Mark]:
    board = board_of(ground, row.top, row.bottom)
    for spot in [*spots[-1:], *spots[:-1]]:
        if spot.point.struck:
            continue
        if spot.point.questioned:
            yield Symbol(spot.x, spot.top, "questioned", series, "?")
            continue
        if not spot.point.counts:
            yield Symbol(spot.x, spot.top, "artefact", series, words_of(spot.point))
            continue
        role = "value" if spot.point.flagged else "figure"
        words = marked(ground, spot)
        # A digit beside its place would read as that of another time.
        places = [(spot.x, spot.top, "middle")]
        if spot is spots[-1]:
            places += behind_now(ground, spot.x, spot.top)
        text = board.place(words, role, places, series=series)
        if text is not None:
            yield text
        if text is None or text.x != spot.x:
            # Under the digits beside it.
            yield Symbol(spot.x, spot.top + _DOT_DOWN, "dot", series, words)


# ------------------------------------------------------------------ readings due


def height_of_due(ground: Ground) -> float:
    """Return how high the lane of readings due is: paper has none where nothing is due."""
    return 0.0 if ground.space.paper and not ground.data.due else ground.pitch.due


def due_lane(ground: Ground, top: float, minute_words: Callable[[float], str]) -> Iterator[Mark]:
    """Yield a sign for each reading the schedule asks for."""
    high = height_of_due(ground)
    if not high:
        return
    yield from head(ground, _("Readings due"), "", top, top + high)
    for due in ground.data.due:
        x = ground.axis.x(due.minute)
        yield Symbol(x, top + high / 2, due.state.value, "due", minute_words(due.minute))

"""The lane of blood pressure: upright bars from diastolic to systolic."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.vitals.chart_lanes import (
    Ground,
    apart,
    behind_now,
    board_of,
    crosses,
    doubts,
    frames,
    head,
    labelled,
    limits_of,
    marked,
    patch,
    spots_of,
    ticks,
    words_of,
)
from aeapp.domain.vitals.chart_marks import TEXT, Bar, Box, Line, Mark, Text, bounds, text_box
from aeapp.domain.vitals.chart_points import MANY, Point, Spot, distinct, every
from aeapp.domain.vitals.chart_scale import Board, Scale, scale_for
from aeapp.domain.vitals.typing import shown
from aeapp.kernel.i18n import _

PRESSURE = ObservationKind.BLOOD_PRESSURE
THIN_MINUTES = 5
_SERIES = "bp"
_SPAN = (60.0, 200.0, 20.0)
_TICKS = (40, 80, 120, 160, 200, 240, 280, 320)
_MARGIN = 6.0
_CAP = 5.0
_FRAME_AWAY = 5.0
_THICK = 1.5  # of a frame on paper
_BESIDE = 10.0
_CLEAR = 16.0  # from a label to the next bar, beyond what lies between it and its own
_OVERHANG = 3.0
_LEAST_CAP = 1.5
_TO_CENTRE = {"start": 0.5, "middle": 0.0, "end": -0.5}
_HALF_HOLLOW = 3.0
_DOUBT_UP = 10.0


def pressure_lane(ground: Ground, top: float, bottom: float) -> Iterator[Mark]:
    """Yield the marks of the lane, from the grounds up to the labels."""
    points, unused = apart(ground.series.get(PRESSURE, ()))
    scale = _scale(ground, points, top + _MARGIN, bottom - _MARGIN)
    spots = spots_of(ground, points, scale)
    drawn = every(THIN_MINUTES, spots) if len(spots) > MANY else spots
    others = distinct(spots_of(ground, unused, scale))
    lane = Box(0, top, ground.space.width, bottom)
    framed = list(frames([s for s in drawn if s.point.flagged], _SERIES, _FRAME_AWAY, lane))
    board = board_of(ground, top, bottom)
    _block(board, [*drawn, *others], framed)
    yield from head(ground, _("BP"), _("mmHg"), top, bottom)
    band = list(_baseline(ground, scale))
    yield from band
    limits, wordless = _limits(ground, board, scale)
    yield from _grid(ground, scale, wordless)
    yield from limits
    yield from framed
    yield from _beams(drawn)
    for spot in others:
        if not spot.point.struck:
            yield _hollow(spot)
    yield from crosses(others, _SERIES)
    yield from doubts(ground, PRESSURE, bottom - _DOUBT_UP, _SERIES)
    yield from _labels(ground, board, drawn, bounds(band[0]) if band else None)
    yield from _baseline_words(ground, board, scale)


def _scale(ground: Ground, points: Sequence[Point], top: float, bottom: float) -> Scale:
    values = [v for p in points for v in (p.low, p.high) if v is not None]
    values += [float(number) for _upper, number in limits_of(ground, PRESSURE)] + _own(ground)
    return scale_for(values, _SPAN, top, bottom)


def _block(board: Board, spots: Sequence[Spot], framed: Sequence[Bar]) -> None:
    for spot in spots:
        board.block(Box(spot.x - _CAP, spot.top, spot.x + _CAP, spot.bottom).grown(2))
    for bar in framed:
        board.block(bounds(bar))


def _grid(ground: Ground, scale: Scale, wordless: Sequence[float]) -> Iterator[Mark]:
    """Yield the grid; a limit whose words found no place has its number at the left instead."""
    numbers = list(ticks(ground, scale, wordless, _SERIES, role="limit"))
    yield from numbers
    inside = [float(t) for t in reversed(_TICKS) if scale.low <= t <= scale.high]
    yield from ticks(ground, scale, inside, _SERIES, taken=[text.y for text in numbers])
    for value in inside:
        y = scale.y(value)
        yield Line(ground.axis.left - 4, y, ground.axis.right, y, "grid")


def _beams(spots: Sequence[Spot]) -> Iterator[Line]:
    # Caps that touch would read as lines through the readings.
    gap = min((b.x - a.x for a, b in pairwise(spots)), default=_CAP * 4)
    cap = max(_LEAST_CAP, min(_CAP, gap / 2 - 1))
    for spot in spots:
        value = words_of(spot.point)
        for y in (spot.top, spot.bottom):
            yield Line(spot.x - cap, y, spot.x + cap, y, "bp", _SERIES, value)
        yield Line(spot.x, spot.top, spot.x, spot.bottom, "bp", _SERIES, value)


def _hollow(spot: Spot) -> Bar:
    height = max(spot.bottom - spot.top, 2 * _HALF_HOLLOW)
    width = 2 * _HALF_HOLLOW
    value = words_of(spot.point)
    return Bar(spot.x - _HALF_HOLLOW, spot.top, width, height, "artefact", _SERIES, value)


# ------------------------------------------------------------------ own baseline and limits


def _own(ground: Ground) -> list[float]:
    """Return systolic and diastolic of the patient's own baseline; nothing where one lacks."""
    own = ground.data.baseline
    parts = (own.systolic, own.diastolic) if own is not None else ()
    numbers = [float(p) for p in parts if isinstance(p, Decimal)]
    return numbers if len(numbers) == 2 else []  # noqa: PLR2004 - both of them


def _baseline(ground: Ground, scale: Scale) -> Iterator[Bar]:
    own = _own(ground)
    if own:
        left, top = ground.axis.x(0), scale.y(max(own))
        height = scale.y(min(own)) - top
        yield Bar(left, top, ground.axis.right - left, height, "baseline", _SERIES)


def _baseline_words(ground: Ground, board: Board, scale: Scale) -> Iterator[Text]:
    own, reading = _own(ground), ground.data.baseline
    if not own or reading is None:
        return
    words = _("own baseline {pressure}").format(pressure=shown(reading))
    left, right = ground.axis.x(0), ground.axis.right
    upper, lower = scale.y(max(own)), scale.y(min(own))
    heights = [(upper + lower) / 2, upper + TEXT / 2 + 2, lower - TEXT / 2 - 2]
    across = [left + (right - left) * n / 10 for n in (6, 7, 8, 5, 4, 3, 2, 1)]
    places = [(x, y, "middle") for x in across for y in heights]
    text = board.place(words, "baseline", places, series=_SERIES)
    if text is not None:
        yield text


def _limits(ground: Ground, board: Board, scale: Scale) -> tuple[list[Mark], list[float]]:
    """Return the limits with their words, and the numbers of those whose words had no place."""
    left, right = ground.axis.x(0), ground.axis.right
    ends = [(right - 4, "end"), (ground.axis.left + 2, "start"), (left + 4, "start")]
    marks: list[Mark] = []
    wordless = []
    for upper, number in limits_of(ground, PRESSURE):
        y, away = scale.y(float(number)), TEXT / 2 + 1
        words = _("limit {number}") if upper else _("lower limit {number}")
        words = words.format(number=number)
        board.avoid(Box(ground.axis.left, y - 1, right, y + 1))
        heights = (y - away, y + away) if upper else (y + away, y - away)
        places = [(x, h, anchor) for x, anchor in ends for h in heights]
        text = board.place(words, "limit", places, series=_SERIES)
        marks += [Line(left, y, right, y, "limit", _SERIES, words), *([text] if text else ())]
        if text is None:
            wordless.append(float(number))
    return marks, wordless


# ------------------------------------------------------------------ labels


def _labels(
    ground: Ground, board: Board, spots: Sequence[Spot], band: Box | None
) -> Iterator[Mark]:
    across = [s.x for s in spots]
    away = TEXT / 2 + _FRAME_AWAY + (_THICK if ground.space.paper else 0.0)
    for spot in labelled(spots, many=len(spots) > MANY):
        words = marked(ground, spot)
        room = ground.space.measure(words, "value") + _BESIDE + _CLEAR
        n = bisect.bisect_left(across, spot.x)
        left = n == 0 or spot.x - across[n - 1] >= room
        right = n + 1 >= len(across) or across[n + 1] - spot.x >= room
        places = _nearest(
            _places(spot, away, left=left, right=right), room - _BESIDE - _CLEAR, spot.x, across
        )
        if spot is spots[-1]:
            places += behind_now(ground, spot.x, spot.top + 1)
        text = board.place(words, "value", places, series=_SERIES)
        if text is not None:
            yield from _standing(ground, text, band)


def _nearest(
    places: list[tuple[float, float, str]], width: float, own: float, across: Sequence[float]
) -> list[tuple[float, float, str]]:
    """Return the places over or under the own bar: one nearer to another bar reads as its label."""
    found = []
    for x, y, anchor in places:
        centre = x + width * _TO_CENTRE[anchor]
        n = bisect.bisect_left(across, centre)
        nearest = min(across[max(0, n - 1) : n + 1], key=lambda bar: abs(bar - centre))
        if nearest == own:
            found.append((x, y, anchor))
    return found


def _standing(ground: Ground, text: Text, band: Box | None) -> Iterator[Mark]:
    """Yield a label, parted from the lines under it except where it stands on the baseline."""
    if band is None or not text_box(text).meets(band):
        yield patch(ground, text)
    yield text


def _places(spot: Spot, away: float, *, left: bool, right: bool) -> list[tuple[float, float, str]]:
    """Return the places for a label; beside the bar only where no other bar is as near."""
    after, before = spot.x + _BESIDE, spot.x - _BESIDE
    over, under = spot.top - away, spot.bottom + away
    middle = (spot.top + spot.bottom) / 2
    heights = (spot.top + 1, middle, spot.bottom - 1)
    upper, *lower = [
        [
            (x, h, anchor)
            for x, anchor, free in ((after, "start", right), (before, "end", left))
            if free
        ]
        for h in heights
    ]
    corners = [(spot.x + _OVERHANG, over, "end"), (spot.x - _OVERHANG, over, "start")]
    ends = [(spot.x, over, "middle"), *corners, (spot.x, under, "middle")]
    return [*upper, *ends, *(place for row in lower for place in row)]

"""Draw the chart of a session on paper: the marks of the window, told apart without colour.

Shapes tell the series, dash patterns and words the limits and the baseline, a thick frame and an
exclamation mark what is beyond a limit; the time to come stays white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from aeapp.domain.vitals.chart import Chart, lay_out
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.chart_marks import (
    QUESTION,
    QUESTION_DOT,
    TEXT,
    Bar,
    Line,
    Mark,
    Polyline,
    Space,
    Symbol,
    Text,
    text_box,
)
from aeapp.domain.vitals.chart_words import left_to_the_table
from aeapp.formspecs.model import Box
from aeapp.kernel.i18n import _
from exports.pdf import fonts
from exports.pdf.pen import MM, Ink, Pen

WIDTH = 180.0
SIZE = 8.0
# Millimetres of one unit: what a text of the chart measures decides it.
UNIT = SIZE / TEXT / MM
_CAPTION_ROW = 4.6
_BASELINE = 0.36  # from the middle of a line down to its baseline, in sizes of the type
_RADIUS = 0.6
_ANY_PAGE = 1  # the pen draws on the page it is on

_BOLD = frozenset({"value", "number", "lane", "now", "question"})
_LINES = {
    "rule": Ink(0.5, edge=0.55),
    "grid": Ink(0.25, edge=0.8),
    "limit": Ink(0.6, dash=(3.0, 2.0)),
    "bp": Ink(1.3),
    "now": Ink(0.9),
}
_COURSE = Ink(0.8)
_THIN, _FRAME = Ink(0.6, fill=1), Ink(1.6)
_SOLID, _WHITE = Ink(fill=0), Ink(fill=1)
_BARS: Mapping[str, Ink] = {
    "baseline": Ink(0.6, dash=(0.6, 1.6), fill=0.93),
    "flag": _FRAME,
    "clear": _WHITE,
    "clear_ahead": _WHITE,
    "infusion": Ink(0.7, fill=0.93),
    "planned": Ink(0.6, dash=(2.0, 1.5)),
    "bolus": _SOLID,
    "device": _SOLID,
    "rescue": _SOLID,
    "premedication": Ink(0.7, fill=1),
    "lasting": Ink(0.5, fill=0.93),
    "proposed": Ink(0.9, dash=(2.0, 1.2), fill=1),
    "artefact": Ink(0.5, edge=0.4, fill=1),
    "pill": Ink(0.9, fill=1),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where a chart stands on a page, in millimetres from its top left corner."""

    pen: Pen
    x: float
    y: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point of the chart."""
        return self.x + x * UNIT, self.y + y * UNIT

    def box(self, left: float, top: float, width: float, height: float) -> Box:
        """Return a rectangle of the chart on the page."""
        x, y = self.at(left, top)
        return Box(_ANY_PAGE, x, y, width * UNIT, height * UNIT)


def _face(role: str) -> str:
    return fonts.BOLD if role in _BOLD else fonts.REGULAR


def measured(words: str, role: str) -> float:
    """Return how wide a text is in print, in units of the chart."""
    face = _face(role)
    return fonts.width(fonts.visible(words, name=face), face, SIZE) / MM / UNIT


def laid_out(data: ChartData, height: float = 0.0) -> Chart:
    """Return the chart as it is printed, at least ``height`` millimetres high."""
    return lay_out(data, Space(WIDTH / UNIT, measured, height / UNIT, paper=True))


def draw_chart(pen: Pen, data: ChartData, x: float, y: float, height: float = 0.0) -> float:
    """Draw the chart with its caption, the top left corner at ``x`` and ``y`` millimetres.

    Returns:
        How high the whole is, in millimetres.
    """
    chart = laid_out(data, height)
    draw_marks(pen, chart.marks, x, y)
    drawn = chart.height * UNIT
    pen.shape(Box(_ANY_PAGE, x, y, WIDTH, drawn), Ink(0.5, edge=0.55))
    lines = _caption(chart)
    for n, words in enumerate(lines, 1):
        pen.say(x, y + drawn + n * _CAPTION_ROW - 1.2, words, SIZE)
    return drawn + len(lines) * _CAPTION_ROW


def draw_marks(pen: Pen, marks: Iterable[Mark], x: float, y: float) -> None:
    """Draw marks of any chart, the top left corner at ``x`` and ``y`` millimetres."""
    sheet = _Sheet(pen, x, y)
    for mark in marks:
        _draw(sheet, mark)


def chart_height(data: ChartData, height: float = 0.0) -> float:
    """Return how high ``draw_chart`` draws, in millimetres."""
    chart = laid_out(data, height)
    return chart.height * UNIT + len(_caption(chart)) * _CAPTION_ROW


def chart_words(data: ChartData) -> str:
    """Return what a chart shows, for who does not see it; its values stand in a table."""
    said = _("Chart of the session. Every reading is in the table below.")
    return " ".join((said, *_caption(laid_out(data))))


def _caption(chart: Chart) -> list[str]:
    key = _(
        "Frame and !: beyond a limit. Dashes: limit. Dotted band: own baseline. "
        "Hollow: artefact. Cross: struck through. ?: to be looked at."
    )
    lost = left_to_the_table(chart.beyond)
    return [words for words in (chart.caption, key, lost) if words]


def _draw(sheet: _Sheet, mark: Mark) -> None:
    match mark:
        case Line():
            ends = [sheet.at(mark.x1, mark.y1), sheet.at(mark.x2, mark.y2)]
            sheet.pen.path(ends, _LINES[mark.role])
        case Polyline():
            sheet.pen.path([sheet.at(*point) for point in mark.points], _COURSE)
        case Bar(role="future"):
            pass
        case Bar():
            sharp = _BARS[mark.role].width == 0
            box = sheet.box(mark.x, mark.y, mark.w, mark.h)
            sheet.pen.shape(box, _BARS[mark.role], 0 if sharp else _RADIUS)
        case Symbol():
            _SHAPES[mark.role](sheet, mark)
        case Text():
            left, middle = sheet.at(text_box(mark).left, mark.y)
            sheet.pen.say(left, middle + _BASELINE * SIZE / MM, mark.text, SIZE, _face(mark.role))


# ------------------------------------------------------------------ symbols

_Points = Sequence[tuple[float, float]]


def _disc(radius: float, ink: Ink) -> Callable[[_Sheet, Symbol], None]:
    def draw(sheet: _Sheet, mark: Symbol) -> None:
        sheet.pen.disc(*sheet.at(mark.x, mark.y), radius * UNIT, ink)

    return draw


def _polygon(ink: Ink, *points: tuple[float, float]) -> Callable[[_Sheet, Symbol], None]:
    def draw(sheet: _Sheet, mark: Symbol) -> None:
        sheet.pen.path([sheet.at(mark.x + x, mark.y + y) for x, y in points], ink, closed=True)

    return draw


def _strokes(ink: Ink, *lines: _Points) -> Callable[[_Sheet, Symbol], None]:
    def draw(sheet: _Sheet, mark: Symbol) -> None:
        for points in lines:
            sheet.pen.path([sheet.at(mark.x + x, mark.y + y) for x, y in points], ink)

    return draw


def _dot(at: tuple[float, float]) -> Callable[[_Sheet, Symbol], None]:
    def draw(sheet: _Sheet, mark: Symbol) -> None:
        sheet.pen.disc(*sheet.at(mark.x + at[0], mark.y + at[1]), 0.9 * UNIT, _SOLID)

    return draw


def _both(
    *parts: Callable[[_Sheet, Symbol], None],
) -> Callable[[_Sheet, Symbol], None]:
    def draw(sheet: _Sheet, mark: Symbol) -> None:
        for part in parts:
            part(sheet, mark)

    return draw


_DIAMOND = ((0.0, -4.8), (4.8, 0.0), (0.0, 4.8), (-4.8, 0.0))
_LATE = ((0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0))
_ONWARD = ((0.0, -8.0), (6.0, 0.0), (0.0, 8.0))
_WHITE_LINE = Ink(0.9, edge=1)
_SHAPES: Mapping[str, Callable[[_Sheet, Symbol], None]] = {
    "hr": _disc(4, _SOLID),
    "spo2": _polygon(Ink(0.8, fill=1), *_DIAMOND),
    "rr": _polygon(_SOLID, (0.0, -4.5), (4.8, 3.8), (-4.8, 3.8)),
    "artefact": _disc(3.6, Ink(0.6, edge=0.4, fill=1)),
    "dot": _disc(1.6, _SOLID),
    "struck": _strokes(Ink(0.8, edge=0.3), ((-3.5, -3.5), (3.5, 3.5)), ((-3.5, 3.5), (3.5, -3.5))),
    "questioned": _both(
        _disc(6, Ink(0.6, fill=1)), _strokes(Ink(0.8), QUESTION), _dot(QUESTION_DOT)
    ),
    "event": _polygon(_THIN, (-7.0, -7.0), (7.0, -7.0), (7.0, 7.0), (-7.0, 7.0)),
    "goes_on": _polygon(_SOLID, *_ONWARD),
    "taken": _both(
        _disc(6, _SOLID), _strokes(_WHITE_LINE, ((-2.8, 0.2), (-0.8, 2.2), (2.8, -2.0)))
    ),
    "coming": _both(_disc(5.2, _THIN), _strokes(Ink(0.7), ((0.0, -3.0), (0.0, 0.4), (2.6, 0.4)))),
    "late": _polygon(_SOLID, *_LATE),
    "missed": _polygon(_THIN, *_LATE),
}

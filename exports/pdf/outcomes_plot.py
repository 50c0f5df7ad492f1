"""The pictures of the outcomes page on paper: ladder, interval plot, control chart.

Told apart without colour: a square is the clinic, a hollow diamond a published figure, a grey band
what the missing could make of it; a dotted rule parts benefit from harm.
"""

from __future__ import annotations

from collections.abc import Sequence

from aeapp.domain.outcomes.control_chart import ControlChart
from aeapp.domain.outcomes.words import PlotRow, Rung, percent
from aeapp.formspecs.model import Box
from aeapp.kernel.i18n import N_, _
from exports.pdf import flow, fonts
from exports.pdf.pen import MM, Ink, Pen

SIZE, SMALL = 8.5, 8.0
RUNG = 11.2
ROW = 9.2
AXIS = 8.0
_GAP = 2.0  # between the name of a step and its count
_ANY_PAGE = 1  # the pen draws on the page it is on
_BAR = 2.2
_TRACK, _FILL, _LAST = Ink(fill=0.93), Ink(fill=0.55), Ink(fill=0.15)
_BAND = Ink(0.3, edge=0.6, fill=0.9)
_GRID, _DOTTED = Ink(0.3, edge=0.8), Ink(0.6, dash=(0.7, 1.8))
_INTERVAL, _SQUARE, _DIAMOND = Ink(1.2), Ink(fill=0), Ink(0.7, fill=1)
_NAMES, _COUNTS, _PLOT = 0.27, 0.13, 0.32  # shares of the width; the rest is for figures
_MARK = 0.95
_LEGEND = N_(
    "Square: this clinic. Line: 95 % interval. Grey: if the missing had all, or none, had it."
    " Diamond: published, named below."
)
CONTROL = 34.0
_AXIS_LABELS = 14.0


def ladder_height(rungs: Sequence[Rung]) -> float:
    """Return the height of the ladder in millimetres."""
    return RUNG * len(rungs)


def draw_ladder(pen: Pen, rungs: Sequence[Rung], left: float, top: float, width: float) -> None:
    """Draw the steps from the top; the last bar is the darkest."""
    for n, rung in enumerate(rungs):
        y = top + n * RUNG
        name = _name_of(rung, width)
        pen.say(left, y + 3.0, name.text, name.size)
        pen.say_right(left + width, y + 3.0, rung.told, SIZE)
        bar = y + 3.9
        pen.shape(Box(_ANY_PAGE, left, bar, width, _BAR), _TRACK)
        if rung.share:
            ink = _LAST if n == len(rungs) - 1 else _FILL
            pen.shape(Box(_ANY_PAGE, left, bar, width * rung.share, _BAR), ink)
        if rung.count is not None:
            of_all = _("{percent} % of treated").format(percent=round(100 * rung.share))
            pen.say(left, bar + _BAR + 2.7, of_all, SMALL)
        if rung.losses:
            pen.say_right(left + width, bar + _BAR + 2.7, ", ".join(rung.losses), SMALL)


def cut_names(rungs: Sequence[Rung], width: float) -> list[str]:
    """Return the names that the ladder shows the start of, to be told whole behind it."""
    return [rung.name for rung in rungs if _name_of(rung, width).rest]


def _name_of(rung: Rung, width: float) -> flow.Piece:
    count = fonts.width(rung.told, fonts.REGULAR, SIZE)
    return flow.one_line(fonts.visible(rung.name), (width - _GAP) * MM - count, (SIZE, SMALL))


def plot_height(rows: Sequence[PlotRow]) -> float:
    """Return the height of the interval plot in millimetres."""
    return ROW * len(rows) + AXIS + 8.0


def draw_plot(pen: Pen, rows: Sequence[PlotRow], left: float, top: float, width: float) -> None:
    """Draw a row a figure over one axis from 0 to 100 %."""
    plot = left + width * (_NAMES + _COUNTS)
    scale = width * _PLOT
    bottom = top + 4.0 + ROW * len(rows)
    _heads(pen, left, top, width)
    for quarter in range(5):
        x = plot + scale * quarter / 4
        pen.path([(x, top + 4.0), (x, bottom)], _GRID)
        label = f"{quarter * 25} %"
        middle = fonts.width(label, fonts.REGULAR, SMALL) / MM / 2
        pen.say(x - middle, bottom + 3.4, label, SMALL)
    pen.say(left, bottom + 8.0, _(_LEGEND), SMALL)
    for n, row in enumerate(rows):
        y = top + 4.0 + n * ROW
        if row.kind.is_harm:
            pen.path([(left, y), (left + width, y)], _DOTTED)
        _words(pen, row, left, y, width)
        _marks(pen, row, plot, y + ROW / 2, scale)


def _heads(pen: Pen, left: float, top: float, width: float) -> None:
    pen.say(left, top + 2.4, _("Outcome"), SMALL, fonts.BOLD)
    pen.say(left + width * _NAMES, top + 2.4, _("n / N"), SMALL, fonts.BOLD)
    right = left + width * (_NAMES + _COUNTS + _PLOT) + 4
    pen.say(right, top + 2.4, _("% (95 %, Wilson)"), SMALL, fonts.BOLD)
    pen.say_right(left + width, top + 2.4, _("if missing"), SMALL)


def _words(pen: Pen, row: PlotRow, left: float, y: float, width: float) -> None:
    pen.say(left, y + 3.6, row.name, SIZE, fonts.BOLD)
    pen.say(left + width * _NAMES, y + 3.6, row.counts, SIZE)
    right = left + width * (_NAMES + _COUNTS + _PLOT) + 4
    pen.say(right, y + 3.6, row.figures, SIZE)
    pen.say_right(left + width, y + 3.6, row.range, SIZE)
    pen.say_right(left + width, y + 6.9, row.of_treated, SMALL)
    if row.few:
        pen.say(left, y + 6.9, row.few, SMALL)


def _marks(pen: Pen, row: PlotRow, plot: float, y: float, scale: float) -> None:
    if row.low is not None and row.high is not None:
        box = Box(_ANY_PAGE, plot + scale * row.low, y - 1.9, scale * (row.high - row.low), 3.8)
        pen.shape(box, _BAND)
    if row.interval is not None:
        ends = [(plot + scale * end, y) for end in (row.interval.low, row.interval.high)]
        pen.path(ends, _INTERVAL)
    if row.share:
        x = plot + scale * row.share
        pen.shape(Box(_ANY_PAGE, x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK), _SQUARE)
    for figure in row.published:
        x, up = plot + scale * float(figure.percent) / 100, y - 3.0
        points = [(x, up - 1.2), (x + 1.2, up), (x, up + 1.2), (x - 1.2, up)]
        pen.path(points, _DIAMOND, closed=True)


def draw_control(pen: Pen, chart: ControlChart, left: float, top: float, width: float) -> None:
    """Draw the share of each month over the limits of its month; outside a square, else a dot."""
    points, centre = chart.points, chart.centre or 0.0
    most = max([0.1, *(max(point.high, float(point.found.share or 0)) for point in points)])
    plot, high = width - _AXIS_LABELS - 4, CONTROL - 10
    step = plot / len(points)

    def at(number: int, share: float) -> tuple[float, float]:
        return left + _AXIS_LABELS + step * (number + 0.5), top + 2 + high * (1 - share / most)

    for share, words in ((centre, _("mean {value}")), (most, "{value}"), (0.0, "{value}")):
        x, y = at(0, share)
        pen.path([(left + _AXIS_LABELS, y), (left + _AXIS_LABELS + plot, y)], _GRID)
        pen.say(left, y + 0.9, words.format(value=percent(share)), SMALL)
    for n, point in enumerate(points):
        for limit in (point.low, point.high):
            x, y = at(n, limit)
            pen.path([(x - step / 2, y), (x + step / 2, y)], _DOTTED)
        x, y = at(n, float(point.found.share or 0))
        if point.outside:
            pen.shape(Box(_ANY_PAGE, x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK), _SQUARE)
        else:
            pen.disc(x, y, _MARK, _SQUARE)
        half = fonts.width(point.label, fonts.REGULAR, SMALL) / MM / 2
        pen.say(x - half, top + CONTROL - 3.5, point.label, SMALL)

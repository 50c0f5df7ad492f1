"""The interval plot: square, line, grey band, diamonds, and the figures in words beside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from aeapp.domain.outcomes.words import PlotRow, row_words
from aeapp.kernel.i18n import _
from forms.outcomes.rows import Rows, say
from forms.theme import px, tokens

_LINE, _MARK = 18, 5
# Shares of the width: names, counts, plot; the figures have the rest.
_NAMES, _COUNTS, _PLOT = 0.27, 0.12, 0.33


@dataclass(frozen=True, slots=True)
class _Columns:
    left: float
    counts: float
    plot: float
    plot_width: float
    figures: float
    right: float


class PlotView(Rows[PlotRow]):
    """One row a figure over one axis from 0 to 100 %; a dotted rule parts benefit from harm."""

    ROW, HEAD, FOOT = 48, 24, 24

    def words(self, row: PlotRow) -> str:
        return row_words(row)

    def paint_around(self, painter: QPainter, area: QRectF) -> None:
        column = _columns(area.adjusted(px(6), 0, -px(6), 0))
        head = QRectF(column.left, 0, column.counts - column.left, px(self.HEAD))
        say(painter, head, _("Outcome"), "head", ink="text2")
        head.setLeft(column.counts)
        head.setRight(column.plot)
        say(painter, head, _("n / N"), "head", ink="text2")
        head.setLeft(column.figures)
        head.setRight(column.right)
        say(painter, head, _("% (95 %, Wilson)"), "head", ink="text2")
        say(painter, head, _("range if missing"), "head", ink="text2", side="right")
        bottom = area.bottom() - px(self.FOOT)
        for quarter in range(5):
            x = column.plot + column.plot_width * quarter / 4
            painter.setPen(QPen(tokens().color("line"), 1))
            painter.drawLine(QPointF(x, px(self.HEAD)), QPointF(x, bottom))
            foot = QRectF(x - px(30), bottom, px(60), px(self.FOOT))
            painter.setPen(tokens().color("text2"))
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{quarter * 25} %")

    def paint_row(self, painter: QPainter, row: PlotRow, area: QRectF) -> None:
        column = _columns(area)
        if row.kind.is_harm:
            pen = QPen(tokens().color("text2"), 1, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(area.topLeft(), area.topRight())
        first = QRectF(column.left, area.top() + px(4), column.counts - column.left, px(_LINE))
        second = first.translated(0, px(_LINE))
        second.setRight(column.plot - px(6))
        say(painter, first, row.name, "strong")
        say(painter, second, row.definition, "caption", ink="text2")
        counts = QRectF(column.counts, first.top(), column.plot - column.counts, px(_LINE))
        say(painter, counts, row.counts, "figures")
        figures = QRectF(column.figures, first.top(), column.right - column.figures, px(_LINE))
        say(painter, figures, row.figures, "number")
        say(painter, figures.translated(0, px(_LINE)), row.few or row.of_treated, "caption",
            ink="flag" if row.few else "text2")  # fmt: skip
        second_line = figures.translated(0, px(_LINE))
        say(painter, second_line, row.range, "chart_figure", ink="text2", side="right")
        self._marks(painter, row, column, area.center().y())

    def _marks(self, painter: QPainter, row: PlotRow, column: _Columns, y: float) -> None:
        look = tokens()
        ink = look.color("ink" if row.kind.is_harm else "accent")

        def at(share: float) -> float:
            return column.plot + column.plot_width * share

        if row.low is not None and row.high is not None:
            band = QRectF(at(row.low), y - px(8), at(row.high) - at(row.low), px(16))
            painter.setPen(QPen(look.color("edge"), 1))
            painter.setBrush(look.color("sunken"))
            painter.drawRect(band)
        if row.interval is not None:
            painter.setPen(QPen(look.color("ink"), 2))
            painter.drawLine(QPointF(at(row.interval.low), y), QPointF(at(row.interval.high), y))
        if row.share:
            side = px(_MARK)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRect(QRectF(at(row.share) - side, y - side, 2 * side, 2 * side))
        for figure in row.published:
            _diamond(painter, at(float(figure.percent) / 100), y - px(13))


def _diamond(painter: QPainter, x: float, y: float) -> None:
    side = px(_MARK)
    painter.setPen(QPen(tokens().color("spo2"), 1.4))
    painter.setBrush(tokens().color("surface"))
    corners = [(0, -side), (side, 0), (0, side), (-side, 0)]
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))


def _columns(area: QRectF) -> _Columns:
    counts = area.left() + area.width() * _NAMES
    plot = counts + area.width() * _COUNTS
    width = area.width() * _PLOT
    return _Columns(area.left(), counts, plot, width, plot + width + px(16), area.right())

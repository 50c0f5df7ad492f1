"""The control chart of sessions with a pressure event: dots in order, lines with words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aeapp.domain.outcomes.control_chart import ControlChart, Point
from aeapp.domain.outcomes.words import count_words, percent
from aeapp.kernel.i18n import _
from forms.outcomes.rows import say
from forms.theme import px, tokens

_HEIGHT, _FOOT, _LEFT, _MARK = 150, 22, 70, 4
_LEAST_TOP = 0.1


class ControlView(QWidget):
    """A month outside its limits is a square, the others are dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = ControlChart(None, ())
        self.setAccessibleName(_("Sessions with a pressure event, by month"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: ControlChart) -> None:
        """Show another chart."""
        self._chart = chart
        self.setAccessibleDescription("\n".join(_point_words(p) for p in chart.points))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chart = self._chart
        if chart.centre is None:
            say(painter, area, _("No session in the period."), "caption", ink="text2")
            return
        most = max([_LEAST_TOP, *(max(p.high, float(p.found.share or 0)) for p in chart.points)])
        plot = area.adjusted(px(_LEFT), px(8), -px(8), -px(_FOOT))

        def y_of(share: float) -> float:
            return plot.bottom() - plot.height() * share / most

        for share, words in ((chart.centre, _("mean {value}")), (0.0, "{value}")):
            y = y_of(share)
            painter.setPen(QPen(tokens().color("edge"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            line = QRectF(area.left(), y - px(9), px(_LEFT) - px(6), px(18))
            say(painter, line, words.format(value=percent(share)), "caption", ink="text2")
        step = plot.width() / len(chart.points)
        for number, point in enumerate(chart.points):
            x = plot.left() + step * (number + 0.5)
            _limits(painter, x, step, [y_of(point.low), y_of(point.high)])
            _mark(painter, point, QPointF(x, y_of(float(point.found.share or 0))))
            foot = QRectF(x - step / 2, plot.bottom(), step, px(_FOOT))
            painter.setPen(tokens().color("text2"))
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, point.label)


def _limits(painter: QPainter, x: float, step: float, ys: list[float]) -> None:
    painter.setPen(QPen(tokens().color("flag_edge"), 1, Qt.PenStyle.DashLine))
    for y in ys:
        painter.drawLine(QPointF(x - step / 2, y), QPointF(x + step / 2, y))


def _mark(painter: QPainter, point: Point, at: QPointF) -> None:
    side = px(_MARK)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens().color("flag" if point.outside else "ink"))
    if point.outside:
        painter.drawRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side))
    else:
        painter.drawEllipse(at, side, side)


def _point_words(point: Point) -> str:
    words = _("{month}: {counts} sessions, limits {low} to {high} per 100")
    told = words.format(
        month=point.label, counts=count_words(point.found), low=percent(point.low),
        high=percent(point.high),
    )  # fmt: skip
    return f"{told}; {_('outside')}" if point.outside else told

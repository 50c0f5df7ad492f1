"""The course of a patient on a scale, painted; the table below says the same."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aeapp.domain.scales.trend import HEIGHT, LEAST_WIDTH, Trend, TrendData, lay_out_trend
from aeapp.domain.vitals.chart_marks import Space
from aeapp.kernel.i18n import _
from forms import paint
from forms.chart_paint import paint_marks
from forms.theme import px
from forms.vitals_chart import measured

_HUNDRED = 100


class TrendChart(QWidget):
    """Paints the marks of a trend; laid out anew only where its data or size changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scales.trend")
        self.setAccessibleName(_("Course on the scale"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._data = TrendData()
        self.trend: Trend | None = None

    def show_data(self, data: TrendData) -> None:
        """Show a course."""
        self._data = data
        self._lay_out()

    def _unit(self) -> float:
        return px(_HUNDRED) / _HUNDRED

    def _lay_out(self) -> None:
        unit = self._unit()
        space = Space(self.width() / unit, measured, self.height() / unit)
        self.trend = lay_out_trend(self._data, space)
        self.setAccessibleDescription(self.trend.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(HEIGHT) + px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(LEAST_WIDTH), px(HEIGHT) + px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.trend is not None:
            paint_marks(painter, self.trend.marks, self._unit())
        if self.hasFocus():
            paint.focus_ring(painter, self.rect().toRectF(), 4)

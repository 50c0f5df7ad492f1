"""The chart of a session as a widget: painted marks, walked through by keys.

What is shown and where is laid out by the domain. Here the marks are kept painted in a picture, of
which only what changed is painted again; the place of the reader lies over it.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from aeapp.domain.vitals.chart import Chart, lay_out
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.chart_marks import Box, Space, bounds, changes
from aeapp.domain.vitals.chart_words import Stop, left_to_the_table
from aeapp.kernel.i18n import _
from forms import fonts, paint
from forms.announce import announce
from forms.chart_paint import font_of, paint_marks
from forms.theme import px, tokens

_WIDTH, _NARROWEST = 760, 400
_EASE = 32  # of height that the pressures get where there is room, and give up where there is none
_RADIUS, _EDGE = 8.0, 3
_MARGIN = 3.0  # what a painted mark can reach beyond its bounds, in units
# With more places than this to paint anew, painting everything is cheaper.
_MANY_PLACES = 150
_HUNDRED = 100
_COLUMN, _REACH = 9.0, 12.0
_SHEER = 44


@lru_cache(maxsize=4096)
def _pixels(words: str, role: str, _percent: int) -> float:
    return QFontMetricsF(font_of(role)).horizontalAdvance(words)


def measured(words: str, role: str) -> float:
    """Return how wide a text is in units of the chart."""
    percent = px(_HUNDRED)
    return _pixels(words, role, percent) * _HUNDRED / percent


class VitalsChart(QFrame):
    """Pressures, pulse, saturation, breaths, scores, doses, events and readings due.

    Signals:
        reading_picked: Enter was pressed at a reading; carries its id.
    """

    reading_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session.chart")
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Chart of the session"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._data = ChartData()
        self.chart: Chart | None = None
        self._picture: QPixmap | None = None
        self._look: object = None
        self._chosen: Stop | None = None
        self._under: Stop | None = None
        self._heights = (0.0, 0.0)
        self._given: int | None = None

    # --- what the place uses

    def show_data(self, data: ChartData) -> None:
        """Show a session as it stands."""
        self._data = data
        self._lay_out()

    def forget_picture(self) -> None:
        """Paint everything again, as after a change of theme."""
        self._picture = None
        self.update()

    @property
    def readout(self) -> str:
        """Return the line under the events: of the place chosen, or of the latest readings."""
        if self.chart is None:
            return ""
        stop = self._under or self._chosen
        if stop is not None:
            return self.chart.readouts.line(stop)
        latest = self.chart.readouts.latest()
        words = "" if latest is None else self.chart.readouts.line(latest)
        lost = left_to_the_table(self.chart.beyond)
        return f"{words}. {lost}" if words and lost else words or lost

    # --- layout

    def _unit(self) -> float:
        return px(_HUNDRED) / _HUNDRED

    def _lay_out(self) -> None:
        unit = self._unit()
        space = Space(self.width() / unit, measured, self.height() / unit)
        before, self.chart = self.chart, lay_out(self._data, space, self.chart)
        self.setAccessibleDescription(self.chart.sentence)
        self._chosen = self._kept(self._chosen)
        self._under = None
        self._fit(self.chart)
        self._repaint_what_changed(before, self.chart)

    def _kept(self, stop: Stop | None) -> Stop | None:
        """Return the stop of the new chart that is the one chosen in the old."""
        if stop is None or self.chart is None:
            return None
        alike = (s for s in self.chart.readouts.stops if _same(s, stop))
        return next(alike, None)

    def _fit(self, chart: Chart) -> None:
        if (chart.least, chart.ease) != self._heights:
            self._heights = (chart.least, chart.ease)
            self.updateGeometry()

    @property
    def easy_height(self) -> int:
        """Return the height from which on the lanes do not stand close together."""
        return px(self._known_heights()[1]) + 1

    def set_given(self, height: int | None) -> None:
        """Do with ``height`` or the least there is, its lanes close together; None has no bound."""
        if height != self._given:
            self._given = height
            self.updateGeometry()

    def _known_heights(self) -> tuple[float, float]:
        if not self._heights[0]:
            chart = lay_out(ChartData(), Space(_WIDTH, measured))
            return chart.least, chart.ease
        return self._heights

    def sizeHint(self) -> QSize:
        least = self.minimumSizeHint().height()
        return QSize(px(_WIDTH), least + (px(_EASE) if self._given is None else 0))

    def minimumSizeHint(self) -> QSize:
        height = self.easy_height
        if self._given is not None:
            height = max(px(self._known_heights()[0]) + 1, min(self._given, height))
        return QSize(px(_NARROWEST), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = None
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._picture = None
            self._lay_out()

    # --- painting

    def _repaint_what_changed(self, before: Chart | None, after: Chart) -> None:
        same_room = before is not None and (before.width, before.height) == (
            after.width,
            after.height,
        )
        if before is None or not same_room or self._picture is None:
            self.forget_picture()
            return
        boxes = changes(before.marks, after.marks)
        if len(boxes) > _MANY_PLACES:
            self.forget_picture()
            return
        region = QRegion()
        for box in boxes:
            region += self._pixel_rect(box.grown(_MARGIN))
        if not region.isEmpty():
            self._paint_picture(self._picture, region, boxes)
        self.update(region + self._pixel_rect(after.readout))

    def _pixel_rect(self, box: Box) -> QRect:
        unit = self._unit()
        scaled = QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
        rect = QRectF(
            scaled.x() * unit, scaled.y() * unit, scaled.width() * unit, scaled.height() * unit
        )
        return rect.toAlignedRect()

    def _paint_picture(
        self, picture: QPixmap, region: QRegion | None = None, boxes: list[Box] | None = None
    ) -> None:
        if self.chart is None:
            return
        painter = QPainter(picture)
        marks = self.chart.marks
        if region is not None and boxes is not None:
            painter.setClipRegion(region)
            places = [box.grown(2 * _MARGIN) for box in boxes]
            marks = tuple(m for m in marks if _touches(bounds(m), places))
        painter.fillRect(self.rect(), tokens().color("surface"))
        paint_marks(painter, marks, self._unit())
        painter.end()

    def _fresh_picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        self._paint_picture(picture)
        self._look = (tokens(), ratio)
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.chart is None:
            self._lay_out()
        look = (tokens(), self.devicePixelRatioF())
        if self._picture is None or self._look != look:
            self._picture = self._fresh_picture()
        super().paintEvent(event)
        painter = QPainter(self)
        # The edge and its round corners are the frame's, which the style draws.
        painter.setClipRect(self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        painter.drawPixmap(0, 0, self._picture)
        self._paint_reader(painter)
        painter.setClipping(False)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), _RADIUS)
        painter.end()

    def _paint_reader(self, painter: QPainter) -> None:
        chart, stop = self.chart, self._under or self._chosen
        if chart is None:
            return
        if stop is not None and stop.x is not None:
            self._paint_place(painter, chart, stop.x)
        row = self._pixel_rect(chart.readout)
        painter.fillRect(row, tokens().color("surface"))
        font = fonts.sized("caption")
        painter.setFont(font)
        painter.setPen(tokens().color("text3" if stop is None else "text"))
        words = QFontMetricsF(font).elidedText(
            self.readout, Qt.TextElideMode.ElideRight, row.width()
        )
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_place(self, painter: QPainter, chart: Chart, x: float) -> None:
        """Paint the column of the chosen time, so that every figure in it can be read."""
        column = self._pixel_rect(Box(x - _COLUMN, chart.plot.top, x + _COLUMN, chart.plot.bottom))
        color = tokens().color("focus")
        end = QRect(column.left(), column.bottom() - px(2), column.width(), px(3))
        painter.fillRect(end, color)
        color.setAlpha(_SHEER)
        painter.fillRect(column, color)

    def _reader_moved(self, *stops: Stop | None) -> None:
        if self.chart is None:
            return
        plot = self.chart.plot
        region = QRegion(self._pixel_rect(self.chart.readout))
        for stop in stops:
            if stop is not None and stop.x is not None:
                region += self._pixel_rect(
                    Box(stop.x - _REACH, plot.top, stop.x + _REACH, plot.bottom + _REACH)
                )
        self.update(region)

    # --- walking

    def _choose(self, number: int) -> None:
        chart = self.chart
        if chart is None or not len(chart.readouts):
            return
        stops = chart.readouts.stops
        before = self._chosen
        self._chosen, self._under = stops[max(0, min(number, len(stops) - 1))], None
        self._reader_moved(before, self._chosen)
        announce(self, self.readout)

    def _number(self) -> int | None:
        if self.chart is None or self._chosen is None:
            return None
        return next(n for n, s in enumerate(self.chart.readouts.stops) if s is self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = 0 if self.chart is None else len(self.chart.readouts)
        at = self._number()
        keys = Qt.Key
        match event.key():
            case keys.Key_Left:
                self._choose(count - 1 if at is None else at - 1)
            case keys.Key_Right:
                self._choose(0 if at is None else at + 1)
            case keys.Key_Home:
                self._choose(0)
            case keys.Key_End:
                self._choose(count - 1)
            case keys.Key_Return | keys.Key_Enter:
                self._pick()
            case _:
                super().keyPressEvent(event)

    def _pick(self) -> None:
        stop = self._chosen
        ids = [p.reading.id for p in stop.points if p.reading.id] if stop is not None else []
        if ids:
            self.reading_picked.emit(ids[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        before, self._chosen = self._chosen, None
        self._reader_moved(before)
        self.update()

    # --- the mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self._stop_at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        stop = self._stop_at(event)
        super().mousePressEvent(event)
        if stop is not None and self.chart is not None:
            self._choose(self.chart.readouts.stops.index(stop))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _stop_at(self, event: QMouseEvent) -> Stop | None:
        if self.chart is None or not self._pixel_rect(self.chart.plot).contains(
            event.position().toPoint()
        ):
            return None
        number = self.chart.readouts.nearest(event.position().x() / self._unit())
        return None if number is None else self.chart.readouts.stops[number]

    def _point_at(self, stop: Stop | None) -> None:
        before, self._under = self._under, stop
        if before is not stop:
            self._reader_moved(before, stop, self._chosen)


def _same(one: Stop, other: Stop) -> bool:
    if one.points and other.points:
        # Not by id: a reading has none until it is stored.
        mine, theirs = one.points[0].reading, other.points[0].reading
        return (mine.at, mine.kind) == (theirs.at, theirs.kind)
    return one.words == other.words and one.minute == other.minute


def _touches(box: Box, places: list[Box]) -> bool:
    return any(
        box.left <= p.right and p.left <= box.right and box.top <= p.bottom and p.top <= box.bottom
        for p in places
    )

"""The chair board: one card a running session, always in the order of the chairs.

Edge and pill carry what is urgent, by colour, shape and word; places never move.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from aeapp.domain.chair.board import ChairLine, MarkState
from aeapp.kernel.i18n import _
from forms import fonts, paint
from forms.theme import Status, px, tokens

CARD_WIDTH, CARD_HEIGHT, SMALL_HEIGHT = 270, 204, 174
SHOWN_KEYS = 9


class ChairCard(QWidget):
    """One running session.

    Signals:
        opened: The session is to be shown; carries its id.
        logging: The cursor is to go into its row of readings; carries its id.
    """

    opened = Signal(str)
    logging = Signal(str)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._line: ChairLine | None = None
        self._initials = self._small = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Chair"))

    def show_line(self, line: ChairLine, *, initials: bool = False) -> None:
        """Show a session; with ``initials`` instead of the name, as on a wall."""
        self._line = line
        self._initials = initials
        self.setObjectName(f"chair.{line.session_id}")
        # A screen reader in the room is heard like the wall is seen.
        words = line.sentence.replace(line.name, line.initials) if initials else line.sentence
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_small(self, small: bool) -> None:
        """Be lower, as where the board has several rows: the key stands before the chair."""
        if small is not self._small:
            self._small = small
            self.updateGeometry()
            self.update()

    def open_it(self, *, logging: bool = False) -> None:
        """Ask for the session, or for its row of readings."""
        self._emit(logging=logging)

    # --- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._emit(logging=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._emit(logging=False)

    def _emit(self, *, logging: bool) -> None:
        if self._line is not None:
            (self.logging if logging else self.opened).emit(self._line.session_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # --- painting

    def sizeHint(self) -> QSize:
        return QSize(px(CARD_WIDTH), px(SMALL_HEIGHT if self._small else CARD_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(CARD_WIDTH - 30), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = self._line
        if line is None:
            return
        painter, area = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        status = Status(line.status.value)
        self._ground(painter, area, status)
        inner = area.adjusted(px(16), px(14), -px(16), -px(10))
        self._head(painter, inner, line, status)
        self._figures(painter, inner, line)
        self._bar(painter, inner, line)
        self._foot(painter, inner, line)
        if self.hasFocus():
            paint.focus_ring(painter, area, 8)

    def _ground(self, painter: QPainter, area: QRectF, status: Status) -> None:
        look = tokens()
        painter.setBrush(look.color("hover" if self.underMouse() else "surface"))
        painter.setPen(look.color("line"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        edge = "flag_edge" if status is Status.FLAG else status.value
        painter.setBrush(look.color(edge))
        painter.drawRoundedRect(QRectF(area.left(), area.top(), area.width(), px(3)), 2, 2)

    def _head(self, painter: QPainter, area: QRectF, line: ChairLine, status: Status) -> None:
        pill = paint.pill_size(line.pill)
        paint.pill(
            painter,
            QRectF(area.right() - pill.width(), area.top(), pill.width(), px(22)),
            status,
            line.pill,
        )
        room = QRectF(area.left(), area.top(), area.width() - pill.width() - px(8), px(22))
        if self._small and self._number <= SHOWN_KEYS:
            cap = paint.key_cap_size(str(self._number))
            paint.key_cap(painter, QRectF(room.topLeft(), cap), str(self._number))
            room.adjust(cap.width() + px(6), 0, 0, 0)
        self._words(painter, room, line.chair, "strong")
        name = line.initials if self._initials else line.name
        row = QRectF(area.left(), area.top() + px(28), area.width(), px(22))
        used = self._words(painter, row, name, "title")
        if not self._initials:
            rest = row.adjusted(used + px(8), 0, 0, 0)
            self._words(painter, rest, line.code, "id", "text2")
        under = QRectF(area.left(), area.top() + px(50), area.width(), px(20))
        self._words(painter, under, line.drug, "note", "text2")

    def _figures(self, painter: QPainter, area: QRectF, line: ChairLine) -> None:
        row = QRectF(area.left(), area.top() + px(74), area.width(), px(30))
        minutes = "–" if line.minutes is None else str(line.minutes)
        used = self._words(painter, row, minutes, "clock")
        caption = _("min since dose") if line.minutes is not None else _("no dose yet")
        below = row.adjusted(used + px(6), px(6), 0, 0)
        self._words(painter, below, caption, "caption", "text3")
        right = Qt.AlignmentFlag.AlignRight
        half = QRectF(area.center().x(), row.top() - px(4), area.width() / 2, px(24))
        self._words(painter, half, line.pressure or "–", "reading", align=right)
        note = QRectF(area.center().x() - px(20), half.bottom(), area.width() / 2 + px(20), px(16))
        self._words(painter, note, line.pressure_note, "caption", "text3", align=right)

    def _bar(self, painter: QPainter, area: QRectF, line: ChairLine) -> None:
        look, y = tokens(), area.top() + px(124)
        groove = QRectF(area.left(), y - px(3), area.width(), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(groove, 3, 3)
        done = QRectF(groove)
        done.setWidth(groove.width() * line.progress)
        painter.setBrush(look.color("ladder_bar"))
        painter.drawRoundedRect(done, 3, 3)
        for mark in line.marks:
            self._mark(painter, QPointF(area.left() + area.width() * mark.share, y), mark.state)

    def _mark(self, painter: QPainter, at: QPointF, state: MarkState) -> None:
        look, size = tokens(), px(5)
        painter.save()
        if state is MarkState.LATE:
            # A diamond: the shape says it without the colour.
            painter.translate(at)
            painter.rotate(45)
            painter.setBrush(look.color("overdue"))
            painter.setPen(look.color("surface"))
            painter.drawRect(QRectF(-size, -size, 2 * size, 2 * size))
        else:
            taken = state is MarkState.TAKEN
            painter.setBrush(look.color("accent" if taken else "surface"))
            painter.setPen(look.color("accent" if taken else "edge"))
            painter.drawEllipse(at, size, size)
        painter.restore()

    def _foot(self, painter: QPainter, area: QRectF, line: ChairLine) -> None:
        row = QRectF(area.left(), area.top() + px(134), area.width(), px(22))
        used = self._words(painter, row, line.phase, "body", "text2")
        rest = row.adjusted(used + px(8), 0, 0, 0)
        self._words(painter, rest, line.next, "strong", align=Qt.AlignmentFlag.AlignRight)
        if self._small:
            return
        painter.fillRect(
            QRectF(area.left(), row.bottom() + px(3), area.width(), 1), tokens().color("line")
        )
        if self._number > SHOWN_KEYS:
            return
        x, y = area.left(), row.bottom() + px(8)
        for key, words in ((str(self._number), _("open")), (f"Shift {self._number}", _("log"))):
            size = paint.key_cap_size(key)
            paint.key_cap(painter, QRectF(x, y, size.width(), px(18)), key)
            x += size.width() + px(5)
            x += self._words(painter, QRectF(x, y, px(90), px(18)), words, "caption", "text2")
            x += px(12)

    def _words(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        kind: str,
        ink: str = "text",
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> float:
        """Write a line, cut with an ellipsis where it must be, and return its width."""
        font = fonts.sized(kind)
        painter.setFont(font)
        painter.setPen(tokens().color(ink))
        cut = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, max(0, int(area.width()))
        )
        painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, cut)
        return paint.text_width(font, cut)


class ChairBoard(QWidget):
    """The cards of all running sessions, as many in a row as fit.

    Signals:
        opened, logging: Of the cards; carry the id of a session.
    """

    opened = Signal(str)
    logging = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Chair board"))
        self.cards: list[ChairCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._columns = 0
        self._small = False

    def show_lines(self, lines: Sequence[ChairLine], *, initials: bool = False) -> None:
        """Show the running sessions; cards are kept, so that the focus stays."""
        while len(self.cards) < len(lines):
            card = ChairCard(len(self.cards) + 1, self)
            card.opened.connect(self.opened)
            card.logging.connect(self.logging)
            card.set_small(self._small)
            self.cards.append(card)
            self._columns = 0
        while len(self.cards) > len(lines):
            self.cards.pop().deleteLater()
            self._columns = 0
        for card, line in zip(self.cards, lines, strict=True):
            card.show_line(line, initials=initials)
        self._arrange()

    def fit_into(self, most: int) -> int:
        """Return how high the board is; its cards are small where ``most`` is too little."""
        self._small = self._height(CARD_HEIGHT) > most
        for card in self.cards:
            card.set_small(self._small)
        return self._height(SMALL_HEIGHT if self._small else CARD_HEIGHT)

    def _height(self, each: int) -> int:
        rows = -(-len(self.cards) // max(1, self._columns))
        return rows * px(each) + max(0, rows - 1) * self._grid.spacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._columns = 0
            self._arrange()

    def _arrange(self) -> None:
        columns = max(1, self.width() // px(CARD_WIDTH))
        if columns == self._columns or not self.cards:
            return
        self._columns = columns
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for n, card in enumerate(self.cards):
            self._grid.addWidget(card, n // columns, n % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

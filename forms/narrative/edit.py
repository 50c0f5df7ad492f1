"""The text of a narrative with its sentences marked: made, by hand, stale; and identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from forms import fonts
from forms.theme import px, tokens
from forms.widgets.text import PlainText

_ROOM = 5


class Look(StrEnum):
    """How a piece is marked; never by colour alone."""

    MADE = "made"
    HAND = "hand"
    STALE = "stale"
    TELLS = "tells"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of the text, in places of Qt.

    Attributes:
        number: Shown behind it; 0 for none.
        by_hand: A stale piece that a person wrote is italic all the same.
    """

    begin: int
    end: int
    look: Look
    number: int = 0
    by_hand: bool = False


def _format(mark: Mark) -> QTextCharFormat:
    made, look = QTextCharFormat(), tokens()
    made.setFontItalic(mark.by_hand or mark.look is Look.HAND)
    line = {
        Look.MADE: (QTextCharFormat.UnderlineStyle.DotLine, "text3"),
        Look.HAND: (QTextCharFormat.UnderlineStyle.SingleUnderline, "accent"),
        Look.STALE: (QTextCharFormat.UnderlineStyle.WaveUnderline, "flag"),
        Look.TELLS: (QTextCharFormat.UnderlineStyle.DashUnderline, "overdue"),
    }
    style, color = line[mark.look]
    made.setUnderlineStyle(style)
    made.setUnderlineColor(look.color(color))
    if mark.look in (Look.STALE, Look.TELLS):
        made.setBackground(look.color("flag_tint" if mark.look is Look.STALE else "overdue_tint"))
    return made


class _Marker(QSyntaxHighlighter):
    """Draws the marks without touching the text or its Undo."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.marks: tuple[Mark, ...] = ()

    def highlightBlock(self, _text: str) -> None:
        first = self.currentBlock().position()
        length = self.currentBlock().length()
        for mark in self.marks:
            begin, end = max(mark.begin - first, 0), min(mark.end - first, length)
            if begin < end:
                self.setFormat(begin, end - begin, _format(mark))
            behind = mark.end - first
            if mark.number and 0 <= behind < length:
                # Room for the number of the sentence, in the space behind it.
                wide = QTextCharFormat()
                wide.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
                wide.setFontLetterSpacing(px(_ROOM) * len(str(mark.number)))
                self.setFormat(behind, 1, wide)


class NarrativeEdit(PlainText):
    """The text; it keeps an Undo of its own while there is something typed to take back.

    Signals:
        looked_at: The mouse is over a place of the text; -1 where it left.
    """

    looked_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marker = _Marker(self.document())
        self.viewport().setMouseTracking(True)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these pieces and no others."""
        if self._marker.marks != tuple(marks):
            self._marker.marks = tuple(marks)
            with QSignalBlocker(self):
                self._marker.rehighlight()
            self.viewport().update()

    def show_text(self, text: str) -> None:
        """Show another text, the cursor where it was."""
        place = self.textCursor().position()
        self.setPlainText(text)
        self.put_cursor(place)

    def put_cursor(self, place: int) -> None:
        """Put the cursor at a place and show it."""
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(place, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys, document = QKeySequence.StandardKey, self.document()
            done = event.matches(keys.Undo) and not document.isUndoAvailable()
            if done or (event.matches(keys.Redo) and not document.isRedoAvailable()):
                # What was done with a key of the narrative is a step of the form.
                event.ignore()
                return True
        if event.type() == QEvent.Type.StyleChange:
            self._marker.rehighlight()
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.looked_at.emit(self.cursorForPosition(event.position().toPoint()).position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.looked_at.emit(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        font = QFont(fonts.sized("caption"))
        font.setPointSizeF(font.pointSizeF() * 0.72)
        painter.setFont(font)
        painter.setPen(tokens().color("text3"))
        for mark in self._marker.marks:
            if mark.number:
                self._paint_number(painter, mark)

    def _paint_number(self, painter: QPainter, mark: Mark) -> None:
        cursor = QTextCursor(self.document())
        if mark.end >= self.document().characterCount():
            return
        cursor.setPosition(mark.end)
        at = self.cursorRect(cursor)
        if not at.intersects(self.viewport().rect()):
            return
        baseline = at.top() + painter.fontMetrics().ascent()
        painter.drawText(QPointF(at.left() + 1, baseline), str(mark.number))

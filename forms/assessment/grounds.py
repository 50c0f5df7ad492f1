"""Why somebody holds an opinion, in their own words."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from aeapp.domain.items import spec_at
from aeapp.domain.records import Assessment
from aeapp.kernel.i18n import _
from forms.theme import px
from forms.widgets.labels import Note, label

# What was typed is kept after this pause, and at once when the field is left.
PAUSE_MS = 800


class _Words(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Grounds(QWidget):
    """A few lines for the grounds of the causality.

    Signals:
        told: The words as they stand, after a pause or on leaving.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        item = spec_at(Assessment, "comment").item
        self.words = _Words(self)
        self.words.setObjectName("assessment.comment")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(px(52))
        self.words.setAccessibleName(_(item.label))
        self.words.setAccessibleDescription(_(item.help))
        self.note = Note(self)
        self.note.hide()
        self._shown = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self.words.textChanged.connect(self._pause.start)
        self.words.left.connect(self.tell)
        caption = label(_(item.label), "label", self)
        caption.setBuddy(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(caption)
        column.addWidget(self.words)
        column.addWidget(self.note)

    def say(self, text: str) -> None:
        """Say what is wrong with the words; empty text says nothing."""
        self.note.say(text, "wrong" if text else "")
        self.note.setVisible(bool(text))

    def show_text(self, text: str) -> None:
        """Show the words, unless somebody is typing others."""
        if self._pause.isActive() or text == self._shown:
            return
        self._shown = text
        with QSignalBlocker(self.words):
            self.words.setPlainText(text)

    def tell(self) -> None:
        """Tell the words if they are new."""
        self._pause.stop()
        text = self.words.toPlainText()
        if text != self._shown:
            self._shown = text
            self.told.emit(text)

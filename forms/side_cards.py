"""Two small cards of the session room: notes with their time, and the end of the session."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option

ENDING_LETTERS: dict[SessionEnd, str] = {
    SessionEnd.DISCHARGED: "C",
    SessionEnd.AGAINST_ADVICE: "A",
    SessionEnd.TRANSFERRED: "T",
    SessionEnd.ABORTED: "X",
    SessionEnd.DIED: "D",
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NotesCard(QFrame):
    """Notes and actions of the session; Enter keeps one with the time of now.

    Signals:
        noted: A note is to be kept; carries its words.
        left: Esc was pressed.
    """

    noted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Notes and actions"))
        self._text = label(kind="label", parent=self, wrap=True)
        self.line = QLineEdit(self)
        self.line.setObjectName("notes.line")
        self.line.setMaxLength(1000)
        self.line.setPlaceholderText(_("what happened or was done"))
        self.line.setAccessibleName(_("New note"))
        self.line.returnPressed.connect(self._on_entered)
        head = QHBoxLayout()
        head.addWidget(label(_("Notes and actions"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("F7", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addStretch(1)
        column.addWidget(self.line)

    def show_notes(self, text: str) -> None:
        """Show what was noted so far."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_entered(self) -> None:
        words = " ".join(self.line.text().split())
        if words:
            self.line.clear()
            self.noted.emit(words)


class EndingCard(QFrame):
    """Asks how the session ended; hidden until it is asked for.

    Signals:
        ended: The session ends now; carries the ending and the reason.
        left: Esc was pressed; the session goes on.
    """

    ended = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("End of the session"))
        self._ending: SessionEnd | None = None
        self.chips = ChipRow(
            [Option(value=e, text=_(e.words), key=ENDING_LETTERS[e]) for e in SessionEnd], self
        )
        self.chips.name_all(_("Ending"))
        self.chips.picked.connect(self._on_picked)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("ending.reason")
        self.reason.setMaxLength(2000)
        self.reason.setPlaceholderText(_("why, where it was not a plain discharge"))
        self.reason.setAccessibleName(_("Reason of the ending"))
        self.note = Note(self)
        self.end = Button(_("End session"), self, key="Enter")
        self.end.clicked.connect(self._on_end)
        head = QHBoxLayout()
        head.addWidget(label(_("How does the session end?"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("Esc", self))
        head.addWidget(label(_("goes on"), "caption", self))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.chips)
        column.addWidget(self.reason)
        column.addLayout(foot)
        self.hide()

    def ask(self) -> None:
        """Show the card and put the focus on the endings."""
        self._show(None)
        self.reason.clear()
        self.note.say("")
        self.show()
        self.chips.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in _ENTER:
            self._on_end()
        else:
            super().keyPressEvent(event)

    def _show(self, ending: SessionEnd | None) -> None:
        self._ending = ending
        self.chips.show_chosen(frozenset({ending}) if ending else frozenset())

    def _on_picked(self, ending: object) -> None:
        if isinstance(ending, SessionEnd):
            self._show(ending)
            self.note.say("")

    def _on_end(self) -> None:
        reason = self.reason.text().strip()
        if self._ending is None:
            self.note.say(_("Choose how the session ended."), "wrong")
            self.chips.focus_first()
        elif self._ending is not SessionEnd.DISCHARGED and not reason:
            self.note.say(_("Say why in a few words."), "wrong")
            self.reason.setFocus()
        else:
            self.hide()
            self.ended.emit(self._ending, reason)

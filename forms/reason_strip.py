"""A strip that asks why, in place: a digit picks one of the usual reasons, or words are typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.theme import px
from forms.widgets.buttons import KeyCap
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option


class ReasonStrip(QFrame):
    """Asks for a reason; hidden while nothing is asked.

    Signals:
        answered: A reason was given; carries its words.
        left: Esc was pressed; nothing is changed.
    """

    answered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.setProperty("state", "due")
        self._question = label(kind="strong", parent=self)
        self._chips: ChipRow | None = None
        self.words = QLineEdit(self)
        self.words.setObjectName("reason.words")
        self.words.setPlaceholderText(_("in a few words"))
        self.words.setAccessibleName(_("Reason"))
        self.words.returnPressed.connect(self._on_typed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._question)
        head.addStretch(1)
        head.addWidget(KeyCap("Esc", self))
        head.addWidget(label(_("leave as it is"), "caption", self))
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._line)
        self.hide()

    def ask(self, question: str, reasons: Sequence[str]) -> None:
        """Show the question and put the focus on the reasons."""
        self._question.setText(question)
        self.setAccessibleName(question)
        if self._chips is not None:
            self._line.removeWidget(self._chips)
            self._chips.deleteLater()
        options = [Option(value=w, text=w, key=str(n)) for n, w in enumerate(reasons, start=1)]
        self._chips = ChipRow(options, self)
        self._chips.setMinimumWidth(px(60))
        self._chips.name_all(question)
        self._chips.picked.connect(self._on_picked)
        self._line.insertWidget(0, self._chips, 2)
        self.words.clear()
        self.show()
        QWidget.setTabOrder(self._chips, self.words)
        if reasons:
            self._chips.focus_first()
        else:
            self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
            return
        letter = event.text()
        if letter.isalpha() and not self.words.hasFocus():
            # Words may be begun at once; the field takes them.
            self.words.setFocus()
            self.words.insert(letter)
            return
        super().keyPressEvent(event)

    def _on_picked(self, reason: object) -> None:
        self._answer(str(reason))

    def _on_typed(self) -> None:
        if self.words.text().strip():
            self._answer(self.words.text().strip())

    def _answer(self, reason: str) -> None:
        self.hide()
        self.answered.emit(reason)

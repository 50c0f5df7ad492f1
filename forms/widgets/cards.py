"""Cards: the white ground that groups things, and the one that says that nothing is there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.widgets.buttons import Button
from forms.widgets.labels import label


def card(parent: QWidget | None = None, *, padding: int = 16, gap: int = 8) -> QFrame:
    """Return a card with a column in it."""
    made = QFrame(parent)
    made.setProperty("kind", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(padding, padding, padding, padding)
    column.setSpacing(gap)
    return made


class EmptyCard(QFrame):
    """One sentence and one button, where a list would be.

    Signals:
        pressed: The button was pressed.
    """

    pressed = Signal()

    def __init__(
        self, sentence: str, parent: QWidget | None = None, *, act: str = "", shortcut: str = ""
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        words = label(sentence, "label", self, wrap=True)
        words.setAlignment(middle)
        column.addStretch(1)
        column.addWidget(words)
        if act:
            button = Button(act, self, shortcut=shortcut)
            button.clicked.connect(self.pressed)
            column.addWidget(button, 0, middle)
        column.addStretch(1)

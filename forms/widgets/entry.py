"""A small form in its place: a title, lines, a note, one button; Esc leaves, Enter ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.items import Kind, spec_at
from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.emptied import emptied
from forms.widgets.labels import Note, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryForm(QFrame):
    """Hidden while nothing is asked; what it asks is its heir's business.

    Signals:
        left: Esc was pressed; nothing is kept.
    """

    left = Signal()

    def __init__(self, name: str, save: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "entry")
        self.setObjectName(f"{name}.form")
        self._name = name
        self._title = label(kind="strong", parent=self, wrap=True)
        self.note = Note(self)
        self.save = save
        self.save.clicked.connect(self.finish)

    def build(self, title: str, parts: Sequence[QWidget], *, roomy: bool = False) -> None:
        """Lay the parts out under the title; the form stays hidden."""
        self.say_title(title)
        frame(self, self._title, _("leave"), parts, (self.note, self.save), roomy=roomy)
        self.hide()

    def say_title(self, title: str) -> None:
        """Say what is asked."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def line(self, record: Kind, item: str, ghost: str, title: str) -> QLineEdit:
        """Return a line for an item of a record, as long as the item takes."""
        made = QLineEdit(self)
        made.setObjectName(f"{self._name}.{item}")
        made.setMaxLength(spec_at(record, item).item.max_len)
        made.setPlaceholderText(ghost)
        made.setAccessibleName(title)
        return made

    def refuse(self, missing: str) -> bool:
        """Say what is missing, if anything is; tell whether something is."""
        self.note.say(missing, "wrong" if missing else "")
        return bool(missing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in _ENTER:
            self.finish()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Hide again; nothing is kept."""
        self.hide()
        self.left.emit()

    def finish(self) -> None:
        """Take what was filled in, or say what is missing."""
        raise NotImplementedError


def frame(
    card: QWidget,
    title: QLabel,
    leave: str,
    parts: Sequence[QWidget],
    foot: tuple[Note, Button],
    *,
    roomy: bool = False,
) -> None:
    """Lay out a card that asks: its title with what Esc does, its parts, a note and its button."""
    head, low, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(card)
    head.addWidget(title, 1)
    head.addWidget(KeyCap("Esc", card))
    head.addWidget(label(leave, "caption", card))
    low.addWidget(foot[0], 1)
    low.addWidget(foot[1])
    column.setContentsMargins(*((12, 10, 12, 12) if roomy else (10, 8, 10, 10)))
    column.setSpacing(8 if roomy else 6)
    column.addLayout(head)
    for part in parts:
        column.addWidget(part)
    column.addLayout(low)


def named_line(
    name: str, words: str, longest: int, parent: QWidget, *, ghost: str = ""
) -> QLineEdit:
    """Return a line with its names for people and for tests; ``ghost`` shows while it is empty."""
    line = QLineEdit(parent)
    line.setObjectName(name)
    line.setAccessibleName(words)
    line.setPlaceholderText(ghost)
    line.setMaxLength(longest)
    return line


def words_of(line: QLineEdit) -> str | None:
    """Return what was typed, its spaces made single; None for nothing."""
    return " ".join(line.text().split()) or None


def two_lines(first: str, second: str, parent: QWidget) -> QWidget:
    """Return a line with a smaller one under it; alone, the first is the small one."""
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(first, "body" if second else "caption", holder, wrap=True))
    if second:
        column.addWidget(label(second, "caption", holder, wrap=True))
    return holder


def fill(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Put other widgets in place of those that a column holds."""
    emptied(column)
    for widget in widgets:
        column.addWidget(widget)
        # At once: Qt shows what a layout takes only later.
        widget.show()


__all__ = ["EntryForm", "fill", "frame", "named_line", "two_lines", "words_of"]

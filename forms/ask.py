"""Questions to the person: given to windows as an object, so that tests answer without dialogs.

Nothing here waits: the answer comes to a callback.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A choice that names its object and its effect.

    Attributes:
        act: Verb on the button that does it, such as "Nullify".
        keep: Verb on the safe button, such as "Keep"; it has the focus and answers Esc.
    """

    title: str
    text: str
    act: str
    keep: str


class Ask(Protocol):
    """Whom a window asks."""

    def confirm(self, question: Question, on_yes: Callable[[], None]) -> None:
        """Call ``on_yes`` when the person chooses to act, and nothing otherwise."""

    def folder(self, caption: str, start: Path | None, on_path: Callable[[Path], None]) -> None:
        """Ask for a folder that is there."""

    def open_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Ask for a file that is there; ``kinds`` such as "PDF (*.pdf)"."""

    def save_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Ask where to write a file."""


class QuestionDialog(QDialog):
    """A question with a safe answer that has the focus."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.setMinimumWidth(px(420))
        self.keep = Button(question.keep, self, key="Esc")
        self.act = Button(question.act, self)
        self.keep.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(question.title, "title", wrap=True))
        column.addWidget(label(question.text, "label", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.act)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.setTabOrder(self.keep, self.act)
        self.keep.setFocus()


class WindowAsk:
    """Asks in dialogs over a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def confirm(self, question: Question, on_yes: Callable[[], None]) -> None:
        """Ask in a dialog; Esc is the safe answer."""
        dialog = QuestionDialog(question, self._window)
        dialog.accepted.connect(on_yes)
        dialog.open()

    def folder(self, caption: str, start: Path | None, on_path: Callable[[Path], None]) -> None:
        """Open the system's dialog for folders."""
        dialog = self._files(caption, start, on_path)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def open_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Open the system's dialog for a file that is there."""
        dialog = self._files(caption, start, on_path)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(kinds)
        dialog.open()

    def save_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Open the system's dialog for a file to be written."""
        dialog = self._files(caption, start, on_path)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kinds)
        if start is not None and not start.is_dir():
            dialog.selectFile(start.name)
        dialog.open()

    def _files(
        self, caption: str, start: Path | None, on_path: Callable[[Path], None]
    ) -> QFileDialog:
        folder = "" if start is None else str(start if start.is_dir() else start.parent)
        dialog = QFileDialog(self._window, caption, folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(_hand_over, on_path))
        return dialog


def _hand_over(on_path: Callable[[Path], None], name: str) -> None:
    if name:
        on_path(Path(name))

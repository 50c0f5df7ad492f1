"""Questions to the person: given to windows as an object, so that tests answer without dialogs.

Nothing here waits: the answer comes to a callback.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import label

if TYPE_CHECKING:  # loaded with the first dialog
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QFileDialog


class Question(NamedTuple):
    """A choice that names its object and its effect.

    Attributes:
        act: Verb on the button that does it, such as "Nullify".
        keep: Verb on the safe button, such as "Keep"; it has the focus and answers Esc.
        look: Verb on a third button that shows something first; none where it is empty.
    """

    title: str
    text: str
    act: str
    keep: str
    look: str = ""


class Ask(Protocol):
    """Whom a window asks."""

    def confirm(
        self,
        question: Question,
        on_yes: Callable[[], None],
        on_look: Callable[[], None] | None = None,
    ) -> None:
        """Call ``on_yes`` when the person chooses to act, ``on_look`` for the third button."""

    def folder(self, caption: str, start: Path | None, on_path: Callable[[Path], None]) -> None:
        """Ask for a folder that is there."""

    def open_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Ask for a file that is there; ``kinds`` such as "PDF (*.pdf)"."""

    def save_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Ask where to write a file; whether one that is there may go, the caller asks."""

    def printer(self, caption: str, pages: int, on_printer: Callable[[QPrinter], None]) -> None:
        """Ask for a printer, and which of ``pages``; ``caption`` is the name of the job."""


class QuestionDialog(QDialog):
    """A question with a safe answer that has the focus."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.setMinimumWidth(px(420))
        self.keep = Button(question.keep, self, key="Esc")
        self.act = Button(question.act, self)
        self.look = Button(question.look, self) if question.look else None
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
        if self.look is not None:
            self.look.clicked.connect(self.reject)
            row.addWidget(self.look)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.setTabOrder(self.keep, self.look or self.act)
        self.setTabOrder(self.look or self.keep, self.act)
        self.keep.setFocus()


class WindowAsk:
    """Asks in dialogs over a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def confirm(
        self,
        question: Question,
        on_yes: Callable[[], None],
        on_look: Callable[[], None] | None = None,
    ) -> None:
        """Ask in a dialog; Esc is the safe answer."""
        dialog = QuestionDialog(question, self._window)
        dialog.accepted.connect(on_yes)
        if on_look is not None and dialog.look is not None:
            dialog.look.clicked.connect(on_look)
        dialog.open()

    def folder(self, caption: str, start: Path | None, on_path: Callable[[Path], None]) -> None:
        """Open the system's dialog for folders."""
        dialog = self._files(caption, start, on_path)
        dialog.setFileMode(dialog.FileMode.Directory)
        dialog.setOption(dialog.Option.ShowDirsOnly)
        dialog.open()

    def open_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Open the system's dialog for a file that is there."""
        dialog = self._files(caption, start, on_path)
        dialog.setFileMode(dialog.FileMode.ExistingFile)
        dialog.setNameFilter(kinds)
        dialog.open()

    def save_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        """Open the system's dialog for a file to be written."""
        dialog = self._files(caption, start, on_path)
        dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
        # The name may still get its ending, so the question comes after the dialog.
        dialog.setOption(dialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(kinds)
        if start is not None and not start.is_dir():
            dialog.selectFile(start.name)
        dialog.open()

    def printer(self, caption: str, pages: int, on_printer: Callable[[QPrinter], None]) -> None:
        """Open the system's dialog for printers."""
        # Loaded now: no start of the program waits for the printers of a network.
        from PySide6.QtGui import QPageSize  # noqa: PLC0415
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(caption)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(caption)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        dialog.setMinMax(1, max(1, pages))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(
            lambda answer: on_printer(printer) if answer == QDialog.DialogCode.Accepted else None
        )
        dialog.show()

    def _files(
        self, caption: str, start: Path | None, on_path: Callable[[Path], None]
    ) -> QFileDialog:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not before a dialog is asked for

        folder = "" if start is None else str(start if start.is_dir() else start.parent)
        dialog = QFileDialog(self._window, caption, folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(_hand_over, on_path))
        return dialog


def _hand_over(on_path: Callable[[Path], None], name: str) -> None:
    if name:
        on_path(Path(name))

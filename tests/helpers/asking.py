"""Somebody who answers the questions of a window at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from forms.ask import Question


class Answers:
    """Answers yes or no, and with one path; remembers what was asked."""

    def __init__(self, *, yes: bool = True, path: Path | None = None) -> None:
        self.yes = yes
        self.path = path
        self.asked: list[Question] = []
        self.captions: list[str] = []
        self.names: list[str] = []

    def confirm(
        self,
        question: Question,
        on_yes: Callable[[], None],
        on_look: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(question)
        if self.yes:
            on_yes()
        elif on_look is not None:
            on_look()

    def folder(self, caption: str, start: Path | None, on_path: Callable[[Path], None]) -> None:
        self._path(caption, on_path)

    def open_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        self._path(caption, on_path)

    def save_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        self.names.append(start.name if start else "")
        self._path(caption, on_path)

    def printer(self, caption: str, pages: int, on_printer: Callable[[QPrinter], None]) -> None:
        """Give a printer that writes a PDF of the sheets to the path."""
        self.captions.append(caption)
        if self.path is not None:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
            printer.setOutputFileName(str(self.path))
            on_printer(printer)

    def _path(self, caption: str, on_path: Callable[[Path], None]) -> None:
        self.captions.append(caption)
        if self.path is not None:
            on_path(self.path)

"""Somebody who answers the questions of a window at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from forms.ask import Question


class Answers:
    """Answers yes or no, and with one path; remembers what was asked."""

    def __init__(self, *, yes: bool = True, path: Path | None = None) -> None:
        self.yes = yes
        self.path = path
        self.asked: list[Question] = []
        self.captions: list[str] = []

    def confirm(self, question: Question, on_yes: Callable[[], None]) -> None:
        self.asked.append(question)
        if self.yes:
            on_yes()

    def folder(self, caption: str, start: Path | None, on_path: Callable[[Path], None]) -> None:
        self._path(caption, on_path)

    def open_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        self._path(caption, on_path)

    def save_file(
        self, caption: str, start: Path | None, kinds: str, on_path: Callable[[Path], None]
    ) -> None:
        self._path(caption, on_path)

    def _path(self, caption: str, on_path: Callable[[Path], None]) -> None:
        self.captions.append(caption)
        if self.path is not None:
            on_path(self.path)

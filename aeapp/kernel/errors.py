"""The error families: what happened, what to do now, and a code that never changes.

No message holds patient data, because messages reach dialogs, terminals and logs.
"""

from __future__ import annotations

from typing import ClassVar


class AppError(Exception):
    """A failure the program knows how to explain.

    Attributes:
        message: What happened, one sentence, no patient data.
        remedy: What the person can do now, one sentence.
        option: What of the command line does so, with its words; only commands print it.
        code: Name of the situation, stable across versions.
    """

    code: ClassVar[str] = "app.error"

    def __init__(self, message: str, *, remedy: str, option: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.option = option

    def __str__(self) -> str:
        return f"{self.message} {self.remedy} ({self.code})"


class KnownError(AppError):
    """The surroundings said no: disk full, file locked, wrong password."""

    code = "known"


class RefusedError(AppError):
    """A request that cannot be met: a closed report, no such form."""

    code = "refused"


class BadInputError(RefusedError):
    """Something typed or imported cannot be read."""

    code = "input.bad"

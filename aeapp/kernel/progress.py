"""How long work tells where it stands and learns that nobody wants it any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_

# How many bytes of a file were read by now.
ReadSoFar = Callable[[int], None]

_KILO = 1_000


class CancelledError(KnownError):
    """The person stopped the work."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__(
            N_("The work was stopped."), remedy=N_("Start it again when you need its result.")
        )


class Progress(Protocol):
    """What a job reports to."""

    def step(self, done: int, total: int, note: str) -> None:
        """Say that ``done`` of ``total`` parts are finished and what comes next.

        Raises:
            CancelledError: The person stopped the work.
        """
        ...


class NoProgress:
    """A listener for work that nobody watches."""

    def step(self, done: int, total: int, note: str) -> None:
        """Do nothing."""


def unheard(_read: int) -> None:
    """Hear of bytes that were read, where nobody waits."""


class Passes:
    """Tells of a file that is read several times how far all of it is, in kilobytes.

    Args:
        progress: Whom it is told.
        size: Of the file, in bytes.
        passes: How often it is read.
    """

    def __init__(self, progress: Progress, size: int, passes: int) -> None:
        self._progress, self._size, self._passes = progress, size, passes
        self._begun = 0

    def begin(self, note: str) -> ReadSoFar:
        """Begin the next pass; return what hears of the bytes it read.

        Raises:
            CancelledError: The person stopped the work.
        """
        before = self._begun * self._size
        self._begun += 1
        total = -(-self._size * self._passes // _KILO)

        def told(read: int) -> None:
            self._progress.step((before + min(read, self._size)) // _KILO, total, note)

        told(0)
        return told

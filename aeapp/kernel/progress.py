"""How long work tells where it stands and learns that nobody wants it any more."""

from __future__ import annotations

from typing import Protocol

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_


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

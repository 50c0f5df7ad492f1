"""The time of day and a steady clock, handed in so that tests can hold them still."""

from __future__ import annotations

import datetime as dt
import sys
import time
from typing import Protocol


class Clock(Protocol):
    """Where the program reads the time."""

    def now(self) -> dt.datetime:
        """Return the instant as an aware UTC time."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow, whatever happens to the time of day."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> dt.datetime:
        """Return the instant as an aware UTC time."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Return seconds since the machine started, sleep included where it can be known.

        Without the sleep, waking up would look like somebody putting the clock forward.
        """
        if sys.platform == "win32":
            return time.monotonic()
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def rfc3339(moment: dt.datetime) -> str:
    """Return an aware time as UTC text of fixed length: ``2026-11-23T02:30:00.123456Z``."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

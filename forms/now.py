"""The moment as windows ask for it; a clinic's own clock takes its place once one is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Now = Callable[[], dt.datetime]


def shifted(moment: dt.datetime, minutes: int) -> dt.datetime:
    """Return a moment so many minutes later, on the same clock; true over a change of the clock.

    Adding to a time with a zone moves the hands of the clock, which is not the same.
    """
    there = moment.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    return there.astimezone(moment.tzinfo)


def local_now() -> dt.datetime:
    """Return the time of this computer's clock, with its offset."""
    return dt.datetime.now(tz=dt.UTC).astimezone()

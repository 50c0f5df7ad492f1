"""The moment as windows ask for it; a clinic's own clock takes its place once one is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Now = Callable[[], dt.datetime]


def local_now() -> dt.datetime:
    """Return the time of this computer's clock, with its offset."""
    return dt.datetime.now(tz=dt.UTC).astimezone()

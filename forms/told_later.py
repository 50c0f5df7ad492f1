"""Whether a session at home is told afterwards, so that no entry of it has the time of now.

Who tells it on the next day tells what was read then. Its time is the one that is told, or it stays
open; which row of readings was still due is shown beside, and never taken for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from aeapp.domain.codelists.clinic import Setting
from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueRow

# Longer than a session at home is watched: by then nobody types along.
AFTERWARDS = dt.timedelta(hours=3)


def told_afterwards(session: Session, now: dt.datetime) -> bool:
    """Tell whether the entries of a session need the time that somebody tells."""
    begun = session.started.utc() if isinstance(session.started, PartialDate) else None
    at_home = session.setting is Setting.HOME and session.ending is None
    return at_home and begun is not None and now - begun >= AFTERWARDS


def first_untold(due: Sequence[DueRow]) -> PartialDate | None:
    """Return when the first row of readings was due that was not told yet."""
    return next((row.at for row in due if row.taken is None and row.at is not None), None)

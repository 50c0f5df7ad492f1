"""Days and minutes that are given to a command."""

from __future__ import annotations

import datetime as dt

from aeapp.commands.console import WrongUseError
from aeapp.domain.codecs import read
from aeapp.domain.items import spec_at
from aeapp.domain.records import Note
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_
from aeapp.services.app import App


def minute_of(app: App, text: str) -> PartialDate:
    """Return a minute on the clinic's clocks.

    Raises:
        WrongUseError: It is not said to the minute.
    """
    at = read(spec_at(Note, "at"), text)
    if not isinstance(at, PartialDate) or not at.has_time:
        raise WrongUseError(
            N_("The time is not said to the minute."),
            remedy=N_("Give it such as '2026-11-23 14:40'."),
        )
    day, clock = at.first_day(), dt.time(at.hour or 0, at.minute or 0)
    # Zero minutes from UTC is a zone, too: none is what was not said.
    if at.offset is not None:
        return at
    return PartialDate.of(dt.datetime.combine(day, clock, app.context.zone))


def day_of(words: str) -> dt.date:
    """Return a day.

    Raises:
        WrongUseError: It is none.
    """
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise WrongUseError(
            f"{words!r} is not a day.", remedy="Write it as year, month and day: 2026-10-01."
        ) from None

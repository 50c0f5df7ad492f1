"""A moment as a person types it: ``14:40`` of the day of the session, or with its own day."""

from __future__ import annotations

import contextlib
import datetime as dt

from aeapp.domain.codecs import show
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.i18n import _
from forms.now import shifted

# A clock time that lies further before the begin of the session is that of the day after.
PAST_MIDNIGHT = dt.timedelta(hours=12)
_DIGITS = 4


def moment_words(at: PartialDate | NullFlavor | None) -> str:
    """Return ``2026-11-23 14:40``, so that what is there can be changed; empty for no moment."""
    if not isinstance(at, PartialDate) or not at.has_time:
        return ""
    return f"{at.year:04d}-{at.month:02d}-{at.day:02d} {at.hour:02d}:{at.minute:02d}"


def moment_typed(
    text: str, day: PartialDate | NullFlavor | None, now: dt.datetime
) -> PartialDate | None:
    """Return the moment that was typed, on the clocks of ``now``; None for none that is past."""
    first, _blank, second = text.strip().partition(" ")
    clock = second.strip() or first
    try:
        date = dt.date.fromisoformat(first) if second else _day(day, now)
        moment = dt.datetime.combine(date, _clock(clock), tzinfo=now.tzinfo)
    except ValueError:
        return None
    return PartialDate.of(moment) if moment <= now else None


def _clock(text: str) -> dt.time:
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit()):
        raise ValueError(text)
    return dt.time(int(hour), int(minute))


def _day(day: PartialDate | NullFlavor | None, now: dt.datetime) -> dt.date:
    if isinstance(day, PartialDate) and day.is_full_day:
        return in_zone(day, now.tzinfo).first_day()
    return now.date()


def told_moment(
    text: str, started: PartialDate | NullFlavor | None, now: dt.datetime
) -> PartialDate | NullFlavor | None:
    """Return when something of a session was, as somebody tells it; None for no moment past.

    ``-12`` is minutes before now, ``14:05`` the first such time since the session ``started``, also
    past midnight, else that of its day; ``2026-11-22 23:50`` names its day, ``2026-11-22`` tells
    no more than that, and ``?`` that nobody knows.
    """
    plain = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    if plain == "?":
        return NullFlavor.UNK
    if plain.startswith("-") and plain[1:].strip().isdecimal():
        return PartialDate.of(_minute(shifted(now, -int(plain[1:]))))
    if " " in plain or "-" in plain:
        return _with_day(plain, now)
    clock = f"{plain[:2]}:{plain[2:]}" if plain.isdecimal() and len(plain) == _DIGITS else plain
    return _since(clock, started, now)


def _with_day(plain: str, now: dt.datetime) -> PartialDate | None:
    if " " in plain:
        return moment_typed(plain, None, now)
    with contextlib.suppress(ValueError):
        day = dt.date.fromisoformat(plain)
        return PartialDate(day.year, day.month, day.day) if day <= now.date() else None
    return None


def _since(
    clock: str, started: PartialDate | NullFlavor | None, now: dt.datetime
) -> PartialDate | None:
    begun = in_zone(started, now.tzinfo) if isinstance(started, PartialDate) else None
    on_its_day = moment_typed(clock, started, now)
    first = begun.utc() if begun is not None else None
    found = on_its_day.utc() if on_its_day is not None else None
    if begun is None or first is None or found is None or first - found <= PAST_MIDNIGHT:
        return on_its_day
    # So long before the begin it is the same time after midnight, once that is past.
    after = begun.first_day() + dt.timedelta(days=1)
    return moment_typed(f"{after.isoformat()} {clock}", None, now)


def _minute(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)


def told_words(at: PartialDate | NullFlavor | None, now: dt.datetime) -> str:
    """Return ``14:05``, with its day where that is another one; empty for no moment."""
    if not isinstance(at, PartialDate):
        return _(NULL_LABELS[at]).lower() if at is not None else ""
    there = in_zone(at, now.tzinfo)
    clock = f"{there.hour:02d}:{there.minute:02d}" if there.has_time else ""
    if clock and there.is_full_day and there.first_day() == now.date():
        return clock
    return " ".join(part for part in (show(there.date_part()), clock) if part)

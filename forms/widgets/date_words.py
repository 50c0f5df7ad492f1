"""What people type for a date: ``t``, ``y``, ``n``, ``t-3``, ``+7``, ``nov 26``, ``2026``.

Plain Python. A month is never read from a number beside slashes, because 3/4 is March in one
country and April in the next.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from aeapp.domain.values import MONTHS, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The four boxes of a date as text; empty is not known."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.day or self.month or self.year or self.time)

    def text(self) -> str:
        """Return one text that ``split`` takes apart again; a gap shows as ``?``."""
        date = [p.strip() for p in (self.day, self.month, self.year)]
        while date and not date[0]:
            date.pop(0)
        joined = "-".join(p or "?" for p in date)
        return f"{joined} {self.time}".strip() if self.time else joined


def month_of(text: str) -> int | None:
    """Return the month that a name, its beginning (three letters or more) or number means."""
    text = text.strip().rstrip(".").lower()
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= len(MONTHS) else None
    return next((n for n, name in enumerate(MONTHS, 1) if text.startswith(name.lower())), None)


def year_of(text: str, today: dt.date) -> int | None:
    """Return the year; of two digits, the one not later than next year."""
    if re.fullmatch(r"\d{4}", text.strip()):
        return int(text) or None
    if not re.fullmatch(r"\d{2}", text.strip()):
        return None
    number = int(text)
    year = today.year - today.year % 100 + number
    return year if year <= today.year + 1 else year - 100


def time_of(text: str) -> dt.time | None:
    """Return the time that ``1405``, ``9:05`` or ``14:05:30`` means."""
    match = re.fullmatch(r"(\d{1,2})[:.h ]?(\d{2})(?::(\d{2}))?", text.strip())
    if match is None:
        return None
    hour, minute, second = (int(group or 0) for group in match.groups())
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def to_date(parts: Parts, now: dt.datetime) -> PartialDate | None:
    """Return the date of the boxes, or None where they do not make one.

    ``now`` gives the century of a short year and the zone of a time.
    """
    year = year_of(parts.year, now.date())
    month = month_of(parts.month) if parts.month else None
    day = int(parts.day) if parts.day.isdecimal() else None
    time = time_of(parts.time) if parts.time else None
    unread = (
        year is None
        or (parts.month and month is None)
        or (parts.day and day is None)
        or (parts.time and time is None)
    )
    if unread or year is None:
        return None
    try:
        if time is None or month is None or day is None:
            return None if time else PartialDate(year, month, day)
        wall = dt.datetime.combine(dt.date(year, month, day), time)
        return PartialDate.of(_in_zone(wall, now))
    except ValueError:
        return None


def _in_zone(wall: dt.datetime, now: dt.datetime) -> dt.datetime:
    if isinstance(now.tzinfo, dt.timezone) or now.tzinfo is None:
        # A fixed offset is that of today; the system knows the one of that day.
        return wall.astimezone()
    return wall.replace(tzinfo=now.tzinfo)


def to_parts(value: PartialDate) -> Parts:
    """Return the boxes of a date."""
    time = "" if value.hour is None else f"{value.hour:02d}:{value.minute:02d}"
    if value.second:
        time += f":{value.second:02d}"
    return Parts(
        day="" if value.day is None else str(value.day),
        month="" if value.month is None else MONTHS[value.month - 1],
        year=f"{value.year:04d}",
        time=time,
    )


def split(text: str) -> Parts:
    """Return the boxes of a text made by ``Parts.text``, as it was typed."""
    date, _space, time = text.strip().partition(" ")
    time = re.sub(r"\s*(Z|[+-]\d{2}:?\d{2})$", "", time)
    pieces = ["" if p == "?" else p for p in date.split("-", 2)]
    day, month, year = ["", "", *pieces][-3:]
    return Parts(day=day, month=month, year=year, time=time)


_RELATIVE = re.compile(r"(t|y|n|today|yesterday|now)?\s*([+-]\s*\d{1,4})?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_NAMED = re.compile(r"(?:(\d{1,2})[\s./-]*)?([A-Za-z]{3,9})\.?[\s./,-]*(\d{4}|\d{2})?")
_AMERICAN = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")


def understand(phrase: str, now: dt.datetime, *, with_time: bool = False) -> Parts | None:
    """Return the boxes that a phrase means, or None where it means nothing."""
    phrase = phrase.strip()
    if not phrase:
        return None
    relative = _RELATIVE.fullmatch(phrase)
    if relative:
        return _relative(relative[1] or "t", relative[2] or "", now, with_time=with_time)
    if re.fullmatch(r"\d{4}", phrase):
        return Parts(year=phrase)
    for pattern, order in ((_ISO, (3, 2, 1)), (_AMERICAN, (2, 1, 3)), (_NAMED, (1, 2, 3))):
        match = pattern.fullmatch(phrase)
        if match:
            day, month, year = (match[n] or "" for n in order)
            return _named(day, month, year, now)
    return None


def _relative(word: str, shift: str, now: dt.datetime, *, with_time: bool) -> Parts | None:
    days = int(shift.replace(" ", "") or "0") - (1 if word[0].lower() == "y" else 0)
    try:
        day = now + dt.timedelta(days=days)
    except OverflowError:
        return None
    timed = with_time and word[0].lower() == "n" and not shift
    if timed:
        return to_parts(PartialDate.of(now.replace(second=0, microsecond=0)))
    return to_parts(PartialDate(day.year, day.month, day.day))


def _named(day: str, month: str, year: str, now: dt.datetime) -> Parts | None:
    number = month_of(month)
    if number is None:
        return None
    full = year_of(year, now.date()) if year else now.year
    if full is None:
        return None
    shown = str(int(day)) if day else ""
    return Parts(day=shown, month=MONTHS[number - 1], year=f"{full:04d}")


def stepped(value: PartialDate, step: int) -> PartialDate | None:
    """Return the date one day, month or year away, by how exactly it is known."""
    try:
        if value.month is None:
            return PartialDate(value.year + step)
        if value.day is None:
            months = value.year * 12 + value.month - 1 + step
            return PartialDate(months // 12, months % 12 + 1)
        day = dt.date(value.year, value.month, value.day) + dt.timedelta(days=step)
        return PartialDate(
            day.year, day.month, day.day, value.hour, value.minute, value.second, value.offset
        )
    except (ValueError, OverflowError):
        return None

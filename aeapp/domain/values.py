"""Small frozen value types that the standard library lacks."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, total_ordering

_HOUR = 60
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"(Z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,
)
_STRICT = re.compile(
    r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?", re.ASCII
)


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, or date and time, known to some precision and never padded beyond it.

    Attributes:
        offset: Minutes east of UTC of the clock the time was read from; None where no time is
            known, or where the zone of the clock is not known.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None

    def __post_init__(self) -> None:
        gap = False
        # Thousands of readings have a date each: no generators here.
        for part in (self.year, self.month, self.day, self.hour, self.second):
            if part is None:
                gap = True
            elif gap:
                msg = "A date cannot name a smaller part without the larger one."
                raise ValueError(msg)
        if (self.hour is None) != (self.minute is None):
            msg = "An hour comes with its minute."
            raise ValueError(msg)
        if self.offset is not None and (self.hour is None or abs(self.offset) > 14 * 60):
            msg = "An offset comes with a time and is at most 14 hours."
            raise ValueError(msg)
        try:
            self._instant(self._earliest())
        except OverflowError:
            msg = "The time lies outside the calendar in UTC."
            raise ValueError(msg) from None

    @classmethod
    def of(cls, moment: dt.datetime | dt.date) -> PartialDate:
        """Return ``moment`` to the minute, or to the day where it is a date.

        Args:
            moment: Aware where it has a time; seconds are kept when they are not zero.
        """
        if not isinstance(moment, dt.datetime):
            return cls(moment.year, moment.month, moment.day)
        shift = moment.utcoffset()
        offset = None if shift is None else int(shift.total_seconds() // 60)
        return cls(
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second or None,
            offset,
        )

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read exactly what ``iso`` writes, or the same with ``Z``; nothing is rounded off.

        Raises:
            ValueError: The text has another shape, or no calendar has this day.
        """
        if not _STRICT.fullmatch(text):
            msg = "not an ISO date"
            raise ValueError(msg)
        return cls.parse(text)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2026``, ``2026-11``, ``2026-11-16`` or ``2026-11-16T10:44[:30][-05:00]``.

        Raises:
            ValueError: The text has another shape, or no calendar has this day.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            msg = "not an ISO date"
            raise ValueError(msg)
        year, month, day, hour, minute, second, zone = match.groups()
        return cls(
            int(year),
            _number(month),
            _number(day),
            _number(hour),
            _number(minute),
            _number(second),
            _offset_of(zone),
        )

    @property
    def precision(self) -> Precision:
        """Return how exactly the date is known."""
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH
        if self.hour is None:
            return Precision.DAY
        return Precision.MINUTE if self.second is None else Precision.SECOND

    @property
    def has_time(self) -> bool:
        """Tell whether a time of day is known."""
        return self.hour is not None

    @property
    def is_full_day(self) -> bool:
        """Tell whether at least the day is known."""
        return self.day is not None

    def date_part(self) -> PartialDate:
        """Return the date without its time."""
        return PartialDate(self.year, self.month, self.day)

    def iso(self) -> str:
        """Return the text that ``parse`` reads back to an equal value."""
        out = f"{self.year:04d}"
        if self.month is not None:
            out += f"-{self.month:02d}"
        if self.day is not None:
            out += f"-{self.day:02d}"
        if self.hour is not None:
            out += f"T{self.hour:02d}:{self.minute:02d}"
            if self.second is not None:
                out += f":{self.second:02d}"
            out += _zone_text(self.offset)
        return out

    def sort_key(self) -> str:
        """Return a text that sorts in time order: UTC where the offset is known.

        A coarser date sorts before the finer ones it contains.
        """
        if self.offset is None:
            return self.iso()
        return self._instant(self._earliest()).isoformat(
            timespec="minutes" if self.second is None else "seconds"
        )

    def utc(self) -> dt.datetime | None:
        """Return the instant in UTC, or None where time or offset is not known."""
        if self.offset is None:
            return None
        return self._instant(self._earliest()).replace(tzinfo=dt.UTC)

    def first_day(self) -> dt.date:
        """Return the first day the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        """Return the last day the date can mean."""
        if self.day is not None:
            return self.first_day()
        month = self.month or 12
        following = (
            dt.date(self.year + month // 12, month % 12 + 1, 1) if self.year < dt.MAXYEAR else None
        )
        return dt.date.max if following is None else following - dt.timedelta(days=1)

    def surely_before(self, other: PartialDate) -> bool:
        """Tell whether no reading of the two dates puts this one on or after ``other``."""
        mine, theirs = self.utc(), other.utc()
        if mine is not None and theirs is not None:
            # A time known to the minute may be any second of it.
            span = dt.timedelta(seconds=59 if self.second is None else 0)
            return theirs - mine > span
        return self.last_day() < other.first_day()

    def __lt__(self, other: PartialDate) -> bool:
        # The text as given decides between two clocks that show the same instant.
        return (self.sort_key(), self.iso()) < (other.sort_key(), other.iso())

    def _instant(self, wall: dt.datetime) -> dt.datetime:
        return wall - dt.timedelta(minutes=self.offset or 0)

    def _earliest(self) -> dt.datetime:
        return dt.datetime(  # noqa: DTZ001 - wall time; the offset is kept beside it
            self.year,
            1 if self.month is None else self.month,
            1 if self.day is None else self.day,
            self.hour or 0,
            self.minute or 0,
            self.second or 0,
        )


@lru_cache(maxsize=16)
def zone_named(name: str | None) -> dt.tzinfo | None:
    """Return the zone of that IANA name; None where there is none."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def in_zone(value: PartialDate, zone: dt.tzinfo | None) -> PartialDate:
    """Return the same instant on the clocks of ``zone``.

    What has no time, or a time of a clock whose zone is not known, stays as it is.
    """
    instant = value.utc()
    if zone is None or instant is None:
        return value
    try:
        shift = instant.astimezone(zone).utcoffset() or dt.timedelta(0)
        # Zones of long ago had offsets with seconds; the instant must stay what it is.
        minutes = int(shift.total_seconds() // 60)
        if minutes == value.offset:
            return value
        wall = instant.replace(tzinfo=None) + dt.timedelta(minutes=minutes)
        return replace(
            value,
            year=wall.year,
            month=wall.month,
            day=wall.day,
            hour=wall.hour,
            minute=wall.minute,
            offset=minutes,
        )
    except (OverflowError, ValueError):
        # The first and last hours of the calendar have no such wall time.
        return value


def order_in_zone(value: PartialDate, zone: dt.tzinfo | None) -> str:
    """Return ``sort_key``; a time without offset counts as read from a clock in ``zone``."""
    if zone is None or not value.has_time or value.offset is not None:
        return value.sort_key()
    wall = dt.datetime.fromisoformat(value.iso())
    try:
        shift = wall.replace(tzinfo=zone).utcoffset() or dt.timedelta(0)
        return replace(value, offset=int(shift.total_seconds() // 60)).sort_key()
    except (OverflowError, ValueError):
        return value.sort_key()


def instant_in_zone(value: PartialDate, zone: dt.tzinfo | None) -> dt.datetime | None:
    """Return the instant in UTC; a time without offset counts as read from a clock in ``zone``.

    None where there is no time, no zone, or where the clock showed that time twice or not at all.
    """
    if value.offset is not None or not value.has_time or zone is None:
        return value.utc()
    wall = dt.datetime.fromisoformat(value.iso())
    try:
        shifts = {wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        shift = shifts.pop()
        return None if shifts or shift is None else (wall - shift).replace(tzinfo=dt.UTC)
    except (OverflowError, ValueError):
        return None


def _number(part: str | None) -> int | None:
    return None if part is None else int(part)


def _offset_of(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    if int(zone[-2:]) >= _HOUR:
        msg = "An offset has less than 60 minutes beside its hours."
        raise ValueError(msg)
    minutes = int(zone[1:3]) * _HOUR + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _zone_text(offset: int | None) -> str:
    if offset is None:
        return ""
    sign = "-" if offset < 0 else "+"
    return f"{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"

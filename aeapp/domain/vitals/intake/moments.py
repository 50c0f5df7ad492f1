"""Read the times of files, as their devices write them, and correct a clock that was wrong.

A time without an offset is on the device's clock, which stood in the clinic's zone; one with an
offset is that instant. Nothing is added: a day stays a day.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from aeapp.domain.values import MONTHS, PartialDate, in_zone
from aeapp.domain.vitals.wall_clock import ClockError, WallClock, wall_time
from aeapp.kernel.i18n import N_, _

_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_HL7 = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:\.([0-9]{1,4}))?)?"
    r"([+-][0-9]{4})?"
)
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_CLOCK = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?(?: ?([AaPp])\.?[Mm]\.?)?"
)
_SHIFT = re.compile(r"([+-])(?:([0-9]{1,2}):)?([0-9]{1,4}):([0-9]{2})")
_HOUR, _FARTHEST = 60, 14 * 60
_LONGEST_SHIFT = dt.timedelta(days=1)
_YEARS = range(1970, 2200)


def shift_named(text: str) -> dt.timedelta:
    """Return what ``+00:03`` (minutes and seconds) or ``-1:00:00`` adds to a time.

    Raises:
        ClockError: The text has another shape, or means more than a day.
    """
    match = _SHIFT.fullmatch(text.strip())
    if match is None or (match[2] and int(match[3]) >= _HOUR) or int(match[4]) >= _HOUR:
        raise ClockError(_(N_("Write the clock offset as minutes and seconds, such as +00:03.")))
    shift = dt.timedelta(hours=int(match[2] or 0), minutes=int(match[3]), seconds=int(match[4]))
    if shift > _LONGEST_SHIFT:
        raise ClockError(_(N_("A clock offset of more than a day is no offset.")))
    return -shift if match[1] == "-" else shift


def shift_words(shift: dt.timedelta) -> str:
    """Return a shift as ``shift_named`` reads it."""
    seconds = int(shift.total_seconds())
    sign, seconds = "-" if seconds < 0 else "+", abs(seconds)
    return f"{sign}{seconds // _HOUR:02d}:{seconds % _HOUR:02d}"


class DeviceClock:
    """The clock of one file, for every way in which files write times.

    Args:
        zone: The zone it was set to.
        shift: What is added to every time.
        start: When the recording began, for files that only count from there.
        in_order: The rows follow each other, so that an hour shown twice can be told apart.
        day: The day of files that name none, where nobody said when the recording began.

    Attributes:
        cut: A fraction of a second was cut off.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        shift: dt.timedelta,
        start: PartialDate | None = None,
        *,
        in_order: bool = True,
        day: dt.date | None = None,
    ) -> None:
        self._zone, self._shift, self._in_order = zone, shift, in_order
        self._day = in_zone(start, zone).first_day() if start is not None else day
        self._before: dt.datetime | None = None
        self._wall = WallClock(zone, shift)
        self._start = start
        self.cut = False

    def uncorrected(self) -> DeviceClock:
        """Return a clock of the same zone as it is, which has seen no time yet."""
        return DeviceClock(self._zone, dt.timedelta())

    def iso(self, text: str, line: int) -> tuple[PartialDate, str]:
        """Read ``2026-11-16 10:44:00``, with or without T, fraction and offset.

        Raises:
            ClockError: It is no such time, or no clock ever showed it.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ClockError(_(N_("The time is not written like 2026-11-16 10:44:00.")))
        return self._matched(match, line)

    def iso_or_day(self, text: str, line: int) -> tuple[PartialDate, str]:
        """Read the same, or a day, month or year alone, which stays what it is.

        Raises:
            ClockError: It is neither.
        """
        match = _DAY.fullmatch(text.strip())
        if match is None:
            return self.iso(text, line)
        year, month, day = match.groups()
        wall_time(year, month or 1, day or 1)
        known = (int(part) if part else None for part in (month, day))
        return PartialDate(int(year), *known), ""

    def hl7(self, text: str, line: int) -> tuple[PartialDate, str]:
        """Read ``20261116104400-0500``; fraction, seconds and offset may be missing.

        Raises:
            ClockError: It is no such time, or no clock ever showed it.
        """
        match = _HL7.fullmatch(text.strip())
        if match is None:
            raise ClockError(_(N_("The time is not written like 20261116104400-0500.")))
        return self._matched(match, line)

    def seconds(self, text: str) -> tuple[PartialDate, str]:
        """Read seconds counted from the start of the recording.

        Raises:
            ClockError: It is no number, or nobody said when the recording began.
        """
        if not _SECONDS.fullmatch(text.strip()):
            raise ClockError(_(N_("The time is no number of seconds.")))
        begin = self._start.utc() if self._start is not None else None
        if begin is None:
            raise ClockError(_(N_("The file counts from its start and does not say when it was.")))
        whole = Decimal(text.strip())
        self.cut |= whole != int(whole)
        return self.instant(begin + dt.timedelta(seconds=int(whole))), ""

    def of_day(self, text: str, line: int) -> tuple[PartialDate, str]:
        """Read ``14:05``, ``14:05:30`` or ``2:05 PM``; far before the last, it is of the next day.

        Raises:
            ClockError: It is no such time, or nobody knows the day.
        """
        match = _CLOCK.fullmatch(text.strip())
        if match is None:
            raise ClockError(_(N_("The time is not written like 14:05:00.")))
        if self._day is None:
            raise ClockError(_(N_("The file names no day; say when the recording began.")))
        hour, minute, second, fraction, half = match.groups()
        named = {"H": hour} if half is None else {"I": hour, "p": f"{half}m"[:1]}
        day = self._day
        wall = wall_time(day.year, day.month, day.day, _hour(named), minute, second or 0)
        if self._before is not None and self._before - wall > dt.timedelta(hours=_NOON):
            self._day = day + dt.timedelta(days=1)
            wall += dt.timedelta(days=1)
        self._before = wall
        self.cut |= bool(fraction and fraction.strip("0"))
        return self.wall(wall, line, has_second=second is not None)

    def instant(self, moment: dt.datetime, offset: int | None = None) -> PartialDate:
        """Return an instant in UTC on the clock ``offset`` minutes east, or on the clinic's.

        Raises:
            ClockError: Its year is another age's.
        """
        if moment.year not in _YEARS:
            raise ClockError(_(N_("The year is not from 1970 to 2199.")))
        moment += self._shift
        if offset is not None:
            moment += dt.timedelta(minutes=offset)
        at = _dated(moment, offset or 0, has_second=True)
        return at if offset is not None else in_zone(at, self._zone)

    def wall(self, wall: dt.datetime, line: int, *, has_second: bool) -> tuple[PartialDate, str]:
        """Place a time that was read from a clock without an offset.

        Raises:
            ClockError: The clocks of the zone never showed it.
        """
        clock = self._wall if self._in_order else WallClock(self._zone, self._shift)
        return clock.place(wall, line, has_second=has_second)

    def _matched(self, match: re.Match[str], line: int) -> tuple[PartialDate, str]:
        *parts, fraction, zone = match.groups()
        wall = wall_time(*(part or 0 for part in parts))
        self.cut |= bool(fraction and fraction.strip("0"))
        has_second = parts[-1] is not None
        if zone is None:
            return self.wall(wall, line, has_second=has_second)
        if wall.year not in _YEARS:
            raise ClockError(_(N_("The year is not from 1970 to 2199.")))
        wall += self._shift
        return _dated(wall, _minutes(zone), has_second=has_second), ""


def _dated(wall: dt.datetime, offset: int, *, has_second: bool) -> PartialDate:
    second = wall.second if has_second else None
    return PartialDate(wall.year, wall.month, wall.day, wall.hour, wall.minute, second, offset)


def _minutes(zone: str) -> int:
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * _HOUR + int(zone[-2:])
    if minutes > _FARTHEST or int(zone[-2:]) >= _HOUR:
        raise ClockError(_(N_("No zone of the earth has the offset of this time.")))
    return -minutes if zone[0] == "-" else minutes


# ------------------------------------------------------------------ formats that a person names

_DIRECTIVES = {
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "d": r"(?P<d>[0-9]{1,2})",
    "b": r"(?P<b>[A-Za-z]{3})[a-z]*",
    "H": r"(?P<H>[0-9]{1,2})",
    "I": r"(?P<I>[0-9]{1,2})",
    "M": r"(?P<M>[0-9]{2})",
    "S": r"(?P<S>[0-9]{2})(?:[.,][0-9]+)?",
    "p": r"(?P<p>[AaPp])\.?[Mm]\.?",
}
_NEEDED = (("Y", "y"), ("m", "b"), ("d",), ("H", "I"), ("M",))
_NEEDED_OF_DAY = (("Y",), ("m", "b"), ("d",))
_CENTURY, _NOON = 2000, 12
_LONGEST_FORMAT = 60


class TimeFormat:
    """A format in the signs of strftime: ``%m/%d/%Y %H:%M:%S``; independent of any language.

    Attributes:
        text: The format.
    """

    def __init__(self, text: str) -> None:
        """Take the format.

        Raises:
            ClockError: It has a sign that is not known, or lacks a part of a time.
        """
        self.text = text
        pieces = text.split("%")
        signs = [piece[:1] for piece in pieces[1:]]
        if len(text) > _LONGEST_FORMAT or len(set(signs)) < len(signs) or "" in signs:
            raise ClockError(_(N_("The time format is too long, or names a part twice.")))
        if not set(signs) <= _DIRECTIVES.keys():
            raise ClockError(_(N_("The time format knows %Y %y %m %d %b %H %I %M %S and %p.")))
        self._refuse_incomplete(set(signs))
        if ("I" in signs) != ("p" in signs):
            raise ClockError(_(N_("The time format needs %I and %p together.")))
        rest = (_DIRECTIVES[piece[0]] + _blank(piece[1:]) for piece in pieces[1:])
        self._pattern = re.compile(_blank(pieces[0]) + "".join(rest))

    def _refuse_incomplete(self, signs: set[str]) -> None:
        if not all(len({*choice} & signs) == 1 for choice in _NEEDED):
            raise ClockError(_(N_("The time format needs year, month, day, hour, minute, once.")))

    def read(self, text: str) -> tuple[dt.datetime, bool]:
        """Return the wall time, and whether it has seconds.

        Raises:
            ClockError: It is not written so, or no calendar has it.
        """
        found = self._found(text)
        year = found.get("Y") or _CENTURY + int(found["y"])
        second = found.get("S")
        wall = wall_time(year, _month(found), found["d"], _hour(found), found["M"], second or 0)
        return wall, second is not None

    def _found(self, text: str) -> dict[str, str]:
        match = self._pattern.fullmatch(text.strip())
        if match is None:
            told = _(N_("The time is not written like {format}."))
            raise ClockError(told.format(format=self.text))
        return match.groupdict()


class DateFormat(TimeFormat):
    """A format of days, with a time of day or without one.

    A day alone has its year in four digits: nobody could tell the century of a birth.
    """

    def _refuse_incomplete(self, signs: set[str]) -> None:
        if signs & {"H", "I", "M", "S", "p"}:
            super()._refuse_incomplete(signs)
        elif not all(len({*choice} & signs) == 1 for choice in _NEEDED_OF_DAY):
            raise ClockError(_(N_("The date format needs %Y, month and day, once.")))

    def date(self, text: str) -> PartialDate:
        """Return the date, without an offset.

        Raises:
            ClockError: It is not written so, or no calendar has it.
        """
        if "%M" in self.text:
            wall, has_second = self.read(text)
            return replace(PartialDate.of(wall), second=wall.second if has_second else None)
        found = self._found(text)
        try:
            return PartialDate(int(found["Y"]), _month(found), int(found["d"]))
        except ValueError:
            raise ClockError(_(N_("No calendar and no clock has this time."))) from None


def _blank(text: str) -> str:
    # Any run of blanks in the file answers to one in the format.
    return re.sub(r"(?:\\ )+", r"[ ]+", re.escape(text))


def _month(found: dict[str, str]) -> int:
    if "m" in found:
        return int(found["m"])
    name = found["b"].title()
    if name not in MONTHS:
        raise ClockError(_(N_("No calendar and no clock has this time.")))
    return MONTHS.index(name) + 1


def _hour(found: dict[str, str]) -> int:
    if "H" in found:
        return int(found["H"])
    hour = int(found["I"])
    if not 1 <= hour <= _NOON:
        raise ClockError(_(N_("No calendar and no clock has this time.")))
    return hour % _NOON + (_NOON if found["p"].lower() == "p" else 0)

"""Read times that a device wrote without a zone, in the zone its clock was set to.

An hour that the clock leaves out in spring is refused; the one it shows twice in autumn is told
apart by the order of the rows.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _

# No monitor wrote files before, and zone rules beyond are guesses.
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_LONGEST_DOUBT = dt.timedelta(hours=12)


class ClockError(ValueError):
    """A time cannot be read; its words are a sentence for people."""


class WallClock:
    """The clock of one device over the rows of one file.

    Args:
        zone: The zone it was set to.
        shift: What is added to each time first, because the clock was wrong by that much.
    """

    def __init__(self, zone: ZoneInfo, shift: dt.timedelta = dt.timedelta()) -> None:
        self._zone, self._shift = zone, shift
        self._seen: dict[tuple[dt.datetime, int], int] = {}
        self._last: dt.datetime | None = None
        self._second_time = self._in_doubt = False

    def place(
        self, wall: dt.datetime, line: int, *, has_second: bool = True
    ) -> tuple[PartialDate, str]:
        """Return a time with its offset, and a remark where something had to be decided.

        Args:
            wall: The time as it stands in the file.
            line: Where it stands.
            has_second: It says its second.

        Raises:
            ClockError: The clocks of the zone never showed it, or its year is another age's.
        """
        if not _FIRST_YEAR <= wall.year <= _LAST_YEAR:
            raise ClockError(_(N_("The year is not from 1970 to 2199.")))
        wall += self._shift
        early, late = (_minutes_east(wall, self._zone, fold) for fold in (0, 1))
        if late > early:
            text = _(N_("The clocks of {zone} never showed this time: they were put forward."))
            raise ClockError(text.format(zone=self._zone.key))
        remark = self._placed(wall, twice=early != late)
        offset = late if self._second_time else early
        earlier = self._seen.setdefault((wall, offset), line)
        if earlier != line:
            remark = _(N_("The time of line {line} stands here again.")).format(line=earlier)
        self._last = wall
        second = wall.second if has_second else None
        at = PartialDate(wall.year, wall.month, wall.day, wall.hour, wall.minute, second, offset)
        return at, remark

    def _placed(self, wall: dt.datetime, *, twice: bool) -> str:
        """Decide which of two equal hours ``wall`` is in; the remark says when that changes."""
        step = wall - self._last if self._last is not None else dt.timedelta()
        back = step < dt.timedelta()
        if step > _LONGEST_DOUBT:
            self._second_time = self._in_doubt = False
        entered, self._in_doubt = twice and not self._in_doubt, twice
        if not twice:
            self._second_time = False
            return _(N_("The time goes back.")) if back else ""
        if back and not self._second_time:
            self._second_time = True
            return _(N_("The time goes back: from here on this hour is its second showing."))
        if entered:
            return _(N_("The clocks showed this hour twice; it is read as the first showing."))
        return ""


def _minutes_east(wall: dt.datetime, zone: ZoneInfo, fold: int) -> int:
    """Return the offset; of an hour left out the second showing lies further east (PEP 495)."""
    offset = zone.utcoffset(wall.replace(tzinfo=zone, fold=fold)) or dt.timedelta()
    return int(offset.total_seconds() // 60)


def wall_time(*parts: str | int) -> dt.datetime:
    """Return the wall time of year, month, day and what is known of the time of day.

    Raises:
        ClockError: No calendar and no clock has it.
    """
    try:
        return dt.datetime(*map(int, parts))  # type: ignore[arg-type] # noqa: DTZ001 - wall time
    except ValueError:
        raise ClockError(_(N_("No calendar and no clock has this time."))) from None

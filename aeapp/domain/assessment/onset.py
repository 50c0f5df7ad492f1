"""Time from a dose to the onset: to the minute where both are known so, else as exact as known.

Source:
    ICH E2B(R3) G.k.9.i.3.1 and G.k.9.i.3.2: from the first and from the last dose.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration
from aeapp.domain.values import PartialDate, in_zone, instant_in_zone, order_in_zone
from aeapp.kernel.i18n import _

_MINUTE = dt.timedelta(minutes=1)
_DAY_MINUTES, _HOUR_MINUTES = 24 * 60, 60


@dataclass(frozen=True, slots=True)
class Interval:
    """Time that passed between two moments.

    Attributes:
        minutes: Whole minutes, where both moments are known to the minute; else None.
        fewest, most: Days of the calendar between them at least and at most.
    """

    minutes: int | None
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Onset:
    """How an onset lies to the doses before it.

    Attributes:
        first, last: Begin of the first and of the last dose that may lie before the onset.
        from_first, from_last: Time from them; None where no dose has a known date.
        undated: Doses without any known date: one of them may have been the first or the last.
    """

    first: PartialDate | None = None
    last: PartialDate | None = None
    from_first: Interval | None = None
    from_last: Interval | None = None
    undated: int = 0


def between(start: PartialDate, end: PartialDate, zone: dt.tzinfo | None) -> Interval:
    """Return the time from ``start`` to ``end``, which does not surely lie before it."""
    begun, ended = instant_in_zone(start, zone), instant_in_zone(end, zone)
    if begun is not None and ended is not None:
        minutes = (_floor(ended) - _floor(begun)) // _MINUTE
        return Interval(minutes, minutes // _DAY_MINUTES, minutes // _DAY_MINUTES)
    start, end = in_zone(start, zone), in_zone(end, zone)
    fewest = max(0, (end.first_day() - start.last_day()).days)
    return Interval(None, fewest, (end.last_day() - start.first_day()).days)


def _floor(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)


def onset_after(
    givings: Iterable[Administration],
    onset: PartialDate | NullFlavor | None,
    zone: dt.tzinfo | None,
) -> Onset:
    """Return how ``onset`` lies to the suspect doses in ``givings``; what came later is no cause.

    Args:
        givings: Doses of one product.
        onset: As exactly as known.
        zone: Of the clocks that times without an offset were read from.
    """
    suspects = [g for g in givings if g.is_suspect]
    starts = [g.started for g in suspects if isinstance(g.started, PartialDate)]
    undated = len(suspects) - len(starts)
    if not isinstance(onset, PartialDate):
        return Onset(undated=undated)
    before = [s for s in starts if not surely_after(s, onset, zone)]
    if not before:
        return Onset(undated=undated)
    ordered = sorted(before, key=lambda at: order_in_zone(at, zone))
    first, last = ordered[0], ordered[-1]
    # One known to the day only may have been before the first or after the last.
    firsts = [s for s in ordered if not surely_after(s, first, zone)]
    lasts = [s for s in ordered if not surely_after(last, s, zone)]
    return Onset(
        first, last, _hull(firsts, onset, zone), _hull(lasts, onset, zone), undated=undated
    )


def _hull(starts: list[PartialDate], onset: PartialDate, zone: dt.tzinfo | None) -> Interval:
    found = [between(start, onset, zone) for start in starts]
    known = {interval.minutes for interval in found}
    minutes = known.pop() if len(known) == 1 else None
    return Interval(minutes, min(i.fewest for i in found), max(i.most for i in found))


def surely_after(at: PartialDate, other: PartialDate, zone: dt.tzinfo | None) -> bool:
    """Tell whether no reading of the two puts ``at`` before ``other`` or in the same minute."""
    mine, theirs = instant_in_zone(at, zone), instant_in_zone(other, zone)
    if mine is not None and theirs is not None:
        return _floor(mine) > _floor(theirs)
    return in_zone(at, zone).first_day() > in_zone(other, zone).last_day()


def interval_words(interval: Interval) -> str:
    """Return ``42 min``, ``41 days 4 h 27 min``, ``the same day``, ``3 to 33 days``."""
    if interval.minutes is not None:
        return _minute_words(interval.minutes)
    if interval.fewest != interval.most:
        words = _("{fewest} to {most} days")
        return words.format(fewest=interval.fewest, most=interval.most)
    return _day_words(interval.most) if interval.most else _("the same day")


def _day_words(days: int) -> str:
    return _("1 day") if days == 1 else _("{n} days").format(n=days)


def _minute_words(minutes: int) -> str:
    days, rest = divmod(minutes, _DAY_MINUTES)
    hours, left = divmod(rest, _HOUR_MINUTES)
    parts = [_day_words(days)] if days else []
    parts += [_("{n} h").format(n=hours)] if hours else []
    parts += [_("{n} min").format(n=left)] if left or not parts else []
    return " ".join(parts)

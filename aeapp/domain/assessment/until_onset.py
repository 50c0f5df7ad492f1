"""How much of a product was given up to the first event: exact, or nothing is said.

Source:
    ICH E2B(R3) G.k.5: cumulative dose to the first reaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from aeapp.domain.assessment.onset import surely_after
from aeapp.domain.chair.amounts import added, mg_of, trimmed
from aeapp.domain.records import Administration, Event, Product
from aeapp.domain.values import PartialDate, in_zone, instant_in_zone
from aeapp.domain.views import SINGLE_SESSION

_MINUTE = dt.timedelta(minutes=1)


def mg_until_onset(
    givings: Iterable[Administration],
    events: Iterable[Event],
    product: Product,
    zone: dt.tzinfo | None,
) -> Decimal | None:
    """Return how many mg were given up to the first event; None where that is not known exactly.

    Each dose has to have a day, an amount in the unit of all, and to be surely before all events
    or surely after one; of a dose that ran on when it began nobody knows the part.

    Args:
        givings: Doses of one product.
        events: All of the case; one without a day may have been the first.
        product: By whose strength an amount is told in mg.
        zone: Of the clocks that times without an offset were read from.
    """
    doses = [g for g in givings if g.is_suspect]
    onsets = [event.onset for event in events]
    known = [at for at in onsets if isinstance(at, PartialDate)]
    if not known or len(known) < len(onsets) or len({g.dose_unit for g in doses}) != 1:
        return None
    total = Decimal(0)
    for giving in doses:
        is_before, amount = _is_before(giving, known, zone), mg_of(giving, product)
        if is_before is None or amount is None:
            return None
        if is_before:
            total = added(total, amount)
    return trimmed(total)


def _is_before(
    giving: Administration, onsets: Sequence[PartialDate], zone: dt.tzinfo | None
) -> bool | None:
    """Tell whether a dose was over before every event; None where that is not known."""
    start = giving.started
    if not isinstance(start, PartialDate) or _is_repeated(giving, start):
        return None
    if any(surely_after(start, onset, zone) for onset in onsets):
        return False
    ends = _end_of(giving, start, zone)
    over = all(_surely_until(ends, onset, zone) for onset in onsets) if ends else False
    return over or None


def _is_repeated(giving: Administration, start: PartialDate) -> bool:
    """Tell whether one record may stand for doses of which nobody knows the number.

    One from Monday to Friday, one that goes on, and one of some day in a month are such.
    """
    once = giving.frequency is None or giving.frequency_text == SINGLE_SESSION
    ended = giving.ended if isinstance(giving.ended, PartialDate) else start
    days = (ended.last_day() - start.first_day()).days
    return not once or isinstance(giving.duration, Decimal) or giving.ongoing is True or days > 1


def _end_of(
    giving: Administration, start: PartialDate, zone: dt.tzinfo | None
) -> PartialDate | None:
    """Return when a dose was over; that of a moment is over once it is given."""
    if isinstance(giving.ended, PartialDate):
        return giving.ended
    if giving.over_minutes is None and giving.rate is None:
        return start
    begun = instant_in_zone(start, zone)
    if begun is None or giving.over_minutes is None or giving.changes:
        # By its rate alone nobody knows when it was over, nor of one that was held or slowed.
        return None
    return PartialDate.of(begun + float(giving.over_minutes) * _MINUTE)


def _surely_until(at: PartialDate, other: PartialDate, zone: dt.tzinfo | None) -> bool:
    """Tell whether ``at`` lies before ``other`` or in the same minute by any reading of the two."""
    mine, theirs = instant_in_zone(at, zone), instant_in_zone(other, zone)
    if mine is not None and theirs is not None:
        return mine.replace(second=0) <= theirs.replace(second=0)
    return in_zone(at, zone).last_day() < in_zone(other, zone).first_day()

"""What an infusion has delivered at a moment: by its rate, its changes and its pauses, exactly.

Fractions, because a rate by the hour over minutes has no end of decimals. Where a rate cannot be
said in mg, the amount is not known, and never taken as nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from aeapp.domain.chair.amounts import mg_of, mg_per_ml, rounded
from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

IN_THE_MOUTH = (FormRoute.SUBLINGUAL, FormRoute.BUCCAL, FormRoute.OROPHARINGEAL)
_HOUR, _MINUTE = 3600, 60
_NO_SPEED = Fraction(0)


class DoseState(CodeList):
    """How a giving stands; read from its record, never stored."""

    GIVEN = "given", N_("given")
    RUNNING = "running", N_("running")
    PAUSED = "paused", N_("paused")
    COMPLETE = "complete", N_("all in by time")
    ENDED = "ended", N_("ended")


@dataclass(frozen=True, slots=True)
class Course:
    """An infusion at one moment.

    Attributes:
        delivered: In mg; None where rate, time or strength do not say.
        ends: When all of it will be in, at the rate of now; None while paused or not known.
    """

    state: DoseState
    delivered: Fraction | None = None
    ends: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of one speed, in mg a second; None where the speed is not known."""

    begin: dt.datetime
    speed: Fraction | None


def is_infusion(giving: Administration) -> bool:
    """Tell whether a giving lasts, so that it has a rate, an end and pauses."""
    if giving.route in IN_THE_MOUTH:
        return False
    lasting = giving.over_minutes is not None and giving.route is not FormRoute.INTRAVENOUS_BOLUS
    return lasting or giving.route is FormRoute.INTRAVENOUS_DRIP or giving.rate is not None


def instant(value: PartialDate | NullFlavor | None) -> dt.datetime | None:
    """Return the moment in UTC; None where there is no time, or its zone is not known."""
    return value.utc() if isinstance(value, PartialDate) else None


def whole(giving: Administration, product: Product | None) -> Decimal | None:
    """Return what the infusion was set to give, in mg."""
    if giving.planned is not None:
        return mg_of(replace(giving, dose=giving.planned), product)
    return mg_of(giving, product)


def speed_of(
    rate: Decimal | None, giving: Administration, product: Product | None
) -> Fraction | None:
    """Return ``rate`` in mg a second; None where weight, volume or strength is missing for it."""
    unit = giving.rate_unit
    if rate is None or unit is None:
        return None
    factor: Decimal | Fraction | None = Decimal(1)
    if unit is RateUnit.MG_PER_KG_H:
        factor = giving.weight
    elif unit is RateUnit.ML_PER_H:
        factor = concentration(giving, product)
    span = _MINUTE if unit is RateUnit.MG_PER_MIN else _HOUR
    return None if factor is None else Fraction(rate) * Fraction(factor) / span


def concentration(giving: Administration, product: Product | None) -> Decimal | Fraction | None:
    """Return mg in a millilitre of what runs in: as diluted, else as the product comes."""
    if giving.volume is None:
        return mg_per_ml(product)
    total = whole(giving, product)
    return (
        Fraction(total) / Fraction(giving.volume) if total is not None and giving.volume else None
    )


def _first_speed(giving: Administration, product: Product | None) -> Fraction | None:
    if giving.rate is not None:
        return speed_of(giving.rate, giving, product)
    total = whole(giving, product)
    if total is None or not giving.over_minutes:
        return None
    return Fraction(total) / (Fraction(giving.over_minutes) * _MINUTE)


def stretches(giving: Administration, product: Product | None) -> tuple[Stretch, ...]:
    """Return the times of one speed, first to last; nothing where the begin is not known."""
    begin = instant(giving.started)
    if begin is None:
        return ()
    if any(instant(change.at) is None for change in giving.changes):
        return (Stretch(begin, None),)
    flow = _first_speed(giving, product)
    found, paused = [Stretch(begin, flow)], False
    for change in in_order(giving.changes):
        if change.change is InfusionChange.PAUSE:
            paused = True
        elif change.change is InfusionChange.RESUME:
            paused = False
        if change.rate is not None:
            flow = speed_of(change.rate, giving, product)
        at = instant(change.at) or begin
        found.append(Stretch(max(at, begin), _NO_SPEED if paused else flow))
    return tuple(found)


def in_order(changes: Sequence[DoseChange]) -> list[DoseChange]:
    """Return the changes by time; those of one minute in the order in which they were entered."""
    return sorted(changes, key=lambda c: c.at.sort_key() if c.at is not None else "")


def is_paused(giving: Administration) -> bool:
    """Tell whether the last word on the flow was a pause."""
    flow = (InfusionChange.PAUSE, InfusionChange.RESUME)
    words = [c.change for c in in_order(giving.changes) if c.change in flow]
    return bool(words) and words[-1] is InfusionChange.PAUSE


def course(giving: Administration, product: Product | None, at: dt.datetime) -> Course:
    """Return how a giving stands at the aware moment ``at``."""
    if not is_infusion(giving):
        amount = mg_of(giving, product)
        return Course(DoseState.GIVEN, None if amount is None else Fraction(amount))
    ended = instant(giving.ended)
    if giving.ended is not None and (ended is None or at >= ended):
        amount = mg_of(giving, product)
        return Course(DoseState.ENDED, None if amount is None else Fraction(amount), ended)
    parts = stretches(giving, product)
    total = whole(giving, product)
    delivered = _delivered(parts, at)
    ends = None if total is None else _end(parts, Fraction(total))
    if total is not None and delivered is not None and delivered >= total:
        return Course(DoseState.COMPLETE, Fraction(total), ends)
    if is_paused(giving):
        return Course(DoseState.PAUSED, delivered)
    return Course(DoseState.RUNNING, delivered, ends)


def goes_on(giving: Administration, product: Product | None, at: dt.datetime) -> bool:
    """Tell whether a giving runs or is paused at the aware moment ``at``."""
    return course(giving, product, at).state in (DoseState.RUNNING, DoseState.PAUSED)


def _delivered(parts: Sequence[Stretch], at: dt.datetime) -> Fraction | None:
    if not parts:
        return None
    total = Fraction(0)
    for part, following in zip(parts, [*(p.begin for p in parts[1:]), at], strict=True):
        seconds = _seconds(part.begin, min(following, at))
        if part.speed is None and seconds:
            return None
        total += (part.speed or _NO_SPEED) * seconds
    return total


def _end(parts: Sequence[Stretch], total: Fraction) -> dt.datetime | None:
    """Return when ``total`` will be in, to the second after; None where no speed leads there."""
    missing = total
    for number, part in enumerate(parts):
        if part.speed is None:
            return None
        last = number == len(parts) - 1
        seconds = None if last else _seconds(part.begin, parts[number + 1].begin)
        if part.speed and (seconds is None or missing <= part.speed * seconds):
            return _later(part.begin, missing / part.speed)
        missing -= part.speed * (seconds or 0)
    return None


def _later(begin: dt.datetime, seconds: Fraction) -> dt.datetime | None:
    try:
        return begin + dt.timedelta(seconds=-(-seconds.numerator // seconds.denominator))
    except OverflowError:
        # A rate next to nothing ends after the calendar does.
        return None


def _seconds(begin: dt.datetime, end: dt.datetime) -> Fraction:
    span = max(end - begin, dt.timedelta())
    return Fraction(span // dt.timedelta(microseconds=1), 10**6)


def must_be_told(giving: Administration, product: Product | None, at: PartialDate) -> bool:
    """Tell whether rate and time do not say what went in by ``at``, so that a person has to."""
    meant = giving.dose if isinstance(giving.dose, Decimal) else None
    return bool(meant) and _share(giving, product, at) is None


def stopped(
    giving: Administration,
    product: Product | None,
    at: PartialDate,
    told: Decimal | NullFlavor | None = None,
) -> Administration:
    """Return the infusion as it is once stopped at ``at``.

    What a person ``told`` was given is the dose. Else, where rate and time say that less went in
    than was set, that is the dose (to two decimals). Where they say nothing, the dose is unknown:
    what was set is a plan, and is kept beside it.
    """
    ended = replace(giving, ended=at)
    if told is not None:
        return corrected(ended, told)
    if must_be_told(giving, product, at):
        return corrected(ended, NullFlavor.UNK)
    share = _share(giving, product, at)
    if share is None or not isinstance(giving.dose, Decimal) or share >= giving.dose:
        return ended
    return replace(ended, dose=rounded(share), planned=giving.dose)


def _share(giving: Administration, product: Product | None, at: PartialDate) -> Fraction | None:
    """Return what went in by ``at`` in the unit of the dose; None where nothing says how much."""
    moment, total = instant(at), whole(giving, product)
    if moment is None or not total or not isinstance(giving.dose, Decimal):
        return None
    delivered = _delivered(stretches(giving, product), moment)
    if delivered is None:
        return None
    return min(Fraction(1), delivered / Fraction(total)) * Fraction(giving.dose)


def corrected(giving: Administration, amount: Decimal | NullFlavor) -> Administration:
    """Return the giving with the amount that a person told, the one meant kept beside it."""
    meant = giving.planned if giving.planned is not None else giving.dose
    kept = meant if isinstance(meant, Decimal) and meant != amount else None
    return replace(giving, dose=amount, planned=kept)

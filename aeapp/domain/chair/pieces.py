"""What is given piece by piece or held in the mouth: nasal devices with their rest, holds.

They tell when the next may be given; whether it is, a person decides, with a reason if before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aeapp.domain.chair.amounts import mg_per_piece, words
from aeapp.domain.chair.infusion import IN_THE_MOUTH, instant
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _

# From the SPRAVATO prescribing information and instructions for use.
DEVICE_MG = Decimal(28)
MOST_DEVICES = 3
REST = dt.timedelta(minutes=5)
_SECOND = dt.timedelta(seconds=1)
_MINUTE = dt.timedelta(minutes=1)
_ESKETAMINE = ("esketamine", "spravato")


@dataclass(frozen=True, slots=True)
class Turn:
    """The next nasal device.

    Attributes:
        number: Which one it is, counted from 1.
        planned: How many the order asks for.
        may_at: When the rest after the one before is over; None where that has no time.
    """

    number: int
    planned: int
    may_at: dt.datetime | None

    @property
    def due(self) -> bool:
        """Tell whether one is still to come."""
        return self.number <= self.planned

    def waits(self, now: dt.datetime) -> dt.timedelta:
        """Return how much of the rest is left; nothing once it is over."""
        if self.may_at is None:
            return dt.timedelta()
        return max(self.may_at - now, dt.timedelta())


@dataclass(frozen=True, slots=True)
class Hold:
    """A dose held in the mouth.

    Attributes:
        held: How long so far.
        left: Until the time it was set to; None where none was set.
    """

    held: dt.timedelta
    left: dt.timedelta | None


def devices_for(amount: Decimal) -> int | None:
    """Return how many devices of 28 mg make ``amount``; None where no whole number does."""
    count = amount / DEVICE_MG
    whole = count == count.to_integral_value() and count > 0
    return int(count) if whole else None


def in_devices(giving: Administration, product: Product | None) -> bool:
    """Tell whether a dose is given by nasal devices of 28 mg.

    Esketamine whose strength nobody entered comes in no other device.
    """
    if giving.route is not FormRoute.NASAL or product is None:
        return False
    unknown = product.strength is None and product.strength_unit is None
    named = any(name in (product.name or "").casefold() for name in _ESKETAMINE)
    return mg_per_piece(product) == DEVICE_MG or (unknown and named)


def as_device(giving: Administration, given_before: int) -> Administration | None:
    """Return the next device of a nasal dose, with the whole of the session as what is planned.

    None where the dose is no whole number of devices.
    """
    amount = giving.dose if giving.dose_unit is DoseUnit.MG else None
    count = devices_for(amount) if isinstance(amount, Decimal) else None
    if count is None:
        return None
    whole = DEVICE_MG * (given_before + count)
    return replace(
        giving,
        dose=DEVICE_MG,
        device_number=given_before + 1,
        planned=whole if whole != DEVICE_MG else None,
    )


def is_device(giving: Administration) -> bool:
    """Tell whether a giving that stands is one nasal device."""
    numbered = giving.route is FormRoute.NASAL and giving.device_number is not None
    return numbered and giving.stands


def next_turn(givings: Sequence[Administration]) -> Turn | None:
    """Return the turn after the devices given so far; None where there were none."""
    devices = [g for g in givings if is_device(g)]
    if not devices:
        return None
    last = max(devices, key=lambda g: g.device_number or 0)
    number = last.device_number or 0
    after = _surely_past(last.ended) or _surely_past(last.started, last.start_second)
    return Turn(number + 1, _planned(last) or number, None if after is None else after + REST)


def with_second(giving: Administration, now: dt.datetime) -> Administration:
    """Return a device that is given now with the second of it; any other giving as it is.

    Starts are whole minutes, as the paper has them; the rest of five minutes is counted exactly.
    """
    begin = instant(giving.started)
    if begin is None or not is_device(giving) or not begin <= now < begin + _MINUTE:
        return giving
    return replace(giving, start_second=(now - begin) // _SECOND)


def _surely_past(
    at: PartialDate | NullFlavor | None, second: int | None = None
) -> dt.datetime | None:
    """Return when a time is past whatever its seconds were.

    Where nobody knows them the rest is counted from the end of the minute, so that it is never
    shorter than the label says.
    """
    begin = instant(at)
    known = isinstance(at, PartialDate) and at.second is not None
    if begin is None or known:
        return begin
    return begin + (_MINUTE if second is None else second * _SECOND)


def _planned(giving: Administration) -> int | None:
    if giving.planned is None or giving.dose_unit is not DoseUnit.MG:
        return None
    return devices_for(giving.planned)


def turn_words(turn: Turn, now: dt.datetime) -> str:
    """Return ``device 1 of 2 given, next in 4:10``."""
    given = _("device {number} of {planned} given").format(
        number=turn.number - 1, planned=turn.planned
    )
    if not turn.due:
        return given
    waits = turn.waits(now)
    if not waits:
        return _("{given}, next may be given").format(given=given)
    return _("{given}, next in {time}").format(given=given, time=clock_words(waits))


def hold_of(giving: Administration, now: dt.datetime) -> Hold | None:
    """Return the hold that goes on; None where nothing is held, or nobody knows since when."""
    begin = instant(giving.started)
    held = giving.route in IN_THE_MOUTH and giving.held_minutes is None
    over = giving.after_hold is not None or giving.ended is not None or not giving.stands
    if begin is None or not held or over:
        return None
    so_far = max(now - begin, dt.timedelta())
    if giving.over_minutes is None:
        return Hold(so_far, None)
    whole = dt.timedelta(seconds=int(giving.over_minutes * 60))
    return Hold(so_far, max(whole - so_far, dt.timedelta()))


def hold_words(hold: Hold) -> str:
    """Return ``held 4:10, 5:50 left``, or that the time is over."""
    held = _("held {time}").format(time=clock_words(hold.held))
    if hold.left is None:
        return held
    if not hold.left:
        return _("{held}, time is over").format(held=held)
    return _("{held}, {left} left").format(held=held, left=clock_words(hold.left))


def held_words(giving: Administration) -> str:
    """Return ``held 10 min, swallowed`` of a hold that is over."""
    parts = []
    if isinstance(giving.held_minutes, Decimal):
        parts.append(_("held {minutes} min").format(minutes=words(giving.held_minutes)))
    after = getattr(giving.after_hold, "words", "")
    if after:
        parts.append(_(after).lower())
    return ", ".join(parts)


def clock_words(span: dt.timedelta) -> str:
    """Return minutes and seconds, begun seconds counted: ``4:10``."""
    seconds = -(-span // _SECOND)
    return f"{seconds // 60}:{seconds % 60:02d}"

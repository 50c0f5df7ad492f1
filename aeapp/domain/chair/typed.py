"""Read a dose and its pace as a nurse types them: ``38``, ``0.5/kg``, ``2 tablets``; ``over 40``.

What is typed as an order by weight stays that order; what it comes to is exact, and rounding it to
what can be drawn is written behind it: ``0.5/kg 38``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from aeapp.domain.chair.amounts import given_in, mg_per_piece, rounded, times, trimmed
from aeapp.domain.chair.infusion import IN_THE_MOUTH
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.session import AfterHold, Amount
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.findings import item_problem
from aeapp.domain.items import spec_at
from aeapp.domain.records import Administration, Product, StockMovement
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_BY_WEIGHT = re.compile(rf"{_NUMBER}\s*(?:mg)?\s*/\s*kg(?:\s*(?:=|,)?\s*{_NUMBER}\s*(?:mg)?)?")
_PIECES = re.compile(rf"{_NUMBER}\s*(?:x|×|tab|tabs|tablet|tablets|troche|troches|pieces?)")
_PLAIN = re.compile(rf"{_NUMBER}\s*(mg|g|ml|mcg|ug|µg)?")
_OVER = re.compile(rf"(?:over\s*)?{_NUMBER}\s*(min|mins|minutes|h|hours?)?")
_RATE = re.compile(rf"{_NUMBER}\s*(mg/min|mg/h|mg/kg/h|ml/h)(?:\s*in\s*{_NUMBER}\s*(?:ml)?)?")
_HOLD = re.compile(rf"{_NUMBER}\s*(?:min)?\s*(swallowed|spat(?: out)?|sw|sp)?")
_DRAWN = re.compile(rf"{_NUMBER}\s*(mg|ml)?")
_UNITS = {
    "": DoseUnit.MG,
    "mg": DoseUnit.MG,
    "g": DoseUnit.GM,
    "ml": DoseUnit.ML,
    "mcg": DoseUnit.UGM,
    "ug": DoseUnit.UGM,
    "µg": DoseUnit.UGM,
}
_RATES = {unit.value.lower(): unit for unit in RateUnit}
_DOSE_SHAPE = N_("Type the dose such as 38, 0.5/kg, 0.5/kg 38 or 2 tablets.")
_PACE_SHAPE = N_("Type minutes such as 40, or a rate such as 0.95 mg/min or 150 mL/h in 100.")
_HOLD_SHAPE = N_("Type the minutes of the hold such as 10, or 10 spat once it is over.")
_DRAWN_SHAPE = N_("Type what was drawn such as 50, 1 mL or 50 #2 for vial 2.")
_EXACT_PLACES = 6
_HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class TypedDose:
    """An amount as typed; ``per_kg`` only where it was ordered by weight."""

    dose: Decimal
    unit: DoseUnit = DoseUnit.MG
    per_kg: Decimal | None = None
    pieces: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TypedPace:
    """How fast: minutes it shall last, or a rate."""

    over_minutes: Decimal | None = None
    rate: Decimal | None = None
    rate_unit: RateUnit | None = None
    volume: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TypedHold:
    """A hold that begins and is set to some minutes, or one that is over."""

    over_minutes: Decimal | None = None
    held_minutes: Decimal | None = None
    after_hold: AfterHold | None = None


@dataclass(frozen=True, slots=True)
class TypedDrawn:
    """What was drawn for a dose."""

    amount: Decimal
    unit: Amount
    vial: str | None = None


def _plain_text(text: str) -> str:
    # A comma between digits is a decimal point.
    return re.sub(r"(?<=\d),(?=\d)", ".", text.strip().casefold().replace("μ", "µ"))


def _refused(sentence: str) -> BadInputError:
    return BadInputError(_(sentence), remedy=_("Correct the entry; what you typed is kept."))


def read_dose(text: str, weight: Decimal | None, product: Product | None) -> TypedDose:
    """Return the dose that ``text`` means.

    Raises:
        BadInputError: It cannot be read, or weight or strength is missing for it.
    """
    plain = _plain_text(text)
    if match := _BY_WEIGHT.fullmatch(plain):
        return _by_weight(Decimal(match[1]), match[2], weight)
    if match := _PIECES.fullmatch(plain):
        return _in_pieces(Decimal(match[1]), product)
    match = _PLAIN.fullmatch(plain)
    if match is None:
        raise _refused(_DOSE_SHAPE)
    return _checked(TypedDose(Decimal(match[1]), _UNITS[match[2] or ""]))


def _by_weight(per_kg: Decimal, given: str | None, weight: Decimal | None) -> TypedDose:
    if weight is None:
        raise _refused(N_("Enter the weight first, or the dose in mg."))
    amount = trimmed(times(per_kg, weight)) if given is None else Decimal(given)
    return _checked(TypedDose(amount, per_kg=per_kg))


def _in_pieces(pieces: Decimal, product: Product | None) -> TypedDose:
    each = mg_per_piece(product)
    if each is None:
        raise _refused(N_("The product has no strength in mg a piece; type the dose in mg."))
    return _checked(TypedDose(trimmed(times(pieces, each)), pieces=pieces))


def _checked(typed: TypedDose) -> TypedDose:
    if not typed.dose:
        raise _refused(N_("A dose is more than nothing."))
    for path, value in (("dose", typed.dose), ("per_kg", typed.per_kg), ("pieces", typed.pieces)):
        problem = item_problem(spec_at(Administration, path), value)
        if problem:
            raise _refused(problem)
    return typed


def read_pace(text: str) -> TypedPace:
    """Return the pace that ``text`` means; nothing for nothing.

    Raises:
        BadInputError: It cannot be read.
    """
    plain = _plain_text(text)
    if not plain:
        return TypedPace()
    if match := _RATE.fullmatch(plain):
        volume = None if match[3] is None else Decimal(match[3])
        pace = TypedPace(rate=Decimal(match[1]), rate_unit=_RATES[match[2]], volume=volume)
        if volume is not None and pace.rate_unit is not RateUnit.ML_PER_H:
            raise _refused(_PACE_SHAPE)
        return _more_than_nothing(pace)
    match = _OVER.fullmatch(plain)
    if match is None:
        raise _refused(_PACE_SHAPE)
    minutes = Decimal(match[1])
    hours = (match[2] or "").startswith("h")
    return _more_than_nothing(
        TypedPace(over_minutes=trimmed(times(minutes, _HOUR)) if hours else minutes)
    )


def _more_than_nothing(pace: TypedPace) -> TypedPace:
    for path in ("over_minutes", "rate", "volume"):
        value = getattr(pace, path)
        if value is not None:
            problem = item_problem(spec_at(Administration, path), value)
            if problem or not value:
                raise _refused(problem or _PACE_SHAPE)
    return pace


def read_rate(text: str, unit: RateUnit | None) -> TypedPace:
    """Return a new rate of an infusion; a bare number is in the unit it runs in.

    Raises:
        BadInputError: It is no rate.
    """
    plain = _plain_text(text)
    if unit is not None and re.fullmatch(_NUMBER, plain):
        plain = f"{plain} {unit.value.lower()}"
    pace = read_pace(plain)
    if pace.rate is None:
        raise _refused(N_("Type a rate such as 0.8 mg/min or 45 mg/h."))
    return replace(pace, volume=None)


def read_hold(text: str) -> TypedHold:
    """Return the hold in the mouth that ``text`` means; nothing for nothing.

    Raises:
        BadInputError: It cannot be read.
    """
    plain = _plain_text(text)
    if not plain:
        return TypedHold()
    match = _HOLD.fullmatch(plain)
    if match is None:
        raise _refused(_HOLD_SHAPE)
    minutes = Decimal(match[1])
    path = "held_minutes" if match[2] else "over_minutes"
    problem = item_problem(spec_at(Administration, path), minutes)
    if problem or not (minutes or match[2]):
        raise _refused(problem or _HOLD_SHAPE)
    if not match[2]:
        return TypedHold(over_minutes=minutes)
    spat = match[2].startswith("sp")
    return TypedHold(
        held_minutes=minutes, after_hold=AfterHold.SPAT if spat else AfterHold.SWALLOWED
    )


def with_pace(giving: Administration, text: str) -> Administration:
    """Return the giving with the pace, or the hold in the mouth, that ``text`` means.

    Raises:
        BadInputError: It cannot be read.
    """
    if giving.route in IN_THE_MOUTH:
        hold = read_hold(text)
        return replace(
            giving,
            over_minutes=hold.over_minutes,
            held_minutes=hold.held_minutes,
            after_hold=hold.after_hold,
        )
    pace = read_pace(text)
    return replace(
        giving,
        over_minutes=pace.over_minutes,
        rate=pace.rate,
        rate_unit=pace.rate_unit,
        volume=pace.volume,
    )


def again(last: Administration, weight: Decimal | None) -> Administration:
    """Return the dose of last time as it is meant again, reckoned by the weight of today.

    An infusion that was stopped early, and the first of several devices, are meant as a whole.
    """
    whole = last.dose if last.planned is None else last.planned
    if last.per_kg is None or weight is None:
        return replace(last, dose=whole, per_kg=None)
    if weight == last.weight:
        return replace(last, dose=whole)
    return replace(last, weight=weight, dose=trimmed(times(last.per_kg, weight)))


def read_drawn(text: str) -> TypedDrawn | None:
    """Return what was drawn, and from which vial; nothing for nothing.

    Raises:
        BadInputError: It cannot be read.
    """
    amount, _hash, vial = text.partition("#")
    plain = _plain_text(amount)
    if not plain:
        return None
    match = _DRAWN.fullmatch(plain)
    if match is None or not Decimal(match[1]):
        raise _refused(_DRAWN_SHAPE)
    unit = Amount.ML if match[2] == "ml" else Amount.MG
    problem = item_problem(spec_at(StockMovement, "amount"), Decimal(match[1]))
    if problem:
        raise _refused(problem)
    return TypedDrawn(Decimal(match[1]), unit, vial.strip() or None)


def rest_of(drawn: TypedDrawn, giving: Administration, product: Product | None) -> Decimal | None:
    """Return what is left of what was drawn, in its unit; None where it cannot be said exactly."""
    given = given_in(giving, drawn.unit, product)
    if given is None:
        return None
    left = Fraction(drawn.amount) - given
    exact = rounded(left, _EXACT_PLACES)
    return trimmed(exact) if Fraction(exact) == left else None


def typed_words(giving: Administration) -> str:
    """Return what would be typed for such a dose: ``0.5/kg 38``, ``2 tablets``, ``38``."""
    if not isinstance(giving.dose, Decimal):
        return ""
    dose = f"{giving.dose:f}"
    if giving.per_kg is not None:
        exact = None if giving.weight is None else times(giving.per_kg, giving.weight)
        share = f"{giving.per_kg:f}/kg"
        return share if exact == giving.dose else f"{share} {dose}"
    if giving.pieces is not None:
        return f"{giving.pieces:f} x"
    unit = giving.dose_unit
    return dose if unit in (DoseUnit.MG, None) else f"{dose} {unit.symbol}"


def pace_typed(giving: Administration) -> str:
    """Return what would be typed for such a pace: ``40 min``, ``0.95 mg/min``."""
    if giving.rate is not None and giving.rate_unit is not None:
        volume = "" if giving.volume is None else f" in {giving.volume:f} mL"
        return f"{giving.rate:f} {giving.rate_unit.symbol}{volume}"
    return "" if giving.over_minutes is None else f"{giving.over_minutes:f} min"

"""Amounts of a product, exact: between units only by the strength that the product's label says.

What the strength cannot convert is not comparable and says so; nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from fractions import Fraction

from aeapp.domain.codelists.session import Amount
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Product

# Raises rather than rounds: items have at most 18 digits on either side of the point.
_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, DivisionByZero])
_STRENGTH = re.compile(r"\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_MG: dict[DoseUnit, Decimal] = {
    DoseUnit.MG: Decimal(1),
    DoseUnit.UGM: Decimal("0.001"),
    DoseUnit.GM: Decimal(1000),
}
_PIECES = (Amount.DEVICE, Amount.TABLET)
PLACES = 2


def times(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact product."""
    return _EXACT.multiply(one, other)


def trimmed(number: Decimal) -> Decimal:
    """Return the same number without the zeros that a multiplication leaves at its end."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def added(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact sum."""
    return _EXACT.add(one, other)


def strength_of(product: Product | None) -> Decimal | None:
    """Return the number of the strength; None where there is none, or it is no plain number."""
    text = product.strength if product is not None else None
    if not isinstance(text, str) or _STRENGTH.fullmatch(text.strip()) is None:
        return None
    return Decimal(text.strip()) or None


def mg_per_ml(product: Product | None) -> Decimal | None:
    """Return the strength of a liquid in mg/mL."""
    if product is None or product.strength_unit is not DoseUnit.MG_ML:
        return None
    return strength_of(product)


def mg_per_piece(product: Product | None) -> Decimal | None:
    """Return what one tablet, troche or device holds, in mg."""
    strength = strength_of(product)
    factor = _MG.get(product.strength_unit) if product and product.strength_unit else None
    return None if strength is None or factor is None else times(strength, factor)


def in_mg(amount: Decimal, unit: DoseUnit | None, product: Product | None) -> Decimal | None:
    """Return ``amount`` in mg; None where neither unit nor strength says how much that is."""
    if unit in _MG:
        return times(amount, _MG[unit])
    if unit is DoseUnit.ML:
        factor = mg_per_ml(product)
    else:
        factor = mg_per_piece(product) if unit is DoseUnit.DF else None
    return None if factor is None else times(amount, factor)


def mg_of(giving: Administration, product: Product | None) -> Decimal | None:
    """Return what was given in mg; None where it is not known or cannot be said in mg."""
    if not isinstance(giving.dose, Decimal):
        return None
    if giving.dose_unit is DoseUnit.MG_KG:
        return None if giving.weight is None else times(giving.dose, giving.weight)
    return in_mg(giving.dose, giving.dose_unit, product)


def _per_unit(unit: Amount, product: Product | None) -> Decimal | None:
    """Return how many mg one unit of stock holds."""
    if unit is Amount.MG:
        return Decimal(1)
    return mg_per_ml(product) if unit is Amount.ML else mg_per_piece(product)


def converted(
    amount: Decimal | Fraction, unit: Amount, to: Amount, product: Product | None
) -> Fraction | None:
    """Return an amount of stock in another unit; None where the two are not comparable."""
    if unit is to:
        return Fraction(amount)
    if unit in _PIECES and to in _PIECES:
        return None
    one, other = _per_unit(unit, product), _per_unit(to, product)
    if one is None or other is None:
        return None
    return Fraction(amount) * Fraction(one) / Fraction(other)


def given_in(giving: Administration, to: Amount, product: Product | None) -> Fraction | None:
    """Return how much stock a giving used up, in the unit of the stock."""
    if to in _PIECES:
        if giving.pieces is not None:
            return Fraction(giving.pieces)
        if giving.device_number is not None:
            return Fraction(1)
    amount = mg_of(giving, product)
    return None if amount is None else converted(amount, Amount.MG, to, product)


def rounded(amount: Fraction, places: int = PLACES) -> Decimal:
    """Return ``amount`` with at most so many decimals, halves to even."""
    scaled = round(amount * 10**places)
    return Decimal(scaled).scaleb(-places, Context(prec=200))


def words(amount: Decimal | Fraction, places: int = PLACES) -> str:
    """Return ``38``, ``16.67`` or ``−0.5``: no zeros at the end, digits of a Decimal as typed."""
    if isinstance(amount, Fraction):
        text = f"{rounded(amount, places):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{amount:f}"
    return text.replace("-", "−")

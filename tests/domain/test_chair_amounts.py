"""Amounts between units: exact, or not comparable."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.chair.amounts import (
    added,
    converted,
    given_in,
    in_mg,
    mg_of,
    mg_per_ml,
    mg_per_piece,
    rounded,
    strength_of,
    times,
    words,
)
from aeapp.domain.codelists.session import Amount
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from tests.factories import decimals

VIAL = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
TABLET = Product(name="ketamine troche", strength="100", strength_unit=DoseUnit.MG)
MICRO = Product(name="x", strength="500", strength_unit=DoseUnit.UGM)
MG, ML, DEVICE, TAB = Amount.MG, Amount.ML, Amount.DEVICE, Amount.TABLET


@given(decimals, decimals)
def test_products_and_sums_are_exact(one: Decimal, other: Decimal) -> None:
    assert Fraction(times(one, other)) == Fraction(one) * Fraction(other)
    assert Fraction(added(one, other)) == Fraction(one) + Fraction(other)


@pytest.mark.parametrize("text", ["", "5 to 10", "1/2", "-5", "0", "0.0", NullFlavor.UNK, None])
def test_a_strength_that_is_no_plain_number_is_none(text: object) -> None:
    assert strength_of(Product(strength=text, strength_unit=DoseUnit.MG)) is None


def test_the_strength_is_read_with_its_unit() -> None:
    assert strength_of(None) is None
    assert mg_per_ml(VIAL) == 50
    assert mg_per_ml(TABLET) is None
    assert mg_per_ml(None) is None
    assert mg_per_piece(TABLET) == 100
    assert mg_per_piece(MICRO) == Decimal("0.5")
    assert mg_per_piece(VIAL) is None
    assert mg_per_piece(Product(strength="5")) is None
    assert mg_per_piece(None) is None


@pytest.mark.parametrize(
    ("amount", "unit", "product", "mg"),
    [
        ("38", DoseUnit.MG, None, "38"),
        ("250", DoseUnit.UGM, None, "0.25"),
        ("0.5", DoseUnit.GM, None, "500"),
        ("0.76", DoseUnit.ML, VIAL, "38"),
        ("0.76", DoseUnit.ML, None, None),
        ("3", DoseUnit.DF, TABLET, "300"),
        ("3", DoseUnit.DF, VIAL, None),
        ("3", DoseUnit.IU, VIAL, None),
        ("3", None, VIAL, None),
    ],
)
def test_a_dose_is_said_in_mg_where_its_unit_or_the_strength_says_it(
    amount: str, unit: DoseUnit | None, product: Product | None, mg: str | None
) -> None:
    assert in_mg(Decimal(amount), unit, product) == (None if mg is None else Decimal(mg))


def test_an_amount_by_weight_needs_the_weight() -> None:
    dose = Administration(dose=Decimal("0.5"), dose_unit=DoseUnit.MG_KG, weight=Decimal("76.4"))
    assert mg_of(dose, None) == Decimal("38.2")
    assert mg_of(Administration(dose=Decimal(1), dose_unit=DoseUnit.MG_KG), None) is None
    assert mg_of(Administration(dose=NullFlavor.UNK, dose_unit=DoseUnit.MG), None) is None
    assert mg_of(Administration(), None) is None


@given(st.decimals("0.001", "1000", places=3), st.sampled_from([(MG, ML, VIAL), (MG, TAB, TABLET)]))
def test_there_and_back_is_the_same_amount(
    amount: Decimal, way: tuple[Amount, Amount, Product]
) -> None:
    unit, to, product = way
    there = converted(amount, unit, to, product)
    assert there is not None
    assert converted(there, to, unit, product) == Fraction(amount)


def test_what_the_strength_does_not_convert_is_not_comparable() -> None:
    assert converted(Decimal(5), ML, ML, Product()) == 5
    assert converted(Decimal(5), ML, MG, TABLET) is None
    assert converted(Decimal(5), MG, TAB, VIAL) is None
    assert converted(Decimal(5), DEVICE, TAB, TABLET) is None
    assert converted(Decimal(5), TAB, MG, TABLET) == 500


def test_a_giving_uses_up_pieces_devices_or_mg() -> None:
    tablets = Administration(dose=Decimal(250), dose_unit=DoseUnit.MG, pieces=Decimal("2.5"))
    device = Administration(dose=Decimal(28), dose_unit=DoseUnit.MG, device_number=2)
    plain = Administration(dose=Decimal(300), dose_unit=DoseUnit.MG)
    assert given_in(tablets, TAB, TABLET) == Fraction(5, 2)
    assert given_in(tablets, MG, TABLET) == 250
    assert given_in(device, DEVICE, Product()) == 1
    assert given_in(plain, TAB, TABLET) == 3
    assert given_in(plain, DEVICE, Product()) is None
    assert given_in(Administration(), MG, TABLET) is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(50, 3), "16.67"),
        (Fraction(38), "38"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-5, 2), "−2.5"),
        (Fraction(100), "100"),
        (Decimal("38.50"), "38.50"),
        (Decimal("1E+2"), "100"),
    ],
)
def test_amounts_read_as_people_write_them(amount: Fraction | Decimal, text: str) -> None:
    assert words(amount) == text


def test_rounding_goes_to_the_even_half() -> None:
    assert rounded(Fraction(1, 200)) == Decimal("0.00")
    assert rounded(Fraction(3, 200)) == Decimal("0.02")
    assert rounded(Fraction(50, 3), 0) == 17
    assert words(Fraction(50, 3), 0) == "17"

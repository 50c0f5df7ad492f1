"""Values as paper words them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Race, Sex
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import MONTHS, PartialDate
from exports import text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (NullFlavor.UNK, ""),
        (True, "Yes"),
        (False, "No"),
        (PartialDate(2026, 11, 6), "06-Nov-2026"),
        (PartialDate(2026, 11, 6, 10, 44, offset=-300), "06-Nov-2026"),
        (PartialDate(2026, 1), "Jan-2026 (day unknown)"),
        (PartialDate(2026), "2026 (month and day unknown)"),
        (Decimal("37.50"), "37.50"),
        (Decimal("1E+3"), "1000"),
        (7, "7"),
        (FormRoute.OROPHARINGEAL, "Oropharingeal"),
        ("plain", "plain"),
    ],
)
def test_a_value_is_printed_as_known_and_no_further(value: object, words: str) -> None:
    assert text.printed(value) == words


def test_every_month_has_its_three_letters() -> None:
    shown = [text.printed(PartialDate(2026, n, 1)) for n in range(1, 13)]
    assert shown == [f"01-{month}-2026" for month in MONTHS]


def test_codes_name_the_boxes_to_tick() -> None:
    assert text.codes(None) == text.codes(NullFlavor.ASKU) == text.codes(frozenset()) == frozenset()
    assert [text.codes(answer) for answer in (True, False)] == [{"yes"}, {"no"}]
    assert text.codes(Sex.FEMALE) == {"2"}
    assert text.codes(frozenset({Race.ASIAN, Race.WHITE})) == {"C41260", "C41261"}
    assert text.codes(3) == {"3"}


@pytest.mark.parametrize(
    ("value", "digits", "whole"),
    [("41", 3, True), ("999", 3, True), ("1000", 3, False), ("0.5", 6, False), ("-1", 3, False)],
)
def test_a_cell_of_digits_takes_no_point_and_no_sign(value: str, digits: int, whole: bool) -> None:
    assert text.is_whole(Decimal(value), digits) is whole


@pytest.mark.parametrize(
    ("dose", "unit", "words"),
    [
        ("37.5", DoseUnit.MG, "37500 MICROGRAM(S) - UGM"),
        ("0.5", DoseUnit.MG_KG, "500 MICROGRAM(S)/KILOGRAM(S) - UGM/KG"),
        ("0.0000005", DoseUnit.GM, "500 NANOGRAM(S) - NGM"),
        ("1234.5", DoseUnit.MG, ""),  # too many digits
        ("0.5", DoseUnit.DF, ""),  # nothing smaller
        ("0.5", None, ""),
    ],
)
def test_a_decimal_dose_is_offered_in_a_smaller_unit_only_if_exact(
    dose: str, unit: DoseUnit | None, words: str
) -> None:
    assert text.in_smaller_unit(Decimal(dose), unit, 6) == words

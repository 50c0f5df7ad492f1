"""Units of files: converted in decimals, by published factors, and only where they fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.vitals.intake.numbers import json_number, plain_number
from aeapp.domain.vitals.intake.units import UNITS, USUAL, own_unit, unit_for, unit_named

Kind = ObservationKind


@pytest.mark.parametrize(
    ("kind", "unit", "number", "result"),
    [
        (Kind.TEMPERATURE, "[degF]", "98.6", "37"),
        (Kind.TEMPERATURE, "degF", "98.7", "37.06"),
        (Kind.TEMPERATURE, "266560", "100.4", "38"),
        (Kind.TEMPERATURE, "Cel", "36.60", "36.60"),
        (Kind.BLOOD_PRESSURE, "kPa", "16.0", "120"),
        (Kind.BLOOD_PRESSURE, "kPa", "17.1", "128.3"),
        (Kind.BLOOD_PRESSURE, "MDC_DIM_KILO_PASCAL", "10.1", "75.8"),
        (Kind.BLOOD_PRESSURE, "mm[Hg]", "120.0", "120.0"),
        (Kind.WEIGHT, "lb", "154.3", "69.99"),
        (Kind.WEIGHT, "g", "70125", "70.125"),
        (Kind.OXYGEN_SATURATION, "fraction", "0.97", "97"),
        (Kind.OXYGEN_SATURATION, "1", "1", "100"),
        (Kind.OXYGEN_SATURATION, "{fraction}", "0.9755", "97.55"),
        (Kind.HEART_RATE, "count/min", "71.50", "71.50"),
        (Kind.RESPIRATORY_RATE, "264928", "14", "14"),
    ],
)
def test_a_number_is_converted_to_the_unit_of_readings(
    kind: ObservationKind, unit: str, number: str, result: str
) -> None:
    found = unit_for(kind, unit)

    assert found is not None
    assert str(found.convert(Decimal(number))) == result
    assert found.becomes is USUAL[kind]


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        (Kind.HEART_RATE, "%"),
        (Kind.TEMPERATURE, "mmHg"),
        (Kind.END_TIDAL_CO2, "%"),
        (Kind.WEIGHT, "stone"),
        (Kind.LABORATORY, "kg"),
        (Kind.OXYGEN_SATURATION, ""),
    ],
)
def test_a_unit_of_something_else_is_none(kind: ObservationKind, unit: str) -> None:
    assert unit_for(kind, unit) is None


def test_no_spelling_means_two_units() -> None:
    names = [name.casefold() for u in UNITS for name in (u.ucum, *u.spelt)]

    assert len(names) == len(set(names))
    assert unit_named(" MMHG ") is unit_named("mm[Hg]")


def test_every_quantity_has_a_unit_of_its_own() -> None:
    assert {kind: own_unit(kind).becomes for kind in USUAL} == USUAL
    assert not any(own_unit(kind).converts for kind in USUAL)
    assert {unit.becomes for unit in UNITS} <= set(ReadingUnit)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62.80", "62.80"),
        ("0", "0"),
        ("-1", None),
        ("1e2", None),
        ("", None),
        ("٩٧", None),
        ("1234567", None),
    ],
)
def test_a_plain_number_has_digits_and_a_point(text: str, number: str | None) -> None:
    found = plain_number(text)

    assert (None if found is None else str(found)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("97.50", "97.50"),
        ("7.1e1", "71"),
        ("-1.5", "-1.5"),
        ("1E-2", "0.01"),
        ("1e99", None),
        ("NaN", None),
        ("Infinity", None),
        ("9" * 7, None),
    ],
)
def test_a_number_of_json_is_written_out(text: str, number: str | None) -> None:
    found = json_number(text)

    assert (None if found is None else str(found)) == number

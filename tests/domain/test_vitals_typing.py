"""What keys typed into a row of readings mean."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.domain.vitals.typing import (
    COLUMNS,
    PRESSURE,
    USUAL,
    doubt_of,
    flag_of,
    parse_number,
    parse_pressure,
    read_cell,
    read_row,
    shown,
)
from aeapp.kernel.errors import BadInputError

BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
SPO2, RR = ObservationKind.OXYGEN_SATURATION, ObservationKind.RESPIRATORY_RATE
TEMP, CO2 = ObservationKind.TEMPERATURE, ObservationKind.END_TIDAL_CO2
MOAAS, CADSS = ObservationKind.MOAA_S, ObservationKind.CADSS_6
PAIN, NAUSEA = ObservationKind.PAIN, ObservationKind.NAUSEA
BY_KIND = {column.kind: column for column in COLUMNS}


@pytest.mark.parametrize(
    "text", ["142/88", "142 88", "142,88", " 142 / 88 ", "142  88", "142, 88", "142 /88"]
)
def test_slash_space_and_comma_all_split_a_pressure(text: str) -> None:
    assert parse_pressure(text) == (Decimal(142), Decimal(88))


@pytest.mark.parametrize(
    "text",
    ["", "142", "142/", "/88", "14288", "142//88", "142/88/60", "1420/88", "142/880x", "142.5/88",
     "-142/88", "142-88", "\uff11\uff14\uff12/\uff18\uff18", "142\n88"],
)  # fmt: skip
def test_other_shapes_are_no_pressure(text: str) -> None:
    with pytest.raises(BadInputError, match=r"both numbers of the pressure, such as 142/88\."):
        parse_pressure(text)


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from("/ ,"))
def test_every_pair_of_numbers_is_read_as_typed(upper: int, lower: int, split: str) -> None:
    assert parse_pressure(f"{upper}{split}{lower}") == (Decimal(upper), Decimal(lower))


@pytest.mark.parametrize(
    ("text", "digits"),
    [("96", "96"), ("36.8", "36.8"), ("36,8", "36.8"), (" 7 ", "7"), ("36.80", "36.80")],
)
def test_a_number_keeps_its_digits(text: str, digits: str) -> None:
    assert str(parse_number(text)) == digits


@pytest.mark.parametrize("text", ["", "9x", "-9", "1234", "36.", ".8", "36.812", "9 6", "\u0669"])
def test_other_shapes_are_no_number(text: str) -> None:
    with pytest.raises(BadInputError, match="Type a number, such as 96"):
        parse_number(text)


def test_a_cell_becomes_a_reading_with_its_unit() -> None:
    pressure = read_cell(PRESSURE, "142/88")
    rate = read_cell(BY_KIND[HR], "96")
    assert pressure == Observation(
        kind=BP, systolic=Decimal(142), diastolic=Decimal(88), unit=ReadingUnit.MMHG
    )
    assert rate == Observation(kind=HR, value=Decimal(96), unit=ReadingUnit.PER_MINUTE)


def test_an_empty_cell_is_no_reading() -> None:
    assert read_cell(PRESSURE, "  ") is None


def test_a_row_keeps_what_can_be_read_and_names_the_rest() -> None:
    row = read_row({BP: "142", HR: "96", SPO2: "", RR: "16", TEMP: "99"}, COLUMNS)
    assert [(r.kind, r.value) for r in row.readings] == [
        (HR, Decimal(96)),
        (RR, Decimal(16)),
        (TEMP, Decimal(99)),
    ]
    assert row.unread == {BP: "Type both numbers of the pressure, such as 142/88."}
    assert row.doubts == {TEMP: "Expected 25 to 45; is this right?"}


@pytest.mark.parametrize(
    ("kind", "text", "doubtful"),
    [
        (BP, "88/88", True), (BP, "88/142", True), (BP, "89/88", False), (BP, "19/11", True),
        (BP, "321/90", True), (BP, "300/90", False), (BP, "301/90", True), (BP, "40/20", False),
        (BP, "39/20", True), (BP, "90/9", True), (BP, "210/201", True), (BP, "14/88", True),
        (HR, "19", True), (HR, "20", False), (HR, "300", False), (HR, "301", True),
        (SPO2, "100", False), (SPO2, "101", True), (SPO2, "49", True), (SPO2, "50", False),
        (RR, "3", True), (RR, "4", False), (RR, "70", False), (RR, "71", True),
        (TEMP, "25", False), (TEMP, "24.9", True), (TEMP, "45", False), (TEMP, "45.1", True),
        (CO2, "5", False), (CO2, "4", True), (CO2, "130", False), (CO2, "131", True),
        (MOAAS, "0", False), (MOAAS, "5", False), (MOAAS, "6", True), (MOAAS, "4.5", True),
        (CADSS, "24", False), (CADSS, "25", True), (PAIN, "10", False), (PAIN, "11", True),
        (NAUSEA, "10", False), (NAUSEA, "0.5", True),
    ],
)  # fmt: skip
def test_what_no_adult_has_is_doubted(kind: ObservationKind, text: str, doubtful: bool) -> None:
    reading = read_cell(BY_KIND[kind], text)
    assert reading is not None
    assert bool(doubt_of(reading, BY_KIND[kind])) is doubtful


def test_a_pressure_upside_down_is_named_before_its_numbers() -> None:
    reading = read_cell(PRESSURE, "14/88")
    assert reading is not None
    assert doubt_of(reading, PRESSURE) == "The upper pressure is not above the lower one."


def test_a_pressure_out_of_range_says_the_range() -> None:
    reading = read_cell(PRESSURE, "350/90")
    assert reading is not None
    assert doubt_of(reading, PRESSURE) == "Expected 20 to 320 mmHg."


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (BP, "180/110", ""), (BP, "181/90", "over 180"), (BP, "140/111", "over 110"),
        (BP, "89/60", "under 90"), (BP, "90/60", ""), (HR, "44", "under 45"), (HR, "45", ""),
        (HR, "131", "over 130"), (SPO2, "91", "under 92"), (SPO2, "92", ""), (RR, "7", "under 8"),
        (TEMP, "41", ""),
    ],
)  # fmt: skip
def test_a_flag_says_which_limit(kind: ObservationKind, text: str, words: str) -> None:
    reading = read_cell(BY_KIND[kind], text)
    assert reading is not None
    assert flag_of(reading) == words


def test_a_reading_is_shown_with_question_marks_for_what_is_not_known() -> None:
    assert shown(Observation(kind=BP, systolic=Decimal(142), diastolic=Decimal(88))) == "142/88"
    assert shown(Observation(kind=BP, systolic=Decimal(142), diastolic=NullFlavor.UNK)) == "142/?"
    assert shown(Observation(kind=HR)) == "?"
    assert shown(Observation(kind=TEMP, value=Decimal("36.8"))) == "36.8"


def test_half_points_are_doubted_as_such_and_points_have_no_unit_above_the_column() -> None:
    half = read_cell(BY_KIND[MOAAS], "4.5")
    assert half is not None
    assert doubt_of(half, BY_KIND[MOAAS]) == "Expected a whole number; is this right?"
    assert [BY_KIND[kind].title for kind in (BP, MOAAS)] == ["BP mmHg", "MOAA/S"]
    assert [c.kind for c in COLUMNS if c.kind in USUAL] == [BP, HR, SPO2, RR, MOAAS, CADSS]

"""Readings arranged by time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource, ObservationStatus
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import (
    flags_of,
    latest,
    minute_words,
    minutes_between,
    offset_words,
    rows_of,
    weight_of,
)
from aeapp.domain.vitals.typing import COLUMNS

BP, HR, WEIGHT = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE, ObservationKind.WEIGHT
STRUCK = ObservationStatus.STRUCK


def at(minute: int, hour: int = 14, offset: int | None = -300) -> PartialDate:
    return PartialDate(2026, 11, 23, hour, minute, None, offset)


def rate(value: int, when: PartialDate | NullFlavor | None, **changes: object) -> Observation:
    return Observation(kind=HR, value=Decimal(value), at=when, **changes)


@pytest.mark.parametrize(
    ("zero", "when", "minutes"),
    [(at(0), at(45), 45), (at(30), at(0), -30), (at(0), at(0, 20, 0), 60), (at(0), at(0), 0)],
)
def test_minutes_are_counted_across_offsets(
    zero: PartialDate, when: PartialDate, minutes: int
) -> None:
    assert minutes_between(zero, when) == minutes


def test_a_day_has_no_minutes() -> None:
    assert minutes_between(at(0), PartialDate(2026, 11, 23)) is None
    assert minutes_between(PartialDate(2026, 11, 23), at(0)) is None


@pytest.mark.parametrize(
    ("zero", "when", "words"),
    [(at(0), at(45), "T+45"), (at(0), at(0), "T+0"), (at(10), at(5), "T−5"), (None, at(5), ""),
     (at(0), None, ""), (at(0), PartialDate(2026), "")],
)  # fmt: skip
def test_a_minute_is_worded_from_the_dose(
    zero: PartialDate | None, when: PartialDate | None, words: str
) -> None:
    assert minute_words(zero, when) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1439, "T+1439"), (1440, "T+1d 00:00"), (121_797, "T+84d 13:57"), (-1505, "T−1d 01:05")],
)
def test_a_day_or_more_from_the_dose_is_told_in_days(minutes: int, words: str) -> None:
    assert offset_words(minutes) == words


def test_readings_of_one_minute_stand_in_one_row_in_time_order() -> None:
    pressure = Observation(kind=BP, systolic=Decimal(142), diastolic=Decimal(88), at=at(45))
    late, early = rate(96, at(45)), rate(72, at(0))
    rows = rows_of([late, pressure, early], COLUMNS, None)
    assert [dict(row.cells) for row in rows] == [{HR: early}, {HR: late, BP: pressure}]
    assert [row.at for row in rows] == [at(0), at(45)]


def test_two_readings_of_one_quantity_at_one_minute_make_two_rows() -> None:
    struck, again = rate(9, at(45), status=STRUCK), rate(96, at(45))
    assert [row.cells[HR] for row in rows_of([struck, again], COLUMNS, None)] == [struck, again]


def pressure(when: PartialDate, **changes: object) -> Observation:
    return Observation(kind=BP, systolic=Decimal(142), diastolic=Decimal(88), at=when, **changes)


@pytest.mark.parametrize("source", [None, ObservationSource.MONITOR])
def test_a_row_stays_whole_beside_another_reading_of_its_minute(
    source: ObservationSource | None,
) -> None:
    there, typed = rate(90, at(45), source=source), [pressure(at(45)), rate(96, at(45))]
    rows = rows_of([there, *typed], COLUMNS, None)
    assert [list(row.cells.values()) for row in rows] == [[there], typed]


def test_readings_of_one_minute_that_do_not_meet_share_a_row_from_wherever_they_come() -> None:
    there = rate(90, at(45), source=ObservationSource.MONITOR)
    (row,) = rows_of([there, pressure(at(45))], COLUMNS, None)
    assert row.cells == {BP: pressure(at(45)), HR: there}


def test_readings_without_a_time_come_first_and_other_quantities_not_at_all() -> None:
    undated = rate(80, NullFlavor.UNK)
    weight = Observation(kind=WEIGHT, value=Decimal(70), at=at(0))
    (row,) = rows_of([weight, undated], COLUMNS, at(0))
    assert (row.at, row.minute, dict(row.cells)) == (None, "", {HR: undated})


def test_the_last_row_up_to_the_dose_is_the_baseline() -> None:
    readings = [rate(70, at(30)), rate(71, at(40)), rate(90, at(55))]
    assert [row.minute for row in rows_of(readings, COLUMNS, at(40))] == [
        "T−10",
        "Baseline",
        "T+15",
    ]


def test_rows_after_the_dose_make_no_baseline() -> None:
    (row,) = rows_of([rate(90, at(55))], COLUMNS, at(40))
    assert row.minute == "T+15"


def test_the_latest_reading_that_counts_is_the_ghost() -> None:
    kept, struck = rate(80, at(10)), rate(9, at(20), status=STRUCK)
    readings = [struck, kept, rate(70, at(5)), rate(60, None), Observation(at=at(30))]
    assert latest(readings) == {HR: kept}


def test_flags_are_named_by_quantity_and_not_for_what_was_struck() -> None:
    pressure = Observation(kind=BP, systolic=Decimal(182), diastolic=Decimal(88), at=at(45))
    struck = rate(140, at(45), status=STRUCK)
    (row,) = rows_of([pressure, struck], COLUMNS, None)
    assert flags_of(row, COLUMNS) == {BP: "over 180"}


def test_the_weight_is_the_last_that_counts() -> None:
    first = Observation(kind=WEIGHT, value=Decimal("76.4"), at=at(0))
    wrong = Observation(kind=WEIGHT, value=Decimal(764), at=at(1), status=STRUCK)
    assert weight_of([first, wrong]) == Decimal("76.4")
    assert weight_of([]) is None
    assert weight_of([Observation(kind=WEIGHT, value=NullFlavor.UNK, at=at(2))]) is None

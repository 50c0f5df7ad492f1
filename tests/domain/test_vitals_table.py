"""Item B6: which readings stand on the form, and how they are worded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals import table
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, PLAUSIBLE, beyond
from aeapp.domain.vitals.typing import COLUMNS
from tests.factories import day, records

LABORATORY = ObservationKind.LABORATORY


def bp(systolic: int, diastolic: int, at: str | None, **parts: object) -> Observation:
    return Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(systolic),
        diastolic=Decimal(diastolic),
        unit=ReadingUnit.MMHG,
        at=day(f"2026-11-16T{at}-06:00") if at else None,
        **parts,  # type: ignore[arg-type]
    )


def hr(value: int, at: str, **parts: object) -> Observation:
    return Observation(
        kind=ObservationKind.HEART_RATE,
        value=Decimal(value),
        unit=ReadingUnit.PER_MINUTE,
        at=day(f"2026-11-16T{at}-06:00"),
        **parts,  # type: ignore[arg-type]
    )


def texts(*readings: Observation, dose_at: PartialDate | None = None) -> list[str]:
    return [row.text or "" for row in table.rows(readings, dose_at)]


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (bp(142, 88, None), "BP 142/88 mmHg"),
        (
            replace(bp(1, 1, None), systolic=None, diastolic=None, mean=Decimal(75)),
            "BP mean 75 mmHg",
        ),
        (replace(bp(142, 88, None), mean=Decimal(101)), "BP 142/88 (mean 101) mmHg"),
        (replace(bp(142, 88, None), diastolic=NullFlavor.UNK), "BP 142/? mmHg"),
        (replace(bp(142, 88, None), systolic=None), "BP ?/88 mmHg"),
        (replace(bp(142, 88, None), systolic=None, diastolic=None, result="high"), "BP high"),
        (hr(70, "10:00"), "HR 70 /min"),
        (
            replace(hr(11, "10:00"), status=ObservationStatus.QUESTIONED),
            "HR 11 /min (to be looked at)",
        ),
        (replace(hr(70, "10:00"), value=NullFlavor.UNK), "HR"),
        (
            Observation(kind=ObservationKind.LABORATORY, test_name="MRI", result="normal"),
            "MRI normal",
        ),
        (Observation(value=Decimal("0.90"), test_name="Creatinine"), "Creatinine 0.90"),
        (Observation(), ""),
    ],
)
def test_a_reading_is_worded_and_what_is_not_known_is_a_question_mark(
    reading: Observation, words: str
) -> None:
    assert table.worded(reading) == words


def test_readings_of_one_time_stand_in_one_row_in_the_usual_order() -> None:
    assert texts(hr(70, "10:00"), bp(118, 74, "10:00"), hr(82, "10:40")) == [
        "10:00 BP 118/74, HR 70",
        "10:40 HR 82",
    ]


def test_two_readings_of_one_kind_name_their_source() -> None:
    ecg = hr(70, "10:00", source=ObservationSource.ECG)
    pulse = hr(71, "10:00", source=ObservationSource.OXIMETER)
    plain = hr(72, "10:00")

    assert texts(ecg, pulse, plain) == ["10:00 HR 70 (ECG monitor), HR 71 (Oximeter), HR 72"]


def test_artefacts_struck_readings_and_weights_are_no_evidence() -> None:
    weight = Observation(kind=ObservationKind.WEIGHT, value=Decimal(70))

    assert texts(
        hr(11, "10:00", status=ObservationStatus.ARTEFACT),
        hr(12, "10:01", status=ObservationStatus.STRUCK),
        hr(13, "10:02", status=ObservationStatus.QUESTIONED),
        weight,
    ) == ["10:02 HR 13 (to be looked at)"]


def test_baseline_peak_what_is_beyond_a_limit_and_the_last_stand_on_the_form() -> None:
    readings = [
        bp(110, 70, "09:30"),
        bp(118, 74, "09:55"),
        bp(120, 75, "10:05"),
        bp(150, 90, "10:20"),
        bp(150, 91, "10:25"),
        hr(131, "10:30"),
        bp(121, 76, "10:35"),
        bp(122, 77, "10:40"),
    ]

    rows = table.rows(readings, day("2026-11-16T10:00-06:00"))

    assert [(row.text or "")[:5] for row in rows if row.shown] == [
        "09:55",
        "10:20",
        "10:30",
        "10:40",
    ]
    assert len(rows) == len(readings)


def test_without_a_dose_or_a_reading_before_it_the_first_row_is_the_baseline() -> None:
    readings = [hr(70, "10:00"), hr(71, "10:10"), hr(72, "10:20")]

    def shown(dose_at: PartialDate | None) -> list[bool]:
        return [row.shown for row in table.rows(readings, dose_at)]

    assert shown(None) == [True, False, True]
    assert shown(day("2026-11-16T09:00-06:00")) == [True, False, True]
    assert shown(day("2026-11-16T10:10-06:00")) == [False, True, True]


def test_readings_of_a_day_without_times_keep_their_order_and_their_remark() -> None:
    def untimed(value: int, note: str | None) -> Observation:
        return replace(hr(value, "10:00"), at=day("2026-11-16"), note=note)

    rows = table.rows(
        [untimed(70, "before"), untimed(90, "after"), untimed(71, "before"), untimed(60, None)],
        day("2026-11-16T10:00-06:00"),
    )

    assert [row.text for row in rows] == [
        "before: HR 70, HR 71",
        "after: HR 90",
        "HR 60",
    ]
    assert rows[0].shown


def test_the_note_of_a_timed_reading_is_not_its_time() -> None:
    assert texts(hr(70, "10:00", note="restless")) == ["10:00 HR 70"]


def test_a_laboratory_row_names_its_clock_and_its_note() -> None:
    reading = Observation(
        kind=LABORATORY,
        test_name="Troponin",
        result="9 ng/L",
        note="hemolysed",
        at=day("2026-11-05T10:00-05:00"),
    )

    [row] = table.rows([reading], None)

    assert row.text == "10:00 Troponin 9 ng/L (hemolysed)"


def test_a_laboratory_row_has_its_range_and_always_shows() -> None:
    test = Observation(
        kind=ObservationKind.LABORATORY,
        test_name="Creatinine",
        result="0.9 mg/dL",
        low="0.6",
        high="1.1",
        at=day("2026-07-31"),
    )

    [row] = table.rows([test], None)

    assert (row.text, row.low, row.high, row.at, row.shown) == (
        "Creatinine 0.9 mg/dL",
        "0.6",
        "1.1",
        day("2026-07-31"),
        True,
    )


def test_a_reading_whose_time_is_not_known_comes_first() -> None:
    assert texts(hr(70, "10:00"), bp(118, 74, None)) == ["BP 118/74", "10:00 HR 70"]
    assert table.rows([], None) == ()


def test_an_unknown_pressure_is_no_peak() -> None:
    unknown = replace(bp(1, 1, "10:10"), systolic=NullFlavor.UNK, diastolic=NullFlavor.UNK)

    rows = table.rows([hr(70, "10:00"), unknown, hr(71, "10:20")], None)

    assert [row.shown for row in rows] == [True, False, True]


@given(st.lists(records(Observation), max_size=8))
def test_every_reading_that_counts_is_in_some_row(readings: list[Observation]) -> None:
    rows = table.rows(readings, None)

    joined = "\n".join(row.text or "" for row in rows)
    for reading in readings:
        if table.counts(reading) and reading.kind is not ObservationKind.WEIGHT:
            assert table.worded(reading, short=True) in joined


@pytest.mark.parametrize(
    ("reading", "parts"),
    [
        (bp(181, 80, None), ["systolic"]),
        (bp(180, 110, None), []),
        (bp(89, 111, None), ["systolic", "diastolic"]),
        (hr(44, "10:00"), ["value"]),
        (hr(45, "10:00"), []),
        (hr(130, "10:00"), []),
        (hr(131, "10:00"), ["value"]),
        (replace(hr(1, "10:00"), value=NullFlavor.UNK), []),
    ],
)
def test_limits_are_inclusive(reading: Observation, parts: list[str]) -> None:
    assert [limit.part for limit in beyond(reading)] == parts


def test_every_limit_names_its_source_and_plausible_ranges_hold_the_limits() -> None:
    assert all(limit.source for limit in (*DEFAULT_LIMITS, *PLAUSIBLE))
    scales = {column.kind for column in COLUMNS if column.whole}
    for limit in (limit for limit in DEFAULT_LIMITS if limit.kind not in scales):
        [range_] = [p for p in PLAUSIBLE if (p.kind, p.part) == (limit.kind, limit.part)]
        for edge in (limit.low, limit.high):
            assert edge is None or range_.low <= edge <= range_.high  # type: ignore[operator]


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (bp(142, 88, None), "BP 142/88"),
        (hr(70, "10:00"), "HR 70"),
        (replace(hr(70, "10:00"), unit=None), "HR 70"),
        (replace(hr(98, "10:00"), kind=ObservationKind.OXYGEN_SATURATION), "SpO2 98 /min"),
        (replace(hr(70, "10:00"), unit=ReadingUnit.PERCENT), "HR 70 %"),
        (replace(hr(4, "10:00"), kind=ObservationKind.MOAA_S, unit=ReadingUnit.SCORE), "MOAA/S 4"),
    ],
)
def test_only_the_usual_units_are_left_out_and_the_legend_names_them(
    reading: Observation, words: str
) -> None:
    assert table.worded(reading, short=True) == words
    assert all(table.SHORT[kind] in table.LEGEND for kind in table.LEFT_OUT)


def test_a_reading_that_says_nothing_yet_has_a_row_without_a_text() -> None:
    assert [row.text for row in table.rows([Observation()], None)] == [None]

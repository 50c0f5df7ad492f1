"""A monitor's table: zeros are no readings, doubts are kept, and a broken row refuses the file."""

from __future__ import annotations

import contextlib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.records import Observation
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.vitals.csv_numerics import COLUMNS, parse
from aeapp.domain.vitals.intake.gathering import Parsed

CHICAGO = ZoneInfo("America/Chicago")
HEADER = "Time,HR,ABPSys,ABPDias,ABPMean,PULSE,RESP,SpO2,NBPSys,NBPDias,NBPMean"
REAL = Path(__file__).parents[3] / "shared" / "data" / "vitals" / "icu-numerics-1min-s00001.csv"


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def read(*rows: str, header: str = HEADER, zone: ZoneInfo = CHICAGO) -> Parsed:
    return parse(table(*rows, header=header), zone=zone)


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(ImportRejected) as refusal:
        parse(text, zone=CHICAGO)
    return [problem.text for problem in refusal.value.problems]


def words(reading: Observation) -> tuple[str, ...]:
    """Return what a reading says, short."""
    kind = reading.kind.value if reading.kind else ""
    numbers = (reading.systolic, reading.diastolic, reading.mean, reading.value)
    return (kind, reading.source or "", *(str(n) for n in numbers if n is not None))


# ------------------------------------------------------------------ the real file


@pytest.fixture(scope="module")
def real() -> Parsed:
    if not REAL.is_file():
        pytest.skip("the recorded monitor file is not beside the repository")
    return parse(REAL.read_bytes(), zone=CHICAGO, session_id="s", patient_id="p", device="monitor")


def test_the_real_file_is_counted_row_by_row(real: Parsed) -> None:
    assert (real.rows, real.kept, real.skipped, real.questioned) == (1936, 1896, 40, 2)


def test_the_real_file_gives_these_readings(real: Parsed) -> None:
    found = Counter((r.kind, r.source, r.status) for r in real.observations)

    kind, source, status = ObservationKind, ObservationSource, ObservationStatus
    assert found == {
        (kind.HEART_RATE, source.ECG, status.VALID): 1889,
        (kind.HEART_RATE, source.ECG, status.QUESTIONED): 1,
        (kind.HEART_RATE, source.OXIMETER, status.VALID): 1573,
        (kind.OXYGEN_SATURATION, source.OXIMETER, status.VALID): 1573,
        (kind.RESPIRATORY_RATE, source.MONITOR, status.VALID): 1890,
        (kind.RESPIRATORY_RATE, source.MONITOR, status.QUESTIONED): 1,
        (kind.BLOOD_PRESSURE, source.CUFF, status.VALID): 152,
        (kind.BLOOD_PRESSURE, source.ARTERIAL, status.VALID): 7,
    }
    assert len(real.observations) == 7086


def test_no_reading_of_the_real_file_is_zero(real: Parsed) -> None:
    numbers = [
        n
        for r in real.observations
        for n in (r.value, r.systolic, r.diastolic, r.mean)
        if n is not None
    ]

    assert all(n > 0 for n in numbers)
    pressures = [r for r in real.observations if r.kind is ObservationKind.BLOOD_PRESSURE]
    assert all(r.systolic and r.diastolic for r in pressures)


def test_the_lowest_heart_rate_of_the_real_file_is_kept_and_asked_about(real: Parsed) -> None:
    asked = [r for r in real.observations if r.status is ObservationStatus.QUESTIONED]

    assert sorted(str(r.value) for r in asked) == ["11.5", "2.0"]
    assert all((r.status_reason or "").startswith("Outside what is plausible") for r in asked)


def test_the_real_file_leaves_out_one_arterial_pressure_and_says_so(real: Parsed) -> None:
    assert real.notes == (
        "line 1925: No signal in ABPSys and ABPDias, so the pressure of this row was left out.",
    )


def test_times_of_the_real_file_are_read_in_the_clinics_zone(real: Parsed) -> None:
    first, last = real.observations[0], real.observations[-1]

    assert first.at is not None
    assert first.at.iso() == "2024-10-10T00:31:25-05:00"
    assert last.at.iso() == "2024-10-11T08:45:25-05:00"
    assert {(r.session_id, r.patient_id, r.device) for r in real.observations} == {
        ("s", "p", "monitor")
    }


# ------------------------------------------------------------------ rows


def test_every_quantity_keeps_its_source_unit_and_digits() -> None:
    parsed = read("2026-03-02 10:00:25,62.80,129.3,59.3,76.0,63,12.7,97.0,120.0,72.0,89.0")

    assert [words(r) for r in parsed.observations] == [
        ("hr", "ecg", "62.80"),
        ("bp", "arterial", "129.3", "59.3", "76.0"),
        ("hr", "oximeter", "63"),
        ("rr", "monitor", "12.7"),
        ("spo2", "oximeter", "97.0"),
        ("bp", "cuff", "120.0", "72.0", "89.0"),
    ]
    assert [r.unit for r in parsed.observations] == [
        ReadingUnit.PER_MINUTE,
        ReadingUnit.MMHG,
        ReadingUnit.PER_MINUTE,
        ReadingUnit.PER_MINUTE,
        ReadingUnit.PERCENT,
        ReadingUnit.MMHG,
    ]
    assert {r.status for r in parsed.observations} == {ObservationStatus.VALID}
    assert parsed.notes == ()


def test_zero_and_empty_are_no_signal() -> None:
    parsed = read(
        "2026-03-02 10:00:00,0.0,0,0,0,0,0.00,0,,,",
        "2026-03-02 10:01:00,,,,,,,,,,",
        "2026-03-02 10:02:00,60,0,0,0,0,0,0,,,",
    )

    assert (parsed.rows, parsed.kept, parsed.skipped, parsed.questioned) == (3, 1, 2, 0)
    assert [words(r) for r in parsed.observations] == [("hr", "ecg", "60")]


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ("150,0,90", "NBPDias"),
        ("0,90,90", "NBPSys"),
        ("150,,", "NBPDias"),
        ("0,0,90", "NBPSys and NBPDias"),
    ],
)
def test_half_a_pressure_is_left_out_and_noted(cells: str, named: str) -> None:
    parsed = read(f"2026-03-02 10:00:00,60,,,,,,,{cells}")

    assert [words(r) for r in parsed.observations] == [("hr", "ecg", "60")]
    empty = cells == "150,,"
    assert parsed.notes == (
        f"line 2: No {named} stands beside it at this time, so this pressure was left out."
        if empty
        else f"line 2: No signal in {named}, so the pressure of this row was left out.",
    )


def test_a_pressure_without_its_mean_is_a_pressure() -> None:
    parsed = read("2026-03-02 10:00:00,,,,,,,,120,70,0")

    assert [words(r) for r in parsed.observations] == [("bp", "cuff", "120", "70")]


@pytest.mark.parametrize(
    ("column", "value", "questioned"),
    [
        ("HR", "19.9", True),
        ("HR", "20", False),
        ("HR", "300", False),
        ("HR", "300.1", True),
        ("PULSE", "11.5", True),
        ("RESP", "3.9", True),
        ("RESP", "4", False),
        ("RESP", "70.5", True),
        ("SpO2", "49", True),
        ("SpO2", "50", False),
        ("SpO2", "0.97", True),
        ("SpO2", "101", True),
    ],
)
def test_what_no_living_adult_has_is_kept_and_asked_about(
    column: str, value: str, questioned: bool
) -> None:
    parsed = read(f"2026-03-02 10:00:00,{value}", header=f"Time,{column}")

    [reading] = parsed.observations
    assert reading.value == Decimal(value)
    assert (reading.status is ObservationStatus.QUESTIONED) is questioned
    assert bool(reading.status_reason) is questioned
    assert parsed.questioned == questioned


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("301,80,100", "Outside what is plausible: systolic 40 to 300 mmHg."),
        ("120,201,", "Outside what is plausible: diastolic 20 to 200 mmHg."),
        ("120,80,251", "Outside what is plausible: mean 25 to 250 mmHg."),
        ("80,80,", "The systolic pressure is not above the diastolic one."),
        ("120,80,121", "The mean pressure is above the systolic one."),
        ("120,80,79", "The mean pressure is below the diastolic one."),
        ("120,80,90", None),
    ],
)
def test_a_pressure_that_cannot_be_is_kept_and_asked_about(cells: str, reason: str | None) -> None:
    [reading] = read(f"2026-03-02 10:00:00,,,,,,,,{cells}").observations

    assert reading.status_reason == reason


# ------------------------------------------------------------------ layouts


@pytest.mark.parametrize(
    "text",
    [
        "Time,HR,SpO2\n2026-03-02 10:00:00,62.5,97\n",
        "SpO2,Time,HR\n97,2026-03-02 10:00:00,62.5\n",
        "Time;HR;SpO2\r\n2026-03-02 10:00:00;62,5;97\r\n",
        "Time;HR;SpO2\r\n2026-03-02 10:00:00;62.5;97\r\n",
        "Time\tHR\tSpO2\r2026-03-02T10:00:00\t62.5\t97\r",
        "\ufeffTime, HR, SpO2\n2026-03-02 10:00:00, 62.5, 97\n\n\n",
        '"time","hr","spo2"\n"2026-03-02 10:00:00.000","62.5","97"\n',
        "TIME,Hr,SPO2\n2026-03-02 10:00:00,62.5,97",
    ],
)
def test_any_order_separator_and_line_end_is_read(text: str) -> None:
    as_text = parse(text, zone=CHICAGO)

    assert sorted(words(r) for r in as_text.observations) == [
        ("hr", "ecg", "62.5"),
        ("spo2", "oximeter", "97"),
    ]
    assert as_text.rows == 1
    assert parse(text.encode("utf-8"), zone=CHICAGO).observations == as_text.observations


def test_a_time_without_seconds_stays_without_them() -> None:
    [reading] = read("2026-03-02 10:00,60", header="Time,HR").observations
    [other] = read("2026-03-02 10:00:00,60", header="Time,HR").observations

    assert reading.at is not None
    assert reading.at.iso() == "2026-03-02T10:00-06:00"
    assert other.at.iso() == "2026-03-02T10:00:00-06:00"


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("", "there is no column Time"),
        ("MSH|^~\\&|Quokka", "there is no column Time"),
        ("Time", "The file has no column of readings."),
        ("Time,HR,Temp", 'The layout has no column "Temp".'),
        ("Time,HR,hr", 'The column "HR" stands there twice.'),
        ("Time,ABPSys", "The column ABPDias is missing."),
        ("Time,NBPMean", "The column NBPDias is missing."),
        ("Time,HR,", 'The layout has no column "".'),
    ],
)
def test_another_layout_is_refused(header: str, sentence: str) -> None:
    found = refused(header + "\n2026-03-02 10:00:00,60\n")

    assert any(sentence in text for text in found)
    assert all(text.startswith("line 1: ") for text in found)
    assert not any("Quokka" in text for text in found)


def test_a_header_without_rows_is_refused() -> None:
    assert refused(HEADER + "\n") == ["The file holds no rows below its header."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2026-03-02 10:00:00,60", "line 3: The row has 2 cells, the header has 3."),
        ("2026-03-02 10:00:00,60,97,5", "line 3: The row has 4 cells, the header has 3."),
        ("yesterday,60,97", "line 3: The time is not written like 2026-11-16 10:44:00."),
        ("10/02/2026 10:00,60,97", "line 3: The time is not written like 2026-11-16 10:44:00."),
        ("2026-03-02 10:00:00-06:00,60,97", "line 3: The time is not written like"),
        ("2026-03-02 10:00:00.5,60,97", "line 3: The time is not written like"),
        (",60,97", "line 3: The time is not written like 2026-11-16 10:44:00."),
        ("2026-02-31 10:00:00,60,97", "line 3: No calendar and no clock has this time."),
        ("2026-03-02 24:00:00,60,97", "line 3: No calendar and no clock has this time."),
        ("1969-12-31 10:00:00,60,97", "line 3: The year is not from 1970 to 2199."),
        ("2026-03-02 10:00:00,sixty,97", "line 3: The cell of HR holds no number"),
        ("2026-03-02 10:00:00,-60,97", "line 3: The cell of HR holds no number"),
        ("2026-03-02 10:00:00,NaN,97", "line 3: The cell of HR holds no number"),
        ("2026-03-02 10:00:00,60,1e2", "line 3: The cell of SpO2 holds no number"),
        ("2026-03-02 10:00:00,60,٩٧", "line 3: The cell of SpO2 holds no number"),
        ("2026-03-02 10:00:00,60,0x61", "line 3: The cell of SpO2 holds no number"),
        ('2026-03-02 10:00:00,"60,97', "line 5: The quotation marks do not match."),
        ('2026-03-02 10:00:00,"60"x,97', "line 3: The quotation marks do not match."),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file(row: str, sentence: str) -> None:
    good = "2026-03-02 09:59:00,60,97"

    [found] = refused(table(good, row, "2026-03-02 10:01:00,61,98", header="Time,HR,SpO2"))

    assert found.startswith(sentence)


def test_all_broken_rows_are_named_and_those_beyond_fifty_counted() -> None:
    with pytest.raises(ImportRejected) as refusal:
        read(*["never,60"] * 60, header="Time,HR")

    assert [p.path for p in refusal.value.problems] == [f"line {n}" for n in range(2, 52)]
    assert refusal.value.more == 10


def test_one_row_may_be_wrong_twice() -> None:
    assert len(refused("Time,HR,SpO2\nnever,x,y\n")) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEADER + "\n" + "x" * 100_001, "line 2: The line is longer than 100,000 characters."),
        (HEADER + ("," * 99_000 + "\n") * 11, "holds more than a million cells"),
        ("x" * 25_000_001, "larger than 25 MB"),
        (b"Time,HR\n\xff", "byte 9: The text is not UTF-8."),
    ],
)
def test_files_beyond_the_limits_are_refused(text: str | bytes, sentence: str) -> None:
    [found] = refused(text)

    assert sentence in found


# ------------------------------------------------------------------ time


def test_the_hour_that_spring_leaves_out_is_refused_by_name() -> None:
    [found] = refused("Time,HR\n2026-03-08 01:59:00,60\n2026-03-08 02:30:00,60\n")

    assert found == (
        "line 3: The clocks of America/Chicago never showed this time: they were put forward."
    )


def test_the_hour_that_autumn_shows_twice_is_told_apart_by_the_order() -> None:
    parsed = read(
        "2026-11-01 00:30:00,60",
        "2026-11-01 01:00:00,61",
        "2026-11-01 01:30:00,62",
        "2026-11-01 01:00:00,63",
        "2026-11-01 01:30:00,64",
        "2026-11-01 02:00:00,65",
        header="Time,HR",
    )

    assert [(str(r.value), r.at.iso()[11:]) for r in parsed.observations if r.at] == [
        ("60", "00:30:00-05:00"),
        ("61", "01:00:00-05:00"),
        ("62", "01:30:00-05:00"),
        ("63", "01:00:00-06:00"),
        ("64", "01:30:00-06:00"),
        ("65", "02:00:00-06:00"),
    ]
    assert parsed.notes == (
        "line 3: The clocks showed this hour twice; it is read as the first showing.",
        "line 5: The time goes back: from here on this hour is its second showing.",
    )


def test_each_autumn_begins_with_the_first_showing() -> None:
    parsed = read(
        "2025-11-02 01:30:00,60",
        "2025-11-02 01:10:00,61",
        "2026-11-01 01:30:00,62",
        header="Time,HR",
    )

    assert [r.at.offset for r in parsed.observations if r.at] == [-300, -360, -300]


def test_a_time_that_goes_back_or_stands_twice_is_noted() -> None:
    parsed = read(
        "2026-03-02 10:01:00,60",
        "2026-03-02 10:00:00,61",
        "2026-03-02 10:01:00,62",
        header="Time,HR",
    )

    assert len(parsed.observations) == 3
    assert parsed.notes == (
        "line 3: The time goes back.",
        "line 4: The time of line 2 stands here again.",
    )


def test_notes_beyond_fifty_are_counted() -> None:
    rows = (f"2026-03-02 10:00:00,{60 + n}" for n in range(61))
    parsed = read(*rows, header="Time,HR")

    assert len(parsed.notes) == 51
    assert parsed.notes[-1] == "There are 10 more notes."


def test_the_zone_passed_in_decides_the_offset() -> None:
    [reading] = read(
        "2026-07-01 10:00:00,60", header="Time,HR", zone=ZoneInfo("Asia/Kolkata")
    ).observations

    assert reading.at is not None
    assert reading.at.offset == 330


# ------------------------------------------------------------------ anything at all


def test_what_was_parsed_shows_counts_and_no_values() -> None:
    assert repr(read("2026-03-02 10:00:00,61", header="Time,HR")) == "Parsed(1 rows, 1 readings)"


@given(st.data())
def test_a_damaged_table_is_read_or_refused_and_never_anything_else(data: st.DataObject) -> None:
    whole = table(
        "2026-11-01 01:30:00,60,0,0,0,61,14,97,120,70,85",
        "2026-11-01 01:10:00,60,0,0,0,61,14,97,,,",
    )
    at = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.text(max_size=3) | st.sampled_from([",", ";", '"', "\n", "-", "0"]))
    damaged = whole[:at] + junk + whole[at + data.draw(st.integers(0, 10)) :]

    with contextlib.suppress(ImportRejected):
        parsed = parse(damaged, zone=CHICAGO)
        assert parsed.kept + parsed.skipped + parsed.duplicate == parsed.rows


@given(st.binary(max_size=100) | st.text(max_size=100))
def test_anything_else_is_refused(junk: bytes | str) -> None:
    with pytest.raises(ImportRejected):
        parse(junk, zone=CHICAGO)


def test_the_layout_has_these_columns() -> None:
    assert ",".join(sorted(COLUMNS)) == ",".join(sorted(HEADER.split(",")))

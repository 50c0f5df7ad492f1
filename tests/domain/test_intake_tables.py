"""Tables of recorders and home devices, and any other table by a mapping of its columns."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.vitals.intake import gathering
from aeapp.domain.vitals.intake.column_map import ColumnMap, column_map, read_mapped
from aeapp.domain.vitals.intake.gathering import Parsed
from aeapp.domain.vitals.intake.home import read_omron, read_withings
from aeapp.domain.vitals.intake.layouts import LAYOUTS
from aeapp.domain.vitals.intake.recorders import read_physionet, read_vital_recorder
from tests.helpers.readings import REAL, all_said, cases, sample, terms
from tests.helpers.tools import lacking

RECORDED = REAL / "vitals" / "intellivue-demo-1hz.csv"


def refused(read: Any, content: str | bytes, **changes: object) -> list[str]:
    with pytest.raises(ImportRejected) as refusal:
        read(content, terms(**changes))
    return [problem.text for problem in refusal.value.problems]


def counts(parsed: Parsed) -> tuple[int, int, int, int, int]:
    return (parsed.rows, parsed.kept, parsed.skipped, parsed.duplicate, parsed.elsewhere)


# ------------------------------------------------------------------ what a layout is known by


def test_each_sample_is_known_by_its_content() -> None:
    named = {case.name.split(",")[0].split(" ")[0]: case.sample for case in cases()}
    found = {
        name: [layout.name for layout in LAYOUTS if layout.recognise(content)]
        for name, content in named.items()
    }

    mine = {layout.name for layout in LAYOUTS}
    assert {name: f[0] for name, f in found.items() if name in mine - {"vital"}} == {
        name: name for name in mine - {"vital"}
    }
    assert not found["hl7"]
    assert not found["columns"]


@pytest.mark.parametrize(
    "junk", [b"", b"\x1f\x8b", b"\x1f\x8bjunk", b"{}", b"Date,Weight\n", b"\xff"]
)
def test_what_is_of_no_layout_is_known_as_none(junk: bytes) -> None:
    assert [layout.name for layout in LAYOUTS if layout.recognise(junk)] == []


# ------------------------------------------------------------------ Vital Recorder


def test_a_table_of_vital_recorder_says_where_each_figure_was_taken() -> None:
    parsed = read_vital_recorder(sample("vital-recorder.csv"), terms())

    assert all_said(parsed)[:5] == [
        "hr ecg 14:40:00-05:00 71 /min",
        "spo2 oximeter 14:40:00-05:00 98 %",
        "bp cuff 14:40:00-05:00 128/76/93 mmHg",
        "temperature monitor 14:40:00-05:00 36.6 Cel",
        "etco2 monitor 14:40:00-05:00 37 mmHg",
    ]
    assert counts(parsed) == (3, 3, 0, 0, 0)
    assert parsed.notes == (
        "Left out, because they are no vital signs of this program: Quokka7/PPEAK.",
        "A part of a pressure alone is no reading, so these were left out: Quokka7/ART_MBP.",
        "The monitor shows cuff pressures again and again; these are marked.",
        "Times are kept to the second; fractions were cut off.",
    )


def test_a_cuff_pressure_that_is_shown_again_is_kept_and_marked() -> None:
    parsed = read_vital_recorder(sample("vital-recorder.csv"), terms())

    cuff = [o for o in parsed.observations if o.kind is ObservationKind.BLOOD_PRESSURE]
    assert [o.note for o in cuff] == [None, "The monitor shows the last cuff pressure again."]


@pytest.mark.parametrize(
    ("second", "marked"),
    [
        ("10:00:15,120,80", True),
        ("10:00:16,120,80", False),
        ("10:00:01,121,80", False),
        ("09:59:59,120,80", False),
    ],
)
def test_only_the_same_pressure_within_seconds_is_marked(second: str, marked: bool) -> None:
    head = "Time,M/NIBP_SYS,M/NIBP_DIA"
    rows = (f"2026-11-23 10:00:00,120,80\n2026-11-23 {second}",)
    parsed = read_vital_recorder("\n".join((head, *rows)), terms())

    assert [bool(o.note) for o in parsed.observations] == [False, marked]


def test_a_cuff_pressure_without_seconds_is_never_marked() -> None:
    table = "Time,M/NIBP_SYS,M/NIBP_DIA\n2026-11-23 10:00,120,80\n2026-11-23 10:01,120,80\n"

    assert [o.note for o in read_vital_recorder(table, terms()).observations] == [None, None]


def test_seconds_of_vital_recorder_count_from_the_start_given() -> None:
    parsed = read_vital_recorder(sample("vital-recorder-seconds.csv"), terms())

    assert [line for line in all_said(parsed) if line.startswith("hr")] == [
        "hr monitor 14:40:00-05:00 71 /min",
        "hr monitor 14:41:00-05:00 73 /min",
        "hr monitor 14:42:00-05:00 74 /min",
    ]
    assert parsed.no_signal == {"Oxygen saturation": 1}


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("Time,HR\n0,1", "no table of Vital Recorder"),
        ("Time,M/HR\n0,61\n", "does not say when"),
        ("Time,M/HR\n", "holds no rows"),
        ("Time,M/HR,M/HR\n2026-11-23 10:00:00,1,2\n", 'The column "M/HR" stands there twice.'),
        ("Time,M/HR\n2026-11-23 10:00:00,x\n", "line 2: The cell of M/HR holds no number"),
        ("M/HR,Time\n61\n", "line 2: The row has 1 cells, the header has 2."),
        ("Time,M/HR\nsoon,61\n", "line 2: The time is not written like"),
    ],
)
def test_a_broken_table_of_vital_recorder_is_refused(table: str, sentence: str) -> None:
    assert any(sentence in text for text in refused(read_vital_recorder, table, start=None))


def test_the_recorded_table_is_read_row_by_row() -> None:
    if not RECORDED.is_file():
        lacking("the recorded table is not beside the repository")
    parsed = read_vital_recorder(RECORDED.read_bytes(), terms())

    assert counts(parsed) == (213, 213, 0, 0, 0)
    assert (len(parsed.observations), parsed.questioned) == (1704, 0)
    assert all_said(parsed)[:8] == [
        "bp cuff 11:47:44+02:00 120.0/80.0/90.0 mmHg",
        "hr cuff 11:47:44+02:00 60.0 /min",
        "hr ecg 11:47:44+02:00 60.0 /min",
        "rr monitor 11:47:44+02:00 15.0 /min",
        "bp arterial 11:47:44+02:00 120.0/70.0/91.0 mmHg",
        "hr monitor 11:47:44+02:00 60.0 /min",
        "spo2 oximeter 11:47:44+02:00 95.0 %",
        "hr oximeter 11:47:44+02:00 60.0 /min",
    ]


# ------------------------------------------------------------------ PhysioNet


def test_numerics_of_physionet_have_names_behind_blanks_and_nan() -> None:
    parsed = read_physionet(sample("physionet.csv"), terms())

    assert counts(parsed) == (3, 2, 1, 0, 0)
    assert all_said(parsed)[:4] == [
        "hr ecg 14:40:00-05:00 71 /min",
        "hr oximeter 14:40:00-05:00 70 /min",
        "rr monitor 14:40:00-05:00 14 /min",
        "spo2 oximeter 14:40:00-05:00 98 %",
    ]


def test_another_column_of_physionet_is_named() -> None:
    parsed = read_physionet(
        "Time [s], HR, " + ", ".join(f"X{n}" for n in range(9)) + "\n0,1" + ",1" * 9, terms()
    )

    assert parsed.notes[0].endswith("X0, X1, X2, X3, X4, X5, X6, X7 and 1 more.")


@pytest.mark.parametrize("table", ["", "Time, HR\n0, 60\n"])
def test_another_table_is_none_of_physionet(table: str) -> None:
    assert refused(read_physionet, table) == [
        "line 1: This is no table of PhysioNet: there is no Time [s]."
    ]


# ------------------------------------------------------------------ home devices


def test_omron_has_several_tables_and_words_beside_a_pressure() -> None:
    parsed = read_omron(sample("omron.csv"), terms())

    assert counts(parsed) == (5, 4, 0, 1, 0)
    assert all_said(parsed)[:3] == [
        "bp cuff 07:15-05:00 138/84 mmHg",
        "hr cuff 07:15-05:00 66 /min",
        "bp cuff 21:05-05:00 126/79 mmHg",
    ]
    assert parsed.observations[0].note == "before breakfast"
    assert parsed.observations[2].note is None
    assert parsed.notes == (
        "line 8: Another table begins here; it holds no pressures and was left out.",
        "line 11: Another table begins here; it holds no pressures and was left out.",
        "line 4: It says what line 3 says already, and was taken once.",
    )


def test_a_second_table_of_pressures_of_omron_is_read_too() -> None:
    head = "Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm)\n"
    first = '"Nov 23, 2026",07:15,138,84,66\n'
    second = '"Nov 23, 2026",21:05,210,120,71\n'

    parsed = read_omron(head + first + head + second, terms())

    assert "bp cuff 21:05-05:00 210/120 mmHg" in all_said(parsed)
    assert parsed.places[-1] == "line 4"


def test_of_a_long_history_only_the_days_of_the_session_are_taken() -> None:
    days = (dt.date(2026, 11, 22), dt.date(2026, 11, 24))

    assert counts(read_omron(sample("omron.csv"), terms(days=days))) == (5, 3, 0, 1, 1)
    assert counts(read_withings(sample("withings-bp.csv"), terms(days=days))) == (3, 2, 0, 0, 1)


def test_a_pressure_of_omron_in_kilopascal_keeps_its_raw_figures() -> None:
    head = "Date,Time,Systolic (kPa),Diastolic (kPa),Pulse (bpm)\n"
    parsed = read_omron(head + '"Nov 23, 2026",21:05,16.8,10.5,71\n', terms())

    [pressure, _pulse] = parsed.observations
    assert all_said(parsed)[0] == "bp cuff 21:05-05:00 126/78.8 mmHg"
    assert (pressure.raw_value, pressure.raw_unit) == ("16.8/10.5", "kPa")
    assert parsed.converted == 1


def test_withings_has_the_rate_before_the_pressure_and_any_order() -> None:
    parsed = read_withings(sample("withings-bp.csv"), terms())

    assert all_said(parsed)[:2] == [
        "hr cuff 21:05:11-05:00 71 /min",
        "bp cuff 21:05:11-05:00 126/79 mmHg",
    ]
    assert [o.note for o in parsed.observations[1:4]] == [
        None,
        "left arm, seated",
        "left arm, seated",
    ]
    assert parsed.notes == ()


def test_a_remark_that_is_too_long_is_cut_and_told() -> None:
    table = f"Date,Systolic,Diastolic,Comments\n2026-11-23 21:05:11,126,79,{'x' * 501}\n"
    parsed = read_withings(table, terms())

    assert len(parsed.observations[0].note or "") == 500
    assert parsed.notes == ("line 2: The remark is longer than 500 characters and was cut.",)


@pytest.mark.parametrize(
    ("read", "table", "sentence"),
    [
        (read_omron, "Date,Time,Systolic,Diastolic\n", "no table of pressures of Omron"),
        (read_omron, "Date,Time,Systolic (psi),Diastolic (psi)\n", "A unit of the header"),
        (read_omron, "Date,Time,Systolic (mmHg),Diastolic (mmHg)\n1,2,3,4\n", "line 2: The time"),
        (read_withings, "Date,Systolic\n", "no table of pressures of Withings"),
        (read_withings, "Date,Systolic,Diastolic\n2026-11-23 10:00,a,2\n", "line 2: The cell"),
    ],
)
def test_a_broken_table_of_a_home_device_is_refused(read: Any, table: str, sentence: str) -> None:
    assert any(sentence in text for text in refused(read, table))


def test_a_table_without_words_has_none_beside_its_readings() -> None:
    omron = "Date,Time,Systolic (mmHg),Diastolic (mmHg)\nNov 23 2026,21:05,126,79\n"
    withings = "Date,Systolic,Diastolic\n2026-11-23 21:05,126,79\n"

    assert read_omron(omron, terms()).observations[0].note is None
    assert read_withings(withings, terms()).observations[0].note is None


# ------------------------------------------------------------------ the column mapper


def mapping(**changes: Any) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(sample("capnograph.columns.json"))
    return {k: v for k, v in (tree | changes).items() if v is not ...}


def mapped(**changes: Any) -> ColumnMap:
    return column_map(json.dumps(mapping(**changes)))


def wrong(**changes: Any) -> list[str]:
    with pytest.raises(ImportRejected) as refusal:
        mapped(**changes)
    return [problem.text for problem in refusal.value.problems]


def test_any_table_is_read_by_a_mapping() -> None:
    parsed = read_mapped(sample("capnograph.tsv"), terms(), mapped())

    assert all_said(parsed) == [
        "etco2 monitor 14:40:05-05:00 37 mmHg",
        "rr monitor 14:40:05-05:00 14 /min",
        "spo2 oximeter 14:40:05-05:00 98 %",
        "hr oximeter 14:40:05-05:00 71 /min",
        "bp cuff 14:40:05-05:00 128.3/75.8 mmHg",
        "spo2 oximeter 14:41:05-05:00 97 %",
        "hr oximeter 14:41:05-05:00 72 /min",
    ]
    pressure = parsed.observations[4]
    assert (pressure.raw_value, pressure.raw_unit) == ("17,1/10,1", "kPa")
    assert {o.device for o in parsed.observations} == {"Capnograph, room 2"}
    assert parsed.notes == ("Left out, because they are no vital signs of this program: ALARM.",)


def test_a_trend_with_semicolons_and_decimal_commas_is_mapped() -> None:
    columns = column_map(sample("trend.columns.json"))
    parsed = read_mapped(sample("trend.csv"), terms(), columns)

    assert all_said(parsed) == [
        "hr ecg 14:40-05:00 71 /min",
        "spo2 oximeter 14:40-05:00 98 %",
        "bp cuff 14:40-05:00 128/76 mmHg",
        "temperature monitor 14:40-05:00 36.6 Cel",
        "hr ecg 14:41-05:00 72 /min",
        "spo2 oximeter 14:41-05:00 97 %",
        "temperature monitor 14:42-05:00 36.7 Cel",
    ]
    assert (parsed.kept, parsed.converted, parsed.no_signal) == (3, 0, {"Oxygen saturation": 1})


@pytest.mark.parametrize("zone", ["America/Chicago", "America/New_York", ...])
def test_the_zone_that_a_person_says_wins_over_that_of_the_mapping(zone: Any) -> None:
    parsed = read_mapped(sample("capnograph.tsv"), terms(zone_said=True), mapped(zone=zone))

    assert parsed.observations[0].at.offset == -300  # type: ignore[union-attr]
    told = "Times are read in America/New_York, as you said; the mapping names America/Chicago."
    assert (told in parsed.notes) is (zone == "America/Chicago")


@pytest.mark.parametrize("zone", ["America/Chicago", ...])
def test_a_mapping_may_name_the_zone_of_the_clock(zone: Any) -> None:
    [first, *_rest] = read_mapped(sample("capnograph.tsv"), terms(), mapped(zone=zone)).observations

    assert first.at is not None
    assert first.at.offset == (-360 if zone == "America/Chicago" else -300)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("form", "cell", "iso"),
    [
        ("iso", "2026-11-23T14:40:00-05:00", "2026-11-23T14:40:00-05:00"),
        ("seconds", "60", "2026-11-23T14:41:00-05:00"),
    ],
)
def test_a_mapping_may_name_a_fixed_way_of_writing_times(form: str, cell: str, iso: str) -> None:
    one = [{"column": "HR", "quantity": "hr", "unit": "bpm", "source": "ecg"}]
    columns = mapped(
        separator=..., decimal=..., header_line=..., missing=..., columns=one,
        time={"columns": ["T"], "format": form},
    )  # fmt: skip

    [reading] = read_mapped(f"T,HR\n{cell},71\n", terms(), columns).observations
    assert reading.at is not None
    assert reading.at.iso() == iso  # type: ignore[union-attr]


def test_a_table_without_a_mapped_column_is_refused() -> None:
    with pytest.raises(ImportRejected, match="does not stand in this line"):
        read_mapped("DATE\tTIME\n", terms(), mapped(header_line=1))
    with pytest.raises(ImportRejected, match="line 900"):
        read_mapped(sample("capnograph.tsv"), terms(), mapped(header_line=900))


COLUMN = {"column": "HR", "quantity": "hr", "unit": "bpm", "source": "ecg"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": "aeapp-columns/2"}, "format is not"),
        ({"more": 1}, "The mapping has a key that is not known."),
        ({"name": ...}, "name is missing or no text"),
        ({"name": 7}, "name is missing or no text"),
        ({"name": "x" * 101}, "name is missing or no text"),
        ({"name": "a\u0000b"}, "name is missing or no text"),
        ({"separator": "pipe"}, "separator is none of: comma, semicolon, tab."),
        ({"separator": 1}, "separator is none of"),
        ({"separator": "comma"}, "decimal cannot be the sign that separates columns."),
        ({"decimal": "·"}, "decimal is none of"),
        ({"header_line": 0}, "header_line is no line number"),
        ({"header_line": 1001}, "header_line is no line number"),
        ({"header_line": 1.5}, "header_line is no line number"),
        ({"header_line": "1"}, "header_line is no line number"),
        ({"missing": "--"}, "missing is missing or no list"),
        ({"missing": [1]}, "missing[0] is missing or no text"),
        ({"zone": "Mars/Base"}, "zone is no zone"),
        ({"zone": "../../etc"}, "zone is no zone"),
        ({"time": ...}, "time is missing or no object."),
        ({"time": {"columns": [], "format": "iso"}}, "time.columns is missing or no list"),
        ({"time": {"columns": ["T"], "format": "%Q"}}, "time.format: The time format knows"),
        ({"time": {"columns": ["T"], "format": "iso", "x": 1}}, "time. has a key"),
        ({"columns": ...}, "columns is missing or no list"),
        ({"columns": []}, "columns is missing or no list"),
        ({"columns": [7]}, "columns[0] is missing or no object."),
        ({"columns": [COLUMN | {"quantity": "bp"}]}, "columns[0].quantity is none of"),
        ({"columns": [COLUMN | {"quantity": 3}]}, "columns[0].quantity is none of"),
        ({"columns": [COLUMN | {"source": "guess"}]}, "columns[0].source is none of"),
        ({"columns": [COLUMN | {"unit": "kPa"}]}, "columns[0].unit is no unit"),
        ({"columns": [COLUMN | {"extra": 1}]}, "columns[0] has a key"),
        ({"columns": [COLUMN, COLUMN | {"column": "B"}]}, "columns[1] measures what another"),
    ],
)
def test_a_wrong_mapping_is_refused_by_path(changes: dict[str, Any], sentence: str) -> None:
    assert any(sentence in text for text in wrong(**changes)), wrong(**changes)


@pytest.mark.parametrize("text", ["[]", "{}", "7", '"x"', "{", '{"a": 1, "a": 2}', "[" * 101])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(ImportRejected):
        column_map(text)


@pytest.mark.parametrize("part", ['"', '\\"', '"\\', "[", "{", '{"'])
def test_no_text_without_an_end_takes_for_ever(part: str) -> None:
    with pytest.raises(ImportRejected):
        column_map('{"a": "' + part * (2_000_000 // len(part)))


@pytest.mark.parametrize("name", ["M/HR", "M/ART_MBP", "M/X", "x"])
def test_a_header_of_many_names_does_not_take_for_ever(name: str) -> None:
    names = ",".join(f"{name}{n}" if name == "M/X" else f"{n}{name}" for n in range(7000))

    parsed = read_vital_recorder(f"Time,M/HR,{names}\n2026-11-23 10:00,71" + ",90" * 7000, terms())
    assert parsed.kept == 1
    assert len(parsed.notes) < 5


def test_brackets_inside_of_texts_do_not_count_as_depth() -> None:
    assert mapped(name="[" * 100).name == "[" * 100


def test_too_many_values_are_refused() -> None:
    with pytest.raises(ImportRejected, match="more than a million values"):
        column_map("[" + "1," * 1_000_001 + "1]")


def test_readings_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_READINGS", 2)

    assert "more than 250,000 readings" in refused(read_physionet, sample("physionet.csv"))[0]


def test_no_reading_of_a_sample_is_silently_taken_that_no_adult_has() -> None:
    case = next(case for case in cases() if case.name == "numerics")
    parsed = case.read(case.sample, REAL)

    heart, saturation, pressure = parsed.questions()
    assert heart.startswith("line 4, Heart rate (ECG monitor): Outside what is plausible: value 20")
    assert saturation.startswith("line 6, Oxygen saturation (Oximeter): Outside what is plausible")
    assert pressure == (
        "line 6, Blood pressure (Cuff monitor): "
        "The systolic pressure is not above the diastolic one."
    )
    asked = [o for o in parsed.observations if o.status is ObservationStatus.QUESTIONED]
    assert len(asked) == 3
    assert parsed.questioned == 2

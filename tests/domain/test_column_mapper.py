"""A table that nobody knows: looked at, its columns said by a person, tried row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import ObservationSource, ObservationStatus
from aeapp.domain.items import UNKNOWN
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.column_map import (
    QUANTITIES,
    column_map,
    header_names,
    read_mapped,
)
from aeapp.domain.vitals.intake.mapping_draft import (
    NOT_TAKEN,
    PATIENT,
    TIME,
    MappingDraft,
    Use,
    draft_of,
    proposed,
    sign_words,
    sources_of,
    time_ways,
    units_of,
)
from aeapp.domain.vitals.intake.mapping_trial import Trial, try_mapped
from aeapp.domain.vitals.intake.table_look import look_at
from aeapp.domain.vitals.intake.units import unit_for
from tests.helpers.readings import sample, terms

ZONE = ZoneInfo("America/New_York")
MONITOR = ObservationSource.MONITOR
TABLE = """Export of the capnograph
DATE;TIME;MRN;EtCO2;SpO2;Cuff S (kPa);Cuff D (kPa);IPI;;
11/23/26;14:05:05;MR-7;37,5;98;17,1;10,1;9;;
11/23/26;14:06:05;MR-7;--;97;;;9;;
11/23/26;14:07:05;MR-7;38,0;0;17,9;;N/A;;
"""
CUFF = ObservationSource.CUFF


def a_draft(table: str = TABLE) -> MappingDraft:
    draft = proposed(look_at(table))
    draft = draft.with_use("Cuff S (kPa)", Use("bp.systolic", "kPa", CUFF))
    draft = draft.with_use("Cuff D (kPa)", Use("bp.diastolic", "kPa", CUFF))
    return replace(draft, time_format="%m/%d/%y %H:%M:%S", name="Capnograph")


def tried(draft: MappingDraft, table: str = TABLE, most: int = 2000) -> Trial:
    return try_mapped(table, terms(), column_map(draft.text()), most)


# ------------------------------------------------------------------ the first look


def test_a_look_finds_what_parts_the_columns_their_names_and_signs_of_no_value() -> None:
    look = look_at(TABLE.encode())

    assert (look.separator, look.header_line, look.decimal) == ("semicolon", 2, ",")
    assert look.names[:3] == ("DATE", "TIME", "MRN")
    assert look.usable == look.names[:8]  # what has no name, or a name twice, cannot be meant
    assert look.missing == ("--", "N/A")
    assert look.cells_of("EtCO2") == ("37,5", "--", "38,0")
    assert len(look.rows) == 3


@pytest.mark.parametrize(
    ("table", "separator", "line", "decimal"),
    [
        ("T\tHR\n2026-11-23 14:05\t71\n", "tab", 1, "."),
        ("T,HR\n2026-11-23 14:05,71.5\n\n", "comma", 1, "."),
        ("A;B\n1;2,5\n2;2.5\n", "semicolon", 1, "."),
        ("1;2\n3;4\n", "semicolon", 1, "."),  # no line without a figure
        ('"Pressure, upper";T\n1;2\n', "semicolon", 1, "."),
        ('A;B\n"1;2\n', "semicolon", 1, "."),  # an open quotation mark is found when it is read
    ],
)
def test_a_look_tells_tables_apart(table: str, separator: str, line: int, decimal: str) -> None:
    look = look_at(table)

    assert (look.separator, look.header_line, look.decimal) == (separator, line, decimal)


def test_a_person_may_say_otherwise_and_a_header_is_known_again() -> None:
    look = look_at(TABLE, "comma", 3)
    assert (look.separator, look.header_line) == ("comma", 3)
    assert look.print_of_header != look_at(TABLE).print_of_header
    assert look_at(TABLE).print_of_header == look_at(TABLE + TABLE[-60:]).print_of_header


@pytest.mark.parametrize("content", ["", "one word\n", "\0;\0\n", b"\xff\xfe;"])
def test_what_is_no_table_is_refused(content: str | bytes) -> None:
    with pytest.raises(ImportRejected):
        look_at(content)
    with pytest.raises(ImportRejected):
        look_at("A,B\n1,2\n", "comma", 40)


def test_a_separator_between_quotation_marks_parts_no_names() -> None:
    assert header_names('"Pressure, upper",HR', ",") == ["Pressure, upper", "HR"]
    assert header_names("", ",") == [""]


# ------------------------------------------------------------------ what a person says


def test_names_that_say_what_they_are_give_a_proposal_and_others_none() -> None:
    draft = proposed(look_at(TABLE))

    assert draft.time == ("DATE", "TIME")
    assert draft.use_of("MRN") == Use(PATIENT)
    assert draft.use_of("EtCO2") == Use("etco2", "mmHg", MONITOR)
    assert draft.use_of("SpO2") == Use("spo2", "%", ObservationSource.OXIMETER)
    assert draft.use_of("Cuff S (kPa)") == Use()
    assert draft.use_of("nowhere") == Use(NOT_TAKEN)
    # The unit in brackets is taken, one that is no unit of it is not; the second pulse is not.
    more = proposed(look_at("Time,TEMP [°F],Weight (stone),HR,Pulse,NIBP_SYS\n1,2,3,4,5,6\n"))
    assert more.use_of("TEMP [°F]").unit == "°F"
    assert more.use_of("Weight (stone)").unit == "kg"
    assert more.use_of("Pulse") == Use()
    assert more.use_of("NIBP_SYS").source is CUFF


@pytest.mark.parametrize("what", sorted(QUANTITIES))
def test_every_quantity_has_words_and_units_that_the_mapping_takes(what: str) -> None:
    assert sign_words(what)
    assert all(unit_for(QUANTITIES[what][0], unit) for unit in units_of(what))
    assert len({*sources_of(what)}) == len(sources_of(what)) > 3


def test_a_draft_says_what_it_lacks() -> None:
    assert a_draft().lacks() == ()
    hr = Use("hr", "bpm", MONITOR)
    lacks = MappingDraft(decimal=",", uses={"A": Use(PATIENT), "B": Use(PATIENT)}).lacks()
    assert [words.split()[0] for words in lacks] == ["Say", "Say", "Two", "A"]
    assert MappingDraft(uses={"T": Use(TIME), "A": hr, "B": hr}).lacks() == (
        "Say how the time is written.",
        '"A" and "B" are both Heart rate of the same source: change one.',
    )
    half = a_draft().with_use("Cuff D (kPa)", Use("bp.diastolic", "kPa", MONITOR))
    assert [words.endswith(f"({end}).") for words, end in zip(
        half.lacks(), ("Cuff monitor", "Monitor"), strict=True)] == [True, True]  # fmt: skip


def test_a_draft_becomes_the_mapping_that_the_command_takes_and_comes_back() -> None:
    draft = replace(a_draft(), zone="America/Chicago")
    columns = column_map(draft.text())
    assert columns.patient == "MRN"
    assert columns.needed == ("DATE", "TIME", "MRN", "EtCO2", "SpO2", "Cuff S (kPa)",
                              "Cuff D (kPa)")  # fmt: skip

    again = draft_of(draft.text())
    assert again.text() == draft.text()
    assert again.fitted(look_at(TABLE)).text() == draft.text()
    assert replace(a_draft(), name=" ", missing=()).text().count("Mapped table") == 1
    plain = draft_of(sample("trend.columns.json").decode())
    assert (plain.zone, plain.missing) == ("", ())
    with pytest.raises(ImportRejected):
        draft_of("{}")


def test_a_file_cut_otherwise_keeps_what_was_said() -> None:
    said = replace(a_draft(), zone="America/Chicago", missing=("lead off",))
    above = look_at("Two lines\n" + TABLE)
    again = said.recut(above)

    assert (again.zone, again.name, again.header_line) == ("America/Chicago", "Capnograph", 3)
    assert again.missing == ("lead off", "--", "N/A")
    assert again.uses == {name: said.use_of(name) for name in above.usable}
    assert again.time_format == ""


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        ("2026-11-23 14:05", ["iso"]),
        ("11/23/2026 14:05", ["%m/%d/%Y %H:%M"]),
        ("11/12/2026 02:05 PM", ["%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M %p"]),
        ("23.11.2026 14:05:06", ["%d.%m.%Y %H:%M:%S"]),
        ("Nov 23, 2026 14:05", ["%b %d, %Y %H:%M"]),
        ("125", ["seconds"]),
        ("14:05", ["clock"]),
        ("2:05:30 pm", ["clock"]),
        ("noon", []),
        ("", []),
    ],
)
def test_the_ways_in_which_a_time_may_be_written_are_found(cells: str, forms: list[str]) -> None:
    look = look_at(f'Time;HR\n"{cells}";71\n')

    assert [way.form for way in time_ways(look, ["Time"], ZONE)] == forms
    own = time_ways(look, ["Time"], ZONE, "%H h %M, %d.%m.%Y")
    assert [way.form for way in own] == forms


def of_day(*cells: str, **changes: Any) -> list[str]:
    text = "T,HR\n" + "".join(f"{cell},71\n" for cell in cells)
    draft = MappingDraft(time_format="clock", uses={"T": Use(TIME), "HR": Use("hr", "bpm")})
    parsed = read_mapped(text, replace(terms(), **changes), column_map(draft.text()))
    return [o.at.iso() for o in parsed.observations if isinstance(o.at, PartialDate)]


def test_times_without_a_day_take_that_of_the_session_and_go_past_midnight() -> None:
    day = PartialDate(2026, 11, 22).first_day()
    assert of_day("11:58 PM", "12:04 AM", start=None, day=day) == [
        "2026-11-22T23:58-05:00",
        "2026-11-23T00:04-05:00",
    ]
    # When the recording began says the day, too; an hour before is no midnight.
    assert of_day("14:05:30.5", "13:05:30", day=day) == [
        "2026-11-23T14:05:30-05:00",
        "2026-11-23T13:05:30-05:00",
    ]
    for cells, sentence in (("noon", "not written like 14:05:00"), ("14:05", "names no day")):
        with pytest.raises(ImportRejected, match=sentence):
            of_day(cells, start=None, day=None)


def test_the_way_near_the_day_of_the_session_is_told_from_the_other() -> None:
    look = look_at("Time;HR\n11/12/2026 14:05;71\n")
    american, other = time_ways(look, ["Time"], ZONE)
    assert american.near(PartialDate(2026, 11, 12))
    assert not other.near(PartialDate(2026, 11, 12))
    assert not american.near(UNKNOWN)
    (seconds,) = time_ways(look_at("Time;HR\n5;71\n"), ["Time"], ZONE)
    assert not seconds.near(PartialDate(2026, 11, 12))


# ------------------------------------------------------------------ what it would give


def test_a_trial_gives_each_row_its_readings_and_says_what_was_left_out() -> None:
    trial = tried(a_draft())

    assert [len(row.readings) for row in trial.rows] == [3, 1, 1]
    assert (trial.readings, trial.wrong, trial.whole, trial.problems) == (5, (), True, ())
    assert trial.rows[0].readings[2].raw_value == "17,1/10,1"
    assert trial.rows[2].notes[0] == "Oxygen saturation: no signal"
    assert "Cuff D (kPa)" in trial.rows[2].notes[1]
    # It is what the whole reading gives.
    parsed = read_mapped(TABLE, terms(), column_map(a_draft().text()))
    assert parsed.observations == tuple(o for row in trial.rows for o in row.readings)
    assert (parsed.names_patient, parsed.patient_number) == (True, "MR-7")
    assert not tried(a_draft(), most=2).whole


def test_a_row_that_cannot_be_read_hides_no_other_and_refuses_the_file() -> None:
    wrong = TABLE.replace("14:06:05", "noon").replace("38,0", "low")
    trial = tried(a_draft(), wrong)

    assert [bool(row.readings) for row in trial.rows] == [True, False, False]
    assert [row.line for row in trial.wrong] == [4, 5]
    assert "EtCO2 holds no number" in trial.wrong[1].problems[0]
    with pytest.raises(ImportRejected) as refusal:
        read_mapped(wrong, terms(), column_map(a_draft().text()))
    assert {p.path for p in refusal.value.problems} == {"line 4", "line 5"}


def test_a_file_of_several_patients_is_refused_by_the_row() -> None:
    table = TABLE.replace("14:06:05;MR-7", "14:06:05;--").replace("14:07:05;MR-7", "14:07:05;MR-8")
    (row,) = tried(a_draft(), table).wrong
    assert (row.line, row.problems[0]) == (
        5,
        "line 5: The row names another patient than the rows before it.",
    )
    with pytest.raises(ImportRejected, match="line 5: The row names another patient"):
        read_mapped(table, terms(), column_map(a_draft().text()))


def test_a_trial_says_what_refuses_the_file_whatever_its_rows_hold() -> None:
    torn = tried(a_draft(), TABLE + '11/23/26;14:08:05;"MR-7')
    assert torn.problems == ("line 6: The quotation marks do not match.",)
    short = tried(a_draft(), TABLE + "11/23/26\n")
    assert "cells" in short.wrong[0].problems[0]
    with pytest.raises(ImportRejected, match="does not stand in this line"):
        tried(a_draft(), "DATE;TIME\n")


def test_a_value_that_no_adult_has_is_kept_and_asked_about() -> None:
    trial = tried(a_draft(), TABLE.replace(";98;", ";101;"))
    assert trial.rows[0].readings[1].status is ObservationStatus.QUESTIONED


CELLS = st.sampled_from(["", "--", "nan", "0", "71", "98.5", "101", "12", "999"])


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=20))
def test_each_mapped_cell_becomes_a_reading_or_is_counted(rows: list[tuple[str, ...]]) -> None:
    names = ("HR", "SpO2", "RR")
    signs = ("hr", "spo2", "rr")
    draft = MappingDraft(time_format="clock", missing=("--",), uses={"T": Use(TIME)})
    for name, sign in zip(names, signs, strict=True):
        draft = draft.with_use(name, Use(sign, units_of(sign)[0], MONITOR))
    lines = [f"{n // 60}:{n % 60:02d},{','.join(row)}" for n, row in enumerate(rows)]

    table = "\n".join(("T,HR,SpO2,RR", *lines))
    parsed = read_mapped(table, terms(), column_map(draft.text()))

    cells = [cell for row in rows for cell in row]
    empty = sum(cell in ("", "--", "nan") for cell in cells)
    assert len(parsed.observations) + sum(parsed.zeros.values()) + empty == len(cells)
    assert sum(parsed.zeros.values()) == cells.count("0")
    # One word that nobody called "no value" refuses the whole file.
    with pytest.raises(ImportRejected, match="holds no number"):
        read_mapped(f"{table}\n9:59,off,,", terms(), column_map(draft.text()))

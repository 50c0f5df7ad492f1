"""Tables of records: what the columns are, what a cell says, what is wrong with which row."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.codelists.safety import Race, Sex
from aeapp.domain.items import NullFlavor
from aeapp.domain.rejection import ImportRejected, Problem
from aeapp.domain.tables.record_map import RecordMap, TableKind, by_names, record_map
from aeapp.domain.tables.rows import RecordTable, read_table, told_by, unread_table
from aeapp.domain.tables.scores import score_text
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.moments import DateFormat
from aeapp.domain.vitals.wall_clock import ClockError

ZONE = "America/New_York"
TODAY = dt.date(2026, 11, 27)
MAP: dict[str, Any] = {
    "format": "aeapp-columns/1",
    "name": "Record system",
    "table": "patients",
    "columns": [{"column": "Code", "item": "code"}],
}


def mapping(kind: TableKind = TableKind.PATIENTS, **changes: Any) -> RecordMap:
    return record_map(json.dumps(MAP | {"table": kind.value} | changes), kind)


def columns(*given: dict[str, Any]) -> dict[str, Any]:
    return {"columns": [{"column": "Code", "item": "code"}, *given]}


def read(text: str, kind: TableKind = TableKind.PATIENTS, **changes: Any) -> RecordTable:
    return read_table(text, kind, mapping(kind, **changes) if changes else None, ZONE, TODAY)


def values(text: str, **changes: Any) -> dict[str, Any]:
    (row,) = read(text, **changes).rows
    assert row.problems == []
    return row.values


def problem(text: str, **changes: Any) -> str:
    (row,) = read(text, **changes).rows
    (found,) = row.problems
    return found


def refused(text: str, **changes: Any) -> str:
    with pytest.raises(ImportRejected) as refusal:
        read(text, **changes)
    return refusal.value.problems[0].text


def test_columns_called_like_items_or_labels_need_no_mapping() -> None:
    table = read("Date of birth;code;shoe size;Race and/or ethnicity\n1986-02-03;P-1;44;White\n")

    assert table.rows[0].values == {
        "birth_date": PartialDate(1986, 2, 3), "code": "P-1", "race": frozenset({Race.WHITE}),
    }  # fmt: skip
    assert table.left_out == ("shoe size",)
    assert by_names(TableKind.SCORES, ["item.3", "shoe"], ",").columns == ()


@pytest.mark.parametrize(
    ("cell", "item", "value"),
    [
        ("M", "sex", Sex.MALE),
        ("1", "sex", Sex.MALE),
        ("?", "sex", NullFlavor.UNK),
        ("[ASKU]", "sex", NullFlavor.ASKU),
        ("N/A", "sex", None),
        ("", "sex", None),
        ("40,5", "age", Decimal("40.5")),
        ("C41260 C41261", "race", frozenset({Race.ASIAN, Race.WHITE})),
        ("Asian; White", "race", frozenset({Race.ASIAN, Race.WHITE})),
        ("[none]", "race", frozenset()),
        ("02/03/1986", "birth_date", PartialDate(1986, 2, 3)),
        ("1986-02-03", "birth_date", PartialDate(1986, 2, 3)),
        ("'=1+1", "history", "=1+1"),
        ("'tis", "history", "'tis"),
    ],
)
def test_a_cell_says_what_the_mapping_makes_of_it(cell: str, item: str, value: Any) -> None:
    how = {
        "sex": {"values": {"m": "1", "?": {"unknown": "UNK"}}},
        "birth_date": {"format": "%m/%d/%Y"},
    }
    found = values(
        f'Code;X\nP-1;"{cell}"\n',
        separator="semicolon", decimal=",", missing=["n/a"],
        **columns({"column": "X", "item": item, **how.get(item, {})}),
    )  # fmt: skip

    assert found.get(item) == value
    assert found["code"] == "P-1"


@pytest.mark.parametrize(
    ("cell", "column", "says"),
    [
        ("zebra", {"item": "sex"}, "X: Choose one of the listed answers."),
        ("1.2.3", {"item": "age"}, "X: Expected a number"),
        ("200", {"item": "age"}, "X: "),
        ("[MSK]", {"item": "age"}, "X: Expected a reason of"),
        ("2/30/1986", {"item": "birth_date", "format": "%m/%d/%Y"}, "No calendar"),
        ("1986", {"item": "birth_date", "format": "%m/%d/%Y"}, "not written like"),
        ("1986-02-30", {"item": "birth_date", "format": "%m/%d/%Y"}, "No calendar"),
        ("#N/A", {"item": "name"}, "an error of a spreadsheet"),
        ("x" * 60, {"item": "phone"}, ""),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_problem_of_its_row(
    cell: str, column: dict[str, str], says: str
) -> None:
    text = f"Code,X\nP-1,{cell}\n"
    if not says:
        assert values(text, **columns({"column": "X", **column}))["phone"] == cell
        return
    told = problem(text, **columns({"column": "X", **column}))
    assert says in told
    assert cell not in told.replace("%m/%d/%Y", "")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2026-11-23 14:40", "2026-11-23T14:40-05:00"),
        ("2026-11-23 14:40Z", "2026-11-23T14:40+00:00"),
        ("2026-11-23", "2026-11-23"),
    ],
)
def test_a_time_has_the_offset_of_the_clinics_clock(cell: str, told: str) -> None:
    table = read(f"patient,started\nP-1,{cell}\n", TableKind.SESSIONS)

    assert table.rows[0].values["started"].iso() == told
    without = read_table(f"patient,started\nP-1,{cell}\n", TableKind.SESSIONS, None, None, TODAY)
    assert without.rows[0].values["started"].iso()[:10] == told[:10]


@pytest.mark.parametrize("cell", ["1986-02-03 00:00", "1986-02-03 00:00:00", "1986-02-03"])
def test_a_day_that_a_database_writes_with_midnight_stays_a_day(cell: str) -> None:
    assert values(f"code,birth_date\nP-1,{cell}\n")["birth_date"] == PartialDate(1986, 2, 3)
    begun = read("patient,started\nP-1,2026-11-23 00:00\n", TableKind.SESSIONS)
    assert begun.rows[0].values["started"].hour == 0


@pytest.mark.parametrize("cell", ["2026-11-01 01:30", "2026-03-08 02:30"])
def test_a_time_that_the_clocks_showed_twice_or_never_is_a_problem(cell: str) -> None:
    (row,) = read(f"patient,started\nP-1,{cell}\n", TableKind.SESSIONS).rows

    assert "twice or never" in row.problems[0]


def test_a_reason_stands_where_dates_have_a_format() -> None:
    born = columns({"column": "X", "item": "birth_date", "format": "%m/%d/%Y"})

    assert values("Code,X\nP-1,[ASKU]\n", **born)["birth_date"] is NullFlavor.ASKU


def test_a_cell_of_two_lines_keeps_its_words_apart() -> None:
    table = read('code,address\nP-1,"12 Main St\nSpringfield"\nP-2,x\n')

    assert [row.values["address"] for row in table.rows] == ["12 Main St Springfield", "x"]
    assert [row.line for row in table.rows] == [3, 4]


def test_what_is_wrong_stays_with_its_row_and_a_column_of_problems_is_read_over() -> None:
    table = read('code,name,problem\nP-1,"Doe, J",\nP-2\n\nP-3,x,mended\n')

    assert table.names == ["code", "name"]
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ["P-1", "Doe, J"]), (3, ["P-2"]), (5, ["P-3", "x"]),
    ]  # fmt: skip
    assert [row.line for row in table.bad] == [3]
    assert "1 cells, the header has 3" in table.bad[0].problems[0]
    assert table.left_out == ()
    table.bad[0].wrong(table.bad[0].problems[0])
    assert len(table.bad[0].problems) == 1


@pytest.mark.parametrize(
    ("text", "changes", "says"),
    [
        ("shoe,hat\n1,2\n", {}, "No column of this line is an item"),
        ("Other\n1\n", {"name": "x"}, "A column of the mapping does not stand"),
        ("code,Code\n1,2\n", {}, "stands there twice"),
        ("Code,Code\n1,2\n", {"name": "x"}, "stands there twice"),
        ("code\n", {}, "holds no rows"),
        ("Code\n1\n", {"header_line": 7}, "A column of the mapping does not stand"),
        ('code\n"1\n', {}, "quotation marks do not match"),
    ],
)
def test_a_table_that_cannot_be_read_at_all_is_refused(
    text: str, changes: dict[str, Any], says: str
) -> None:
    assert any(says in told for told in _told(text, changes))


def _told(text: str, changes: dict[str, Any]) -> list[str]:
    with pytest.raises(ImportRejected) as refusal:
        read(text, **changes)
    return [one.text for one in refusal.value.problems]


def test_lines_above_the_names_are_kept_for_who_mends_it() -> None:
    table = read("A list\nof people\nCode\nP-1\n", header_line=3)

    assert table.before == ["A list", "of people"]
    assert [row.line for row in table.rows] == [4]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"table": "sessions"}, "table"),
        ({"colour": 1}, "The mapping"),
        ({"columns": []}, "columns"),
        ({"columns": "all"}, "columns"),
        (columns({"column": "X", "item": "colour"}), "columns[1].item"),
        (columns({"column": "X"}), "columns[1].item"),
        (columns({"column": "X", "item": "code"}), "columns[1]"),
        (columns({"column": "X", "item": "sex", "size": 1}), "columns[1]"),
        (columns({"column": "X", "item": "sex", "values": {"M": "male"}}), "columns[1].values"),
        (columns({"column": "X", "item": "sex", "values": 7}), "columns[1].values"),
        (columns({"column": "X", "item": "birth_date", "format": "%Q"}), "columns[1].format"),
        (columns({"column": "X", "item": "birth_date", "format": 7}), "columns[1].format"),
        (
            columns({"column": "X", "item": "birth_date", "format": "%m/%d/%y %H:%M"}),
            "columns[1].format",
        ),
        (columns({"column": "X", "item": "age", "format": "%m/%d/%Y"}), "columns[1].format"),
        ({"decimal": ","}, "decimal"),
    ],
)
def test_a_wrong_mapping_is_refused_by_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(ImportRejected) as refusal:
        record_map(json.dumps(MAP | changes), TableKind.PATIENTS)

    assert refusal.value.problems[0].path == path


def test_a_mapping_of_scores_names_patient_date_total_and_items() -> None:
    given = [
        {"column": "Who", "item": "patient"},
        {"column": "When", "item": "date", "format": "%d.%m.%Y"},
        {"column": "Mood", "item": "item.2", "values": {"often": "2", "x": "r"}},
    ]
    scores = {"columns": given, "separator": "semicolon"}
    text = "Who;When;Mood\nP-1;23.11.2026;often\nP-2;32.11.2026;1\nP-3;24.11.2026;x\n"
    table = read(text, TableKind.SCORES, **scores)

    assert [row.line for row in table.bad] == [3]
    assert score_text(table) == "patient,date,item 2\nP-1,2026-11-23,2\n\nP-3,2026-11-24,r\n"
    with pytest.raises(ImportRejected, match="no text"):
        mapping(TableKind.SCORES, columns=[{**given[2], "values": {"a": {"unknown": "UNK"}}}])
    with pytest.raises(ImportRejected, match="is none of"):
        mapping(TableKind.SCORES, columns=[{"column": "X", "item": "item.0"}])
    assert mapping(
        TableKind.SCORES, columns=[{"column": "X", "item": "item.1", "values": {"a": 3}}]
    ).columns[0].values == {"a": "3"}


def test_problems_that_a_reader_of_its_own_found_go_to_their_rows() -> None:
    table = unread_table(
        "patient;q1;problem\nP-1;2;old\nP-2\n", TableKind.SCORES, {"patient", "q1"}.__contains__
    )
    assert (table.names, table.map.separator) == (["patient", "q1"], ";")
    assert [row.cells for row in table.rows] == [["P-1", "2"], ["P-2"]]
    told_by(table, ImportRejected([Problem("line 3", "line 3: Too short.")]))
    assert table.rows[1].problems == ["Too short."]
    with pytest.raises(ImportRejected):
        told_by(table, ImportRejected([Problem("line 1", "line 1: No patient.")]))


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("%m/%d/%Y", "2/3/1986", "1986-02-03"),
        ("%d-%b-%Y", "3-Feb-1986", "1986-02-03"),
        ("%Y-%m-%d %H:%M", "2026-11-23 14:40", "2026-11-23T14:40"),
        ("%m/%d/%y %I:%M:%S %p", "11/23/26 2:40:05 PM", "2026-11-23T14:40:05"),
    ],
)
def test_a_format_of_dates_reads_days_and_times(form: str, text: str, told: str) -> None:
    assert DateFormat(form).date(text).iso() == told


@pytest.mark.parametrize("form", ["%m/%d/%y", "%m/%d", "%Y", "%Y-%m-%d %H", "%Y%Y%m%d", ""])
def test_a_format_that_leaves_a_part_open_is_refused(form: str) -> None:
    with pytest.raises(ClockError):
        DateFormat(form)


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(ClockError):
        DateFormat("%m/%d/%Y").date("13/13/1990")
    with pytest.raises(ClockError):
        DateFormat("%d-%b-%Y").date("1-Xxx-1990")


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ("2026-11-27,", ""),
        ("2026-11,", ""),
        ("1896-11-27,", ""),
        ("1895,2010-01-01", ""),
        ("[UNK],", ""),
        ("2026-11-28,", "birth_date: It lies in the future."),
        ("2062,", "birth_date: It lies in the future."),
        ("1895-11-27,", "birth_date: Nobody is over 130 years old."),
        ("1886-02-03,", "birth_date: Nobody is over 130 years old."),
        ("1886-02-03,1950", ""),
        ("1986-02-03,1985", "deceased_on: It lies before the day of birth."),
        ("1986-02-03,2027-01", "deceased_on: It lies in the future."),
    ],
)
def test_a_day_that_cannot_be_is_named_with_its_row_and_column(cells: str, wrong: str) -> None:
    (row,) = read(f"code,birth_date,deceased_on\nP-1,{cells}\n").rows
    assert [told.partition(". ")[0] for told in row.problems] == [wrong.rstrip(".")] * bool(wrong)


def test_a_session_that_has_not_begun_yet_is_planned() -> None:
    started = problem("patient,started\nP-1,2026-11-28 09:00\n", kind=TableKind.SESSIONS)
    assert started.startswith("started: It lies in the future.")
    (row,) = read("patient,planned\nP-1,2026-11-28\n", TableKind.SESSIONS).rows
    assert row.problems == []

"""Tables of patients, sessions and scores: all rows or none, nothing twice, nothing merged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient, Session
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.tables.record_map import TableKind
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.importing_tables import TablePlan
from tests.helpers.clinic import practice_app
from tests.helpers.cohort import keep
from tests.helpers.guards import SENTINEL

PEOPLE = "code,record_number,name,birth_date\n"
SESSIONS = "patient,started,route,ended,number\n"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


def plan(app: App, folder: Path, text: str, kind: TableKind, **how: Any) -> TablePlan:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return app.tables.plan(path, kind, **how)


def people(app: App, folder: Path, text: str, **how: Any) -> TablePlan:
    return plan(app, folder, PEOPLE + text, TableKind.PATIENTS, **how)


def sessions(app: App, folder: Path, text: str, **how: Any) -> TablePlan:
    return plan(app, folder, SESSIONS + text, TableKind.SESSIONS, **how)


def problems(planned: TablePlan) -> dict[int, str]:
    return {row.line: " ".join(row.problems) for row in planned.table.bad}


def stored(app: App, kind: str) -> Sequence[Any]:
    with app.context.new_uow() as uow:
        return uow.records.query(kind)


def test_patients_come_in_once_and_all_or_none(app: App, tmp_path: Path) -> None:
    text = f"P-1,M-1,{SENTINEL} A,1986-02-03\n,M-2,[ASKU],1990\n"
    planned = people(app, tmp_path, text)
    assert (planned.done.taken, planned.done.rows, planned.done.wrong) == (2, 2, 0)
    assert "no code for reports" in planned.done.notes[0]
    assert planned.preview()[1] == ("line 3", "record_number M-2, name [ASKU], birth_date 1990")
    assert not stored(app, "patient")

    done = app.tables.apply(planned)
    assert (done.applied, done.taken) == (True, 2)
    first, second = stored(app, "patient")
    assert first.birth_date == PartialDate(1986, 2, 3)
    assert (second.code, second.name) == (None, NullFlavor.ASKU)

    again = app.tables.apply(people(app, tmp_path, text))
    assert (again.taken, again.known) == (0, 2)
    assert len(stored(app, "patient")) == 2


def test_a_row_with_a_problem_keeps_every_row_out(app: App, tmp_path: Path) -> None:
    keep(
        app,
        [
            Patient(code="P-1", record_number="M-1"),
            Patient(code="P-2", record_number="M-2", birth_date=PartialDate(1980)),
            Patient(code="P-9"),
            Patient(code="P-9"),
        ],
    )
    planned = people(
        app,
        tmp_path,
        "P-3,M-3,,\nP-3,M-4,,\n,,Nobody,\nP-1,M-2,,\nP-2,M-2,,1981\nP-9,,,\nP-5,M-5,,31.2.\n",
    )
    told = problems(planned)

    assert sorted(told) == [3, 4, 5, 6, 7, 8]
    assert "Another row of the table" in told[3]
    assert "neither the code nor the record number" in told[4]
    assert "Several patients here" in told[5]
    assert told[6] == "It is known here with other facts: Date of birth."
    assert "Several patients here" in told[7]
    assert told[8].startswith("birth_date: Expected a date")
    assert planned.done.taken == 0
    with pytest.raises(ImportRejected) as refusal:
        app.tables.apply(planned)
    assert len(refusal.value.problems) == 6
    assert len(stored(app, "patient")) == 4


def test_what_is_known_with_other_facts_stays_where_somebody_says_so(
    app: App, tmp_path: Path
) -> None:
    keep(app, [Patient(code="P-1", birth_date=PartialDate(1980))])
    planned = people(app, tmp_path, "P-1,,,1981\nP-2,,,1982\n", keep_known=True)

    assert (planned.done.taken, planned.done.known, planned.done.wrong) == (1, 1, 0)
    assert planned.done.notes == ("1 rows are known here with other facts, which stay as they are",)
    app.tables.apply(planned)
    assert [one.birth_date.year for one in stored(app, "patient")] == [1980, 1982]


def test_a_table_is_mended_and_loaded_again(app: App, tmp_path: Path) -> None:
    planned = people(app, tmp_path, "P-1,M-1,=1+1,\nP-2,M-2,Doe,yesterday\nP-3\n")
    out = tmp_path / "mend.csv"
    app.tables.write_problems(planned.table, out)
    text = out.read_text(encoding="utf-8-sig")
    head, first, second, third = text.splitlines()

    assert head == "code,record_number,name,birth_date,problem"
    assert first == "P-1,M-1,'=1+1,,"
    assert second.startswith('P-2,M-2,Doe,yesterday,"birth_date: Expected a date')
    assert third.startswith('P-3,,,,"The row has 1 cells')
    assert "yesterday" not in problems(planned)[3]
    out.write_text(text.replace("yesterday", "1990-01-01"), encoding="utf-8-sig")
    done = app.tables.apply(app.tables.plan(out, TableKind.PATIENTS))
    assert done.taken == 3
    assert [one.name for one in stored(app, "patient")] == ["=1+1", "Doe", None]


def test_somebody_who_changes_the_clinic_meanwhile_is_not_overwritten(
    app: App, tmp_path: Path
) -> None:
    planned = people(app, tmp_path, "P-1,M-1,,1981\n")
    keep(app, [Patient(code="P-1", birth_date=PartialDate(1980))])

    with pytest.raises(ImportRejected, match="other facts"):
        app.tables.apply(planned)


def test_sessions_come_in_with_numbers_and_ends(app: App, tmp_path: Path) -> None:
    (who,) = keep(app, [Patient(code="P-1", record_number="M-1")])
    text = (
        "P-1,2026-10-01 10:00,iv-infusion,2026-10-01 12:00,\n"
        "P-1,2026-10-08 10:00,iv-infusion,,OLD-7\n"
        "P-1,2026-10-15 10:00,iv-infusion,,\n"
    )
    planned = sessions(app, tmp_path, text)
    assert problems(planned) == {}
    assert planned.done.notes == ("2 sessions have no end in the table; it is stored as unknown",)
    app.tables.apply(planned)
    first, second, third = stored(app, "session")
    assert [one.number for one in (first, second, third)] == [
        "S-2026-000001", "OLD-7", "S-2026-000002",
    ]  # fmt: skip
    assert (first.patient_id, first.route) == (who.id, SessionRoute.IV_INFUSION)
    assert (first.ended.iso(), second.ended) == ("2026-10-01T12:00-04:00", NullFlavor.UNK)
    again = app.tables.apply(sessions(app, tmp_path, text))
    assert (again.taken, again.known) == (0, 3)


def test_a_session_that_belongs_to_nobody_or_to_two_is_a_problem(app: App, tmp_path: Path) -> None:
    one, other, *_twins = keep(
        app, [Patient(code="P-1"), Patient(code="P-2"), Patient(code="P-9"), Patient(code="P-9")]
    )
    keep(app, [Session(patient_id=other.id, number="OLD-1", started=PartialDate(2026, 1, 1))])
    keep(app, [Session(patient_id=one.id, number="OLD-2", started=PartialDate(2026, 1, 1))])
    planned = sessions(
        app,
        tmp_path,
        ",2026-10-01,,,\nP-7,2026-10-01,,,\nP-9,2026-10-01,,,\nP-1,,,,\n"
        "P-1,2026-10-01,,,OLD-1\nP-1,2026-10-02,,,S-2026-7x\nP-1,2026-10-03,,,\n"
        "P-1,2026-10-03,im,,\nP-1,2026-01-01,im,,OLD-2\nP-1,[UNK],,,\n",
    )
    told = problems(planned)
    assert "names no patient" in told[2]
    assert "No patient here has the code" in told[3]
    assert "Several patients here" in told[4]
    assert "neither when it began nor when it is planned" in told[5]
    assert "Another patient has a session of this number" in told[6]
    assert "begins like those of this clinic" in told[7]
    assert "Another row of the table is the same session" in told[9]
    assert told[10] == "It is known here with other facts: Route."
    assert "neither when it began" in told[11]
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 9, 10, 11]


def test_a_session_is_found_by_the_number_of_the_chart_and_may_be_planned(
    app: App, tmp_path: Path
) -> None:
    keep(app, [Patient(code="P-1", record_number="M-1"), Patient(code="P-2", record_number="M-2")])
    mapping = tmp_path / "map.json"
    given = [("Chart", "patient.record_number"), ("Code", "patient"), ("Plan", "planned")]
    mapping.write_text(json.dumps({
        "format": "aeapp-columns/1", "name": "Book", "table": "sessions",
        "columns": [{"column": column, "item": item} for column, item in given],
    }))  # fmt: skip
    text = "Chart,Code,Plan\nM-1,P-1,2026-12-01 09:00\nM-1,P-2,2026-12-02 09:00\n"
    planned = plan(app, tmp_path, text, TableKind.SESSIONS, mapping=mapping)
    assert problems(planned) == {3: "No patient here has the code of this row."}

    alone = plan(app, tmp_path, text.rsplit("\n", 2)[0] + "\n", TableKind.SESSIONS, mapping=mapping)
    app.tables.apply(alone)
    (session,) = stored(app, "session")
    assert (session.planned.iso(), session.ended) == ("2026-12-01T09:00-05:00", None)


def workbook(path: Path, rows: Sequence[Sequence[Any]], *others: Sequence[Any]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    sheet = book.create_sheet("Empty")
    for row in others:
        sheet.append(row)
    book.save(path)
    return path


def test_no_cell_of_a_table_to_mend_is_a_formula(app: App, tmp_path: Path) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({
        "format": "aeapp-columns/1", "name": "List", "table": "patients", "header_line": 3,
        "columns": [{"column": "=Code", "item": "code"}, {"column": "Born", "item": "birth_date"}],
    }))  # fmt: skip
    text = '=1+1,"a, b"\n\n=Code,Born\nP-1,yesterday\n'
    planned = plan(app, tmp_path, text, TableKind.PATIENTS, mapping=mapping)
    out = tmp_path / "mend.csv"
    app.tables.write_problems(planned.table, out)
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[:3] == ['\'=1+1,"a, b"', "", "'=Code,Born,problem"]

    out.write_text("\n".join(lines).replace("yesterday", "1980"), encoding="utf-8")
    assert app.tables.plan(out, TableKind.PATIENTS, mapping).done.taken == 1


def test_no_two_sessions_get_the_same_number(app: App, tmp_path: Path) -> None:
    keep(app, [Patient(code="P-1")])
    rows = "P-1,2026-01-05,,,S-2026-000001\nP-1,2026-01-06,,,\nP-1,2025-01-06,,,\n"
    app.tables.apply(sessions(app, tmp_path, rows))

    numbers = [one.number for one in stored(app, "session")]
    assert numbers == ["S-2026-000001", "S-2026-000002", "S-2025-000001"]


def test_scores_come_in_by_a_mapping_and_from_a_workbook(app: App, tmp_path: Path) -> None:
    keep(app, [Patient(code="P-1")])
    scale = app.scales.named("phq-9")
    mapping = tmp_path / "map.json"
    items = [{"column": f"A{n}", "item": f"item.{n}"} for n in range(1, 10)]
    mapping.write_text(json.dumps({
        "format": "aeapp-columns/1", "name": "Book", "table": "scores",
        "columns": [{"column": "Who", "item": "patient"},
                    {"column": "On", "item": "date", "format": "%d/%m/%Y"}, *items],
    }))  # fmt: skip
    head = ["Who", "On", *(f"A{n}" for n in range(1, 10))]
    good, bad = ["P-1", "01/10/2026", *[1] * 9], ["P-7", "32/10/2026", *[1] * 9]
    unknown, high = ["P-7", "02/10/2026", *[1] * 9], ["P-1", "03/10/2026", *[9] * 9]
    path = workbook(tmp_path / "scores.xlsx", [head, good, bad, unknown, high])

    planned = app.score_tables.plan(path, scale, mapping)
    told = {row.line: " ".join(row.problems) for row in planned.table.bad}
    assert sorted(told) == [3, 5]
    assert "On: No calendar" in told[3]
    with pytest.raises(ImportRejected):
        app.score_tables.apply(planned)

    path = workbook(tmp_path / "scores.xlsx", [head, good, unknown])
    planned = app.score_tables.plan(path, scale, mapping)
    assert planned.table.bad[0].problems == ["No patient here has the code of this row."]
    path = workbook(tmp_path / "scores.xlsx", [head, good])
    done = app.score_tables.apply(app.score_tables.plan(path, scale, mapping))
    assert (done.applied, done.taken) == (True, 1)
    assert stored(app, "score")[0].total == 9


def test_scores_without_a_mapping_are_mended_and_loaded_again(app: App, tmp_path: Path) -> None:
    keep(app, [Patient(code="P-1")])
    scale = app.scales.named("gad-7")
    path = tmp_path / "scores.csv"
    path.write_text(
        "patient;date;total;room\nP-1;2026-10-01;7;a\nP-1;2026-10-08;seven;a\nP-1;2026-10-09;-;a\n"
    )
    planned = app.score_tables.plan(path, scale)
    out = tmp_path / "mend.csv"
    app.tables.write_problems(planned.table, out)
    text = out.read_text(encoding="utf-8-sig")
    assert text.splitlines()[2] == "P-1;2026-10-08;seven;a;The total is no number."

    out.write_text(text.replace("seven", "9"), encoding="utf-8")
    again = app.score_tables.plan(out, scale)
    assert again.done is not None
    assert (again.done.taken, again.done.empty, again.done.left_out) == (2, 1, ("room",))
    assert app.score_tables.apply(again).taken == 2


def test_a_workbook_has_days_as_days_and_one_table(app: App, tmp_path: Path) -> None:
    rows = [["code", "birth_date", "name"], ["P-1", dt.datetime(1986, 2, 3), "two\nlines"], ["P-2"]]  # noqa: DTZ001
    path = workbook(tmp_path / "people.xlsx", rows)
    app.tables.apply(app.tables.plan(path, TableKind.PATIENTS))
    first, second = stored(app, "patient")
    assert (first.birth_date, first.name) == (PartialDate(1986, 2, 3), "two lines")
    assert second == replace(second, code="P-2", name=None)
    with pytest.raises(ImportRejected, match="one table"):
        app.tables.plan(workbook(tmp_path / "two.xlsx", rows, ["x"]), TableKind.PATIENTS)
    with pytest.raises(ImportRejected, match="one table"):
        app.tables.plan(workbook(tmp_path / "none.xlsx", []), TableKind.PATIENTS)

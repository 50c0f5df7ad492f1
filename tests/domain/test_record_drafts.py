"""A table of records whose columns a person says: proposed by names, tried, told as a mapping."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Scale
from aeapp.domain.records.scale import ScaleItem
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.tables.draft import (
    NOT_TAKEN,
    UNSAID,
    RecordDraft,
    date_ways,
    draft_of_records,
    is_dated,
    item_words,
    items_of,
    meanings_of,
    proposed_records,
)
from aeapp.domain.tables.record_map import PATIENT, RECORD, SPECS, TableKind, is_item, record_map
from aeapp.domain.tables.rows import read_table, unread_cells
from aeapp.domain.vitals.intake.table_look import look_at

PATIENTS, SESSIONS, SCORES = TableKind
TODAY = dt.date(2026, 11, 27)
TABLE = """Chart;Code;Date of birth;Gender;Code again
MR-1;P-1;11/16/1980;M;x
MR-2;P-2;02/03/1986;F;y
MR-3;P-3;;?;z
"""
SCALE = Scale(code="mood", items=(ScaleItem(number=1), ScaleItem(number=2)))


def drafted() -> RecordDraft:
    look = look_at(TABLE)
    draft = proposed_records(look, PATIENTS).with_item("Chart", "record_number", look)
    return draft.with_item("Gender", "sex", look)


def test_names_propose_and_a_person_says_the_rest_as_the_mapping_that_the_command_takes() -> None:
    look = look_at(TABLE)
    draft = proposed_records(look, PATIENTS)
    assert draft.items == {
        "Chart": NOT_TAKEN, "Code": "code", "Date of birth": "birth_date", "Gender": NOT_TAKEN,
        "Code again": NOT_TAKEN,
    }  # fmt: skip
    # Sixteen is no month: one way alone fits.
    assert draft.formats["Date of birth"] == "%m/%d/%Y"
    draft = drafted().with_value("Gender", "M", "1").with_value("Gender", "F", "2")
    draft = replace(draft, name=" Our system ")
    assert draft.lacks() == ()

    columns = record_map(draft.text(), PATIENTS)
    table = read_table(TABLE, PATIENTS, columns, None, TODAY)
    assert [row.problems for row in table.rows] == [[], [], []]
    assert [row.values["record_number"] for row in table.rows] == ["MR-1", "MR-2", "MR-3"]
    assert table.rows[0].values["birth_date"].iso() == "1980-11-16"
    assert draft_of_records(draft.text(), PATIENTS).fitted(look).text() == draft.text()
    assert json.loads(draft.text())["name"] == "Our system"


def test_cells_that_need_a_meaning_are_named_once_each() -> None:
    draft = drafted()
    table = read_table(TABLE, PATIENTS, record_map(draft.text(), PATIENTS), None, TODAY)
    assert unread_cells(table, "Gender", TODAY) == ("M", "F")
    assert unread_cells(table, "Code", TODAY) == ()
    assert unread_cells(table, "Code again", TODAY) == ()
    short = read_table(
        f"{TABLE}MR-4;P-4\n", PATIENTS, record_map(draft.text(), PATIENTS), None, TODAY
    )
    assert unread_cells(short, "Gender", TODAY) == ("M", "F")
    # Another item in the column asks anew.
    look = look_at(TABLE)
    said = draft.with_value("Gender", "M", "1").with_item("Gender", "race", look)
    assert said.values == {}


@pytest.mark.parametrize(
    ("kind", "items", "changes", "lack"),
    [
        (PATIENTS, {}, {}, "Say of one column at least what it holds."),
        (PATIENTS, {"a": "name"}, {}, "Say which column is the code"),
        (SESSIONS, {"a": "started"}, {}, "Say which column tells the patient."),
        (SCORES, {"a": "total"}, {}, "Say which column tells the patient."),
        (PATIENTS, {"a": "code", "b": "code"}, {}, '"a" and "b" are both'),
        (
            PATIENTS,
            {"a": "code", "b": "birth_date"},
            {"formats": {"b": UNSAID}},
            'Say how the days of "b" are written.',
        ),
        (PATIENTS, {"a": "code"}, {"decimal": ","}, "A comma cannot part"),
    ],
)
def test_what_lacks_is_said(
    kind: TableKind, items: dict[str, str], changes: dict[str, object], lack: str
) -> None:
    draft = RecordDraft(kind=kind, items=items)
    (told,) = replace(draft, **changes).lacks()  # type: ignore[arg-type]
    assert told.startswith(lack)
    if changes:
        assert draft.lacks() == ()


def test_days_that_may_be_read_in_two_ways_are_asked_for() -> None:
    look = look_at("code,birth_date\nP-1,03/04/1980\n")
    draft = proposed_records(look, PATIENTS)
    assert draft.formats == {"code": "", "birth_date": UNSAID}
    ways = date_ways(PATIENTS, look.cells_of("birth_date"))
    assert [(way.form, way.first.iso()) for way in ways] == [
        ("%m/%d/%Y", "1980-03-04"),
        ("%d/%m/%Y", "1980-04-03"),
    ]
    said = draft.with_format("birth_date", "%d/%m/%Y")
    assert json.loads(said.text())["columns"][1]["format"] == "%d/%m/%Y"


@pytest.mark.parametrize(
    ("kind", "cells", "forms"),
    [
        (PATIENTS, ("", " "), []),
        (PATIENTS, ("16-Nov-1980", "1980"), [""]),
        # A table of scores is read by its own reader, which takes no names of months.
        (SCORES, ("16-Nov-1980",), ["%d-%b-%Y"]),
        (SCORES, ("2026-11-23T14:05",), [""]),
        (PATIENTS, ("next week",), []),
    ],
)
def test_a_way_that_alone_fits_is_taken(
    kind: TableKind, cells: tuple[str, ...], forms: list[str]
) -> None:
    assert [way.form for way in date_ways(kind, cells)] == forms


def test_a_score_has_the_items_of_its_scale() -> None:
    look = look_at("ID,Visit date,mood1,Item 2,Sum,total\nP-1,2026-11-23,1,2,3,3\n")
    draft = proposed_records(look, SCORES, SCALE)
    assert [draft.item_of(name) for name in ("mood1", "Item 2", "Sum", "total")] == [
        "item.1", "item.2", "total", NOT_TAKEN,
    ]  # fmt: skip
    assert items_of(SCORES, SCALE) == ("patient", "date", "total", "item.1", "item.2")
    assert items_of(SCORES) == ("patient", "date", "total")
    assert item_words(SCORES, "item.2") == "Item 2"
    assert all(is_item(SCORES, item) for item in items_of(SCORES, SCALE))


def test_every_item_has_words_and_a_choice_its_meanings() -> None:
    for kind in TableKind:
        assert all(item_words(kind, item) for item in items_of(kind))
    assert items_of(SESSIONS)[:2] == (PATIENT, RECORD)
    assert item_words(PATIENTS, NOT_TAKEN) == "not taken"
    assert item_words(SESSIONS, PATIENT) == "Patient, by the code for reports"
    assert is_dated(SCORES, "date")
    assert not is_dated(PATIENTS, "name")
    sex = {one.words: one.raw for one in meanings_of(PATIENTS, "sex")}
    assert sex["Female"] == "2"
    assert {"unknown": NullFlavor.UNK.value} in sex.values()
    several = next(n for n, spec in SPECS[PATIENTS].items() if spec.type is frozenset)
    assert all(isinstance(one.raw, list | dict) for one in meanings_of(PATIENTS, several))
    yes = next(n for n, spec in SPECS[SESSIONS].items() if spec.type is bool)
    assert [one.raw for one in meanings_of(SESSIONS, yes)][:2] == [True, False]
    assert meanings_of(PATIENTS, "name") == ()
    assert meanings_of(SCORES, "total") == ()


def test_what_was_said_stays_when_the_file_is_cut_otherwise() -> None:
    draft = replace(drafted().with_value("Gender", "M", "1"), name="Ours", missing=("-",))
    fresh = proposed_records(look_at(TABLE), PATIENTS)
    again = draft.recut(fresh)
    assert (again.name, again.missing) == ("Ours", ("-", "?"))
    assert again.items == draft.items
    assert again.values == draft.values


def test_a_mapping_of_another_table_is_refused() -> None:
    with pytest.raises(ImportRejected):
        draft_of_records(drafted().text(), SESSIONS)

"""A record as one line and back: everything of it, nothing cleaned, nothing else taken."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from aeapp.domain.clinic_lines import line_of, record_of, rows_of, tables_of
from aeapp.domain.codelists.safety import Race, Sex
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import ALL_RECORDS, Assessment, Patient, Reporter, Session
from aeapp.domain.records.patient import Medicine
from aeapp.domain.rejection import ImportRejected
from tests.persistence.records import records


@given(records)
def test_any_record_comes_back_equal_with_a_version_of_its_own(record: Record) -> None:
    stored = replace(record, id="r-1", version=3)
    line = line_of(stored)

    assert "\n" not in line
    back = record_of(type(stored), line, "here")
    assert back == replace(stored, version=0)
    assert line_of(replace(back, version=3)) == line


def test_every_kind_of_record_has_its_tables_with_equal_rows() -> None:
    for cls in ALL_RECORDS:
        for table in tables_of(cls):
            rows = list(rows_of(table, cls(id="r")))
            assert all(len(row) == len(table.columns) for row in rows)
            assert len(set(table.columns)) == len(table.columns)


def test_a_table_tells_reasons_codes_and_lists_apart() -> None:
    patient = Patient(
        id="p", version=2, code="P-1", name=NullFlavor.ASKU, sex=Sex.MALE,
        race=frozenset({Race.WHITE, Race.ASIAN}), age=Decimal("40.50"),
        medicines=(Medicine(name="a"), Medicine(name="b", ongoing=True)),
    )  # fmt: skip
    own, _causes, medicines, conditions = tables_of(Patient)
    (row,) = rows_of(own, patient)
    told = dict(zip(own.columns, row, strict=True))

    assert (own.name, medicines.name) == ("patient", "patient.medicines")
    assert (told["id"], told["version"], told["name"]) == ("p", 2, "[ASKU]")
    assert (told["race"], told["sex"], told["age"]) == ("C41260 C41261", "1", "40.50")
    assert told["phone"] is None
    assert [row[:3] for row in rows_of(medicines, patient)] == [("p", 1, "a"), ("p", 2, "b")]
    second = dict(zip(medicines.columns, [*rows_of(medicines, patient)][1], strict=True))
    assert second["ongoing"] == "true"
    assert not list(rows_of(conditions, patient))
    none = replace(patient, race=frozenset())
    assert "[none]" in next(iter(rows_of(own, none)))
    flat = tables_of(Assessment)[0].columns
    assert any(name.startswith("naranjo.") for name in flat)


GOOD: dict[str, Any] = {"id": "p", "version": 1}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[1]",
        "{",
        "[" * 100_000,
        '{"id":"p","id":"q","version":1}',
        '{"id":"p","version":NaN}',
        '{"id":"p","version":1.5}',
        '{"version":1}',
        '{"id":"","version":1}',
        json.dumps({"id": "p" * 101, "version": 1}),
        '{"id":"p"}',
        '{"id":"\\ud800","version":1}',
        '{"id":"a\\u0000","version":1}',
        '{"id":"p","version":0}',
        '{"id":"p","version":true}',
        json.dumps(GOOD | {"colour": "red"}),
        json.dumps(GOOD | {"sex": "male"}),
        json.dumps(GOOD | {"sex": 1}),
        json.dumps(GOOD | {"name": {"unknown": "XXX"}}),
        json.dumps(GOOD | {"name": "a\u202eb"}),
        json.dumps(GOOD | {"medicines": {"name": "a"}}),
        json.dumps(GOOD | {"medicines": ["a"]}),
        json.dumps(GOOD | {"medicines": [{"colour": "red"}]}),
    ],
)
def test_a_line_that_this_program_does_not_write_is_refused_by_its_place(line: str) -> None:
    with pytest.raises(ImportRejected) as refusal:
        record_of(Patient, line, "patient, line 7")

    assert str(refusal.value.problems[0].path).startswith("patient, line 7")


def test_a_link_is_a_text_and_a_text_is_not_cleaned() -> None:
    with pytest.raises(ImportRejected):
        record_of(Session, json.dumps(GOOD | {"patient_id": 7}), "here")
    with pytest.raises(ImportRejected):
        record_of(Session, json.dumps(GOOD | {"patient_id": "\ud800"}), "here")

    told = record_of(Reporter, json.dumps(GOOD | {"staff_id": "s", "last_name": " a "}), "here")
    assert (told.staff_id, told.last_name) == ("s", " a ")

"""The published schema: made from the declarations, and of one mind with the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from aeapp.domain.archive import FORMAT, Bundle, ImportRejected, dumps, loads
from aeapp.domain.json_schema import schema, schema_text
from tests.factories import bundles

REPOSITORY = Path(__file__).parent.parent.parent
PUBLISHED = REPOSITORY / "docs" / "case.schema.json"
CASES = sorted((REPOSITORY / "tests" / "data" / "cases").glob("*.json"))
VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_the_published_schema_is_the_one_the_declarations_make(
    request: pytest.FixtureRequest,
) -> None:
    if request.config.getoption("--rewrite-golden"):
        PUBLISHED.write_text(schema_text(), encoding="utf-8", newline="\n")

    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), "run make golden"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_ten_sample_cases_are_there() -> None:
    names = {path.stem for path in CASES}

    assert names == {f"BUILD-{n}" for n in range(1, 5)} | {f"P{n}" for n in range(1, 7)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_sample_case_is_valid(path: Path) -> None:
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@given(bundles())
def test_whatever_the_program_writes_is_valid(bundle: Bundle) -> None:
    VALIDATOR.validate(json.loads(dumps(bundle)))


def _with(**parts: Any) -> dict[str, Any]:
    return {"format": FORMAT, "case": {"id": "c"}, **parts}


@pytest.mark.parametrize(
    "broken",
    [
        {"format": FORMAT},
        {"case": {"id": "c"}},
        _with(format="aeapp-case/2"),
        _with(colour=1),
        _with(events=[{"id": "e", "colour": 1}]),
        _with(events=[{}]),
        _with(events=[{"id": "a b"}]),
        _with(events={}),
        _with(patient={"id": "p", "sex": "3"}),
        _with(patient={"id": "p", "age": 61.5}),
        _with(patient={"id": "p", "age": "61,5"}),
        _with(patient={"id": "p", "birth_date": "31-Feb-1980"}),
        _with(patient={"id": "p", "race": ["C41260", "C41260"]}),
        _with(patient={"id": "p", "history": {"unknown": "MSK"}}),
        _with(patient={"id": "p", "history": "a" * 100_001}),
        _with(patient={"id": "p", "medicines": None}),
        _with(lots=[{"id": "l", "product_id": 4}]),
        _with(clinic={"id": "k", "practice": "yes"}),
    ],
)
def test_schema_and_reader_refuse_the_same(broken: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(broken)
    with pytest.raises(ImportRejected):
        loads(json.dumps(broken))


@pytest.mark.parametrize(
    "whole",
    [
        _with(),
        _with(patient={"id": "p", "age": 61, "history": {"unknown": "NI"}, "sex": None}),
        _with(patient={"id": "p", "birth_date": "1980-02"}),
        _with(events=[{"id": "e", "onset": "2026-11-16T10:44:30Z", "seriousness": []}]),
    ],
)
def test_schema_and_reader_take_the_same(whole: dict[str, Any]) -> None:
    VALIDATOR.validate(whole)
    loads(json.dumps(whole))


def test_every_item_says_what_it_is_and_who_asks_for_it() -> None:
    sex = schema()["$defs"]["Patient"]["properties"]["sex"]

    assert sex["title"] == "Sex"
    assert sex["description"].endswith("Source: 3500 A3; E2B(R3) D.5.")
    assert schema()["$defs"]["Sex"] == {
        "oneOf": [{"const": "1", "title": "Male"}, {"const": "2", "title": "Female"}]
    }
    pressure = schema()["$defs"]["Observation"]["properties"]["systolic"]
    assert "In mmHg." in pressure["description"]

"""Electronic messages on the command line: a case out, anybody's message checked, none trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Line
from tests.helpers.schema_sets import FILES, TYPES, as_zip

CASES = Path(__file__).parent.parent / "data" / "cases"
SHARED = Path(__file__).parents[3] / "shared"
SCHEMAS = SHARED / "e2b" / "schemas"
INSTANCES = sorted(
    (*(SHARED / "e2b" / "instances").rglob("*.xml"), *(SHARED / "data" / "e2b").glob("*.xml"))
)
WHO = ("--sender", "LARKSPUR", "--receiver", "TESTCENTRE")


@pytest.fixture
def written(line: Line, clinic: Path, tmp_path: Path) -> Path:
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    return tmp_path / "case.xml"


def test_a_case_is_held_back_until_it_is_a_draft_or_right(line: Line, written: Path) -> None:
    number = "KC-2026-000001"

    held = line("message", "export", number, *WHO, "--out", str(written))
    assert held.code == 1
    assert "the receiver would refuse this message" in held.err
    assert not written.exists()

    draft = line("message", "export", number, *WHO, "--draft", "--out", str(written))
    assert draft.code == 1
    assert "E.i.2.1b: Reaction / Event (MedDRA code) is missing." in draft.out
    assert "Not checked against the ICH schema" in draft.out
    again = json.loads(line("message", "check", str(written), "--json").out)
    assert again["messages"] == 1
    assert again["schema"] is None
    # It reads no clinic, so nobody has to log in for it.
    alone = line("message", "check", str(written), "--json", login=False)
    assert json.loads(alone.out) == again
    assert {f["element"] for f in again["findings"]} >= {"E.i.2.1a", "E.i.2.1b"}
    assert b"DOCTYPE" not in written.read_bytes()
    for name in ("Smith", "P-1001"):
        assert name.encode() not in written.read_bytes()


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the ICH schema set is not on this machine")
def test_the_message_is_valid_by_the_schema(line: Line, written: Path) -> None:
    number = "KC-2026-000001"
    line("message", "export", number, *WHO, "--draft", "--out", str(written))

    told = line("message", "check", str(written), "--schemas", str(SCHEMAS))
    assert "valid by the schema set of 55 files" in told.out
    spoilt = written.with_name("spoilt.xml")
    spoilt.write_bytes(written.read_bytes().replace(b"<statusCode", b"<wrong/><statusCode", 1))
    found = json.loads(
        line("message", "check", str(spoilt), "--schemas", str(SCHEMAS), "--json").out
    )
    assert found["schema"]["errors"]


def test_a_set_is_registered_and_said_to_be_another_when_it_was_changed(
    line: Line, written: Path, tmp_path: Path
) -> None:
    none = line("message", "schemas")
    assert (none.code, "No schema set is registered" in none.out) == (1, True)
    packed = as_zip(tmp_path / "set.zip", below="ICH/")
    known = line("message", "schemas", str(packed))
    assert (known.code, "2 files" in known.out, "passed its test" in known.out) == (0, True, True)
    line("message", "export", "KC-2026-000001", *WHO, "--draft", "--out", str(written))

    assert "\nvalid by the schema set of 2 files" in line("message", "check", str(written)).out
    as_zip(packed, FILES)
    assert line("message", "schemas").code == 0
    as_zip(packed, FILES | {"coreschemas/types.xsd": TYPES + "\n"})
    told = json.loads(line("message", "check", str(written), "--json").out)
    assert told["schema_told"].startswith("The schema set was changed since")
    state = line("message", "schemas", "--json")
    assert (state.code, json.loads(state.out)["told"]) == (1, told["schema_told"])
    packed.write_bytes(b"no ZIP")
    assert "no ZIP archive" in line("message", "check", str(written)).err
    assert line("message", "schemas", "--forget").code == 0
    assert "Not checked against the ICH schema" in line("message", "check", str(written)).out


@pytest.mark.usefixtures("clinic")
@pytest.mark.skipif(not INSTANCES, reason="the sample messages are not on this machine")
def test_every_sample_is_read_and_its_schema_known(line: Line) -> None:
    for file in INSTANCES:
        told = line("message", "check", str(file), "--json")
        if file.parent.name == "r2":
            assert told.code == 2
            assert "E2B(R2)" in told.err
        else:
            assert json.loads(told.out)["messages"] >= 1, told.err


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><MCCI_IN200100UV01/>', "DOCTYPE"),
     (b"<MCCI_IN200100UV01 xmlns='urn:hl7-org:v3'><id>", "no XML that can be read"),
     (b"<MCCI_IN200100UV01><id/></MCCI_IN200100UV01>", "not of HL7"),
     (b"<html></html>", "no E2B(R3) message"), (b"", "no E2B(R3) message")],
)  # fmt: skip
def test_what_is_no_message_is_refused_with_a_sentence(
    line: Line, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "odd.xml"
    file.write_bytes(content)

    told = line("message", "check", str(file))
    assert told.code == 2
    assert sentence in told.err


@pytest.mark.usefixtures("clinic")
def test_a_folder_without_the_set_is_named(line: Line, written: Path, tmp_path: Path) -> None:
    number = "KC-2026-000001"
    line("message", "export", number, *WHO, "--draft", "--out", str(written))

    told = line("message", "check", str(written), "--schemas", str(tmp_path / "nothing"))
    assert told.code == 1
    assert "does not hold the ICH ICSR schema set" in told.err

"""Message, records, message: what differs is explained, element by element, in the table."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from aeapp.domain.archive import case_from, loads
from aeapp.domain.case import Case
from aeapp.domain.codelists.countries import Country
from aeapp.domain.records import Clinic
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.formspecs.e2b_r3.of_case import Envelope, batch_of
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.to_case import told_by
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of

HERE = Path(__file__).parents[2]
CASES = sorted((HERE / "tests" / "data" / "cases").glob("*.json"))
SHARED = HERE.parent / "shared"
INSTANCES = sorted(
    file
    for file in (*(SHARED / "e2b" / "instances").rglob("*.xml"),
                 *(SHARED / "data" / "e2b").glob("*.xml"))
    if file.parent.name != "r2"
)  # fmt: skip
AT = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
ENVELOPE = Envelope(sender="LARKSPUR", receiver="TESTCENTRE", made_at=AT)
ROW = re.compile(r"\| ((?:FDA\.)?[A-HN](?:\.[\w.]+)?) \| (.+) \| (.+) \|")
# Left of our own cases: who sends, and what follows from the times again.
LEFT_OF_OURS = {"C.3.1", *(f"G.k.9.i.3.{n}{part}" for n in "12" for part in "ab")}


@cache
def explained() -> dict[str, tuple[str, str]]:
    text = (HERE / "docs" / "messages-as-records.md").read_text(encoding="utf-8")
    return {row[1]: (row[2], row[3]) for row in map(ROW.fullmatch, text.splitlines()) if row}


def row_of(number: str) -> str:
    """The longest row that an element falls under; "" for none."""
    fitting = (r for r in explained() if re.match(rf"{re.escape(r)}(?![0-9])", number))
    return max(fitting, key=len, default="")


def sent(case: Case) -> Part:
    """The message of a case as it is read back from its bytes."""
    (message,) = read_batch(read_nodes(xml_of(batch_node(batch_of([case], ENVELOPE))))).messages
    return message


def places(part: Part) -> dict[tuple[str, str], object]:
    """Each value by its place; a reference to a reaction by where that stands."""
    keys: dict[object, int] = {one.key: n for n, one in enumerate(part.members("E.i"))}
    return {
        (where, number): keys.get(value, value) if number == "G.k.9.i.1" else value
        for where, number, value in part.everything()
    }


def differing(one: Part, other: Part) -> set[str]:
    first, second = places(one), places(other)
    return {p[1] for p in first.keys() | second.keys() if first.get(p) != second.get(p)}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_practice_case_comes_back(file: Path) -> None:
    case = case_from(loads(file.read_text(encoding="utf-8")))
    message = sent(case)
    found = told_by(message, "US")
    assert {one.number for one in found.left} <= LEFT_OF_OURS

    mine = replace(found.bundle.case, number=case.case.number)
    again = case_from(replace(found.bundle, clinic=case.clinic, case=mine))
    # Doses of a lot go as one, so when the last of them was given stays with who sent it.
    assert differing(message, sent(again)) <= {"G.k.9.i.3.2a"}


@pytest.mark.skipif(not INSTANCES, reason="the sample messages are not on this machine")
@pytest.mark.parametrize("file", INSTANCES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_differs_of_a_sample_is_explained(file: Path) -> None:
    clinic = Clinic(name="Larkspur Ketamine Clinic", country=Country("US"))
    for message in read_batch(read_nodes(file.read_bytes())).messages:
        found = told_by(message, "US")
        case = case_from(replace(found.bundle, clinic=clinic))
        again = sent(case)

        table = explained()
        untold = [o.number for o in found.left if "*left*" not in table[row_of(o.number)][0]]
        assert untold == []
        assert all(row_of(number) for number in differing(message, again))


def test_every_element_has_a_row_and_every_row_an_element() -> None:
    assert [number for number in elements() if not row_of(number)] == []
    assert explained().keys() == {row_of(number) for number in elements()}

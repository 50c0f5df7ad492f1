"""What a schema lets pass in the bytes of a message is found by its element."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from aeapp.formspecs.e2b_r3.checking import MessageFinding, Profile, check
from aeapp.formspecs.e2b_r3.fda_rules import NOT_HERE
from aeapp.formspecs.e2b_r3.message import Batch, batch_bytes, batch_from
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.structure import check_nodes
from aeapp.formspecs.e2b_r3.ucum import is_ucum
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.test_e2b_fda_rules import post

TODAY = dt.date(2026, 11, 27)
REACTION, PRODUCT = "5f0c2b7e-9a1d-4c3e-b5f6-7a8b9c0d1e2f", "7c1d3f0a-5a0e-4b7e-9d6c-1f2b3a4c5d6e"


def whole() -> Batch:
    """Return a message with what the mutations below change."""
    made = post()
    (message,) = made.messages
    source, product = message.members("C.2.r")[0], message.members("G.k")[0]
    source.put("C.2.r.1.2", "Jo")
    source.put("C.2.r.2.7", "555 0199")
    source.put("FDA.C.2.r.2.8", "jo@example.org")
    pair = product.add("G.k.9.i")
    pair.put("G.k.9.i.1", REACTION)
    pair.put("G.k.9.i.3.1a", "20")
    pair.put("G.k.9.i.3.1b", "min")
    dose = product.add("G.k.4.r")
    dose.put("G.k.4.r.1a", "84")
    dose.put("G.k.4.r.1b", "mg")
    return made


CONTENT = xml_of(batch_node(whole()))


def findings(content: bytes) -> tuple[MessageFinding, ...]:
    root = read_nodes(content)
    asked = check(read_batch(root), Profile.FDA_POSTMARKET, TODAY)
    # What FDA asks beyond the guide is not in this small message.
    return (*(f for f in asked if f.rule != "FDA"), *check_nodes(root))


OUTCOMES = "2.16.840.1.113883.3.989.2.1.1.11"
MUTATIONS: list[tuple[str, str, str, str]] = [
    ("a code outside its list", f'code="1" codeSystem="{OUTCOMES}"',
     f'code="8" codeSystem="{OUTCOMES}"', "E.i.7"),
    ("no N.1.1", '<name code="1"', '<name code="7"', "N.1.1"),
    ("no primary source", '<priorityNumber value="1"/>', '<priorityNumber value="2"/>', "C.2.r.5"),
    ("a date to come", '<low value="20261023"', '<low value="20281023"', "E.i.4"),
    ("month 13", '<low value="20261023"', '<low value="20261323"', "E.i.4"),
    ("a text too long", "<originalText language=\"eng\">nausea", "<originalText language=\"eng\">"
     + "n" * 251, "E.i.1.1a"),
    ("no suspect", 'code="1" codeSystem="2.16.840.1.113883.3.989.2.1.1.13"',
     'code="2" codeSystem="2.16.840.1.113883.3.989.2.1.1.13"', "G.k.1"),
    ("a MedDRA code of five digits", 'code="10028813"', 'code="10028"', "E.i.2.1b"),
    ("no unit of UCUM", 'unit="mg"', 'unit="milligrams"', "G.k.4.r.1b"),
    ("no unit of the list", 'unit="min"', 'unit="minutes"', "G.k.9.i.3.1b"),
    ("a number without tel:", 'value="tel:', 'value="', "C.2.r.2.7"),
    ("another scheme", 'value="tel:', 'value="sip:', "C.2.r.2.7"),
    ("a list by its name", 'codeSystem="2.16.840.1.113883.6.163"', 'codeSystem="MedDRA"', "value"),
    ("an empty name", "<given>Jo</given>", "<given/>", "given"),
    ("another receiver", 'extension="ZZFDA"', 'extension="SOMEBODY"', "N.1.4"),
    ("no place of the schema", 'xsi:schemaLocation="urn:hl7-org:v3 MCCI_IN200100UV01.xsd"', "",
     "N.1"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "old", "new", "number"), MUTATIONS)
def test_a_mutation_is_found_by_its_element(what: str, old: str, new: str, number: str) -> None:
    text = CONTENT.decode()
    assert old in text, what

    assert findings(CONTENT) == ()
    assert number in {f.number for f in findings(text.replace(old, new).encode())}


GONE = "5f0c2b7e-9a1d-4c3e-b5f6-000000000000"
BY_PATTERN = [
    (r'(<investigationEvent.*?<id root="[0-9.]+)"', r'\1.9"', "C.1.1"),
    (rf'(<productUseReference[^>]*>\s*<id root=)"{PRODUCT}"', rf'\1"{GONE}"', "G.k.1"),
    (rf'(<actReference[^>]*>\s*<id root=)"{REACTION}"', rf'\1"{GONE}"', "G.k.9.i.1"),
    (PRODUCT, f"{PRODUCT[:14]}9{PRODUCT[15:]}", "G.k.1"),
]


@pytest.mark.parametrize(("old", "new", "number"), BY_PATTERN)
def test_a_key_that_leads_nowhere_or_is_of_no_version_is_found(
    old: str, new: str, number: str
) -> None:
    spoilt, count = re.subn(old, new, CONTENT.decode(), flags=re.DOTALL)

    assert count
    assert number in {f.number for f in findings(spoilt.encode())}


@pytest.mark.parametrize("flavor", ["OTH", "NA"])
def test_a_reason_that_its_element_does_not_take_is_found(flavor: str) -> None:
    text = CONTENT.decode().replace('<name nullFlavor="MSK"', f'<name nullFlavor="{flavor}"')
    numbers = {f.number for f in findings(text.encode())}

    # FDA takes NA for a report without a patient.
    assert ("D.1" in numbers) == (flavor == "OTH")


def test_a_packed_file_is_found() -> None:
    made = whole()
    made.messages[0].put("C.1.6.1", "true")
    file = made.messages[0].add("C.1.6.1.r")
    file.put("C.1.6.1.r.1", "letter")
    file.put("C.1.6.1.r.2", "JVBERi0xLjc=")
    content = xml_of(batch_node(made))

    assert findings(content) == ()
    broken = content.replace(b"JVBERi0xLjc=", b"JVBERi0xLjc")
    assert {f.rule for f in findings(broken)} == {"R0010"}
    packed = content.replace(b'representation="B64"', b'representation="B64" compression="DF"')
    assert {f.rule for f in findings(packed)} == {"R0010"}
    assert "R0010" not in NOT_HERE


@pytest.mark.parametrize(
    "unit",
    ["mm[Hg]", "/min", "%", "Cel", "[degF]", "kg", "[lb_av]", "{score}", "mg/kg", "ug/h", "mg/mL",
     "10*9/L", "[iU]/L", "mmol/L", "L/min", "{DF}", "10*3/uL", "mL/min/{1.73_m2}", "mm[Hg]{arm}"],
)  # fmt: skip
def test_a_unit_of_ucum_is_one(unit: str) -> None:
    assert is_ucum(unit)


@pytest.mark.parametrize("unit", ["milligrams", "mmHg", "bpm", "tablet", "mg / kg", "", "°C", "cc"])
def test_what_is_no_unit_of_ucum_is_none(unit: str) -> None:
    assert not is_ucum(unit)


def test_values_come_back_out_of_their_json() -> None:
    made = whole()

    again = batch_from(batch_bytes(made))
    assert again == made
    assert batch_bytes(again) == batch_bytes(made)

"""Every element goes where it belongs and comes back; what a schema lets pass is found."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3.checking import MessageFinding, Profile, blocks, check
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.model import BY_HAND, JOINED, elements, groups, oid, steps_of
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.e2b_samples import NOT_TOGETHER, batch, filled

SET = Path(__file__).parents[3] / "shared" / "e2b" / "schemas" / "multicacheschemas"
TODAY = dt.date(2026, 11, 27)


def there_and_back(made: Batch) -> Batch:
    return read_batch(read_nodes(xml_of(batch_node(made))))


def told(part: Part) -> list[tuple[str, str, str]]:
    return sorted((where, number, str(value)) for where, number, value in part.everything())


def test_every_element_of_the_guide_has_its_row_and_place() -> None:
    known = elements()

    assert len(known) == 250
    assert all(element.place.steps or element.group for element in known.values())
    assert {element.group for element in known.values()} <= {"", *groups(), *JOINED}
    with pytest.raises(ValueError, match="no step"):
        steps_of("a b")
    assert oid("C19") == "2.16.840.1.113883.3.989.2.1.1.19"


@pytest.mark.parametrize("seed", range(40))
def test_a_message_comes_back_with_every_value(seed: int) -> None:
    chance = random.Random(seed)
    made = batch(filled(chance, 1.0 if seed < 5 else chance.random()), filled(chance, 0.3))

    back = there_and_back(made)
    assert back.values == made.values
    for one, other in zip(made.messages, back.messages, strict=True):
        assert told(other) == told(one)


def test_a_full_message_has_every_element_that_may_stand_together() -> None:
    numbers = {number for _w, number, _v in filled(random.Random(1)).everything()}

    missing = {n for n in elements() if not n.startswith("N.1.")} - numbers
    assert missing == NOT_TOGETHER | (BY_HAND - {"G.k.1"}) | {"G.k.9.i.3.2a", "G.k.9.i.3.2b"}


@pytest.mark.skipif(not SET.is_dir(), reason="the ICH schema set is not on this machine")
def test_messages_of_any_content_are_valid_by_the_schema() -> None:
    schema = etree.XMLSchema(etree.parse(SET / "MCCI_IN200100UV01.xsd"))
    for seed in range(60):
        chance = random.Random(seed)
        content = xml_of(batch_node(batch(filled(chance, chance.random()))))
        valid = schema.validate(etree.fromstring(content))
        assert valid, (seed, [e.message for e in schema.error_log][:3])


def test_the_same_values_give_the_same_bytes() -> None:
    first, second = (xml_of(batch_node(batch(filled(random.Random(7))))) for _ in range(2))
    assert first == second


# --- the check


def sound() -> Batch:
    """Return a small message in which nothing is found."""
    message = Part()
    for number, value in (
        ("N.2.r.1", "US-OWN-1"), ("N.2.r.2", "OWN"), ("N.2.r.3", "THEM"),
        ("N.2.r.4", "20261101093000-0500"), ("C.1.1", "US-OWN-1"),
        ("C.1.2", "20261101093000-0500"), ("C.1.3", "1"), ("C.1.4", "20261023"),
        ("C.1.5", "20261024"), ("C.1.6.1", "false"), ("C.1.7", "true"), ("C.1.8.1", "US-OWN-1"),
        ("C.1.8.2", "2"), ("C.3.1", "3"), ("C.3.2", "Clinic"), ("D.7.2", "None"),
        ("H.1", "A story."), ("D.3", "70.5"),
    ):  # fmt: skip
        message.put(number, value)
    message.put("C.1.9.1", NullFlavor.NI)
    message.put("D.1", NullFlavor.MSK)
    source = message.add("C.2.r")
    for number, value in (("C.2.r.3", "US"), ("C.2.r.4", "1"), ("C.2.r.5", "1")):
        source.put(number, value)
    reaction = message.add("E.i", "5f0c2b7e-9a1d-4c3e-b5f6-7a8b9c0d1e2f")
    for number, value in (("E.i.2.1a", "28.1"), ("E.i.2.1b", "10028813"), ("E.i.7", "1"),
                          ("E.i.4", "20261023"), ("E.i.1.1a", "nausea"),
                          ("E.i.1.1b", "eng")):  # fmt: skip
        reaction.put(number, value)
    for letter in "abcdef":
        reaction.put(f"E.i.3.2{letter}", NullFlavor.NI)
    product = message.add("G.k", "7c1d3f0a-5a0e-4b7e-9d6c-1f2b3a4c5d6e")
    product.put("G.k.1", "1")
    product.put("G.k.2.2", "Ketamine")
    test = message.add("F.r")
    for number, value in (("F.r.1", "20261023"), ("F.r.2.1", "SpO2"), ("F.r.3.2", "<90"),
                          ("F.r.3.3", "%")):  # fmt: skip
        test.put(number, value)
    return batch(message)


def found(made: Batch, profile: Profile = Profile.ICH) -> tuple[MessageFinding, ...]:
    return check(there_and_back(made), profile, TODAY)


def test_a_sound_message_has_no_finding() -> None:
    assert found(sound()) == ()
    assert not blocks(())


Spoil = Callable[[Part], object]


def drop(number: str, group: str = "") -> Spoil:
    def act(message: Part) -> None:
        part = message.members(group)[0] if group else message
        del part.values[number]

    return act


def put(number: str, value: str | NullFlavor, group: str = "") -> Spoil:
    def act(message: Part) -> None:
        part = message.members(group)[0] if group else message
        part.put(number, value)

    return act


def second_pair(message: Part) -> None:
    pair = message.members("G.k")[0].add("G.k.9.i")
    pair.put("G.k.9.i.1", "00000000-0000-4000-8000-000000000000")
    pair.put("G.k.9.i.4", "1")


def another_version(message: Part) -> None:
    condition = message.add("D.7.1.r")
    condition.put("D.7.1.r.1a", "27.0")
    condition.put("D.7.1.r.1b", "10020772")


SPOILT: list[tuple[str, Spoil]] = [
    ("C.1.3", put("C.1.3", "9")), ("E.i.3.2a", drop("E.i.3.2a", "E.i")), ("H.1", drop("H.1")),
    ("C.1.1", drop("C.1.1")), ("C.2.r.5", drop("C.2.r.5", "C.2.r")),
    ("E.i.4", put("E.i.4", "20270101", "E.i")), ("E.i.4", put("E.i.4", "20261301", "E.i")),
    ("E.i.4", put("E.i.4", "20260231", "E.i")), ("E.i.4", put("E.i.4", "yesterday", "E.i")),
    ("E.i.1.1a", put("E.i.1.1a", "n" * 251, "E.i")), ("G.k.9.i.1", second_pair),
    ("G.k.1", put("G.k.1", "2", "G.k")), ("G.k.1", drop("G.k.1", "G.k")),
    ("E.i.2.1b", put("E.i.2.1b", "10028", "E.i")), ("E.i.2.1b", drop("E.i.2.1b", "E.i")),
    ("E.i.2.1a", drop("E.i.2.1a", "E.i")), ("E.i.2.1a", another_version),
    ("E.i.3.2b", put("E.i.3.2b", "false", "E.i")), ("C.1.7", put("C.1.7", "perhaps")),
    ("C.1.2", put("C.1.2", "20261101")), ("C.1.4", put("C.1.4", "202610")),
    ("C.1.5", put("C.1.5", "20261001")), ("D.3", put("D.3", "heavy")),
    ("C.2.r.3", drop("C.2.r.3", "C.2.r")), ("C.3.2", drop("C.3.2")), ("D.7.2", drop("D.7.2")),
    ("C.5.4", put("C.1.3", "2")), ("D.9.3", put("D.9.1", "20261024")),
    ("C.1.6.1.r.1", put("C.1.6.1", "true")), ("C.1.9.1.r.1", put("C.1.9.1", "true")),
    ("C.1.11.2", put("C.1.11.1", "1")), ("F.r.1", drop("F.r.1", "F.r")),
    ("F.r.2.1", drop("F.r.2.1", "F.r")), ("F.r.3.3", drop("F.r.3.3", "F.r")),
    ("F.r.3.4", drop("F.r.3.2", "F.r")), ("D.5", put("D.5", NullFlavor.NA)),
    ("D.10.6", put("D.10.4", "80")),
    ("N.2.r.1", put("N.2.r.1", "OTHER")), ("N.2.r.2", put("N.2.r.2", "OTHER")),
    ("E.i", lambda message: message.groups.pop("E.i")),
    ("E.i", lambda message: message.members("E.i").append(message.members("E.i")[0])),
]  # fmt: skip


@pytest.mark.parametrize(("number", "spoil"), SPOILT)
def test_what_a_schema_lets_pass_is_found_by_its_element(number: str, spoil: Spoil) -> None:
    made = sound()
    spoil(made.messages[0])

    assert number in {finding.number for finding in found(made)}


def test_both_names_of_a_product_are_too_many() -> None:
    made = sound()
    product = made.messages[0].members("G.k")[0]
    product.put("G.k.2.1.1b", "0409-2051")
    product.put("G.k.2.1.2b", "PH-1")

    findings = check(made, Profile.ICH, TODAY)
    assert "G.k.2.1.1b" in {finding.number for finding in findings}


def test_an_empty_batch_is_told() -> None:
    assert {f.number for f in check(Batch(), Profile.ICH, TODAY)} >= {"N.1.1", "N.2.r"}


def test_fda_asks_for_more() -> None:
    numbers = {f.number for f in found(sound(), Profile.FDA_POSTMARKET) if f.rule == "FDA"}

    assert {"FDA.C.1.7.1", "FDA.C.1.12", "FDA.D.12", "C.3.4.8", "FDA.E.i.3.2h"} <= numbers
    assert blocks(found(sound(), Profile.FDA_PREMARKET))

"""Ten thousand spoilt files per reader of messages: read or refused in words, fast, in little room.

Each reader goes its whole way: a message to records and what is left, an answer to its lines.
"""

from __future__ import annotations

import copy
import random
import resource
import time
from collections import Counter
from collections.abc import Callable

import pytest

from aeapp.domain.archive import dumps
from aeapp.domain.items import NullFlavor
from aeapp.domain.rejection import ImportRejected
from aeapp.formspecs.e2b_r3.acknowledging import answer_of, messages_of, verdict_words
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.reading import read_message
from aeapp.formspecs.e2b_r3.to_case import told_by
from aeapp.formspecs.e2b_r3.unread import unread
from aeapp.formspecs.e2b_r3.writing import MESSAGE, batch_node
from aeapp.readers.e2b import read_acknowledgement, read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.acknowledgement_samples import answer
from tests.formspecs.e2b_samples import batch, filled

pytestmark = pytest.mark.gauntlet
PARTS, EACH = 10, 1000
ANSWER = answer(batch="B", number="N", words="D.5 is missing; 2: other...").encode()
SLOWEST, MOST_KILOBYTES = 5.0, 300_000
ODD = (
    b"<x>", b"</x>", b"&amp;", b"&#0;", b"&e;", b"]]>", b"\0", b"<!--", b"-->", b"<![CDATA[",
    b"<?x?>", b'"', b"'", b"\xff\xfe", b"\xc3", b"<!DOCTYPE a>", b"<!ENTITY e 'x'>", b"<" * 50,
    b"<value/>" * 200, b"<id>" * 120, b' value="' + b"9" * 5000 + b'"', b"%n%s", b"\xe2\x80\xae",
    b' nullFlavor="OTH"', b' xsi:type="CE"', b' extension=""', b"20261332", b"-" * 300,
)  # fmt: skip
VALUES = (
    "", "0", "true", "x" * 5000, "99999999", "20260230", "-1", "1e9", "\u202e", "NaN", "é≥",
    "2026112314.5", "+", "|", "\n", "C41219", "10.a", NullFlavor.UNK, NullFlavor.MSK,
)  # fmt: skip


def spoilt(whole: bytes, chance: random.Random) -> bytes:
    content = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) or 1)
        end = at + chance.randint(1, 300)
        match chance.randint(0, 5):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[at:end]
            case 2:
                content[at:at] = content[at:end]
            case 3:
                content[at:at] = chance.choice(ODD)
            case 4:
                other = chance.randrange(len(content) or 1)
                content[at:end] = content[other : other + end - at]
            case _:
                # In a value, where most of it still is XML.
                at = content.find(b'"', at) + 1
                content[at:at] = chance.choice(ODD)
    return bytes(
        content[: chance.randrange(len(content) + 1)] if chance.random() < 0.1 else content
    )


def bent(root: Node, chance: random.Random) -> bytes:
    """Return XML whose elements stand wrong: gone, twice, elsewhere, odd."""
    for _ in range(chance.randint(1, 8)):
        nodes = [node for node in root.walk() if node.children]
        node = chance.choice(nodes)
        child = chance.choice(node.children)
        other = chance.choice(child.children or [child])
        match chance.randint(0, 4):
            case 0:
                node.children.remove(child)
            case 1:
                node.children += copy.deepcopy([child] * chance.randint(1, 5))
            case 2:
                chance.choice(nodes).children.append(copy.deepcopy(child))
            case 3:
                name = chance.choice([*other.attributes, "value", "code", "nullFlavor"])
                other.attributes[name] = str(chance.choice(VALUES))
            case _:
                other.text = str(chance.choice(VALUES))
        if not root.children:
            break
    return xml_of(root)


def messages(content: bytes) -> None:
    for node in read_nodes(content).named(MESSAGE):
        values = read_message(node)
        told = told_by(values, "US")
        dumps(told.bundle)
        assert all(one.sentence() for one in (*told.left, *unread(node, values)))


def answers(content: bytes) -> None:
    found = answer_of(read_acknowledgement(content))
    for case in found.cases:
        told = messages_of(case.words)
        assert verdict_words(found.verdict, case.verdict, told)


def refusal(reader: Callable[[bytes], None], content: bytes) -> tuple[str, str] | None:
    """What is said of a file that is refused; None of one that is read."""
    try:
        reader(content)
    except ImportRejected as refused:
        return refused.message, refused.remedy
    return None


def sample(seed: int) -> bytes:
    return xml_of(batch_node(batch(filled(random.Random(seed), 0.1))))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(
    ("reader", "parse", "source"),
    [
        (messages, read_nodes, sample),
        (answers, read_acknowledgement, lambda _n: ANSWER),
    ],
    ids=["messages", "acknowledgements"],
)
def test_a_spoilt_file_is_read_or_refused_in_words(
    part: int,
    reader: Callable[[bytes], None],
    parse: Callable[[bytes], Node],
    source: Callable[[int], bytes],
) -> None:
    whole, done = source(part), Counter[str]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for seed in range(part * EACH, (part + 1) * EACH):
        chance = random.Random(seed)
        content = bent(parse(whole), chance) if seed % 2 else spoilt(whole, chance)
        began = time.perf_counter()
        said = refusal(reader, content)
        assert said is None or all(said), seed
        done["read" if said is None else "refused"] += 1
        assert time.perf_counter() - began < SLOWEST, seed
    assert min(done["read"], done["refused"]) > EACH // 10
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_KILOBYTES


def strange(part: Part, chance: random.Random) -> None:
    for number in list(part.values):
        if chance.random() < 0.3:
            part.values[number] = chance.choice(VALUES)
    for members in part.groups.values():
        if chance.random() < 0.1:
            members.extend(list(members))
        for member in members:
            strange(member, chance)


def test_strange_values_become_records_that_can_be_kept() -> None:
    for seed in range(EACH):
        chance = random.Random(seed)
        whole = filled(chance, 0.2)
        strange(whole, chance)
        told = told_by(whole, "US")
        dumps(told.bundle)
        assert told.left

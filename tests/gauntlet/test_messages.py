"""Messages of any content are valid and come back."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.e2b_samples import batch, filled

pytestmark = pytest.mark.gauntlet
SET = Path(__file__).parents[3] / "shared" / "e2b" / "schemas" / "multicacheschemas"
PARTS, EACH = 4, 500


@cache
def schema() -> etree.XMLSchema | None:
    """The ICH set, where it is on this machine."""
    return etree.XMLSchema(etree.parse(SET / "MCCI_IN200100UV01.xsd")) if SET.is_dir() else None


@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_messages_are_valid_and_come_back_as_they_were(part: int) -> None:
    known = schema()
    for seed in range(part * EACH, (part + 1) * EACH):
        chance = random.Random(seed)
        made = filled(chance, chance.random())
        content = xml_of(batch_node(batch(made)))
        (back,) = read_batch(read_nodes(content)).messages
        assert sorted(map(str, back.everything())) == sorted(map(str, made.everything())), seed
        if known is not None:
            assert known.validate(etree.fromstring(content)), seed


def test_the_messages_were_held_against_the_schema() -> None:
    if schema() is None:
        pytest.skip("the ICH schema set is not on this machine")

"""What the independent package e2br3 reads of our messages is what they say.

It knows a quarter of the elements; of those no value may differ, once a date is written as HL7
writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import e2br3
import pytest

from aeapp.domain.archive import case_from, loads
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.of_case import Envelope, batch_of
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.test_e2b_round_trip import AT

pytestmark = pytest.mark.gauntlet
CASES = sorted((Path(__file__).parent.parent / "data" / "cases").glob("*.json"))
# What it adds to a value: the list of a code, how exact a date is, its offset once more.
ADDED = re.compile(r".*\.(code_system|precision|tz_offset|display_name)")
_NULL = "nullFlavor="


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for name, inner in tree.items():
            yield from leaves(inner, f"{path}.{name}")
    elif isinstance(tree, list):
        for inner in tree:
            yield from leaves(inner, path)
    elif tree not in (None, ""):
        yield path, str(tree)


def plain(value: str) -> str:
    """A value as a message writes it: no ISO date, no reason with its name."""
    if re.fullmatch(r"\d{4}(-\d\d){1,2}(T[\d:]+)?(Z|[+-]\d\d:\d\d)?", value):
        begin, zone = re.fullmatch(r"(.*?)(Z|[+-]\d\d:\d\d)?", value).groups()
        offset = {"Z": "+0000", None: ""}.get(zone) if zone in ("Z", None) else zone
        return re.sub(r"[-:T]", "", begin) + str(offset).replace(":", "")
    return {"True": "true", "False": "false"}.get(value, value.removeprefix(_NULL))


@pytest.mark.parametrize("profile", list(Profile))
def test_another_program_reads_the_same_values(profile: Profile) -> None:
    for file in CASES:
        case = case_from(loads(file.read_text(encoding="utf-8")))
        envelope = Envelope(sender="A", receiver="B", made_at=AT, profile=profile)
        content = xml_of(batch_node(batch_of([case], envelope)))
        batch = read_batch(read_nodes(content))
        (message,) = batch.messages
        ours = {*map(str, batch.values.values()), *(str(v) for _w, _n, v in message.everything())}
        ours |= {one.key for group in ("E.i", "G.k") for one in message.members(group)}

        # Seconds are not told where the message has none.
        known = ours | {f"{v[:12]}00{v[12:]}" for v in ours if re.match(r"\d{12}([+-]|$)", v)}
        theirs = list(leaves(e2br3.parse(content).model_dump(mode="json")))
        odd = [(p, v) for p, v in theirs if not ADDED.fullmatch(p) and plain(v) not in known]
        assert odd == [], file.stem
        assert len(theirs) > 20

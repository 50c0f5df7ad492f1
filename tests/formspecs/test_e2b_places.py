"""A message is walked once: what stands at each place is found, and nothing is read twice."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from unittest.mock import Mock, patch

from aeapp.formspecs.e2b_r3 import nodes, places
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.model import steps_of
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.places import Branch, walked
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.unread import unread
from aeapp.formspecs.e2b_r3.writing import MESSAGE, batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.e2b_samples import batch, filled


def test_a_place_is_found_by_code_by_needs_and_by_its_number_among_equal_names() -> None:
    root = Node("root")
    for code in ("29", "30", "29"):
        root.add("observation", key=code).add("code", code=code, codeSystem="1.2")
    for value in "abc":
        root.add("name", value=value)
    tree = Branch()
    for group, place in (("coded", "observation{29@1.2}"), ("second", "name#2"),
                         ("needs", "observation(code@code=30)")):  # fmt: skip
        tree.at(steps_of(place)).groups.append(group)

    found = [(branch.groups[0], next(iter(node.attributes.values()))) for node, branch in
             walked(root, tree)]  # fmt: skip
    assert found == [("coded", "29"), ("needs", "30"), ("coded", "29"), ("second", "b")]


def work_of(act: Callable[[], object]) -> int:
    """Return how often a node is held against a step."""
    looked = Mock(wraps=nodes.matches)
    with patch.object(nodes, "matches", looked), patch.object(places, "matches", looked):
        act()
    return looked.call_count


def test_work_grows_as_the_message_and_no_faster() -> None:
    def message(tests: int) -> Part:
        made = filled(random.Random(3), 0.4)
        made.groups["F.r"] = []
        for n in range(tests):
            test = made.add("F.r")
            for number, value in (("F.r.2.1", f"Test {n}"), ("F.r.3.2", "1"), ("F.r.3.3", "mg")):
                test.put(number, value)
        return made

    small, large = (batch(message(count)) for count in (50, 500))
    written = [work_of(lambda one=one: batch_node(one)) for one in (small, large)]
    assert written[1] < 12 * written[0]
    read = [read_nodes(xml_of(batch_node(one))) for one in (small, large)]
    looked = [work_of(lambda root=root: read_batch(root)) for root in read]
    assert looked[1] < 12 * looked[0]


def test_what_is_told_of_a_product_without_a_key_is_listed_as_not_read() -> None:
    content = xml_of(batch_node(batch(filled(random.Random(1)))))
    for key in set(re.findall(rb'<productUseReference[^>]*>\s*<id root="([^"]*)"', content)):
        content = content.replace(b'root="' + key + b'"', b'extension="k"')
    root = read_nodes(content)
    node = root.first(MESSAGE)
    assert node is not None
    (message,) = read_batch(root).messages

    assert not any(product.members("G.k.9.i") for product in message.members("G.k"))
    assert unread(node, message)

"""The heading of a paper of differences counts in the number that it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.differences import Change
from aeapp.services.versions import Comparison
from exports.pdf.continuation import Heading, Para
from exports.pdf.difference import parts

_ONE = Change(path="a", part="Patient", label="Sex", before="M", after="F")


@pytest.mark.parametrize(
    ("count", "said", "hidden"),
    [
        (0, "0 items differ", ""),
        (1, "1 item differs", "1 item:"),
        (2, "2 items differ", "2 items:"),
    ],
)
def test_one_item_differs_and_two_items_differ(count: int, said: str, hidden: str) -> None:
    shown = replace(_ONE, after="")
    found = Comparison(
        older=1, newer=None, changes=(_ONE,) * count, painted={}, paper=(shown,) * count
    )
    head, note, *_table = parts(found)
    assert isinstance(head, Heading)
    assert head.text == said
    assert isinstance(note, Para)
    assert f"Not shown in {hidden}" in note.text if hidden else note.text == "None."

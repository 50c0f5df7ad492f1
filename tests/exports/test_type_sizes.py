"""Every word of every document is set in 8 points or more, feet and charts included.

Source:
    Form FDA 3500, instructions: typed, not under 8 points; rule V22.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest

from exports.pdf.pen import Pen
from tests.exports.every_document import DOCUMENTS, rich
from tests.exports.page_rules import LEAST, sizes

# Words that an official rectangle leaves no room for at that size, each with its reason. None is
# needed: whoever adds one says here why no other place, line or box would do.
SMALLER: Mapping[str, str] = {}
# A copy for the archive has the same pages, as a test of its own proves.
NAMES = [name for name in DOCUMENTS if not name.endswith("-archive")]


def small(pdf: bytes) -> dict[str, float]:
    return {words: size for words, size in sizes(pdf) if words and size < LEAST - 0.01}


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_smaller_than_eight_points(name: str) -> None:
    found = small(DOCUMENTS[name].draw(rich()))
    assert {words: size for words, size in found.items() if words not in SMALLER} == {}


def test_a_word_that_is_smaller_is_found_wherever_it_stands() -> None:
    pen = Pen(215.9, 279.4)
    pen.say(20, 100, "large enough", 8.0)
    pen.say(20, 110, "too small", 7.9)
    pen.say(20, 275, "in the foot", 7.5)
    pen.say(20, 120, "日本", 7.0)
    pen.end_page()
    found = small(io.BytesIO(pen.finish()).getvalue())
    assert {round(size, 1) for size in found.values()} == {7.9, 7.5, 7.0}
    assert {"too small", "in the foot"} <= set(found)

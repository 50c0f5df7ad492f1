"""One text for one value, and nothing that has two."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.trail.canonical import NotCanonicalError, canonical

texts = st.text(st.characters(exclude_categories=("Cs",)))
keys = st.text(st.characters(max_codepoint=126, min_codepoint=32))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=15,
)


@given(value=values)
def test_the_text_is_ascii_and_reads_back(value: object) -> None:
    text = canonical(value)
    assert text.isascii()
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical({"b": [1, True, None], "a": "ü\n"}) == '{"a":"\\u00fc\\n","b":[1,true,null]}'


def test_a_tuple_reads_as_a_list() -> None:
    assert canonical((1, (2,))) == "[1,[2]]"


@pytest.mark.parametrize(
    "bad",
    [1.0, float("nan"), {"x": [0.5]}, {"ü": 1}, {1: 2}, 2**53 + 1, -(2**53) - 1, b"x", {"x": {1}}],
    ids=repr,
)
def test_what_has_no_single_text_is_refused(bad: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(bad)


@pytest.mark.parametrize("good", [2**53, -(2**53)])
def test_numbers_up_to_the_limit_are_taken(good: int) -> None:
    assert canonical(good) == str(good)

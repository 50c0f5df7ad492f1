"""Words are folded for comparing, and slips of the fingers are counted."""

from __future__ import annotations

import pytest

from aeapp.domain.slips import apart, apart_whole, folded, slips_allowed


@pytest.mark.parametrize(
    ("text", "plain"),
    [("  Light-headed ", "light headed"), ("Naïve/Ménière_2", "naive meniere 2"), ("", "")],
)
def test_words_are_compared_without_case_accents_hyphens_and_double_blanks(
    text: str, plain: str
) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("word", "slips"), [("pai", 0), ("pain", 1), ("nausea", 1), ("dizzily", 2)]
)
def test_longer_words_may_have_more_slips(word: str, slips: int) -> None:
    assert slips_allowed(word) == slips


@pytest.mark.parametrize(
    ("name", "typed", "slips"),
    [
        ("hypertension", "hypretension", 1),
        ("dissociation", "disociation", 1),
        ("nausea", "nauseea", 1),
        ("nausea", "mausea", 1),
        ("nausea", "nausea", 0),
        ("rest", "wall", 4),
    ],
)
def test_a_letter_more_less_other_or_swapped_is_one_slip(name: str, typed: str, slips: int) -> None:
    assert apart(name, typed) == apart_whole(name, typed) == slips


def test_a_begin_is_no_slip_but_is_not_the_whole() -> None:
    assert apart("hypertension", "hyperten") == 0
    assert apart_whole("hypertension", "hyperten") == 4

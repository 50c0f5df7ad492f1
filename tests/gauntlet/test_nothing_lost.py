"""Three thousand cases counted into their pages, and every hostile string in every document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from aeapp.domain.case import Case
from aeapp.formspecs.model import FormSpec
from tests import factories
from tests.exports.every_document import DOCUMENTS
from tests.exports.test_hostile_words import hostile_words_stay_words
from tests.exports.test_nothing_lost import (
    FORM,
    MANDATORY,
    RELAXED,
    everything_stands_on_the_pages,
    long_texts,
    with_narrative,
)
from tests.helpers.hostile_texts import HOSTILE, WHOLE_PAGES

pytestmark = pytest.mark.gauntlet

# Divided, so that all cores have some: 2 forms, 20 parts, 75 cases.
PARTS, CASES = 20, 75
# Drawn by the same code as their sisters, which get every string: here some of them.
SISTERS = {"fda3500a-drug", "fda3500a-drug-archive", "fda3500a-facility-archive"}
SISTERS |= {"cioms1-archive", "fda3500a-drug-official", "fda3500-maker", "handover-archive"}
SISTERS |= {"rems-archive", "lot-archive"}
SOME = 4
PAPERS = ("session", "handover", "rems", "lot", "differences", "course", "inspection")


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("spec", [FORM, MANDATORY], ids=lambda spec: spec.key)
@settings(max_examples=CASES, deadline=None, suppress_health_check=RELAXED)
@given(case=factories.cases(), narrative=long_texts)
def test_every_character_of_three_thousand_cases(
    spec: FormSpec, part: int, case: Case, narrative: str
) -> None:
    everything_stands_on_the_pages(with_narrative(case, narrative), spec)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_every_hostile_string_in_every_document(number: int) -> None:
    for name in DOCUMENTS:
        if number % SOME == 0 or name not in SISTERS:
            hostile_words_stay_words(HOSTILE[number], name)


@pytest.mark.parametrize("words", WHOLE_PAGES, ids=lambda words: words[:4])
def test_a_text_of_whole_pages_in_every_field(words: str) -> None:
    for name in ("fda3500", "fda3500a-facility", "cioms1", "fda3500-official", *PAPERS):
        hostile_words_stay_words(words, name)

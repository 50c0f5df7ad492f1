"""An event beside a label: the very words, another word for the same, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

from aeapp.domain.assessment.expectedness import (
    compared,
    comparison_words,
    label_words,
    match_of,
    newest_label,
)
from aeapp.domain.chair.palette_terms import TERMS
from aeapp.domain.codelists.assessment import Expectedness
from aeapp.domain.records import LabelList
from aeapp.domain.records.label_list import LabelTerm
from tests.factories import day, records, texts

LABEL_NAME = "US prescribing information, version 14, Jan-2025"
LABEL = LabelList(
    id="label-1",
    product_id="p",
    name="US prescribing information",
    label_version="14",
    dated=day("2025-01"),
    terms=(
        LabelTerm(term="Nausea"),
        LabelTerm(term="Blood pressure increased", qualifier="transient."),
        LabelTerm(),
    ),
)


@pytest.mark.parametrize(
    ("verbatim", "term", "exact"),
    [
        ("nausea", "Nausea", True),
        ("  NAUSEA ", "Nausea", True),
        ("blood-pressure increased", "Blood pressure increased", True),
        ("hypertension", "Blood pressure increased", False),
        ("nauseous feeling in the car", None, False),
        ("Syncope", None, False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_a_term_is_found_by_its_words_and_never_by_a_near_one(
    verbatim: str | None, term: str | None, exact: bool
) -> None:
    found = match_of(verbatim, LABEL)

    assert (found.term.term if found else None) == term
    assert (found is not None and found.exact) == exact


def test_another_word_of_the_palette_for_the_same_is_called_a_synonym() -> None:
    nausea = next(t for t in TERMS if t.words == "Nausea")
    found = match_of(nausea.synonyms[0], LABEL)

    assert found is not None
    assert (found.term.term, found.exact) == ("Nausea", False)
    unlisted = LabelList(terms=(LabelTerm(term="Headache"),))
    assert match_of(nausea.synonyms[0], unlisted) is None


def test_the_newest_label_of_the_product_is_compared() -> None:
    older = LabelList(id="label-2", product_id="p", dated=day("2024"))
    other = LabelList(id="label-3", product_id="q", dated=day("2026"))

    assert newest_label((LABEL, older, other), "p") is LABEL
    assert newest_label((LABEL, older, other), "r") is None
    assert newest_label((LabelList(id="x"),), "") is None
    undated = LabelList(id="label-0", product_id="p")
    assert newest_label((undated, older), "p") is older


@pytest.mark.parametrize(
    ("verbatim", "product", "proposal", "words"),
    [
        (
            "Nausea",
            "p",
            Expectedness.LISTED,
            LABEL_NAME + " lists “Nausea”.",
        ),
        (
            "Blood pressure increased",
            "p",
            Expectedness.LISTED,
            LABEL_NAME + " lists “Blood pressure increased”. The label says: transient.",
        ),
        (
            "Syncope",
            "p",
            Expectedness.NOT_LISTED,
            LABEL_NAME + ": these words are not in its list of 3 reactions.",
        ),
        ("Syncope", "q", Expectedness.NO_LABEL, "No label of this product is stored."),
    ],
)
def test_the_sentence_names_the_label_and_its_date(
    verbatim: str, product: str, proposal: Expectedness, words: str
) -> None:
    found = compared(verbatim, (LABEL,), product)

    assert found.proposal is proposal
    assert comparison_words(found) == words
    assert "expected" not in words


def test_a_synonym_is_told_as_one_and_proposes_nothing() -> None:
    nausea = next(t for t in TERMS if t.words == "Nausea")

    assert compared("hypertension", (LABEL,), "p").proposal is None
    words = comparison_words(compared(nausea.synonyms[0], (LABEL,), "p"))
    assert words.endswith("lists “Nausea”, which is another wording: compare the two.")


def test_a_label_without_name_and_date_is_still_called_one() -> None:
    assert label_words(LabelList()) == "label"


@given(label=records(LabelList), verbatim=texts)
def test_any_label_can_be_compared(label: LabelList, verbatim: str) -> None:
    found = match_of(verbatim, label)

    assert found is None or found.term in label.terms

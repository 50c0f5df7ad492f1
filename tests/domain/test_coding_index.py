"""Terms are found by typing: the same words first, slips forgiven, never the opposite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.index import Coded, Offer, Rank, TermIndex
from aeapp.domain.coding.terms import own_terms, release_terms
from aeapp.domain.records import Terminology
from tests.helpers.terminologies import many_words

CTCAE, MEDDRA = TerminologyName.CTCAE, TerminologyName.MEDDRA


def term(words: str, code: str = "", **more: object) -> Coded:
    facts = {"terminology": MEDDRA, "edition": "91.1", "meddra_edition": "91.1"} | more
    return Coded(code=code or words, term=words, **facts)


def own(words: str, *synonyms: str) -> Coded:
    return term(words, terminology=TerminologyName.OWN, synonyms=synonyms)


def found(index: TermIndex, typed: str) -> list[str]:
    return [offer.coded.term for offer in index.find(typed)]


RANKED = TermIndex(
    [
        own("Wet feet", "drizzle", "drizzle on the toes"),
        term("Drizzle"),
        term("Drizzle syndrome"),
        term("Persistent drizzle"),
        term("Drozzle"),
    ]
)


def test_the_same_words_go_first_then_begins_synonyms_words_and_slips() -> None:
    assert [(o.coded.term, o.rank.name) for o in RANKED.find("drizzle")] == [
        ("Drizzle", "EXACT"),
        ("Drizzle syndrome", "PREFIX"),
        ("Wet feet", "SYNONYM"),
        ("Persistent drizzle", "WORD"),
    ]
    assert found(RANKED, "drozzle")[0] == "Drozzle"
    assert [(o.coded.term, o.slips) for o in RANKED.find("dirzzle")][:2] == [
        ("Wet feet", 1),
        ("Drizzle", 1),
    ]


@pytest.mark.parametrize(
    ("rank", "how"),
    [
        (Rank.EXACT, HowFound.EXACT),
        (Rank.PREFIX, HowFound.PICKED),
        (Rank.SYNONYM, HowFound.SYNONYM),
        (Rank.WORD, HowFound.PICKED),
        (Rank.TYPO, HowFound.TYPO),
    ],
)
def test_an_offer_says_how_it_was_found(rank: Rank, how: HowFound) -> None:
    assert Offer(term("Drizzle"), rank).how is how


OURS = TermIndex([*own_terms(), term("Hypertension"), term("Hypotension")])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hypretension", "Blood pressure increased"),
        ("disociation", "Dissociation"),
        ("nasuea", "Nausea"),
        ("blod presure incresed", "Blood pressure increased"),
        ("lightheded", "Dizziness"),
    ],
)
def test_slips_of_the_fingers_find_their_term(typed: str, first: str) -> None:
    assert found(OURS, typed)[0] == first


def test_nothing_is_found_for_nothing_and_for_what_no_term_is_like() -> None:
    assert found(OURS, "  ") == found(OURS, "xqzzkwv") == found(OURS, "xq") == []


@pytest.mark.parametrize(
    ("typed", "there", "opposite"),
    [
        ("hypertension", "Hypertension", "Hypotension"),
        ("hypotension", "Hypotension", "Hypertension"),
        ("hypotensoin", "Hypotension", "Hypertension"),
        ("rate increased", "Rate increased", "Rate decreased"),
        ("rate decreased", "Rate decreased", "Rate increased"),
        ("tachykardia", "Tachycardia", "Bradycardia"),
    ],
)
def test_a_slip_never_turns_a_word_into_its_opposite(typed: str, there: str, opposite: str) -> None:
    assert found(TermIndex([term(there), term(opposite)]), typed) == [there]
    only = TermIndex([term(opposite)])
    assert only.find(typed) == only.mistyped(typed) == ()


def test_a_word_that_some_term_has_is_not_taken_for_another() -> None:
    index = TermIndex([term("Wobbling chair"), term("Wobbling chain")])

    assert found(index, "wobbling chair") == ["Wobbling chair"]
    assert found(index, "wobblin chairs")[0] == "Wobbling chair"


def test_later_words_may_be_short_or_only_begun() -> None:
    index = TermIndex([term("Pain in the wing"), term("Pain at rest"), term("Wing pain")])

    assert found(index, "wing pa") == ["Wing pain", "Pain in the wing"]
    assert found(index, "pian at") == ["Pain at rest"]
    assert found(index, "p") == ["Pain at rest", "Pain in the wing"]


OLD = term("Old drizzle words", "2", current=False, parent="1")
NOW = term("Drizzle syndrome", "1", parent="1")


def test_a_term_no_longer_current_comes_last_and_its_preferred_term_before_it() -> None:
    index = TermIndex([OLD, NOW])

    offers = index.find("old drizzle words")
    assert [(o.coded, o.by) for o in offers] == [(NOW, "Old drizzle words"), (OLD, "")]
    assert found(index, "drizzle") == ["Drizzle syndrome", "Old drizzle words"]
    assert not index.mistyped("old drizzel words")


def test_a_term_whose_preferred_term_is_unknown_or_old_is_offered_as_what_it_is() -> None:
    assert TermIndex([OLD]).find("old drizzle words") == (Offer(OLD, Rank.EXACT),)
    both = TermIndex([OLD, term("Gone", "1", current=False)])
    assert found(both, "old drizzle words") == ["Old drizzle words"]


def test_of_many_terms_in_use_some_room_is_left_for_those_that_are_not() -> None:
    index = TermIndex([OLD, *(term(f"Drizzle {n}") for n in range(30))])

    offers = index.find("drizzle", 12)
    assert len(offers) == 12
    assert not any(o.coded is OLD for o in offers)
    assert [o.coded for o in index.find("old drizzle words")] == [OLD]
    mixed = index.find("old", 1)
    assert [o.coded for o in mixed] == [OLD]


def test_the_same_words_are_told_from_mistyped_ones() -> None:
    assert [o.coded.term for o in RANKED.same("Drizzle ")] == ["Drizzle", "Wet feet"]
    assert RANKED.mistyped("drizzle") == ()
    assert [o.coded.term for o in RANKED.mistyped("persistant drizle")] == ["Persistent drizzle"]
    assert RANKED.mistyped("drizle of the toes and more") == ()
    assert RANKED.mistyped("xqzzkwv") == ()
    assert RANKED.same("xqzzkwv") == ()


def test_a_term_is_found_by_its_code() -> None:
    index = TermIndex([OLD, NOW])

    assert len(index) == 2
    assert index.coded(MEDDRA, "2") is OLD
    assert index.coded(MEDDRA, "9") is None
    assert index.coded(CTCAE, "2") is None
    assert index.coded(None, "2") is None


NAMES = many_words(400)
MANY = TermIndex([term(name, str(n)) for n, name in enumerate(NAMES)])


@given(st.sampled_from(NAMES), st.data())
def test_any_term_is_found_by_its_words_whatever_their_case(name: str, data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from([name, name.upper(), f" {name}  "]))

    offers = MANY.find(typed)
    assert offers[0].coded.term == name
    assert offers[0].how is HowFound.EXACT


@given(st.text(max_size=200))
def test_any_text_can_be_typed(typed: str) -> None:
    offers = (*MANY.find(typed), *MANY.same(typed), *MANY.mistyped(typed))
    assert all(offer.coded.term in NAMES for offer in offers)


def test_terms_of_a_release_without_a_name_are_none() -> None:
    assert list(release_terms(Terminology(), ())) == []

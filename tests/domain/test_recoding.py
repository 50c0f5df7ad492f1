"""Many events at once: what is sure stands apart from guesses, and nothing is chosen."""

from __future__ import annotations

import pytest

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.index import Coded, Rank, TermIndex
from aeapp.domain.coding.recoding import (
    Recoding,
    coded_with,
    coding_in,
    recoding,
    with_coding,
)
from aeapp.domain.records import Event, Terminology
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate

MEDDRA, CTCAE, OWN = TerminologyName.MEDDRA, TerminologyName.CTCAE, TerminologyName.OWN
NOW = Terminology(name=MEDDRA, edition="92.0")


def term(words: str, code: str, *, current: bool = True, parent: str = "") -> Coded:
    return Coded(MEDDRA, "92.0", "92.0", code, words, current, parent=parent)


DRIZZLE, FRIGHT = term("Drizzle syndrome", "1"), term("Thunder fright", "2")
TWICE, TWICE_TOO = term("Double word", "3"), term("Double word", "4")
OLD = term("Old drizzle words", "5", current=False, parent="1")
INDEX = TermIndex([DRIZZLE, FRIGHT, TWICE, TWICE_TOO, OLD])


def plan(*events: Event) -> Recoding:
    return recoding(events, NOW, INDEX)


def had(code: str, words: str, edition: str = "91.1") -> Event:
    coding = Coding(terminology=MEDDRA, edition=edition, code=code, term=words)
    return Event(id="e", verbatim="the reporter's words", codings=(coding,))


def test_the_same_words_are_sure() -> None:
    found = plan(Event(id="e", version=3, verbatim="drizzle  SYNDROME"))

    assert [(p.event_id, p.version, p.offers[0].coded) for p in found.exact] == [("e", 3, DRIZZLE)]
    assert (found.guesses, found.nothing, found.coded) == ((), (), 0)


@pytest.mark.parametrize("verbatim", ["drizle syndrome", "double word", "old drizzle words"])
def test_slips_two_terms_of_the_same_words_and_old_terms_are_guesses(verbatim: str) -> None:
    found = plan(Event(id="e", verbatim=verbatim))

    assert (len(found.exact), len(found.guesses), len(found.nothing)) == (0, 1, 0)


@pytest.mark.parametrize("verbatim", ["felt like rain", "", None, "drizzle"])
def test_where_no_term_has_the_words_the_event_stays_in_its_words(verbatim: str | None) -> None:
    found = plan(Event(id="e", verbatim=verbatim))

    assert (len(found.exact), len(found.guesses), len(found.nothing)) == (0, 0, 1)


def test_a_code_of_the_edition_before_is_carried_where_code_and_words_are_the_same() -> None:
    same, renamed = plan(had("1", "Drizzle syndrome")), plan(had("1", "Drizzle disease"))

    assert [p.offers[0].coded for p in same.exact] == [DRIZZLE]
    assert same.exact[0].before is not None
    assert [(p.offers[0].rank, p.offers[0].by) for p in renamed.guesses] == [
        (Rank.WORD, "Drizzle disease")
    ]


def test_a_code_that_is_gone_leaves_the_words_to_tell() -> None:
    assert len(plan(had("77", "Gone")).nothing) == 1


def test_for_a_code_that_is_no_longer_current_the_term_in_its_place_is_looked_at() -> None:
    alone = term("Orphan words", "6", current=False, parent="77")
    index = TermIndex([DRIZZLE, OLD, alone])
    found = recoding([had("5", "Old drizzle words"), had("6", "Orphan words")], NOW, index)

    assert [(p.offers[0].coded, p.offers[0].by) for p in found.guesses] == [
        (DRIZZLE, "Old drizzle words")
    ]
    assert len(found.nothing) == 1


def test_a_synonym_of_the_own_list_leads_to_the_term_with_the_own_words_and_is_looked_at() -> None:
    own = TermIndex(
        [
            Coded(OWN, "1", "", "fright", "Thunder fright", synonyms=("scared of storms",)),
            Coded(OWN, "1", "", "wind", "Wind", synonyms=("drizzle syndrome", "gusts")),
            Coded(OWN, "1", "", "old", "Old drizzle words", synonyms=("yesterday's rain",)),
        ]
    )

    def found(verbatim: str) -> list[tuple[str, Rank, str]]:
        plan = recoding([Event(id="e", verbatim=verbatim)], NOW, INDEX, own)
        assert plan.exact == ()
        return [(o.coded.code, o.rank, o.by) for p in plan.guesses for o in p.offers]

    assert found("scared of storms") == [("2", Rank.SYNONYM, "scared of storms")]
    # A synonym of another synonym need not mean the same.
    assert found("gusts") == []
    # An old term is no proposal; the one in use instead of it is.
    assert [(code, rank) for code, rank, _by in found("yesterday's rain")] == [("1", Rank.SYNONYM)]


def test_events_with_a_code_in_the_release_are_counted_and_left_alone() -> None:
    found = plan(had("1", "Drizzle syndrome", edition="92.0"))

    assert (found.coded, found.exact, found.guesses, found.nothing) == (1, (), (), ())


def test_a_code_stands_beside_the_words_and_beside_codes_of_other_terminologies() -> None:
    at = PartialDate.parse("2026-11-23T14:40-05:00")
    event = Event(
        verbatim="words", codings=(Coding(terminology=CTCAE, code="9"), Coding(terminology=MEDDRA))
    )

    coded = coded_with(event, DRIZZLE, HowFound.TYPO, "A Coder", at)

    assert coded.verbatim == "words"
    assert [c.terminology for c in coded.codings] == [CTCAE, MEDDRA]
    assert coding_in(coded, NOW) == Coding(
        terminology=MEDDRA,
        edition="92.0",
        meddra_edition="92.0",
        code="1",
        term="Drizzle syndrome",
        how=HowFound.TYPO,
        chosen_by="A Coder",
        chosen_at=at,
    )


def test_a_code_is_put_where_the_code_of_its_terminology_stood_and_taken_from_there() -> None:
    old, other = Coding(terminology=MEDDRA, code="8"), Coding(terminology=CTCAE, code="9")
    event = Event(codings=(old, other))
    new = Coding(terminology=MEDDRA, code="1")

    assert with_coding(event, MEDDRA, new).codings == (new, other)
    assert with_coding(with_coding(event, MEDDRA, new), MEDDRA, old) == event
    assert with_coding(event, MEDDRA, None).codings == (other,)
    assert with_coding(Event(), MEDDRA, None) == Event()

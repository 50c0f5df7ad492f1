"""Adverse events and thoughts of suicide in words: limits, definitions, what is held back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.chair.palette import tiles
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Exposure, Harm, Occurred
from aeapp.domain.outcomes.harm_words import (
    exposure_words,
    graded,
    limit_words,
    never_seen,
    never_seen_words,
    term_words,
)
from aeapp.domain.outcomes.ideation import Ideation
from aeapp.domain.outcomes.ideation_words import published_lines, rate_words, unanswered_words

GIVEN = Exposure(sessions=100, patients=20, milligrams=Decimal(4000))
NAUSEA = Occurred("E1", "P1", "S1", "Nausea", 2, serious=False)
HARM = Harm(GIVEN, (NAUSEA, replace(NAUSEA, event_id="E2", grade=None, session_id=None)))


def test_what_was_not_seen_has_an_upper_limit_by_the_rule_of_three() -> None:
    words = never_seen_words(HARM)
    assert words.startswith("Not seen: Dissociation, ")
    assert words.endswith("; each at most 3.0 % of 100 sessions (95 %, one-sided).")
    assert "Nausea" not in never_seen(HARM)


def test_what_was_told_in_a_term_of_the_list_was_seen_whatever_it_was_coded_as() -> None:
    coded = replace(NAUSEA, term="Hypertension", names=frozenset({"Blood pressure increased"}))
    assert "Blood pressure increased" in never_seen(HARM)
    assert "Blood pressure increased" not in never_seen(Harm(GIVEN, (coded,)))


def test_without_a_session_or_with_every_term_seen_nothing_is_said() -> None:
    nothing = Harm(Exposure(0, 0, Decimal(0)), ())
    assert (limit_words(nothing), never_seen_words(nothing)) == ("", "")
    all_seen = Harm(GIVEN, (replace(NAUSEA, names=frozenset(term.words for term in tiles())),))
    assert never_seen_words(all_seen) == ""


def test_a_term_is_told_per_session_person_and_gram_with_its_grades() -> None:
    row = HARM.rows[0]
    assert graded(row) == (0, 1, 0, 0, 0, 1)
    assert term_words(row, GIVEN) == (
        "Nausea: 2 events; 1.0 per 100 sessions (0.18 to 5.4); 0.10 per person; 0.50 per gram;"
        " severity 2 1, without severity 1"
    )
    bare = Harm(Exposure(0, 0, Decimal(0)), (NAUSEA,)).rows[0]
    assert term_words(bare, Exposure(0, 0, Decimal(0))).startswith(
        "Nausea: 1 events; - per 100 sessions (-); no exposure per person"
    )


def test_what_was_given_names_the_doses_of_unknown_amount() -> None:
    assert exposure_words(replace(GIVEN, patients=4), shared=True) == (
        "100 sessions, under 5 people, 4.000 g"
    )
    assert exposure_words(GIVEN) == "100 sessions, 20 people, 4.000 g"
    assert exposure_words(replace(GIVEN, unknown_doses=2)) == (
        "100 sessions, 20 people, 4.000 g; doses of unknown amount, not in the grams: 2"
    )


def test_a_rate_has_its_range_and_its_warning_and_a_small_one_is_not_told() -> None:
    assert rate_words(Proportion(0, 0)) == "0 / 0: nobody"
    assert rate_words(Proportion(12, 30)) == "12 / 30, 40.0 % (24.6 to 57.7)"
    assert rate_words(Proportion(12, 15), missing=3) == (
        "12 / 15, 80.0 % (54.8 to 93.0); if missing 66.7 to 83.3; few: 15, under 20"
    )
    assert rate_words(Proportion(12, 30), missing=3, shared=True) == (
        "12 / 30, 40.0 % (24.6 to 57.7)"
    )
    assert rate_words(Proportion(2, 30), shared=True) == "not told / 30"
    assert rate_words(Proportion(0, 3), shared=True) == "not told / under 5"
    assert rate_words(Proportion(12, 30), shared=True, held=True) == "not told / 30"


def test_who_has_no_answer_is_counted_and_published_figures_have_their_people() -> None:
    found = Ideation(lost=("a", "b"), not_asked=tuple("cdefgh"))
    assert unanswered_words(found) == (
        "after, of those who had it 2; of those who had none 0; at baseline 6"
    )
    # Two and none are told together only as what is missing of everybody.
    assert unanswered_words(found, shared=True) == (
        "after, of those who had it not told; of those who had none not told; at baseline not told"
    )
    many = Ideation(lost=tuple("abcde"), lost_without=("f", "g"), not_asked=tuple("hijklmn"))
    assert unanswered_words(many, shared=True).endswith("at baseline 7")
    assert published_lines("increase") == (
        "McInnes 2022: 6.0 % of 537 (IV ketamine, 178 practices in the US)",
    )
    assert published_lines("new") == ()

"""The event palette: what it holds, in which order, and what a person finds in it."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.palette import (
    Use,
    find,
    folded,
    ordered,
    term_of,
    tiles,
    use_of,
    year_of_use,
)
from aeapp.domain.chair.palette_terms import SOURCE, TERMS
from aeapp.domain.chair.quick_notes import QUICK

REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = REPOSITORY.parent / "shared" / "data" / "terminology" / "ketamine-ae-name-matches.csv"


def found(typed: str) -> list[str]:
    return [hit.term.words for hit in find(typed)]


# --- what it holds


def test_there_are_more_than_sixty_terms_each_with_a_code_of_its_own() -> None:
    assert len(TERMS) >= 60
    assert len({term.code for term in TERMS}) == len(TERMS)


def test_no_name_means_two_terms() -> None:
    names = [(folded(n), t.code) for t in TERMS for n in (t.words, *t.synonyms)]
    by_name: dict[str, set[str]] = {}
    for name, code in names:
        by_name.setdefault(name, set()).add(code)
    assert {name: codes for name, codes in by_name.items() if len(codes) > 1} == {}


def test_twelve_terms_have_a_letter_and_no_letter_stands_twice() -> None:
    letters = [term.letter for term in tiles()]
    assert len(letters) == 12
    assert len(set(letters)) == 12
    assert all(len(letter) == 1 and letter.isupper() for letter in letters)


def test_every_frequency_names_product_and_source() -> None:
    labelled = {t.words: t.label for t in TERMS if t.label}
    assert labelled["Dissociation"].percent == Decimal(41)
    assert labelled["Blood pressure increased"].percent == Decimal(10)
    assert {(share.product, share.source) for share in labelled.values()} == {("SPRAVATO", SOURCE)}


def test_the_terms_are_in_small_words_and_not_longer_than_a_line() -> None:
    assert max(len(term.words) for term in TERMS) <= 30
    assert all(term.words[0].isupper() for term in TERMS)


def test_quick_notes_have_digits_of_their_own() -> None:
    assert [q.digit for q in QUICK] == list("123456789")


# --- order


def test_without_use_the_label_orders_the_terms() -> None:
    assert [t.words for t in ordered(Use())][:4] == [
        "Dissociation",
        "Dizziness",
        "Nausea",
        "Sedation",
    ]


def test_the_clinics_own_use_orders_them_once_there_are_twenty_sessions() -> None:
    counts = {"vomiting": 9, "crying": 5}
    assert ordered(Use(19, counts))[0].words == "Dissociation"
    assert [t.words for t in ordered(Use(20, counts))][:3] == [
        "Vomiting",
        "Crying",
        "Dissociation",
    ]


def test_letters_stay_with_their_terms_whatever_the_order() -> None:
    before = {t.code: t.letter for t in tiles()}
    after = {t.code: t.letter for t in tiles(Use(100, {"slow-breathing": 50}))}
    assert next(iter(after)) == "slow-breathing"
    assert after == before


def test_a_share_is_counted_over_sessions_and_not_said_of_few() -> None:
    assert Use(50, {"nausea": 11}).share("nausea") == Decimal(22)
    assert Use(50, {}).share("nausea") == 0
    assert Use(19, {"nausea": 11}).share("nausea") is None


# --- own use


def test_a_term_counts_once_a_session_by_its_words_or_a_synonym() -> None:
    told = [("s1", "Vomiting"), ("s1", "threw up"), ("s2", "THREW-UP"), ("s3", "odd"), ("s4", None)]
    assert use_of(4, told) == Use(4, {"vomiting": 2})


@pytest.mark.parametrize(
    ("today", "begin", "end"),
    [
        (dt.date(2026, 11, 23), dt.date(2025, 11, 1), dt.date(2026, 10, 31)),
        (dt.date(2026, 1, 1), dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        (dt.date(2024, 3, 31), dt.date(2023, 3, 1), dt.date(2024, 2, 29)),
    ],
)
def test_use_is_counted_over_the_twelve_whole_months_before(
    today: dt.date, begin: dt.date, end: dt.date
) -> None:
    assert year_of_use(today) == (begin, end)


# --- finding


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hypretension", "Blood pressure increased"),
        ("disociation", "Dissociation"),
        ("threw up", "Vomiting"),
        ("out of body", "Out-of-body feeling"),
        ("vomting", "Vomiting"),
        ("siezure", "Seizure-like movements"),
        ("tachicardia", "Fast heartbeat"),
        ("drnk", "Feeling drunk"),
        ("halucination", "Hallucination"),
        ("diarrea", "Diarrhea"),
        ("resp depr", "Slow breathing"),
        ("sob", "Short of breath"),
        ("Übelkeit", ""),
        ("nausée", "Nausea"),
        ("zzz", ""),
        ("  ", ""),
    ],
)
def test_typing_slips_and_synonyms_find_the_term(typed: str, words: str) -> None:
    assert found(typed)[:1] == ([words] if words else [])


def test_own_words_go_before_synonyms_and_whole_before_parts() -> None:
    assert found("na")[0] == "Nausea"
    assert found("pressure")[:2] == ["Pressure in the head", "Blood pressure increased"]
    assert found("nausea") == ["Nausea"]


def test_a_hit_says_by_what_it_was_found_and_whether_it_completes_what_was_typed() -> None:
    (first, *_rest) = find("hypertension")
    assert (first.by, first.begins) == ("hypertension", False)
    (first, *_rest) = find("vom")
    assert (first.by, first.begins) == ("", True)
    (first, *_rest) = find("ting")
    assert first.begins is False


def test_what_this_clinic_has_more_often_stands_first_among_equals() -> None:
    rare, often = found("fe"), [h.term.words for h in find("fe", Use(50, {"feeling-abnormal": 9}))]
    assert rare[0] == "Feeling drunk"
    assert often[0] == "Feeling strange"


def test_at_most_eight_are_offered() -> None:
    assert len(find("a")) == 8


def test_words_that_are_no_name_are_no_term() -> None:
    assert term_of("threw up twice") is None
    assert term_of(None) is None


def test_names_of_events_elsewhere_are_found() -> None:
    if not NAMES.is_file():
        pytest.skip("the list of event names is not on this machine")
    with NAMES.open(encoding="utf-8", newline="") as file:
        names = [row["ae_name"] for row in csv.DictReader(file)]
    lost = [name for name in names if not find(name)]
    assert len(names) >= 90
    assert set(lost) <= {"Depersonalization/derealization disorder", "Salivary gland infection"}

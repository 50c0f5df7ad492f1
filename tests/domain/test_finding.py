"""Words are folded alike on both sides, hits stand in their order, slips find the name meant."""

from __future__ import annotations

from collections import Counter

import pytest

from aeapp.domain.finding.question import (
    Answer,
    Hit,
    Question,
    as_stored,
    as_they_are,
    counted,
    nearest,
    ranked,
)
from aeapp.domain.finding.sources import FACTS, KINDS, SOURCES
from aeapp.domain.finding.words import FACET, LONGEST, MOST_TYPED, begin_of, typed_words, words_of
from aeapp.domain.items import specs_of
from aeapp.domain.records import BY_KIND
from aeapp.domain.values import PartialDate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zoë Müller", {"zoe", "muller"}),
        ("Søren Åłka", {"soren", "alka"}),
        ("P-0412", {"p", "0412", "p0412"}),
        ("KC-2026-000031/3500/1", {"kc", "2026", "000031", "3500", "1", "kc202600003135001"}),
        ("Straße", {"strasse"}),
        ("don't_stop", {"don", "t", "stop", "dontstop"}),
        ("1.5", {"1", "5", "15"}),
        ("…", set()),
        (f"a{FACET}kpatient", {"a", "kpatient", "akpatient"}),
        ("x" * 100, {"x" * LONGEST}),
    ],
)
def test_a_text_is_found_by_its_plain_words(text: str, words: set[str]) -> None:
    assert words_of([text]) == words
    assert all(word.isalnum() for word in words_of([text]))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Müller zoë müller", ("muller", "zoe")),
        ("p-0412", ("p0412",)),
        ("KC-2026-000031", ("kc2026000031",)),
        ("Anne-Marie", ("anne", "marie")),
        ("' OR 1=1 --", ("or", "11")),
        (" ".join(f"w{n}" for n in range(20)), tuple(f"w{n}" for n in range(MOST_TYPED))),
    ],
)
def test_typing_is_parted_as_what_is_stored(typed: str, words: tuple[str, ...]) -> None:
    assert typed_words(typed) == words


def test_one_letter_asks_nothing_but_a_fact_does() -> None:
    assert not Question(words="m").asks
    assert not Question(words=" ", kinds=("event",)).asks
    assert Question(words="mi").asks
    assert Question(states=("draft",)).asks
    assert Question(since=PartialDate(2026)).asks
    assert Question().wanted_kinds == KINDS
    assert Question(kinds=("event",)).wanted_kinds == ("event",)


def test_whole_words_of_the_title_come_first_then_begins_then_patients_then_the_newest() -> None:
    hits = [
        Hit("event", "newest", "Marian said so"),
        Hit("report", "elsewhere", "KC-1"),
        Hit("session", "theirs", "KS-1", "Mari Ann"),
        Hit("event", "older", "Marian said so"),
        Hit("patient", "whole", "Mari Ann"),
    ]
    found = [hit.id for hit in ranked(hits, ("mari",))]
    assert found == ["whole", "theirs", "newest", "older", "elsewhere"]


def test_hits_are_counted_by_each_fact() -> None:
    hits = [
        Hit("event", "1", "", state="stands", serious="serious", products=("a", "b")),
        Hit("event", "2", "", state="struck", products=("a",)),
        Hit("patient", "3", ""),
    ]
    assert counted(hits) == {
        "kinds": {"event": 2, "patient": 1},
        "states": {"stands": 1, "struck": 1},
        "serious": {"serious": 1},
        "products": {"a": 2, "b": 1},
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("averi", "avery"),
        ("aveyr", "avery"),
        ("smaple", "sample"),
        ("avery", ""),
        ("evary", ""),
        ("av", ""),
        ("zzzzzz", ""),
    ],
)
def test_a_mistyped_name_finds_the_nearest_one(typed: str, meant: str) -> None:
    assert nearest(typed, ["avery", "sample", "samantha"]) == meant


def test_every_source_names_items_and_links_that_records_have() -> None:
    for place, sources in SOURCES.items():
        for source in sources:
            specs = {path.replace("[]", "") for path in specs_of(BY_KIND[source.kind])}
            assert set(source.paths) <= specs, (place, source)
            held = BY_KIND[source.through or source.kind]
            assert source.by == "id" or hasattr(held(), source.by)
            assert source.of == "id" or hasattr(BY_KIND[place](), source.of)
            assert not source.link or hasattr(held(), source.link)
        assert all(hasattr(BY_KIND[place](), name) for name in FACTS[place])


def test_a_source_is_concerned_by_its_items_and_its_link_alone() -> None:
    notes = next(s for s in SOURCES["session"] if s.kind == "note")
    assert notes.concerns(frozenset({"words"}))
    assert notes.concerns(frozenset({"session_id"}))
    assert not notes.concerns(frozenset({"at", "by"}))


@pytest.mark.parametrize(
    ("word", "begin"),
    [
        ("hypertension", "hyperten"),
        ("jackson", "jackso"),
        ("avery", "avery"),
        ("av", "av"),
        ("a", "a"),
        ("ks2018000042", "ks2018000042"),
    ],
)
def test_a_word_is_looked_for_by_a_begin_that_the_index_keeps(word: str, begin: str) -> None:
    assert begin_of(word) == begin


def report(name: str, state: str) -> Hit:
    return Hit(kind="report", id=name, title=name, state=state)


ANSWER = Answer(
    hits=(report("a", "ready"), report("b", "ready"), report("c", "draft"),
          Hit(kind="event", id="e", title="e", state="stands")),
    counts={"kinds": Counter(report=3, event=1)},
)  # fmt: skip


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ((), {"a": "ready", "b": "changed", "c": "draft", "e": "stands"}),
        (("ready", "draft"), {"a": "ready", "c": "draft", "e": "stands"}),
        (("changed",), {"b": "changed", "c": "draft", "e": "stands"}),
    ],
)
def test_a_report_is_found_by_the_state_that_the_lists_show(
    states: tuple[str, ...], found: dict[str, str]
) -> None:
    question = Question(words="x", states=states)
    answer = as_they_are(question, ANSWER, {"b"})
    assert {hit.id: hit.state for hit in answer.hits} == found
    assert answer.counts["kinds"]["report"] == len(found) - 1
    assert answer.counts["states"] == Counter(found.values())


def test_what_changed_since_it_was_approved_is_looked_for_among_the_approved() -> None:
    asked = Question(words="x", states=("draft", "changed"))
    assert as_stored(asked).states == ("draft", "ready")
    assert as_stored(Question(words="x", states=("ready", "changed"))).states == ("ready",)
    plain = Question(words="x", states=("ready",))
    assert as_stored(plain) == plain
    assert as_they_are(plain, Answer(), ()) == Answer()

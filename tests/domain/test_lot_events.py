"""Events by lot: their order, their tallies, and the rule that counts them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aeapp.domain.chair.lot_events import (
    DEFAULT_RULE,
    SORTS,
    Gathering,
    LotEvent,
    Tally,
    gathered,
    gathering_words,
    in_order,
    rule_of,
    rule_words,
    since,
    tallies,
)
from aeapp.domain.chair.lots import Shelf, expiry, why_asked
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event, Lot, LotRule, Patient, Session
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.product import Hold
from aeapp.domain.values import PartialDate

TODAY = dt.date(2026, 11, 23)
LOT = Lot(id="lot", number="KT6B0417")


def line(n: int, words: str, day: str = "2026-11-20", *, patient: str = "") -> LotEvent:
    who = patient or f"p{n}"
    return LotEvent(
        Event(id=f"e{n}", patient_id=who, verbatim=words, onset=PartialDate.parse(day)),
        Patient(id=who, code=f"P-{who}"),
        Session(id=f"s{n}", number=f"S-{n}"),
        None,
    )


THREE = (line(1, "Vomiting"), line(2, "Rash"), line(3, "vomiting"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (None, "not assessed"),
        (frozenset(), "not serious"),
        (NullFlavor.UNK, "Unknown"),
        (NullFlavor.NASK, "Not asked"),
        (frozenset({Seriousness.LIFE_THREATENING}), Seriousness.LIFE_THREATENING.words),
    ],
)
def test_not_assessed_unknown_not_asked_and_not_serious_differ(told: object, words: str) -> None:
    event = Event(seriousness=told)  # type: ignore[arg-type]
    assert LotEvent(event, None, None, None).serious == words


def test_an_event_is_named_by_its_newest_code_and_dated_by_its_onset() -> None:
    coded = Event(verbatim="threw up", codings=(Coding(term="Vomiting"), Coding()))
    begun = Session(started=PartialDate.parse("2026-11-19"))
    told = LotEvent(coded, Patient(), begun, None)
    assert (told.term, told.code, told.at) == ("Vomiting", "", begun.started)
    bare = LotEvent(Event(onset=NullFlavor.UNK), None, None, None)
    assert (bare.term, bare.code, bare.at) == ("", "", None)


@pytest.mark.parametrize("key", SORTS)
def test_lines_are_put_in_order_by_every_column(key: str) -> None:
    lines = (*THREE, LotEvent(Event(id="e9"), None, None, None))
    up, down = in_order(lines, key, descending=False), in_order(lines, key)
    assert up == down[::-1]
    assert len(up) == 4


def test_terms_are_tallied_whatever_their_case() -> None:
    assert tallies(THREE) == (Tally("Vomiting", 2, 2), Tally("Rash", 1, 1))


# --- the rule


@pytest.mark.parametrize(
    ("lines", "rule", "found"),
    [
        (THREE, DEFAULT_RULE, Gathering(3, 3)),
        (THREE[:2], DEFAULT_RULE, None),
        # All in one patient.
        ([line(n, "Rash", patient="p") for n in (1, 2, 3)], DEFAULT_RULE, None),
        # One of them too long ago.
        ([*THREE[:2], line(3, "Rash", "2026-10-01")], DEFAULT_RULE, None),
        (THREE, replace(DEFAULT_RULE, same_term=True), None),
        (THREE, replace(DEFAULT_RULE, same_term=True, events=2), Gathering(2, 2, "Vomiting")),
        (THREE, replace(DEFAULT_RULE, active=False), None),
        (THREE[:1], LotRule(active=True, days=30), Gathering(1, 1)),
        ([LotEvent(Event(), None, None, None)] * 3, DEFAULT_RULE, None),
    ],
)
def test_the_rule_counts_events_patients_and_days(
    lines: list[LotEvent], rule: LotRule, found: Gathering | None
) -> None:
    assert gathered(rule, LOT, lines, TODAY) == found


def test_a_lot_on_hold_is_no_news_and_what_was_looked_at_counts_no_more() -> None:
    held = Hold(at=PartialDate.parse("2026-11-21"), reason="three events")
    assert gathered(DEFAULT_RULE, replace(LOT, holds=(held,)), THREE, TODAY) is None
    ended = replace(held, released_at=PartialDate.parse("2026-11-21"))
    lot = replace(LOT, holds=(ended,))
    assert since(DEFAULT_RULE, lot, TODAY) == dt.date(2026, 11, 22)
    assert gathered(DEFAULT_RULE, lot, THREE, TODAY) is None
    later = [replace(one, event=replace(one.event, onset=PartialDate.of(TODAY))) for one in THREE]
    assert gathered(DEFAULT_RULE, lot, later, TODAY) == Gathering(3, 3)


def test_the_rule_says_whose_it_is_and_what_it_counts() -> None:
    assert rule_words(DEFAULT_RULE) == (
        "rule of the clinic: 3 events of any term in 2 patients, 30 days"
    )
    assert "of one term" in rule_words(replace(DEFAULT_RULE, same_term=True))
    assert rule_words(LotRule()) == "rule of the clinic: not in use"
    assert rule_of([]) is DEFAULT_RULE
    own = LotRule(events=5)
    assert rule_of([own]) is own
    assert gathering_words(Gathering(3, 2)) == "3 events in 2 patients"
    assert gathering_words(Gathering(3, 2, "Rash")) == "3 events in 2 patients: Rash"


def test_a_lot_on_hold_is_asked_about_whatever_its_date() -> None:
    held = replace(LOT, expires=PartialDate.parse("2028-03"), holds=(Hold(reason="particles"),))
    found = expiry(held, TODAY)
    assert (found.shelf, found.words) == (Shelf.HELD, "on hold")
    assert why_asked(found.shelf).startswith("This lot is on hold")
    assert why_asked(found.shelf, again=True) == "This lot is on hold: say why."
    assert why_asked(Shelf.GOOD) == ""

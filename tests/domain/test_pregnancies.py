"""Pregnancies: when the outcome is asked for, and that no answer is taken for another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aeapp.domain.codelists.clinic import PregnancyOutcome
from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import NullFlavor
from aeapp.domain.pregnancies import asking, is_due, parent_words, pregnancy_words
from aeapp.domain.records import Pregnancy
from aeapp.domain.values import PartialDate

TODAY = dt.date(2026, 11, 23)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("facts", "expected", "why"),
    [
        ({"ask_on": day("2026-12-01"), "due_on": day("2027-05")}, "2026-12-01", "day set"),
        # A month is an answer: its last day is asked on.
        ({"due_on": day("2027-05")}, "2027-05-31", "expected delivery"),
        ({"last_period": day("2026-10-01")}, "2027-07-08", "280 days"),
        ({"last_period": NullFlavor.UNK}, None, "no date known"),
    ],
)
def test_the_outcome_is_asked_for_as_set_or_at_term(
    facts: dict[str, Any], expected: str | None, why: str
) -> None:
    found = asking(Pregnancy(**facts))
    assert (str(found.day) if found.day else None) == expected
    assert why in found.why


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, True),
        ({"ask_on": day("2026-12-07")}, True),
        ({"ask_on": day("2026-12-08")}, False),
        ({"ask_on": day("2026-01-01")}, True),
        ({"exposed": Answer.NO}, False),
        ({"exposed": NullFlavor.NASK}, True),
        ({"exposed": NullFlavor.UNK}, True),
        ({"outcome": PregnancyOutcome.LIVE_BIRTH}, False),
        ({"outcome": PregnancyOutcome.LOST}, False),
        ({"outcome": NullFlavor.NASK}, True),
        ({"outcome": NullFlavor.NI}, True),
        ({"outcome": NullFlavor.UNK}, False),
    ],
)
def test_a_line_stands_on_today_until_there_is_an_outcome(facts: dict[str, Any], due: bool) -> None:
    assert is_due(Pregnancy(**facts), TODAY) is due


def test_not_answered_not_asked_unknown_and_no_are_four_things() -> None:
    told = {
        pregnancy_words(Pregnancy(exposed=answer))
        for answer in (None, NullFlavor.NASK, NullFlavor.UNK, Answer.NO)
    }
    assert len(told) == 4


def test_a_pregnancy_is_told_in_a_line() -> None:
    pregnancy = Pregnancy(
        exposed=Answer.YES,
        last_period=day("2026-02"),
        due_on=NullFlavor.UNK,
        outcome=PregnancyOutcome.LIVE_BIRTH,
        outcome_on=day("2026-11-03"),
        child_affected=Answer.YES,
    )
    assert parent_words(pregnancy, "P-1") == (
        "Mother P-1: given in it: Yes, last period Feb-2026, expected Unknown, outcome Live birth,"
        " 03-Nov-2026, child has an event: Yes"
    )

"""Leaving: the score, what is met, and the figures the REMS asks for."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from aeapp.domain.chair.aldrete import PARTS, SCALE, score_of, total_of
from aeapp.domain.chair.discharge import Lack, Readiness, readiness_of
from aeapp.domain.chair.gate import Row, Sheet, State
from aeapp.domain.chair.phases import stay_of
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Proposal, Score
from aeapp.domain.records.protocol import Question
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate


def at(minute: int, hour: int = 14) -> PartialDate:
    return PartialDate(2026, 11, 23, hour + minute // 60, minute % 60, None, -300)


STAY = stay_of([Administration(started=at(0)), Administration(started=at(5))], 120)
UNTIMED = stay_of([Administration(started=PartialDate(2026, 11, 23))], 120)
MIXED = [Administration(), Administration(started=at(0))]
DONE = Sheet(())
OPEN = Sheet((Row(Question(code="gait"), None, "", None, State.UNANSWERED),))


# --- the score


def test_every_set_of_answers_adds_up_to_its_points() -> None:
    for points in itertools.product((0, 1, 2), repeat=5):
        total = total_of(score_of("".join(map(str, points))))
        assert (total.points, total.sum, total.missing) == (points, sum(points), ())


def test_the_arithmetic_is_shown() -> None:
    assert total_of(score_of("22122")).arithmetic == "2 + 2 + 1 + 2 + 2 = 9"


def test_a_part_is_never_shown_as_the_whole() -> None:
    total = total_of(score_of("22"))

    assert (total.sum, total.missing) == (None, (3, 4, 5))
    assert total.arithmetic == "2 + 2 + ? + ? + ? = ?"


@pytest.mark.parametrize("points", [None, NullFlavor.UNK, 3, -1])
def test_an_item_without_valid_points_is_missing(points: int | NullFlavor | None) -> None:
    items = (*score_of("2222").items, ScoreItem(number=5, points=points))

    assert total_of(Score(items=items)).missing == (5,)


@pytest.mark.parametrize("digits", ["3", "x", "222222", "2 2"])
def test_other_signs_are_no_score(digits: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        score_of(digits)


def test_the_instrument_has_five_items_of_three_answers() -> None:
    assert [len(part.answers) for part in PARTS] == [3] * 5
    assert score_of("").scale == SCALE


# --- readiness


def ready(**changes: Any) -> Readiness:
    facts: dict[str, Any] = {
        "sheet": DONE,
        "stay": STAY,
        "at": at(120),
        "least": 9,
        "escort": "JM",
        "scores": [score_of("22221")],
    }
    return readiness_of(**(facts | changes))


LACKS: list[tuple[str, dict[str, Any], tuple[Lack, ...]]] = [
    ("all is met", {}, ()),
    ("list open", {"sheet": OPEN}, (Lack.LIST,)),
    ("no escort", {"escort": None}, (Lack.ESCORT,)),
    ("empty escort", {"escort": "  "}, (Lack.ESCORT,)),
    ("escort unknown", {"escort": NullFlavor.UNK}, (Lack.ESCORT,)),
    ("escort does not apply", {"escort": NullFlavor.NA}, ()),
    ("at home nobody takes anybody home", {"escort": None, "at_home": True}, ()),
    ("no score", {"scores": []}, (Lack.SCORE,)),
    ("half a score", {"scores": [score_of("22")]}, (Lack.SCORE,)),
    ("another instrument", {"scores": [Score(scale="phq-9")]}, (Lack.SCORE,)),
    ("low score", {"scores": [score_of("22220")]}, (Lack.LOW_SCORE,)),
    ("no score asked for", {"scores": [], "least": None}, ()),
    ("low, and none asked for", {"scores": [score_of("00000")], "least": None}, ()),
    ("too early", {"at": at(119)}, (Lack.MINIMUM,)),
    (
        "what runs has no pace, so that only a person can say what it gave",
        {"running": True, "untold": True},
        (Lack.RUNNING, Lack.AMOUNT),
    ),
    ("an infusion runs, first of all", {"running": True, "sheet": OPEN}, (Lack.RUNNING, Lack.LIST)),
    ("route not known", {"has_protocol": False}, (Lack.ROUTE,)),
    ("dose without a clock time", {"stay": UNTIMED}, (Lack.DOSE_TIME,)),
    ("such a dose, and no minimum", {"stay": stay_of([Administration()], None)}, ()),
    ("such a dose beside a timed one", {"stay": stay_of(MIXED, 120)}, ()),
    ("proposed and open", {"proposals": [Proposal(state=ProposalState.OPEN)]}, (Lack.PROPOSAL,)),
    ("proposed and decided", {"proposals": [Proposal(state=ProposalState.DISMISSED)]}, ()),
    ("no dose, no minimum", {"stay": stay_of([], 120), "at": at(1)}, ()),
]


@pytest.mark.parametrize(
    ("changes", "lacks"), [row[1:] for row in LACKS], ids=[row[0] for row in LACKS]
)
def test_what_leaving_lacks_is_named(changes: dict[str, Any], lacks: tuple[Lack, ...]) -> None:
    assert ready(**changes).lacks == lacks


def test_a_running_infusion_is_stopped_by_leaving_and_takes_no_reason() -> None:
    found = ready(running=True)

    assert found.lacks == (Lack.RUNNING,)
    assert found.must_be_done == ()
    assert not found.needs_reason


def test_a_reason_replaces_the_minimum_and_not_a_question() -> None:
    found = ready(sheet=OPEN, at=at(60), escort=None)

    assert found.must_be_done == (Lack.LIST,)
    assert found.needs_reason
    assert (found.minutes, found.minimum) == (60, 120)


def test_only_what_was_asked_can_be_overridden_with_a_reason() -> None:
    overridable = {lack for lack in Lack if lack.may_be_overridden}
    assert set(Lack) - overridable == {
        Lack.RUNNING,
        Lack.AMOUNT,
        Lack.ROUTE,
        Lack.LIST,
        Lack.SCORE,
        Lack.SAFETY,
    }


def test_nothing_lacking_needs_no_reason() -> None:
    assert not ready().needs_reason
    assert not ready(sheet=OPEN).needs_reason


def test_the_score_taken_last_counts() -> None:
    early, late = score_of("22222"), score_of("22000")
    dated = [
        Score(scale=SCALE, id="b", at=at(100), items=late.items),
        Score(scale=SCALE, id="a", at=at(90), items=early.items),
        Score(scale=SCALE, id="c", items=early.items),
    ]

    found = ready(scores=dated).score

    assert found is not None
    assert found.sum == 4

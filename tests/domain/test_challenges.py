"""Dechallenge and rechallenge: what the records show, with its grounds, and nothing more."""

from __future__ import annotations

import zoneinfo
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.assessment.challenges import (
    Course,
    Derived,
    answered,
    dechallenge,
    rechallenge,
)
from aeapp.domain.codelists.safety import ActionTaken, Challenge, DrugRole, Outcome
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate
from tests.factories import records

CHICAGO = zoneinfo.ZoneInfo("America/Chicago")
YES, NO, NOT_APPLICABLE = Challenge


def at(clock: str, on: str = "2026-11-23") -> PartialDate:
    return PartialDate.parse(f"{on}T{clock}-06:00")


def infusion(**more: object) -> Administration:
    items = {"started": at("13:50"), "rate": Decimal("0.95"), "dose": Decimal(38)} | more
    return Administration(id="g1", **items)  # type: ignore[arg-type]


def event(**more: object) -> Event:
    items = {"onset": at("14:10"), "verbatim": "Dizziness"} | more
    return Event(id="e1", **items)  # type: ignore[arg-type]


def course(*givings: Administration, events: tuple[Event, ...] = ()) -> Course:
    return Course(givings, events, CHICAGO)


def change(clock: str, what: InfusionChange, rate: str = "") -> DoseChange:
    return DoseChange(at=at(clock), change=what, rate=Decimal(rate) if rate else None)


CUT_SHORT = infusion(planned=Decimal(38), dose=Decimal(20), ended=at("14:15"))
PAUSED = infusion(changes=(change("14:12", InfusionChange.PAUSE),))
SLOWED = infusion(
    changes=(
        change("14:00", InfusionChange.RATE, "1.20"),
        change("14:12", InfusionChange.RATE, "0.95"),
    )
)
REDUCED = infusion(reduced_on=PartialDate.parse("2026-11-25"))


@pytest.mark.parametrize("giving", [CUT_SHORT, PAUSED, SLOWED])
def test_what_was_stopped_or_lessened_and_then_over_abated(giving: Administration) -> None:
    found = dechallenge(event(ended=at("14:40")), course(giving))

    assert found.answer is YES
    assert [g.at for g in found.grounds][-1] == at("14:40")


def test_the_grounds_name_what_was_done_and_when() -> None:
    found = dechallenge(event(ended=at("14:40")), course(PAUSED))

    assert [(g.words, g.at) for g in found.grounds] == [
        ("The infusion was paused, {at}.", at("14:12")),
        ("The event was over, {at}.", at("14:40")),
    ]


def test_a_rate_that_was_raised_or_lowered_before_the_onset_stopped_nothing() -> None:
    raised = infusion(changes=(change("14:12", InfusionChange.RATE, "1.20"),))
    before = infusion(changes=(change("14:00", InfusionChange.RATE, "0.50"),))
    unsaid = infusion(changes=(DoseChange(change=InfusionChange.PAUSE), DoseChange(at=at("14:12"))))

    for giving in (raised, before, unsaid):
        assert dechallenge(event(ended=at("14:40")), course(giving)).answer is None


def test_the_first_of_several_stops_counts() -> None:
    giving = infusion(
        changes=(change("14:20", InfusionChange.PAUSE), change("14:12", InfusionChange.PAUSE))
    )

    assert dechallenge(event(ended=at("14:16")), course(giving)).answer is YES


def test_an_event_that_was_over_before_the_stop_did_not_abate_by_it() -> None:
    found = dechallenge(event(ended=at("14:13")), course(CUT_SHORT))

    assert found.answer is NOT_APPLICABLE


def test_an_end_in_the_minute_of_the_stop_or_only_by_its_day_leaves_it_open() -> None:
    for ended in (at("14:15"), PartialDate.parse("2026-11-23")):
        assert dechallenge(event(ended=ended), course(CUT_SHORT)).answer is None


def test_an_event_that_went_on_did_not_abate() -> None:
    found = dechallenge(event(outcome=Outcome.NOT_RECOVERED), course(CUT_SHORT))

    assert found.answer is NO


@pytest.mark.parametrize("ended", [None, NullFlavor.UNK])
@pytest.mark.parametrize("outcome", [None, Outcome.RECOVERED, Outcome.FATAL])
def test_without_the_end_nobody_knows_whether_it_abated(
    ended: NullFlavor | None, outcome: Outcome | None
) -> None:
    found = dechallenge(event(ended=ended, outcome=outcome), course(CUT_SHORT))

    assert found.answer is None
    assert found.grounds[-1].words == "When the event was over is not known."


@pytest.mark.parametrize("action", [ActionTaken.WITHDRAWN, ActionTaken.REDUCED])
def test_an_action_without_a_time_is_no_answer_but_for_an_event_that_went_on(
    action: ActionTaken,
) -> None:
    given = course(infusion())

    assert dechallenge(event(action_taken=action, ended=at("15:00")), given).answer is None
    went_on = event(action_taken=action, outcome=Outcome.NOT_RECOVERED)
    assert dechallenge(went_on, given).answer is NO


def test_a_dose_that_was_not_changed_has_no_dechallenge() -> None:
    unchanged = event(action_taken=ActionTaken.UNCHANGED, ended=at("15:00"))

    assert dechallenge(unchanged, course(infusion())).answer is NOT_APPLICABLE


def test_a_reduction_on_a_later_day_is_a_stop() -> None:
    ended = PartialDate.parse("2026-11-27")

    assert dechallenge(event(ended=ended), course(REDUCED)).answer is YES


def test_a_dose_that_was_over_before_the_onset_could_not_be_stopped() -> None:
    spray = Administration(id="g1", started=at("13:50"))
    ended = infusion(ended=at("14:05"))

    for giving in (spray, ended):
        assert dechallenge(event(ended=at("14:40")), course(giving)).answer is NOT_APPLICABLE


@pytest.mark.parametrize(
    "giving",
    [
        infusion(),
        infusion(ended=NullFlavor.UNK),
        infusion(ended=at("14:30")),
        Administration(id="g", started=at("13:50"), over_minutes=Decimal(40)),
        Administration(id="g", started=at("13:50"), ongoing=True),
        Administration(id="g", started=at("14:10")),
    ],
)
def test_a_dose_that_may_have_run_on_is_no_answer(giving: Administration) -> None:
    assert dechallenge(event(ended=at("14:40")), course(giving)).answer is None


def test_without_an_onset_or_a_dose_before_it_there_is_no_answer() -> None:
    assert dechallenge(event(onset=None), course(infusion())).answer is None
    assert rechallenge(event(onset=NullFlavor.UNK), course(infusion())).answer is None
    later = infusion(started=at("15:00"))
    rescue = infusion(role=DrugRole.TREATMENT)
    assert dechallenge(event(), course(later, rescue)).answer is None


# --- given again

AGAIN = Administration(id="g2", started=at("13:00", "2026-11-30"))


def other(**more: object) -> Event:
    items = {"onset": at("13:20", "2026-11-30"), "verbatim": "dizziness"} | more
    return Event(id="e2", **items)  # type: ignore[arg-type]


def test_what_came_back_after_another_dose_reappeared() -> None:
    found = rechallenge(event(ended=at("14:40")), course(infusion(), AGAIN, events=(other(),)))

    assert found.answer is YES
    assert [g.at for g in found.grounds] == [AGAIN.started, other().onset]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("odd smell", "Odd  Smell", "The event came back, {at}."),
        ("Nausea", "queasy", "An event of the same term in other words came, {at}."),
    ],
)
def test_the_same_event_in_other_words_is_told_as_that(first: str, second: str, words: str) -> None:
    back = other(verbatim=second)
    found = rechallenge(
        event(verbatim=first, ended=at("14:40")), course(infusion(), AGAIN, events=(back,))
    )

    assert found.answer is YES
    assert found.grounds[-1].words == words


@pytest.mark.parametrize(
    "unlike",
    [
        other(verbatim="headache"),
        other(verbatim=None),
        other(onset=NullFlavor.UNK),
        other(onset=at("12:50", "2026-11-30")),
        other(struck_reason="wrong patient"),
    ],
)
def test_given_again_without_such_an_event_after_it_did_not_reappear(unlike: Event) -> None:
    mine = event(ended=at("14:40"))

    assert rechallenge(mine, course(infusion(), AGAIN, events=(mine, unlike))).answer is NO


def test_nameless_events_are_not_the_same() -> None:
    mine = event(ended=at("14:40"), verbatim=None)

    assert rechallenge(mine, course(AGAIN, events=(other(verbatim=None),))).answer is NO


def test_what_was_never_given_again_has_no_rechallenge() -> None:
    assert rechallenge(event(ended=at("14:40")), course(infusion())).answer is NOT_APPLICABLE


def test_a_dose_before_the_event_was_over_is_no_rechallenge() -> None:
    second = Administration(id="g2", started=at("14:20"))

    assert rechallenge(event(ended=at("14:40")), course(infusion(), second)).answer is None
    assert rechallenge(event(), course(infusion(), AGAIN)).answer is None


def test_a_dose_of_unknown_time_may_have_been_a_rechallenge() -> None:
    undated = Administration(id="g2", started=NullFlavor.UNK)

    assert rechallenge(event(ended=at("14:40")), course(infusion(), undated)).answer is None


# --- what a person stated

SAYS_NO = Derived(NO, ())


@pytest.mark.parametrize(
    ("stated", "derived", "differs"),
    [
        (None, SAYS_NO, False),
        (NO, SAYS_NO, False),
        (YES, SAYS_NO, True),
        (NullFlavor.UNK, SAYS_NO, True),
        (YES, Derived(None, ()), False),
    ],
)
def test_what_was_stated_stands_and_says_where_the_records_differ(
    stated: Challenge | NullFlavor | None, derived: Derived, differs: bool
) -> None:
    found = answered(stated, derived)

    assert found.answer is stated
    assert (found.stated, found.differs) == (stated is not None, differs)


@given(
    one=records(Event),
    givings=st.lists(records(Administration), max_size=3),
    events=st.lists(records(Event), max_size=3),
)
def test_any_records_have_an_answer_or_a_reason_for_none(
    one: Event, givings: list[Administration], events: list[Event]
) -> None:
    whole = Course(tuple(givings), tuple(events), CHICAGO)

    for found in (dechallenge(one, whole), rechallenge(one, whole)):
        assert found.grounds
        assert all(("{at}" in g.words) == (g.at is not None) for g in found.grounds)

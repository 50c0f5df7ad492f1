"""A card of the board says where a session stands, from its records alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.chair.board import (
    BoardStatus,
    ChairFacts,
    ChairLine,
    MarkState,
    initials_of,
    line_of,
)
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus, SessionRoute
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Observation,
    Patient,
    Proposal,
    SafetyReview,
    Session,
)
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import Repeat, Times, due_rows

BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
KINDS = frozenset({BP})


def at(minutes: int) -> PartialDate:
    total = 13 * 60 + 50 + minutes
    return PartialDate(2026, 11, 23, total // 60, total % 60, None, -300)


def pressure(minutes: int, systolic: int, diastolic: int, id_: str = "") -> Observation:
    return Observation(
        id=id_, kind=BP, at=at(minutes), systolic=Decimal(systolic), diastolic=Decimal(diastolic)
    )


SCHEDULE = (DueReading(minute=15, kinds=KINDS), DueReading(minute=60, kinds=KINDS))
DOSE = Administration(started=at(0), dose=Decimal(38))


def line(
    now: int,
    *readings: Observation,
    givings: tuple[Administration, ...] = (DOSE,),
    schedule: tuple[DueReading, ...] = SCHEDULE,
    repeats: tuple[Repeat, ...] = (),
    **more: Any,
) -> ChairLine:
    zero = givings[0].started if givings else None
    due = due_rows(
        schedule,
        readings,
        Times(now=at(now), zero=zero),  # type: ignore[arg-type]
        repeats,
    )
    facts = ChairFacts(
        session=Session(id="s", chair="Chair 2", route=SessionRoute.IV_PUSH),
        patient=Patient(name="Avery Sample", code="P-0412"),
        givings=givings,
        readings=readings,
        proposals=(),
        drug="Ketamine 38 mg",
        due=due,
        flags={},
        minimum=120,
    )
    return line_of(replace(facts, **more), at(now))


def test_before_the_dose_there_are_no_minutes() -> None:
    card = line(0, givings=())

    assert (card.minutes, card.phase, card.pressure) == (None, "Pre-dose", "")
    assert card.pressure_note == "no pressure yet"
    assert "since dose" not in card.sentence


def test_a_late_reading_is_what_matters_most() -> None:
    card = line(20, pressure(-5, 128, 78, "a"), flags={"a": "over 120"})

    assert (card.status, card.pill) == (BoardStatus.OVERDUE, "Overdue 5 min")
    assert card.marks[0].state is MarkState.LATE
    assert card.next == "Vitals now"


def test_the_next_reading_is_named_with_its_time() -> None:
    card = line(17, pressure(-5, 128, 78), pressure(15, 141, 86))

    assert (card.status, card.pill, card.next) == (BoardStatus.DUE, "Due 14:50", "Vitals in 43 min")
    assert (card.pressure, card.pressure_note) == ("141/86", "14:05, was 128/78")
    assert [m.state for m in card.marks] == [MarkState.TAKEN, MarkState.COMING]
    assert card.minutes == 17
    assert card.progress == pytest.approx(17 / 120)


def test_a_last_reading_beyond_a_limit_is_flagged() -> None:
    card = line(17, pressure(15, 190, 86, "a"), flags={"a": "over 180"})

    assert (card.status, card.pill) == (BoardStatus.FLAG, "Flag: blood pressure")


@pytest.mark.parametrize(
    ("now", "facts", "news"),
    [
        (7, {}, ""),
        (15, {}, "Due now"),
        (20, {}, "Overdue 5 min"),
        (7, {"flags": {"a": "over 120"}}, "Flag: blood pressure"),
        (7, {"schedule": ()}, ""),
    ],
)
def test_what_is_to_come_is_no_news_for_another_chair(
    now: int, facts: dict[str, Any], news: str
) -> None:
    assert line(now, pressure(-5, 128, 78, "a"), **facts).news == news


def test_a_reading_beyond_a_limit_is_forgotten_with_the_next_one() -> None:
    card = line(18, pressure(15, 190, 86, "a"), pressure(17, 140, 80, "b"), flags={"a": "over 180"})

    assert card.status is BoardStatus.DUE


def test_what_was_struck_flags_nothing() -> None:
    struck = replace(pressure(15, 190, 86, "a"), status=ObservationStatus.STRUCK)

    card = line(17, pressure(14, 130, 80), struck, flags={"a": "over 180"})

    assert card.status is BoardStatus.DUE
    assert card.pressure == "130/80"


def test_a_proposal_waits_for_a_decision() -> None:
    card = line(17, pressure(15, 130, 80), proposals=(Proposal(state=ProposalState.OPEN),))

    assert (card.status, card.pill) == (BoardStatus.FLAG, "To decide")


def test_an_answer_about_safety_comes_before_everything_until_it_is_filled() -> None:
    strip = SafetyReview(handed_to="Dr R")
    card = line(17, pressure(15, 130, 80), reviews=(strip,))
    assert (card.status, card.pill) == (BoardStatus.OVERDUE, "Safety answer open")
    assert card.news == "Safety answer open"
    done = line(17, pressure(15, 130, 80), reviews=(replace(strip, done=True),))
    assert done.status is not BoardStatus.OVERDUE


def test_a_repeat_is_called_one() -> None:
    again = Repeat(at(20), KINDS)

    card = line(17, pressure(15, 190, 80, "a"), repeats=(again,))

    assert card.next == "Repeat in 3 min"


def test_with_all_readings_in_the_stay_is_what_remains() -> None:
    readings = (pressure(15, 130, 80), pressure(60, 131, 80))

    assert line(118, *readings).pill == "All readings in"
    assert line(118, *readings).next == "Stay over in 2 min"
    assert line(120, *readings).next == "Stay is over"
    assert line(118, *readings, minimum=None).next == ""


def test_a_reading_before_leaving_has_no_time_yet() -> None:
    leaving = (DueReading(words="Leaving", kinds=KINDS),)

    card = line(10, schedule=leaving)

    assert (card.status, card.pill, card.next) == (BoardStatus.DUE, "Due before leaving", "Leaving")
    assert card.marks == ()


def test_a_session_without_a_chair_shows_its_number_and_an_unknown_name_says_so() -> None:
    card = line(
        1,
        session=Session(id="s", number="S-2026-000001"),
        patient=Patient(name=NullFlavor.UNK),
    )

    assert card.chair == "S-2026-000001"
    assert card.name == "name not on record"
    assert card.code == ""


def test_a_reading_without_a_time_is_no_last_pressure() -> None:
    untimed = replace(pressure(0, 200, 100), at=None)

    assert line(1, untimed).pressure == ""


def test_initials_stand_for_a_name_on_the_wall() -> None:
    assert initials_of("Avery  van Sample") == "A. v. S."

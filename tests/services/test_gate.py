"""The lists of a session, stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.gate import State
from aeapp.domain.chair.protocols import CONSENT, RIDE
from aeapp.domain.codelists.clinic import (
    ConsentKind,
    ObservationKind,
    Role,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer, AnswerSource, CheckKind
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import Administration, Consent, Observation, Patient, Session, Staff
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.closing import SessionOverError
from aeapp.services.gate import Answered, AnsweredSinceError, MayNotOverrideError, NotAskedError
from tests.helpers.clinic import StillClock, practice_app

GATE = CheckKind.GATE
YES, NO = Answered(answer=Answer.YES), Answered(answer=Answer.NO, reason="taxi called")


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


@pytest.fixture
def session(app: App) -> Session:
    patient = app.patients.save(Patient(code="P-1", sex=Sex.FEMALE))
    return app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION)


def stored(app: App, record: Record) -> Record:
    with app.context.new_uow() as uow:
        saved = uow.save(record, who=app.who)
        uow.commit()
    return saved


def a_consent(app: App, session: Session, given: bool) -> None:
    stored(
        app,
        Consent(
            patient_id=session.patient_id,
            kind=ConsentKind.TREATMENT,
            given=given,
            on=PartialDate(2026, 10, 12),
            document="4",
        ),
    )


def a_pressure(app: App, session: Session, upper: int) -> None:
    reading = Observation(
        kind=ObservationKind.BLOOD_PRESSURE, systolic=Decimal(upper), diastolic=Decimal(70)
    )
    app.sessions.log_readings(session, [reading])


def state(app: App, session: Session, code: str) -> State | None:
    row = app.gate.sheet(session.id, GATE).row(code)
    return row.state if row is not None else None


def test_an_answer_is_stored_in_the_words_of_the_day(app: App, session: Session) -> None:
    check = app.gate.answer(session.id, RIDE, YES)

    assert (check.words, check.answer, check.source) == (RIDE.words, Answer.YES, AnswerSource.ASKED)
    assert check.at == session.started
    assert app.sessions.room(session.id).checks == (check,)


def test_a_second_answer_takes_the_place_of_the_first(app: App, session: Session) -> None:
    app.gate.answer(session.id, RIDE, NO)
    app.gate.answer(session.id, RIDE, YES)

    (check,) = app.sessions.room(session.id).checks
    assert (check.answer, check.reason, check.version) == (Answer.YES, None, 2)


def test_no_and_unknown_and_not_answered_stay_apart(app: App, session: Session) -> None:
    assert state(app, session, "ride") is State.UNANSWERED
    app.gate.answer(session.id, RIDE, Answered(answer=Answer.NO))
    assert state(app, session, "ride") is State.NEEDS_REASON
    app.gate.answer(session.id, RIDE, Answered(answer=NullFlavor.UNK, reason="asleep"))
    row = app.gate.sheet(session.id, GATE).row("ride")
    assert row is not None
    assert (row.answer, row.state) == (NullFlavor.UNK, State.REASONED)


def test_a_stop_is_overridden_only_by_name_of_who_may(app: App, session: Session) -> None:
    stored(app, Staff(user_name="i.okafor", name="I. Okafor, MD", role=Role.PRESCRIBER))
    stored(app, Staff(user_name="gone", name="G. One", role=Role.PRESCRIBER, active=False))
    app.gate.answer(session.id, CONSENT, Answered(answer=Answer.NO, reason="signs tomorrow"))
    assert state(app, session, "consent") is State.STOPS

    for nobody in (app.who.user_name, "gone", "unheard.of"):
        with pytest.raises(MayNotOverrideError):
            app.gate.override(session.id, "consent", GATE, nobody)
    check = app.gate.override(session.id, "consent", GATE, "i.okafor")

    assert check.overridden_by == "I. Okafor, MD"
    assert state(app, session, "consent") is State.OVERRIDDEN
    with app.context.new_uow() as uow:
        entry = uow.trail.of("check_answer", check.id)[-1]
    assert entry.content["reason"] == "signs tomorrow"
    # Somebody else was at the keyboard, and the entry says who.
    assert entry.content["name"] == app.who.name != check.overridden_by


def test_those_who_may_override_are_offered_by_name(app: App, session: Session) -> None:
    stored(app, Staff(user_name="z", name="Z. Last", role=Role.COMPLIANCE))
    stored(app, Staff(user_name="a", name="A. First", role=Role.PRESCRIBER, active=True))

    offered = app.gate.ask(session.patient_id).overriders

    assert [s.name for s in offered] == ["A. First", "Z. Last"]


@pytest.mark.parametrize("code", ["ride", "moon"])
def test_only_an_answer_can_be_overridden(app: App, session: Session, code: str) -> None:
    stored(app, Staff(user_name="i.okafor", name="I. Okafor", role=Role.PRESCRIBER))

    with pytest.raises(NotAskedError):
        app.gate.override(session.id, code, GATE, "i.okafor")


def test_a_new_answer_needs_a_new_override(app: App, session: Session) -> None:
    stored(app, Staff(user_name="i.okafor", name="I. Okafor", role=Role.PRESCRIBER))
    no = Answered(answer=Answer.NO, reason="signs tomorrow")
    app.gate.answer(session.id, CONSENT, no)
    app.gate.override(session.id, "consent", GATE, "i.okafor")

    app.gate.answer(session.id, CONSENT, no)

    assert state(app, session, "consent") is State.STOPS


def test_what_the_records_answered_is_kept_as_it_was_that_day(app: App, session: Session) -> None:
    a_consent(app, session, given=True)
    a_pressure(app, session, 128)

    kept = app.gate.keep(session.id)
    a_consent(app, session, given=False)

    assert {(c.code, c.source, c.told) for c in kept} == {
        ("consent", AnswerSource.CHART, "12 Oct 2026, version 4"),
        ("pressure", AnswerSource.READING, "128/70 at 14:40"),
    }
    assert state(app, session, "consent") is State.YES
    assert app.gate.keep(session.id) == ()


def test_a_pressure_over_the_ceiling_asks_for_a_reason_and_one_is_enough(
    app: App, session: Session
) -> None:
    a_pressure(app, session, 152)
    assert state(app, session, "pressure") is State.NEEDS_REASON
    row = app.gate.sheet(session.id, GATE).row("pressure")
    assert row is not None

    app.gate.answer(
        session.id,
        row.question,
        Answered(answer=Answer.NO, told=row.told, reason="usual", source=AnswerSource.READING),
    )

    assert state(app, session, "pressure") is State.REASONED


def test_the_reason_for_one_pressure_does_not_hold_for_a_higher_one(
    app: App, session: Session, clock: StillClock
) -> None:
    a_pressure(app, session, 152)
    row = app.gate.sheet(session.id, GATE).row("pressure")
    assert row is not None
    app.gate.answer(session.id, row.question, Answered(answer=Answer.NO, reason="anxious"))
    clock.pass_minutes(10)
    a_pressure(app, session, 214)
    assert state(app, session, "pressure") is State.NEEDS_REASON

    # Said while the first one was on the screen, and stored after the second.
    late = Answered(answer=Answer.NO, reason="anxious", reading=row.reading)
    app.gate.answer(session.id, row.question, late)
    assert state(app, session, "pressure") is State.NEEDS_REASON
    kept = {check.code: check for check in app.gate.keep(session.id)}
    assert (kept["pressure"].reason, kept["pressure"].told) == (None, "214/70 at 14:50")


def test_a_yes_against_the_reading_is_never_said_to_come_from_it(
    app: App, session: Session
) -> None:
    a_pressure(app, session, 214)
    row = app.gate.sheet(session.id, GATE).row("pressure")
    assert row is not None
    yes = Answered(answer=Answer.YES, told=row.told, source=AnswerSource.READING)

    check = app.gate.answer(session.id, row.question, yes)

    assert (check.source, check.observation_id) == (AnswerSource.ASKED, row.reading)
    assert state(app, session, "pressure") is State.NEEDS_REASON


def test_words_that_were_told_are_kept_without_an_answer(app: App, session: Session) -> None:
    check = app.gate.answer(session.id, RIDE, Answered(answer=None, told="her brother"))

    assert (check.answer, check.told, check.observation_id) == (None, "her brother", "")
    row = app.gate.sheet(session.id, GATE).row("ride")
    assert row is not None
    assert (row.state, row.told) == (State.UNANSWERED, "her brother")


def test_a_stop_is_kept_with_its_answer(app: App, session: Session) -> None:
    no = Answered(answer=Answer.NO, reason="signs tomorrow")
    assert app.gate.answer(session.id, CONSENT, no).stops is True
    protocol = app.gate.ask(session.patient_id).protocol(session)
    assert protocol is not None
    left = tuple(q for q in protocol.questions if q.code != "consent")
    stored(app, replace(protocol, id="", version=0, questions=left))

    assert state(app, session, "consent") is State.STOPS


def test_a_reading_after_the_dose_does_not_answer_the_gate(
    app: App, session: Session, clock: StillClock
) -> None:
    app.sessions.give(session, Administration(started=app.context.minute()))
    clock.pass_minutes(5)
    a_pressure(app, session, 128)

    assert state(app, session, "pressure") is State.UNANSWERED


def test_without_a_route_nothing_is_asked_and_nothing_is_kept(app: App, session: Session) -> None:
    bare = app.sessions.start(session.patient_id)
    a_consent(app, session, given=True)

    assert app.gate.sheet(bare.id, GATE).rows == ()
    assert app.gate.keep(bare.id) == ()


def test_a_closed_session_takes_no_answers(app: App, session: Session) -> None:
    app.sessions.end(session, SessionEnd.ABORTED, "changed her mind")

    with pytest.raises(SessionOverError):
        app.gate.answer(session.id, RIDE, YES)
    with pytest.raises(SessionOverError):
        app.gate.keep(session.id)


# --- an answer that was a slip


def test_an_answer_taken_back_leaves_the_question_as_it_was(app: App, session: Session) -> None:
    first = app.gate.answer(session.id, RIDE, Answered(answer=Answer.YES, told="brother"))
    second = app.gate.answer(session.id, RIDE, Answered(answer=Answer.NO, reason="none"))

    with pytest.raises(AnsweredSinceError):
        app.gate.take_back(first, None)
    app.gate.take_back(second, first)
    row = app.gate.sheet(session.id, GATE).row("ride")
    assert row is not None
    assert (row.answer, row.told) == (Answer.YES, "brother")

    again = app.sessions.room(session.id).checks[0]
    app.gate.take_back(again, None)
    assert state(app, session, "ride") is State.UNANSWERED
    assert app.sessions.room(session.id).checks[0].answer is None
    app.sessions.end(session, SessionEnd.ABORTED, "stopped")
    with pytest.raises(SessionOverError):
        app.gate.take_back(again, None)


def test_what_the_records_answer_is_kept_also_after_an_answer_was_taken_back(
    app: App, session: Session
) -> None:
    a_consent(app, session, given=True)
    slip = app.gate.answer(session.id, CONSENT, Answered(answer=Answer.NO, reason="slip"))
    app.gate.take_back(slip, None)

    kept = {c.code: c.answer for c in app.gate.keep(session.id)}

    assert kept["consent"] is Answer.YES
    assert len(app.sessions.room(session.id).checks) == len(kept)

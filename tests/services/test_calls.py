"""Calls on the day after: which are due, and each try as an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.chair.protocols import NASAL, default_of
from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.session import Answer, NoteKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Call, Event, Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.calls import CallUnansweredError
from tests.helpers.clinic import StillClock, practice_app

DAY = 24 * 60


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


@pytest.fixture
def patient(app: App) -> Patient:
    return app.patients.save(Patient(code="P-1"))


def ended(app: App, patient: Patient, how: SessionEnd = SessionEnd.DISCHARGED) -> Session:
    return app.sessions.end(app.sessions.start(patient.id), how)


def tried(app: App, session: Session, reached: Answer) -> Call:
    call, _event = app.calls.log(
        Call(patient_id=session.patient_id, session_id=session.id, reached=reached)
    )
    return call


def test_a_call_is_due_from_the_day_after_the_session_ended(
    app: App, clock: StillClock, patient: Patient
) -> None:
    session = ended(app, patient)
    assert app.calls.due() == ()
    clock.pass_minutes(DAY)
    (due,) = app.calls.due()
    assert (due.session, due.patient, due.tries, due.most) == (session, patient, 0, 2)


def test_the_day_is_that_of_the_clinics_clocks(
    app: App, clock: StillClock, patient: Patient
) -> None:
    # 14:40 in New York; at midnight there it is 05:00 in UTC.
    ended(app, patient)
    clock.pass_minutes(9 * 60)
    assert app.calls.due() == ()
    clock.pass_minutes(30)
    assert len(app.calls.due()) == 1


def test_a_running_session_and_one_of_a_patient_who_died_are_not_due(
    app: App, clock: StillClock, patient: Patient
) -> None:
    app.sessions.start(patient.id)
    ended(app, patient, SessionEnd.DIED)
    gone = app.patients.save(Patient(code="P-2"))
    ended(app, gone)
    app.patients.save(replace(gone, deceased_on=PartialDate(2026, 11, 24)))
    clock.pass_minutes(DAY)
    assert app.calls.due() == ()


def test_a_call_that_reached_somebody_is_due_no_more(
    app: App, clock: StillClock, patient: Patient
) -> None:
    session = ended(app, patient)
    clock.pass_minutes(DAY)
    call = tried(app, session, Answer.YES)
    assert (call.by, call.at) == ("Dana Reyes", app.context.minute())
    assert app.calls.due() == ()


def test_two_failed_tries_are_two_entries_and_enough(
    app: App, clock: StillClock, patient: Patient
) -> None:
    session = ended(app, patient)
    clock.pass_minutes(DAY)
    tried(app, session, Answer.NO)
    assert [d.tries for d in app.calls.due()] == [1]
    clock.pass_minutes(60)
    tried(app, session, Answer.NO)
    assert app.calls.due() == ()
    assert [c.reached for c in app.calls.of_patient(patient.id)] == [Answer.NO, Answer.NO]


def test_the_protocol_of_the_session_says_how_often_to_try(
    app: App, clock: StillClock, patient: Patient
) -> None:
    app.protocols.save(replace(default_of(NASAL), call_tries=3))
    session = app.sessions.start(patient.id, route=SessionRoute.NASAL)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    clock.pass_minutes(DAY)
    assert [d.most for d in app.calls.due()] == [3]


def test_the_longest_ended_session_stands_first_and_old_ones_are_no_day_after(
    app: App, clock: StillClock, patient: Patient
) -> None:
    first = ended(app, patient)
    clock.pass_minutes(DAY)
    second = ended(app, patient)
    clock.pass_minutes(DAY)
    assert [d.session.id for d in app.calls.due()] == [first.id, second.id]
    clock.pass_minutes(13 * DAY)
    assert [d.session.id for d in app.calls.due()] == [second.id]


def test_due_calls_are_found_beyond_the_first_page(
    app: App, clock: StillClock, patient: Patient
) -> None:
    when = app.context.minute()
    sessions = [
        Session(patient_id=patient.id, ended=when, ending=SessionEnd.DISCHARGED)
        for _n in range(450)
    ]
    with app.context.new_uow() as uow:
        uow.save_bulk(sessions, who=app.who, reason="test")
        uow.commit()
    clock.pass_minutes(DAY)
    assert len(app.calls.due()) == 450


def test_a_new_event_is_stored_with_its_own_onset_in_the_same_unit(
    app: App, clock: StillClock, patient: Patient
) -> None:
    session = ended(app, patient)
    clock.pass_minutes(DAY)
    onset = PartialDate(2026, 11, 24)
    call = Call(patient_id=patient.id, session_id=session.id, reached=Answer.YES)
    _call, event = app.calls.log(call, Event(verbatim="Headache", onset=onset))
    assert event is not None
    assert (event.onset, event.session_id, event.patient_id) == (onset, session.id, patient.id)
    assert app.sessions.room(session.id).events == (event,)


def test_an_onset_nobody_asked_for_is_said_to_be_so(app: App, patient: Patient) -> None:
    call = Call(patient_id=patient.id, reached=Answer.YES)
    stored, event = app.calls.log(call, Event(verbatim="Headache"))
    assert event is not None
    assert (event.onset, event.session_id) == (NullFlavor.NASK, "")
    assert app.calls.of_patient(patient.id) == (stored,)


def test_a_call_says_whether_somebody_was_reached(app: App, patient: Patient) -> None:
    with pytest.raises(CallUnansweredError):
        app.calls.log(Call(patient_id=patient.id))


def test_an_event_told_after_the_session_leaves_an_amendment(
    app: App, clock: StillClock, patient: Patient
) -> None:
    session = ended(app, patient)
    clock.pass_minutes(DAY)
    call = Call(patient_id=patient.id, session_id=session.id, reached=Answer.YES)

    _call, event = app.calls.log(call, Event(verbatim="Nausea"))

    room = app.sessions.room(session.id)
    assert room.events == (event,)
    assert [(n.kind, n.words) for n in room.notes] == [
        (NoteKind.AMENDMENT, "Added: Nausea: told in a call after the session")
    ]


def test_an_event_of_a_call_about_no_session_stands_alone(app: App, patient: Patient) -> None:
    call = Call(patient_id=patient.id, reached=Answer.YES)
    _call, event = app.calls.log(call, Event(verbatim="Nausea"))
    assert event is not None
    assert event.session_id == ""


def test_a_date_of_death_that_nobody_knows_drops_no_call(
    app: App, clock: StillClock, patient: Patient
) -> None:
    app.patients.save(replace(patient, deceased_on=NullFlavor.UNK))
    ended(app, patient)
    clock.pass_minutes(DAY)
    assert len(app.calls.due()) == 1

"""Events told outside a session: who told it, when it was learnt, linked to a session later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Relation, SessionEnd, SessionRoute
from aeapp.domain.codelists.safety import Occupation
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.sessions import ReasonMissingError
from aeapp.services.telling import (
    LearntInFutureError,
    OtherPatientError,
    Teller,
    Told,
    ToldIncompleteError,
)
from tests.helpers.clinic import practice_app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def patient(app: App) -> Patient:
    return app.patients.save(Patient(code="P-1"))


def told(patient: Patient, **facts: object) -> Told:
    base = {"event": "Headache", "teller": Teller.RELATIVE}
    return Told(patient_id=patient.id, **(base | facts))  # type: ignore[arg-type]


def test_what_was_told_keeps_who_told_it_and_when_it_was_learnt(app: App, patient: Patient) -> None:
    learnt = PartialDate.parse("2026-11-22T18:05-05:00")
    event = app.telling.tell(
        told(
            patient,
            event="  severe   headache ",
            onset=PartialDate(2026, 11, 20),
            teller=Teller.PHARMACIST,
            learnt=learnt,
            may_be_called=True,
            words="asked for a painkiller",
        )
    )
    assert (event.verbatim, event.session_id, event.case_id) == ("severe headache", "", "")
    (line,) = app.telling.of_patient(patient.id)
    assert line.session is None
    assert line.awareness is not None
    assert (line.awareness.at, line.awareness.teller) == (learnt, "A pharmacist")

    report = app.cases.open_for_event(event)
    case = app.cases.gather(report.case_id, report.id)
    assert [a.at for a in case.awareness] == [learnt]
    teller = next(r for r in case.reporters if not r.files)
    assert (teller.relation, teller.occupation) == (
        Relation.OUTSIDE_PROFESSIONAL,
        Occupation.PHARMACIST,
    )
    assert teller.may_be_called is True
    # The person at the keyboard files, and is another person than who told it.
    assert case.filer.last_name == "Reyes"


def test_when_it_was_learnt_is_never_copied_from_the_event(app: App, patient: Patient) -> None:
    event = app.telling.tell(told(patient, onset=PartialDate(2026, 11, 1)))
    (line,) = app.telling.of_patient(patient.id)
    assert line.awareness is not None
    assert line.awareness.at == app.context.minute()
    assert event.onset == PartialDate(2026, 11, 1)
    assert app.telling.tell(told(patient)).onset is NullFlavor.NASK


def test_an_event_says_what_happened_and_who_told_it(app: App, patient: Patient) -> None:
    with pytest.raises(ToldIncompleteError):
        app.telling.tell(told(patient, event=" "))
    with pytest.raises(ToldIncompleteError):
        app.telling.tell(told(patient, teller=None))
    with pytest.raises(LearntInFutureError):
        app.telling.tell(told(patient, learnt=PartialDate(2027, 1, 1)))
    assert app.telling.of_patient(patient.id) == ()


def test_the_clock_of_an_undecided_event_begins_when_it_was_learnt(
    app: App, patient: Patient
) -> None:
    event = app.telling.tell(told(patient, learnt=PartialDate(2026, 11, 10)))
    (need,) = app.worklist.needs()
    assert need.target == event.id
    assert str(need.due) == "2026-11-25"


def test_an_event_is_linked_to_a_session_of_its_patient_with_a_reason(
    app: App, patient: Patient
) -> None:
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    event = app.telling.tell(told(patient))
    other = app.sessions.start(app.patients.save(Patient(code="P-2")).id)
    with pytest.raises(ReasonMissingError):
        app.telling.link(event.id, session.id, " ")
    with pytest.raises(OtherPatientError):
        app.telling.link(event.id, other.id, "by its date")
    linked = app.telling.link(event.id, session.id, "by its date")
    room = app.sessions.room(session.id)
    assert [e.id for e in room.events] == [linked.id]
    assert room.notes[-1].words == "Headache: by its date"
    (line,) = app.telling.of_patient(patient.id)
    assert line.session is not None

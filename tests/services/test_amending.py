"""What was missed in a session is added after its end, with its reason, and shown as such."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.amendments import amended_ids
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import DrugRole, Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Note, Observation, Patient, Product, Session
from aeapp.services.amending import SessionRunsError
from aeapp.services.app import App
from aeapp.services.closing import AmendmentReasonError
from aeapp.services.dosing import NewDose
from aeapp.services.sessions import ReasonMissingError
from tests.helpers.clinic import StillClock, practice_app

WHY = "written on paper"
WHEN = "23-Nov-2026 14:40"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = practice_app(tmp_path, StillClock())
    yield made
    made.close()


@pytest.fixture
def ended(app: App) -> Session:
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    return app.sessions.end(session, SessionEnd.DISCHARGED)


def pressure() -> Observation:
    return Observation(
        kind=ObservationKind.BLOOD_PRESSURE, systolic=Decimal(190), diastolic=Decimal(88)
    )


def told(app: App, session: Session) -> list[str | None]:
    found = app.sessions.room(session.id).notes
    return [n.words for n in found if n.kind is NoteKind.AMENDMENT]


def test_missed_entries_are_added_each_with_a_line_that_links_to_it(
    app: App, ended: Session
) -> None:
    at = app.context.minute()
    rate = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(96))
    readings = app.amending.add_readings(ended.id, (pressure(), rate), at, WHY)
    event = app.amending.add_event(ended.id, " Nausea ", Severity.MILD, at, WHY)
    note = app.amending.add_note(ended.id, "Oxygen 2 L", NoteKind.INTERVENTION, at, WHY)
    product = Product(name="Ondansetron", strength="2", strength_unit=DoseUnit.MG_ML)
    giving = Administration(
        dose=Decimal(4), dose_unit=DoseUnit.MG, role=DrugRole.TREATMENT, started=at
    )
    given = app.amending.add_dose(
        ended.id, NewDose(product=product, lot=None, giving=giving), WHY
    ).giving

    room = app.sessions.room(ended.id)
    assert (room.observations, room.events, room.administrations) == (readings, (event,), (given,))
    assert [(r.status, r.at) for r in readings] == [(ObservationStatus.VALID, at)] * 2
    assert told(app, ended) == [
        f"Added: BP 190/88, {WHEN}: {WHY}",
        f"Added: HR 96, {WHEN}: {WHY}",
        f"Added: Nausea, {WHEN}: {WHY}",
        f"Added: Oxygen 2 L, {WHEN}: {WHY}",
        f"Added: Ondansetron 2 mg/mL 4 mg, {WHEN}: {WHY}",
    ]
    added = {*(r.id for r in readings), event.id, note.id, given.id}
    assert amended_ids(room.notes) == added
    with app.context.new_uow() as uow:
        assert uow.trail.of("event", event.id)[0].content["reason"] == WHY


def test_nothing_is_added_without_a_reason_or_while_the_session_runs(
    app: App, ended: Session
) -> None:
    at = app.context.minute()
    with pytest.raises(AmendmentReasonError):
        app.amending.add_event(ended.id, "Nausea", None, at, " ")
    running = app.sessions.start(ended.patient_id)
    with pytest.raises(SessionRunsError):
        app.amending.add_note(running.id, "late", NoteKind.NOTE, at, WHY)
    assert app.sessions.room(ended.id).events == ()


def test_a_line_is_corrected_by_striking_it_and_writing_another(app: App, ended: Session) -> None:
    app.endings.amend(ended, "typo")
    (line,) = app.sessions.room(ended.id).notes
    with pytest.raises(ReasonMissingError):
        app.notes.correct(line, "Escort: brother", " ")
    new = app.notes.correct(line, "Escort: brother", "slip")
    old, stored = app.sessions.room(ended.id).notes
    assert stored == new
    assert (old.words, old.struck_reason) == ("typo", "slip")
    assert (new.words, new.kind, new.at) == ("Escort: brother", NoteKind.AMENDMENT, line.at)
    # Of a line of the session itself the correction is told.
    note = app.amending.add_note(ended.id, "Oxigen", NoteKind.NOTE, app.context.minute(), WHY)
    app.notes.correct(note, "Oxygen", "slip")
    lines = [(n.words, n.stands) for n in app.sessions.room(ended.id).notes[2:]]
    assert lines == [
        ("Oxigen", False),
        (f"Added: Oxigen, {WHEN}: {WHY}", True),
        (f"Oxigen, {WHEN}: Struck through because nothing → slip: slip", True),
        ("Oxygen", True),
    ]
    with pytest.raises(ReasonMissingError):
        app.notes.correct(Note(), " ", "slip")

"""Bring a session to where a test begins, through the real services."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.chair.gate import list_before
from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.codelists.session import Answer, CheckKind
from aeapp.domain.records import Observation, Session
from aeapp.services.app import App
from aeapp.services.gate import Answered


def answer_all(app: App, session: Session, kind: CheckKind) -> None:
    """Answer every open question of a list with yes."""
    for row in app.gate.sheet(session.id, kind).open_rows:
        app.gate.answer(session.id, row.question, Answered(answer=Answer.YES))


def past_the_gate(app: App, session: Session) -> None:
    """Read a baseline and answer everything before the dose, so that the next dose is given."""
    baseline = Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(128),
        diastolic=Decimal(78),
        unit=ReadingUnit.MMHG,
    )
    app.sessions.log_readings(session, [baseline])
    protocol = app.gate.ask(session.patient_id).protocol(session)
    assert protocol is not None
    answer_all(app, session, list_before(protocol))

"""A patient of many years is read in as few queries as a new one."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from aeapp.domain.records import Administration, Awareness, Call, Event, Patient, Product, Session
from aeapp.services.app import App
from tests.helpers.clinic import practice_app


def chart(app: App, patient_id: str) -> tuple[int, int]:
    """Read all that the chart shows; return how many lines it has and how many queries it took."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        app.patients.get(patient_id)
        app.patients.exposure(patient_id)
        lines = len(app.sessions.of_patient(patient_id))
        lines += len(app.telling.of_patient(patient_id))
        lines += len(app.calls.of_patient(patient_id))
        app.pregnancies.of_patient(patient_id)
        app.pregnancies.registry_of(patient_id)
        app.studies.of_patient(patient_id)
        app.studies.openings(patient_id)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return lines, len(seen)


def stored(app: App, code: str, sessions: int, events: int) -> str:
    patient = app.patients.save(Patient(code=code))
    product = app.sessions.save(Product(name="Ketamine"))
    whose = {"patient_id": patient.id}
    records: list[object] = []
    for n in range(sessions):
        ids = {"session_id": f"{code}-{n}", **whose}
        records += [
            Session(id=f"{code}-{n}", number=f"{code}-{n}", **whose),
            Administration(product_id=product.id, **ids),
            Call(**ids),
        ]
    for n in range(events):
        event = Event(id=f"{code}-e{n}", session_id=f"{code}-{n % sessions}", **whose)
        records += [event, Awareness(event_id=event.id)]
    with app.context.new_uow() as uow:
        uow.save_bulk(records, who=app.who, reason="import")  # type: ignore[type-var]
        uow.commit()
    return patient.id


def test_a_chart_of_200_sessions_and_60_events_takes_the_queries_of_a_new_one(
    tmp_path: Path,
) -> None:
    app = practice_app(tmp_path)
    few, many = stored(app, "P-1", 2, 1), stored(app, "P-2", 200, 60)
    lines, queries = chart(app, few)
    assert lines == 2 + 1 + 2
    assert chart(app, many) == (200 + 60 + 200, queries)
    assert queries <= 21
    app.close()

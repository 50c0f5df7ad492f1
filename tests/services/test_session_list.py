"""The list of sessions: what a line says, and that a long list is read in as many queries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Phase, Standing
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.services.patients import NoSuchPatientError
from tests.helpers.clinic import practice_app


def test_a_line_says_number_day_patient_route_phase_and_state(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    one, two = (app.patients.save(Patient(code=f"P-{n}")) for n in (1, 2))
    over = app.sessions.start(one.id, route=SessionRoute.NASAL, started=PartialDate(2026, 11, 20))
    app.sessions.end(over, SessionEnd.DISCHARGED)
    # Begun at ten in the evening of the clinic, which is the next day in UTC.
    late = PartialDate(2026, 11, 22, 3, 0, offset=0)
    drip = app.sessions.start(two.id, route=SessionRoute.IV_INFUSION, started=late)
    route = FormRoute.INTRAVENOUS_DRIP
    app.sessions.give(drip, Administration(route=route, started=late))
    app.sessions.save(Session(patient_id=one.id, route=NullFlavor.UNK))

    def told(ids: list[str]) -> list[tuple[object, ...]]:
        lines = app.session_list.lines(ids)
        return [(s.number, s.day, s.patient, s.route, s.phase, s.state) for s in lines]

    first, second = replace(late, hour=None, minute=None, offset=None, day=21), over.started
    dosing = (drip.number, first, "P-2", drip.route, Phase.DOSING, Standing.RUNNING)
    ended = (over.number, second, "P-1", over.route, Phase.DISCHARGED, Standing.ENDED)
    bare = ("", None, "P-1", NullFlavor.UNK, Phase.PRE_DOSE, Standing.RUNNING)
    assert told(app.session_list.ids()) == [dosing, ended, bare]
    assert told(app.session_list.ids("P-1")) == [ended, bare]
    assert told(app.session_list.ids("P-1", SessionRoute.NASAL)) == [ended]
    assert told(app.session_list.ids(route=SessionRoute.IM)) == []
    with pytest.raises(NoSuchPatientError):
        app.session_list.ids("P-3")
    app.close()


def test_a_page_of_sessions_takes_the_queries_of_a_single_one(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    patient = app.patients.save(Patient(code="P-1"))
    with app.context.new_uow() as uow:
        many = [Session(patient_id=patient.id, number=f"S-{n:03}") for n in range(120)]
        uow.save_bulk(many, who=app.who, reason="import")
        uow.commit()
    ids, asked = app.session_list.ids(), [0]

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        asked[-1] += statement.startswith("SELECT")

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        assert len(app.session_list.lines(ids[:1])) == 1
        asked.append(0)
        assert len(app.session_list.lines(ids)) == 120
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert asked[0] == asked[1] > 0
    app.close()

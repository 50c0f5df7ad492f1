"""Half-typed rows of readings in the draft journal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records import Observation, Patient, Session
from aeapp.services.app import App
from aeapp.services.drafts import row_scope
from tests.helpers.clinic import practice_app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def session(app: App) -> Session:
    return app.sessions.start(app.patients.save(Patient(code="P-1")).id)


def test_a_row_is_kept_in_the_place_of_the_one_before(app: App, session: Session) -> None:
    assert app.drafts.row(session.id) == {}
    app.drafts.keep_row(session.id, {"bp": "14"})
    app.drafts.keep_row(session.id, {"bp": "142/88", "hr": "9"})
    assert app.drafts.row(session.id) == {"bp": "142/88", "hr": "9"}
    with app.context.new_uow() as uow:
        assert len(uow.drafts.read(app.who.user_id, row_scope(session.id))) == 1
    app.drafts.keep_row(session.id, {})
    assert app.drafts.scopes() == []


def test_storing_readings_clears_the_row_of_that_session_only(app: App, session: Session) -> None:
    other = app.sessions.start(session.patient_id)
    for one in (session, other):
        app.drafts.keep_row(one.id, {"bp": "14"})
    reading = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(80))
    app.sessions.log_readings(session, [reading])
    assert app.drafts.row(session.id) == {}
    assert app.drafts.row(other.id) == {"bp": "14"}


@pytest.mark.parametrize("payload", ["{", "[1]", "1"])
def test_a_row_that_cannot_be_read_is_an_empty_one(
    payload: str, app: App, session: Session
) -> None:
    with app.context.new_uow() as uow:
        uow.drafts.append(app.who.user_id, row_scope(session.id), "row", payload)
        uow.commit()
    assert app.drafts.row(session.id) == {}

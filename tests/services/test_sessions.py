from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.records import Administration, Lot, Observation, Patient, Product, Session
from aeapp.services.app import App
from aeapp.services.sessions import NoSuchNumberError, ReasonMissingError, SessionOverError
from tests.helpers.clinic import StillClock, practice_app


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
    patient = app.patients.save(Patient(code="P-1"))
    return app.sessions.start(patient.id, route=SessionRoute.IM)


def pressure(upper: int, lower: int) -> Observation:
    return Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(upper),
        diastolic=Decimal(lower),
        unit=ReadingUnit.MMHG,
    )


def test_sessions_are_numbered_one_after_another(app: App, session: Session) -> None:
    second = app.sessions.start(session.patient_id)

    assert (session.number, second.number) == ("S-2026-000001", "S-2026-000002")
    assert app.sessions.by_number("S-2026-000002") == second


def test_a_number_nobody_has_is_refused_by_name(app: App) -> None:
    with pytest.raises(NoSuchNumberError):
        app.sessions.by_number("S-2026-000009")


def test_a_session_starts_on_the_clinics_clock(session: Session) -> None:
    assert session.started is not None
    assert session.started.iso() == "2026-11-23T14:40-05:00"


def test_a_row_of_readings_is_stamped_now_and_valid(app: App, session: Session) -> None:
    (stored,) = app.sessions.log_readings(session, [pressure(142, 88)])

    assert stored.status is ObservationStatus.VALID
    assert stored.source is ObservationSource.STAFF
    assert stored.at == session.started
    assert app.sessions.room(session.id).observations == (stored,)


def test_a_struck_reading_stays_with_its_reason(app: App, session: Session) -> None:
    (stored,) = app.sessions.log_readings(session, [pressure(242, 88)])

    (struck,) = app.sessions.set_statuses((stored,), ObservationStatus.STRUCK, " wrong cuff ")

    assert struck.systolic == Decimal(242)
    assert (struck.status, struck.status_reason) == (ObservationStatus.STRUCK, "wrong cuff")
    assert struck.version == 2


def test_striking_without_a_reason_is_refused(app: App, session: Session) -> None:
    (stored,) = app.sessions.log_readings(session, [pressure(142, 88)])

    with pytest.raises(ReasonMissingError):
        app.sessions.set_statuses((stored,), ObservationStatus.STRUCK, "  ")


def test_an_event_in_the_chair_begins_now(app: App, session: Session, clock: StillClock) -> None:
    clock.pass_minutes(50)
    event = app.sessions.catch_event(session, "Vomiting", Severity.MODERATE)

    assert event.onset is not None
    assert event.onset.iso() == "2026-11-23T15:30-05:00"
    assert event.seriousness is None


def test_an_ended_session_takes_no_readings(app: App, session: Session) -> None:
    ended = app.sessions.end(session, SessionEnd.DISCHARGED)

    assert ended.ending is SessionEnd.DISCHARGED
    with pytest.raises(SessionOverError):
        app.sessions.log_readings(ended, [pressure(120, 80)])
    with pytest.raises(SessionOverError):
        app.sessions.give(ended, Administration(dose=Decimal(50)))


def test_the_room_has_the_products_and_lots_that_were_given(app: App, session: Session) -> None:
    product = app.sessions.save(Product(name="ketamine"))
    lot = app.sessions.save(Lot(product_id=product.id, number="K1"))
    giving = app.sessions.give(session, Administration(product_id=product.id, lot_id=lot.id))

    room = app.sessions.room(session.id)

    assert room.administrations == (giving,)
    assert (room.products, room.lots) == ((product,), (lot,))
    assert giving.patient_id == session.patient_id
    assert app.sessions.products() == (product,)
    assert app.sessions.lots(product.id) == (lot,)


def test_sessions_of_a_patient_come_newest_first(
    app: App, session: Session, clock: StillClock
) -> None:
    clock.pass_minutes(60 * 24)
    later = app.sessions.start(session.patient_id)

    assert app.sessions.of_patient(session.patient_id) == (later, session)


def test_patients_are_found_by_code_and_by_name(app: App) -> None:
    one = app.patients.save(Patient(code="P-7", name="Avery Sample"))
    two = app.patients.save(Patient(code="AV-8", name="Blake Example"))

    assert app.patients.ids("av") == [two.id, one.id]
    assert app.patients.ids() == [two.id, one.id]
    assert [line.code for line in app.patients.lines([one.id, two.id])] == ["P-7", "AV-8"]
    assert app.patients.get(one.id) == one


def test_a_patient_line_counts_sessions(app: App, session: Session) -> None:
    (line,) = app.patients.lines([session.patient_id])

    assert (line.sessions, line.last_session) == (1, "23-Nov-2026 14:40")


def test_saving_what_did_not_change_writes_nothing(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    before = app.head()

    assert app.patients.save(patient) == patient
    assert app.head() == before
    assert app.patients.save(replace(patient, code="P-2")).version == 2


def test_an_ended_session_is_not_ended_again(app: App, session: Session) -> None:
    app.sessions.end(session, SessionEnd.TRANSFERRED, "to the emergency department")

    with pytest.raises(SessionOverError):
        app.sessions.end(session, SessionEnd.DISCHARGED)


def test_a_session_cannot_end_between_the_look_at_it_and_the_write(
    app: App, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look is behind the lock, so nobody else writes before the unit is done."""
    order: list[str] = []
    from aeapp.persistence.uow import SqlUnitOfWork  # noqa: PLC0415 - watched here only
    from aeapp.services import closing  # noqa: PLC0415 - watched here only

    lock, look = SqlUnitOfWork.lock, closing.session_of

    def locked(self: SqlUnitOfWork) -> None:
        order.append("lock")
        lock(self)

    def looked(*args: object) -> Session:
        order.append("look")
        return look(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlUnitOfWork, "lock", locked)
    monkeypatch.setattr(closing, "session_of", looked)

    app.sessions.log_readings(session, [pressure(128, 78)])

    assert order[:2] == ["lock", "look"]

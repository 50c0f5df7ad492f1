"""The day is read from the records of running sessions, in few queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.needs import NeedKind
from aeapp.domain.codelists.clinic import (
    Channel,
    Destination,
    ObservationKind,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Observation, Patient, Product, Sending, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.planning import Wanted
from aeapp.services.rems import RemsNotCompleteError
from aeapp.services.sending import SendingIncompleteError
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.guards import SENTINEL

TOMORROW = PartialDate(2026, 11, 24, 9, 0, None, -300)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, StillClock())
    yield app
    app.close()


def patient(app: App, code: str) -> str:
    return app.patients.save(Patient(code=code, name=f"Avery {SENTINEL}")).id


def given(app: App, session: Session) -> None:
    product = app.sessions.save(Product(name="Ketamine"))
    dose = Administration(product_id=product.id, dose=Decimal(38), dose_unit=DoseUnit.MG)
    app.sessions.give(session, replace(dose, started=app.context.minute()))


def test_running_sessions_stand_in_the_order_of_their_chairs(app: App) -> None:
    for chair in ("Chair 2", "Chair 1", None):
        app.sessions.start(patient(app, f"P-{chair}"), route=SessionRoute.IM, chair=chair)

    chairs = [line.chair for line in app.board.day().chairs]

    assert chairs == ["Chair 1", "Chair 2", "S-2026-000003"]
    assert [line.chair for line in app.board.chairs()] == chairs


def test_a_card_shows_what_was_given_and_read_last(app: App) -> None:
    session = app.sessions.start(patient(app, "P-1"), route=SessionRoute.IM, chair="1")
    given(app, session)
    reading = Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(190),
        diastolic=Decimal(100),
        unit=ReadingUnit.MMHG,
    )
    app.sessions.log_readings(session, [reading])

    (line,) = app.board.day().chairs

    assert (line.drug, line.pressure, line.minutes) == ("Ketamine 38 mg", "190/100", 0)


def test_several_givings_are_shown_in_their_sum(app: App) -> None:
    session = app.sessions.start(patient(app, "P-1"), route=SessionRoute.IM)
    given(app, session)
    given(app, session)

    assert app.board.day().chairs[0].drug == "ketamine 76 mg"


def test_ended_and_planned_sessions_are_in_no_chair(app: App) -> None:
    over = app.sessions.start(patient(app, "P-1"))
    app.sessions.end(over, SessionEnd.ABORTED, "stopped")
    app.planning.plan(patient(app, "P-2"), TOMORROW, Wanted(setting=Setting.CLINIC))

    assert app.board.day().chairs == ()


def test_a_nasal_session_that_ended_waits_for_its_form_with_seven_days(app: App) -> None:
    session = app.sessions.start(patient(app, "P-1"), route=SessionRoute.NASAL)
    assert app.board.day().needs == ()
    app.sessions.end(session, SessionEnd.AGAINST_ADVICE, "left")

    (need,) = app.board.day().needs

    assert (need.kind, need.target, need.patient) == (NeedKind.REMS, session.id, "P-1")
    assert str(need.due) == "2026-11-30"
    assert need.next_step == "Check and complete"
    fax = Sending(channel=Channel.FAX, at=app.context.minute(), reference="F-77")
    with pytest.raises(RemsNotCompleteError):
        app.rems.record(session.id, fax)

    app.endings.complete_rems(session.id)
    (need,) = app.board.day().needs
    assert (need.kind, need.target, str(need.due)) == (NeedKind.REMS, session.id, "2026-11-30")
    assert need.next_step == "Send it, then record the sending"
    assert app.rems.waiting() == (app.sessions.room(session.id).session,)
    for wrong in (replace(fax, channel=Channel.PHONE), replace(fax, reference=" ")):
        with pytest.raises(SendingIncompleteError):
            app.rems.record(session.id, wrong)

    sent = app.rems.record(session.id, fax)
    assert (sent.destination, sent.session_id, sent.by) == (
        Destination.REMS,
        session.id,
        "Dana Reyes",
    )
    assert app.board.day().needs == ()
    assert app.sessions.room(session.id).sendings == (sent,)


def test_a_session_at_home_has_no_form(app: App) -> None:
    session = app.sessions.start(
        patient(app, "P-1"), route=SessionRoute.NASAL, setting=Setting.HOME
    )
    app.sessions.end(session, SessionEnd.DISCHARGED)

    assert app.board.day().needs == ()


def test_what_is_planned_for_today_waits_and_what_is_for_tomorrow_does_not(app: App) -> None:
    at_three = PartialDate(2026, 11, 23, 15, 0, None, -300)
    today = app.planning.plan(patient(app, "P-1"), at_three, Wanted(chair="Chair 3"))
    app.planning.plan(patient(app, "P-2"), TOMORROW, Wanted())

    (need,) = app.board.day().needs

    assert (need.kind, need.target) == (NeedKind.PLANNED, today.id)
    assert (need.detail, need.patient) == ("15:00 Chair 3", "P-1")


def test_what_was_proposed_and_not_decided_waits_after_the_session(app: App) -> None:
    session = app.sessions.start(patient(app, "P-1"), route=SessionRoute.IM)
    begin = PartialDate(2026, 11, 23, 13, 50, None, -300)
    app.sessions.give(session, Administration(started=begin))
    low = Observation(kind=ObservationKind.OXYGEN_SATURATION, value=Decimal(80))
    app.sessions.log_readings(session, [low])
    assert app.board.day().needs == ()
    app.sessions.end(session, SessionEnd.ABORTED, "stopped")

    (need,) = [n for n in app.board.day().needs if n.kind is NeedKind.PROPOSAL]

    assert (need.target, need.patient, need.next_step) == (session.id, "P-1", "Decide")
    assert need.detail == "Session S-2026-000001: Oxygen saturation decreased"
    assert str(need.due) == "2026-11-23"
    app.watching.accept(app.watching.of_session(session.id)[0])
    assert NeedKind.PROPOSAL not in [n.kind for n in app.board.day().needs]


def test_the_number_of_queries_does_not_grow_with_the_chairs(app: App) -> None:
    counts = []
    for n in range(8):
        given(app, app.sessions.start(patient(app, f"P-{n}"), route=SessionRoute.IM))
        if n in (0, 7):
            counts.append(_queries(app))

    assert counts[0] == counts[1]


def _queries(app: App) -> int:
    import sqlalchemy as sa  # noqa: PLC0415 - counts at the driver

    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        app.board.day()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return len(seen)

"""The nurse's journeys from the door to the door: start a session, close it, call an ambulance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from aeapp.domain.codelists.clinic import (
    ConsentKind,
    ObservationKind,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer, CheckKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Consent, Lot, Observation, Patient, Product
from aeapp.domain.values import PartialDate
from aeapp.services.planning import Wanted
from tests.helpers.chair import past_the_gate
from tests.helpers.guards import SENTINEL
from tests.helpers.walked import Bar
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]


def a_known_patient(walker: Walker, route: SessionRoute) -> Patient:
    """Store a patient with consents, whose last session was by ``route`` with a dose and lot."""
    app = walker.app
    patient = app.patients.save(
        Patient(
            code="P-0412",
            name=f"Avery {SENTINEL}",
            sex=Sex.FEMALE,
            birth_date=PartialDate(1980, 4, 12),
        )
    )
    with app.context.new_uow() as uow:
        for kind in (ConsentKind.TREATMENT, ConsentKind.REMS):
            on = PartialDate(2026, 10, 12)
            consent = Consent(patient_id=patient.id, kind=kind, given=True, on=on, document="4")
            uow.save(consent, who=app.who)
        uow.commit()
    product = app.sessions.save(Product(name="Ketamine HCl"))
    lot = app.sessions.save(Lot(product_id=product.id, number="KT6B0417"))
    last = app.sessions.start(patient.id, route=route, chair="Chair 2")
    dose = 28 if route is SessionRoute.NASAL else 38
    giving = Administration(
        product_id=product.id, lot_id=lot.id, dose=Decimal(dose), dose_unit=DoseUnit.MG
    )
    if route is SessionRoute.IV_INFUSION:
        drip = FormRoute.INTRAVENOUS_DRIP
        giving = replace(giving, route=drip, over_minutes=Decimal(40))
    app.sessions.give(last, giving)
    app.sessions.end(last, SessionEnd.DISCHARGED)
    return patient


@pytest.mark.parametrize(
    ("route", "answers", "what"),
    [
        (SessionRoute.IV_INFUSION, "yyyy", "start an infusion"),
        (SessionRoute.NASAL, "yyyyyyy", "start nasal esketamine under REMS"),
    ],
)
def test_w1_start(
    route: SessionRoute, answers: str, what: str, walker: Walker, arrived: Arrived
) -> None:
    a_known_patient(walker, route)
    walker.program.shell.show_place("session")
    walker.start_counting()

    walker.press("F2")
    search = walker.place("session").start_card.search
    walker.wait(search.hasFocus)
    walker.type("ave")
    walker.press("Enter")
    walker.wait(lambda: walker.place("session").work is not None)
    walker.settle()
    walker.type(answers)
    place = walker.place("session")
    for _field in ("dose", "lot"):
        if place.work.lists.prepared is None:
            inside = QApplication.focusWidget()
            assert inside is not None
            assert place.parts["dose"].isAncestorOf(inside)
            walker.press("Enter")
    for number in ("128/78", "72", "98", "14"):
        walker.type(number)
        walker.press("Enter" if number == "14" else "Tab")
    walker.press("Enter")
    walker.settle()

    (session,) = walker.app.sessions.running()
    room = walker.app.sessions.room(session.id)
    (giving,) = room.administrations
    assert giving.started == walker.app.context.minute()
    assert giving.lot_id
    assert len(room.observations) == 4
    assert {c.answer for c in room.checks} == {Answer.YES}
    assert len(room.checks) == len(walker.app.gate.sheet(session.id, CheckKind.GATE).rows)
    arrived("W1", what, Bar(32))


def a_nasal_session(walker: Walker) -> str:
    """Bring a patient to minute 124 of a nasal session in which everything was read."""
    app, clock = walker.app, walker.clock
    patient = a_known_patient(walker, SessionRoute.NASAL)
    session = app.planning.begin(patient.id, Wanted(route=SessionRoute.NASAL))
    past_the_gate(app, session)
    product = app.sessions.products()[0]
    lot = app.sessions.lots(product.id)[0]
    for number in (1, 2):
        clock.pass_minutes(5 if number > 1 else 1)
        giving = Administration(
            product_id=product.id,
            lot_id=lot.id,
            dose=Decimal(28),
            dose_unit=DoseUnit.MG,
            route=FormRoute.NASAL,
            device_number=number,
            started=app.context.minute(),
        )
        app.sessions.give(session, giving)
    for minutes, upper in ((37, 146), (78, 131)):
        clock.pass_minutes(minutes)
        reading = Observation(
            kind=ObservationKind.BLOOD_PRESSURE,
            systolic=Decimal(upper),
            diastolic=Decimal(80),
            unit=ReadingUnit.MMHG,
        )
        app.sessions.log_readings(session, [reading])
    clock.pass_minutes(4)
    walker.program.show_session(session.id)
    walker.settle()
    walker.wait(lambda: walker.place("session").work is not None)
    walker.place("session").focus_first()
    walker.start_counting()
    return session.id


def test_w6_close(walker: Walker, arrived: Arrived) -> None:
    session_id = a_nasal_session(walker)

    walker.press("Ctrl+D")
    walker.type("yyyyyy")
    walker.type("JM")
    walker.press("Tab")
    walker.type("110")
    walker.press("Tab", "Enter")
    walker.settle()
    note = walker.place("session").parts["rems"].note.text
    assert "Not asked: Benzodiazepines, " in note
    walker.press("c", "Enter")
    walker.settle()

    session = walker.app.sessions.room(session_id).session
    assert (session.ending, session.escort) == (SessionEnd.DISCHARGED, "JM")
    assert session.ready_minute == 110
    assert session.rems_completed == session.ended == walker.app.context.minute()
    assert session.medicine_classes is NullFlavor.NASK
    arrived("W6", "discharge, REMS content completed", Bar(18))


def test_w11_transfer(walker: Walker, arrived: Arrived) -> None:
    session_id = a_nasal_session(walker)

    walker.press("Ctrl+T", "c", "Ctrl+P")
    walker.settle()

    session = walker.app.sessions.room(session_id).session
    assert session.ems_called == walker.app.context.minute()
    papers = walker.place("session").parts.get("papers")
    assert papers is not None, "Ctrl+P shows no handover"
    assert papers.isVisible()
    assert papers.paper.value == "handover"
    arrived("W11", "transfer: ambulance called, handover shown", Bar(6))

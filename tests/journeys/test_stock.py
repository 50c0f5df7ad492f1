"""The nurse draws, gives and wastes: the extra keys that a controlled product costs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.session import MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Product
from aeapp.services.dosing import NewDose
from tests.helpers.chair import past_the_gate
from tests.helpers.desk import a_patient
from tests.helpers.walked import Bar
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]


def at_the_vial(walker: Walker) -> str:
    """Bring a patient past the gate, with a dose like last time's filled in; return the session."""
    app = walker.app
    patient = a_patient(app)
    vial = app.stock.save(
        Product(name="Ketamine", strength="50", strength_unit=DoseUnit.MG_ML, controlled=True)
    )
    lot = app.stock.save(Lot(product_id=vial.id, number="KT6B0417"))
    before = app.sessions.start(patient.id, route=SessionRoute.IV_PUSH)
    dose = Administration(
        dose=Decimal(38), dose_unit=DoseUnit.MG, started=app.context.minute(), ordered_by="I. O."
    )
    app.dosing.give(before, NewDose(product=vial, lot=lot, giving=dose))
    app.sessions.end(before, SessionEnd.DISCHARGED)
    walker.clock.pass_minutes(60 * 24 * 7)
    session = app.sessions.start(patient.id, route=SessionRoute.IV_PUSH)
    past_the_gate(app, session)
    walker.program.show_session(session.id)
    walker.settle()
    walker.wait(lambda: walker.place("session").work is not None)
    walker.place("session").go_to("dose")
    return session.id


def test_w16_draw_give_waste(walker: Walker, arrived: Arrived) -> None:
    session_id = at_the_vial(walker)
    # Dose and lot stand as last time; the two Enters to here belong to W1.
    walker.press("Enter", "Enter")
    walker.start_counting()

    walker.type("50")
    walker.press("Tab", "Tab")
    walker.type("JK")
    walker.press("Enter")
    walker.settle()

    room = walker.app.sessions.room(session_id)
    (giving,) = room.administrations
    moved = {m.kind: (m.amount, m.witness) for m in room.movements}
    assert giving.dose == Decimal(38)
    assert moved[MovementKind.DRAWN][0] == Decimal(50)
    assert moved[MovementKind.WASTED] == (Decimal(12), "JK")
    arrived("W16", "draw, give, waste with a witness", Bar(8))

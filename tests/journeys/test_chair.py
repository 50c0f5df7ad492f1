"""The nurse's journeys: a row of readings, an event, and all that a session asks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Product, Session
from tests.helpers.desk import a_patient
from tests.helpers.walked import Bar
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]


def in_the_chair(walker: Walker) -> Session:
    """Bring a patient into a chair, half an hour after the dose, on the screen."""
    app = walker.app
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IV_PUSH, chair="Chair 2")
    product = app.sessions.save(Product(name="Ketamine"))
    app.sessions.give(
        session,
        Administration(
            product_id=product.id,
            dose=Decimal(38),
            dose_unit=DoseUnit.MG,
            started=app.context.minute(),
        ),
    )
    walker.clock.pass_minutes(30)
    walker.program.show_session(session.id)
    walker.settle()
    walker.wait(lambda: walker.place("session").work is not None)
    walker.place("session").focus_first()
    walker.start_counting()
    return session


def test_w2_a_row_of_readings(walker: Walker, arrived: Arrived) -> None:
    session = in_the_chair(walker)

    walker.type("142/88")
    walker.press("Tab")
    walker.type("96")
    walker.press("Tab")
    walker.type("97")
    walker.press("Tab")
    walker.type("16")
    walker.press("Enter")
    walker.settle()

    stored = walker.app.sessions.room(session.id).observations
    values = {o.kind: o.systolic or o.value for o in stored}
    assert values == {
        ObservationKind.BLOOD_PRESSURE: Decimal(142),
        ObservationKind.HEART_RATE: Decimal(96),
        ObservationKind.OXYGEN_SATURATION: Decimal(97),
        ObservationKind.RESPIRATORY_RATE: Decimal(16),
    }
    arrived("W2", "a timed row of readings", Bar(16))


def test_w3_an_event(walker: Walker, arrived: Arrived) -> None:
    session = in_the_chair(walker)

    walker.press("F4", "v", "2", "Enter")
    walker.settle()

    (event,) = walker.app.sessions.room(session.id).events
    assert (event.verbatim, event.severity) == ("Vomiting", Severity.MODERATE)
    assert event.onset == walker.app.context.minute()
    arrived("W3", "an event in the chair", Bar(7))


def test_w4_a_flag_becomes_an_event(walker: Walker, arrived: Arrived) -> None:
    session = in_the_chair(walker)
    walker.type("181/98")
    walker.press("Enter")
    walker.settle()
    walker.clock.pass_minutes(5)
    assert walker.app.sessions.room(session.id).proposals == ()
    walker.start_counting()

    walker.type("182/106")
    walker.press("Enter")
    walker.settle()
    assert walker.app.sessions.room(session.id).events == ()
    walker.press("Alt+A")
    walker.settle()

    room = walker.app.sessions.room(session.id)
    (event,), (proposal,) = room.events, room.proposals
    assert (event.verbatim, event.severity) == ("Blood pressure increased", None)
    assert event.onset == min(o.at for o in room.observations)
    assert (proposal.state, proposal.event_id) == (ProposalState.ACCEPTED, event.id)
    arrived("W4", "a flag, its repeat, an event", Bar(14))

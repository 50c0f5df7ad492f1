"""A nurse with three chairs: from one to the next by F3, over the board and back, nothing mixed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QApplication

from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Patient, Product, Session
from tests.helpers.guards import SENTINEL
from tests.helpers.walked import Bar
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]
CHAIRS = ("Chair 1", "Chair 2", "Chair 3")


def in_three_chairs(walker: Walker) -> list[Session]:
    """Seat three patients, half an hour after their doses; the first is on the screen."""
    app, sessions = walker.app, []
    product = app.sessions.save(Product(name="Ketamine"))
    for n, chair in enumerate(CHAIRS, start=1):
        patient = app.patients.save(Patient(code=f"P-{n}", name=f"{chair} {SENTINEL}"))
        session = app.sessions.start(patient.id, route=SessionRoute.IV_PUSH, chair=chair)
        dose = Administration(
            product_id=product.id,
            dose=Decimal(30 + n),
            dose_unit=DoseUnit.MG,
            started=app.context.minute(),
        )
        app.sessions.give(session, dose)
        sessions.append(session)
    walker.clock.pass_minutes(30)
    walker.program.show_session(sessions[0].id)
    walker.settle()
    walker.wait(lambda: shown(walker) == sessions[0].id)
    walker.place("session").focus_first()
    walker.start_counting()
    return sessions


def shown(walker: Walker) -> str:
    work = walker.place("session").work
    return "" if work is None else str(work.room.session.id)


def come_to(walker: Walker, session: Session, chair: str) -> None:
    """Wait until a session is on the screen, its tab is the current one and the row has the keys.

    What is typed before would go nowhere else: the row of the session before is left at once.
    """
    walker.settle()
    walker.wait(lambda: shown(walker) == session.id)
    walker.settle()
    room = walker.place("session")
    assert room.chairs.tabText(room.chairs.currentIndex()) == chair
    assert [room.chairs.tabText(n) for n in range(room.chairs.count())] == list(CHAIRS)
    inside = QApplication.focusWidget()
    assert inside is not None
    assert room.grid.entry.isAncestorOf(inside)


def pressures(walker: Walker, session: Session) -> list[Decimal | None]:
    found = walker.app.sessions.room(session.id).observations
    return [o.systolic for o in found if o.kind is ObservationKind.BLOOD_PRESSURE]  # type: ignore[misc]


def test_three_chairs_by_f3_and_by_the_board(walker: Walker, arrived: Arrived) -> None:
    first, second, third = in_three_chairs(walker)

    # Half a row stays with its chair while another one is looked after.
    walker.type("142/8")
    walker.press("F3")
    come_to(walker, second, "Chair 2")
    assert walker.place("session").grid.entry.draft == {}
    walker.type("120/70")
    walker.press("Enter")
    walker.press("F3")
    come_to(walker, third, "Chair 3")
    walker.type("130/75")
    walker.press("Enter")
    walker.press("F3")
    come_to(walker, first, "Chair 1")
    walker.type("8")
    walker.press("Enter")
    walker.press("Shift+F3")
    come_to(walker, third, "Chair 3")
    walker.settle()

    assert [pressures(walker, s) for s in (first, second, third)] == [[142], [120], [130]]
    arrived("W2", "a pressure in each of three chairs, by F3", Bar(30))


def test_over_the_board_to_another_chair_and_back(walker: Walker, arrived: Arrived) -> None:
    first, second, _third = in_three_chairs(walker)

    walker.type("142/8")
    walker.press("Ctrl+1")
    walker.settle()
    board = walker.place("today").board
    walker.wait(lambda: len(board.cards) == len(CHAIRS))
    assert any("Chair 2" in card.accessibleName() for card in board.cards)
    walker.press("2", "Enter")
    come_to(walker, second, "Chair 2")
    walker.type("118/72")
    walker.press("Enter")
    walker.press("Ctrl+1")
    walker.settle()
    walker.press("1", "Enter")
    come_to(walker, first, "Chair 1")
    walker.type("8")
    walker.press("Enter")
    walker.settle()

    assert [pressures(walker, s) for s in (first, second)] == [[142], [118]]
    # What Today says of a chair is what was just read in it.
    walker.press("Ctrl+1")
    walker.settle()
    names = " ".join(card.accessibleName() for card in board.cards)
    walker.wait(lambda: "142/88" in " ".join(card.accessibleName() for card in board.cards))
    assert "Chair 1" in names
    arrived("W2", "a pressure in two chairs, over the board and back", Bar(27))

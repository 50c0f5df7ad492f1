"""Pictures of what is amended and recorded after a session, of the transfer and of its papers.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit, SessionEnd, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Observation, Product
from aeapp.services.dosing import NewDose
from tests.visual.looks import in_every_look
from tests.visual.test_chair import begun, enter, keys, shown
from tests.visual.test_session import opened, settle

pytestmark = in_every_look
VIAL = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)


def dripping(program, clock):
    """Return a session in which something runs of which no pace is known."""
    session = begun(program, SessionRoute.IV_INFUSION)
    app = program.app
    pressure = Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(128),
        diastolic=Decimal(78),
        unit=ReadingUnit.MMHG,
    )
    app.sessions.log_readings(session, [pressure])
    drip = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        started=app.context.minute(),
    )
    app.dosing.give(session, NewDose(product=VIAL, lot=None, giving=drip))
    app.notes.add(session, "Escort: typo")
    app.notes.add(session, "Oxygen 2 L by nasal cannula", NoteKind.INTERVENTION)
    clock.pass_minutes(20)
    return session


def press(*found: Qt.Key) -> None:
    for key in found:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_amount_asked_and_transfer(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = dripping(program, clock)
    place = shown(program, qtbot, session)
    place._on_key("Alt+I")
    keys("s")
    settle(program, qtbot)
    shoot(program.shell, "app-amount-asked")
    press(Qt.Key.Key_Escape)
    place._on_key("Ctrl+T")
    keys("c")
    keys("County ED")
    enter()
    keys("?")
    enter()
    keys("chest pain")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-transfer-facts")
    place._on_key("Ctrl+P")
    settle(program, qtbot)
    qtbot.waitUntil(lambda: place.parts["papers"].preview.pages == 1, timeout=20_000)
    shoot(program.shell, "app-handover-print")


def test_amended(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = dripping(program, clock)
    app = program.app
    (giving,) = app.sessions.room(session.id).administrations
    app.dosing.stop(giving.id, told=NullFlavor.UNK)
    clock.pass_minutes(90)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    at = giving.started
    rate = Observation(
        kind=ObservationKind.HEART_RATE, value=Decimal(96), unit=ReadingUnit.PER_MINUTE
    )
    app.amending.add_readings(session.id, (rate,), at, "written on paper")
    app.amending.add_event(session.id, "Nausea", Severity.MODERATE, at, "written on paper")
    place = shown(program, qtbot, session)
    place._on_key("Alt+I")
    settle(program, qtbot)
    shoot(program.shell, "app-amended-dose")
    place.ask("missed")
    keys("r")
    keys("14:50")
    enter()
    keys("88/168")
    enter()
    keys("on paper")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-missed-readings")
    press(Qt.Key.Key_Escape)
    place.ask("missed")
    keys("m")
    settle(program, qtbot)
    shoot(program.shell, "app-missed-dose")
    press(Qt.Key.Key_Escape)
    place._on_key("F7")
    keys("c")
    settle(program, qtbot)
    shoot(program.shell, "app-note-corrected")
    press(Qt.Key.Key_Escape)
    place._on_key("Alt+F")
    settle(program, qtbot)
    shoot(program.shell, "app-session-files")


def test_rems_sent(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.NASAL)
    app = program.app
    app.sessions.end(session, SessionEnd.DISCHARGED)
    app.endings.complete_rems(session.id)
    place = shown(program, qtbot, session)
    place.ask("rems")
    keys("s")
    settle(program, qtbot)
    shoot(program.shell, "app-rems-sending")

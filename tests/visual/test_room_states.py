"""Pictures of the rest of the room's states: routes, flags, endings, gaps, files, failures.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute, Setting
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import Amount, CheckKind, MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import KnownError
from aeapp.services.dosing import Drawn, NewDose
from aeapp.services.planning import Wanted
from aeapp.services.sessions import HomeFacts, SessionService
from tests.helpers.chair import answer_all, past_the_gate
from tests.visual.looks import in_every_look
from tests.visual.test_chair import begun, enter, keys, shown
from tests.visual.test_doses import drip, vial
from tests.visual.test_session import a_session, at, opened, people, row, settle

pytestmark = in_every_look


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, held)


def in_course(program, route: SessionRoute, clock, minutes: int = 20) -> Session:
    """Return a session past its gate, a dose given ``minutes`` ago."""
    session = begun(program, route)
    past_the_gate(program.app, session)
    product = program.app.sessions.save(Product(name="Ketamine HCl", strength="50"))
    giving = Administration(
        product_id=product.id,
        dose=Decimal(70),
        dose_unit=DoseUnit.MG,
        started=program.app.context.minute(),
    )
    program.app.sessions.give(session, giving)
    clock.pass_minutes(minutes)
    return session


def test_paused_drip(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.IV_INFUSION)
    past_the_gate(program.app, session)
    product, lot = vial(program)
    dose = NewDose(product=product, lot=lot, giving=drip(program))
    program.app.dosing.give(session, dose)
    clock.pass_minutes(12)
    place = shown(program, qtbot, session)
    place._on_key("Alt+I")
    keys("p")
    settle(program, qtbot)
    clock.pass_minutes(3)
    place._tick()
    shoot(program.shell, "app-drip-paused")


def test_into_the_muscle(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = in_course(program, SessionRoute.IM, clock)
    program.app.sessions.log_readings(session, row(0, "142/88", "84", "98", "15"))
    shown(program, qtbot, session)
    shoot(program.shell, "app-im")


def test_held_in_the_mouth(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.SUBLINGUAL)
    past_the_gate(program.app, session)
    product = program.app.stock.save(
        Product(name="Ketamine troche", strength="100", strength_unit=DoseUnit.MG)
    )
    program.app.stock.save(Lot(product_id=product.id, number="TR1", expires=PartialDate(2027, 5)))
    place = shown(program, qtbot, session)
    place.go_to("dose")
    QTest.keyClicks(place.parts["dose"].fields.dose, "3 tablets")
    QTest.keyClicks(place.parts["dose"].fields.pace, "10")
    place.parts["dose"]._on_give()
    settle(program, qtbot)
    enter()
    settle(program, qtbot)
    clock.pass_minutes(4)
    place.reveal(place.parts["dose"].lines)
    place._on_key("Alt+I")
    place._tick()
    shoot(program.shell, "app-sublingual")


def test_at_home(program, shoot, qtbot, clock):
    opened(program, qtbot)
    (patient,) = people(program, 1)
    session = program.app.sessions.start(
        patient.id,
        route=SessionRoute.SUBLINGUAL,
        setting=Setting.HOME,
        started=at(-10),
        home=HomeFacts(peer_monitor="JK, brother", told_by="the patient, by telephone"),
    )
    program.app.sessions.log_readings(session, row(0, "126/78", "70"), at(-5))
    product = program.app.stock.save(
        Product(name="Ketamine troche", strength="100", strength_unit=DoseUnit.MG)
    )
    dose = Administration(dose=Decimal(300), dose_unit=DoseUnit.MG, started=at(0))
    program.app.sessions.give(session, replace(dose, product_id=product.id))
    program.app.sessions.log_readings(session, row(0, "138/84", "78"), at(30))
    program.app.sessions.catch_event(session, "Dizziness", Severity.MILD, at(15))
    shown(program, qtbot, session)
    shoot(program.shell, "app-home")


def test_start_at_home(program, shoot, qtbot):
    opened(program, qtbot)
    (patient,) = people(program, 1)
    place = program.shell.show_place("session")
    program.places.start_session(patient.id)
    settle(program, qtbot)
    card = place.start_card
    qtbot.waitUntil(card.begin.isVisible)
    keys("5")
    card.settings.focus_first()
    keys("h")
    shoot(program.shell, "app-start-home")


def test_flag_waits_for_its_repeat(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = in_course(program, SessionRoute.IV_PUSH, clock, 15)
    program.app.sessions.log_readings(session, row(0, "141/86", "84", "98", "14"))
    clock.pass_minutes(15)
    place = shown(program, qtbot, session)
    keys("178/98")
    enter()
    settle(program, qtbot)
    clock.pass_minutes(2)
    place._tick()
    shoot(program.shell, "app-flag-repeat")
    clock.pass_minutes(3)
    place._tick()
    keys("182/106")
    press(Qt.Key.Key_Tab)
    keys("101")
    press(Qt.Key.Key_Tab)
    keys("86")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-two-proposals")
    program.app.sessions.catch_event(session, "Nausea", Severity.MILD, program.app.context.minute())
    place.refresh()
    settle(program, qtbot)
    press(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    shoot(program.shell, "app-proposal-merge")
    press(Qt.Key.Key_Escape)
    place._on_key("F12")
    shoot(program.shell, "app-proposal-focus")


def test_stock_gap(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.IV_PUSH)
    past_the_gate(program.app, session)
    product, lot = vial(program)
    program.app.stock.move(lot, MovementKind.RECEIVED, Decimal(500), Amount.MG, vial="1")
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG, wasted=Decimal(5), witness="J. Kim", vial="1")
    giving = Administration(
        dose=Decimal(38), dose_unit=DoseUnit.MG, started=program.app.context.minute()
    )
    program.app.dosing.give(session, NewDose(product=product, lot=lot, giving=giving, drawn=drawn))
    clock.pass_minutes(60)
    place = shown(program, qtbot, session)
    place._tick()
    place._on_key("Alt+W")
    shoot(program.shell, "app-stock-gap")
    keys("y")
    keys("vial fell")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-stock-loss")


def test_endings(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = in_course(program, SessionRoute.IM, clock, 30)
    place = shown(program, qtbot, session)
    for letter, name in (("x", "stopped"), ("d", "died"), ("t", "transferred")):
        place._on_key("Ctrl+D")
        keys(letter)
        settle(program, qtbot)
        shoot(program.shell, f"app-ending-{name}")
        press(Qt.Key.Key_Escape)
        place.parts["discharge"].hide()


def test_left_and_handed_over(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = a_session(program, people(program, 1)[0])
    place = shown(program, qtbot, session)
    place._on_key("Ctrl+T")
    keys("c")
    settle(program, qtbot)
    shoot(program.shell, "app-transfer-called")
    place._on_key("Ctrl+P")
    settle(program, qtbot)
    qtbot.waitUntil(lambda: place.parts["papers"].preview.pages == 1, timeout=20_000)
    settle(program, qtbot)
    shoot(program.shell, "app-handover")


def test_over(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = a_session(program, people(program, 1)[0])
    clock.pass_minutes(80)
    answer_all(program.app, session, CheckKind.DISCHARGE)
    program.app.sessions.end(program.app.sessions.room(session.id).session, SessionEnd.DISCHARGED)
    shown(program, qtbot, session)
    shoot(program.shell, "app-over")


class DiskGoneError(KnownError):
    """The disk does not answer."""

    code = "store.unreachable"

    def __init__(self) -> None:
        super().__init__("The drive stopped answering.", remedy="Reconnect it, press Ctrl+S.")


def test_not_stored(program, shoot, qtbot, clock, monkeypatch):
    opened(program, qtbot)
    session = in_course(program, SessionRoute.IV_PUSH, clock)
    place = shown(program, qtbot, session)

    def fail(*_args, **_more):
        raise DiskGoneError

    monkeypatch.setattr(SessionService, "catch_event", fail)
    monkeypatch.setattr(SessionService, "log_readings", fail)
    place.work.catch("Apnoea", Severity.SEVERE, program.app.context.minute())
    settle(program, qtbot)
    keys("142/88")
    enter()
    settle(program, qtbot)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            shoot(window, "app-not-stored-dialog")
            window.close()
    shoot(program.shell, "app-not-stored")


HEAD = "Time,HR,SpO2,NBPSys,NBPDias,NBPMean\n"
ROWS = (
    "2026-11-23 14:05:00,72,98,128,78,95\n"
    "2026-11-23 14:10:00,0,0,0,0,0\n"
    "2026-11-23 14:15:00,75,101,131,80,97\n"
    "2026-11-23 14:20:00,75,97,80,131,97\n"
    "2026-11-23 14:25:00,88,96,150,92,111\n"
)


def test_import(program, shoot, qtbot, clock, tmp_path):
    opened(program, qtbot)
    session = in_course(program, SessionRoute.IV_PUSH, clock, 5)
    place = shown(program, qtbot, session)
    file = tmp_path / "monitor.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    program.ask.path = file
    place._on_key("Ctrl+I")
    settle(program, qtbot)
    qtbot.waitUntil(lambda: bool(place.parts["import"].plan.toPlainText()))
    shoot(program.shell, "app-import")
    bad = tmp_path / "notes.csv"
    bad.write_text("nothing;of\nthis;kind\n", encoding="utf-8")
    program.ask.path = bad
    place._on_key("Ctrl+I")
    settle(program, qtbot)
    shoot(program.shell, "app-import-unread")


UNKNOWN_TABLE = """Capnograph export
DATE;TIME;EtCO2;FiCO2;RR;SpO2;PR;Cuff S;Cuff D;IPI
11/23/26;14:05:05;37;0;14;98;71;17,1;10,1;9
11/23/26;14:06:05;--;0;--;97;72;;;9
11/23/26;14:07:05;38;0;15;96;70;17,9;10,4;9
11/23/26;14:08:05;38;0;15;lead off;70;;;8
"""


def test_columns_of_an_unknown_table(program, shoot, qtbot, clock, tmp_path):
    opened(program, qtbot)
    session = in_course(program, SessionRoute.IV_PUSH, clock, 5)
    place = shown(program, qtbot, session)
    program.ask.path = tmp_path / "trend.csv"
    program.ask.path.write_text(UNKNOWN_TABLE, encoding="utf-8")
    place._on_key("Ctrl+I")
    settle(program, qtbot)
    mapper = place.parts["import"].mapper
    qtbot.waitUntil(mapper.isVisible)
    settle(program, qtbot)
    shoot(program.shell, "app-columns")
    mapper.columns.selectRow(7)
    keys("s")
    mapper.columns.selectRow(8)
    keys("d")
    settle(program, qtbot)
    place.reveal(mapper.go)
    shoot(program.shell, "app-columns-trial")


def test_chairs_and_news(program, shoot, qtbot, clock):
    opened(program, qtbot)
    patients = people(program, 6)
    a_session(program, patients[0])
    sessions = program.app.sessions
    for n, (chair, pressure) in enumerate(
        (
            ("Chair 1", "134/82"),
            ("Chair 3", "142/88"),
            ("Chair 4", "184/112"),
            ("Chair 5", "120/70"),
        )
    ):
        route = SessionRoute.NASAL if n != 2 else SessionRoute.IM
        session = sessions.start(patients[n + 1].id, route=route, chair=chair)
        sessions.log_readings(session, row(0, pressure, "70", "98", "14"), at(-3))
        if n != 3:
            spray = sessions.save(Product(name="Esketamine", strength="28"))
            giving = Administration(product_id=spray.id, dose=Decimal(84), dose_unit=DoseUnit.MG)
            sessions.give(session, replace(giving, started=at(9 - 4 * n)))
        if n == 2:
            sessions.log_readings(session, row(0, "186/114", "70", "98", "14"), at(40))
    later = Wanted(route=SessionRoute.NASAL, chair="Chair 2")
    program.app.planning.plan(patients[5].id, at(60), later)
    place = program.shell.show_place("today")
    place.refresh()
    settle(program, qtbot)
    qtbot.waitUntil(lambda: len(place.board.cards) == 5)
    place.focus_first()
    shoot(program.shell, "app-board")
    place._on_wall()
    settle(program, qtbot)
    shoot(program.shell, "app-board-wall")
    place._on_wall()
    shown(program, qtbot, session)
    shoot(program.shell, "app-chair-tabs")

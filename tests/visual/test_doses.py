"""Pictures of the dose card and the library, to be looked at; build/screens holds them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Observation, Patient, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.dosing import Drawn, NewDose
from aeapp.services.sessions import HomeFacts
from forms.application import Program
from tests.helpers.clinic import StillClock
from tests.helpers.terminologies import distribution, workbook
from tests.visual.looks import in_every_look
from tests.visual.test_session import opened, settle

pytestmark = in_every_look


@pytest.fixture
def program(program: Program, qtbot: QtBot) -> Program:
    """Return the program with somebody logged in."""
    opened(program, qtbot)
    return program


def vial(program: Program) -> tuple[Product, Lot]:
    product = program.app.stock.save(
        Product(
            name="Ketamine HCl",
            strength="50",
            strength_unit=DoseUnit.MG_ML,
            ndc="0409-2051-05",
            maker="Invented Injectables Inc.",
            controlled=True,
        )
    )
    lot = Lot(product_id=product.id, number="KT6B0417", expires=PartialDate(2028, 3))
    return product, program.app.stock.save(lot)


def patient(program: Program) -> Patient:
    return program.app.patients.save(
        Patient(code="P-0412", name="Avery Sample", birth_date=PartialDate(1980, 4, 12))
    )


def measured(program: Program, session: Session) -> None:
    program.app.sessions.log_readings(
        session,
        [
            Observation(
                kind=ObservationKind.WEIGHT, value=Decimal("76.4"), unit=ReadingUnit.KILOGRAM
            ),
            Observation(
                kind=ObservationKind.BLOOD_PRESSURE,
                systolic=Decimal(128),
                diastolic=Decimal(78),
                unit=ReadingUnit.MMHG,
            ),
        ],
    )


def drip(program: Program) -> Administration:
    return Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        per_kg=Decimal("0.5"),
        weight=Decimal("76.4"),
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=program.app.context.minute(),
        ordered_by="I. Okafor",
    )


def treated(program: Program, clock: StillClock) -> tuple[Session, Product, Lot]:
    product, lot = vial(program)
    program.app.stock.move(lot, MovementKind.RECEIVED, Decimal(500), Amount.MG, vial="1")
    clock.pass_minutes(5)
    session = program.app.sessions.start(patient(program).id, route=SessionRoute.IV_INFUSION)
    drawn = Drawn(
        amount=Decimal(50), unit=Amount.MG, wasted=Decimal(12), witness="J. Kim", vial="1"
    )
    dose = NewDose(product=product, lot=lot, giving=drip(program), drawn=drawn)
    program.app.dosing.give(session, dose)
    program.app.sessions.end(session, SessionEnd.DISCHARGED)
    clock.pass_minutes(60 * 24 * 7)
    second = program.app.sessions.start(
        session.patient_id, route=SessionRoute.IV_INFUSION, chair="Chair 2"
    )
    return second, product, lot


def room(program: Program, qtbot: QtBot, session: Session) -> QWidget:
    program.show_session(session.id)
    settle(program, qtbot)
    place = program.shell.place("session")
    program.shell.activateWindow()
    place.go_to("dose")
    return place


def test_dose_offered(program, shoot, qtbot, clock):
    session, _product, _lot = treated(program, clock)
    measured(program, session)
    place = room(program, qtbot, session)
    card = place.parts["dose"]
    QTest.keyClick(card.fields.dose, Qt.Key.Key_Return)
    QTest.keyClick(card.fields.lot.box, Qt.Key.Key_Return)
    QTest.keyClicks(card.fields.drawn.drawn, "50")
    place.go_to("dose")
    shoot(program.shell, "dose-offered")


def test_dose_running(program, shoot, qtbot, clock):
    session, product, lot = treated(program, clock)
    measured(program, session)
    dose = NewDose(product=product, lot=lot, giving=drip(program))
    program.app.dosing.give(session, dose)
    clock.pass_minutes(21)
    place = room(program, qtbot, session)
    card = place.parts["dose"]
    card.start_rescue()
    QTest.keyClicks(card.fields.product, "Ondansetron")
    QTest.keyClick(card.fields.product, Qt.Key.Key_Return)
    card.fields.new_product.click()
    QTest.keyClicks(card.fields.dose, "4")
    place.reveal(card.lines)
    card.lines.lines[0].do("rate")
    shoot(program.shell, "dose-running")


def test_dose_devices_and_expired_lot(program, shoot, qtbot, clock):
    app = program.app
    product = app.stock.save(
        Product(name="Spravato", strength="28", strength_unit=DoseUnit.MG, controlled=True)
    )
    app.stock.save(Lot(product_id=product.id, number="SP0001", expires=PartialDate(2026, 10)))
    session = app.sessions.start(patient(program).id, route=SessionRoute.NASAL)
    measured(program, session)
    place = room(program, qtbot, session)
    card = place.parts["dose"]
    QTest.keyClicks(card.fields.dose, "56")
    QTest.keyClicks(card.fields.why, "no other in the house")
    card._on_give()
    settle(program, qtbot)
    clock.pass_minutes(1)
    card.fields.product.setCurrentIndex(0)
    card.tick()
    place.reveal(card.lines)
    shoot(program.shell, "dose-devices")


def test_dose_at_home(program, shoot, qtbot, clock):
    app = program.app
    product = app.stock.save(
        Product(name="Ketamine troche", strength="100", strength_unit=DoseUnit.MG)
    )
    app.stock.save(Lot(product_id=product.id, number="TR1", expires=PartialDate(2026, 12, 5)))
    session = app.sessions.start(
        patient(program).id,
        route=SessionRoute.SUBLINGUAL,
        setting=Setting.HOME,
        home=HomeFacts(peer_monitor="JK", told_by="the patient"),
    )
    place = room(program, qtbot, session)
    QTest.keyClicks(place.parts["dose"].fields.dose, "3 tablets")
    QTest.keyClicks(place.parts["dose"].fields.pace, "10 swallowed")
    shoot(program.shell, "dose-home")


def test_library_lot(program, shoot, qtbot, clock):
    session, product, lot = treated(program, clock)
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG)
    giving = replace(drip(program), over_minutes=None, route=FormRoute.INTRAMUSCULAR)
    program.app.dosing.give(session, NewDose(product=product, lot=lot, giving=giving, drawn=drawn))
    program.app.stock.save(
        Lot(product_id=product.id, number="KT6A0001", expires=PartialDate(2026, 10))
    )
    program.app.stock.save(Product(name="Ondansetron"))
    place = program.shell.show_place("library")
    settle(program, qtbot)
    place.open_lot(lot.id)
    settle(program, qtbot)
    place.refresh()
    settle(program, qtbot)
    shoot(program.shell, "library-lot")
    gap = place.lot_page.gaps[0]
    program.app.stock.answer_loss(gap.gap.answer_on.id, answer=True, reason="syringe not found")
    place.refresh()
    settle(program, qtbot)
    place.lot_page.moves.ask(MovementKind.WASTED)
    shoot(program.shell, "library-loss")


def test_library_product(program, shoot, qtbot, clock):
    vial(program)
    place = program.shell.show_place("library")
    settle(program, qtbot)
    place.table.selectRow(0)
    settle(program, qtbot)
    shoot(program.shell, "library-product")


def test_library_terms(program, shoot, qtbot, tmp_path):
    releases = program.app.terminologies
    workbook(tmp_path / "grades.xlsx")
    releases.load(releases.plan(TerminologyName.CTCAE, tmp_path / "grades.xlsx"))
    place = program.shell.show_place("library")
    settle(program, qtbot)
    place.terms.click()
    settle(program, qtbot)
    page = place.terms_page
    page._on_plan(releases.plan(TerminologyName.MEDDRA, distribution(tmp_path / "m")))
    page.focus_first()
    QTest.keyClicks(page.search, "hypretension")
    settle(program, qtbot)
    shoot(program.shell, "library-terms")

"""Pictures of the lists of a session: gate, start, discharge, REMS page, transfer, closed.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aeapp.domain.codelists.clinic import (
    ConsentKind,
    ObservationKind,
    ReadingUnit,
    Role,
    SessionRoute,
)
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import CheckKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Consent, Lot, Observation, Product, Session, Staff
from aeapp.domain.values import PartialDate
from aeapp.services.planning import Wanted
from forms.application import Program
from tests.helpers.chair import answer_all, past_the_gate
from tests.helpers.terminologies import workbook
from tests.visual.looks import in_every_look
from tests.visual.test_session import opened, people, settle

pytestmark = in_every_look


def begun(program: Program, route: SessionRoute) -> Session:
    app = program.app
    assert app is not None
    patient = people(program, 2)[1]
    with app.context.new_uow() as uow:
        for kind in (ConsentKind.TREATMENT, ConsentKind.REMS):
            on = PartialDate(2026, 10, 12)
            uow.save(
                Consent(patient_id=patient.id, kind=kind, given=True, on=on, document="4"),
                who=app.who,
            )
        for user, name in (("i.okafor", "I. Okafor, MD"), ("j.kim", "Jae Kim")):
            role = Role.PRESCRIBER if user == "i.okafor" else Role.COMPLIANCE
            uow.save(Staff(user_name=user, name=name, role=role, active=True), who=app.who)
        uow.commit()
    wanted = Wanted(route=route, chair="Chair 2", indication="Treatment-resistant depression")
    return app.planning.begin(patient.id, wanted)


def shown(program: Program, qtbot, session: Session):
    program.show_session(session.id)
    settle(program, qtbot)
    program.shell.activateWindow()
    place = program.shell.place("session")
    place.focus_first()
    return place


def keys(text: str) -> None:
    for letter in text:
        QTest.keyClick(QApplication.focusWidget(), letter)


def enter() -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_gate(program, shoot, qtbot):
    opened(program, qtbot)
    session = begun(program, SessionRoute.IV_INFUSION)
    place = shown(program, qtbot, session)
    keys("128/78")
    enter()
    settle(program, qtbot)
    place.go_to("gate")
    keys("yyy")
    settle(program, qtbot)
    shoot(program.shell, "app-gate")
    keys("n")
    settle(program, qtbot)
    shoot(program.shell, "app-gate-why")
    keys("lorazepam 0.5 mg at 07:00, prescriber told")
    enter()
    place.parts["gate"].list.go_to("consent")
    keys("n")
    keys("old form signed")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-gate-stop")
    keys("1")
    settle(program, qtbot)
    shoot(program.shell, "app-gate-done")


def test_gate_of_the_rems(program, shoot, qtbot):
    opened(program, qtbot)
    session = begun(program, SessionRoute.NASAL)
    place = shown(program, qtbot, session)
    place.go_to("gate")
    keys("yy")
    settle(program, qtbot)
    shoot(program.shell, "app-gate-rems")


def test_leaving(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.IV_INFUSION)
    app = program.app
    past_the_gate(app, session)
    giving = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        started=app.context.minute(),
        ended=app.context.minute(),
    )
    app.sessions.give(session, giving)
    clock.pass_minutes(75)
    place = shown(program, qtbot, session)
    place._on_key("Ctrl+D")
    keys("yy")
    settle(program, qtbot)
    shoot(program.shell, "app-leaving")
    keys("yyyy")
    keys("221")
    settle(program, qtbot)
    shoot(program.shell, "app-leaving-score")
    keys("22")
    keys("JM")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-leaving-early")
    place.parts["discharge"].list.focus_first()
    keys("a")
    settle(program, qtbot)
    shoot(program.shell, "app-leaving-against-advice")


def test_rems_page_and_closed(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.NASAL)
    app = program.app
    past_the_gate(app, session)
    product = app.sessions.save(Product(name="Esketamine 28 mg device"))
    lot = app.sessions.save(Lot(product_id=product.id, number="ESK0417"))
    for device in (1, 2):
        clock.pass_minutes(5)
        giving = Administration(
            product_id=product.id,
            lot_id=lot.id,
            dose=Decimal(28),
            dose_unit=DoseUnit.MG,
            route=FormRoute.NASAL,
            device_number=device,
            started=app.context.minute(),
        )
        app.sessions.give(session, giving)
    for minutes in (37, 80):
        clock.pass_minutes(minutes)
        reading = Observation(
            kind=ObservationKind.BLOOD_PRESSURE,
            systolic=Decimal(150 - minutes // 4),
            diastolic=Decimal(82),
            unit=ReadingUnit.MMHG,
        )
        app.sessions.log_readings(session, [reading])
    answer_all(app, session, CheckKind.DISCHARGE)
    place = shown(program, qtbot, session)
    place._on_key("Ctrl+D")
    keys("JM")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    keys("110")
    shoot(program.shell, "app-leaving-rems")
    enter()
    settle(program, qtbot)
    shoot(program.shell, "app-rems-page")
    keys("c")
    settle(program, qtbot)
    enter()
    place.closed.ask()
    place.closed.value.setText("sister")
    place.closed.reason.setFocus()
    shoot(program.shell, "app-closed")


def test_transfer(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = begun(program, SessionRoute.IM)
    app = program.app
    past_the_gate(app, session)
    app.sessions.give(session, Administration(dose=Decimal(38), started=app.context.minute()))
    clock.pass_minutes(20)
    place = shown(program, qtbot, session)
    place._on_key("Ctrl+T")
    keys("c")
    clock.pass_minutes(8)
    keys("a")
    settle(program, qtbot)
    shoot(program.shell, "app-transfer")


def test_grades_and_codes(program, shoot, qtbot, clock, tmp_path):
    opened(program, qtbot)
    session = begun(program, SessionRoute.IV_INFUSION)
    app = program.app
    workbook(tmp_path / "grades.xlsx")
    app.terminologies.load(app.terminologies.plan(TerminologyName.CTCAE, tmp_path / "grades.xlsx"))
    past_the_gate(app, session)
    app.sessions.give(session, Administration(started=app.context.minute()))
    clock.pass_minutes(20)
    place = shown(program, qtbot, session)
    place._on_key("F4")
    keys("b")
    settle(program, qtbot)
    shoot(program.shell, "app-event-grades")
    enter()
    settle(program, qtbot)
    place._on_key("Alt+E")
    keys("c")
    keys("hypretension")
    settle(program, qtbot)
    shoot(program.shell, "app-event-code")

"""Pictures of login, first run, patients and the session room, to be looked at.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.safety import DrugRole, Severity, Sex
from aeapp.domain.codelists.session import Answer, DueFrom, NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import (
    Administration,
    Call,
    Lot,
    Observation,
    Patient,
    Product,
    Protocol,
    Session,
)
from aeapp.domain.records.patient import Medicine
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.typing import COLUMNS, read_row
from forms.application import Program
from tests.helpers.clinic import PASSWORD, USER
from tests.visual.looks import in_every_look

pytestmark = in_every_look
KINDS = [column.kind for column in COLUMNS]


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.runners.busy, timeout=20_000)


def opened(program: Program, qtbot: QtBot) -> None:
    program.login.opened.emit(program._remembered.folder, USER, PASSWORD)
    settle(program, qtbot)
    assert program.app is not None


def row(minute: int, *texts: str) -> list[Observation]:
    return list(read_row(dict(zip(KINDS, texts, strict=False)), COLUMNS).readings)


def at(minutes: int) -> PartialDate:
    return PartialDate(2026, 11, 23, 13 + (50 + minutes) // 60, (50 + minutes) % 60, None, -300)


def people(program: Program, count: int) -> list[Patient]:
    names = ("Avery Sample", "Blake Example", "Casey Specimen", "Devon Marlow-Featherstonehaugh")
    sexes = list(Sex)
    assert program.app is not None
    return [
        program.app.patients.save(
            Patient(
                code=f"P-{412 + n:04d}",
                name=names[n % len(names)],
                birth_date=PartialDate(1980, 4, 12) if n % 2 == 0 else PartialDate(1968),
                sex=sexes[n % 2],
                allergies="Sulfonamides: rash in 2014.",
                history="Recurrent depression since 2009.",
                medicines=(Medicine(name="sertraline 100 mg", dose="once daily", ongoing=True),),
            )
        )
        for n in range(count)
    ]


def a_session(program: Program, patient: Patient) -> Session:
    app = program.app
    assert app is not None
    sessions = app.sessions
    product = sessions.save(
        Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
    )
    lot = sessions.save(Lot(product_id=product.id, number="KT6B0417"))
    session = sessions.start(
        patient.id,
        route=SessionRoute.IV_INFUSION,
        indication="Treatment-resistant depression",
        chair="Chair 2",
    )
    weight = Observation(
        kind=ObservationKind.WEIGHT, value=Decimal("76.4"), unit=ReadingUnit.KILOGRAM
    )
    sessions.log_readings(
        session, [weight, *row(0, "128/78", "72", "98", "14", "5", "0", "36.6")], at(-5)
    )
    sessions.give(
        session,
        Administration(
            product_id=product.id,
            lot_id=lot.id,
            dose=Decimal(38),
            dose_unit=DoseUnit.MG,
            started=at(0),
        ),
    )
    sessions.log_readings(session, row(0, "141/86", "84", "98", "14"), at(15))
    sessions.log_readings(session, row(0, "158/94", "9", "97", "15"), at(31))
    sessions.log_readings(session, row(0, "186/104", "98", "91", "16"), at(40))
    sessions.log_readings(session, row(0, "182/112", "101", "96", "16"), at(45))
    room = sessions.room(session.id)
    slip = next(r for r in room.observations if r.value == Decimal(9))
    sessions.set_statuses((slip,), ObservationStatus.STRUCK, "Typing slip")
    moved = next(r for r in room.observations if r.value == Decimal(101))
    sessions.set_statuses((moved,), ObservationStatus.ARTEFACT, "Movement")
    sessions.catch_event(session, "Dissociation", Severity.MILD, at(12))
    nausea = sessions.catch_event(session, "Nausea", Severity.MODERATE, at(28))
    app.cases.open_for_event(nausea)
    slipped = sessions.catch_event(session, "Headache", Severity.MILD, at(30))
    app.events.strike(slipped, "Entered twice")
    sessions.give(
        session,
        Administration(
            product_id=sessions.save(Product(name="Ondansetron")).id,
            dose=Decimal(4),
            dose_unit=DoseUnit.MG,
            started=at(43),
            role=DrugRole.TREATMENT,
            given_by="D. Reyes",
        ),
    )
    app.notes.add(session, "Drip finished, line kept open", NoteKind.NOTE, at(40))
    app.notes.add(session, "Dr I. Okafor told, stays in the room", NoteKind.INTERVENTION, at(45))
    wrong = app.notes.add(session, "Monitor changed", NoteKind.EQUIPMENT, at(46))
    app.notes.strike(wrong, "undone")
    room = sessions.room(session.id)
    sessions.save(replace(room.session, note="As told by the monitor's file"))
    return session


def a_year(program: Program, patient: Patient) -> None:
    """Store sessions enough that shares can be said."""
    words = ("Dissociation", "Dizziness", "Nausea", "Blood pressure increased")
    for n in range(24):
        past = PartialDate(2026, 1 + n % 9, 1 + n, 10, 0, None, -300)
        session = program.app.sessions.start(patient.id, started=past)
        for k, term in enumerate(words):
            if n % (k + 2) == 0:
                program.app.sessions.catch_event(session, term, Severity.MILD, past)
        program.app.sessions.end(session, SessionEnd.DISCHARGED, at=past)


def test_login(program, shoot):
    shoot(program.shell, "app-login")


def test_first_run(program, shoot, qtbot):
    program.gate.show_first_run()
    page = program.shell.focusWidget().window().findChild(QWidget, "new.clinic").parent()
    QTest.keyClicks(program.shell.focusWidget(), "Larkspur Ketamine Clinic")
    while not hasattr(page, "person"):
        page = page.parent()
    QTest.keyClicks(page.person, "Dana Reyes, RN")
    QTest.keyClicks(page.password, "short")
    QTest.keyClicks(page.again, "shirt")
    page._judge()
    settle(program, qtbot)
    shoot(program.shell, "app-first-run")


def test_patients_empty(program, shoot, qtbot):
    opened(program, qtbot)
    program.shell.show_place("patients")
    settle(program, qtbot)
    shoot(program.shell, "app-patients-empty")


def test_patients_filled(program, shoot, qtbot):
    opened(program, qtbot)
    patients = people(program, 24)
    session = a_session(program, patients[0])
    program.app.sessions.end(program.app.sessions.room(session.id).session, SessionEnd.DISCHARGED)
    place = program.shell.show_place("patients")
    settle(program, qtbot)
    place.open_patient(patients[0].id)
    settle(program, qtbot)
    place._find()
    settle(program, qtbot)
    shoot(program.shell, "app-patients")


def test_patient_called(program, shoot, qtbot, clock):
    opened(program, qtbot)
    (patient,) = people(program, 1)
    session = a_session(program, patient)
    program.app.sessions.end(program.app.sessions.room(session.id).session, SessionEnd.DISCHARGED)
    clock.pass_minutes(24 * 60)
    program.app.calls.log(Call(patient_id=patient.id, session_id=session.id, reached=Answer.NO))
    program.shell.show_place("patients").call_patient(patient.id)
    settle(program, qtbot)
    settle(program, qtbot)
    place = program.shell.place("patients")
    QTest.keyClicks(place.card.calls.card, "y112")
    place.card.calls.card.finder.line.setFocus()
    QTest.keyClicks(place.card.calls.card.finder.line, "head")
    shoot(program.shell, "app-call")


def test_session_papers(program, shoot, qtbot):
    opened(program, qtbot)
    session = a_session(program, people(program, 1)[0])
    program.show_session(session.id)
    settle(program, qtbot)
    place = program.shell.place("session")
    place._on_key("Ctrl+P")
    qtbot.waitUntil(lambda: place.parts["papers"].preview.pages > 0, timeout=10_000)
    settle(program, qtbot)
    shoot(program.shell, "app-session-papers")


def test_session_empty(program, shoot, qtbot):
    opened(program, qtbot)
    settle(program, qtbot)
    shoot(program.shell, "app-session-empty")


def test_session_start(program, shoot, qtbot):
    opened(program, qtbot)
    people(program, 6)
    place = program.shell.show_place("session")
    program.places.start_session()
    settle(program, qtbot)
    shoot(program.shell, "app-session-find")
    QTest.keyClicks(place.start_card.search, "cas")
    place.start_card._on_enter()
    settle(program, qtbot)
    qtbot.waitUntil(place.start_card._facts.isVisible)
    shoot(program.shell, "app-session-start")


def test_session_room(program, shoot, qtbot, clock):
    opened(program, qtbot)
    (patient,) = people(program, 1)
    a_year(program, patient)
    session = a_session(program, patient)
    clock.pass_minutes(0.2)
    program.show_session(session.id)
    settle(program, qtbot)
    place = program.shell.place("session")
    program.shell.activateWindow()
    place.focus_first()
    QTest.keyClicks(place.grid.entry.cells[KINDS[0]], "168/98")
    place.grid.entry.cells[KINDS[1]].setFocus()
    shoot(program.shell, "app-session-room")
    place.go_to("palette")
    QTest.keyClicks(place.parts["palette"], "v2")
    shoot(program.shell, "app-session-event")
    QTest.keyClicks(place.parts["palette"], "/")
    QTest.keyClicks(place.parts["palette"].finder.line, "hypret")
    shoot(program.shell, "app-session-search")
    place.parts["palette"].clear()
    place.go_to("events")
    shoot(program.shell, "app-session-correct")
    place.parts["events"].editor.left.emit()
    place.go_to("notes")
    shoot(program.shell, "app-session-notes")
    place._on_key("Ctrl+D")
    shoot(program.shell, "app-session-ending")
    place.parts["discharge"].hide()
    place.grid.entry.cells[KINDS[0]].setText("14/88")
    place.grid.entry.cells[KINDS[0]].setFocus()
    QTest.keyClick(place.grid.entry.cells[KINDS[0]], Qt.Key.Key_Return)
    shoot(program.shell, "app-session-doubt")
    place.grid.table.setCurrentIndex(place.grid.model.index(3, 2))
    place.grid.table.setFocus()
    QTest.keyClick(place.grid.table, Qt.Key.Key_X)
    shoot(program.shell, "app-session-strike")


def test_locked(program, shoot, qtbot):
    opened(program, qtbot)
    a_session(program, people(program, 1)[0])
    program.lock()
    qtbot.waitUntil(lambda: program._closing is None and not program.runners.busy)
    shoot(program.shell, "app-locked")


def test_today(program, shoot, qtbot, clock):
    opened(program, qtbot)
    place = program.shell.show_place("today")
    settle(program, qtbot)
    shoot(program.shell, "app-today-empty")
    sessions = program.app.sessions
    patients = people(program, 4)
    a_session(program, patients[0])
    for n, (chair, pressure) in enumerate((("Chair 1", "134/82"), ("Chair 3", "142/88"))):
        session = sessions.start(patients[n + 1].id, route=SessionRoute.NASAL, chair=chair)
        sessions.log_readings(session, row(0, pressure, "70", "98", "14"), at(-3))
        spray = sessions.save(Product(name="Esketamine", strength="28"))
        sessions.give(
            session,
            Administration(
                product_id=spray.id, dose=Decimal(84), dose_unit=DoseUnit.MG, started=at(9 - 4 * n)
            ),
        )
    sessions.start(patients[3].id, route=SessionRoute.IM, chair="Chair 4")
    before = PartialDate(2026, 11, 13, 10, 0, None, -300)
    over = sessions.start(patients[3].id, route=SessionRoute.NASAL, started=before)
    sessions.end(over, SessionEnd.DISCHARGED, at=before)
    place.refresh()
    settle(program, qtbot)
    qtbot.waitUntil(lambda: len(place.board.cards) == 4)
    place.focus_first()
    shoot(program.shell, "app-today")


def test_session_watch(program, shoot, qtbot, clock):
    opened(program, qtbot)
    four = frozenset(KINDS[:4])
    rows = [DueReading(minute=m, kinds=four | {KINDS[4]}) for m in (0, 15, 30, 45, 60, 90)]
    leaving = DueReading(counted_from=DueFrom.LEAVING, kinds=four)
    program.app.sessions.save(
        Protocol(
            name="IV infusion",
            route=SessionRoute.IV_INFUSION,
            setting=Setting.CLINIC,
            due=(*rows, leaving),
        )
    )
    session = a_session(program, people(program, 1)[0])
    clock.pass_minutes(0.2)
    program.show_session(session.id)
    settle(program, qtbot)
    place = program.shell.place("session")
    program.shell.activateWindow()
    place.focus_first()
    QTest.keyClicks(place.grid.entry.cells[KINDS[0]], "168/98")
    QTest.keyClick(place.grid.entry.cells[KINDS[0]], Qt.Key.Key_Tab)
    shoot(program.shell, "app-session-watch")
    QTest.keyClick(program.shell.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    shoot(program.shell, "app-session-not-an-event")


def test_clinic_settings(program, shoot, qtbot):
    opened(program, qtbot)
    place = program.shell.show_place("clinic")
    settle(program, qtbot)
    program.shell.activateWindow()
    place.focus_first()
    shoot(program.shell, "app-clinic-limits")
    place.show_page("schedules")
    place.focus_first()
    shoot(program.shell, "app-clinic-schedules")
    place.show_page("duties")
    settle(program, qtbot)
    shoot(program.shell, "app-clinic-duties")

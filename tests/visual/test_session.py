"""Pictures of login, first run, patients and the session room, to be looked at.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import Severity, Sex
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Observation, Patient, Product, Session
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.typing import COLUMNS, read_row
from forms.application import Program
from forms.remembered import Remembered
from forms.theme import Mode, Theme
from tests.helpers.asking import Answers
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics, new_clinic

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
LOOKS = [("light", 100), ("dark", 100), ("light", 200)]
pytestmark = [
    pytest.mark.screens,
    pytest.mark.parametrize(("mode", "percent"), LOOKS, ids=[f"{m}-{p}" for m, p in LOOKS]),
]
KINDS = [column.kind for column in COLUMNS]


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def theme(session_theme: Theme, mode: str, percent: int) -> Theme:
    session_theme.set_mode(Mode(mode))
    session_theme.set_percent(percent)
    return session_theme


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def program(theme: Theme, qtbot: QtBot, tmp_path: Path, clock: StillClock) -> Iterator[Program]:
    clinics = cheap_clinics(clock)
    clinics.create(new_clinic(tmp_path)).close()
    remembered = Remembered(tmp_path / "window.ini")
    remembered.folder = tmp_path / "larkspur.aeclinic"
    made = Program(theme, clinics, remembered, home=Path("/home/dana"), ask=Answers())
    qtbot.addWidget(made.shell)
    made.shell.show()
    qtbot.waitExposed(made.shell)
    made.shell.resize(1440, 900)
    yield made
    made.shell.close()


@pytest.fixture
def shoot(mode: str, percent: int) -> Callable[[QWidget, str], None]:
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(widget: QWidget, name: str) -> None:
        QTest.qWait(30)
        widget.grab().save(str(SCREENS / f"{name}-{mode}-{percent}.png"))

    return take


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
    sessions.log_readings(session, [weight, *row(0, "128/78", "72", "98", "14", "36.6")], at(-5))
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
    sessions.set_status(slip, ObservationStatus.STRUCK, "Typing slip")
    moved = next(r for r in room.observations if r.value == Decimal(101))
    sessions.set_status(moved, ObservationStatus.ARTEFACT, "Movement")
    sessions.catch_event(session, "Dissociation", Severity.MILD, at(12))
    nausea = sessions.catch_event(session, "Nausea", Severity.MODERATE, at(28))
    app.cases.open_for_event(nausea)
    room = sessions.room(session.id)
    sessions.save(replace(room.session, note="14:33 Ondansetron 4 mg IV"))
    return session


def test_login(program, shoot):
    shoot(program.shell, "app-login")


def test_first_run(program, shoot, qtbot):
    program._on_new_clinic()
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


def test_session_empty(program, shoot, qtbot):
    opened(program, qtbot)
    settle(program, qtbot)
    shoot(program.shell, "app-session-empty")


def test_session_start(program, shoot, qtbot):
    opened(program, qtbot)
    people(program, 6)
    place = program.shell.show_place("session")
    program.start_session()
    settle(program, qtbot)
    shoot(program.shell, "app-session-find")
    QTest.keyClicks(place.start_card.search, "ave")
    place.start_card._on_enter()
    settle(program, qtbot)
    qtbot.waitUntil(place.start_card._facts.isVisible)
    shoot(program.shell, "app-session-start")


def test_session_room(program, shoot, qtbot, clock):
    opened(program, qtbot)
    session = a_session(program, people(program, 1)[0])
    clock.pass_minutes(0.2)
    program.show_session(session.id)
    settle(program, qtbot)
    place = program.shell.place("session")
    program.shell.activateWindow()
    place.focus_first()
    QTest.keyClicks(place.grid.entry.cells[KINDS[0]], "168/98")
    place.grid.entry.cells[KINDS[1]].setFocus()
    shoot(program.shell, "app-session-room")
    place._to_palette()
    QTest.keyClicks(place.palette_panel, "v2")
    shoot(program.shell, "app-session-event")
    place._on_end_asked()
    shoot(program.shell, "app-session-ending")
    place.ending.hide()
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

"""The window from start to end, with a real clinic behind it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from aeapp.bootstrap import LocalClinics
from aeapp.domain.codelists.clinic import Role, SessionEnd
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Observation, Patient
from aeapp.domain.vitals.typing import COLUMNS, read_row
from aeapp.kernel.errors import AppError
from aeapp.services.app import App
from forms.application import Program
from forms.errors import ErrorDialog
from forms.first_run import FirstRunPage, folder_name, suggested_user
from forms.opening import clinic_named
from forms.remembered import Remembered
from forms.theme import Theme
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics, new_clinic
from tests.helpers.desk import a_patient
from tests.helpers.guards import SENTINEL

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def clinics(tmp_path: Path, clock: StillClock) -> LocalClinics:
    made = cheap_clinics(clock)
    made.create(new_clinic(tmp_path)).close()
    return made


@pytest.fixture
def program(theme: Theme, clinics: LocalClinics, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    remembered = Remembered(tmp_path / "window.ini")
    remembered.folder = tmp_path / "larkspur.aeclinic"
    made = Program(theme, clinics, remembered, home=tmp_path / "home", ask=Answers())
    qtbot.addWidget(made.shell)
    with qtbot.waitActive(made.shell):
        made.start()
    yield made
    made.shell.close()


def settle(qtbot: QtBot, program: Program) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: not program.runners.busy, timeout=20_000)
        qtbot.wait(1)


def log_in(qtbot: QtBot, program: Program, password: str = PASSWORD) -> None:
    login = program.login
    login.show_person("")
    login.focus_first()
    QTest.keyClicks(login.name, USER)
    QTest.keyClick(login.name, Qt.Key.Key_Return)
    QTest.keyClicks(login.password, password)
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    settle(qtbot, program)


def test_the_window_shows_a_login_and_no_place_at_first(program: Program) -> None:
    assert program.shell.at_gate
    assert program.app is None
    assert program.shell.windowTitle() == "AEApp"


def test_name_and_password_open_the_clinic_in_the_session_room(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    assert not program.shell.at_gate
    assert program.shell.current_place == "session"
    assert program.shell.windowTitle() == "Larkspur Ketamine Clinic - Session"
    texts = [label.text() for label in program.shell.header.findChildren(QLabel)]
    assert {"Larkspur Ketamine Clinic", "Dana Reyes", "Nurse"} <= set(texts)
    assert "Mon 23 Nov 2026, 14:40" in texts


def test_a_wrong_password_stays_at_the_login_with_a_note(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program, "not this one at all")
    assert program.shell.at_gate
    assert program.login.note.text.startswith("The name or the password is wrong")
    assert program.login.open_button.isEnabled()


def test_f2_begins_a_session_from_every_place(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    assert program.app is not None
    patient = a_patient(program.app)
    place = program.shell.show_place("patients")
    settle(qtbot, program)
    place.open_patient(patient.id)  # type: ignore[attr-defined]
    settle(qtbot, program)
    QTest.keyClick(program.shell.focusWidget(), Qt.Key.Key_F2)
    settle(qtbot, program)
    room = program.shell.place("session")
    assert program.shell.current_place == "session"
    qtbot.waitUntil(room.start_card.begin.isVisible)  # type: ignore[union-attr]
    QTest.keyClick(program.shell.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, program)
    (session,) = program.app.sessions.running()
    assert session.patient_id == patient.id


def test_a_key_of_the_places_does_nothing_at_the_login(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    program.lock()
    QTest.keyClick(program.login, Qt.Key.Key_F2)
    settle(qtbot, program)
    assert program.shell.at_gate


def test_a_report_is_shown_in_its_place(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    assert program.app is not None
    app = program.app
    session = app.sessions.start(a_patient(app).id)
    report = app.cases.open_for_event(app.sessions.catch_event(session, "Nausea"))
    program.show_report(report.id)
    settle(qtbot, program)
    place = program.shell.place("reports")
    qtbot.waitUntil(lambda: place.page is not None)  # type: ignore[union-attr]
    settle(qtbot, program)
    assert program.shell.current_place == "reports"


# --- lock


def lock(qtbot: QtBot, program: Program) -> None:
    QTest.keyClick(program.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.shell.at_gate
    assert program.app is None
    qtbot.waitUntil(program.login.open_button.isEnabled, timeout=20_000)
    settle(qtbot, program)


def is_closed(app: App) -> bool:
    try:
        app.patients.ids()
    except (ValueError, AppError):
        # The key is gone: nothing can be read any more.
        return True
    return False


def test_a_lock_covers_at_once_stores_what_was_typed_and_closes_the_clinic(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    app = program.app
    assert app is not None
    patient = a_patient(app)
    place = program.shell.show_place("patients")
    settle(qtbot, program)
    place.open_patient(patient.id)  # type: ignore[attr-defined]
    settle(qtbot, program)
    place.card.editor.enter("phone", "555 0100")  # type: ignore[attr-defined]
    lock(qtbot, program)
    assert program.shell.place("patients") is None
    assert is_closed(app)
    log_in(qtbot, program)
    assert program.app is not None
    assert program.app.patients.get(patient.id).phone == "555 0100"
    assert program.shell.current_place == "patients"


def test_the_locked_page_shows_rooms_and_minutes_and_nobodys_name(
    qtbot: QtBot, program: Program, clock: StillClock
) -> None:
    log_in(qtbot, program)
    app = program.app
    assert app is not None
    session = app.sessions.start(a_patient(app).id, chair="Chair 2")
    dose = Administration(dose_unit=DoseUnit.MG, started=app.context.minute())
    app.sessions.give(session, dose)
    clock.pass_minutes(41)
    lock(qtbot, program)
    words = " ".join(label.text() for label in visible_labels(program.login))
    assert "Locked at 15:21" in words
    assert "Chair 2  41 min" in words
    assert SENTINEL not in words
    assert program.login.name.text() == USER
    assert program.login.password.hasFocus()


def visible_labels(widget: QWidget) -> list[QLabel]:
    return [label for label in widget.findChildren(QLabel) if label.isVisible()]


def test_unlocking_leads_back_to_the_running_session(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    assert program.app is not None
    session = program.app.sessions.start(a_patient(program.app).id)
    lock(qtbot, program)
    log_in(qtbot, program)
    place = program.shell.place("session")
    qtbot.waitUntil(lambda: place.work is not None)  # type: ignore[union-attr]
    settle(qtbot, program)
    assert place.work.room.session.id == session.id  # type: ignore[union-attr]


def test_closing_the_window_closes_the_clinic_and_ends_its_threads(
    qtbot: QtBot, program: Program, clinics: LocalClinics, tmp_path: Path
) -> None:
    log_in(qtbot, program)
    program.shell.close()
    assert program.app is None
    assert not program.shell.isVisible()
    app = clinics.open(str(tmp_path / "larkspur.aeclinic"), USER, PASSWORD)
    app.close()


def test_entries_that_could_not_be_stored_are_asked_about_before_closing(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    app = program.app
    assert app is not None
    session = app.sessions.start(a_patient(app).id)
    program.show_session(session.id)
    settle(qtbot, program)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    place = program.shell.place("session")
    place.focus_first()  # type: ignore[union-attr]
    QTest.keyClicks(QApplication.focusWidget(), "142/88")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, program)
    for dialog in program.shell.findChildren(ErrorDialog):
        dialog.close()
    answers = program.ask
    assert isinstance(answers, Answers)
    answers.yes = False
    program.shell.close()
    assert program.shell.isVisible()
    assert program.app is app
    answers.yes = True
    program.shell.close()
    qtbot.waitUntil(lambda: not program.shell.isVisible())
    assert [q.keep for q in answers.asked] == ["Stay", "Stay"]


# --- a new clinic


def first_run(qtbot: QtBot, program: Program) -> FirstRunPage:
    program.login.new_clinic_asked.emit()
    (page,) = program.shell.findChildren(FirstRunPage)
    return page


def fill(page: FirstRunPage, password: str = PASSWORD) -> None:
    page.zone.setEditText("America/Chicago")
    for field, text in (
        (page.clinic, "Juniper Clinic"),
        (page.person, "Robin Doe, MD"),
        (page.password, password),
        (page.again, password),
    ):
        field.clear()
        QTest.keyClicks(field, text)
    page.roles.buttons[1].click()


def test_a_new_clinic_is_made_and_opened(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = first_run(qtbot, program)
    fill(page)
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    settle(qtbot, program)
    app = program.app
    assert app is not None
    assert app.folder == tmp_path / "home" / "juniper-clinic.aeclinic"
    assert (app.clinic.name, app.clinic.time_zone) == ("Juniper Clinic", "America/Chicago")
    assert (app.who.user_name, app.who.name, app.who.role) == (
        "robin.doe",
        "Robin Doe, MD",
        Role.PRESCRIBER,
    )
    assert not program.shell.at_gate


def test_a_weak_password_is_named_while_it_is_typed(qtbot: QtBot, program: Program) -> None:
    page = first_run(qtbot, program)
    fill(page, "too short")
    note = page.notes["password"]
    qtbot.waitUntil(lambda: "fewer than 15" in note.text, timeout=10_000)
    QTest.keyClicks(page.password, " but now it is long enough: otter violin")
    qtbot.waitUntil(lambda: note.text.startswith("Good enough"), timeout=10_000)
    assert page.notes["again"].text == ""


def test_a_weak_password_makes_no_clinic(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = first_run(qtbot, program)
    fill(page, "robin.doe robin.doe")
    page.make.click()
    settle(qtbot, program)
    assert program.app is None
    assert "contains your name" in page.trouble.text
    assert page.clinic.text() == "Juniper Clinic"
    assert not (tmp_path / "home" / "juniper-clinic.aeclinic").exists()


def test_what_is_missing_is_named_and_gets_the_cursor(qtbot: QtBot, program: Program) -> None:
    page = first_run(qtbot, program)
    page.zone.setEditText("Nowhere/Town")
    page.make.click()
    texts = {name: note.text for name, note in page.notes.items()}
    assert texts["clinic"] == "Name the clinic."
    assert texts["zone"].startswith("Choose a zone")
    assert texts["role"] == "Choose your role."
    assert texts["user"].startswith("Use 3 to 32")
    assert page.clinic.hasFocus()


def test_two_passwords_that_differ_are_told(qtbot: QtBot, program: Program) -> None:
    page = first_run(qtbot, program)
    fill(page)
    QTest.keyClicks(page.again, "x")
    assert page.notes["again"].text == "The two differ."
    page.make.click()
    settle(qtbot, program)
    assert program.app is None


def test_back_leads_to_the_login(qtbot: QtBot, program: Program) -> None:
    page = first_run(qtbot, program)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert program.login.isVisible()


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Larkspur Clinic", "larkspur-clinic.aeclinic"), ("../..", "clinic.aeclinic"),
     ("Zoë & Söhne", "zo-s-hne.aeclinic"), ("x" * 90, "x" * 60 + ".aeclinic")],
)  # fmt: skip
def test_a_clinics_folder_has_plain_letters(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_a_user_name_is_suggested_from_the_name() -> None:
    assert suggested_user("Dana Reyes, RN") == "dana.reyes"


# --- the practice clinic


def test_the_practice_clinic_is_made_once_and_says_what_it_is(
    qtbot: QtBot, program: Program
) -> None:
    program.login.practice_asked.emit()
    settle(qtbot, program)
    app = program.app
    assert app is not None
    assert app.clinic.practice
    assert len(app.patients.ids()) == 3
    banner = [t.text() for t in visible_labels(program.shell) if "Practice clinic" in t.text()]
    assert banner
    lock(qtbot, program)
    program.login.practice_asked.emit()
    settle(qtbot, program)
    assert program.app is not None
    assert len(program.app.patients.ids()) == 3


# --- every page, and the start


def test_every_page_before_the_clinic_is_accessible(qtbot: QtBot, program: Program) -> None:
    assert_accessible(program.login)
    assert_accessible(first_run(qtbot, program))


@pytest.mark.parametrize(
    ("words", "folder"),
    [([], None), (["--clinic", "a b"], Path("a b")), (["--clinic=x"], Path("x")),
     (["--clinic"], None)],
)  # fmt: skip
def test_the_command_line_may_name_the_clinic(words: list[str], folder: Path | None) -> None:
    assert clinic_named(words) == folder


def test_the_first_window_shows_before_the_storage_is_loaded() -> None:
    code = (
        "import sys\n"
        "import forms.application\n"
        "late = ('sqlalchemy', 'alembic', 'sqlcipher3', 'reportlab', 'pypdfium2', 'zxcvbn')\n"
        "print([name for name in late if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_nothing_of_the_clinic_is_used_on_the_gui_thread_while_a_row_is_typed(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    app = program.app
    assert app is not None
    session = app.sessions.start(a_patient(app).id)
    program.show_session(session.id)
    settle(qtbot, program)
    used: list[str] = []
    real = app.context.new_uow

    def watched() -> object:
        used.append(threading.current_thread().name)
        return real()

    object.__setattr__(app.context, "new_uow", watched)
    place = program.shell.place("session")
    place.focus_first()  # type: ignore[union-attr]
    QTest.keyClicks(QApplication.focusWidget(), "142/88")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, program)
    assert used
    assert threading.main_thread().name not in used
    kinds = {r.kind for r in app.sessions.room(session.id).observations}
    expected: tuple[Observation, ...] = read_row({COLUMNS[0].kind: "142/88"}, COLUMNS).readings
    assert kinds == {r.kind for r in expected}


def test_the_minutes_of_rooms_stop_with_the_window(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    app = program.app
    assert app is not None
    patient = app.patients.save(Patient(code="P-9"))
    session = app.sessions.start(patient.id, chair="Chair 1")
    app.sessions.give(session, Administration(started=session.started))
    program.lock()
    settle(qtbot, program)
    timer = program.shell.findChild(QTimer, "rooms")
    assert timer is not None
    assert timer.isActive()

    program.shell.close()

    assert not timer.isActive()

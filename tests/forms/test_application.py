"""The window from start to end, with a real clinic behind it."""

from __future__ import annotations

import subprocess
import sys
import threading
import zoneinfo
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from aeapp.bootstrap import LocalClinics
from aeapp.domain.codelists.clinic import Role, SessionEnd
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Observation, Patient
from aeapp.domain.vitals.typing import COLUMNS, read_row
from aeapp.kernel.errors import AppError
from aeapp.services.app import App, WrongTries
from aeapp.trail import anchors
from aeapp.vault import open_vault
from forms import window_places
from forms.anchoring import Anchoring
from forms.application import Program
from forms.errors import ErrorDialog
from forms.first_run import FirstRunPage, folder_name, suggested_user
from forms.jobs import JobRunner
from forms.keys import EVERYWHERE, PLACES
from forms.opening import clinic_named, tries_words
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.clinic import PASSWORD, USER, StillClock
from tests.helpers.desk import a_patient
from tests.helpers.guards import SENTINEL
from tests.helpers.program import log_in, settle
from tests.helpers.report_case import a_serious_report
from tests.helpers.tamper import damage_unread

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_window_shows_a_login_and_no_place_at_first(program: Program) -> None:
    assert program.shell.at_gate
    assert program.app is None
    assert program.shell.windowTitle() == "AEApp"


def test_name_and_password_open_the_clinic_on_the_board_of_the_day(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    assert not program.shell.at_gate
    assert program.shell.current_place == "today"
    assert program.shell.windowTitle() == "Larkspur Ketamine Clinic - Today"
    texts = [label.text() for label in program.shell.header.findChildren(QLabel)]
    assert {"Larkspur Ketamine Clinic", "Dana Reyes", "Nurse"} <= set(texts)
    assert "Mon 23 Nov 2026, 14:40" in texts


def test_a_wrong_password_stays_at_the_login_with_a_note(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program, "not this one at all")
    assert program.shell.at_gate
    assert program.login.note.text.startswith("The name or the password is wrong")
    assert program.login.open_button.isEnabled()


def test_after_a_login_a_line_tells_of_those_that_failed(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program, "not this one at all")
    assert program.app is None
    log_in(qtbot, program)

    texts = [label.text() for label in program.shell.status.findChildren(QLabel)]
    said = "Logins that failed since the last one: 1 under your name; the latest"
    assert f"{said} Mon 23 Nov 2026, 14:40." in texts


@pytest.mark.parametrize(
    ("own", "unknown", "words"),
    [
        (0, 0, ""),
        (0, 2, "Logins that failed since the last one: 2 under names nobody has; the latest"),
        (1, 1, "1 under your name, 1 under names nobody has; the latest Mon 23 Nov 2026, 14:40."),
    ],
)
def test_failed_logins_are_told_by_whose_name_it_was(own: int, unknown: int, words: str) -> None:
    at = StillClock().now()
    tries = WrongTries(own=(at,) * own, unknown=(at,) * unknown)

    said = tries_words(tries, zoneinfo.ZoneInfo("America/New_York"))

    assert words in said
    assert bool(said) == bool(words)


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


def test_no_key_of_the_places_stands_in_the_way_of_a_key_of_the_login(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    program.lock()
    settle(qtbot, program)
    own = {b.shortcut().toString() for b in program.login.findChildren(QAbstractButton)} - {""}
    others = {
        s.key().toString()
        for s in program.shell.findChildren(QShortcut)
        if s.isEnabled() and s.parent().isVisible()  # type: ignore[attr-defined]
    }
    assert "Ctrl+N" in own
    assert own & others == set()


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


def test_damage_that_opening_has_not_met_closes_the_clinic_with_the_refusal(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "larkspur.aeclinic"
    vault = open_vault(folder, user_name=USER, password=PASSWORD, now=StillClock().now)
    good = damage_unread(folder, vault.database_key())
    with qtbot.waitSignal(program.shell.place_shown, timeout=20_000):
        log_in(qtbot, program)
    qtbot.waitUntil(lambda: bool(program.login.note.text), timeout=20_000)
    assert program.shell.at_gate
    assert program.app is None
    assert program.login.note.text.startswith("The clinic's database is damaged")
    assert program.login.open_button.isEnabled()
    (folder / "clinic.db").write_bytes(good)
    log_in(qtbot, program)
    assert not program.shell.at_gate


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
    program.shell.show_place("session")
    settle(qtbot, program)
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


def anchored(tmp_path: Path) -> list[int]:
    file = tmp_path / "larkspur.aeclinic" / "anchors.jsonl"
    return [anchor.seq for anchor in anchors.read(file)]


def test_the_trail_is_anchored_by_the_clock_while_a_clinic_is_open(
    qtbot: QtBot, program: Program, clock: StillClock, tmp_path: Path
) -> None:
    timer = program._anchoring._timer  # noqa: SLF001 - no test waits for a minute
    assert not timer.isActive()
    log_in(qtbot, program)
    assert program.app is not None
    assert timer.isActive()
    before = anchored(tmp_path)
    a_patient(program.app)

    timer.timeout.emit()
    settle(qtbot, program)
    assert anchored(tmp_path) == before

    clock.pass_minutes(14)
    timer.timeout.emit()
    settle(qtbot, program)
    assert anchored(tmp_path) == [*before, program.app.head().seq]

    program.lock()
    assert not timer.isActive()
    program._anchoring.look()  # noqa: SLF001 - a timer that fired just before
    settle(qtbot, program)


def test_a_clinic_that_went_away_stops_no_clock(qtbot: QtBot) -> None:
    runner = JobRunner()
    keeper = Anchoring(runner)
    tries: list[int] = []

    def gone() -> None:
        tries.append(1)
        raise OSError

    keeper.start(gone)
    for _try in range(2):
        keeper.look()
        qtbot.waitUntil(lambda: not runner.busy)

    assert len(tries) == 2
    assert runner.close()


def shortcuts_of(program: Program) -> set[str]:
    """Return every key sequence that something in the window answers to."""
    found = {key.key() for key in program.shell.findChildren(QShortcut)}
    found |= {button.shortcut() for button in program.shell.findChildren(QAbstractButton)}
    return {sequence.toString() for sequence in found}


def test_every_key_of_the_list_is_a_key_that_works(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    assert program.app is not None
    report = a_serious_report(program.app)
    program.places.start_session(program.app.cases.gather(report.case_id).patient.id)
    for key in ("patients", "today", "library", "clinic", "session"):
        program.shell.show_place(key)
    program.places.show_report(report.id)
    settle(qtbot, program)

    works = shortcuts_of(program)

    listed = [key for line in (*EVERYWHERE, *sum(PLACES.values(), ())) for key in line.sequences]
    missing = [key for key in listed if QKeySequence(key).toString() not in works]
    assert missing == []
    assert QKeySequence("Ctrl+Q").toString() not in works
    # Every place has its key, and the list of keys names it.
    digits = {f"Ctrl+{spec.digit}" for spec in window_places.PLACES}
    assert digits <= {key for line in EVERYWHERE for key in line.sequences}
    assert digits <= works
    assert list(PLACES) == [place.key for place in window_places.PLACES]


def test_whoever_logs_in_faster_than_the_program_is_loaded_waits_for_it(
    qtbot: QtBot,
    program: Program,
    clinics: LocalClinics,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two threads that load classes of Qt at once have crashed the process."""
    settle(qtbot, program)
    loaded = threading.Event()
    monkeypatch.setattr(clinics, "load", lambda: loaded.wait(20))
    program.start()
    program.shell.repaint()
    qtbot.waitUntil(lambda: program.runners.documents.busy)

    program.login.opened.emit(tmp_path / "larkspur.aeclinic", USER, PASSWORD)
    assert not program.runners.store.busy
    loaded.set()
    settle(qtbot, program)
    assert program.app is not None


def test_a_program_that_cannot_load_a_part_still_says_why_it_cannot_open(
    qtbot: QtBot, program: Program, clinics: LocalClinics, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(qtbot, program)

    def broken() -> None:
        raise ImportError("part")

    monkeypatch.setattr(clinics, "load", broken)
    with qtbot.captureExceptions() as told:
        program.start()
        program.shell.repaint()
        qtbot.waitUntil(lambda: bool(told))
        settle(qtbot, program)
    assert [kind for kind, *_rest in told] == [ImportError]
    log_in(qtbot, program)
    assert program.app is not None

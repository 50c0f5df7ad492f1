"""A clinic that was given out as a ZIP is taken over from the first window, seen before it is."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Clinic, Patient, Staff
from aeapp.kernel.progress import Progress
from aeapp.services.clinic_archive import ClinicFile
from forms.application import Program
from forms.clinic.take_over import TakenPage
from forms.clinic_place import ClinicPlace
from forms.first_run import FirstRunPage
from forms.jobs import JobRunner
from forms.progress import ProgressStrip
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.clinic import PASSWORD, USER, practice_app
from tests.helpers.desk import Keyboard
from tests.helpers.guards import SENTINEL
from tests.helpers.program import log_in, settle

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def given_out(folder: Path) -> Path:
    """Return the ZIP of a practice clinic with a patient and a colleague."""
    folder.mkdir()
    app = practice_app(folder, role=Role.ADMIN)
    with app.context.new_uow() as uow:
        (clinic,) = uow.records.query("clinic")
        assert isinstance(clinic, Clinic)
        uow.save(replace(clinic, name="Juniper Clinic", practice=True), who=app.who)
        uow.save(Patient(code="P-1", name=f"Avery {SENTINEL}"), who=app.who)
        uow.save(Staff(user_name="ann", name="Ann Coe", role=Role.NURSE), who=app.who)
        uow.commit()
    out = folder / "whole.zip"
    app.clinic_copy.export(out)
    app.close()
    return out


def fill(page: FirstRunPage) -> None:
    """Name somebody whose user name is another person's in the ZIP."""
    for field, text in (
        (page.person, "Robin Doe"),
        (page.user, USER),
        (page.password, PASSWORD),
        (page.again, PASSWORD),
    ):
        field.clear()
        QTest.keyClicks(field, text)
    page.roles.buttons[1].click()


def shot(program: Program, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        program.shell.grab().save(f"{folder}/{name}.png")


def test_a_clinic_is_taken_over_from_the_first_window(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    answers = program.ask
    assert isinstance(answers, Answers)
    answers.path = given_out(tmp_path / "other")
    program.login.new_clinic_asked.emit()
    (page,) = program.shell.findChildren(FirstRunPage)
    keys = Keyboard()
    keys.press(program.shell, (ALT, Qt.Key.Key_O))
    settle(qtbot, program)
    assert "PRACTICE" in page.other.note.text
    assert (page.clinic.text(), page.zone.currentText()) == ("Juniper Clinic", "America/New_York")
    assert_accessible(page)
    # The user name of somebody else in the file is told before anything is made.
    fill(page)
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    assert "In the ZIP this is Dana Reyes." in page.notes["user"].text
    shot(program, "first-run")
    page.user.clear()
    QTest.keyClicks(page.user, "robin.doe")
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    settle(qtbot, program)

    # Seen first: nothing is here yet.
    place = program.shell.place("clinic")
    assert isinstance(place, ClinicPlace)
    over = place.whole.over
    told = over.plan.toPlainText()
    assert "this clinic becomes a practice clinic" in told
    assert "Ann Coe, Dana Reyes cannot log in here" in told
    assert "1  patient" in told
    assert over.apply.hasFocus()
    assert_accessible(program.shell)
    shot(program, "plan")
    assert program.app is not None
    assert program.app.clinic_copy.is_empty
    keys.press(program.shell, (CTRL, Qt.Key.Key_Return))
    settle(qtbot, program)

    (done,) = program.shell.findChildren(TakenPage)
    assert program.shell.at_gate
    assert "1  patient" in done.counts.toPlainText()
    assert_accessible(done)
    shot(program, "taken")
    keys.press(program.shell, Qt.Key.Key_Return)
    settle(qtbot, program)
    program.login.show_person("robin.doe")
    log_in(qtbot, program, user="robin.doe")
    assert program.app is not None
    assert program.app.clinic.practice is True
    assert len(program.app.patients.ids("", order_by="name", descending=False)) == 1
    takes_no_more(qtbot, program)


def takes_no_more(qtbot: QtBot, program: Program) -> None:
    place = program.shell.show_place("clinic")
    assert isinstance(place, ClinicPlace)
    place.show_page("whole")
    settle(qtbot, program)
    assert not place.whole.over.choose.isEnabled()
    assert "taken into an empty one" in place.whole.over.note.text
    shot(program, "not-empty")


def test_a_password_stays_in_its_field_while_a_zip_is_read_and_escape_stops_that_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    go, runner = threading.Event(), JobRunner()
    there = Clinic(name="Juniper", time_zone="America/New_York")

    def look(_path: Path, progress: Progress) -> ClinicFile:
        go.wait(10)
        progress.step(0, 1, "")
        return ClinicFile(counts={}, contents=0, sha256="", clinic=there)

    page = FirstRunPage(Answers(path=tmp_path / "a.zip"), runner, tmp_path, look)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    left: list[None] = []
    page.left.connect(lambda: left.append(None))
    page.other.choose.click()
    assert not page.make.isEnabled()
    page.password.setFocus()
    go.set()
    qtbot.waitUntil(lambda: page.clinic.text() == "Juniper")
    assert page.password.hasFocus()
    assert page.make.isEnabled()

    go.clear()
    page.other.choose.click()
    (strip,) = page.other.findChildren(ProgressStrip)
    qtbot.waitUntil(strip.isVisible)
    QTest.keyClick(page.password, Qt.Key.Key_Escape)
    go.set()
    qtbot.waitUntil(lambda: page.other.note.text == "Stopped: this clinic begins empty.")
    assert (page.other.path, left) == (None, [])
    runner.close()

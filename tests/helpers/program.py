"""Use the program as a whole: log in, wait until its threads have answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from forms.application import Program
from tests.helpers.clinic import PASSWORD, USER


def settle(qtbot: QtBot, program: Program) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: not program.runners.busy, timeout=20_000)
        qtbot.wait(1)


def log_in(qtbot: QtBot, program: Program, password: str = PASSWORD, *, user: str = USER) -> None:
    login = program.login
    login.show_person("")
    login.focus_first()
    QTest.keyClicks(login.name, user)
    QTest.keyClick(login.name, Qt.Key.Key_Return)
    QTest.keyClicks(login.password, password)
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    settle(qtbot, program)

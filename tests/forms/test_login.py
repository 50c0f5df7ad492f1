from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from aeapp.kernel.errors import KnownError
from forms.login import LoginPage, Running
from forms.theme import Theme
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers

CLINIC = Path("/clinics/larkspur.aeclinic")


class WrongError(KnownError):
    code = "vault.wrong"

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong.", remedy="Try again.")


@pytest.fixture
def page(qtbot: QtBot) -> LoginPage:
    made = LoginPage(Answers(path=Path("/clinics/other.aeclinic")), version="0.1.0")
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_clinic(CLINIC)
    made.focus_first()
    qtbot.waitUntil(made.name.hasFocus)
    return made


def words(page: LoginPage) -> str:
    return " ".join(w.text() for w in page.findChildren(QLabel) if w.isVisibleTo(page))


def test_name_enter_password_enter_opens(qtbot: QtBot, page: LoginPage) -> None:
    qtbot.keyClicks(page.name, " dana.reyes ")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert page.password.hasFocus()
    qtbot.keyClicks(page.password, "three quiet herons ")
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert opened.args == [CLINIC, "dana.reyes", "three quiet herons "]


def test_a_known_name_leaves_the_cursor_in_the_password(page: LoginPage) -> None:
    page.show_person("dana.reyes")
    page.focus_first()
    assert page.password.hasFocus()


@pytest.mark.parametrize(("name", "password"), [("", "x"), ("dana", "")])
def test_half_an_answer_opens_nothing(qtbot, page, name: str, password: str) -> None:
    page.name.setText(name)
    page.password.setText(password)
    with qtbot.assertNotEmitted(page.opened):
        page.open_button.click()
    assert (page.password if name else page.name).hasFocus()


def test_a_failure_says_one_thing_and_empties_the_password(qtbot, page) -> None:
    page.name.setText("dana.reyes")
    page.password.setText("wrong")
    page.show_failure(WrongError())
    assert page.note.text == "The name or the password is wrong. Try again."
    assert page.password.accessibleDescription() == page.note.text
    assert page.password.text() == ""
    assert page.password.hasFocus()
    assert page.name.text() == "dana.reyes"


def test_an_unexpected_failure_shows_none_of_its_words(page) -> None:
    page.show_failure(ValueError("secret words"))
    assert "secret" not in words(page)


def test_while_it_opens_nothing_can_be_sent_twice(qtbot, page) -> None:
    page.name.setText("dana")
    page.password.setText("x")
    page.show_busy(busy=True)
    with qtbot.assertNotEmitted(page.opened):
        page.open_button.click()
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert page.open_button.text() == "Opening…"
    page.show_busy(busy=False)
    with qtbot.waitSignal(page.opened):
        page.open_button.click()


@pytest.mark.parametrize(
    ("key", "modifier", "noted"),
    [
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
    ],
)
def test_caps_lock_is_noticed_from_the_letters(qtbot, page, key, modifier, noted) -> None:
    page.password.setFocus()
    from PySide6.QtGui import QKeyEvent  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, modifier, key)
    QApplication.sendEvent(page.password, event)
    assert (page.note.text == "Caps Lock is on") is noted


def test_the_password_is_hidden_and_can_be_shown(page) -> None:
    assert page.password.echoMode() is QLineEdit.EchoMode.Password
    page.password.eye.click()
    assert page.password.echoMode() is QLineEdit.EchoMode.Normal
    assert page.password.eye.accessibleName() == "Hide the password"
    page.forget()
    assert page.password.echoMode() is QLineEdit.EchoMode.Password


def test_ctrl_o_chooses_another_clinic(qtbot, page) -> None:
    qtbot.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "other" in words(page))
    page.name.setText("dana")
    page.password.setText("x")
    with qtbot.waitSignal(page.opened) as opened:
        page.open_button.click()
    assert opened.args[0] == Path("/clinics/other.aeclinic")


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "new_clinic_asked"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier, "practice_asked"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier, "recovery_asked"),
        (Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier, "inspector_asked"),
    ],
)
def test_every_way_in_has_its_key(qtbot, page, key, modifier, signal: str) -> None:
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.keyClick(page, key, modifier)


def test_without_a_clinic_only_the_other_ways_are_open(page) -> None:
    page.show_clinic(None)
    assert not page.password.isEnabled()
    assert not page.open_button.isEnabled()
    page.focus_first()
    assert page.window().focusWidget().accessibleName() == "New clinic"


def test_a_lock_tells_rooms_and_minutes_only(qtbot, page) -> None:
    page.show_locked(
        "14:31", [Running(room="Chair 1", minutes=41), Running(room="Chair 2", minutes=46)]
    )
    assert "Locked at 14:31" in words(page)
    qtbot.waitUntil(lambda: "Chair 1  41 min" in words(page))
    page.show_locked("")
    assert "Locked" not in words(page)
    assert "Since dose" not in words(page)


def test_forgetting_leaves_nothing_to_read(page) -> None:
    page.name.setText("dana")
    page.password.setText("x")
    page.forget()
    assert page.name.text() == page.password.text() == page.note.text == ""


def test_tab_walks_name_password_eye_open(qtbot, page) -> None:
    met = []
    for _n in range(4):
        focus = page.window().focusWidget()
        met.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert met == ["Your name in the program", "Password", "Show the password", "Open"]


@pytest.mark.parametrize("percent", [100, 200])
def test_it_is_accessible_and_fits(qtbot, page, theme: Theme, percent: int) -> None:
    theme.set_percent(percent)
    page.resize(1440, 900)
    assert_accessible(page)
    assert page.minimumSizeHint().width() <= 1440

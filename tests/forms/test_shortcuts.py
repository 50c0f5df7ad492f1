from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from forms.shortcuts import ShortcutKeeper
from forms.widgets.buttons import key_words

CONTROL = Qt.KeyboardModifier.ControlModifier


def wanted(field: QLineEdit, key: Qt.Key) -> bool:
    """Tell whether the field takes the key away from the window's shortcuts."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CONTROL)
    event.ignore()
    QCoreApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_K, Qt.Key.Key_D])
def test_a_field_does_not_take_our_shortcuts(qtbot: QtBot, key: Qt.Key) -> None:
    field = QLineEdit("text")
    qtbot.addWidget(field)
    keeper = ShortcutKeeper()
    keeper.follow(None, field)

    assert not wanted(field, key)


def test_a_field_left_is_left_alone(qtbot: QtBot) -> None:
    field, other = QLineEdit("text"), QLineEdit("other")
    qtbot.addWidget(field)
    qtbot.addWidget(other)
    keeper = ShortcutKeeper()
    keeper.follow(None, field)
    before = wanted(QLineEdit("text"), Qt.Key.Key_E)
    keeper.follow(field, other)

    assert wanted(field, Qt.Key.Key_E) == before
    assert not wanted(other, Qt.Key.Key_E)


def test_a_field_keeps_the_keys_of_writing(qtbot: QtBot) -> None:
    field = QLineEdit("text")
    qtbot.addWidget(field)
    keeper = ShortcutKeeper()
    keeper.follow(None, field)

    assert wanted(field, Qt.Key.Key_C)


def test_the_program_watches_the_field_that_has_the_keyboard(
    qtbot: QtBot, qapp: QApplication
) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    fields = QLineEdit("one"), QLineEdit("two")
    for field in fields:
        column.addWidget(field)
    qtbot.addWidget(page)
    keeper = ShortcutKeeper()
    qapp.focusChanged.connect(keeper.follow)
    with qtbot.waitActive(page):
        page.show()
    for field in fields:
        field.setFocus()
        assert not wanted(field, Qt.Key.Key_K)
    qapp.focusChanged.disconnect(keeper.follow)


@pytest.mark.parametrize(
    ("sequence", "words"),
    [
        ("Ctrl+Return", "Ctrl Enter"),
        ("Ctrl++", "Ctrl +"),
        ("Ctrl+-", "Ctrl -"),
        ("Alt+Left", "Alt ←"),
        ("Ctrl+/", "Ctrl /"),
        ("Escape", "Esc"),
        ("+", "+"),
        ("", ""),
    ],
)
def test_keys_are_printed_as_they_stand_on_the_keyboard(sequence: str, words: str) -> None:
    assert key_words(sequence) == words.replace(
        "Ctrl", "Cmd" if sys.platform == "darwin" else "Ctrl"
    )

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from forms.shortcuts import ShortcutKeeper

CONTROL = Qt.KeyboardModifier.ControlModifier


def wanted(field: QLineEdit, key: Qt.Key) -> bool:
    """Tell whether the field takes the key away from the window's shortcuts."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CONTROL)
    event.ignore()
    QCoreApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_K, Qt.Key.Key_D])
def test_a_field_does_not_take_our_shortcuts(qtbot: QtBot, qapp: QApplication, key: Qt.Key) -> None:
    field = QLineEdit("text")
    qtbot.addWidget(field)
    keeper = ShortcutKeeper()
    qapp.installEventFilter(keeper)

    taken = wanted(field, key)
    qapp.removeEventFilter(keeper)

    assert not taken


def test_a_field_keeps_the_keys_of_writing(qtbot: QtBot, qapp: QApplication) -> None:
    field = QLineEdit("text")
    qtbot.addWidget(field)
    keeper = ShortcutKeeper()
    qapp.installEventFilter(keeper)

    taken = wanted(field, Qt.Key.Key_C)
    qapp.removeEventFilter(keeper)

    assert taken

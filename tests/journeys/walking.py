"""Walk a journey: press keys as a person would, count them, and hold them against the bar.

A chord counts each of its keys, a letter is one key, and what the walk only looks at costs nothing.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aeapp.services.app import App
from forms.application import Program
from tests.helpers.clinic import StillClock
from tests.helpers.program import settle

_NAMED = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Space": Qt.Key.Key_Space,
}
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class Walker:
    """A person at the keyboard of one program."""

    def __init__(self, program: Program, qtbot: QtBot, clock: StillClock) -> None:
        self.program, self.clock = program, clock
        self._qtbot = qtbot
        self.keys = self.clicks = 0

    @property
    def app(self) -> App:
        """Return the services of the open clinic, to read back what was stored."""
        assert self.program.app is not None
        return self.program.app

    def place(self, key: str) -> Any:
        """Return a place of the window."""
        return self.program.shell.place(key)

    @property
    def focus(self) -> QWidget:
        """Return the widget that takes the next key."""
        # An open menu takes the keys before the field under it.
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.program.shell

    def type(self, text: str) -> None:
        """Type text, one key a letter."""
        for letter in text:
            self._send(letter)
            self.keys += 1

    def press(self, *names: str) -> None:
        """Press keys by name: ``Enter``, ``F4``, ``Ctrl+D``, ``Alt+A``, or a single letter."""
        for name in names:
            *held, key = name.split("+") if len(name) > 1 else [name]
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= _HELD[one]
            self._send(_NAMED.get(key) or _function_key(key) or key, modifiers)
            self.keys += 1 + len(held)

    def wait(self, until: Any) -> None:
        """Look at the screen until it shows what was asked for."""
        self._qtbot.waitUntil(until, timeout=10_000)

    def settle(self) -> None:
        """Wait until the program has answered."""
        settle(self._qtbot, self.program)

    def start_counting(self) -> None:
        """Begin the journey: what came before was set-up."""
        self.settle()
        self.keys = self.clicks = 0

    def _send(self, key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifiers)
        QApplication.processEvents()


def _function_key(name: str) -> Qt.Key | None:
    return getattr(Qt.Key, f"Key_{name}", None) if name.startswith("F") and name[1:] else None

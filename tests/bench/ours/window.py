"""What measuring keys needs: the program's style, and somebody who types."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from forms.theme import Theme
from tests.bench.timing import taken_ms

SIZE = (1440, 900)
WORD = "ketamine"


def application() -> QApplication:
    """Return the application in the program's style."""
    made = QApplication(["bench"])
    made.setProperty("bench-theme", Theme(made))
    return made


def settle(qt: QApplication) -> None:
    """Let everything that is due happen: paints, timers without delay, answers of threads."""
    for _turn in range(3):
        qt.processEvents()


class Typist:
    """Presses a key in a line and waits until the screen shows what follows from it."""

    def __init__(self, qt: QApplication, line: QWidget) -> None:
        assert isinstance(line, QLineEdit)
        self._qt, self._line, self._n = qt, line, 0
        line.setFocus()
        line.clear()
        settle(qt)

    def press(self) -> float:
        """Press the next letter; return how long it took until nothing was left to do."""
        letter = WORD[self._n % len(WORD)]
        self._n += 1
        if len(self._line.text()) >= 4 * len(WORD):
            self._line.clear()
            settle(self._qt)

        def key() -> None:
            QTest.keyClick(self._line, letter)
            settle(self._qt)

        return taken_ms(key)

"""One key in a bare line of a bare window."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.bench.child import Act
from tests.bench.timing import taken_ms

LONGEST = 32


def prepare() -> Act:
    """Show a window with one line."""
    qt = QApplication(["bare"])
    window = QWidget()
    line = QLineEdit(window)
    QVBoxLayout(window).addWidget(line)
    window.resize(1440, 900)
    window.show()
    line.setFocus()
    for _turn in range(3):
        qt.processEvents()

    def key() -> None:
        QTest.keyClick(line, "k")
        for _turn in range(3):
            qt.processEvents()

    def run() -> float:
        if len(line.text()) >= LONGEST:
            line.clear()
        return taken_ms(key)

    return Act(run=run, end=window.close)

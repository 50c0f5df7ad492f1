"""Notice the first paint of a window, from outside the program that shows it."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.child import peak_mb, say

event_loop = QApplication.exec

# None of these may be loaded before the first window: together they cost a second.
HEAVY = ("sqlalchemy", "alembic", "sqlcipher3", "reportlab", "pikepdf", "lxml", "pypdfium2")
HEAVY += ("cryptography", "argon2", "zxcvbn", "qtawesome")


class _FirstPaint(QObject):
    """Waits for the paint of one window; the event after it finds the whole window painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._seen = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        at = time.monotonic()
        loaded = sorted(name for name in HEAVY if name in sys.modules)
        window = self.parent()
        assert isinstance(window, QWidget)
        say(at=at, peak_mb=peak_mb(), heavy=loaded, window=type(window).__name__)
        window.close()


def exec_until_painted(*_application: QApplication) -> int:
    """Run the event loop until the window that is shown was painted, say when, and close it."""
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert len(shown) == 1, "one window is shown first"
    _FirstPaint(shown[0])
    return int(event_loop())

"""The sessions that run, as tabs above the session room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from aeapp.domain.records import Session
from aeapp.kernel.i18n import _


class Chairs(QTabBar):
    """One tab a running session; hidden while there is only the one on the screen.

    Signals:
        picked: Another session is to be shown; carries its id.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Running sessions"))
        self.setExpanding(False)
        self.setDrawBase(False)
        self._ids: tuple[str, ...] = ()
        self.currentChanged.connect(self._on_current_changed)
        self.hide()

    def show_sessions(self, sessions: Sequence[Session], shown: str) -> None:
        """Show the running sessions; ``shown`` is the id of the one on the screen."""
        with QSignalBlocker(self):
            while self.count():
                self.removeTab(0)
            self._ids = tuple(s.id for s in sessions)
            for session in sessions:
                self.addTab(session.chair or session.number or "")
            self.setCurrentIndex(self._ids.index(shown) if shown in self._ids else -1)
        self.setVisible(len(self._ids) > 1 or (bool(self._ids) and shown not in self._ids))

    def walk(self, step: int) -> None:
        """Go to the next or the previous session."""
        if len(self._ids) > 1:
            self.setCurrentIndex((self.currentIndex() + step) % len(self._ids))

    def _on_current_changed(self, index: int) -> None:
        if 0 <= index < len(self._ids):
            self.picked.emit(self._ids[index])

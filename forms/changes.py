"""Tell every window of the program that something was stored, so that all show the same."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """One open clinic's news.

    Signals:
        stored: Something was stored; carries the desk it was stored from, or None where another
            program stored it.

    Attributes:
        begun: How many writes were begun; an answer read before the newest of them is old.
        typing: {id of a session: the room in which its row of readings is being typed}; another
            window does not show that row too, or it would be stored twice.
    """

    stored = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.begun = 0
        self.typing: dict[str, QObject] = {}

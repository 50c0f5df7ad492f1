"""Keep the window's shortcuts from being taken by text fields.

On some systems a line of text understands Ctrl+E, Ctrl+K and Ctrl+D as moving and deleting; in
this program they export, open the palette and end a session, wherever the cursor is.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

OURS = frozenset({Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_K})


class ShortcutKeeper(QObject):
    """An event filter for the application: a field is not asked about our shortcuts."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer in the field's place that it does not want the key."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not control or event.key() not in OURS:
            return False
        event.ignore()
        return True

"""Keep the window's shortcuts from being taken by text fields.

On some systems a line of text understands Ctrl+E, Ctrl+K and Ctrl+D as moving and deleting; in
this program they export, open the palette and end a session, wherever the cursor is. Ctrl+Z is a
field's own only while there is something in it to undo.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

OURS = frozenset({Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_K})


class ShortcutKeeper(QObject):
    """An event filter for whatever has the keyboard: a field is not asked about our shortcuts.

    Not one for the application: each event of each of Qt's own objects would come by here, and to
    show those to Python all classes of Qt are made, in the middle of the first paint.
    """

    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Watch the widget that has the keyboard now; connect it to ``focusChanged``."""
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer in the field's place that it does not want the key."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not control or not (event.key() in OURS or _nothing_to_undo(watched, event)):
            return False
        event.ignore()
        return True


def _nothing_to_undo(watched: QObject, event: QKeyEvent) -> bool:
    """Tell whether Ctrl+Z has nothing to do in this line and is for the place around it."""
    if event.key() != Qt.Key.Key_Z or not isinstance(watched, QLineEdit):
        return False
    return not watched.isUndoAvailable()

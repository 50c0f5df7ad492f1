"""A field for many lines of text, with a count of what fits."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from aeapp.kernel.i18n import _
from forms.theme import repolish
from forms.widgets.base import FieldWidget

ROWS, FEW_ROWS = 5, 3


class PlainText(QPlainTextEdit):
    """Text without markup; Tab leaves it.

    Signals:
        left: The focus went away, or Ctrl+Enter was pressed.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & control:
            # The main button of the place takes it; what was typed must be in by then.
            self.left.emit()
            event.ignore()
            return
        super().keyPressEvent(event)


class TextField(FieldWidget):
    """Edits a text of sentences; it counts, and never cuts."""

    WIDE = True

    def _make_control(self) -> QWidget:
        self._edit = PlainText(self)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.left.connect(self._on_left)
        self._shown = ""
        return self._edit

    def _measure(self) -> None:
        super()._measure()
        self._edit.setMinimumHeight(self._edit.fontMetrics().lineSpacing() * ROWS + 12)

    def _show(self, value: object, text: str, reason: str) -> None:
        self._shown = text
        with QSignalBlocker(self._edit):
            self._edit.setPlaceholderText(reason)
            if self._edit.toPlainText() != text:
                self._edit.setPlainText(text)
        self._count()

    def _show_state(self, state: str) -> None:
        repolish(self._edit, state=state)

    def _lock(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)
        repolish(self._edit, readOnly=read_only)
        self._edit.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            if read_only
            else Qt.TextInteractionFlag.TextEditorInteraction
        )

    def _count(self) -> None:
        used, most = len(self._edit.toPlainText()), self.spec.item.max_len
        words = _("{used} of {most}") if used <= most else _("{used} of {most}, too long")
        self._aside.setText(words.format(used=f"{used:,}", most=f"{most:,}"))

    def _on_text_changed(self) -> None:
        self._count()
        self.typed.emit(self._edit.toPlainText())

    def _on_left(self) -> None:
        text = self._edit.toPlainText()
        if text != self._shown:
            self._shown = text
            self.entered.emit(text)


class FewLinesField(TextField):
    """Edits a text that is long now and then, in the room of a few lines; it scrolls beyond."""

    def _measure(self) -> None:
        super()._measure()
        self._edit.setMinimumHeight(0)
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * FEW_ROWS + 16)

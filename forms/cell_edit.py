"""One cell of the row of readings being typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from aeapp.domain.vitals.typing import Column
from forms import fonts

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEdit(QLineEdit):
    """One cell of the row.

    Signals:
        save_asked: Enter was pressed; carries whether Ctrl was held.
        shift_asked: Alt with Up or Down was pressed; carries minutes.
        up_pressed: Up was pressed.
    """

    save_asked = Signal(bool)
    shift_asked = Signal(int)
    up_pressed = Signal()

    def __init__(self, column: Column, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.setObjectName(f"vitals.{column.kind.value}")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(11)
        self.setAccessibleName(column.title)
        self.textChanged.connect(self._on_text_changed)
        self._on_text_changed("")

    def _on_text_changed(self, text: str) -> None:
        # A ghost must not look like something typed.
        self.setFont(fonts.sized("strong_figures" if text else "figures"))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._on_text_changed(self.text())
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt = held == Qt.KeyboardModifier.AltModifier
        if event.key() in _ENTER:
            self.save_asked.emit(bool(held & Qt.KeyboardModifier.ControlModifier))
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift_asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Up:
            self.up_pressed.emit()
        else:
            super().keyPressEvent(event)

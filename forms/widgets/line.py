"""A field of one line, for words and numbers."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from forms import fonts
from forms.paint import text_width
from forms.theme import px, repolish
from forms.widgets.base import FieldWidget

NUMBER_WIDTH = 106


class LineField(FieldWidget):
    """Edits a word, a name or a number as text."""

    def _make_control(self) -> QWidget:
        self._edit = QLineEdit(self)
        if self.spec.type in (int, Decimal):
            self._fit()
            self._edit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        else:
            self._edit.setMinimumWidth(px(NUMBER_WIDTH))
            self._edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._edit.editingFinished.connect(self._on_editing_finished)
        self._edit.textEdited.connect(self.typed)
        return self._edit

    def _measure(self) -> None:
        super()._measure()
        if self.spec.type in (int, Decimal):
            self._fit()
            self._edit.setFont(fonts.sized("figures"))

    def _fit(self) -> None:
        """Make room for the words of a reason in a field that is as short as its numbers."""
        words = text_width(fonts.sized("figures"), self._edit.placeholderText())
        self._edit.setFixedWidth(max(px(NUMBER_WIDTH), round(words) + 24))

    def _show(self, value: object, text: str, reason: str) -> None:
        with QSignalBlocker(self._edit):
            self._edit.setPlaceholderText(reason)
            if self.spec.type in (int, Decimal):
                self._fit()
            if self._edit.text() != text:
                self._edit.setText(text)
            if not self._edit.hasFocus():
                # The beginning of a long text says more than its end.
                self._edit.setCursorPosition(0)
            self._edit.setModified(False)

    def _show_state(self, state: str) -> None:
        repolish(self._edit, state=state)

    def _lock(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)
        repolish(self._edit, readOnly=read_only)
        policy = Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus
        self._edit.setFocusPolicy(policy)

    def _on_editing_finished(self) -> None:
        # Qt emits this also when the focus only passes through the field.
        if self._edit.isModified():
            self._edit.setModified(False)
            self.entered.emit(self._edit.text())

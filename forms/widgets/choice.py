"""Fields that take one answer of a closed list: chips, or a list to search in."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy, QWidget

from aeapp.domain.codelists import label as words_of
from aeapp.kernel.i18n import _
from forms import icons
from forms.theme import px, repolish, tokens
from forms.widgets.base import FieldWidget
from forms.widgets.options import ChipRow, Option

MOST_CHIPS = 6


class ChoiceField(FieldWidget):
    """Edits a choice of up to six answers; a second press on the chosen one clears it."""

    WIDE = True
    WORDS_WHEN_LOCKED = True

    def _options(self) -> Sequence[Option]:
        members: Sequence[StrEnum] = list(self.spec.type)  # type: ignore[call-overload]
        return [
            Option(value=member, text=_(words_of(member)), key=str(number))
            for number, member in enumerate(members, start=1)
        ]

    def _make_control(self) -> QWidget:
        self._value: object = None
        self._chips = ChipRow(self._options(), self)
        self._chips.picked.connect(self._on_picked)
        return self._chips

    def _editors(self) -> list[QWidget]:
        return [self._chips]

    def _name_all(self) -> None:
        super()._name_all()
        self._chips.name_all(self.accessible_label)

    def _describe(self, text: str) -> None:
        self._chips.describe_all(text)

    def _show(self, value: object, text: str, reason: str) -> None:
        self._value = value
        self._chips.show_chosen(frozenset() if value is None or reason else frozenset({value}))
        self._reason_tag.say(reason)
        self._reason_tag.setVisible(bool(reason))

    def _in_words(self, value: object, text: str) -> str:
        return self._chips.chosen_words() or text

    def _lock(self, read_only: bool) -> None:
        self._chips.set_locked(read_only)

    def _on_picked(self, value: object) -> None:
        self.chosen.emit(None if value == self._value else value)


class YesNoField(ChoiceField):
    """Edits a yes or no; Y and N pick."""

    def _options(self) -> Sequence[Option]:
        yes, no = _("Yes"), _("No")
        return [
            Option(value=True, text=yes, key=yes[0].upper()),
            Option(value=False, text=no, key=no[0].upper()),
        ]


class SearchBox(QComboBox):
    """A combo box that finds what is typed anywhere in its lines.

    Signals:
        left: The person left the box, or pressed Enter, after typing.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = self.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self.left)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel meant for the page must not change an answer.
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_begin()

    def show_begin(self) -> None:
        """Show the first letters of a text that is longer than the box: they tell drugs apart."""
        edit = self.lineEdit()
        if edit is not None and not self.hasFocus():
            edit.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self)


def paint_arrow(box: QComboBox) -> None:
    """Paint the arrow that says that a list opens."""
    side = px(14)
    right = QRectF(box.width() - side - px(7), 0, side, box.height())
    token = "text2" if box.isEnabled() else "text3"
    icons.paint(QPainter(box), right, "down", tokens().color(token))


class ListField(FieldWidget):
    """Edits a choice of a long list: type a part of the words, or open the list."""

    WORDS_WHEN_LOCKED = True

    def _make_control(self) -> QWidget:
        self._value: object = None
        self._members: list[StrEnum] = list(self.spec.type)  # type: ignore[call-overload]
        self._box = SearchBox(self)
        self._box.addItems([_(words_of(member)) for member in self._members])
        self._box.setCurrentIndex(-1)
        self._box.activated.connect(self._on_activated)
        self._box.left.connect(self._on_left)
        self._shown = ""
        return self._box

    def _editors(self) -> list[QWidget]:
        edit = self._box.lineEdit()
        return [self._box] if edit is None else [self._box, edit]

    def _name_all(self) -> None:
        super()._name_all()
        self._box.view().setAccessibleName(self.accessible_label)

    def _show(self, value: object, text: str, reason: str) -> None:
        self._value = value
        edit = self._box.lineEdit()
        with QSignalBlocker(self._box):
            index = self._members.index(value) if value in self._members else -1  # type: ignore[arg-type]
            self._box.setCurrentIndex(index)
            if index < 0:
                self._box.setEditText(text)
            if edit is not None:
                edit.setPlaceholderText(reason)
                edit.setCursorPosition(0)
        self._shown = self._box.currentText()

    def _show_state(self, state: str) -> None:
        repolish(self._box, state=state)

    def _lock(self, read_only: bool) -> None:
        self._box.setEnabled(not read_only)

    def _in_words(self, value: object, text: str) -> str:
        return self._box.currentText()

    def _on_activated(self, index: int) -> None:
        member = self._members[index]
        self._shown = self._box.currentText()
        if member != self._value:
            self.chosen.emit(member)

    def _on_left(self) -> None:
        text = self._box.currentText()
        if text != self._shown:
            self._shown = text
            self.entered.emit(text)

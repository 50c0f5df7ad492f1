"""Groups of answers that are one stop of the Tab key: chips side by side, boxes in two columns.

Arrows move, a printed key or Space picks. The groups know nothing of items; fields do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from forms import fonts, paint
from forms.paint import Press
from forms.theme import px, tokens
from forms.widgets.flow import FlowLayout

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer.

    Attributes:
        key: The letter or digit that picks it while the group has the focus; empty for none.
    """

    value: object
    text: str
    key: str = ""


def letters_for(texts: Sequence[str], taken: str = "") -> list[str]:
    """Return a key for each text: its first letter where free, else another of its letters.

    All first letters are given away before any other, so that most texts keep theirs.
    """
    used = set(taken.upper())
    keys = dict.fromkeys(range(len(texts)), "")
    for pools in (_first_letters, _other_letters):
        for n, text in enumerate(texts):
            letter = next((c for c in pools(text) if c not in used), "")
            if not keys[n] and letter:
                keys[n] = letter
                used.add(letter)
    return list(keys.values())


def _first_letters(text: str) -> str:
    return text[:1].upper() if text[:1].isascii() and text[:1].isalpha() else ""


def _other_letters(text: str) -> str:
    words = [word for word in text.split() if len(word) > len("of")]
    letters = "".join(word[0] for word in words) + "".join(words)
    return "".join(c.upper() for c in letters if c.isascii() and c.isalpha()) + "123456789"


class Chip(QRadioButton):
    """One answer of a group of chips."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.setAutoExclusive(False)
        self.setText(option.text.replace("&", "&&"))
        self.setAccessibleName(option.text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show other words for the same answer, such as with a count."""
        if text != self.option.text:
            self.option = replace(self.option, text=text)
            self.setText(text.replace("&", "&&"))
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return paint.chip_size(self.option.text, self.option.key)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The group moves the focus; the button's own way would leave the group.
        if event.key() in (*_BACK, *_ON):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        press = Press(enabled=self.isEnabled(), hover=self.underMouse(), focus=self.hasFocus())
        option = self.option
        paint.chip(
            QPainter(self),
            QRectF(self.rect()),
            option.text,
            option.key,
            chosen=self.isChecked(),
            press=press,
        )


class Check(QCheckBox):
    """One answer of a group of boxes: key cap, box, words."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.setText(option.text.replace("&", "&&"))
        self.setAccessibleName(option.text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        words = paint.text_width(fonts.sized("body"), self.option.text)
        return QSize(round(self._words_at() + words + px(8)), px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._words_at()) + px(60), px(26))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRectF(0, 0, max(1.0, width - self._words_at()), 10_000)
        flags = Qt.TextFlag.TextWordWrap
        metrics = QFontMetrics(fonts.sized("body"))
        tall = metrics.boundingRect(room.toRect(), flags, self.option.text).height()
        return max(px(26), tall + px(8))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_BACK, *_ON):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _words_at(self) -> float:
        return px(4) + px(18) + px(8) + px(16) + px(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = QRectF(self.rect())
        top = QRectF(line.left(), line.top(), line.width(), px(26))
        if self.option.key:
            paint.key_cap(painter, QRectF(px(4), top.top(), px(18), top.height()), self.option.key)
        box = QRectF(px(4) + px(18) + px(8), top.top(), px(16), top.height())
        paint.check_box(painter, box, checked=self.isChecked(), enabled=self.isEnabled())
        painter.setFont(fonts.sized("body"))
        painter.setPen(tokens().color("text" if self.isEnabled() else "text3"))
        words = line.adjusted(self._words_at(), px(4), 0, 0)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, self.option.text)
        if self.hasFocus():
            paint.focus_ring(painter, line, 4)


class Group(QWidget):
    """Answers that are reached with one Tab and walked with arrows.

    Signals:
        picked: The person pressed an answer; carries its value.

    Attributes:
        offered: The answers that can be given now.
    """

    picked = Signal(object)

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QAbstractButton] = [self._button(option) for option in options]
        self._keys = {o.key.upper(): b for o, b in zip(options, self.buttons, strict=True) if o.key}
        self._locked = False
        self.offered = frozenset(option.value for option in options)
        for button, option in zip(self.buttons, options, strict=True):
            button.clicked.connect(partial(self._on_clicked, button, option.value))
        self._stop_at(0)

    def _button(self, option: Option) -> QAbstractButton:
        raise NotImplementedError

    def offer(self, values: frozenset[object]) -> None:
        """Show only these answers, for a person who may give no others."""
        self.offered = values
        for button in self.buttons:
            button.setVisible(button.option.value in values)  # type: ignore[attr-defined]

    def set_locked(self, locked: bool) -> None:
        """Show the answers without letting them be changed."""
        self._locked = locked

    def show_chosen(self, values: frozenset[object]) -> None:
        """Show which answers are chosen, without a signal."""
        first = None
        for index, button in enumerate(self.buttons):
            chosen = button.option.value in values  # type: ignore[attr-defined]
            button.setChecked(chosen)
            if chosen and first is None:
                first = index
        if first is not None and not any(b.hasFocus() for b in self.buttons):
            self._stop_at(first)

    def chosen_words(self) -> str:
        """Return the words of the chosen answers."""
        words = [b.option.text for b in self.buttons if b.isChecked()]  # type: ignore[attr-defined]
        return "; ".join(words)

    def name_all(self, name: str) -> None:
        """Give every answer an accessible name that starts with the name of the item."""
        self.setAccessibleName(name)
        for button in self.buttons:
            button.setAccessibleName(f"{name}: {button.option.text}")  # type: ignore[attr-defined]

    def describe_all(self, text: str) -> None:
        """Have the help or note of the item read with every answer."""
        for widget in (self, *self.buttons):
            widget.setAccessibleDescription(text)

    def focus_first(self) -> None:
        """Put the focus on the answer that Tab would reach."""
        for button in self.buttons:
            if button.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus:
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, index: int) -> None:
        for n, button in enumerate(self.buttons):
            policy = Qt.FocusPolicy.StrongFocus if n == index else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
            if n == index:
                self.setFocusProxy(button)

    def _on_clicked(self, button: QAbstractButton, value: object) -> None:
        # What is chosen is shown when the owner says so, not by the press itself.
        button.setChecked(not button.isChecked())
        self._stop_at(self.buttons.index(button))
        if not self._locked:
            self.picked.emit(value)

    def _move(self, step: int) -> None:
        at = next((n for n, b in enumerate(self.buttons) if b.hasFocus()), None)
        if at is None:
            return
        there = (at + step) % len(self.buttons)
        self._stop_at(there)
        self.buttons[there].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            == Qt.KeyboardModifier.NoModifier
        )
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        button = self._keys.get(event.text().upper()) if plain or shifted else None
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # Alt with an arrow moves a time of the card around the group.
            event.ignore()
        elif event.key() in _BACK:
            self._move(-1)
        elif event.key() in _ON:
            self._move(1)
        elif button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_first()


class ChipRow(Group):
    """Up to six answers as pills in a row."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(options, parent)
        flow = FlowLayout(self, gap=6)
        for button in self.buttons:
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _button(self, option: Option) -> QAbstractButton:
        return Chip(option, self)


class Picked(ChipRow):
    """Pills of which one is chosen, and with ``needed`` always one; again takes it back.

    Attributes:
        value: What is chosen; None for nothing.
    """

    def __init__(
        self,
        options: Sequence[Option],
        name: str,
        parent: QWidget | None = None,
        *,
        needed: bool = False,
    ) -> None:
        super().__init__(options, parent)
        self.name_all(name)
        self.value: Any = None
        self._needed = needed
        self.picked.connect(self._on_picked)

    def show_value(self, value: Any) -> None:
        """Show what is chosen."""
        self.value = value
        self.show_chosen(frozenset() if value is None else frozenset({value}))

    def _on_picked(self, value: object) -> None:
        again = value == self.value and not self._needed
        self.show_value(None if again else value)


class CheckGrid(Group):
    """Boxes in columns, read down the first column, then the second."""

    def __init__(
        self, options: Sequence[Option], parent: QWidget | None = None, *, columns: int = 2
    ) -> None:
        super().__init__(options, parent)
        self._columns = 0
        self._wanted = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._arrange(columns)

    def _button(self, option: Option) -> QAbstractButton:
        return Check(option, self)

    def set_columns(self, columns: int) -> None:
        """Use one column where there is no room for two."""
        if columns != self._columns:
            self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        rows = -(-len(self.buttons) // columns)
        for index, button in enumerate(self.buttons):
            self._grid.addWidget(button, index % rows, index // rows)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

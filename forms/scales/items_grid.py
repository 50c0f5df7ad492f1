"""All items of a scale on one page, a row an item: a finger or a digit answers, and the next comes.

As the printed sheet of such a scale has them. Nothing is stored before every row has an answer, or
that the patient would rather not give one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.items import NullFlavor
from aeapp.domain.scales.wording import Question
from aeapp.kernel.i18n import _
from forms.scales.large import big, font, show_chosen, words_label
from forms.theme import px
from forms.widgets.labels import Note
from forms.widgets.ringed import RingedFrame

Given = int | NullFlavor
_QUESTION, _ANSWER, _GAP = 19, 16, 8


class ItemRow(RingedFrame):
    """One item with its answers side by side, or under each other where they have no room.

    Signals:
        answered: An answer was chosen; carries the number of the item and the points.
        left: Up or down was pressed; carries how many rows to go.
        focused: It has the focus now.
    """

    answered = Signal(int, object)
    left = Signal(int)
    focused = Signal()

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.given: Given | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rather = (NullFlavor.ASKU, _("Rather not answer"))
        self._offers: tuple[tuple[Given, str], ...] = (*question.answers, rather)
        self.buttons = [
            self._button(n, points, words) for n, (points, words) in enumerate(self._offers, 1)
        ]
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(px(_GAP))
        for button in self.buttons:
            self._choices.addWidget(button, 1)
        asked = words_label(_QUESTION, self)
        asked.setText(f"{question.number}. {_(question.words)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(_GAP))
        column.addWidget(asked)
        column.addLayout(self._choices)
        self.show_given(None)

    def _button(self, n: int, points: Given, words: str) -> QPushButton:
        button = QPushButton(f"{n}  {_(words)}".replace("&", "&&"), self)
        button.setAccessibleName(_(words))
        button.setAutoDefault(False)
        button.setFont(font("body", _ANSWER))
        button.setProperty("kind", "touch")
        # The row has the keys; a finger or the mouse presses the button.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked=False: self._give(points))
        return button

    def show_given(self, given: Given | None) -> None:
        """Show which answer is chosen; None for none."""
        self.given = given
        said = _("not answered")
        for button, (points, words) in zip(self.buttons, self._offers, strict=True):
            chosen = given is not None and points == given
            show_chosen(button, chosen=chosen)
            said = _(words) if chosen else said
        self.setAccessibleName(f"{self.question.number}. {_(self.question.words)}: {said}")
        keys = ", ".join(f"{n} {_(words)}" for n, (_p, words) in enumerate(self._offers, 1))
        self.setAccessibleDescription(keys)

    def _give(self, points: Given) -> None:
        self.show_given(points)
        self.answered.emit(self.question.number, points)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gaps = px(_GAP) * (len(self.buttons) - 1) + px(24)
        needed = max(button.sizeHint().width() for button in self.buttons) * len(self.buttons)
        direction = QBoxLayout.Direction
        beside = needed + gaps <= self.width()
        self._choices.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit, step = event.text(), _STEPS.get(Qt.Key(event.key()), 0)
        if digit.isdecimal() and 0 < int(digit) <= len(self._offers):
            self._give(self._offers[int(digit) - 1][0])
        elif step:
            self.left.emit(step)
        else:
            super().keyPressEvent(event)


_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
}


class ItemsGrid(QWidget):
    """The rows, how many are answered, and the way on.

    Signals:
        answered: An answer was chosen; carries the number of the item and the points.
        done: Every item has one, and the patient is through.
        left: Back to the beginning.
    """

    answered = Signal(int, object)
    done = Signal()
    left = Signal()

    def __init__(self, questions: Sequence[Question], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("All questions"))
        self._given: dict[int, Given] = {}
        self.instruction = words_label(_QUESTION, self)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(12), 0)
        column.setSpacing(px(6))
        self.rows = [ItemRow(question, inside) for question in questions]
        for place, row in enumerate(self.rows):
            row.setProperty("kind", "card")
            row.answered.connect(self._on_answered)
            row.left.connect(partial(self._go, place))
            row.focused.connect(partial(self._reveal, row))
            column.addWidget(row)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._current = self.rows[0]
        # Rows are laid out after the first of them has the focus.
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda: self._reveal(self._current))
        self.note = Note(self)
        self.count = words_label(_ANSWER, self)
        self.back = big(_("Back"), self)
        self.back.clicked.connect(self.left)
        self.finish = big(_("Done"), self)
        self.finish.clicked.connect(self._on_finish)
        self.finish.installEventFilter(self)
        self._build()

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.back, 1)
        foot.addWidget(self.count, 2)
        foot.addWidget(self.finish, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.instruction)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.note)
        column.addLayout(foot)

    def show_answers(self, given: Mapping[int, Given]) -> None:
        """Show what was answered so far."""
        self._given = dict(given)
        for row in self.rows:
            row.show_given(self._given.get(row.question.number))
        self.note.say("")
        self._count()

    def focus_first(self) -> None:
        """Put the focus on the first item without an answer."""
        (self._open() or self.rows[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> ItemRow | None:
        return next((row for row in self.rows if row.given is None), None)

    def _count(self) -> None:
        self.count.setText(
            _("{n} of {all} answered").format(n=len(self._given), all=len(self.rows))
        )

    def _on_answered(self, number: int, points: Given) -> None:
        self._given[number] = points
        self.note.say("")
        self._count()
        self.answered.emit(number, points)
        place = next(n for n, row in enumerate(self.rows) if row.question.number == number)
        self._go(place, 1)

    def _go(self, place: int, step: int) -> None:
        to = place + step
        if to < len(self.rows):
            self.rows[max(0, to)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finish.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal(self, row: ItemRow) -> None:
        self._current = row
        self._scroll.ensureWidgetVisible(row, 0, px(40))

    def _on_finish(self) -> None:
        row = self._open()
        if row is None:
            self.done.emit()
            return
        words = _("Question {n} has no answer yet. You may choose not to answer it.")
        self.note.say(words.format(n=row.question.number), "info")
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button takes the arrows for its neighbours, and Enter for nothing.
        if watched is self.finish and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Up:
                self._go(len(self.rows), -1)
                return True
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_finish()
                return True
        return super().eventFilter(watched, event)

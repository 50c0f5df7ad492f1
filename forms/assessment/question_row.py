"""One question of the assessment: its answers in a row, and what helps to answer it below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.assessment.questions import Question, after_press, chosen, options_of
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import Note, label
from forms.widgets.options import CheckGrid, ChipRow, Group

TITLE_WIDTH = 148


class QuestionRow(QFrame):
    """One question with its answers.

    Signals:
        answered: The answer as it is after the press, or None for none any more.
        gone_on: Enter: the next question, please.
        taken: The proposal is to be stated as the answer.
        acted: The button at the side was pressed.
    """

    answered = Signal(object)
    gone_on = Signal()
    taken = Signal()
    acted = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None, *, act: str = "") -> None:
        super().__init__(parent)
        self.question = question
        self.setObjectName(f"assessment.{question.name}")
        title = _(question.title)
        self.group = self._group(title)
        self._value: object = None
        self._number = label(question.number, "number", self)
        self._title = label(title, "strong", self, wrap=True)
        self._facts = label(kind="caption", parent=self, wrap=True)
        self._note = Note(self)
        self.take = Button(_("Take"), self, kind="small", key="T")
        self.take.hide()
        self.take.clicked.connect(self.taken)
        self.act = Button(act, self, kind="small", key="J", name=f"{title}: {act}") if act else None
        if self.act is not None:
            self.act.clicked.connect(self.acted)
        self._stacked = False
        self._build()

    def _group(self, title: str) -> Group:
        options = options_of(self.question.name)
        many = self.question.many
        group = CheckGrid(options, self, columns=1) if many else ChipRow(options, self)
        group.name_all(" ".join(part for part in (self.question.number, title) if part))
        group.picked.connect(self._on_picked)
        return group

    def _build(self) -> None:
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignTop)
        self._number.setFixedWidth(px(14))
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        body.addWidget(self.group)
        body.addWidget(self._facts)
        low = QHBoxLayout()
        low.setSpacing(8)
        low.addWidget(self.take)
        if self.act is not None:
            low.addWidget(self.act)
        low.addStretch(1)
        body.addLayout(low)
        body.addWidget(self._note)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._note.hide()
        self._place()

    def _place(self) -> None:
        for part in (self._head, self._body):
            self._grid.removeWidget(part)
        if self._stacked:
            self._grid.addWidget(self._head, 0, 0, 1, 2)
            self._grid.addWidget(self._body, 1, 0, 1, 2)
            self._head.setMinimumWidth(0)
            self._head.setMaximumWidth(16_777_215)
        else:
            self._grid.addWidget(self._head, 0, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._body, 0, 1)
            self._head.setFixedWidth(px(TITLE_WIDTH))
        self._grid.setColumnStretch(1, 1)

    def set_stacked(self, stacked: bool) -> None:
        """Put the title above the answers, for narrow windows."""
        self._stacked = stacked
        self._place()
        if isinstance(self.group, CheckGrid) and self.question.name == "situations":
            self.group.set_columns(1 if stacked else 2)

    def add_below(self, part: QWidget) -> None:
        """Put something of the question's own under its answers."""
        column = self._body.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - it was built as one
        column.addWidget(part)

    # --- showing

    @property
    def value(self) -> object:
        """Return the answer as it is shown."""
        return self._value

    @property
    def facts(self) -> str:
        """Return what stands below the answers."""
        return self._facts.text()

    @property
    def note(self) -> str:
        """Return the sentence that warns, empty where there is none."""
        return self._note.text

    def show_answer(self, value: object, *, facts: str = "", note: str = "") -> None:
        """Show the answer, what helps to give it, and what speaks against it."""
        self._value = value
        self.group.show_chosen(chosen(value))
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self._note.say(note, "flag" if note else "")
        self._note.setVisible(bool(note))
        self.group.describe_all(" ".join(part for part in (facts, note) if part))

    def offer(self, words: str) -> None:
        """Offer an answer that one key takes; empty words offer none."""
        if words:
            self.take.say(words, name=f"{_(self.question.title)}: {words}")
        self.take.setVisible(bool(words))

    def focus(self) -> None:
        """Put the focus on the answers."""
        self.group.focus_first()

    # --- acting

    def _on_picked(self, pressed: object) -> None:
        self.answered.emit(after_press(self._value, pressed, many=self.question.many))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.gone_on.emit()
        elif plain and letter == "T" and self.take.isVisibleTo(self):
            self.take.click()
        elif plain and letter == "J" and self.act is not None:
            self.act.click()
        else:
            super().keyPressEvent(event)

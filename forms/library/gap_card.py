"""A gap in the stock: what is missing, the question that a person answers, and its two dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.chair.loss import (
    QUESTION,
    SOURCE,
    LossDates,
    Question,
    late,
    loss_dates,
    question_of,
    question_words,
)
from aeapp.domain.chair.stock import Gap, gap_words
from aeapp.domain.codecs import read, show_date
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Product, StockMovement
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from forms.library.lists import time_of
from forms.theme import Status
from forms.widgets.buttons import Button, Pill
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Note, label
from forms.widgets.ringed import RingedFrame

NOTICE, FORM_106, WITNESS = "notice_on", "form_106_on", "witness"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# Three answers that weigh the same: name, words, letter, and the answer as it is stored.
ANSWERS: tuple[tuple[str, str, str, bool | NullFlavor], ...] = (
    ("yes", N_("Yes, a loss"), "Y", True),
    ("no", N_("No, explained"), "N", False),
    ("unknown", N_("Not known yet"), "U", NullFlavor.UNK),
)


class GapCard(RingedFrame):
    """One gap.

    Signals:
        answered: A person answered; carries the movement's id, the answer and what was found out.
        met: One of the two dates was met; carries the movement's id, which, and the day.
        wasted: The rest was wasted; carries the gap and who saw it.

    Attributes:
        waits: Whether its question waits for an answer.
        is_open: Whether nobody has answered it yet.
    """

    answered = Signal(str, object, str)
    met = Signal(str, str, object)
    wasted = Signal(object, str)

    def __init__(
        self,
        gap: Gap,
        product: Product,
        today: dt.date,
        parent: QWidget,
        *,
        at_the_chair: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.gap, self._today = gap, today
        self._asked: tuple[str, object] | None = None
        question = question_of(gap, product)
        self.waits = question in (Question.OPEN, Question.NOT_KNOWN)
        self.is_open = question is Question.OPEN
        # Who drew it stands there, and so may who sees the rest go.
        self.may_waste = at_the_chair and self.waits and (gap.missing or 0) > 0
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        head = gap_words(gap)
        self.setAccessibleName(head)
        column.addLayout(self._head(head, question))
        column.addWidget(label(self._where(), "caption", self, wrap=True))
        if question is not Question.NOT_ASKED:
            column.addWidget(label(_(QUESTION), "label", self, wrap=True))
            column.addWidget(self._answers())
        dates = loss_dates(gap.answer_on)
        for row in self._dates(dates) if dates is not None else ():
            column.addWidget(row)
        self.line = QLineEdit(self)
        self.line.setObjectName("gap.line")
        self.line.setMaxLength(1000)
        self.line.setAccessibleName(_("What was found out"))
        self.line.hide()
        self.note = Note(self)
        self.note.hide()
        column.addWidget(self.line)
        column.addWidget(self.note)

    def _head(self, words: str, question: Question) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(words, "strong", self, wrap=True), 1)
        status = Status.FLAG if self.waits or question is Question.LOSS else Status.OK
        if question is not Question.NOT_ASKED:
            row.addWidget(Pill(status, question_words(question), self))
        return row

    def _where(self) -> str:
        movement = self.gap.answer_on
        at = time_of(movement.at if isinstance(movement.at, PartialDate) else None)
        place = _("drawn {time}") if self.gap.session_id else _("counted {time}")
        parts = [place.format(time=at), movement.by or "", movement.reason or ""]
        return ", ".join(part for part in parts if part)

    def _answers(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, gap=8)
        if self.may_waste:
            waste = Button(_("Wasted, seen by…"), row, kind="small", key="W")
            waste.setObjectName("gap.wasted")
            waste.clicked.connect(self._ask_witness)
            flow.addWidget(waste)
        for name, words, key, answer in ANSWERS:
            button = Button(_(words), row, kind="small", key=key)
            button.setObjectName(f"gap.{name}")
            button.clicked.connect(partial(self._ask_answer, answer))
            flow.addWidget(button)
        return row

    def _dates(self, dates: LossDates) -> tuple[QWidget, ...]:
        found = _("found {day}").format(day=show_date(PartialDate.of(dates.discovered)))
        return (
            self._date(
                NOTICE,
                _("Written notice to the DEA field office within one business day"),
                dates.notice_by,
                dates.notice_on,
            ),
            self._date(
                FORM_106, _("Form 106 online within 45 days"), dates.form_106_by, dates.form_106_on
            ),
            label(f"{found}, {SOURCE}", "caption", self, wrap=True),
        )

    def _date(self, name: str, words: str, by: dt.date, on: PartialDate | None) -> QWidget:
        row, line = QWidget(self), QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(words, "body", row, wrap=True))
        column.addWidget(line)
        flow = FlowLayout(line, gap=8)
        day = show_date(PartialDate.of(by))
        if on is not None:
            pill = Pill(Status.OK, _("done {day}").format(day=show_date(on)), line)
        elif late(by, on, self._today):
            pill = Pill(Status.OVERDUE, _("was due {day}").format(day=day), line)
        else:
            pill = Pill(Status.DUE, _("due {day}").format(day=day), line)
        flow.addWidget(pill)
        if on is None:
            button = Button(_("Record the day…"), line, kind="small")
            button.setObjectName(f"gap.{name}")
            button.setAccessibleName(f"{words}: {_('Record the day…')}")
            button.clicked.connect(partial(self._ask_day, name))
            flow.addWidget(button)
        return row

    def focus_next(self) -> bool:
        """Put the focus on what is asked next; False where nothing is."""
        dates = [self.findChild(Button, f"gap.{name}") for name in (NOTICE, FORM_106)]
        unmet = [button for button in dates if button is not None]
        # An answer that is "not known yet" was given just now: it waits for another day.
        wanted: QWidget | None = next(iter(unmet), self if self.is_open else None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        return wanted is not None

    # --- asking

    def _ask_answer(self, answer: object, *_checked: object) -> None:
        self._ask(("answer", answer), _("what was found out"), "")

    def _ask_witness(self, *_checked: object) -> None:
        self._ask((WITNESS, None), _("witness"), "")

    def _ask_day(self, name: str, *_checked: object) -> None:
        self._ask((name, None), _("day"), show_date(PartialDate.of(self._today)))

    def _ask(self, asked: tuple[str, object], words: str, text: str) -> None:
        self._asked = asked
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(words)
        self.line.setText(text)
        self.line.selectAll()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answers = {key: answer for _name, _words, key, answer in ANSWERS}
        letter = event.text().upper()
        if self._asked is not None and event.key() in _ENTER:
            self._on_entered()
        elif self._asked is not None and event.key() == Qt.Key.Key_Escape:
            self._asked = None
            self.line.hide()
            self.setFocus()
        elif self._asked is None and self.hasFocus() and letter == "W" and self.may_waste:
            self._ask_witness()
        elif self._asked is None and self.hasFocus() and letter in answers:
            self._ask_answer(answers[letter])
        else:
            super().keyPressEvent(event)

    def _say(self, sentence: str) -> None:
        self.note.say(sentence, "wrong")
        self.note.show()

    def _on_entered(self) -> None:
        if self._asked is None:
            return
        (name, answer), text = self._asked, self.line.text().strip()
        movement_id = self.gap.answer_on.id
        if name == WITNESS:
            if text:
                self.wasted.emit(self.gap, text)
            else:
                self._say(_("Waste of a controlled product has a witness."))
            return
        if name == "answer":
            if text:
                self.answered.emit(movement_id, answer, text)
            else:
                self._say(_("Say in a few words what was found out."))
            return
        try:
            day = read(spec_at(StockMovement, name), text)
        except BadInputError as error:
            self._say(error.message)
            return
        if isinstance(day, PartialDate):
            self.met.emit(movement_id, name, day)


def answering(cards: Sequence[GapCard]) -> str:
    """Return of which movement a question has the focus; empty for none."""
    here = QApplication.focusWidget()
    found = (c for c in cards if here is not None and (c is here or c.isAncestorOf(here)))
    return next((card.gap.answer_on.id for card in found), "")


def go_on(cards: Sequence[GapCard], movement_id: str) -> bool:
    """Put the focus on what the card of a movement asks next, else on the next card that waits.

    The cards were made anew under the cursor; it must not fall out of the window. False where
    nothing waits any more.
    """
    same = [c for c in cards if c.gap.answer_on.id == movement_id]
    waiting = [c for c in cards if c.waits]
    return any(card.focus_next() for card in (*same, *waiting))

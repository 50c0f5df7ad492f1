"""The patient answers a scale on the screen in large letters, and nothing else is there.

One item at a time, or all on one page where the sheet of the scale is a table. Only for a scale
whose wording the clinic loaded. Leaving takes the password of the person who is logged in, or the
lock of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.scales import ScoreMode
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Scale, ScaleWording
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.scales.wording import Question, fits_one_page, questions_of
from aeapp.kernel.i18n import _
from aeapp.services.scales import Filled, Result
from forms.alive import while_alive
from forms.desk import Desk
from forms.errors import shown_as
from forms.login_parts import PasswordEdit
from forms.scales.items_grid import ItemsGrid
from forms.scales.large import big, show_chosen, words_label
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import Note, label

_LARGE, _SMALL, _WIDE, _WIDER = 30, 18, 820, 1180
Answers = dict[int, int | NullFlavor]


@dataclass(frozen=True, slots=True, repr=False)
class Sitting:
    """What is put to whom."""

    scale: Scale
    wording: ScaleWording
    patient_id: str
    session_id: str = ""


class PatientPage(QWidget):
    """Puts the items of one scale to the patient and stores the answers.

    Signals:
        stored: The answers are stored; carries a ``Result``.
        left: Staff took the screen back.
        lock_asked: Somebody else of the staff wants to log in.

    Attributes:
        grid: All items on one page; None where the scale is not printed so.
        keeps_window: The window is not closed while the page is on it.
    """

    stored = Signal(object)
    left = Signal()
    lock_asked = Signal()

    keeps_window = True

    def __init__(self, desk: Desk, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patient_page")
        self.setAccessibleName(_("Questions for the patient"))
        self._desk = desk
        self.sitting = sitting
        self.questions = questions_of(sitting.scale, sitting.wording)
        self.answers: Answers = {}
        self.place = -1
        self.done = self._busy = self._at_once = False
        self._buttons: list[QPushButton] = []
        self.pages = QStackedWidget(self)
        self._ask = QWidget(self)
        self._staff = QWidget(self)
        self.grid = ItemsGrid(self.questions, self) if fits_one_page(self.questions) else None
        self.progress = words_label(_SMALL, self)
        self.words = words_label(_LARGE, self)
        self.words.setObjectName("patient_page.words")
        self.note = Note(self)
        self.back = big(_("Back"), self)
        self.back.clicked.connect(self._on_back)
        self.skip = big(_("I would rather not answer"), self)
        self.skip.clicked.connect(lambda: self._on_answer(NullFlavor.ASKU))
        self.staff = Button(_("Staff"), self, kind="quiet")
        self.staff.setObjectName("patient_page.staff")
        self.staff.clicked.connect(self._on_staff)
        self._build()
        self._show()

    # --- building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(32), px(24), px(32), px(16))
        across = QHBoxLayout()
        across.addStretch(1)
        self.pages.setMaximumWidth(px(_WIDE))
        # All the room up to its most; what is left stands at the sides.
        across.addWidget(self.pages, 100)
        across.addStretch(1)
        column.addLayout(across, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.staff)
        column.addLayout(foot)
        self._build_ask()
        self._build_staff()
        self.pages.addWidget(self._ask)
        self.pages.addWidget(self._staff)
        if self.grid is not None:
            self.grid.answered.connect(self._on_row_answered)
            self.grid.done.connect(self._on_all_answered)
            self.grid.left.connect(lambda: self._go(-1))
            self.pages.addWidget(self.grid)

    def _build_ask(self) -> None:
        ask = QVBoxLayout(self._ask)
        ask.setSpacing(px(14))
        ask.addStretch(1)
        ask.addWidget(self.progress)
        ask.addWidget(self.words)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(px(10))
        ask.addLayout(self._choices)
        ask.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.back, 1)
        row.addWidget(self.skip, 2)
        ask.addLayout(row)
        ask.addStretch(2)

    def _build_staff(self) -> None:
        self._left = label(kind="strong", parent=self._staff, wrap=True)
        self.password = PasswordEdit(self._staff)
        self.password.setObjectName("patient_page.password")
        self.password.setAccessibleName(_("Password of the person who is logged in"))
        self.password.returnPressed.connect(self._on_password)
        self._wrong = Note(self._staff)
        self.keep = Button(_("Take back, store the answers"), self._staff, kind="main")
        self.keep.setObjectName("patient_page.keep")
        self.keep.clicked.connect(self._on_password)
        self.drop = Button(_("Take back, throw the answers away"), self._staff)
        self.drop.setObjectName("patient_page.drop")
        self.drop.clicked.connect(lambda: self._on_password(keep=False))
        lock = Button(_("Lock; somebody else logs in"), self._staff)
        lock.clicked.connect(self._on_lock)
        on = Button(_("On with the questions"), self._staff, kind="quiet")
        on.clicked.connect(self._on_resume)
        column = QVBoxLayout(self._staff)
        column.setSpacing(px(10))
        column.addStretch(1)
        who = _("Staff: {name}").format(name=self._desk.app.who.name)
        column.addWidget(label(who, "title", self._staff))
        for widget in (self._left, self.password, self._wrong):
            column.addWidget(widget)
        for button in (self.keep, self.drop, lock, on):
            column.addWidget(button)
        column.addStretch(2)

    # --- asking

    def focus_first(self) -> None:
        """Put the focus on the first answer."""
        if self.grid is not None and self._at_once:
            self.grid.focus_first()
            return
        chosen = next((b for b in self._buttons if b.property("state") == "chosen"), None)
        first = chosen or next(iter(self._buttons), None)
        if first is not None:
            first.setFocus()

    def _show(self) -> None:
        self._clear()
        self._at_once = False
        self.pages.setMaximumWidth(px(_WIDE))
        wording, total = self.sitting.wording, len(self.questions)
        if self.done:
            self._show_thanks()
        elif self.place < 0:
            self.progress.setText(_(wording.title or ""))
            self.words.setText(_(wording.instruction or "") or _(wording.title or ""))
            if self.grid is None:
                self._add(_("Begin"), lambda: self._go(0))
            else:
                self._add(_("Begin, one question at a time"), lambda: self._go(0))
                self._add(_("Begin, all questions on one page"), self._on_at_once)
        else:
            question = self.questions[self.place]
            self.progress.setText(_("{n} of {all}").format(n=self.place + 1, all=total))
            self.words.setText(_(question.words))
            for points, words in question.answers:
                button = self._add(_(words), partial(self._on_answer, points))
                # What was answered before is shown to who goes back.
                show_chosen(button, chosen=self.answers.get(question.number) == points)
        asking = self.place >= 0 and not self.done
        self.back.setVisible(asking)
        self.skip.setVisible(asking)
        self.pages.setCurrentWidget(self._ask)
        self.focus_first()

    def _show_thanks(self) -> None:
        self.progress.setText(_("Thank you."))
        self.words.setText(_("Please give the screen back to the staff of the clinic."))

    def _clear(self) -> None:
        while taken := self._choices.takeAt(0):
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._buttons = []
        self.note.say("")

    def _add(self, words: str, run: Callable[[], None]) -> QPushButton:
        button = big(words, self._ask)
        button.clicked.connect(lambda _checked=False: run())
        self._choices.addWidget(button)
        self._buttons.append(button)
        return button

    @property
    def _question(self) -> Question:
        return self.questions[self.place]

    def _on_answer(self, points: int | NullFlavor) -> None:
        if self._busy or self.done or self.place < 0:
            return
        self.answers[self._question.number] = points
        if self.place + 1 < len(self.questions):
            self._go(self.place + 1)
        else:
            self._store(self._on_stored)

    # --- all at once

    def _on_at_once(self) -> None:
        if self.grid is None or self._busy or self.done:
            return
        self._at_once = True
        self.pages.setMaximumWidth(px(_WIDER))
        self.grid.instruction.setText(_(self.sitting.wording.instruction or ""))
        self.grid.show_answers(self.answers)
        self.pages.setCurrentWidget(self.grid)
        self.grid.focus_first()

    def _on_row_answered(self, number: int, points: int | NullFlavor) -> None:
        if not self._busy and not self.done:
            self.answers[number] = points

    def _on_all_answered(self) -> None:
        if not self._busy and not self.done:
            self._store(self._on_stored)

    def _on_back(self) -> None:
        if not self._busy:
            self._go(self.place - 1)

    def _go(self, place: int) -> None:
        self.place = place
        self._show()

    # --- storing

    def _store(self, on_done: Callable[[Result], None]) -> None:
        sitting, scales = self.sitting, self._desk.app.scales
        items = tuple(ScoreItem(number=n, points=p) for n, p in sorted(self.answers.items()))
        filled = Filled(
            scale=sitting.scale,
            patient_id=sitting.patient_id,
            session_id=sitting.session_id,
            items=items,
            mode=ScoreMode.SCREEN,
            wording_id=sitting.wording.id,
        )
        self._busy = True

        def failed(error: BaseException) -> None:
            self._busy = False
            note = self.note
            if self.grid is not None and self._at_once:
                # What was pressed meanwhile was not taken, and must not look as if it were.
                self.grid.show_answers(self.answers)
                note = self.grid.note
            note.say(shown_as(error).message, "wrong")

        self._desk.write(
            lambda: scales.fill(filled), while_alive(self, on_done), while_alive(self, failed)
        )

    def _on_stored(self, result: Result) -> None:
        self._busy, self.done = False, True
        self._show()
        if result.review is not None:
            self.words.setText(
                _("Please stay seated. Somebody of the clinic will talk with you now.")
            )
        self.stored.emit(result)

    # --- staff takes the screen back

    def _on_staff(self) -> None:
        waiting = bool(self.answers) and not self.done
        count = len(self.answers)
        self._left.setText(
            _("{n} of {all} items are answered and not stored yet.").format(
                n=count, all=len(self.questions)
            )
            if waiting
            else ""
        )
        self._left.setVisible(waiting)
        self.drop.setVisible(waiting)
        self.keep.say(_("Take back, store the answers") if waiting else _("Take back"))
        self.password.hide_again()
        self._wrong.say("")
        self.pages.setCurrentWidget(self._staff)
        self.password.setFocus()

    def _on_resume(self) -> None:
        if self._at_once:
            self._on_at_once()
        else:
            self._show()

    def _on_lock(self) -> None:
        """Lock the program; what the patient answered so far is stored before."""
        if self.answers and not self.done and not self._busy:
            self._store(lambda _result: self.lock_asked.emit())
        else:
            self.lock_asked.emit()

    def _on_password(self, *, keep: bool = True) -> None:
        if self._busy:
            return
        password, scales = self.password.text(), self._desk.app.scales
        self.password.hide_again()
        self._busy = True

        def done(_nothing: object) -> None:
            self._busy = False
            if keep and self.answers and not self.done:
                self._store(stored)
            else:
                self.left.emit()

        def stored(result: Result) -> None:
            self._busy, self.done = False, True
            self.stored.emit(result)
            self.left.emit()

        def failed(error: BaseException) -> None:
            self._busy = False
            self._wrong.say(shown_as(error).message, "wrong")
            self.password.setFocus()

        # A wrong password is told here and nowhere else: the patient holds the screen.
        self._desk.runners.store.start(
            lambda _progress: scales.confirm_staff(password),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, failed),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        asking = self.place >= 0 and not self.done and self.pages.currentWidget() is self._ask
        if asking and event.key() == Qt.Key.Key_Backspace:
            self._on_back()
        elif asking and digit.isdecimal() and 0 < int(digit) <= len(self._buttons):
            self._buttons[int(digit) - 1].click()
        else:
            super().keyPressEvent(event)

"""Leaving: the list, the score where the protocol asks for one, the escort, and the door.

The REMS content follows in the same place; other endings are a letter away.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from aeapp.domain.chair.aldrete import PARTS, score_of
from aeapp.domain.chair.discharge import Lack, Readiness
from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.codelists.session import CheckKind
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.endings import Leaving
from forms.chair.aldrete_words import sum_words
from forms.chair.discharge_fields import DischargeFields
from forms.chair.ending_form import LETTERS
from forms.chair.moment_typed import told_moment
from forms.models.vitals import time_words
from forms.now import Now
from forms.session_work import SessionWork

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOBODY = "-"


# What a reason replaces, beside the escort, who has a field.
_WHY_NOW = (Lack.MINIMUM, Lack.LOW_SCORE, Lack.DOSE_TIME, Lack.PROPOSAL)

# What is done in another part of the room before anything is asked here.
_FIRST = {
    Lack.ROUTE: N_("Choose the route first; its protocol says what is asked."),
    Lack.SAFETY: N_(
        "An answer asks for safety: fill the strip below (Shift+F8), or hand it to a colleague."
    ),
    Lack.AMOUNT: N_(
        "An infusion without a pace still runs: stop it (Alt+I, S) and say what was given."
    ),
}


def _why_words(ready: Readiness) -> str:
    """Return for what a reason is asked, the gravest first."""
    if Lack.PROPOSAL in ready.lacks:
        return _("A proposed event is not decided on. Decide, or say why the patient leaves now.")
    if Lack.DOSE_TIME in ready.lacks:
        return _("No dose has a clock time, so the minimum stay cannot be told. Say why now.")
    return _("The protocol asks for more. Say why the patient leaves now.")


class DischargeCard(DischargeFields):
    """Asks what leaving asks for; hidden until it is asked for.

    Signals:
        answered, overridden: As of ``QuestionList``.
        rated: Five digits were typed; carries the items of the score.
        discharged: Carries a ``Leaving``.
        ended: Another ending; carries an ``Ending``.
        transfer: The patient is to be transferred.
        left: Esc was pressed; the session goes on.
    """

    answered = Signal(object, object)
    overridden = Signal(object, object)
    rated = Signal(object)
    discharged = Signal(object)
    ended = Signal(object)
    transfer = Signal()
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(now, parent)
        self._work: SessionWork | None = None
        self._now, self._shift, self._told_of_running = now, 0, False
        self.list.answered.connect(self.answered)
        self.list.overridden.connect(self.overridden)
        self.list.finished.connect(self._to_fields)
        self.score.textEdited.connect(self._on_score)
        self.end_time.textEdited.connect(self.tick)
        self.go.clicked.connect(self._on_go)
        self.others.picked.connect(self._on_other)
        self.form.ended.connect(self._on_ended)
        self.form.left.connect(self._on_form_left)
        self.hide()

    # --- what the room uses

    def open_work(self, _work: SessionWork) -> None:
        """Begin with empty fields, as for another session."""
        for line in (self.score, self.escort, self.ready, self.end_time, self.reason):
            line.clear()
        self._shift, self._told_of_running = 0, False
        self.note.say("")
        self.form.hide()
        self.hide()

    def show_work(self, work: SessionWork) -> None:
        """Show the list as it stands; the card itself comes when it is asked for."""
        self._work = work
        if work.over:
            self.hide()
            return
        lists = work.lists
        sheet = lists.sheet(CheckKind.DISCHARGE)
        self._count.setText(_("{done} of {all}").format(done=sheet.answered, all=len(sheet.rows)))
        self.list.show_sheet(sheet, lists.ask.overriders)
        known = as_text(work.room.session.escort)
        if known and not self.escort.text():
            self.escort.setText(known)
        ready = self._readiness()
        self._show(self._score_words, shown=ready.least is not None)
        self.sum.setVisible(ready.least is not None)
        self._show(self._escort_words, shown=not lists.at_home)
        self._show(self._ended_words, shown=lists.at_home)
        self._show(self._ready_words, shown=lists.under_rems)
        self._show(self._reason_words, shown=bool(self.reason.text()) or self._needs_reason(ready))
        self._show_sum(ready)
        self.tick()

    def ask(self) -> None:
        """Show the card and put the focus on the first open question."""
        self._shift, self._told_of_running = 0, False
        # What was asked for may be there by now.
        self.note.say("")
        self.form.hide()
        self._leaving.show()
        self.show()
        if self._work is not None:
            self.show_work(self._work)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where typing goes on."""
        if self._work is not None and self._work.lists.sheet(CheckKind.DISCHARGE).complete:
            self._to_fields()
        else:
            self.list.focus_first()

    def tick(self) -> None:
        """Show how the minimum stands."""
        work = self._work
        if work is None or self.isHidden():
            return
        ready, stay = self._readiness(), work.lists.stay
        self.leaves.setText(_("Leaves at {time}").format(time=time_words(self._at())))
        words = _("{minutes} min since the dose").format(minutes=ready.minutes)
        if ready.minutes is None:
            words = _("No dose was given.")
        elif stay.may_leave_at is not None and Lack.MINIMUM in ready.lacks:
            words = _("{minutes} of {minimum} min, may leave {time}").format(
                minutes=ready.minutes, minimum=ready.minimum, time=time_words(stay.may_leave_at)
            )
        self.stay.setText(words)

    # --- fields

    def _escort(self) -> str | NullFlavor | None:
        typed = self.escort.text().strip()
        return NullFlavor.NA if typed == _NOBODY else typed or None

    def _readiness(self) -> Readiness:
        assert self._work is not None  # noqa: S101 - shown only with a session
        return self._work.lists.readiness(self._escort(), self._at())

    def _at(self) -> PartialDate:
        """Return when the patient leaves: as typed, or now, or so many minutes earlier."""
        typed = self._ended_at()
        if typed is not None:
            return typed
        moment = self._now() + dt.timedelta(minutes=self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def _ended_at(self) -> PartialDate | None:
        """Return when a session at home ended, as told; None where nothing past was typed."""
        if self._work is None or not (text := self.end_time.text().strip()):
            return None
        started = self._work.room.session.started
        told = told_moment(text, started, self._now())
        at = told if isinstance(told, PartialDate) else None
        begun = started.utc() if isinstance(started, PartialDate) else None
        moment = at.utc() if at is not None else None
        return None if begun and moment and moment < begun else at

    def _on_shift(self, minutes: int) -> None:
        # Nobody leaves in the future.
        self._shift = min(0, self._shift + minutes)
        if self._work is not None:
            self.show_work(self._work)

    @staticmethod
    def _needs_reason(ready: Readiness) -> bool:
        return any(lack in ready.lacks for lack in _WHY_NOW)

    def _fields(self) -> list[QLineEdit]:
        every = (self.score, self.escort, self.ready, self.end_time, self.reason)
        return [field for field in every if field.isVisibleTo(self)]

    def _facts(self) -> list[QLineEdit]:
        """Return the fields that follow each other by themselves; a reason is asked in words."""
        return [f for f in self._fields() if f not in (self.end_time, self.reason)]

    def _to_fields(self) -> None:
        empty = next((f for f in self._facts() if not f.text() and not self._is_rated(f)), None)
        (empty or self.go).setFocus()

    def _is_rated(self, field: QLineEdit) -> bool:
        score = self._readiness().score
        return field is self.score and score is not None and score.sum is not None

    def _on_score(self, digits: str) -> None:
        if len(digits) == len(PARTS):
            self.rated.emit(score_of(digits).items)
            self._to_fields()
        elif self._work is not None:
            self._show_sum(self._readiness())

    def _show_sum(self, ready: Readiness) -> None:
        self.sum.setText(sum_words(self.score.text(), ready.score, ready.least))

    # --- leaving

    def _on_go(self) -> None:
        if self.end_time.text().strip() and self._ended_at() is None:
            self._wrong(_("Type a time that is past, after the session began."), self.end_time)
        else:
            self._leave_if_ready()

    def _leave_if_ready(self) -> None:
        ready = self._readiness()
        reason = self.reason.text().strip()
        if stands := next((w for lack, w in _FIRST.items() if lack in ready.lacks), ""):
            self._wrong(_(stands))
        elif Lack.RUNNING in ready.lacks and not self._told_of_running:
            self._told_of_running = True
            self._wrong(_("An infusion still runs. Stop it first, or go on: it is stopped then."))
        elif Lack.LIST in ready.lacks:
            self._wrong(_("Answer what is open first."))
            self.list.focus_first()
        elif Lack.SCORE in ready.lacks:
            self._wrong(_("Type the five digits of the score."), self.score)
        elif Lack.ESCORT in ready.lacks and not reason:
            self._show(self._reason_words, shown=True)
            self._wrong(
                _("Name the escort, type - where none is needed, or say why without."), self.escort
            )
        elif ready.needs_reason and not reason:
            self._show(self._reason_words, shown=True)
            self._wrong(_why_words(ready), self.reason)
        elif wrong := self._wrong_minute(ready.minutes):
            self._wrong(wrong, self.ready)
        else:
            self._leave(reason)

    def _wrong_minute(self, leaving: int | None) -> str:
        """Return what is wrong with the minute at which the patient could have left."""
        if not self.ready.isVisibleTo(self):
            return ""
        typed = self.ready.text()
        if not typed:
            return _("Type the minute at which the patient could have left.")
        if leaving is not None and int(typed) > leaving:
            words = _("Could have left is before leaving: at most minute {minutes}.")
            return words.format(minutes=leaving)
        return ""

    def _leave(self, reason: str) -> None:
        minute = self.ready.text()
        leaving = Leaving(
            escort=self._escort(),
            ready_minute=int(minute) if minute and self.ready.isVisibleTo(self) else None,
            override_reason=reason or None,
            at=self._at() if self._shift or self._ended_at() is not None else None,
        )
        self.note.say("")
        self.discharged.emit(leaving)

    def _wrong(self, sentence: str, field: QWidget | None = None) -> None:
        self.note.say(sentence, "wrong")
        if field is not None:
            field.setFocus()

    def _on_other(self, how: object) -> None:
        if how is SessionEnd.TRANSFERRED:
            self.hide()
            self.transfer.emit()
        elif isinstance(how, SessionEnd):
            self._leaving.hide()
            self.form.ask(how)

    def _on_form_left(self) -> None:
        self._leaving.show()
        self.focus_first()

    def _on_ended(self, ending: object) -> None:
        self._leaving.show()
        self.ended.emit(ending)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        how = LETTERS.get(event.text().upper())
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._on_shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in _ENTER:
            self._on_enter()
        elif how is not None and self._letters_work():
            self._on_other(how)
        else:
            super().keyPressEvent(event)

    def _letters_work(self) -> bool:
        """Tell whether a letter may choose an ending: not where words were being typed.

        On the button the focus arrives by itself, behind a field that is full.
        """
        here = self.focusWidget()
        return here is not self.go and not isinstance(here, QLineEdit)

    def _on_enter(self) -> None:
        here = self.focusWidget()
        fields = self._facts()
        later = fields[fields.index(here) + 1 :] if here in fields else []
        empty = next((f for f in later if not f.text()), None)
        if empty is not None and isinstance(here, QLineEdit) and here.text():
            empty.setFocus()
        else:
            self._on_go()

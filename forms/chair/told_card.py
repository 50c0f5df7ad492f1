"""An event with no session open: what, since when, who told it, when the clinic learnt of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.items import spec_at
from aeapp.domain.records import Awareness, Event, Patient
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.telling import Teller, Told
from forms.alive import while_alive
from forms.chair.term_finder import TermFinder
from forms.desk import Desk
from forms.sending_form import MomentLine
from forms.session_header import name_words
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm, words_of
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

TELLERS = {str(n): teller for n, teller in enumerate(Teller, start=1)}
CALLED = {"Y": (True, N_("May be called back")), "N": (False, N_("No call, please"))}


class TellerBoard(QFrame):
    """Who told it, by a digit, and whether that person may be called, by a letter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("told.teller")
        self.setAccessibleName(_("Who told it"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.teller: Teller | None = None
        self.may_be_called: bool | None = None
        self.who = ChipRow(
            [Option(value=t, text=_(t.words), key=key) for key, t in TELLERS.items()], self
        )
        self.who.name_all(_("Who told it"))
        self.who.picked.connect(self._on_teller)
        self.calls = ChipRow(
            [Option(value=v, text=_(words), key=key) for key, (v, words) in CALLED.items()], self
        )
        self.calls.name_all(_("May be called back"))
        self.calls.picked.connect(self._on_called)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.who)
        column.addWidget(self.calls)

    def clear(self) -> None:
        """Forget what was answered."""
        self.teller = self.may_be_called = None
        self._refresh()

    def _on_teller(self, teller: object) -> None:
        self.teller = teller if isinstance(teller, Teller) else None
        self._refresh()
        self.setFocus()

    def _on_called(self, answer: object) -> None:
        self.may_be_called = None if answer is self.may_be_called else bool(answer)
        self._refresh()
        self.setFocus()

    def _refresh(self) -> None:
        self.who.show_chosen(frozenset({self.teller}) if self.teller else frozenset())
        called = self.may_be_called
        self.calls.show_chosen(frozenset() if called is None else frozenset({called}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if letter in TELLERS:
            self._on_teller(TELLERS[letter])
        elif letter in CALLED:
            self._on_called(CALLED[letter][0])
        else:
            super().keyPressEvent(event)


class ToldCard(EntryForm):
    """Takes one event from outside.

    Signals:
        saved: The event is stored; carries it.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("told", Button(_("Keep event"), kind="main", key="Enter"), parent)
        self.setProperty("kind", "card")
        self.setObjectName("told")
        self._desk = desk
        self._patient = Patient()
        self._words = ""
        self._saving = False
        now = desk.app.context.now
        self.finder = TermFinder(self)
        self.finder.line.setObjectName("told.event")
        self.finder.picked.connect(self._on_event)
        self.finder.left.connect(self.leave)
        self._chosen = label(kind="strong", parent=self, wrap=True)
        self.onset = MomentLine(spec_at(Event, "onset"), now, self)
        self.board = TellerBoard(self)
        self.learnt = MomentLine(spec_at(Awareness, "at"), now, self)
        self.more = QLineEdit(self)
        self.more.setObjectName("told.words")
        self.more.setMaxLength(2000)
        self.more.setPlaceholderText(_("what was said, without names"))
        self.more.setAccessibleName(_("What was said"))
        hint = label(_("Learnt on: now, unless another time is typed."), "caption", self, wrap=True)
        parts = (self.finder, self._chosen, self.onset, self.board, self.learnt, self.more, hint)
        self.build(_("Event told outside a session"), parts, roomy=True)

    def ask(self, patient: Patient) -> None:
        """Begin an event of a patient."""
        self._patient, self._words, self._saving = patient, "", False
        name = name_words(patient) or patient.code or ""
        self._title.setText(_("Event of {name}, told outside a session").format(name=name))
        self.finder.clear()
        self._chosen.hide()
        self.onset.show_value(None)
        self.learnt.show_value(None)
        self.board.clear()
        self.more.setText("")
        self.note.say("")
        self.show()
        self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_event(self, words: str) -> None:
        self._words = words
        self._chosen.setText(words)
        self._chosen.show()
        self.onset.field.focus_editor()

    def finish(self) -> None:
        """Store the event, or say what is missing."""
        if self._saving:
            return
        if self.refuse("" if self._words else _("Say what happened.")):
            self.finder.line.setFocus()
            return
        if self.refuse("" if self.board.teller else _("Who told it? A digit says it.")):
            self.board.setFocus()
            return
        learnt = self.learnt.value
        known = learnt if isinstance(learnt, PartialDate) else None
        if known is not None and self._desk.app.context.minute().surely_before(known):
            self.note.say(_("The clinic cannot have learnt of it later than now."), "wrong")
            self.learnt.field.focus_editor()
            return
        self._write(
            Told(
                patient_id=self._patient.id,
                event=self._words,
                onset=self.onset.value,
                teller=self.board.teller,
                learnt=known,
                may_be_called=self.board.may_be_called,
                words=words_of(self.more) or "",
            )
        )

    def _write(self, told: Told) -> None:
        telling = self._desk.app.telling
        self._saving = True

        def done(stored: Event) -> None:
            self._saving = False
            self._desk.toast(_("Event recorded; it waits for a decision."))
            self.hide()
            self.saved.emit(stored)

        def failed(_error: BaseException) -> None:
            self._saving = False

        self._desk.write(
            lambda: telling.tell(told), while_alive(self, done), while_alive(self, failed)
        )

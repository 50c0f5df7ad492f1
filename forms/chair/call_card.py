"""One call on the day after: reached or not, three questions by a digit, words, a new event."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import read, show
from aeapp.domain.codelists.session import Answer
from aeapp.domain.findings import Severity as Weight
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Call, Event, Patient
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from aeapp.services.calls import CallDue
from forms.alive import while_alive
from forms.chair.term_finder import TermFinder
from forms.desk import Desk
from forms.session_header import name_words
from forms.widgets.buttons import Button
from forms.widgets.entry import frame, words_of
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option
from forms.widgets.registry import widget_for
from forms.widgets.ringed import RingedFrame

QUESTIONS = (
    ("well", N_("Feels as well as before?")),
    ("slept", N_("Slept, and did not drive before?")),
    ("nothing_new", N_("Nothing new since leaving?")),
)
ANSWERS: dict[str, tuple[Any, str]] = {
    "1": (Answer.YES, N_("Yes")),
    "2": (Answer.NO, N_("No")),
    "3": (NullFlavor.NASK, N_("Not asked")),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CallCard(RingedFrame):
    """Asks what a call asks and stores it, with the event that was told in it.

    Signals:
        saved: The call is stored; carries it.
        left: Esc was pressed; nothing is stored.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("call")
        self.setAccessibleName(_("Next-day call"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._call = Call()
        self._event_words = ""
        self._onset: Any = None
        self._saving = False
        self._title = label(kind="strong", parent=self, wrap=True)
        self._second = label(kind="caption", parent=self, wrap=True)
        self.reached = ChipRow(
            [
                Option(value=Answer.YES, text=_("Reached"), key="Y"),
                Option(value=Answer.NO, text=_("Nobody reached"), key="N"),
            ],
            self,
        )
        self.reached.name_all(_("Reached"))
        self.reached.picked.connect(self._on_reached)
        self._questions = QWidget(self)
        self.answers = {name: self._answer_row(name, words) for name, words in QUESTIONS}
        self.words = QLineEdit(self)
        self.words.setObjectName("call.words")
        self.words.setMaxLength(2000)
        self.words.setPlaceholderText(_("what was said, in the words of the patient"))
        self.words.setAccessibleName(_("Words of the call"))
        self._told = QWidget(self)
        self.finder = TermFinder(self._told)
        self.finder.line.setObjectName("call.event")
        self.finder.picked.connect(self._on_event)
        self.finder.left.connect(self.setFocus)
        self._new = label(kind="strong", parent=self._told, wrap=True)
        spec = spec_at(Event, "onset")
        self.onset = widget_for(spec, parent=self._told, now=desk.app.context.now)
        self.onset.entered.connect(self._on_onset_typed)
        self.onset.chosen.connect(self._on_onset)
        self.note = Note(self)
        self.save = Button(_("Save call"), self, kind="main", key="Enter")
        self.save.clicked.connect(self._on_save)
        self._build()
        self.hide()

    def _answer_row(self, name: str, words: str) -> ChipRow:
        row = ChipRow(
            [Option(value=v, text=_(w), key=key) for key, (v, w) in ANSWERS.items()],
            self._questions,
        )
        row.name_all(_(words))
        row.picked.connect(partial(self._on_answer, name))
        return row

    def _build(self) -> None:
        questions = QVBoxLayout(self._questions)
        questions.setContentsMargins(0, 0, 0, 0)
        questions.setSpacing(4)
        for name, words in QUESTIONS:
            questions.addWidget(label(_(words), "label", self._questions))
            questions.addWidget(self.answers[name])
        told = QVBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(4)
        told.addWidget(label(_("What is new?"), "label", self._told))
        told.addWidget(self.finder)
        told.addWidget(self._new)
        told.addWidget(self.onset)
        parts = (self._second, self.reached, self._questions, self._told, self.words)
        frame(self, self._title, _("later"), parts, (self.note, self.save), roomy=True)

    # --- asking

    def ask(self, patient: Patient, due: CallDue | None = None) -> None:
        """Begin a call: about a session, or to the patient without one."""
        session = due.session if due else None
        self._call = Call(patient_id=patient.id, session_id=session.id if session else "")
        self._event_words, self._onset, self._saving = "", None, False
        self._title.setText(_("Call {name}").format(name=name_words(patient) or patient.code or ""))
        parts = [patient.phone or _("no phone on record")]
        if due and session:
            parts.append(
                _("session {number}, ended {when}").format(
                    number=session.number, when=show(session.ended)
                )
            )
            parts.append(_("try {n} of {all}").format(n=due.tries + 1, all=due.most))
        self._second.setText(", ".join(parts))
        self.words.setText("")
        self.finder.clear()
        self.onset.show_value(None, "")
        self.note.say("")
        self._refresh()
        self.show()
        self.setFocus()

    def _refresh(self) -> None:
        call = self._call
        self.reached.show_chosen(frozenset({call.reached}) if call.reached else frozenset())
        self._questions.setVisible(call.reached is Answer.YES)
        for name, row in self.answers.items():
            answer = getattr(call, name)
            row.show_chosen(frozenset({answer}) if answer is not None else frozenset())
        self._told.setVisible(call.reached is Answer.YES and call.nothing_new is Answer.NO)
        self._new.setText(self._event_words)
        self._new.setVisible(bool(self._event_words))
        self.onset.setVisible(bool(self._event_words))

    # --- answering

    def _set(self, name: str, value: object) -> None:
        changes: dict[str, Any] = {name: value}
        self._call = replace(self._call, **changes)
        self.note.say("")
        self._refresh()

    def _on_reached(self, answer: object) -> None:
        self._set("reached", answer)
        if answer is Answer.NO:
            self.words.setFocus()
        else:
            self.setFocus()

    def _on_answer(self, name: str, answer: object) -> None:
        self._set(name, answer)
        if name == "nothing_new" and answer is Answer.NO:
            self.finder.line.setFocus()
        elif self._next() is None:
            self.words.setFocus()
        else:
            self.setFocus()

    def _next(self) -> str | None:
        """Return the first question that is not answered."""
        return next((n for n, _w in QUESTIONS if getattr(self._call, n) is None), None)

    def _on_event(self, words: str) -> None:
        self._event_words = words
        self._refresh()
        self.onset.focus_editor()

    def _on_onset_typed(self, text: str) -> None:
        try:
            self._on_onset(read(self.onset.spec, text))
        except BadInputError as error:
            self.onset.show_note(error.message, Weight.BLOCKS)

    def _on_onset(self, value: object) -> None:
        self._onset = value
        self.onset.show_value(value, show(value))
        self.onset.show_note("", None)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER:
            self._on_save()
        elif not self._typed(event.text().upper()):
            super().keyPressEvent(event)

    def _typed(self, letter: str) -> bool:
        reached = {"Y": Answer.YES, "N": Answer.NO}.get(letter)
        question = self._next()
        if reached is not None:
            self._on_reached(reached)
        elif self._call.reached is Answer.YES and letter in ANSWERS and question is not None:
            self._on_answer(question, ANSWERS[letter][0])
        else:
            return False
        return True

    # --- storing

    def _on_save(self) -> None:
        if self._saving:
            return
        if self._call.reached is None:
            self.note.say(_("Press Y if somebody answered, N if nobody did."), "wrong")
            return
        if self._told.isVisible() and not self._event_words:
            self.note.say(_("Say what is new, or answer that nothing is."), "wrong")
            self.finder.line.setFocus()
            return
        self._write()

    def _write(self) -> None:
        self._set("words", words_of(self.words))
        event = None
        if self._event_words and self._told.isVisible():
            event = Event(verbatim=self._event_words, onset=self._onset)
        call, calls = self._call, self._desk.app.calls
        self._saving = True

        def done(stored: tuple[Call, Event | None]) -> None:
            self._saving = False
            self._desk.toast(_("Call recorded."))
            self.hide()
            self.saved.emit(stored[0])

        def failed(_error: BaseException) -> None:
            self._saving = False

        self._desk.write(
            lambda: calls.log(call, event), while_alive(self, done), while_alive(self, failed)
        )

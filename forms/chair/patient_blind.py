"""The blind of one patient in a study: who opened it and why; what it showed, for the few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.records import Patient, Study
from aeapp.kernel.i18n import _
from aeapp.services.studies import Opening, blinded_name
from forms.alive import while_alive
from forms.desk import Desk
from forms.widgets.buttons import Button
from forms.widgets.labels import Note, label


@dataclass(frozen=True, slots=True, repr=False)
class _Read:
    studies: tuple[Study, ...]
    openings: tuple[Opening, ...]


class PatientBlind(QWidget):
    """The studies of one patient and the openings of their blinds; hidden where there are none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient = Patient()
        self._studies: tuple[Study, ...] = ()
        self._run: Callable[[], None] = self._open
        self._looking = ""
        self.words = label(kind="label", parent=self, wrap=True)
        self.words.setObjectName("blind.words")
        self.start = Button(_("Open the blind…"), self, kind="small")
        self.start.setObjectName("blind.open")
        self.start.clicked.connect(self.ask)
        self.reason = self._line("blind.reason", _("Why it has to be known"))
        self.shown = self._line("blind.shown", _("What the code showed"))
        self.password = self._line("blind.password", _("Your password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.note = Note(self)
        self.seen = label(kind="strong", parent=self, wrap=True)
        self.seen.setObjectName("blind.seen")
        self._lines = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Studies"), "strong", self), 1)
        head.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addLayout(self._lines)
        for widget in (self.reason, self.shown, self.password, self.note, self.seen):
            column.addWidget(widget)
        self.hide()

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        line.setMaxLength(500)
        line.returnPressed.connect(self._on_enter)
        line.hide()
        return line

    def show_patient(self, patient: Patient) -> None:
        """Show the studies of a patient; what was seen of another one is gone."""
        self._patient, self._studies = patient, ()
        self._close_fields()
        self.seen.setText("")
        self.seen.hide()
        self.hide()
        if patient.id:
            self._read()

    def _read(self) -> None:
        service, patient_id = self._desk.app.studies, self._patient.id

        def read() -> _Read:
            return _Read(service.of_patient(patient_id), service.openings(patient_id))

        def found(what: _Read) -> None:
            if patient_id == self._patient.id:
                self._show(what)

        self._desk.read(read, while_alive(self, found))

    def _show(self, what: _Read) -> None:
        self._studies = what.studies
        self.setVisible(bool(what.studies or what.openings))
        self.words.setText("\n".join(study_words(study) for study in what.studies))
        blinded = any(study.blinded for study in what.studies)
        self.start.setVisible(blinded and self._desk.app.studies.may_unblind)
        self._show_openings(what.openings)

    def _show_openings(self, openings: Sequence[Opening]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for opening in openings:
            line = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 2, 0, 2)
            row.setSpacing(12)
            row.addWidget(label(opening_words(opening), "label", line, wrap=True), 1)
            if self._desk.app.studies.may_unblind:
                look = Button(_("What it was…"), line, kind="small")
                look.clicked.connect(partial(self._ask_look, opening.id))
                row.addWidget(look)
            self._lines.addWidget(line)

    # --- opening and looking

    def ask(self) -> None:
        """Ask what opening the blind takes."""
        self._run = self._open
        for line in (self.reason, self.shown, self.password):
            line.setText("")
            line.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_look(self, opening_id: str) -> None:
        self._close_fields()
        self._looking, self._run = opening_id, self._look
        self.password.show()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_fields(self) -> None:
        for line in (self.reason, self.shown, self.password):
            line.setText("")
            line.hide()
        self.note.say("")

    def _on_enter(self) -> None:
        lines = [self.reason, self.shown, self.password]
        empty = next((x for x in lines if not x.isHidden() and not x.text().strip()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._run()

    def _open(self) -> None:
        service, patient_id = self._desk.app.studies, self._patient.id
        study = next((s for s in self._studies if s.blinded), None)
        if study is None:
            return
        reason, shown, password = self.reason.text(), self.shown.text(), self.password.text()
        self._close_fields()

        def done(_opening: Opening) -> None:
            self._desk.toast(_("That the blind was opened is on record."))
            self._read()

        self._desk.write(
            lambda: service.unblind(
                study, patient_id, shown=shown, reason=reason, password=password
            ),
            while_alive(self, done),
        )

    def _look(self) -> None:
        service, opening_id, patient_id = self._desk.app.studies, self._looking, self._patient.id
        password = self.password.text()
        self._close_fields()

        def done(shown: str) -> None:
            if patient_id == self._patient.id:
                self.seen.setText(_("It was: {product}").format(product=shown))
                self.seen.show()

        self._desk.write(lambda: service.shown(opening_id, password), while_alive(self, done))


def study_words(study: Study) -> str:
    """Return a study in a line: what the drug is called, whose it is, whom to tell."""
    hours = ""
    if study.protocol_hours is not None:
        hours = _("told within {n} hours").format(n=study.protocol_hours)
    drug = blinded_name(study) if study.blinded else study.title or ""
    parts = (drug, study.sponsor or "", study.sponsor_contact or "", hours)
    return ", ".join(part for part in parts if part)


def opening_words(opening: Opening) -> str:
    """Return who opened the blind, when and why."""
    return _("Blind opened {when} by {who}: {why}").format(
        when=show(opening.at) if opening.at is not None else _("at an unknown time"),
        who=opening.by,
        why=opening.reason,
    )

"""The pregnancies of one patient: written down, asked about, the report of a child begun."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer
from aeapp.domain.pregnancies import asking, pregnancy_words
from aeapp.domain.records import Patient, Pregnancy, Report
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from forms.alive import while_alive
from forms.desk import Desk
from forms.library.lists import time_of
from forms.library.record_form import RecordForm
from forms.reason_strip import ReasonStrip
from forms.widgets.buttons import Button
from forms.widgets.labels import label

PATHS = (
    "exposed",
    "last_period",
    "due_on",
    "learnt",
    "told_by",
    "ask_on",
    "outcome",
    "outcome_on",
    "child_affected",
    "note",
)


class PatientPregnancies(QWidget):
    """The pregnancies of one patient, and the form of the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient = Patient()
        self._child_of = ""
        self.start = Button(_("Pregnancy…"), self, kind="small", shortcut="Alt+G")
        self.start.setObjectName("patient.pregnancy")
        self.start.clicked.connect(self.ask)
        self.form = RecordForm(
            _("Pregnancy"), Pregnancy(), PATHS, desk, self, store=self._store, key="Alt+S"
        )
        self.form.saved.connect(self._on_saved)
        self.form.hide()
        self.strip = ReasonStrip(self)
        self.strip.answered.connect(self._on_child_event)
        self._lines = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Pregnancies"), "strong", self), 1)
        head.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._lines)
        column.addWidget(self.strip)
        column.addWidget(self.form)

    def _store(self, pregnancy: Pregnancy, reason: str) -> Pregnancy:
        return self._desk.app.pregnancies.save(pregnancy, reason)

    def show_patient(self, patient: Patient) -> None:
        """Show the pregnancies of a patient; a man has none, and nobody is asked of one."""
        self.leave()
        self._patient = patient
        self.form.hide()
        self.strip.hide()
        self.setVisible(patient.sex is not Sex.MALE)
        self.start.setEnabled(bool(patient.id))
        self._show(())
        if patient.id:
            self._read()

    def leave(self) -> None:
        """Store what was typed."""
        if not self.form.isHidden():
            self.form.leave()

    def ask(self) -> None:
        """Write down a new pregnancy."""
        self._edit(Pregnancy(patient_id=self._patient.id))

    def _edit(self, pregnancy: Pregnancy) -> None:
        self.form.show_record(pregnancy)
        self.form.show()
        self.form.focus_first()

    def _read(self) -> None:
        service, patient_id = self._desk.app.pregnancies, self._patient.id

        def read() -> tuple[tuple[Pregnancy, ...], str]:
            return service.of_patient(patient_id), service.registry_of(patient_id)

        def found(what: tuple[tuple[Pregnancy, ...], str]) -> None:
            if patient_id == self._patient.id:
                self._show(*what)

        self._desk.read(read, while_alive(self, found))

    def _show(self, pregnancies: Sequence[Pregnancy], registry: str = "") -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not pregnancies:
            self._lines.addWidget(label(_("None recorded."), "caption", self))
        for pregnancy in pregnancies:
            self._lines.addWidget(self._line(pregnancy))
        if registry and pregnancies:
            words = _("The label of esketamine names: {registry}").format(registry=registry)
            self._lines.addWidget(label(words, "caption", self, wrap=True))

    def _line(self, pregnancy: Pregnancy) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(label(line_words(pregnancy), "label", line, wrap=True), 1)
        if pregnancy.child_affected is Answer.YES:
            child = Button(_("Report of the child…"), line, kind="small")
            child.clicked.connect(partial(self._on_child, pregnancy.id))
            row.addWidget(child)
        change = Button(_("Change…"), line, kind="small")
        change.setAccessibleName(_("Change the pregnancy"))
        change.clicked.connect(partial(self._edit, pregnancy))
        row.addWidget(change)
        return line

    def _on_saved(self, _pregnancy: Pregnancy) -> None:
        self._read()

    def _on_child(self, pregnancy_id: str) -> None:
        self._child_of = pregnancy_id
        self.strip.ask(_("What event does the child have?"), [])

    def _on_child_event(self, words: str) -> None:
        service, pregnancy_id = self._desk.app.pregnancies, self._child_of

        def done(report: Report) -> None:
            self._desk.toast(_("Report {number} opened.").format(number=report.number or ""))
            self._desk.show_report(report.id)

        self._desk.write(
            lambda: service.open_child_report(pregnancy_id, words), while_alive(self, done)
        )


def line_words(pregnancy: Pregnancy) -> str:
    """Return a pregnancy in a line, with the day on which its outcome is asked for."""
    words = pregnancy_words(pregnancy)
    if not pregnancy.is_open:
        return words
    when = asking(pregnancy)
    if when.day is None:
        return _("{words}; to be asked, {why}").format(words=words, why=when.why)
    day = time_of(PartialDate.of(when.day))
    return _("{words}; to be asked {day}, {why}").format(words=words, day=day, why=when.why)

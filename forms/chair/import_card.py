"""Take a file of readings into the session: choose it, read what would happen, then do it whole.

The plan is made on a thread and nothing is stored before somebody says so.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.records import Observation
from aeapp.domain.vitals.intake.layouts import COLUMNS
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from aeapp.services.importing import (
    ImportedVitals,
    UnknownContentError,
    VitalsPlan,
    Whose,
    Wishes,
)
from forms.alive import while_alive
from forms.chair.column_mapper import ColumnMapper
from forms.chair.import_fields import ImportFields
from forms.chair.import_words import question_lines, summary_lines
from forms.desk import Desk
from forms.errors import ErrorCard, shown_as
from forms.progress import ProgressStrip
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label

KINDS = (
    "CSV, HL7, FHIR, Vital Recorder, Apple Health (*.csv *.txt *.hl7 *.json *.vital *.xml *.zip)"
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _whose_words(plan: VitalsPlan) -> str:
    """Return whose readings they may be; the number of the file is there to be compared."""
    number = plan.parsed.patient_number
    if plan.whose is Whose.OTHER:
        words = _("The file names another patient number than this chart: {number}. Same person?")
    elif number:
        words = _("The file names patient number {number}; this chart has none. Same person?")
    else:
        words = _("The file names a patient without a number to compare. Same person?")
    return words.format(number=number)


def _asked_words(number: int) -> str:
    if number == 1:
        return _("One reading to be looked at; Alt+Q goes there.")
    return _("{n} readings to be looked at; Alt+Q goes through them.").format(n=number)


class ImportCard(QFrame):
    """Asks for a file and shows its plan; hidden until it is asked for.

    Signals:
        taken: Readings were stored.
        left: The card was closed; the focus may go back.
    """

    taken = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("import")
        self.setAccessibleName(_("Import readings"))
        self._desk = desk
        self._work: SessionWork | None = None
        self._path: Path | None = None
        self._plan: VitalsPlan | None = None
        self._asked = 0
        self._titles = dict(desk.app.importing.layouts())
        self._mapping = ""
        self._error: ErrorCard | None = None
        self._progress = ProgressStrip(self)
        self.fields = ImportFields(desk.app.context.now, self._titles, self)
        self.file, self.layout_box = self.fields.file, self.fields.layout_box
        self.offset, self.began = self.fields.offset, self.fields.began
        self.other_day, self.same_patient = self.fields.other_day, self.fields.same_patient
        self.mapper = ColumnMapper(desk, self)
        self.reason = QLineEdit(self)
        self.plan = QPlainTextEdit(self)
        self.note = Note(self)
        self.apply = Button(_("Take in"), self, kind="main", shortcut="Ctrl+Return")
        self.close_button = Button(_("Close"), self, key="Esc")
        self._name_fields()
        self._build()
        self._connect()
        self.hide()

    # --- what the room uses

    def ask(self) -> None:
        """Show the card and ask for the file."""
        if self._work is None:
            return
        self._clear()
        self.show()
        self.file.setFocus()
        self._on_choose()

    def show_work(self, work: SessionWork) -> None:
        """Take another session; a plan for the one before is thrown away."""
        if self._work is not None and self._work.room.session.id != work.room.session.id:
            self.hide()
            self._clear()
        self._work = work
        self.reason.setVisible(work.over)

    def plan_file(self, path: Path) -> None:
        """Read a file and show what would happen."""
        self._path = path
        self._mapping = ""
        self.fields.show_file(path)
        self.mapper.hide()
        self._make_plan()

    # --- building

    def _name_fields(self) -> None:
        self.reason.setPlaceholderText(_("why they are added to a session that has ended"))
        self.reason.setAccessibleName(_("Reason of the amendment"))
        self.reason.setMaxLength(500)
        self.plan.setReadOnly(True)
        self.plan.setTabChangesFocus(True)
        self.plan.setAccessibleName(_("What the import would do"))
        self.plan.setMinimumHeight(px(140))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Import readings"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("Ctrl I", self))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.fields)
        for part in (self.mapper, self.plan, self._progress, self.reason, self.note):
            column.addWidget(part)
        column.addLayout(foot)
        self._column = column

    def _connect(self) -> None:
        self.file.clicked.connect(self._on_choose)
        self.fields.layout_chosen.connect(self._on_layout)
        self.fields.changed.connect(self._on_changed)
        self.mapper.planned.connect(self._on_mapped)
        self.mapper.refused.connect(self._show_error)
        self.mapper.left.connect(self._on_mapper_left)
        self.apply.clicked.connect(self._on_apply)
        self.close_button.clicked.connect(self._on_close)

    # --- the plan

    def _on_choose(self) -> None:
        self._desk.ask.open_file(_("Readings to import"), None, _(KINDS), self.plan_file)

    def _on_layout(self) -> None:
        self._mapping = ""
        if self.fields.layout_name == COLUMNS:
            self._ask_columns()
        else:
            self.mapper.hide()
            self._make_plan()

    def _on_changed(self) -> None:
        if self.mapper.isVisible():
            self.mapper.try_again()
        else:
            self._make_plan()

    def _wishes(self) -> Wishes | None:
        if self._work is None:
            return None
        try:
            return self.fields.wishes(self._work.room.session, self._mapping)
        except BadInputError as error:
            self.note.say(error.message, "wrong")
            return None

    def _make_plan(self) -> None:
        wishes, path, work = self._wishes(), self._path, self._work
        if wishes is None or path is None or work is None:
            return
        asked, importing, session = self._ask_anew(), self._desk.app.importing, work.room.session

        def done(plan: VitalsPlan) -> None:
            if asked == self._asked:
                self._show_plan(plan)

        def failed(error: BaseException) -> None:
            if asked == self._asked:
                self._on_refused(error)

        job = self._desk.runners.readers.start(
            lambda _progress: importing.plan(path, session, wishes),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, failed),
        )
        self._progress.watch(job, _("Reading the file"))

    def _ask_anew(self) -> int:
        """Throw the plan away; return by what the answer for the next one is known."""
        self._asked += 1
        self._plan = None
        self.apply.setEnabled(False)
        self._drop_error()
        return self._asked

    # --- columns that no layout knows

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, UnknownContentError):
            # What stands behind the first sentence is why a kept mapping was not tried.
            self._ask_columns(" ".join(error.lines()[1:]))
        else:
            self._show_error(error)

    def _ask_columns(self, untried: str = "") -> None:
        """Ask what the columns are; a file that has none is refused by the mapper."""
        path, work = self._path, self._work
        if path is None or work is None:
            return
        self._ask_anew()
        self.plan.clear()
        self.plan.hide()
        self.note.say(untried, "flag")
        self.mapper.open_file(path, work.room.session, self._wishes, self._mapping)

    def _on_mapped(self, text: str) -> None:
        self._mapping = text
        self._make_plan()

    def _on_mapper_left(self) -> None:
        self.mapper.hide()
        self.plan.show()
        self.file.setFocus()

    # --- what it would do

    def _show_plan(self, plan: VitalsPlan) -> None:
        self._plan = plan
        self.mapper.hide()
        self.plan.show()
        summary = plan.summary()
        self._say(summary)
        new = summary.observations - summary.already_here
        self.apply.setEnabled(new > 0)
        self.same_patient.setVisible(plan.whose in (Whose.OTHER, Whose.NOT_COMPARED))
        if not new:
            self.note.say(_("Nothing new is in the file."), "info")
        elif plan.asks_patient:
            self.apply.setEnabled(False)
            self.note.say(_whose_words(plan), "flag")
            self.same_patient.setFocus()
            return
        elif plan.far and not self.other_day.isChecked():
            self.apply.setEnabled(False)
            self.note.say(_("The readings lie on other days than the session."), "flag")
        elif summary.questioned:
            self.note.say(_asked_words(len(summary.questions)), "due")
        else:
            self.note.say(_("Nothing is stored before you press Take in."), "info")
        (self.apply if self.apply.isEnabled() else self.file).setFocus()

    def _say(self, summary: ImportedVitals) -> None:
        title = _(self._titles.get(summary.layout, summary.layout))
        zone = self._desk.app.context.zone
        told = [*question_lines(summary), *summary_lines(summary, title, zone), ""]
        told += map(_, summary.notes)
        self.plan.setPlainText("\n".join(told).strip())

    # --- doing it

    def _on_apply(self) -> None:
        plan, importing, work = self._plan, self._desk.app.importing, self._work
        if plan is None or work is None or not self.apply.isEnabled():
            return
        reason = self.reason.text().strip()
        if work.over and not reason:
            self.note.say(_("Say why they are added now: the session has ended."), "wrong")
            self.reason.setFocus()
            return
        self.apply.setEnabled(False)
        session_id, sessions = work.room.session.id, self._desk.app.sessions
        look, mapping = self.mapper.look, plan.wishes.mapping if self.mapper.keeps else ""

        def store() -> tuple[ImportedVitals, tuple[Observation, ...]]:
            known = {one.id for one in sessions.room(session_id).observations}
            summary = importing.apply(plan, reason)
            if mapping and look is not None:
                importing.keep_mapping(look, mapping)
            after = sessions.room(session_id).observations
            return summary, tuple(one for one in after if one.id not in known)

        def done(made: tuple[ImportedVitals, tuple[Observation, ...]]) -> None:
            # Undo takes the whole file back; without this it would take what was entered before it.
            work.course.took_in(made[1])
            self._on_taken(made[0])

        def failed(_error: BaseException) -> None:
            self.apply.setEnabled(True)

        self._desk.write(store, while_alive(self, done), failed)

    def _on_taken(self, summary: ImportedVitals) -> None:
        self._plan = None
        self._say(summary)
        asked = len(summary.questions)
        self.note.say(_asked_words(asked) if asked else _("Taken in."), "due" if asked else "ok")
        new = summary.observations - summary.already_here
        self._desk.toast(_("{n} readings imported.").format(n=new))
        self.taken.emit()
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        elif event.key() in _ENTER and self.focusWidget() is self.apply:
            self._on_apply()
        else:
            super().keyPressEvent(event)

    def _on_close(self) -> None:
        self.hide()
        self._clear()
        self.left.emit()

    def _clear(self) -> None:
        self._asked += 1
        self._path, self._plan, self._mapping = None, None, ""
        self.fields.clear()
        self.mapper.hide()
        self.reason.clear()
        self.plan.clear()
        self.plan.show()
        self.note.say("")
        self.apply.setEnabled(False)
        self._drop_error()

    def _show_error(self, error: BaseException) -> None:
        self._drop_error()
        self._error = ErrorCard(shown_as(error), self)
        self._column.insertWidget(2, self._error)
        self.plan.clear()

    def _drop_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None

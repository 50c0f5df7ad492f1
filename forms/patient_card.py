"""The chart of one patient: facts, allergies, medicines, sessions; edited in place.

What was typed is stored by Save, and on leaving the patient, so nothing is thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from aeapp.domain import lens
from aeapp.domain.findings import Severity
from aeapp.domain.records import Patient, Session
from aeapp.domain.records.patient import Medicine
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from forms.desk import Desk
from forms.session_header import age_words, known, name_words
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.labels import hairline, label
from forms.widgets.registry import widget_for
from forms.widgets.why import Why, WhyLine

PERSON = ("name", "code", "birth_date", "sex", "phone", "address", "record_number", "race")
HISTORY = ("allergies", "history")
MEDICINE = ("name", "dose", "ongoing")
STACKED_BELOW = 520
LEFT = "left without a reason given"


class PatientCard(QFrame):
    """Shows and edits one patient.

    Signals:
        saved: The patient is stored; carries the record.
        start_asked: A session is to begin; carries the patient's id.
        session_asked: A session is to be opened; carries its id.
    """

    saved = Signal(object)
    start_asked = Signal(str)
    session_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Chart of the patient"))
        self._desk = desk
        self.editor: Editor[Patient] = Editor(Patient())
        self.fields: dict[str, FieldWidget] = {}
        self._medicine_fields: dict[str, FieldWidget] = {}
        self._saving = False
        self._name = label(kind="heading", parent=self)
        self._code = label(kind="id", parent=self)
        self._facts = label(kind="label", parent=self)
        self.start = Button(_("New session"), self, key="F2")
        self.start.clicked.connect(self._on_start)
        self.save_button = Button(_("Save"), self, kind="main", shortcut="Ctrl+S")
        self.save_button.setObjectName("patient.save")
        self.save_button.clicked.connect(self.save)
        self._state = label(kind="caption", parent=self)
        self.why = WhyLine(self)
        self.why.picked.connect(self._on_why)
        self.why.hide()
        self._medicines = QVBoxLayout()
        self._sessions = QVBoxLayout()
        self._build()
        self.show_patient(Patient(), ())

    # --- what the place uses

    def show_patient(self, patient: Patient, sessions: Sequence[Session]) -> None:
        """Show a patient; one without an id is new."""
        self.leave()
        self.editor = Editor(patient)
        self.editor.subscribe(self._on_changed)
        self.why.hide()
        self._show_medicines()
        self._show_sessions(sessions)
        self._on_changed(frozenset({""}))
        self._scroll.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Store what was changed, as when another patient is looked at."""
        self._take_in()
        if self.editor.dirty and not self._saving:
            self._write(LEFT if self.editor.saved.version else "")

    def focus_first(self) -> None:
        """Put the cursor into the name."""
        self.fields["name"].focus_editor()

    def save(self) -> None:
        """Store the patient; a change of something stored before is asked for its reason."""
        self._take_in()
        if not self.editor.dirty or self._saving:
            return
        changes = lens.diff(self.editor.saved, self.editor.model)
        overwrites = any(before is not None for before, _after in changes.values())
        if self.editor.saved.version and overwrites:
            self.why.show()
            self.why.ask()
            self._scroll.ensureWidgetVisible(self.why)
        else:
            self._write("")

    # --- building

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(8)
        self._add_fields(inner, PERSON)
        inner.addWidget(hairline(page))
        self._add_fields(inner, HISTORY)
        inner.addWidget(hairline(page))
        head = QHBoxLayout()
        head.addWidget(label(_("Medicines"), "strong", page))
        head.addStretch(1)
        add = Button(_("Add medicine"), page, kind="small", icon="add")
        add.setObjectName("patient.add_medicine")
        add.clicked.connect(self._on_add_medicine)
        head.addWidget(add)
        inner.addLayout(head)
        inner.addLayout(self._medicines)
        inner.addWidget(hairline(page))
        inner.addWidget(label(_("Sessions"), "strong", page))
        inner.addLayout(self._sessions)
        inner.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(hairline(self))
        column.addWidget(self._scroll, 1)
        column.addWidget(hairline(self))
        column.addLayout(self._foot())
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        redo = QShortcut(QKeySequence("Ctrl+Shift+Z"), self)
        for shortcut, run in ((undo, self._on_undo), (redo, self._on_redo)):
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._name)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self._code)
        second.addWidget(self._facts)
        second.addStretch(1)
        words.addLayout(second)
        row.addLayout(words, 1)
        row.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.why)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._state, 1)
        row.addWidget(self.save_button)
        foot.addLayout(row)
        return foot

    def _add_fields(self, column: QVBoxLayout, paths: Sequence[str]) -> None:
        for path in paths:
            field = self._field(path)
            self.fields[path] = field
            column.addWidget(field)

    def _field(self, path: str) -> FieldWidget:
        field = widget_for(self.editor.spec(path), path=path, now=self._desk.app.context.now)
        field.entered.connect(partial(self._on_entered, path))
        field.chosen.connect(partial(self._on_chosen, path))
        return field

    # --- showing

    def _on_changed(self, _paths: frozenset[str]) -> None:
        if len(self._medicine_fields) != len(MEDICINE) * len(self.editor.model.medicines):
            self._show_medicines()
        for path, field in {**self.fields, **self._medicine_fields}.items():
            field.show_value(self.editor.value(path), self.editor.text(path))
            problem = self.editor.problem(path)
            field.show_note(problem or "", Severity.BLOCKS if problem else None)
        patient = self.editor.model
        self._name.setText(name_words(patient) or _("New patient"))
        self._code.setText(patient.code or "")
        today = self._desk.app.context.today()
        facts = (age_words(patient.birth_date, today), known(patient.sex))
        self._facts.setText(", ".join(fact for fact in facts if fact))
        self.start.setVisible(bool(patient.id))
        self._show_state()

    def _show_state(self) -> None:
        if self._saving:
            words = _("Saving…")
        elif self.editor.dirty:
            words = _("Changed, not saved yet")
        else:
            words = _("Saved") if self.editor.saved.version else _("Nothing entered yet")
        self._state.setText(words)

    def _show_medicines(self) -> None:
        _empty(self._medicines)
        self._medicine_fields = {}
        medicines = self.editor.model.medicines
        if not medicines:
            self._medicines.addWidget(label(_("None entered."), "caption", self))
        for n in range(len(medicines)):
            self._medicines.addWidget(self._medicine_row(n))
        for path, field in self._medicine_fields.items():
            field.show_value(self.editor.value(path), self.editor.text(path))

    def _medicine_row(self, n: int) -> QWidget:
        row = QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        for name in MEDICINE:
            path = f"medicines[{n}].{name}"
            field = self._field(path)
            field.set_stacked(self.width() < px(STACKED_BELOW))
            self._medicine_fields[path] = field
            column.addWidget(field)
        remove = Button(_("Remove"), row, kind="small", icon="remove")
        remove.setAccessibleName(_("Remove medicine {number}").format(number=n + 1))
        remove.clicked.connect(partial(self._on_remove_medicine, n))
        column.addWidget(remove, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _show_sessions(self, sessions: Sequence[Session]) -> None:
        _empty(self._sessions)
        if not sessions:
            self._sessions.addWidget(label(_("No sessions yet."), "caption", self))
        for session in sessions:
            self._sessions.addWidget(self._session_row(session))

    def _session_row(self, session: Session) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(label(known(session.started), "figures", line))
        row.addWidget(label(known(session.route), "label", line))
        row.addWidget(label(known(session.ending) or _("running"), "caption", line), 1)
        row.addWidget(label(session.number or "", "id", line))
        button = Button(_("Open"), line, kind="small")
        button.setAccessibleName(_("Open session {number}").format(number=session.number))
        button.clicked.connect(partial(self.session_asked.emit, session.id))
        row.addWidget(button)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for field in (*self.fields.values(), *self._medicine_fields.values()):
            field.set_stacked(self.width() < px(STACKED_BELOW))

    # --- editing

    def _on_entered(self, path: str, text: str) -> None:
        self.editor.enter(path, text)
        self.editor.close_step()

    def _on_chosen(self, path: str, value: object) -> None:
        self.editor.set(path, value)
        self.editor.close_step()

    def _on_add_medicine(self) -> None:
        medicines = self.editor.model.medicines
        self.editor.set("medicines", (*medicines, Medicine()))
        self._medicine_fields[f"medicines[{len(medicines)}].name"].focus_editor()

    def _on_remove_medicine(self, n: int) -> None:
        medicines = self.editor.model.medicines
        self.editor.set("medicines", (*medicines[:n], *medicines[n + 1 :]))

    def _on_undo(self) -> None:
        self.editor.undo()

    def _on_redo(self) -> None:
        self.editor.redo()

    def _on_start(self) -> None:
        self.start_asked.emit(self.editor.saved.id)

    # --- storing

    def _take_in(self) -> None:
        """Have the field with the cursor hand over its text, as if it were left."""
        for field in [w for w in self.findChildren(QWidget) if w.hasFocus()]:
            field.clearFocus()
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_why(self, why: Why) -> None:
        self.why.hide()
        self._write(why.value)
        self.save_button.setFocus()

    def _write(self, reason: str) -> None:
        editor = self.editor
        written = editor.hand_over()
        blank = Medicine()
        kept = tuple(m for m in written.medicines if lens.diff(blank, m))
        patients = self._desk.app.patients
        self._saving = True

        def done(stored: Patient) -> None:
            self._saving = False
            editor.mark_saved(stored)
            if editor is self.editor:
                self._show_state()
            self._desk.toast(_("Patient {code} saved.").format(code=stored.code or ""))
            self.saved.emit(stored)

        def failed(_error: BaseException) -> None:
            self._saving = False
            self._show_state()

        to_store = replace(written, medicines=kept)
        self._desk.write(lambda: patients.save(to_store, reason=reason), done, failed)
        self._show_state()


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()

"""The chart of one patient: facts, allergies, medicines, sessions; edited in place.

What was typed is stored by Save, and on leaving the patient, so nothing is thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain import lens
from aeapp.domain.chair.exposure import Exposure, exposure_words
from aeapp.domain.records import Patient, Session
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import N_, _
from forms import fonts
from forms.chair.patient_blind import PatientBlind
from forms.chair.patient_calls import PatientCalls
from forms.chair.patient_events import PatientEvents
from forms.chair.patient_pregnancies import PatientPregnancies
from forms.desk import Desk
from forms.edited import hand_over_focused, show_texts
from forms.models.paged import Column
from forms.patient_parts import CONDITIONS, MEDICINES, PartRows, without_blanks
from forms.scales.patient_scales import ScalesOfPatient
from forms.session_header import age_words, known, name_words
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.history_table import HistoryTable
from forms.widgets.labels import hairline, label
from forms.widgets.registry import widget_for
from forms.widgets.scrolling import FollowingScroll
from forms.widgets.why import Why, WhyLine

PERSON = (
    "name",
    "code",
    "birth_date",
    "sex",
    "phone",
    "address",
    "record_number",
    "race",
    "height",
)
HISTORY = ("allergies", "history")
STACKED_BELOW = 520
LEFT = "left without a reason given"


def _id_of(session: Session) -> str:
    return session.id


SESSIONS: tuple[Column[Session], ...] = (
    Column(head=N_("Started"), text=lambda s: known(s.started)),
    Column(head=N_("Route"), text=lambda s: known(s.route)),
    Column(head=N_("Ended"), text=lambda s: known(s.ending) or _("running")),
    Column(head=N_("Number"), text=lambda s: s.number or "", font=lambda _s: fonts.sized("id")),
)
SESSION_WIDTHS = (166, 120, 0, 150)


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
        self._exposure = label(kind="label", parent=self, wrap=True)
        self._exposure.setObjectName("patient.exposure")
        self.lists = tuple(PartRows(kind, self._field, self) for kind in (CONDITIONS, MEDICINES))
        for rows in self.lists:
            rows.changed.connect(self._on_list)
        self.sessions: HistoryTable[Session] = HistoryTable(
            _("Sessions"),
            _("No sessions yet."),
            SESSIONS,
            widths=SESSION_WIDTHS,
            id_of=_id_of,
            parent=self,
        )
        self.sessions.table.opened.connect(self._on_session)
        self.calls = PatientCalls(desk, self)
        self.events = PatientEvents(desk, self)
        self.blind = PatientBlind(desk, self)
        self.scales = ScalesOfPatient(desk, self)
        self.pregnancies = PatientPregnancies(desk, self)
        self._build()
        self.show_patient(Patient(), ())

    # --- what the place uses

    def show_patient(
        self,
        patient: Patient,
        sessions: Sequence[Session],
        exposure: Sequence[Exposure] = (),
    ) -> None:
        """Show a patient; one without an id is new."""
        self.leave()
        self.editor = Editor(patient)
        self.editor.subscribe(self._on_changed)
        self.why.hide()
        for rows in self.lists:
            rows.show_editor(self.editor)
        self.sessions.show_lines(sessions)
        words = "\n".join(exposure_words(one) for one in exposure)
        self._exposure.setText(words or _("Nothing was given yet."))
        self.calls.show_patient(patient)
        self.events.show_patient(patient, sessions)
        self.pregnancies.show_patient(patient)
        self.blind.show_patient(patient)
        self.scales.show_patient(patient)
        self._on_changed(frozenset({""}))
        self._scroll.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Store what was changed, as when another patient is looked at."""
        self.pregnancies.leave()
        hand_over_focused(self)
        if self.editor.dirty and not self._saving:
            self._write(LEFT if self.editor.saved.version else "")

    def focus_first(self) -> None:
        """Put the cursor into the name."""
        self.fields["name"].focus_editor()

    def call(self) -> None:
        """Ask what a call asks, as soon as it is known which one is due."""
        self.calls.ask()

    def save(self) -> None:
        """Store the patient; a change of something stored before is asked for its reason."""
        hand_over_focused(self)
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

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(8)
        inner.addWidget(self.calls.card)
        inner.addWidget(self.events.card)
        inner.addWidget(self.scales.card)
        inner.addWidget(self.scales.strip)
        self._add_fields(inner, PERSON)
        inner.addWidget(hairline(page))
        self._add_fields(inner, HISTORY)
        inner.addWidget(hairline(page))
        for rows in self.lists:
            inner.addWidget(rows)
        inner.addWidget(hairline(page))
        inner.addWidget(label(_("Exposure"), "strong", page))
        inner.addWidget(self._exposure)
        inner.addWidget(label(_("Sessions"), "strong", page))
        inner.addWidget(self.sessions)
        inner.addWidget(hairline(page))
        inner.addWidget(self.scales)
        inner.addWidget(hairline(page))
        inner.addWidget(self.events)
        inner.addWidget(hairline(page))
        inner.addWidget(self.pregnancies)
        inner.addWidget(self.blind)
        inner.addWidget(hairline(page))
        inner.addWidget(self.calls)
        inner.addStretch(1)
        return page

    def _build(self) -> None:
        self._scroll = FollowingScroll(self)
        self._scroll.setWidget(self._page())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(hairline(self))
        column.addWidget(self._scroll, 1)
        column.addWidget(hairline(self))
        column.addLayout(self._foot())
        keys = {
            "Ctrl+Z": self._on_undo,
            "Ctrl+Shift+Z": self._on_redo,
            "Ctrl+Y": self._on_redo,
            "Ctrl+Return": self.save,
            "Ctrl+Enter": self.save,
        }
        for sequence, run in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
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
        field.set_stacked(self.width() < px(STACKED_BELOW))
        field.entered.connect(partial(self._on_entered, path))
        field.chosen.connect(partial(self._on_chosen, path))
        return field

    # --- showing

    def _on_changed(self, _paths: frozenset[str]) -> None:
        for rows in self.lists:
            rows.follow()
        show_texts(self.editor, self._every_field())
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

    def _every_field(self) -> dict[str, FieldWidget]:
        return self.fields | {p: f for rows in self.lists for p, f in rows.fields.items()}

    def _on_session(self, row: int) -> None:
        self.session_asked.emit(self.sessions.lines[row].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for field in self._every_field().values():
            field.set_stacked(self.width() < px(STACKED_BELOW))

    # --- editing

    def _on_entered(self, path: str, text: str) -> None:
        self.editor.enter(path, text)
        self.editor.close_step()

    def _on_chosen(self, path: str, value: object) -> None:
        self.editor.set(path, value)
        self.editor.close_step()

    def _on_list(self, name: str, members: object) -> None:
        self.editor.set(name, members)

    def _on_undo(self) -> None:
        self.editor.undo()

    def _on_redo(self) -> None:
        self.editor.redo()

    def _on_start(self) -> None:
        self.start_asked.emit(self.editor.saved.id)

    # --- storing

    def _on_why(self, why: Why) -> None:
        self.why.hide()
        self._write(why.value)
        self.save_button.setFocus()

    def _write(self, reason: str) -> None:
        editor = self.editor
        written = editor.hand_over()
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

        to_store = without_blanks(written)
        self._desk.write(lambda: patients.save(to_store, reason=reason), done, failed)
        self._show_state()

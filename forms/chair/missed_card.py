"""What was missed in a session that has ended: a row of readings, an event, a line, a dose.

Each is told with its time and why it comes now; it is stored as an amendment and shown as one.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.clinic import ObservationStatus, Setting
from aeapp.domain.codelists.safety import DrugRole, Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.records import Administration, Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import weight_of
from aeapp.domain.vitals.typing import COLUMNS, read_row
from aeapp.kernel.i18n import N_, _
from forms.chair.dose_fields import DoseFields, Setup
from forms.chair.field_error import FieldError
from forms.chair.moment_typed import told_moment
from forms.chair.severities import SEVERITIES, severity_words
from forms.now import Now
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.entry import named_line
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
READINGS, EVENT, ACTION, NOTE, DOSE, RESCUE = (
    "readings",
    "event",
    "action",
    "note",
    "dose",
    "rescue",
)
# What may have been missed: its words and its letter.
KINDS: dict[str, tuple[str, str]] = {
    READINGS: (N_("Readings"), "R"),
    EVENT: (N_("Event"), "E"),
    ACTION: (N_("Intervention"), "I"),
    NOTE: (N_("Note"), "N"),
    DOSE: (N_("Dose"), "D"),
    RESCUE: (N_("Rescue medicine"), "M"),
}
_NOTES = {ACTION: NoteKind.INTERVENTION, NOTE: NoteKind.NOTE}
_ROLES = {DOSE: None, RESCUE: DrugRole.TREATMENT}


class MissedCard(QFrame):
    """Takes one missed entry; hidden until it is asked for.

    Signals:
        readings_told: A row of readings; carries them, their time and why.
        event_told: An event; carries words, severity, onset and why.
        line_told: An intervention or note; carries words, kind, time and why.
        dose_told: A dose; carries a ``NewDose`` and why.
        left: Esc was pressed.
    """

    readings_told = Signal(object, object, str)
    event_told = Signal(str, object, object, str)
    line_told = Signal(str, object, object, str)
    dose_told = Signal(object, str)
    left = Signal()

    def __init__(self, now: Now, by: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("missed")
        self.setAccessibleName(_("Add what was missed"))
        self._now, self._by = now, by
        self._session = Session()
        self._kind = READINGS
        self._severity: Severity | None = None
        options = [Option(value=k, text=_(w), key=letter) for k, (w, letter) in KINDS.items()]
        self.kinds = ChipRow(options, self)
        self.kinds.name_all(_("What was missed"))
        self.kinds.picked.connect(self._on_kind)
        self.at = named_line(
            "missed.at", _("Time"), 40, self, ghost=_("14:40, -12 or 2026-11-23 14:40")
        )
        self.words = named_line(
            "missed.words", _("What it was"), 1000, self, ghost=_("in a few words")
        )
        self.cells = {c.kind: self._cell(c.kind.value, c.title) for c in COLUMNS}
        self.severity = ChipRow(
            [Option(value=s, text=severity_words(s), key=s.value) for s in SEVERITIES], self
        )
        self.severity.name_all(_("Severity"))
        self.severity.picked.connect(self._on_severity)
        words = _("why it is right, in a few words")
        self.right = named_line(
            "missed.right", _("Why these readings are right"), 500, self, ghost=words
        )
        self.fields = DoseFields(self)
        # A weight is a reading: it is told as one.
        self.fields.leave_weight_out()
        self.reason = named_line(
            "missed.reason", _("Why it comes now"), 500, self, ghost=_("in a few words")
        )
        self.note = Note(self)
        self.save = Button(_("Add"), self, kind="main", key="Enter")
        self.save.setObjectName("missed.save")
        self.save.clicked.connect(self._on_save)
        self._build()
        self._show_kind()
        self.hide()

    def _cell(self, name: str, title: str) -> QLineEdit:
        cell = named_line(f"missed.{name}", title, 12, self)
        cell.setFixedWidth(px(76))
        return cell

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Add what was missed"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("Esc", self))
        head.addWidget(label(_("leave"), "caption", self))
        self._row = QWidget(self)
        flow = FlowLayout(self._row, gap=8)
        for column in COLUMNS:
            flow.addWidget(self._captioned(self.cells[column.kind], column.title))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.save)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(12, 10, 12, 12)
        column_.setSpacing(8)
        column_.addLayout(head)
        for part in (
            self.kinds,
            self._captioned(self.at, self.at.accessibleName()),
            self._row,
            self.right,
            self.words,
            self.severity,
            self.fields,
            self._captioned(self.reason, self.reason.accessibleName()),
        ):
            column_.addWidget(part)
        column_.addLayout(foot)

    def _captioned(self, field: QLineEdit, words: str) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        caption = label(words, "label", box)
        caption.setBuddy(field)
        column.addWidget(caption)
        column.addWidget(field)
        return box

    # --- what the room uses

    def show_work(self, work: SessionWork) -> None:
        """Follow the session; what is typed stays."""
        other = work.room.session.id != self._session.id
        self._session = work.room.session
        loaded = work.loaded
        self.fields.show_weight(weight_of(work.room.observations))
        if other or not work.over:
            self.hide()
        if self.isHidden():
            self.fields.show_library(
                tuple(work.products.values()),
                loaded.lots,
                loaded.offer.open_lots,
                self._now().date(),
            )

    def ask(self) -> None:
        """Begin with an empty entry; a letter says what was missed."""
        self.right.hide()
        for line in (self.at, self.words, self.right, self.reason, *self.cells.values()):
            line.setText("")
        at_home = self._session.setting is Setting.HOME
        self.fields.fill(Setup(route=None, last=None, at_home=at_home, by=self._by))
        self._on_severity(None)
        self.note.say("")
        self.show()
        self._show_kind()
        self.kinds.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the choice of what was missed."""
        self.kinds.focus_first()

    # --- choosing

    def _on_kind(self, kind: object) -> None:
        self._kind = str(kind)
        self.note.say("")
        self._show_kind()
        self.at.setFocus()

    def _show_kind(self) -> None:
        kind = self._kind
        self.kinds.show_chosen(frozenset({kind}))
        self._row.setVisible(kind == READINGS)
        self.right.hide()
        self.words.setVisible(kind in (EVENT, *_NOTES))
        self.severity.setVisible(kind == EVENT)
        self.fields.setVisible(kind in _ROLES)

    def _on_severity(self, severity: object) -> None:
        self._severity = severity if isinstance(severity, Severity) else None
        chosen = frozenset() if self._severity is None else frozenset({self._severity})
        self.severity.show_chosen(chosen)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_save(confirmed=True)
        elif event.key() in _ENTER:
            self._on_enter()
        else:
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        """Go on to what is asked next; from the reason, add it."""
        if self.reason.hasFocus():
            self._on_save()
        elif self.right.hasFocus() and self.reason.text().strip():
            self._on_save(confirmed=True)
        elif self.at.hasFocus():
            self._first().setFocus()
        else:
            field = self.fields.focused()
            onward = self.fields.after_enter(field) if field is not None else None
            (onward or self.reason).setFocus()

    def _first(self) -> QWidget:
        if self._kind == READINGS:
            return next(iter(self.cells.values()))
        return self.fields.product if self._kind in _ROLES else self.words

    def _wrong(self, field: QWidget, sentence: str) -> None:
        self.note.say(sentence, "wrong")
        field.setFocus()

    # --- reading

    def _on_save(self, *_pressed: object, confirmed: bool = False) -> None:
        at = told_moment(self.at.text(), self._session.started, self._now())
        reason = " ".join(self.reason.text().split())
        # Nobody knowing when is an answer for an event; what was measured or given has its time.
        timed = at if isinstance(at, PartialDate) else None
        if at is None or (timed is None and self._kind != EVENT):
            self._wrong(self.at, _("Type a time that is past, such as 14:40."))
        elif timed is not None and self._kind == READINGS:
            self._take_readings(timed, reason, confirmed=confirmed)
        elif timed is not None and self._kind in _ROLES:
            self._take_dose(timed, reason)
        elif not self.words.text().strip():
            self._wrong(self.words, _("Say what it was."))
        elif self._has(reason):
            words = " ".join(self.words.text().split())
            self.hide()
            if self._kind == EVENT:
                self.event_told.emit(words, self._severity, at, reason)
            else:
                self.line_told.emit(words, _NOTES[self._kind], at, reason)

    def _has(self, reason: str) -> bool:
        if not reason:
            self._wrong(self.reason, _("Say in a few words why it comes now."))
        return bool(reason)

    def _take_readings(self, at: PartialDate, reason: str, *, confirmed: bool) -> None:
        """Take the row by the rule of the row being typed: a doubt is overruled by saying why."""
        row = read_row({kind: cell.text() for kind, cell in self.cells.items()}, COLUMNS)
        right = " ".join(self.right.text().split())
        self.right.setVisible(bool(row.doubts) and not row.unread)
        if row.unread or (row.doubts and not right):
            kind, sentence = next(iter((row.unread or row.doubts).items()))
            if not row.unread:
                sentence += " " + _("If it is right, say why and press Ctrl Enter.")
            ask = self.right if confirmed and not row.unread else self.cells[kind]
            self._wrong(ask, f"{self.cells[kind].accessibleName()}: {sentence}")
        elif not row.readings:
            self._wrong(self._first(), _("Type at least one reading."))
        elif self._has(reason):
            self.hide()
            found = [_meant(r, right) if r.kind in row.doubts else r for r in row.readings]
            self.readings_told.emit(tuple(found), at, reason)

    def _take_dose(self, at: PartialDate, reason: str) -> None:
        try:
            dose = self.fields.read(Administration(started=at, role=_ROLES[self._kind]))
        except FieldError as error:
            self.fields.was_told(error)
            self._wrong(error.field, error.message)
            return
        if self._has(reason):
            self.hide()
            self.dose_told.emit(dose, reason)


def _meant(reading: Observation, reason: str) -> Observation:
    return replace(reading, status=ObservationStatus.VALID, status_reason=reason)

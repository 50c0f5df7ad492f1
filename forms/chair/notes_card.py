"""Notes and actions of a session: what was seen, done, used; rescue medicine stands among them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.chair.amendments import amended_ids
from aeapp.domain.chair.quick_notes import QUICK, QuickNote
from aeapp.domain.codecs import show
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.records import Administration, Note
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.chair.note_lines import Entry, NoteLines
from forms.chair.score_lines import score_entries
from forms.models.vitals import time_words
from forms.now import Now, shifted
from forms.session_work import SessionWork
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

KINDS = (NoteKind.NOTE, NoteKind.INTERVENTION, NoteKind.EQUIPMENT)


class NoteLine(QLineEdit):
    """Takes a note; while it is empty a digit writes a quick line, and Alt with arrows shifts.

    Signals:
        digit: A digit was pressed in the empty line.
        down: The lines below come next.
        shifted: The time is to be moved by minutes.
    """

    digit = Signal(str)
    shifted = Signal(int)
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if alt and step:
            self.shifted.emit(step)
        elif step > 0:
            self.down.emit()
        elif not self.text() and event.text() in {q.digit for q in QUICK}:
            self.digit.emit(event.text())
        else:
            super().keyPressEvent(event)


class NotesCard(QFrame):
    """Lists what was noted, the newest first, and takes a line.

    Signals:
        noted: A line is to be kept; carries words, kind and time.
        struck: A line or a score is a slip; carries it and why.
        corrected: A line has other words; carries it, the words and why.
        files_asked: The list of files is wanted.
        scale_asked: A scale is to be filled in.
        left: Esc was pressed.
    """

    files_asked = Signal()
    scale_asked = Signal()
    noted = Signal(str, object, object)
    struck = Signal(object, str)
    corrected = Signal(object, str, str)
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("notes")
        self.setAccessibleName(_("Notes and actions"))
        self._now = now
        self._zero: PartialDate | None = None
        self._shift = 0
        self._shown: object = None
        self._kind = NoteKind.NOTE
        self.line = NoteLine(self)
        self.line.setObjectName("notes.line")
        self.line.setMaxLength(1000)
        self.line.setPlaceholderText(_("what happened; a digit for a quick line"))
        self.line.setAccessibleName(_("New note"))
        self.line.returnPressed.connect(self._on_entered)
        self.line.digit.connect(self._on_digit)
        self.line.shifted.connect(self._on_shifted)
        self.quick = ChipRow([Option(value=q, text=_(q.words), key=q.digit) for q in QUICK], self)
        self.quick.name_all(_("Quick lines"))
        self.quick.picked.connect(self._on_quick)
        self.kinds = ChipRow([Option(value=k, text=_(k.words)) for k in KINDS], self)
        self.kinds.name_all(_("Kind of the note"))
        self.kinds.picked.connect(self._on_kind)
        self._time = label(kind="caption", parent=self)
        self._entry = QWidget(self)
        self._more = QWidget(self._entry)
        self.lines = NoteLines(self)
        self.lines.struck.connect(self.struck)
        self.lines.corrected.connect(self.corrected)
        self.lines.left_upward.connect(self._to_line)
        self.line.down.connect(self.lines.focus_first)
        self._remark = label(kind="label", parent=self, wrap=True)
        self._build()
        self._reset()
        self._show_entries([], "")
        self._more.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _build(self) -> None:
        head = QHBoxLayout()
        # Two lines where the buttons leave it no more.
        head.addWidget(label(_("Notes and actions"), "strong", self, wrap=True), 1)
        self.files = Button(_("Files…"), self, kind="small", key="Alt F")
        self.files.setObjectName("notes.files")
        self.files.setAccessibleName(_("Files of the session"))
        self.files.clicked.connect(self.files_asked)
        self.scale = Button(_("Scale…"), self, kind="small", key="F8")
        self.scale.setObjectName("notes.scale")
        self.scale.setAccessibleName(_("Scale from paper"))
        self.scale.clicked.connect(self.scale_asked)
        head.addWidget(KeyCap("F7", self))
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.scale)
        ways.addWidget(self.files)
        ways.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._time)
        foot.addWidget(KeyCap("Alt ↑", self._entry))
        foot.addWidget(label(_("1 min earlier"), "caption", self._entry))
        foot.addStretch(1)
        entry = QVBoxLayout(self._entry)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.setSpacing(6)
        entry.addWidget(self.line)
        entry.addWidget(self._more)
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(6)
        more.addLayout(foot)
        more.addWidget(self.kinds)
        more.addWidget(self.quick)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(ways)
        column.addWidget(self._entry)
        column.addWidget(self.lines)
        column.addWidget(self._remark)
        column.addStretch(1)

    # --- showing

    def show_work(self, work: SessionWork) -> None:
        """Show what was noted; a closed session takes no new line here."""
        room = work.room
        names = {p.id: p.name or "" for p in work.products.values()}
        amended = amended_ids(room.notes)
        entries = _notes(room.notes, work.zero, amended)
        entries += _rescue(room.administrations, names, work.zero)
        entries += score_entries(work, amended)
        self._zero = work.zero
        self._show_entries(entries, room.session.note or "")
        self._entry.setVisible(not work.over)

    def tick(self) -> None:
        """Show the minute that a line gets now."""
        self._show_time()

    def focus_first(self) -> None:
        """Put the cursor into the new line, or on the newest one where none is taken any more."""
        if self._entry.isHidden():
            self.lines.focus_first()
        else:
            self.line.setFocus()

    def _to_line(self) -> None:
        if not self._entry.isHidden():
            self.line.setFocus()

    def _show_entries(self, entries: list[Entry], remark: str) -> None:
        entries.sort(key=lambda e: e.order, reverse=True)
        shown = (entries, self._zero, remark)
        if shown == self._shown:
            return
        self._shown = shown
        self.lines.show_entries(entries)
        self._remark.setText(_("Remark: {words}").format(words=remark) if remark else "")
        self._remark.setVisible(bool(remark))

    def _show_time(self) -> None:
        words = time_words(self.at)
        minute = minute_words(self._zero, self.at)
        self._time.setText(f"{words}, {minute}" if minute else words)

    # --- entering

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Offer quick lines and kinds only to somebody who is about to write."""
        if new is not None:
            self._more.setVisible(self.isAncestorOf(new))

    @property
    def at(self) -> PartialDate:
        """Return the minute that the line gets."""
        moment = shifted(self._now(), self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def _reset(self) -> None:
        self._shift = 0
        # Not clear(), which Ctrl+Z would take back before anything else.
        self.line.setText("")
        self._on_kind(NoteKind.NOTE)
        self._show_time()

    def _on_kind(self, kind: object) -> None:
        if isinstance(kind, NoteKind):
            self._kind = kind
        self.kinds.show_chosen(frozenset({self._kind}))

    def _on_shifted(self, minutes: int) -> None:
        self._shift = min(0, self._shift + minutes)
        self._show_time()

    def _on_digit(self, digit: str) -> None:
        self._on_quick(next(q for q in QUICK if q.digit == digit))

    def _on_quick(self, quick: object) -> None:
        self.quick.show_chosen(frozenset())
        if not isinstance(quick, QuickNote):
            return
        if quick.open_end:
            self.line.setText(f"{_(quick.words)} ")
            self._on_kind(quick.kind)
            self.line.setFocus()
        else:
            self._keep(_(quick.words), quick.kind)

    def _on_entered(self) -> None:
        words = " ".join(self.line.text().split())
        if words:
            self._keep(words, self._kind)

    def _keep(self, words: str, kind: NoteKind) -> None:
        at = self.at
        self._reset()
        self.noted.emit(words, kind, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _notes(notes: Iterable[Note], zero: PartialDate | None, amended: frozenset[str]) -> list[Entry]:
    found = []
    for note in notes:
        at = note.at if isinstance(note.at, PartialDate) else None
        kind = _(note.kind.words).lower() if note.kind and note.kind is not NoteKind.NOTE else ""
        saved = "" if note.version else _("saving…")
        struck = note.struck_reason
        reason = _("struck through: {reason}").format(reason=struck) if struck else ""
        late = _("amended") if note.id in amended else ""
        parts = (reason, kind, late, note.by or "", time_words(at), saved)
        second = ", ".join(part for part in parts if part)
        minute = minute_words(zero, at) or time_words(at)
        words = note.words or ""
        found.append(Entry(_order(at, note.id), minute, words, second, bool(struck), note))
    return found


def _rescue(
    givings: Iterable[Administration], names: dict[str, str], zero: PartialDate | None
) -> list[Entry]:
    found = []
    for giving in givings:
        if giving.role is not DrugRole.TREATMENT:
            continue
        at = giving.started if isinstance(giving.started, PartialDate) else None
        unit = giving.dose_unit.symbol if giving.dose_unit else ""
        name = giving.package.name or names.get(giving.product_id, "")
        words = " ".join(part for part in (name, show(giving.dose), unit) if part)
        lot = _("lot {lot}").format(lot=giving.package.lot) if giving.package.lot else ""
        struck = giving.struck_reason
        reason = _("struck through: {reason}").format(reason=struck) if struck else ""
        parts = (reason, _("rescue medicine"), lot, giving.given_by or "", time_words(at))
        second = ", ".join(part for part in parts if part)
        minute = minute_words(zero, at) or time_words(at)
        found.append(Entry(_order(at, giving.id), minute, words, second, bool(struck)))
    return found


def _order(at: PartialDate | None, record_id: str) -> str:
    return f"{at.sort_key() if at else ''} {record_id or '~'}"

"""The lines of a session as rows that keys walk: a wrong one is struck through or corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.records import Note, Score
from aeapp.kernel.i18n import _
from forms.reason_strip import ReasonStrip
from forms.scales.words import STRUCK_BECAUSE, WHY_STRUCK
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.emptied import emptied
from forms.widgets.labels import hairline, label
from forms.widgets.ringed import RingedFrame

_MINUTE = 44
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One line as shown.

    Attributes:
        minute: When it was, as the first column says it.
        record: The line or the score itself; None for what is changed elsewhere, such as a rescue
            medicine.
    """

    order: str
    minute: str
    words: str
    second: str
    struck: bool = False
    record: Note | Score | None = None

    @property
    def may_change(self) -> bool:
        """Tell whether it can be struck through."""
        return self.record is not None and bool(self.record.version) and not self.struck

    @property
    def may_correct(self) -> bool:
        """Tell whether it can have other words; a score is entered anew instead."""
        return self.may_change and isinstance(self.record, Note)


class NoteRow(RingedFrame):
    """One line; a stop of the arrows."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        said = (entry.minute, entry.words, entry.second)
        self.setAccessibleName(", ".join(part for part in said if part))
        time = label(entry.minute, "label", self)
        # The words of all lines begin under each other.
        time.setMinimumWidth(px(_MINUTE))
        words = label(entry.words, "body", self, wrap=True)
        if entry.struck:
            words.strike()
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(time, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, 0, 1)
        grid.addWidget(label(entry.second, "caption", self, wrap=True), 1, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)


class NoteLines(QWidget):
    """The lines, the newest first, and what is done with the chosen one.

    Signals:
        struck: A line or a score is a slip; carries it and why.
        corrected: A line has other words; carries it, the words and why.
        left_upward: Up was pressed on the first line.
    """

    struck = Signal(object, str)
    corrected = Signal(object, str, str)
    left_upward = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NoteRow] = []
        self._chosen: Note | Score | None = None
        self._words = ""
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.acts = QWidget(self)
        self.correct = Button(_("Correct…"), self.acts, kind="small", key="C")
        self.correct.clicked.connect(self._on_correct)
        self.strike = Button(_("Strike through…"), self.acts, kind="small", key="X")
        self.strike.clicked.connect(self._on_strike)
        for button in (self.correct, self.strike):
            # The row keeps the focus, so that its letters go on to work.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.correct)
        row.addWidget(self.strike)
        row.addStretch(1)
        self.line = QLineEdit(self)
        self.line.setObjectName("notes.correct")
        self.line.setMaxLength(1000)
        self.line.setAccessibleName(_("What the line should say"))
        self.line.returnPressed.connect(self._on_words)
        self.reason = ReasonStrip(self)
        self.reason.answered.connect(self._on_reason)
        self.reason.left.connect(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        # Above the lines: what is asked must not stand below a long list.
        column.addWidget(self.acts)
        column.addWidget(self.line)
        column.addWidget(self.reason)
        column.addLayout(self._column)
        for part in (self.acts, self.line):
            part.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these lines; a line that had the focus has it again."""
        held = next((row.entry for row in self.rows if row.hasFocus()), None)
        emptied(self._column)
        self.rows = []
        for entry in entries:
            row = NoteRow(entry, self)
            self._column.addWidget(hairline(self))
            self._column.addWidget(row)
            # At once: what is shown later by the layout takes no focus until then.
            row.show()
            self.rows.append(row)
        if self.rows:
            # One stop of Tab, the newest line; arrows walk from there.
            self.rows[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if held is not None:
            self._focus(held.record.id if held.record is not None else "")

    def focus_first(self) -> None:
        """Put the focus on the newest line."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self, record_id: str) -> None:
        records = ((row, row.entry.record) for row in self.rows)
        found = (row for row, record in records if record is not None and record.id == record_id)
        row = next(found, next(iter(self.rows), None))
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Offer the acts of the line that has the focus; what is being asked stays."""
        if new is None or self._asking:
            return
        row = next((one for one in self.rows if one is new), None)
        self.acts.setVisible(row is not None and row.entry.may_change)
        self.correct.setVisible(row is not None and row.entry.may_correct)

    @property
    def _asking(self) -> bool:
        return not self.line.isHidden() or not self.reason.isHidden()

    # --- acting

    def _here(self) -> Note | Score | None:
        row = next((one for one in self.rows if one.hasFocus()), None)
        return row.entry.record if row is not None and row.entry.may_change else None

    def _on_strike(self, *_pressed: object) -> None:
        self._chosen, self._words = self._here(), ""
        if isinstance(self._chosen, Score):
            self.reason.ask(_(WHY_STRUCK), [_(words) for words in STRUCK_BECAUSE])
        elif self._chosen is not None:
            self._ask(_("Strike the line through. Why?"))

    def _on_correct(self, *_pressed: object) -> None:
        chosen = self._here()
        if isinstance(chosen, Note):
            self._chosen = chosen
            self.line.setText(chosen.words or "")
            self.line.show()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

    def _on_words(self) -> None:
        words = " ".join(self.line.text().split())
        chosen = self._chosen
        if isinstance(chosen, Note) and words and words != chosen.words:
            self._words = words
            self._ask(_("Why does the line say something else now?"))

    def _ask(self, question: str) -> None:
        self.reason.ask(question, (_("typing slip"), _("wrong patient"), _("said twice")))

    def _on_reason(self, reason: str) -> None:
        chosen, words = self._chosen, self._words
        self._back()
        if chosen is None:
            return
        if words:
            self.corrected.emit(chosen, words, reason)
        else:
            self.struck.emit(chosen, reason)

    def _back(self) -> None:
        record_id = self._chosen.id if self._chosen is not None else ""
        self._chosen, self._words = None, ""
        for part in (self.line, self.reason):
            part.hide()
        self._focus(record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        step, letter = _STEPS.get(Qt.Key(event.key()), 0), event.text().upper()
        if self._asking and event.key() == Qt.Key.Key_Escape:
            self._back()
        elif at is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif step and 0 <= at + step < len(self.rows):
            self.rows[at + step].setFocus()
        elif step < 0:
            self.left_upward.emit()
        elif letter == "X":
            self._on_strike()
        elif letter == "C":
            self._on_correct()
        else:
            super().keyPressEvent(event)

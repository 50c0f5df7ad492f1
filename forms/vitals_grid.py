"""The grid of readings: a table of the rows taken and, under it, the row being typed.

Readings are handed over by signals; storing them is the session room's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.book import ReadingBook
from aeapp.domain.vitals.due import DueRow
from aeapp.domain.vitals.own_time import EVER, Span
from aeapp.domain.vitals.rows import Flag
from aeapp.domain.vitals.typing import COLUMNS, USUAL, Column
from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.due_list import DueList
from forms.entry_row import EntryRow
from forms.models.vitals import FIRST, VitalsModel
from forms.now import Now
from forms.reason_strip import ReasonStrip
from forms.theme import px
from forms.vitals_table import FEWEST_ROWS, VitalsTable
from forms.widgets.buttons import KeyCap
from forms.widgets.labels import label

WIDTHS = {"minute": 76, "time": 66, "number": 76, "note": 150}
WIDE_HEADS = {ObservationKind.BLOOD_PRESSURE: 92, ObservationKind.END_TIDAL_CO2: 104}
# In a narrow grid the numbers stand closer, so that a flag is read whole.
NARROW_BELOW = 680
NARROW = {"minute": 72, "time": 66, "number": 64, "note": 190}
NARROW_HEADS = {ObservationKind.BLOOD_PRESSURE: 86, ObservationKind.END_TIDAL_CO2: 96}
FEWEST_COLUMNS = 4
# Less than this cuts the words of a flag; they stand under the numbers then.
LEAST_NOTE = 150
FEWEST_WHERE_TIGHT = 2
REASONS: dict[ObservationStatus, tuple[str, ...]] = {
    ObservationStatus.STRUCK: ("Typing slip", "Wrong time", "Wrong patient"),
    ObservationStatus.ARTEFACT: ("Movement", "Cuff size or place", "Probe off"),
    ObservationStatus.VALID: ("Looked at again",),
}
_DOUBT = ObservationStatus.QUESTIONED


class VitalsGrid(QFrame):
    """Readings of one session, and the keys that enter and mark them.

    Signals:
        entered: A row is to be stored; carries its readings and its time.
        marked: Readings are to be struck, called artefacts, or to count again; carries the
            readings, the status and the reason.
        asking: The strip that asks why is shown.
    """

    entered = Signal(object, object)
    marked = Signal(object, object, str)
    asking = Signal()

    def __init__(
        self,
        now: Now,
        columns: Sequence[Column] = COLUMNS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._columns = tuple(columns)
        self._book = ReadingBook(columns)
        self.model = VitalsModel(columns, self)
        self.table = VitalsTable(self.model, self)
        self.entry = EntryRow(now, columns, self)
        self.strip = ReasonStrip(self)
        self.entry.entered.connect(self.entered)
        self.entry.left_upward.connect(self._on_left_upward)
        self.entry.more_asked.connect(self.fit)
        self.table.mark_asked.connect(self._on_mark_asked)
        self.table.alike_asked.connect(self._on_alike_asked)
        self.table.left.connect(self.entry.focus_cell)
        self.strip.answered.connect(self._on_answered)
        self.strip.left.connect(self._on_strip_left)
        self.due_list = DueList(self)
        self._keys = QWidget(self)
        self._keys.hide()
        self.amend_key = QWidget(self)
        self.amend_key.hide()
        self.table.unlocked.connect(self._on_unlocked)
        self.table.focused.connect(self._on_focused)
        self._asked: tuple[tuple[Observation, ...], ObservationStatus] | None = None
        self._used: frozenset[ObservationKind] = frozenset()
        self._due: tuple[DueRow, ...] = ()
        self._closed = False
        self._build()
        self.fit()

    def show_readings(
        self,
        readings: Iterable[Observation],
        zero: PartialDate | None,
        failed: frozenset[int] = frozenset(),
    ) -> None:
        """Show all readings of a session; ``zero`` is the begin of its first dose."""
        before, shown = self.model.rowCount(), self._wanted()
        self._book.take(readings)
        self._used = self._book.kinds
        self.model.show(self._book.rows(zero), failed)
        self.entry.show_ghosts(self._book.latest())
        self.entry.show_zero(zero)
        self._show_due()
        if self._wanted() != shown:
            self.fit()
        else:
            self.table.fit_rows(notes_below=self._notes_below)
        if self.model.rowCount() != before:
            self._fit_height()
            self.table.scrollToBottom()

    def show_watch(self, flag: Flag, due: Sequence[DueRow], span: Span = EVER) -> None:
        """Take limits, rows that are due and the session's own time; shown with the readings."""
        self._book.within(span)
        self._due = tuple(due)
        self.model.watch(flag, due)

    def tick(self, due: Sequence[DueRow]) -> None:
        """Show what is due by now; the cursor stays where it is."""
        if tuple(due) != self._due:
            self._due = tuple(due)
            self._show_due()
        self.entry.tick()

    def _show_due(self) -> None:
        self.entry.show_due(self._due)
        filling = self.entry.filling
        waiting = [r for r in self._due if r.taken is None and r is not filling]
        self.due_list.show_rows([] if self._closed else waiting)
        self._fit_height()

    def go_to_reading(self, reading_id: str) -> bool:
        """Put the focus on the cell of a reading; tell whether there is one."""
        index = self.model.index_of(reading_id)
        if not index.isValid():
            return False
        self.table.setCurrentIndex(index)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def say_flag(self, words: str) -> None:
        """Have a flag read out once."""
        announce(self.table, words)

    def set_closed(self, *, closed: bool) -> None:
        """Take no more rows, as after the end of the session; marks are asked for by Enter."""
        if closed is not self._closed:
            self._closed = self.table.locked = closed
            self._show_keys()
            # The rows that are due may be the same as in the session seen before the closed one.
            self._show_due()
        self.entry.setVisible(not closed)
        self.due_list.setVisible(not closed and bool(self.due_list.lines))

    @property
    def easy_height(self) -> int:
        """Return the height it needs with as many rows in sight as are usual."""
        rows = self.model.rowCount()
        fewer = min(rows, FEWEST_ROWS) - min(rows, self.table.fewest)
        return self.minimumSizeHint().height() + fewer * px(30)

    def set_tight(self, *, tight: bool) -> None:
        """Show fewer of the rows taken, as where chart and row would not fit otherwise."""
        fewest = FEWEST_WHERE_TIGHT if tight else FEWEST_ROWS
        if fewest != self.table.fewest:
            self.table.fewest = fewest
            self._fit_height()
            self.table.updateGeometry()
            self.table.scrollToBottom()

    # --- building

    def _build(self) -> None:
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(8, 8, 8, 0)
        keys.setSpacing(6)
        for key, words in (
            ("X", _("strike through")),
            ("A", _("artefact")),
            ("V", _("counts")),
            ("Shift V", _("all with this question")),
        ):
            keys.addWidget(KeyCap(key, self._keys))
            keys.addWidget(label(words, "caption", self._keys))
            keys.addSpacing(6)
        keys.addWidget(label(_("on a chosen reading; nothing is erased"), "caption", self))
        keys.addStretch(1)
        amend = QHBoxLayout(self.amend_key)
        amend.setContentsMargins(8, 8, 8, 0)
        amend.setSpacing(6)
        amend.addWidget(KeyCap("Enter", self.amend_key))
        words = _("amends the chosen reading, with a reason; the session has ended")
        amend.addWidget(label(words, "caption", self.amend_key))
        amend.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 4)
        column.setSpacing(0)
        column.addWidget(self.table, 0)
        column.addWidget(self.entry)
        column.addWidget(self.due_list)
        column.addWidget(self.strip)
        column.addWidget(self._keys)
        column.addWidget(self.amend_key)
        column.addStretch(1)
        QWidget.setTabOrder(self.entry, self.table)

    def fit(self) -> None:
        """Give every column its width for the font and the room there is."""
        shown = self._shown_columns()
        own = self._widths()
        widths = [px(own["minute"]), px(own["time"])]
        widths += [px(self._width_of(c)) if c.kind in shown else 0 for c in self._columns]
        header = self.table.horizontalHeader()
        for section, width in enumerate(widths):
            self.table.setColumnHidden(section, width == 0)
            if width:
                header.resizeSection(section, width)
        header.setSectionResizeMode(self.model.note_column, QHeaderView.ResizeMode.Stretch)
        self.table.fit_rows(notes_below=self._notes_below)
        self.entry.set_widths(widths, self._wanted())
        self.model.leave_out(self._wanted() - shown)
        self.entry.set_room(self.width() - sum(widths))
        self.due_list.set_edges(widths[0], widths[0] + widths[1], sum(widths))
        self._fit_height()
        self.updateGeometry()

    def _wanted(self) -> frozenset[ObservationKind]:
        """Return the quantities to be shown where there is room: usual ones, and what is used."""
        asked = frozenset(kind for row in self._due for kind in row.kinds)
        return USUAL | self._used | asked

    def _shown_columns(self) -> frozenset[ObservationKind]:
        """Return the quantities that have room: the first four stay, then what is due comes.

        What has none has its cell under the row being typed, and its numbers in the note.
        """
        wanted = self._wanted()
        asked = frozenset(kind for row in self._due if row.open for kind in row.kinds)
        always = {column.kind for column in self._columns[:FEWEST_COLUMNS]}
        columns = [c for c in self._columns if c.kind in wanted]
        columns.sort(key=lambda c: (c.kind not in always, c.kind not in asked))
        beside = ("minute", "time") if self._notes_below else ("minute", "time", "note")
        room = self.width() - px(sum(self._widths()[n] for n in beside))
        taken = accumulate(px(self._width_of(column)) for column in columns)
        fitting = (c.kind for c, width in zip(columns, taken, strict=True) if width <= room)
        return frozenset(always) & wanted | frozenset(fitting)

    @property
    def _notes_below(self) -> bool:
        """Tell whether the columns that always stay leave too little room for flag and note."""
        own = self._widths()
        always = sum(self._width_of(column) for column in self._columns[:FEWEST_COLUMNS])
        return self.width() < px(own["minute"] + own["time"] + always + LEAST_NOTE)

    def _widths(self) -> dict[str, int]:
        return NARROW if self.width() < px(NARROW_BELOW) else WIDTHS

    def _width_of(self, column: Column) -> int:
        narrow = self.width() < px(NARROW_BELOW)
        heads = NARROW_HEADS if narrow else WIDE_HEADS
        return heads.get(column.kind, self._widths()["number"])

    def minimumSizeHint(self) -> QSize:
        # Less than what the columns take now: in a narrower window they are fitted anew.
        numbers = [NARROW_HEADS.get(c.kind, NARROW["number"]) for c in self._columns]
        width = px(NARROW["minute"] + NARROW["time"] + sum(numbers[:FEWEST_COLUMNS]))
        return QSize(width, self._least_height())

    def _least_height(self) -> int:
        layout = self.layout()
        least = super().minimumSizeHint().height()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return max(least, layout.totalMinimumHeightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        # A page that scrolls would be as high as all rows ask for, not as they can do with.
        return False

    def _fit_height(self) -> None:
        # The row being typed stands right under the last one taken.
        strip = self.strip.sizeHint().height() if self.strip.isVisible() else 0
        due = self.due_list.sizeHint().height()
        hints = (self._keys, self.amend_key)
        keys = sum(hint.sizeHint().height() for hint in hints if not hint.isHidden())
        entry = max(self.entry.heightForWidth(self.width() - 4), self.entry.sizeHint().height())
        # After the end no row is typed: its room is for the last readings.
        foot = (0 if self._closed else entry) + due + strip + keys + px(16)
        self.table.set_room(self.height() - foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # --- marking

    def _show_keys(self) -> None:
        """Print the letters where they work, on a chosen reading; Enter where it comes first."""
        focused = self.table.hasFocus()
        self._keys.setVisible(focused and not self.table.locked)
        self.amend_key.setVisible(focused and self.table.locked)

    def _on_focused(self, focused: bool) -> None:
        if not focused and not self.strip.isVisibleTo(self):
            self.table.locked = self._closed
        self._show_keys()

    def _on_unlocked(self) -> None:
        self.table.locked = False
        self._show_keys()
        announce(self.table, _("X strikes through, A is an artefact, V counts"))

    def _on_strip_left(self) -> None:
        self.table.locked = self._closed
        self.table.setFocus()
        self._show_keys()

    def _chosen(self) -> tuple[Observation, ...]:
        index = self.table.currentIndex()
        reading = self.model.reading(index)
        if reading is not None:
            return (reading,)
        if index.column() >= FIRST and index.column() < self.model.note_column:
            return ()
        return tuple(self.model.row(index.row()).cells.values())

    def _on_mark_asked(self, status: ObservationStatus) -> None:
        readings = tuple(r for r in self._chosen() if r.version and r.status is not status)
        if not readings:
            return
        self._asked = (readings, status)
        self.strip.ask(_question(status), [_(words) for words in REASONS[status]])
        self.asking.emit()

    def _on_alike_asked(self) -> None:
        """Let all readings with the question of the chosen one count, as where no unit is named."""
        asked = {r.status_reason for r in self._chosen() if r.status is _DOUBT}
        alike = tuple(r for r in self.questioned() if r.version and r.status_reason in asked)
        if not alike:
            return
        self._asked = (alike, ObservationStatus.VALID)
        words = _("Let all {n} with this question count. Why?").format(n=len(alike))
        self.strip.ask(words, [_(w) for w in REASONS[ObservationStatus.VALID]])
        self.asking.emit()

    def questioned(self) -> list[Observation]:
        """Return the readings that somebody has to look at, in the order of the rows."""
        rows = (self.model.row(n) for n in range(self.model.rowCount()))
        return [r for row in rows for r in row.cells.values() if r.status is _DOUBT]

    def go_to_question(self) -> bool:
        """Go to the next reading that somebody has to look at; tell whether there is one."""
        waiting = [self.model.index_of(r.id) for r in self.questioned()]
        here = self.table.currentIndex()
        at = (here.row(), here.column()) if self.table.hasFocus() else (-1, -1)
        later = (index for index in waiting if (index.row(), index.column()) > at)
        found = next(later, waiting[0] if waiting else None)
        if found is None:
            return False
        self.table.setCurrentIndex(found)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def leave_question(self) -> None:
        """Ask nothing more about a reading, as before another session."""
        self._asked = None
        self.strip.hide()

    def _on_answered(self, reason: str) -> None:
        if self._asked is not None:
            readings, status = self._asked
            self._asked = None
            self.marked.emit(readings, status, reason)
        self._on_strip_left()

    def _on_left_upward(self) -> None:
        rows = self.model.rowCount()
        if rows:
            self.table.setCurrentIndex(self.model.index(rows - 1, FIRST))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _question(status: ObservationStatus) -> str:
    if status is ObservationStatus.STRUCK:
        return _("Strike through. Why?")
    if status is ObservationStatus.ARTEFACT:
        return _("Artefact. Why?")
    return _("Let it count again. Why?")

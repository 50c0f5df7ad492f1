"""The grid of readings: a table of the rows taken and, under it, the row being typed.

Readings are handed over by signals; storing them is the session room's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import latest, rows_of
from aeapp.domain.vitals.typing import COLUMNS, Column
from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.entry_row import EntryRow
from forms.models.vitals import FIRST, VitalsDelegate, VitalsModel
from forms.now import Now
from forms.reason_strip import ReasonStrip
from forms.theme import px
from forms.widgets.buttons import KeyCap
from forms.widgets.labels import label

WIDTHS = {"minute": 76, "time": 66, "number": 76, "note": 150}
WIDE_HEADS = {ObservationKind.BLOOD_PRESSURE: 92, ObservationKind.END_TIDAL_CO2: 104}
FEWEST_COLUMNS = 4
FEWEST_ROWS = 5
REASONS: dict[ObservationStatus, tuple[str, ...]] = {
    ObservationStatus.STRUCK: ("Typing slip", "Wrong time", "Wrong patient"),
    ObservationStatus.ARTEFACT: ("Movement", "Cuff size or place", "Probe off"),
    ObservationStatus.VALID: ("Looked at again",),
}
_STATUS_KEYS = {
    "X": ObservationStatus.STRUCK,
    "A": ObservationStatus.ARTEFACT,
    "V": ObservationStatus.VALID,
}


class VitalsTable(QTableView):
    """The rows taken; letters mark the selected reading.

    Signals:
        mark_asked: A letter was pressed; carries the status it stands for.
        left: Down was pressed on the last row, or Esc.
    """

    mark_asked = Signal(object)
    left = Signal()

    def __init__(self, model: VitalsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(VitalsDelegate(self))
        self.setAccessibleName(_("Readings taken"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_room(self, room: int) -> None:
        """Be as high as the rows, or as whole rows fit into ``room``; the rest scrolls."""
        rows = self.model().rowCount()
        fits = max(FEWEST_ROWS, (room - self._head()) // px(30))
        self.setMaximumHeight(self._head() + min(rows, fits) * px(30))
        self.updateGeometry()

    def _head(self) -> int:
        return self.horizontalHeader().sizeHint().height() + 4

    def sizeHint(self) -> QSize:
        return QSize(px(600), self._head() + self.model().rowCount() * px(30))

    def minimumSizeHint(self) -> QSize:
        rows = min(self.model().rowCount(), FEWEST_ROWS)
        return QSize(px(300), self._head() + rows * px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        letter = "X" if event.key() == Qt.Key.Key_Delete else event.text().upper()
        last = self.currentIndex().row() == self.model().rowCount() - 1
        if plain and letter in _STATUS_KEYS and self.currentIndex().isValid():
            self.mark_asked.emit(_STATUS_KEYS[letter])
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Down and last):
            self.left.emit()
        else:
            super().keyPressEvent(event)


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
        self.model = VitalsModel(columns, self)
        self.table = VitalsTable(self.model, self)
        self.entry = EntryRow(now, columns, self)
        self.strip = ReasonStrip(self)
        self.entry.entered.connect(self.entered)
        self.entry.left_upward.connect(self._on_left_upward)
        self.table.mark_asked.connect(self._on_mark_asked)
        self.table.left.connect(self.entry.focus_cell)
        self.strip.answered.connect(self._on_answered)
        self.strip.left.connect(self.table.setFocus)
        self._asked: tuple[tuple[Observation, ...], ObservationStatus] | None = None
        self._build()
        self.fit()

    def show_readings(
        self,
        readings: Iterable[Observation],
        zero: PartialDate | None,
        failed: frozenset[int] = frozenset(),
    ) -> None:
        """Show all readings of a session; ``zero`` is the begin of its first dose."""
        known = tuple(readings)
        before = self.model.rowCount()
        self.model.show(rows_of(known, self._columns, zero), failed)
        self.entry.show_ghosts(latest(known))
        self.entry.show_zero(zero)
        if self.model.rowCount() != before:
            self._fit_height()
            self.table.scrollToBottom()

    def say_flag(self, words: str) -> None:
        """Have a flag read out once."""
        announce(self.table, words)

    def set_closed(self, *, closed: bool) -> None:
        """Take no more rows, as after the end of the session; marks stay possible."""
        self.entry.setVisible(not closed)

    # --- building

    def _build(self) -> None:
        keys = QHBoxLayout()
        keys.setContentsMargins(8, 0, 8, 0)
        keys.setSpacing(6)
        for key, words in (
            ("X", _("strike through")),
            ("A", _("artefact")),
            ("V", _("counts again")),
        ):
            keys.addWidget(KeyCap(key, self))
            keys.addWidget(label(words, "caption", self))
            keys.addSpacing(6)
        keys.addWidget(label(_("on a chosen reading; nothing is erased"), "caption", self))
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 8)
        column.setSpacing(0)
        column.addWidget(self.table, 0)
        column.addWidget(self.entry)
        column.addWidget(self.strip)
        column.addSpacing(8)
        column.addLayout(keys)
        column.addStretch(1)
        QWidget.setTabOrder(self.entry, self.table)

    def fit(self) -> None:
        """Give every column its width for the font and the room there is."""
        shown = self._shown_columns()
        widths = [px(WIDTHS["minute"]), px(WIDTHS["time"])]
        for n, column in enumerate(self._columns):
            widths.append(px(_width_of(column)) if n < shown else 0)
        header = self.table.horizontalHeader()
        for section, width in enumerate(widths):
            self.table.setColumnHidden(section, width == 0)
            if width:
                header.resizeSection(section, width)
        header.setSectionResizeMode(self.model.note_column, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setDefaultSectionSize(px(30))
        self.entry.set_widths(widths)
        self._fit_height()

    def _shown_columns(self) -> int:
        """Return how many quantities have room; the first four always stay."""
        room = self.width() - px(sum(WIDTHS[name] for name in ("minute", "time", "note")))
        taken = list(accumulate(px(_width_of(column)) for column in self._columns))
        return max(FEWEST_COLUMNS, sum(width <= room for width in taken))

    def _fit_height(self) -> None:
        # The row being typed stands right under the last one taken.
        strip = self.strip.sizeHint().height() if self.strip.isVisible() else 0
        foot = self.entry.sizeHint().height() + strip + px(40)
        self.table.set_room(self.height() - foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # --- marking

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

    def _on_answered(self, reason: str) -> None:
        if self._asked is not None:
            readings, status = self._asked
            self._asked = None
            self.marked.emit(readings, status, reason)
        self.table.setFocus()

    def _on_left_upward(self) -> None:
        rows = self.model.rowCount()
        if rows:
            self.table.setCurrentIndex(self.model.index(rows - 1, FIRST))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _width_of(column: Column) -> int:
    return WIDE_HEADS.get(column.kind, WIDTHS["number"])


def _question(status: ObservationStatus) -> str:
    if status is ObservationStatus.STRUCK:
        return _("Strike through. Why?")
    if status is ObservationStatus.ARTEFACT:
        return _("Artefact. Why?")
    return _("Let it count again. Why?")

"""The rows of readings taken, as a table whose letters mark the chosen reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.kernel.i18n import _
from forms.models.vitals import VitalsDelegate, VitalsModel, paint_note
from forms.theme import px
from forms.widgets.tables import EndTable

FEWEST_ROWS = 3
ROW, NOTE = 30, 24
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STATUS_KEYS = {
    "X": ObservationStatus.STRUCK,
    "A": ObservationStatus.ARTEFACT,
    "V": ObservationStatus.VALID,
}


class VitalsTable(EndTable):
    """The rows taken; letters mark the selected reading.

    Where the columns leave no room for flag and note, they stand in a line of their own under the
    numbers of their row.

    Once ``locked`` letters do nothing until Enter: a session that has ended is amended on purpose.

    Signals:
        mark_asked: A letter was pressed; carries the status it stands for.
        alike_asked: Shift+V was pressed: all readings with the question of this one count.
        unlocked: Enter was pressed on a reading of a locked table.
        left: Down was pressed on the last row, or Esc.
        focused: The table has the keys now, or has them no more.
    """

    mark_asked = Signal(object)
    alike_asked = Signal()
    unlocked = Signal()
    left = Signal()
    focused = Signal(bool)

    def __init__(self, model: VitalsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.locked = False
        self.fewest = FEWEST_ROWS
        self._vitals = model
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
        heights, left = self._heights(), room - self._head()
        fits = sum(whole <= left for whole in accumulate(reversed(heights)))
        self.setMaximumHeight(self._head() + _last(heights, max(self.fewest, fits)))
        self.updateGeometry()

    def fit_rows(self, *, notes_below: bool) -> None:
        """Give every row its height; ``notes_below`` puts flag and note under the numbers."""
        header, were_below = self.verticalHeader(), self._vitals.notes_below
        self._vitals.notes_below = notes_below
        self.setColumnHidden(self._vitals.note_column, notes_below)
        header.setDefaultSectionSize(px(ROW))
        if not (notes_below or were_below):
            return
        for row, height in enumerate(self._heights()):
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
        self.viewport().update()

    def _heights(self) -> list[int]:
        low, high, rows = px(ROW), px(ROW) + px(NOTE), range(self._vitals.rowCount())
        if not self._vitals.notes_below:
            return [low] * len(rows)
        return [high if self._vitals.has_line(row) else low for row in rows]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._vitals.notes_below:
            return
        painter = QPainter(self.viewport())
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        for row in range(first, self._vitals.rowCount() if last < 0 else last + 1):
            if self._vitals.has_line(row):
                bottom = self.rowViewportPosition(row) + self.rowHeight(row)
                line = QRectF(0, bottom - px(NOTE) - 2, self.viewport().width(), px(NOTE))
                paint_note(painter, line, self._vitals, row)

    def _head(self) -> int:
        return self.horizontalHeader().sizeHint().height() + 4

    def sizeHint(self) -> QSize:
        return QSize(px(600), self._head() + sum(self._heights()))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), self._head() + _last(self._heights(), self.fewest))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        letter = "X" if event.key() == Qt.Key.Key_Delete else event.text().upper()
        last = self.currentIndex().row() == self.model().rowCount() - 1
        chosen = plain and self.currentIndex().isValid()
        if self.locked and chosen and event.key() in _ENTER:
            self.unlocked.emit()
        elif self.locked and letter in _STATUS_KEYS:
            # Not handed on either: the table would go to a row that begins with the letter.
            event.accept()
        elif chosen and letter == "V" and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.alike_asked.emit()
        elif chosen and letter in _STATUS_KEYS:
            self.mark_asked.emit(_STATUS_KEYS[letter])
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Down and last):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _last(heights: Sequence[int], rows: int) -> int:
    """Return the height of the last rows together."""
    return sum(heights[-rows:]) if rows > 0 else 0

"""The row of readings being typed: real fields, the last values as ghosts, the time of now.

What the texts mean is read by the domain. Wrong text stays, with a sentence under the row.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueRow, filled_by, next_due
from aeapp.domain.vitals.rows import minutes_between
from aeapp.domain.vitals.typing import COLUMNS, Column, TypedRow, read_row, shown
from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.cell_edit import CellEdit
from forms.chair.typed_time import HOW
from forms.due_words import repeat_words, said_of
from forms.entry_words import EntryWords
from forms.now import Now
from forms.row_time import RowTime
from forms.theme import px, repolish
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label

BELOW_CELL = 76


class EntryRow(QFrame):
    """Takes one row of readings.

    Signals:
        entered: The row is to be stored; carries its readings and its time.
        left_upward: Up was pressed; the rows taken come next.
        typed: What is typed has changed; empty once the row was handed over.
        more_asked: Cells that have no column are to be shown.
    """

    entered = Signal(object, object)
    left_upward = Signal()
    typed = Signal()
    more_asked = Signal()

    def __init__(
        self, now: Now, columns: Sequence[Column] = COLUMNS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "entry")
        self.setAccessibleName(_("Row being typed"))
        self._zero: PartialDate | None = None
        self.time = RowTime(now, self)
        self._due: tuple[DueRow, ...] = ()
        self._fresh = True
        self._minute = label(kind="strong_figures", parent=self)
        self._time = label(kind="figures", parent=self)
        self.cells = {c.kind: CellEdit(c, self) for c in columns}
        self._slots: list[QWidget] = []
        self._names: dict[ObservationKind, QWidget] = {}
        self._wanted: Container[ObservationKind] = frozenset()
        self._asked_for_more = False
        self.more = Button(_("More"), self, kind="small", key="Alt V", name=_("More readings"))
        self.more.setObjectName("vitals.more")
        self.more.clicked.connect(self.ask_more)
        self._said = said = EntryWords(self, self.more)
        self.pill, self.caption = said.pill, said.caption
        self.note, self.reason = said.note, said.reason
        self._last_cell = next(iter(self.cells.values()))
        self.reason.textEdited.connect(self.typed)
        told = self.time.field
        told.textChanged.connect(self._on_time_typed)
        told.shifted.connect(self._on_shift_asked)
        told.taken.connect(self.focus_cell)
        told.left.connect(self.focus_cell)
        told.refused.connect(partial(self._say_how, ""))
        self.setFocusProxy(self._last_cell)
        self._build()
        self.tick()

    # --- what the grid uses

    def show_ghosts(self, last: Mapping[ObservationKind, Observation]) -> None:
        """Show the last value of each quantity where nothing is typed."""
        for kind, cell in self.cells.items():
            ghost = shown(last[kind]) if kind in last else ""
            cell.setPlaceholderText(ghost)
            spoken = _("last {value}").format(value=ghost) if ghost else ""
            cell.setAccessibleDescription(spoken)

    def ask_time(self) -> None:
        """Go to the field in which another time of the row is typed."""
        self.time.field.show()
        self.time.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_zero(self, zero: PartialDate | None) -> None:
        """Count minutes from ``zero``, the begin of the first dose."""
        self._zero = zero
        self.tick()

    def show_due(self, rows: Sequence[DueRow]) -> None:
        """Show which of ``rows`` the readings would take, and wait in its first cell."""
        self._due = tuple(rows)
        self.tick()
        if not self._fresh or any(self.texts.values()):
            return
        # Only right after a row was handed over, never while somebody is somewhere in the row.
        self._fresh = False
        waiting = any(cell.hasFocus() for cell in self.cells.values())
        self._last_cell = self._first_asked()
        if waiting:
            self._last_cell.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def filling(self) -> DueRow | None:
        """Return the due row that the readings would take."""
        minutes = None if self._zero is None else minutes_between(self._zero, self.at)
        return filled_by(self._due, minutes)

    def set_widths(
        self, widths: Sequence[int], wanted: Container[ObservationKind] = frozenset()
    ) -> None:
        """Stand under the columns of the table.

        A width of 0 is a column without room: its cell has a name and stands in a line below where
        the reading is ``wanted``, was asked for or is typed already.
        """
        self._wanted = wanted
        held = QApplication.focusWidget()
        for slot, width in zip(self._slots[:2], widths[:2], strict=True):
            slot.setContentsMargins(px(8), 0, 1, 0)
            slot.setFixedWidth(width)
        placed = zip(self.cells, self._slots[2:], widths[2:], strict=True)
        for at, (kind, slot, width) in enumerate(placed, start=2):
            self._place(kind, slot, at, width)
        self._place_more()
        if held is not None and held is not QApplication.focusWidget() and self.isAncestorOf(held):
            # It lost the keys by moving to the other line.
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, kind: ObservationKind, slot: QWidget, at: int, width: int) -> None:
        """Put a cell under its column, or with its name into the line below."""
        name, below = self._names[kind], slot.parentWidget() is self._shelf
        if width and below:
            self._shelf_line.take(slot)
            before = sum(other.parentWidget() is not self._shelf for other in self._slots[:at])
            self._line.insertWidget(before, slot)
        elif not width and not below:
            self._line.removeWidget(slot)
            self._shelf_line.addWidget(slot)
        name.setVisible(not width)
        asked = kind in self._wanted or self._asked_for_more or bool(self.cells[kind].text())
        slot.setVisible(bool(width) or asked)
        slot.setContentsMargins(px(4), 0, 1, 0)
        slot.setFixedWidth(width or name.sizeHint().width() + px(BELOW_CELL))

    def _place_more(self) -> None:
        """Put the button behind the cells below, where there are some."""
        shelf = any(not slot.isHidden() for slot in self._below_cells())
        self._shelf.setVisible(shelf)
        self._shelf_line.take(self.more)
        if shelf:
            self._shelf_line.addWidget(self.more)
            self.more.setVisible(not self._asked_for_more)

    def _below_cells(self) -> list[QWidget]:
        return [slot for slot in self._slots[2:] if slot.parentWidget() is self._shelf]

    def ask_more(self, *_checked: object) -> None:
        """Show a cell for every reading there is, and go to the first that has no column."""
        cells = list(self.cells.values())
        places = zip(cells, self._slots[2:], strict=True)
        away = [cell for cell, slot in places if slot.isHidden()]
        self._asked_for_more = True
        self.more_asked.emit()
        below = [cell for cell in cells if cell.parentWidget() in self._below_cells()]
        for cell in (*away, *below)[:1]:
            self._last_cell = cell
            cell.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_cell(self) -> None:
        """Put the cursor back into the cell it was in last."""
        self._last_cell.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def at(self) -> PartialDate:
        """Return the time of the row: as typed, or of its first key, or of now, shifted."""
        return self.time.at

    def tick(self) -> None:
        """Show the time of the row."""
        minute, clock = self.time.words(self._zero)
        self._minute.setText(minute)
        self._time.setText(clock)
        self._say_due()

    def _say_due(self) -> None:
        words, pill = said_of(self.filling, self._due, self.at)
        before = self.pill.accessibleName()
        self._said.say_due(words, pill)
        if before and pill == repeat_words(0) != before:
            # The end of the countdown, once and politely.
            announce(self, pill)

    def _first_asked(self) -> CellEdit:
        """Return the first cell that the due row asks for."""
        row = self.filling or next_due(self._due)
        asked = [c for kind, c in self.cells.items() if row is not None and kind in row.kinds]
        return next(iter(asked), next(iter(self.cells.values())))

    # --- what a kill must not take

    @property
    def draft(self) -> dict[str, str]:
        """Return what is typed, to be kept; empty where nothing is."""
        texts = {kind.value: text for kind, text in self.texts.items() if text}
        if not texts:
            return {}
        return {**texts, **self.time.draft, "reason": self.reason.text()}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Show again what was typed and not handed over."""
        known = {cell: draft.get(kind.value, "") for kind, cell in self.cells.items()}
        if not any(known.values()):
            return
        for cell, text in known.items():
            cell.setText(text)
            if text:
                self._last_cell = cell
        self.reason.setText(draft.get("reason", ""))
        # A cell without a column has a place while something is typed in it.
        self.more_asked.emit()
        self.time.restore(draft)
        self._fresh = False
        self.tick()

    def reset(self) -> None:
        """Be empty, as for another session; nothing is handed over and no focus is taken."""
        self._empty()
        self._last_cell = next(iter(self.cells.values()))

    @property
    def texts(self) -> dict[ObservationKind, str]:
        """Return what is typed."""
        return {kind: cell.text() for kind, cell in self.cells.items()}

    # --- building

    def _build(self) -> None:
        self._line = line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._shelf = QWidget(self)
        self._shelf.setContentsMargins(4, 0, 8, 0)
        self._shelf_line = FlowLayout(self._shelf, gap=4)
        self._shelf.hide()
        for part in (self._minute, self._time, *self.cells.values()):
            line.addWidget(self._slot(part))
        line.addWidget(self._said.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 6, 2, 6)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._shelf)
        told = QHBoxLayout()
        told.setContentsMargins(8, 0, 8, 0)
        told.addWidget(self.time.field)
        told.addStretch(1)
        column.addLayout(told)
        column.addWidget(self._said.foot)
        self.reason.returnPressed.connect(self._on_reason_entered)
        self.set_room(0)

    def set_room(self, room: int) -> None:
        """Say beside the cells what ``room`` is enough for, the rest under them."""
        shelf = not self._shelf.isHidden()
        self._said.set_room(room, shelf=shelf, more=not self._asked_for_more)

    def _slot(self, part: QWidget) -> QWidget:
        slot = QWidget(self)
        row = QHBoxLayout(slot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        if isinstance(part, CellEdit):
            name = label(_(part.column.head), "caption", slot)
            name.setBuddy(part)
            name.hide()
            self._names[part.column.kind] = name
            row.addWidget(name)
        row.addWidget(part, 1)
        if isinstance(part, CellEdit):
            part.save_asked.connect(self._on_save_asked)
            part.shift_asked.connect(self._on_shift_asked)
            part.up_pressed.connect(self.left_upward)
            part.textEdited.connect(partial(self._on_edited, part))
        self._slots.append(slot)
        return slot

    # --- keys

    def _on_edited(self, cell: CellEdit, text: str) -> None:
        self._last_cell = cell
        if text:
            self.time.hold()
        elif not any(self.texts.values()):
            self.time.release()
        if cell.property("state") == "wrong":
            self._look(self._read())
        self.tick()
        self.typed.emit()

    def _on_time_typed(self, _text: str) -> None:
        self.tick()
        self.typed.emit()

    def _on_shift_asked(self, minutes: int) -> None:
        self.time.shift(minutes)
        self.tick()
        announce(self, self._time.text())
        self.typed.emit()

    def _on_reason_entered(self) -> None:
        self._on_save_asked(True)

    def _on_save_asked(self, confirmed: bool) -> None:
        row = self._read()
        if not row.readings and not row.unread:
            return
        reason = self.reason.text().strip()
        if row.unread or (row.doubts and not (confirmed and reason)):
            self._look(row)
            self._go_to_wrong(row, confirmed=confirmed)
            return
        if self.time.is_open:
            self._say_how(_("This session is told afterwards.") if self.time.afterwards else "")
            self.ask_time()
            return
        at = self.time.stored
        readings = tuple(_confirmed(r, reason) if r.kind in row.doubts else r for r in row.readings)
        self._clear()
        self.typed.emit()
        self.entered.emit(readings, at)

    def _say_how(self, why: str) -> None:
        self.note.say(f"{why} {_(HOW)}".strip(), "wrong")
        self._said.fit()

    def _read(self) -> TypedRow:
        return read_row(self.texts, [c.column for c in self.cells.values()])

    def _look(self, row: TypedRow) -> None:
        """Say what is wrong; a doubt may be overruled with a reason."""
        wrong = row.unread | row.doubts
        for kind, cell in self.cells.items():
            repolish(cell, state="wrong" if kind in wrong else "")
            if kind in wrong:
                cell.setAccessibleDescription(wrong[kind])
        self.reason.setVisible(bool(row.doubts) and not row.unread)
        if not wrong:
            self.note.say("")
            self._said.fit()
            return
        kind, sentence = next(iter(wrong.items()))
        head = _(self.cells[kind].column.head)
        words = f"{head}: {sentence}"
        if not row.unread:
            words += " " + _("If it is right, say why and press Ctrl Enter.")
        if words != self.note.text:
            self.note.say(words, "wrong")
            announce(self, words)
        self._said.fit()

    def _go_to_wrong(self, row: TypedRow, *, confirmed: bool) -> None:
        if confirmed and not row.unread:
            self.reason.setFocus()
            return
        cell = self.cells[next(iter(row.unread | row.doubts))]
        cell.setFocus()
        cell.selectAll()

    def _clear(self) -> None:
        self._empty()
        self._last_cell = self._first_asked()
        self._last_cell.setFocus()

    def _empty(self) -> None:
        for cell in self.cells.values():
            # Not clear(), which Ctrl+Z would take back instead of the row that was just stored.
            cell.setText("")
            repolish(cell, state="")
        self.reason.clear()
        self.reason.hide()
        self.note.say("")
        self._said.fit()
        self.time.clear()
        self._fresh = True
        if self._asked_for_more:
            self._asked_for_more = False
            self.more_asked.emit()
        self.tick()


def _confirmed(reading: Observation, reason: str) -> Observation:
    # Whoever stands beside the patient has answered the doubt: the reading counts, and is watched.
    return replace(reading, status=ObservationStatus.VALID, status_reason=reason)

"""The row of readings being typed: real fields, the last values as ghosts, the time of now.

What the texts mean is read by the domain. Wrong text stays, with a sentence under the row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.domain.vitals.typing import COLUMNS, Column, TypedRow, read_row, shown
from aeapp.kernel.i18n import _
from forms import fonts
from forms.announce import announce
from forms.now import Now
from forms.theme import px, repolish
from forms.widgets.buttons import KeyCap
from forms.widgets.labels import Note, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEdit(QLineEdit):
    """One cell of the row.

    Signals:
        save_asked: Enter was pressed; carries whether Ctrl was held.
        shift_asked: Alt with Up or Down was pressed; carries minutes.
        up_pressed: Up was pressed.
    """

    save_asked = Signal(bool)
    shift_asked = Signal(int)
    up_pressed = Signal()

    def __init__(self, column: Column, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.setObjectName(f"vitals.{column.kind.value}")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(11)
        self.setAccessibleName(f"{_(column.head)} {column.unit.symbol}")
        self.textChanged.connect(self._on_text_changed)
        self._on_text_changed("")

    def _on_text_changed(self, text: str) -> None:
        # A ghost must not look like something typed.
        self.setFont(fonts.sized("strong_figures" if text else "figures"))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._on_text_changed(self.text())
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt = held == Qt.KeyboardModifier.AltModifier
        if event.key() in _ENTER:
            self.save_asked.emit(bool(held & Qt.KeyboardModifier.ControlModifier))
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift_asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Up:
            self.up_pressed.emit()
        else:
            super().keyPressEvent(event)


class EntryRow(QFrame):
    """Takes one row of readings.

    Signals:
        entered: The row is to be stored; carries its readings and its time.
        left_upward: Up was pressed; the rows taken come next.
    """

    entered = Signal(object, object)
    left_upward = Signal()

    def __init__(
        self, now: Now, columns: Sequence[Column] = COLUMNS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "entry")
        self.setAccessibleName(_("Row being typed"))
        self._now = now
        self._zero: PartialDate | None = None
        self._held: dt.datetime | None = None
        self._shift = 0
        self._minute = label(kind="strong_figures", parent=self)
        self._time = label(kind="figures", parent=self)
        self.cells = {c.kind: CellEdit(c, self) for c in columns}
        self._slots: list[QWidget] = []
        self._last_cell = next(iter(self.cells.values()))
        self.reason = QLineEdit(self)
        self.reason.setObjectName("vitals.reason")
        self.reason.setAccessibleName(_("Why these readings are right"))
        self.reason.setPlaceholderText(_("why it is right, in a few words"))
        self.reason.setMaxLength(500)
        self.reason.hide()
        self.note = Note(self)
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

    def show_zero(self, zero: PartialDate | None) -> None:
        """Count minutes from ``zero``, the begin of the first dose."""
        self._zero = zero
        self.tick()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Stand under the columns of the table; a width of 0 hides a cell that is empty."""
        for slot, width in zip(self._slots, widths, strict=True):
            cell = slot.findChild(CellEdit)
            slot.setContentsMargins(px(4) if cell else px(8), 0, 1, 0)
            slot.setVisible(width > 0 or bool(cell and cell.text()))
            slot.setFixedWidth(max(width, px(60)))

    def focus_cell(self) -> None:
        """Put the cursor back into the cell it was in last."""
        self._last_cell.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def at(self) -> PartialDate:
        """Return the time of the row: of its first key, or of now, shifted as asked."""
        moment = (self._held or self._now()) + dt.timedelta(minutes=self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def tick(self) -> None:
        """Show the time of the row."""
        at = self.at
        self._minute.setText(minute_words(self._zero, at) or _("Now"))
        shift = f" ({self._shift:+d})".replace("-", "−") if self._shift else ""
        self._time.setText(f"{at.hour:02d}:{at.minute:02d}{shift}")

    @property
    def texts(self) -> dict[ObservationKind, str]:
        """Return what is typed."""
        return {kind: cell.text() for kind, cell in self.cells.items()}

    # --- building

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for part in (self._minute, self._time, *self.cells.values()):
            line.addWidget(self._slot(part))
        hints = QHBoxLayout()
        hints.setContentsMargins(8, 0, 8, 0)
        hints.setSpacing(6)
        for key, words in (("Enter", _("save")), ("Alt ↑", _("1 min earlier"))):
            hints.addWidget(KeyCap(key, self))
            hints.addWidget(label(words, "caption", self))
        hints.addStretch(1)
        line.addLayout(hints, 1)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 0)
        below.setSpacing(8)
        below.addWidget(self.note, 1)
        below.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 6, 2, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addLayout(below)
        self.reason.returnPressed.connect(self._on_reason_entered)

    def _slot(self, part: QWidget) -> QWidget:
        slot = QWidget(self)
        row = QHBoxLayout(slot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(part)
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
        if self._held is None and text:
            self._held = self._now()
        elif not any(self.texts.values()):
            self._held, self._shift = None, 0
        if cell.property("state") == "wrong":
            self._look(self._read())
        self.tick()

    def _on_shift_asked(self, minutes: int) -> None:
        if self._held is None:
            self._held = self._now()
        self._shift += minutes
        self.tick()
        announce(self, self._time.text())

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
        at = self.at
        readings = tuple(
            _questioned(r, reason) if r.kind in row.doubts else r for r in row.readings
        )
        self._clear()
        self.entered.emit(readings, at)

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
            return
        kind, sentence = next(iter(wrong.items()))
        head = _(self.cells[kind].column.head)
        words = f"{head}: {sentence}"
        if not row.unread:
            words += " " + _("If it is right, say why and press Ctrl Enter.")
        if words != self.note.text:
            self.note.say(words, "wrong")
            announce(self, words)

    def _go_to_wrong(self, row: TypedRow, *, confirmed: bool) -> None:
        if confirmed and not row.unread:
            self.reason.setFocus()
            return
        cell = self.cells[next(iter(row.unread | row.doubts))]
        cell.setFocus()
        cell.selectAll()

    def _clear(self) -> None:
        for cell in self.cells.values():
            cell.clear()
            repolish(cell, state="")
        self.reason.clear()
        self.reason.hide()
        self.note.say("")
        self._held, self._shift = None, 0
        first = next(iter(self.cells.values()))
        self._last_cell = first
        first.setFocus()
        self.tick()


def _questioned(reading: Observation, reason: str) -> Observation:
    return replace(reading, status=ObservationStatus.QUESTIONED, status_reason=reason)

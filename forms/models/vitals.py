"""The rows of readings as a table, and how their cells are painted.

Which reading is beyond a limit is known to the domain; the table only shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueRow
from aeapp.domain.vitals.rows import Flag, Row, flags_of
from aeapp.domain.vitals.table import counts, is_evidence
from aeapp.domain.vitals.typing import COLUMNS, Column, flag_of, shown
from aeapp.kernel.i18n import _
from forms import fonts, paint
from forms.due_words import due_words
from forms.theme import Status, px, tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
MINUTE, TIME, FIRST = 0, 1, 2


def time_words(at: PartialDate | None) -> str:
    """Return ``14:40``; empty where no time is known."""
    return "" if at is None or not at.has_time else f"{at.hour:02d}:{at.minute:02d}"


class VitalsModel(QAbstractTableModel):
    """One line a row of readings; columns as configured, then flag and note."""

    def __init__(self, columns: Sequence[Column] = COLUMNS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._failed: frozenset[int] = frozenset()
        # Ids of readings that were added or changed after the end of the session.
        self.amended: frozenset[str] = frozenset()
        self._flag: Flag = flag_of
        self._flags: dict[int, dict[ObservationKind, str]] = {}
        self._due: dict[PartialDate, DueRow] = {}
        self._left_out: frozenset[ObservationKind] = frozenset()
        # Flag and note stand in a line under the numbers: their column has no room.
        self.notes_below = False

    def leave_out(self, kinds: frozenset[ObservationKind]) -> None:
        """Say readings of these quantities in the note: their columns have no room."""
        if kinds != self._left_out:
            self._left_out = kinds
            if self._rows:
                note = self.note_column
                self.dataChanged.emit(self.index(0, note), self.index(len(self._rows) - 1, note))

    def _without_column(self, row: Row) -> Iterator[str]:
        for column in self.columns:
            reading = row.cells.get(column.kind)
            if reading is not None and column.kind in self._left_out:
                yield f"{_(column.head)} {shown(reading)}"

    def has_line(self, number: int) -> bool:
        """Tell whether flag and note of a row stand in a line under its numbers."""
        row = self._rows[number]
        return self.notes_below and bool(self.pill_of(row) or self.note_of(row))

    def watch(self, flag: Flag, due: Sequence[DueRow]) -> None:
        """Flag readings by the session's rules, and say for which due row they were taken."""
        self._flag, self._flags = flag, {}
        self._due = {row.taken.at: row for row in due if row.taken is not None}

    def flags_in(self, row: Row) -> dict[ObservationKind, str]:
        """Return {quantity: words} of what is beyond a rule in a row."""
        key = id(row)
        if key not in self._flags:
            self._flags[key] = flags_of(row, self.columns, self._flag)
        return self._flags[key]

    def show(self, rows: Sequence[Row], failed: frozenset[int] = frozenset()) -> None:
        """Show ``rows``; ``failed`` are Python ids of readings that could not be stored.

        Selection and scroll place stay where rows are only added.
        """
        new, old = tuple(rows), self._rows
        self._failed, self._flags = failed, {}
        if len(new) < len(old):
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        if len(new) > len(old):
            self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
            self._rows = new
            self.endInsertRows()
        self._rows = new
        if old:
            self.dataChanged.emit(self.index(0, 0), self.index(len(old) - 1, self.note_column))

    @property
    def note_column(self) -> int:
        """Return the number of the last column, which says flag and note."""
        return FIRST + len(self.columns)

    def row(self, number: int) -> Row:
        """Return one row."""
        return self._rows[number]

    def reading(self, index: Index) -> Observation | None:
        """Return the reading in a cell, if the cell has one."""
        at = index.column() - FIRST
        if not 0 <= at < len(self.columns):
            return None
        return self._rows[index.row()].cells.get(self.columns[at].kind)

    def index_of(self, reading_id: str) -> QModelIndex:
        """Return the cell of a reading; an invalid one where there is none."""
        for number, row in enumerate(self._rows):
            for column, shown_kind in enumerate(self.columns, start=FIRST):
                reading = row.cells.get(shown_kind.kind)
                if reading is not None and reading.id == reading_id:
                    return self.index(number, column)
        return QModelIndex()

    def pill_of(self, row: Row) -> tuple[Status, str] | None:
        """Return the status a row has to show, the most urgent first."""
        readings = row.cells.values()
        if any(id(r) in self._failed for r in readings):
            return Status.OVERDUE, _("not saved")
        heads = {c.kind: _(c.head) for c in self.columns}
        flags = self.flags_in(row)
        if flags:
            return Status.FLAG, ", ".join(f"{heads[kind]} {words}" for kind, words in flags.items())
        if any(r.status is ObservationStatus.QUESTIONED for r in readings):
            return Status.DUE, _("to be looked at")
        return None

    def shorter_pill(self, row: Row) -> tuple[str, ...]:
        """Return shorter words for a flag: the framed cells say of which quantity it is."""
        flags = self.flags_in(row).values()
        return (", ".join(flags), _("{n} beyond a limit").format(n=len(flags))) if flags else ()

    def note_of(self, row: Row) -> str:
        """Return the words beside the pill: reasons, remarks, and what is being stored."""
        readings = list(row.cells.values())
        if any(r.version == 0 and id(r) not in self._failed for r in readings):
            return _("saving…")
        words = [
            ", ".join(self._without_column(row)),
            self._due_of(row),
            *map(_remark, readings),
            *(r.note or "" for r in readings),
        ]
        words += [_("amended")] if any(r.id in self.amended for r in readings) else []
        return "; ".join(dict.fromkeys(w for w in words if w))

    def _due_of(self, row: Row) -> str:
        """Return for which row it was taken, where that was not at its minute."""
        due = self._due.get(row.at) if row.at is not None else None
        return due_words(due) if due is not None and due.late else ""

    # --- Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.note_column + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() == self.note_column:
                return self._spoken(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag
                right = FIRST <= index.column() < self.note_column
                return (side.AlignRight if right else side.AlignLeft) | side.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._head(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag
            right = FIRST <= section < self.note_column
            return (side.AlignRight if right else side.AlignLeft) | side.AlignVCenter
        return None

    def _head(self, section: int) -> str:
        if section == MINUTE:
            return _("Minute")
        if section == TIME:
            return _("Time")
        if section == self.note_column:
            return _("Flag and note")
        return self.columns[section - FIRST].title

    def _text(self, row: Row, column: int) -> str:
        if column == MINUTE:
            return row.minute
        if column == TIME:
            return time_words(row.at)
        if column == self.note_column:
            return self.note_of(row)
        reading = row.cells.get(self.columns[column - FIRST].kind)
        return shown(reading) if reading is not None else ""

    def _spoken(self, row: Row, column: int) -> str:
        """Return what a screen reader says: also what the eye sees by a line or a frame."""
        text = self._text(row, column)
        if column == self.note_column:
            pill = self.pill_of(row)
            return ", ".join(w for w in (pill[1] if pill else "", text) if w)
        if column < FIRST:
            # The column that would say it is not there.
            told = self._spoken(row, self.note_column) if self.notes_below else ""
            return ", ".join(w for w in (text, told if column == MINUTE else "") if w)
        kind = self.columns[column - FIRST].kind
        reading = row.cells.get(kind)
        flag = self.flags_in(row).get(kind, "")
        return ", ".join(w for w in (text, flag, _marked(reading) if reading else "") if w)


def _remark(reading: Observation) -> str:
    """Return the mark as the note says it: that one is in question its pill says already."""
    doubt = reading.status is ObservationStatus.QUESTIONED
    return (reading.status_reason or "") if doubt else _marked(reading)


def _marked(reading: Observation) -> str:
    """Return ``Struck through: typing slip``; empty for a reading that needed no word."""
    plain = reading.status is ObservationStatus.VALID and not reading.status_reason
    if reading.status is None or plain:
        return ""
    words = _(reading.status.words)
    return f"{words}: {reading.status_reason}" if reading.status_reason else words


class VitalsDelegate(QStyledItemDelegate):
    """Paints a cell: flagged ones framed and bold, struck ones with a line, artefacts with an A."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = tokens()
        area = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.color("select"))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), look.color("line")
        )
        model = index.model()
        assert isinstance(model, VitalsModel)  # noqa: S101 - made for this table only
        row = model.row(index.row())
        if model.has_line(index.row()):
            # The lower part of the row is for flag and note.
            area.setHeight(px(30))
        if index.column() == model.note_column:
            paint_note(painter, area, model, index.row())
        elif index.column() >= FIRST:
            kind = model.columns[index.column() - FIRST].kind
            flagged = kind in model.flags_in(row)
            _paint_reading(painter, area, model.reading(index), flagged=flagged)
        else:
            strong = index.column() == MINUTE
            _paint_text(painter, area, str(index.data() or ""), strong=strong)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()


def _paint_text(painter: QPainter, area: QRectF, text: str, *, strong: bool) -> None:
    painter.setFont(fonts.sized("strong_figures" if strong else "figures"))
    painter.setPen(tokens().color("text" if strong else "text2"))
    painter.drawText(area.adjusted(px(8), 0, -px(4), 0), Qt.AlignmentFlag.AlignVCenter, text)


def _paint_reading(
    painter: QPainter, area: QRectF, reading: Observation | None, *, flagged: bool
) -> None:
    if reading is None:
        return
    look = tokens()
    if flagged:
        box = area.adjusted(px(4), 1, -1, -2)
        painter.fillRect(box, look.color("flag_tint"))
        painter.setPen(look.color("flag_edge"))
        painter.drawRect(box)
    doubt = reading.status is ObservationStatus.QUESTIONED
    plain = "due" if doubt else "text" if counts(reading) else "text3"
    ink = look.color("flag" if flagged else plain)
    font = fonts.sized("strong_figures" if flagged else "figures")
    words = area.adjusted(px(4), 0, -px(8), 0)
    painter.setFont(font)
    painter.setPen(ink)
    text = shown(reading)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    if not is_evidence(reading):
        _paint_mark(painter, words, (font, ink, text), reading.status)


def _fitting(words: str, shorter: Sequence[str], room: float) -> str:
    """Return the first words that fit; the last of them, cut, where none do."""
    metrics = QFontMetricsF(fonts.sized("pill"))
    ways = (words, *shorter)
    fits = next((way for way in ways if metrics.horizontalAdvance(way) <= room), ways[-1])
    return metrics.elidedText(fits, Qt.TextElideMode.ElideRight, room)


def _paint_mark(
    painter: QPainter,
    words: QRectF,
    written: tuple[QFont, QColor, str],
    status: ObservationStatus | None,
) -> None:
    font, ink, text = written
    left = words.right() - QFontMetricsF(font).horizontalAdvance(text)
    if status is ObservationStatus.STRUCK:
        middle = round(words.center().y()) + 0.5
        painter.setPen(QPen(ink, 1.5))
        painter.drawLine(QPointF(left - 2, middle), QPointF(words.right() + 2, middle))
    else:
        mark = QRectF(left - px(22), words.top(), px(18), words.height())
        letter = "?" if status is ObservationStatus.QUESTIONED else "A"
        paint.key_cap(painter, mark, letter, ink)


def paint_note(painter: QPainter, area: QRectF, model: VitalsModel, number: int) -> None:
    """Paint flag and note of a row into an area."""
    row = model.row(number)
    pill, note = model.pill_of(row), model.note_of(row)
    inner = area.adjusted(px(8), 0, -px(4), 0)
    if pill is not None:
        status, words = pill
        words = _fitting(words, model.shorter_pill(row), inner.width() - px(40))
        paint.pill(painter, inner, status, words)
        inner.setLeft(inner.left() + paint.pill_size(words).width() + px(8))
    painter.setFont(fonts.sized("caption"))
    painter.setPen(tokens().color("text3"))
    text = QFontMetricsF(fonts.sized("caption")).elidedText(
        note, Qt.TextElideMode.ElideRight, max(0.0, inner.width())
    )
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)

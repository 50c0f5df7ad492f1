"""A short list that is known whole: rules, protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from aeapp.kernel.i18n import _

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column: its words, and what it says of a line."""

    head: str
    text: Callable[[Any], str]
    width: int
    right: bool = False


class LinesModel(QAbstractTableModel):
    """The lines, replaced whole; selection stays while their number does."""

    def __init__(self, heads: Sequence[Head], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.lines: tuple[Any, ...] = ()

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show these lines."""
        fresh = tuple(lines)
        if len(fresh) != len(self.lines):
            self.beginResetModel()
            self.lines = fresh
            self.endResetModel()
        elif fresh:
            self.lines = fresh
            last = self.index(len(fresh) - 1, len(self.heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        head = self.heads[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return head.text(self.lines[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.heads[section].head)
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        sides = Qt.AlignmentFlag
        right = self.heads[column].right
        return (sides.AlignRight if right else sides.AlignLeft) | sides.AlignVCenter

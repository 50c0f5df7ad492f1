"""A table of any length: all ids, and the lines of the pages that were looked at.

Sorting and filtering are the store's business; they make a new list of ids.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from forms import fonts

Index = QModelIndex | QPersistentModelIndex
Line = TypeVar("Line")
Deliver = Callable[[Sequence[Line]], None]
# Asks for the lines of some ids; the lines are handed to the second argument, at once or later.
Fetch = Callable[[Sequence[str], Deliver[Line]], None]

PAGE = 200
KEPT_PAGES = 30
ID_ROLE = Qt.ItemDataRole.UserRole
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


# No slots: on Python 3.11 ``Column[Line](...)`` fails on a frozen class with slots.
@dataclass(frozen=True, kw_only=True)
class Column(Generic[Line]):
    """One column: its head and how it reads a line.

    Attributes:
        key: Name of what is sorted by; empty where the column cannot be sorted.
        right: Figures, which line up at the right.
    """

    head: str
    text: Callable[[Line], str]
    key: str = ""
    right: bool = False
    tip: Callable[[Line], str] | None = None
    font: Callable[[Line], QFont | None] | None = None


@dataclass(slots=True)
class _Pages(Generic[Line]):
    """Pages that are here, oldest use first, and those asked for."""

    here: OrderedDict[int, dict[str, Line]] = field(default_factory=OrderedDict)
    asked: set[int] = field(default_factory=set)


class PagedModel(QAbstractTableModel, Generic[Line]):
    """Shows lines by id, page by page.

    A line that is not here yet shows as empty cells and fills in when it comes.
    """

    def __init__(
        self,
        columns: Sequence[Column[Line]],
        fetch: Fetch[Line],
        id_of: Callable[[Line], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._id_of = id_of
        self._ids: tuple[str, ...] = ()
        self._rows: dict[str, int] = {}
        self._pages: _Pages[Line] = _Pages()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show another list; nothing is loaded until it is looked at."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._rows = {}
        self._pages = _Pages()
        self.endResetModel()

    def refresh(self) -> None:
        """Load again what is shown, because lines changed but not their order."""
        self._pages = _Pages()
        if self._ids:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1)
            )

    def id_at(self, row: int) -> str:
        """Return the id of a row."""
        return self._ids[row]

    def row_of(self, id_: str) -> int:
        """Return the row of an id, or -1."""
        if not self._rows:
            self._rows = {id_: row for row, id_ in enumerate(self._ids)}
        return self._rows.get(id_, -1)

    def line_at(self, row: int) -> Line | None:
        """Return the line of a row, or None while it is being loaded."""
        page = row // PAGE
        lines = self._pages.here.get(page)
        if lines is None:
            self._ask_for(page)
            lines = self._pages.here.get(page)
        if lines is None:
            return None
        self._pages.here.move_to_end(page)
        return lines.get(self._ids[row])

    def _ask_for(self, page: int) -> None:
        pages = self._pages
        if page in pages.asked:
            return
        pages.asked.add(page)
        wanted = self._ids[page * PAGE : (page + 1) * PAGE]
        self._fetch(wanted, partial(self._on_lines, pages, page))

    def _on_lines(self, pages: _Pages[Line], page: int, lines: Sequence[Line]) -> None:
        if pages is not self._pages:
            # The list has changed since; these lines belong to the one before.
            return
        pages.asked.discard(page)
        pages.here[page] = {self._id_of(line): line for line in lines}
        while len(pages.here) > KEPT_PAGES:
            pages.here.popitem(last=False)
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    # --- Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        line = self.line_at(index.row())
        return None if line is None else self._of_line(column, line, role)

    def _of_line(self, column: Column[Line], line: Line, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                shown = column.text(line)
                fonts.seen(shown)
                return shown
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return column.tip(line) if column.tip else column.text(line)
            case Qt.ItemDataRole.FontRole:
                return column.font(line) if column.font else None
            case _:
                return line if role == LINE_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

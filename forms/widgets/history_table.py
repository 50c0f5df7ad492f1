"""A short table inside a chart for a history that may be long: a few rows high, then it scrolls.

However many lines there are, the window makes one widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.models.paged import Column, Deliver, PagedModel
from forms.theme import px
from forms.widgets.labels import label
from forms.widgets.tables import ROW, Table

MOST_ROWS = 8
Line = TypeVar("Line")


class HistoryTable(QWidget, Generic[Line]):
    """Lines that are known whole; the newest first.

    Attributes:
        table: Enter opens a line.
    """

    def __init__(
        self,
        name: str,
        nothing: str,
        columns: Sequence[Column[Line]],
        *,
        widths: Sequence[int],
        id_of: Callable[[Line], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.lines: tuple[Line, ...] = ()
        self._id_of = id_of
        self.table = Table(name, self)
        self.model: PagedModel[Line] = PagedModel(
            [replace(c, head=_(c.head)) for c in columns], self._fetch, id_of, self
        )
        self.table.setModel(self.model)
        self._nothing = label(nothing, "caption", self)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        for section, width in enumerate(widths):
            if width:
                head.resizeSection(section, px(width))
            else:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.table)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the first one is chosen."""
        self.lines = tuple(lines)
        self.model.show_ids([self._id_of(line) for line in self.lines])
        self._nothing.setVisible(not self.lines)
        self.table.setVisible(bool(self.lines))
        head = self.table.horizontalHeader().sizeHint().height()
        rows = min(len(self.lines), MOST_ROWS)
        self.table.setFixedHeight(head + rows * px(ROW) + px(6))
        if self.lines:
            self.table.selectRow(0)

    @property
    def chosen(self) -> Line | None:
        """Return the line the cursor is on."""
        index = self.table.currentIndex()
        return self.lines[index.row()] if index.isValid() and self.lines else None

    def _fetch(self, ids: Sequence[str], deliver: Deliver[Line]) -> None:
        wanted = set(ids)
        deliver([line for line in self.lines if self._id_of(line) in wanted])

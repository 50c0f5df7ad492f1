"""Say what the columns of a table of records hold, with what its rows would give beside it.

Nothing is stored here; what is said becomes a mapping, and the mapping is planned like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.tables.draft import (
    NOT_TAKEN,
    UNSAID,
    RecordDraft,
    date_ways,
    is_dated,
    item_words,
    items_of,
    meanings_of,
)
from aeapp.domain.tables.record_map import TableKind
from aeapp.domain.vitals.intake.table_look import TableLook
from aeapp.kernel.i18n import _
from aeapp.services.table_mapping import Looked
from forms.alive import while_alive
from forms.chair.mapper_base import MapperBase, choose
from forms.desk import Desk
from forms.errors import shown_as
from forms.library.lists import TextTable
from forms.table_plans import Asked, Planned, planned
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.choice import SearchBox
from forms.widgets.labels import label, labelled

MAPS = "JSON (*.json)"
Unread = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Line:
    """One column of the table: its name, its first cells, what it holds."""

    name: str
    cells: tuple[str, ...]
    words: str


class ColumnList(TextTable):
    """Name and first cells of each column, and what it holds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Column"), _("Holds"))

    def show_columns(self, look: TableLook, draft: RecordDraft) -> None:
        """Show the columns that have a name of their own, in the order of the table."""
        self.show([_line(name, look, draft) for name in look.usable])

    def change(self, row: int, look: TableLook, draft: RecordDraft) -> None:
        """Show another item of one column."""
        self.rows[row] = _line(self.rows[row].name, look, draft)
        self.dataChanged.emit(self.index(row, 0), self.index(row, 1))

    def cell(self, row: _Line, column: int) -> str:
        if column:
            return row.words
        return f"{row.name}\n{' · '.join(cell or '–' for cell in row.cells)}"


def _line(name: str, look: TableLook, draft: RecordDraft) -> _Line:
    return _Line(name, look.cells_of(name), item_words(draft.kind, draft.item_of(name)))


class TableMapper(MapperBase):
    """Shows the columns of one table and takes what they hold.

    Signals:
        planned: The table is to be planned so; carries the text of the mapping.
        refused: The file is no table; carries the error.
        left: Esc was pressed.
    """

    planned = Signal(str)
    refused = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: Asked | None = None
        self._unread: Unread = {}
        self.look: TableLook | None = None
        self.draft = RecordDraft(kind=TableKind.PATIENTS)
        self.lines = ColumnList(self)
        self.columns = self._table(_("Columns of the table"), self.lines, "mapper.columns")
        self.columns.passed_on = "X"
        self.item = SearchBox(self)
        self.item.setObjectName("mapper.item")
        self.item.setAccessibleName(_("What the column holds"))
        self.item.view().setAccessibleName(_("What the column holds"))
        self.date_way = self._box("mapper.dates", _("How its days are written"))
        self.cell = self._box("mapper.cell", _("Cell that has to be given a meaning"))
        self.meaning = self._box("mapper.meaning", _("What the cell means"))
        self.trial = QPlainTextEdit(self)
        self.from_file = Button(_("From a file…"), self, kind="small", shortcut="Alt+F")
        self.go = Button(_("Plan with these columns"), self, kind="main", shortcut="Alt+G")
        self.name.setPlaceholderText(_("such as Our record system"))
        self.keep.setText(_("Keep for tables with this header"))
        self._build()
        self._connect()
        self.hide()

    # --- what the card uses

    def open_table(self, asked: Asked) -> None:
        """Look at a table; its mapping is what is begun with, else what is kept or proposed."""
        self._asked, mappings = asked, self._desk.app.table_mappings

        def done(found: Looked) -> None:
            self._fill_items()
            self._show(found.look, found.draft)
            self.show()
            self.columns.setFocus()

        self._read(lambda: mappings.look(asked.path, asked.kind, asked.scale, asked.mapping), done)

    def ask_on(self, asked: Asked) -> None:
        """Show what the rows give on other terms; another scale has other items."""
        other = self._asked is None or asked.scale != self._asked.scale
        self._asked = asked
        if other:
            self.open_table(asked)
        else:
            self._try()

    def leave(self) -> None:
        """Go out of sight; what is still being read of a table is for nobody then."""
        self._turn += 1
        self.hide()

    @property
    def keeps(self) -> bool:
        """Tell whether the mapping is wanted for every table with this header."""
        return self.keep.isChecked()

    # --- building

    def _build(self) -> None:
        told = _(
            "Choose a column and say what it holds; Enter goes to the choice, X leaves the column"
            " out. The rows below show at once what they would give."
        )
        self.trial.setReadOnly(True)
        self.trial.setTabChangesFocus(True)
        self.trial.setAccessibleName(_("What the rows would give"))
        self.trial.setMinimumHeight(px(110))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(told, "caption", self, wrap=True))
        column.addWidget(self.columns)
        column.addLayout(self._grid())
        for part in (self.note, self.trial, self.keep):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.from_file)
        foot.addStretch(1)
        foot.addWidget(self.go)
        column.addLayout(foot)
        stops: tuple[QWidget, ...] = (
            *(self.columns, self.item, self.date_way, self.cell, self.meaning, self.missing),
            *(self.separator, self.header_line, self.decimal, self.name, self.trial, self.keep),
            *(self.from_file, self.go),
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        labelled(self, grid, _("Column holds"), self.item)
        self._dates = labelled(self, grid, _("Days are"), self.date_way)
        self._cells = labelled(self, grid, _("Cell, means"), self.cell, self.meaning)
        self._add_cut(grid)
        return grid

    def _connect(self) -> None:
        self.columns.selectionModel().currentRowChanged.connect(self._show_column)
        self.columns.opened.connect(lambda _row: self.item.setFocus())
        self.item.activated.connect(lambda _at: self._take(str(self.item.currentData() or "")))
        self.item.left.connect(self._on_typed)
        self.date_way.activated.connect(self._on_date_way)
        self.cell.activated.connect(self._show_meaning)
        self.meaning.activated.connect(self._on_meaning)
        self.missing.editingFinished.connect(self._on_words)
        self.name.textEdited.connect(self._on_words)
        self.decimal.activated.connect(self._on_words)
        self.separator.activated.connect(self._on_cut)
        self.header_line.editingFinished.connect(self._on_cut)
        self.from_file.clicked.connect(self._on_from_file)
        self.go.clicked.connect(self._on_go)

    # --- reading

    def _on_failed(self, error: BaseException) -> None:
        if self.look is None or self.isHidden():
            self.refused.emit(error)
        else:
            self.trial.clear()
            known = shown_as(error)
            self.note.say(f"{_(known.message)} {_(known.remedy)}".strip(), "wrong")

    # --- showing

    def _fill_items(self) -> None:
        asked = self._asked
        if asked is None:
            return
        with QSignalBlocker(self.item):
            self.item.clear()
            self.item.addItem(item_words(asked.kind, NOT_TAKEN), NOT_TAKEN)
            for item in items_of(asked.kind, asked.scale):
                self.item.addItem(item_words(asked.kind, item), item)

    def _show(self, look: TableLook, draft: RecordDraft) -> None:
        self.look, self.draft, self._unread = look, draft, {}
        self.show_draft(draft)
        self.lines.show_columns(look, draft)
        self.columns.selectRow(0)
        self._show_column()
        self._try()

    def _show_column(self, *_rows: object) -> None:
        name, look = self._chosen(), self.look
        if not name or look is None:
            return
        item = self.draft.item_of(name)
        self.item.setAccessibleName(_("What the column {name} holds").format(name=name))
        choose(self.item, item)
        self.item.show_begin()
        ways = date_ways(self.draft.kind, look.cells_of(name))
        dated = is_dated(self.draft.kind, item) and len(ways) > 1
        with QSignalBlocker(self.date_way):
            self.date_way.clear()
            if self.draft.formats.get(name, "") == UNSAID:
                self.date_way.addItem(_("choose"), UNSAID)
            for way in ways:
                self.date_way.addItem(show(way.first), way.form)
        choose(self.date_way, self.draft.formats.get(name, ""))
        for part in (self._dates, self.date_way):
            part.setVisible(dated)
        self._show_cells()

    def _show_cells(self) -> None:
        """Offer the cells of the chosen column that mean nothing yet, and those that were said."""
        name = self._chosen()
        said = self.draft.values.get(name, {})
        item = self.draft.item_of(name)
        cells = list(dict.fromkeys((*said, *self._unread.get(name, ()))))
        at = self.cell.currentData()
        with QSignalBlocker(self.cell):
            self.cell.clear()
            for cell in cells:
                words = _("{cell} (said)") if cell in said else "{cell}"
                self.cell.addItem(words.format(cell=cell), cell)
        with QSignalBlocker(self.meaning):
            self.meaning.clear()
            self.meaning.addItem(_("choose"), None)
            for one in meanings_of(self.draft.kind, item):
                self.meaning.addItem(one.words, [one.raw])
        open_ones = [cell for cell in cells if cell not in said]
        choose(self.cell, at if at in cells and at not in said else next(iter(open_ones), at))
        self._show_meaning()
        for part in (self._cells, self.cell, self.meaning):
            part.setVisible(bool(cells))

    def _show_meaning(self, *_at: object) -> None:
        said = self.draft.values.get(self._chosen(), {})
        cell = self.cell.currentData()
        raws = [self.meaning.itemData(n) for n in range(self.meaning.count())]
        with QSignalBlocker(self.meaning):
            found = raws.index([said[cell]]) if cell in said and [said[cell]] in raws else 0
            self.meaning.setCurrentIndex(found)

    def _chosen(self) -> str:
        row = self.columns.currentIndex().row()
        return self.lines.rows[row].name if 0 <= row < len(self.lines.rows) else ""

    # --- what is said

    def _take(self, item: str) -> None:
        name, look = self._chosen(), self.look
        if not name or look is None or item == self.draft.item_of(name):
            return
        self.draft = self.draft.with_item(name, item, look)
        self._unread = {one: cells for one, cells in self._unread.items() if one != name}
        self.lines.change(self.columns.currentIndex().row(), look, self.draft)
        self._show_column()
        self._try()

    def _on_typed(self) -> None:
        """Take words that were typed whole; others go back to what the column holds."""
        at = self.item.findText(self.item.currentText(), Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            self._take(str(self.item.itemData(at) or ""))
        else:
            choose(self.item, self.draft.item_of(self._chosen()))

    def _on_date_way(self, _at: int) -> None:
        name = self._chosen()
        self.draft = self.draft.with_format(name, str(self.date_way.currentData()))
        self._show_column()
        self._try()

    def _on_meaning(self, _at: int) -> None:
        name, cell, raw = self._chosen(), self.cell.currentData(), self.meaning.currentData()
        if raw is None or cell is None:
            return
        self.draft = self.draft.with_value(name, str(cell), raw[0])
        self._show_cells()
        self._try()

    def _on_words(self, *_changed: object) -> None:
        draft = replace(self.draft, **self._words())  # type: ignore[arg-type]
        if draft == self.draft:
            return
        # The name changes no row: a large table is not read anew for each of its letters.
        only_name = draft == replace(self.draft, name=draft.name)
        self.draft = draft
        if not only_name:
            self._try()

    def _on_cut(self, *_changed: object) -> None:
        """Look at the table anew: it is cut by another sign, or its names stand elsewhere."""
        asked, (line, sign) = self._asked, self._cut()
        if asked is None or (line, sign) == (self.draft.header_line, self.draft.separator):
            return
        self.draft = replace(self.draft, header_line=line, separator=sign)
        mappings, draft = self._desk.app.table_mappings, self.draft
        self._read(lambda: mappings.look_again(asked.path, draft, asked.scale), self._show_recut)

    def _show_recut(self, found: tuple[TableLook, RecordDraft]) -> None:
        """Show the table as it is cut now; what was said of a column of the same name stays."""
        self._show(found[0], self.draft.recut(found[1]))

    def _on_from_file(self) -> None:
        self._desk.ask.open_file(
            _("Mapping of the columns"), None, _(MAPS), while_alive(self, self.take_file)
        )

    def take_file(self, path: Path) -> None:
        """Take a mapping that stands in a file."""
        asked, mappings = self._asked, self._desk.app.table_mappings
        if asked is None:
            return

        def work() -> tuple[TableLook, RecordDraft]:
            draft = mappings.of_file(path, asked.kind)
            look, _proposed = mappings.look_again(asked.path, draft, asked.scale)
            return look, draft.fitted(look)

        self._read(work, lambda found: self._show(*found))

    # --- what it would give

    def _try(self) -> None:
        asked, lacks = self._asked, self.draft.lacks()
        self.go.setEnabled(False)
        if asked is None or lacks:
            self._turn += 1
            self.trial.clear()
            self.note.say(lacks[0] if lacks else "", "due")
            return
        app, draft = self._desk.app, self.draft
        asked = replace(asked, mapping=draft.text())

        def work() -> tuple[Planned, Unread]:
            plan = planned(app, asked)
            return plan, app.table_mappings.unread(plan.table, draft)

        self._read(work, self._show_trial)

    def _show_trial(self, found: tuple[Planned, Unread]) -> None:
        plan, self._unread = found
        self.trial.setPlainText("\n".join(plan.told))
        self._show_cells()
        self.go.setEnabled(True)
        if plan.wrong:
            words = _("{n} of {m} rows have a problem; they stand below.")
            self.note.say(words.format(n=plan.wrong, m=plan.rows), "wrong")
        else:
            words = _("Every row can be read; {n} of {m} are new here.")
            self.note.say(words.format(n=plan.taken, m=plan.rows), "ok")

    def _on_go(self) -> None:
        if self.go.isEnabled():
            self.planned.emit(self.draft.text())

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.columns.hasFocus() and event.key() == Qt.Key.Key_X and not event.modifiers():
            self._take(NOT_TAKEN)
        else:
            super().keyPressEvent(event)


__all__ = ["TableMapper"]

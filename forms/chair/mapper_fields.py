"""The fields of the column mapper, and how they show a draft; what is typed is read elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.codelists import label as words_of
from aeapp.domain.vitals.intake.column_map import CLOCK, SECONDS
from aeapp.domain.vitals.intake.mapping_draft import TimeWay, Use, sources_of, units_of
from aeapp.kernel.i18n import _
from forms.chair.mapper_base import MapperBase, choose
from forms.chair.mapper_lines import LETTERS, ColumnLines, TrialLines, use_words
from forms.desk import Desk
from forms.models.vitals import time_words
from forms.widgets.buttons import Button
from forms.widgets.labels import label, labelled


class MapperFields(MapperBase):
    """The columns of a file, what each is, and the rows that they give."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines, self.trial_lines = ColumnLines(self), TrialLines(self)
        self.columns = self._table(_("Columns of the file"), self.lines, "mapper.columns")
        self.columns.passed_on = "".join(LETTERS) + "UG"
        self.trial = self._table(_("Readings it would give"), self.trial_lines, "mapper.trial")
        self.what = self._box("mapper.what", _("What the column is"))
        self.unit = self._box("mapper.unit", _("Unit of the column"))
        self.source = self._box("mapper.source", _("Where its values were taken"))
        self.time_way = self._box("mapper.time", _("How the time is written"))
        self.name.setPlaceholderText(_("such as Capnograph, room 2"))
        self.said = label(kind="caption", parent=self, wrap=True)
        self.said.setObjectName("mapper.said")
        self.go = Button(_("Plan with these columns"), self, kind="main", shortcut="Alt+P")
        for letter, what in LETTERS.items():
            self.what.addItem(f"{letter}  {use_words(what)}", what)
        self._build()

    # --- building

    def _build(self) -> None:
        told = _(
            "No layout knows this file. In the list a letter says what a column is, U takes "
            "another unit, G another source."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(told, "caption", self, wrap=True))
        column.addWidget(self.columns)
        column.addLayout(self._grid())
        column.addWidget(self.trial)
        column.addWidget(self.said)
        column.addWidget(self.note)
        column.addWidget(self.keep)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self._order()

    def _order(self) -> None:
        """Let Tab walk as the eye does."""
        stops: tuple[QWidget, ...] = (
            *(self.columns, self.what, self.unit, self.source, self.time_way, self.missing),
            *(self.separator, self.header_line, self.decimal, self.name, self.trial, self.keep),
        )
        for before, after in zip(stops, (*stops[1:], self.go), strict=True):
            QWidget.setTabOrder(before, after)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        labelled(self, grid, _("Column is"), self.what)
        self._unit_row = labelled(self, grid, _("Unit, source"), self.unit, self.source)
        labelled(self, grid, _("Time"), self.time_way)
        self._add_cut(grid)
        return grid

    # --- showing

    def show_use(self, name: str, use: Use) -> None:
        """Show what one column is."""
        self.what.setAccessibleName(_("What the column {name} is").format(name=name))
        choose(self.what, use.what)
        with QSignalBlocker(self.unit):
            self.unit.clear()
            units = units_of(use.what) if use.is_sign else ()
            self.unit.addItems(list(dict.fromkeys((*units, *([use.unit] if use.unit else ())))))
            self.unit.setCurrentText(use.unit)
        with QSignalBlocker(self.source):
            self.source.clear()
            for source in sources_of(use.what) if use.is_sign else ():
                self.source.addItem(_(words_of(source)), source)
            if self.source.findData(use.source) < 0:
                self.source.addItem(_(words_of(use.source)), use.source)
        choose(self.source, use.source)
        for part in (self._unit_row, self.unit, self.source):
            part.setVisible(use.is_sign)

    def show_ways(self, ways: Sequence[TimeWay], form: str) -> None:
        """Offer the ways of writing the time, each with the first time read so."""
        with QSignalBlocker(self.time_way):
            self.time_way.clear()
            words = _("choose") if ways else _("these cells are no time that is known")
            if form not in [way.form for way in ways]:
                self.time_way.addItem(words, "")
            for way in ways:
                self.time_way.addItem(_way_words(way), way.form)
        choose(self.time_way, form)


def _way_words(way: TimeWay) -> str:
    if way.form == SECONDS:
        return _("seconds since it began")
    if way.form == CLOCK:
        return _("times of a day, that of the session")
    if way.first is None:
        return way.form
    return f"{show(way.first.date_part())}, {time_words(way.first)}"

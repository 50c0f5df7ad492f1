"""What every mapper of columns has: the list of columns, how the file is cut, name, keep, note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QSignalBlocker
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from aeapp.domain.vitals.intake.mapping import MAX_HEADER_LINE
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.chair.proposal_strip import LOW_BELOW
from forms.desk import Desk
from forms.theme import px
from forms.widgets.labels import Note, labelled
from forms.widgets.tables import TALL_ROW, LinesDelegate, Table

_SEPARATORS = {"comma": N_("comma"), "semicolon": N_("semicolon"), "tab": N_("tab")}
_DECIMALS = {".": N_("point"), ",": N_("comma")}
_ROWS_SHOWN, _FEW_ROWS = 5, 3


class Cut(Protocol):
    """How a table is cut, as a draft says."""

    @property
    def separator(self) -> str:
        """What parts its columns."""

    @property
    def decimal(self) -> str:
        """Sign of its decimals."""

    @property
    def header_line(self) -> int:
        """Line of the names."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Signs of no value."""

    @property
    def name(self) -> str:
        """What it is called."""


class MapperBase(QFrame):
    """The fields that say how a file is cut; the list of its columns is made by who has one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        # The newest reading; what an earlier one answers late is not shown any more.
        self._turn = 0
        self.setObjectName("mapper")
        self.setAccessibleName(_("What the columns are"))
        self._lists: list[Table] = []
        self.separator = self._box("mapper.separator", _("What parts the columns"))
        self.decimal = self._box("mapper.decimal", _("Sign of decimals"))
        self.header_line = self._line("mapper.header", _("Line with the names of columns"), 4)
        self.header_line.setValidator(QIntValidator(1, MAX_HEADER_LINE, self))
        self.missing = self._line("mapper.missing", _("Signs for no value, parted by ;"), 200)
        self.missing.setPlaceholderText(_("such as --; lead off"))
        self.name = self._line("mapper.name", _("Name of the device or table"), 100)
        self.keep = QCheckBox(_("Keep for files with this header"), self)
        self.keep.setObjectName("mapper.keep")
        self.keep.setChecked(True)
        self.note = Note(self)
        for key, words in _SEPARATORS.items():
            self.separator.addItem(_(words), key)
        for key, words in _DECIMALS.items():
            self.decimal.addItem(_(words), key)

    # --- reading

    def _read(self, work: Callable[[], object], on_done: Callable[..., None]) -> None:
        self._turn += 1
        turn = self._turn

        def done(found: object) -> None:
            if turn == self._turn:
                on_done(found)

        def failed(error: BaseException) -> None:
            if turn == self._turn:
                self._on_failed(error)

        self._desk.runners.readers.start(
            lambda _progress: work(),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, failed),
        )

    def _on_failed(self, error: BaseException) -> None:
        """Say why a reading came to nothing."""
        raise NotImplementedError

    # --- building

    def _table(self, name: str, model: QAbstractItemModel, key: str) -> Table:
        table = Table(name, self, row_height=TALL_ROW)
        table.setObjectName(key)
        table.setModel(model)
        table.setItemDelegate(LinesDelegate(table))
        head = table.horizontalHeader()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._lists.append(table)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low window a list must not be higher than what can be seen of the card.
        rows = _FEW_ROWS if self.window().height() < px(LOW_BELOW) else _ROWS_SHOWN
        for table in self._lists:
            table.setFixedHeight(px(TALL_ROW * rows))

    def _box(self, key: str, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(key)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        return box

    def _line(self, key: str, name: str, longest: int) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(key)
        line.setAccessibleName(name)
        line.setMaxLength(longest)
        line.setMinimumWidth(px(48))
        return line

    def _add_cut(self, grid: QGridLayout) -> None:
        """Add the fields of the whole table below those of one column."""
        labelled(self, grid, _("No value"), self.missing)
        labelled(self, grid, _("Parted by"), self.separator)
        labelled(self, grid, _("Names in line"), self.header_line)
        labelled(self, grid, _("Decimals"), self.decimal)
        labelled(self, grid, _("Name"), self.name)

    # --- showing and reading

    def show_draft(self, draft: Cut) -> None:
        """Show what a draft says of the whole table."""
        for box, value in ((self.separator, draft.separator), (self.decimal, draft.decimal)):
            choose(box, value)
        self.header_line.setText(str(draft.header_line))
        self.missing.setText("; ".join(draft.missing))
        self.name.setText(draft.name)

    def _words(self) -> dict[str, object]:
        """Return what is said of the whole table, without how it is cut."""
        return {
            "name": self.name.text(),
            "missing": tuple(filter(None, map(str.strip, self.missing.text().split(";")))),
            "decimal": self.decimal.currentData(),
        }

    def _cut(self) -> tuple[int, str]:
        """Return the line of the names, and what parts the columns."""
        return int(self.header_line.text() or 1), str(self.separator.currentData())


def choose(box: QComboBox, value: object) -> None:
    """Show a choice silently."""
    with QSignalBlocker(box):
        box.setCurrentIndex(max(0, box.findData(value)))

"""A list of records of one kind with the form of the chosen one under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.editing.editor import Editor
from forms.clinic.lines import Head, LinesModel
from forms.clinic.record_form import RecordForm
from forms.desk import Desk
from forms.theme import px
from forms.widgets.labels import label
from forms.widgets.tables import ROW, Table

MOST_ROWS = 9
SIDES, REST, LEAST = 56, 90, 120


class SettingsPage(QWidget):
    """Reads lines, shows them, and edits the record of the chosen one.

    Args:
        read: Reads the lines; runs on a thread.
        record_of, title_of: The record of a line, and what its form is called.
        key_of: What stays the same of a record when it is saved.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        caption: str,
        heads: Sequence[Head],
        form: RecordForm,
        *,
        read: Callable[[], Sequence[Any]],
        record_of: Callable[[Any], Any],
        title_of: Callable[[Any], str],
        key_of: Callable[[Any], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._desk, self._read = desk, read
        self._record_of, self._title_of, self._key_of = record_of, title_of, key_of
        # What was typed for one line stays while another one is looked at.
        self._editors: dict[object, Editor[Any]] = {}
        self._shown: object = None
        self.model = LinesModel(heads, self)
        self.table = Table(name, self)
        self.table.setModel(self.model)
        self.form = form
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        form.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(name, "heading", self))
        column.addWidget(label(caption, "caption", self, wrap=True))
        column.addWidget(self.table)
        column.addWidget(form, 1)
        # Where no line is chosen, the heading stays at the top.
        column.addStretch(0)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.opened.connect(self._on_opened)
        form.saved.connect(self._on_saved)
        self.refresh()

    def refresh(self) -> None:
        """Read the lines again; what is being edited stays."""
        self._desk.read(self._read, self._on_read)

    def put_above(self, widget: QWidget) -> None:
        """Put something between the caption and the list."""
        self._column.insertWidget(self._column.indexOf(self.table), widget)

    def focus_first(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus()

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [self.table, self.form]

    @property
    def unsaved(self) -> bool:
        """Tell whether something was changed and not saved."""
        return any(editor.dirty for editor in self._editors.values())

    def _on_read(self, lines: Sequence[Any]) -> None:
        self.model.show_lines(lines)
        for line in lines:
            record = self._record_of(line)
            editor = self._editors.get(self._key_of(record))
            if editor is not None and not editor.dirty and editor.saved != record:
                editor.mark_saved(record)
        self._fit()
        if lines and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _on_saved(self, _record: object) -> None:
        self.refresh()

    def _on_row_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.form.take_in()
            self._show(self.model.lines[index.row()])

    def _show(self, line: Any) -> None:
        record = self._record_of(line)
        key = self._key_of(record)
        editor = self._editors.setdefault(key, Editor(record))
        self.form.show_record(editor, self._title_of(line))
        self.form.show()

    def _on_opened(self, _row: int) -> None:
        next(iter(self.form.fields.values())).focus_editor()

    def _fit(self) -> None:
        head, room = self.table.horizontalHeader(), self.width() - px(SIDES)
        for n, column in enumerate(self.model.heads):
            width = px(column.width or REST)
            # By the second line of a rule is known which one it is: it is cut rather than hidden.
            if n == 1 and width > room >= px(LEAST):
                width = room
            # What has no room is in the form of the chosen line.
            self.table.setColumnHidden(n, n > 0 and width > room)
            room -= width
            if column.width:
                self.table.setColumnWidth(n, width)
        rows = min(len(self.model.lines), MOST_ROWS)
        self.table.setFixedHeight(head.sizeHint().height() + rows * px(ROW) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

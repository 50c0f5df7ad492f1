"""One page of a form as widgets: rows of fields, headings, tables, buttons that add.

The page carries what people do to its fields outwards with the path; it decides nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.items import FieldSpec
from aeapp.kernel.i18n import _
from forms.form_plan import Block, Entry, Page
from forms.theme import px
from forms.widgets.base import FieldWidget, Now
from forms.widgets.buttons import Button
from forms.widgets.labels import label
from forms.widgets.registry import widget_for

SpecAt = Callable[[str], FieldSpec]
Rows = Callable[[str], Sequence[Sequence[str]]]


class FormPage(QScrollArea):
    """The fields of one page.

    Signals:
        typed: Path and text under the person's keys.
        entered: Path and text when the field was left.
        chosen: Path and the value picked.
        add_asked: A part is to be added; carries the ``Add``.
        help_asked: The help of an item.
        focus_came: The cursor came into a field; carries its path.

    Attributes:
        plan: What the page shows.
        fields: The fields by path.
        adds: The buttons that add, by the path of what they mend, else by the part.
    """

    typed = Signal(str, str)
    entered = Signal(str, str)
    chosen = Signal(str, object)
    add_asked = Signal(object)
    help_asked = Signal(str)
    focus_came = Signal(str)

    def __init__(
        self, plan: Page, spec_at: SpecAt, rows: Rows, now: Now, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self.fields: dict[str, FieldWidget] = {}
        self.adds: dict[str, Button] = {}
        self._spec_at = spec_at
        self._rows_of = rows
        self._now = now
        self._lines: list[tuple[QWidget, list[str]]] = []
        self._owner: dict[QObject, str] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(plan.title)
        self._content = QWidget(self)
        self._content.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(4)
        for n, block in enumerate(plan.blocks):
            self._add_block(block, first=n == 0)
        self._column.addStretch(1)
        self.setWidget(self._content)

    # --- building

    def _add_block(self, block: Block, *, first: bool) -> None:
        if not first:
            self._column.addSpacing(12)
        if block.heading:
            self._column.addWidget(self._heading(block))
        if block.text:
            self._column.addWidget(label(block.text, "caption", self._content, wrap=True))
        if block.table:
            rows = self._rows_of(block.table)
            if rows:
                self._column.addWidget(self._table(rows))
        for group in _grouped(block.entries):
            self._column.addWidget(self._row(group))
        if block.add is not None:
            button = Button(block.add.text, self._content, icon="add")
            button.clicked.connect(partial(self._on_add, block.add))
            self.adds[block.add.mends or block.add.part] = button
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _heading(self, block: Block) -> QWidget:
        head = QWidget(self._content)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        if block.number:
            number = label(block.number, "number", head)
            number.setFixedWidth(px(28))
            row.addWidget(number)
        row.addWidget(label(block.heading, "label" if block.number else "strong", head), 1)
        return head

    def _table(self, rows: Sequence[Sequence[str]]) -> QWidget:
        table = QWidget(self._content)
        grid = QGridLayout(table)
        grid.setContentsMargins(px(36), 0, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        heads = (_("Test"), _("Low"), _("High"), _("Date"))
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "head", table), 0, column)
        for line, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                words = label(text, "figures", table, wrap=column == 0)
                grid.addWidget(words, line, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        return table

    def _row(self, group: Sequence[Entry]) -> QWidget:
        row = QWidget(self._content)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        paths = []
        for n, entry in enumerate(group):
            field = self._field(entry, row, numbered=n == 0 or entry.number != group[0].number)
            field.set_stacked(len(group) > 1)
            line.addWidget(field, _share(field, first=n == 0), Qt.AlignmentFlag.AlignTop)
            paths.append(entry.path)
        self._lines.append((row, paths))
        return row

    def _field(self, entry: Entry, parent: QWidget, *, numbered: bool) -> FieldWidget:
        spec = self._spec_at(entry.path)
        if entry.widget:
            item = dataclasses.replace(spec.item, widget=entry.widget)
            spec = dataclasses.replace(spec, item=item)
        number = entry.number if numbered else ""
        field = widget_for(spec, number, entry.caption, parent, path=entry.path, now=self._now)
        if not numbered:
            _name_with(field, entry.number)
        if entry.read_only:
            field.set_read_only(True)
        field.typed.connect(partial(self.typed.emit, entry.path))
        field.entered.connect(partial(self.entered.emit, entry.path))
        field.chosen.connect(partial(self.chosen.emit, entry.path))
        field.help_asked.connect(self.help_asked)
        for part in field.findChildren(QWidget):
            if part.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                self._owner[part] = entry.path
                part.installEventFilter(self)
        self.fields[entry.path] = field
        return field

    def _on_add(self, add: object, _checked: bool) -> None:
        self.add_asked.emit(add)

    # --- using

    def set_stacked(self, stacked: bool) -> None:
        """Put labels above their fields, for narrow windows."""
        for _row, paths in self._lines:
            for path in paths:
                self.fields[path].set_stacked(stacked or len(paths) > 1)

    def show_asked(self, asked: frozenset[str]) -> None:
        """Show the fields that are asked now and hide the others."""
        for row, paths in self._lines:
            for path in paths:
                field = self.fields[path]
                if field.isHidden() == (path in asked):
                    field.setVisible(path in asked)
            some = any(path in asked for path in paths)
            if row.isHidden() == some:
                row.setVisible(some)

    def focus_field(self, path: str) -> None:
        """Put the cursor into a field, or on the button that mends it, and bring it into view."""
        if path in self.adds:
            self.adds[path].setFocus()
            self.ensureWidgetVisible(self.adds[path], 0, px(24))
            return
        field = self.fields[path]
        field.focus_editor()
        self.ensureWidgetVisible(field, 0, px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focus_came.emit(self._owner.get(watched, ""))
        if isinstance(watched, QLineEdit) and _is_undo(event):
            # A line leaves Undo to the form; a text of sentences keeps its own.
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _share(field: FieldWidget, *, first: bool) -> int:
    """Return how much of a row a field gets: a number little, the words before others most."""
    if field.spec.type in (Decimal, int):
        return 1
    return 2 if first or field.WIDE else 1


def _is_undo(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


def _grouped(entries: Iterable[Entry]) -> list[list[Entry]]:
    groups: list[list[Entry]] = []
    for entry in entries:
        if entry.beside and groups:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _name_with(field: FieldWidget, number: str) -> None:
    # The number is printed once in the row; a screen reader needs it at each field.
    for part in (field, *field.findChildren(QWidget)):
        if number and part.accessibleName().startswith(field.caption):
            part.setAccessibleName(f"{number} {part.accessibleName()}")

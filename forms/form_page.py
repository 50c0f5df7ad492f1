"""One page of a form as widgets: rows of fields, headings, tables, buttons that add.

The page carries what people do to its fields outwards with the path; it decides nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from aeapp.domain.items import FieldSpec
from aeapp.kernel.i18n import _
from forms.form_parts import Block, Entry, Page
from forms.now import Now
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.choice import ListField
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
        focus_came: The cursor came into a field; carries its path.
        settled: Of two values, one was chosen; path, and "mine" or "theirs".

    Attributes:
        plan: What the page shows.
        fields: The fields by path.
        adds: The buttons that add, by their keys.
    """

    typed = Signal(str, str)
    entered = Signal(str, str)
    chosen = Signal(str, object)
    add_asked = Signal(object)
    focus_came = Signal(str)
    settled = Signal(str, str)

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
        self._to_reveal: QWidget | None = None
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
            button = Button(block.add.text, self._content, icon=block.add.icon)
            button.clicked.connect(partial(self._on_add, block.add))
            self.adds[block.add.key] = button
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
            field = self._field(entry, row, group[0] if n else None)
            field.set_stacked(len(group) > 1)
            line.addWidget(field, _share(field, first=n == 0), Qt.AlignmentFlag.AlignTop)
            paths.append(entry.path)
        self._lines.append((row, paths))
        return row

    def _field(self, entry: Entry, parent: QWidget, beside: Entry | None) -> FieldWidget:
        spec = self._spec_at(entry.path)
        if entry.widget:
            item = dataclasses.replace(spec.item, widget=entry.widget)
            spec = dataclasses.replace(spec, item=item)
        number, caption = _shown(entry, beside)
        field = widget_for(spec, number, caption, parent, path=entry.path, now=self._now)
        _name_in_full(field, f"{entry.number} {entry.caption}".strip())
        if entry.read_only:
            field.set_read_only(True)
        field.typed.connect(partial(self.typed.emit, entry.path))
        field.entered.connect(partial(self.entered.emit, entry.path))
        field.chosen.connect(partial(self.chosen.emit, entry.path))
        field.settled.connect(partial(self.settled.emit, entry.path))
        for part in field.findChildren(QWidget):
            if part.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                self._owner[part] = entry.path
                part.installEventFilter(self)
        self.fields[entry.path] = field
        return field

    def _on_add(self, add: object, *_pressed: bool) -> None:
        self.add_asked.emit(add)

    # --- using

    def set_locked(self, locked: bool) -> None:
        """Show every value without letting any be changed."""
        own = {entry.path: entry.read_only for entry in self.plan.entries()}
        for path, field in self.fields.items():
            field.set_read_only(locked or own.get(path, False))
        for button in self.adds.values():
            button.setVisible(not locked)

    def set_stacked(self, stacked: bool) -> None:
        """Put labels above their fields, for narrow windows."""
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        for row, paths in self._lines:
            line = row.layout()
            if isinstance(line, QBoxLayout):
                line.setDirection(way)
                line.setSpacing(4 if stacked else 16)
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
            self._reveal(self.adds[path])
        else:
            self.fields[path].focus_editor()
            self._reveal(self.fields[path])

    def reveal_focused(self, field: FieldWidget) -> None:
        """Bring a field that has grown into view, if a person is in it."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and field.isAncestorOf(focused):
            self._reveal(field)

    def _reveal(self, widget: QWidget) -> None:
        self._to_reveal = widget
        self._on_reveal()
        # A page that was just made has its places only after the layout was worked out.
        QTimer.singleShot(0, self, self._on_reveal)

    def _on_reveal(self) -> None:
        if self._to_reveal is not None and isValid(self._to_reveal):
            self._column.activate()
            self.ensureWidgetVisible(self._to_reveal, 0, px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focus_came.emit(self._owner.get(watched, ""))
        if isinstance(watched, QLineEdit) and is_undo(event):
            # A line leaves Undo to the form; a text of sentences keeps its own.
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _share(field: FieldWidget, *, first: bool) -> int:
    """Return how much of a row a field gets: a number little, the words before others most."""
    if field.spec.type in (Decimal, int):
        return 1
    return 2 if first or field.WIDE or isinstance(field, ListField) else 1


def is_undo(event: QEvent) -> bool:
    """Tell whether a field is asked whether it wants Undo or Redo for itself."""
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


def _shown(entry: Entry, beside: Entry | None) -> tuple[str, str]:
    """Return number and caption as printed: what the row's first field says is not said again."""
    if beside is None or beside.number != entry.number:
        return entry.number, entry.caption
    _head, comma, tail = entry.caption.partition(", ")
    return "", tail[:1].upper() + tail[1:] if comma else entry.caption


def _name_in_full(field: FieldWidget, full: str) -> None:
    # A screen reader meets each field alone, so it needs what is printed once for a row.
    short = field.accessible_label
    for part in (field, *field.findChildren(QWidget)):
        name = part.accessibleName()
        if full and name.startswith(field.caption):
            part.setAccessibleName(full + name[len(field.caption) :])
        elif full and name.endswith(short) and not name.startswith(full):
            part.setAccessibleName(name[: -len(short)] + full)

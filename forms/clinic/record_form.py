"""Edit one record of the clinic's own settings: fields, undo, save with a reason.

What was typed stays until it is saved, also when another line of the list is looked at and when it
is refused; undo gives back each step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from aeapp.domain.items import Record
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from forms.desk import Desk
from forms.edited import show_texts
from forms.form_page import is_undo
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.emptied import emptied
from forms.widgets.labels import hairline, label
from forms.widgets.registry import widget_for
from forms.widgets.why import Why, WhyLine

STACKED_BELOW = 560
LEAST_HEIGHT = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A repeated part of a record, edited row by row.

    Attributes:
        path: Name of the part in the record.
        names: Items of one row that are edited.
        title, add: Words above the rows, and on the button that adds one.
    """

    path: str
    names: tuple[str, ...]
    blank: Any
    title: str
    add: str


class RecordForm(QFrame):
    """Shows and edits one record.

    Args:
        store: Stores the record with a reason and returns it; runs on the thread of writes.
        default: Returns what the program says in a record's place, or None; it is filled in like
            anything typed, so that Undo takes it back and Save keeps it.

    Signals:
        saved: It is stored; carries the record.
    """

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk,
        record: Record,
        paths: Sequence[str],
        store: Callable[[Any, str], Any],
        parent: QWidget | None = None,
        *,
        default: Callable[[Any], Any] = lambda _record: None,
        rows: Rows | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._desk, self._store, self._default, self._rows = desk, store, default, rows
        self.editor: Editor[Any] = Editor(record)
        self._leave = self.editor.subscribe(self._on_changed)
        self._paths = tuple(paths)
        self.fields: dict[str, FieldWidget] = {}
        self.row_fields: dict[str, FieldWidget] = {}
        self._saving = False
        self._title = label(kind="title", parent=self, wrap=True)
        self.state_words = label(kind="caption", parent=self)
        self.save_button = Button(_("Save"), self, kind="main", shortcut="Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.reset_button = Button(_("Back to the default"), self)
        self.reset_button.clicked.connect(self._on_reset)
        self.why = WhyLine(self)
        self.why.picked.connect(self._on_why)
        self.why.hide()
        self._lines = QVBoxLayout()
        self._build()
        self.setMinimumHeight(px(LEAST_HEIGHT))

    def sizeHint(self) -> QSize:
        # As high as there is room; its fields scroll.
        return QSize(px(STACKED_BELOW), px(LEAST_HEIGHT))

    # --- what the page uses

    def show_record(self, editor: Editor[Any], title: str) -> None:
        """Show the record that ``editor`` holds, with what was typed and not saved."""
        self._leave()
        self.editor = editor
        self._leave = editor.subscribe(self._on_changed)
        self.setAccessibleName(title)
        self._title.setText(title)
        self.why.hide()
        self._show_rows()
        self._on_changed(frozenset({""}))

    def take_in(self) -> None:
        """Have the field with the cursor hand over its text, as if it were left."""
        for field in [w for w in self.findChildren(QWidget) if w.hasFocus()]:
            field.clearFocus()
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Store the record; a change of something stored before is asked for its reason."""
        self.take_in()
        problem = next((p for p in self._all_fields() if self.editor.problem(p)), None)
        if problem is not None:
            self._all_fields()[problem].focus_editor()
            return
        if not self.editor.dirty or self._saving:
            return
        if self.editor.saved.version:
            self.why.show()
            self.why.ask()
        else:
            self._write("")

    # --- building

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(6)
        for path in self._paths:
            self.fields[path] = self._field(path)
            inner.addWidget(self.fields[path])
        if self._rows is not None:
            inner.addWidget(hairline(page))
            head = QHBoxLayout()
            head.addWidget(label(self._rows.title, "strong", page), 1)
            self.add_button = Button(self._rows.add, page, kind="small", icon="add")
            self.add_button.clicked.connect(self._on_add_row)
            head.addWidget(self.add_button)
            inner.addLayout(head)
            inner.addLayout(self._lines)
        inner.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.state_words, 1)
        foot.addWidget(self.reset_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._title.setContentsMargins(16, 12, 16, 8)
        for part in (self._title, scroll, self.why):
            column.addWidget(part, 1 if part is scroll else 0)
        column.addLayout(foot)
        for sequence, run in (("Ctrl+Z", self._on_undo), ("Ctrl+Shift+Z", self._on_redo)):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _field(self, path: str, parent: QWidget | None = None) -> FieldWidget:
        spec = self.editor.spec(path)
        field = widget_for(spec, parent=parent, path=path, now=self._desk.app.context.now)
        field.entered.connect(partial(self._on_entered, path))
        field.chosen.connect(partial(self._on_chosen, path))
        field.set_stacked(self.width() < px(STACKED_BELOW))
        for line in field.findChildren(QLineEdit):
            line.installEventFilter(self)
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_undo(event):
            # A line leaves Undo to the form.
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _all_fields(self) -> dict[str, FieldWidget]:
        return {**self.fields, **self.row_fields}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(px(LEAST_HEIGHT))
        for field in self._all_fields().values():
            field.set_stacked(self.width() < px(STACKED_BELOW))

    # --- rows

    def _shown_rows(self) -> int:
        rows = self._rows
        return 0 if rows is None else len(self.row_fields) // len(rows.names)

    def _show_rows(self) -> None:
        if self._rows is None:
            return
        emptied(self._lines)
        self.row_fields = {}
        for n in range(len(getattr(self.editor.model, self._rows.path))):
            line = self._line(self._rows, n)
            self._lines.addWidget(line)
            # Now, so that the cursor can be put into it at once.
            line.show()

    def _line(self, rows: Rows, n: int) -> QWidget:
        line = QWidget(self)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        for name in rows.names:
            path = f"{rows.path}[{n}].{name}"
            self.row_fields[path] = self._field(path, line)
            column.addWidget(self.row_fields[path])
        remove = Button(_("Remove"), line, kind="small", icon="remove")
        remove.setAccessibleName(_("Remove row {number}").format(number=n + 1))
        remove.clicked.connect(partial(self._on_remove_row, n))
        column.addWidget(remove, 0, Qt.AlignmentFlag.AlignRight)
        return line

    def _on_add_row(self) -> None:
        if self._rows is not None:
            rows = getattr(self.editor.model, self._rows.path)
            self.editor.set(self._rows.path, (*rows, self._rows.blank))
            self.row_fields[f"{self._rows.path}[{len(rows)}].{self._rows.names[0]}"].focus_editor()

    def _on_remove_row(self, n: int) -> None:
        if self._rows is not None:
            rows = getattr(self.editor.model, self._rows.path)
            self.editor.set(self._rows.path, (*rows[:n], *rows[n + 1 :]))
            self.add_button.setFocus()

    # --- showing and editing

    def _on_changed(self, _paths: frozenset[str]) -> None:
        rows = self._rows
        if rows is not None and self._shown_rows() != len(getattr(self.editor.model, rows.path)):
            self._show_rows()
        show_texts(self.editor, self._all_fields())
        self._show_state()

    def _show_state(self) -> None:
        if self._saving:
            words = _("Saving…")
        elif self.editor.dirty:
            words = _("Changed, not saved yet")
        else:
            words = _("Saved") if self.editor.saved.version else _("Default of the program")
        self.state_words.setText(words)
        self.reset_button.setEnabled(bool(self._differing()))

    def _on_entered(self, path: str, text: str) -> None:
        self.editor.enter(path, text)
        self.editor.close_step()

    def _on_chosen(self, path: str, value: object) -> None:
        self.editor.set(path, value)
        self.editor.close_step()

    def _on_undo(self) -> None:
        self.editor.undo()

    def _on_redo(self) -> None:
        self.editor.redo()

    # --- storing

    def _on_why(self, why: Why) -> None:
        self.why.hide()
        self._write(why.value)
        self.save_button.setFocus()

    def _on_reset(self) -> None:
        self.editor.close_step()
        for path in self._differing():
            self.editor.set(path, getattr(self._default(self.editor.model), path))
            self.editor.close_step()

    def _differing(self) -> list[str]:
        """Return the items in which the record says something other than its default."""
        model, default = self.editor.model, self._default(self.editor.model)
        names = [*self._paths, *([self._rows.path] if self._rows is not None else [])]
        if default is None:
            return []
        return [name for name in names if getattr(model, name) != getattr(default, name)]

    def _write(self, reason: str) -> None:
        editor, store = self.editor, self._store
        written = editor.hand_over()
        self._saving = True

        def done(stored: Any) -> None:
            self._saving = False
            editor.mark_saved(stored)
            self._desk.toast(_("Saved."))
            self.saved.emit(stored)

        def failed(_error: BaseException) -> None:
            self._saving = False
            self._show_state()

        self._desk.write(lambda: store(written, reason), done, failed)
        self._show_state()

"""A form of one product or lot: its items, Save, and why a saved answer is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain import lens
from aeapp.domain.items import Record
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from forms.desk import Desk
from forms.edited import hand_over_focused, show_texts
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.labels import label
from forms.widgets.registry import widget_for
from forms.widgets.why import Why, WhyLine

STACKED_BELOW = 520
LEFT = "left without a reason given"


Store = Callable[[Any, str], Any]


def _into_the_library(desk: Desk) -> Store:
    def store(record: Any, reason: str) -> Any:
        return desk.app.stock.save(record, reason=reason)

    return store


class RecordForm(QFrame):
    """Shows and edits one record.

    Args:
        store: Stores it with the reason of a change; into the library where not given.
        key: Saves it; another one where the page saves something else with Ctrl+S.

    Signals:
        saved: The record is stored; carries it.
    """

    saved = Signal(object)

    def __init__(
        self,
        title: str,
        blank: Record,
        paths: Sequence[str],
        desk: Desk,
        parent: QWidget,
        *,
        store: Store | None = None,
        key: str = "Ctrl+S",
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self._desk = desk
        self._store = store or _into_the_library(desk)
        self._toast = (
            _("Library saved.") if store is None else _("{what} saved.").format(what=title)
        )
        self._paths = tuple(paths)
        self._saving = False
        self.editor: Editor[Any] = Editor(blank)
        self.fields: dict[str, FieldWidget] = {}
        self.save_button = Button(_("Save"), self, kind="main", shortcut=key)
        self.save_button.clicked.connect(self.save)
        self._state = label(kind="caption", parent=self)
        self.why = WhyLine(self)
        self.why.picked.connect(self._on_why)
        self.why.hide()
        self._build(title)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        redo = QShortcut(QKeySequence("Ctrl+Shift+Z"), self)
        for shortcut, run in ((undo, self._on_undo), (redo, self._on_redo)):
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        self.show_record(blank)

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(title, "strong", self))
        for path in self._paths:
            field = widget_for(
                self.editor.spec(path), path=path, parent=self, now=self._desk.app.context.now
            )
            field.entered.connect(partial(self._on_entered, path))
            field.chosen.connect(partial(self._on_chosen, path))
            self.fields[path] = field
            column.addWidget(field)
        column.addWidget(self.why)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._state, 1)
        foot.addWidget(self.save_button)
        column.addLayout(foot)

    # --- what the page uses

    def show_record(self, record: Record) -> None:
        """Show a record; one without an id is new. What was typed for the one before is stored."""
        self.leave()
        self.editor = Editor(record)
        self.editor.subscribe(self._on_changed)
        self.why.hide()
        self._on_changed(frozenset({""}))

    def renew(self, record: Record) -> None:
        """Show the record as it is stored by now, unless something is being changed in it."""
        if record != self.editor.saved and not self.editor.dirty and not self._saving:
            self.show_record(record)

    def leave(self) -> None:
        """Store what was changed, as when another record is looked at."""
        hand_over_focused(self)
        if self.editor.dirty and not self._saving:
            self._write(LEFT if self.editor.saved.version else "")

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.fields[self._paths[0]].focus_editor()

    def save(self) -> None:
        """Store the record; a change of something stored before is asked for its reason."""
        hand_over_focused(self)
        if not self.editor.dirty or self._saving:
            return
        changes = lens.diff(self.editor.saved, self.editor.model)
        if self.editor.saved.version and any(before is not None for before, _a in changes.values()):
            self.why.ask()
        else:
            self._write("")

    # --- showing

    def _on_changed(self, _paths: frozenset[str]) -> None:
        show_texts(self.editor, self.fields)
        self._show_state()

    def _show_state(self) -> None:
        if self._saving:
            words = _("Saving…")
        elif self.editor.dirty:
            words = _("Changed, not saved yet")
        else:
            words = _("Saved") if self.editor.saved.version else _("Nothing entered yet")
        self._state.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for field in self.fields.values():
            field.set_stacked(self.width() < px(STACKED_BELOW))

    # --- editing

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

    def _write(self, reason: str) -> None:
        editor, store = self.editor, self._store
        written = editor.hand_over()
        self._saving = True

        def done(stored: Record) -> None:
            self._saving = False
            editor.mark_saved(stored)
            if editor is self.editor:
                self._show_state()
            self._desk.toast(self._toast)
            self.saved.emit(stored)

        def failed(_error: BaseException) -> None:
            self._saving = False
            self._show_state()

        self._desk.write(lambda: store(written, reason), done, failed)
        self._show_state()

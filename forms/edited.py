"""What fields show of an editor, and what they hand over to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from aeapp.domain.findings import Severity
from aeapp.editing.editor import Editor
from forms.widgets.base import FieldWidget


def show_texts(editor: Editor[Any], fields: Mapping[str, FieldWidget]) -> None:
    """Show in each field, by its path, the text of its item and what is wrong with it."""
    for path, field in fields.items():
        field.show_value(editor.value(path), editor.text(path))
        problem = editor.problem(path)
        field.show_note(problem or "", Severity.BLOCKS if problem else None)


def hand_over_focused(form: QWidget) -> None:
    """Have the field with the cursor hand over its text, as if it were left."""
    for field in [w for w in form.findChildren(QWidget) if w.hasFocus()]:
        field.clearFocus()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

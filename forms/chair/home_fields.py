"""What a session at home is told of: when it began, who told, who was there, phone, video."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.domain.findings import Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from aeapp.services.sessions import HomeFacts
from forms.edited import show_texts
from forms.now import Now
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.registry import widget_for

PATHS = ("started", "told_by", "peer_monitor", "peer_phone_known", "video")
STACKED_BELOW = 520


class HomeFields(QWidget):
    """The items of a session that only one at home has, and when it began."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Session at home"))
        self._editor: Editor[Session] = Editor(Session())
        self.fields: dict[str, FieldWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for path in PATHS:
            field = widget_for(self._editor.spec(path), path=path, parent=self, now=now)
            field.entered.connect(partial(self._on_entered, path))
            field.chosen.connect(partial(self._on_chosen, path))
            self.fields[path] = field
            column.addWidget(field)
        self.clear()

    def clear(self) -> None:
        """Empty the fields."""
        self._editor = Editor(Session())
        self._editor.subscribe(self._show)
        self._show(frozenset())

    def began(self) -> PartialDate | NullFlavor | None:
        """Return when it began, why that is not known, or nothing where nobody said."""
        started = self._editor.model.started
        if started is None:
            self.fields["started"].show_note(
                _("Say when it began, or why that is not known."), Severity.BLOCKS
            )
            self.fields["started"].focus_editor()
        return started

    def facts(self) -> HomeFacts:
        """Return who was there and who told of it."""
        told = self._editor.model
        return HomeFacts(
            peer_monitor=told.peer_monitor,
            peer_phone_known=told.peer_phone_known,
            video=told.video,
            told_by=told.told_by,
        )

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        for field in self.fields.values():
            field.set_stacked(self.width() < px(STACKED_BELOW))

    def _show(self, _paths: frozenset[str]) -> None:
        show_texts(self._editor, self.fields)

    def _on_entered(self, path: str, text: str) -> None:
        self._editor.enter(path, text)

    def _on_chosen(self, path: str, value: object) -> None:
        self._editor.set(path, value)

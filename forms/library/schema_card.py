"""The ICH schema set that electronic messages are held against: what is registered; bring it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import show_date
from aeapp.kernel.i18n import _
from aeapp.services.schema_sets import SchemaState
from forms.alive import while_alive
from forms.desk import Desk
from forms.errors import shown_as
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import Note, label

_SHOWN = 16


class SchemaCard(QWidget):
    """What is registered, and whether it is still the same; a folder or a ZIP is named here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schema_set")
        self.setAccessibleName(_("ICH schema set"))
        self._desk = desk
        self.state = label("", "body", self, wrap=True)
        self.state.setObjectName("schema_set.state")
        self.note = Note(self)
        self.said = label(kind="caption", parent=self, wrap=True)
        self.folder = Button(_("Choose folder"), self)
        self.folder.setObjectName("schema_set.folder")
        self.zip = Button(_("Choose ZIP"), self)
        self.zip.setObjectName("schema_set.zip")
        self.forget = Button(_("Use none"), self)
        self.forget.setObjectName("schema_set.forget")
        self._build()
        self.folder.clicked.connect(self._ask_folder)
        self.zip.clicked.connect(self._ask_zip)
        self.forget.clicked.connect(self._forget)

    def refresh(self) -> None:
        """Look at the set again; that reads all of it."""
        service = self._desk.app.schema_sets
        self._desk.runners.readers.start(
            lambda _progress: service.state(),
            on_done=while_alive(self, self._on_state),
            on_failed=while_alive(self, self._on_unfit),
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        made = card(self)
        column.addWidget(made)
        inner = made.layout()
        assert isinstance(inner, QVBoxLayout)  # noqa: S101 - a card has a column
        inner.addWidget(label(_("ICH schema set"), "title", made))
        words = _(
            "Electronic messages are always checked by the program's own rules. With the schemas "
            "of ICH at hand, as a folder or ZIP on this computer, they are held against these, too."
        )
        inner.addWidget(label(words, "caption", made, wrap=True))
        inner.addWidget(self.state)
        inner.addWidget(self.note)
        row = QHBoxLayout()
        inner.addLayout(row)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        for button in (self.forget, self.zip, self.folder):
            row.addWidget(button)

    def _on_state(self, state: SchemaState) -> None:
        known = state.registered
        self.forget.setVisible(known is not None)
        self.note.say(state.told, "due")
        if known is None:
            self.state.setText(_("None is registered: messages are not checked against it."))
            return
        day = show_date(known.registered_on) if known.registered_on else "-"
        words = _("{path}: {files} files, SHA-256 {hash}, tried on {day} by {who}.").format(
            path=known.path or "-", files=known.files, hash=(known.sha256 or "")[:_SHOWN],
            day=day, who=known.by or "-",
        )  # fmt: skip
        self.state.setText(words)

    def _on_unfit(self, error: BaseException) -> None:
        known = shown_as(error)
        self.forget.show()
        self.note.say(f"{_(known.message)} {_(known.remedy)}", "wrong")

    def _ask_folder(self) -> None:
        self._desk.ask.folder(_("Folder of the ICH schema set"), None, self._register)

    def _ask_zip(self) -> None:
        kinds = _("ZIP (*.zip)")
        self._desk.ask.open_file(_("ZIP of the ICH schema set"), None, kinds, self._register)

    def _register(self, place: Path) -> None:
        service = self._desk.app.schema_sets
        self._desk.runners.store.start(
            lambda _progress: service.register(place),
            on_done=while_alive(self, self._on_registered),
            on_failed=while_alive(self, self._on_refused),
        )

    def _on_registered(self, _set: object) -> None:
        self.said.setText(_("It was tried: what is right is valid, what is wrong is not."))
        self.refresh()

    def _on_refused(self, error: BaseException) -> None:
        known = shown_as(error)
        self.said.setText(f"{_(known.message)} {_(known.remedy)}")

    def _forget(self) -> None:
        service = self._desk.app.schema_sets
        self._desk.runners.store.start(
            lambda _progress: service.forget(),
            on_done=while_alive(self, self._on_forgotten),
            on_failed=while_alive(self, self._on_refused),
        )

    def _on_forgotten(self, _was: object) -> None:
        self.said.setText("")
        self.refresh()

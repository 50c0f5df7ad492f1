"""The whole clinic as one file: what goes along and what stays; written here, and taken in here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Export
from forms.alive import while_alive
from forms.clinic.take_over import TakeOver
from forms.desk import Desk
from forms.dialogs.export import ExportStrip
from forms.widgets.buttons import Button
from forms.widgets.labels import Note, hairline, label


class WholePage(QWidget):
    """Writes everything as one ZIP, and takes one in where nothing is recorded yet."""

    # It edits no record.
    unsaved = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whole")
        self.setAccessibleName(_("Whole clinic"))
        self._desk = desk
        self.write = Button(_("Export everything"), self, kind="main", icon="backup", key="Ctrl E")
        self.write.setObjectName("whole.write")
        self.note = Note(self)
        self.strip = ExportStrip(desk.app, desk.runners.documents, desk.ask, self)
        self.over = TakeOver(desk, self)
        self._build()
        self.write.clicked.connect(self.export)
        # Enter is the button's alone: the other half of the page has its own.
        for sequence, owner in (("Ctrl+E", self), ("Return", self.write), ("Enter", self.write)):
            key = QShortcut(QKeySequence(sequence), owner)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self.export)
        self.refresh()

    # --- what the place uses

    def focus_first(self) -> None:
        """Put the focus on the button."""
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask again whether this person may."""
        copies = self._desk.app.clinic_copy
        self._desk.read(lambda: copies.may_give, while_alive(self, self._show_may))
        self.over.refresh()

    def take_over(self, path: Path | None = None) -> None:
        """Show what is in a ZIP that is to be taken in, or ask for one."""
        if path is None:
            self.over.ask()
        else:
            self.over.plan_file(path)

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [self.write, self.over]

    # --- building

    def _build(self) -> None:
        goes = _(
            "Every record as JSON Lines and as CSV, and every file that belongs to one, in a ZIP"
            " with counts and hashes. An empty clinic of this program takes it in; any other"
            " program can read it."
        )
        stays = _(
            "What stays: the audit trail with its proofs, keys and passwords, versions before the"
            " last one, and what was typed and not saved."
        )
        row = QHBoxLayout()
        row.addWidget(self.write)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Whole clinic"), "heading", self))
        for words in (goes, stays):
            column.addWidget(label(words, "caption", self, wrap=True))
        column.addWidget(self.note)
        column.addLayout(row)
        column.addWidget(self.strip)
        column.addWidget(hairline(self))
        column.addWidget(self.over)
        column.addStretch(1)

    def _show_may(self, may: object) -> None:
        self.write.setEnabled(bool(may))
        if may:
            self.note.say(_("The file holds names and health data and is not encrypted."), "flag")
        else:
            self.note.say(
                _("The compliance lead, the administrator or an auditor gives it out."), "info"
            )

    # --- the file

    def export(self) -> None:
        """Ask where the file shall stand, and write it."""
        if not self.write.isEnabled():
            return
        app = self._desk.app
        name = f"clinic-{app.context.today().isoformat()}.zip"
        self.strip.ask_for(name, self._make, _("Write the whole clinic"), _("Clinic (*.zip)"))

    def _make(self, path: Path, progress: Progress, overwrite: bool) -> Export:
        done = self._desk.app.clinic_copy.export(path, progress=progress, overwrite=overwrite)
        assert done.head is not None  # noqa: S101 - what went out has its entry
        told = _("{n} records, {m} files").format(
            n=f"{sum(done.counts.values()):,}", m=f"{done.contents:,}"
        )
        return Export(path, 0, done.size, done.sha256, done.head, notes=(told,))

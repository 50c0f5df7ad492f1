"""The inspection pack of a period: chosen by a letter or by two days, seen as pages, written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.inspection import Period
from aeapp.domain.numbers import safe_name
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import Document, Export
from forms.alive import while_alive
from forms.desk import Desk
from forms.dialogs.copy_strip import CopyStrip
from forms.dialogs.export import ExportStrip
from forms.preview import PagePreview
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import label
from forms.widgets.period_bar import PeriodBar

COPIES = {
    CopyKind.DEIDENTIFIED: N_(
        "What the Safe Harbor list names is taken out, numbers and hashes too; days are counted "
        "from the first of each case. Texts are withheld until you read them."
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """What is drawn; another one for each state of the records."""

    period: Period
    wish: Wish


class InspectionPage(QWidget):
    """Shows the pack as it will print; nothing is written before a file is named."""

    # It edits no record.
    unsaved = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspection")
        self.setAccessibleName(_("Inspection pack"))
        self._desk = desk
        self.bar = PeriodBar(desk.app.context.today, "inspection", self)
        self.write = Button(_("Export"), self, kind="main", icon="pdf", key="Enter")
        self.write.setObjectName("inspection.write")
        self.copies = Button(_("Copy…"), self, icon="pdf", shortcut="Ctrl+Alt+E")
        self.copies.setObjectName("inspection.copy")
        self.copies.setAccessibleName(_("Export a copy that leaves something out"))
        self.copy_strip = CopyStrip(self, kinds=COPIES, whole=N_("the whole pack"))
        self.bundle = Button(_("With the trail"), self, icon="trail", key="T")
        self.bundle.setObjectName("inspection.bundle")
        self.bundle.setAccessibleName(_("Export with tables, audit trail and its checker"))
        self.signed_by = label(kind="caption", parent=self, wrap=True)
        self.signed_by.setVisible(False)
        app = desk.app
        self.preview = PagePreview(self._render, app.documents.pages, desk.runners.documents, self)
        self.preview.setMinimumHeight(px(420))
        self.strip = ExportStrip(app, desk.runners.documents, desk.ask, self)
        self._build()
        self._connect()
        self.refresh()

    # --- what the place uses

    def focus_first(self) -> None:
        """Put the focus on the periods."""
        self.bar.chips.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Draw anew from the records as they are now."""
        self.preview.show_case(_Subject(self.bar.period, self.copy_strip.wish))

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [self.bar.chips, self.preview]

    # --- building

    def _build(self) -> None:
        for button in (self.bundle, self.copies, self.write):
            self.bar.days.addWidget(button)
        told = _(
            "Every event of the period with its decision, its clocks and what was sent, with the"
            " hashes. Patients by code."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Inspection pack"), "heading", self))
        column.addWidget(label(told, "caption", self, wrap=True))
        column.addWidget(self.signed_by)
        column.addWidget(self.bar)
        column.addWidget(self.copy_strip)
        column.addWidget(self.strip)
        column.addWidget(self.preview, 1)

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.bar.add_keys(self)
        self.write.clicked.connect(self.export)
        self.copies.clicked.connect(self.copy_strip.ask)
        self.copy_strip.changed.connect(self.refresh)
        self.copy_strip.asked.connect(self.export)
        self.bundle.clicked.connect(self.export_bundle)
        key = QShortcut(QKeySequence("T"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.export_bundle)
        desk = self._desk
        desk.read(lambda: desk.app.packing.may_give, while_alive(self, self._on_may_give))
        for sequence in ("Return", "Enter", "Ctrl+E"):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_enter)

    def _on_may_give(self, may: bool) -> None:
        self.bundle.setVisible(may)
        told = _(
            "The bundle is signed with your key {key}. Tell its reader that name by another way "
            "than the file: it shows that the bundle is yours."
        )
        self.signed_by.setText(told.format(key=self._desk.app.packing.key_id) if may else "")
        self.signed_by.setVisible(may)

    # --- pages and file

    def _render(self, subject: _Subject, progress: Progress) -> Document:
        return self._desk.app.inspection.render(subject.period, progress, wish=subject.wish)

    def _on_enter(self) -> None:
        if self.bar.take_days():
            self.export()

    def export(self) -> None:
        """Ask where the pack shall stand, and write it."""
        inspection, period = self._desk.app.inspection, self.bar.period
        wish = self.copy_strip.wish

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            return inspection.export(
                period, path, progress=progress, overwrite=overwrite, wish=wish
            )

        # The days of a copy are as much as its pages tell: none.
        name = self._name if wish == WHOLE else "inspection-deidentified"
        self.strip.ask_for(f"{name}.pdf", make, _("Write the inspection pack"))

    @property
    def _name(self) -> str:
        return safe_name(f"inspection-{self.bar.period.first}-{self.bar.period.last}")

    def export_bundle(self) -> None:
        """Ask where the pack with tables, trail and checker shall stand, and write it."""
        app, period = self._desk.app, self.bar.period
        if self.bundle.isHidden():
            return

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            file, drawn = app.inspection.drawn(period, progress)
            return app.packing.write(file, drawn, path, progress=progress, overwrite=overwrite)

        caption = _("Write the bundle; it holds the trail with its values")
        self.strip.ask_for(self._name + ".zip", make, caption, _("Bundle (*.zip)"))

"""Line listings as files: which, of the period on the screen, with or without what identifies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.inspection import Period
from aeapp.domain.listings import ListingKind, TableFormat
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Export
from aeapp.services.listings import Wanted
from forms.desk import Desk
from forms.dialogs.export import ExportStrip
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.options import Option, Picked

_KEYS = "1234567890X"


class TablesCard(QWidget):
    """Opens over the figures; every file it writes stands in the register.

    Signals:
        left: It was closed.
    """

    left = Signal()

    def __init__(
        self, desk: Desk, period: Callable[[], Period], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Listings"))
        self._desk, self._period = desk, period
        kinds = [
            Option(value=kind, text=_(kind.words), key=_KEYS[n])
            for n, kind in enumerate(ListingKind)
        ]
        self.kind = Picked(kinds, _("Listing"), self, needed=True)
        self.kind.show_value(ListingKind.EVENTS)
        formats = [Option(value=one, text=one.value.upper()) for one in TableFormat]
        self.table = Picked(formats, _("Format"), self, needed=True)
        self.table.show_value(TableFormat.XLSX)
        copies = [
            Option(value=False, text=_("De-identified")), Option(value=True, text=_("Identified")),
        ]  # fmt: skip
        self.copy = Picked(copies, _("Copy"), self, needed=True)
        self.copy.show_value(value=False)
        self.write = Button(_("Write the listing"), self, kind="main", key="Enter")
        self.write.setObjectName("outcomes.write_listing")
        self.back = Button(_("Back to the figures"), self, key="Esc", shortcut="Esc")
        self.strip = ExportStrip(desk.app, desk.runners.documents, desk.ask, self)
        self._build()
        self.write.clicked.connect(self.export)
        self.back.clicked.connect(self.left)

    def _build(self) -> None:
        frame = card(self)
        column = frame.layout()
        assert column is not None  # noqa: S101 - a card has a column
        told = _(
            "A line a record, of the period above; events by class and term and exposure are"
            " counted, in the period and since the beginning."
            " De-identified, codes and numbers are running ones, dates are years, and free texts"
            " are withheld."
        )
        words = label(told, "caption", frame, wrap=True)
        head = label(_("Listings"), "strong", frame)
        for part in (head, words, self.kind, self.table, self.copy, self.strip):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.write)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        whole.addLayout(buttons)
        whole.addStretch(1)

    def export(self) -> None:
        """Ask where the listing shall stand, and write it."""
        period, table = self._period(), self.table.value
        wanted = Wanted(self.kind.value, period.first, period.last, identified=self.copy.value)
        listings = self._desk.app.listings

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            return listings.export(wanted, table, path, progress=progress, overwrite=overwrite)

        name = f"{wanted.kind.value}-{period.first}-{period.last}.{table.value}"
        kind = f"{table.value.upper()} (*.{table.value})"
        self.strip.ask_for(name, make, _("Write the listing"), kind)

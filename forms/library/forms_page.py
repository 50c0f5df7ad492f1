"""Official forms: editions that can be filled, blank files the clinic brought, ICH's schemas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from aeapp.domain.codecs import show_date
from aeapp.kernel.i18n import _
from aeapp.services.official_forms import Edition
from forms.alive import while_alive
from forms.desk import Desk
from forms.errors import shown_as
from forms.library.lists import Index, TextTable
from forms.library.schema_card import SchemaCard
from forms.theme import Status, px
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.tables import PillDelegate, Table

LEAST_TABLE = 100


class EditionModel(TextTable):
    """The editions, and whether the blank file of each is here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Official form"), _("Brought"), _("State"))

    def cell(self, row: Edition, column: int) -> str:
        return (row.file.title, self._brought(row), self._state(row))[column]

    @staticmethod
    def _brought(row: Edition) -> str:
        kept = row.brought
        if kept is None:
            return ""
        day = show_date(kept.brought_on) if kept.brought_on is not None else ""
        return ", ".join(part for part in (day, kept.by or "") if part)

    @staticmethod
    def _state(row: Edition) -> str:
        return _("here") if row.brought is not None else _("not here")

    def pill(self, index: Index) -> tuple[Status, str] | None:
        """Return the state of an edition."""
        row: Edition = self.rows[index.row()]
        return (Status.OK if row.brought is not None else Status.DUE, self._state(row))


class FormsPage(QWidget):
    """What official files there are, and bringing one more.

    Signals:
        changed: A blank file was brought.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("official_forms")
        self.setAccessibleName(_("Official forms"))
        self._desk = desk
        self.editions = EditionModel(self)
        self.table = Table(_("Official forms"), self)
        self.table.setModel(self.editions)
        self.bring = Button(_("Bring a blank form"), self, kind="main", icon="pdf")
        self.bring.setObjectName("official_forms.bring")
        self.said = label(kind="caption", parent=self, wrap=True)
        self.schemas = SchemaCard(desk, self)
        self._build()
        self.bring.clicked.connect(self._ask)

    def focus_first(self) -> None:
        """Put the focus on what is done here."""
        self.bring.setFocus()

    def refresh(self) -> None:
        """Read the editions again."""
        shown = while_alive(self, self._on_editions)
        self._desk.read(self._desk.app.official_forms.editions, shown)
        self.schemas.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        made = card(self)
        column.addWidget(made)
        column.addSpacing(16)
        column.addWidget(self.schemas)
        column.addStretch(1)
        inner = made.layout()
        assert isinstance(inner, QVBoxLayout)  # noqa: S101 - a card has a column
        inner.addWidget(label(_("Official forms"), "title", made))
        words = _(
            "Get the blank fillable PDF from FDA's site once. Reports are then filled into it as "
            "well (Ctrl+Shift+E in a report); the file stays in the clinic."
        )
        inner.addWidget(label(words, "caption", made, wrap=True))
        inner.addWidget(self.table)
        row = QHBoxLayout()
        inner.addLayout(row)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.bring)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, px(240))
        head.resizeSection(2, px(110))
        self.table.setItemDelegateForColumn(2, PillDelegate(self.editions.pill, self.table))
        self.table.setMinimumHeight(px(LEAST_TABLE))

    def _on_editions(self, editions: Sequence[Edition]) -> None:
        self.editions.show(list(editions))

    def _ask(self) -> None:
        self._desk.ask.open_file(_("Blank official form"), None, _("PDF (*.pdf)"), self._bring)

    def _bring(self, path: Path) -> None:
        service = self._desk.app.official_forms
        self._desk.runners.store.start(
            lambda _progress: service.add(path),
            on_done=while_alive(self, self._on_brought),
            on_failed=while_alive(self, self._on_refused),
        )

    def _on_refused(self, error: BaseException) -> None:
        known = shown_as(error)
        self.said.setText(f"{known.message} {known.remedy}")

    def _on_brought(self, edition: Edition) -> None:
        self.said.setText(_("Kept: {form}.").format(form=edition.file.title))
        self.changed.emit()
        self.refresh()

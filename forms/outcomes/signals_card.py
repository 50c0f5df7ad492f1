"""Signals: products with terms, over the clinic's cases or a file; the caution stands above."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.outcomes.disproportionality import (
    CAUTION,
    DEFINITIONS,
    Pairing,
    Ratio,
)
from aeapp.kernel.i18n import N_, _
from aeapp.services.signals import Signals
from forms.alive import while_alive
from forms.desk import Desk
from forms.models.paged import Column
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.history_table import HistoryTable
from forms.widgets.labels import label

_MOST = 200


def _ratio(found: Ratio | None) -> str:
    if found is None:
        return _("not defined")
    return _("{value} ({low} to {high})").format(
        value=f"{found.value:.2f}", low=f"{found.low:.2f}", high=f"{found.high:.2f}"
    )


def _cases(pair: Pairing) -> str:
    few = _("{count}, few") if pair.crossing.few else "{count}"
    return few.format(count=pair.crossing.both)


_COLUMNS = (
    Column[Pairing](head=N_("Product"), text=lambda p: p.product),
    Column[Pairing](head=N_("Term"), text=lambda p: p.term),
    Column[Pairing](head=N_("Cases"), text=_cases, right=True),
    Column[Pairing](head=N_("Expected"), text=lambda p: f"{p.crossing.expected:.2f}", right=True),
    Column[Pairing](head=N_("IC"), text=lambda p: _ratio(p.crossing.information_component)),
    Column[Pairing](head=N_("ROR"), text=lambda p: _ratio(p.crossing.reporting_odds_ratio)),
    Column[Pairing](head=N_("PRR"), text=lambda p: _ratio(p.crossing.proportional_reporting_ratio)),
)
_WIDTHS = (180, 0, 80, 90, 170, 190, 190)


class SignalsCard(QWidget):
    """Opens over the figures; nothing of it is stored.

    Signals:
        left: It was closed.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Signals"))
        self._desk = desk
        self.counted = label("", "caption", self, wrap=True)
        self.table: HistoryTable[Pairing] = HistoryTable(
            _("Products with terms"),
            _("No case has a suspect product and a term."),
            _COLUMNS,
            widths=_WIDTHS,
            id_of=lambda pair: f"{pair.product}\n{pair.term}",
            parent=self,
        )
        self.own = Button(_("Own cases"), self, kind="small", shortcut="Alt+C")
        self.file = Button(_("Reference set…"), self, kind="small", shortcut="Alt+R")
        self.back = Button(_("Back to the figures"), self, key="Esc", shortcut="Esc")
        self._build()
        self.own.clicked.connect(self.refresh)
        self.file.clicked.connect(self._ask_file)
        self.back.clicked.connect(self.left)

    def _build(self) -> None:
        frame = card(self)
        column = frame.layout()
        assert column is not None  # noqa: S101 - a card has a column
        caution = label(_(CAUTION), "body", frame, wrap=True)
        meaning = label(" ".join(map(_, DEFINITIONS)), "caption", frame, wrap=True)
        head = label(_("Signals"), "strong", frame)
        for part in (head, caution, self.counted, self.table, meaning):
            column.addWidget(part)
        buttons = QHBoxLayout()
        for button in (self.own, self.file):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        whole.addLayout(buttons)
        whole.addStretch(1)

    def refresh(self) -> None:
        """Compare the clinic's own cases."""
        self._desk.read(self._desk.app.signals.own, while_alive(self, self._show))

    def _ask_file(self) -> None:
        kinds = _("Tables (*.csv)")
        self._desk.ask.open_file(_("Reference set"), None, kinds, self._on_path)

    def _on_path(self, path: Path) -> None:
        signals = self._desk.app.signals
        self._desk.read(lambda: signals.reference(path), while_alive(self, self._show))

    def _show(self, found: Signals) -> None:
        told = _(
            "{cases} cases, {pairs} pairs, the highest lower bound first. Not counted: {beside}"
            " products taken beside, {unknown} without a role."
        )
        self.counted.setText(
            told.format(
                cases=found.cases,
                pairs=len(found.pairs),
                beside=found.beside,
                unknown=found.without_role,
            )
        )
        self.table.show_lines(found.pairs[:_MOST])
        self.table.table.setFocus()

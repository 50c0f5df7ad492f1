"""Every reporting clock: whether it binds this clinic, and why some never can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.domain.clock_facts import bound_as
from aeapp.domain.clock_left_out import LEFT_OUT
from aeapp.domain.clock_rules import RULES, WITHOUT_RECORD, ClockRule
from aeapp.domain.clocks import due_words, span_of
from aeapp.domain.records import Clinic
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.clinic.lines import Head, LinesModel
from forms.desk import Desk
from forms.theme import px
from forms.widgets.labels import label
from forms.widgets.tables import ROW, Table

_BINDS = {True: N_("yes"), False: N_("no"), None: N_("not answered")}


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table as it stands for a clinic."""

    rule: ClockRule
    clinic: Clinic

    @property
    def binds(self) -> str:
        return _(_BINDS[bound_as(self.clinic, self.rule.binds)])

    @property
    def due(self) -> str:
        return due_words(self.rule, span_of(self.rule, self.clinic))

    @property
    def starts(self) -> str:
        by_hand = self.rule.trigger in WITHOUT_RECORD
        return _("by hand") if by_hand else _("by itself")


CLOCKS = (
    Head(head=N_("Clock"), text=lambda x: _(x.rule.title), width=330),
    Head(head=N_("Here"), text=lambda x: x.binds, width=100),
    Head(head=N_("Due"), text=lambda x: x.due, width=140),
    Head(head=N_("Set by"), text=lambda x: _(x.rule.authority.words), width=100),
    Head(head=N_("Starts"), text=lambda x: x.starts, width=84),
    Head(head=N_("Clause"), text=lambda x: x.rule.clause, width=0),
)


OTHERS = (
    Head(head=N_("Clause"), text=lambda x: x.clause, width=210),
    Head(head=N_("Whom it binds"), text=lambda x: _(x.who), width=190),
    Head(head=N_("Due"), text=lambda x: _(x.due), width=220),
    Head(head=N_("Why not here"), text=lambda x: _(x.why), width=0),
)


class ClocksPage(QWidget):
    """Two tables to read; what binds the clinic is answered on the page of duties."""

    # It edits no record.
    unsaved = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clocks")
        self.setAccessibleName(_("Clocks"))
        self._desk = desk
        self.model, self.others = LinesModel(CLOCKS, self), LinesModel(OTHERS, self)
        self.table = self._table(_("Reporting clocks"), self.model)
        self.left_out = self._table(_("Clocks that cannot bind a clinic"), self.others)
        told = _(
            "Here says whether a clock runs for this clinic; it follows from the page Duties. One"
            " that starts by hand has no record that tells that it happened."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Clocks"), "heading", self))
        column.addWidget(label(told, "caption", self, wrap=True))
        column.addWidget(self.table)
        column.addWidget(label(_("Clocks that cannot bind a clinic"), "strong", self))
        column.addWidget(self.left_out)
        column.addStretch(1)
        self.others.show_lines(LEFT_OUT)
        self.refresh()

    def _table(self, name: str, model: LinesModel) -> Table:
        table = Table(name, self)
        table.setModel(model)
        for n, head in enumerate(model.heads):
            if head.width:
                table.setColumnWidth(n, px(head.width))
        return table

    def focus_first(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus()

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [self.table, self.left_out]

    def refresh(self) -> None:
        """Read again what the clinic is."""
        self._desk.read(self._desk.app.profile.clinic, while_alive(self, self._on_read))

    def _on_read(self, clinic: Clinic) -> None:
        self.model.show_lines([_Line(rule, clinic) for rule in RULES])
        self._fit()
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def lines(self) -> Sequence[tuple[str, ...]]:
        """Return what the first table says, row by row."""
        return [tuple(h.text(line) for h in CLOCKS) for line in self.model.lines]

    def _fit(self) -> None:
        for table, model in ((self.table, self.model), (self.left_out, self.others)):
            head = table.horizontalHeader().sizeHint().height()
            table.setFixedHeight(head + len(model.lines) * px(ROW) + px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

"""The calls of one patient: those there were, and the one that is due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codecs import show
from aeapp.domain.codelists.session import Answer
from aeapp.domain.records import Call, Patient
from aeapp.kernel.i18n import N_, _
from aeapp.services.calls import CallDue
from forms.alive import while_alive
from forms.chair.call_card import CallCard
from forms.desk import Desk
from forms.models.paged import Column
from forms.widgets.buttons import Button
from forms.widgets.history_table import HistoryTable
from forms.widgets.labels import label


def _id_of(call: Call) -> str:
    return call.id


COLUMNS: tuple[Column[Call], ...] = (
    Column(head=N_("Time"), text=lambda call: show(call.at)),
    Column(
        head=N_("Reached"),
        text=lambda call: _("reached") if call.reached is Answer.YES else _("nobody reached"),
    ),
    Column(head=N_("Words"), text=lambda call: call.words or "", tip=lambda call: call.words or ""),
    Column(head=N_("By"), text=lambda call: call.by or ""),
)
WIDTHS = (160, 116, 0, 120)


class PatientCalls(QWidget):
    """The calls of one patient, and the way to a new one.

    Attributes:
        card: Asks what a call asks; who owns the chart says where it stands.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient = Patient()
        self._due: CallDue | None = None
        self._wanted = False
        self.start = Button(_("Call"), self, kind="small", shortcut="Alt+C")
        self.start.setObjectName("patient.call")
        self.start.clicked.connect(self._on_start)
        self._state = label(kind="caption", parent=self)
        self.list: HistoryTable[Call] = HistoryTable(
            _("Calls"), _("No calls yet."), COLUMNS, widths=WIDTHS, id_of=_id_of, parent=self
        )
        self.card = CallCard(desk, self)
        self.card.saved.connect(self._on_saved)
        self.card.left.connect(self._on_left)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Calls"), "strong", self))
        head.addWidget(self._state, 1)
        head.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.list)

    def show_patient(self, patient: Patient) -> None:
        """Show the calls of a patient; one who is not stored has none."""
        self._patient, self._due, self._wanted = patient, None, False
        self.card.hide()
        self.start.setEnabled(bool(patient.id))
        self._show(((), ()))
        if patient.id:
            self._read()

    def ask(self) -> None:
        """Open the call card once it is known which call is due."""
        self._wanted = True

    def _read(self) -> None:
        calls, patient_id = self._desk.app.calls, self._patient.id

        def found() -> tuple[str, tuple[Call, ...], tuple[CallDue, ...]]:
            due = tuple(d for d in calls.due() if d.patient.id == patient_id)
            return patient_id, calls.of_patient(patient_id), due

        self._desk.read(found, while_alive(self, self._on_read))

    def _on_read(self, found: tuple[str, tuple[Call, ...], tuple[CallDue, ...]]) -> None:
        patient_id, calls, due = found
        if patient_id == self._patient.id:
            self._show((calls, due))
            if self._wanted:
                self._wanted = False
                self._on_start()

    def _show(self, found: tuple[Sequence[Call], Sequence[CallDue]]) -> None:
        calls, due = found
        self._due = due[0] if due else None
        self._state.setText(_("the call on the day after is due") if due else "")
        self.list.show_lines(calls)

    def _on_start(self) -> None:
        self.card.ask(self._patient, self._due)

    def _on_saved(self, _call: Call) -> None:
        self._read()
        self.start.setFocus()

    def _on_left(self) -> None:
        self.card.hide()
        self.start.setFocus()

"""A near miss or an error that reached nobody: a few keys on Today begin its report."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.records import CaseFile, Report
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.desk import Desk
from forms.reason_strip import ReasonStrip

KINDS = (
    N_("Wrong product or strength drawn up"),
    N_("Wrong dose drawn up"),
    N_("Wrong patient, caught in time"),
    N_("Label or package mistaken"),
)


class NearMissStrip(ReasonStrip):
    """Asks what nearly happened, and opens the report without a patient.

    Signals:
        asking: It begins to ask, or asks no more.
    """

    asking = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("near.miss")
        self._desk = desk
        self.answered.connect(self._on_answered)
        self.left.connect(lambda: self.asking.emit(False))

    def begin(self) -> None:
        """Ask, with the usual ones by a digit."""
        self.asking.emit(True)
        self.ask(_("What nearly went wrong? No patient was reached."), [_(k) for k in KINDS])

    def _on_answered(self, words: str) -> None:
        self.asking.emit(False)
        cases = self._desk.app.cases
        file = CaseFile(title=words, narrative=words, types=frozenset({ReportType.ERROR}))

        def done(report: Report) -> None:
            self._desk.toast(_("Report {number} opened.").format(number=report.number or ""))
            self._desk.show_report(report.id)

        self._desk.write(lambda: cases.open_without_patient(file), while_alive(self, done))

"""Exports of one report: stored first, then written; which copy of it the strip below says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aeapp.kernel.i18n import _
from aeapp.services.copying import WHOLE
from forms.ask import Ask, Question
from forms.dialogs.copy_strip import CopyStrip
from forms.dialogs.export import ExportStrip, Written
from forms.report_work import ReportWork


class ReportExports:
    """Writes documents of a report that is open."""

    def __init__(
        self,
        work: ReportWork,
        copies: CopyStrip,
        strip: ExportStrip,
        show_pages: Callable[[], None],
        ask: Ask,
    ) -> None:
        self._work, self._copies, self._strip = work, copies, strip
        self._show_pages, self._ask = show_pages, ask
        copies.asked.connect(partial(self.write, Written.PAGES))

    def write(self, what: Written) -> None:
        """Store what is open, then write a document of it to a file."""
        self._work.save(after=partial(self._write_now, what))

    def _write_now(self, what: Written) -> None:
        case = self._work.case
        number = case.report.number or case.case.number or ""
        # A copy for the archive holds the case, so it leaves nothing out.
        wish = WHOLE if what is Written.ARCHIVE else self._copies.wish
        self._strip.start(case.case.id, case.report.id, number, what, wish)

    def write_fhir(self) -> None:
        """Store what is open, then write its case as FHIR, without what identifies the patient.

        Its texts are withheld: who read those of a copy on pages has not seen the ones of here,
        such as notes on readings. The command asks for them by themselves.
        """
        self._work.save(after=self._fhir_now)

    def _fhir_now(self) -> None:
        self._strip.start_fhir(self._work.case.case.id)

    def ask_whole_fhir(self) -> None:
        """Ask whether the case shall go out as FHIR with all that names the patient."""
        question = Question(
            title=_("Export with name, numbers and dates?"),
            text=_(
                "The file tells who the patient is, holds every text and is not encrypted. It"
                " stands in the export register, which asks for whom it is. Without names: Export"
                " the case as FHIR, de-identified."
            ),
            act=_("Export with names"),
            keep=_("Leave it"),
        )
        self._ask.confirm(question, self._write_whole_fhir)

    def _write_whole_fhir(self) -> None:
        self._work.save(after=self._whole_fhir_now)

    def _whole_fhir_now(self) -> None:
        case = self._work.case.case
        self._strip.start_fhir(case.id, case.number or _("case"))

    def ask_copy(self) -> None:
        """Ask which copy that leaves something out is wanted; the pages show it meanwhile."""
        self._show_pages()
        # What an earlier export said is over.
        self._strip.clear()
        self._copies.ask()

    def leave_copy(self) -> None:
        """Go back to the whole report, where a copy is asked for."""
        if self._copies.isVisible():
            self._copies.leave()

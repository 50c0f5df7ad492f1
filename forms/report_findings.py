"""What a check of one report found, told by every part that tells of it, and the way to mend it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from aeapp.domain.completeness_score import score_of
from aeapp.domain.destinations import DESTINATIONS, FORMS
from aeapp.domain.findings import Finding, Severity
from aeapp.kernel.i18n import _
from aeapp.services.report_forms import rules_for
from forms.desk import Desk
from forms.errors import unchecked_as
from forms.findings_panel import Mending
from forms.life.page import MENDED_HERE
from forms.readiness import shown, unchecked
from forms.report_mending import is_of_assessment, mending_of
from forms.report_parts import ReportParts
from forms.report_work import Delays, ReportWork


class ReportFindings(ReportParts):
    """The parts of one report with the findings in them."""

    def __init__(
        self, desk: Desk, work: ReportWork, parent: QWidget | None = None, *, delays: Delays
    ) -> None:
        super().__init__(desk, work, parent, delays=delays)
        self._walked = False
        self._work.checked.connect(self._on_checked)
        self._work.unchecked.connect(self._on_unchecked)
        self.ready.reason_picked.connect(self._on_reason)
        self.ready.score.go_asked.connect(self.show_item)
        for chooser in (self.ready, self.head.destination):
            chooser.chosen.connect(self._on_destination)
        self.list.picked.connect(self.go_to)
        self.strip.list_asked.connect(self._on_list)
        self.strip.walk_asked.connect(self.walk)
        for part in (self.ready, self.strip):
            part.go_asked.connect(self.go_to)
            part.again_asked.connect(self._work.check)

    # --- telling

    def _on_checked(self, findings: object) -> None:
        assert isinstance(findings, tuple)  # noqa: S101 - it is what the service returns
        self._findings, self._checked = findings, True
        self.versions.blocking = sum(f.severity is Severity.BLOCKS for f in findings)
        self.form.show_findings(findings)
        lines, current = [shown(ready) for ready in self._work.ready], self._work.destination
        self.head.destination.show_lines(lines, current)
        self.ready.lines.show_lines(lines, current)
        self.ready.score.show_score(score_of(self._work.case))
        self.ready.show_state(findings, self._mending)
        self.strip.show_destination(_(DESTINATIONS[current].name))
        self.list.show_findings(findings)
        self.list.say_empty(_("Nothing open"))
        self.strip.show_findings(findings, self._mending)
        self._show_after_check()

    def _on_destination(self, destination: str) -> None:
        """Tell the findings of a destination; where it has a form of its own, offer that."""
        self._work.choose(destination)
        self.other_form.hide()
        name = _(DESTINATIONS[destination].name)
        if destination in FORMS and destination != rules_for(self._work.case.report):
            words = _("The findings are those of {name}; the pages are those of {form}.")
            said = words.format(name=name, form=self._form_title)
            self.other_form.say(said, act=_("Show the case on its form"))

    def _on_unchecked(self, error: object) -> None:
        assert isinstance(error, BaseException)  # noqa: S101 - it is what the signal carries
        self._findings, self._checked = (), False
        known = unchecked_as(error)
        self.form.show_unchecked()
        self.head.destination.show_lines(unchecked(), self._work.destination)
        self.ready.show_unchecked(unchecked(), known)
        self.list.show_findings(())
        self.list.say_empty(_("Not checked. Readiness says why."))
        self.strip.show_unchecked(known)
        self._show_after_check()

    def _show_after_check(self) -> None:
        for part in (self._all, self._trouble):
            self._tabs.say(part, self._list_words())
        why = self._work.asks_why
        if why != self.why.isVisibleTo(self._center):
            self.why.setVisible(why)

    def _mending(self, finding: Finding) -> Mending:
        return mending_of(finding, self.form, self._editor)

    # --- leading there

    def _show_form(self) -> None:
        self.places.show_part(self._form_place)
        self._tabs.show_part(self._center)

    def show_item(self, path: str) -> None:
        """Put the cursor where an item of the form is filled in."""
        self._show_form()
        self.form.go_to(path)

    def go_to(self, finding: object) -> None:
        """Put the cursor where a finding is mended."""
        if not isinstance(finding, Finding):
            return
        self.ready.show_finding(finding)
        if is_of_assessment(finding):
            self.places.show_part(self.assessment)
            self.assessment.go_to(finding)
        elif finding.path in MENDED_HERE:
            self.show_versions()
        else:
            self._show_form()
            self.form.go_to_finding(finding)

    def walk(self, step: int) -> None:
        """Go to the next finding, or to the one before; to the way to know them if nobody does."""
        if not self._checked:
            self.strip.again.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        found = self.ready.walk(step, fresh=not self._walked)
        self._walked = True
        if found is not None:
            self.go_to(found)

    def _on_reason(self, finding: object, reason: object) -> None:
        if isinstance(finding, Finding):
            self.form.answer(self.form.place_of(finding), reason)

    def _on_list(self) -> None:
        self.places.show_part(self._form_place)
        self._tabs.show_part(self._all)
        self._tabs.show_part(self._trouble)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

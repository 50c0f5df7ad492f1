"""A report that a prescriber's login leads through its life."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aeapp.domain.case import write
from aeapp.domain.codelists.clinic import Channel, ReportState, Role
from aeapp.domain.codelists.lifecycle import NotThere, SignatureMeaning
from aeapp.domain.records import Report, Sending
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from tests.helpers.clinic import PASSWORD, StillClock, practice_app
from tests.helpers.report_case import a_serious_report

ONLINE = Sending(channel=Channel.ONLINE, at=PartialDate(2026, 11, 23, 14, 40, None, -300),
                 reference="ICSR-1", proof_lacks=NotThere.NONE_GIVEN)  # fmt: skip
# Why a report of a test went out that nobody approved.
UNSIGNED = "posted before anybody signed"


@dataclass
class Life:
    """One clinic with one report that nothing blocks."""

    app: App
    report: Report
    clock: StillClock

    def edit(self, path: str, value: Any, reason: str = "") -> None:
        """Change an item through the report."""
        before = self.app.cases.gather(self.report.case_id, self.report.id)
        self.app.cases.save(before, write(before, path, value), reason=reason)

    def approve(self, password: str = PASSWORD) -> None:
        """Sign the report."""
        self.app.lifecycle.approve(self.report.id, password, SignatureMeaning.APPROVED)

    def send(
        self, line: Sending = ONLINE, proof: Path | None = None, unsigned_because: str = ""
    ) -> Sending:
        """Record that the report was sent; unsigned where nobody approved it."""
        if self.stored().state in (ReportState.DRAFT, ReportState.IN_REVIEW):
            unsigned_because = unsigned_because or UNSIGNED
        return self.app.sending.record(
            self.report.id, line, proof=proof, unsigned_because=unsigned_because
        )

    def stored(self) -> Report:
        """Return the report as it is stored."""
        return self.app.lifecycle.standing(self.report.id).report


def a_life(folder: Path, role: Role = Role.PRESCRIBER) -> Life:
    """Make a clinic with a report; close its app at the end of the test."""
    clock = StillClock()
    app = practice_app(folder, clock, role)
    return Life(app, a_serious_report(app), clock)

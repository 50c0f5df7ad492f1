"""Keep what is locked as it is: a report as a whole, and the files that belong to it."""

from __future__ import annotations

from aeapp.domain.lifecycle import OPEN, state_of, why_locked
from aeapp.domain.records import Report
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


class ReportLockedError(RefusedError):
    """A report was to be changed that is locked."""

    code = "report.locked"

    def __init__(self, why: str) -> None:
        super().__init__(
            N_("This report is locked; nothing was changed."),
            remedy=why,
        )


def refuse_locked(uow: UnitOfWork, report_id: str) -> None:
    """Refuse where a report is approved, sent, void or locked by a person; takes the lock.

    Raises:
        ReportLockedError: It is.
    """
    report = uow.current("report", report_id) if report_id else None
    if isinstance(report, Report) and (why := why_locked(report)):
        raise ReportLockedError(why)


def refuse_files(uow: UnitOfWork, case_id: str) -> None:
    """Refuse where a report of the case is approved or locked: its files are part of it.

    What was sent stays as it was sent whatever is attached later, which then shows as changed
    since. What belongs to a session goes on as the session does.

    Raises:
        ReportLockedError: It is.
    """
    reports = of_kind(Report, uow.records.find("report", case_id=case_id)) if case_id else ()
    for report in reports:
        if state_of(report) in OPEN and (why := why_locked(report)):
            raise ReportLockedError(why)


__all__ = ["ReportLockedError", "refuse_files", "refuse_locked"]

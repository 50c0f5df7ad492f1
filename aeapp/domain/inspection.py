"""What an inspector asks of a period: each event with its decision, its clocks, what went out.

Nothing is judged here. An event belongs to a period when it began, was learnt, was decided on, was
entered or was reported in it; one whose dates nobody knows stands by the day of its entry.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.clocks import RunningClock
from aeapp.domain.codelists.clinic import ReportDecision
from aeapp.domain.recipients import Owed, owed_in
from aeapp.domain.records import (
    Approval,
    Awareness,
    CaseFile,
    Decision,
    Event,
    Report,
    ReportVersion,
    Request,
    Sending,
    Session,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_

_MONTHS, _MONTHS_OF_QUARTER = 12, 3


@dataclass(frozen=True, slots=True)
class Period:
    """Two days and all between them.

    Raises:
        BadInputError: The last day is before the first.
    """

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInputError(
                N_("The period ends before it begins."),
                remedy=N_("Give the first day, then the last."),
            )

    def holds(self, at: object) -> bool:
        """Tell whether a date may lie in the period; one known roughly counts as soon as it may."""
        if not isinstance(at, PartialDate):
            return False
        return at.first_day() <= self.last and self.first <= at.last_day()


class Span(StrEnum):
    """A period that has a name, with the letter that chooses it."""

    LAST_QUARTER = "l"
    THIS_QUARTER = "q"
    LAST_YEAR = "p"
    THIS_YEAR = "y"

    @property
    def words(self) -> str:
        """Return the words for people, in English; translate with ``_`` where shown."""
        return _SPANS[self]

    def period(self, today: dt.date) -> Period:
        """Return the days of the period as seen on ``today``."""
        if self in (Span.LAST_YEAR, Span.THIS_YEAR):
            year = today.year - (self is Span.LAST_YEAR)
            return Period(dt.date(year, 1, 1), dt.date(year, _MONTHS, 31))
        quarter = today.year * 4 + (today.month - 1) // _MONTHS_OF_QUARTER
        quarter -= self is Span.LAST_QUARTER
        return Period(_quarter_begin(quarter), _quarter_begin(quarter + 1) - dt.timedelta(days=1))


_SPANS = {
    Span.LAST_QUARTER: N_("Last quarter"),
    Span.THIS_QUARTER: N_("This quarter"),
    Span.LAST_YEAR: N_("Last year"),
    Span.THIS_YEAR: N_("This year"),
}


def _quarter_begin(quarter: int) -> dt.date:
    return dt.date(quarter // 4, quarter % 4 * _MONTHS_OF_QUARTER + 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SentReport:
    """One report of an event with every version that was sent and every line of its log.

    Attributes:
        versions: The first one first.
        sendings: The oldest first, telephone calls included.
        approvals: By id.
        closed_why: Why it was closed, as the trail tells it; empty where nobody said.
    """

    report: Report
    versions: tuple[ReportVersion, ...] = ()
    sendings: tuple[Sending, ...] = ()
    approvals: tuple[Approval, ...] = ()
    closed_why: str = ""

    @property
    def owed(self) -> tuple[Owed, ...]:
        """Return who has only an older version."""
        return owed_in(self.versions, self.sendings)

    def approval_of(self, version: ReportVersion) -> Approval | None:
        """Return the signature a version was sent under; None where it was sent without one."""
        return next((a for a in self.approvals if a.id == version.approval_id), None)

    def of_version(self, version: ReportVersion) -> tuple[Sending, ...]:
        """Return what went out of a version."""
        return tuple(s for s in self.sendings if s.report_version_id == version.id)

    @property
    def without_version(self) -> tuple[Sending, ...]:
        """Return what went out without a document, such as calls."""
        return tuple(s for s in self.sendings if not s.report_version_id)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Inspected:
    """One event with all that was decided and done about it.

    Attributes:
        patient: Code of the patient; the pack names nobody.
        learnt: When the clinic learnt of it, the oldest first; of the event or of its case.
        entered: When it was first entered, as the trail tells it, where nobody said when it was
            learnt.
        decisions: Every decision, the latest last; that one counts.
        clocks: Every clock, those that were met included.
        read: When the clocks were looked at, where their days are others than those of the pack.
    """

    event: Event
    patient: str = ""
    session: Session | None = None
    file: CaseFile | None = None
    learnt: tuple[Awareness, ...] = ()
    entered: PartialDate | None = None
    decisions: tuple[Decision, ...] = ()
    clocks: tuple[RunningClock, ...] = ()
    reports: tuple[SentReport, ...] = ()
    requests: tuple[Request, ...] = ()
    read: PartialDate | None = None

    @property
    def case_id(self) -> str:
        """Return its case; empty where it has none."""
        return self.file.id if self.file is not None else ""

    @property
    def decision(self) -> Decision | None:
        """Return the decision that counts."""
        return self.decisions[-1] if self.decisions else None

    @property
    def order(self) -> str:
        """Return what events are put in order by: when it was learnt, else entered, else begun."""
        learnt = [a.at for a in self.learnt if isinstance(a.at, PartialDate)]
        onset = self.event.onset
        known = [*learnt, *(d for d in (self.entered, onset) if isinstance(d, PartialDate))]
        return known[0].sort_key() if known else "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many events of a period ended in which decision; struck ones are counted apart."""

    events: int = 0
    reported: int = 0
    not_reported: int = 0
    undecided: int = 0
    struck: int = 0
    versions: int = 0


def totals(events: Iterable[Inspected]) -> Totals:
    """Count the decisions, and the versions that were sent; a report of two events counts once."""
    counts: Counter[str] = Counter()
    sent: set[str] = set()
    for one in events:
        sent |= {v.id for r in one.reports for v in r.versions}
        counts[_outcome(one)] += 1
    return Totals(
        events=counts.total() - counts["struck"],
        reported=counts["reported"],
        not_reported=counts["not_reported"],
        undecided=counts["undecided"],
        struck=counts["struck"],
        versions=len(sent),
    )


def _outcome(one: Inspected) -> str:
    if not one.event.stands:
        return "struck"
    answer = one.decision.answer if one.decision is not None else None
    if answer is None:
        return "undecided"
    return "reported" if answer is ReportDecision.REPORT else "not_reported"


def belongs(
    period: Period,
    event: Event,
    learnt: Iterable[Awareness],
    decisions: Iterable[Decision],
    sendings: Iterable[Sending],
) -> bool | None:
    """Tell whether a date of an event lies in the period; None where it has no date at all."""
    dates: list[object] = [event.onset, *(a.at for a in learnt)]
    dates += [*(d.at for d in decisions), *(s.at for s in sendings)]
    if any(period.holds(at) for at in dates):
        return True
    return False if any(isinstance(at, PartialDate) for at in dates) else None


__all__ = ["Inspected", "Period", "SentReport", "Span", "Totals", "belongs", "totals"]

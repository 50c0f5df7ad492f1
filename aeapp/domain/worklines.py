"""Lines of the worklist out of clocks, findings, decisions and requests: due, next step, owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.case import Case
from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.clock_facts import ClockFacts, bound_as
from aeapp.domain.clock_facts import Question as QuestionOf
from aeapp.domain.clock_rules import BY_ID
from aeapp.domain.clocks import RunningClock, clock_words, clocks_of, running
from aeapp.domain.codelists.clinic import Destination, ReportState
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import as_text
from aeapp.domain.lifecycle import OPEN, state_of
from aeapp.domain.records import Clinic, Event, Question, Report, Request, Session
from aeapp.kernel.i18n import N_, _

# What the prescriber answers, in the order in which it is asked.
_ASSESSED = (
    ("seriousness", N_("Needs seriousness")),
    ("outcome", N_("Needs outcome")),
    ("action_taken", N_("Needs action taken")),
)

_SEND = N_("Send it, then record the sending")
# What is next where nothing blocks; a draft may go out without a second pair of eyes.
_NEXT = dict.fromkeys(ReportState, _SEND) | {ReportState.IN_REVIEW: N_("Review and approve it")}


@dataclass(frozen=True, slots=True)
class Step:
    """What is done next on a report, and by whom.

    Attributes:
        waits_for: A named person who has to answer first.
        blockers: How many findings block the report.
    """

    words: str
    owner: str
    waits_for: str
    blockers: int


def step_of(case: Case, findings: Sequence[Finding], *, outdated: bool = False) -> Step:
    """Return the next step: first what the prescriber has to answer, then what blocks.

    One whose records changed since it was approved (``outdated``) is approved again.
    """
    blocking = [f for f in findings if f.severity is Severity.BLOCKS]
    unassessed = _unassessed(case)
    owner = case.report.owner or ""
    if unassessed is not None:
        words, person = unassessed
        return Step(words, owner or person, person, max(1, len(blocking)))
    usual = _("Approve it again: it changed since") if outdated else _(_NEXT[state_of(case.report)])
    words = _(blocking[0].text) if blocking else usual
    return Step(words, owner or _prescriber(case.sessions), "", len(blocking))


def _unassessed(case: Case) -> tuple[str, str] | None:
    sessions = {s.id: s for s in case.sessions}
    for event in case.events:
        for name, words in _ASSESSED:
            if getattr(event, name) is None:
                own = [sessions[event.session_id]] if event.session_id in sessions else []
                return _(words), _prescriber(own)
    return None


def _prescriber(sessions: Iterable[Session]) -> str:
    return next((s.prescriber for s in sessions if s.prescriber), "") or ""


# ------------------------------------------------------------------ reports


def open_clocks(facts: Iterable[ClockFacts]) -> tuple[RunningClock, ...]:
    """Return the clocks of a case that run, each rule once: that of the event that is due first."""
    found: dict[tuple[str, str], RunningClock] = {}
    for clock in running([c for f in facts for c in clocks_of(f)]):
        found.setdefault((clock.rule.id, _news(clock)), clock)
    return running(list(found.values()))


def _news(clock: RunningClock) -> str:
    return clock.zero.iso() if clock.follow_up and clock.zero is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Filed:
    """One case as the worklist reads it.

    Attributes:
        reports: Its reports, the oldest first.
        steps: The next step, by the id of a report that is open.
    """

    title: str
    patient: str
    reports: tuple[Report, ...]
    clocks: tuple[RunningClock, ...]
    steps: Mapping[str, Step]


def report_needs(filed: Filed) -> list[Need]:
    """Return a line for each clock that runs, and for each open report without one."""
    lines, timed = [], set()
    for clock in filed.clocks:
        report = _report_for(clock, filed.reports)
        if report is not None:
            lines.append(_report_need(filed, report, clock))
            timed.add(report.id)
    untimed = [r for r in filed.reports if is_open(r) and r.id not in timed]
    return [*lines, *(_report_need(filed, report, None) for report in untimed)]


def clocks_by_report(
    clocks: Iterable[RunningClock], reports: Sequence[Report]
) -> dict[str, tuple[RunningClock, ...]]:
    """Return the clocks of a case by the report that meets each, in their order.

    A report is one case to one destination, and a clock is that of a recipient.
    """
    found: dict[str, tuple[RunningClock, ...]] = {}
    for clock in clocks:
        if (report := _report_for(clock, reports)) is not None:
            found[report.id] = (*found.get(report.id, ()), clock)
    return found


def is_open(report: Report) -> bool:
    """Tell whether a report is still to go out."""
    return state_of(report) in OPEN


def _report_for(clock: RunningClock, reports: Sequence[Report]) -> Report | None:
    """Return the report that would meet the clock, or else where its sending is recorded."""
    reports = [r for r in reports if r.state is not ReportState.VOID] or reports
    fitting = [r for r in reports if r.destination in clock.rule.recipients]
    still_open = [r for r in fitting if is_open(r)]
    return next(iter([*still_open, *fitting, *reports]), None)


def _report_need(filed: Filed, report: Report, clock: RunningClock | None) -> Need:
    step = filed.steps.get(report.id)
    mark = ""
    words = step.words if step else _("Send a follow-up, then record it")
    if clock is not None:
        mark = ".".join(part for part in (clock.rule.id, _news(clock)) if part)
        if clock.told is not None:
            words = _("Send the written report: {step}").format(step=words)
        if clock.lacks_begin:
            words = _("Say when the clinic learnt of it")
    need = Need(
        kind=NeedKind.REPORT,
        target=report.id,
        mark=mark,
        what=filed.title,
        detail=report.number or "",
        patient=filed.patient,
        next_step=words,
        owner=(step.owner if step else report.owner) or "",
        waits_for=step.waits_for if step else "",
        blockers=step.blockers if step else 0,
        opens=("report", report.id),
        due=None,
        authority=Authority.CLINIC,
        rule="",
    )
    return _timed(need, clock)


def _timed(need: Need, clock: RunningClock | None) -> Need:
    """Return the line with the date of a clock, and who set it."""
    if clock is None:
        return need
    return replace(
        need,
        due=clock.due,
        due_at=clock.counted.at if clock.counted else None,
        authority=clock.rule.authority,
        rule=_("{why}, to {whom}").format(why=clock_words(clock), whom=_(clock.rule.to)),
        lacks_begin=clock.lacks_begin and clock.span is not None,
    )


# ------------------------------------------------------------------ events without a decision


def decision_need(
    event: Event,
    session: Session | None,
    patient: str,
    clock: RunningClock | None,
    opens: tuple[str, str],
) -> Need:
    """Return the line of an event on which nobody has decided yet."""
    prescriber = _prescriber([session] if session else [])
    unassessed = event.seriousness is None
    step = _("Needs seriousness, then decide") if unassessed else _("Decide: report or not")
    number = session.number if session else ""
    need = Need(
        kind=NeedKind.DECISION,
        target=event.id,
        what=event.verbatim or _("Event"),
        detail=_("Session {number}").format(number=number) if number else _("no session"),
        patient=patient,
        next_step=step,
        owner=prescriber,
        waits_for=prescriber if unassessed else "",
        blockers=int(unassessed),
        opens=opens,
        due=None,
        authority=Authority.CLINIC,
        rule="",
    )
    return _timed(need, clock)


def older_need(count: int) -> Need:
    """Return the one line of the events that are too many to be listed one by one."""
    return Need(
        kind=NeedKind.DECISION,
        target="older",
        what=_("{n} older events without a decision").format(n=count),
        detail="",
        patient="",
        next_step=_("Decide on the newer ones first"),
        owner="",
        due=None,
        authority=Authority.CLINIC,
        rule="",
        opens=("place", "patients"),
    )


def unopened_need(event: Event, patient: str, clock: RunningClock | None, by: str) -> Need:
    """Return the line of an event that is to be reported and has no report yet."""
    need = Need(
        kind=NeedKind.DECISION,
        target=event.id,
        mark="report",
        what=event.verbatim or _("Event"),
        detail=_("a report was decided"),
        patient=patient,
        next_step=_("Open the report"),
        owner=by,
        opens=("event", event.id),
        due=None,
        authority=Authority.CLINIC,
        rule="",
    )
    return _timed(need, clock)


# ------------------------------------------------------------------ requests


def request_need(request: Request, title: str, patient: str, owner: str) -> Need:
    """Return the line of a request that waits for answers; its date is a wish."""
    waiting = sum(q.answer is None for q in request.questions)
    asker = _(request.asker.words) if request.asker else _("somebody")
    return Need(
        kind=NeedKind.REQUEST,
        target=request.id,
        what=_("Request of {who} {number}").format(who=asker, number=request.number or "").strip(),
        detail=title,
        patient=patient,
        next_step=_("Answer {n} questions").format(n=waiting) if waiting > 1 else _("Answer"),
        owner=owner or as_text(request.by),
        due=request.wished.first_day() if request.wished else None,
        authority=Authority.WISH,
        rule=_("date wished by {who}").format(who=asker) if request.wished else "",
        opens=("report", request.report_id),
    )


def annual_need(clinic: Clinic, due: dt.date) -> Need:
    """Return the line of the annual report of a device user facility."""
    rule = BY_ID["mdr-annual"]
    unsure = bound_as(clinic, rule.binds) is None
    why = f"{_(rule.clause)}, {_(QuestionOf.FACILITY.words)}" if unsure else _(rule.clause)
    return Need(
        kind=NeedKind.ANNUAL,
        target=clinic.id,
        mark=str(due.year - 1),
        what=_("Annual device report for {year}").format(year=due.year - 1),
        detail=_("Form FDA 3419"),
        patient="",
        next_step=_("Send it, then enter the year under Clinic, Duties"),
        owner="",
        due=due,
        authority=rule.authority,
        rule=_("{why}, to {whom}").format(why=why, whom=_(rule.to)),
        opens=("place", "clinic"),
    )


# ------------------------------------------------------------------ colleagues and recipients


def question_need(question: Question, title: str, patient: str) -> Need:
    """Return the line of a question that waits for a colleague's answer."""
    tries = len(question.tries)
    tried = _("{n} tries").format(n=tries) if tries > 1 else _("1 try") if tries else ""
    return Need(
        kind=NeedKind.QUESTION,
        target=question.id,
        what=question.words or _("Question"),
        detail=", ".join(part for part in (title, tried) if part),
        patient=patient,
        next_step=_("Answer the question"),
        owner=question.to or "",
        waits_for=question.to or "",
        due=question.due.first_day() if question.due else None,
        authority=Authority.CLINIC,
        rule=_("asked by {who}").format(who=question.asked_by or ""),
        opens=("report", question.report_id),
    )


def copy_need(
    report: Report, to: Destination, person: str, version: int, *, title: str, patient: str
) -> Need:
    """Return the line of somebody who got the version before and has not got the newest."""
    whom = ", ".join(part for part in (_(to.words), person) if part)
    return Need(
        kind=NeedKind.REPORT,
        target=report.id,
        mark=".".join(part for part in ("copy", to.value, person) if part),
        what=title,
        detail=report.number or "",
        patient=patient,
        next_step=_("Send version {n} to {whom} too").format(n=version, whom=whom),
        owner=report.owner or "",
        due=None,
        authority=Authority.CLINIC,
        rule=_("got the version before"),
        opens=("report", report.id),
    )

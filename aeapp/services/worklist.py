"""The worklist: what is due, at risk, overdue or blocked, with the next step and its owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aeapp.domain.chair.needs import Need, NeedKind
from aeapp.domain.clock_rules import BY_ID
from aeapp.domain.clocks import RunningClock, annual_report_due
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import ReportDecision
from aeapp.domain.findings import Context, find_problems
from aeapp.domain.lifecycle import OPEN
from aeapp.domain.records import (
    CaseFile,
    Decision,
    Event,
    Reminder,
    Report,
    Request,
    Sending,
    Session,
)
from aeapp.domain.values import PartialDate, in_zone
from aeapp.domain.worklines import (
    Filed,
    Step,
    annual_need,
    clocks_by_report,
    decision_need,
    is_open,
    older_need,
    open_clocks,
    report_needs,
    request_need,
    step_of,
    unopened_need,
)
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.deciding import decisions_of
from aeapp.services.freezing import is_outdated
from aeapp.services.gathering import gather, reports_of
from aeapp.services.ports import UnitOfWork
from aeapp.services.questions import following_needs
from aeapp.services.report_forms import rules_for
from aeapp.services.safety import safety_needs
from aeapp.services.scale_schedules import schedule_needs
from aeapp.services.sessions import of_kind
from aeapp.services.shelf import (
    CHUNK,
    Shelf,
    by_id,
    codes_of,
    facts_without_case,
    ids_of,
    shelf_of,
)

# Who looks at the list decides on the newest; the older ones are counted in one line.
MOST_UNDECIDED = 200


class NobodyToRemindError(RefusedError):
    """A line without an owner was to be reminded of."""

    code = "worklist.nobody"

    def __init__(self) -> None:
        super().__init__(
            N_("Nobody owns this line, so there is nobody to remind."),
            remedy=N_("Take it over with T, or name the prescriber in the session."),
        )


class NotToTakeError(RefusedError):
    """A line that has no owner of its own was to be taken over."""

    code = "worklist.not-to-take"

    def __init__(self) -> None:
        super().__init__(
            N_("Only a report can be taken over."),
            remedy=N_("Open the line and do its next step; that needs no owner."),
        )


class WorklistService:
    """Read the worklist, remind owners, take reports over."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        self._kept: tuple[tuple[int, dt.date], tuple[Need, ...]] | None = None

    # --- reading

    def needs(self) -> tuple[Need, ...]:
        """Return the lines, in no order; read anew only where something was written since."""
        today = self._context.today()
        with self._context.new_uow() as uow:
            key = (uow.trail.head().seq, today)
            if self._kept is not None and self._kept[0] == key:
                return self._kept[1]
            found = [
                *self._reports(uow),
                *self._undecided(uow),
                *self._unopened(uow),
                *self._requests(uow),
                *following_needs(uow),
                *safety_needs(uow, self._context),
                *schedule_needs(uow, self._context),
            ]
            lines = _reminded(uow, found, self._context.zone)
        self._kept = (key, lines)
        return lines

    def reminded(self, needs: Sequence[Need]) -> tuple[Need, ...]:
        """Return lines read elsewhere, with who was reminded of them last."""
        with self._context.new_uow() as uow:
            return _reminded(uow, needs, self._context.zone)

    def clocks_of(self, case_ids: Sequence[str]) -> dict[str, tuple[RunningClock, ...]]:
        """Return the clocks that run, by case, that which runs out first in front."""
        with self._context.new_uow() as uow:
            shelf = shelf_of(uow, case_ids)
        return {
            case_id: open_clocks(shelf.facts(case_id, self._context.zone))
            for case_id in shelf.files
        }

    def clocks_of_reports(self, case_ids: Sequence[str]) -> dict[str, tuple[RunningClock, ...]]:
        """Return the clocks that run, by report: each by the one that meets it."""
        with self._context.new_uow() as uow:
            shelf = shelf_of(uow, list(dict.fromkeys(case_ids)))
        found: dict[str, tuple[RunningClock, ...]] = {}
        for case_id in shelf.files:
            clocks = open_clocks(shelf.facts(case_id, self._context.zone))
            found |= clocks_by_report(clocks, shelf.reports.get(case_id, ()))
        return found

    def _reports(self, uow: UnitOfWork) -> Iterable[Need]:
        states = [None, *OPEN]
        open_ = of_kind(Report, uow.records.find("report", state=states))
        sent = of_kind(Sending, uow.records.query("sending"))
        ids = list(dict.fromkeys([*ids_of(open_, "case_id"), *ids_of(sent, "case_id")]))
        shelf = shelf_of(uow, ids)
        for case_id, file in shelf.files.items():
            reports = shelf.reports.get(case_id, ())
            filed = Filed(
                title=file.title or "",
                patient=shelf.patients.get(file.patient_id, ""),
                reports=reports,
                clocks=open_clocks(shelf.facts(case_id, self._context.zone)),
                steps={r.id: self._step(uow, r) for r in reports if is_open(r)},
            )
            yield from report_needs(filed)
        due = annual_report_due(shelf.clinic, list(_of_devices(shelf)))
        if due is not None:
            yield annual_need(shelf.clinic, due)

    def _step(self, uow: UnitOfWork, report: Report) -> Step:
        case = gather(uow, report.case_id, report.id)
        context = Context(today=self._context.today(), now=self._context.now())
        found = find_problems(case, rules_for(case.report), context)
        return step_of(case, found, outdated=is_outdated(uow, report))

    # --- events

    def _undecided(self, uow: UnitOfWork) -> Iterable[Need]:
        ids = uow.records.unlinked("event", "decision", "event_id", where={"struck_reason": None})
        if len(ids) > MOST_UNDECIDED:
            yield older_need(len(ids) - MOST_UNDECIDED)
        events = of_kind(Event, uow.records.many("event", ids[-MOST_UNDECIDED:]))
        sessions = by_id(
            of_kind(Session, uow.records.many("session", ids_of(events, "session_id")))
        )
        codes = codes_of(uow, ids_of(events, "patient_id"))
        loose = [event for event in events if not event.case_id]
        facts = facts_without_case(uow, loose, {}, self._context.zone)
        for event in events:
            reports = reports_of(uow, event.case_id) if event.case_id else ()
            if event.seriousness is None and any(is_open(r) for r in reports):
                # The line of the report asks for it already.
                continue
            clocks = () if event.case_id else open_clocks([facts[event.id]])
            yield decision_need(
                event,
                sessions.get(event.session_id),
                codes.get(event.patient_id, ""),
                next(iter(clocks), None),
                _place_of(event, reports),
            )

    def _unopened(self, uow: UnitOfWork) -> Iterable[Need]:
        made = of_kind(Decision, uow.records.find("decision", answer=ReportDecision.REPORT))
        ids = list(dict.fromkeys(d.event_id for d in made if d.event_id))
        events = [e for e in of_kind(Event, uow.records.many("event", ids)) if not e.case_id]
        latest = decisions_of(uow, [e.id for e in events])
        codes = codes_of(uow, ids_of(events, "patient_id"))
        facts = facts_without_case(uow, events, latest, self._context.zone)
        for event in events:
            decision = latest[event.id]
            if event.stands and decision.answer is ReportDecision.REPORT:
                clocks = open_clocks([facts[event.id]])
                code, by = codes.get(event.patient_id, ""), decision.decided_by or ""
                yield unopened_need(event, code, next(iter(clocks), None), by)

    # --- requests

    def _requests(self, uow: UnitOfWork) -> Iterable[Need]:
        waiting = [r for r in of_kind(Request, uow.records.query("request")) if r.is_open]
        files = by_id(of_kind(CaseFile, uow.records.many("case", ids_of(waiting, "case_id"))))
        reports = by_id(of_kind(Report, uow.records.many("report", ids_of(waiting, "report_id"))))
        codes = codes_of(uow, [f.patient_id for f in files.values() if f.patient_id])
        for request in waiting:
            file = files.get(request.case_id, CaseFile())
            owner = reports.get(request.report_id, Report()).owner or ""
            yield request_need(request, file.title or "", codes.get(file.patient_id, ""), owner)

    # --- doing

    def remind(self, need: Need, words: str = "") -> Reminder:
        """Write a reminder to whom the line waits for, or else to its owner.

        It stands in the list and in the trail; nothing leaves the clinic.

        Raises:
            NobodyToRemindError: Nobody is named.
        """
        if not (need.waits_for or need.owner):
            raise NobodyToRemindError
        with self._context.new_uow() as uow:
            saved = uow.save(self._reminder(need, words), who=self._context.who)
            uow.commit()
        return saved

    def remind_all(self, needs: Sequence[Need]) -> tuple[Reminder, ...]:
        """Write a reminder for each line that waits for somebody else who is named."""
        own = self._context.who.name
        waiting = [n for n in needs if (n.waits_for or n.owner) not in ("", own)]
        with self._context.new_uow() as uow:
            saved = tuple(
                uow.save(self._reminder(need, ""), who=self._context.who) for need in waiting
            )
            uow.commit()
        return saved

    def _reminder(self, need: Need, words: str) -> Reminder:
        return Reminder(
            line=need.line,
            to=need.waits_for or need.owner,
            words=words.strip() or need.next_step,
            at=self._context.minute(),
            by=self._context.who.name,
        )

    def take_over(self, need: Need) -> Report:
        """Make the person at the keyboard the owner of a report.

        Raises:
            NotToTakeError: The line is not about a report.
        """
        if need.kind is not NeedKind.REPORT:
            raise NotToTakeError
        with self._context.new_uow() as uow:
            uow.lock()
            (report,) = of_kind(Report, [uow.records.get("report", need.target)])
            owned = replace(report, owner=self._context.who.name)
            saved = uow.save(owned, who=self._context.who)
            uow.commit()
        return saved


def _of_devices(shelf: Shelf) -> Iterator[PartialDate]:
    """Yield when reports on a device went out to FDA or its manufacturer."""
    to = BY_ID["mdr-injury"].recipients
    for case_id, sendings in shelf.sendings.items():
        device = bool(shelf.files[case_id].devices)
        yield from (s.at for s in sendings if device and s.at and s.destination in to)


def _place_of(event: Event, reports: Sequence[Report]) -> tuple[str, str]:
    if reports:
        return ("report", reports[0].id)
    if event.session_id:
        return ("session", event.session_id)
    return ("patient", event.patient_id)


def _reminded(uow: UnitOfWork, needs: Sequence[Need], zone: dt.tzinfo) -> tuple[Need, ...]:
    last: dict[str, Reminder] = {}
    lines = [n.line for n in needs]
    for start in range(0, len(lines), CHUNK):
        chunk = lines[start : start + CHUNK]
        for reminder in of_kind(Reminder, uow.records.find("reminder", line=chunk)):
            last[reminder.line or ""] = reminder
    return tuple(replace(n, reminded=_told(last.get(n.line), zone)) for n in needs)


def _told(reminder: Reminder | None, zone: dt.tzinfo) -> str:
    if reminder is None:
        return ""
    at = show(in_zone(reminder.at, zone)) if reminder.at else ""
    return _("{who} was reminded by {by}, {at}").format(who=reminder.to, by=reminder.by, at=at)


__all__ = ["MOST_UNDECIDED", "NobodyToRemindError", "NotToTakeError", "WorklistService"]

"""Cases and their reports: open, gather, save, check, list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain.case import BRANCHES, Case, settle, split_by_record
from aeapp.domain.codelists.clinic import (
    Destination,
    PatientInvolvement,
    Relation,
    ReportState,
)
from aeapp.domain.codelists.safety import Occupation, ReportType
from aeapp.domain.findings import Context, Finding, find_problems
from aeapp.domain.items import Record
from aeapp.domain.records import (
    Administration,
    Awareness,
    CaseFile,
    Clinic,
    Decision,
    Event,
    Lot,
    Observation,
    Patient,
    Product,
    Report,
    Reporter,
    Session,
    Staff,
)
from aeapp.domain.values import PartialDate
from aeapp.services.context import WorkContext
from aeapp.services.gathering import gather, reports_of
from aeapp.services.numbers import CASE, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import NoSuchNumberError, of_kind

FDA3500 = "fda3500-2025-09"
DESTINATIONS = {"fda3500": FDA3500}
_SHORT = {"fda3500": "3500"}
# A prescriber may be a physician, a nurse practitioner or an assistant: the program cannot know.
_OCCUPATIONS = {"nurse": Occupation.NURSE}
_PROFESSIONALS = ("nurse", "prescriber")


@dataclass(frozen=True, slots=True, repr=False)
class ReportLine:
    """One report in the worklist."""

    id: str
    case_id: str
    number: str
    title: str
    patient: str
    state: str
    form: str


class CaseService:
    """What a case is made of, and what may be said of it."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def open_for_event(self, event: Event, *, destination: str = "fda3500") -> Report:
        """Make a case and its report for ``event``, or return those it has.

        The person at the keyboard is the reporter who files. The clinic learnt of the event when
        it was entered, from whom is left open; the trail says when and by whom that was.
        """
        with self._context.new_uow() as uow:
            (event,) = of_kind(Event, [uow.records.get("event", event.id)])
            if event.case_id:
                return reports_of(uow, event.case_id)[0]
            case = self._new_case(
                uow,
                CaseFile(
                    patient_id=event.patient_id,
                    session_id=event.session_id,
                    title=event.verbatim,
                    involvement=PatientInvolvement.PATIENT,
                    types=frozenset({ReportType.ADVERSE_EVENT}),
                ),
            )
            uow.save(replace(event, case_id=case.id), who=self._context.who)
            report = self._new_report(uow, case, destination)
            self._save_filer(uow, case)
            self._save_awareness(uow, case, event)
            uow.commit()
        return report

    def _new_case(self, uow: UnitOfWork, file: CaseFile) -> CaseFile:
        number = next_number(uow, CASE, self._context.today())
        return uow.save(replace(file, number=number), who=self._context.who)

    def _new_report(self, uow: UnitOfWork, case: CaseFile, destination: str) -> Report:
        count = len(reports_of(uow, case.id)) + 1
        return uow.save(
            Report(
                case_id=case.id,
                number=f"{case.number}/{_SHORT[destination]}/{count}",
                form=DESTINATIONS[destination],
                destination=Destination.FDA,
                state=ReportState.DRAFT,
                reported_on=PartialDate.of(self._context.today()),
            ),
            who=self._context.who,
        )

    def _save_filer(self, uow: UnitOfWork, case: CaseFile) -> None:
        who, clinic = self._context.who, self._context.clinic
        staff = next(iter(of_kind(Staff, uow.records.find("staff", user_name=who.user_name))), None)
        # What follows a comma is a degree: "Jane Doe, RN".
        first, _, last = (who.name or "").partition(",")[0].strip().rpartition(" ")
        uow.save(
            Reporter(
                case_id=case.id,
                staff_id=staff.id if staff else "",
                files=True,
                relation=Relation.STAFF,
                last_name=last or None,
                first_name=first or None,
                address=clinic.address,
                city=clinic.city,
                state=clinic.state,
                postal_code=clinic.postal_code,
                country=clinic.country,
                phone=(staff.phone if staff else None) or clinic.phone,
                email=(staff.email if staff else None) or clinic.email,
                health_professional=True if who.role in _PROFESSIONALS else None,
                occupation=_OCCUPATIONS.get(who.role),
            ),
            who=who,
        )

    def _save_awareness(self, uow: UnitOfWork, case: CaseFile, event: Event) -> None:
        entered = [e.content for e in uow.trail.of("event", event.id)]
        created = next((e for e in entered if e["action"] == "create"), None)
        if created is None:
            return
        moment = dt.datetime.fromisoformat(created["at"]).astimezone(self._context.zone)
        at = PartialDate.of(moment.replace(second=0, microsecond=0))
        uow.save(Awareness(case_id=case.id, at=at, who=created["name"]), who=self._context.who)

    def gather(self, case_id: str, report_id: str = "") -> Case:
        """Return the case as the records stand now, its views computed.

        Args:
            case_id: The case.
            report_id: The report to show; the case's first where empty.
        """
        with self._context.new_uow() as uow:
            return gather(uow, case_id, report_id)

    def save(self, old: Case, new: Case, *, reason: str = "", draft: str = "") -> Case:
        """Store each record in which ``new`` differs from ``old``; return it with new versions.

        All or nothing: one changed record that somebody else saved meanwhile refuses the whole.
        The person's draft of scope ``draft`` is forgotten in the same step, so that it can never
        come back on top of what it became.
        """
        changed = split_by_record(old, new)
        if not changed and not draft:
            return new
        saved: dict[int, Record] = {}
        with self._context.new_uow() as uow:
            for _, record in _in_order(changed):
                saved[id(record)] = uow.save(record, who=self._context.who, reason=reason)
            if draft:
                uow.drafts.clear(self._context.who.user_id, draft)
            uow.commit()
        return settle(_with_saved(new, saved))

    def check(self, case: Case, destination: str = "fda3500") -> tuple[Finding, ...]:
        """Return the findings of ``case`` for ``destination``, those that block first."""
        today, now = self._context.today(), self._context.now()
        return find_problems(case, destination, Context(today=today, now=now))

    def report_by_number(self, number: str) -> Report:
        """Return the report, or the first report of the case, that a person names.

        Raises:
            NoSuchNumberError: There is none.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Report, uow.records.find("report", number=number))
            if not found:
                cases = uow.records.find("case", number=number)
                found = reports_of(uow, cases[0].id) if cases else ()
        if not found:
            raise NoSuchNumberError(number)
        return found[0]

    def report_ids(self, search: str = "") -> list[str]:
        """Return the ids of the reports, newest number first."""
        contains = {"number": search} if search else None
        with self._context.new_uow() as uow:
            return uow.records.ids(
                "report", contains=contains, order_by=["number"], descending=True
            )

    def report_lines(self, ids: Sequence[str]) -> list[ReportLine]:
        """Return the lines of a page of reports."""
        with self._context.new_uow() as uow:
            reports = of_kind(Report, uow.records.many("report", ids))
            files = of_kind(
                CaseFile, uow.records.many("case", [r.case_id for r in reports if r.case_id])
            )
            patients = of_kind(
                Patient, uow.records.many("patient", [f.patient_id for f in files if f.patient_id])
            )
        by_id = {f.id: f for f in files}
        codes = {p.id: p.code or "" for p in patients}
        return [
            ReportLine(
                id=r.id,
                case_id=r.case_id,
                number=r.number or "",
                title=by_id.get(r.case_id, CaseFile()).title or "",
                patient=codes.get(by_id.get(r.case_id, CaseFile()).patient_id, ""),
                state=(r.state or ReportState.DRAFT).words,
                form=r.form or "",
            )
            for r in reports
        ]


def _in_order(changed: list[tuple[Record, Record]]) -> list[tuple[Record, Record]]:
    # A record is stored before those that link to it.
    order = {kind: n for n, kind in enumerate(_LINK_ORDER)}
    return sorted(changed, key=lambda pair: order[type(pair[1])])


_LINK_ORDER: tuple[type[Record], ...] = (
    Clinic,
    Patient,
    Product,
    Lot,
    Session,
    CaseFile,
    Administration,
    Observation,
    Event,
    Reporter,
    Awareness,
    Decision,
    Report,
)


def _with_saved(case: Case, saved: dict[int, Record]) -> Case:
    changes: dict[str, Any] = {}
    for name in BRANCHES:
        branch = getattr(case, name)
        if isinstance(branch, tuple):
            if any(id(r) in saved for r in branch):
                changes[name] = tuple(saved.get(id(r), r) for r in branch)
        elif id(branch) in saved:
            changes[name] = saved[id(branch)]
    return replace(case, **changes)

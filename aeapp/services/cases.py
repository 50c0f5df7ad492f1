"""Cases and their reports: open, gather, save, check, list."""

from __future__ import annotations

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
from aeapp.services.numbers import CASE, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import NoSuchNumberError, of_kind

FDA3500 = "fda3500-2025-09"
DESTINATIONS = {"fda3500": FDA3500}
_SHORT = {"fda3500": "3500"}
_OCCUPATIONS = {"nurse": Occupation.NURSE, "prescriber": Occupation.PHYSICIAN}


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

        The person at the keyboard is the reporter who files; the clinic learnt of the event when
        it was entered, which is a fact of its own.
        """
        with self._context.new_uow() as uow:
            if event.case_id:
                return _reports(uow, event.case_id)[0]
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
            self._save_people(uow, case)
            uow.commit()
        return report

    def _new_case(self, uow: UnitOfWork, file: CaseFile) -> CaseFile:
        number = next_number(uow, CASE, self._context.today())
        return uow.save(replace(file, number=number), who=self._context.who)

    def _new_report(self, uow: UnitOfWork, case: CaseFile, destination: str) -> Report:
        count = len(_reports(uow, case.id)) + 1
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

    def _save_people(self, uow: UnitOfWork, case: CaseFile) -> None:
        who, clinic = self._context.who, self._context.clinic
        staff = next(iter(of_kind(Staff, uow.records.find("staff", user_name=who.user_name))), None)
        first, _, last = (who.name or "").rpartition(" ")
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
                health_professional=True if who.role in _OCCUPATIONS else None,
                occupation=_OCCUPATIONS.get(who.role),
            ),
            who=who,
        )
        uow.save(Awareness(case_id=case.id, at=self._context.minute(), who=who.name), who=who)

    def gather(self, case_id: str, report_id: str = "") -> Case:
        """Return the case as the records stand now, its views computed.

        Args:
            case_id: The case.
            report_id: The report to show; the case's first where empty.
        """
        with self._context.new_uow() as uow:
            return gather(uow, case_id, report_id)

    def save(self, old: Case, new: Case, *, reason: str = "") -> Case:
        """Store each record in which ``new`` differs from ``old``; return it with new versions.

        All or nothing: one changed record that somebody else saved meanwhile refuses the whole.
        """
        changed = split_by_record(old, new)
        if not changed:
            return new
        saved: dict[int, Record] = {}
        with self._context.new_uow() as uow:
            for _, record in _in_order(changed):
                saved[id(record)] = uow.save(record, who=self._context.who, reason=reason)
            uow.commit()
        return settle(_with_saved(new, saved))

    def check(self, case: Case, destination: str = "fda3500") -> tuple[Finding, ...]:
        """Return the findings of ``case`` for ``destination``, those that block first."""
        return find_problems(case, destination, Context(today=self._context.today()))

    def report_by_number(self, number: str) -> Report:
        """Return the report, or the first report of the case, that a person names.

        Raises:
            NoSuchNumberError: There is none.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Report, uow.records.find("report", number=number))
            if not found:
                cases = uow.records.find("case", number=number)
                found = _reports(uow, cases[0].id) if cases else ()
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
            files = of_kind(CaseFile, uow.records.many("case", [r.case_id for r in reports]))
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
                title=by_id[r.case_id].title or "",
                patient=codes.get(by_id[r.case_id].patient_id, ""),
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


def _reports(uow: UnitOfWork, case_id: str) -> tuple[Report, ...]:
    return of_kind(Report, uow.records.find("report", case_id=case_id))


def gather(uow: UnitOfWork, case_id: str, report_id: str = "") -> Case:
    """Return the case with every record it shows, read in one transaction."""
    records = uow.records
    (file,) = of_kind(CaseFile, [records.get("case", case_id)])
    events = of_kind(Event, records.find("event", case_id=case_id))
    session_ids = [
        i for i in dict.fromkeys([file.session_id, *(e.session_id for e in events)]) if i
    ]
    givings = _of_sessions(uow, Administration, session_ids, case_id)
    reports = _reports(uow, case_id)
    report = next((r for r in reports if not report_id or r.id == report_id), Report())
    patient = of_kind(
        Patient, records.many("patient", [file.patient_id] if file.patient_id else [])
    )
    event_ids = {e.id for e in events}
    decisions = list(records.find("decision", case_id=case_id))
    known = {d.id for d in decisions}
    for event_id in event_ids:
        decisions += [d for d in records.find("decision", event_id=event_id) if d.id not in known]
    return settle(
        Case(
            case=file,
            report=report,
            clinic=next(iter(of_kind(Clinic, records.query("clinic", limit=1))), Clinic()),
            patient=patient[0] if patient else Patient(),
            events=events,
            sessions=of_kind(Session, records.many("session", session_ids)),
            administrations=givings,
            observations=_of_sessions(uow, Observation, session_ids, case_id),
            products=of_kind(Product, records.many("product", _linked(givings, "product_id"))),
            lots=of_kind(Lot, records.many("lot", _linked(givings, "lot_id"))),
            reporters=of_kind(Reporter, records.find("reporter", case_id=case_id)),
            awareness=of_kind(Awareness, records.find("awareness", case_id=case_id)),
            decisions=of_kind(Decision, decisions),
        )
    )


def _of_sessions(
    uow: UnitOfWork, kind: Any, session_ids: list[str], case_id: str
) -> tuple[Any, ...]:
    name = kind.KIND
    found = uow.records.find(name, session_id=session_ids) if session_ids else []
    known = {r.id for r in found}
    found += [r for r in uow.records.find(name, case_id=case_id) if r.id not in known]
    return of_kind(kind, found)


def _linked(givings: tuple[Administration, ...], link: str) -> list[str]:
    return [i for i in dict.fromkeys(getattr(g, link) for g in givings) if i]

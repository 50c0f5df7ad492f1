"""Cases and their reports: open, gather, save, check, list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain import lens
from aeapp.domain.access import Deed
from aeapp.domain.case import BRANCHES, Case, settle, split_by_record
from aeapp.domain.checking import Checker
from aeapp.domain.codelists.assessment import SpecialSituation
from aeapp.domain.codelists.clinic import (
    PatientInvolvement,
    Relation,
)
from aeapp.domain.codelists.safety import DrugRole, Occupation, ReportType
from aeapp.domain.findings import Context, Finding, find_problems
from aeapp.domain.items import Record
from aeapp.domain.lifecycle import state_words
from aeapp.domain.narrative.scan import left_in, met_in
from aeapp.domain.narrative.step import signed
from aeapp.domain.readiness import Readiness, for_all
from aeapp.domain.records import (
    Administration,
    Assessment,
    Awareness,
    CaseFile,
    Clinic,
    Decision,
    Event,
    LabelList,
    Lot,
    Observation,
    Patient,
    Product,
    Report,
    Reporter,
    Session,
    Staff,
    Study,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.freezing import is_outdated
from aeapp.services.gathering import gather, reports_of
from aeapp.services.locking import refuse_locked
from aeapp.services.numbers import CASE, named, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.report_forms import new_report, refuse_facility_number
from aeapp.services.roles import refuse_others
from aeapp.services.sessions import NoSuchNumberError, ReasonMissingError, of_kind

# A prescriber may be a physician, a nurse practitioner or an assistant: the program cannot know.
_OCCUPATIONS = {"nurse": Occupation.NURSE}
_PROFESSIONALS = ("nurse", "prescriber")
AN_EVENT = frozenset({ReportType.ADVERSE_EVENT})


class EventStruckError(RefusedError):
    """A report was to be opened for an event that does not count."""

    code = "event.struck"

    def __init__(self) -> None:
        super().__init__(
            N_("This event was struck through, so it has no report."),
            remedy=N_("Enter the event anew if it happened after all."),
        )


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

    def open_for_event(
        self,
        event: Event,
        *,
        destination: str = "fda3500",
        types: frozenset[ReportType] = AN_EVENT,
        with_events: Sequence[Event] = (),
        about: CaseFile | None = None,
    ) -> Report:
        """Make a case and its report for ``event``, or return those it has.

        Args:
            event: The event that is reported.
            destination: Which form it goes on.
            types: What the report is about.
            with_events: Further events of the patient that the same report tells of.
            about: What the case is told beyond that.

        The person at the keyboard is the reporter who files. The clinic learnt of the event when
        it was entered, from whom is left open; the trail says when and by whom that was.

        Raises:
            EventStruckError: The event was struck through.
        """
        with self._context.new_uow() as uow:
            (event,) = of_kind(Event, [uow.records.get("event", event.id)])
            if event.case_id:
                return reports_of(uow, event.case_id)[0]
            if not event.stands:
                raise EventStruckError
            file = _about(event, _linked(uow, event, about or CaseFile()))
            case = self._new_case(uow, replace(file, types=types))
            for one in (event, *of_kind(Event, uow.records.many("event", _ids(with_events)))):
                if one.stands and not one.case_id:
                    uow.save(replace(one, case_id=case.id), who=self._context.who)
            report = new_report(uow, self._context, case, destination)
            self._save_filer(uow, case)
            self._save_awareness(uow, case, event)
            uow.commit()
        return report

    def _take_over_told(self, uow: UnitOfWork, case: CaseFile, event: Event) -> bool:
        """Let the case have who told of the event and when; tell whether anything was told."""
        who, facts = self._context.who, uow.records.find("awareness", event_id=event.id)
        for fact in of_kind(Awareness, facts):
            uow.save(replace(fact, case_id=case.id), who=who)
        for teller in of_kind(Reporter, uow.records.find("reporter", event_id=event.id)):
            uow.save(replace(teller, case_id=case.id), who=who)
        return bool(facts)

    def open_without_patient(
        self, file: CaseFile, lot: Lot | None = None, *, destination: str = "fda3500"
    ) -> Report:
        """Make a case in which no patient was reached, and its report.

        A near miss, an error that was caught, or a problem of a product: there is no event, and
        nothing of a patient is asked. The lot it is about stands in it as the suspect product.
        The clinic learnt of it now, by the person at the keyboard, unless somebody corrects that.
        """
        who = self._context.who
        with self._context.new_uow() as uow:
            case = self._new_case(uow, replace(file, involvement=PatientInvolvement.NONE))
            if lot is not None:
                uow.save(
                    Administration(
                        case_id=case.id,
                        product_id=lot.product_id,
                        lot_id=lot.id,
                        role=DrugRole.SUSPECT,
                    ),
                    who=who,
                )
            report = new_report(uow, self._context, case, destination)
            self._save_filer(uow, case)
            uow.save(Awareness(case_id=case.id, at=self._context.minute(), who=who.name), who=who)
            uow.commit()
        return report

    def _new_case(self, uow: UnitOfWork, file: CaseFile) -> CaseFile:
        number = next_number(uow, CASE, self._context.today())
        return uow.save(replace(file, number=number), who=self._context.who)

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
        if self._take_over_told(uow, case, event):
            return
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

        All or nothing: a report that is locked is not changed, and one changed record that
        somebody else saved meanwhile refuses the whole. The person's draft of scope ``draft`` is
        forgotten in the same step, so that it can never come back on top of what it became.

        Raises:
            ReportLockedError: The report is approved, sent, void or locked by a person.
            FacilityNumberError: It would have the facility number of another report.
            DeedRoleError: A decision differs, and to decide is for another role.
        """
        new = self._signed(old, new)
        changed = split_by_record(old, new)
        if any(isinstance(record, Decision) for _, record in changed):
            refuse_others(self._context, Deed.DECIDE)
        if not changed and not draft:
            return new
        saved: dict[int, Record] = {}
        with self._context.new_uow() as uow:
            if changed:
                uow.lock()
                refuse_locked(uow, new.report.id)
                changed += _bound_since(uow, old, new)
            for _, record in _in_order(changed):
                if isinstance(record, Report):
                    refuse_facility_number(uow, record)
                saved[id(record)] = uow.save(record, who=self._context.who, reason=reason)
            if draft:
                uow.drafts.clear(self._context.who.user_id, draft)
            uow.commit()
        return settle(_with_saved(new, saved))

    def _signed(self, old: Case, new: Case) -> Case:
        """Return ``new`` with this person's name under what was written in the narrative."""
        if new.case.sentences == old.case.sentences:
            return new
        who, at = self._context.who.name or "", self._context.minute()
        return replace(new, case=signed(old.case, new.case, who, at))

    def check(self, case: Case, destination: str = "fda3500") -> tuple[Finding, ...]:
        """Return the findings of ``case`` for ``destination``, those that block first."""
        today, now = self._context.today(), self._context.now()
        return find_problems(case, destination, Context(today=today, now=now))

    def check_all(self, case: Case, checker: Checker | None = None) -> tuple[Readiness, ...]:
        """Return how ready ``case`` is for every destination.

        Args:
            case: The case as it is now.
            checker: One that checked the case before; it runs only what a change concerns.
        """
        # To the minute: seconds decide nothing, and would have the rules of the day run each time.
        now = self._context.now().replace(second=0, microsecond=0)
        context = Context(today=self._context.today(), now=now)
        return for_all(case, (checker or Checker()).check(case, context))

    def leave_in(self, case_id: str, report_id: str, reason: str) -> int:
        """Let the identifiers stay where the texts of a report hold them now, and keep why.

        The answer is about these places: the same words in another sentence are asked about.

        Returns:
            How many places there are.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        case = self.gather(case_id, report_id)
        open_ones = [met for met in met_in(case) if met.answer is None]
        who = self._context.who.name or ""
        kept = (*case.case.left_in, *left_in(open_ones, reason.strip(), who))
        self.save(case, replace(case, case=replace(case.case, left_in=kept)))
        return len(open_ones)

    def report_by_number(self, number: str) -> Report:
        """Return the report, or the first report of the case, that a person names.

        Raises:
            NoSuchNumberError: There is none.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Report, named(uow, "report", number))
            if not found:
                cases = named(uow, "case", number)
                found = reports_of(uow, cases[0].id) if cases else ()
        if not found:
            raise NoSuchNumberError(number)
        return found[0]

    def report_ids(self, search: str = "") -> list[str]:
        """Return the ids of the reports, newest number first."""
        contains = {"number": search} if search else None
        with self._context.new_uow() as uow:
            if search and (one := named(uow, "report", search)):
                return [record.id for record in one]
            return uow.records.ids(
                "report", contains=contains, order_by=["number"], descending=True
            )

    def report_lines(self, ids: Sequence[str]) -> list[ReportLine]:
        """Return the lines of a page of reports."""
        with self._context.new_uow() as uow:
            reports = of_kind(Report, uow.records.many("report", ids))
            outdated = {r.id for r in reports if is_outdated(uow, r)}
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
                state=state_words(r, outdated=r.id in outdated),
                form=r.form or "",
            )
            for r in reports
        ]


def _about(event: Event, file: CaseFile) -> CaseFile:
    """Return the case as the one of ``event``."""
    return replace(
        file,
        patient_id=event.patient_id,
        session_id=event.session_id,
        title=event.verbatim,
        involvement=PatientInvolvement.PATIENT,
    )


def _linked(uow: UnitOfWork, event: Event, about: CaseFile) -> CaseFile:
    """Return what a case of ``event`` is told, with its study and pregnancy as on record."""
    study_id, pregnancy_id = about.study_id or study_of(uow, event), about.pregnancy_id
    told = event.situations if isinstance(event.situations, frozenset) else frozenset()
    if SpecialSituation.PREGNANCY in told and not pregnancy_id:
        found = uow.records.find("pregnancy", patient_id=event.patient_id)
        pregnancy_id = found[-1].id if found else ""
    return replace(about, study_id=study_id, pregnancy_id=pregnancy_id)


def study_of(uow: UnitOfWork, event: Event) -> str:
    """Return the study whose drug was given in the session of an event; empty for none."""
    if not event.session_id:
        return ""
    given = of_kind(Administration, uow.records.find("administration", session_id=event.session_id))
    ids = [g.product_id for g in given if g.is_suspect and g.product_id]
    products = of_kind(Product, uow.records.many("product", list(dict.fromkeys(ids))))
    return next((p.study_id for p in products if p.study_id), "")


def _ids(records: Sequence[Record]) -> list[str]:
    return [record.id for record in records]


def _bound_since(uow: UnitOfWork, old: Case, new: Case) -> list[tuple[Record, Record]]:
    """Return the case file where the store still holds by place what ``gather`` has bound.

    Otherwise a record that is added now could take the place for which it was stated.
    """
    if new.case is not old.case or not new.case.stated:
        return []
    stored = uow.records.get("case", new.case.id)
    if stored.version != new.case.version or not lens.diff(stored, new.case):
        # What somebody else changed meanwhile is not ours to touch.
        return []
    return [(stored, new.case)]


def _in_order(changed: list[tuple[Record, Record]]) -> list[tuple[Record, Record]]:
    # A record is stored before those that link to it.
    order = {kind: n for n, kind in enumerate(_LINK_ORDER)}
    return sorted(changed, key=lambda pair: order[type(pair[1])])


_LINK_ORDER: tuple[type[Record], ...] = (
    Clinic,
    Patient,
    Study,
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
    LabelList,
    Assessment,
    Report,
)


def _with_saved(case: Case, saved: dict[int, Record]) -> Case:
    changes: dict[str, Any] = {}
    for name in BRANCHES:
        branch = getattr(case, name)
        if isinstance(branch, tuple):
            if not saved.keys().isdisjoint(map(id, branch)):
                changes[name] = tuple(saved.get(id(r), r) for r in branch)
        elif id(branch) in saved:
            changes[name] = saved[id(branch)]
    return replace(case, **changes)

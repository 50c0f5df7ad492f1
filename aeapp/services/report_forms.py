"""On which form a report to which destination is written, and how it is opened there."""

from __future__ import annotations

from aeapp.domain.clock_facts import bound_as
from aeapp.domain.clock_rules import Binds
from aeapp.domain.codelists.clinic import Destination, ReportState
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.destinations import CIOMS, DRUG, FACILITY, FORMS, IND
from aeapp.domain.destinations import FDA3500 as VOLUNTARY
from aeapp.domain.records import CaseFile, Clinic, Report
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.gathering import reports_of
from aeapp.services.ports import UnitOfWork
from aeapp.services.profile import clinic_of
from aeapp.services.sessions import of_kind

FDA3500, FDA3500A, CIOMS1 = FORMS[VOLUNTARY], FORMS[DRUG], FORMS[CIOMS]
_SHORT = {FDA3500: "3500", FDA3500A: "3500A", CIOMS1: "CIOMS1"}
_RULES = {
    Capacity.USER_FACILITY: FACILITY,
    Capacity.OUTSOURCING: DRUG,
    Capacity.SPONSOR: IND,
    Capacity.INVESTIGATOR: IND,
}
_TO = {IND: Destination.SPONSOR, CIOMS: Destination.SPONSOR}
_CMS_DIGITS = 10


class NoReportThereError(RefusedError):
    """A case was to be written on a form on which it has no report."""

    code = "report.other-form"

    def __init__(self) -> None:
        super().__init__(
            N_("The case has no report on that form yet."),
            remedy=N_("Open the report on that form first."),
            option=N_("report open CASE --for DEST opens it."),
        )


class FacilityNumberError(RefusedError):
    """A report would have the facility number of another one."""

    code = "report.facility-number"

    def __init__(self, number: str, other: str) -> None:
        super().__init__(
            _("The user facility report number {number} is that of report {other}.").format(
                number=number, other=other
            ),
            remedy=N_("Each report has a number of its own (21 CFR 803.3); correct it first."),
        )


def refuse_facility_number(uow: UnitOfWork, report: Report) -> None:
    """Refuse a report whose facility number another report has.

    Raises:
        FacilityNumberError: Another one has it.
    """
    number = report.facility_number
    others = uow.records.find("report", facility_number=number) if number else []
    for other in others:
        if isinstance(other, Report) and number and other.id != report.id:
            raise FacilityNumberError(number, other.number or "-")


def rules_for(report: Report) -> str:
    """Return the destination whose rules a report is checked against."""
    if report.form == FDA3500A:
        return DRUG if report.capacity is None else _RULES[report.capacity]
    return CIOMS if report.form == CIOMS1 else VOLUNTARY


def capacity_for(destination: str, clinic: Clinic, *, of_a_study: bool = False) -> Capacity | None:
    """Return as what the clinic reports to a destination; None for a voluntary report.

    On CIOMS I a clinic that is the sponsor of the study stands where the form has a manufacturer.
    """
    holds = bound_as(clinic, Binds.SPONSOR_INVESTIGATOR)
    if destination == IND:
        return Capacity.SPONSOR if holds else Capacity.INVESTIGATOR
    if destination == CIOMS:
        return Capacity.SPONSOR if holds and of_a_study else None
    return {FACILITY: Capacity.USER_FACILITY, DRUG: Capacity.OUTSOURCING}.get(destination)


def new_report(uow: UnitOfWork, context: WorkContext, case: CaseFile, destination: str) -> Report:
    """Save and return a new report of ``case``; whoever asks commits."""
    clinic = clinic_of(uow)
    form = FORMS[destination]
    capacity = capacity_for(destination, clinic, of_a_study=bool(case.study_id))
    facility = capacity is Capacity.USER_FACILITY
    return uow.save(
        Report(
            case_id=case.id,
            number=f"{case.number}/{_SHORT[form]}/{len(reports_of(uow, case.id)) + 1}",
            form=form,
            destination=_TO.get(destination, Destination.FDA),
            state=ReportState.DRAFT,
            reported_on=PartialDate.of(context.today()),
            capacity=capacity,
            facility_number=_facility_number(uow, context, clinic) if facility else None,
        ),
        who=context.who,
    )


def _facility_number(uow: UnitOfWork, context: WorkContext, clinic: Clinic) -> str:
    """Return the next number of a user facility's report.

    Source:
        21 CFR 803.3: CMS number, filled up with zeros, year, four digits; zeros without a number.
    """
    uow.lock()
    cms = (clinic.cms_number or "").ljust(_CMS_DIGITS, "0")
    prefix = f"{cms}-{context.today().year}-"
    last = uow.records.highest("report", "facility_number", prefix).removeprefix(prefix)
    return f"{prefix}{(int(last) if last.isdecimal() else 0) + 1:04d}"


class ReportForms:
    """Opens reports of a case on further forms, and finds them."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def open(self, case_id: str, destination: str) -> Report:
        """Return the report of a case to ``destination``; it is opened where there is none."""
        with self._context.new_uow() as uow:
            found = _to(uow, case_id, destination)
            if found is not None:
                return found
            (case,) = of_kind(CaseFile, [uow.records.get("case", case_id)])
            report = new_report(uow, self._context, case, destination)
            uow.commit()
        return report

    def to(self, case_id: str, destination: str) -> Report | None:
        """Return the report of a case to ``destination``, if it has one."""
        with self._context.new_uow() as uow:
            return _to(uow, case_id, destination)

    def on(self, report: Report, form: str) -> Report:
        """Return ``report`` if it is on an edition of ``form``, else the case's first that is.

        Raises:
            NoReportThereError: The case has none on it.
        """
        with self._context.new_uow() as uow:
            wanted = (report, *reports_of(uow, report.case_id))
        found = next((r for r in wanted if (r.form or FDA3500).startswith(f"{form}-")), None)
        if found is None:
            raise NoReportThereError
        return found


def _to(uow: UnitOfWork, case_id: str, destination: str) -> Report | None:
    return next((r for r in reports_of(uow, case_id) if _is_to(r, destination)), None)


def _is_to(report: Report, destination: str) -> bool:
    same = (report.form or FDA3500) == FORMS[destination]
    return same and rules_for(report) == destination

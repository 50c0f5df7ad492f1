"""What a device user facility, a study under an IND, a partner on CIOMS I and the REMS ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aeapp.domain import lens
from aeapp.domain.assessment.recording import pairs_of
from aeapp.domain.assessment.seriousness import is_serious
from aeapp.domain.case import Case
from aeapp.domain.chair.rems import (
    RemsItem,
    rems_items,
    under_rems,
)
from aeapp.domain.chair.rems_form import LEAST_MINUTES
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.clock_facts import bound_as
from aeapp.domain.clock_rules import Binds
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.destinations import CIOMS, DRUG, FACILITY, IND, REMS
from aeapp.domain.findings import Finding
from aeapp.domain.items import as_text
from aeapp.domain.records import Session
from aeapp.domain.records.device import Device
from aeapp.domain.records.report import FACILITY_NUMBER
from aeapp.domain.rules.entering import BLOCKS, DEVICES, WARNS, Rulebook, finding
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _

BOOK = Rulebook((FACILITY,))
RULES = BOOK.rules


@BOOK.rule(
    "V17",
    "21 CFR 803.3, 803.30",
    N_("Only a device user facility reports as one."),
    reads=("clinic.facility",),
)
def is_user_facility(case: Case) -> Iterator[Finding]:
    """Refuse the report of a clinic that is no user facility, or does not know."""
    answer = bound_as(case.clinic, Binds.USER_FACILITY)
    if answer is None:
        text = N_("Say in the clinic's profile whether it is a device user facility.")
        yield finding("V17", BLOCKS, "", "clinic.facility", text)
    elif not answer:
        text = N_("Use the voluntary form: the clinic is no device user facility.")
        yield finding("V17", BLOCKS, "", "clinic.facility", text)


@BOOK.rule(
    "UF1",
    "21 CFR 803.32(c)",
    N_("The suspect device has a brand or a common name."),
    reads=DEVICES,
)
def device(case: Case) -> Iterator[Finding]:
    """Ask for the device, and for the name of each further one."""
    for path, one in _devices(case).items():
        if not (as_text(one.brand) or as_text(one.common_name)):
            text = N_("Name the suspect device by its brand or its common name.")
            yield finding("UF1", BLOCKS, "E1", f"{path}.brand", text)


def _learnt(case: Case) -> bool:
    return any(isinstance(fact.at, PartialDate) for fact in case.awareness)


def _where_learnt(case: Case) -> str:
    return "awareness[0].at" if case.awareness else "case.title"


@BOOK.rule(
    "UF2",
    "21 CFR 803.32(a); 3500A F6",
    N_("It is known when the facility became aware of the event."),
    reads=("awareness",),
)
def facility_learnt(case: Case) -> Iterator[Finding]:
    """Ask for the day from which ten work days are counted."""
    if not _learnt(case):
        text = N_("Enter when the clinic learnt of it: ten work days count from that day.")
        yield finding("UF2", BLOCKS, "", _where_learnt(case), text)


_INJURY = frozenset(
    {
        Seriousness.DEATH,
        Seriousness.LIFE_THREATENING,
        Seriousness.DISABILITY,
        Seriousness.INTERVENTION,
    }
)


@BOOK.rule(
    "UF3",
    "21 CFR 803.3(w), 803.30(a)",
    N_("A user facility owes reports of deaths and serious injuries."),
    reads=("happening.seriousness",),
)
def injury(case: Case) -> Iterator[Finding]:
    """Tell where no criterion of a death or a serious injury was met."""
    met = case.happening.seriousness
    if isinstance(met, frozenset) and not met & _INJURY:
        text = N_("Check whether it is owed: neither a death nor a serious injury was ticked.")
        yield finding("UF3", WARNS, "B2", "happening.seriousness", text)


@BOOK.rule(
    "UF4",
    "21 CFR 803.32(a); 3500A F3 to F5",
    N_("The facility has a name, an address and a phone number."),
    reads=("clinic",),
)
def facility(case: Case) -> Iterator[Finding]:
    """Ask for what the clinic's profile lacks."""
    asked = (
        ("name", N_("Enter the name of the clinic in its profile.")),
        ("address", N_("Enter the address of the clinic in its profile.")),
        ("phone", N_("Enter the phone number of the clinic in its profile.")),
    )
    for name, text in asked:
        if not getattr(case.clinic, name):
            yield finding("UF4", WARNS, "", f"clinic.{name}", text)


@BOOK.rule(
    "UF5",
    "21 CFR 803.30(a); 3500A F13",
    N_("The maker of the device is known, or FDA gets the report."),
    reads=DEVICES,
)
def maker(case: Case) -> Iterator[Finding]:
    """Tell that FDA gets the report of a serious injury where the maker is not known."""
    for path, one in _devices(case).items():
        if not as_text(one.maker):
            text = N_("Name the maker of the device; while nobody knows it, FDA gets the report.")
            yield finding("UF5", WARNS, "E3", f"{path}.maker", text)


def _devices(case: Case) -> dict[str, Device]:
    """Return the devices by their paths; the first where nothing is said of any."""
    return case.case.devices or {"case.device": case.case.device}


@BOOK.rule(
    "V18",
    "21 CFR 803.3; 3500A F2",
    N_("The number of a user facility's report is ten digits, the year and four digits."),
    reads=("report.facility_number", "report.capacity"),
)
def number(case: Case) -> Iterator[Finding]:
    """Refuse a number of another shape, and ask for one; G8 is the reporter's own choice."""
    report, path = case.report, "report.facility_number"
    if report.facility_number and not re.fullmatch(FACILITY_NUMBER, report.facility_number):
        text = N_("Correct the report number: ten digits, the year, four digits.")
        yield finding("V18", BLOCKS, "F2", path, text)
    elif report.capacity is Capacity.USER_FACILITY and not report.facility_number:
        text = N_("Enter the report number; without a CMS number it begins with ten zeros.")
        yield finding("V18", WARNS, "F2", path, text)


# Item, paths of which one answers it, what to do.
_SECTION_F = (
    ("F4", ("facility.contact",), N_("Name the person whom FDA may call about the report.")),
    (
        "F8",
        ("{device}.age_years", "{device}.age_months"),
        N_("Give the approximate age of the device, or that it is not known."),
    ),
    ("F9", ("{device}.problem_code",), N_("Give the problem code of FDA's coding manual.")),
    ("F10", ("report.sent_to_fda",), N_("Say whether the report goes to FDA.")),
    ("F11", ("case.place",), N_("Say where the event occurred, or that it is not known.")),
    ("F12", ("report.sent_to_maker",), N_("Say whether the report goes to the manufacturer.")),
)


@BOOK.rule(
    "UF6",
    "21 CFR 803.32(d), (e); 3500A F4 to F12",
    N_("A user facility has answered what section F asks of it."),
    reads=("report", "facility", "case.place", *DEVICES),
)
def section_f(case: Case) -> Iterator[Finding]:
    """Name what is open in section F, once the report is one of a user facility."""
    if case.report.capacity is not Capacity.USER_FACILITY:
        return
    for item, paths, text in _SECTION_F:
        about = _devices(case) if "{device}" in paths[0] else ("",)
        for device_path in about:
            asked = [path.format(device=device_path) for path in paths]
            if all(lens.get(case, path) is None for path in asked):
                yield finding("UF6", WARNS, item, asked[0], text)


# ------------------------------------------------------------------ studies under an IND


@BOOK.rule(
    "IN1",
    "21 CFR 312.64(b)",
    N_("The investigator gave an opinion on the cause of each serious event."),
    reads=("events", "suspects", "assessments"),
    to=(IND,),
)
def opinion(case: Case) -> Iterator[Finding]:
    """Ask whether there is a reasonable possibility that the drug caused the event."""
    open_events = {p.place for p in pairs_of(case) if is_serious(p.event) and not p.is_judged}
    for n in sorted(open_events):
        text = N_("Give your opinion on the cause: the sponsor needs the investigator's.")
        yield finding("IN1", BLOCKS, "", f"events[{n}].stated_causality", text)


@BOOK.rule(
    "IN2",
    "21 CFR 312.64(b)",
    N_("The report to the sponsor is about a serious event."),
    reads=("happening.seriousness",),
    to=(IND,),
)
def serious(case: Case) -> Iterator[Finding]:
    """Tell where no criterion was met: others go by the protocol."""
    if case.happening.seriousness == frozenset():
        text = N_("Check whether it is owed at once: no criterion of seriousness was ticked.")
        yield finding("IN2", WARNS, "B2", "happening.seriousness", text)


@BOOK.rule(
    "IN3",
    "21 CFR 312.64(b), 312.32(c); 310.305(c)",
    N_("It is known when the clinic learnt of the event."),
    reads=("awareness",),
    to=(IND, DRUG),
)
def learnt(case: Case) -> Iterator[Finding]:
    """Ask for the moment from which the time is counted."""
    if not _learnt(case):
        text = N_("Enter when the clinic learnt of it: the time to report counts from then.")
        yield finding("IN3", BLOCKS, "", _where_learnt(case), text)


@BOOK.rule(
    "IN4",
    "21 CFR 312.32(a), (c)(1); 310.305(b)",
    N_("Who reports to FDA compared the event with the label or brochure."),
    reads=("events", "suspects", "assessments", "clinic"),
    to=(IND, DRUG),
)
def compared(case: Case) -> Iterator[Finding]:
    """Ask a sponsor-investigator or an outsourcing facility whether the event was expected."""
    roles = (Binds.SPONSOR_INVESTIGATOR, Binds.OUTSOURCING)
    if not any(bound_as(case.clinic, role) for role in roles):
        return
    open_events = {
        pair.place
        for pair in pairs_of(case)
        if is_serious(pair.event) and all(o.expectedness is None for o in pair.opinions)
    }
    for n in sorted(open_events):
        text = N_("Say whether the label or brochure lists the event.")
        yield finding("IN4", WARNS, "", f"events[{n}].stated_causality", text)


@BOOK.rule(
    "CI1",
    "CIOMS I box 1a",
    N_("The country is known."),
    reads=("clinic.country", "events"),
    to=(CIOMS,),
)
def country(case: Case) -> Iterator[Finding]:
    """Ask for the country of the clinic, unless every event names its own."""
    own = bool(case.events) and all(event.country for event in case.events)
    if case.clinic.country is None and not own:
        text = N_("Enter the country of the clinic in its profile.")
        yield finding("CI1", WARNS, "", "clinic.country", text)


# ------------------------------------------------------------------ REMS

_OF_SESSION = (
    "sessions",
    "patient",
    "administrations",
    "products",
    "lots",
    "observations",
    "events",
    "checks",
    "clinic",
)
_OF_PATIENT = {
    "Name, as on record": "patient.name",
    "Date of birth": "patient.birth_date",
    "Sex": "patient.sex",
}


def _nasal(case: Case) -> Iterator[tuple[int, Session, SessionFile]]:
    for n, session in enumerate(case.sessions):
        if under_rems(session):
            yield n, session, _file(case, session)


def _file(case: Case, session: Session) -> SessionFile:
    def mine(record: object) -> bool:
        return getattr(record, "session_id", "") == session.id

    return SessionFile(
        clinic=case.clinic,
        patient=case.patient,
        session=session,
        administrations=tuple(filter(mine, case.administrations)),
        products=case.products,
        lots=case.lots,
        observations=tuple(filter(mine, case.observations)),
        events=tuple(filter(mine, case.events)),
        checks=tuple(filter(mine, case.checks)),
    )


def _path(item: RemsItem, session: int) -> str:
    return _OF_PATIENT.get(item.label, f"sessions[{session}].number")


@BOOK.rule(
    "RM1",
    "SPRAVATO REMS, Patient Monitoring Form",
    N_("The session has on record what the form asks."),
    reads=_OF_SESSION,
    to=(REMS,),
)
def recorded(case: Case) -> Iterator[Finding]:
    """Name each item of the form of which nothing is on record."""
    if not any(under_rems(session) for session in case.sessions):
        text = N_("Use the form for a nasal session in the clinic; the case has none.")
        yield finding("RM1", BLOCKS, "", "case.title", text)
    for n, _session, file in _nasal(case):
        for item in rems_items(file):
            if item.missing:
                text = _("Record in the session: {item}.").format(item=_(item.label))
                yield finding("RM1", BLOCKS, "", _path(item, n), text)


@BOOK.rule(
    "RM2",
    "SPRAVATO REMS: at least two hours of monitoring",
    N_("The patient was monitored for two hours, or the record says why not."),
    reads=("sessions", "administrations", "clinic.time_zone"),
    to=(REMS,),
)
def two_hours(case: Case) -> Iterator[Finding]:
    """Ask why a session was shorter."""
    for n, session, file in _nasal(case):
        minutes = file.minute(session.ended)
        why = session.override_reason or session.ending_reason
        if minutes is not None and minutes < LEAST_MINUTES and not why:
            text = N_("Say why the monitoring was shorter than two hours.")
            yield finding("RM2", WARNS, "", f"sessions[{n}].override_reason", text)


@BOOK.rule(
    "RM3",
    "SPRAVATO REMS: within seven days",
    N_("Somebody found the content complete."),
    reads=("sessions",),
    to=(REMS,),
)
def completed(case: Case) -> Iterator[Finding]:
    """Ask for the person who completes the form."""
    for n, session, _found in _nasal(case):
        if session.rems_completed is None:
            text = N_("Complete the REMS form of the session; seven days count from it.")
            yield finding("RM3", WARNS, "", f"sessions[{n}].rems_completed", text)

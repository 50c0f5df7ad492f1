"""The four elements without which nobody takes a report: patient, reporter, product, event."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import FacilityType
from aeapp.domain.destinations import CIOMS, DRUG, IND, MESSAGE
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.rules.entering import BLOCKS, WARNS, Rulebook, finding
from aeapp.kernel.i18n import N_

BOOK = Rulebook((DRUG, IND, CIOMS, MESSAGE))
RULES = BOOK.rules
_SOURCE = "21 CFR 314.80(c), 310.305(c)(1); ICH E2D: the four elements"


def _threshold(case: Case) -> Severity:
    # 21 CFR 310.305(c)(1): product and event are enough for an outsourcing facility.
    return WARNS if case.clinic.facility is FacilityType.OUTSOURCING else BLOCKS


def _known(*values: object) -> bool:
    return any(v not in (None, "") and not isinstance(v, NullFlavor) for v in values)


@BOOK.rule(
    "MC1",
    _SOURCE,
    N_("There is a patient of whom something is known."),
    reads=("subject", "patient.sex", "clinic.facility"),
)
def patient(case: Case) -> Iterator[Finding]:
    """Ask for one fact that makes the patient somebody: code, age, date of birth or sex."""
    who = case.subject
    if not _known(who.identifier, who.age, who.birth_date, case.patient.sex):
        text = N_("Give the patient's code, age or sex: a report is about somebody.")
        yield finding("MC1", _threshold(case), "A1", "subject.identifier", text)


@BOOK.rule(
    "MC2",
    _SOURCE,
    N_("There is a reporter of whom something is known."),
    reads=("filer", "clinic.facility"),
)
def reporter(case: Case) -> Iterator[Finding]:
    """Ask for one fact that makes the reporter somebody: name, contact, profession."""
    who = case.filer
    facts = (who.last_name, who.phone, who.email, who.address, who.occupation)
    if not _known(*facts, who.health_professional):
        text = N_("Give the name, the profession or a contact of the reporter.")
        yield finding("MC2", _threshold(case), "G1", "filer.last_name", text)


@BOOK.rule("MC3", _SOURCE, N_("There is a suspect product by name."), reads=("suspects",))
def product(case: Case) -> Iterator[Finding]:
    """Ask for a suspect product by name."""
    if not any(as_text(s.product.name) for s in case.suspects):
        path = "suspects[0].product.name" if case.suspects else "suspects"
        text = N_("Name a suspect product.")
        yield finding("MC3", BLOCKS, "D1", path, text)


@BOOK.rule("MC4", _SOURCE, N_("There is an event in somebody's words."), reads=("events",))
def event(case: Case) -> Iterator[Finding]:
    """Ask for an event."""
    if not any(event.verbatim for event in case.events):
        path = "events[0].verbatim" if case.events else "case.types"
        text = N_("Enter the adverse event in the words of who told it.")
        yield finding("MC4", BLOCKS, "B5", path, text)

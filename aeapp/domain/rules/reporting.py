"""Rules about who tells, who died of what, and what was given with what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import Destination, MedicineRole
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.destinations import CODED, FDA3500, FDA_FORMS
from aeapp.domain.findings import Finding
from aeapp.domain.items import as_text
from aeapp.domain.rules.entering import BLOCKS, INFORMS, WARNS, Rulebook, finding
from aeapp.kernel.i18n import N_

BOOK = Rulebook(CODED)
RULES = BOOK.rules
_LONG_NAME, _LONG_PHONE = 3, 7
# Digits as people group them in a phone number.
_NUMBERS = re.compile(r"\d(?:[\s().-]{0,2}\d)*")


@BOOK.rule(
    "V23",
    "3500 G5",
    N_("The reporter was asked whether the maker may know who it is."),
    reads=("filer",),
    to=(FDA3500,),
)
def asked_about_identity(case: Case) -> Iterator[Finding]:
    """Tell that nobody asked; the box stays unticked, and the cover says so."""
    if case.filer.withhold_identity is None and as_text(case.filer.last_name):
        text = N_("Ask the reporter once whether the manufacturer may know the name.")
        yield finding("V23", INFORMS, "G5", "filer.withhold_identity", text)


_TEXTS = (
    ("B5", "case.narrative"),
    ("B6", "case.test_comments"),
    ("B7", "happening.history"),
)


@BOOK.rule(
    "V26",
    "3500 G5: nothing else names the reporter either",
    N_("A reporter who wants no name given is named in no text."),
    reads=(
        "filer",
        "case.narrative",
        "case.test_comments",
        "happening.history",
        "clinic.name",
        "clinic.phone",
        "clinic.email",
    ),
    to=FDA_FORMS,
)
def unnamed(case: Case) -> Iterator[Finding]:
    """Find the reporter or the clinic in a text, where the reporter wants no name given."""
    if not case.filer.withhold_identity:
        return
    values = (case.case.narrative, case.case.test_comments, case.happening.history)
    for (item, path), value in zip(_TEXTS, values, strict=True):
        if _tells_reporter(as_text(value), case):
            text = N_("Take the reporter out of the text: the reporter wants no name given.")
            yield finding("V26", BLOCKS, item, path, text)


def _tells_reporter(text: str, case: Case) -> bool:
    filer, clinic = case.filer, case.clinic
    names = (as_text(filer.last_name), clinic.name or "")
    if any(_stands(name, text) for name in names if len(name) >= _LONG_NAME):
        return True
    mails = (as_text(filer.email), clinic.email or "")
    if any(mail.casefold() in text.casefold() for mail in mails if mail):
        return True
    written = [_digits(run) for run in _NUMBERS.findall(text)]
    phones = [_digits(p) for p in (as_text(filer.phone), clinic.phone or "")]
    long = [phone for phone in phones if len(phone) >= _LONG_PHONE]
    return any(phone in number for phone in long for number in written)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


@BOOK.rule(
    "V24",
    "SPRAVATO REMS: its form identifies the patient, a coded report does not",
    N_("A report to the REMS goes on its own form, apart from coded reports."),
    reads=("report.destination", "report.form"),
)
def apart_from_rems(case: Case) -> Iterator[Finding]:
    """Refuse a coded form whose recipient is the REMS."""
    if case.report.destination is Destination.REMS and case.report.form:
        text = N_("Use the REMS form of the session: this form is coded and goes elsewhere.")
        yield finding("V24", BLOCKS, "", "report.destination", text)


@BOOK.rule(
    "V28",
    "3500 F1; 3500A C9: what treats the event is left out, and no product stands twice",
    N_("No other product is a suspect or a treatment of the event, too."),
    reads=("suspects", "concomitants", "patient.medicines"),
)
def once(case: Case) -> Iterator[Finding]:
    """Name an other product that is a suspect, or was given to treat the event, too."""
    suspects = {_plain(as_text(s.product.name)) for s in case.suspects} - {""}
    treated = {
        _plain(m.name or "")
        for m in case.patient.medicines
        if m.role is MedicineRole.EVENT_TREATMENT
    } - {""}
    for n, medicine in enumerate(case.concomitants):
        name, path = _plain(medicine.name or ""), f"concomitants[{n}].name"
        if name in suspects:
            text = N_("Leave it out of the other products, or say that it is not the suspect.")
            yield finding("V28", WARNS, "F1", path, text)
        if name in treated:
            text = N_("Leave out what treated the event; the description says it.")
            yield finding("V28", WARNS, "F1", path, text)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@BOOK.rule(
    "V30",
    "3500 B2; E2B(R3) D.9",
    N_("A death has a source for its date, and a cause or that it is not known."),
    reads=("happening.seriousness", "patient.death_source", "patient.death_cause"),
)
def of_death(case: Case) -> Iterator[Finding]:
    """Ask how the date of death is known, and for the cause."""
    met = case.happening.seriousness
    if not isinstance(met, frozenset) or Seriousness.DEATH not in met:
        return
    if case.patient.death_source is None:
        text = N_("Say how the date of death is known.")
        yield finding("V30", WARNS, "B2", "patient.death_source", text)
    if case.patient.death_cause is None:
        text = N_("Give the cause of death, or that it is not known.")
        yield finding("V30", WARNS, "B2", "patient.death_cause", text)


@BOOK.rule(
    "V31",
    "3500A G6; E2B(R3) C.1.11.2; 21 CFR 312.32(d)",
    N_("A further version says what is new; who got the one before is listed until served."),
    reads=("report.nature", "report.news"),
)
def what_is_new(case: Case) -> Iterator[Finding]:
    """Ask what a further version brings; who is owed it is told by the life of the report."""
    further = case.report.nature not in (None, VersionNature.INITIAL)
    if further and not (case.report.news or "").strip():
        text = N_("Say in a sentence what is new in this version, and why.")
        yield finding("V31", WARNS, "", "report.news", text)


@BOOK.rule(
    "V33",
    "21 CFR 1304; 3500 D2",
    N_("What was given is what was ordered, or the record says why not."),
    reads=("administrations",),
)
def as_ordered(case: Case) -> Iterator[Finding]:
    """Name a dose that is not the planned one and says nothing of it; lots balance in the stock."""
    for n, giving in enumerate(case.administrations):
        differs = isinstance(giving.dose, Decimal) and giving.planned not in (None, giving.dose)
        if giving.is_suspect and differs and not (giving.dose_text or giving.exception):
            text = N_("Say in words why the dose given differs from the planned one.")
            yield finding("V33", WARNS, "D2", f"administrations[{n}].dose_text", text)

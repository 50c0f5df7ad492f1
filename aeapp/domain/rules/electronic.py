"""What an electronic message asks of the records beyond the forms: codes, a sender, a country."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.coding.meddra_code import meddra_of
from aeapp.domain.destinations import MESSAGE
from aeapp.domain.findings import Finding
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.medicines import past_medicines
from aeapp.domain.rules.entering import BLOCKS, WARNS, Rulebook, finding
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

BOOK = Rulebook((MESSAGE,))
RULES = BOOK.rules
ENGLISH = "eng"
_CODED = ("patient.conditions", "patient.medicines", "patient.causes", "case.diagnoses")


@BOOK.rule(
    "EM1",
    "E2B(R3) E.i.2.1",
    N_("Each event has a MedDRA term, with its version."),
    reads=("events",),
)
def coded(case: Case) -> Iterator[Finding]:
    """Ask for a term of each event; nobody but a person chooses one."""
    for n, event in enumerate(case.events):
        found = meddra_of(event)
        if found is None or not found[0]:
            text = N_("Choose a MedDRA term for the event: a message is read by its code.")
            yield finding("EM1", BLOCKS, "", f"events[{n}].verbatim", text)


@BOOK.rule(
    "EM2",
    "E2B(R3) C.1.4, C.1.5",
    N_("The day on which the clinic learnt of it is known."),
    reads=("awareness",),
)
def learnt(case: Case) -> Iterator[Finding]:
    """Ask for a full day on which the clinic learnt of the case."""
    if not any(isinstance(a.at, PartialDate) and a.at.is_full_day for a in case.awareness):
        path = "awareness[0].at" if case.awareness else "case.title"
        text = N_("Enter the day on which the clinic learnt of it; a message has to tell it.")
        yield finding("EM2", BLOCKS, "", path, text)


@BOOK.rule(
    "EM3",
    "E2B(R3) N.1.3, C.3.2",
    N_("The clinic has a name and an identifier as a sender."),
    reads=("clinic.sender_id", "clinic.name"),
)
def sender(case: Case) -> Iterator[Finding]:
    """Ask for name and identifier of the sender."""
    for name in ("name", "sender_id"):
        if not as_text(getattr(case.clinic, name)):
            text = N_("Enter the clinic's name and its identifier as a sender, under Duties.")
            yield finding("EM3", BLOCKS, "", f"clinic.{name}", text)


@BOOK.rule(
    "EM4",
    "E2B(R3) C.2.r.3",
    N_("The country of who files is known."),
    reads=("filer", "clinic.country"),
)
def country(case: Case) -> Iterator[Finding]:
    """Ask for the country of the primary source; that of the clinic stands for it."""
    known = case.filer.country if case.filer.country is not None else case.clinic.country
    if known is None or isinstance(known, NullFlavor):
        text = N_("Enter the country of the reporter, or that of the clinic.")
        yield finding("EM4", BLOCKS, "G1", "filer.country", text)


@BOOK.rule(
    "EM5",
    "E2B(R3) E.i.2.1a, D.7.1.r.1a, D.8.r.6a, D.8.r.7a, H.3.r.1a",
    N_("Everything is coded in one version of MedDRA."),
    reads=("events", *_CODED),
)
def one_version(case: Case) -> Iterator[Finding]:
    """Tell where events, history and diagnoses were coded in different versions."""
    found = [coding[0] for event in case.events if (coding := meddra_of(event)) and coding[0]]
    if len(set(found)) > 1:
        text = N_("Code all events in the same version of MedDRA; a message takes only one.")
        yield finding("EM5", BLOCKS, "", "events[0].verbatim", text)
    told = [(path, edition) for path, edition, _code in _codes(case) if edition]
    version = next(iter((*found, *(edition for _path, edition in told))), "")
    for path, edition in told:
        if edition != version:
            text = N_("Give this code in the version of MedDRA that the report is coded in.")
            yield finding("EM5", BLOCKS, "", path, text)


@BOOK.rule(
    "EM6",
    "E2B(R3) D.7.1.r.1, D.8.r.6, D.8.r.7, D.9.2.r.1, D.9.4.r.1, H.3.r.1",
    N_("A code of MedDRA stands beside its version."),
    reads=_CODED,
)
def with_version(case: Case) -> Iterator[Finding]:
    """Ask for the version of a code, and for the code of a version."""
    for path, edition, code in _codes(case):
        if code and not edition:
            text = N_("Enter the version of MedDRA that the code is of.")
            yield finding("EM6", BLOCKS, "", path, text)
        elif edition and not code:
            text = N_("Enter the MedDRA code, or take its version out: without it nothing goes.")
            yield finding("EM6", WARNS, "", path, text)


def _codes(case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield the place of each version, the version and the code, beside those of events."""
    for n, one in enumerate(case.patient.conditions):
        path = f"patient.conditions[{n}].meddra_edition"
        yield path, as_text(one.meddra_edition), as_text(one.meddra_code)
    for n, medicine in enumerate(case.patient.medicines):
        path = f"patient.medicines[{n}].meddra_edition"
        code = as_text(medicine.indication_code) or as_text(medicine.reaction_code)
        yield path, as_text(medicine.meddra_edition), code
    for n, cause in enumerate(case.patient.causes):
        path = f"patient.causes[{n}].meddra_edition"
        yield path, as_text(cause.meddra_edition), as_text(cause.meddra_code)
    for n, diagnosis in enumerate(case.case.diagnoses):
        path = f"case.diagnoses[{n}].edition"
        yield path, as_text(diagnosis.edition), as_text(diagnosis.code)


@BOOK.rule(
    "EM7",
    "E2B(R3) C.1.9.1.r.1, C.1.9.1.r.2",
    N_("A number that others gave the case names who gave it."),
    reads=("case.other_numbers",),
)
def other_numbers(case: Case) -> Iterator[Finding]:
    """Ask for the half of a number that is missing."""
    for n, one in enumerate(case.case.other_numbers):
        if bool(one.source) != bool(one.number):
            name = "number" if one.source else "source"
            text = N_("Enter both: who gave the number, and the number.")
            yield finding("EM7", BLOCKS, "", f"case.other_numbers[{n}].{name}", text)


@BOOK.rule(
    "EM8",
    "E2B(R3) H.5.r.1b",
    N_("A summary in another language says in which."),
    reads=("case.summaries",),
)
def languages(case: Case) -> Iterator[Finding]:
    """Ask for the language of a summary."""
    for n, one in enumerate(case.case.summaries):
        if one.text and not one.language:
            text = N_("Say in which language the summary is.")
            yield finding("EM8", BLOCKS, "", f"case.summaries[{n}].language", text)


@BOOK.rule(
    "EM9",
    "E2B(R3) D.8.r.6, D.8.r.7; G.k.1",
    N_("What a medicine was for, and a reaction to it, is coded of medicines of the past."),
    reads=("patient.medicines", "concomitants", "administrations"),
)
def codes_of_the_past(case: Case) -> Iterator[Finding]:
    """Tell where a code of a medicine would not go: only one of the past has an element."""
    past = past_medicines(case)
    for n, one in enumerate(case.patient.medicines):
        if (one.indication_code or one.reaction_code) and one not in past:
            text = N_("Say that the medicine is of the past, or tell the code in the description.")
            yield finding("EM9", WARNS, "", f"patient.medicines[{n}].role", text)


@BOOK.rule(
    "EM10",
    "E2B(R3) E.i.1.2",
    N_("An event that was told in another language is told in English, too."),
    reads=("events",),
)
def in_english(case: Case) -> Iterator[Finding]:
    """Ask for the words in English; nobody translates them by program."""
    for n, event in enumerate(case.events):
        if event.language not in (None, ENGLISH) and not event.translation:
            text = N_("Give the event in English, too: it was told in another language.")
            yield finding("EM10", WARNS, "", f"events[{n}].translation", text)


# A number, and the unit without which no message takes it.
_UNITS = (
    ("administrations", "cumulative", "cumulative_unit"),
    ("administrations", "gestation", "gestation_unit"),
    ("events", "duration", "duration_unit"),
)


@BOOK.rule(
    "EM11",
    "E2B(R3) E.i.6, G.k.5, G.k.6",
    N_("Each number that only a message takes has its unit."),
    reads=("events", "administrations"),
)
def one_unit(case: Case) -> Iterator[Finding]:
    """Ask for the unit that such a number lacks, and for the number that a unit lacks."""
    for branch, number, unit in _UNITS:
        for n, record in enumerate(getattr(case, branch)):
            told, in_unit = getattr(record, number), getattr(record, unit)
            if told is not None and in_unit is None:
                text = N_("Choose the unit of the number: a message takes none without it.")
                yield finding("EM11", BLOCKS, "", f"{branch}[{n}].{unit}", text)
            elif told is None and in_unit is not None:
                text = N_("Enter the number of this unit, or take the unit back.")
                yield finding("EM11", BLOCKS, "", f"{branch}[{n}].{number}", text)

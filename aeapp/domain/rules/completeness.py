"""What a report leaves open: an item without an answer and without a reason is named, once.

An answered "unknown" is an answer. Nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.destinations import CODED, DESTINATIONS, FACILITY, FDA3500, OF_DRUGS, Destination
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.rules.entering import DEVICES, WARNS, Rulebook, finding
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Asked:
    """An item that is open while none of its paths has an answer or a reason."""

    item: str
    paths: tuple[str, ...]
    text: str


OF_DEVICES = (FDA3500, FACILITY)
OF_PATIENT = (
    Asked(
        "A2",
        ("subject.age", "subject.birth_date", "patient.birth_date", "patient.age"),
        N_("Give the age or the date of birth, or why it is not known."),
    ),
    Asked("A3", ("patient.sex",), N_("Give the sex, or why it is not known.")),
    Asked("A4", ("subject.weight",), N_("Give the weight near the event, if it was taken.")),
    Asked("A5", ("patient.race",), N_("Give race and ethnicity, or why they are not known.")),
    Asked("B7", ("happening.history", "patient.history"), N_("Give the relevant history.")),
)
OF_REPORT = (
    Asked("B3", ("happening.onset",), N_("Give the date of the event, or why it is not known.")),
    Asked("B4", ("report.reported_on",), N_("Give the date of this report.")),
    Asked("C1", ("case.availability",), N_("Say whether the product can be evaluated.")),
    Asked("G2", ("filer.health_professional",), N_("Say whether the reporter is a professional.")),
    Asked("G3", ("filer.occupation",), N_("Give the occupation of the reporter.")),
)
OF_SUSPECT = (
    Asked("D1", ("product.name",), N_("Give the product's name.")),
    Asked("D1", ("product.strength",), N_("Give the product's strength, or why not.")),
    Asked("D1", ("product.ndc",), N_("Give the product's NDC, or why not.")),
    Asked("D1", ("product.maker",), N_("Name the manufacturer or compounder, or why not.")),
    Asked("D1", ("lot.number",), N_("Give the lot number, or why it is not known.")),
    Asked("D5", ("product.types",), N_("Choose the product type, or why it is not known.")),
    Asked("D6", ("lot.expires",), N_("Give the expiration date, or why it is not known.")),
)
# Where no patient was reached, nothing was given and nothing is asked of it.
OF_GIVING = (
    Asked("D2", ("giving.dose", "giving.dose_text"), N_("Give the dose, or why not known.")),
    Asked("D2", ("giving.frequency",), N_("Give the frequency, or why it is not known.")),
    Asked("D2", ("giving.route",), N_("Give the route, or why it is not known.")),
    Asked(
        "D3",
        ("giving.started", "giving.ended", "giving.duration"),
        N_("Give start and stop of the therapy, or its duration, or why not known."),
    ),
    Asked("D4", ("indication",), N_("Give the diagnosis for use, or why it is not known.")),
)
OF_SUSPECT_AND_EVENT = (
    Asked("D7", ("abated",), N_("Say whether the event abated after the product was stopped.")),
    Asked("D8", ("reappeared",), N_("Say whether the event came back with the product.")),
)
OF_EVENT = (
    Asked("B5", ("verbatim",), N_("Name the event in the words of who told it.")),
    Asked("B5", ("outcome",), N_("Give the outcome, or why it is not known.")),
    Asked("B5", ("action_taken",), N_("Say what was done with the product, or why not known.")),
)
OF_DEVICE = (
    Asked("E1", ("brand",), N_("Give the brand name of the device, or why not.")),
    Asked("E2a", ("procode",), N_("Give the product code of the device, or why not.")),
    Asked("E2b", ("common_name",), N_("Say what kind of device it is, or why not.")),
    Asked("E3", ("maker",), N_("Name the maker of the device with city and state, or why not.")),
    Asked("E4", ("model",), N_("Give the model number, or why it is not known.")),
    Asked("E4", ("lot",), N_("Give the lot number of the device, or why it is not known.")),
    Asked("E4", ("catalog",), N_("Give the catalog number, or why it is not known.")),
    Asked("E4", ("expires",), N_("Give the expiration date of the device, or why not.")),
    Asked("E4", ("serial",), N_("Give the serial number, or why it is not known.")),
    Asked("E4", ("udi",), N_("Give the Unique Device Identifier, or why it is not known.")),
    Asked("E5", ("operator",), N_("Say who was using the device, or why it is not known.")),
    Asked("E7a", ("reprocessed",), N_("Say whether it is a reprocessed single-use device.")),
    Asked("E8", ("serviced",), N_("Say whether a third party ever serviced the device.")),
)


_PATIENT_PATHS = frozenset(path for asked in OF_PATIENT for path in asked.paths)


def is_asked_of_nobody(case: Case, path: str) -> bool:
    """Tell whether an item is one of a patient, in a case in which no patient was reached."""
    if case.case.involvement is not PatientInvolvement.NONE:
        return False
    return path.startswith(("patient.", "subject.")) or path in _PATIENT_PATHS


def _open(case: Case, prefix: str, asked: tuple[Asked, ...]) -> Iterator[Finding]:
    for question in asked:
        if all(_empty(case, prefix + path) for path in question.paths):
            yield _gap(prefix, question)


def _gap(prefix: str, question: Asked) -> Finding:
    return finding("open", WARNS, question.item, prefix + question.paths[0], question.text)


def _empty(case: Case, path: str) -> bool:
    return lens.get(case, path) in (None, "")


BOOK = Rulebook(CODED)
RULES = BOOK.rules
_SOURCE = "Form FDA 3500 (09/2025), instructions: fill in what applies and is known"
_ANSWERED = N_("Each item that applies has an answer, or a reason why there is none.")


def _enter(asked: Asked, *, of_patient: bool = False) -> None:
    """Enter the rule of one item that stands in the case once."""
    also = ("case.involvement",) if of_patient else ()

    @BOOK.rule("open", _SOURCE, _ANSWERED, reads=(*asked.paths, *also))
    def unanswered(case: Case) -> Iterator[Finding]:
        if not of_patient or case.case.involvement is not PatientInvolvement.NONE:
            yield from _open(case, "", (asked,))


for _asked in OF_PATIENT:
    _enter(_asked, of_patient=True)
for _asked in OF_REPORT:
    _enter(_asked)


@BOOK.rule("open", _SOURCE, _ANSWERED, reads=DEVICES, to=OF_DEVICES)
def of_device(case: Case) -> Iterator[Finding]:
    """Ask for each item of a device once one is named or described."""
    for path in case.case.devices:
        yield from _open(case, f"{path}.", OF_DEVICE)


@BOOK.rule(
    "open",
    _SOURCE,
    _ANSWERED,
    reads=("suspects", "events", "case.involvement"),
    to=OF_DRUGS,
)
def of_suspects(case: Case) -> Iterator[Finding]:
    """Ask for each item of each suspect product."""
    reached = case.case.involvement is not PatientInvolvement.NONE
    for n, suspect in enumerate(case.suspects):
        yield from _open(case, f"suspects[{n}].", OF_SUSPECT)
        if reached and suspect.is_given:
            yield from _open(case, f"suspects[{n}].", OF_GIVING)
        if case.events and suspect.is_given:
            yield from _challenges(case, f"suspects[{n}].")


@BOOK.rule("open", _SOURCE, _ANSWERED, reads=("events",))
def of_events(case: Case) -> Iterator[Finding]:
    """Ask for each item of each event."""
    for n in range(len(case.events)):
        yield from _open(case, f"events[{n}].", OF_EVENT)


_ANSWERS = {"abated": "dechallenge", "reappeared": "rechallenge"}


def _challenges(case: Case, prefix: str) -> Iterator[Finding]:
    """Ask for D7 and D8; several events that differ have no one answer for the form."""
    for question in OF_SUSPECT_AND_EVENT:
        name = question.paths[0]
        answers = {getattr(event, _ANSWERS[name]) for event in case.events} - {None}
        if len(answers) <= 1 or not _empty(case, prefix + name):
            yield from _open(case, prefix, (question,))
            continue
        yield Finding(
            path=prefix + name,
            code=question.item,
            severity=Severity.WARNS,
            item=question.item,
            text=N_("The events differ: say it in the description."),
        )


def questions(case: Case, destination: Destination) -> int:
    """Return how many items a report of ``case`` to ``destination`` asks for."""
    reached = case.case.involvement is not PatientInvolvement.NONE
    given = sum(suspect.is_given for suspect in case.suspects)
    parts = (
        ("", OF_PATIENT, reached),
        ("", OF_REPORT, 1),
        ("case.device.", OF_DEVICE, len(case.case.devices)),
        ("suspects[0].", OF_SUSPECT, len(case.suspects)),
        ("suspects[0].", OF_SUSPECT_AND_EVENT, given * bool(case.events)),
        ("suspects[0].", OF_GIVING, given * reached),
        ("events[0].", OF_EVENT, len(case.events)),
    )
    return sum(_numbered(destination.key, prefix, some) * times for prefix, some, times in parts)


@cache
def _numbered(key: str, prefix: str, some: tuple[Asked, ...]) -> int:
    """Return how many of the questions the form of a destination has."""
    numbered = DESTINATIONS[key].numbered
    return sum(numbered(_gap(prefix, question)) is not None for question in some)

"""Rules for the content of Form FDA 3500, numbered as the form's rule list numbers them.

Each rule yields findings; none raises, logs or changes anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import PatientInvolvement, ReportDecision
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Availability, Frequency, ReportType
from aeapp.domain.destinations import CODED, FDA3500, FDA_FORMS, OWED_BY_LAW
from aeapp.domain.findings import Context, Finding
from aeapp.domain.items import NullFlavor, as_text, spec_at
from aeapp.domain.rules.entering import BLOCKS, DEVICES, WARNS, Rulebook, finding
from aeapp.domain.rules.telling import what_it_tells
from aeapp.domain.values import PartialDate, in_zone, zone_named
from aeapp.kernel.i18n import N_, _

BOOK = Rulebook(CODED)
RULES = BOOK.rules
_rule, _dated_rule, _finding = BOOK.rule, BOOK.dated_rule, finding


@_rule("V1", "3500 B1", N_("The report names its type."), reads=("case.types",), to=FDA_FORMS)
def type_of_report(case: Case) -> Iterator[Finding]:
    """Ask for at least one box of B1."""
    if not case.case.types:
        yield _finding("V1", BLOCKS, "B1", "case.types", N_("Choose the type of report."))


@_rule(
    "V2",
    "3500 B5; MedWatch Online minimum",
    N_("The event or problem is described."),
    reads=("case.narrative",),
)
def description(case: Case) -> Iterator[Finding]:
    """Ask for a description of the event or the problem."""
    if not case.case.narrative:
        text = N_("Describe the event, the problem or the error.")
        yield _finding("V2", BLOCKS, "B5", "case.narrative", text)


@_rule(
    "V3",
    "3500 D1, E1; MedWatch Online minimum",
    N_("A suspect product or device has a name."),
    reads=(
        "suspects",
        *DEVICES,
    ),
    to=(FDA3500,),
)
def product(case: Case) -> Iterator[Finding]:
    """Ask for a suspect product or a suspect device by name."""
    devices = case.case.devices.values()
    called = (name for device in devices for name in (device.brand, device.common_name))
    names = (*(s.product.name for s in case.suspects), *called)
    if any(as_text(name) for name in names):
        return
    path = "suspects[0].product.name" if case.suspects else "case.device.brand"
    text = N_("Name a suspect product, or the brand or common name of a suspect device.")
    yield _finding("V3", BLOCKS, "D1", path, text)


@_rule(
    "V4",
    "3500 G1; MedWatch Online minimum",
    N_("The reporter who files has a name."),
    reads=("filer.last_name",),
    to=(FDA3500,),
)
def reporter(case: Case) -> Iterator[Finding]:
    """Ask for the reporter's last name."""
    if not as_text(case.filer.last_name):
        text = N_("Give the last name of the reporter who files; MedWatch asks for it.")
        yield _finding("V4", BLOCKS, "G1", "filer.last_name", text)


@_rule(
    "V4",
    "3500 G1; 3500A E1",
    N_("The reporter who files can be reached."),
    reads=("filer",),
    to=FDA_FORMS,
)
def reachable(case: Case) -> Iterator[Finding]:
    """Ask for one way to reach the reporter."""
    filer = case.filer
    if not any(as_text(c) for c in (filer.phone, filer.email, filer.address)):
        text = N_("Give a phone number, an e-mail or an address of the reporter.")
        yield _finding("V4", WARNS, "G1", "filer.phone", text)


@_rule(
    "V5",
    "3500 A1",
    N_("The patient has a code that tells nobody who it is."),
    reads=(
        "subject.identifier",
        "case.involvement",
        "patient",
    ),
)
def identifier(case: Case) -> Iterator[Finding]:
    """Ask for a neutral patient code that tells nobody who the patient is."""
    shown = case.subject.identifier
    path = "subject.identifier"
    if not shown:
        if case.case.involvement is PatientInvolvement.UNIDENTIFIED:
            text = N_("Give a neutral case code; the patient is not known.")
            yield _finding("V5", WARNS, "A1", path, text)
        else:
            text = N_("Give the patient's code, or say that no patient was reached.")
            yield _finding("V5", BLOCKS, "A1", path, text)
        return
    for text in what_it_tells(shown, case.patient):
        yield _finding("V5", BLOCKS, "A1", path, text)


@_dated_rule(
    "V6",
    "3500 A2",
    N_("The patient has an age with its unit or a date of birth, not both."),
    reads=(
        "subject",
        "patient.birth_date",
    ),
)
def age(case: Case, context: Context) -> Iterator[Finding]:
    """Keep age and date of birth from standing together, and an age from lacking its unit."""
    subject = case.subject
    if isinstance(subject.age, Decimal) and subject.birth_date is not None:
        text = N_("Give the age or the date of birth, not both.")
        yield _finding("V6", BLOCKS, "A2", "subject.age", text)
    if isinstance(subject.age, Decimal) and subject.age_unit is None:
        text = N_("Choose the unit of the age.")
        yield _finding("V6", BLOCKS, "A2", "subject.age_unit", text)
    birth = case.patient.birth_date
    if isinstance(birth, PartialDate) and birth.first_day() > context.today:
        text = N_("Correct the date of birth: it lies in the future.")
        yield _finding("V6", BLOCKS, "A2", "patient.birth_date", text)


# Item, path, digits that the official cell takes (Form FDA 3500, 09/2025).
_WHOLE_CELLS = (("A2", "subject.age", 3), ("A4", "subject.weight", 5))
_WHOLE_SUSPECT_CELLS = (("D2", "giving.dose", 6), ("D3", "giving.duration", 5))


def whole_cells(case: Case) -> Iterator[tuple[str, str, int, Decimal]]:
    """Yield (item, path, digits, value) for each number the official cells restrict."""
    cells = list(_WHOLE_CELLS)
    for n in range(len(case.suspects)):
        cells += [(item, f"suspects[{n}].{p}", d) for item, p, d in _WHOLE_SUSPECT_CELLS]
    for item, path, digits in cells:
        value = lens.get(case, path)
        if isinstance(value, Decimal):
            yield item, path, digits, value


def fits_whole_cell(value: Decimal, digits: int) -> bool:
    """Tell whether the official cell would take ``value``: whole digits, not too many."""
    return value == value.to_integral_value() and abs(value) < Decimal(10) ** digits


@_rule(
    "V7",
    "3500 A2, A4, D2, D3: cells take digits only",
    N_("Numbers fit cells that take whole digits only."),
    reads=(
        "subject",
        "suspects",
    ),
    to=FDA_FORMS,
)
def official_cells(case: Case) -> Iterator[Finding]:
    """Name numbers that the official cells refuse; ours print them exactly."""
    for item, path, digits, value in whole_cells(case):
        if not fits_whole_cell(value, digits):
            text = N_(
                "Re-express for the official cell, which takes whole digits only; "
                "our page prints the number exactly and the cover lists it."
            )
            yield _finding("V7", WARNS, item, path, text)


@_rule("V11", "3500 D2", N_("Other comes with words, and words with Other."), reads=("suspects",))
def other_words(case: Case) -> Iterator[Finding]:
    """Ask for words with Other, and for Other with words."""
    for n, suspect in enumerate(case.suspects):
        giving = suspect.giving
        pairs = (
            ("frequency", giving.frequency is Frequency.OTHER, giving.frequency_text),
            ("route", giving.route is FormRoute.OTHER, giving.route_text),
        )
        for name, is_other, words in pairs:
            path = f"suspects[{n}].giving.{name}_text"
            if is_other and not words:
                text = N_("Say what Other means.")
                yield _finding("V11", BLOCKS, "D2", path, text)
            if words and not is_other:
                text = N_("Choose Other, or delete the words: the form takes them with Other only.")
                yield _finding("V11", BLOCKS, "D2", path, text)


@_rule(
    "V12",
    "3500 A4, D2, D3: one unit with each number",
    N_("Each number has one unit."),
    reads=(
        "subject",
        "suspects",
        "case.availability",
        "case.returned_on",
    ),
)
def one_unit(case: Case) -> Iterator[Finding]:
    """Ask for the unit that a number lacks; a date of return goes with Returned only."""
    groups = [("A4", "subject.weight", "subject.weight_unit")]
    for n in range(len(case.suspects)):
        giving = f"suspects[{n}].giving"
        groups += [
            ("D2", f"{giving}.dose", f"{giving}.dose_unit"),
            ("D3", f"{giving}.duration", f"{giving}.duration_unit"),
        ]
    for item, number_path, unit_path in groups:
        number, unit = lens.get(case, number_path), lens.get(case, unit_path)
        if isinstance(number, Decimal) and unit is None:
            text = N_("Choose the unit of the number.")
            yield _finding("V12", BLOCKS, item, unit_path, text)
    boxed = case.case.availability in (None, Availability.RETURNED)
    if case.case.returned_on is not None and not boxed:
        text = N_("Choose Returned to Manufacturer, or delete its date.")
        yield _finding("V12", BLOCKS, "C1", "case.returned_on", text)


@_rule(
    "V16",
    "3500 B2: assessed by a person, never taken as No",
    N_("A person assessed the seriousness of each event."),
    reads=(
        "events",
        "case.types",
    ),
    harder=OWED_BY_LAW,
)
def assessed(case: Case) -> Iterator[Finding]:
    """Ask for the seriousness of each event; on a voluntary report this warns."""
    for n, event in enumerate(case.events):
        if event.seriousness is None:
            text = N_("Assess the seriousness of the event; none of the criteria is an answer too.")
            yield _finding("V16", WARNS, "B2", f"events[{n}].seriousness", text)
        elif not event.assessed_by:
            text = N_("Name the person who assessed the seriousness.")
            yield _finding("V16", WARNS, "B2", f"events[{n}].assessed_by", text)
    if not case.events and case.case.types and ReportType.ADVERSE_EVENT in case.case.types:
        text = N_("Enter the adverse event, or take Adverse Event out of the type of report.")
        yield _finding("V16", BLOCKS, "B1", "case.types", text)


@_rule(
    "V25",
    "Every event ends in a decision",
    N_("Each event has a decision with reason, person and time."),
    reads=(
        "events",
        "decisions",
    ),
)
def decided(case: Case) -> Iterator[Finding]:
    """Ask for a decision on each event, and for its reason, person and time."""
    by_event = {d.event_id: (n, d) for n, d in enumerate(case.decisions) if d.event_id}
    for n, event in enumerate(case.events):
        if event.id not in by_event:
            text = N_("Decide on the event: report or not, to whom, duty or choice, and why.")
            yield _finding("V25", WARNS, "", f"events[{n}].verbatim", text)
    for n, decision in enumerate(case.decisions):
        asked = ["answer", "obligation", "reason", "decided_by", "at"]
        asked += ["destinations"] if decision.answer is ReportDecision.REPORT else []
        for name in asked:
            if not getattr(decision, name):
                caption = spec_at(Case, f"decisions[].{name}").item.label
                text = _("Complete the decision: {item}.").format(item=_(caption))
                yield _finding("V25", WARNS, "", f"decisions[{n}].{name}", text)


@_rule(
    "V27",
    "Awareness is a fact of its own",
    N_("It is on record when the clinic learnt of it, who was told and by whom."),
    reads=(
        "awareness",
        "happening.onset",
        "clinic.time_zone",
    ),
)
def aware(case: Case) -> Iterator[Finding]:
    """Ask when, who and from whom the clinic learnt it; never before the event."""
    if not case.awareness:
        text = N_("Enter when the clinic learnt of it, who was told, and by whom.")
        yield _finding("V27", WARNS, "", "case.title", text)
    onset = case.happening.onset
    for n, fact in enumerate(case.awareness):
        for name in ("at", "who", "teller"):
            if getattr(fact, name) is None:
                caption = spec_at(Case, f"awareness[].{name}").item.label
                text = _("Complete the awareness: {item}, or why not known.").format(
                    item=_(caption)
                )
                yield _finding("V27", WARNS, "", f"awareness[{n}].{name}", text)
        if isinstance(fact.at, PartialDate):
            told = in_zone(fact.at, zone_named(case.clinic.time_zone))
            path = f"awareness[{n}].at"
            yield from _awareness_time(path, told, onset, is_told=fact.teller is not None)


def _awareness_time(
    path: str, at: PartialDate, onset: PartialDate | NullFlavor | None, *, is_told: bool
) -> Iterator[Finding]:
    if not at.has_time:
        text = N_("Add the time of day at which the clinic learnt it.")
        yield _finding("V27", WARNS, "", path, text)
    if not isinstance(onset, PartialDate):
        return
    if at.surely_before(onset):
        text = N_("Correct the awareness: it lies before the event.")
        yield _finding("V27", BLOCKS, "", path, text)
    if at.has_time and not is_told and _to_the_minute(at) == _to_the_minute(onset):
        text = N_("Check the awareness: it is the very minute of the event, and nobody told it.")
        yield _finding("V27", WARNS, "", path, text)


def _to_the_minute(at: PartialDate) -> str:
    return at.sort_key()[: len("2026-11-16T10:44")]

"""The case: the frozen tree that forms, rules and exports read.

It is assembled from records (``gathered``) and completed by views that are computed from them
(``settle``). A view never holds a fact of its own: an edit of a view goes to the record it shows,
or, where it is computed from several, is kept with the case as a stated value with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any

from aeapp.domain import lens
from aeapp.domain.codelists.safety import AgeUnit, Challenge, DrugRole, Seriousness, WeightUnit
from aeapp.domain.items import (
    PLAIN,
    UNKNOWN,
    Item,
    NullFlavor,
    Record,
    Section,
    attributes_of,
)
from aeapp.domain.mandatory import FacilityPart, MakerPart
from aeapp.domain.records import (
    Administration,
    Assessment,
    Awareness,
    Call,
    CaseFile,
    Check,
    Clinic,
    Decision,
    Event,
    LabelList,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Proposal,
    Report,
    Reporter,
    SafetyReview,
    Score,
    Session,
    Study,
)
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, Limit
from aeapp.kernel.i18n import N_
from aeapp.kernel.ids import new_id

DERIVED = N_("Computed from the records; what you type here is kept with the case as stated.")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Subject(Section):
    """The patient as a report shows the patient: a code, an age, a weight near the event."""

    identifier: Annotated[
        str | None,
        Item(N_("Patient identifier"), help=DERIVED, source="3500 A1; E2B(R3) D.1", max_len=50),
    ] = None
    age: Annotated[
        Decimal | NullFlavor | None,
        Item(N_("Age at the event"), help=DERIVED, source="3500 A2; E2B(R3) D.2.2a", nulls=UNKNOWN),
    ] = None
    age_unit: Annotated[
        AgeUnit | None, Item(N_("Unit of age"), help=DERIVED, source="3500 A2; E2B(R3) D.2.2b")
    ] = None
    birth_date: Annotated[
        PartialDate | None,
        Item(N_("Date of birth"), help=DERIVED, source="3500 A2; V6"),
    ] = None
    weight: Annotated[
        Decimal | None,
        Item(N_("Weight near the event"), help=DERIVED, source="3500 A4; E2B(R3) D.3"),
    ] = None
    weight_unit: Annotated[
        WeightUnit | None, Item(N_("Unit of weight"), help=DERIVED, source="3500 A4")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Happening(Section):
    """The events of the case taken together, as section B asks."""

    seriousness: Annotated[
        frozenset[Seriousness] | NullFlavor | None,
        Item(
            N_("Outcome attributed to the event"),
            help=DERIVED,
            source="3500 B2; V16",
            nulls=UNKNOWN,
        ),
    ] = None
    died_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(N_("Date of death"), help=DERIVED, source="3500 B2; V8", nulls=UNKNOWN),
    ] = None
    onset: Annotated[
        PartialDate | NullFlavor | None,
        Item(N_("Date of event"), help=DERIVED, source="3500 B3", nulls=UNKNOWN, widget="moment"),
    ] = None
    country: Annotated[
        str | None,
        Item(
            N_("Country of the event"),
            help=DERIVED,
            source="CIOMS I 1a; E2B(R3) E.i.9",
            max_len=200,
        ),
    ] = None
    history: Annotated[
        str | None,
        Item(N_("Relevant history"), help=DERIVED, source="3500 B7", max_len=100_000),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TestRow(Section):
    """One time of testing in item B6.

    Attributes:
        shown: The row belongs on the form; the others go to its continuation.
    """

    __test__ = False

    text: Annotated[
        str | None, Item(N_("Test data"), help=DERIVED, source="3500 B6", max_len=2000)
    ] = None
    low: Annotated[
        str | None, Item(N_("Low test range"), help=DERIVED, source="3500 B6", max_len=50)
    ] = None
    high: Annotated[
        str | None, Item(N_("High test range"), help=DERIVED, source="3500 B6", max_len=50)
    ] = None
    at: Annotated[
        PartialDate | NullFlavor | None,
        Item(N_("Date"), help=DERIVED, source="3500 B6", nulls=UNKNOWN),
    ] = None
    shown: bool = field(default=True, metadata=PLAIN)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Suspect(Section):
    """One suspect product with the lot and the giving it concerns (3500 D)."""

    product: Product = field(default_factory=Product)
    lot: Lot = field(default_factory=Lot)
    giving: Administration = field(default_factory=Administration)
    indication: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Diagnosis for use"),
            help=DERIVED,
            source="3500 D4; E2B(R3) G.k.7.r.1",
            nulls=UNKNOWN,
        ),
    ] = None
    abated: Annotated[
        Challenge | NullFlavor | None,
        Item(
            N_("Event abated after stop or reduction"),
            help=DERIVED,
            source="3500 D7",
            nulls=UNKNOWN,
        ),
    ] = None
    reappeared: Annotated[
        Challenge | NullFlavor | None,
        Item(
            N_("Event reappeared after reintroduction"),
            help=DERIVED,
            source="3500 D8",
            nulls=UNKNOWN,
        ),
    ] = None

    @property
    def is_given(self) -> bool:
        """Tell whether it was given; a product may be reported because it was not."""
        return self.giving.role is not DrugRole.NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Digest(Section):
    """What the readings of a case say, good for as long as the very same readings are in it.

    A case may hold thousands of readings, and its views are computed at every keystroke.

    Attributes:
        dose_at: Begin of the first suspect dose, by which the baseline was chosen.
        zone: Name of the zone whose clock the rows show.
        weights: The weights that count, in time order.
        problems: Path and sentence of each entry against its own rules.
        last_day: The latest day of a reading.
        limits: Beyond which of them a row stands on the report itself.
        timed: Instant and place of each reading that counts and has a minute, in time order.
        laboratory: Places of the laboratory readings that count.
        texts: Path and words of each text of a reading that a form shows.
    """

    readings: tuple[Observation, ...] = ()
    dose_at: PartialDate | None = None
    zone: str | None = None
    rows: tuple[TestRow, ...] = ()
    weights: tuple[Observation, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    last_day: dt.date | None = None
    limits: tuple[Limit, ...] = DEFAULT_LIMITS
    timed: tuple[tuple[dt.datetime, int], ...] = ()
    laboratory: tuple[int, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


Sources = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Given(Section):
    """The suspects of a case, good for as long as the very same records are in it.

    Attributes:
        administrations, sessions, products, lots, events: What the suspects were made of.
        zone: Name of the zone whose clock their dates show.
        sources, keys: What they add to those of the case.
    """

    administrations: tuple[Administration, ...] = ()
    sessions: tuple[Session, ...] = ()
    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    events: tuple[Event, ...] = ()
    zone: str | None = None
    suspects: tuple[Suspect, ...] = ()
    sources: Sources = field(default_factory=dict, metadata=PLAIN)
    keys: Mapping[str, str] = field(default_factory=dict, metadata=PLAIN)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Case(Section):
    """Everything a report can say, records first, views of them after.

    Attributes:
        report: An empty report while none was opened for the case.
        patient: An empty record where no patient was reached.
        sources: Prefix in a view -> prefix of the record it shows.
        keys: Place in a list of a view -> the same by the ids of the records that make it.
        limits: The clinic's own, which decide what rows of readings stand on the report.
        digest, given: Kept from one keystroke to the next; no part of the case's value.
    """

    case: CaseFile = field(default_factory=CaseFile)
    report: Report = field(default_factory=Report)
    clinic: Clinic = field(default_factory=Clinic)
    patient: Patient = field(default_factory=Patient)
    events: tuple[Event, ...] = ()
    sessions: tuple[Session, ...] = ()
    administrations: tuple[Administration, ...] = ()
    observations: tuple[Observation, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[Note, ...] = ()
    scores: tuple[Score, ...] = ()
    safety: tuple[SafetyReview, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    calls: tuple[Call, ...] = ()
    studies: tuple[Study, ...] = ()
    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    awareness: tuple[Awareness, ...] = ()
    decisions: tuple[Decision, ...] = ()
    labels: tuple[LabelList, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    subject: Subject = field(default_factory=Subject)
    happening: Happening = field(default_factory=Happening)
    tests: tuple[TestRow, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    concomitants: tuple[Medicine, ...] = ()
    filer: Reporter = field(default_factory=Reporter)
    teller: Reporter = field(default_factory=Reporter)
    companions: tuple[Medicine, ...] = ()
    facility: FacilityPart = field(default_factory=FacilityPart)
    maker: MakerPart = field(default_factory=MakerPart)
    sources: Sources = field(default_factory=dict, metadata=PLAIN)
    keys: Mapping[str, str] = field(default_factory=dict, metadata=PLAIN)
    limits: tuple[Limit, ...] = field(default=DEFAULT_LIMITS, metadata=PLAIN, compare=False)
    digest: Digest = field(default_factory=Digest, metadata=PLAIN, compare=False)
    given: Given = field(default_factory=Given, metadata=PLAIN, compare=False)


VIEWS = (
    "subject",
    "happening",
    "tests",
    "suspects",
    "concomitants",
    "filer",
    "teller",
    "companions",
    "facility",
    "maker",
)
BRANCHES: dict[str, type[Record]] = {
    a.name: a.type
    for a in attributes_of(Case)
    if a.name not in VIEWS and issubclass(a.type, Record)
}


def is_view(path: str) -> bool:
    """Tell whether ``path`` is inside a view instead of a record."""
    return path.partition(".")[0].partition("[")[0] in VIEWS


def source_of(case: Case, path: str) -> str | None:
    """Return the path of the record's item that a view's ``path`` shows; None if computed."""
    if not is_view(path):
        return path
    prefix = path
    while prefix:
        if prefix in case.sources:
            return case.sources[prefix] + path[len(prefix) :]
        prefix = prefix.rpartition(".")[0]
    return None


def write(case: Case, path: str, value: Any) -> Case:
    """Return the settled case after ``value`` was entered at ``path``.

    An edit of a view changes the record it shows; where there is none, the value is stated.
    """
    from aeapp.domain import stating  # noqa: PLC0415 - it states into the case of this module
    from aeapp.domain.narrative import joining  # noqa: PLC0415 - it joins texts of this module

    target = source_of(case, path)
    if target is None:
        return settle(stating.state(case, path, value))
    case = _with_patient(case, target, value)
    written = lens.put(_with_filer(case, target), target, value)
    if target == "case.narrative":
        written = joining.rejoined(case, written)
    return settle(_without_blank(written, target) if value is None else written)


def _with_patient(case: Case, target: str, value: Any) -> Case:
    # Without an identity and the link to it, what is told of the patient could not be stored.
    if case.patient.id or value is None or not target.startswith("patient."):
        return case
    patient = replace(case.patient, id=new_id())
    return replace(case, patient=patient, case=replace(case.case, patient_id=patient.id))


def _with_filer(case: Case, target: str) -> Case:
    # Section G can be filled in before anybody was entered as the reporter who files.
    if not target.startswith(f"reporters[{len(case.reporters)}]."):
        return case
    filer = Reporter(case_id=case.case.id, files=True)
    return replace(case, reporters=(*case.reporters, filer))


def _without_blank(case: Case, target: str) -> Case:
    """Return ``case`` without the new patient or filer of which the last entry was taken back.

    The first entry made the record; without any, nobody was entered.
    """
    patient, last = case.patient, case.reporters[-1:]
    if target.startswith("reporters[") and last == (Reporter(case_id=case.case.id, files=True),):
        return replace(case, reporters=case.reporters[:-1])
    blank = target.startswith("patient.") and patient == Patient(id=patient.id)
    if blank and not _is_linked(case, patient.id):
        return replace(case, patient=Patient(), case=replace(case.case, patient_id=""))
    return case


def _is_linked(case: Case, patient_id: str) -> bool:
    branches = (getattr(case, name) for name in BRANCHES)
    records = (r for branch in branches if isinstance(branch, tuple) for r in branch)
    return any(getattr(record, "patient_id", "") == patient_id for record in records)


def settle(case: Case) -> Case:
    """Return ``case`` with its views computed anew from its records and stated values."""
    from aeapp.domain import stating, views  # noqa: PLC0415 - they build sections of this module

    return views.with_date_of_death(stating.applied(views.computed(case)))


def split_by_record(old: Case, new: Case) -> list[tuple[Record, Record]]:
    """Return (before, after) for each record that differs; a new one stands beside an empty one.

    A new record that others link to counts although nothing is written in it yet.
    """
    pairs: list[tuple[Record, Record]] = []
    for name, kind in BRANCHES.items():
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(after, tuple):
            known = {r.id: r for r in before if r.id}
            pairs += [(known.get(r.id) or kind(), r) for r in after]
        else:
            pairs.append((before, after))
    # Most records are the very ones of before, and a case may have thousands.
    return [
        (b, a) for b, a in pairs if (a.id and not a.version) or (a is not b and lens.diff(b, a))
    ]


__all__ = [
    "BRANCHES",
    "Case",
    "Digest",
    "Given",
    "Happening",
    "Subject",
    "Suspect",
    "TestRow",
    "is_view",
    "settle",
    "source_of",
    "split_by_record",
    "write",
]

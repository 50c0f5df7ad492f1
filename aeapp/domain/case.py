"""The case: the frozen tree that forms, rules and exports read.

It is assembled from records (``gathered``) and completed by views that are computed from them
(``settle``). A view never holds a fact of its own: an edit of a view goes to the record it shows,
or, where it is computed from several, is kept with the case as a stated value with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any

from aeapp.domain import lens
from aeapp.domain.codecs import read, show
from aeapp.domain.codelists.safety import AgeUnit, Challenge, Seriousness, WeightUnit
from aeapp.domain.items import (
    PLAIN,
    UNKNOWN,
    Item,
    NullFlavor,
    Record,
    Section,
    attributes_of,
    spec_at,
)
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
)
from aeapp.domain.records.case import StatedValue
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
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
    """

    readings: tuple[Observation, ...] = ()
    dose_at: PartialDate | None = None
    zone: str | None = None
    rows: tuple[TestRow, ...] = ()
    weights: tuple[Observation, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    last_day: dt.date | None = None


Sources = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Case(Section):
    """Everything a report can say, records first, views of them after.

    Attributes:
        report: An empty report while none was opened for the case.
        patient: An empty record where no patient was reached.
        sources: Prefix in a view -> prefix of the record it shows.
        digest: Kept from one keystroke to the next; no part of the case's value.
    """

    case: CaseFile = field(default_factory=CaseFile)
    report: Report = field(default_factory=Report)
    clinic: Clinic = field(default_factory=Clinic)
    patient: Patient = field(default_factory=Patient)
    events: tuple[Event, ...] = ()
    sessions: tuple[Session, ...] = ()
    administrations: tuple[Administration, ...] = ()
    observations: tuple[Observation, ...] = ()
    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    awareness: tuple[Awareness, ...] = ()
    decisions: tuple[Decision, ...] = ()
    subject: Subject = field(default_factory=Subject)
    happening: Happening = field(default_factory=Happening)
    tests: tuple[TestRow, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    concomitants: tuple[Medicine, ...] = ()
    filer: Reporter = field(default_factory=Reporter)
    sources: Sources = field(default_factory=dict, metadata=PLAIN)
    digest: Digest = field(default_factory=Digest, metadata=PLAIN, compare=False)


# How "none of them" is kept where a list of codes was stated; an empty text is no statement.
NONE_OF_THESE = "none of these"
VIEWS = ("subject", "happening", "tests", "suspects", "concomitants", "filer")
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
    target = source_of(case, path)
    if target is None:
        return settle(_state(case, path, value))
    case = _with_patient(case, target, value)
    return settle(lens.put(_with_filer(case, target), target, value))


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


def _state(case: Case, path: str, value: Any) -> Case:
    kept = tuple(s for s in case.case.stated if s.path != path)
    text = value.value if isinstance(value, NullFlavor) else _stated_text(value)
    if text:
        kept = (*kept, StatedValue(path=path, value=text))
    return replace(case, case=replace(case.case, stated=kept))


def _stated_text(value: Any) -> str:
    if value == frozenset():
        return NONE_OF_THESE
    return value.iso() if isinstance(value, PartialDate) else show(value)


def _stated_value(path: str, text: str) -> Any:
    spec = spec_at(Case, path)
    if spec.type is frozenset and text == NONE_OF_THESE:
        return frozenset()
    return {n.value: n for n in spec.nulls}.get(text) or read(spec, text)


def stated_places(case: Case) -> Iterator[str]:
    """Yield the path of each item of a view that shows a stated value.

    A suspect or row it was stated for may no longer be in the case, and where a record holds the
    item by now the record is shown.
    """
    for stated in case.case.stated:
        path = stated.path or ""
        if not stated.value or source_of(case, path) is not None or not is_view(path):
            continue
        if path == "subject.identifier":
            # Only a case without a patient computes it, and no name may stand there then.
            continue
        try:
            lens.get(case, path)
        except KeyError:
            continue
        yield path


def _apply_stated(case: Case) -> Case:
    texts = {s.path: s.value or "" for s in case.case.stated}
    for path in list(stated_places(case)):
        try:
            value = _stated_value(path, texts[path])
        except (KeyError, BadInputError):
            # A file brought text that cannot be read; it stays kept.
            continue
        if value is not None:
            case = lens.put(case, path, _with_criteria_met(case, path, value))
    return case


def _with_criteria_met(case: Case, path: str, value: Any) -> Any:
    # What an event met stays met, whatever was stated before anybody assessed it.
    met = case.happening.seriousness
    if path != "happening.seriousness" or not isinstance(met, frozenset) or not met:
        return value
    return met | value if isinstance(value, frozenset) else met


def settle(case: Case) -> Case:
    """Return ``case`` with its views computed anew from its records and stated values."""
    from aeapp.domain import views  # noqa: PLC0415 - the views build sections of this module

    return views.with_date_of_death(_apply_stated(views.computed(case)))


def split_by_record(old: Case, new: Case) -> list[tuple[Record, Record]]:
    """Return (before, after) for each record that differs; a new one stands beside an empty one.

    A new record that others link to counts although nothing is written in it yet.
    """
    pairs: list[tuple[Record, Record]] = []
    for name, kind in BRANCHES.items():
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(after, tuple):
            known = {r.id: r for r in before if r.id}
            pairs += [(known.get(r.id, kind()), r) for r in after]
        else:
            pairs.append((before, after))
    return [(b, a) for b, a in pairs if (a.id and not a.version) or lens.diff(b, a)]


__all__ = [
    "BRANCHES",
    "Case",
    "Digest",
    "Happening",
    "Subject",
    "Suspect",
    "TestRow",
    "is_view",
    "settle",
    "source_of",
    "split_by_record",
    "stated_places",
    "write",
]

"""Make values, records and cases for tests: any of them by hypothesis, and small ones by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from aeapp.domain.archive import KINDS, Bundle, case_from, keys_of
from aeapp.domain.case import Case, settle
from aeapp.domain.codecs import clean_text
from aeapp.domain.codelists.assessment import Causality, CausalityMethod
from aeapp.domain.codelists.clinic import (
    Destination,
    Obligation,
    ObservationKind,
    PatientInvolvement,
    ReadingUnit,
    Relation,
    ReportDecision,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    ActionTaken,
    AgeUnit,
    Availability,
    Challenge,
    Frequency,
    Occupation,
    Outcome,
    ProductType,
    Race,
    ReportType,
    Seriousness,
    Sex,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import Attribute, FieldSpec, NullFlavor, Record, Section, attributes_of
from aeapp.domain.records import (
    Administration,
    Assessment,
    Awareness,
    CaseFile,
    Decision,
    Event,
    Lot,
    Observation,
    Patient,
    Product,
    Report,
    Reporter,
)
from aeapp.domain.values import PartialDate
from tests.helpers.guards import SENTINEL

TODAY = dt.date(2026, 11, 23)

# Text that has broken programs: markup, formulas, controls that are allowed, scripts, emoji.
AWKWARD = (
    "<b>&amp;</b>",
    "=1+1",
    "tab\tand\nline",
    "李小龙 感觉头晕",
    "👩‍⚕️ 😀 🇺🇸",
    "Ça va – ‘µg’ ≥ 5 °C",
    "مرحبا שלום",
    "e\u0301 combining",
    SENTINEL,
)
_FORBIDDEN = "\u202a\u202b\u202c\u202d\u202e\ufffe\uffff"
texts: st.SearchStrategy[str] = (
    st.one_of(
        st.sampled_from(AWKWARD),
        st.text(
            st.characters(
                exclude_categories=("Cs", "Cc"),
                exclude_characters=_FORBIDDEN,
                include_characters="\n\t",
            ),
            min_size=1,
            max_size=30,
        ),
    )
    .map(clean_text)
    .map(lambda text: text if "\n" in text else text.strip())
    .filter(str.strip)
)
decimals: st.SearchStrategy[Decimal] = st.from_regex(
    r"-?[0-9]{1,18}(\.[0-9]{1,18})?", fullmatch=True
).map(Decimal)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """Draw a date of any precision, with a time and an offset or without."""
    day = draw(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 30)))
    precision = draw(st.integers(1, 5))
    time = draw(st.times()) if precision > 3 else None
    return PartialDate(
        day.year,
        day.month if precision > 1 else None,
        day.day if precision > 2 else None,
        time.hour if time else None,
        time.minute if time else None,
        time.second if time and precision > 4 else None,
        draw(st.none() | st.integers(-14 * 60, 14 * 60)) if time else None,
    )


_SIMPLE: dict[type, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(1 - 10**15, 10**15 - 1),
    Decimal: decimals,
    PartialDate: dates(),
}


def answers(kind: type, element: type) -> st.SearchStrategy[Any]:
    """Return any value of a type, no reason and never None."""
    if kind is frozenset:
        return st.frozensets(st.sampled_from(list(element)))
    return _SIMPLE[kind] if kind in _SIMPLE else st.sampled_from(list(kind))


def entries(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Return whatever an item may hold: nothing, a reason, or a value."""
    reasons = [st.sampled_from(spec.nulls)] if spec.nulls else []
    return st.one_of(st.none(), *reasons, answers(spec.type, spec.element))


def _attribute(a: Attribute) -> st.SearchStrategy[Any]:
    if a.item is not None:
        return entries(FieldSpec(a.name, a.type, a.element, a.item))
    if a.link is not None:
        return st.just("")
    if a.repeated:
        return st.lists(sections(a.type), max_size=2).map(tuple)
    return sections(a.type)


@st.composite
def sections(draw: st.DrawFn, cls: type[Section]) -> Any:
    """Draw any section of a class, its links empty; a record has no id and no version."""
    parts = {a.name: a for a in attributes_of(cls)}
    # Most items are empty, as they are in life, and drawing few of them is quick.
    filled = draw(st.sets(st.sampled_from(sorted(parts)), max_size=6))
    return cls(**{name: draw(_attribute(parts[name])) for name in sorted(filled)})


def records(cls: type[Record]) -> st.SearchStrategy[Any]:
    """Return any record of a class without id, version and links."""
    return sections(cls)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Draw any bundle: ids of its own, each link to nothing or to a record of its kind."""
    parts: dict[str, Any] = {}
    for a in attributes_of(Bundle):
        if a.repeated:
            parts[a.name] = tuple(draw(st.lists(records(a.type), max_size=2)))
        elif a.name == "case" or draw(st.booleans()):
            parts[a.name] = draw(records(a.type))
    named = {
        name: tuple(replace(r, id=f"{name}-{n}") for n, r in enumerate(part))
        if isinstance(part, tuple)
        else replace(part, id=name)
        for name, part in parts.items()
    }
    bundle = Bundle(**named)
    ids = {kind: [r.id for r in bundle.records() if kind == r.KIND] for kind in KINDS}
    return Bundle(**{name: _linked(draw, part, ids) for name, part in named.items()})


def _linked(draw: st.DrawFn, part: Any, ids: dict[str, list[str]]) -> Any:
    if isinstance(part, tuple):
        return tuple(_linked(draw, record, ids) for record in part)
    links = {
        name: draw(st.sampled_from(["", *ids[a.link.kind]]))
        for name, a in keys_of(type(part)).items()
        if a.link is not None
    }
    return replace(part, **links)


def cases() -> st.SearchStrategy[Case]:
    """Return any settled case."""
    return bundles().map(case_from)


def day(text: str) -> PartialDate:
    """Return the date that ``text`` says in ISO form."""
    return PartialDate.parse(text)


def complete_case() -> Case:
    """Return a case that no rule objects to: one patient, one suspect, one event, one decision."""
    return settle(
        Case(
            case=CaseFile(
                id="case",
                patient_id="patient",
                involvement=PatientInvolvement.PATIENT,
                types=frozenset({ReportType.ADVERSE_EVENT}),
                narrative="Dizzy for an hour after the dose.",
                availability=Availability.NO,
            ),
            report=Report(id="report", case_id="case", reported_on=day("2026-11-20")),
            patient=Patient(
                id="patient",
                code="P-0001",
                age=Decimal(40),
                age_unit=AgeUnit.YEAR,
                sex=Sex.FEMALE,
                race=frozenset({Race.WHITE}),
                history="None of note.",
            ),
            products=(
                Product(
                    id="product",
                    name="ketamine",
                    strength="50",
                    strength_unit=DoseUnit.MG_ML,
                    ndc=NullFlavor.UNK,
                    maker="Maker",
                    types=frozenset({ProductType.GENERIC}),
                ),
            ),
            lots=(
                Lot(id="lot", product_id="product", number="L1", expires=PartialDate(2028, 1, 31)),
            ),
            administrations=(
                Administration(
                    id="giving",
                    product_id="product",
                    lot_id="lot",
                    dose=Decimal(40),
                    dose_unit=DoseUnit.MG,
                    route=FormRoute.INTRAMUSCULAR,
                    frequency=Frequency.DAILY,
                    started=day("2026-11-16T10:00-06:00"),
                    indication="depression",
                ),
            ),
            observations=(
                Observation(
                    id="weight",
                    kind=ObservationKind.WEIGHT,
                    value=Decimal(70),
                    unit=ReadingUnit.KILOGRAM,
                    at=day("2026-11-16"),
                ),
            ),
            events=(
                Event(
                    id="event",
                    verbatim="dizziness",
                    onset=day("2026-11-16T10:20-06:00"),
                    seriousness=frozenset({Seriousness.OTHER}),
                    assessed_by="A prescriber",
                    outcome=Outcome.RECOVERED,
                    action_taken=ActionTaken.UNCHANGED,
                    dechallenge=Challenge.NOT_APPLICABLE,
                    rechallenge=Challenge.NOT_APPLICABLE,
                ),
            ),
            reporters=(
                Reporter(
                    id="reporter",
                    files=True,
                    relation=Relation.STAFF,
                    last_name="Reporter",
                    phone="555 0100",
                    health_professional=True,
                    occupation=Occupation.NURSE,
                    withhold_identity=False,
                ),
            ),
            awareness=(
                Awareness(
                    id="awareness",
                    at=day("2026-11-16T10:25-06:00"),
                    who="A nurse",
                    teller="the patient",
                ),
            ),
            decisions=(
                Decision(
                    id="decision",
                    event_id="event",
                    answer=ReportDecision.REPORT,
                    destinations=frozenset({Destination.FDA}),
                    obligation=Obligation.CHOICE,
                    reason="Worth knowing.",
                    decided_by="A prescriber",
                    at=day("2026-11-17T09:00-06:00"),
                ),
            ),
            assessments=(
                Assessment(
                    id="assessment",
                    case_id="case",
                    event_id="event",
                    product_id="product",
                    category=Causality.PROBABLE,
                    method=CausalityMethod.WHO_UMC,
                    assessor="A prescriber",
                    assessed_at=day("2026-11-16T11:00-06:00"),
                ),
            ),
        )
    )

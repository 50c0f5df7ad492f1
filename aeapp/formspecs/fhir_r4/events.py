"""Adverse events, with the doses suspected and what was said of the cause.

Nothing is read out of a number: only what a person answered about seriousness, severity, outcome
and cause stands here.

Source:
    FHIR R4 (4.0.1) AdverseEvent.
"""

from __future__ import annotations

from collections.abc import Mapping

from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import ReportType, Seriousness
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Assessment, Event
from aeapp.domain.records.administration import SUSPECT_ROLES
from aeapp.formspecs.fhir_r4.codes import (
    CATEGORY,
    CATEGORY_CODES,
    CAUSALITY,
    CAUSALITY_CODES,
    MEDDRA,
    METHOD,
    METHOD_CODES,
    NON_SERIOUS,
    OUTCOME_CODES,
    OUTCOMES,
    SERIOUS,
    SERIOUSNESS,
    SERIOUSNESS_CODES,
    SEVERITY,
    SEVERITY_CODES,
)
from aeapp.formspecs.fhir_r4.parts import (
    Making,
    Tree,
    absent,
    coding,
    concept,
    listed,
    reference,
    without_nothing,
    words,
)
from aeapp.kernel.i18n import N_, _


def adverse_event(
    making: Making, case: Case, event: Event, subject: Tree, urls: Mapping[str, str]
) -> Tree:
    """Return one event; ``urls`` tells the full url of each dose by its id."""
    _remark_opinions(making, case, event)
    suspected = [
        _suspect(case, event, giving, urls[giving.id])
        for giving in case.administrations
        if giving.role in SUSPECT_ROLES
    ]
    return without_nothing({
        "resourceType": "AdverseEvent",
        "identifier": {"value": case.case.number} if case.case.number else {},
        "actuality": "actual",
        "category": _categories(case),
        "event": words(event.verbatim, *_codings(making, event)) or absent(NullFlavor.UNK),
        "subject": subject,
        **making.timed("date", event.onset),
        "seriousness": _seriousness(event.seriousness),
        "severity": _severity(making, event),
        "outcome": _outcome(event),
        "suspectEntity": suspected,
    })  # fmt: skip


def _categories(case: Case) -> list[Tree]:
    types = case.case.types
    if not isinstance(types, frozenset):
        return []
    return [
        listed(kind, coding(CATEGORY, CATEGORY_CODES[kind]))
        for kind in ReportType
        if kind in types and kind in CATEGORY_CODES
    ]


def _codings(making: Making, event: Event) -> list[Tree]:
    found = []
    for one in event.codings:
        if one.terminology is not TerminologyName.MEDDRA:
            # No system of FHIR that a receiver would know names these terms.
            making.remark(_(N_("A code of another terminology than MedDRA was left out.")))
        elif one.code:
            version = {"version": one.edition} if one.edition else {}
            found.append({**coding(MEDDRA, one.code, one.term or ""), **version})
    return found


def _seriousness(value: frozenset[Seriousness] | NullFlavor | None) -> Tree:
    if value is None:
        return {}
    if isinstance(value, NullFlavor):
        return absent(value)
    if not value:
        return concept(_(N_("None of the criteria")), coding(SERIOUSNESS, NON_SERIOUS))
    met = [criterion for criterion in Seriousness if criterion in value]
    codes = dict.fromkeys(SERIOUSNESS_CODES.get(criterion, SERIOUS) for criterion in met)
    return concept(
        "; ".join(_(label(criterion)) for criterion in met),
        *(coding(SERIOUSNESS, code) for code in codes),
    )


def _severity(making: Making, event: Event) -> Tree:
    if isinstance(event.severity, NullFlavor):
        return absent(event.severity)
    if event.severity is None:
        return {}
    code = SEVERITY_CODES.get(event.severity)
    if code is None:
        making.remark(_(N_("R4 knows mild, moderate and severe only: a grade above was left out.")))
        return {}
    return listed(event.severity, coding(SEVERITY, code))


def _outcome(event: Event) -> Tree:
    if isinstance(event.outcome, NullFlavor):
        # The list of R4 is required, and has a code for what is not known.
        unknown = {"coding": [coding(OUTCOMES, "unknown")]}
        return {**absent(event.outcome), **unknown}
    return (
        listed(event.outcome, coding(OUTCOMES, OUTCOME_CODES[event.outcome]))
        if event.outcome
        else {}
    )


def _remark_opinions(making: Making, case: Case, event: Event) -> None:
    """Count what was said of the cause for a product of which no suspect dose goes out."""
    given = {g.product_id for g in case.administrations if g.role in SUSPECT_ROLES}
    for one in case.assessments:
        if one.event_id == event.id and one.category and one.product_id not in given:
            making.remark(
                _(N_("A judgement of cause was left out: its product has no suspect dose here."))
            )


def _suspect(case: Case, event: Event, giving: Administration, url: str) -> Tree:
    opinions = [
        _opinion(one)
        for one in case.assessments
        if one.event_id == event.id and one.product_id == giving.product_id and one.category
    ]
    return without_nothing({"instance": reference(url), "causality": opinions})


def _opinion(one: Assessment) -> Tree:
    told: Tree = {}
    if one.category:
        told["assessment"] = listed(one.category, coding(CAUSALITY, CAUSALITY_CODES[one.category]))
    if one.method:
        code = METHOD_CODES.get(one.method)
        told["method"] = listed(one.method, *([coding(METHOD, code)] if code else []))
    return told

"""A gathered case as the records of one file, with no link that leads out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aeapp.domain.archive import Bundle
from aeapp.domain.case import Case
from aeapp.domain.items import Record, attributes_of
from aeapp.domain.records import Consent
from aeapp.services.gathering import gather, reports_of
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


def bundle_of(uow: UnitOfWork, case_id: str) -> Bundle:
    """Return everything stored of a case.

    A link to what belongs to another case, such as the first one of the same session, is left out.
    """
    case = gather(uow, case_id)
    patient_id = case.patient.id
    consents = uow.records.find("consent", patient_id=patient_id) if patient_id else []
    bundle = replace(
        _records(case), consents=of_kind(Consent, consents), reports=reports_of(uow, case_id)
    )
    return _closed(bundle)


def _records(case: Case) -> Bundle:
    return Bundle(
        clinic=case.clinic if case.clinic.version else None,
        patient=case.patient if case.patient.version else None,
        products=case.products,
        lots=case.lots,
        sessions=case.sessions,
        administrations=case.administrations,
        observations=case.observations,
        case=case.case,
        events=case.events,
        reporters=case.reporters,
        awareness=case.awareness,
        decisions=case.decisions,
    )


def _closed(bundle: Bundle) -> Bundle:
    ids = {record.id for record in bundle.records()}
    parts: dict[str, Any] = {}
    for a in attributes_of(Bundle):
        part = getattr(bundle, a.name)
        if a.repeated:
            parts[a.name] = tuple(_within(record, ids) for record in part)
        elif part is not None:
            parts[a.name] = _within(part, ids)
    return Bundle(**parts)


def _within(record: Record, ids: set[str]) -> Record:
    outside: dict[str, Any] = {
        a.name: ""
        for a in attributes_of(type(record))
        if a.link and getattr(record, a.name) not in ids
    }
    return replace(record, **outside)

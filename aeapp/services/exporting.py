"""A gathered case as the records of one file, with no link that leads out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aeapp.domain.archive import Bundle
from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.items import Record, attributes_of
from aeapp.domain.lifecycle import LIFE
from aeapp.domain.links import relinked
from aeapp.domain.records import Attachment, Consent, Event, Question, Request, Sending
from aeapp.services.attaching import attachments_of
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
        _records(case),
        events=of_kind(Event, uow.records.find("event", case_id=case_id)),
        consents=of_kind(Consent, consents),
        reports=reports_of(uow, case_id),
        sendings=of_kind(Sending, uow.records.find("sending", case_id=case_id)),
        requests=of_kind(Request, uow.records.find("request", case_id=case_id)),
        questions=of_kind(Question, uow.records.find("question", case_id=case_id)),
        attachments=tuple(attachments_of(uow, case_id)),
    )
    return _closed(bundle)


def case_as_sent(uow: UnitOfWork, case: Case) -> Bundle:
    """Return the records that one report of a case shows, where it stands left out.

    The attached files that count are among them, by their hashes. Two such bundles differ exactly
    where the content of a report differs.
    """
    where: dict[str, Any] = dict.fromkeys(LIFE)
    report = replace(case.report, **where)
    files = standing_attachments(uow, case)
    told = replace(_records(case), events=case.events, reports=(report,), attachments=files)
    return _closed(told)


def standing_attachments(uow: UnitOfWork, case: Case) -> tuple[Attachment, ...]:
    """Return the attached files of a case that count, the oldest first."""
    if not case.case.version:
        return ()
    return tuple(a for a in attachments_of(uow, case.case.id) if a.stands)


def _records(case: Case) -> Bundle:
    parts: dict[str, Any] = {
        a.name: getattr(case, a.name)
        for a in attributes_of(Bundle)
        if a.name in BRANCHES and (a.repeated or a.name == "case")
    }
    return Bundle(
        clinic=case.clinic if case.clinic.version else None,
        patient=case.patient if case.patient.version else None,
        **parts,
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
    return relinked(record, lambda _kind, target: target if target in ids else "")

"""Gather a case: every record it shows, read in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from aeapp.domain.case import Case, settle
from aeapp.domain.items import Record
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
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

R = TypeVar("R", bound=Record)


def reports_of(uow: UnitOfWork, case_id: str) -> tuple[Report, ...]:
    """Return the reports of a case, the oldest first."""
    return of_kind(Report, uow.records.find("report", case_id=case_id))


def gather(uow: UnitOfWork, case_id: str, report_id: str = "") -> Case:
    """Return the case with every record it shows, its views computed.

    Records of one kind stand in the order in which they were made, so that a place in the case
    means the same record after others were added.
    """
    (file,) = of_kind(CaseFile, [uow.records.get("case", case_id)])
    events = _of_case(uow, Event, case_id)
    own = _of_case(uow, Administration, case_id)
    read = _of_case(uow, Observation, case_id)
    session_ids = _named(
        [
            file.session_id,
            *(e.session_id for e in events),
            *(g.session_id for g in own),
            *(o.session_id for o in read),
        ]
    )
    givings = _joined(own, _of_sessions(uow, Administration, session_ids))
    lots = _many(uow, Lot, (g.lot_id for g in givings))
    product_ids = [*(g.product_id for g in givings), *(lot.product_id for lot in lots)]
    clinics = of_kind(Clinic, uow.records.query("clinic", limit=1))
    reports = reports_of(uow, case_id)
    return settle(
        Case(
            case=file,
            report=next((r for r in reports if report_id in ("", r.id)), Report()),
            clinic=next(iter(clinics), Clinic()),
            patient=next(iter(_many(uow, Patient, [file.patient_id])), Patient()),
            events=events,
            sessions=_many(uow, Session, session_ids),
            administrations=givings,
            observations=_joined(read, _of_sessions(uow, Observation, session_ids)),
            products=_many(uow, Product, product_ids),
            lots=lots,
            reporters=_of_case(uow, Reporter, case_id),
            awareness=_of_case(uow, Awareness, case_id),
            decisions=_decisions(uow, case_id, events),
        )
    )


def _decisions(uow: UnitOfWork, case_id: str, events: tuple[Event, ...]) -> tuple[Decision, ...]:
    event_ids = [e.id for e in events]
    of_events = uow.records.find("decision", event_id=event_ids) if event_ids else []
    return _joined(_of_case(uow, Decision, case_id), of_kind(Decision, of_events))


def _of_case(uow: UnitOfWork, kind: type[R], case_id: str) -> tuple[R, ...]:
    return _joined(of_kind(kind, uow.records.find(kind.KIND, case_id=case_id)), ())


def _of_sessions(uow: UnitOfWork, kind: type[R], session_ids: list[str]) -> tuple[R, ...]:
    if not session_ids:
        return ()
    return of_kind(kind, uow.records.find(kind.KIND, session_id=session_ids))


def _many(uow: UnitOfWork, kind: type[R], ids: Iterable[str]) -> tuple[R, ...]:
    return of_kind(kind, uow.records.many(kind.KIND, _named(ids)))


def _named(ids: Iterable[str]) -> list[str]:
    return [i for i in dict.fromkeys(ids) if i]


def _joined(some: tuple[R, ...], others: tuple[R, ...]) -> tuple[R, ...]:
    # Identifiers sort by the moment they were made.
    by_id = {record.id: record for record in (*some, *others)}
    return tuple(by_id[i] for i in sorted(by_id))

"""Gather a case: every record it shows, read in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from aeapp.domain.case import Case, settle
from aeapp.domain.items import Record
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
from aeapp.domain.stating import bound
from aeapp.domain.vitals.limits import Limit, limits_of
from aeapp.domain.vitals.watch_rules import for_route
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind
from aeapp.services.watching import rules_in

R = TypeVar("R", bound=Record)
S = TypeVar("S", Event, Administration)


_InSession = CaseFile | Event | Administration | Observation


def reports_of(uow: UnitOfWork, case_id: str) -> tuple[Report, ...]:
    """Return the reports of a case, the oldest first."""
    return of_kind(Report, uow.records.find("report", case_id=case_id))


def gather(uow: UnitOfWork, case_id: str, report_id: str = "") -> Case:
    """Return the case with every record it shows, its views computed.

    Records of one kind stand in the order in which they were made, so that a place in the case
    means the same record after others were added.
    """
    (file,) = of_kind(CaseFile, [uow.records.get("case", case_id)])
    events = _standing(_of_case(uow, Event, case_id))
    own = _of_case(uow, Administration, case_id)
    read = _of_case(uow, Observation, case_id)
    linked: tuple[_InSession, ...] = (file, *events, *own, *read)
    session_ids = _named(record.session_id for record in linked)
    givings = _standing(_joined(own, _of_sessions(uow, Administration, session_ids)))
    lots = _many(uow, Lot, (g.lot_id for g in givings))
    product_ids = [*(g.product_id for g in givings), *(lot.product_id for lot in lots)]
    products = _many(uow, Product, product_ids)
    sessions = _many(uow, Session, session_ids)
    case = settle(
        Case(
            case=file,
            report=next((r for r in reports_of(uow, case_id) if report_id in ("", r.id)), Report()),
            clinic=next(iter(of_kind(Clinic, uow.records.query("clinic", limit=1))), Clinic()),
            patient=next(iter(_many(uow, Patient, [file.patient_id])), Patient()),
            events=events,
            sessions=sessions,
            administrations=givings,
            observations=_joined(read, _of_sessions(uow, Observation, session_ids)),
            **_around(uow, session_ids),
            studies=_many(uow, Study, [file.study_id, *(p.study_id for p in products)]),
            products=products,
            lots=lots,
            reporters=_of_case(uow, Reporter, case_id),
            awareness=_of_case(uow, Awareness, case_id),
            decisions=_decisions(uow, case_id, events),
            labels=_of_products(uow, LabelList, _named(product_ids)),
            assessments=_of_case(uow, Assessment, case_id),
            limits=_limits(uow, sessions),
        )
    )
    return bound(case)


def _around(uow: UnitOfWork, session_ids: list[str]) -> dict[str, Any]:
    """Return what was answered, noted, scored, proposed and called in the sessions of a case."""
    kinds = {
        "checks": Check,
        "notes": Note,
        "scores": Score,
        "safety": SafetyReview,
        "proposals": Proposal,
        "calls": Call,
    }
    return {name: _joined(_of_sessions(uow, kind, session_ids), ()) for name, kind in kinds.items()}


def _standing(records: tuple[S, ...]) -> tuple[S, ...]:
    # What was struck through is no part of the case; the case file carries it all the same.
    return tuple(r for r in records if r.stands)


def _limits(uow: UnitOfWork, sessions: tuple[Session, ...]) -> tuple[Limit, ...]:
    """Return the clinic's limits for the routes of the sessions, the narrower of two."""
    rules, routes = rules_in(uow), {s.route for s in sessions} or {None}
    return limits_of(rule for route in routes for rule in for_route(rules, route))


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


def _of_products(uow: UnitOfWork, kind: type[R], product_ids: list[str]) -> tuple[R, ...]:
    if not product_ids:
        return ()
    return _joined(of_kind(kind, uow.records.find(kind.KIND, product_id=product_ids)), ())


def _many(uow: UnitOfWork, kind: type[R], ids: Iterable[str]) -> tuple[R, ...]:
    return of_kind(kind, uow.records.many(kind.KIND, _named(ids)))


def _named(ids: Iterable[str]) -> list[str]:
    return [i for i in dict.fromkeys(ids) if i]


def _joined(some: tuple[R, ...], others: tuple[R, ...]) -> tuple[R, ...]:
    # Identifiers sort by the moment they were made.
    by_id = {record.id: record for record in (*some, *others)}
    return tuple(by_id[i] for i in sorted(by_id))

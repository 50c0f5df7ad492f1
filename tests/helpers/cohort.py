"""A cohort made from numbers: people, doses, scores and events of known counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.safety import Seriousness, Severity
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import Record
from aeapp.domain.records import Administration, Event, Patient, Product, Score, Session
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from aeapp.services.app import App

FIRST = dt.date(2026, 7, 1)
LAST = dt.date(2026, 9, 30)
_AT_ONCE = 2000


def day(number: int) -> PartialDate:
    """Return a day after the first of July."""
    return PartialDate.of(FIRST + dt.timedelta(days=number))


def keep(app: App, records: Iterable[Record]) -> list[Record]:
    """Store records in few transactions."""
    waiting, out = list(records), []
    for start in range(0, len(waiting), _AT_ONCE):
        with app.context.new_uow() as uow:
            part = waiting[start : start + _AT_ONCE]
            out += uow.save_bulk(part, who=app.context.who, reason="invented cohort")
            uow.commit()
    return out


def person(
    app: App,
    codes: Iterable[str],
    *,
    route: SessionRoute = SessionRoute.IV_INFUSION,
    **facts: str,
) -> list[tuple[str, str]]:
    """Return (patient, session) of new people with one dose of 40 mg on the first day."""
    product = keep(app, [Product(name="Ketamine hydrochloride injection")])[0]
    patients = keep(app, [Patient(code=code) for code in codes])
    sessions = keep(
        app,
        [
            Session(patient_id=p.id, number=f"S-{p.id[-8:]}", route=route, started=day(0), **facts)
            for p in patients
        ],
    )
    keep(
        app,
        [
            Administration(
                patient_id=s.patient_id,
                session_id=s.id,
                product_id=product.id,
                started=day(0),
                dose=Decimal(40),
                dose_unit=DoseUnit.MG,
            )
            for s in sessions
        ],
    )
    return [(s.patient_id, s.id) for s in sessions]


def phq(patient: str, on: int, total: int | None, ninth: int | None = None) -> Score:
    """Return a PHQ-9 of ``total`` points on a day."""
    return Score(
        patient_id=patient, scale="phq-9", edition="1", at=day(on),
        total=None if total is None else Decimal(total),
        items=() if ninth is None else (ScoreItem(number=9, points=ninth),),
    )  # fmt: skip


def event(patient: str, session: str, words: str, grade: Severity, **facts: object) -> Event:
    """Return an event on the first day."""
    return Event(
        patient_id=patient,
        session_id=session,
        verbatim=words,
        onset=day(0),
        severity=grade,
        **facts,
    )


SERIOUS = frozenset({next(iter(Seriousness))})

"""Find cases that may be the one at hand: before a case is made, and when one is taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aeapp.domain.case import Case
from aeapp.domain.duplicates import (
    LATER,
    NEAR_DAYS,
    POSSIBLE,
    Likeness,
    Traits,
    likeness,
    traits_of,
)
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, CaseFile, Event, Lot, Patient, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.gathering import gather, reports_of
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

# A condition of more members is slow, and at a thousand too deep for SQLite.
_AT_ONCE = 200
MOST_FOUND = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be the one at hand.

    Attributes:
        case_id: The case that is here already.
        report_id: Its first report, to look at; empty where it has none.
    """

    case_id: str
    report_id: str
    number: str
    likeness: Likeness

    def sentence(self) -> str:
        """Return what is to be looked at, by names of fields and without their values."""
        text = _(N_("May be the same as {number}, score {score}: {fields}."))
        if self.likeness.is_likely:
            text = _(N_("Is likely the same as {number}, score {score}: {fields}."))
        fields = ", ".join(_(f.words) for f in (*self.likeness.matched, *self.likeness.differing))
        return text.format(number=self.number, score=self.likeness.score, fields=fields)


class DuplicateService:
    """Looks for cases like the one at hand; what to do about them is for a person."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def before_report(self, event_id: str) -> tuple[Alike, ...]:
        """Return the cases that may be the one that a report on an event would open.

        Nothing where it has its case already.
        """
        with self._context.new_uow() as uow:
            (event,) = of_kind(Event, [uow.records.get("event", event_id)])
            return () if event.case_id else alike(uow, _traits_of_event(uow, event))

    def of_case(self, case: Case) -> tuple[Alike, ...]:
        """Return the other cases that may be this one."""
        with self._context.new_uow() as uow:
            return alike(uow, traits_of_case(case), but=case.case.id)


def alike(uow: UnitOfWork, wanted: Traits, but: str = "") -> tuple[Alike, ...]:
    """Return the stored cases like ``wanted``, the likeliest first, without the case ``but``."""
    found = []
    for file, first in _first_looks(uow, wanted, but):
        if first.score + LATER < POSSIBLE:
            continue
        whole = likeness(wanted, traits_of_case(gather(uow, file.id)))
        if whole.is_possible:
            reports = reports_of(uow, file.id)
            report_id = reports[0].id if reports else ""
            found.append(Alike(file.id, report_id, file.number or "", whole))
    found.sort(key=lambda one: (-one.likeness.score, one.number))
    return tuple(found[:MOST_FOUND])


def traits_of_case(case: Case) -> Traits:
    """Return what is compared of a case."""
    return traits_of(case.patient, case.events, case.products, case.lots, case.reporters)


def _first_looks(uow: UnitOfWork, wanted: Traits, but: str) -> Iterator[tuple[CaseFile, Likeness]]:
    """Yield each case with what patient and events alone say of it."""
    files = [f for f in _worth_a_look(uow, wanted) if f.id != but]
    for start in range(0, len(files), _AT_ONCE):
        some = files[start : start + _AT_ONCE]
        named = {f.patient_id for f in some if f.patient_id}
        patients = {p.id: p for p in of_kind(Patient, uow.records.many("patient", sorted(named)))}
        events: dict[str, list[Event]] = {}
        found = uow.records.find("event", case_id=[f.id for f in some])
        for event in of_kind(Event, found):
            events.setdefault(event.case_id, []).append(event)
        for file in some:
            patient = patients.get(file.patient_id, Patient())
            yield file, likeness(wanted, traits_of(patient, events.get(file.id, ())))


def _worth_a_look(uow: UnitOfWork, wanted: Traits) -> tuple[CaseFile, ...]:
    """Return the cases that can come to the line at all.

    An onset on another day costs more points than everything that can be known beside it gives, so
    that a case whose onsets are all known to be on other days is none, unless its patient matches.
    """
    onsets = [onset for _keys, onset in wanted.events]
    if not onsets or not all(onset is not None and onset.is_full_day for onset in onsets):
        return of_kind(CaseFile, uow.records.query("case"))
    events = [e for onset in onsets if onset is not None for e in _near(uow, onset)]
    events += of_kind(Event, uow.records.find("event", onset=[None, *NullFlavor]))
    ids = _named(e.case_id for e in events)
    files = {f.id: f for f in _by(uow, "id", ids)}
    patients = _same_patients(uow, wanted)
    return tuple((files | {f.id: f for f in _by(uow, "patient_id", patients)}).values())


def _by(uow: UnitOfWork, link: str, ids: Sequence[str]) -> Iterator[CaseFile]:
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        yield from of_kind(CaseFile, uow.records.find("case", **{link: some}))


def _near(uow: UnitOfWork, onset: PartialDate) -> Iterator[Event]:
    """Yield the events whose onset is near that day, or is known to its month or year only."""
    day = onset.first_day()
    for apart in range(-NEAR_DAYS, NEAR_DAYS + 1):
        text = (day + dt.timedelta(days=apart)).isoformat()
        yield from of_kind(Event, uow.records.query("event", contains={"onset": text}))
    rough = [PartialDate(day.year), PartialDate(day.year, day.month)]
    yield from of_kind(Event, uow.records.find("event", onset=rough))


def _same_patients(uow: UnitOfWork, wanted: Traits) -> Sequence[str]:
    found: list[Patient] = []
    if wanted.code:
        found += of_kind(Patient, uow.records.query("patient", contains={"code": wanted.code}))
    if wanted.birth is not None:
        found += of_kind(Patient, uow.records.find("patient", birth_date=wanted.birth))
    return _named([wanted.patient_id, *(p.id for p in found)])


def _traits_of_event(uow: UnitOfWork, event: Event) -> Traits:
    patients = of_kind(Patient, uow.records.many("patient", _named([event.patient_id])))
    given = uow.records.find("administration", session_id=event.session_id)
    givings = of_kind(Administration, given if event.session_id else ())
    products = of_kind(Product, uow.records.many("product", _named(g.product_id for g in givings)))
    lots = of_kind(Lot, uow.records.many("lot", _named(g.lot_id for g in givings)))
    return traits_of(next(iter(patients), Patient()), [event], products, lots)


def _named(ids: Iterable[str]) -> Sequence[str]:
    return sorted({one for one in ids if one})

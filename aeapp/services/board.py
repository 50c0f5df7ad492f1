"""Read the day: every running session as a card, and what waits for somebody.

A handful of queries whatever the number of chairs; what a card says is the domain's business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aeapp.domain.chair.board import ChairFacts, ChairLine, line_of
from aeapp.domain.chair.doses import giving_words, total_words, totals
from aeapp.domain.chair.needs import Authority, Need, NeedKind, ordered
from aeapp.domain.chair.phases import begun_at, is_planned, treatment_of
from aeapp.domain.chair.protocols import minimum_of, protocol_for
from aeapp.domain.clock_rules import REMS_DAYS
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.items import Record
from aeapp.domain.records import (
    Administration,
    Observation,
    Patient,
    Product,
    Proposal,
    Protocol,
    SafetyReview,
    Session,
    WatchRule,
)
from aeapp.domain.values import PartialDate, in_zone
from aeapp.domain.vitals.due import Times, due_rows, infusion_end
from aeapp.domain.vitals.own_time import own
from aeapp.domain.vitals.watch import Watched, baseline_of, flag_words, repeats
from aeapp.domain.vitals.watch_rules import for_route, with_own
from aeapp.kernel.i18n import _
from aeapp.services.calls import CallDue, CallService
from aeapp.services.cases import CaseService
from aeapp.services.context import WorkContext
from aeapp.services.losses import LossService
from aeapp.services.lots import LotService
from aeapp.services.ports import UnitOfWork
from aeapp.services.pregnancies import PregnancyService
from aeapp.services.protocols import own_protocols
from aeapp.services.rems import waiting_in
from aeapp.services.sessions import of_kind
from aeapp.services.worklist import WorklistService

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, repr=False)
class Day:
    """The board of the day.

    Attributes:
        chairs: Running sessions in the order of their chairs.
        needs: What waits for somebody, by what runs out first.
    """

    chairs: tuple[ChairLine, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, repr=False)
class _Shelf:
    """What the cards of all sessions share, read once."""

    protocols: tuple[Protocol, ...]
    rules: tuple[WatchRule, ...]
    patients: dict[str, Patient]
    products: dict[str, Product]
    givings: dict[str, list[Administration]]
    readings: dict[str, list[Observation]]
    proposals: dict[str, list[Proposal]]
    reviews: dict[str, list[SafetyReview]]


class BoardService:
    """What happens in the chairs now, and what is due."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        self._calls = CallService(context)
        self._worklist = WorklistService(context)
        self._losses = LossService(context)
        self._lots = LotService(context, CaseService(context))
        self._pregnancies = PregnancyService(context, CaseService(context))

    def day(self) -> Day:
        """Return the running sessions and what waits for somebody."""
        now = self._context.minute()
        with self._context.new_uow() as uow:
            unended = of_kind(Session, uow.records.find("session", ending=None))
            chairs = _lines(uow, unended, now)
            rems = waiting_in(uow)
            planned = [s for s in unended if is_planned(s)]
            undecided = _undecided(uow)
            codes = _codes(uow, [*rems, *planned, *(s for s, _waiting in undecided)])
        needs = [
            *self._rems(rems, codes),
            *(self._planned(s, codes) for s in planned if self._is_today(s)),
            *(self._proposed(s, waiting, codes) for s, waiting in undecided),
        ]
        needs += [*self._calls_due(), *self._worklist.needs(), *self._pregnancies.needs()]
        return Day(chairs, ordered(needs))

    def chairs(self) -> tuple[ChairLine, ...]:
        """Return the running sessions alone, in the order of their chairs."""
        now = self._context.minute()
        with self._context.new_uow() as uow:
            return _lines(uow, of_kind(Session, uow.records.find("session", ending=None)), now)

    def stock(self) -> tuple[Need, ...]:
        """Return what the stock asks of somebody: gaps, and lots that gathered events."""
        return ordered(self._worklist.reminded([*self._losses.needs(), *self._lots.needs()]))

    def _calls_due(self) -> Iterable[Need]:
        """Yield a line a patient who is to be called; the longest waiting session names it."""
        due: dict[str, CallDue] = {}
        for call in self._calls.due():
            due.setdefault(call.patient.id, call)
        return (self._call(call) for call in due.values())

    def _call(self, call: CallDue) -> Need:
        ended = call.session.ended
        day = self._day(ended) if isinstance(ended, PartialDate) else None
        tries = _("try {n} of {all}").format(n=call.tries + 1, all=call.most)
        number = call.session.number or ""
        return Need(
            kind=NeedKind.CALL,
            target=call.patient.id,
            what=_("Next-day call"),
            detail=_("Session {number}, {tries}").format(number=number, tries=tries),
            patient=call.patient.code or "",
            next_step=_("Call"),
            owner="",
            due=day + dt.timedelta(days=1) if day is not None else None,
            authority=Authority.PROTOCOL,
            rule=_("the day after the session"),
        )

    def _rems(self, sessions: Iterable[Session], codes: dict[str, str]) -> Iterable[Need]:
        for session in sessions:
            ended = session.ended if isinstance(session.ended, PartialDate) else session.started
            day = self._day(ended) if isinstance(ended, PartialDate) else None
            yield Need(
                kind=NeedKind.REMS,
                target=session.id,
                what=_("REMS monitoring form"),
                detail=_("Session {number}").format(number=session.number or ""),
                patient=codes.get(session.patient_id, ""),
                next_step=_rems_step(session),
                owner=session.prescriber or "",
                due=day + dt.timedelta(days=REMS_DAYS) if day is not None else None,
                authority=Authority.REMS,
                rule=_("{n} days after the session").format(n=REMS_DAYS),
            )

    def _planned(self, session: Session, codes: dict[str, str]) -> Need:
        assert session.planned is not None  # noqa: S101 - it is planned
        at = in_zone(session.planned, self._context.zone)
        clock = f"{at.hour:02d}:{at.minute:02d}" if at.has_time else ""
        return Need(
            kind=NeedKind.PLANNED,
            target=session.id,
            what=_("Planned session"),
            detail=" ".join(part for part in (clock, session.chair or "") if part),
            patient=codes.get(session.patient_id, ""),
            next_step=_("Start"),
            owner=session.prescriber or "",
            due=self._day(session.planned),
            authority=Authority.CLINIC,
            rule=_("planned"),
        )

    def _proposed(
        self, session: Session, waiting: Sequence[Proposal], codes: dict[str, str]
    ) -> Need:
        ended = session.ended if isinstance(session.ended, PartialDate) else session.started
        found = ", ".join(dict.fromkeys(_(p.term) for p in waiting if p.term))
        return Need(
            kind=NeedKind.PROPOSAL,
            target=session.id,
            what=_("Proposed event"),
            detail=_("Session {number}: {findings}").format(
                number=session.number or "", findings=found
            ),
            patient=codes.get(session.patient_id, ""),
            next_step=_("Decide"),
            owner=session.prescriber or "",
            due=self._day(ended) if isinstance(ended, PartialDate) else None,
            authority=Authority.CLINIC,
            rule=_("the day of the session"),
        )

    def _day(self, at: PartialDate) -> dt.date:
        return in_zone(at, self._context.zone).first_day()

    def _is_today(self, session: Session) -> bool:
        return session.planned is not None and self._day(session.planned) <= self._context.today()


def _rems_step(session: Session) -> str:
    if session.rems_completed is None:
        return _("Check and complete")
    return _("Send it, then record the sending")


def _undecided(uow: UnitOfWork) -> list[tuple[Session, list[Proposal]]]:
    """Return the sessions that ended before somebody decided on every proposal, with those."""
    found = of_kind(Proposal, uow.records.find(Proposal.KIND, state=ProposalState.OPEN))
    sessions = _many(uow, Session, {p.session_id for p in found})
    ended = [s for s in sessions.values() if s.ending is not None]
    return [(s, [p for p in found if p.session_id == s.id]) for s in ended]


def _shelf(uow: UnitOfWork, running: Sequence[Session]) -> _Shelf:
    ids = [s.id for s in running]
    givings = _by_session(uow, Administration, ids)
    products = {g.product_id for part in givings.values() for g in part if g.product_id}
    return _Shelf(
        protocols=own_protocols(uow),
        rules=with_own(of_kind(WatchRule, uow.records.query("watch_rule"))),
        patients=_many(uow, Patient, {s.patient_id for s in running}),
        products=_many(uow, Product, products),
        givings=givings,
        readings=_by_session(uow, Observation, ids),
        proposals=_by_session(uow, Proposal, ids),
        reviews=_by_session(uow, SafetyReview, ids),
    )


def _lines(uow: UnitOfWork, unended: Sequence[Session], now: PartialDate) -> tuple[ChairLine, ...]:
    running = [s for s in unended if not is_planned(s)]
    shelf = _shelf(uow, running)
    return tuple(line_of(_facts(s, shelf, now), now) for s in sorted(running, key=_place))


def _by_session(uow: UnitOfWork, kind: type[R], ids: Sequence[str]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = {i: [] for i in ids}
    if ids:
        for record in of_kind(kind, uow.records.find(kind.KIND, session_id=list(ids))):
            found[record.session_id].append(record)  # type: ignore[attr-defined]
    return found


def _many(uow: UnitOfWork, kind: type[R], ids: Iterable[str]) -> dict[str, R]:
    wanted = sorted(i for i in ids if i)
    return {r.id: r for r in of_kind(kind, uow.records.many(kind.KIND, wanted))}


def _codes(uow: UnitOfWork, sessions: Iterable[Session]) -> dict[str, str]:
    found = _many(uow, Patient, {s.patient_id for s in sessions})
    return {i: patient.code or "" for i, patient in found.items()}


def _facts(session: Session, shelf: _Shelf, now: PartialDate) -> ChairFacts:
    givings = shelf.givings[session.id]
    zero = begun_at(givings)
    # An import may have brought readings of another day: the board tells of now.
    readings = own(shelf.readings[session.id], session, zero)
    rules = for_route(shelf.rules, session.route)
    proposals = shelf.proposals[session.id]
    watched = Watched(session.patient_id, session.id, readings, rules, zero, proposals)
    protocol = protocol_for(shelf.protocols, session.route, session.setting)
    times = Times(now=now, zero=zero, infusion_end=infusion_end(givings))
    baseline = baseline_of(readings, zero)
    flags = {r.id: words for r in readings if (words := flag_words(r, rules, baseline))}
    return ChairFacts(
        session=session,
        patient=shelf.patients.get(session.patient_id, Patient()),
        givings=givings,
        readings=readings,
        proposals=proposals,
        drug=_drug(givings, shelf.products, now),
        due=due_rows(protocol.due if protocol else (), readings, times, repeats(watched)),
        flags=flags,
        minimum=minimum_of(session, protocol),
        reviews=shelf.reviews[session.id],
    )


def _drug(givings: Sequence[Administration], products: dict[str, Product], now: PartialDate) -> str:
    """Return what was given so far: one dose in its words, several in their sums."""
    given, at = treatment_of(givings), now.utc()
    if len(given) == 1 or at is None:
        return "".join(giving_words(g, products.get(g.product_id)) for g in given[:1])
    return ", ".join(total_words(total) for total in totals(given, products, at))


def _place(session: Session) -> tuple[str, str]:
    # By chair, so that a card never moves; those without one by their number.
    return session.chair or "\uffff", session.number or ""

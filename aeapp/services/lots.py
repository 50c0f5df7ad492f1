"""Lots across patients: their events, the clinic's rule, hold and release, and the reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from aeapp.domain.access import Deed
from aeapp.domain.chair.doses import product_words
from aeapp.domain.chair.lot_events import (
    LotEvent,
    gathered,
    gathering_words,
    in_order,
    rule_of,
    rule_words,
    since,
)
from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.codecs import show
from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.items import Record
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Event,
    Lot,
    LotRule,
    Patient,
    Product,
    Report,
    Session,
)
from aeapp.domain.records.product import Hold
from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.cases import CaseService
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.roles import refuse_others
from aeapp.services.sessions import NoSuchNumberError, of_kind

_CHUNK = 500
# After more entries than this at once, everything is read again.
_MOST_ENTRIES = 200
_OF_LINES = frozenset({"event", "administration", "session", "lot", "product", "lot_rule"})
_PAGE = 50
# A session that nobody knows the begin of is in no window of days.
_LONG_AGO = 10**6
R = TypeVar("R", bound=Record)


class LotReasonMissingError(RefusedError):
    """A lot was to be held or released without a word why."""

    code = "lot.reason"

    def __init__(self) -> None:
        super().__init__(
            N_("A lot is held and released only with a reason."),
            remedy=N_("Say in a few words why."),
        )


class LotHeldError(RefusedError):
    """A lot was to be held that is on hold already."""

    code = "lot.held-already"

    def __init__(self) -> None:
        super().__init__(
            N_("This lot is on hold already."),
            remedy=N_("Look at it again; it shows who held it, when and why."),
        )


class LotFreeError(RefusedError):
    """A lot was to be released that is not on hold."""

    code = "lot.not-held"

    def __init__(self) -> None:
        super().__init__(
            N_("This lot is not on hold."),
            remedy=N_("Look at it again; it shows who released it, when and why."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class LotEvents:
    """One lot with the events that stand with it.

    Attributes:
        sessions: In how many sessions it was given, and to how many patients.
    """

    product: Product
    lot: Lot
    lines: tuple[LotEvent, ...]
    rule: LotRule
    sessions: int
    patients: int

    @property
    def unreported(self) -> tuple[LotEvent, ...]:
        """Return the events without a case."""
        return tuple(line for line in self.lines if not line.event.case_id)


@dataclass(frozen=True, slots=True, repr=False)
class _Kept:
    """The lines as they were after entry ``seq`` of the trail."""

    seq: int
    day: dt.date
    needs: tuple[Need, ...]


class LotService:
    """Events by lot, holds, and the reports that begin at a lot."""

    def __init__(self, context: WorkContext, cases: CaseService) -> None:
        self._context = context
        self._cases = cases
        self._kept: _Kept | None = None

    # --- reading

    def by_number(self, number: str) -> Lot:
        """Return the lot that a person names.

        Raises:
            NoSuchNumberError: There is none, or several products have one of that number.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Lot, uow.records.find("lot", number=number))
        if len(found) != 1:
            raise NoSuchNumberError(number)
        return found[0]

    def of_lot(self, lot_id: str) -> LotEvents:
        """Return the events of a lot, the newest first, and in how many sessions it was given."""
        with self._context.new_uow() as uow:
            return events_of(uow, lot_id)

    def rule(self) -> LotRule:
        """Return the rule by which lots are shown on Today."""
        with self._context.new_uow() as uow:
            return rule_of(of_kind(LotRule, uow.records.query("lot_rule", limit=1)))

    def save_rule(self, rule: LotRule, *, reason: str = "") -> LotRule:
        """Store the clinic's rule; there is one."""
        with self._context.new_uow() as uow:
            uow.lock()
            stored = of_kind(LotRule, uow.records.query("lot_rule", limit=1))
            if stored and not rule.id:
                rule = replace(rule, id=stored[0].id, version=stored[0].version)
            saved = uow.save(rule, who=self._context.who, reason=reason)
            uow.commit()
        return saved

    def needs(self) -> tuple[Need, ...]:
        """Return a line for each lot that meets the rule.

        Read anew on another day, and where something was written that a line can depend on; rows
        of readings come every few minutes and change nothing here.
        """
        today = self._context.today()
        with self._context.new_uow() as uow:
            head = uow.trail.head().seq
            kept = self._kept
            if kept is None or kept.day != today or _concerned(uow, head - kept.seq):
                kept = _Kept(head, today, tuple(self._needs(uow)))
        self._kept = replace(kept, seq=head)
        return kept.needs

    def _needs(self, uow: UnitOfWork) -> Iterable[Need]:
        rule = rule_of(of_kind(LotRule, uow.records.query("lot_rule", limit=1)))
        if rule.active is not True:
            return
        today = self._context.today()
        recent = self._recent(uow, rule)
        lots = _by_id(uow, Lot, recent)
        products = _by_id(uow, Product, [lot.product_id for lot in lots.values()])
        for lot_id, lines in recent.items():
            lot = lots[lot_id]
            found = gathered(rule, lot, lines, today)
            if found is not None:
                yield Need(
                    kind=NeedKind.LOT,
                    target=lot.id,
                    mark=since(rule, lot, today).isoformat() if lot.holds else "",
                    what=_("Lot {number}: {words}").format(
                        number=show(lot.number) or _("number not known"),
                        words=gathering_words(found),
                    ),
                    detail=product_words(products[lot.product_id]),
                    patient="",
                    next_step=_("Look at the lot; hold it or say why not"),
                    owner="",
                    due=None,
                    authority=Authority.CLINIC,
                    rule=rule_words(rule),
                    opens=("lot", lot.id),
                )

    def _recent(self, uow: UnitOfWork, rule: LotRule) -> dict[str, list[LotEvent]]:
        """Return the events of sessions that the rule's days hold, by lot."""
        # A day more: an event may begin after midnight of its session.
        days = (rule.days or 0) + 1
        events = _chunked(uow, Event, "session_id", self._recent_ids(uow, days))
        sessions = {
            s.id: s
            for s in _by_id(uow, Session, [e.session_id for e in events]).values()
            if self._age(s) <= days
        }
        events = [e for e in events if e.stands and e.session_id in sessions]
        with_events = [e.session_id for e in events]
        givings = _chunked(uow, Administration, "session_id", list(dict.fromkeys(with_events)))
        found: dict[str, list[LotEvent]] = {}
        for event in events:
            here = [g for g in givings if g.session_id == event.session_id and _counts(g)]
            for lot_id in dict.fromkeys(g.lot_id for g in here):
                line = LotEvent(event, None, sessions[event.session_id], None)
                found.setdefault(lot_id, []).append(line)
        return found

    def _recent_ids(self, uow: UnitOfWork, days: int) -> list[str]:
        """Return the ids of the newest sessions, to the page in which they become too old."""
        found: list[str] = []
        for offset in range(0, uow.records.count("session"), _PAGE):
            page = uow.records.ids(
                "session", order_by=["started"], descending=True, limit=_PAGE, offset=offset
            )
            found += page
            (last,) = of_kind(Session, [uow.records.get("session", page[-1])])
            if self._age(last) > days:
                break
        return found

    def _age(self, session: Session) -> int:
        at = session.started
        if not isinstance(at, PartialDate):
            return _LONG_AGO
        return (self._context.today() - in_zone(at, self._context.zone).last_day()).days

    # --- hold and release

    def hold(self, lot_id: str, reason: str) -> Lot:
        """Hold a lot from now on: the chair asks before it is given.

        Raises:
            LotReasonMissingError: There is no reason.
            LotHeldError: It is on hold already.
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.HOLD_LOT)
        if not reason.strip():
            raise LotReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            (lot,) = of_kind(Lot, [uow.records.get("lot", lot_id)])
            if lot.hold is not None:
                raise LotHeldError
            held = Hold(at=self._context.minute(), by=self._context.who.name, reason=reason.strip())
            saved = uow.save(
                replace(lot, holds=(*lot.holds, held)),
                who=self._context.who,
                reason=reason.strip(),
            )
            uow.commit()
        return saved

    def release(self, lot_id: str, reason: str) -> Lot:
        """Release a lot; the hold stays on record with who ended it and why.

        Raises:
            LotReasonMissingError: There is no reason.
            LotFreeError: It is not on hold.
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.RELEASE_LOT)
        if not reason.strip():
            raise LotReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            (lot,) = of_kind(Lot, [uow.records.get("lot", lot_id)])
            if lot.hold is None:
                raise LotFreeError
            ended = replace(
                lot.hold,
                released_at=self._context.minute(),
                released_by=self._context.who.name,
                release_reason=reason.strip(),
            )
            holds = tuple(ended if hold is lot.hold else hold for hold in lot.holds)
            saved = uow.save(
                replace(lot, holds=holds), who=self._context.who, reason=reason.strip()
            )
            uow.commit()
        return saved

    # --- reports

    def open_reports(self, lot_id: str) -> tuple[Report, ...]:
        """Open one report for each patient with events of the lot that have none yet.

        Each names the problem of the product beside the event, and each has its own moment at
        which the clinic learnt of it.
        """
        by_patient: dict[str, list[Event]] = {}
        for line in reversed(self.of_lot(lot_id).unreported):
            by_patient.setdefault(line.event.patient_id, []).append(line.event)
        types = frozenset({ReportType.ADVERSE_EVENT, ReportType.PRODUCT_PROBLEM})
        return tuple(
            self._cases.open_for_event(first, types=types, with_events=others)
            for first, *others in by_patient.values()
        )

    def open_problem(self, lot_id: str, words: str = "") -> Report:
        """Open the report of the product's problem, without a patient and without an event."""
        with self._context.new_uow() as uow:
            (lot,) = of_kind(Lot, [uow.records.get("lot", lot_id)])
            (product,) = of_kind(Product, [uow.records.get("product", lot.product_id)])
        number = show(lot.number) or _("number not known")
        file = CaseFile(
            title=_("Product problem, {product}, lot {number}").format(
                product=product_words(product), number=number
            ),
            types=frozenset({ReportType.PRODUCT_PROBLEM}),
            narrative=words.strip() or None,
        )
        return self._cases.open_without_patient(file, lot)


def events_of(uow: UnitOfWork, lot_id: str) -> LotEvents:
    """Return a lot with its events, in the transaction of ``uow``."""
    (lot,) = of_kind(Lot, [uow.records.get("lot", lot_id)])
    (product,) = of_kind(Product, [uow.records.get("product", lot.product_id)])
    givings = [
        g
        for g in of_kind(Administration, uow.records.find("administration", lot_id=lot_id))
        if _counts(g)
    ]
    rooms = [i for i in dict.fromkeys(g.session_id for g in givings) if i]
    cases = [i for i in dict.fromkeys(g.case_id for g in givings) if i]
    found = (
        *_chunked(uow, Event, "session_id", rooms), *_chunked(uow, Event, "case_id", cases),
    )  # fmt: skip
    events = {e.id: e for e in found if e.stands}
    return LotEvents(
        product=product,
        lot=lot,
        lines=in_order(_lines_of(uow, tuple(events.values()), givings)),
        rule=rule_of(of_kind(LotRule, uow.records.query("lot_rule", limit=1))),
        sessions=len(rooms),
        patients=len({g.patient_id for g in givings} - {""}),
    )


def _lines_of(
    uow: UnitOfWork, events: Sequence[Event], givings: Sequence[Administration]
) -> list[LotEvent]:
    """Return each event with whose it is, in which session, after which dose, in which case."""
    patients = _by_id(uow, Patient, [e.patient_id for e in events])
    sessions = _by_id(uow, Session, [e.session_id for e in events])
    files = _by_id(uow, CaseFile, [e.case_id for e in events])
    first: dict[str, Administration] = {}
    for giving in givings:
        first.setdefault(giving.session_id, giving)
    return [
        LotEvent(
            event,
            patients.get(event.patient_id),
            sessions.get(event.session_id),
            first.get(event.session_id) if event.session_id else None,
            files[event.case_id].number or "" if event.case_id in files else "",
        )
        for event in events
    ]


def _concerned(uow: UnitOfWork, entries: int) -> bool:
    """Tell whether one of the newest entries of the trail is about what the lines depend on."""
    if entries > _MOST_ENTRIES:
        return True
    for content in (entry.content for entry in uow.trail.newest(entries)) if entries else ():
        kinds = {content.get("entity", ""), *(str(row[0]) for row in content.get("rows", ()))}
        if kinds & _OF_LINES:
            return True
    return False


def _counts(giving: Administration) -> bool:
    return giving.stands and giving.is_suspect and bool(giving.lot_id)


def _chunked(uow: UnitOfWork, kind: type[R], link: str, ids: Sequence[str]) -> list[R]:
    found: list[R] = []
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        found += of_kind(kind, uow.records.find(kind.KIND, **{link: chunk}))
    return found


def _by_id(uow: UnitOfWork, kind: type[R], ids: Iterable[str]) -> dict[str, R]:
    wanted = [i for i in dict.fromkeys(ids) if i]
    return {r.id: r for r in of_kind(kind, uow.records.many(kind.KIND, wanted))}


__all__ = [
    "LotEvents",
    "LotFreeError",
    "LotHeldError",
    "LotReasonMissingError",
    "LotService",
    "events_of",
]

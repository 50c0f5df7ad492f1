"""Sessions before they run: plan one, start it, or go on with the one that runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aeapp.domain.chair.phases import is_planned
from aeapp.domain.codelists.clinic import SessionRoute, Setting
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate, in_zone
from aeapp.services.beginning import begun
from aeapp.services.closing import session_of
from aeapp.services.context import WorkContext
from aeapp.services.numbers import SESSION, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import HomeFacts, of_kind


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Wanted:
    """What a session is to be.

    Attributes:
        started: When it began, where it is told afterwards; now, where that is None.
        home: Who was there and who told, of a session at home.
    """

    route: SessionRoute | None = None
    setting: Setting = Setting.CLINIC
    indication: str | None = None
    chair: str | None = None
    started: PartialDate | NullFlavor | None = None
    home: HomeFacts = field(default_factory=HomeFacts)


class PlanService:
    """Plan sessions and start them."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def plan(self, patient_id: str, when: PartialDate, wanted: Wanted) -> Session:
        """Store a session that is to take place; it gets the year's next number."""
        with self._context.new_uow() as uow:
            session = self._new(uow, patient_id, wanted)
            stored = uow.save(replace(session, planned=when), who=self._context.who)
            uow.commit()
        return stored

    def planned(self) -> tuple[Session, ...]:
        """Return the sessions that are planned and not started, the nearest first."""
        with self._context.new_uow() as uow:
            found = uow.records.query("session", where={"ending": None}, order_by=["planned"])
        return tuple(s for s in of_kind(Session, found) if is_planned(s))

    def today(self, patient_id: str) -> Session | None:
        """Return what is planned for today and not started."""
        with self._context.new_uow() as uow:
            return self._today(uow, patient_id)

    def _today(self, uow: UnitOfWork, patient_id: str) -> Session | None:
        unended = uow.records.find("session", patient_id=patient_id, ending=None)
        found = (s for s in of_kind(Session, unended) if is_planned(s) and self._is_today(s))
        return next(found, None)

    def begin(self, patient_id: str, wanted: Wanted) -> Session:
        """Start a session, now; return the one that runs where the patient has one.

        A session planned for today is the one that starts, as ``wanted`` says; one that is told
        afterwards, of another day or place, leaves it planned. The protocol of the day and its
        minimum are kept in the session.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            running = _running(uow, patient_id)
            if running is not None:
                return running
            planned = self._today(uow, patient_id)
            if planned is not None and not self._is_meant(planned, wanted):
                planned = None
            session = planned or self._new(uow, patient_id, wanted)
            return self._begun(uow, _as_wanted(session, wanted))

    def begin_planned(self, session_id: str) -> Session:
        """Start a planned session as it was planned; return the one that runs, if one does."""
        with self._context.new_uow() as uow:
            uow.lock()
            session = session_of(uow, session_id)
            running = _running(uow, session.patient_id)
            if running is not None or not is_planned(session):
                return running or session
            return self._begun(uow, session)

    def _begun(self, uow: UnitOfWork, session: Session) -> Session:
        stored = uow.save(begun(uow, self._context, session), who=self._context.who)
        uow.commit()
        return stored

    def _is_meant(self, planned: Session, wanted: Wanted) -> bool:
        """Tell whether ``wanted`` is what was planned for today; what begins now is."""
        if wanted.started is None:
            # It begins now; whoever is at home has not come for what is planned here.
            return wanted.setting is not Setting.HOME or planned.setting is Setting.HOME
        return wanted.setting is planned.setting and self._is_on_today(wanted.started)

    def _new(self, uow: UnitOfWork, patient_id: str, wanted: Wanted) -> Session:
        number = next_number(uow, SESSION, self._context.today())
        return _as_wanted(Session(patient_id=patient_id, number=number), wanted)

    def _is_today(self, session: Session) -> bool:
        return self._is_on_today(session.planned)

    def _is_on_today(self, at: PartialDate | NullFlavor | None) -> bool:
        if not isinstance(at, PartialDate) or not at.is_full_day:
            return False
        return in_zone(at, self._context.zone).first_day() == self._context.today()


def _running(uow: UnitOfWork, patient_id: str) -> Session | None:
    unended = of_kind(Session, uow.records.find("session", patient_id=patient_id, ending=None))
    return next((s for s in unended if not is_planned(s)), None)


def _as_wanted(session: Session, wanted: Wanted) -> Session:
    """Return the session as wanted; what is not told stays, also a reason for not knowing it."""
    home, told = wanted.home, {}
    for name in ("peer_monitor", "peer_phone_known", "video", "told_by"):
        value = getattr(home, name)
        told[name] = getattr(session, name) if value is None else value
    return replace(
        session,
        route=wanted.route or session.route,
        setting=wanted.setting,
        indication=wanted.indication or session.indication,
        chair=wanted.chair or session.chair,
        started=wanted.started,
        **told,
    )

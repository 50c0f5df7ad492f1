"""The calls on the day after: which are due, and each try as an entry of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aeapp.domain.chair.protocols import protocol_for
from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Call, Event, Patient, Session
from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.closing import changed
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.protocols import own_protocols
from aeapp.services.sessions import of_kind

# Why an event stands in a session that has ended.
TOLD = N_("told in a call after the session")
# Where no protocol says how often: two failed tries are two entries, and then it is enough.
TRIES = 2
# A call about a session of three weeks ago is no call on the day after any more.
LATEST_DAYS = 14
_PAGE = 200


@dataclass(frozen=True, slots=True, repr=False)
class CallDue:
    """A call that is to be made.

    Attributes:
        tries: Calls so far that reached nobody.
        most: How many tries the protocol asks for.
    """

    session: Session
    patient: Patient
    tries: int
    most: int


class CallUnansweredError(RefusedError):
    """A call was to be stored without saying whether somebody was reached."""

    code = "call.unanswered"

    def __init__(self) -> None:
        super().__init__(
            N_("It is not said whether somebody was reached."),
            remedy=N_("Press Y if somebody answered, N if nobody did; both are kept."),
        )


class CallService:
    """Log next-day calls."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def due(self) -> tuple[CallDue, ...]:
        """Return the calls to be made, that of the longest ended session first.

        A call is due from the day after a session ended, for two weeks, until somebody was
        reached or the protocol's tries are used up; not where the day of a death is on record.
        """
        with self._context.new_uow() as uow:
            sessions = self._ended(uow)
            calls = _calls_of(uow, [s.id for s in sessions])
            protocols = own_protocols(uow)
            open_ = [s for s in sessions if not _reached(calls.get(s.id, ()))]
            ids = list(dict.fromkeys(s.patient_id for s in open_))
            people = {p.id: p for p in of_kind(Patient, uow.records.many("patient", ids))}
        found = []
        for session in open_:
            protocol = protocol_for(protocols, session.route, session.setting)
            most = (protocol.call_tries if protocol else None) or TRIES
            patient = people[session.patient_id]
            due = CallDue(session, patient, len(calls.get(session.id, ())), most)
            if due.tries < due.most and not isinstance(patient.deceased_on, PartialDate):
                found.append(due)
        return tuple(found)

    def _ended(self, uow: UnitOfWork) -> list[Session]:
        """Return the sessions that ended before today and not longer ago than calls make sense."""
        today = self._context.today()
        first = today - dt.timedelta(days=LATEST_DAYS)
        found: list[Session] = []
        for offset in range(0, uow.records.count("session"), _PAGE):
            page = of_kind(
                Session,
                uow.records.query(
                    "session", order_by=["ended"], descending=True, limit=_PAGE, offset=offset
                ),
            )
            days = [(s, self._day(s)) for s in page]
            found += [
                s
                for s, day in days
                if day is not None and first <= day < today and s.ending is not SessionEnd.DIED
            ]
            if any(day is None or day < first for _s, day in days):
                break
        return found[::-1]

    def _day(self, session: Session) -> dt.date | None:
        at = session.ended
        if session.ending is None or not isinstance(at, PartialDate) or not at.is_full_day:
            return None
        return in_zone(at, self._context.zone).first_day()

    def of_patient(self, patient_id: str) -> tuple[Call, ...]:
        """Return the calls to a patient, the newest first."""
        with self._context.new_uow() as uow:
            found = uow.records.query(
                "call", where={"patient_id": patient_id}, order_by=["at"], descending=True
            )
        return of_kind(Call, found)

    def log(self, call: Call, event: Event | None = None) -> tuple[Call, Event | None]:
        """Store one call or try, and the event that was told in it, in one unit.

        The call names its session where it is about one; the event has its own onset.

        Raises:
            CallUnansweredError: It is not said whether somebody was reached.
        """
        if call.reached is None:
            raise CallUnansweredError
        who = self._context.who
        with self._context.new_uow() as uow:
            saved = uow.save(
                replace(call, at=call.at or self._context.minute(), by=call.by or who.name),
                who=who,
            )
            caught = None
            if event is not None:
                onset = event.onset if event.onset is not None else NullFlavor.NASK
                told = replace(
                    event,
                    patient_id=saved.patient_id,
                    session_id=saved.session_id,
                    onset=onset,
                )
                caught = changed(uow, self._context, told, _(TOLD))
            uow.commit()
        return saved, caught


def _calls_of(uow: UnitOfWork, session_ids: Sequence[str]) -> dict[str, tuple[Call, ...]]:
    found: dict[str, tuple[Call, ...]] = {}
    for start in range(0, len(session_ids), _PAGE):
        ids = list(session_ids[start : start + _PAGE])
        for call in of_kind(Call, uow.records.find("call", session_id=ids)):
            found[call.session_id] = (*found.get(call.session_id, ()), call)
    return found


def _reached(calls: Sequence[Call]) -> bool:
    return any(call.reached is Answer.YES for call in calls)


__all__ = ["LATEST_DAYS", "TRIES", "CallDue", "CallService", "CallUnansweredError"]

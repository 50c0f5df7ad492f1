"""The session room's work: begin, give, read, catch events, end. Each call is one saved unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from aeapp.domain.codelists.clinic import (
    ObservationSource,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import Record
from aeapp.domain.records import Administration, Event, Lot, Observation, Patient, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.numbers import SESSION, next_number
from aeapp.services.ports import UnitOfWork

R = TypeVar("R", bound=Record)


class ReasonMissingError(RefusedError):
    """Something was to be struck through without a reason."""

    code = "reason.missing"

    def __init__(self) -> None:
        super().__init__(
            N_("A reading is struck through only with a reason."),
            remedy=N_("Say in a few words why it does not count."),
        )


class SessionOverError(RefusedError):
    """The session has ended; it takes no more readings."""

    code = "session.over"

    def __init__(self) -> None:
        super().__init__(
            N_("This session has ended and takes no new entries."),
            remedy=N_("Enter it as an event of the patient, or amend the session."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class SessionRoom:
    """Everything that belongs to one session, as stored."""

    session: Session
    patient: Patient
    administrations: tuple[Administration, ...]
    observations: tuple[Observation, ...]
    events: tuple[Event, ...]
    products: tuple[Product, ...]
    lots: tuple[Lot, ...]


def of_kind(kind: type[R], records: Sequence[Record]) -> tuple[R, ...]:
    """Return ``records`` as records of ``kind``; others would be an error of the store."""
    return tuple(r for r in records if isinstance(r, kind))


class SessionService:
    """Log a treatment session."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def start(
        self,
        patient_id: str,
        *,
        setting: Setting = Setting.CLINIC,
        route: SessionRoute | None = None,
        indication: str | None = None,
        chair: str | None = None,
        started: PartialDate | None = None,
    ) -> Session:
        """Begin a session, now unless ``started`` is given; it gets the year's next number."""
        with self._context.new_uow() as uow:
            number = next_number(uow, SESSION, self._context.today())
            session = Session(
                patient_id=patient_id,
                number=number,
                setting=setting,
                route=route,
                indication=indication,
                chair=chair,
                started=started or self._context.minute(),
            )
            stored = uow.save(session, who=self._context.who)
            uow.commit()
        return stored

    def save(self, record: R, *, reason: str = "") -> R:
        """Store one new or changed record of a session."""
        with self._context.new_uow() as uow:
            stored = uow.save(record, who=self._context.who, reason=reason)
            uow.commit()
        return stored

    def log_readings(
        self, session: Session, readings: Sequence[Observation], at: PartialDate | None = None
    ) -> tuple[Observation, ...]:
        """Store the readings of one row, all or none; time is now unless ``at`` is given.

        Raises:
            SessionOverError: The session has ended.
        """
        when = at or self._context.minute()
        with self._context.new_uow() as uow:
            _must_be_open(uow, session)
            stored = tuple(
                uow.save(self._of(session, reading, when), who=self._context.who)
                for reading in readings
            )
            uow.commit()
        return stored

    def _of(self, session: Session, reading: Observation, when: PartialDate) -> Observation:
        return replace(
            reading,
            session_id=session.id,
            patient_id=session.patient_id,
            at=reading.at or when,
            status=reading.status or ObservationStatus.VALID,
            source=reading.source or ObservationSource.STAFF,
        )

    def set_status(
        self, reading: Observation, status: ObservationStatus, reason: str
    ) -> Observation:
        """Strike a reading through, call it an artefact, or let it count again; never erase it.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        changed = replace(reading, status=status, status_reason=reason.strip())
        return self.save(changed, reason=reason.strip())

    def catch_event(
        self,
        session: Session,
        verbatim: str,
        severity: Severity | None = None,
        onset: PartialDate | None = None,
    ) -> Event:
        """Store an event of a running session; its onset is now unless another time is given.

        When the clinic learnt of it is in the trail: the moment of this entry.
        """
        event = Event(
            patient_id=session.patient_id,
            session_id=session.id,
            verbatim=verbatim,
            severity=severity,
            onset=onset or self._context.minute(),
        )
        return self.save(event)

    def give(self, session: Session, giving: Administration) -> Administration:
        """Store one giving of a product in the session."""
        with self._context.new_uow() as uow:
            _must_be_open(uow, session)
            ours = replace(giving, session_id=session.id, patient_id=session.patient_id)
            stored = uow.save(ours, who=self._context.who)
            uow.commit()
        return stored

    def end(
        self,
        session: Session,
        ending: SessionEnd,
        reason: str | None = None,
        at: PartialDate | None = None,
    ) -> Session:
        """End the session, now unless ``at`` is given."""
        when = at or self._context.minute()
        ended = replace(session, ended=when, ending=ending, ending_reason=reason)
        with self._context.new_uow() as uow:
            _must_be_open(uow, session)
            stored = uow.save(ended, who=self._context.who)
            uow.commit()
        return stored

    def room(self, session_id: str) -> SessionRoom:
        """Return the session with all that was logged in it."""
        with self._context.new_uow() as uow:
            session = uow.records.get("session", session_id)
            assert isinstance(session, Session)  # noqa: S101 - the kind says so
            givings = of_kind(
                Administration, uow.records.find("administration", session_id=session_id)
            )
            return SessionRoom(
                session=session,
                patient=of_kind(Patient, [uow.records.get("patient", session.patient_id)])[0],
                administrations=givings,
                observations=of_kind(
                    Observation, uow.records.find("observation", session_id=session_id)
                ),
                events=of_kind(Event, uow.records.find("event", session_id=session_id)),
                products=of_kind(
                    Product, uow.records.many("product", _ids(g.product_id for g in givings))
                ),
                lots=of_kind(Lot, uow.records.many("lot", _ids(g.lot_id for g in givings))),
            )

    def of_patient(self, patient_id: str) -> tuple[Session, ...]:
        """Return the patient's sessions, the newest first."""
        with self._context.new_uow() as uow:
            found = uow.records.query(
                "session",
                where={"patient_id": patient_id},
                order_by=["started"],
                descending=True,
            )
        return of_kind(Session, found)

    def running(self) -> tuple[Session, ...]:
        """Return the sessions that have not ended, the oldest first."""
        with self._context.new_uow() as uow:
            found = uow.records.query("session", where={"ending": None}, order_by=["started"])
        return of_kind(Session, found)

    def by_number(self, number: str) -> Session:
        """Return the session a person names.

        Raises:
            NoSuchNumberError: There is none.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Session, uow.records.find("session", number=number))
        if not found:
            raise NoSuchNumberError(number)
        return found[0]

    def products(self) -> tuple[Product, ...]:
        """Return every product of the library."""
        with self._context.new_uow() as uow:
            return of_kind(Product, uow.records.query("product", order_by=["name"]))

    def lots(self, product_id: str) -> tuple[Lot, ...]:
        """Return the lots of a product."""
        with self._context.new_uow() as uow:
            return of_kind(Lot, uow.records.find("lot", product_id=product_id))


class NoSuchNumberError(RefusedError):
    """A person named a number that is not in this clinic."""

    code = "number.unknown"

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("This clinic has no entry with that number."),
            remedy=N_("Check the number; 'report list' shows those there are."),
        )
        self.number = number


def _ids(found: object) -> list[str]:
    return [i for i in dict.fromkeys(found) if i]  # type: ignore[call-overload]


def _must_be_open(uow: UnitOfWork, session: Session) -> None:
    stored = uow.records.get("session", session.id)
    if isinstance(stored, Session) and stored.ending is not None:
        raise SessionOverError


__all__ = ["NoSuchNumberError", "SessionOverError", "SessionRoom", "SessionService"]

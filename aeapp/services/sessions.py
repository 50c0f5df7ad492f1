"""The session room's work: begin, give, read, catch events, end. Each call is one saved unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from aeapp.domain.chair.phases import standing_of
from aeapp.domain.codelists.clinic import (
    ObservationSource,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import Standing
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import (
    Administration,
    Call,
    Check,
    Event,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Proposal,
    SafetyReview,
    Score,
    Sending,
    Session,
    StockMovement,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services import closing
from aeapp.services.beginning import begin_with
from aeapp.services.closing import SessionOverError, refuse_closed
from aeapp.services.context import WorkContext
from aeapp.services.drafts import row_scope
from aeapp.services.numbers import SESSION, named, next_number
from aeapp.services.stopping import stop_running
from aeapp.services.watching import look, look_again, withdraw

R = TypeVar("R", bound=Record)


class ReasonMissingError(RefusedError):
    """Something was to be struck through without a reason."""

    code = "reason.missing"

    def __init__(self) -> None:
        super().__init__(
            N_("A reading is struck through only with a reason."),
            remedy=N_("Say in a few words why it does not count."),
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
    checks: tuple[Check, ...] = ()
    notes: tuple[Note, ...] = ()
    scores: tuple[Score, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    movements: tuple[StockMovement, ...] = ()
    calls: tuple[Call, ...] = ()
    sendings: tuple[Sending, ...] = ()
    reviews: tuple[SafetyReview, ...] = ()


def of_kind(kind: type[R], records: Sequence[Record]) -> tuple[R, ...]:
    """Return ``records`` as records of ``kind``; others would be an error of the store."""
    return tuple(r for r in records if isinstance(r, kind))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HomeFacts:
    """Who was there at a session at home, and who told of it; None where nobody asked."""

    peer_monitor: str | NullFlavor | None = None
    peer_phone_known: bool | NullFlavor | None = None
    video: bool | NullFlavor | None = None
    told_by: str | NullFlavor | None = None


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
        started: PartialDate | NullFlavor | None = None,
        home: HomeFacts | None = None,
    ) -> Session:
        """Begin a session, now unless ``started`` is given; it gets the year's next number."""
        at_home = home or HomeFacts()
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
                peer_monitor=at_home.peer_monitor,
                peer_phone_known=at_home.peer_phone_known,
                video=at_home.video,
                told_by=at_home.told_by,
            )
            stored = uow.save(session, who=self._context.who)
            uow.commit()
        return stored

    def save(self, record: R, *, reason: str = "") -> R:
        """Store one new or changed record of a session.

        Raises:
            SessionOverError: The session it belongs to has ended.
        """
        with self._context.new_uow() as uow:
            refuse_closed(uow, record)
            stored = uow.save(record, who=self._context.who, reason=reason)
            if isinstance(stored, Administration):
                look_again(uow, self._context, stored)
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
            begin_with(uow, self._context, closing.open_session(uow, session.id), when)
            stored = tuple(
                uow.save(self._of(session, reading, when), who=self._context.who)
                for reading in readings
            )
            look(uow, self._context, session, (r.kind for r in stored))
            # What is stored must not come back as a row still to be saved.
            uow.drafts.clear(self._context.who.user_id, row_scope(session.id))
            uow.commit()
        return stored

    def _of(self, session: Session, reading: Observation, when: PartialDate) -> Observation:
        return replace(
            reading,
            session_id=session.id,
            patient_id=session.patient_id,
            at=reading.at or when,
            status=reading.status or ObservationStatus.VALID,
            source=reading.source or read_by(session),
        )

    def set_statuses(
        self, readings: Sequence[Observation], status: ObservationStatus, reason: str
    ) -> tuple[Observation, ...]:
        """Strike readings through, call them artefacts, or let them count again; never erase them.

        All or none; in a session that has ended this is an amendment.

        Raises:
            ReasonMissingError: There is no reason.
        """
        reason = reason.strip()
        if not reason:
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            stored = tuple(
                closing.changed(
                    uow, self._context, replace(r, status=status, status_reason=reason), reason
                )
                for r in readings
            )
            for session_id in dict.fromkeys(r.session_id for r in stored if r.session_id):
                session = closing.session_of(uow, session_id)
                kinds = {r.kind for r in stored if r.session_id == session_id}
                look(uow, self._context, session, kinds)
                withdraw(uow, self._context, session_id)
            uow.commit()
        return stored

    def catch_event(
        self,
        session: Session,
        verbatim: str,
        severity: Severity | None = None,
        onset: PartialDate | NullFlavor | None = None,
        *,
        told: bool = False,
    ) -> Event:
        """Store an event of a running session; its onset is now unless another time is given.

        What is ``told`` has the onset that was told, and none where nobody told it.

        When the clinic learnt of it is in the trail: the moment of this entry.
        """
        event = Event(
            patient_id=session.patient_id,
            session_id=session.id,
            verbatim=verbatim,
            severity=severity,
            onset=onset if told else onset or self._context.minute(),
        )
        return self.save(event)

    def give(self, session: Session, giving: Administration) -> Administration:
        """Store one giving of a product in the session."""
        with self._context.new_uow() as uow:
            begin_with(uow, self._context, closing.open_session(uow, session.id), giving.started)
            ours = replace(giving, session_id=session.id, patient_id=session.patient_id)
            stored = uow.save(ours, who=self._context.who)
            look_again(uow, self._context, stored)
            uow.commit()
        return stored

    def end(
        self,
        session: Session,
        ending: SessionEnd,
        reason: str | None = None,
        at: PartialDate | None = None,
    ) -> Session:
        """End the session, now unless ``at`` is given; what still runs is stopped."""
        when = at or self._context.minute()
        ended = replace(session, ended=when, ending=ending, ending_reason=reason)
        with self._context.new_uow() as uow:
            closing.open_session(uow, session.id)
            stop_running(uow, self._context, session, when)
            stored = uow.save(ended, who=self._context.who)
            uow.commit()
        return stored

    def room(self, session_id: str) -> SessionRoom:
        """Return the session with all that was logged in it."""
        with self._context.new_uow() as uow:
            session = uow.records.get("session", session_id)
            assert isinstance(session, Session)  # noqa: S101 - the kind says so

            def logged(kind: type[R]) -> tuple[R, ...]:
                return of_kind(kind, uow.records.find(kind.KIND, session_id=session_id))

            givings = logged(Administration)
            return SessionRoom(
                session=session,
                patient=of_kind(Patient, [uow.records.get("patient", session.patient_id)])[0],
                administrations=givings,
                observations=logged(Observation),
                events=logged(Event),
                products=of_kind(
                    Product, uow.records.many("product", _ids(g.product_id for g in givings))
                ),
                lots=of_kind(Lot, uow.records.many("lot", _ids(g.lot_id for g in givings))),
                checks=logged(Check),
                notes=logged(Note),
                scores=logged(Score),
                proposals=logged(Proposal),
                movements=logged(StockMovement),
                calls=logged(Call),
                sendings=logged(Sending),
                reviews=logged(SafetyReview),
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
        """Return the sessions that were started and have not ended, the oldest first."""
        with self._context.new_uow() as uow:
            found = uow.records.query("session", where={"ending": None}, order_by=["started"])
        return tuple(s for s in of_kind(Session, found) if standing_of(s) is Standing.RUNNING)

    def by_number(self, number: str) -> Session:
        """Return the session a person names.

        Raises:
            NoSuchNumberError: There is none.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Session, named(uow, "session", number))
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
            remedy=N_(
                "Check the number; 'report list' shows cases and reports, 'session list' sessions."
            ),
        )
        self.number = number


def read_by(session: Session) -> ObservationSource:
    """Return who reads: at home nobody of the clinic is beside the cuff."""
    at_home = session.setting is Setting.HOME
    return ObservationSource.PATIENT if at_home else ObservationSource.STAFF


def _ids(found: object) -> list[str]:
    return [i for i in dict.fromkeys(found) if i]  # type: ignore[call-overload]


__all__ = [
    "NoSuchNumberError",
    "ReasonMissingError",
    "SessionOverError",
    "SessionRoom",
    "SessionService",
    "read_by",
]

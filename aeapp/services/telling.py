"""Events told outside a session: by whom, when the clinic learnt of it, linked to sessions later.

Who told is a record of its own and no staff; when the clinic learnt of it is a fact of its own and
never copied from the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.clinic import Relation
from aeapp.domain.codelists.safety import Occupation
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Awareness, Event, Reporter, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.closing import tell
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import ReasonMissingError, of_kind


class Teller(CodeList):
    """Who told the clinic of an event; by role, never by name."""

    PATIENT = "patient", N_("The patient")
    RELATIVE = "relative", N_("A relative or friend")
    EMERGENCY = "emergency", N_("An emergency department")
    PHARMACIST = "pharmacist", N_("A pharmacist")
    CLINICIAN = "clinician", N_("Another clinic or physician")
    OTHER = "other", N_("Somebody else, or a letter")


_RELATIONS = {
    Teller.PATIENT: (Relation.PATIENT, False, None),
    Teller.RELATIVE: (Relation.RELATIVE, None, None),
    Teller.EMERGENCY: (Relation.OUTSIDE_PROFESSIONAL, True, None),
    Teller.PHARMACIST: (Relation.OUTSIDE_PROFESSIONAL, True, Occupation.PHARMACIST),
    Teller.CLINICIAN: (Relation.OUTSIDE_PROFESSIONAL, True, None),
    Teller.OTHER: (Relation.OTHER, None, None),
}


class ToldIncompleteError(RefusedError):
    """An event was to be stored without saying what it was or who told it."""

    code = "told.incomplete"

    def __init__(self) -> None:
        super().__init__(
            N_("An event from outside says what happened and who told it."),
            remedy=N_("Type the event, and press the digit of who told it."),
        )


class LearntInFutureError(RefusedError):
    """The clinic was to have learnt something at a time that is still to come."""

    code = "told.future"

    def __init__(self) -> None:
        super().__init__(
            N_("The clinic cannot have learnt of it at a time that is still to come."),
            remedy=N_("Correct the time, or leave it empty for now."),
        )


class OtherPatientError(RefusedError):
    """An event was to be linked to a session of another patient."""

    code = "event.other-patient"

    def __init__(self) -> None:
        super().__init__(
            N_("This session is of another patient."),
            remedy=N_("Choose a session of the patient who had the event."),
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Told:
    """What was told, as it was typed.

    Attributes:
        learnt: When the clinic learnt of it; now where it is None.
        may_be_called: Whether who told it agreed to questions; None where nobody asked.
        words: What was said beyond the event's name.
    """

    patient_id: str
    event: str
    onset: PartialDate | NullFlavor | None = None
    teller: Teller | None = None
    learnt: PartialDate | None = None
    may_be_called: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PatientEvent:
    """One event of a patient's chart.

    Attributes:
        awareness: The first moment at which the clinic learnt of it; None where no record says.
    """

    event: Event
    session: Session | None
    awareness: Awareness | None


class TellingService:
    """Keep events that were told outside a session."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def tell(self, told: Told) -> Event:
        """Store the event, who told it, and when the clinic learnt of it, in one unit.

        Raises:
            ToldIncompleteError: Event or teller are missing.
            LearntInFutureError: The clinic would learn of it only later.
        """
        words, teller = " ".join(told.event.split()), told.teller
        if not words or teller is None:
            raise ToldIncompleteError
        now, who = self._context.minute(), self._context.who
        if told.learnt is not None and now.surely_before(told.learnt):
            raise LearntInFutureError
        with self._context.new_uow() as uow:
            event = uow.save(
                Event(
                    patient_id=told.patient_id,
                    verbatim=words,
                    onset=told.onset if told.onset is not None else NullFlavor.NASK,
                    note=told.words.strip() or None,
                ),
                who=who,
            )
            uow.save(_learnt(told, event, teller, (told.learnt or now, who.name)), who=who)
            uow.save(_reporter(told, event, teller), who=who)
            uow.commit()
        return event

    def of_patient(self, patient_id: str) -> tuple[PatientEvent, ...]:
        """Return the events of a patient that count, the newest first."""
        with self._context.new_uow() as uow:
            events = of_kind(Event, uow.records.find("event", patient_id=patient_id))
            standing = [e for e in events if e.stands]
            rooms = [i for i in dict.fromkeys(e.session_id for e in standing) if i]
            sessions = {s.id: s for s in of_kind(Session, uow.records.many("session", rooms))}
            learnt = learnt_of(uow, [e.id for e in standing])
        return tuple(
            PatientEvent(e, sessions.get(e.session_id), next(iter(learnt.get(e.id, ())), None))
            for e in reversed(standing)
        )

    def link(self, event_id: str, session_id: str, reason: str) -> Event:
        """Say that an event told outside belongs to a session; its record tells of it.

        Raises:
            ReasonMissingError: There is no reason.
            OtherPatientError: The session is of another patient.
        """
        if not reason.strip():
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            (event,) = of_kind(Event, [uow.records.get("event", event_id)])
            (session,) = of_kind(Session, [uow.records.get("session", session_id)])
            if session.patient_id != event.patient_id:
                raise OtherPatientError
            linked = replace(event, session_id=session.id)
            saved = uow.save(linked, who=self._context.who, reason=reason.strip())
            tell(uow, self._context, session, event.verbatim or "", reason.strip())
            uow.commit()
        return saved


def _learnt(
    told: Told, event: Event, teller: Teller, when: tuple[PartialDate, str | None]
) -> Awareness:
    at, who = when
    what = told.words.strip() or None
    return Awareness(event_id=event.id, at=at, who=who, teller=_(teller.words), what=what)


def _reporter(told: Told, event: Event, teller: Teller) -> Reporter:
    relation, professional, occupation = _RELATIONS[teller]
    return Reporter(
        event_id=event.id,
        files=False,
        relation=relation,
        health_professional=professional,
        occupation=occupation,
        may_be_called=told.may_be_called,
    )


def learnt_of(uow: UnitOfWork, event_ids: Sequence[str]) -> dict[str, tuple[Awareness, ...]]:
    """Return what is on record of when the clinic learnt of events, by event, the oldest first."""
    found: dict[str, tuple[Awareness, ...]] = {}
    if event_ids:
        for fact in of_kind(Awareness, uow.records.find("awareness", event_id=list(event_ids))):
            found[fact.event_id] = (*found.get(fact.event_id, ()), fact)
    return found


__all__ = [
    "LearntInFutureError",
    "OtherPatientError",
    "PatientEvent",
    "Teller",
    "TellingService",
    "Told",
    "ToldIncompleteError",
    "learnt_of",
]

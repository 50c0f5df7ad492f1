"""The lists of a session: answer a question, say why it goes on, let somebody who may override.

What the records answer is stored as an answer once the dose is given: what stood there that day
must not change with a later consent or reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from aeapp.domain.chair.gate import (
    MAY_OVERRIDE,
    Row,
    Sheet,
    as_before,
    list_before,
    same_answer,
    sheet_of,
)
from aeapp.domain.chair.gate_evidence import Facts
from aeapp.domain.chair.phases import begun_at
from aeapp.domain.chair.protocols import protocol_for
from aeapp.domain.codelists.session import Answer, AnswerSource, CheckKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Check,
    Consent,
    Observation,
    Patient,
    Protocol,
    Session,
    Staff,
)
from aeapp.domain.records.protocol import Question
from aeapp.domain.vitals.own_time import own
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.closing import UNDONE, open_session, session_of
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.protocols import own_protocols
from aeapp.services.sessions import of_kind


class MayNotOverrideError(RefusedError):
    """Somebody was named who may not let a session go on."""

    code = "gate.override"

    def __init__(self) -> None:
        super().__init__(
            N_("Only a prescriber or the compliance lead may let this session go on."),
            remedy=N_("Choose one of them from the list; staff are entered under Clinic."),
        )


class NotAskedError(RefusedError):
    """A question was answered that is not in the list."""

    code = "gate.not-asked"

    def __init__(self) -> None:
        super().__init__(
            N_("The protocol of this session does not ask this question."),
            remedy=N_("Open the session again to see the list as it is now."),
        )


class AnsweredSinceError(RefusedError):
    """An answer was to be taken back, and somebody gave another one meanwhile."""

    code = "gate.answered-since"

    def __init__(self) -> None:
        super().__init__(
            N_("Somebody gave another answer meanwhile, so nothing was undone."),
            remedy=N_("Look at the answer and give it anew if it is not right."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """What the lists of a session go by, beside the session's own records.

    Attributes:
        staff: The accounts of the clinic, by name.
    """

    protocols: tuple[Protocol, ...] = ()
    consents: tuple[Consent, ...] = ()
    staff: tuple[Staff, ...] = ()

    @property
    def overriders(self) -> tuple[Staff, ...]:
        """Return who may let a session go on although an answer stops it."""
        return tuple(s for s in self.staff if s.role in MAY_OVERRIDE and s.active is not False)

    def protocol(self, session: Session) -> Protocol | None:
        """Return the protocol of ``session``; None while its route is not known."""
        return protocol_for(self.protocols, session.route, session.setting)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answered:
    """An answer as a person gave it.

    Attributes:
        answer: None where only words were told.
        reading: Id of the reading that it was given on; None for the one that stands there now.
    """

    answer: Answer | NullFlavor | None
    told: str | None = None
    reason: str | None = None
    source: AnswerSource = AnswerSource.ASKED
    reading: str | None = None


class GateService:
    """Answer the lists before the dose and before leaving."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def ask(self, patient_id: str) -> Ask:
        """Return what the lists of the patient's sessions go by."""
        with self._context.new_uow() as uow:
            return Ask(
                protocols=own_protocols(uow),
                consents=_consents(uow, patient_id),
                staff=_staff(uow),
            )

    def sheet(self, session_id: str, kind: CheckKind) -> Sheet:
        """Return one list of a session as it stands."""
        with self._context.new_uow() as uow:
            return sheet_in(uow, session_of(uow, session_id), kind)

    def answer(self, session_id: str, question: Question, given: Answered) -> Check:
        """Store an answer; another answer to the same question takes its place.

        Raises:
            SessionOverError: The session has ended.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            session = open_session(uow, session_id)
            row = sheet_in(uow, session, question.list or CheckKind.GATE).row(question.code or "")
            check = replace(
                _check_of(uow, session, question),
                observation_id=_reading(given, row),
                answer=given.answer,
                told=_words(given.told),
                reason=_words(given.reason),
                overridden_by=None,
                source=_source(given, row),
                at=self._context.minute(),
            )
            stored = uow.save(check, who=self._context.who)
            uow.commit()
        return stored

    def override(self, session_id: str, code: str, kind: CheckKind, user_name: str) -> Check:
        """Let the session go on although an answer stops it, in the name of ``user_name``.

        Raises:
            MayNotOverrideError: That person is no active prescriber or compliance lead.
            NotAskedError: The question has no answer that could be overridden.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            session = open_session(uow, session_id)
            may = Ask(staff=_staff(uow)).overriders
            person = next((s for s in may if s.user_name == user_name), None)
            if person is None:
                raise MayNotOverrideError
            row = sheet_in(uow, session, kind).row(code)
            if row is None or row.check is None:
                raise NotAskedError
            named = replace(row.check, overridden_by=person.name or person.user_name)
            stored = uow.save(named, who=self._context.who, reason=named.reason or "")
            uow.commit()
        return stored

    def take_back(self, check: Check, before: Check | None) -> Check:
        """Let a question stand as it stood before an answer; None where nobody had answered it.

        Raises:
            SessionOverError: The session has ended.
            AnsweredSinceError: Somebody gave another answer meanwhile.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            open_session(uow, check.session_id)
            (stored,) = of_kind(Check, [uow.records.get("check_answer", check.id)])
            if not same_answer(stored, check):
                raise AnsweredSinceError
            was = as_before(stored, before)
            done = uow.save(was, who=self._context.who, reason=UNDONE)
            uow.commit()
        return done

    def keep(self, session_id: str) -> tuple[Check, ...]:
        """Store what the records answered before the dose; what is stored already stays."""
        with self._context.new_uow() as uow:
            uow.lock()
            session = open_session(uow, session_id)
            protocol = protocol_for(own_protocols(uow), session.route, session.setting)
            if protocol is None:
                return ()
            sheet = sheet_in(uow, session, list_before(protocol))
            kept = tuple(
                uow.save(self._as_check(uow, session, row), who=self._context.who)
                for row in sheet.from_records()
            )
            uow.commit()
        return kept

    def _as_check(self, uow: UnitOfWork, session: Session, row: Row) -> Check:
        return replace(
            _check_of(uow, session, row.question),
            observation_id=row.reading,
            answer=row.answer,
            told=_words(row.told),
            # What was said to an earlier reading says nothing of this one.
            reason=None,
            overridden_by=None,
            source=row.source,
            at=self._context.minute(),
        )


def sheet_in(uow: UnitOfWork, session: Session, kind: CheckKind) -> Sheet:
    """Return one list of a session inside a transaction; empty while the route is not known."""
    protocol = protocol_for(own_protocols(uow), session.route, session.setting)
    if protocol is None:
        return Sheet(())
    return sheet_of(protocol, kind, facts_in(uow, session), _checks(uow, session.id))


def facts_in(uow: UnitOfWork, session: Session) -> Facts:
    """Return what the records hold that may answer a question of the session."""
    (patient,) = of_kind(Patient, [uow.records.get("patient", session.patient_id)])
    givings = of_kind(Administration, uow.records.find("administration", session_id=session.id))
    readings = of_kind(Observation, uow.records.find("observation", session_id=session.id))
    zero = begun_at(givings)
    return Facts(
        patient=patient,
        consents=_consents(uow, session.patient_id),
        readings=own(readings, session, zero),
        zero=zero,
        prescriber=session.prescriber or "",
    )


def _check_of(uow: UnitOfWork, session: Session, question: Question) -> Check:
    known = (
        c for c in _checks(uow, session.id) if c.code == question.code and c.list is question.list
    )
    fresh = Check(
        patient_id=session.patient_id,
        session_id=session.id,
        list=question.list,
        code=question.code,
    )
    return replace(next(known, fresh), words=question.words, stops=question.stops)


def _reading(given: Answered, row: Row | None) -> str:
    if given.answer is None or row is None:
        return ""
    return row.reading if given.reading is None else given.reading


def _source(given: Answered, row: Row | None) -> AnswerSource:
    """Return where an answer comes from: from no record where the record says otherwise."""
    if row is not None and row.says not in (None, given.answer):
        return AnswerSource.ASKED
    return given.source


def _checks(uow: UnitOfWork, session_id: str) -> tuple[Check, ...]:
    return of_kind(Check, uow.records.find("check_answer", session_id=session_id))


def _consents(uow: UnitOfWork, patient_id: str) -> tuple[Consent, ...]:
    return of_kind(Consent, uow.records.find("consent", patient_id=patient_id))


def _staff(uow: UnitOfWork) -> tuple[Staff, ...]:
    return of_kind(Staff, uow.records.query("staff", order_by=["name"]))


def _words(text: str | None) -> str | None:
    return (text or "").strip() or None

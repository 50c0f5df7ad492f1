"""How a session ends: discharged, against advice, transferred, aborted, died; and amendments.

Nothing here stands between a patient and an ambulance: its times are stored at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from aeapp.domain.chair.aldrete import SCALE
from aeapp.domain.chair.discharge import Lack, Readiness, readiness_of
from aeapp.domain.chair.infusion import must_be_told
from aeapp.domain.chair.phases import stay_of
from aeapp.domain.chair.protocols import minimum_of
from aeapp.domain.codelists.clinic import SessionEnd, Setting
from aeapp.domain.codelists.session import CheckKind, MedicineClass
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import Administration, Patient, Proposal, Score, Session
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services import closing
from aeapp.services.closing import open_session, session_of
from aeapp.services.context import WorkContext
from aeapp.services.gate import sheet_in
from aeapp.services.ports import UnitOfWork
from aeapp.services.protocols import protocol_of
from aeapp.services.safety import refuse_open, reviews_of
from aeapp.services.sessions import ReasonMissingError, of_kind
from aeapp.services.stopping import running_in, stop_running
from aeapp.services.watching import look_again

R = TypeVar("R", bound=Record)
# Nothing stands before an ambulance or a death; whoever walks out was answered to first.
_WALKS_OUT = (SessionEnd.AGAINST_ADVICE, SessionEnd.ABORTED)
# Why a time of the ambulance stands in a session that has ended.
AFTERWARDS = N_("time of the ambulance, after the end of the session")


class NotReadyError(RefusedError):
    """The patient was to be discharged before the list was done.

    Attributes:
        lacks: What is not met.
    """

    code = "discharge.not-ready"

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(
            N_("The list before leaving is not complete."),
            remedy=N_(
                "Choose the route, answer what is open, or record that the patient leaves against "
                "advice."
            ),
        )
        self.lacks = tuple(lacks)


class WhyNowError(RefusedError):
    """The patient was to leave before the minimum, alone or under the score, without a reason."""

    code = "discharge.reason"

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(
            N_("Leaving now is not what the protocol asks for."),
            remedy=N_("Say why the patient leaves now, or wait."),
        )
        self.lacks = tuple(lacks)


class TransferFactsError(RefusedError):
    """A session was to end as a transfer of which not everything was asked."""

    code = "transfer.facts"

    def __init__(self) -> None:
        super().__init__(
            N_("A fact of the transfer was not asked."),
            remedy=N_(
                "Say where to, by whom and why; where nobody knows, say so and why. The handover "
                "page needs none of it."
            ),
        )


class Ems(Enum):
    """The three times of an ambulance; the value is the item that keeps it."""

    CALLED = "ems_called"
    ARRIVED = "ems_arrived"
    LEFT = "ems_left"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Leaving:
    """What a discharge says.

    Attributes:
        ready_minute: Minutes from the dose after which the patient could have left.
        override_reason: Why it is now, where the protocol asks for more.
        at: When the patient left; None for now.
    """

    escort: str | NullFlavor | None = None
    ready_minute: int | None = None
    override_reason: str | None = None
    at: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ending:
    """What another ending says.

    Attributes:
        why: What happened, in a few words.
        escort: Who goes with a patient who leaves against advice.
        to: Where a patient is taken.
        by: Who takes the patient there.
        at: When it ended, or when the patient died; None for now.
        unknown: Why a fact of a transfer is not known.
    """

    how: SessionEnd
    why: str | NullFlavor | None = None
    escort: str | NullFlavor | None = None
    to: str | NullFlavor | None = None
    by: str | NullFlavor | None = None
    at: PartialDate | None = None
    unknown: str | None = None


class EndingService:
    """End sessions, and amend what has ended."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def rate(self, session_id: str, items: Sequence[ScoreItem]) -> Score:
        """Store a modified Aldrete score of now."""
        with self._context.new_uow() as uow:
            session = open_session(uow, session_id)
            score = Score(
                patient_id=session.patient_id,
                session_id=session.id,
                scale=SCALE,
                at=self._context.minute(),
                items=tuple(items),
                by=self._context.who.name,
            )
            stored = uow.save(score, who=self._context.who)
            uow.commit()
        return stored

    def discharge(self, session_id: str, leaving: Leaving) -> Session:
        """Let the patient go home; what still runs is stopped, and the session is closed.

        Raises:
            NotReadyError: Something was not asked that no reason replaces.
            WhyNowError: The protocol asks for more, and there is no reason.
            SessionOverError: The session has ended.
        """
        when = leaving.at or self._context.minute()
        with self._context.new_uow() as uow:
            session = open_session(uow, session_id)
            reason = (leaving.override_reason or "").strip() or None
            ready = self._readiness(uow, session, leaving, when)
            if ready.must_be_done:
                raise NotReadyError(ready.must_be_done)
            if ready.needs_reason and reason is None:
                raise WhyNowError(ready.lacks)
            stop_running(uow, self._context, session, when)
            stored = uow.save(
                replace(
                    session,
                    ended=when,
                    ending=SessionEnd.DISCHARGED,
                    escort=leaving.escort,
                    ready_minute=leaving.ready_minute,
                    override_reason=reason,
                ),
                who=self._context.who,
                reason=reason or "",
            )
            uow.commit()
        return stored

    def _readiness(
        self, uow: UnitOfWork, session: Session, leaving: Leaving, when: PartialDate
    ) -> Readiness:
        protocol = protocol_of(uow, session)
        givings = of_kind(Administration, uow.records.find("administration", session_id=session.id))
        return readiness_of(
            sheet=sheet_in(uow, session, CheckKind.DISCHARGE),
            stay=stay_of(givings, minimum_of(session, protocol)),
            at=when,
            scores=of_kind(Score, uow.records.find("score", session_id=session.id)),
            least=protocol.aldrete_least if protocol is not None else None,
            escort=leaving.escort,
            at_home=session.setting is Setting.HOME,
            running=bool(runs := running_in(uow, session, when)),
            untold=any(must_be_told(giving, product, when) for giving, product in runs),
            has_protocol=protocol is not None,
            proposals=of_kind(Proposal, uow.records.find("proposal", session_id=session.id)),
            reviews=reviews_of(uow, session.id),
        )

    def end(self, session_id: str, ending: Ending) -> Session:
        """End a session in another way than by discharge; the session is closed.

        What still runs is stopped. A death sets the patient's date of death, where none is
        recorded yet.

        Raises:
            ReasonMissingError: Nothing says why.
            TransferFactsError: A transfer lacks a fact, or why it is not known.
            SafetyOpenError: The patient walks out while a safety strip waits for everybody.
            SessionOverError: The session has ended.
        """
        ending = _plain(ending)
        why = ending.why
        if ending.how is SessionEnd.TRANSFERRED:
            _must_tell(ending)
        elif why is None or isinstance(why, NullFlavor):
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            session = open_session(uow, session_id)
            if ending.how in _WALKS_OUT:
                refuse_open(uow, session_id)
            when = ending.at or session.ems_left or self._context.minute()
            stop_running(uow, self._context, session, when)
            told = None if isinstance(why, NullFlavor) else why
            reason = told or ending.unknown or ""
            changed = _ended(session, ending, when)
            stored = uow.save(changed, who=self._context.who, reason=reason)
            if ending.how is SessionEnd.DIED:
                self._keep_death(uow, session.patient_id, when)
            uow.commit()
        return stored

    def _keep_death(self, uow: UnitOfWork, patient_id: str, when: PartialDate) -> None:
        (patient,) = of_kind(Patient, [uow.records.get("patient", patient_id)])
        if not isinstance(patient.deceased_on, PartialDate):
            died = replace(patient, deceased_on=when.date_part())
            uow.save(died, who=self._context.who)

    def ems(self, session_id: str, which: Ems, at: PartialDate | None = None) -> Session:
        """Store a time of the ambulance, now unless ``at`` is given; the first one stays.

        In a session that has ended this is an amendment.
        """
        with self._context.new_uow() as uow:
            session = session_of(uow, session_id)
            if getattr(session, which.value) is None:
                times: dict[str, Any] = {which.value: at or self._context.minute()}
                timed = replace(session, **times)
                if session.ending is None:
                    session = uow.save(timed, who=self._context.who)
                else:
                    session = closing.amend(uow, self._context, timed, _(AFTERWARDS))
                uow.commit()
        return session

    def complete_rems(self, session_id: str) -> Session:
        """Store that the content of the REMS form was found complete, also after the end.

        Classes of medicines that nobody answered are kept as not asked, which is not none.
        """
        with self._context.new_uow() as uow:
            found = session_of(uow, session_id)
            session = replace(
                found,
                rems_completed=self._context.minute(),
                rems_completed_by=self._context.who.name,
                medicine_classes=(
                    NullFlavor.NASK if found.medicine_classes is None else found.medicine_classes
                ),
            )
            stored = uow.save(session, who=self._context.who)
            uow.commit()
        return stored

    def state_classes(self, session_id: str, taken: frozenset[MedicineClass]) -> Session:
        """Store which classes of medicines the REMS asks about the patient takes."""
        with self._context.new_uow() as uow:
            session = replace(session_of(uow, session_id), medicine_classes=taken)
            stored = uow.save(session, who=self._context.who)
            uow.commit()
        return stored

    def amend(self, record: R, reason: str) -> R:
        """Store a new or changed record of a session that has ended.

        Raises:
            AmendmentReasonError: There is no reason.
        """
        with self._context.new_uow() as uow:
            stored = closing.amend(uow, self._context, record, reason)
            if isinstance(stored, Administration):
                look_again(uow, self._context, stored)
            uow.commit()
        return stored


def _ended(session: Session, ending: Ending, when: PartialDate) -> Session:
    return replace(
        session,
        ended=when,
        ending=ending.how,
        ending_reason=ending.why,
        escort=session.escort if ending.escort is None else ending.escort,
        transferred_to=session.transferred_to if ending.to is None else ending.to,
        transferred_by=ending.by,
        transfer_unknown=ending.unknown,
    )


def _plain(ending: Ending) -> Ending:
    """Return the ending without blanks around its words; what is blank is not told."""

    def plain(words: str | NullFlavor | None) -> Any:
        # A reason for nothing is a string too.
        if words is None or isinstance(words, NullFlavor):
            return words
        return words.strip() or None

    return replace(
        ending,
        why=plain(ending.why),
        to=plain(ending.to),
        by=plain(ending.by),
        unknown=plain(ending.unknown),
    )


def _must_tell(ending: Ending) -> None:
    """Refuse a transfer without its facts.

    Raises:
        TransferFactsError: One was not asked, or nobody said why it is not known.
    """
    facts = (ending.to, ending.by, ending.why)
    untimed = ending.at is not None and not ending.at.has_time
    unknown = untimed or any(isinstance(fact, NullFlavor) for fact in facts)
    if None in facts or (unknown and not ending.unknown):
        raise TransferFactsError

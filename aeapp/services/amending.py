"""Add to a session that has ended what was missed in it; each is an amendment with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event, Note, Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.closing import amend, session_of
from aeapp.services.context import WorkContext
from aeapp.services.dosing import DosingService, Given, NewDose
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import read_by
from aeapp.services.watching import look


class SessionRunsError(RefusedError):
    """Something was to be amended in a session that runs."""

    code = "session.runs"

    def __init__(self) -> None:
        super().__init__(
            N_("This session has not ended, so there is nothing to amend."),
            remedy=N_("Enter it in the session itself."),
        )


class AmendingService:
    """Amend by adding; what is there already is changed where it is kept."""

    def __init__(self, context: WorkContext, dosing: DosingService) -> None:
        self._context, self._dosing = context, dosing

    def add_readings(
        self, session_id: str, readings: Sequence[Observation], at: PartialDate, reason: str
    ) -> tuple[Observation, ...]:
        """Store the readings of one missed row, all or none.

        Raises:
            SessionRunsError: The session has not ended.
            AmendmentReasonError: There is no reason.
        """
        with self._context.new_uow() as uow:
            session = _ended(uow, session_id)
            stored = tuple(
                amend(
                    uow,
                    self._context,
                    replace(
                        reading,
                        session_id=session.id,
                        patient_id=session.patient_id,
                        at=at,
                        status=reading.status or ObservationStatus.VALID,
                        source=reading.source or read_by(session),
                    ),
                    reason,
                )
                for reading in readings
            )
            look(uow, self._context, session, (r.kind for r in stored))
            uow.commit()
        return stored

    def add_event(
        self,
        session_id: str,
        words: str,
        severity: Severity | None,
        onset: PartialDate | NullFlavor,
        reason: str,
    ) -> Event:
        """Store an event that was missed.

        Raises:
            SessionRunsError: The session has not ended.
            AmendmentReasonError: There is no reason.
        """
        with self._context.new_uow() as uow:
            session = _ended(uow, session_id)
            event = Event(
                patient_id=session.patient_id,
                session_id=session.id,
                verbatim=words.strip(),
                severity=severity,
                onset=onset,
            )
            stored = amend(uow, self._context, event, reason)
            uow.commit()
        return stored

    def add_note(
        self, session_id: str, words: str, kind: NoteKind, at: PartialDate, reason: str
    ) -> Note:
        """Store a line that was missed, such as an intervention.

        Raises:
            SessionRunsError: The session has not ended.
            AmendmentReasonError: There is no reason.
        """
        with self._context.new_uow() as uow:
            session = _ended(uow, session_id)
            line = Note(
                patient_id=session.patient_id,
                session_id=session.id,
                kind=kind,
                at=at,
                words=words.strip(),
                by=self._context.who.name,
            )
            stored = amend(uow, self._context, line, reason)
            uow.commit()
        return stored

    def add_dose(self, session_id: str, dose: NewDose, reason: str) -> Given:
        """Store a dose that was given and not entered, with what is new in the library.

        Raises:
            SessionRunsError: The session has not ended.
            AmendmentReasonError: There is no reason.
            ExpiredLotError: The lot was past its date and the dose has no exception.
        """
        with self._context.new_uow() as uow:
            session = _ended(uow, session_id)
            given = self._dosing.amended(uow, session, dose, reason)
            uow.commit()
        return given


def _ended(uow: UnitOfWork, session_id: str) -> Session:
    uow.lock()
    session = session_of(uow, session_id)
    if session.ending is None:
        raise SessionRunsError
    return session

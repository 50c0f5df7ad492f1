"""The sessions of a clinic as a list: filtered by what one asks for, read page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aeapp.domain.chair.phases import phase_of, standing_of
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.session import Phase, Standing
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Patient, Session
from aeapp.domain.values import PartialDate, in_zone
from aeapp.services.context import WorkContext
from aeapp.services.patients import NoSuchPatientError
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


@dataclass(frozen=True, slots=True, repr=False)
class SessionLine:
    """One session in a list.

    Attributes:
        number: Empty where a case file brought a session that has none.
        day: When it began on the clinic's clocks, else for when it is planned, as far as known.
        patient: The code that stands on reports.
        route: None while nobody said; a reason where it was asked.
    """

    id: str
    number: str
    day: PartialDate | None
    patient: str
    route: SessionRoute | NullFlavor | None
    phase: Phase
    state: Standing


class SessionListService:
    """List sessions, the newest first and those that have no begin yet last."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def ids(self, patient_code: str = "", route: SessionRoute | None = None) -> list[str]:
        """Return the ids of the sessions of a patient and a route; of all where none is named.

        Raises:
            NoSuchPatientError: Nobody has this code.
        """
        where: dict[str, object] = {"route": route} if route else {}
        with self._context.new_uow() as uow:
            if patient_code:
                where["patient_id"] = _patients(uow, patient_code)
            order = ["started", "number"]
            return uow.records.ids("session", where=where, order_by=order, descending=True)

    def lines(self, ids: Sequence[str]) -> list[SessionLine]:
        """Return the lines of a page of sessions, in the order of ``ids``."""
        with self._context.new_uow() as uow:
            sessions = of_kind(Session, uow.records.many("session", ids))
            wanted = sorted({s.patient_id for s in sessions if s.patient_id})
            patients = of_kind(Patient, uow.records.many("patient", wanted))
            # How a session ended says where it stands; only the others ask what was given.
            open_ones = [s.id for s in sessions if s.ending is None]
            given: dict[str, list[Administration]] = {i: [] for i in open_ones}
            if open_ones:
                found = uow.records.find("administration", session_id=open_ones)
                for giving in of_kind(Administration, found):
                    given[giving.session_id].append(giving)
        codes = {p.id: p.code or "" for p in patients}
        return [self._line(s, codes.get(s.patient_id, ""), given.get(s.id, ())) for s in sessions]

    def _line(
        self, session: Session, patient: str, givings: Sequence[Administration]
    ) -> SessionLine:
        return SessionLine(
            id=session.id,
            number=session.number or "",
            day=self._day(session),
            patient=patient,
            route=session.route,
            phase=phase_of(session, givings),
            state=standing_of(session),
        )

    def _day(self, session: Session) -> PartialDate | None:
        at = session.started if isinstance(session.started, PartialDate) else session.planned
        if at is None:
            return None
        shown = in_zone(at, self._context.zone)
        return PartialDate(shown.year, shown.month, shown.day)


def _patients(uow: UnitOfWork, code: str) -> list[str]:
    found = [p.id for p in uow.records.find("patient", code=code)]
    if not found:
        raise NoSuchPatientError(0)
    return found

"""The assessment schedule of the clinic, and which scale is overdue for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.records import Administration, Patient, ScaleSchedule, Score, Session
from aeapp.domain.scales.catalogue import scale_named
from aeapp.domain.scales.schedule import Attendance, Due, due_of, merged, usual
from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.i18n import _
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.scales import scales_in
from aeapp.services.sessions import of_kind

# Who was not here for longer is asked nothing, whatever a line of the schedule says.
HORIZON_DAYS = 400
_PAGE = 200


@dataclass(frozen=True, slots=True, repr=False)
class DueScale:
    """A scale that is due for a patient."""

    patient: Patient
    due: Due


class ScheduleService:
    """Keep the assessment schedule."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def lines(self) -> tuple[ScaleSchedule, ...]:
        """Return one line a scale, the clinic's in the place of the program's."""
        with self._context.new_uow() as uow:
            return lines_in(uow)

    def save(self, line: ScaleSchedule, *, reason: str = "") -> ScaleSchedule:
        """Store the clinic's own line; there is one for a scale."""
        with self._context.new_uow() as uow:
            uow.lock()
            same = uow.records.find("scale_schedule", scale=line.scale)
            if same and not line.id:
                line = replace(line, id=same[0].id, version=same[0].version)
            saved = uow.save(line, who=self._context.who, reason=reason)
            uow.commit()
        return saved

    def use_usual(self) -> tuple[ScaleSchedule, ...]:
        """Put the usual lines in use, all or none; figures the clinic changed stay its own."""
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            own = of_kind(ScaleSchedule, uow.records.query("scale_schedule", order_by=["id"]))
            saved = tuple(uow.save(line, who=who) for line in usual(own) if line not in own)
            uow.commit()
        return saved

    def due(self) -> tuple[DueScale, ...]:
        """Return what is due today, the longest due first."""
        with self._context.new_uow() as uow:
            return due_in(uow, self._context)

    def due_for(self, patient_id: str) -> tuple[Due, ...]:
        """Return what is due for one patient."""
        with self._context.new_uow() as uow:
            sessions = of_kind(Session, uow.records.find("session", patient_id=patient_id))
            people = _due_of(uow, self._context, lines_in(uow), sessions)
        return tuple(due for one in people.values() for due in one)


def lines_in(uow: UnitOfWork) -> tuple[ScaleSchedule, ...]:
    """Return one line a scale as the transaction sees it."""
    return merged(of_kind(ScaleSchedule, uow.records.query("scale_schedule", order_by=["id"])))


def due_in(uow: UnitOfWork, context: WorkContext) -> tuple[DueScale, ...]:
    """Return what is due today, the longest due first."""
    lines = [line for line in lines_in(uow) if line.active]
    if not lines:
        return ()
    days = max(line.lapses_after or HORIZON_DAYS for line in lines)
    found = _due_of(uow, context, lines, _attended(uow, context, days))
    people = {p.id: p for p in of_kind(Patient, uow.records.many("patient", list(found)))}
    due = [
        DueScale(people[patient_id], one)
        for patient_id, several in found.items()
        for one in several
        if not isinstance(people[patient_id].deceased_on, PartialDate)
    ]
    return tuple(sorted(due, key=lambda d: (d.due.day, d.patient.id, d.due.scale)))


def _attended(uow: UnitOfWork, context: WorkContext, most_days: int) -> list[Session]:
    """Return the sessions of so many days and those still planned: of whom is still here."""
    first = context.today() - dt.timedelta(days=most_days)
    found = list(of_kind(Session, uow.records.find("session", started=None)))
    for offset in range(0, uow.records.count("session"), _PAGE):
        page = uow.records.query(
            "session", order_by=["started"], descending=True, limit=_PAGE, offset=offset
        )
        days = [(s, _day(s.started, context)) for s in of_kind(Session, page)]
        found += [s for s, day in days if day is not None and day >= first]
        # One that began on a day nobody knows exactly stands among them and ends nothing.
        if any(day is not None and day < first for _s, day in days):
            break
    return found


def _due_of(
    uow: UnitOfWork,
    context: WorkContext,
    lines: Sequence[ScaleSchedule],
    sessions: Sequence[Session],
) -> dict[str, list[Due]]:
    by_patient: dict[str, list[Session]] = {}
    for session in sessions:
        by_patient.setdefault(session.patient_id, []).append(session)
    ids = list(by_patient)
    found: dict[str, list[Due]] = {}
    for start in range(0, len(ids), _PAGE):
        part = ids[start : start + _PAGE]
        filled = _filled(uow, context, part)
        treated = _treated(uow, part)
        for patient_id in part:
            attended = [_attendance(s, context) for s in by_patient[patient_id]]
            known = [a for a in attended if a is not None]
            due = [
                due_of(
                    line,
                    known,
                    filled.get((patient_id, line.scale or ""), ()),
                    context.today(),
                    treated=patient_id in treated,
                )
                for line in lines
            ]
            there = [d for d in due if d is not None]
            if there:
                found[patient_id] = there
    return found


def _filled(
    uow: UnitOfWork, context: WorkContext, ids: Sequence[str]
) -> dict[tuple[str, str], list[dt.date]]:
    found: dict[tuple[str, str], list[dt.date]] = {}
    for score in of_kind(Score, uow.records.find("score", patient_id=list(ids))):
        day = _day(score.at, context)
        if score.stands and day is not None:
            found.setdefault((score.patient_id, score.scale or ""), []).append(day)
    return found


def _treated(uow: UnitOfWork, ids: Sequence[str]) -> frozenset[str]:
    """Return the patients who were ever given a dose in a session."""
    given = of_kind(Administration, uow.records.find("administration", patient_id=list(ids)))
    return frozenset(g.patient_id for g in given if g.stands and g.session_id)


def _attendance(session: Session, context: WorkContext) -> Attendance | None:
    begun = _day(session.started, context)
    day = begun or _day(session.planned, context)
    if day is None:
        return None
    route = session.route if isinstance(session.route, SessionRoute) else None
    return Attendance(day, route, begun is not None)


def _day(at: object, context: WorkContext) -> dt.date | None:
    if not isinstance(at, PartialDate) or not at.is_full_day:
        return None
    return in_zone(at, context.zone).first_day()


def schedule_needs(uow: UnitOfWork, context: WorkContext) -> Iterator[Need]:
    """Yield a line for every scale that is due for somebody."""
    scales = None
    for one in due_in(uow, context):
        scales = scales or scales_in(uow)
        scale = scale_named(scales, one.due.scale)
        yield Need(
            kind=NeedKind.SCALE,
            target=one.patient.id,
            mark=one.due.scale,
            what=_("{scale} due").format(scale=_(scale.name or "") if scale else one.due.scale),
            detail=one.due.why,
            patient=one.patient.code or "",
            next_step=_("Ask for it"),
            owner="",
            due=one.due.day,
            authority=Authority.CLINIC,
            rule=_("assessment schedule"),
            opens=("patient", one.patient.id),
        )


__all__ = ["DueScale", "ScheduleService", "due_in", "lines_in", "schedule_needs"]

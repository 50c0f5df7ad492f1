"""Take in files of readings: planned first, then all rows or none, and none twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from aeapp.domain.items import as_text
from aeapp.domain.records import Observation, Patient, Session
from aeapp.domain.values import PartialDate, in_zone
from aeapp.domain.vitals.intake.gathering import Parsed, Terms, key_of, slot_of
from aeapp.domain.vitals.intake.moments import shift_words
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.beginning import begin_with
from aeapp.services.choosing_layout import Wishes, read_file
from aeapp.services.closing import tell
from aeapp.services.column_mappings import kept_mappings
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork, VitalsReader
from aeapp.services.sessions import of_kind
from aeapp.services.watching import look

# Never the file's name, which may hold the patient's.
REASON = "import of monitor readings"
# A session may run over midnight; readings further away are hardly this session's.
NEAR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedVitals:
    """What an import of readings did, or would do; no values.

    Attributes:
        rows: ``kept``, ``skipped``, ``duplicate`` and ``elsewhere`` add up to it.
        observations: Readings of the file; ``already_here`` of them were in the session.
        differing: New readings that say otherwise than a stored one of the same moment.
        before, within, after: Where they lie from begin and end of the session.
        stored_between: Readings the session has already between the first and the last one.
        no_signal, zeros: For each quantity the rows without a signal, and their figures.
        amends: The session has ended.
        questions: A sentence for each reading that a person has to look at, with its place.
    """

    layout: str
    why: str
    rows: int
    observations: int
    kept: int
    skipped: int
    questioned: int
    duplicate: int
    elsewhere: int
    converted: int
    no_signal: Mapping[str, int]
    zeros: Mapping[str, int]
    already_here: int
    differing: int
    first: str
    last: str
    before: int
    within: int
    after: int
    stored_between: int
    amends: bool
    notes: tuple[str, ...]
    questions: tuple[str, ...]
    applied: bool


class OtherDayError(RefusedError):
    """The readings of a file lie on other days than the session."""

    code: ClassVar[str] = "import.other-day"

    def __init__(self) -> None:
        super().__init__(
            N_("The readings of the file lie on other days than the session; none was taken."),
            remedy=N_("Choose the right session, or say that they belong to this one."),
            option=N_("--other-day says so."),
        )


class Whose(Enum):
    """What the file says of its patient, beside the chart."""

    NOTHING = "nothing"
    SAME = "same"
    # It names a patient, and chart and file have no number to compare.
    NOT_COMPARED = "not-compared"
    OTHER = "other"


class OtherPatientError(RefusedError):
    """The file names a patient, and nobody said that it is the one of the chart."""

    code: ClassVar[str] = "import.patient"

    def __init__(self, whose: Whose) -> None:
        super().__init__(
            _WHOSE[whose],
            remedy=N_("Look whose readings they are; if they are this patient's, say so."),
            option=N_("--same-patient says so."),
        )


class AmendmentError(RefusedError):
    """Readings were to be added to a session that has ended, without a reason."""

    code: ClassVar[str] = "import.amendment"

    def __init__(self) -> None:
        super().__init__(
            N_("The session has ended; readings are added to it only with a reason."),
            remedy=N_("Say why they come late."),
            option=N_("--reason says it."),
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VitalsPlan:
    """What a file holds, and what it would do to a session.

    Attributes:
        session: The session as it was stored when the plan was made.
        layout: Name of the layout; ``why`` says how it was known.
        parsed: What was read, row by row.
        wishes: What the person said.
        fresh: Readings that are not in the session yet; ``stored`` those that are.
        whose: Whether the file is of the patient of the chart, as far as numbers tell.
    """

    session: Session
    layout: str
    why: str
    parsed: Parsed
    wishes: Wishes
    fresh: tuple[Observation, ...]
    stored: tuple[Observation, ...] = ()
    whose: Whose = Whose.NOTHING

    @property
    def asks_patient(self) -> bool:
        """Tell whether somebody has to say first that it is the patient of the chart."""
        return self.whose in _WHOSE and not self.wishes.same_patient

    @property
    def far(self) -> bool:
        """Tell whether a reading lies more than a day from a session whose day is known."""
        days = _days_of(self.session)
        if days is None:
            return False
        moments = (o.at for o in self.parsed.observations)
        found = {at.first_day() for at in moments if isinstance(at, PartialDate)}
        return any(not days[0] <= day <= days[1] for day in found)

    def summary(self, *, applied: bool = False) -> ImportedVitals:
        """Return the plan in numbers and sentences."""
        parsed = self.parsed
        moments = sorted(o.at for o in parsed.observations if isinstance(o.at, PartialDate))
        first, last = (moments[0], moments[-1]) if moments else (None, None)
        before, after = _outside(self.session, moments)
        day = _TAKEN_ANYWAY if self.wishes.other_day else _OTHER_DAY
        told = [_WHOSE[self.whose]] if self.whose in _WHOSE else []
        told += [day] if self.far else []
        notes = (*map(_, told), *parsed.notes)
        return ImportedVitals(
            layout=self.layout,
            why=self.why,
            rows=parsed.rows,
            observations=len(parsed.observations),
            kept=parsed.kept,
            skipped=parsed.skipped,
            questioned=parsed.questioned,
            duplicate=parsed.duplicate,
            elsewhere=parsed.elsewhere,
            converted=parsed.converted,
            no_signal=parsed.no_signal,
            zeros=parsed.zeros,
            already_here=len(parsed.observations) - len(self.fresh),
            differing=_differing(self.fresh, self.stored),
            first=first.iso() if first else "",
            last=last.iso() if last else "",
            before=before,
            within=len(moments) - before - after,
            after=after,
            stored_between=_between(self.stored, first, last),
            amends=self.session.ending is not None,
            notes=notes,
            questions=parsed.questions(),
            applied=applied,
        )


# What a person has to answer before the readings are taken.
_WHOSE = {
    Whose.OTHER: N_(
        "The file gives its patient another number than the record number of this chart; make sure "
        "that it is the same person."
    ),
    Whose.NOT_COMPARED: N_(
        "The file names a patient, and the chart has no record number, or the file none, to "
        "compare; make sure that it is the same person."
    ),
}
_TAKEN_ANYWAY = N_("The readings lie on other days than the session.")
_OTHER_DAY = N_(
    "The readings lie on other days than the session; they are taken once somebody says that they "
    "belong to it."
)


def plan_vitals(
    context: WorkContext,
    readers: Sequence[VitalsReader],
    path: Path,
    session: Session,
    wishes: Wishes,
) -> VitalsPlan:
    """Read a file and compare it with what the session holds.

    Raises:
        ImportRejected: The file cannot be read.
        UnknownLayoutError: The layout named is none.
    """
    with context.new_uow() as uow:
        kept = kept_mappings(uow)
    terms = terms_for(context, session, wishes)
    layout, why, parsed = read_file(readers, path, terms, wishes, kept)
    with context.new_uow() as uow:
        stored_session, stored = _stored(uow, session)
        whose = _whose(uow, session, parsed)
    return VitalsPlan(
        session=stored_session,
        layout=layout,
        why=why,
        parsed=parsed,
        wishes=wishes,
        fresh=_fresh(parsed, stored),
        stored=stored,
        whose=whose,
    )


def terms_for(context: WorkContext, session: Session, wishes: Wishes) -> Terms:
    """Return on what terms a file is read for a session."""
    return Terms(
        zone=wishes.zone or context.zone,
        zone_said=wishes.zone is not None,
        shift=wishes.shift,
        start=wishes.start,
        day=_day_of(session, context.zone),
        days=None if wishes.other_day else _days_of(session),
        links={"session_id": session.id, "patient_id": session.patient_id},
    )


def _whose(uow: UnitOfWork, session: Session, parsed: Parsed) -> Whose:
    number = parsed.patient_number.strip()
    if not (number or parsed.names_patient):
        return Whose.NOTHING
    found = of_kind(Patient, uow.records.many("patient", [session.patient_id]))
    ours = {as_text(patient.record_number).strip() for patient in found} - {""}
    if not (number and ours):
        return Whose.NOT_COMPARED
    return Whose.SAME if number in ours else Whose.OTHER


def apply_vitals(context: WorkContext, plan: VitalsPlan, reason: str) -> ImportedVitals:
    """Store what is new in a plan.

    Raises:
        OtherPatientError: The file names a patient, and nobody said that it is this one.
        OtherDayError: The readings lie on other days than the session, and nobody said it is right.
        AmendmentError: The session has ended and there is no reason.
    """
    if plan.asks_patient:
        raise OtherPatientError(plan.whose)
    if plan.far and not plan.wishes.other_day:
        raise OtherDayError
    with context.new_uow() as uow:
        # What is known is read behind the lock: another import may be storing the same file.
        uow.lock()
        session, stored = _stored(uow, plan.session)
        if session.ending is not None and not reason.strip():
            raise AmendmentError
        fresh = _fresh(plan.parsed, stored)
        if fresh:
            times = [o.at for o in fresh if isinstance(o.at, PartialDate)]
            first = min(times, key=PartialDate.sort_key, default=None)
            session = begin_with(uow, context, session, first)
            if session.ending is not None:
                what = _("{n} readings imported").format(n=len(fresh))
                tell(uow, context, session, what, reason.strip())
            saved = uow.save_bulk(fresh, who=context.who, reason=_reason(plan.wishes, reason))
            look(uow, context, session, {o.kind for o in fresh}, (*stored, *saved))
            uow.commit()
    return replace(plan, session=session, fresh=fresh, stored=stored).summary(applied=True)


def _reason(wishes: Wishes, reason: str) -> str:
    text = REASON
    if wishes.shift:
        text += f", clock offset {shift_words(wishes.shift)}"
    return f"{text}: {reason.strip()}" if reason.strip() else text


def _stored(uow: UnitOfWork, session: Session) -> tuple[Session, tuple[Observation, ...]]:
    found = of_kind(Session, [uow.records.get("session", session.id)])
    return found[0], of_kind(Observation, uow.records.find("observation", session_id=session.id))


def _fresh(parsed: Parsed, stored: Sequence[Observation]) -> tuple[Observation, ...]:
    known = {key_of(o) for o in stored}
    return tuple(o for o in parsed.observations if key_of(o) not in known)


# ------------------------------------------------------------------ where the readings lie


def _day_of(session: Session, zone: dt.tzinfo) -> dt.date | None:
    started = session.started
    known = isinstance(started, PartialDate) and started.is_full_day
    return in_zone(started, zone).first_day() if known else None  # type: ignore[arg-type]


def _days_of(session: Session) -> tuple[dt.date, dt.date] | None:
    if not isinstance(session.started, PartialDate) or not session.started.is_full_day:
        return None
    day = session.started.first_day()
    return day - NEAR, day + NEAR


def _outside(session: Session, moments: Sequence[PartialDate]) -> tuple[int, int]:
    """Return how many moments surely lie before the session began, and after it ended."""
    began, ended = session.started, session.ended
    before = after = 0
    for at in moments:
        before += isinstance(began, PartialDate) and at.surely_before(began)
        after += isinstance(ended, PartialDate) and ended.surely_before(at)
    return before, after


def _between(
    stored: Sequence[Observation], first: PartialDate | None, last: PartialDate | None
) -> int:
    if first is None or last is None:
        return 0
    begin, end = first.sort_key(), last.sort_key()
    keys = (o.at.sort_key() for o in stored if isinstance(o.at, PartialDate))
    return sum(begin <= key <= end for key in keys)


def _differing(fresh: Sequence[Observation], stored: Sequence[Observation]) -> int:
    taken: set[tuple[Any, ...]] = {slot_of(o) for o in stored}
    return sum(slot_of(o) in taken for o in fresh)

"""One running session in one card: who, since when, what was read last and what is due next.

Cards say what the schedule and the limits say; which of them matters is for whoever looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.chair.phases import phase_of, stay_of
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.items import as_text
from aeapp.domain.records import (
    Administration,
    Observation,
    Patient,
    Proposal,
    SafetyReview,
    Session,
)
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueRow, DueState, next_due
from aeapp.domain.vitals.rows import minutes_between
from aeapp.domain.vitals.table import is_evidence
from aeapp.domain.vitals.typing import shown
from aeapp.kernel.i18n import _

# The bar is at least as long as the usual stay, so that bars of one board can be compared.
LEAST_BAR = 120


class BoardStatus(StrEnum):
    """How urgent a chair is, from the readings due and the limits; never a diagnosis."""

    OK = "ok"
    DUE = "due"
    FLAG = "flag"
    OVERDUE = "overdue"


class MarkState(StrEnum):
    """How a reading of the schedule stands."""

    TAKEN = "taken"
    COMING = "coming"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading of the schedule on the bar of the session.

    Attributes:
        share: Where it lies on the bar, 0 to 1.
    """

    share: float
    state: MarkState


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChairFacts:
    """What the board reads of one running session.

    Attributes:
        drug: The treatment in words; empty before the first dose.
        due: The readings that are due, as they stand now.
        flags: {id of a reading: words} of what is beyond a limit.
        minimum: Shortest stay in minutes; None where none is asked.
        reviews: What answers of scales asked about safety.
    """

    session: Session
    patient: Patient
    givings: Sequence[Administration]
    readings: Sequence[Observation]
    proposals: Sequence[Proposal]
    drug: str
    due: Sequence[DueRow]
    flags: Mapping[str, str]
    minimum: int | None
    reviews: Sequence[SafetyReview] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChairLine:
    """One card of the board.

    Attributes:
        minutes: Whole minutes since the first dose; None before it.
        pressure_note: When it was read, and what it was before.
        next: What is due next, and when.
        news: What somebody at another chair should know of it now; empty where nothing is.
        progress: How much of the bar's time has passed, 0 to 1.
        sentence: The same in words, for screen readers.
    """

    session_id: str
    chair: str
    name: str
    initials: str
    code: str
    drug: str
    phase: str
    minutes: int | None
    pressure: str
    pressure_note: str
    status: BoardStatus
    pill: str
    next: str
    news: str
    marks: tuple[Mark, ...]
    progress: float
    sentence: str


def line_of(facts: ChairFacts, now: PartialDate) -> ChairLine:
    """Return the card of a session as it stands at ``now``."""
    stay = stay_of(facts.givings, facts.minimum)
    minutes = stay.minutes(now)
    row = next_due(facts.due)
    pressures = _pressures(facts.readings)
    status, pill = _status(facts, row)
    span = _span(facts, minutes)
    name = as_text(facts.patient.name) or _("name not on record")
    phase = _(phase_of(facts.session, tuple(facts.givings)).words)
    upcoming = _next_words(facts, row, now)
    pressure = shown(pressures[-1]) if pressures else ""
    chair = facts.session.chair or facts.session.number or ""
    parts = (chair, name, phase, _since_words(minutes), pressure, pill, upcoming)
    return ChairLine(
        session_id=facts.session.id,
        chair=chair,
        name=name,
        initials=initials_of(name),
        code=facts.patient.code or "",
        drug=facts.drug,
        phase=phase,
        minutes=minutes,
        pressure=pressure,
        pressure_note=_pressure_note(pressures),
        status=status,
        pill=pill,
        next=upcoming,
        news=_news(status, pill, row, now),
        marks=_marks(facts.due, span),
        progress=min(1.0, max(0.0, (minutes or 0) / span)),
        sentence=", ".join(part for part in parts if part),
    )


def initials_of(name: str) -> str:
    """Return the initials of a name, as a board on the wall shows it."""
    return " ".join(f"{word[0]}." for word in name.split() if word)


def _pressures(readings: Sequence[Observation]) -> list[Observation]:
    own = [
        r
        for r in readings
        if r.kind is ObservationKind.BLOOD_PRESSURE
        and is_evidence(r)
        and isinstance(r.at, PartialDate)
        and r.at.has_time
    ]
    return sorted(own, key=_key)


def _key(reading: Observation) -> str:
    return reading.at.sort_key() if isinstance(reading.at, PartialDate) else ""


def _pressure_note(pressures: Sequence[Observation]) -> str:
    if not pressures:
        return _("no pressure yet")
    at = pressures[-1].at
    words = _clock(at) if isinstance(at, PartialDate) else ""
    if len(pressures) > 1:
        was = _("was {pressure}").format(pressure=shown(pressures[-2]))
        words = f"{words}, {was}"
    return words


def _clock(at: PartialDate) -> str:
    return f"{at.hour:02d}:{at.minute:02d}"


def _status(facts: ChairFacts, row: DueRow | None) -> tuple[BoardStatus, str]:
    if any(review.is_open for review in facts.reviews):
        # Before a reading that is late: somebody may be in danger.
        return BoardStatus.OVERDUE, _("Safety answer open")
    if row is not None and row.state is DueState.LATE:
        late = _("Overdue {n} min").format(n=row.late)
        return BoardStatus.OVERDUE, late
    flag = _flag(facts)
    if flag:
        return BoardStatus.FLAG, flag
    if row is not None and row.at is not None:
        return BoardStatus.DUE, _("Due {time}").format(time=_clock(row.at))
    if row is not None:
        return BoardStatus.DUE, _("Due before leaving")
    return BoardStatus.OK, _("All readings in")


def _news(status: BoardStatus, pill: str, row: DueRow | None, now: PartialDate) -> str:
    """Return what is late, beyond a limit or due by now; what is to come is no news."""
    if status in (BoardStatus.OVERDUE, BoardStatus.FLAG):
        return pill
    left = minutes_between(now, row.at) if row is not None and row.at is not None else None
    return _("Due now") if left is not None and left <= 0 else ""


def _flag(facts: ChairFacts) -> str:
    """Return what is beyond a limit now: a proposal nobody decided on, or a last reading."""
    if any(p.state is ProposalState.OPEN for p in facts.proposals):
        return _("To decide")
    newest: dict[ObservationKind, Observation] = {}
    for reading in sorted(facts.readings, key=_key):
        if reading.kind is not None and is_evidence(reading):
            newest[reading.kind] = reading
    flagged = [r for r in newest.values() if r.id in facts.flags and r.kind is not None]
    if not flagged:
        return ""
    kind = flagged[0].kind
    assert kind is not None  # noqa: S101 - only such were taken
    return _("Flag: {what}").format(what=_(kind.words).lower())


def _next_words(facts: ChairFacts, row: DueRow | None, now: PartialDate) -> str:
    if row is None:
        return _stay_words(facts, now)
    what = _("Repeat") if row.repeat else row.words or _("Vitals")
    if row.at is None:
        return what
    minutes = minutes_between(now, row.at)
    if minutes is None or minutes <= 0:
        return _("{what} now").format(what=what)
    return _("{what} in {n} min").format(what=what, n=minutes)


def _stay_words(facts: ChairFacts, now: PartialDate) -> str:
    stay = stay_of(facts.givings, facts.minimum)
    if stay.may_leave_at is None:
        return ""
    left = minutes_between(now, stay.may_leave_at)
    if left is None or left <= 0:
        return _("Stay is over")
    return _("Stay over in {n} min").format(n=left)


def _since_words(minutes: int | None) -> str:
    return _("{n} minutes since dose").format(n=minutes) if minutes is not None else ""


def _span(facts: ChairFacts, minutes: int | None) -> int:
    ends = [row.minute for row in facts.due if row.minute is not None]
    return max(LEAST_BAR, facts.minimum or 0, minutes or 0, *ends)


_STATES = {
    DueState.TAKEN: MarkState.TAKEN,
    DueState.COMING: MarkState.COMING,
    DueState.LATE: MarkState.LATE,
    DueState.MISSED: MarkState.LATE,
}


def _marks(due: Sequence[DueRow], span: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(min(1.0, row.minute / span), _STATES[row.state])
        for row in due
        if row.minute is not None and row.minute > 0
    )

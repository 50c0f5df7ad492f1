"""Read from a session's records where it stands; a phase is never stored.

Only what is given for the treatment counts: a rescue medicine starts no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from aeapp.domain.chair.pieces import next_turn
from aeapp.domain.codelists.clinic import ObservationKind, SessionEnd, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Phase, Standing
from aeapp.domain.records import Administration, Observation, Session
from aeapp.domain.values import PartialDate, in_zone
from aeapp.domain.vitals.rows import minutes_between
from aeapp.domain.vitals.table import is_evidence
from aeapp.kernel.i18n import N_

ENDED: dict[SessionEnd, Phase] = {
    SessionEnd.DISCHARGED: Phase.DISCHARGED,
    SessionEnd.AGAINST_ADVICE: Phase.AGAINST_ADVICE,
    SessionEnd.TRANSFERRED: Phase.TRANSFERRED,
    SessionEnd.ABORTED: Phase.ABORTED,
    SessionEnd.DIED: Phase.DIED,
}
_HELD = (FormRoute.SUBLINGUAL,)


class Step(Enum):
    """The five steps that the head of the room shows."""

    GATE = "gate"
    DOSE = "dose"
    MONITORING = "monitoring"
    RECOVERY = "recovery"
    DISCHARGE = "discharge"

    @property
    def words(self) -> str:
        """Return the name of the step, in English; translate with ``_`` where shown."""
        return _STEP_WORDS[self]


_STEP_WORDS = {
    Step.GATE: N_("Gate"),
    Step.DOSE: N_("Dose"),
    Step.MONITORING: N_("Monitoring"),
    Step.RECOVERY: N_("Recovery"),
    Step.DISCHARGE: N_("Discharge"),
}


class Missing(Enum):
    """What a session still needs before its clock starts; the order is free."""

    GATE = "gate"
    DOSE = "dose"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True, repr=False)
class Stay:
    """How long the patient is to stay.

    Attributes:
        first, last: Begin of the first and of the last giving of the treatment that has a time.
        untimed: Whether something was given of which no clock time is known.
        may_leave_at: The first giving and the minimum; None while either is not known.
    """

    first: PartialDate | None
    last: PartialDate | None
    minimum: int | None
    may_leave_at: PartialDate | None
    untimed: bool = False

    def minutes(self, at: PartialDate) -> int | None:
        """Return whole minutes from the first giving to ``at``."""
        return None if self.first is None else minutes_between(self.first, at)

    def reached(self, at: PartialDate) -> bool:
        """Tell whether the minimum is over at ``at``; without a minimum it is with the dose."""
        minutes = self.minutes(at)
        return minutes is not None and minutes >= (self.minimum or 0)


def treatment_of(givings: Iterable[Administration]) -> tuple[Administration, ...]:
    """Return what was given for the treatment, rescue medicines left out."""
    return tuple(g for g in givings if g.is_suspect)


def begun_at(givings: Iterable[Administration]) -> PartialDate | None:
    """Return when the treatment began, the one zero of the session's clock; None before it.

    Neither a premedication nor a rescue medicine moves it, nor a dose without a clock time.
    """
    starts = [g.started for g in treatment_of(givings) if isinstance(g.started, PartialDate)]
    return min((s for s in starts if s.utc() is not None), default=None)


def stay_of(
    givings: Iterable[Administration], minimum: int | None, zone: dt.tzinfo | None = None
) -> Stay:
    """Return the stay that the givings and the minimum ask for.

    The minimum counts from the first giving, as the REMS counts from the first device. ``zone``
    is that of the clocks on which its end is read.
    """
    given = treatment_of(givings)
    starts = [
        g.started
        for g in given
        if isinstance(g.started, PartialDate) and g.started.utc() is not None
    ]
    first, last = min(starts, default=None), max(starts, default=None)
    untimed = len(starts) < len(given)
    return Stay(first, last, minimum, _later(first, minimum, zone), untimed)


def _later(
    first: PartialDate | None, minutes: int | None, zone: dt.tzinfo | None
) -> PartialDate | None:
    begin = first.utc() if first is not None else None
    if begin is None or minutes is None:
        return None
    return in_zone(PartialDate.of(begin + dt.timedelta(minutes=minutes)), zone)


def is_planned(session: Session) -> bool:
    """Tell whether a session is planned and not started yet."""
    return session.planned is not None and session.started is None and session.ending is None


def standing_of(session: Session) -> Standing:
    """Return whether the session is to come, runs or is over.

    A case file may tell when a session ended and not how: it is in nobody's chair.
    """
    if session.ending is not None or isinstance(session.ended, PartialDate):
        return Standing.ENDED
    return Standing.PLANNED if is_planned(session) else Standing.RUNNING


def phase_of(session: Session, givings: Sequence[Administration]) -> Phase:
    """Return where the session stands."""
    if isinstance(session.ending, SessionEnd):
        return ENDED[session.ending]
    if session.ending is not None:
        # How it ended is not known, but it did.
        return Phase.DISCHARGED
    if begun_at(givings) is None:
        return Phase.PLANNED if is_planned(session) else Phase.PRE_DOSE
    return Phase.DOSING if is_dosing(session, givings) else Phase.MONITORING


def is_dosing(session: Session, givings: Sequence[Administration]) -> bool:
    """Tell whether the treatment is still being given: it runs, is held, or a device is to come."""
    given = treatment_of(givings)
    if any(runs(session, g) or is_held(session, g) for g in given):
        return True
    turn = next_turn(given)
    return turn is not None and turn.due


def runs(session: Session, giving: Administration) -> bool:
    """Tell whether ``giving`` is an infusion that goes on."""
    drip = _by(session, giving, SessionRoute.IV_INFUSION, (FormRoute.INTRAVENOUS_DRIP,))
    return drip and giving.ended is None and giving.ongoing is not False


def is_held(session: Session, giving: Administration) -> bool:
    """Tell whether ``giving`` is a sublingual dose that is still in the mouth."""
    held = _by(session, giving, SessionRoute.SUBLINGUAL, _HELD)
    return held and giving.held_minutes is None and giving.after_hold is None


def _by(
    session: Session, giving: Administration, route: SessionRoute, forms: tuple[FormRoute, ...]
) -> bool:
    if isinstance(giving.route, FormRoute):
        return giving.route in forms
    return session.route is route


def has_baseline(readings: Iterable[Observation], zero: PartialDate | None) -> bool:
    """Tell whether a pressure that counts was read before the dose, or at its minute."""
    return any(
        r.kind is ObservationKind.BLOOD_PRESSURE
        and is_evidence(r)
        and isinstance(r.at, PartialDate)
        and (zero is None or _not_after(zero, r.at))
        for r in readings
    )


def _not_after(zero: PartialDate, at: PartialDate) -> bool:
    # Which came first cannot be said of a reading without a clock time or an offset.
    minutes = minutes_between(zero, at)
    return minutes is not None and minutes <= 0


def missing_to_start(
    *, gate_open: bool, dose_ready: bool, readings: Iterable[Observation]
) -> tuple[Missing, ...]:
    """Return what the clock still waits for.

    The gate is open when every question before the dose is answered and nothing stops; the dose
    is ready when it is filled in, or given.
    """
    asked = (
        (Missing.GATE, gate_open),
        (Missing.DOSE, dose_ready),
        (Missing.BASELINE, has_baseline(readings, None)),
    )
    return tuple(what for what, there in asked if not there)


def step_of(phase: Phase, *, gate_open: bool, stay_over: bool) -> Step:
    """Return the step in which a session is.

    Recovery begins when the minimum stay is over: from then on the list before leaving counts.
    """
    if phase in (Phase.PLANNED, Phase.PRE_DOSE):
        return Step.DOSE if gate_open else Step.GATE
    if phase is Phase.DOSING:
        return Step.DOSE
    if phase is Phase.MONITORING:
        return Step.RECOVERY if stay_over else Step.MONITORING
    return Step.DISCHARGE

"""What the records say of stopping and of giving again: a proposal with its grounds.

Nothing is answered that the records do not show: without the end of an event nobody knows whether
it was over before the next dose. What a person stated stands, whatever the records say.

Source:
    Form FDA 3500 (09/2025), items D7 and D8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from aeapp.domain.assessment.onset import surely_after
from aeapp.domain.chair.palette import term_of
from aeapp.domain.codelists.safety import ActionTaken, Challenge, Outcome
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.slips import folded
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact of the records that an answer rests on.

    Attributes:
        words: A sentence; ``{at}`` stands for the time.
        at: When it was, as exactly as known.
    """

    words: str
    at: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """What the records say.

    Attributes:
        answer: None where they do not say; the grounds then name what is missing.
    """

    answer: Challenge | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it stands.

    Attributes:
        answer: What was stated, else None: a derived answer is a proposal only.
        stated: A person stated it.
        differs: What was stated is not what the records say.
    """

    answer: Challenge | NullFlavor | None
    derived: Derived
    stated: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What a patient was given of one product, and all events of the patient.

    Attributes:
        givings: In any order, of every session, not only of those of the case.
        zone: Of the clocks that times without an offset were read from.
    """

    givings: tuple[Administration, ...] = ()
    events: tuple[Event, ...] = ()
    zone: dt.tzinfo | None = field(default=None)


def answered(stated: Challenge | NullFlavor | None, derived: Derived) -> Answered:
    """Return the answer as it stands: what was stated wins, and it is said where records differ."""
    differs = stated is not None and derived.answer not in (None, stated)
    return Answered(stated, derived, stated is not None, differs)


# --- dechallenge

_NO_ONSET = Ground(N_("The onset is not known."))
_NO_DOSE = Ground(N_("No dose with a known time lies before the onset."))
_NO_END = Ground(N_("When the event was over is not known."))
_DOSE_OVER = Ground(N_("The dose was over before the onset: there was nothing to stop."))
_WENT_ON = Ground(N_("The product was neither stopped nor reduced."))
_BEFORE_STOP = Ground(N_("The event was over before the product was stopped."))
_END_UNCLEAR = Ground(N_("Whether the event was over before or after that is not known."))


def dechallenge(event: Event, course: Course) -> Derived:
    """Return whether the event abated after the product was stopped or reduced."""
    onset = event.onset
    if not isinstance(onset, PartialDate):
        return Derived(None, (_NO_ONSET,))
    given = _given_by(course, onset)
    if not given:
        return Derived(None, (_NO_DOSE,))
    stop = _stop(event, given, onset, course)
    if stop is not None:
        return _after(stop, event, course)
    if event.action_taken is ActionTaken.UNCHANGED:
        return Derived(Challenge.NOT_APPLICABLE, (_WENT_ON,))
    return _without_a_stop(given, onset, course)


def _given_by(course: Course, onset: PartialDate) -> list[Administration]:
    return [
        g
        for g in course.givings
        if g.is_suspect
        and isinstance(g.started, PartialDate)
        and not surely_after(g.started, onset, course.zone)
    ]


def _stop(
    event: Event, given: Sequence[Administration], onset: PartialDate, course: Course
) -> Ground | None:
    """Return the first thing done at or after the onset that stopped or lessened the product."""
    found: list[Ground] = []
    for giving in given:
        found += _stops_of(giving)
    later = [g for g in found if g.at is not None and not surely_after(onset, g.at, course.zone)]
    if later:
        return min(later, key=_time_of)
    if event.action_taken is ActionTaken.WITHDRAWN:
        return Ground(N_("The product was stopped, as the action taken says."))
    if event.action_taken is ActionTaken.REDUCED:
        return Ground(N_("The dose was reduced, as the action taken says."))
    return None


def _time_of(ground: Ground) -> str:
    return ground.at.sort_key() if ground.at is not None else ""


def _stops_of(giving: Administration) -> list[Ground]:
    found = []
    cut_short = (
        isinstance(giving.dose, Decimal)
        and giving.planned is not None
        and giving.dose < giving.planned
    )
    if cut_short and isinstance(giving.ended, PartialDate):
        found.append(Ground(N_("The dose was ended early, {at}."), giving.ended))
    if isinstance(giving.reduced_on, PartialDate):
        found.append(Ground(N_("The dose was reduced, {at}."), giving.reduced_on))
    rate = giving.rate
    for change in giving.changes:
        if _lessens(change, rate) and change.at is not None:
            paused = change.change is InfusionChange.PAUSE
            words = N_("The infusion was paused, {at}.")
            found.append(Ground(words if paused else N_("The rate was lowered, {at}."), change.at))
        rate = rate if change.rate is None else change.rate
    return found


def _lessens(change: DoseChange, rate: Decimal | None) -> bool:
    if change.change is InfusionChange.PAUSE:
        return True
    lower = rate is not None and change.rate is not None and change.rate < rate
    return change.change is InfusionChange.RATE and lower


def _after(stop: Ground, event: Event, course: Course) -> Derived:
    """Return the answer to D7 where the product was stopped or reduced."""
    if event.outcome is Outcome.NOT_RECOVERED:
        return Derived(Challenge.NO, (stop, Ground(N_("The outcome is: not recovered."))))
    if not isinstance(event.ended, PartialDate):
        return Derived(None, (stop, _NO_END))
    over = Ground(N_("The event was over, {at}."), event.ended)
    if stop.at is None:
        return Derived(None, (stop, over, _END_UNCLEAR))
    if surely_after(event.ended, stop.at, course.zone):
        return Derived(Challenge.YES, (stop, over))
    if surely_after(stop.at, event.ended, course.zone):
        return Derived(Challenge.NOT_APPLICABLE, (stop, over, _BEFORE_STOP))
    return Derived(None, (stop, over, _END_UNCLEAR))


def _without_a_stop(given: Sequence[Administration], onset: PartialDate, course: Course) -> Derived:
    ends = [g.ended if g.ended is not None else _point(g) for g in given]
    known = [end for end in ends if isinstance(end, PartialDate)]
    past = [end for end in known if surely_after(onset, end, course.zone)]
    if len(past) == len(ends):
        last = max(past, key=PartialDate.sort_key)
        return Derived(
            Challenge.NOT_APPLICABLE, (Ground(N_("The last dose ended, {at}."), last), _DOSE_OVER)
        )
    return Derived(None, (Ground(N_("Whether the product was stopped is not known.")),))


def _point(giving: Administration) -> PartialDate | NullFlavor | None:
    # What has neither a rate nor a time it lasts is over once it is given.
    lasts = giving.rate is not None or giving.over_minutes is not None or giving.ongoing is True
    return None if lasts else giving.started


# --- rechallenge


def rechallenge(event: Event, course: Course) -> Derived:
    """Return whether the event came back when the product was given again."""
    onset = event.onset
    if not isinstance(onset, PartialDate):
        return Derived(None, (_NO_ONSET,))
    later = _given_after(course, onset)
    if any(not isinstance(g.started, PartialDate) for g in course.givings if g.is_suspect):
        return Derived(None, (Ground(N_("When some of the doses were given is not known.")),))
    if not later:
        words = N_("No dose after the onset is on record.")
        return Derived(Challenge.NOT_APPLICABLE, (Ground(words),))
    if not isinstance(event.ended, PartialDate):
        return Derived(None, (_again(later[0]), _NO_END))
    again = [at for at in later if surely_after(at, event.ended, course.zone)]
    if not again:
        return Derived(None, (_again(later[0]), _END_UNCLEAR))
    return _given_again(event, course, again[0])


def _given_after(course: Course, onset: PartialDate) -> list[PartialDate]:
    starts = [g.started for g in course.givings if g.is_suspect]
    known = [s for s in starts if isinstance(s, PartialDate)]
    return sorted(
        (s for s in known if surely_after(s, onset, course.zone)), key=PartialDate.sort_key
    )


def _again(at: PartialDate) -> Ground:
    return Ground(N_("The product was given again, {at}."), at)


_CAME_BACK = N_("The event came back, {at}.")
_CAME_ALIKE = N_("An event of the same term in other words came, {at}.")


def _given_again(event: Event, course: Course, again: PartialDate) -> Derived:
    same = _same_as(event)
    back = [
        (other.onset, other)
        for other in course.events
        if other.stands
        and other.id != event.id
        and same(other)
        and isinstance(other.onset, PartialDate)
        and not surely_after(again, other.onset, course.zone)
    ]
    if back:
        came, other = min(back, key=lambda found: found[0].sort_key())
        alike = folded(other.verbatim or "") == folded(event.verbatim or "")
        ground = Ground(_CAME_BACK if alike else _CAME_ALIKE, came)
        return Derived(Challenge.YES, (_again(again), ground))
    words = N_("No such event is on record after that.")
    return Derived(Challenge.NO, (_again(again), Ground(words)))


def _same_as(event: Event) -> Callable[[Event], bool]:
    term, words = term_of(event.verbatim), folded(event.verbatim or "")

    def same(other: Event) -> bool:
        if term is not None and term_of(other.verbatim) is term:
            return True
        return bool(words) and folded(other.verbatim or "") == words

    return same

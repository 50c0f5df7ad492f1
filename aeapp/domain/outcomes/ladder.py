"""Who is counted: from everybody treated down to those with a score before and after.

No rate is shown without this ladder. Each step names how many it lost and whether the loss is by
design (the definition leaves them out) or by absence (a score that should be there is not): only
the latter make the range of best and worst case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Measured:
    """One filled scale of a person.

    Attributes:
        on: The day it was answered.
        total: The total; None where too many items are missing for the scale's rule.
        ideation: The points of the item on suicidal thoughts; None where the scale has none or it
            was not answered.
        after_dose: It says that it was answered in or after a session, so that on the day of a
            dose it is no start.
    """

    on: date
    total: Decimal | None
    ideation: int | None = None
    after_dose: bool = False


@dataclass(frozen=True, slots=True)
class Treated:
    """A person, the days of the doses on record, and the scale in question, both oldest first.

    Attributes:
        doses: Days of every dose, so that a score under another treatment is never a start.
        chosen: Those of the doses that are looked at; None for all.
    """

    patient_id: str
    doses: tuple[date, ...]
    measured: tuple[Measured, ...]
    chosen: tuple[date, ...] | None = None

    @property
    def looked_at(self) -> tuple[date, ...]:
        """Return the days of the doses that are looked at."""
        return self.doses if self.chosen is None else self.chosen


@dataclass(frozen=True, slots=True)
class Design:
    """Who is looked at, when: the definition, printed with the ladder.

    Attributes:
        first: First day of the period; a course counts in the period in which it began.
        last: Last day of the period.
        threshold: The total from which on a person counts as having the condition.
        baseline_days: How many days before the first dose a score still tells the start.
        window_from: The day after the first dose from which on a score tells the outcome.
        window_to: The last such day; of several scores the last in the window counts.
        gap_days: After so many days without a dose the next one begins a new course.
    """

    first: date
    last: date
    threshold: Decimal
    baseline_days: int = 30
    window_from: int = 14
    window_to: int = 31
    gap_days: int = 90


class Loss(StrEnum):
    """Why a step is smaller than the one before."""

    EARLIER_COURSE = "earlier course"
    OTHER_COURSE = "other course"
    WINDOW_OPEN = "window open"
    NO_BASELINE = "no baseline"
    BELOW_THRESHOLD = "below threshold"
    NO_FOLLOW_UP = "no follow-up"
    NO_TOTAL = "no total"


# What keeps somebody from being eligible at all, whatever the scores are.
NOT_ELIGIBLE = frozenset({Loss.EARLIER_COURSE, Loss.OTHER_COURSE, Loss.WINDOW_OPEN})


class Step(StrEnum):
    """The steps of the ladder, from the top."""

    TREATED = "treated"
    ELIGIBLE = "eligible"
    BASELINE = "baseline"
    THRESHOLD = "threshold"
    FOLLOWED = "follow-up"
    COUNTED = "counted"

    @property
    def words(self) -> str:
        """Return the step in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]


_WORDS = {
    Step.TREATED: N_("Treated in the period"),
    Step.ELIGIBLE: N_("Course begun in the period, window closed"),
    Step.BASELINE: N_("Score before the first dose"),
    Step.THRESHOLD: N_("At or above the threshold then"),
    Step.FOLLOWED: N_("Score in the window"),
    Step.COUNTED: N_("Counted"),
}

_ORDER = {step: number for number, step in enumerate(Step)}
# How far a person comes who is lost for this reason.
_LAST_STEP = {
    Loss.EARLIER_COURSE: Step.TREATED,
    Loss.OTHER_COURSE: Step.TREATED,
    Loss.WINDOW_OPEN: Step.TREATED,
    Loss.NO_BASELINE: Step.ELIGIBLE,
    Loss.BELOW_THRESHOLD: Step.BASELINE,
    Loss.NO_FOLLOW_UP: Step.THRESHOLD,
    Loss.NO_TOTAL: Step.FOLLOWED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands on the ladder.

    Attributes:
        patient_id: Who.
        before: The score that tells the start, where there is one.
        after: The score that tells the outcome, where there is one.
        lost: Why the person is not counted; None for those who are.
    """

    patient_id: str
    before: Measured | None
    after: Measured | None
    lost: Loss | None

    @property
    def step(self) -> Step:
        """Return the last step the person reaches."""
        return _LAST_STEP[self.lost] if self.lost else Step.COUNTED


@dataclass(frozen=True, slots=True)
class Pair:
    """A person who is counted: the total before and the one after."""

    patient_id: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everybody treated in the period, each with a place."""

    places: tuple[Place, ...]

    def at(self, step: Step) -> int:
        """Return how many reach ``step``."""
        least = _ORDER[step]
        return sum(_ORDER[place.step] >= least for place in self.places)

    def lost(self, reason: Loss) -> int:
        """Return how many are lost for ``reason``."""
        return sum(place.lost is reason for place in self.places)

    @property
    def counted(self) -> tuple[Pair, ...]:
        """Return those with both totals."""
        return tuple(
            Pair(place.patient_id, before, after)
            for place in self.places
            if place.lost is None
            and (before := _total(place.before)) is not None
            and (after := _total(place.after)) is not None
        )

    @property
    def missing(self) -> int:
        """Return how many at or above the threshold have no outcome on record."""
        return self.lost(Loss.NO_FOLLOW_UP) + self.lost(Loss.NO_TOTAL)


def climb(people: Iterable[Treated], design: Design, today: date) -> Ladder:
    """Return the ladder of those of ``people`` who had a chosen dose in the period."""
    return Ladder(
        tuple(
            _place(person, design, today)
            for person in people
            if any(design.first <= dose <= design.last for dose in person.looked_at)
        )
    )


def courses(doses: Iterable[date], gap_days: int) -> list[date]:
    """Return the day on which each course begins, for doses oldest first."""
    begun: list[date] = []
    before: date | None = None
    for dose in doses:
        if before is None or (dose - before).days > gap_days:
            begun.append(dose)
        before = dose
    return begun


def _total(score: Measured | None) -> Decimal | None:
    return score.total if score else None


def _place(person: Treated, design: Design, today: date) -> Place:
    begun = courses(person.doses, design.gap_days)
    within = [day for day in begun if design.first <= day <= design.last]
    began = next((day for day in within if day in person.looked_at), None)
    if began is None:
        lost = Loss.OTHER_COURSE if within else Loss.EARLIER_COURSE
        return Place(person.patient_id, None, None, lost)
    before, after = _before(person, began, design), _after(person, began, design)
    return Place(person.patient_id, before, after, _lost(began, before, after, design, today))


def _before(person: Treated, began: date, design: Design) -> Measured | None:
    oldest = began - timedelta(days=design.baseline_days)
    return _last([s for s in person.measured if s.on < began or not s.after_dose], oldest, began)


def _after(person: Treated, began: date, design: Design) -> Measured | None:
    first, last = (began + timedelta(days=days) for days in (design.window_from, design.window_to))
    return _last(person.measured, first, last)


def _last(measured: Iterable[Measured], first: date, last: date) -> Measured | None:
    """Return the last score from ``first`` to ``last``, one with a total before one without."""
    within = [score for score in measured if first <= score.on <= last]
    whole = [score for score in within if score.total is not None]
    return next(reversed(whole or within), None)


def _lost(
    began: date, before: Measured | None, after: Measured | None, design: Design, today: date
) -> Loss | None:
    if began + timedelta(days=design.window_to) >= today:
        return Loss.WINDOW_OPEN
    start = _total(before)
    if start is None:
        return Loss.NO_BASELINE
    if start < design.threshold:
        return Loss.BELOW_THRESHOLD
    if after is None:
        return Loss.NO_FOLLOW_UP
    return Loss.NO_TOTAL if after.total is None else None

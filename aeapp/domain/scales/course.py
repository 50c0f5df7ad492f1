"""The course of one patient on one scale: baseline, change, response, and what a rise says.

A result is a fact of numbers against a published rule; it names no diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.records.scale import Scale
from aeapp.domain.records.score import Score
from aeapp.domain.values import PartialDate

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A total against the baseline.

    Attributes:
        points: Total minus baseline; a fall is negative.
        percent: Fall in percent of the baseline total; None where that is zero.
        response, remission: By the rule of the scale; None where it has none.
        reliable_fall, reliable_rise: More than chance, by the published figure; None without one.
        notable_rise: A rise that is to be pointed out.
    """

    points: Decimal
    percent: Decimal | None
    response: bool | None
    partial: bool | None
    remission: bool | None
    reliable_fall: bool | None
    reliable_rise: bool | None
    notable_rise: bool


def standing(scores: Iterable[Score], code: str) -> tuple[Score, ...]:
    """Return the scores of a scale that count and have a total, in the order of time."""
    found = [s for s in scores if s.scale == code and s.stands and s.total is not None]
    return tuple(sorted(found, key=order_of))


def order_of(score: Score) -> tuple[str, str]:
    """Return what sorts scores by time; those without a time stand first, by their entry."""
    return (score.at.sort_key() if isinstance(score.at, PartialDate) else "", score.id)


def baseline_of(scores: Iterable[Score], first_dose: PartialDate | None) -> Score | None:
    """Return the last score that was surely not after the first dose.

    Of the same day it counts, unless it says it was taken after the dose. Without such a score
    there is no baseline: a score under treatment is never one.

    Args:
        scores: Of one scale, as ``standing`` returns them.
        first_dose: None while the patient had none; then the last score is the baseline.
    """
    known = [s for s in scores if isinstance(s.at, PartialDate)]
    if first_dose is None:
        return known[-1] if known else None
    before = [s for s in known if _is_before(s, first_dose)]
    return before[-1] if before else None


# What a score says that was answered in a session or after it: it is never a baseline.
AFTER_DOSE = frozenset({"during", "leaving", "later"})


def _is_before(score: Score, first: PartialDate) -> bool:
    at = score.at
    assert isinstance(at, PartialDate)  # noqa: S101 - the caller chose those
    if at.surely_before(first):
        return True
    same_day = at.is_full_day and at.date_part() == first.date_part()
    untold = not (at.has_time and first.has_time) or score.phase == "before"
    return same_day and untold and score.phase not in AFTER_DOSE


def change_of(scale: Scale, baseline: Score, score: Score) -> Change | None:
    """Return ``score`` against ``baseline``; None where one of them has no total."""
    if baseline.total is None or score.total is None:
        return None
    if baseline.edition != score.edition:
        # Totals of two editions are not of one measure.
        return None
    return change_between(scale, baseline.total, score.total)


def change_between(scale: Scale, before: Decimal, after: Decimal) -> Change:
    """Return the total ``after`` against the total ``before``, by the rules of the scale."""
    points, percent = after - before, _fall(before, after)
    return Change(
        points=points,
        percent=percent,
        response=_reached(percent, scale.response_percent),
        partial=_reached(percent, scale.partial_percent),
        remission=None if scale.remission_below is None else after < scale.remission_below,
        reliable_fall=_reliable_fall(scale, points, after),
        reliable_rise=None if scale.reliable_change is None else points >= scale.reliable_change,
        notable_rise=scale.notable_rise is not None and points >= scale.notable_rise,
    )


def _fall(baseline: Decimal, total: Decimal) -> Decimal | None:
    """Return the fall in percent of the baseline total, as the published rules count it."""
    return None if baseline <= 0 else (baseline - total) * _PERCENT / baseline


def _reached(percent: Decimal | None, least: Decimal | None) -> bool | None:
    if least is None:
        return None
    return percent is not None and percent >= least


def _reliable_fall(scale: Scale, points: Decimal, total: Decimal) -> bool | None:
    if scale.reliable_change is None:
        return None
    ends = scale.reliable_end_below is None or total < scale.reliable_end_below
    return -points >= scale.reliable_change and ends

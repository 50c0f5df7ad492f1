"""Which figures a copy that leaves the clinic holds back, so that none of them can be worked out.

A group of one to four people is not told. Where the sum of several groups is told, one group that
is held back is the sum less the others: a second one is held back then, the smallest of the rest,
and more until each of them could be any of several numbers.

Source:
    Hundepool A et al., Handbook on Statistical Disclosure Control, 4.2 (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from aeapp.domain.outcomes.change import Figure, Kind
from aeapp.domain.outcomes.figures import SMALLEST_SHOWN, Proportion
from aeapp.domain.outcomes.harm import TermRow
from aeapp.domain.outcomes.ideation import Ideation
from aeapp.domain.outcomes.ladder import Ladder, Step

# Everybody counted is one of these, and once.
_ONCE = (Kind.RELIABLE, Kind.NO_CHANGE, Kind.DETERIORATION)


def is_small(count: int) -> bool:
    """Tell whether these are people, and so few that they are not told."""
    return 0 < count < SMALLEST_SHOWN


def has_small(found: Proportion) -> bool:
    """Tell whether these people or the rest of them are so few."""
    return is_small(found.numerator) or is_small(found.denominator - found.numerator)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What is held back of several groups.

    Attributes:
        parts: Their places.
        with_sum: Whether the sum is held back, too: all groups together do not hide one of them.
    """

    parts: frozenset[int]
    with_sum: bool = False


def held_back(counts: Sequence[int], small: Collection[int]) -> HeldBack:
    """Return what to hold back of groups whose sum is told.

    Args:
        counts: How many each is.
        small: The places of those that are held back for their own sake.
    """
    hidden = set(small)
    rest = sorted(set(range(len(counts))) - hidden, key=lambda place: (counts[place], place))
    for place in rest:
        if _cannot_be_told_apart([counts[n] for n in hidden]):
            return HeldBack(frozenset(hidden))
        hidden.add(place)
    return HeldBack(frozenset(hidden), not _cannot_be_told_apart([counts[n] for n in hidden]))


def _cannot_be_told_apart(hidden: Sequence[int]) -> bool:
    """Tell whether each could be one and could be a group that is told, by their sum.

    Each is one at least; what the sum has beyond that may belong to any of them.
    """
    if not hidden:
        return True
    return len(hidden) > 1 and sum(hidden) - len(hidden) >= SMALLEST_SHOWN - 1


def told_steps(ladder: Ladder) -> frozenset[Step]:
    """Return the steps of the ladder that a copy for outside tells.

    The ends stand beside the rates and the exposure; beside them, and beside the step below, a
    count between them tells who was lost.
    """
    treated, below, told = ladder.at(Step.TREATED), 0, set()
    for step in reversed(Step):
        count = ladder.at(step)
        if not any(map(is_small, (count, treated - count, count - below))):
            told.add(step)
            below = count
    return frozenset(told)


def held_terms(rows: Sequence[TermRow]) -> HeldBack:
    """Return which terms are held back; the sum is that of all events."""
    small = [n for n, row in enumerate(rows) if has_small(row.patients)]
    return held_back([row.events for row in rows], small)


def held_figures(figures: Sequence[Figure]) -> frozenset[Kind]:
    """Return which rates of change are held back; some of them are everybody once."""
    small = {figure.kind for figure in figures if has_small(figure.counted)}
    once = [figure for figure in figures if figure.kind in _ONCE]
    if len(once) < len(_ONCE):
        return frozenset(small)
    places = [n for n, figure in enumerate(once) if figure.kind in small]
    held = held_back([figure.counted.numerator for figure in once], places)
    return frozenset(small | {once[n].kind for n in held.parts})


def held_changes(found: Ideation) -> frozenset[str]:
    """Return which of ``decrease`` and ``increase`` of suicidal thoughts is held back.

    They and those who stayed the same are all who had thoughts.
    """
    names = ("decrease", "same", "increase")
    counts = (found.any_decrease.numerator, len(found.same), found.increase.numerator)
    small = [n for n, count in enumerate(counts) if is_small(count) or is_small(found.had - count)]
    return frozenset(names[n] for n in held_back(counts, small).parts) - {"same"}


def held_unanswered(found: Ideation) -> frozenset[str]:
    """Return which groups without an answer are held back: ``lost``, ``without``, ``not asked``."""
    names = ("lost", "without", "not asked")
    counts = [len(found.lost), len(found.lost_without), len(found.not_asked)]
    small = [n for n, count in enumerate(counts) if is_small(count)]
    return frozenset(names[n] for n in held_back(counts, small).parts)

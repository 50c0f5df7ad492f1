"""Suicidal thoughts before and after: those who had them, and those in whom they are new.

People are taken whatever their total was: thoughts can be new in someone with a low score. It is
the answer to one item, not a finding about risk.
"""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.ladder import NOT_ELIGIBLE, Ladder, Place


@dataclass(frozen=True, slots=True)
class Ideation:
    """The people behind each group; every person stands in exactly one.

    Attributes:
        gone: Had thoughts before, none after.
        less: Fewer points after, but not none.
        same: As many points after.
        worse: More points after.
        lost: Had thoughts before; no answer after.
        new: None before, thoughts after.
        still_none: None before, none after.
        lost_without: None before; no answer after.
        not_asked: The baseline has no answer to the item.
    """

    gone: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    still_none: tuple[str, ...] = ()
    lost_without: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    @property
    def had(self) -> int:
        """Return how many had thoughts before and an answer after."""
        return sum(map(len, (self.gone, self.less, self.same, self.worse)))

    @property
    def had_none(self) -> int:
        """Return how many had none before and an answer after."""
        return len(self.new) + len(self.still_none)

    @property
    def any_decrease(self) -> Proportion:
        """Return those with fewer points, among those who had thoughts."""
        return Proportion(len(self.gone) + len(self.less), self.had)

    @property
    def increase(self) -> Proportion:
        """Return those with more points, among those who had thoughts."""
        return Proportion(len(self.worse), self.had)

    @property
    def newly(self) -> Proportion:
        """Return those with thoughts now, among those who had none."""
        return Proportion(len(self.new), self.had_none)


def ideation_of(ladder: Ladder) -> Ideation:
    """Return the groups among the eligible people of ``ladder``, whatever their total was."""
    eligible = [place for place in ladder.places if place.lost not in NOT_ELIGIBLE]
    groups: dict[str, list[str]] = {name: [] for name in Ideation.__dataclass_fields__}
    for place in eligible:
        groups[_group(place)].append(place.patient_id)
    return Ideation(**{name: tuple(people) for name, people in groups.items()})


def _group(place: Place) -> str:
    before = place.before.ideation if place.before else None
    after = place.after.ideation if place.after else None
    if before is None:
        return "not_asked"
    if after is None:
        return "lost" if before else "lost_without"
    if not before:
        return "new" if after else "still_none"
    if not after:
        return "gone"
    return "same" if after == before else "less" if after < before else "worse"

"""Response, remission, improvement, deterioration: what a score before and one after make.

Every figure carries its definition as a sentence, its share with interval, and the range it could
take if the people without an outcome had all gone one way. The rules of a scale are data with a
source; where none is published for a figure, the figure is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from aeapp.domain.outcomes.figures import MissingRange, Proportion, range_if_missing
from aeapp.domain.outcomes.ladder import Ladder, Step
from aeapp.domain.records.scale import Scale
from aeapp.domain.scales.course import Change, change_between
from aeapp.kernel.i18n import N_, _


class Kind(StrEnum):
    """The figures of the page, in its order."""

    RESPONSE = "response"
    REMISSION = "remission"
    RELIABLE = "reliable improvement"
    ANY = "any improvement"
    NO_CHANGE = "no change"
    DETERIORATION = "deterioration"

    @property
    def words(self) -> str:
        """Return the figure in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]

    @property
    def is_harm(self) -> bool:
        """Tell whether the figure stands under the rule that parts benefit from harm."""
        return self is Kind.DETERIORATION


_WORDS = {
    Kind.RESPONSE: N_("Response"),
    Kind.REMISSION: N_("Remission"),
    Kind.RELIABLE: N_("Reliable improvement"),
    Kind.ANY: N_("Any improvement"),
    Kind.NO_CHANGE: N_("No change"),
    Kind.DETERIORATION: N_("Deterioration"),
}

_Test = Callable[[Change], bool | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the page.

    Attributes:
        kind: Which.
        definition: What it means, in a sentence.
        counted: Among those counted.
        range: With those at or above the threshold who have no outcome on record.
        of_treated: Among all who were treated: what is left when everybody else counts as not.
        patient_ids: Those of whom it is true.
    """

    kind: Kind
    definition: str
    counted: Proportion
    range: MissingRange
    of_treated: Proportion
    patient_ids: tuple[str, ...]


def figures_of(ladder: Ladder, scale: Scale) -> tuple[Figure, ...]:
    """Return the figures that the rules of ``scale`` define, for the people counted."""
    changes = [
        (pair.patient_id, change_between(scale, pair.before, pair.after)) for pair in ladder.counted
    ]
    return tuple(
        _figure(changes, ladder, kind, definition, holds)
        for kind, definition, holds in _defined(scale)
    )


def _figure(
    changes: Sequence[tuple[str, Change]],
    ladder: Ladder,
    kind: Kind,
    definition: str,
    holds: _Test,
) -> Figure:
    true_of = tuple(patient_id for patient_id, change in changes if holds(change))
    counted = Proportion(len(true_of), len(changes))
    return Figure(
        kind,
        definition,
        counted,
        range_if_missing(counted, ladder.missing),
        Proportion(len(true_of), ladder.at(Step.TREATED)),
        true_of,
    )


def _defined(scale: Scale) -> Iterator[tuple[Kind, str, _Test]]:
    name = scale.name or ""
    if scale.response_percent is not None:
        sentence = _("{scale} total down by {percent} % of the baseline or more")
        yield (
            Kind.RESPONSE,
            sentence.format(scale=name, percent=scale.response_percent),
            lambda change: change.response,
        )
    if scale.remission_below is not None:
        sentence = _("{scale} total under {total}")
        yield (
            Kind.REMISSION,
            sentence.format(scale=name, total=scale.remission_below),
            lambda change: change.remission,
        )
    yield from _improved(scale, name)
    worse = scale.reliable_change or Decimal(1)
    yield (
        Kind.DETERIORATION,
        _("{scale} total up by {points} or more").format(scale=name, points=worse),
        lambda change: change.points >= worse,
    )


def _improved(scale: Scale, name: str) -> Iterator[tuple[Kind, str, _Test]]:
    down = _("{scale} total down by {points} or more")
    reliable, end = scale.reliable_change, scale.reliable_end_below
    if reliable is not None:
        sentence = down if end is None else _("{scale} total down by {points} or more, under {end}")
        yield (
            Kind.RELIABLE,
            sentence.format(scale=name, points=reliable, end=end),
            lambda change: change.reliable_fall,
        )
    yield Kind.ANY, down.format(scale=name, points=1), lambda change: change.points < 0
    if reliable is not None:
        sentence = _("{scale} total neither reliably better nor up by {points} or more")
        yield (
            Kind.NO_CHANGE,
            sentence.format(scale=name, points=reliable),
            lambda change: not change.reliable_fall and not change.reliable_rise,
        )

"""A total that a file states beside the answers: whether the answers make it.

The total that is stored is the one the answers make; what the file states is held against it, so
that a slip in either is found. Where answers are missing it cannot be, and is not taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from aeapp.domain.codelists.scales import Scoring, TotalBasis
from aeapp.domain.records.scale import Scale
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.scales.scoring import span_of, total_of


class Agreement(Enum):
    """What became of a stated total."""

    AGREES = "agrees"
    # The answers make another total, or could never make this one.
    DIFFERS = "differs"
    # Answers are missing, so that it is not known whether it is right, and it is not stored.
    NOT_TAKEN = "not taken"


def agreement(scale: Scale, items: Sequence[ScoreItem], stated: Decimal) -> Agreement:
    """Tell whether ``items`` make the total that is stated."""
    total = total_of(scale, items)
    if total.basis is TotalBasis.UNSCORED:
        return Agreement.NOT_TAKEN
    if total.basis is TotalBasis.ITEMS:
        return Agreement.AGREES if stated == total.value else Agreement.DIFFERS
    if total.value is not None and stated in _written(total.value):
        return Agreement.AGREES
    return Agreement.NOT_TAKEN if _may_be(scale, items, stated) else Agreement.DIFFERS


def _written(filled: Decimal) -> set[Decimal]:
    """Return a total with filled items as it is written: exact, with a decimal, or whole."""
    return {filled.quantize(Decimal(step), ROUND_HALF_UP) for step in ("0.01", "0.1", "1")}


def _may_be(scale: Scale, items: Sequence[ScoreItem], stated: Decimal) -> bool:
    """Tell whether the answers there are and any for the others could make it."""
    low, high = span_of(scale)
    if scale.scoring is Scoring.SUM:
        given = {item.number: item.points for item in items}
        for item in scale.items:
            points = given.get(item.number)
            if item.counted and type(points) is int:
                low += points - (item.lowest or 0)
                high -= (item.highest or 0) - points
    return low <= stated <= high

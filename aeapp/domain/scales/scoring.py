"""The total of a filled scale by the rule of its edition, exact, or why there is none.

Nothing is made up: an item without an answer is filled only where the publication says so, and
never where the item is one that asks for safety. No part is ever shown as the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from aeapp.domain.codelists.scales import MissingRule, Scoring, TotalBasis
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.scale import Scale, ScaleBand, ScaleItem
from aeapp.domain.records.score import Score, ScoreItem
from aeapp.kernel.i18n import N_, _

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Total:
    """A total, where it comes from, and what is missing.

    Attributes:
        value: None where there is none; to two decimals where missing items were filled.
        missing: Numbers of the counted items without points.
    """

    value: Decimal | None
    basis: TotalBasis
    missing: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what to say beside the total; empty where every item was answered."""
        if self.basis is TotalBasis.ITEMS:
            return ""
        return _(_SENTENCES[self.basis]).format(items=", ".join(str(n) for n in self.missing))


_SENTENCES = {
    TotalBasis.MEAN: N_("Item {items} not answered: filled with the mean of the others."),
    TotalBasis.MISSING: N_("No total: item {items} not answered."),
    TotalBasis.STATED: N_("Only the total was on the paper."),
    TotalBasis.UNSCORED: N_("This scale has no total."),
}


def problem_of(scale: Scale, items: Iterable[ScoreItem]) -> str:
    """Return the sentence that refuses points the scale does not have; empty for none."""
    ranges = {i.number: i for i in scale.items}
    seen: set[int | None] = set()
    for item in items:
        known = ranges.get(item.number)
        if known is None:
            last = max((i.number or 0 for i in scale.items), default=0)
            return _("{scale} has no item {n}; the last is {last}.").format(
                scale=_(scale.name or ""), n=item.number, last=last
            )
        if item.number in seen:
            return _("Item {n} stands twice.").format(n=item.number)
        seen.add(item.number)
        if type(item.points) is int and not _fits(known, item.points):
            return _("Item {n} has {low} to {high} points, not {points}.").format(
                n=item.number, low=known.lowest, high=known.highest, points=item.points
            )
    return ""


def problem_of_total(scale: Scale, total: Decimal) -> str:
    """Return the sentence that refuses a total no answers can make; empty for none."""
    if scale.scoring is Scoring.NONE:
        return _("{scale} has no total; enter its items.").format(scale=_(scale.name or ""))
    low, high = span_of(scale)
    if low <= total <= high and total == int(total):
        return ""
    return _("{scale} goes from {low} to {high}; {total} is not possible.").format(
        scale=_(scale.name or ""), low=low, high=high, total=total
    )


def span_of(scale: Scale) -> tuple[int, int]:
    """Return the least and the greatest total that answers can make."""
    counted = _counted(scale)
    if scale.scoring is Scoring.LEVEL:
        return 0, max((i.number or 0 for i in counted), default=0)
    if scale.scoring is Scoring.GROUP_HIGHEST:
        groups = _grouped(counted).values()
        return (
            sum(max(i.lowest or 0 for i in g) for g in groups),
            sum(max(i.highest or 0 for i in g) for g in groups),
        )
    return sum(i.lowest or 0 for i in counted), sum(i.highest or 0 for i in counted)


def total_of(scale: Scale, items: Iterable[ScoreItem]) -> Total:
    """Return the total of ``items``; points that the scale does not have count as missing."""
    if scale.scoring is Scoring.NONE or scale.scoring is None:
        return Total(None, TotalBasis.UNSCORED)
    answers = {i.number or 0: i.points for i in items}
    if scale.scoring is Scoring.LEVEL:
        return _level(scale, answers)
    if scale.scoring is Scoring.GROUP_HIGHEST:
        return _of_groups(scale, answers)
    return _sum(scale, answers)


_Answers = Mapping[int, int | NullFlavor | None]


def _sum(scale: Scale, answers: _Answers) -> Total:
    counted = _counted(scale)
    points, missing = _answered(counted, answers)
    if not missing:
        return Total(Decimal(sum(points)), TotalBasis.ITEMS)
    if not may_fill(scale, missing):
        return Total(None, TotalBasis.MISSING, missing)
    # Exact until the last step: thirds and sevenths have no end as a decimal.
    filled = Fraction(sum(points) * len(counted), len(points))
    value = Decimal(filled.numerator) / Decimal(filled.denominator)
    return Total(value.quantize(_CENT, ROUND_HALF_UP), TotalBasis.MEAN, missing)


def may_fill(scale: Scale, missing: Sequence[int]) -> bool:
    """Tell whether the published rule lets these items be filled."""
    if scale.missing_rule is not MissingRule.MEAN or len(missing) > (scale.missing_most or 0):
        return False
    never = {i.number for i in scale.items if i.never_filled}
    return len(missing) < len(_counted(scale)) and not never.intersection(missing)


def _of_groups(scale: Scale, answers: _Answers) -> Total:
    """Return the sum of the highest item of each group; one that does not apply is left out."""
    total = 0
    missing: list[int] = []
    for group in _grouped(_counted(scale)).values():
        asked = [i for i in group if answers.get(i.number or 0) is not NullFlavor.NA]
        points, open_ = _answered(asked, answers)
        missing += open_ if points or open_ else [i.number or 0 for i in group]
        total += max(points, default=0)
    if missing:
        return Total(None, TotalBasis.MISSING, tuple(missing))
    return Total(Decimal(total), TotalBasis.ITEMS)


def _level(scale: Scale, answers: _Answers) -> Total:
    """Return the highest item above zero; one that was skipped by the rule does not apply."""
    counted = _counted(scale)
    asked = [i for i in counted if answers.get(i.number or 0) is not NullFlavor.NA]
    _points, missing = _answered(asked, answers)
    if missing or not asked:
        return Total(None, TotalBasis.MISSING, missing or tuple(i.number or 0 for i in counted))
    reached = [i.number or 0 for i in asked if answers[i.number or 0] != 0]
    return Total(Decimal(max(reached, default=0)), TotalBasis.ITEMS)


def _answered(items: Sequence[ScaleItem], answers: _Answers) -> tuple[list[int], tuple[int, ...]]:
    """Return the points there are, and the numbers of the items without."""
    points, missing = [], []
    for item in items:
        found = answers.get(item.number or 0)
        if type(found) is int and _fits(item, found):
            points.append(found)
        else:
            missing.append(item.number or 0)
    return points, tuple(missing)


def _fits(item: ScaleItem, points: int) -> bool:
    return (item.lowest or 0) <= points <= (item.highest or 0)


def _counted(scale: Scale) -> tuple[ScaleItem, ...]:
    return tuple(i for i in scale.items if i.counted)


def _grouped(items: Iterable[ScaleItem]) -> dict[str, list[ScaleItem]]:
    found: dict[str, list[ScaleItem]] = {}
    for item in items:
        # An item of no group is a group of its own.
        found.setdefault(item.group or f"#{item.number}", []).append(item)
    return found


def band_of(scale: Scale, total: Decimal | None) -> ScaleBand | None:
    """Return the band a total is in; a total between two whole numbers is in the lower band."""
    if total is None:
        return None
    reached = [b for b in scale.bands if b.least is not None and b.least <= total]
    return max(reached, key=lambda b: b.least or 0, default=None)


def unasked_of(scale: Scale, score: Score) -> tuple[int, ...]:
    """Return the items that ask for safety and whose answer is not known, also by a mere total."""
    return tuple(
        item.number or 0
        for item in scale.items
        if item.alert_from is not None and type(score.points_of(item.number or 0)) is not int
    )


def shape_of(scale: Scale) -> tuple[object, ...]:
    """Return what decides a total: of two scales with one shape the same answers mean the same."""
    items = ((i.number, i.lowest, i.highest, i.group, bool(i.counted)) for i in scale.items)
    return scale.scoring, scale.missing_rule, scale.missing_most, *items


def item_words(item: ScaleItem) -> str:
    """Return the number of an item and its topic, where it has one."""
    return f"{item.number} {_(item.topic)}" if item.topic else str(item.number)


def scored(scale: Scale, score: Score) -> Score:
    """Return ``score`` with its total by ``scale``; a total without items stays as stated."""
    named = replace(score, scale=scale.code, edition=scale.edition)
    if not score.items and score.total is not None:
        return replace(named, basis=TotalBasis.STATED)
    total = total_of(scale, score.items)
    return replace(named, total=total.value, basis=total.basis)


def alerts_of(scale: Scale, score: Score) -> tuple[str, ...]:
    """Return what of a score asks that somebody is told, each as a sentence with its threshold.

    A filled or unanswered item asks for nothing; that it is unanswered is said beside the total.
    """
    found = [
        _("{scale} item {item}: {points} (asks from {least})").format(
            scale=_(scale.name or ""),
            item=item_words(item),
            points=points,
            least=item.alert_from,
        )
        for item in scale.items
        if item.alert_from is not None
        and type(points := score.points_of(item.number or 0)) is int
        and points >= item.alert_from
    ]
    least = scale.alert_total
    if least is not None and score.total is not None and score.total >= least:
        found.append(
            _("{scale} total {total} (asks from {least})").format(
                scale=_(scale.name or ""), total=score.total, least=least
            )
        )
    return tuple(found)

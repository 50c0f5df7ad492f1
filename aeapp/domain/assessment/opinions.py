"""What all opinions on an event say together, as far as a reporting clock may go by it.

A clock that should run and does not is worse than one that runs too long: one person who holds the
event for unlisted or suspected is enough, and a No counts only where every suspect product has one.

Source:
    21 CFR 312.32(a) (reasonable possibility; unexpected) and 310.305(b).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from aeapp.domain.codelists.assessment import Causality, Expectedness
from aeapp.domain.records import Assessment

_POSSIBLE = frozenset({Causality.CERTAIN, Causality.PROBABLE, Causality.POSSIBLE})


def is_listed(opinions: Iterable[Assessment], suspects: Collection[str]) -> bool | None:
    """Tell whether the event is listed for every suspect product; None while that is open.

    Without a label everything is unexpected.
    """
    told = {(o.product_id, o.expectedness) for o in opinions if o.expectedness is not None}
    if any(answer is not Expectedness.LISTED for _product, answer in told):
        return False
    return True if _covers({product for product, _answer in told}, suspects) else None


def is_suspected(opinions: Iterable[Assessment], suspects: Collection[str]) -> bool | None:
    """Tell whether somebody holds a causal link for possible; None while that is open."""
    told = {(o.product_id, o.category) for o in opinions if o.category is not None}
    if any(category in _POSSIBLE for _product, category in told):
        return True
    if any(category is not Causality.UNLIKELY for _product, category in told):
        return None
    return False if _covers({product for product, _category in told}, suspects) else None


def _covers(judged: Collection[str], suspects: Collection[str]) -> bool:
    return bool(suspects) and set(suspects) <= set(judged)


__all__ = ["is_listed", "is_suspected"]

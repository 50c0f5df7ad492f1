"""What declarations of scales are made of: items by their topics, thresholds, bands, groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from aeapp.domain.records.scale import ScaleBand, ScaleGroup, ScaleItem

# Stands as the source of every figure for which we found none.
DEFAULT = "clinic convention, no published source known"
FIRST = "1"
HALF = Decimal(50)


def items(
    topics: Sequence[str | None], lowest: int, highest: int, groups: str = ""
) -> tuple[ScaleItem, ...]:
    """Return items numbered from 1; ``groups`` names the group of each by a letter."""
    return tuple(
        ScaleItem(
            number=n,
            topic=topic,
            lowest=lowest,
            highest=highest,
            group=groups[n - 1] if groups else None,
            counted=True,
        )
        for n, topic in enumerate(topics, start=1)
    )


def alert(
    some: Iterable[ScaleItem], numbers: Iterable[int], least: int = 1
) -> tuple[ScaleItem, ...]:
    """Return items with the threshold at ``numbers``; no rule ever fills such an answer."""
    marked = frozenset(numbers)
    return tuple(
        replace(i, alert_from=least, never_filled=True) if i.number in marked else i for i in some
    )


def uncounted(some: Iterable[ScaleItem], numbers: Iterable[int]) -> tuple[ScaleItem, ...]:
    """Return items of which those at ``numbers`` go into no total."""
    aside = frozenset(numbers)
    return tuple(replace(i, counted=False) if i.number in aside else i for i in some)


def bands(*pairs: tuple[int, str]) -> tuple[ScaleBand, ...]:
    """Return the bands of (least total, name)."""
    return tuple(ScaleBand(least=least, name=name) for least, name in pairs)


def groups(**names: str) -> tuple[ScaleGroup, ...]:
    """Return the groups by their codes."""
    return tuple(ScaleGroup(code=code, name=name) for code, name in names.items())

"""Journeys as they were walked: they travel with a test's report, whichever process ran it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

# The name under which a report carries a walk: the only way from a worker to the one who prints.
PROPERTY = "walked"


@dataclass(frozen=True, slots=True)
class Bar:
    """What a journey may cost (product.md, section 5)."""

    keys: int
    clicks: int = 0


@dataclass(frozen=True, slots=True)
class Walked:
    """One journey as it was walked."""

    journey: str
    what: str
    keys: int
    clicks: int
    bar: Bar

    @property
    def within(self) -> bool:
        """Tell whether it kept to its bar."""
        return self.keys <= self.bar.keys and self.clicks <= self.bar.clicks

    def as_property(self) -> tuple[str, list[Any]]:
        """Return what a report can carry between processes: plain values."""
        bar = (self.bar.keys, self.bar.clicks)
        return PROPERTY, [self.journey, self.what, self.keys, self.clicks, *bar]


def walks_of(properties: Iterable[tuple[str, object]]) -> Iterator[Walked]:
    """Yield the walks that a test's report carries."""
    for name, value in properties:
        if name == PROPERTY and isinstance(value, list):
            journey, what, keys, clicks, *bar = value
            yield Walked(journey, what, keys, clicks, Bar(*bar))


def table(walks: Iterable[Walked]) -> Iterator[str]:
    """Yield the lines of the table: journey, keys, clicks, each beside its bar."""
    yield f"{'':5} {'what':58} {'keys':>5} {'bar':>5} {'clicks':>7} {'bar':>4}"
    for one in sorted(walks, key=lambda walk: (len(walk.journey), walk.journey, walk.what)):
        over = "" if one.within else "  over the bar"
        yield (
            f"{one.journey:5} {one.what:58} {one.keys:>5} {one.bar.keys:>5} "
            f"{one.clicks:>7} {one.bar.clicks:>4}{over}"
        )

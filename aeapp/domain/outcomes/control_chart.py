"""A control chart of sessions with a pressure event: is this month unlike the others?

A p chart with limits three standard deviations from the mean share of all, wider where fewer
sessions were held. A point outside is a reason to look, not a finding.

Source:
    Benneyan JC, Lloyd RC, Plsek PE, Qual Saf Health Care 2003;12:458-464.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from aeapp.domain.outcomes.figures import Proportion

_SIGMAS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One stretch of time.

    Attributes:
        label: Which, such as ``2026-07``.
        found: Sessions with such an event, out of all of the stretch.
        low: Lower limit as a share.
        high: Upper limit as a share.
    """

    label: str
    found: Proportion
    low: float
    high: float

    @property
    def outside(self) -> bool:
        """Tell whether the share lies beyond a limit."""
        share = self.found.share
        return share is not None and not self.low <= share <= self.high


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The points in order and the mean share of all, None where no session was held."""

    centre: float | None
    points: tuple[Point, ...]


def control_chart(stretches: Iterable[tuple[str, Proportion]]) -> ControlChart:
    """Return the chart of ``stretches``, oldest first; those without a session make no point."""
    held = [(label, found) for label, found in stretches if found.denominator]
    if not held:
        return ControlChart(None, ())
    centre = sum(found.numerator for _label, found in held) / sum(
        found.denominator for _label, found in held
    )
    return ControlChart(centre, tuple(_point(label, found, centre) for label, found in held))


def _point(label: str, found: Proportion, centre: float) -> Point:
    spread = _SIGMAS * sqrt(centre * (1 - centre) / found.denominator)
    return Point(label, found, max(0.0, centre - spread), min(1.0, centre + spread))

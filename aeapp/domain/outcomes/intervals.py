"""Intervals of a proportion and of a rate: 95 % unless said otherwise, each by a named method.

A proportion (people out of people) has Wilson's interval; a rate (events over sessions, people or
grams, where one session can have several events) the exact one of Garwood. Where none was seen
there is no interval, only an upper limit.

Source:
    Wilson EB, J Am Stat Assoc 1927;22:209-212.
    Garwood F, Biometrika 1936;28:437-442. Hanley JA, Lippman-Hand A, JAMA 1983;249:1743-1745
    (rule of three). Brown LD et al., Stat Sci 2001;16:101-133 (why not the simple one).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from aeapp.domain.outcomes.distributions import gamma_quantile
from aeapp.kernel.i18n import N_

LEVEL = 0.95


class Method(StrEnum):
    """How an interval was found."""

    WILSON = "wilson"
    GARWOOD = "garwood"
    UPPER_ONLY = "upper limit"

    @property
    def words(self) -> str:
        """Return the method in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]


_WORDS = {
    Method.WILSON: N_("Wilson"),
    Method.GARWOOD: N_("exact (Garwood)"),
    Method.UPPER_ONLY: N_("one-sided upper limit, exact"),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval, as a share or as events a unit, and the method that gave it."""

    low: float
    high: float
    method: Method


def wilson(numerator: int, denominator: int, level: float = LEVEL) -> Interval:
    """Return the score interval of a proportion.

    Raises:
        ValueError: The numbers are no proportion.
    """
    _proportion(numerator, denominator)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = numerator / denominator, z * z / denominator
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / denominator + spread / (4 * denominator)) / (1 + spread)
    low = 0.0 if numerator == 0 else middle - half
    high = 1.0 if numerator == denominator else middle + half
    return Interval(low, high, Method.WILSON)


def rate(events: int, exposure: Fraction, level: float = LEVEL) -> Interval:
    """Return the exact interval of events a unit of exposure, for events counted as Poisson.

    Raises:
        ValueError: There are fewer than no events, or no exposure.
    """
    if events < 0 or exposure <= 0:
        msg = "a rate has events of 0 or more and an exposure above 0"
        raise ValueError(msg)
    tail, over = (1 - level) / 2, float(exposure)
    low = gamma_quantile(tail, events) / over if events else 0.0
    return Interval(low, gamma_quantile(1 - tail, events + 1) / over, Method.GARWOOD)


def upper_limit_of_none(denominator: int, level: float = LEVEL) -> Interval:
    """Return how often a thing may yet happen that was seen in none: about 3 / ``denominator``.

    Raises:
        ValueError: Nobody was looked at.
    """
    _proportion(0, denominator)
    return Interval(0.0, 1 - (1 - level) ** (1 / denominator), Method.UPPER_ONLY)


def _proportion(numerator: int, denominator: int) -> None:
    if not 0 <= numerator <= denominator or denominator == 0:
        msg = f"{numerator} out of {denominator} is no proportion"
        raise ValueError(msg)

"""The incomplete gamma function and its quantile: what exact intervals of a rate stand on.

The standard library has neither. It is computed by its continued fraction, or a series where that
converges slowly; the quantile is found by halving, which cannot overshoot and needs no derivative.

Source:
    NIST Digital Library of Mathematical Functions, 8.7.1, 8.9.2.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import exp, lgamma, log

_TINY = 1e-300
_PRECISION = 1e-15


def gamma_share(a: float, x: float) -> float:
    """Return the regularised lower incomplete gamma function P(a, x); ``a`` above 0."""
    if x <= 0:
        return 0.0
    scale = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        return scale * _gamma_series(a, x)
    return 1 - scale / _fraction(x + 1 - a, partial(_gamma_term, a, x))


def gamma_quantile(share: float, a: float) -> float:
    """Return the x where P(a, x) is ``share``, from 0 up to but not including 1."""
    high = a + 1.0
    while gamma_share(a, high) < share:
        high *= 2
    return _halved(lambda x: gamma_share(a, x), share, high)


def _halved(rising: Callable[[float], float], wanted: float, high: float) -> float:
    low = 0.0
    middle = high / 2
    while low < middle < high:  # until no number lies between
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
        middle = (low + high) / 2
    return middle


def _fraction(start: float, term: Callable[[int], tuple[float, float]]) -> float:
    """Return start + a1/(b1 + a2/(b2 + ...)) by the method of Lentz, as changed by Thompson."""
    value, over, under = start or _TINY, start or _TINY, 0.0
    place, change = 0, 0.0
    while abs(change - 1) >= _PRECISION:
        place += 1
        a, b = term(place)
        under = 1 / (b + a * under or _TINY)
        over = b + a / over or _TINY
        change = over * under
        value *= change
    return value


def _gamma_term(a: float, x: float, place: int) -> tuple[float, float]:
    return -place * (place - a), x + 2 * place + 1 - a


def _gamma_series(a: float, x: float) -> float:
    term = total = 1 / a
    n = a
    while term > total * _PRECISION:
        n += 1
        term *= x / n
        total += term
    return total

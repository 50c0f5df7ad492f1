"""Intervals against values of an independent implementation (SciPy 1.17) and published ones."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import pytest

from aeapp.domain.outcomes.distributions import (
    gamma_quantile,
    gamma_share,
)
from aeapp.domain.outcomes.figures import Proportion, range_if_missing
from aeapp.domain.outcomes.intervals import (
    Interval,
    Method,
    rate,
    upper_limit_of_none,
    wilson,
)


def near(interval: Interval, low: float, high: float) -> bool:
    return isclose(interval.low, low, abs_tol=5e-7) and isclose(interval.high, high, abs_tol=5e-7)


GAMMA = [
    (0.5, 0.2, 0.472910743134),
    (3, 9, 0.993767804894),
    (250, 240, 0.267650069854),
    (1e4, 10100, 0.841348750447),
]


@pytest.mark.parametrize(("a", "x", "share"), GAMMA)
def test_the_gamma_function_and_its_quantile(a: float, x: float, share: float) -> None:
    assert isclose(gamma_share(a, x), share, rel_tol=1e-9)
    assert isclose(gamma_quantile(share, a), x, rel_tol=1e-8)


def test_the_functions_at_their_ends() -> None:
    assert gamma_share(2, 0) == 0
    assert gamma_quantile(0.999, 0.5) > 5  # beyond the first guess


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(0, 10, 0, 0.2775328), (10, 10, 0.7224672, 1), (3, 59, 0.0174427, 0.1391650),
     (70, 131, 0.4491733, 0.6175718)],
)  # fmt: skip
def test_wilson(numerator: int, denominator: int, low: float, high: float) -> None:
    found = wilson(numerator, denominator)

    assert near(found, low, high)
    assert found.method is Method.WILSON


@pytest.mark.parametrize(
    ("events", "exposure", "low", "high"),
    [(0, 100, 0, 0.0368888), (1, 1, 0.0253178, 5.5716434), (10, 100, 0.0479539, 0.1839036),
     (1898, Fraction(417, 10), 43.4907240, 47.6103965)],
)  # fmt: skip
def test_garwood(events: int, exposure: int, low: float, high: float) -> None:
    assert near(rate(events, Fraction(exposure)), low, high)


def test_where_none_was_seen_about_three_may_come() -> None:
    limit = upper_limit_of_none(1026)

    assert limit.method is Method.UPPER_ONLY
    assert isclose(limit.high, 3 / 1026, rel_tol=0.01)
    assert (1 - limit.high) ** 1026 == pytest.approx(0.05)


@pytest.mark.parametrize("given", [(3, 0), (4, 3), (-1, 3), (0, 0)])
def test_what_is_no_proportion_is_refused(given: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(*given)


@pytest.mark.parametrize("given", [(3, 0), (-1, 3)])
def test_what_is_no_rate_is_refused(given: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="exposure"):
        rate(given[0], Fraction(given[1]))


def test_every_method_has_words() -> None:
    assert all(method.words for method in Method)


def test_a_proportion_of_nobody_has_no_share_and_no_interval() -> None:
    nobody = Proportion(0, 0)

    assert (nobody.share, nobody.interval) == (None, None)
    assert nobody.few


def test_a_proportion_has_a_share_an_interval_and_a_range() -> None:
    response = Proportion(70, 131)

    assert response.share == Fraction(70, 131)
    assert response.interval == wilson(70, 131)
    assert Proportion(0, 50).interval == upper_limit_of_none(50)
    assert not response.few
    missing = range_if_missing(response, 56)
    assert (missing.low, missing.high) == (Proportion(70, 187), Proportion(126, 187))


@pytest.mark.parametrize(("records", "percent"), [(2848, 27.5), (4334, 18.1)])
def test_the_worst_case_of_a_published_share(records: int, percent: float) -> None:
    """62.8 % of 1,247 falls to this when everybody else on record counts as no response."""
    found = Proportion(783, 1247)
    worst = range_if_missing(found, records - 1247).low.share

    assert round(100 * float(found.share), 1) == 62.8
    assert worst is not None
    assert round(float(100 * worst), 1) == percent

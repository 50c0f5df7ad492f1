"""Signals: is a product reported with a term more often than the other products are?

Reporting odds ratio, proportional reporting ratio and information component, each with its 95 %
interval and the number of cases it stands on. They compare reports with reports: none is a rate, a
risk or a cause, and the page says so (``CAUTION``). Only suspect products are counted.

Source:
    van Puijenbroek EP et al., Pharmacoepidemiol Drug Saf 2002;11:3-10 (ROR, PRR and IC). Evans SJ
    et al., Pharmacoepidemiol Drug Saf 2001;10:483-486 (PRR). Norén GN et al., Stat Methods Med Res
    2013;22:57-69 (IC with shrinkage and its interval).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, log2, sqrt
from statistics import NormalDist

from aeapp.domain.outcomes.distributions import gamma_quantile
from aeapp.kernel.i18n import N_

CAUTION = N_(
    "Counts of reports compared with counts of reports: not a rate, not a risk, not a cause."
    " What is looked for is reported more."
)
# What each measure is, in a sentence.
DEFINITIONS = (
    N_("IC: log2 of (cases + 1/2) / (expected cases + 1/2); above 0 there are more than expected."),
    N_("ROR: odds of the term among cases with the product, over its odds among all others."),
    N_("PRR: share of cases with the term among those with the product, over that of all others."),
    N_("Intervals are of 95 %; the order goes by the lower end of the IC."),
)
# Under it a ratio of reports is noise, whatever its interval says.
FEW_CASES = 3
_Z = NormalDist().inv_cdf(0.975)
_SHRINK = 0.5


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """The fourfold table of one product and one term, in cases.

    Attributes:
        both: Cases with the product as suspect and with the term.
        product_only: Cases with the product and without the term.
        term_only: Cases with the term and without the product.
        neither: All other cases.
    """

    both: int
    product_only: int
    term_only: int
    neither: int

    @property
    def few(self) -> bool:
        """Tell whether so few cases stand behind it that it is not to be read."""
        return self.both < FEW_CASES

    @property
    def expected(self) -> float:
        """Return how many cases there would be, were product and term independent."""
        cases = self.both + self.product_only + self.term_only + self.neither
        with_product, with_term = self.both + self.product_only, self.both + self.term_only
        return with_product * with_term / cases if cases else 0.0

    @property
    def reporting_odds_ratio(self) -> Ratio | None:
        """Return the ROR; None where a cell is empty."""
        if not (self.both and self.product_only and self.term_only and self.neither):
            return None
        value = self.both * self.neither / (self.product_only * self.term_only)
        spread = sqrt(1 / self.both + 1 / self.product_only + 1 / self.term_only + 1 / self.neither)
        return _on_log(value, spread)

    @property
    def proportional_reporting_ratio(self) -> Ratio | None:
        """Return the PRR; None where the product or the others have no case with the term."""
        if not (self.both and self.term_only):
            return None
        product, others = self.both + self.product_only, self.term_only + self.neither
        value = (self.both / product) / (self.term_only / others)
        return _on_log(value, sqrt(1 / self.both - 1 / product + 1 / self.term_only - 1 / others))

    @property
    def information_component(self) -> Ratio:
        """Return the IC in bits, shrunk towards 0 by half a case on either side."""
        shape, over = self.both + _SHRINK, self.expected + _SHRINK
        return Ratio(
            log2(shape / over),
            log2(gamma_quantile(0.025, shape) / over),
            log2(gamma_quantile(0.975, shape) / over),
        )


@dataclass(frozen=True, slots=True)
class CountedCase:
    """What of a case is counted: its suspect products and its terms, each once."""

    suspects: frozenset[str]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pairing:
    """A product with a term, and their table."""

    product: str
    term: str
    crossing: Crossing


def pairings(cases: Iterable[CountedCase]) -> tuple[Pairing, ...]:
    """Return every product with every term it was reported with, the highest lower IC first."""
    total, products, terms = 0, Counter[str](), Counter[str]()
    together = Counter[tuple[str, str]]()
    for case in cases:
        total += 1
        products.update(case.suspects)
        terms.update(case.terms)
        together.update((product, term) for product in case.suspects for term in case.terms)
    found = [
        Pairing(product, term, _crossing(both, products[product], terms[term], total))
        for (product, term), both in together.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda pair: (
                -pair.crossing.information_component.low, pair.product, pair.term,
            ),
        )
    )  # fmt: skip


def _crossing(both: int, with_product: int, with_term: int, total: int) -> Crossing:
    return Crossing(
        both, with_product - both, with_term - both, total - with_product - with_term + both
    )


def _on_log(value: float, spread: float) -> Ratio:
    middle = log(value)
    return Ratio(value, exp(middle - _Z * spread), exp(middle + _Z * spread))

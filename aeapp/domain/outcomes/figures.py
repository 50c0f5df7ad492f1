"""One figure of the outcomes page: so many out of so many, its interval, its range, its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from aeapp.domain.outcomes.intervals import Interval, upper_limit_of_none, wilson

# Under it a rate moves by 5 points or more with one person: the page says "few".
FEW = 20
# Groups smaller than this are hidden in copies that leave the clinic.
SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Proportion:
    """People out of people, or sessions out of sessions.

    Attributes:
        numerator: Those of whom it is true.
        denominator: Those looked at; may be none, then there is no share and no interval.
    """

    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        """Return the share; None where nobody was looked at."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def interval(self) -> Interval | None:
        """Return Wilson's 95 % interval, an upper limit where none was seen, None out of none."""
        if not self.denominator:
            return None
        if not self.numerator:
            return upper_limit_of_none(self.denominator)
        return wilson(self.numerator, self.denominator)

    @property
    def few(self) -> bool:
        """Tell whether so few were looked at that the page has to warn."""
        return self.denominator < FEW

    def with_missing(self, missing: int, *, true_of: int) -> Proportion:
        """Return the same among ``missing`` more people, had it been true of ``true_of``."""
        return Proportion(self.numerator + true_of, self.denominator + missing)


@dataclass(frozen=True, slots=True)
class MissingRange:
    """What a figure would be if the missing had all gone one way, or all the other."""

    low: Proportion
    high: Proportion


def range_if_missing(counted: Proportion, missing: int) -> MissingRange:
    """Return the lowest and the highest figure that ``missing`` people could have made of it."""
    return MissingRange(
        counted.with_missing(missing, true_of=0), counted.with_missing(missing, true_of=missing)
    )

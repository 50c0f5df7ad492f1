"""The Naranjo scale: points of each answer, their sum, and the category of the sum.

Source:
    Naranjo CA et al. A method for estimating the probability of adverse drug reactions. Clin
    Pharmacol Ther 1981;30:239-245.
"""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.assessment import Causality, NaranjoAnswer
from aeapp.domain.records.assessment import Naranjo
from aeapp.kernel.i18n import N_

_YES, _NO, _UNKNOWN = NaranjoAnswer


class NaranjoCategory(CodeList):
    """What a sum of points means; read from the sum, never stored."""

    DEFINITE = "definite", N_("Definite")
    PROBABLE = "probable", N_("Probable")
    POSSIBLE = "possible", N_("Possible")
    DOUBTFUL = "doubtful", N_("Doubtful")


# Question: points for yes, no and unknown.
POINTS: dict[str, tuple[int, int, int]] = {
    "q1": (1, 0, 0),
    "q2": (2, -1, 0),
    "q3": (1, 0, 0),
    "q4": (2, -1, 0),
    "q5": (-1, 2, 0),
    "q6": (-1, 1, 0),
    "q7": (1, 0, 0),
    "q8": (1, 0, 0),
    "q9": (1, 0, 0),
    "q10": (1, 0, 0),
}
# Lowest sum of each category, the highest first; what is lower is doubtful.
FLOORS: tuple[tuple[int, NaranjoCategory], ...] = (
    (9, NaranjoCategory.DEFINITE),
    (5, NaranjoCategory.PROBABLE),
    (1, NaranjoCategory.POSSIBLE),
)
# The category of the other scale that a person may take over with one key.
AS_CAUSALITY: dict[NaranjoCategory, Causality] = {
    NaranjoCategory.DEFINITE: Causality.CERTAIN,
    NaranjoCategory.PROBABLE: Causality.PROBABLE,
    NaranjoCategory.POSSIBLE: Causality.POSSIBLE,
    NaranjoCategory.DOUBTFUL: Causality.UNLIKELY,
}


def points_of(question: str, answer: NaranjoAnswer | None) -> int | None:
    """Return the points of one answer; None while there is no answer."""
    yes, no, unknown = POINTS[question]
    return None if answer is None else {_YES: yes, _NO: no, _UNKNOWN: unknown}[answer]


def category_of(total: int) -> NaranjoCategory:
    """Return the category of a sum."""
    return next((name for floor, name in FLOORS if total >= floor), NaranjoCategory.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Sum:
    """The points of the ten answers, and what they come to.

    Attributes:
        points: In the order of the questions; None where there is no answer.
        total: None while a question is not answered: a part is never shown as the whole.
    """

    points: tuple[int | None, ...]
    total: int | None

    @property
    def category(self) -> NaranjoCategory | None:
        """Return the category of the total; None while there is none."""
        return None if self.total is None else category_of(self.total)

    @property
    def answered(self) -> int:
        """Return how many questions have an answer."""
        return len(self.points) - self.points.count(None)

    @property
    def arithmetic(self) -> str:
        """Return ``+1 +2 0 … = 6``, a question mark for what is missing."""
        parts = " ".join("?" if p is None else signed(p) for p in self.points)
        return f"{parts} = {'?' if self.total is None else signed(self.total)}"


def signed(points: int) -> str:
    """Return ``+2``, ``0`` or ``−1``, with a true minus."""
    return f"+{points}" if points > 0 else f"\N{MINUS SIGN}{-points}" if points else "0"


def sum_of(answers: Naranjo) -> Sum:
    """Return the points of the answers and their sum."""
    points = tuple(points_of(name, getattr(answers, name)) for name in POINTS)
    known = [p for p in points if p is not None]
    return Sum(points, sum(known) if len(known) == len(points) else None)

"""Published figures that stand beside the clinic's own, each with its own denominator.

They are facts with their source. A figure of people treated as they came (no comparison group) is
shown beside the clinic's; a difference to placebo never is. Each percentage is worked out again
from its counts, or, where only the number of people is printed, checked for whether any count of
people gives it.

Source:
    Brown NJL, Heathers JAJ, Soc Psychol Personal Sci 2017;8:363-369 (the check without a count).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from aeapp.domain.outcomes.change import Kind
from aeapp.domain.outcomes.figures import Proportion


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One percentage of one study.

    Attributes:
        study: Short name, such as ``McInnes 2022``.
        source: Where it was published.
        population: Who was treated, how.
        measure: What was counted: a scale and one of :class:`Kind`, or a term.
        percent: As printed, with its decimals.
        people: How many it is a share of; None where that is not printed.
        count: Of how many it was true; None where it is not printed.
    """

    study: str
    source: str
    population: str
    measure: str
    percent: Decimal
    people: int | None
    count: int | None = None

    @property
    def proportion(self) -> Proportion | None:
        """Return the counts, where both are printed."""
        if self.count is None or self.people is None:
            return None
        return Proportion(self.count, self.people)

    @property
    def agrees(self) -> bool | None:
        """Tell whether the printed counts can give the percentage; None without any."""
        if self.people is None:
            return None
        if self.count is not None:
            return self.percent in _printed(self.count, self.people, self.percent)
        near = int(self.percent * self.people / 100)
        return any(
            self.percent in _printed(near + step, self.people, self.percent)
            for step in (-1, 0, 1, 2)
        )


def _printed(count: int, people: int, like: Decimal) -> set[Decimal]:
    """Return the share with the decimals of ``like``, rounded in both ways in use."""
    share = Decimal(count) * 100 / people
    return {share.quantize(like, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def ideation_key(which: str) -> str:
    """Return the measure of a figure on suicidal thoughts: ``decrease``, ``increase``, ``new``."""
    return f"ideation {which}"


def change_key(scale: str, kind: Kind) -> str:
    """Return the measure of a figure of change on ``scale``."""
    return f"{scale} {kind.value}"


_Study = tuple[str, str, str, int]


def _row(study: _Study, measure: str, percent: str, *, of_all: bool = True) -> PublishedFigure:
    name, source, population, people = study
    return PublishedFigure(
        name, source, population, measure, Decimal(percent), people if of_all else None
    )


_MCINNES = (
    "McInnes 2022", "J Affect Disord 2022, doi 10.1016/j.jad.2021.12.097",
    "IV ketamine, 178 practices in the US", 537,
)  # fmt: skip
_HULL = (
    "Hull 2022", "J Affect Disord 2022;314:59-67, doi 10.1016/j.jad.2022.07.004",
    "sublingual ketamine at home, four sessions", 1247,
)  # fmt: skip
_HASSAN = ("Hassan 2022", "retrospective, 2022", "sublingual ketamine at home, three doses", 664)

PUBLISHED: tuple[PublishedFigure, ...] = (
    _row(_MCINNES, change_key("PHQ-9", Kind.RESPONSE), "53.6"),
    _row(_MCINNES, change_key("PHQ-9", Kind.REMISSION), "28.9"),
    _row(_MCINNES, change_key("PHQ-9", Kind.DETERIORATION), "8.4"),
    _row(_MCINNES, ideation_key("decrease"), "73.0", of_all=False),
    _row(_MCINNES, ideation_key("increase"), "6.0"),
    _row(_HULL, change_key("PHQ-9", Kind.RESPONSE), "62.8"),
    _row(_HULL, change_key("PHQ-9", Kind.REMISSION), "32.6"),
    _row(_HULL, change_key("PHQ-9", Kind.DETERIORATION), "0.9"),
    _row(_HULL, change_key("GAD-7", Kind.RESPONSE), "62.9"),
    _row(_HULL, change_key("GAD-7", Kind.REMISSION), "31.3"),
    _row(_HULL, change_key("GAD-7", Kind.DETERIORATION), "0.6"),
    _row(_HASSAN, change_key("PHQ-9", Kind.RESPONSE), "47.6"),
    _row(_HASSAN, change_key("GAD-7", Kind.RESPONSE), "47.6"),
)


def published_for(measure: str) -> tuple[PublishedFigure, ...]:
    """Return the published figures of ``measure``."""
    return tuple(figure for figure in PUBLISHED if figure.measure == measure)

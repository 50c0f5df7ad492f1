"""The modified Aldrete score: five items of 0 to 2 points, their sum shown with its arithmetic.

The words of the items are ours.

Source:
    Aldrete JA. The post-anesthesia recovery score revisited. J Clin Anesth 1995;7:89-91.
"""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Score
from aeapp.domain.records.score import ScoreItem
from aeapp.kernel.i18n import N_

SCALE = "aldrete-modified"
MOST = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the score.

    Attributes:
        answers: What 0, 1 and 2 points stand for.
    """

    name: str
    answers: tuple[str, str, str]


PARTS: tuple[Part, ...] = (
    Part(
        N_("Activity"),
        (N_("moves no limb"), N_("moves two limbs"), N_("moves four limbs")),
    ),
    Part(
        N_("Breathing"),
        (N_("does not breathe"), N_("short of breath or shallow"), N_("breathes deeply, coughs")),
    ),
    Part(
        N_("Circulation"),
        (
            N_("pressure 50 % or more from before"),
            N_("pressure 20 to 49 % from before"),
            N_("pressure within 20 % of before"),
        ),
    ),
    Part(
        N_("Consciousness"),
        (N_("does not respond"), N_("wakes when called"), N_("fully awake")),
    ),
    Part(
        N_("Oxygen saturation"),
        (
            N_("under 90 % with oxygen"),
            N_("needs oxygen to stay over 90 %"),
            N_("over 92 % in room air"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum with its arithmetic.

    Attributes:
        points: Points of each item in order; None or a reason where there are none.
        sum: None while an item has no points: a part is never shown as the whole.
    """

    points: tuple[int | NullFlavor | None, ...]
    sum: int | None

    @property
    def arithmetic(self) -> str:
        """Return ``2 + 2 + 1 + 2 + 2 = 9``, a question mark for what is missing."""
        parts = " + ".join(str(p) if type(p) is int else "?" for p in self.points)
        return f"{parts} = {'?' if self.sum is None else self.sum}"

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers of the items without points, from 1."""
        return tuple(n for n, p in enumerate(self.points, start=1) if type(p) is not int)


def total_of(score: Score) -> Total:
    """Return the sum of a modified Aldrete score; points beyond 0 to 2 count as missing."""
    known = {item.number: item.points for item in score.items}
    points = tuple(_valid(known.get(n)) for n in range(1, len(PARTS) + 1))
    numbers = [p for p in points if type(p) is int]
    return Total(points, sum(numbers) if len(numbers) == len(PARTS) else None)


def _valid(points: int | NullFlavor | None) -> int | NullFlavor | None:
    if type(points) is int and not 0 <= points <= MOST:
        return None
    return points


def score_of(digits: str) -> Score:
    """Return the score that five digits say, one an item; fewer leave the rest open.

    Raises:
        ValueError: A sign is no digit from 0 to 2, or there are more than five.
    """
    if len(digits) > len(PARTS) or not all(sign in "012" for sign in digits):
        msg = "five digits from 0 to 2"
        raise ValueError(msg)
    items = tuple(ScoreItem(number=n, points=int(d)) for n, d in enumerate(digits, start=1))
    return Score(scale=SCALE, items=items)

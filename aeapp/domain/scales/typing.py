"""The signs a person types for a filled scale, and the answers they mean.

A digit answers the next item. ``-`` leaves it unassessed, ``r`` says the patient refused, ``n``
that nobody asked, ``/`` that it does not apply. ``t17`` is a paper that has only the total.
Numbers of two digits stand between commas.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.items import NullFlavor
from aeapp.domain.records.scale import Scale
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.scales.scoring import problem_of, problem_of_total
from aeapp.kernel.i18n import _

MOST_SIGNS = 300
SIGNS: dict[str, NullFlavor | None] = {
    "-": None,
    "r": NullFlavor.ASKU,
    "n": NullFlavor.NASK,
    "/": NullFlavor.NA,
}


@dataclass(frozen=True, slots=True)
class TypedScale:
    """What the signs mean.

    Attributes:
        problem: The sentence that refuses them; then nothing else counts.
        left: How many items still have no sign.
    """

    items: tuple[ScoreItem, ...] = ()
    total: Decimal | None = None
    problem: str = ""
    left: int = 0


def read_typed(scale: Scale, text: str) -> TypedScale:
    """Return what ``text`` says of the items of ``scale``, in their order."""
    plain = text.strip().lower()
    numbers = sorted(i.number or 0 for i in scale.items)
    if len(plain) > MOST_SIGNS:
        return TypedScale(problem=_("That is too long for a scale."), left=len(numbers))
    if plain.startswith("t"):
        return _stated(scale, plain[1:].strip(), len(numbers))
    parts = _parts(plain)
    answers = []
    for place, part in enumerate(parts):
        points: int | NullFlavor | None
        if part in SIGNS:
            points = SIGNS[part]
        elif part.isascii() and part.isdigit():
            points = int(part)
        else:
            return TypedScale(problem=_("'{sign}' is no answer.").format(sign=part))
        number = numbers[place] if place < len(numbers) else place + 1
        answers.append(ScoreItem(number=number, points=points))
    items = tuple(answers)
    problem = problem_of(scale, items)
    if problem:
        return TypedScale(problem=problem, left=len(numbers) - len(items))
    return TypedScale(items=items, left=len(numbers) - len(items))


def _parts(text: str) -> list[str]:
    if "," in text:
        return [part.strip() or "-" for part in text.split(",")]
    return [sign for sign in text if not sign.isspace()]


def _stated(scale: Scale, text: str, left: int) -> TypedScale:
    if not (text.isascii() and text.isdigit()):
        return TypedScale(problem=_("After t stands the total, such as t17."), left=left)
    total = Decimal(text)
    problem = problem_of_total(scale, total)
    return TypedScale(total=None if problem else total, problem=problem, left=left)

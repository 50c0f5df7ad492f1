"""What stands beside the five digits of the modified Aldrete score while they are typed."""

from __future__ import annotations

from aeapp.domain.chair.aldrete import PARTS, Total, score_of, total_of
from aeapp.kernel.i18n import _


def sum_words(digits: str, known: Total | None, least: int | None) -> str:
    """Return what the next digit asks, or the arithmetic of all of them, with the least points."""
    words = _("least {points}").format(points=least)
    typing = 0 < len(digits) < len(PARTS)
    total = total_of(score_of(digits)) if typing else known
    if typing:
        part = PARTS[len(digits)]
        answers = ", ".join(f"{n} {_(answer)}" for n, answer in enumerate(part.answers))
        return f"{_(part.name)}: {answers}"
    if total is None:
        items = ", ".join(_(part.name).lower() for part in PARTS)
        return _("five digits 0 to 2: {items}; {least}").format(items=items, least=words)
    return f"{total.arithmetic}, {words}"

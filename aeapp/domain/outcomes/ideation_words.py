"""Suicidal thoughts before and after in words, the same on the screen and on paper."""

from __future__ import annotations

from aeapp.domain.outcomes.figures import Proportion, range_if_missing
from aeapp.domain.outcomes.ideation import Ideation
from aeapp.domain.outcomes.published import ideation_key, published_for
from aeapp.domain.outcomes.small_groups import held_unanswered, is_small
from aeapp.domain.outcomes.words import (
    NOT_TOLD,
    count_words,
    few_words,
    interval_words,
    is_hidden,
    percent,
    published_words,
)
from aeapp.kernel.i18n import N_, _

DEFINITION = N_(
    "By the answer to the item of the scale on such thoughts, before the first dose and in the"
    " window after it, whatever the total was. Decrease: fewer points; gone: none; new: points in"
    " somebody who had none. It is no finding about risk."
)


def rate_words(
    found: Proportion, *, shared: bool = False, held: bool = False, missing: int = 0
) -> str:
    """Return ``52 / 72, 72.2 % (61.0 to 81.2)``, or why there is none.

    Args:
        found: The people.
        shared: It is for a copy that leaves the clinic.
        held: Another figure could be worked out from it.
        missing: Those without an answer, who could make a range of it.
    """
    counts = count_words(found, shared=shared, held=held)
    if found.share is None:
        return _("{counts}: nobody").format(counts=counts)
    if held or is_hidden(found, shared=shared):
        return counts
    words = f"{counts}, {percent(found.share)} % ({interval_words(found.interval)})"
    if missing and not (shared and is_small(missing)):
        ends = range_if_missing(found, missing)
        words += _("; if missing {low} to {high}").format(
            low=percent(ends.low.share or 0), high=percent(ends.high.share or 0)
        )
    few = few_words(found)
    return f"{words}; {few}" if few else words


def unanswered_words(found: Ideation, *, shared: bool = False) -> str:
    """Return how many have no answer after, and how many had none before."""
    held = held_unanswered(found) if shared else frozenset()

    def told(name: str, people: tuple[str, ...]) -> str:
        return _(NOT_TOLD) if name in held else f"{len(people):,}"

    return _(
        "after, of those who had it {had}; of those who had none {none}; at baseline {before}"
    ).format(
        had=told("lost", found.lost),
        none=told("without", found.lost_without),
        before=told("not asked", found.not_asked),
    )


def published_lines(which: str) -> tuple[str, ...]:
    """Return the published figures of ``decrease``, ``increase`` or ``new``, with their people."""
    return tuple(published_words(figure) for figure in published_for(ideation_key(which)))

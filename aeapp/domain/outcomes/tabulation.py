"""Aggregate tables of events: by class and term, in the period and since the beginning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from aeapp.domain.listings import Cell
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.words import percent
from aeapp.kernel.i18n import N_, _

COLUMNS = (
    N_("Class"), N_("Term"), N_("Events in the period"), N_("Sessions with it"),
    N_("Per 100 sessions"), N_("Serious"), N_("Seriousness not assessed"), N_("Graded 3 or more"),
    N_("Without a grade"), N_("Events since the beginning"), N_("Serious since the beginning"),
)  # fmt: skip
WHOLE_CLASS = N_("all terms of the class")
_SEVERE = 3


@dataclass(frozen=True, slots=True)
class Tabulated:
    """One event as it is counted.

    Attributes:
        soc: System organ class of the coded term; empty without one.
        term: Preferred term, our own word, or "" for words that nobody coded.
        session_id: Empty for an event outside sessions.
        within: Whether it is of the period; all count since the beginning.
    """

    soc: str
    term: str
    session_id: str
    grade: int | None
    serious: bool | None
    within: bool


def tabulate(events: Iterable[Tabulated], sessions: Collection[str]) -> list[tuple[Cell, ...]]:
    """Return a row a class and a row each of its terms, those without a class last.

    Args:
        events: All up to the end of the period.
        sessions: Those with a dose in the period.
    """
    classes: dict[str, dict[str, list[Tabulated]]] = {}
    for event in events:
        classes.setdefault(event.soc, {}).setdefault(event.term, []).append(event)
    rows = []
    for soc in sorted(classes, key=lambda name: (not name, name.casefold())):
        terms = classes[soc]
        if soc:
            # Not the sum of its terms: a session with two of them counts once.
            whole = [event for found in terms.values() for event in found]
            rows.append(_row(soc, _(WHOLE_CLASS), whole, sessions))
        rows += [
            _row(soc, term or _("not coded"), terms[term], sessions)
            for term in sorted(terms, key=str.casefold)
        ]
    return rows


def _row(
    soc: str, term: str, every: Sequence[Tabulated], sessions: Collection[str]
) -> tuple[Cell, ...]:
    events = [event for event in every if event.within]
    having = {event.session_id for event in events}.intersection(sessions)
    found = Proportion(len(having), len(sessions))
    return (
        soc or _("no class"),
        term,
        len(events),
        found.numerator,
        None if found.share is None else percent(found.share),
        sum(event.serious is True for event in events),
        sum(event.serious is None for event in events),
        sum(event.grade is not None and event.grade >= _SEVERE for event in events),
        sum(event.grade is None for event in events),
        len(every),
        sum(event.serious is True for event in every),
    )

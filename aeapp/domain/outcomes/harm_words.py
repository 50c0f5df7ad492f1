"""Adverse events in words, the same on the screen and on paper, and what was never seen."""

from __future__ import annotations

from aeapp.domain.chair.palette import tiles
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Exposure, Harm, TermRow
from aeapp.domain.outcomes.words import (
    frequency_words,
    interval_words,
    people_words,
    percent,
)
from aeapp.kernel.i18n import N_, _

# What each column means, in a sentence.
DEFINITIONS: tuple[tuple[str, str], ...] = (
    (N_("Sessions with it"), N_("A session counts once for a term, however often it occurred.")),
    (
        N_("Per person, per gram"),
        N_(
            "All events of a term, outside sessions too, over the people given a dose and over"
            " the grams given in the period."
        ),
    ),
    (
        N_("Not seen"),
        N_(
            "Terms of the event list that nobody recorded: the exact one-sided upper limit, about"
            " three over the sessions (rule of three)."
        ),
    ),
)
GRADES: tuple[int | None, ...] = (1, 2, 3, 4, 5, None)


def never_seen(harm: Harm) -> tuple[str, ...]:
    """Return the terms of the event list that nobody recorded."""
    return tuple(_(term) for term, _none in harm.never_seen(term.words for term in tiles()))


def limit_words(harm: Harm) -> str:
    """Return up to how often a thing may occur that was not seen, or nothing without a session.

    Source: Hanley JA, Lippman-Hand A, JAMA 1983;249:1743-1745.
    """
    none = Proportion(0, harm.exposure.sessions)
    if none.interval is None:
        return ""
    return _("each {limit} % of {sessions} sessions (95 %, one-sided)").format(
        limit=interval_words(none.interval), sessions=none.denominator
    )


def never_seen_words(harm: Harm) -> str:
    """Return the terms that were not seen and their upper limit in one sentence, or nothing."""
    terms, limit = never_seen(harm), limit_words(harm)
    if not terms or not limit:
        return ""
    return _("Not seen: {terms}; {limit}.").format(terms=", ".join(terms), limit=limit)


def exposure_words(given: Exposure, *, shared: bool = False) -> str:
    """Return how much was given: sessions, people, grams, and what is known of no amount."""
    words = _("{sessions} sessions, {people} people, {grams} g").format(
        sessions=given.sessions,
        people=people_words(given.patients, shared=shared),
        grams=f"{float(given.grams):.3f}",
    )
    if not given.unknown_doses:
        return words
    unknown = _("doses of unknown amount, not in the grams: {count}")
    return f"{words}; {unknown.format(count=given.unknown_doses)}"


def graded(row: TermRow) -> tuple[int, ...]:
    """Return the events of each grade from 1 to 5, then those without."""
    counts = dict(row.grades)
    return tuple(counts.get(grade, 0) for grade in GRADES)


def grade_words(grade: int | None) -> str:
    """Return what a grade is called; the word is severity, never seriousness."""
    return _("without severity") if grade is None else _("severity {n}").format(n=grade)


def term_words(row: TermRow, given: Exposure) -> str:
    """Return a term in one line: sessions, people, grams, severity."""
    share = row.sessions.share
    return _(
        "{term}: {events} events; {rate} per 100 sessions ({interval}); {person} per person;"
        " {gram} per gram; {grades}"
    ).format(
        term=row.term,
        events=row.events,
        rate="-" if share is None else percent(share),
        interval=interval_words(row.sessions.interval) or "-",
        person=frequency_words(row.per_patient, decimals=2)[0],
        gram=frequency_words(row.per_gram, at_most=bool(given.unknown_doses), decimals=2)[0],
        grades=", ".join(f"{grade_words(grade)} {n}" for grade, n in row.grades),
    )

"""Order the palette, find its terms by what a person types, and count the clinic's own use.

Nothing is put in the place of what was typed: a hit is an offer, and the typed words can be kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import pairwise

from aeapp.domain.chair.palette_terms import TERMS, Term
from aeapp.domain.slips import apart, folded, slips_allowed

FEWEST_SESSIONS = 20
MOST_HITS = 8
# One or two letters are inside of everything.
_LEAST_INSIDE = 3


@dataclass(frozen=True, slots=True)
class Use:
    """How often this clinic had each term in twelve months.

    Attributes:
        sessions: How many sessions there were.
        counts: In how many of them each term was, by its code.
    """

    sessions: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def share(self, code: str) -> Decimal | None:
        """Return the per cent of sessions with the term; None where sessions are too few to say."""
        if self.sessions < FEWEST_SESSIONS:
            return None
        return Decimal(100 * self.counts.get(code, 0)) / self.sessions

    @property
    def says(self) -> bool:
        """Tell whether there are sessions enough to order by them."""
        return self.sessions >= FEWEST_SESSIONS


@dataclass(frozen=True, slots=True)
class Hit:
    """One offer for what was typed.

    Attributes:
        by: The synonym by which it was found; empty where its own words fit.
        begins: What was typed is the begin of the term's own words.
    """

    term: Term
    by: str = ""
    begins: bool = False


def tiles(use: Use | None = None) -> tuple[Term, ...]:
    """Return the terms with a letter: the label's frequencies first, then by this clinic's use."""
    return tuple(t for t in ordered(use or Use()) if t.letter)


def ordered(use: Use) -> tuple[Term, ...]:
    """Return all terms in the order of use where that is known, else of the label."""

    def key(term: Term) -> tuple[int, Decimal]:
        own = -use.counts.get(term.code, 0) if use.says else 0
        return own, -(term.label.percent if term.label else Decimal(0))

    return tuple(sorted(TERMS, key=key))


def term_of(verbatim: str | None) -> Term | None:
    """Return the term that these words are, or are a synonym of, to the letter."""
    return _by_name().get(folded(verbatim or ""))


# --- own use


def year_of_use(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the twelve whole months before this one."""
    begin = dt.date(today.year - 1, today.month, 1)
    return begin, dt.date(today.year, today.month, 1) - dt.timedelta(days=1)


def use_of(sessions: int, told: Iterable[tuple[str, str | None]]) -> Use:
    """Return the use in ``sessions`` sessions with these (session, words of an event)."""
    found = {(session, term.code) for session, words in told if (term := term_of(words))}
    counts: dict[str, int] = {}
    for _session, code in sorted(found):
        counts[code] = counts.get(code, 0) + 1
    return Use(sessions, counts)


# --- finding


def find(typed: str, use: Use | None = None, most: int = MOST_HITS) -> tuple[Hit, ...]:
    """Return the terms that ``typed`` may mean, the likeliest first.

    A begin of a word goes before a begin of a later word, that before letters inside, and all of
    them before words with a slip of the fingers; own words go before synonyms.
    """
    wanted = folded(typed)
    if not wanted:
        return ()
    place = {term.code: n for n, term in enumerate(ordered(use or Use()))}
    found = [(rank, hit) for term in TERMS if (best := _best(term, wanted)) for rank, hit in [best]]
    found.sort(key=lambda f: (f[0], place[f[1].term.code]))
    return tuple(hit for _rank, hit in found[:most])


def _best(term: Term, wanted: str) -> tuple[int, Hit] | None:
    best: tuple[int, Hit] | None = None
    for n, (name, said) in enumerate(_names(term)):
        fit = _fit(name, wanted)
        if fit is None:
            continue
        rank = 2 * fit + (n > 0)
        if best is None or rank < best[0]:
            best = rank, Hit(term, said if n else "", n == 0 and name.startswith(wanted))
    return best


def _fit(name: str, wanted: str) -> int | None:
    """Return how well a name fits, 0 for best; None where it does not."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    if all(any(word.startswith(w) for word in name.split()) for w in wanted.split()):
        return 3
    if len(wanted) >= _LEAST_INSIDE and wanted in name:
        return 4
    slips = _slips(name, wanted)
    return None if slips is None else 4 + slips


def _slips(name: str, wanted: str) -> int | None:
    """Return the slips by which ``wanted`` differs from the begin of a word; None for too many."""
    allowed = slips_allowed(wanted)
    if not allowed:
        return None
    best = min((apart(part, wanted) for part in _parts(name, wanted)), default=allowed + 1)
    return best if best <= allowed else None


def _parts(name: str, wanted: str) -> list[str]:
    """Return the begins of the name's words that share letters enough to be worth comparing."""
    words = name.split(" ")
    tails = [" ".join(words[n:]) for n in range(len(words))]
    pairs = _pairs(wanted)
    fewest = len(pairs) // 4
    return [
        tail
        for tail in tails
        if len(pairs & _pairs(tail)) > fewest and len(tail) + 2 >= len(wanted)
    ]


@cache
def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))


@cache
def _names(term: Term) -> tuple[tuple[str, str], ...]:
    """Return (folded, as written) of the term's own words and of its synonyms."""
    return tuple((folded(name), name) for name in (term.words, *term.synonyms))


@cache
def _by_name() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for own in (True, False):
        for term in TERMS:
            for name, said in _names(term):
                if (said == term.words) is own:
                    found.setdefault(name, term)
    return found

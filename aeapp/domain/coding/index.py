"""Find terms by typing: the same words first, then begins, synonyms, words inside, and slips.

Held in memory and made of plain lists, so that it is the same on every database. An offer is never
a choice: a person picks, and what was typed can always be kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from heapq import nlargest, nsmallest

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.slips import apart, apart_whole, folded, slips_allowed

MOST_OFFERS = 12
# With so many terms in use found by their letters, nobody looks for slips.
_ENOUGH = 5
_LONGEST_TYPED = 120
_LEAST_WORD = 2
_MOST_ALIKE = 200
_MOST_SLIPPED = 60
# Whatever the typing, one of these must never be offered for the other.
_OPPOSED = (("hyper", "hypo"), ("increas", "decreas"), ("tachy", "brady"))


@dataclass(frozen=True, slots=True)
class Coded:
    """A term that an event can be coded with.

    Attributes:
        above: Preferred term and class of it, for the person who chooses.
        parent: Code of its preferred term; the term in use instead of one that is not.
        synonyms: Other words by which it is found; they never replace what was typed.
    """

    terminology: TerminologyName
    edition: str
    meddra_edition: str
    code: str
    term: str
    current: bool = True
    above: str = ""
    parent: str = ""
    synonyms: tuple[str, ...] = ()


class Rank(IntEnum):
    """How well a term fits what was typed, the best first."""

    EXACT = 0
    PREFIX = 1
    SYNONYM = 2
    WORD = 3
    TYPO = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """One term that may be meant.

    Attributes:
        by: The synonym, or the term no longer in use, by which it was found.
        slips: By how many slips of the fingers it differs.
    """

    coded: Coded
    rank: Rank
    by: str = ""
    slips: int = 0

    @property
    def how(self) -> HowFound:
        """Return how it was found, as it is stored when a person picks it."""
        if self.rank is Rank.EXACT:
            return HowFound.EXACT
        if self.rank is Rank.SYNONYM:
            return HowFound.SYNONYM
        return HowFound.TYPO if self.rank is Rank.TYPO else HowFound.PICKED


_ORDER = {name: n for n, name in enumerate(TerminologyName)}


@dataclass(slots=True)
class _Best:
    """The best offer of each term so far, by its place."""

    found: dict[int, Offer]

    def add(self, place: int, offer: Offer) -> None:
        known = self.found.get(place)
        if known is None or (offer.rank, offer.slips) < (known.rank, known.slips):
            self.found[place] = offer


class TermIndex:
    """The terms of the own list and of the releases in use."""

    def __init__(self, terms: Iterable[Coded]) -> None:
        # The place of a term in this list is its standing among equals.
        self._terms = sorted(terms, key=_standing)
        names = [
            (name, place, said)
            for place, term in enumerate(self._terms)
            for name, said in _names(term)
        ]
        names.sort()
        self._names = [name for name, _place, _said in names]
        self._places = [place for _name, place, _said in names]
        self._said = [said for _name, _place, said in names]
        self._words = _Words(self._names)
        self._by_code = {(t.terminology, t.code): t for t in self._terms}

    def __len__(self) -> int:
        return len(self._terms)

    def coded(self, terminology: TerminologyName | None, code: str) -> Coded | None:
        """Return the term of a code, in use or not."""
        return None if terminology is None else self._by_code.get((terminology, code))

    def instead_of(self, old: Coded) -> Coded | None:
        """Return the term in use in the place of one that is not: its preferred term."""
        term = self._by_code.get((old.terminology, old.parent))
        return term if term is not None and term.current else None

    def find(self, typed: str, most: int = MOST_OFFERS) -> tuple[Offer, ...]:
        """Return the terms that ``typed`` may mean, the likeliest first.

        A term that its release no longer wants is never the first: it comes behind all others,
        and the term in use in its place before it.
        """
        wanted = folded(typed[:_LONGEST_TYPED])
        if not wanted:
            return ()
        best = _Best({})
        self._by_begin(wanted, best, most)
        if self._in_use(best) < most:
            self._by_word(wanted, best, most)
        if self._in_use(best) < _ENOUGH:
            self._by_slip(wanted, best)
        return self._ordered(best, most)

    def same(self, verbatim: str) -> tuple[Offer, ...]:
        """Return the terms whose own words or synonyms these are; those in use first."""
        wanted = folded(verbatim)
        best = _Best({})
        for n in self._range(wanted, whole=True):
            self._add(n, Rank.SYNONYM if self._said[n] else Rank.EXACT, best)
        return self._ordered(best, MOST_OFFERS)

    def mistyped(self, verbatim: str) -> tuple[Offer, ...]:
        """Return the terms in use that these words are but for slips, word by word."""
        wanted = folded(verbatim[:_LONGEST_TYPED])
        best = _Best({})
        for n, _slips in self._slipped(wanted):
            slips = _whole(self._names[n], wanted)
            if slips and self._terms[self._places[n]].current:
                self._add(n, Rank.TYPO, best, slips)
        return self._ordered(best, MOST_OFFERS)

    # --- the ways to find

    def _by_begin(self, wanted: str, best: _Best, most: int) -> None:
        for n in self._range(wanted, whole=True):
            self._add(n, Rank.SYNONYM if self._said[n] else Rank.EXACT, best)
        begun = self._range(wanted)
        own = (n for n in begun if not self._said[n])
        for n in nsmallest(most, own, key=self._places.__getitem__):
            self._add(n, Rank.PREFIX, best)
        others = (n for n in begun if self._said[n])
        for n in nsmallest(most, others, key=self._places.__getitem__):
            self._add(n, Rank.SYNONYM, best)

    def _by_word(self, wanted: str, best: _Best, most: int) -> None:
        words = wanted.split()
        longest = max(words, key=len)
        if len(longest) < _LEAST_WORD:
            return
        rest = [word for word in words if word is not longest]
        fitting = (n for n in self._words.beginning(longest) if _has_all(self._names[n], rest))
        for n in nsmallest(2 * most, fitting, key=self._places.__getitem__):
            self._add(n, Rank.WORD, best)

    def _by_slip(self, wanted: str, best: _Best) -> None:
        for n, slips in self._slipped(wanted):
            self._add(n, Rank.TYPO, best, slips)

    def _slipped(self, wanted: str) -> list[tuple[int, int]]:
        """Return names whose words are those typed but for slips, and how many those are."""
        words = wanted.split()
        long = [word for word in words if slips_allowed(word)]
        if not long:
            return []
        found = [self._words.alike(word) for word in long]
        names = set(found[0]).intersection(*found[1:])
        rest = [word for word in words if not slips_allowed(word)]
        fitting = (
            (n, sum(one[n] for one in found)) for n in names if _has_all(self._names[n], rest)
        )
        return nsmallest(
            _MOST_SLIPPED, fitting, key=lambda f: (f[1], len(self._names[f[0]]), self._places[f[0]])
        )

    # --- parts

    def _range(self, wanted: str, *, whole: bool = False) -> range:
        begin = bisect_left(self._names, wanted)
        last = wanted + ("\0" if whole else "\U0010ffff")
        return range(begin, bisect_left(self._names, last, lo=begin))

    def _add(self, n: int, rank: Rank, best: _Best, slips: int = 0) -> None:
        place = self._places[n]
        best.add(place, Offer(self._terms[place], rank, self._said[n], slips))

    def _in_use(self, best: _Best) -> int:
        return sum(offer.coded.current for offer in best.found.values())

    def _ordered(self, best: _Best, most: int) -> tuple[Offer, ...]:
        ranked = sorted(best.found.items(), key=lambda f: (f[1].rank, f[1].slips, f[0]))
        offers = [offer for _place, offer in ranked]
        used = [o for o in offers if o.coded.current]
        old = [o for o in offers if not o.coded.current]
        if old and not used:
            used = self._instead(old)
        kept = most - min(len(old), max(2, most - len(used)))
        return (*used[:kept], *old[: most - min(kept, len(used))])

    def _instead(self, old: Sequence[Offer]) -> list[Offer]:
        """Return the terms in use that stand for ``old``: their preferred terms."""
        found: dict[str, Offer] = {}
        for offer in old:
            term = self.instead_of(offer.coded)
            if term is not None:
                found.setdefault(term.code, Offer(term, Rank.WORD, by=offer.coded.term))
        return list(found.values())


def _standing(term: Coded) -> tuple[bool, int, int, str, str]:
    return not term.current, _ORDER[term.terminology], len(term.term), term.term, term.code


def _names(term: Coded) -> Iterator[tuple[str, str]]:
    """Yield the words by which a term is found, folded, and as written where a synonym."""
    yield folded(term.term), ""
    for synonym in term.synonyms:
        yield folded(synonym), synonym


def _has_all(name: str, begins: Sequence[str]) -> bool:
    """Tell whether each of ``begins`` is the begin of a word of ``name``."""
    if not begins:
        return True
    words = name.split()
    return all(any(word.startswith(begin) for word in words) for begin in begins)


def _whole(name: str, wanted: str) -> int:
    """Return the slips between two texts word by word; 0 where they are no mistyping."""
    theirs, ours = name.split(), wanted.split()
    if len(theirs) != len(ours):
        return 0
    slips = [_slips_of(a, b) for a, b in zip(theirs, ours, strict=True)]
    return 0 if None in slips else sum(s or 0 for s in slips)


def _slips_of(word: str, typed: str) -> int | None:
    slips = apart_whole(word, typed)
    return slips if slips <= slips_allowed(typed) and not _opposed(word, typed) else None


def _opposed(word: str, typed: str) -> bool:
    """Tell whether two words say the opposite of each other, near as their letters are."""
    return any(
        (one in word and other in typed) or (other in word and one in typed)
        for one, other in _OPPOSED
    )


class _Words:
    """The words of all names, in order, and in which names each is."""

    def __init__(self, names: Sequence[str]) -> None:
        by_word: dict[str, list[int]] = {}
        for n, name in enumerate(names):
            for word in set(name.split()):
                by_word.setdefault(word, []).append(n)
        self._by_word = by_word
        self._sorted = sorted(by_word)
        self._grams: dict[str, list[int]] = {}
        for w, word in enumerate(self._sorted):
            for gram in _grams(word):
                self._grams.setdefault(gram, []).append(w)

    def beginning(self, begin: str) -> set[int]:
        """Return the names with a word that begins so."""
        found: set[int] = set()
        for n in range(*self._begun(begin)):
            found.update(self._by_word[self._sorted[n]])
        return found

    def alike(self, typed: str) -> dict[int, int]:
        """Return the names with a word that ``typed`` may be but for slips, and how many.

        A word that some term has was typed as it is meant, and is not taken for another one.
        """
        first, last = self._begun(typed)
        words = dict.fromkeys(range(first, last), 0)
        if typed not in self._by_word:
            words |= {w: slips for w, slips in self._near(typed) if w not in words}
        found: dict[int, int] = {}
        for w, slips in sorted(words.items(), key=lambda f: -f[1]):
            found.update(dict.fromkeys(self._by_word[self._sorted[w]], slips))
        return found

    def _begun(self, begin: str) -> tuple[int, int]:
        first = bisect_left(self._sorted, begin)
        return first, bisect_left(self._sorted, begin + "\U0010ffff", lo=first)

    def _near(self, typed: str) -> Iterator[tuple[int, int]]:
        allowed, grams = slips_allowed(typed), _grams(typed)
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(self._grams.get(gram, ()))
        # Two letters that change places touch four runs of three.
        least = max(1, len(grams) - 4 * allowed)
        likely = ((w, n) for w, n in shared.items() if n >= least)
        best = nlargest(_MOST_ALIKE, likely, key=lambda f: (f[1], -len(self._sorted[f[0]])))
        for w, _shared in best:
            word = self._sorted[w]
            slips = apart(word[: len(typed) + allowed], typed)
            if slips <= allowed and not _opposed(word, typed):
                yield w, slips


def _grams(word: str) -> set[str]:
    """Return the runs of three letters of a word and of its begin."""
    padded = f"  {word}"
    return {padded[n : n + 3] for n in range(len(word))}

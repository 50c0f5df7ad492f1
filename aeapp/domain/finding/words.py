"""Fold what is stored and what is typed the same way, so that both databases find the same.

A text becomes a set of plain words: small letters, no accents, no marks. What is written with
marks between digits, such as P-0412 or KC-2026-000031, is one word more without them, so that a
number is found as a number and not by the years in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from aeapp.domain.numbers import without_ending

# Letters that are no accented form of another one to Unicode.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th"}
)
LONGEST = 40
MOST_TYPED = 8
# Marks a word that no person can type: a kind, a state, a product.
FACET = "\ue000"


def plain(text: str) -> str:
    """Return ``text`` in small letters without accents."""
    if text.isascii():
        return text.lower()
    spelled = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(c for c in spelled if not unicodedata.combining(c))


def words_of(texts: Iterable[str]) -> set[str]:
    """Return every word by which ``texts`` are found."""
    found: set[str] = set()
    for text in texts:
        for chunk in plain(text).split():
            parts = _parts(chunk)
            found.update(parts)
            if len(parts) > 1:
                found.add("".join(parts)[:LONGEST])
    return found


def typed_words(text: str) -> tuple[str, ...]:
    """Return the words a person looks for, each only once; a number with marks is one word."""
    found: dict[str, None] = {}
    for chunk in plain(text).split():
        # The name of an exported file finds what it was made of.
        parts = _parts(without_ending(chunk))
        one = len(parts) > 1 and any(c.isdigit() for c in chunk)
        found.update(dict.fromkeys(["".join(parts)[:LONGEST]] if one else parts))
    return tuple(found)[:MOST_TYPED]


def _parts(chunk: str) -> list[str]:
    spaced = re.sub(r"[\W_]+", " ", chunk)
    return [word[:LONGEST] for word in spaced.split()]


# Lengths of which the index keeps every begin; any other would be put together for each search.
KEPT_BEGINS = (8, 6, 5, 4, 3, 2)


def begin_of(word: str) -> str:
    """Return by which begin a typed word is looked for.

    A word of letters alone is cut to a length that the index keeps, so hypertension finds
    hypertensive too; a number is looked for whole.
    """
    if not word.isalpha():
        return word
    return word[: next((n for n in KEPT_BEGINS if n <= len(word)), len(word))]

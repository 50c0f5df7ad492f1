"""Fold words for comparing, and count the slips of the fingers between two of them."""

from __future__ import annotations

import unicodedata

# How many slips a word may have: none below 4 letters, one from 4, two from 7.
_SLIPS = ((7, 2), (4, 1))


def folded(text: str) -> str:
    """Return the text in small letters without accents, hyphens and double blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(" " if c in "-/_" else c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def slips_allowed(word: str) -> int:
    """Return how many slips a typed word may have and still be offered something."""
    return next((slips for length, slips in _SLIPS if len(word) >= length), 0)


def apart(name: str, wanted: str) -> int:
    """Return the fewest slips from ``wanted`` to any begin of ``name``.

    A slip is a letter too many, one missing, one instead of another, or two that changed places.
    """
    return min(_last_row(name, wanted))


def apart_whole(name: str, wanted: str) -> int:
    """Return the fewest slips from ``wanted`` to the whole of ``name``."""
    return _last_row(name, wanted)[-1]


def _last_row(name: str, wanted: str) -> list[int]:
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(wanted, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(name, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and wanted[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row

"""What both sides of the typeahead search in, and what is typed: the same words on each."""

from __future__ import annotations

import random

from tests.helpers.terminologies import many_words

COUNT = 80_000


def typed_words(what: str, names: list[str], count: int = 400) -> list[str]:
    """Return what is typed: ``keys`` is a begin as it grows, ``slip`` two letters swapped."""
    chance = random.Random(7)
    found = []
    for name in chance.sample(names, count):
        if what == "keys":
            found.append(name[: chance.randrange(1, len(name) + 1)])
        else:
            word = max(name.split(), key=len)
            at = chance.randrange(1, len(word) - 2)
            wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            found.append(name.replace(word, wrong))
    return found


def names() -> list[str]:
    """Return the invented names of the terms."""
    return many_words(COUNT)

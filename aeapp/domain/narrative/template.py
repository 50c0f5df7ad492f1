"""What a sentence template is: data that says what it reads, and how that reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aeapp.domain.narrative.reading import Reader

# Takes what reads the case and where the thing told of stands; None where there is nothing to say.
Words = Callable[[Reader, str], str | None]
ZONE = "clinic.time_zone"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of sentence.

    Attributes:
        id: Stored with each sentence made by it; never given another meaning.
        reads: Every item it may read, indexes left out; it can read no other.
        words: Makes the sentence.
    """

    id: str
    reads: frozenset[str]
    words: Words


def reads(head: str, *names: str) -> frozenset[str]:
    """Return the items of what stands at ``head``, such as ``events[].onset``."""
    return frozenset(f"{head}.{name}" for name in names)

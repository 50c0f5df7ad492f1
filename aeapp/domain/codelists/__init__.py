"""Closed lists of answers; a member's value is the official code where there is one.

``label(member)`` gives the words for people, marked for translation where they are ours.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class CodeList(StrEnum):
    """A closed list whose members carry their words: ``YES = "yes", N_("Yes")``."""

    words: str
    symbol: str

    def __new__(cls, code: str, words: str = "", symbol: str = "") -> Self:
        """Make a member from its code, its words and its symbol in running text."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.words = words
        member.symbol = symbol or words
        return member


def label(member: StrEnum) -> str:
    """Return the words of ``member``, in English; translate with ``_`` where shown."""
    return getattr(member, "words", member.value)

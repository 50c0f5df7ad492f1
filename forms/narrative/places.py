"""Places in a text as Python counts them and as Qt does: a sign beyond U+FFFF is two for Qt."""

from __future__ import annotations

from bisect import bisect_right

_LAST_SINGLE = "\uffff"


class Places:
    """Converts places of one text.

    Args:
        text: The narrative as the case has it.
        shown: The same as the field shows it; a person may be typing space around it.
    """

    def __init__(self, text: str, shown: str) -> None:
        self._lead = _lead(shown) - _lead(text)
        self._wide = [n for n, sign in enumerate(text) if sign > _LAST_SINGLE]
        self._wide_qt = [place + n for n, place in enumerate(self._wide)]

    def of_qt(self, place: int) -> int:
        """Return the place in the text."""
        place -= self._lead
        return place - bisect_right(self._wide_qt, place - 1)

    def to_qt(self, place: int) -> int:
        """Return the place in the field."""
        return place + bisect_right(self._wide, place - 1) + self._lead


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())

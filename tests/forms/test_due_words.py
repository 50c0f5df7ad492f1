"""How far a row of readings is from its time."""

from __future__ import annotations

import pytest

from aeapp.domain.vitals.due import DueRow
from forms.due_words import due_words


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (0, "due T+120"),
        (3, "due T+120, 3 min late"),
        (-2, "due T+120, 2 min early"),
        (1439, "due T+120, 1439 min late"),
        (121_677, "due T+120, 84 days late"),
    ],
)
def test_a_row_says_how_late_it_is_in_what_can_be_read(late: int, words: str) -> None:
    row = DueRow(minute=120, at=None, words="", kinds=frozenset(), late=late)

    assert due_words(row) == words

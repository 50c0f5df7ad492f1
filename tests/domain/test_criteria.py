"""Criteria beside the answers: every answer has its words, and a key of its own."""

from __future__ import annotations

import pytest

from aeapp.domain.assessment import seriousness, who_umc
from aeapp.domain.codelists.assessment import Causality
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event


def test_each_criterion_of_the_form_has_its_wording() -> None:
    assert set(seriousness.WORDINGS) == set(Seriousness)
    assert all(seriousness.WORDINGS.values())


def test_life_threatening_says_as_it_occurred() -> None:
    assert "as it occurred" in seriousness.WORDINGS[Seriousness.LIFE_THREATENING]


@pytest.mark.parametrize(
    ("answer", "serious"),
    [
        (None, False),
        (NullFlavor.UNK, False),
        (frozenset(), False),
        (frozenset({Seriousness.OTHER}), True),
    ],
)
def test_only_a_criterion_that_was_ticked_makes_it_serious(answer: object, serious: bool) -> None:
    assert seriousness.is_serious(Event(seriousness=answer)) is serious  # type: ignore[arg-type]


def test_each_category_stands_once_with_its_points_and_its_letter() -> None:
    assert [c.member for c in who_umc.CATEGORIES] == list(Causality)
    assert "".join(c.key for c in who_umc.CATEGORIES) == "CPOUNX"
    assert all(len(c.points) >= 2 for c in who_umc.CATEGORIES)
    assert who_umc.BY_MEMBER[Causality.POSSIBLE].key == "O"


def test_only_certain_asks_for_a_definitive_event() -> None:
    definitive = [
        c.member for c in who_umc.CATEGORIES if any("definitive" in point for point in c.points)
    ]

    assert definitive == [Causality.CERTAIN]

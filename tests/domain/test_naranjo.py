"""The Naranjo scale: every set of answers, against sums made in another way."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from aeapp.domain.assessment.naranjo import (
    AS_CAUSALITY,
    POINTS,
    NaranjoCategory,
    category_of,
    points_of,
    signed,
    sum_of,
)
from aeapp.domain.codelists.assessment import Causality, NaranjoAnswer
from aeapp.domain.items import specs_of
from aeapp.domain.records.assessment import Naranjo

YES, NO, UNKNOWN = NaranjoAnswer
# The published table once more, written down a second time: yes, no, unknown.
PUBLISHED = (
    "+1 0 0",
    "+2 -1 0",
    "+1 0 0",
    "+2 -1 0",
    "-1 +2 0",
    "-1 +1 0",
    "+1 0 0",
    "+1 0 0",
    "+1 0 0",
    "+1 0 0",
)


def answered(letters: str) -> Naranjo:
    """Return ten answers, one letter each: y, n, u, and a dot for none."""
    by_letter = {"y": YES, "n": NO, "u": UNKNOWN, ".": None}
    return Naranjo(**{q: by_letter[c] for q, c in zip(POINTS, letters, strict=True)})


def by_convolution() -> Counter[int]:
    """Return how many of all sets come to each sum, one question after the other."""
    ways = Counter({0: 1})
    for line in PUBLISHED:
        step: Counter[int] = Counter()
        for total, count in ways.items():
            for points in line.split():
                step[total + int(points)] += count
        ways = step
    return ways


def test_all_59049_sets_of_answers_come_to_the_published_distribution() -> None:
    sums = Counter(
        sum_of(Naranjo(**dict(zip(POINTS, answers, strict=True)))).total
        for answers in product(NaranjoAnswer, repeat=10)
    )

    assert sums.total() == 59_049
    assert sums == by_convolution()
    assert (min(sums), max(sums)) == (-4, 13)


def test_the_categories_of_all_sets_add_up() -> None:
    ways = by_convolution()
    by_category: Counter[NaranjoCategory] = Counter()
    for total, count in ways.items():
        by_category[category_of(total)] += count

    below, upper = (
        sum(n for t, n in ways.items() if t <= 0),
        sum(n for t, n in ways.items() if t >= 9),
    )
    assert by_category[NaranjoCategory.DOUBTFUL] == below
    assert by_category[NaranjoCategory.DEFINITE] == upper
    assert by_category.total() == 59_049


@pytest.mark.parametrize(
    ("total", "category"),
    [
        (-4, NaranjoCategory.DOUBTFUL),
        (0, NaranjoCategory.DOUBTFUL),
        (1, NaranjoCategory.POSSIBLE),
        (4, NaranjoCategory.POSSIBLE),
        (5, NaranjoCategory.PROBABLE),
        (8, NaranjoCategory.PROBABLE),
        (9, NaranjoCategory.DEFINITE),
        (13, NaranjoCategory.DEFINITE),
    ],
)
def test_the_limits_of_the_categories_are_the_published_ones(
    total: int, category: NaranjoCategory
) -> None:
    assert category_of(total) is category


def scored_twice(letters: str) -> int:
    """Return what a form makes of the answers that reads question 7 twice.

    The second reading gives -1 for yes, and on no puts +1 in the place of question 6.
    """
    points = {q: points_of(q, getattr(answered(letters), q)) or 0 for q in POINTS}
    if letters[6] == "y":
        points["q7"] = -1
    elif letters[6] == "n":
        points["q6"] = 1
    return sum(points.values())


def test_question_7_counts_once_and_leaves_question_6_alone() -> None:
    assert points_of("q7", YES) == 1
    for rest in product("ynu", repeat=2):
        before = "uyuuu" + rest[0]
        with_no, unknown = answered(before + "nuuu"), answered(before + "uuuu")
        assert sum_of(with_no).total == sum_of(unknown).total


def test_reading_question_7_twice_would_change_14390_categories() -> None:
    differ = sum(
        sum_of(answered("".join(letters))).category
        is not category_of(scored_twice("".join(letters)))
        for letters in product("ynu", repeat=10)
    )

    assert differ == 14_390


def test_an_ordinary_pattern_stays_possible() -> None:
    # Placebo not tested, no toxic level: 4 points, which the double reading makes 5.
    letters = "nyynuunuuy"[:6] + "n" + "uuy"
    letters = "y" + "y" + "u" + "u" + "u" + "u" + "n" + "uuy"

    assert sum_of(answered(letters)).total == 4
    assert sum_of(answered(letters)).category is NaranjoCategory.POSSIBLE
    assert category_of(scored_twice(letters)) is NaranjoCategory.PROBABLE


def test_a_question_without_an_answer_leaves_no_total() -> None:
    for n in range(10):
        letters = "y" * n + "." + "y" * (9 - n)
        points = sum_of(answered(letters))
        assert (points.total, points.category, points.answered) == (None, None, 9)


def test_unknown_is_an_answer_and_no_answer_is_none() -> None:
    assert sum_of(answered("uuuuuuuuuu")).total == 0
    assert sum_of(Naranjo()).total is None
    assert points_of("q2", UNKNOWN) == 0
    assert points_of("q2", None) is None


def test_the_arithmetic_is_shown_whole() -> None:
    assert sum_of(answered("yyynnuuuuu")).arithmetic == "+1 +2 +1 −1 +2 0 0 0 0 0 = +5"
    assert sum_of(answered("y.........")).arithmetic == "+1 ? ? ? ? ? ? ? ? ? = ?"
    assert [signed(n) for n in (2, 0, -1)] == ["+2", "0", "−1"]


def test_each_question_of_the_record_has_its_points_and_each_category_a_counterpart() -> None:
    assert list(specs_of(Naranjo)) == list(POINTS)
    assert set(AS_CAUSALITY) == set(NaranjoCategory)
    assert set(AS_CAUSALITY.values()) <= set(Causality)

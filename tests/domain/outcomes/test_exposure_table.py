"""Exposure in numbers: everybody once a row, unknown amounts counted, small groups held back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.listings import Cell
from aeapp.domain.outcomes.exposure_table import COLUMNS, Given, exposure_table

DRIP = Given("ketamine", "Intravenous drip", "P1", "S1", Decimal(40), within=True)


def test_a_person_counts_once_in_each_row_and_the_period_stands_beside_all_of_it() -> None:
    rows = exposure_table(
        [
            DRIP,
            replace(DRIP, session_id="S2", milligrams=None),
            replace(DRIP, route="Sublingual", session_id="", within=False),
            replace(DRIP, product="", route="", patient_id="P2", session_id="S3"),
        ],
        shared=False,
    )
    assert [row[:2] for row in rows] == [
        ("ketamine", "Intravenous drip"),
        ("ketamine", "Sublingual"),
        ("ketamine", "all routes"),
        ("not recorded", "not recorded"),
        ("all products", "all routes"),
    ]
    assert rows[0][2:] == (2, 2, 1, 40, 1, 2, 2, 1, 40, 1)
    assert rows[1][2:] == (0, 0, 0, 0, 0, 1, 0, 1, 40, 0)
    assert rows[2][2:] == (2, 2, 1, 40, 1, 3, 2, 1, 80, 1)
    assert rows[4][2:] == (3, 3, 2, 80, 1, 4, 3, 2, 120, 1)
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_few_people_are_not_told_in_a_copy_for_outside() -> None:
    few = exposure_table([DRIP], shared=True)
    assert (few[0][4], few[0][9]) == ("under 5", "under 5")
    many = [replace(DRIP, patient_id=f"P{n}", within=False) for n in range(5)]
    (row,) = exposure_table(many, shared=True)
    assert (row[4], row[9]) == (0, 5)


def taken(people: range, route: str, product: str = "ketamine") -> list[Given]:
    return [replace(DRIP, product=product, route=route, patient_id=f"P{n}") for n in people]


def told(*given: list[Given]) -> list[Cell]:
    """Return the people since the beginning, row after row."""
    return [row[9] for row in exposure_table([d for some in given for d in some], shared=True)]


@pytest.mark.parametrize(
    ("given", "people"),
    [
        # Of 23 the rest of 20 is 3.
        ([taken(range(20), "Drip"), taken(range(20, 23), "Nasal")], ["not told", "not told", 23]),
        (
            [taken(range(20), "Drip"), taken(range(20, 23), "Nasal"),
             taken(range(23, 30), "Tablet")],
            [20, "not told", "not told", 30],
        ),
        # A product that hides another one is not told by its routes either.
        (
            [taken(range(9), "Drip"), taken(range(9, 18), "Nasal"),
             taken(range(18, 21), "Nasal", "esketamine"), taken(range(21, 60), "Drip", "saline")],
            ["not told", "not told", "not told", "not told", 39, 60],
        ),
        # All who had any are few: so is every part of them.
        ([taken(range(2), "Drip"), taken(range(1), "Nasal")], ["under 5"] * 3),
    ],
)  # fmt: skip
def test_few_people_are_not_the_rest_of_a_sum(given: list[list[Given]], people: list[Cell]) -> None:
    assert told(*given) == people


def test_nothing_given_is_no_row() -> None:
    assert exposure_table([], shared=True) == []

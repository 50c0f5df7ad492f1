"""No group that a copy for outside holds back can be worked out from what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest

from aeapp.domain.outcomes.change import Figure, Kind
from aeapp.domain.outcomes.figures import SMALLEST_SHOWN, Proportion, range_if_missing
from aeapp.domain.outcomes.harm import Exposure, Harm, Occurred
from aeapp.domain.outcomes.ideation import Ideation
from aeapp.domain.outcomes.ladder import Ladder, Loss, Place, Step
from aeapp.domain.outcomes.small_groups import (
    has_small,
    held_back,
    held_changes,
    held_figures,
    held_terms,
    held_unanswered,
    is_small,
    told_steps,
)


def could_be(counts: Sequence[int], hidden: frozenset[int]) -> dict[int, set[int]]:
    """Solve for what is held back: return every number that each could be, by the sum of all."""
    rest = sum(counts[n] for n in hidden)
    places = sorted(hidden)
    found: dict[int, set[int]] = {place: set() for place in places}
    for guess in product(range(1, rest + 1), repeat=len(places)):
        if sum(guess) == rest:
            for place, one in zip(places, guess, strict=True):
                found[place].add(one)
    return found


def test_one_group_held_back_beside_its_sum_can_be_worked_out() -> None:
    assert could_be((12, 3, 9), frozenset({1})) == {1: {3}}


def test_a_second_one_the_smallest_of_the_rest_is_held_back_with_it() -> None:
    held = held_back((12, 3, 9), [1])

    assert held.parts == {1, 2}
    assert not held.with_sum
    assert could_be((12, 3, 9), held.parts)[1] == set(range(1, 12))


def test_nothing_small_holds_nothing_back() -> None:
    assert held_back((12, 13, 9), []).parts == frozenset()


def test_where_all_together_do_not_hide_it_the_sum_is_held_back() -> None:
    assert held_back((3,), [0]).with_sum
    assert held_back((1, 1), [0, 1]).with_sum
    assert not held_back((12, 3), [1]).with_sum


def test_whatever_the_groups_are_no_small_one_can_be_told_apart() -> None:
    for counts in combinations_with_replacement((1, 2, 4, 5, 7), 4):
        held = held_back(counts, [n for n, count in enumerate(counts) if is_small(count)])
        if held.parts and not held.with_sum:
            for numbers in could_be(counts, held.parts).values():
                assert len(numbers) >= SMALLEST_SHOWN, counts


@pytest.mark.parametrize(
    ("found", "small"),
    [((0, 9), False), ((4, 9), True), ((5, 9), True), ((5, 10), False), ((9, 9), False)],
)
def test_what_is_small(found: tuple[int, int], small: bool) -> None:
    assert has_small(Proportion(*found)) is small


def events(term: str, people: int, each: int = 1) -> list[Occurred]:
    return [
        Occurred(f"{term}{n}", f"P{n % people}", f"S{n}", term, None, serious=None)
        for n in range(people * each)
    ]


def test_a_term_of_few_people_takes_the_rarest_of_the_others_with_it() -> None:
    told = (*events("Nausea", 12), *events("Dizziness", 9), *events("Vomiting", 3))
    rows = Harm(Exposure(60, 30, Decimal(1)), told).rows
    held = held_terms(rows)

    assert {rows[n].term for n in held.parts} == {"Dizziness", "Vomiting"}
    assert not held.with_sum
    lone = Harm(Exposure(60, 30, Decimal(1)), tuple(events("Vomiting", 3))).rows
    assert held_terms(lone).with_sum


def figures(*numbers: tuple[Kind, int]) -> list[Figure]:
    found = [(kind, Proportion(number, 60)) for kind, number in numbers]
    return [Figure(k, "", p, range_if_missing(p, 0), p, ()) for k, p in found]


def test_of_rates_that_are_everybody_once_two_are_held_back() -> None:
    """40 reliably better and 17 as they were, of 60, leave 3 who got worse."""
    once = figures((Kind.RESPONSE, 30), (Kind.RELIABLE, 40), (Kind.NO_CHANGE, 17),
                   (Kind.DETERIORATION, 3))  # fmt: skip
    assert held_figures(once) == {Kind.NO_CHANGE, Kind.DETERIORATION}
    assert held_figures(once[:1] + once[3:]) == {Kind.DETERIORATION}
    assert held_figures(figures((Kind.RELIABLE, 40), (Kind.NO_CHANGE, 20))) == frozenset()


def people(count: int) -> tuple[str, ...]:
    return tuple(f"P{n}" for n in range(count))


def test_a_few_with_the_same_thoughts_are_not_the_rest_of_two_told_rates() -> None:
    few_same = Ideation(gone=people(10), less=people(8), same=people(2), worse=people(10))
    assert held_changes(few_same) == {"increase"}
    assert held_changes(replace(few_same, same=people(6))) == frozenset()


def test_who_has_no_answer_cannot_be_worked_out_from_everybody() -> None:
    found = Ideation(lost=people(3), lost_without=people(7), not_asked=people(30))
    assert held_unanswered(found) == {"lost", "without"}
    assert held_unanswered(replace(found, lost=people(5))) == frozenset()


def ladder(**lost: int) -> Ladder:
    """Return a ladder of 30 who are counted, and of those lost by the name of a loss."""
    places = [Place(f"C{n}", None, None, None) for n in range(30)]
    for name, count in lost.items():
        places += [Place(f"{name}{n}", None, None, Loss[name]) for n in range(count)]
    return Ladder(tuple(places))


def test_a_step_that_would_tell_how_few_were_lost_is_not_told() -> None:
    assert told_steps(ladder(NO_BASELINE=9, NO_FOLLOW_UP=6)) == frozenset(Step)
    few = told_steps(ladder(NO_BASELINE=9, NO_FOLLOW_UP=3))
    assert frozenset(Step) - few == {Step.BASELINE, Step.THRESHOLD}
    # Those counted stand beside each rate, so that the steps above them give way.
    assert Step.COUNTED in few

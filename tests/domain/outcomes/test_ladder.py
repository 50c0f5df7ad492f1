"""Who is counted, what became of them, and what nobody may drop on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from aeapp.domain.outcomes.change import Kind, figures_of
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.ideation import ideation_of
from aeapp.domain.outcomes.ladder import (
    Design,
    Loss,
    Measured,
    Pair,
    Step,
    Treated,
    climb,
    courses,
)
from aeapp.domain.records.scale import Scale

DAY = date(2026, 7, 10)
DESIGN = Design(date(2026, 7, 1), date(2026, 9, 30), threshold=Decimal(10))
LATER = date(2026, 12, 1)
PHQ9 = Scale(
    name="PHQ-9", response_percent=Decimal(50), remission_below=5, reliable_change=Decimal(5)
)


def at(days: int) -> date:
    return DAY + timedelta(days=days)


def whole(total: int | None) -> Decimal | None:
    return None if total is None else Decimal(total)


def person(
    name: str, *scores: tuple[int, int | None], doses: tuple[int, ...] = (0, 3, 7)
) -> Treated:
    """Return a person with totals at days after the first dose."""
    return Treated(
        name,
        tuple(map(at, doses)),
        tuple(Measured(at(day), whole(total)) for day, total in scores),
    )


def test_a_score_of_the_day_of_the_dose_is_no_start_if_it_came_after_the_dose() -> None:
    before, after = Measured(at(0), Decimal(18)), Measured(at(0), Decimal(6), after_dose=True)
    for measured in ((before, after), (after, before)):
        (place,) = climb([Treated("A", (DAY,), measured)], DESIGN, LATER).places
        assert place.before == before
    (place,) = climb([Treated("A", (DAY,), (after,))], DESIGN, LATER).places
    assert (place.before, place.lost) == (None, Loss.NO_BASELINE)
    earlier = Measured(at(-7), Decimal(17), after_dose=True)  # of a course before this one
    (place,) = climb([Treated("A", (DAY,), (earlier,))], DESIGN, LATER).places
    assert place.before == earlier


def only(*scores: tuple[int, int | None], today: date = LATER, doses: tuple[int, ...] = (0,)):
    return climb([person("A", *scores, doses=doses)], DESIGN, today).places[0]


PLACES = [
    ("counted", ((-3, 18), (20, 9)), None, Step.COUNTED),
    ("the day of the first dose is before it", ((0, 18), (31, 9)), None, Step.COUNTED),
    ("a day too early for the outcome", ((0, 18), (13, 9)), Loss.NO_FOLLOW_UP, Step.THRESHOLD),
    ("a day too late", ((0, 18), (32, 9)), Loss.NO_FOLLOW_UP, Step.THRESHOLD),
    ("a start of long ago", ((-31, 18), (20, 9)), Loss.NO_BASELINE, Step.ELIGIBLE),
    ("no start", ((20, 9),), Loss.NO_BASELINE, Step.ELIGIBLE),
    ("a start without total", ((0, None), (20, 9)), Loss.NO_BASELINE, Step.ELIGIBLE),
    ("at the threshold", ((0, 10), (20, 9)), None, Step.COUNTED),
    ("below it", ((0, 9), (20, 2)), Loss.BELOW_THRESHOLD, Step.BASELINE),
    ("an outcome without total", ((0, 18), (20, None)), Loss.NO_TOTAL, Step.FOLLOWED),
]


@pytest.mark.parametrize(("scores", "lost", "step"), [row[1:] for row in PLACES])
def test_a_place_on_the_ladder(scores: tuple, lost: Loss | None, step: Step) -> None:
    place = only(*scores)

    assert place.lost is lost
    assert place.step is step


def test_of_several_scores_the_last_in_the_window_counts_and_a_whole_one_before_a_part() -> None:
    place = only((-20, 25), (-1, 18), (15, 12), (28, 7), (30, None))

    assert place.before == Measured(at(-1), Decimal(18))
    assert place.after == Measured(at(28), Decimal(7))


def test_a_window_that_is_still_open_is_no_loss_by_absence() -> None:
    assert only((0, 18), (20, 4), today=at(31)).lost is Loss.WINDOW_OPEN
    assert only((0, 18), (20, 4), today=at(32)).lost is None


def test_a_course_counts_in_the_period_in_which_it_began() -> None:
    assert only((0, 18), (20, 4), doses=(-60, 0)).lost is Loss.EARLIER_COURSE
    assert only((0, 18), (20, 4), doses=(-91, 0)).lost is None
    assert climb([person("A", doses=(-60,))], DESIGN, LATER).places == ()


def test_a_course_that_began_with_another_dose_has_no_start_of_its_own() -> None:
    """A score under another treatment is never taken for one before the first dose."""
    switched = replace(person("A", (0, 18), (14, 9), (35, 5), doses=(0, 15)), chosen=(at(15),))
    (place,) = climb([switched], DESIGN, LATER).places
    assert (place.lost, place.before) == (Loss.OTHER_COURSE, None)
    begun = replace(switched, chosen=(at(0),))
    assert climb([begun], DESIGN, LATER).places[0].lost is None
    assert climb([replace(switched, chosen=())], DESIGN, LATER).places == ()


def test_courses_begin_after_a_gap() -> None:
    assert courses(map(at, (0, 3, 93, 184)), 90) == [at(0), at(184)]
    assert courses([], 90) == []


def test_every_step_says_what_it_lost() -> None:
    people = [
        person("counted", (0, 18), (20, 9)),
        person("mild", (0, 4), (20, 2)),
        person("not seen again", (0, 20)),
        person("part", (0, 20), (20, None)),
        person("no start"),
        person("long here", doses=(-30, 0)),
    ]
    ladder = climb(people, DESIGN, LATER)

    assert [ladder.at(step) for step in Step] == [6, 5, 4, 3, 2, 1]
    assert {reason: ladder.lost(reason) for reason in Loss} == {
        Loss.EARLIER_COURSE: 1, Loss.OTHER_COURSE: 0, Loss.WINDOW_OPEN: 0, Loss.NO_BASELINE: 1,
        Loss.BELOW_THRESHOLD: 1, Loss.NO_FOLLOW_UP: 1, Loss.NO_TOTAL: 1,
    }  # fmt: skip
    assert ladder.missing == 2
    assert ladder.counted == (Pair("counted", Decimal(18), Decimal(9)),)
    assert sum(map(ladder.lost, Loss)) + len(ladder.counted) == len(people)


def test_every_step_has_words() -> None:
    assert all(step.words for step in Step)


CHANGES = [
    (18, 9, {Kind.RESPONSE, Kind.RELIABLE, Kind.ANY}),
    (18, 10, {Kind.RELIABLE, Kind.ANY}),
    (19, 9, {Kind.RESPONSE, Kind.RELIABLE, Kind.ANY}),
    (19, 10, {Kind.RELIABLE, Kind.ANY}),  # half of an odd total is no whole number
    (10, 4, {Kind.RESPONSE, Kind.REMISSION, Kind.RELIABLE, Kind.ANY}),
    (18, 14, {Kind.ANY, Kind.NO_CHANGE}),
    (18, 18, {Kind.NO_CHANGE}),
    (18, 22, {Kind.NO_CHANGE}),
    (18, 23, {Kind.DETERIORATION}),
]


@pytest.mark.parametrize(("before", "after", "kinds"), CHANGES)
def test_what_a_change_is(before: int, after: int, kinds: set[Kind]) -> None:
    ladder = climb([person("A", (0, before), (20, after))], DESIGN, LATER)

    found = {figure.kind for figure in figures_of(ladder, PHQ9) if figure.patient_ids == ("A",)}
    assert found == kinds


def test_reliable_change_either_way_and_none_are_everybody_once() -> None:
    people = [person(str(after), (0, 14), (20, after)) for after in range(28)]
    figures = {
        figure.kind: figure.counted for figure in figures_of(climb(people, DESIGN, LATER), PHQ9)
    }

    parts = (Kind.RELIABLE, Kind.NO_CHANGE, Kind.DETERIORATION)
    assert sum(figures[kind].numerator for kind in parts) == 28


def test_a_reliable_fall_may_have_to_end_low_enough() -> None:
    """As one published figure for the PCL-5 has it: down by 15, and under 29 in the end."""
    rules = Scale(name="PCL-5", reliable_change=Decimal(15), reliable_end_below=29)
    people = [person("low", (0, 40), (20, 20)), person("high", (0, 60), (20, 45))]
    found = {figure.kind: figure for figure in figures_of(climb(people, DESIGN, LATER), rules)}

    assert found[Kind.RELIABLE].patient_ids == ("low",)
    assert found[Kind.RELIABLE].definition == "PCL-5 total down by 15 or more, under 29"
    assert found[Kind.NO_CHANGE].patient_ids == ("high",)


def test_a_figure_has_its_definition_and_the_range_of_the_missing() -> None:
    people = [
        person("A", (0, 18), (20, 3)), person("B", (0, 18), (20, 17)),
        person("C", (0, 18)), person("D", (0, 18), (20, None)), person("E", (0, 3)),
    ]  # fmt: skip
    response = figures_of(climb(people, DESIGN, LATER), PHQ9)[0]

    assert response.definition == "PHQ-9 total down by 50 % of the baseline or more"
    assert response.counted == Proportion(1, 2)
    assert (response.range.low, response.range.high) == (Proportion(1, 4), Proportion(3, 4))


def test_a_figure_without_a_published_rule_is_not_made() -> None:
    ladder = climb([person("A", (0, 18), (20, 19))], DESIGN, LATER)
    found = figures_of(ladder, Scale(name="OWN"))

    assert [figure.kind for figure in found] == [Kind.ANY, Kind.DETERIORATION]
    assert found[1].definition == "OWN total up by 1 or more"
    assert [figure.kind for figure in found if figure.kind.is_harm] == [Kind.DETERIORATION]
    assert all(kind.words for kind in Kind)


def asked(name: str, before: int | None, after: int | None, total: int = 18) -> Treated:
    points = Decimal(total)
    return Treated(name, (DAY,), (Measured(at(0), points, before), Measured(at(20), points, after)))


def test_thoughts_before_and_after_put_everybody_in_one_group() -> None:
    people = [
        asked("gone", 2, 0), asked("less", 2, 1), asked("same", 2, 2), asked("worse", 2, 3),
        asked("lost", 2, None), asked("new", 0, 1), asked("still", 0, 0),
        asked("lost too", 0, None), asked("not asked", None, 1), asked("mild", 0, 3, total=4),
        person("not seen", (0, 18)), person("no start"), person("long here", doses=(-30, 0)),
    ]  # fmt: skip
    found = ideation_of(climb(people, DESIGN, LATER))

    assert (found.gone, found.less, found.same, found.worse) == (
        ("gone",), ("less",), ("same",), ("worse",),
    )  # fmt: skip
    assert (found.new, found.still_none) == (("new", "mild"), ("still",))
    assert (found.lost, found.lost_without) == (("lost",), ("lost too",))
    assert found.not_asked == ("not asked", "not seen", "no start")
    assert (found.had, found.had_none) == (4, 3)
    assert found.any_decrease == Proportion(2, 4)
    assert found.increase == Proportion(1, 4)
    assert found.newly == Proportion(2, 3)

"""Which readings are due, and which were taken for them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import DueFrom
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Observation
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import (
    DueRow,
    DueState,
    Repeat,
    Times,
    due_rows,
    filled_by,
    infusion_end,
    later,
    next_due,
)

BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
BOTH = frozenset((BP, HR))
ZERO = PartialDate(2026, 11, 23, 13, 50, None, -300)
TAKEN, COMING, LATE, MISSED = DueState


def at(minute: int) -> PartialDate:
    found = later(ZERO, minute)
    assert found is not None
    return found


def bp(minute: int, status: ObservationStatus | None = None) -> Observation:
    return Observation(
        kind=BP, systolic=Decimal(120), diastolic=Decimal(80), at=at(minute), status=status
    )


def hr(minute: int) -> Observation:
    return Observation(kind=HR, value=Decimal(70), at=at(minute))


def plan(*minutes: int, kinds: frozenset[ObservationKind] = frozenset((BP,))) -> list[DueReading]:
    return [DueReading(minute=m, kinds=kinds) for m in minutes]


def rows(
    schedule: Sequence[DueReading], readings: Sequence[Observation], now: int
) -> tuple[DueRow, ...]:
    return due_rows(schedule, readings, Times(now=at(now), zero=ZERO))


def states(found: Sequence[DueRow]) -> list[tuple[int | None, DueState, int]]:
    return [(row.minute, row.state, row.late) for row in found]


def test_a_row_is_taken_coming_or_late_by_minutes() -> None:
    found = rows(plan(0, 15, 30, 45), [bp(-5), bp(16)], 34)
    assert states(found) == [(0, TAKEN, 0), (15, TAKEN, 1), (30, LATE, 4), (45, COMING, 0)]
    assert [row.at for row in found] == [at(0), at(15), at(30), at(45)]
    assert next_due(found) is found[2]
    assert not found[1].open
    assert found[2].open


def test_a_row_is_not_late_in_its_own_minute() -> None:
    (row,) = rows(plan(30), [], 30)
    assert (row.state, row.late) == (COMING, 0)


def test_a_row_whose_next_one_is_due_is_not_asked_for_any_more() -> None:
    found = rows(plan(15, 30), [], 30)
    assert states(found) == [(15, MISSED, 0), (30, COMING, 0)]
    assert found[0].missing == {BP}
    assert next_due(found) is found[1]


def test_a_row_before_one_that_was_taken_early_is_not_asked_for_any_more() -> None:
    assert states(rows(plan(15, 30), [bp(26)], 27)) == [(15, MISSED, 0), (30, TAKEN, -4)]


def test_one_set_of_readings_takes_one_row_only() -> None:
    # Minute 28 lies near to both rows.
    assert states(rows(plan(25, 30), [bp(28)], 29)) == [(25, MISSED, 0), (30, TAKEN, -2)]
    assert states(rows(plan(26, 30), [bp(27), bp(30)], 31)) == [(26, TAKEN, 1), (30, TAKEN, 0)]


def test_of_two_that_lie_equally_near_the_later_one_is_taken() -> None:
    (row,) = rows(plan(30), [bp(29), bp(31)], 40)
    assert row.taken is not None
    assert row.taken.minute == 31


def test_a_set_that_leaves_less_unread_goes_before_a_nearer_one() -> None:
    (row,) = rows(plan(30, kinds=BOTH), [hr(30), bp(32), hr(32)], 40)
    assert row.taken is not None
    assert (row.taken.minute, row.missing) == (32, frozenset())


def test_a_set_in_its_minute_goes_before_a_fuller_one_that_lies_farther() -> None:
    (row,) = rows(plan(30, kinds=BOTH), [bp(26), hr(26), bp(30)], 40)
    assert row.taken is not None
    assert (row.taken.minute, row.missing) == (30, {HR})


def test_what_was_asked_and_not_read_is_said() -> None:
    (row,) = rows(plan(30, kinds=BOTH), [hr(31)], 40)
    assert (row.state, row.missing) == (TAKEN, {BP})


def test_another_quantity_takes_no_row() -> None:
    (row,) = rows(plan(30), [hr(30)], 31)
    assert (row.state, row.late) == (LATE, 1)


def test_a_row_that_names_no_quantity_is_taken_by_any() -> None:
    (row,) = rows([DueReading(minute=30)], [hr(30)], 31)
    assert (row.state, row.missing) == (TAKEN, frozenset())


@pytest.mark.parametrize("status", [ObservationStatus.STRUCK, ObservationStatus.ARTEFACT])
def test_what_does_not_count_takes_no_row(status: ObservationStatus) -> None:
    (row,) = rows(plan(30), [bp(30, status)], 31)
    assert row.state is LATE


def test_a_reading_more_than_five_minutes_early_takes_no_row() -> None:
    assert rows(plan(60), [bp(54)], 55)[0].state is COMING
    assert rows(plan(60), [bp(55)], 55)[0].late == -5


def test_the_last_row_may_be_taken_however_late() -> None:
    assert states(rows(plan(120), [bp(200)], 200)) == [(120, TAKEN, 80)]


def test_a_reading_after_the_dose_is_no_baseline() -> None:
    found = rows(plan(0), [bp(3)], 5)
    assert states(found) == [(0, MISSED, 0)]


def test_before_the_dose_any_reading_is_the_baseline_and_the_rest_has_no_time() -> None:
    times = Times(now=at(-3))
    found = due_rows(plan(0, 15), [bp(-90), bp(-5)], times)
    assert states(found) == [(0, TAKEN, 0), (15, COMING, 0)]
    assert found[0].taken is not None
    assert found[0].taken.at == at(-5)
    assert found[1].at is None
    first = due_rows(plan(15, 0), [], times)
    assert next_due(first) is first[0]
    assert first[0].minute == 0


def test_readings_without_a_time_of_day_or_a_known_zone_take_no_row_after_the_dose() -> None:
    day = Observation(kind=BP, at=PartialDate(2026, 11, 23))
    zoneless = Observation(kind=BP, at=PartialDate(2026, 11, 23, 14, 20))
    unknown = Observation(kind=BP, at=NullFlavor.UNK)
    assert rows(plan(30), [day, zoneless, unknown], 31)[0].state is LATE


def test_a_dose_without_a_known_zone_gives_no_times() -> None:
    zero = PartialDate(2026, 11, 23, 13, 50)
    (row,) = due_rows(plan(30), [], Times(now=at(40), zero=zero))
    assert (row.at, row.state) == (None, COMING)


# --- rows that hang on other times


LEAVING = DueReading(words="Before leaving", kinds=BOTH)
END = DueReading(minute=30, counted_from=DueFrom.INFUSION_END, kinds=frozenset((BP,)))


def test_the_row_before_leaving_waits_for_the_end_and_comes_last() -> None:
    found = rows([LEAVING, END, *plan(15)], [bp(15)], 60)
    assert [row.counted_from for row in found] == [
        DueFrom.DOSE,
        DueFrom.INFUSION_END,
        DueFrom.LEAVING,
    ]
    assert [row.state for row in found] == [TAKEN, COMING, COMING]
    assert found[2].words == "Before leaving"


def test_the_row_before_leaving_is_taken_by_the_last_minutes() -> None:
    times = Times(now=at(130), zero=ZERO, ended=at(125))
    (row,) = due_rows([LEAVING], [bp(100), bp(115), bp(130)], times)
    assert row.taken is not None
    assert (row.taken.minute, row.late, row.missing) == (115, 0, {HR})
    (row,) = due_rows([LEAVING], [bp(100)], times)
    assert row.state is MISSED


def test_a_row_after_the_infusion_has_its_time_when_the_infusion_has_ended() -> None:
    times = Times(now=at(75), zero=ZERO, infusion_end=at(42))
    (row,) = due_rows([END], [], times)
    assert (row.minute, row.state, row.late) == (72, LATE, 3)
    (row,) = due_rows([END], [bp(73)], times)
    assert (row.state, row.late) == (TAKEN, 1)


def test_after_the_session_nothing_is_asked_for() -> None:
    found = due_rows(plan(30, 60), [bp(30)], Times(now=at(50), zero=ZERO, ended=at(45)))
    assert [row.state for row in found] == [TAKEN, MISSED]
    assert next_due(found) is None


# --- repeats


def test_a_repeat_is_a_row_of_its_own_with_its_countdown() -> None:
    repeat = Repeat(at(45), frozenset((BP,)))
    for now, state, late in ((42, COMING, 0), (45, COMING, 0), (47, LATE, 2)):
        found = due_rows(plan(60), [bp(40)], Times(now=at(now), zero=ZERO), [repeat])
        assert [(r.minute, r.repeat) for r in found] == [(45, True), (60, False)]
        assert (found[0].state, found[0].late) == (state, late)
        assert next_due(found) is found[0]


@pytest.mark.parametrize(("minute", "due"), [(58, 58), (62, 60)])
def test_a_repeat_near_a_row_is_that_row(minute: int, due: int) -> None:
    repeat = Repeat(at(minute), frozenset((HR,)))
    (row,) = due_rows(plan(60), [], Times(now=at(59), zero=ZERO), [repeat])
    assert (row.minute, row.at, row.kinds, row.repeat) == (due, at(due), BOTH, True)
    assert row.late == max(0, 59 - due)


def test_a_repeat_joins_a_row_of_any_quantity_without_narrowing_it() -> None:
    repeat = Repeat(at(60), frozenset((HR,)))
    (row,) = due_rows([DueReading(minute=60)], [], Times(now=at(59), zero=ZERO), [repeat])
    assert row.kinds == frozenset()


def test_a_repeat_without_a_dose_stands_alone() -> None:
    repeat = Repeat(at(10), frozenset((HR,)))
    found = due_rows(plan(0), [], Times(now=at(5)), [repeat])
    assert [row.repeat for row in found] == [False, True]


# --- what the row being typed will take


@pytest.mark.parametrize(
    ("minute", "due"),
    [(None, 0), (-3, 0), (0, 0), (9, None), (10, None), (16, None), (24, None), (25, 30), (44, 30),
     (54, 30), (55, 60), (200, 60)],
)  # fmt: skip
def test_readings_of_a_minute_would_take_the_row_near_to_it(
    minute: int | None, due: int | None
) -> None:
    row = filled_by(rows([LEAVING, END, *plan(0, 15, 30, 60)], [bp(15)], 31), minute)
    assert (row.minute if row is not None else None) == due


def test_a_repeat_is_taken_by_readings_of_any_minute() -> None:
    repeat = Repeat(at(45), frozenset((BP,)))
    found = due_rows(plan(60), [bp(40)], Times(now=at(42), zero=ZERO), [repeat])
    assert filled_by(found, 42) is found[0]
    assert filled_by(found, 57) is found[1]
    assert filled_by([], 42) is None


# --- a form that asks for a minute of its own


def test_a_reading_near_forty_minutes_takes_the_row_and_keeps_its_own_minute() -> None:
    (row,) = rows(plan(40), [bp(43)], 45)
    assert row.taken is not None
    assert (row.taken.minute, row.late) == (43, 3)


# --- the end of an infusion


def giving(**changes: object) -> Administration:
    return Administration(role=DrugRole.SUSPECT, **changes)  # type: ignore[arg-type]


def test_the_infusion_ends_with_its_last_part() -> None:
    rate = Decimal(1)
    assert infusion_end([]) is None
    assert infusion_end([giving()]) is None
    assert infusion_end([giving(rate=rate)]) is None
    ended = [giving(rate=rate, ended=at(40)), giving(rate=rate, ended=at(42))]
    assert infusion_end(ended) == at(42)
    assert infusion_end([*ended, giving(rate=rate)]) is None
    over = giving(over_minutes=Decimal(40), route=FormRoute.INTRAVENOUS_DRIP)
    assert infusion_end([*ended, over]) is None
    held = giving(over_minutes=Decimal(10), route=FormRoute.SUBLINGUAL)
    assert infusion_end([*ended, held]) == at(42)


def test_a_time_that_cannot_be_moved_is_none() -> None:
    assert later(PartialDate(2026, 11, 23), 5) is None
    assert later(ZERO, 90) == PartialDate(2026, 11, 23, 15, 20, None, -300)


# --- whatever is read


minutes = st.lists(st.integers(-60, 200), max_size=12)


@given(st.lists(st.integers(-10, 120), unique=True, max_size=8), minutes, st.integers(0, 150))
def test_no_set_takes_two_rows_and_every_row_has_one_state(
    due: list[int], read: list[int], now: int
) -> None:
    found = rows(plan(*due), [bp(m) for m in read], now)
    assert sorted(due) == [row.minute for row in found]
    taken = [row.taken.at for row in found if row.taken is not None]
    assert len(taken) == len(set(taken))
    for row in found:
        assert (row.taken is not None) is (row.state is TAKEN)
        assert row.state is not LATE or row.late > 0
        # One row at most is late: a person is asked for one set of readings at a time.
    assert sum(row.state is LATE for row in found) <= 1

"""What waits is ordered by what runs out, and its clock says so in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aeapp.domain.chair.board import BoardStatus
from aeapp.domain.chair.needs import (
    Authority,
    Need,
    NeedKind,
    clock_of,
    is_at_risk,
    is_blocked,
    is_of,
    is_overdue,
    is_this_week,
    ordered,
)
from aeapp.domain.values import PartialDate

TODAY = dt.date(2026, 11, 23)


def need(days: int | None, target: str = "s") -> Need:
    return Need(
        kind=NeedKind.REMS,
        target=target,
        what="",
        detail="",
        patient="",
        next_step="",
        owner="",
        due=None if days is None else TODAY + dt.timedelta(days=days),
        authority=Authority.REMS,
        rule="",
    )


@pytest.mark.parametrize(
    ("days", "status", "words"),
    [
        (-2, BoardStatus.OVERDUE, "2 days over"),
        (-1, BoardStatus.OVERDUE, "1 day over"),
        (0, BoardStatus.DUE, "today"),
        (1, BoardStatus.DUE, "tomorrow"),
        (2, BoardStatus.DUE, "in 2 days"),
        (None, BoardStatus.DUE, "open"),
    ],
)
def test_a_clock_says_how_many_days_are_left(
    days: int | None, status: BoardStatus, words: str
) -> None:
    assert clock_of(need(days), TODAY) == (status, words)


@pytest.mark.parametrize(
    ("days", "over", "week"),
    [
        (-1, True, False),
        (0, False, True),
        (7, False, True),
        (8, False, False),
        (None, False, False),
    ],
)
def test_facets_part_the_lines_by_their_day(days: int | None, over: bool, week: bool) -> None:
    assert is_overdue(need(days), TODAY) is over
    assert is_this_week(need(days), TODAY) is week


def test_what_runs_out_first_stands_first_and_what_has_no_day_last() -> None:
    lines = [need(None, "d"), need(3, "c"), need(-1, "b"), need(-1, "a")]

    assert [n.target for n in ordered(lines)] == ["a", "b", "c", "d"]


def test_each_authority_has_words() -> None:
    assert [a.words for a in Authority] == [
        "law",
        "REMS",
        "protocol",
        "clinic target",
        "their wish, no law",
    ]


def noon(minute: int = 0) -> PartialDate:
    return PartialDate(2026, 11, 23, 12, minute, None, -300)


def test_two_days_or_less_with_something_that_blocks_is_at_risk() -> None:
    blocked = {days: replace(need(days), blockers=1) for days in (-1, 0, 2, 3)}

    assert [d for d, n in blocked.items() if is_at_risk(n, TODAY)] == [0, 2]
    assert not is_at_risk(need(1), TODAY)
    assert not is_at_risk(replace(need(None), blockers=1), TODAY)
    assert clock_of(blocked[2], TODAY) == (BoardStatus.FLAG, "in 2 days, at risk")
    assert clock_of(blocked[-1], TODAY) == (BoardStatus.OVERDUE, "1 day over")


def test_a_clock_of_hours_says_the_minute_of_its_last_day() -> None:
    line = replace(need(0), due_at=noon())

    assert clock_of(line, TODAY) == (BoardStatus.DUE, "today 12:00")
    assert clock_of(line, TODAY, noon()) == (BoardStatus.DUE, "today 12:00")
    assert clock_of(line, TODAY, noon(1)) == (BoardStatus.OVERDUE, "over since 12:00")
    assert clock_of(replace(line, due=TODAY + dt.timedelta(1)), TODAY)[1] == "tomorrow"


def test_what_may_be_over_stands_first_and_says_why() -> None:
    unknown = replace(need(None, "u"), lacks_begin=True)

    assert ordered([need(-3, "late"), unknown])[0] is unknown
    assert clock_of(unknown, TODAY) == (BoardStatus.FLAG, "begin not known")


def test_an_hour_runs_out_before_its_day() -> None:
    hour, day = replace(need(0, "z"), due_at=noon()), need(0, "a")

    assert ordered([day, hour]) == (hour, day)


def test_blocked_is_what_waits_for_somebody_by_name() -> None:
    waiting = replace(need(1), owner="Dana Reyes", waits_for="J. Kim")

    assert is_blocked(waiting)
    assert not is_blocked(replace(waiting, waits_for=""))
    assert is_of(waiting, "J. Kim")
    assert is_of(waiting, "Dana Reyes")
    assert not is_of(waiting, "Somebody else")
    assert not is_of(need(1), "")


def test_lines_about_one_record_are_told_apart() -> None:
    assert need(1).line == "rems.s"
    assert replace(need(1), mark="ind-7").line == "rems.s.ind-7"

"""Time to onset: to the minute where both are known so, and never more exact than known."""

from __future__ import annotations

import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.assessment.onset import (
    Interval,
    between,
    interval_words,
    onset_after,
    surely_after,
)
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration
from aeapp.domain.values import PartialDate, instant_in_zone
from tests.factories import dates, day

CHICAGO = zoneinfo.ZoneInfo("America/Chicago")


def doses(*starts: str) -> tuple[Administration, ...]:
    return tuple(Administration(id=f"g{n}", started=day(at)) for n, at in enumerate(starts))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-23T13:50-05:00", "2026-11-23T14:32-05:00", "42 min"),
        ("2026-11-23T13:50-05:00", "2026-11-23T13:50-05:00", "0 min"),
        # The same instant on the clocks of two zones.
        ("2026-11-23T13:50-05:00", "2026-11-23T13:20-06:00", "30 min"),
        ("2026-10-12T10:05-05:00", "2026-11-23T14:32-06:00", "42 days 5 h 27 min"),
        ("2026-11-22T14:32-05:00", "2026-11-23T14:32-05:00", "1 day"),
        ("2026-11-23T13:50:40-05:00", "2026-11-23T13:51:10-05:00", "1 min"),
        # The night on which clocks go back an hour is an hour longer.
        ("2026-10-31T23:00-05:00", "2026-11-01T23:00-06:00", "1 day 1 h"),
        ("2026-11-23", "2026-11-23T14:32-05:00", "the same day"),
        ("2026-11-22", "2026-11-23", "1 day"),
        ("2026-11-20", "2026-11-23", "3 days"),
        ("2026-10", "2026-11-03", "3 to 33 days"),
        ("2026-11", "2026-11-20", "0 to 19 days"),
        ("2026", "2026-11", "0 to 333 days"),
    ],
)
def test_the_interval_is_as_exact_as_both_moments(start: str, end: str, words: str) -> None:
    assert interval_words(between(day(start), day(end), CHICAGO)) == words


def test_times_without_an_offset_are_those_of_the_clinic() -> None:
    start, end = day("2026-11-23T13:50"), day("2026-11-23T14:32-06:00")

    assert between(start, end, CHICAGO).minutes == 42
    assert between(start, end, None) == Interval(None, 0, 0)


def test_a_time_that_the_clock_showed_twice_or_never_is_known_to_the_day_only() -> None:
    assert instant_in_zone(day("2026-11-01T01:30"), CHICAGO) is None
    assert instant_in_zone(day("2026-03-08T02:30"), CHICAGO) is None
    assert instant_in_zone(day("2026-11-01T03:30"), CHICAGO) is not None
    assert instant_in_zone(PartialDate(9999, 12, 31, 23, 59), CHICAGO) is None
    assert between(day("2026-11-01T01:30"), day("2026-11-01T04:00"), CHICAGO) == Interval(
        None, 0, 0
    )


def test_first_and_last_are_doses_before_the_onset_only() -> None:
    found = onset_after(
        doses("2026-11-23T13:50-06:00", "2026-10-12T10:05-05:00", "2026-11-24T09:00-06:00"),
        day("2026-11-23T14:32-06:00"),
        CHICAGO,
    )

    assert (found.first, found.last) == (
        day("2026-10-12T10:05-05:00"),
        day("2026-11-23T13:50-06:00"),
    )
    assert found.from_first == Interval(60_807, 42, 42)
    assert found.from_last == Interval(42, 0, 0)


def test_a_dose_in_the_minute_of_the_onset_counts_and_one_after_it_does_not() -> None:
    onset = day("2026-11-23T14:32-06:00")

    assert onset_after(doses("2026-11-23T14:32:50-06:00"), onset, CHICAGO).from_last == Interval(
        0, 0, 0
    )
    assert onset_after(doses("2026-11-23T14:33-06:00"), onset, CHICAGO).from_last is None


def test_a_dose_known_to_the_day_leaves_open_which_was_the_last() -> None:
    found = onset_after(
        doses("2026-11-23T13:50-06:00", "2026-11-23"), day("2026-11-23T14:32-06:00"), CHICAGO
    )

    assert found.from_last == Interval(None, 0, 0)
    assert found.from_first == Interval(None, 0, 0)


def test_without_an_onset_or_a_dated_dose_there_is_no_interval() -> None:
    undated = (Administration(started=NullFlavor.UNK), Administration())

    assert onset_after(doses("2026-11-23"), NullFlavor.UNK, CHICAGO).from_first is None
    found = onset_after(undated, day("2026-11-23"), CHICAGO)
    assert (found.from_first, found.undated) == (None, 2)


def test_medicine_that_treated_the_event_is_no_dose_of_the_suspect() -> None:
    rescue = Administration(started=day("2026-11-23T14:00-06:00"), role=DrugRole.TREATMENT)

    assert onset_after([rescue], day("2026-11-23T14:32-06:00"), CHICAGO).first is None


@pytest.mark.parametrize(
    ("at", "other", "after"),
    [
        ("2026-11-24", "2026-11-23", True),
        ("2026-11-23", "2026-11-23T14:32-06:00", False),
        ("2026-12", "2026-11-23", True),
        ("2026-11", "2026-11-23", False),
        ("2026-11-23T14:33-06:00", "2026-11-23T14:32-06:00", True),
        ("2026-11-23T14:32:40-06:00", "2026-11-23T14:32-06:00", False),
        # In the clinic it was still the 23rd.
        ("2026-11-24T02:00+00:00", "2026-11-23", False),
    ],
)
def test_surely_after_is_said_only_where_no_reading_denies_it(
    at: str, other: str, after: bool
) -> None:
    assert surely_after(day(at), day(other), CHICAGO) is after


@given(starts=st.lists(dates(), max_size=4), onset=dates())
def test_no_interval_is_negative(starts: list[PartialDate], onset: PartialDate) -> None:
    found = onset_after([Administration(started=at) for at in starts], onset, CHICAGO)

    for interval in (found.from_first, found.from_last):
        assert interval is None or 0 <= interval.fewest <= interval.most
        assert interval is None or interval.minutes is None or interval.minutes >= 0
        assert interval is None or interval_words(interval)

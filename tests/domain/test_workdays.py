"""Business days of US federal offices, held against the published calendars of known years."""

from __future__ import annotations

import datetime as dt

import pytest

from aeapp.domain.workdays import business_days_after, federal_holidays, is_business_day


def days(year: int, *texts: str) -> set[dt.date]:
    return {dt.date.fromisoformat(f"{year}-{text}") for text in texts}


# The days on which offices are closed, as the Office of Personnel Management published them.
KNOWN = {
    2020: "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
}


@pytest.mark.parametrize("year", KNOWN)
def test_the_holidays_are_those_of_the_published_calendar(year: int) -> None:
    assert federal_holidays(year) == days(year, *KNOWN[year].split())


def test_a_day_before_its_law_is_no_holiday() -> None:
    assert dt.date(2020, 6, 19) not in federal_holidays(2020)
    assert dt.date(1985, 1, 21) not in federal_holidays(1985)
    assert dt.date(1986, 1, 20) in federal_holidays(1986)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-11-23", "2026-11-24"),
        ("2026-11-25", "2026-11-27"),  # over Thanksgiving
        ("2026-11-27", "2026-11-30"),  # over a weekend
        ("2026-07-02", "2026-07-06"),  # 4 July is a Saturday, kept on the Friday
        ("2021-12-30", "2022-01-03"),  # New Year's Day is kept in the year before
        ("2026-11-28", "2026-11-30"),  # found on a Saturday
    ],
)
def test_one_business_day_after_leaves_out_weekends_and_holidays(day: str, following: str) -> None:
    after = business_days_after(dt.date.fromisoformat(day), 1)
    assert after == dt.date.fromisoformat(following)
    assert is_business_day(after)


def test_several_business_days_are_counted_one_by_one() -> None:
    assert business_days_after(dt.date(2026, 12, 23), 5) == dt.date(2026, 12, 31)
    assert business_days_after(dt.date(2026, 12, 23), 0) == dt.date(2026, 12, 23)


@pytest.mark.parametrize("day", ["2018-12-24", "2024-12-24", "2025-01-09", "2025-12-26"])
def test_a_day_on_which_an_order_closed_the_offices_once_is_no_federal_holiday(day: str) -> None:
    assert is_business_day(dt.date.fromisoformat(day))


def test_beyond_the_years_of_the_library_a_date_comes_earlier_and_never_later() -> None:
    assert federal_holidays(2100) != frozenset()
    assert federal_holidays(2101) == frozenset()
    assert business_days_after(dt.date(2101, 12, 23), 1) == dt.date(2101, 12, 26)

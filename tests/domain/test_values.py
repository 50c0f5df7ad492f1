"""Dates that are known to some precision: written, ordered and compared without padding."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.values import (
    PartialDate,
    Precision,
    in_zone,
    order_in_zone,
    zone_named,
)
from tests.factories import dates, day

CENTRAL = dt.timezone(dt.timedelta(hours=-6))


@given(dates())
def test_a_date_comes_back_from_its_text(date: PartialDate) -> None:
    assert PartialDate.parse(date.iso()) == date
    assert PartialDate.from_iso(date.iso()) == date


@given(dates(), dates(), dates())
def test_dates_have_one_order(a: PartialDate, b: PartialDate, c: PartialDate) -> None:
    assert (a < b) + (a == b) + (b < a) == 1
    assert not a < b or not b < c or a < c
    assert (a <= b) is not (b < a)


@given(dates(), dates())
def test_the_order_is_that_of_the_sort_key(a: PartialDate, b: PartialDate) -> None:
    if a.sort_key() != b.sort_key():
        assert (a < b) is (a.sort_key() < b.sort_key())


@given(dates(), dates())
def test_what_is_surely_before_is_so_on_every_reading(a: PartialDate, b: PartialDate) -> None:
    assert not (a.surely_before(b) and b.surely_before(a))
    if a.surely_before(b) and not (a.utc() and b.utc()):
        assert a.last_day() < b.first_day()


@given(dates())
def test_nothing_is_surely_before_itself_and_no_part_is_made_up(date: PartialDate) -> None:
    assert not date.surely_before(date)
    assert date.first_day() <= date.last_day()
    assert date.date_part().iso() == date.iso()[:10]
    assert date.is_full_day is (date.day is not None)
    assert date.has_time is (date.hour is not None)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2026", Precision.YEAR, "2026-01-01", "2026-12-31"),
        ("2026-02", Precision.MONTH, "2026-02-01", "2026-02-28"),
        ("2028-02", Precision.MONTH, "2028-02-01", "2028-02-29"),
        ("2026-12", Precision.MONTH, "2026-12-01", "2026-12-31"),
        ("9999", Precision.YEAR, "9999-01-01", "9999-12-31"),
        ("2026-11-16", Precision.DAY, "2026-11-16", "2026-11-16"),
        ("2026-11-16T10:44", Precision.MINUTE, "2026-11-16", "2026-11-16"),
        ("2026-11-16T10:44:00", Precision.SECOND, "2026-11-16", "2026-11-16"),
    ],
)
def test_a_date_spans_what_its_precision_leaves_open(
    text: str, precision: Precision, first: str, last: str
) -> None:
    assert day(text).precision is precision
    assert (day(text).first_day().isoformat(), day(text).last_day().isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2025", "2026"),
        ("2026-10", "2026-11"),
        ("2026-11-15", "2026-11-16T00:00"),
        ("2026-11-16T10:44Z", "2026-11-16T10:45Z"),
        ("2026-11-16T10:44:29Z", "2026-11-16T10:44:30Z"),
        ("2026-11-16T10:44-05:00", "2026-11-16T10:44-06:00"),
    ],
)
def test_what_lies_apart_on_every_reading_is_surely_before(earlier: str, later: str) -> None:
    assert day(earlier).surely_before(day(later))
    assert not day(later).surely_before(day(earlier))
    assert day(earlier) < day(later)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2026", "2026-11"),
        ("2026-11", "2026-11-16"),
        ("2026-11-16", "2026-11-16T10:44"),
        ("2026-11-16T10:44Z", "2026-11-16T10:44:30Z"),
        ("2026-11-16T10:44", "2026-11-16T11:44"),
        ("2026-11-16T10:44-06:00", "2026-11-16T11:44-05:00"),
    ],
)
def test_a_coarse_date_is_never_padded_to_compare(a: str, b: str) -> None:
    assert not day(a).surely_before(day(b))
    assert not day(b).surely_before(day(a))


def test_one_instant_on_two_clocks_has_an_order_all_the_same() -> None:
    here, there = day("2026-11-16T10:44-06:00"), day("2026-11-16T16:44Z")

    assert here.utc() == there.utc()
    assert here.sort_key() == there.sort_key() == "2026-11-16T16:44"
    assert here < there
    assert not there <= here


def test_early_years_sort_before_late_ones() -> None:
    assert day("0999-01-01T00:00Z") < day("1000")
    assert day("0999-01-01T00:00:07Z").sort_key() == "0999-01-01T00:00:07"


def test_an_instant_needs_a_clock_whose_zone_is_known() -> None:
    assert day("2026-11-16T10:44").utc() is None
    assert day("2026-11-16").utc() is None
    assert day("2026-11-16T10:44-06:00").utc() == dt.datetime(2026, 11, 16, 16, 44, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.date(2026, 11, 16), "2026-11-16"),
        (dt.datetime(2026, 11, 16, 10, 44, tzinfo=CENTRAL), "2026-11-16T10:44-06:00"),
        (dt.datetime(2026, 11, 16, 10, 44, 5, tzinfo=dt.UTC), "2026-11-16T10:44:05+00:00"),
        (dt.datetime(2026, 11, 16, 10, 44), "2026-11-16T10:44"),  # noqa: DTZ001 - a wall time
    ],
)
def test_a_moment_of_the_library_becomes_a_date(moment: dt.date, text: str) -> None:
    assert PartialDate.of(moment).iso() == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-31",
        "2026-02-29",
        "2026-13",
        "2026-00",
        "0000",
        "2026-11-16T24:00",
        "2026-11-16T10:60",
        "2026-11-16T10:44+15:00",
        "2026-11-16T10:44+05:75",
        "2026-11-16T10",
        "2026-11T10:44",
        "26-11-16",
        "2026-1-6",
        "٢٠٢٦",
        "16-Nov-2026",
        "",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - every reason has its own words
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text", ["2026-11-16 10:44", "2026-11-16T10:44:30.5", "2026-11-16T10:44+0500", " 2026"]
)
def test_the_strict_form_rounds_nothing_off(text: str) -> None:
    PartialDate.parse(text)
    with pytest.raises(ValueError, match="not an ISO date"):
        PartialDate.from_iso(text)


def test_z_is_the_offset_zero() -> None:
    assert PartialDate.from_iso("2026-11-16T10:44Z") == day("2026-11-16T10:44+00:00")


@pytest.mark.parametrize(
    "parts",
    [
        {"year": 2026, "day": 3},
        {"year": 2026, "month": 1, "hour": 3, "minute": 0},
        {"year": 2026, "month": 1, "day": 3, "hour": 3},
        {"year": 2026, "month": 1, "day": 3, "minute": 3},
        {"year": 2026, "month": 1, "day": 3, "offset": 60},
        {"year": 2026, "month": 1, "day": 3, "hour": 3, "minute": 0, "offset": 841},
    ],
)
def test_a_date_has_no_part_without_the_larger_one(parts: dict[str, int]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - every reason has its own words
        PartialDate(**parts)


NEW_YORK = zone_named("America/New_York")


@given(dates(), st.sampled_from(["America/New_York", "Asia/Kathmandu", "Africa/Monrovia", "UTC"]))
def test_a_time_on_another_clock_is_the_same_instant(date: PartialDate, name: str) -> None:
    moved = in_zone(date, zone_named(name))

    assert moved.utc() == date.utc()
    assert moved.precision is date.precision
    if date.offset is None:
        assert moved == date


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-24T00:10Z", "2026-11-23T19:10-05:00"),
        ("2026-07-01T12:00:30+02:00", "2026-07-01T06:00:30-04:00"),
        ("2026-11-24T00:10", "2026-11-24T00:10"),
        ("2026-11-24", "2026-11-24"),
        ("0001-01-01T00:10Z", "0001-01-01T00:10Z"),
    ],
)
def test_a_time_is_shown_on_the_clock_of_the_zone(text: str, shown: str) -> None:
    assert in_zone(PartialDate.parse(text), NEW_YORK) == PartialDate.parse(shown)
    assert in_zone(PartialDate.parse(text), None) == PartialDate.parse(text)


@pytest.mark.parametrize("name", [None, "", "America/New_Yrok", "../etc"])
def test_a_zone_that_does_not_exist_is_none(name: str | None) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-11-22T18:00", "2026-11-22T23:00"),
        ("2026-11-22T18:00-06:00", "2026-11-23T00:00"),
        ("2026-11-22", "2026-11-22"),
        ("9999-12-31T23:00", "9999-12-31T23:00"),
    ],
)
def test_a_time_without_offset_sorts_as_read_in_the_zone(text: str, key: str) -> None:
    assert order_in_zone(PartialDate.parse(text), NEW_YORK) == key
    assert order_in_zone(PartialDate.parse(text), None) == PartialDate.parse(text).sort_key()

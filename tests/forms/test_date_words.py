from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.values import PartialDate
from forms.widgets.date_words import (
    Parts,
    month_of,
    split,
    stepped,
    time_of,
    to_date,
    to_parts,
    understand,
    year_of,
)

NOW = dt.datetime(2026, 11, 23, 14, 40, 8, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("t", "23-Nov-2026"),
        ("T", "23-Nov-2026"),
        ("today", "23-Nov-2026"),
        ("y", "22-Nov-2026"),
        ("t-3", "20-Nov-2026"),
        ("t - 3", "20-Nov-2026"),
        ("+7", "30-Nov-2026"),
        ("-23", "31-Oct-2026"),
        ("n", "23-Nov-2026"),
        ("nov 26", "Nov-2026"),
        ("Nov 2026", "Nov-2026"),
        ("november 2026", "Nov-2026"),
        ("16 nov 26", "16-Nov-2026"),
        ("16-Nov-2026", "16-Nov-2026"),
        ("Nov 16, 2026", "16-Nov-2026"),
        ("16 nov", "16-Nov-2026"),
        ("2026", "2026"),
        ("2026-11", "Nov-2026"),
        ("2026-11-16", "16-Nov-2026"),
    ],
)
def test_what_people_type_is_understood(phrase: str, text: str) -> None:
    parts = understand(phrase, NOW)
    assert parts is not None
    assert parts.text() == text


@pytest.mark.parametrize(
    "phrase", ["", "  ", "x", "tomorrow?", "3/4/2026", "16 nix 2026", "20261116"]
)
def test_what_could_mean_two_things_or_none_is_not_guessed(phrase: str) -> None:
    assert understand(phrase, NOW) is None


def test_now_has_a_time_only_where_the_item_has_one() -> None:
    timed = understand("n", NOW, with_time=True)
    plain = understand("n", NOW)
    assert timed is not None
    assert plain is not None
    assert (timed.time, plain.time) == ("14:40", "")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1", 1),
        ("12", 12),
        ("0", None),
        ("13", None),
        ("nov", 11),
        ("Nove", 11),
        ("no", None),
        ("", None),
    ],
)
def test_months_by_number_and_name(text: str, month: int | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026", 2026),
        ("26", 2026),
        ("27", 2027),
        ("28", 1928),
        ("99", 1999),
        ("0000", None),
        ("6", None),
    ],
)
def test_a_short_year_is_never_further_than_next_year(text: str, year: int | None) -> None:
    assert year_of(text, NOW.date()) == year


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("1405", dt.time(14, 5)),
        ("905", dt.time(9, 5)),
        ("14:05", dt.time(14, 5)),
        ("14:05:30", dt.time(14, 5, 30)),
        ("2400", None),
        ("1260", None),
        ("14", None),
        ("soon", None),
    ],
)
def test_times_with_and_without_a_colon(text: str, time: dt.time | None) -> None:
    assert time_of(text) == time


@pytest.mark.parametrize(
    "parts",
    [
        Parts(day="31", month="Feb", year="2026"),
        Parts(day="16", year="2026"),
        Parts(day="16", month="Nov"),
        Parts(day="x", month="Nov", year="2026"),
        Parts(day="16", month="Nix", year="2026"),
        Parts(month="Nov", year="2026", time="10:00"),
        Parts(day="16", month="Nov", year="2026", time="25:00"),
        Parts(time="10:00"),
        Parts(),
    ],
)
def test_boxes_that_make_no_date_make_none(parts: Parts) -> None:
    assert to_date(parts, NOW) is None


def test_a_typed_time_gets_the_offset_of_that_day_and_not_of_today() -> None:
    summer = to_date(Parts(day="1", month="Jul", year="2026", time="10:00"), NOW)
    winter = to_date(Parts(day="1", month="Dec", year="2026", time="10:00"), NOW)
    assert summer is not None
    assert winter is not None
    assert (summer.offset, winter.offset) == (-240, -300)


DATES = st.builds(
    lambda day, known: PartialDate(*(day.year, day.month, day.day)[:known]),
    st.dates(dt.date(1900, 1, 2), dt.date(2100, 1, 1)),
    st.integers(1, 3),
)


@given(DATES)
def test_any_date_comes_back_from_its_boxes_and_from_its_text(value: PartialDate) -> None:
    parts = to_parts(value)
    assert to_date(parts, NOW) == value
    assert split(parts.text()) == parts


BOX = st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=3)


@given(st.builds(Parts, day=BOX, month=BOX, year=BOX, time=st.sampled_from(["", "10:44", "99"])))
def test_what_was_typed_comes_back_into_the_same_boxes(parts: Parts) -> None:
    assert split(parts.text()).text() == parts.text()


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    parts = understand(text, NOW, with_time=True)
    if parts is not None:
        to_date(parts, NOW)
    split(text)


@pytest.mark.parametrize(
    ("value", "step", "after"),
    [
        (PartialDate(2026, 12, 31), 1, PartialDate(2027, 1, 1)),
        (PartialDate(2026, 12), 1, PartialDate(2027, 1)),
        (PartialDate(2026, 1), -1, PartialDate(2025, 12)),
        (PartialDate(2026), -1, PartialDate(2025)),
        (PartialDate(9999), 1, None),
        (PartialDate(9999, 12, 31), 1, None),
    ],
)
def test_a_step_is_as_large_as_the_date_is_known(value, step, after) -> None:
    assert stepped(value, step) == after

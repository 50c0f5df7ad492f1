"""Times of files: device clocks, offsets, clocks that were wrong, formats that a person names."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Figure, Gathering
from aeapp.domain.vitals.intake.moments import (
    DeviceClock,
    TimeFormat,
    shift_named,
    shift_words,
)
from aeapp.domain.vitals.intake.units import unit_named
from aeapp.domain.vitals.wall_clock import ClockError
from tests.helpers.readings import BEGUN, NEW_YORK, terms


def clock(shift: str = "+00:00") -> DeviceClock:
    return DeviceClock(NEW_YORK, shift_named(shift), BEGUN)


# ------------------------------------------------------------------ offsets of a clock


@pytest.mark.parametrize(
    ("text", "seconds", "words"),
    [
        ("+00:03", 3, "+00:03"),
        ("-07:30", -450, "-07:30"),
        ("+1:00:00", 3600, "+60:00"),
        ("-24:00:00", -86400, "-1440:00"),
        (" +90:05 ", 5405, "+90:05"),
    ],
)
def test_an_offset_is_minutes_and_seconds(text: str, seconds: int, words: str) -> None:
    shift = shift_named(text)

    assert shift == dt.timedelta(seconds=seconds)
    assert shift_words(shift) == words
    assert shift_named(words) == shift


@pytest.mark.parametrize(
    "text", ["3", "00:03", "+3", "+00:60", "+1:60:00", "+24:00:01", "+99:00:00", "±00:03", ""]
)
def test_what_is_no_offset_is_refused(text: str) -> None:
    with pytest.raises(ClockError):
        shift_named(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-23 14:40:00", "2026-11-23T14:43:05-05:00"),
        ("2026-11-23T14:40", "2026-11-23T14:43-05:00"),
        ("2026-11-23 14:40:00 +0100", "2026-11-23T14:43:05+01:00"),
        # The device stayed on standard time; its clock showed an hour that the zone left out.
        ("2026-03-08 02:58:00", "2026-03-08T03:01:05-04:00"),
    ],
)
def test_an_offset_of_the_clock_is_added_first(text: str, iso: str) -> None:
    assert clock("+03:05").iso(text, 1)[0].iso() == iso


def test_every_reading_names_the_offset_of_its_clock() -> None:
    gathering = Gathering(terms(shift=dt.timedelta(seconds=-3)), "Quokka 7")
    gathering.begin("line 2")
    figure = Figure(Decimal(71), "71", unit_named("/min"))
    gathering.take(ObservationKind.HEART_RATE, ObservationSource.ECG, BEGUN, {"value": figure})
    gathering.end()

    [reading] = gathering.result().observations
    assert reading.device == "Quokka 7, clock offset -00:03"


# ------------------------------------------------------------------ ways of writing


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019-07-11 11:47:44.407+02:00", "2019-07-11T11:47:44+02:00"),
        ("2024-03-01 08:15:00 -0500", "2024-03-01T08:15:00-05:00"),
        ("2024-03-01T13:15:00Z", "2024-03-01T13:15:00+00:00"),
        ("2024-07-01 08:15", "2024-07-01T08:15-04:00"),
        ("2024-07-01T08:15+05:30", "2024-07-01T08:15+05:30"),
    ],
)
def test_a_time_with_an_offset_is_that_instant(text: str, iso: str) -> None:
    assert clock().iso(text, 1)[0].iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "11/23/2026 10:00", "2026-11-23", "2026-13-01 10:00:00", "2026-11-23 25:00:00Z",
        "1969-01-01 10:00:00", "1969-01-01 10:00:00Z", "2026-11-23 10:00:00+15:00",
        "2026-11-23 10:00:00+00:75", "", "2026-11-23 10:00:60",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ClockError):
        clock().iso(text, 1)


def test_a_fraction_of_a_second_is_cut_and_told() -> None:
    whole, cut = clock(), clock()

    whole.iso("2026-11-23 10:00:00.000Z", 1)
    cut.iso("2026-11-23 10:00:00.001Z", 1)

    assert (whole.cut, cut.cut) == (False, True)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11", "2026-11"),
        ("2026", "2026"),
        ("2026-11-23T14:40:00-05:00", "2026-11-23T14:40:00-05:00"),
    ],
)
def test_a_day_alone_stays_a_day(text: str, iso: str) -> None:
    assert clock("+10:00").iso_or_day(text, 1)[0].iso().startswith(iso[:10])
    assert clock().iso_or_day(text, 1)[0].iso() == iso


@pytest.mark.parametrize("text", ["2026-02-31", "2026-00", "0000"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ClockError):
        clock().iso_or_day(text, 1)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20261123144000-0500", "2026-11-23T14:40:00-05:00"),
        ("202611231440", "2026-11-23T14:40-05:00"),
        ("20261123144000.1234+0000", "2026-11-23T14:40:00+00:00"),
        ("20260701144000", "2026-07-01T14:40:00-04:00"),
    ],
)
def test_a_time_of_hl7_is_read(text: str, iso: str) -> None:
    assert clock().hl7(text, 1)[0].iso() == iso


@pytest.mark.parametrize("text", ["20261123", "2026112314", "20261323144000", "now", ""])
def test_what_is_no_time_of_hl7_is_refused(text: str) -> None:
    with pytest.raises(ClockError):
        clock().hl7(text, 1)


def test_seconds_count_from_the_start() -> None:
    ours = clock("+00:10")

    assert ours.seconds("0")[0].iso() == "2026-11-23T14:40:10-05:00"
    assert ours.seconds("90.5")[0].iso() == "2026-11-23T14:41:40-05:00"
    assert ours.cut


@pytest.mark.parametrize("text", ["", "-1", "1e3", "abc"])
def test_what_is_no_number_of_seconds_is_refused(text: str) -> None:
    with pytest.raises(ClockError):
        clock().seconds(text)


@pytest.mark.parametrize("start", [None, PartialDate(2026, 11, 23), PartialDate(2026, 11)])
def test_seconds_need_a_start_with_a_time(start: PartialDate | None) -> None:
    with pytest.raises(ClockError, match="does not say when"):
        DeviceClock(NEW_YORK, dt.timedelta(), start).seconds("0")


def test_an_instant_of_another_age_is_refused() -> None:
    with pytest.raises(ClockError):
        clock().instant(dt.datetime(2300, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(ClockError):
        clock().wall(dt.datetime(2300, 1, 1), 1, has_second=True)  # noqa: DTZ001 - wall time


def test_rows_in_any_order_do_not_tell_an_hour_apart() -> None:
    lone = DeviceClock(NEW_YORK, dt.timedelta(), in_order=False)

    later = lone.iso("2026-11-01 01:40:00", 1)
    earlier = lone.iso("2026-11-01 01:20:00", 2)

    assert [at.offset for at, _remark in (later, earlier)] == [-240, -240]
    assert "twice" in earlier[1]


# ------------------------------------------------------------------ formats of a person


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("%m/%d/%Y %H:%M:%S", "3/8/2026 09:05:07", "2026-03-08T09:05:07"),
        ("%m/%d/%y %I:%M:%S %p", "11/23/26 02:40:05 PM", "2026-11-23T14:40:05"),
        ("%m/%d/%y %I:%M %p", "11/23/26 12:40 a.m.", "2026-11-23T00:40:00"),
        ("%d.%m.%Y %H:%M", "23.11.2026  14:40", "2026-11-23T14:40:00"),
        ("%b %d %Y %H:%M", "November 3 2026 07:15", "2026-11-03T07:15:00"),
        ("%Y%m%d%H%M%S", "20261123144005.5", "2026-11-23T14:40:05"),
    ],
)
def test_a_format_is_read_without_regard_to_the_system(form: str, text: str, iso: str) -> None:
    wall, has_second = TimeFormat(form).read(text)

    assert wall.isoformat() == iso
    assert has_second == ("%S" in form)


@pytest.mark.parametrize(
    "form",
    [
        "%Y-%m-%d", "%Y-%m-%d %H:%M %H", "%x %X", "%Y %m %b %d %H:%M", "%Y-%m-%d %I:%M",
        "%Y-%m-%d %H:%M %p", "%Y-%m-%d %H:%M %", "%%", "", "%Y-%m-%d %H:%M" + "x" * 60,
    ],
)  # fmt: skip
def test_a_format_that_tells_no_time_is_refused(form: str) -> None:
    with pytest.raises(ClockError):
        TimeFormat(form)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%b %d %Y %H:%M", "Foo 3 2026 07:15"),
        ("%b %d %Y %H:%M", "Nov 31 2026 07:15"),
        ("%b %d %Y %H:%M", "2026-11-23 07:15"),
        ("%m/%d/%Y %I:%M %p", "11/23/2026 13:05 pm"),
        ("%m/%d/%Y %I:%M %p", "11/23/2026 0:05 am"),
    ],
)
def test_a_time_of_another_format_is_refused(form: str, text: str) -> None:
    with pytest.raises(ClockError):
        TimeFormat(form).read(text)

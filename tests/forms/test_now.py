"""Minutes are added to the moment, not to the hands of the clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from forms.now import shifted

NEW_YORK = ZoneInfo("America/New_York")


def test_ten_minutes_earlier_is_ten_minutes_also_in_the_hour_that_comes_twice() -> None:
    moment = dt.datetime(2026, 11, 1, 6, 5, tzinfo=dt.UTC).astimezone(NEW_YORK)
    assert f"{moment:%H:%M %z}" == "01:05 -0500"

    assert f"{shifted(moment, -10):%H:%M %z}" == "01:55 -0400"


def test_a_gap_of_the_clock_is_jumped() -> None:
    moment = dt.datetime(2026, 3, 8, 7, 5, tzinfo=dt.UTC).astimezone(NEW_YORK)

    assert f"{shifted(moment, -10):%H:%M %z}" == "01:55 -0500"

"""Times are aware and of one length; identifiers sort by when they were made."""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid

import pytest

from aeapp.kernel import ids
from aeapp.kernel.clock import SystemClock, rfc3339
from aeapp.kernel.ids import new_id


def test_the_time_is_aware_and_the_steady_clock_never_goes_back() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() == dt.timedelta(0)
    readings = [clock.monotonic() for _ in range(100)]
    assert readings == sorted(readings)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.datetime(2026, 11, 23, 2, 30, tzinfo=dt.UTC), "2026-11-23T02:30:00.000000Z"),
        (
            dt.datetime(2026, 11, 22, 21, 30, 0, 5, dt.timezone(dt.timedelta(hours=-5))),
            "2026-11-23T02:30:00.000005Z",
        ),
    ],
)
def test_times_have_one_length_and_are_utc(moment: dt.datetime, text: str) -> None:
    assert rfc3339(moment) == text
    assert dt.datetime.fromisoformat(text) == moment


def test_identifiers_are_of_version_seven_and_sort() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {uuid.UUID(i).version for i in made} == {7}
    assert {uuid.UUID(i).variant for i in made} == {uuid.RFC_4122}


def test_more_than_four_thousand_in_a_millisecond_still_sort(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = time.time_ns() + 10**12
    monkeypatch.setattr(ids.time, "time_ns", lambda: now)
    made = [new_id() for _ in range(9_000)]
    assert made == sorted(set(made))


def test_a_clock_put_back_does_not_disturb_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    assert new_id() > before


def test_threads_never_make_the_same() -> None:
    made: list[str] = []

    def many() -> None:
        made.extend([new_id() for _ in range(2_000)])

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000

"""When a scale falls due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.scales import ScheduleStart
from aeapp.domain.records import ScaleSchedule
from aeapp.domain.scales.schedule import (
    DEFAULTS,
    Attendance,
    Due,
    due_of,
    merged,
    usual,
    when_words,
)

TODAY = dt.date(2026, 11, 20)
EVERY_TWO = ScaleSchedule(
    scale="phq-9", active=True, at_baseline=True, every=2, counted_in=ScheduleStart.SESSIONS
)
MONTHLY = replace(EVERY_TWO, every=28, counted_in=ScheduleStart.DAYS)
ONCE = replace(EVERY_TWO, every=None)


def days(*numbers: int) -> list[dt.date]:
    return [dt.date(2026, 11, n) for n in numbers]


def seen(*numbers: int, begun: bool = True) -> list[Attendance]:
    return [Attendance(d, SessionRoute.IV_INFUSION, begun) for d in days(*numbers)]


IV, NASAL = frozenset({SessionRoute.IV_INFUSION}), frozenset({SessionRoute.NASAL})
AHEAD = seen(25, begun=False)
TENTH = dt.date(2026, 11, 10)
OCTOBER = [Attendance(dt.date(2026, 10, 1), None, begun=True)]
CASES = [
    ("nobody was here", EVERY_TWO, [], [], None),
    ("not in use", replace(EVERY_TWO, active=False), seen(1), [], None),
    ("planned and never asked", EVERY_TWO, AHEAD, [], dt.date(2026, 11, 25)),
    ("asked before the first dose", EVERY_TWO, AHEAD, days(19), None),
    ("no baseline wanted", replace(EVERY_TWO, at_baseline=False), AHEAD, [], None),
    ("one session since", EVERY_TWO, seen(3, 10), days(3), None),
    ("two sessions since", EVERY_TWO, seen(3, 10, 17), days(3), dt.date(2026, 11, 17)),
    ("two sessions and no score ever", EVERY_TWO, seen(3, 10), [], dt.date(2026, 11, 10)),
    ("only once", ONCE, seen(3, 10, 17), days(1), None),
    ("only once and missed", ONCE, seen(3), [], None),
    ("a month not over", MONTHLY, seen(3), days(3), None),
    ("a month over", MONTHLY, [*OCTOBER, *seen(3)], [dt.date(2026, 10, 1)], dt.date(2026, 10, 29)),
    ("a month since the first", MONTHLY, [*OCTOBER, *seen(3)], [], dt.date(2026, 10, 29)),
    ("a dose in a session that never began", MONTHLY, seen(3, begun=False), [], None),
    ("gone for long", replace(MONTHLY, lapses_after=14), OCTOBER, [], None),
    ("here lately", replace(MONTHLY, lapses_after=60), OCTOBER, [], dt.date(2026, 10, 29)),
    ("another route", replace(EVERY_TWO, routes=NASAL), seen(3, 10), [], None),
    ("that route", replace(EVERY_TWO, routes=IV), seen(3, 10), [], TENTH),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "line", "sessions", "filled", "day"), CASES, ids=[c[0] for c in CASES]
)
def test_a_scale_is_due_by_what_the_clinic_set(
    name: str,
    line: ScaleSchedule,
    sessions: list[Attendance],
    filled: list[dt.date],
    day: dt.date | None,
) -> None:
    treated = sessions != AHEAD
    found = due_of(line, sessions, filled, TODAY, treated=treated)
    assert (found.day if found else None) == day, name
    assert found is None or (found.scale == "phq-9" and found.why)


def test_a_due_day_says_what_sets_it() -> None:
    assert due_of(EVERY_TWO, seen(3, 10), [], TODAY, treated=True) == Due(
        "phq-9", dt.date(2026, 11, 10), "every 2 sessions"
    )


def test_nothing_falls_due_until_the_clinic_turns_a_line_on() -> None:
    assert all(not line.active and line.basis for line in DEFAULTS)
    own = replace(DEFAULTS[0], active=True)
    assert merged([own])[0] is own
    assert len(merged([own])) == len(DEFAULTS)


def test_the_usual_lines_are_in_use_and_keep_what_the_clinic_changed() -> None:
    own = replace(DEFAULTS[0], every=1)
    found = usual([own])
    assert found[0] == replace(own, active=True)
    assert [line.scale for line in found] == [line.scale for line in DEFAULTS]
    assert all(line.active for line in found)


def test_when_a_line_falls_due_is_told_in_words() -> None:
    assert when_words(DEFAULTS[0]) == "before the first dose, every 2 sessions"
    assert when_words(replace(DEFAULTS[0], at_baseline=False, every=None)) == ""
    assert when_words(replace(DEFAULTS[0], counted_in=None)) == "before the first dose"

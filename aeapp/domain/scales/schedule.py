"""Which scale falls due for a patient, and since when; nothing is ever filled by itself.

The program brings lines that are not in use until the clinic turns them on: how often a scale is
asked is the clinic's decision and no regulation's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.scales import ScheduleStart
from aeapp.domain.records.scale_schedule import ScaleSchedule
from aeapp.domain.scales.catalogue import GAD_7, HARMS, PCL_5, PHQ_9, Y_BOCS
from aeapp.kernel.i18n import N_, _

DEFAULT = "clinic default, not regulatory"
_LAPSE = 60


def _line(scale: str, every: int, counted: ScheduleStart, basis: str = DEFAULT) -> ScaleSchedule:
    return ScaleSchedule(
        scale=scale,
        active=False,
        at_baseline=True,
        every=every,
        counted_in=counted,
        lapses_after=_LAPSE,
        basis=basis,
    )


DEFAULTS: tuple[ScaleSchedule, ...] = (
    _line(PHQ_9, 2, ScheduleStart.SESSIONS),
    _line(GAD_7, 4, ScheduleStart.SESSIONS),
    _line(PCL_5, 28, ScheduleStart.DAYS),
    _line(Y_BOCS, 28, ScheduleStart.DAYS),
    replace(
        _line(HARMS, 90, ScheduleStart.DAYS),
        basis=f"bladder, thinking and misuse stand in the labels of ketamine; {DEFAULT}",
    ),
)


def merged(own: Iterable[ScaleSchedule]) -> tuple[ScaleSchedule, ...]:
    """Return one line a scale, the clinic's in the place of the program's."""
    known = {s.scale: s for s in DEFAULTS}
    known.update({s.scale: s for s in own})
    return tuple(known.values())


def usual(own: Iterable[ScaleSchedule]) -> tuple[ScaleSchedule, ...]:
    """Return the usual lines in use, each with the clinic's own figures where it has some."""
    known = {s.scale: s for s in merged(own)}
    return tuple(replace(known[s.scale], active=True) for s in DEFAULTS)


def when_words(line: ScaleSchedule) -> str:
    """Return when a line falls due, were it in use: ``before the first dose, every 2 sessions``."""
    words = [_("before the first dose")] if line.at_baseline else []
    if line.every is not None and line.counted_in is not None:
        words.append(
            _("every {n} {unit}").format(n=line.every, unit=_(line.counted_in.words).lower())
        )
    return ", ".join(words)


@dataclass(frozen=True, slots=True, repr=False)
class Attendance:
    """One session as the schedule sees it.

    Attributes:
        day: When it was, or is planned for.
        begun: Whether it was begun; else it is planned.
    """

    day: dt.date
    route: SessionRoute | None
    begun: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One scale that is due.

    Attributes:
        day: Since when, or from when.
        why: What sets the day, in a few words.
    """

    scale: str
    day: dt.date
    why: str


def due_of(
    line: ScaleSchedule,
    sessions: Sequence[Attendance],
    filled: Sequence[dt.date],
    today: dt.date,
    *,
    treated: bool,
) -> Due | None:
    """Return whether the scale of ``line`` is due on ``today``, by that day.

    Args:
        line: What the clinic wants.
        sessions: Of one patient, in any order.
        filled: Days on which the scale was filled.
        today: The day in the clinic.
        treated: Whether the patient was ever given a dose: then no baseline can be taken.
    """
    wanted = [s for s in sessions if not line.routes or s.route in line.routes]
    if not line.active or not wanted or _has_lapsed(line, wanted, today):
        return None
    last = max(filled, default=None)
    if last is None and not treated:
        return _baseline(line, wanted)
    if line.every is None:
        return None
    due = _again(line, wanted, last)
    return due if due is not None and due.day <= today else None


def _has_lapsed(line: ScaleSchedule, sessions: Sequence[Attendance], today: dt.date) -> bool:
    if line.lapses_after is None:
        return False
    return max(s.day for s in sessions) + dt.timedelta(days=line.lapses_after) < today


def _baseline(line: ScaleSchedule, sessions: Sequence[Attendance]) -> Due | None:
    if not line.at_baseline:
        return None
    return Due(line.scale or "", min(s.day for s in sessions), _(N_("before the first dose")))


def _again(line: ScaleSchedule, sessions: Sequence[Attendance], last: dt.date | None) -> Due | None:
    every, scale = line.every or 1, line.scale or ""
    days = sorted(s.day for s in sessions if s.begun)
    if line.counted_in is ScheduleStart.DAYS:
        since = last or min(days, default=None)
        if since is None:
            return None
        words = _("{n} days after {day}").format(n=every, day=since.isoformat())
        return Due(scale, since + dt.timedelta(days=every), words)
    # On the day on which it was filled nobody asks for it again.
    later = [day for day in days if last is None or day > last]
    if len(later) < every:
        return None
    return Due(scale, later[every - 1], _("every {n} sessions").format(n=every))

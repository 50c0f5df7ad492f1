"""What waits for somebody: a line with its clock, its next step and its owner.

Who finds such lines is a service's business; this module only says what a line is and orders them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from aeapp.domain.chair.board import BoardStatus
from aeapp.domain.codelists.worklist import Authority, NeedKind
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _

SOON = dt.timedelta(days=7)
RISK = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Need:
    """One thing that waits for somebody.

    Attributes:
        target: Id of the record it is about: a session, a patient, a lot, an event, by ``kind``.
        due: Last day; None where there is none.
        rule: What sets the day, such as ``7 days``.
        due_at: Last minute, where the clock counts hours.
        mark: Tells several lines about one record apart, such as the id of a clock.
        opens: Kind and id of what Enter opens; the kind of the line says it where it is None.
        blockers: How many findings block it.
        waits_for: Who has to answer something first; empty where nobody is named.
        lacks_begin: Nobody said when its clock began, so that it may be over.
        reminded: By whom and when its owner was reminded last.
    """

    kind: NeedKind
    target: str
    what: str
    detail: str
    patient: str
    next_step: str
    owner: str
    due: dt.date | None
    authority: Authority
    rule: str
    due_at: PartialDate | None = None
    mark: str = ""
    opens: tuple[str, str] | None = None
    blockers: int = 0
    waits_for: str = ""
    lacks_begin: bool = False
    reminded: str = ""

    @property
    def line(self) -> str:
        """Return what tells this line from every other, today and tomorrow."""
        return ".".join(part for part in (self.kind.value, self.target, self.mark) if part)


def ordered(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return the lines by what runs out first; those without a day last.

    Before all stands what may be over because nobody said when it began.
    """
    return tuple(sorted(needs, key=_urgency))


def _urgency(need: Need) -> tuple[dt.date, str, str, str]:
    day = dt.date.min if need.lacks_begin else need.due or dt.date.max
    at = need.due_at.sort_key() if need.due_at else "~"
    return (day, at, need.kind.value, need.line)


def clock_of(need: Need, today: dt.date, now: PartialDate | None = None) -> tuple[BoardStatus, str]:
    """Return how a line stands and the words of its clock; ``now`` counts for hours."""
    status, words = _clock_of(need, today)
    if need.due_at is not None and need.due == today:
        words = _("today {time}").format(time=_time(need.due_at))
        if now is not None and need.due_at.surely_before(now):
            return BoardStatus.OVERDUE, _("over since {time}").format(time=_time(need.due_at))
    if status is BoardStatus.DUE and is_at_risk(need, today):
        return BoardStatus.FLAG, _("{clock}, at risk").format(clock=words)
    return status, words


def _time(at: PartialDate) -> str:
    return f"{at.hour:02d}:{at.minute:02d}"


def _clock_of(need: Need, today: dt.date) -> tuple[BoardStatus, str]:
    if need.lacks_begin:
        return BoardStatus.FLAG, _("begin not known")
    if need.due is None:
        return BoardStatus.DUE, _("open")
    days = (need.due - today).days
    if days < 0:
        words = _("1 day over") if days == -1 else _("{n} days over").format(n=-days)
        return BoardStatus.OVERDUE, words
    if days == 0:
        return BoardStatus.DUE, _("today")
    if days == 1:
        return BoardStatus.DUE, _("tomorrow")
    return BoardStatus.DUE, _("in {n} days").format(n=days)


def is_overdue(need: Need, today: dt.date) -> bool:
    """Tell whether the last day has passed."""
    return need.due is not None and need.due < today


def is_this_week(need: Need, today: dt.date) -> bool:
    """Tell whether the last day is within seven days and has not passed."""
    return need.due is not None and today <= need.due <= today + SOON


def is_at_risk(need: Need, today: dt.date) -> bool:
    """Tell whether two days or less are left and something still blocks it."""
    return need.due is not None and need.blockers > 0 and today <= need.due <= today + RISK


def is_blocked(need: Need) -> bool:
    """Tell whether it waits for a person who is named."""
    return bool(need.waits_for)


def is_of(need: Need, person: str | None) -> bool:
    """Tell whether ``person`` has to take the next step or owns the line."""
    return bool(person) and person in (need.owner, need.waits_for)


__all__ = [
    "Authority",
    "Need",
    "NeedKind",
    "clock_of",
    "is_at_risk",
    "is_blocked",
    "is_of",
    "is_overdue",
    "is_this_week",
    "ordered",
]

"""Which lines of the worklist a filter lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from aeapp.domain.chair.needs import Need, is_blocked, is_of, is_overdue, is_this_week
from aeapp.domain.codelists.worklist import Urgency
from aeapp.domain.records import SavedFilter
from aeapp.domain.slips import folded

_URGENCY: dict[Urgency, Callable[[Need, dt.date, str], bool]] = {
    Urgency.OVERDUE: lambda need, today, _who: is_overdue(need, today),
    Urgency.BLOCKED: lambda need, _today, _who: is_blocked(need),
    Urgency.WEEK: lambda need, today, _who: is_this_week(need, today),
    Urgency.MINE: lambda need, _today, who: is_of(need, who),
}


def lets_through(wanted: SavedFilter, need: Need, today: dt.date, who: str) -> bool:
    """Tell whether a line passes ``wanted``, as ``who`` sees it on ``today``.

    Urgencies all hold; of kinds and of those who set the date one does. A line without a date has
    nobody who set one.
    """
    if not all(_URGENCY[u](need, today, who) for u in wanted.urgency or ()):
        return False
    if wanted.kinds and need.kind not in wanted.kinds:
        return False
    if wanted.authorities and not (need.due and need.authority in wanted.authorities):
        return False
    line = folded(" ".join((need.what, need.detail, need.patient, need.next_step, need.owner)))
    return all(word in line for word in folded(wanted.words or "").split())


def passing(
    wanted: SavedFilter, needs: Iterable[Need], today: dt.date, who: str
) -> tuple[Need, ...]:
    """Return the lines that pass, in their order."""
    return tuple(need for need in needs if lets_through(wanted, need, today, who))


def is_empty(wanted: SavedFilter) -> bool:
    """Tell whether a filter lets every line through."""
    told = (wanted.urgency, wanted.kinds, wanted.authorities, (wanted.words or "").strip())
    return not any(told)


__all__ = ["is_empty", "lets_through", "passing"]

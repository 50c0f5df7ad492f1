"""Which days of a row cannot be: those of the future that tell the past, and lives too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from aeapp.domain.tables.record_map import TableKind
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _

# The age that the item of the same name takes at most.
OLDEST_YEARS = 130
_BORN, _DIED = "birth_date", "deceased_on"
# What is told of what was; a session that is to come has another item.
_PAST = {
    TableKind.PATIENTS: (_BORN, "age_on", _DIED),
    TableKind.SESSIONS: ("started", "ended"),
    TableKind.SCORES: (),
}


def implausible(
    kind: TableKind, values: Mapping[str, Any], today: dt.date
) -> Iterator[tuple[str, str]]:
    """Yield the item and what is wrong with it, for each day of a row that cannot be."""
    days = {name: day for name, day in values.items() if isinstance(day, PartialDate)}
    for name in _PAST[kind]:
        if name in days and days[name].first_day() > today:
            yield name, _(N_("It lies in the future. Correct the cell, or leave it empty."))
    born, died = days.get(_BORN), days.get(_DIED)
    if born is None:
        return
    if died is not None and died.last_day() < born.first_day():
        yield _DIED, _(N_("It lies before the day of birth. Correct one of them."))
    elif _years(born.last_day(), died.last_day() if died else today) > OLDEST_YEARS:
        text = _(N_("Nobody is over {years} years old. Correct the cell, or leave it empty."))
        yield _BORN, text.format(years=OLDEST_YEARS)


def _years(born: dt.date, then: dt.date) -> int:
    """Return whole years of life."""
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))

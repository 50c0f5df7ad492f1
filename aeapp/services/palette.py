"""How often this clinic had each event of the palette; counted once a month."""

from __future__ import annotations

import datetime as dt
from bisect import bisect

from aeapp.domain.chair.palette import Use, use_of, year_of_use
from aeapp.domain.records import Event, Session
from aeapp.domain.values import PartialDate
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

_ONE_DAY = dt.timedelta(days=1)
# A condition of more members is slow, and at a thousand too deep for SQLite.
_AT_ONCE = 200


class PaletteService:
    """The use of the palette in the twelve whole months before this one."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        self._known: tuple[dt.date, Use] | None = None

    def use(self) -> Use:
        """Return the use, the same all month long; what was struck through is not counted."""
        begin, end = year_of_use(self._context.today())
        if self._known is None or self._known[0] != begin:
            with self._context.new_uow() as uow:
                self._known = begin, _counted(uow, begin, end)
        return self._known[1]


def _counted(uow: UnitOfWork, begin: dt.date, end: dt.date) -> Use:
    ids = _sessions(uow, begin, end)
    told: list[tuple[str, str | None]] = []
    for start in range(0, len(ids), _AT_ONCE):
        found = uow.records.find("event", session_id=ids[start : start + _AT_ONCE])
        told += [(e.session_id, e.verbatim) for e in of_kind(Event, found) if e.stands]
    return use_of(len(ids), told)


def _sessions(uow: UnitOfWork, begin: dt.date, end: dt.date) -> list[str]:
    """Return the ids of the sessions that began between two days.

    The store gives ids by their begin, the latest first; where the days lie in that order is found
    by halving, so that only a few sessions are read as a whole.
    """
    ids = uow.records.ids("session", order_by=["started"], descending=True)

    def began_before(day: dt.date, session_id: str) -> bool:
        (session,) = of_kind(Session, uow.records.many("session", [session_id]))
        began = _day(session)
        return began is None or began < day

    first = bisect(ids, 0, key=lambda id_: began_before(end + _ONE_DAY, id_))
    last = bisect(ids, 0, key=lambda id_: began_before(begin, id_))
    return ids[first:last]


def _day(session: Session) -> dt.date | None:
    at = session.started
    return at.first_day() if isinstance(at, PartialDate) else None

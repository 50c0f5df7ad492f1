"""Tell readings of a session's own time from those that were taken in from another day.

An import may bring readings of the day before, because a person said that they belong here. They
stand in the table with their date; but none of them is the last value, a baseline or a peak.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from aeapp.domain.items import NullFlavor
from aeapp.domain.records.observation import Observation
from aeapp.domain.records.session import Session
from aeapp.domain.values import PartialDate

# As far as the chart reaches before the dose and after it (clinic default).
BEFORE, AFTER = dt.timedelta(hours=4), dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; None where it has no bound."""

    begin: dt.datetime | None = None
    end: dt.datetime | None = None

    def holds(self, reading: Observation) -> bool:
        """Tell whether a reading lies in it; one without a known time may."""
        at = reading.at
        if not isinstance(at, PartialDate):
            return True
        if self.begin is None or self.end is None:
            return True
        moment = at.utc()
        if moment is not None:
            return self.begin <= moment <= self.end
        # What knows its day only may lie at any time of it.
        return at.last_day() >= self.begin.date() and at.first_day() <= self.end.date()


EVER = Span()


def span_of(session: Session, zero: PartialDate | None) -> Span:
    """Return the session's own time; ``zero`` is the begin of its first dose."""
    started, ended = _instant(session.started), _instant(session.ended)
    begins = [moment for moment in (started, zero.utc() if zero else None) if moment is not None]
    if not begins:
        return EVER
    return Span(min(begins) - BEFORE, max(*begins, ended or begins[0]) + AFTER)


def own(
    readings: Iterable[Observation], session: Session, zero: PartialDate | None
) -> tuple[Observation, ...]:
    """Return the readings of the session's own time."""
    span = span_of(session, zero)
    return tuple(filter(span.holds, readings))


def _instant(at: PartialDate | NullFlavor | None) -> dt.datetime | None:
    return at.utc() if isinstance(at, PartialDate) else None

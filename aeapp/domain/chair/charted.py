"""What the chart shows of a session, in the room and on its papers: minutes, words and kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from aeapp.domain.chair.doses import marks, planned_mark
from aeapp.domain.chair.session_file import SessionFile, when
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.records import Administration, Event, Product
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import ChartData, DoseMark, DueMark, EventMark
from aeapp.domain.vitals.due import DueRow
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, Limit
from aeapp.domain.vitals.own_time import own
from aeapp.domain.vitals.watch import Baseline, baseline_of
from aeapp.kernel.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Live:
    """What a chart on the screen shows beside what is on record.

    Attributes:
        now: The moment; what runs is shown up to it.
        over: Whether the session is over, so that there is no line of now.
        due: The readings that are due, as they stand now.
        flagged: Ids of the readings that are beyond a limit.
        prepared: The dose that is filled in and not given yet, with its product.
        baseline: The readings before the dose, where they are at hand already.
    """

    now: PartialDate
    over: bool = False
    due: tuple[DueRow, ...] = ()
    limits: tuple[Limit, ...] = DEFAULT_LIMITS
    flagged: frozenset[str] = frozenset()
    prepared: tuple[Administration, Product] | None = None
    baseline: Baseline | None = None


def chart_of(file: SessionFile, live: Live | None = None) -> ChartData:
    """Return the chart of a session; without ``live`` as its papers draw it, without a now."""
    baseline = live.baseline if live is not None else None
    if baseline is None:
        taken = own(file.observations, file.session, file.zero)
        baseline = baseline_of(taken, file.zero)
    running = live is not None and not live.over
    common = ChartData(
        readings=file.observations,
        zero=file.zero,
        now=live.now if live is not None and running else None,
        doses=tuple(_doses(file, live)),
        events=(*_events(file), *_proposals(file, running=running)),
        baseline=baseline.get(ObservationKind.BLOOD_PRESSURE),
        zone=file.clinic.time_zone,
    )
    if live is None:
        return common
    return replace(common, due=tuple(_due(live.due)), limits=live.limits, flagged=live.flagged)


def numbered(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that stand, in the order in which they are numbered from 1."""
    return tuple(sorted((e for e in events if e.stands), key=lambda e: when(e.onset)))


def _doses(file: SessionFile, live: Live | None) -> Iterator[DoseMark]:
    products = {product.id: product for product in file.products}
    at = _moment(file, live)
    if at is not None:
        yield from marks(file.administrations, products, file.zero, at)
    if live is not None and live.prepared is not None and file.zero is None:
        yield planned_mark(*live.prepared)


def _moment(file: SessionFile, live: Live | None) -> dt.datetime | None:
    """Return up to when doses are known to run: now, the end, or the latest that is on record."""
    ended = file.session.ended
    if isinstance(ended, PartialDate):
        return ended.utc()
    if live is not None:
        return live.now.utc()
    if isinstance(file.as_of, PartialDate):
        return file.as_of.utc()
    times = [record.at for record in file.observations]
    times += [giving.started for giving in file.administrations]
    known = [at.utc() for at in times if isinstance(at, PartialDate)]
    return max((moment for moment in known if moment is not None), default=None)


def _events(file: SessionFile) -> Iterator[EventMark]:
    for number, event in enumerate(numbered(file.events), start=1):
        begin = file.minute(event.onset)
        if begin is not None:
            yield EventMark(
                number,
                event.verbatim or "",
                begin,
                file.minute(event.ended),
                goes_on=event.goes_on,
            )


def _proposals(file: SessionFile, *, running: bool) -> Iterator[EventMark]:
    """Yield what waits for a person; while the session runs it goes on up to now."""
    for one in file.proposals:
        begin = file.minute(one.first)
        if one.state in (None, ProposalState.OPEN) and begin is not None:
            last = None if running else file.minute(one.last)
            yield EventMark(0, _(one.term or ""), begin, last, proposed=True)


def _due(rows: Iterable[DueRow]) -> Iterator[DueMark]:
    for row in rows:
        taken = row.taken.minute if row.taken is not None else None
        minute = row.minute if taken is None else taken
        if minute is not None:
            yield DueMark(minute, row.state)

"""What a nurse wants to know of the session before: dose, highest pressure, open events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.chair.gate_evidence import both
from aeapp.domain.chair.phases import begun_at, treatment_of
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.safety import Outcome
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.own_time import own
from aeapp.domain.vitals.table import is_evidence
from aeapp.kernel.i18n import _

_OVER = (Outcome.RECOVERED, Outcome.SEQUELAE, Outcome.FATAL)


@dataclass(frozen=True, slots=True, repr=False)
class LastTime:
    """The patient's session before this one.

    Attributes:
        dose: What was given for the treatment, in words; empty where nothing was.
        peak: The pressure with the highest systolic that counts.
        open_events: Events that no end and no final outcome is known of.
    """

    day: PartialDate | None
    dose: str
    peak: Observation | None
    open_events: int


def last_time(
    session: Session,
    givings: Sequence[Administration],
    readings: Sequence[Observation],
    events: Sequence[Event],
) -> LastTime:
    """Return what is to be known of a session that is over."""
    started = session.started
    taken = own(readings, session, begun_at(givings))
    return LastTime(
        day=started.date_part() if isinstance(started, PartialDate) else None,
        dose=_dose(treatment_of(givings)),
        peak=max(_pressures(taken), key=_systolic, default=None),
        open_events=sum(1 for event in events if event.stands and _is_open(event)),
    )


def _dose(givings: Sequence[Administration]) -> str:
    units = {g.dose_unit for g in givings}
    amounts = [g.dose for g in givings if isinstance(g.dose, Decimal)]
    if not amounts or len(amounts) < len(givings) or len(units) > 1:
        return ""
    (unit,) = units
    return " ".join(w for w in (show(sum(amounts, Decimal(0))), unit.symbol if unit else "") if w)


def _pressures(readings: Sequence[Observation]) -> list[Observation]:
    return [
        r
        for r in readings
        if r.kind is ObservationKind.BLOOD_PRESSURE
        and is_evidence(r)
        and isinstance(r.systolic, Decimal)
    ]


def _systolic(reading: Observation) -> Decimal:
    return reading.systolic if isinstance(reading.systolic, Decimal) else Decimal(0)


def _is_open(event: Event) -> bool:
    ended = isinstance(event.ended, PartialDate)
    over = not isinstance(event.outcome, NullFlavor) and event.outcome in _OVER
    return not (ended or over)


def last_words(last: LastTime) -> str:
    """Return ``Last 16 Nov 2026: 38 mg, peak 151/92, no open events``."""
    peak = _("peak {pressure}").format(pressure=both(last.peak)) if last.peak is not None else ""
    count = last.open_events
    events = _("no open events") if not count else _("{count} open events").format(count=count)
    if count == 1:
        events = _("1 open event")
    told = ", ".join(part for part in (last.dose, peak, events) if part)
    day = show(last.day).replace("-", " ")
    return _("Last {day}: {told}").format(day=day, told=told) if day else told

"""What the chart of a session shows, as it is handed over: records and marks in minutes.

Minutes count from the begin of the first dose; nothing here knows of pixels or paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aeapp.domain.records.observation import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueState
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, Limit


class DoseKind(StrEnum):
    """What a mark in the lane of doses stands for; it decides the shape."""

    BOLUS = "bolus"
    INFUSION = "infusion"
    DEVICE = "device"
    RESCUE = "rescue"
    PREMEDICATION = "premedication"


@dataclass(frozen=True, slots=True, repr=False)
class DoseMark:
    """One giving of a medicine.

    Attributes:
        minute_to: End of an infusion; None while it runs, and for what is given at once.
    """

    minute_from: float
    minute_to: float | None
    words: str
    kind: DoseKind
    planned: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class EventMark:
    """One event, or what the watch proposes as one.

    Attributes:
        number: As in the list of events; a proposal has none and shows a question mark.
        minute_to: When it was over; None draws an event at its onset alone and a proposal up to
            now.
        goes_on: Whether the event has no end yet: its bar is drawn up to now, and open there.
    """

    number: int
    words: str
    minute_from: float
    minute_to: float | None
    proposed: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class DueMark:
    """One reading that the schedule asks for."""

    minute: float
    state: DueState


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChartData:
    """One session at one moment.

    Attributes:
        readings: All of them, also artefacts and struck ones.
        zero: Begin of the first dose; None before it.
        now: The moment; None once the session is over.
        baseline: The pressure that is this patient's own.
        flagged: Ids of the readings shown as beyond a limit; None to compare with ``limits``.
        zone: IANA name of the zone whose clock is shown; None keeps each time as it was read.
        people: {id of a reading: who read it}.
    """

    readings: tuple[Observation, ...] = ()
    zero: PartialDate | None = None
    now: PartialDate | None = None
    doses: tuple[DoseMark, ...] = ()
    events: tuple[EventMark, ...] = ()
    due: tuple[DueMark, ...] = ()
    baseline: Observation | None = None
    limits: tuple[Limit, ...] = DEFAULT_LIMITS
    flagged: frozenset[str] | None = None
    zone: str | None = None
    people: Mapping[str, str] = field(default_factory=dict)

"""What the session before is remembered by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.chair.last_time import last_time, last_words
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.codelists.safety import DrugRole, Outcome
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Observation, Session
from aeapp.domain.values import PartialDate

SESSION = Session(started=PartialDate(2026, 11, 16, 13, 50, None, -300))
ENDED = PartialDate(2026, 11, 16)


def mg(amount: int | None, unit: DoseUnit | None = DoseUnit.MG, **more: Any) -> Administration:
    dose = None if amount is None else Decimal(amount)
    return Administration(dose=dose, dose_unit=unit, **more)


def pressure(upper: int | None, lower: int, **more: Any) -> Observation:
    systolic = None if upper is None else Decimal(upper)
    kind = more.pop("kind", ObservationKind.BLOOD_PRESSURE)
    return Observation(kind=kind, systolic=systolic, diastolic=Decimal(lower), **more)


def words(
    givings: list[Administration] | None = None,
    readings: list[Observation] | None = None,
    events: list[Event] | None = None,
    session: Session = SESSION,
) -> str:
    return last_words(last_time(session, givings or [], readings or [], events or []))


def test_the_line_names_day_dose_peak_and_open_events() -> None:
    told = words([mg(38)], [pressure(128, 78), pressure(151, 92), pressure(140, 95)])

    assert told == "Last 16-Nov-2026: 38 mg, peak 151/92, no open events".replace("-", " ")


@pytest.mark.parametrize(
    ("givings", "dose"),
    [
        ([mg(28), mg(28)], "56 mg, "),
        ([mg(38), mg(4, role=DrugRole.TREATMENT)], "38 mg, "),
        ([mg(38), mg(None)], ""),
        ([mg(38), mg(1, DoseUnit.ML)], ""),
        ([mg(38, None)], "38, "),
        ([], ""),
    ],
)
def test_doses_are_added_up_where_all_are_known_in_one_unit(
    givings: list[Administration], dose: str
) -> None:
    assert words(givings) == f"Last 16 Nov 2026: {dose}no open events"


@pytest.mark.parametrize(
    "reading",
    [
        pressure(190, 100, status=ObservationStatus.STRUCK),
        pressure(None, 100),
        pressure(190, 100, kind=ObservationKind.HEART_RATE),
    ],
)
def test_what_does_not_count_is_no_peak(reading: Observation) -> None:
    assert words(readings=[reading]) == "Last 16 Nov 2026: no open events"


@pytest.mark.parametrize(
    ("event", "open_"),
    [
        (Event(), True),
        (Event(ended=ENDED), False),
        (Event(ended=NullFlavor.UNK), True),
        (Event(outcome=Outcome.RECOVERED), False),
        (Event(outcome=Outcome.NOT_RECOVERED), True),
        (Event(outcome=NullFlavor.UNK), True),
    ],
)
def test_an_event_is_open_until_its_end_or_outcome_is_known(
    event: Event,
    open_: bool,
) -> None:
    assert ("1 open event" in words(events=[event])) is open_


def test_several_open_events_are_counted() -> None:
    struck = Event(struck_reason="slip")
    assert words(events=[Event(), Event(), struck]) == "Last 16 Nov 2026: 2 open events"


def test_without_a_day_nothing_is_made_up() -> None:
    assert words(session=Session(started=NullFlavor.UNK)) == "no open events"

"""Where a session stands, read from its records."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.chair.phases import (
    Missing,
    Stay,
    Step,
    begun_at,
    has_baseline,
    missing_to_start,
    phase_of,
    standing_of,
    stay_of,
    step_of,
)
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import AfterHold, Phase, Standing
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Observation, Session
from aeapp.domain.values import PartialDate

DRIP, SPRAY = FormRoute.INTRAVENOUS_DRIP, FormRoute.NASAL


def at(minute: int, hour: int = 14) -> PartialDate:
    return PartialDate(2026, 11, 23, hour, minute, None, -300)


def given(minute: int = 0, **facts: Any) -> Administration:
    return Administration(started=at(minute), **facts)


def device(number: int, planned: int | None, **facts: Any) -> Administration:
    spray = {"route": SPRAY, "dose": Decimal(28), "dose_unit": DoseUnit.MG}
    whole = None if planned is None else Decimal(planned)
    return given(5 * number - 5, device_number=number, planned=whole, **(spray | facts))


def session(route: SessionRoute | None = None, **facts: Any) -> Session:
    return Session(route=route, **({"started": at(0)} | facts))


def test_the_treatment_begins_with_its_earliest_dose_that_has_a_clock_time() -> None:
    before = PartialDate(2026, 11, 23, 13, 40, None, -300)
    doses = [
        given(5),
        given(0),
        Administration(started=PartialDate(2026, 11, 22)),
        Administration(started=NullFlavor.UNK),
        Administration(),
    ]
    others = [
        Administration(started=before, role=role)
        for role in (DrugRole.CONCOMITANT, DrugRole.TREATMENT)
    ]
    assert begun_at([*others, *doses]) == at(0)
    assert begun_at([*others, *doses[2:]]) is None


RESCUE = given(route=FormRoute.INTRAVENOUS_DRIP, role=DrugRole.TREATMENT)
PHASES: list[tuple[str, Session, list[Administration], Phase]] = [
    ("planned", session(started=None, planned=at(0)), [], Phase.PLANNED),
    ("planned and started", session(planned=at(0)), [], Phase.PRE_DOSE),
    ("neither planned nor started", session(started=None), [], Phase.PRE_DOSE),
    ("started", session(), [], Phase.PRE_DOSE),
    ("a rescue medicine starts no clock", session(), [RESCUE], Phase.PRE_DOSE),
    ("a dose without a time", session(), [Administration()], Phase.PRE_DOSE),
    ("infusion runs", session(), [given(route=DRIP)], Phase.DOSING),
    ("infusion by the session's route", session(SessionRoute.IV_INFUSION), [given()], Phase.DOSING),
    ("infusion ended", session(), [given(route=DRIP, ended=at(40))], Phase.MONITORING),
    (
        "end of the infusion unknown",
        session(),
        [given(route=DRIP, ended=NullFlavor.UNK)],
        Phase.MONITORING,
    ),
    ("infusion said to be over", session(), [given(route=DRIP, ongoing=False)], Phase.MONITORING),
    ("push", session(SessionRoute.IV_PUSH), [given()], Phase.MONITORING),
    ("rescue drip", session(SessionRoute.IM), [given(), RESCUE], Phase.MONITORING),
    ("one device of two", session(), [device(1, 56)], Phase.DOSING),
    ("one device of one", session(), [device(1, None)], Phase.MONITORING),
    ("two devices of two", session(), [device(1, 56), device(2, 56)], Phase.MONITORING),
    ("two devices of three", session(), [device(1, 84), device(2, 84)], Phase.DOSING),
    ("a spray that is no device", session(), [given(route=SPRAY)], Phase.MONITORING),
    ("a slip is no dose", session(), [device(1, 56, struck_reason="undone")], Phase.PRE_DOSE),
    ("held", session(SessionRoute.SUBLINGUAL), [given()], Phase.DOSING),
    (
        "hold timed",
        session(SessionRoute.SUBLINGUAL),
        [given(held_minutes=Decimal(7))],
        Phase.MONITORING,
    ),
    (
        "spat out",
        session(SessionRoute.SUBLINGUAL),
        [given(after_hold=AfterHold.SPAT)],
        Phase.MONITORING,
    ),
    ("swallowed tablet", session(SessionRoute.ORAL), [given()], Phase.MONITORING),
    ("ended, nobody knows how", session(ending=NullFlavor.UNK), [], Phase.DISCHARGED),
]


@pytest.mark.parametrize(
    ("record", "givings", "phase"), [row[1:] for row in PHASES], ids=[row[0] for row in PHASES]
)
def test_the_phase_follows_from_the_records(
    record: Session, givings: list[Administration], phase: Phase
) -> None:
    assert phase_of(record, givings) is phase


@pytest.mark.parametrize("ending", list(SessionEnd))
def test_each_ending_is_a_phase_of_its_own(ending: SessionEnd) -> None:
    phase = phase_of(session(ending=ending), [given(route=DRIP)])

    assert (phase.value, phase.is_over) == (ending.value, True)


def test_the_minimum_counts_from_the_first_device_and_the_last_is_known_too() -> None:
    zone = zoneinfo.ZoneInfo("America/New_York")
    stay = stay_of(
        [given(10), given(0), RESCUE, Administration(started=at(0, 9), role=DrugRole.TREATMENT)],
        120,
        zone,
    )

    assert (stay.first, stay.last) == (at(0), at(10))
    assert stay.may_leave_at == at(0, 16)


def test_a_minimum_over_the_change_of_clocks_is_two_real_hours() -> None:
    zone = zoneinfo.ZoneInfo("America/New_York")
    begin = PartialDate(2026, 11, 1, 0, 30, None, -240)

    stay = stay_of([Administration(started=begin)], 120, zone)

    assert stay.may_leave_at == PartialDate(2026, 11, 1, 1, 30, None, -300)


@pytest.mark.parametrize(
    ("minimum", "minute", "over"),
    [(30, 29, False), (30, 30, True), (30, 31, True), (None, 0, True), (None, -1, False)],
)
def test_the_minimum_is_reached_with_its_last_minute(
    minimum: int | None,
    minute: int,
    over: bool,
) -> None:
    now = at(minute) if minute >= 0 else at(59, 13)

    assert stay_of([given(0)], minimum).reached(now) is over


def test_without_a_dose_nothing_is_reached() -> None:
    stay = stay_of([], 30)

    assert stay == Stay(None, None, 30, None)
    assert not stay.reached(at(0))
    assert stay.minutes(at(0)) is None


def test_without_a_minimum_no_time_of_leaving_is_made_up() -> None:
    assert stay_of([given()], None).may_leave_at is None


def pressure(minute: int, **facts: Any) -> Observation:
    return Observation(kind=ObservationKind.BLOOD_PRESSURE, at=at(minute), **facts)


@pytest.mark.parametrize(
    ("reading", "zero", "there"),
    [
        (pressure(0), None, True),
        (pressure(0), at(0), True),
        (pressure(5), at(0), False),
        (replace(pressure(0), at=PartialDate(2026, 11, 23, 13, 0)), at(0), False),
        (replace(pressure(0), at=PartialDate(2026, 11, 23)), at(0), False),
        (pressure(0, status=ObservationStatus.STRUCK), None, False),
        (Observation(kind=ObservationKind.BLOOD_PRESSURE), None, False),
        (Observation(kind=ObservationKind.HEART_RATE, at=at(0)), None, False),
    ],
)
def test_the_baseline_is_a_pressure_that_counts_before_the_dose(
    reading: Observation,
    zero: PartialDate | None,
    there: bool,
) -> None:
    assert has_baseline([reading], zero) is there


@pytest.mark.parametrize(
    ("gate_open", "dose_ready", "readings", "missing"),
    [
        (False, False, [], (Missing.GATE, Missing.DOSE, Missing.BASELINE)),
        (True, False, [], (Missing.DOSE, Missing.BASELINE)),
        (False, True, [pressure(0)], (Missing.GATE,)),
        (False, False, [pressure(0)], (Missing.GATE, Missing.DOSE)),
        (True, True, [], (Missing.BASELINE,)),
        (True, True, [pressure(0)], ()),
    ],
)
def test_gate_dose_and_baseline_may_come_in_any_order(
    gate_open: bool,
    dose_ready: bool,
    readings: list[Observation],
    missing: tuple[Missing, ...],
) -> None:
    found = missing_to_start(gate_open=gate_open, dose_ready=dose_ready, readings=readings)

    assert found == missing


@pytest.mark.parametrize(
    ("phase", "gate_open", "stay_over", "step"),
    [
        (Phase.PLANNED, False, False, Step.GATE),
        (Phase.PRE_DOSE, False, False, Step.GATE),
        (Phase.PRE_DOSE, True, False, Step.DOSE),
        (Phase.DOSING, True, True, Step.DOSE),
        (Phase.MONITORING, True, False, Step.MONITORING),
        (Phase.MONITORING, True, True, Step.RECOVERY),
        (Phase.DISCHARGED, True, True, Step.DISCHARGE),
        (Phase.TRANSFERRED, False, False, Step.DISCHARGE),
    ],
)
def test_the_step_follows_from_phase_gate_and_stay(
    phase: Phase,
    gate_open: bool,
    stay_over: bool,
    step: Step,
) -> None:
    assert step_of(phase, gate_open=gate_open, stay_over=stay_over) is step


def test_every_step_has_its_words() -> None:
    assert [step.words for step in Step] == ["Gate", "Dose", "Monitoring", "Recovery", "Discharge"]


def test_a_time_without_a_zone_starts_no_clock() -> None:
    bare = Administration(started=PartialDate(2026, 11, 23, 14, 0))

    assert stay_of([bare], 30).first is None
    assert phase_of(session(), [bare]) is Phase.PRE_DOSE


def test_the_end_of_the_minimum_is_in_utc_where_no_zone_is_named() -> None:
    end = stay_of([given(0)], 90).may_leave_at

    assert end is not None
    assert end.utc() == dt.datetime(2026, 11, 23, 20, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"started": None, "planned": PartialDate(2026, 11, 24)}, Standing.PLANNED),
        ({"planned": PartialDate(2026, 11, 23)}, Standing.RUNNING),
        ({}, Standing.RUNNING),
        ({"ended": NullFlavor.UNK}, Standing.RUNNING),
        ({"ending": SessionEnd.DISCHARGED}, Standing.ENDED),
        ({"ending": NullFlavor.UNK}, Standing.ENDED),
        ({"ended": at(0, 16)}, Standing.ENDED),
    ],
)
def test_a_session_is_to_come_or_runs_or_is_over(facts: dict[str, Any], standing: Standing) -> None:
    assert standing_of(session(**facts)) is standing

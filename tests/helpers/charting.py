"""Sessions for the chart: one a nurse would know, one before its dose, and long ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import (
    ChartData,
    DoseKind,
    DoseMark,
    DueMark,
    EventMark,
)
from aeapp.domain.vitals.due import DueState
from aeapp.domain.vitals.limits import Limit

ZONE = "America/New_York"
BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
SPO2, RR = ObservationKind.OXYGEN_SATURATION, ObservationKind.RESPIRATORY_RATE
MOAAS, CADSS = ObservationKind.MOAA_S, ObservationKind.CADSS_6
SOURCE = "invented for tests"
LIMITS = (
    Limit(BP, "systolic", None, Decimal(170), SOURCE),
    Limit(BP, "diastolic", None, Decimal(100), SOURCE),
    Limit(HR, "value", Decimal(50), Decimal(130), SOURCE),
    Limit(SPO2, "value", Decimal(92), None, SOURCE),
    Limit(RR, "value", Decimal(8), None, SOURCE),
    Limit(MOAAS, "value", Decimal(3), None, SOURCE),
)


def at(minute: float) -> PartialDate:
    """Return the time so many minutes after a dose at 13:50."""
    seconds = round(minute * 60)
    whole, rest = divmod(seconds, 60)
    days, whole = divmod(13 * 60 + 50 + whole, 24 * 60)
    return PartialDate(2026, 11, 23 + days, whole // 60, whole % 60, rest or None, -300)


def pressure(minute: float, upper: int, lower: int, **more: object) -> Observation:
    """Return a pressure read so many minutes after the dose."""
    made = {"id": f"bp{minute}", "at": at(minute), "version": 1, **more}
    return Observation(kind=BP, systolic=Decimal(upper), diastolic=Decimal(lower), **made)


def reading(kind: ObservationKind, minute: float, value: float, **more: object) -> Observation:
    """Return any other reading."""
    made = {"id": f"{kind.value}{minute}", "at": at(minute), "version": 1, **more}
    return Observation(kind=kind, value=Decimal(str(value)), **made)


def row(minute: float, bp: tuple[int, int], *numbers: float) -> list[Observation]:
    """Return a row of readings: pressure, pulse, saturation, breaths, MOAA/S, CADSS-6."""
    kinds = (HR, SPO2, RR, MOAAS, CADSS)
    rest = [reading(k, minute, n) for k, n in zip(kinds, numbers, strict=False)]
    return [pressure(minute, *bp), *rest]


def rich() -> ChartData:
    """Return the session fifty minutes after its dose, with everything that can be marked."""
    readings = [
        *row(-5, (128, 78), 72, 98, 14, 5, 0),
        *row(15, (141, 86), 84, 98, 14, 5, 2),
        reading(HR, 22, 41, status=ObservationStatus.ARTEFACT, status_reason="Movement"),
        pressure(22, 96, 51, status=ObservationStatus.ARTEFACT, status_reason="Movement"),
        *row(31, (158, 94), 92, 97, 15, 4, 5),
        reading(HR, 31.2, 9, status=ObservationStatus.STRUCK, status_reason="Typing slip"),
        *row(40, (176, 104), 98, 97, 16, 4, 6),
        *row(45, (182, 106), 101, 91, 16, 4, 5),
    ]
    return ChartData(
        readings=tuple(readings),
        zero=at(0),
        now=at(50.2),
        doses=(
            DoseMark(0, 40, "Ketamine 38 mg IV drip, 0.95 mg/min", DoseKind.INFUSION),
            DoseMark(43, None, "Ondansetron 4 mg IV, T+43", DoseKind.RESCUE),
        ),
        events=(
            EventMark(1, "Dissociation", 12, None, goes_on=True),
            EventMark(2, "Nausea", 28, 43),
            EventMark(0, "Pressure increased", 40, None, proposed=True),
        ),
        due=due(50, (-5, 15, 30, 40, 45), (60, 90, 120)),
        baseline=readings[0],
        limits=LIMITS,
        zone=ZONE,
        people={r.id: "Dana Reyes" for r in readings},
    )


def due(now: float, taken: Sequence[float], coming: Sequence[float]) -> tuple[DueMark, ...]:
    """Return the readings due: those not taken by ``now`` are late."""
    marks = [DueMark(m, DueState.TAKEN) for m in taken]
    marks += [DueMark(m, DueState.LATE if m < now else DueState.COMING) for m in coming]
    return tuple(marks)


def before_the_dose() -> ChartData:
    """Return the same session three minutes before its dose."""
    first = tuple(row(-5, (128, 78), 72, 98, 14))
    return ChartData(
        readings=first,
        now=at(-3),
        doses=(DoseMark(0, 40, "planned: 38 mg over 40 min", DoseKind.INFUSION, planned=True),),
        due=due(-3, (-5,), (15, 30, 40, 60, 90, 120)),
        baseline=first[0],
        limits=LIMITS,
        zone=ZONE,
    )


def monitored(count: int, minutes: float = 120, seed: int = 7) -> ChartData:
    """Return a session with ``count`` readings of a monitor, spread over its minutes."""
    chance = random.Random(seed)
    rows = count // 4
    upper, pulse, oxygen, breaths = 128.0, 74.0, 97.5, 14.0
    readings: list[Observation] = []
    for n in range(rows):
        minute = minutes * n / rows
        upper += chance.uniform(-2, 2) + (142 - upper) * 0.02
        pulse += chance.uniform(-1.5, 1.5) + (88 - pulse) * 0.02
        oxygen = min(100.0, oxygen + chance.uniform(-0.6, 0.6) + (97 - oxygen) * 0.05)
        breaths += chance.uniform(-0.8, 0.8) + (15 - breaths) * 0.05
        numbers = (round(pulse), round(oxygen), round(breaths))
        readings += row(minute, (round(upper), round(upper * 0.62)), *numbers)
    return ChartData(
        readings=tuple(readings),
        zero=at(0),
        now=at(minutes),
        doses=(DoseMark(0, 40, "Ketamine 38 mg IV drip", DoseKind.INFUSION),),
        due=due(minutes, (15, 30, 45, 60, 90), (120,)),
        baseline=readings[0],
        limits=LIMITS,
        zone=ZONE,
    )

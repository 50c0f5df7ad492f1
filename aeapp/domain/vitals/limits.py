"""Limits of readings as data: beyond them a reading is shown on a report and asked about.

They prompt and never decide: a reading beyond a limit is no diagnosis, grade or seriousness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records.observation import Observation

CLINIC_DEFAULT = "clinic default, not regulatory; published in-session prompts"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of one quantity.

    Attributes:
        part: Attribute of the reading that is compared: value, systolic or diastolic.
        low, high: A reading below ``low`` or above ``high`` is beyond; None for no limit.
    """

    kind: ObservationKind
    part: str
    low: Decimal | None
    high: Decimal | None
    source: str = CLINIC_DEFAULT


DEFAULT_LIMITS: tuple[Limit, ...] = (
    Limit(ObservationKind.BLOOD_PRESSURE, "systolic", Decimal(90), Decimal(180)),
    Limit(ObservationKind.BLOOD_PRESSURE, "diastolic", None, Decimal(110)),
    Limit(ObservationKind.HEART_RATE, "value", Decimal(45), Decimal(130)),
    Limit(ObservationKind.OXYGEN_SATURATION, "value", Decimal(92), None),
    Limit(ObservationKind.RESPIRATORY_RATE, "value", Decimal(8), None),
)

PLAUSIBLE_SOURCE = (
    "clinic default, not regulatory; not above the filters that the public MIMIC code repository "
    "puts on monitor data (heart rate 300, systolic 400, diastolic and mean 300, breaths 70)"
)
# What a living adult can have: beyond it an imported reading is kept and a person is asked.
PLAUSIBLE: tuple[Limit, ...] = tuple(
    Limit(kind, part, Decimal(low), Decimal(high), PLAUSIBLE_SOURCE)
    for kind, part, low, high in (
        (ObservationKind.HEART_RATE, "value", 20, 300),
        (ObservationKind.BLOOD_PRESSURE, "systolic", 40, 300),
        (ObservationKind.BLOOD_PRESSURE, "diastolic", 20, 200),
        (ObservationKind.BLOOD_PRESSURE, "mean", 25, 250),
        (ObservationKind.OXYGEN_SATURATION, "value", 50, 100),
        (ObservationKind.RESPIRATORY_RATE, "value", 4, 70),
    )
)


def beyond(reading: Observation, limits: tuple[Limit, ...] = DEFAULT_LIMITS) -> Iterator[Limit]:
    """Yield each limit that ``reading`` is beyond; readings without a number are beyond none."""
    for limit in limits:
        if reading.kind is not limit.kind:
            continue
        number = getattr(reading, limit.part)
        if not isinstance(number, Decimal):
            continue
        too_low = limit.low is not None and number < limit.low
        too_high = limit.high is not None and number > limit.high
        if too_low or too_high:
            yield limit

"""Limits of readings as data: beyond them a reading is shown on a report and asked about.

The rules of the watch declare them (watch_rules); here they are seen from the reading's side.
They prompt and never decide: a reading beyond a limit is no diagnosis, grade or seriousness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import Side
from aeapp.domain.records.observation import Observation
from aeapp.domain.records.watch_rule import WatchRule
from aeapp.domain.vitals.watch_rules import DEFAULT_RULES


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
    source: str


def limits_of(rules: Iterable[WatchRule]) -> tuple[Limit, ...]:
    """Return the absolute limits that ``rules`` set, the narrower one where two are alike."""
    found: dict[tuple[ObservationKind, str], Limit] = {}
    for rule in rules:
        if rule.kind is not None and rule.part is not None and rule.limit is not None:
            key = (rule.kind, rule.part.value)
            found[key] = _narrowed(found.get(key, Limit(*key, None, None, "")), rule, rule.limit)
    return tuple(found.values())


def _narrowed(limit: Limit, rule: WatchRule, number: Decimal) -> Limit:
    source, basis = limit.source, rule.basis or ""
    if basis not in source:
        source = f"{source}; {basis}" if source else basis
    if rule.side is Side.ABOVE:
        return replace(limit, source=source, high=min(number, limit.high or number))
    return replace(limit, source=source, low=max(number, limit.low or number))


DEFAULT_LIMITS: tuple[Limit, ...] = limits_of(DEFAULT_RULES)

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

"""Say why no living adult has a reading; such a reading is kept and a person is asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records.observation import Observation
from aeapp.domain.vitals.limits import PLAUSIBLE, Limit, beyond
from aeapp.kernel.i18n import N_, _

_SOURCE = "clinic default, not regulatory; wider than any adult outside of rescue"
_MORE: tuple[Limit, ...] = (
    Limit(ObservationKind.TEMPERATURE, "value", Decimal(25), Decimal(45), _SOURCE),
    Limit(ObservationKind.END_TIDAL_CO2, "value", Decimal(5), Decimal(130), _SOURCE),
    Limit(ObservationKind.WEIGHT, "value", Decimal(25), Decimal(400), _SOURCE),
)


def _limits() -> dict[ObservationKind, tuple[Limit, ...]]:
    # A quantity has the common lines where there are some, else those of this page.
    common = {limit.kind for limit in PLAUSIBLE}
    rows = (*PLAUSIBLE, *(limit for limit in _MORE if limit.kind not in common))
    return {k: tuple(row for row in rows if row.kind is k) for k in {row.kind for row in rows}}


LIMITS = _limits()


def doubt_of(reading: Observation) -> str:
    """Return a sentence, the first that applies; empty where a living adult may have it."""
    unit = reading.unit.symbol if reading.unit else ""
    for limit in beyond(reading, LIMITS.get(reading.kind, ()) if reading.kind else ()):
        text = _(N_("Outside what is plausible: {part} {low} to {high} {unit}."))
        return text.format(part=limit.part, low=limit.low, high=limit.high, unit=unit)
    return next(_disorder(reading), "")


def _disorder(reading: Observation) -> Iterator[str]:
    upper, lower, mean = reading.systolic, reading.diastolic, reading.mean
    if isinstance(upper, Decimal) and isinstance(lower, Decimal) and upper <= lower:
        yield _(N_("The systolic pressure is not above the diastolic one."))
    if isinstance(upper, Decimal) and isinstance(mean, Decimal) and mean > upper:
        yield _(N_("The mean pressure is above the systolic one."))
    if isinstance(lower, Decimal) and isinstance(mean, Decimal) and mean < lower:
        yield _(N_("The mean pressure is below the diastolic one."))

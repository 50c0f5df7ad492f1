"""Units of files as data: how they are spelt, and how their numbers become those of a reading.

A figure in the reading's own unit keeps its digits. Any other is converted in decimals by the exact
factor and rounded to a step below what the device shows; whoever converts keeps the raw figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit

SOURCES = (
    "UCUM, the Unified Code for Units of Measure: m[Hg] is 133.3220 kPa, [lb_av] 7000 [gr] of "
    "64.79891 mg, [degF] 5/9 K; ISO/IEEE 11073-10101: MDC_DIM codes, partition 4"
)
# More digits than a number of a file may have; quotients are rounded to a step afterwards.
_PRECISION = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit of files.

    Attributes:
        ucum: Its UCUM code.
        becomes: Unit of the reading.
        spelt: Other spellings, without regard to case; numbers are IEEE 11073 codes.
        minus: What is taken off before anything else.
        times, per: The factor as a fraction.
        step: Rounding of the result; None where it is exact.
    """

    ucum: str
    becomes: ReadingUnit
    spelt: tuple[str, ...] = ()
    minus: Decimal = Decimal(0)
    times: Decimal = Decimal(1)
    per: Decimal = Decimal(1)
    step: Decimal | None = None

    @property
    def converts(self) -> bool:
        """Tell whether its numbers change on the way to a reading."""
        return bool(self.minus) or self.times != self.per

    def convert(self, number: Decimal) -> Decimal:
        """Return ``number`` in the unit of the reading; unchanged where that is this unit."""
        if not self.converts:
            return number
        with localcontext(prec=_PRECISION):
            result = (number - self.minus) * self.times / self.per
            if self.step is not None:
                result = result.quantize(self.step, ROUND_HALF_UP)
            return Decimal(format(result.normalize(), "f"))


UNITS: tuple[Unit, ...] = (
    Unit(
        ucum="mm[Hg]",
        becomes=ReadingUnit.MMHG,
        spelt=("mmHg", "mm Hg", "Torr", "266016", "MDC_DIM_MMHG"),
    ),
    Unit(
        ucum="kPa",
        becomes=ReadingUnit.MMHG,
        spelt=("265987", "MDC_DIM_KILO_PASCAL"),
        times=Decimal(1000),
        per=Decimal("133.322"),
        step=Decimal("0.1"),
    ),
    Unit(
        ucum="/min",
        becomes=ReadingUnit.PER_MINUTE,
        spelt=(
            *("1/min", "bpm", "beats/min", "beats per minute", "{beats}/min", "rpm", "count/min"),
            *("breaths/min", "breaths per minute", "{breaths}/min", "264864", "264928"),
            *("MDC_DIM_BEAT_PER_MIN", "MDC_DIM_RESP_PER_MIN"),
        ),
    ),
    Unit(
        ucum="%",
        becomes=ReadingUnit.PERCENT,
        spelt=("%O2", "% O2", "%SpO2", "percent", "262688", "MDC_DIM_PERCENT"),
    ),
    Unit(
        ucum="1",
        becomes=ReadingUnit.PERCENT,
        spelt=("fraction", "{fraction}", "262656", "MDC_DIM_DIMLESS"),
        times=Decimal(100),
    ),
    Unit(
        ucum="Cel",
        becomes=ReadingUnit.CELSIUS,
        spelt=("°C", "degC", "C", "268192", "MDC_DIM_DEGC"),
    ),
    Unit(
        ucum="[degF]",
        becomes=ReadingUnit.CELSIUS,
        spelt=("°F", "degF", "F", "266560", "MDC_DIM_FAHR"),
        minus=Decimal(32),
        times=Decimal(5),
        per=Decimal(9),
        step=Decimal("0.01"),
    ),
    Unit(ucum="kg", becomes=ReadingUnit.KILOGRAM, spelt=("263875", "MDC_DIM_KILO_G")),
    Unit(
        ucum="g",
        becomes=ReadingUnit.KILOGRAM,
        spelt=("263872", "MDC_DIM_X_G"),
        per=Decimal(1000),
    ),
    Unit(
        ucum="[lb_av]",
        becomes=ReadingUnit.KILOGRAM,
        spelt=("lb", "lbs", "pound", "263904", "MDC_DIM_LB"),
        times=Decimal("0.45359237"),
        step=Decimal("0.01"),
    ),
)

# In which unit readings of a quantity stand.
USUAL = {
    ObservationKind.BLOOD_PRESSURE: ReadingUnit.MMHG,
    ObservationKind.HEART_RATE: ReadingUnit.PER_MINUTE,
    ObservationKind.RESPIRATORY_RATE: ReadingUnit.PER_MINUTE,
    ObservationKind.OXYGEN_SATURATION: ReadingUnit.PERCENT,
    ObservationKind.TEMPERATURE: ReadingUnit.CELSIUS,
    ObservationKind.END_TIDAL_CO2: ReadingUnit.MMHG,
    ObservationKind.WEIGHT: ReadingUnit.KILOGRAM,
}

_NAMED = {name.casefold(): unit for unit in UNITS for name in (unit.ucum, *unit.spelt)}


def unit_named(text: str) -> Unit | None:
    """Return the unit that a file spells ``text``; None where this program has none of it."""
    return _NAMED.get(text.strip().casefold())


def unit_for(kind: ObservationKind, text: str) -> Unit | None:
    """Return the unit spelt ``text`` where ``kind`` can be measured in it, else None."""
    unit = unit_named(text)
    return unit if unit is not None and unit.becomes is USUAL.get(kind) else None


def own_unit(kind: ObservationKind) -> Unit:
    """Return the unit whose numbers are those of the reading, for layouts that fix it."""
    return next(u for u in UNITS if u.becomes is USUAL[kind] and not u.converts)

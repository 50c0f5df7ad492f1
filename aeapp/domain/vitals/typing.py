"""Read what a person types into a row of readings, and say what is doubtful about it.

Nothing is corrected: text that cannot be read is refused with a sentence, a reading that no adult
has is told apart from one that is only beyond a limit. Grid and keys are the window's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.findings import item_problem
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records.observation import Observation
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, PLAUSIBLE, Limit, beyond
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

_PRESSURE = re.compile(r"([0-9]{1,3})(?: *[/,] *| +)([0-9]{1,3})")
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One quantity of the row.

    Attributes:
        head: Short name above the column.
        low, high: What a living adult can have, where the common table has no line for it; of a
            scale its least and most points.
        whole: Whether only whole numbers are points of the scale.
    """

    kind: ObservationKind
    head: str
    unit: ReadingUnit
    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False

    @property
    def title(self) -> str:
        """Return what stands above the column, with its unit; points of a scale need none."""
        head = _(self.head)
        return head if self.unit is ReadingUnit.SCORE else f"{head} {self.unit.symbol}"


def _scale(kind: ObservationKind, head: str, most: int) -> Column:
    return Column(
        kind=kind,
        head=head,
        unit=ReadingUnit.SCORE,
        low=Decimal(0),
        high=Decimal(most),
        whole=True,
    )


PRESSURE = Column(kind=ObservationKind.BLOOD_PRESSURE, head=N_("BP"), unit=ReadingUnit.MMHG)
COLUMNS: tuple[Column, ...] = (
    PRESSURE,
    Column(kind=ObservationKind.HEART_RATE, head=N_("HR"), unit=ReadingUnit.PER_MINUTE),
    Column(kind=ObservationKind.OXYGEN_SATURATION, head=N_("SpO₂"), unit=ReadingUnit.PERCENT),
    Column(kind=ObservationKind.RESPIRATORY_RATE, head=N_("RR"), unit=ReadingUnit.PER_MINUTE),
    _scale(ObservationKind.MOAA_S, N_("MOAA/S"), 5),
    _scale(ObservationKind.CADSS_6, N_("CADSS-6"), 24),
    Column(
        kind=ObservationKind.TEMPERATURE,
        head=N_("Temp"),
        unit=ReadingUnit.CELSIUS,
        low=Decimal(25),
        high=Decimal(45),
    ),
    Column(
        kind=ObservationKind.END_TIDAL_CO2,
        head=N_("EtCO₂"),
        unit=ReadingUnit.MMHG,
        low=Decimal(5),
        high=Decimal(130),
    ),
    _scale(ObservationKind.PAIN, N_("Pain"), 10),
    _scale(ObservationKind.NAUSEA, N_("Nausea"), 10),
)
# Columns that are always there; the others once they are used or due.
USUAL = frozenset(column.kind for column in COLUMNS[:6])


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What a row of texts means.

    Attributes:
        readings: One reading for each text that could be read.
        unread: {quantity: sentence} of texts that could not.
        doubts: {quantity: sentence} of readings that no adult has.
    """

    readings: tuple[Observation, ...]
    unread: dict[ObservationKind, str]
    doubts: dict[ObservationKind, str]


def _bad(sentence: str) -> BadInputError:
    return BadInputError(sentence, remedy=_("Correct the entry; what you typed is kept."))


def parse_pressure(text: str) -> tuple[Decimal, Decimal]:
    """Return systolic and diastolic of ``142/88``, ``142 88`` or ``142,88``.

    Raises:
        BadInputError: The text has another shape.
    """
    match = _PRESSURE.fullmatch(text.strip())
    if match is None:
        raise _bad(_("Type both numbers of the pressure, such as 142/88."))
    return Decimal(match[1]), Decimal(match[2])


def parse_number(text: str) -> Decimal:
    """Return the number of ``96``, ``36.8`` or ``36,8``, digits as typed.

    Raises:
        BadInputError: The text has another shape.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise _bad(_("Type a number, such as 96."))
    return Decimal(match[1] if match[2] is None else f"{match[1]}.{match[2]}")


def read_cell(column: Column, text: str) -> Observation | None:
    """Return the reading that ``text`` means in ``column``; None for an empty cell.

    Raises:
        BadInputError: The text cannot be read.
    """
    if not text.strip():
        return None
    if column.kind is ObservationKind.BLOOD_PRESSURE:
        systolic, diastolic = parse_pressure(text)
        return Observation(
            kind=column.kind, systolic=systolic, diastolic=diastolic, unit=column.unit
        )
    return Observation(kind=column.kind, value=parse_number(text), unit=column.unit)


def read_row(texts: Mapping[ObservationKind, str], columns: Iterable[Column]) -> TypedRow:
    """Return what the texts of a row mean, cell by cell."""
    readings: list[Observation] = []
    unread: dict[ObservationKind, str] = {}
    doubts: dict[ObservationKind, str] = {}
    for column in columns:
        try:
            reading = read_cell(column, texts.get(column.kind, ""))
        except BadInputError as error:
            unread[column.kind] = error.message
            continue
        if reading is None:
            continue
        readings.append(reading)
        doubt = doubt_of(reading, column)
        if doubt:
            doubts[column.kind] = doubt
    return TypedRow(tuple(readings), unread, doubts)


def doubt_of(reading: Observation, column: Column) -> str:
    """Return why no living adult has this reading, as a sentence; empty where one may."""
    upper, lower = reading.systolic, reading.diastolic
    if isinstance(upper, Decimal) and isinstance(lower, Decimal) and upper <= lower:
        return _("The upper pressure is not above the lower one.")
    if column.whole and isinstance(reading.value, Decimal) and reading.value % 1:
        return _("Expected a whole number; is this right?")
    for part in ("systolic", "diastolic"):
        problem = item_problem(spec_at(Observation, part), getattr(reading, part))
        if problem:
            return problem
    own = Limit(column.kind, "value", column.low, column.high, "")
    limit = next(beyond(reading, (*PLAUSIBLE, own)), None)
    return "" if limit is None else _outside(limit)


def _outside(limit: Limit) -> str:
    sentence = _("Expected {low} to {high}; is this right?")
    return sentence.format(low=limit.low, high=limit.high)


def flag_of(reading: Observation, limits: tuple[Limit, ...] = DEFAULT_LIMITS) -> str:
    """Return in two words which limit the reading is beyond, such as ``over 180``; else empty."""
    for limit in beyond(reading, limits):
        number = getattr(reading, limit.part)
        if limit.high is not None and number > limit.high:
            return _("over {limit}").format(limit=limit.high)
        return _("under {limit}").format(limit=limit.low)
    return ""


def shown(reading: Observation) -> str:
    """Return the number of a reading as it stands in the row: ``142/88``; ``?`` where unknown."""
    if reading.kind is ObservationKind.BLOOD_PRESSURE:
        return f"{_number(reading.systolic)}/{_number(reading.diastolic)}"
    return _number(reading.value)


def _number(value: Any) -> str:
    return "?" if value is None or isinstance(value, NullFlavor) else str(value)

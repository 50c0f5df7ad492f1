"""Word values as paper shows them: official words, English, never padded beyond what is known."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

from aeapp.domain.codelists import label
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import MONTHS, PartialDate, Precision

_UNKNOWN_PART = {
    Precision.YEAR: " (month and day unknown)",
    Precision.MONTH: " (day unknown)",
}
_SMALLER = {
    DoseUnit.GM: DoseUnit.MG,
    DoseUnit.MG: DoseUnit.UGM,
    DoseUnit.UGM: DoseUnit.NGM,
    DoseUnit.MG_KG: DoseUnit.UGM_KG,
    DoseUnit.L: DoseUnit.ML,
    DoseUnit.ML: DoseUnit.UL,
    DoseUnit.MOLE: DoseUnit.MMOLE,
    DoseUnit.MMOLE: DoseUnit.UMOLE,
    DoseUnit.KG: DoseUnit.GM,
}


def date_words(value: PartialDate) -> str:
    """Return ``16-Nov-2026``, ``Nov-2026 (day unknown)`` or ``2026 (month and day unknown)``."""
    return short_date(value) + _UNKNOWN_PART.get(value.precision, "")


def short_date(value: PartialDate) -> str:
    """Return the parts of a date that are known, without its time."""
    parts = [f"{value.year:04d}"]
    if value.month is not None:
        parts.insert(0, MONTHS[value.month - 1])
    if value.day is not None:
        parts.insert(0, f"{value.day:02d}")
    return "-".join(parts)


def part_of_date(value: PartialDate, part: str) -> str:
    """Return the ``day``, ``month`` or ``year`` of a date; empty where it is not known."""
    known = {
        "day": "" if value.day is None else f"{value.day:02d}",
        "month": "" if value.month is None else MONTHS[value.month - 1],
        "year": f"{value.year:04d}",
    }
    return known[part]


def printed(value: Any) -> str:
    """Return how a value stands in a cell; nothing and reasons for nothing leave it empty."""
    if value is None or isinstance(value, NullFlavor):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, PartialDate):
        return date_words(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, StrEnum):
        return label(value)
    return str(value)


def codes(value: Any) -> frozenset[str]:
    """Return the codes of the options that a value ticks."""
    if value is None or isinstance(value, NullFlavor):
        return frozenset()
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    if isinstance(value, frozenset):
        return frozenset(member.value for member in value)
    return frozenset({str(value.value) if isinstance(value, StrEnum) else str(value)})


def is_whole(value: Decimal, digits: int) -> bool:
    """Tell whether a cell that takes ``digits`` digits and nothing else can hold ``value``."""
    text = format(value, "f")
    return text.isdecimal() and len(text) <= digits


def in_smaller_unit(dose: Decimal, unit: DoseUnit | None, digits: int) -> str:
    """Return the same dose as digits of a smaller unit of the form's list; empty if none fits."""
    while unit in _SMALLER:
        dose, unit = dose * 1000, _SMALLER[unit]
        if dose == dose.to_integral_value() and is_whole(dose.quantize(Decimal(1)), digits):
            return f"{dose:.0f} {label(unit)}"
    return ""

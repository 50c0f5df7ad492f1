"""Readings as Observations: vital signs by LOINC and UCUM, laboratory results in words.

Source:
    FHIR R4 (4.0.1) Observation and its profiles of vital signs.
"""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.copies import WITHHELD
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.formspecs.fhir_r4.codes import (
    OBSERVATION_CATEGORY,
    OXIMETRY,
    PARTS,
    READING_UNITS,
    READINGS,
)
from aeapp.formspecs.fhir_r4.parts import (
    LOINC,
    Making,
    Tree,
    absent_concept,
    coding,
    concept,
    quantity,
    without_nothing,
    words,
)
from aeapp.kernel.i18n import N_, _

# What somebody took back, and what never was a value of the patient.
_WITHDRAWN = (ObservationStatus.STRUCK, ObservationStatus.ARTEFACT)
_PROFILED = frozenset(READINGS) - {ObservationKind.PAIN, ObservationKind.END_TIDAL_CO2}


def reading(making: Making, one: Observation, subject: Tree) -> Tree:
    """Return one reading; a value that is not there is said to be absent."""
    pressure = one.kind is ObservationKind.BLOOD_PRESSURE
    return without_nothing({
        "resourceType": "Observation",
        "status": _status(one),
        "category": _category(one),
        "code": _code(one),
        "subject": subject,
        **making.timed("effectiveDateTime", one.at),
        **(_value(one) if not pressure else {}),
        "note": _note(one),
        "referenceRange": _range(one),
        "component": _parts(one) if pressure else [],
    })  # fmt: skip


def _status(one: Observation) -> str:
    if one.status in _WITHDRAWN:
        return "entered-in-error"
    return "preliminary" if one.status is ObservationStatus.QUESTIONED else "final"


def _category(one: Observation) -> list[Tree]:
    if one.kind in _PROFILED:
        return [concept(_(N_("Vital Signs")), coding(OBSERVATION_CATEGORY, "vital-signs"))]
    if one.kind is ObservationKind.LABORATORY:
        return [concept(_(N_("Laboratory")), coding(OBSERVATION_CATEGORY, "laboratory"))]
    return []


def _code(one: Observation) -> Tree:
    if one.kind is ObservationKind.LABORATORY:
        told = words(one.test_name)
        return told or words(NullFlavor.UNK) or {}
    if one.kind is None:
        return words(NullFlavor.UNK) or {}
    known = READINGS.get(one.kind, ())
    if one.kind is ObservationKind.OXYGEN_SATURATION and one.source is ObservationSource.OXIMETER:
        known = (*known, OXIMETRY)
    return concept(_(label(one.kind)), *(coding(LOINC, *code) for code in known))


def _value(one: Observation) -> Tree:
    if isinstance(one.value, Decimal):
        return {"valueQuantity": _amount(one.value, one.unit)}
    if one.result and one.result != WITHHELD and not isinstance(one.result, NullFlavor):
        return {"valueString": one.result}
    reason = one.value if isinstance(one.value, NullFlavor) else NullFlavor.UNK
    if one.result == WITHHELD:
        reason = NullFlavor.MSK
    return {"dataAbsentReason": absent_concept(reason)}


def _amount(value: Decimal, unit: ReadingUnit | None) -> Tree:
    return quantity(value, READING_UNITS[unit] if unit else "", unit.value if unit else "")


def _parts(one: Observation) -> list[Tree]:
    """Return the parts of a pressure: the two that make one always, a mean where it was read."""
    found = []
    for name, code in PARTS.items():
        value = getattr(one, name)
        if value is None and name == "mean":
            continue
        part: Tree = {"code": concept(code[1], coding(LOINC, *code))}
        if isinstance(value, Decimal):
            found.append({**part, "valueQuantity": _amount(value, one.unit)})
        else:
            reason = value if isinstance(value, NullFlavor) else NullFlavor.UNK
            found.append({**part, "dataAbsentReason": absent_concept(reason)})
    return found


def _note(one: Observation) -> list[Tree]:
    return [{"text": one.note}] if one.note and one.note != WITHHELD else []


def _range(one: Observation) -> list[Tree]:
    ends = [text for text in (one.low, one.high) if text and text != WITHHELD]
    return [{"text": " – ".join(ends)}] if ends else []

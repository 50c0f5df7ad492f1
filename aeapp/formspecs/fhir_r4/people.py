"""The patient of a Bundle, and the age, for which a Patient of FHIR has no place.

Source:
    FHIR R4 (4.0.1) Patient; LOINC 30525-0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aeapp.domain.case import Case
from aeapp.domain.codelists.safety import AgeUnit, Sex
from aeapp.domain.copies import NO_CODE, OLDEST, VERY_OLD
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Patient
from aeapp.domain.values import PartialDate
from aeapp.formspecs.fhir_r4.codes import AGE, GENDERS
from aeapp.formspecs.fhir_r4.parts import (
    LOINC,
    Making,
    Tree,
    absent,
    coding,
    concept,
    quantity,
    without_nothing,
)


def patient_of(making: Making, patient: Patient) -> Tree:
    """Return the patient; what a de-identified copy lost is said to be masked."""
    return without_nothing({
        "resourceType": "Patient",
        "identifier": _identifiers(patient),
        "name": _told("text", patient.name),
        "telecom": _phone(patient.phone),
        **_gender(patient.sex),
        **_birth(patient.birth_date),
        "address": _told("text", patient.address),
        **_deceased(making, patient.deceased_on),
    })  # fmt: skip


def number_of(patient: Patient) -> str:
    """Return the number of the chart, by which a reader compares whose values they are."""
    return as_text(patient.record_number)


def _identifiers(patient: Patient) -> list[Tree]:
    told = []
    if number := number_of(patient):
        told.append({"use": "official", "value": number})
    if patient.code and patient.code != NO_CODE:
        told.append({"use": "secondary", "value": patient.code})
    return told


def _told(name: str, value: str | NullFlavor | None) -> list[Tree]:
    """Return a text of the patient's; a reason as its absence."""
    if isinstance(value, NullFlavor):
        return [absent(value)]
    return [{name: value}] if value else []


def _phone(value: str | NullFlavor | None) -> list[Tree]:
    told = _told("value", value)
    return [{"system": "phone", **one} if "value" in one else one for one in told]


def _gender(sex: Sex | NullFlavor | None) -> Tree:
    if isinstance(sex, NullFlavor):
        # FHIR has a code for what is not known and none for the other reasons.
        code = {"gender": "unknown"} if sex is NullFlavor.UNK else {}
        return {**code, "_gender": absent(sex)}
    return {"gender": GENDERS[sex]} if sex else {}


def _birth(born: PartialDate | NullFlavor | None) -> Tree:
    if isinstance(born, NullFlavor):
        return {"_birthDate": absent(born)}
    return {"birthDate": born.date_part().iso()} if born else {}


def _deceased(making: Making, on: PartialDate | NullFlavor | None) -> Tree:
    if isinstance(on, NullFlavor):
        # NA says that there is no death; any other reason that its day is not known.
        return {} if on is NullFlavor.NA else {"_deceasedDateTime": absent(on)}
    return making.timed("deceasedDateTime", on)


def age_of(case: Case, subject: Tree) -> Tree | None:
    """Return the age at the event; None where nobody knows it."""
    age: Any = case.subject.age
    unit = case.subject.age_unit
    value: Tree = {}
    if age == VERY_OLD:
        value = quantity(Decimal(OLDEST), AgeUnit.YEAR.value) | {"comparator": ">"}
    elif isinstance(age, Decimal) and unit:
        value = quantity(age, unit.value)
    if not value:
        return None
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(AGE[1], coding(LOINC, *AGE)),
        "subject": subject,
        "valueQuantity": value,
    }

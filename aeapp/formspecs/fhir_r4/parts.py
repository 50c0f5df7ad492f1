"""The small parts of FHIR that every resource is made of: concepts, quantities, times, absences.

A tree is made of dictionaries, lists, texts, whole numbers, truths and decimals. A decimal keeps
its digits on the way to the file, which the JSON of the standard library would not do.

Source:
    FHIR R4 (4.0.1) datatypes; extension data-absent-reason; UCUM.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aeapp.domain.codelists import label
from aeapp.domain.copies import WITHHELD
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate, instant_in_zone
from aeapp.kernel.i18n import N_, _

Tree = dict[str, Any]

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ABSENT_CODES = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
REASONS: dict[NullFlavor, str] = {
    NullFlavor.UNK: "unknown",
    NullFlavor.ASKU: "asked-unknown",
    NullFlavor.NASK: "not-asked",
    NullFlavor.MSK: "masked",
    NullFlavor.NA: "not-applicable",
    NullFlavor.NI: "temp-unknown",
}
_INDENT = "  "


@dataclass(slots=True)
class Making:
    """What the parts of one Bundle share.

    Attributes:
        zone: Zone of clocks whose offset is not on record; None where it is not known.
        remarks: Sentences on what was written otherwise than it is on record.
    """

    zone: dt.tzinfo | None = None
    remarks: dict[str, int] = field(default_factory=dict)

    def remark(self, sentence: str) -> None:
        """Count one more of what ``sentence`` says."""
        self.remarks[sentence] = self.remarks.get(sentence, 0) + 1

    def moment(self, at: PartialDate) -> str:
        """Return a dateTime; FHIR has no time of day without an offset, nor without seconds."""
        if not at.has_time:
            return at.iso()
        if at.offset is not None:
            text = at.iso()
            return text if at.second is not None else f"{text[:16]}:00{text[16:]}"
        instant = instant_in_zone(at, self.zone)
        if instant is None:
            self.remark(
                _(N_("A time of day without the offset of its clock was left out; its day stays."))
            )
            return at.date_part().iso()
        return instant.strftime("%Y-%m-%dT%H:%M:%SZ")

    def timed(self, name: str, at: PartialDate | NullFlavor | None) -> Tree:
        """Return a dateTime under ``name``; a reason as its extension, nothing for nothing."""
        if at is None:
            return {}
        if isinstance(at, NullFlavor):
            return {f"_{name}": absent(at)}
        return {name: self.moment(at)}


def absent(reason: NullFlavor) -> Tree:
    """Return an element that says why it has no value."""
    return {"extension": [{"url": ABSENT, "valueCode": REASONS[reason]}]}


def absent_concept(reason: NullFlavor) -> Tree:
    """Return the ``dataAbsentReason`` of an Observation."""
    return {"coding": [{"system": ABSENT_CODES, "code": REASONS[reason]}]}


def coding(system: str, code: str, display: str = "") -> Tree:
    """Return a code of a system."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(text: str, *codings: Tree) -> Tree:
    """Return a concept in words, with its codes where there are any."""
    coded: Tree = {"coding": list(codings)} if codings else {}
    return {**coded, "text": text}


def words(value: str | NullFlavor | None, *codings: Tree) -> Tree | None:
    """Return a concept of words that somebody typed; a reason, or words withheld, as absence."""
    if value is None or value == "":
        return {"coding": list(codings)} if codings else None
    if isinstance(value, NullFlavor):
        return absent(value)
    if value == WITHHELD:
        return {"coding": list(codings)} if codings else absent(NullFlavor.MSK)
    return concept(value, *codings)


def listed(value: StrEnum, *codings: Tree) -> Tree:
    """Return a member of a code list of ours: its words, and the codes of FHIR for it."""
    return concept(_(label(value)), *codings)


def quantity(value: Decimal, ucum: str, unit: str = "") -> Tree:
    """Return an amount; without a code of UCUM its unit stands in words."""
    coded = {"system": UCUM, "code": ucum} if ucum else {}
    told = unit or ucum
    return {"value": value, **({"unit": told} if told else {}), **coded}


def reference(full_url: str) -> Tree:
    """Return a reference to another entry of the Bundle."""
    return {"reference": full_url}


def without_nothing(tree: Tree) -> Tree:
    """Return a resource without the elements that nobody answered; FHIR has no empty ones."""
    return {name: value for name, value in tree.items() if value not in (None, "", [], {})}


def json_text(value: Any, level: int = 0) -> str:
    """Return a tree as JSON, two spaces a level; decimals keep their digits."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if not value and isinstance(value, dict | list):
        return json.dumps(value)
    inner = "\n" + _INDENT * (level + 1)
    end = "\n" + _INDENT * level
    if isinstance(value, dict):
        members = [
            f"{json.dumps(name)}: {json_text(member, level + 1)}" for name, member in value.items()
        ]
        return "{" + inner + f",{inner}".join(members) + end + "}"
    if isinstance(value, list):
        return "[" + inner + f",{inner}".join(json_text(m, level + 1) for m in value) + end + "]"
    return json.dumps(value, ensure_ascii=False)

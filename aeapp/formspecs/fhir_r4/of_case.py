"""A case as a Bundle of FHIR R4: a collection, so that a receiver takes what it wants of it.

Entries are named within the Bundle only, by urns made of their places and of a key of the case;
no id of the clinic goes out. What R4 has no place for stands in an OperationOutcome at the end, so
that the file itself says what it does not hold.

Source:
    FHIR R4 (4.0.1) Bundle, OperationOutcome.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import zone_named
from aeapp.formspecs.fhir_r4.doses import dose
from aeapp.formspecs.fhir_r4.events import adverse_event
from aeapp.formspecs.fhir_r4.left_out import left_out
from aeapp.formspecs.fhir_r4.parts import Making, Tree, absent, json_text, reference
from aeapp.formspecs.fhir_r4.people import age_of, number_of, patient_of
from aeapp.formspecs.fhir_r4.readings import reading
from aeapp.formspecs.fhir_r4.scores import answers
from aeapp.kernel.i18n import N_, _

_URNS = uuid.UUID("6f1f3c53-4f0e-5a7b-9c7c-6f0f6a2b8d11")
_NO_PATIENT = N_("nobody was reached")


@dataclass(frozen=True, slots=True)
class Written:
    """A case as FHIR.

    Attributes:
        text: The file.
        counts: How many resources of each type it has.
        left_out: What is on record and has no place in it, as sentences.
    """

    text: str
    counts: dict[str, int]
    left_out: tuple[str, ...]


def bundle_of(case: Case, key: str, lost: tuple[str, ...] = ()) -> Written:
    """Return the Bundle of a case; the same case and key give the same bytes.

    Args:
        case: Or a copy of it that leaves something out.
        key: What makes the urns of its entries differ from those of other cases.
        lost: What such a copy left out, by kind, to be told at the end.
    """
    making = Making(zone_named(case.clinic.time_zone))
    urls = _Urls(key)
    entries = [urls.entry(resource) for resource in _resources(making, case, urls)]
    told = (
        *(f"{what}" for what in lost),
        *(f"{sentence} ({n})" for sentence, n in making.remarks.items()),
        *left_out(case),
    )
    if told:
        entries.append(urls.entry(_outcome(told)))
    tree = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return Written(json_text(tree) + "\n", urls.counts, told)


class _Urls:
    """Names the entries of one Bundle.

    Attributes:
        counts: How many of each type were named.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self.counts: dict[str, int] = {}

    def next_of(self, kind: str) -> str:
        """Return the full url that the next resource of a type will have."""
        return self._url(kind, self.counts.get(kind, 0) + 1)

    def entry(self, resource: Tree) -> Tree:
        """Return a resource as the next entry of its type."""
        kind = resource["resourceType"]
        url = self.next_of(kind)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return {"fullUrl": url, "resource": resource}

    def _url(self, kind: str, number: int) -> str:
        return uuid.uuid5(_URNS, f"{self._key}/{kind}/{number}").urn


def _resources(making: Making, case: Case, urls: _Urls) -> Iterator[Tree]:
    subject = _subject(case, urls)
    if case.patient.id:
        yield patient_of(making, case.patient)
        if (age := age_of(case, subject)) is not None:
            yield age
    doses: dict[str, str] = {}
    for giving in case.administrations:
        doses[giving.id] = urls.next_of("MedicationAdministration")
        yield dose(making, case, giving, subject)
    for one in case.observations:
        yield reading(making, one, subject)
    for score in case.scores:
        yield answers(making, score, subject)
    for event in case.events:
        yield adverse_event(making, case, event, subject, doses)


def _subject(case: Case, urls: _Urls) -> Tree:
    """Return who everything is about; a near miss reached nobody."""
    if not case.patient.id:
        missed = case.case.involvement is PatientInvolvement.NONE
        told = {"display": _(_NO_PATIENT)} if missed else {}
        return {**absent(NullFlavor.NA if missed else NullFlavor.UNK), **told}
    number = number_of(case.patient)
    return {
        **reference(urls.next_of("Patient")),
        **({"identifier": {"value": number}} if number else {}),
    }


def _outcome(told: tuple[str, ...]) -> Tree:
    """Return what the Bundle does not hold, for who reads it without this program."""
    issues = [
        {"severity": "information", "code": "not-supported", "details": {"text": sentence}}
        for sentence in told
    ]
    return {"resourceType": "OperationOutcome", "issue": issues}

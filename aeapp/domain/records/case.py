"""The case file: what is reported, as far as no other record says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.mandatory import EventPlace
from aeapp.domain.codelists.safety import Availability, ReportType
from aeapp.domain.items import (
    UNKNOWN,
    UNKNOWN_OR_NA,
    Item,
    Link,
    NullFlavor,
    Privacy,
    Record,
    Section,
)
from aeapp.domain.records.beyond_forms import Beyond, Diagnosis, OtherNumber, Summary
from aeapp.domain.records.device import Device
from aeapp.domain.records.literature import Paper
from aeapp.domain.records.narrative import LeftIn, Sentence
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StatedValue(Section):
    """A value a person stated in place of a derived one."""

    path: Annotated[
        str | None,
        Item(
            N_("Item"),
            help=N_("Path of the derived item in the case, by the ids of the records it is about."),
            source="Clinic record",
        ),
    ] = None
    value: Annotated[
        str | None,
        Item(N_("Stated value"), help=N_("As typed."), source="Clinic record", max_len=10_000),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Why"),
            help=N_("Why the derived value does not serve."),
            source="Clinic record",
            max_len=500,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Aside(Section):
    """A warning that a person set aside: it stays on record and no form prints it."""

    rule: Annotated[
        str | None,
        Item(
            N_("Rule"),
            help=N_("Number of the rule that warned."),
            source="Clinic rule: a warning gives way to a reason, never silently",
            max_len=20,
        ),
    ] = None
    path: Annotated[
        str | None,
        Item(
            N_("Item"),
            help=N_("Path of the item, by the ids of the records it is about."),
            source="Clinic record",
        ),
    ] = None
    value: Annotated[
        str | None,
        Item(
            N_("Value at that time"),
            help=N_("What stood in the item; once it changes, the warning is back."),
            source="Clinic record",
            max_len=100_000,
        ),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Why it was set aside"),
            help=N_("Why the warning does not apply here."),
            source="Clinic record",
            max_len=500,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("Set aside by"),
            help=N_("Who set it aside."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Set aside on"),
            help=N_("When it was set aside."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseFile(Record):
    """One case, with the numbers people say and what belongs to it alone."""

    KIND: ClassVar[str] = "case"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    study_id: Annotated[str, Link("study")] = ""
    pregnancy_id: Annotated[str, Link("pregnancy")] = ""
    subject_number: Annotated[
        str | None,
        Item(
            N_("Number in the study"),
            help=N_("Number under which the sponsor knows the patient."),
            source="E2B(R3) D.1.1.4",
            e2b="D.1.1.4",
            max_len=20,
        ),
    ] = None
    number: Annotated[
        str | None,
        Item(
            N_("Case number"),
            help=N_("Number a person reads, such as KC-2026-000031."),
            source="Clinic record",
            max_len=30,
        ),
    ] = None
    sender_number: Annotated[
        str | None,
        Item(
            N_("Sender's case number"),
            help=N_("Number under which the sender of an electronic message knows the case."),
            source="E2B(R3) C.1.1",
            e2b="C.1.1",
            max_len=100,
        ),
    ] = None
    worldwide_number: Annotated[
        str | None,
        Item(
            N_("Worldwide case number"),
            help=N_("Number its first sender gave; it stays the same in every later message."),
            source="E2B(R3) C.1.8.1",
            e2b="C.1.8.1",
            max_len=100,
        ),
    ] = None
    title: Annotated[
        str | None,
        Item(N_("Title"), help=N_("A few words for lists."), source="Clinic record"),
    ] = None
    involvement: Annotated[
        PatientInvolvement | None,
        Item(N_("Patient"), help=N_("Whether a patient was reached."), source="3500 A1; V5"),
    ] = None
    types: Annotated[
        frozenset[ReportType] | None,
        Item(N_("Type of report"), help=N_("All that apply."), source="3500 B1; V1"),
    ] = None
    occurred_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Date of the problem or error"),
            help=N_("Only where there is no adverse event."),
            source="3500 B3",
            nulls=UNKNOWN,
        ),
    ] = None
    narrative: Annotated[
        str | None,
        Item(
            N_("Description"),
            help=N_("Facts in time order; no names of people or institutions."),
            source="3500 B5; E2B(R3) H.1",
            e2b="H.1",
            max_len=100_000,
            widget="narrative",
        ),
    ] = None
    test_comments: Annotated[
        str | None,
        Item(
            N_("Comments on tests"),
            help=N_("What the table of tests cannot say."),
            source="3500 B6; E2B(R3) F.r.6",
            max_len=100_000,
        ),
    ] = None
    more_history: Annotated[
        str | None,
        Item(
            N_("Further history"),
            help=N_("History that concerns this case alone."),
            source="3500 B7",
            max_len=100_000,
        ),
    ] = None
    availability: Annotated[
        Availability | NullFlavor | None,
        Item(
            N_("Product available for evaluation"),
            help=N_("Do not send the product to FDA."),
            source="3500 C1",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    returned_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Returned to the manufacturer on"),
            help=N_("Day the product was sent back."),
            source="3500 C1",
            nulls=UNKNOWN,
        ),
    ] = None
    pictures: Annotated[
        bool | None,
        Item(
            N_("Pictures of the product"),
            help=N_("Yes if pictures are included."),
            source="3500 C2",
        ),
    ] = None
    place: Annotated[
        EventPlace | NullFlavor | None,
        Item(
            N_("Location where the event occurred"),
            help=N_("One of the places of the form."),
            source="3500A F11; 21 CFR 803.32(e)",
            nulls=UNKNOWN,
        ),
    ] = None
    place_text: Annotated[
        str | None,
        Item(N_("Other location"), help=N_("Which other place it was."), source="3500A F11"),
    ] = None
    device: Device = field(default_factory=Device)
    further_devices: tuple[Device, ...] = ()
    literature: tuple[Paper, ...] = ()
    beyond: Beyond = field(default_factory=Beyond)
    other_numbers: tuple[OtherNumber, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    summaries: tuple[Summary, ...] = ()
    stated: tuple[StatedValue, ...] = ()
    asides: tuple[Aside, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    left_in: tuple[LeftIn, ...] = ()

    @property
    def devices(self) -> dict[str, Device]:
        """Return the devices of which anything is said, by the path of each in the case.

        Source:
            Form FDA 3500A, instructions to section D: each suspect device has one of its own.
        """
        places = {"case.device": self.device}
        places |= {f"case.further_devices[{n}]": d for n, d in enumerate(self.further_devices)}
        return {path: device for path, device in places.items() if device.is_told}


__all__ = ["Aside", "CaseFile", "Device", "StatedValue"]

"""The case file: what is reported, as far as no other record says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.safety import Availability, DeviceOperator, ReportType, YesNoUnknown
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StatedValue(Section):
    """A value a person stated in place of a derived one."""

    path: Annotated[
        str | None,
        Item(N_("Item"), help=N_("Path of the derived item in the case."), source="Clinic record"),
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
class Device(Section):
    """The suspect medical device."""

    brand: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Brand name"),
            help=N_("Brand name as on the device."),
            source="3500 E1",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    procode: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Procode"),
            help=N_("Three letters of FDA's product code."),
            source="3500 E2a; V20",
            nulls=UNKNOWN_OR_NA,
            max_len=3,
        ),
    ] = None
    common_name: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Common device name"),
            help=N_("What kind of device it is."),
            source="3500 E2b",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    maker: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Manufacturer name, city and state"),
            help=N_("As on the device."),
            source="3500 E3",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    model: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Model number"), help=N_("As on the device."), source="3500 E4", nulls=UNKNOWN_OR_NA
        ),
    ] = None
    lot: Annotated[
        str | NullFlavor | None,
        Item(N_("Lot number"), help=N_("As on the device."), source="3500 E4", nulls=UNKNOWN_OR_NA),
    ] = None
    catalog: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Catalog number"),
            help=N_("As on the package."),
            source="3500 E4",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    expires: Annotated[
        PartialDate | NullFlavor | None,
        Item(N_("Expiration date"), help=N_("As printed."), source="3500 E4", nulls=UNKNOWN_OR_NA),
    ] = None
    serial: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Serial number"), help=N_("As on the device."), source="3500 E4", nulls=UNKNOWN_OR_NA
        ),
    ] = None
    udi: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Unique Device Identifier"),
            help=N_("The whole string of the barcode."),
            source="3500 E4; V20",
            nulls=UNKNOWN_OR_NA,
            max_len=1000,
        ),
    ] = None
    operator: Annotated[
        DeviceOperator | NullFlavor | None,
        Item(
            N_("Operator of device"),
            help=N_("Who was using it."),
            source="3500 E5",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    implanted: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Implanted on"),
            help=N_("If implanted, the date."),
            source="3500 E6a",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    explanted: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Explanted on"),
            help=N_("If explanted, the date."),
            source="3500 E6b",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    reprocessed: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Reprocessed single-use device"),
            help=N_("Whether a single-use device was reprocessed and reused."),
            source="3500 E7a",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    reprocessor: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Reprocessor"),
            help=N_("Name and address, if reprocessed."),
            source="3500 E7b",
            nulls=UNKNOWN_OR_NA,
            max_len=500,
        ),
    ] = None
    serviced: Annotated[
        YesNoUnknown | None,
        Item(
            N_("Serviced by a third party"),
            help=N_("Whether a third-party servicer ever serviced it."),
            source="3500 E8",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseFile(Record):
    """One case, with the numbers people say and what belongs to it alone."""

    KIND: ClassVar[str] = "case"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    number: Annotated[
        str | None,
        Item(
            N_("Case number"),
            help=N_("Number a person reads, such as KC-2026-000031."),
            source="Clinic record",
            max_len=30,
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
    device: Device = field(default_factory=Device)
    stated: tuple[StatedValue, ...] = ()

"""The suspect medical device of a case: section E of Form FDA 3500, section D of Form FDA 3500A."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from aeapp.domain.checks import between
from aeapp.domain.codelists.safety import (
    DeviceFollowUp,
    DeviceOperator,
    DeviceUsage,
    RemedialAction,
    YesNoUnknown,
)
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, NullFlavor, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


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
    operator_text: Annotated[
        str | None,
        Item(
            N_("Other operator"),
            help=N_("Who it was, where neither professional nor patient."),
            source="3500A D5",
            max_len=30,
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
    age_years: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Age of the device in years"),
            help=N_("Approximate; whole years."),
            source="3500A F8",
            checks=(between("0", "999"),),
            nulls=UNKNOWN,
        ),
    ] = None
    age_months: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Age of the device in months"),
            help=N_("Approximate; months beside the years, or alone."),
            source="3500A F8",
            checks=(between("0", "999"),),
            nulls=UNKNOWN,
        ),
    ] = None
    clinical_code: Annotated[
        str | None,
        Item(
            N_("Health effect, clinical code"),
            help=N_("From FDA's coding manual; several with commas between."),
            source="3500A F9",
            max_len=100,
        ),
    ] = None
    impact_code: Annotated[
        str | None,
        Item(
            N_("Health effect, impact code"),
            help=N_("From FDA's coding manual; several with commas between."),
            source="3500A F9",
            max_len=100,
        ),
    ] = None
    problem_code: Annotated[
        str | None,
        Item(
            N_("Medical device problem code"),
            help=N_("From FDA's coding manual; several with commas between."),
            source="3500A F9",
            max_len=100,
        ),
    ] = None
    component_code: Annotated[
        str | None,
        Item(
            N_("Component code"),
            help=N_("From FDA's coding manual; several with commas between."),
            source="3500A F9",
            max_len=100,
        ),
    ] = None

    failed: Annotated[
        bool | None,
        Item(
            N_("Malfunction"),
            help=N_("Only where devices differ or none failed; else the type of report says it."),
            source="FDA.G.k.12.r.1",
            e2b="FDA.G.k.12.r.1",
        ),
    ] = None
    usage: Annotated[
        DeviceUsage | None,
        Item(
            N_("Usage of the device"),
            help=N_("Whether it had been used before."),
            source="FDA.G.k.12.r.8; 3500A H8",
            e2b="FDA.G.k.12.r.8",
        ),
    ] = None
    remedial: Annotated[
        frozenset[RemedialAction] | None,
        Item(
            N_("Remedial action"),
            help=N_("What was done about the device; all that apply."),
            source="FDA.G.k.12.r.11.r; 3500A H7",
            e2b="FDA.G.k.12.r.11.r",
        ),
    ] = None
    follow_ups: Annotated[
        frozenset[DeviceFollowUp] | None,
        Item(
            N_("What is new of the device"),
            help=N_("Only in a follow-up; all that apply."),
            source="FDA.G.k.12.r.2.r; 3500A H2",
            e2b="FDA.G.k.12.r.2.r",
        ),
    ] = None

    @property
    def is_told(self) -> bool:
        """Tell whether anything is said of the device."""
        return self != Device()

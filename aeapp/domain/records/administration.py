"""One giving of a product: several make up a session, some happen without one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import DurationUnit, RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole, Frequency
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Administration(Record):
    """One giving of one product."""

    KIND: ClassVar[str] = "administration"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    case_id: Annotated[str, Link("case")] = ""
    product_id: Annotated[str, Link("product")] = ""
    lot_id: Annotated[str, Link("lot")] = ""
    dose: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Dose"),
            help=N_("Amount given, digits as measured."),
            source="3500 D2; E2B(R3) G.k.4.r.1a",
            e2b="G.k.4.r.1a",
            nulls=UNKNOWN,
            checks=(between("0", "1000000"),),
        ),
    ] = None
    dose_unit: Annotated[
        DoseUnit | None,
        Item(
            N_("Unit of dose"),
            help=N_("Unit of the amount."),
            source="3500 D2; E2B(R3) G.k.4.r.1b",
            e2b="G.k.4.r.1b",
        ),
    ] = None
    dose_text: Annotated[
        str | None,
        Item(
            N_("Dose in words"),
            help=N_("What the number cannot say, such as a range or a device that failed."),
            source="E2B(R3) G.k.4.r.8",
            e2b="G.k.4.r.8",
            max_len=2000,
        ),
    ] = None
    rate: Annotated[
        Decimal | None,
        Item(
            N_("Rate"),
            help=N_("Rate of the infusion."),
            source="Clinic record",
            checks=(between("0", "100000"),),
        ),
    ] = None
    rate_unit: Annotated[
        RateUnit | None,
        Item(N_("Unit of rate"), help=N_("Unit of the rate."), source="Clinic record"),
    ] = None
    route: Annotated[
        FormRoute | NullFlavor | None,
        Item(
            N_("Route"),
            help=N_("Route as the form's list words it."),
            source="3500 D2; E2B(R3) G.k.4.r.10",
            e2b="G.k.4.r.10",
            nulls=UNKNOWN,
        ),
    ] = None
    route_text: Annotated[
        str | None,
        Item(
            N_("Other route"),
            help=N_("Only with the route Other."),
            source="3500 D2; V11",
            max_len=60,
        ),
    ] = None
    frequency: Annotated[
        Frequency | NullFlavor | None,
        Item(
            N_("Frequency"),
            help=N_("How often it was taken."),
            source="3500 D2",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    frequency_text: Annotated[
        str | None,
        Item(
            N_("Other frequency"),
            help=N_("Only with the frequency Other, such as single session."),
            source="3500 D2; V11",
            max_len=60,
        ),
    ] = None
    started: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Started"),
            help=N_("Begin of the giving."),
            source="3500 D3; E2B(R3) G.k.4.r.4",
            e2b="G.k.4.r.4",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    ended: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Ended"),
            help=N_("End of the giving."),
            source="3500 D3; E2B(R3) G.k.4.r.5",
            e2b="G.k.4.r.5",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    reduced_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Dose reduced on"),
            help=N_("Day of a dose reduction."),
            source="3500 D3",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    duration: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Duration"),
            help=N_("Only where start and stop are not known."),
            source="3500 D3; E2B(R3) G.k.4.r.6a",
            e2b="G.k.4.r.6a",
            nulls=UNKNOWN,
            checks=(between("0", "99999"),),
        ),
    ] = None
    duration_unit: Annotated[
        DurationUnit | None,
        Item(N_("Unit of duration"), help=N_("Unit of the duration."), source="3500 D3"),
    ] = None
    ongoing: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Still ongoing"),
            help=N_("Whether therapy goes on."),
            source="3500 D3",
            nulls=UNKNOWN,
        ),
    ] = None
    indication: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Indication"),
            help=N_("Diagnosis for use, where no session says it."),
            source="3500 D4; E2B(R3) G.k.7.r.1",
            nulls=UNKNOWN,
        ),
    ] = None
    role: Annotated[
        DrugRole | None,
        Item(
            N_("Role in the case"),
            help=N_(
                "Suspect, taken at the time, or given to treat the event; unanswered is suspect."
            ),
            source="E2B(R3) G.k.1; 3500 D and F",
            e2b="G.k.1",
        ),
    ] = None

    @property
    def is_suspect(self) -> bool:
        """Tell whether it counts as a suspect; it does while nobody said otherwise."""
        return self.role in (None, DrugRole.SUSPECT)

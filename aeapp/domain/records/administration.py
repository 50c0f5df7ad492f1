"""One giving of a product: several make up a session, some happen without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import DurationUnit, GestationUnit, RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    DrugInformation,
    DrugRole,
    FdaDrugInformation,
    Frequency,
)
from aeapp.domain.codelists.session import AfterHold
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import (
    UNKNOWN,
    UNKNOWN_OR_NA,
    Item,
    Link,
    NullFlavor,
    Privacy,
    Record,
)
from aeapp.domain.records.giving_parts import DoseChange, Snapshot
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

# A product counts as suspect while nobody said otherwise; all of these were given.
SUSPECT_ROLES = frozenset({None, DrugRole.SUSPECT, DrugRole.INTERACTING})


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
    per_kg: Annotated[
        Decimal | None,
        Item(
            N_("Dose per kilogram"),
            help=N_("Dose as ordered by weight, digits as typed."),
            source="Clinic record",
            unit="mg/kg",
            checks=(between("0", "1000"),),
        ),
    ] = None
    weight: Annotated[
        Decimal | None,
        Item(
            N_("Weight used"),
            help=N_("Weight by which the dose was reckoned."),
            source="Clinic record",
            unit="kg",
            checks=(between("0.2", "650", "kg"),),
        ),
    ] = None
    planned: Annotated[
        Decimal | None,
        Item(
            N_("Planned dose"),
            help=N_("The whole amount that was meant, where this giving gave another."),
            source="Clinic record",
            checks=(between("0", "1000000"),),
        ),
    ] = None
    pieces: Annotated[
        Decimal | None,
        Item(
            N_("Pieces"),
            help=N_("How many tablets, troches or devices made up the dose."),
            source="Clinic record: stock is counted in pieces",
            checks=(between("0", "1000"),),
        ),
    ] = None
    volume: Annotated[
        Decimal | None,
        Item(
            N_("Diluted to"),
            help=N_("Volume that the dose was diluted to, where its rate is by volume."),
            source="Clinic record",
            unit="mL",
            checks=(between("0.01", "100000"),),
        ),
    ] = None
    over_minutes: Annotated[
        Decimal | None,
        Item(
            N_("Over"),
            help=N_("Minutes an infusion or a hold in the mouth is set to last."),
            source="Clinic record",
            unit="min",
            checks=(between("0.1", "10000"),),
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
    device_number: Annotated[
        int | None,
        Item(
            N_("Device"),
            help=N_("Which device of the session it was, counted from 1."),
            source="SPRAVATO instructions for use",
        ),
    ] = None
    start_second: Annotated[
        int | None,
        Item(
            N_("Second of the start"),
            help=N_("Second of the minute in which a device was given: its rest counts from it."),
            source="SPRAVATO instructions for use",
            unit="s",
            checks=(between("0", "59"),),
        ),
    ] = None
    held_minutes: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Held in the mouth"),
            help=N_("Minutes a sublingual dose was held."),
            source="Clinic record",
            unit="min",
            nulls=UNKNOWN_OR_NA,
            checks=(between("0", "120"),),
        ),
    ] = None
    after_hold: Annotated[
        AfterHold | NullFlavor | None,
        Item(
            N_("After the hold"),
            help=N_("Whether the rest was swallowed or spat out."),
            source="Clinic record",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    exception: Annotated[
        str | None,
        Item(
            N_("Why against the rule"),
            help=N_("Why it was given from an expired lot, or before the rest was over."),
            source="Clinic rule: an exception has a reason",
            max_len=500,
        ),
    ] = None
    given_by: Annotated[
        str | None,
        Item(
            N_("Given by"),
            help=N_("Who gave it."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    ordered_by: Annotated[
        str | None,
        Item(
            N_("Ordered by"),
            help=N_("Who ordered it."),
            source="Clinic record",
            phi=Privacy.STAFF,
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
                "Suspect, interacting, taken at the time, given to treat the event, or meant and "
                "not given; unanswered is suspect."
            ),
            source="E2B(R3) G.k.1; 3500 D and F",
            e2b="G.k.1",
        ),
    ] = None
    dose_form: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Dose form"),
            help=N_("What kind of medicine it was, in words: solution for injection, spray."),
            source="E2B(R3) G.k.4.r.9.1",
            e2b="G.k.4.r.9.1",
            max_len=60,
            nulls=UNKNOWN,
        ),
    ] = None
    cumulative: Annotated[
        Decimal | None,
        Item(
            N_("Amount up to the first event, as told"),
            help=N_("Only where others told it: the doses on record are added up by themselves."),
            source="E2B(R3) G.k.5a",
            e2b="G.k.5a",
            checks=(between("0", "9999999999"),),
        ),
    ] = None
    cumulative_unit: Annotated[
        DoseUnit | None,
        Item(
            N_("Unit of that amount"),
            help=N_("Unit of the amount up to the first event."),
            source="E2B(R3) G.k.5b",
            e2b="G.k.5b",
        ),
    ] = None
    gestation: Annotated[
        Decimal | None,
        Item(
            N_("Gestation at the first dose, as told"),
            help=N_("Only where no pregnancy on record says it."),
            source="E2B(R3) G.k.6a",
            e2b="G.k.6a",
            checks=(between("0", "999"),),
        ),
    ] = None
    gestation_unit: Annotated[
        GestationUnit | None,
        Item(
            N_("Unit of gestation"),
            help=N_("Days, weeks, months or trimester."),
            source="E2B(R3) G.k.6b",
            e2b="G.k.6b",
        ),
    ] = None
    information: Annotated[
        frozenset[DrugInformation] | None,
        Item(
            N_("Known of the product besides"),
            help=N_("What the special situations of the events do not say."),
            source="E2B(R3) G.k.10.r",
            e2b="G.k.10.r",
        ),
    ] = None
    fda_information: Annotated[
        FdaDrugInformation | None,
        Item(
            N_("Kind of product by FDA's list"),
            help=N_("Only of a bioequivalence study, a bulk ingredient or a private label."),
            source="FDA.G.k.10a",
            e2b="FDA.G.k.10a",
        ),
    ] = None
    remarks: Annotated[
        str | None,
        Item(
            N_("Remarks on the product"),
            help=N_("What no other item of the product takes."),
            source="E2B(R3) G.k.11",
            e2b="G.k.11",
            max_len=2000,
        ),
    ] = None
    changes: tuple[DoseChange, ...] = ()
    package: Snapshot = field(default_factory=Snapshot)
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why it does not count; filled, the dose is shown struck and counted nowhere."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

    @property
    def stands(self) -> bool:
        """Tell whether it counts; what was struck through stays on record and does not."""
        return not self.struck_reason

    @property
    def is_suspect(self) -> bool:
        """Tell whether it was given and counts as a suspect; it does while nobody denied it."""
        return self.stands and self.role in SUSPECT_ROLES

    @property
    def is_reported(self) -> bool:
        """Tell whether a report names its product: a suspect, or one that was not given."""
        return self.is_suspect or (self.stands and self.role is DrugRole.NOT_GIVEN)


__all__ = ["SUSPECT_ROLES", "Administration", "DoseChange", "Snapshot"]

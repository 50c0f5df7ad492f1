"""People who told of the case; several may belong to one case, not only staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import Relation
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import Occupation, YesNoUnknown
from aeapp.domain.items import IDENTIFYING_NULLS, UNKNOWN, Item, Link, NullFlavor, Privacy, Record
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reporter(Record):
    """One person who told of the case."""

    KIND: ClassVar[str] = "reporter"

    case_id: Annotated[str, Link("case")] = ""
    event_id: Annotated[str, Link("event")] = ""
    staff_id: Annotated[str, Link("staff")] = ""
    files: Annotated[
        bool | None,
        Item(
            N_("Files the report"),
            help=N_("Yes for the person in section G, who can be called back."),
            source="3500 G; Clinic rule: a reporter is a record",
        ),
    ] = None
    relation: Annotated[
        Relation | NullFlavor | None,
        Item(
            N_("Relation"),
            help=N_("Who the person is to the patient."),
            source="E2B(R3) C.2.r.4",
            nulls=UNKNOWN,
        ),
    ] = None
    last_name: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Last name"),
            help=N_("MedWatch asks for the name of the person who files."),
            source="3500 G1; V4",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    first_name: Annotated[
        str | NullFlavor | None,
        Item(
            N_("First name"),
            help=N_("First name of the reporter."),
            source="3500 G1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    title: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Title"),
            help=N_("Such as Dr.; a message has it beside the name."),
            source="E2B(R3) C.2.r.1.1",
            e2b="C.2.r.1.1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
            max_len=50,
        ),
    ] = None
    middle_name: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Middle name"),
            help=N_("Or an initial between first and last name."),
            source="E2B(R3) C.2.r.1.3",
            e2b="C.2.r.1.3",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
            max_len=60,
        ),
    ] = None
    organisation: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Organisation"),
            help=N_("Where the reporter works."),
            source="E2B(R3) C.2.r.2.1",
            e2b="C.2.r.2.1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
            max_len=60,
        ),
    ] = None
    department: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Department"),
            help=N_("Part of that organisation."),
            source="E2B(R3) C.2.r.2.2",
            e2b="C.2.r.2.2",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
            max_len=60,
        ),
    ] = None
    address: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Street address"),
            help=N_("Street and number."),
            source="3500 G1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
            max_len=100,
        ),
    ] = None
    city: Annotated[
        str | NullFlavor | None,
        Item(
            N_("City"),
            help=N_("City of the reporter."),
            source="3500 G1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    state: Annotated[
        str | NullFlavor | None,
        Item(
            N_("State or region"),
            help=N_("State, province or region."),
            source="3500 G1",
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    postal_code: Annotated[
        str | NullFlavor | None,
        Item(
            N_("ZIP or postal code"),
            help=N_("ZIP or postal code."),
            source="3500 G1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
            max_len=10,
        ),
    ] = None
    country: Annotated[
        Country | NullFlavor | None,
        Item(
            N_("Country"),
            help=N_("Country of the reporter."),
            source="3500 G1; E2B(R3) C.2.r.3",
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    phone: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Phone"),
            help=N_("Number on which FDA may call back."),
            source="3500 G1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    email: Annotated[
        str | NullFlavor | None,
        Item(
            N_("E-mail"),
            help=N_("Address to which FDA may write."),
            source="3500 G1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    health_professional: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Health professional"),
            help=N_("Whether the reporter is a health professional."),
            source="3500 G2",
            nulls=UNKNOWN,
        ),
    ] = None
    occupation: Annotated[
        Occupation | NullFlavor | None,
        Item(
            N_("Occupation"),
            help=N_("From the list of the form."),
            source="3500 G3; E2B(R3) C.2.r.4",
            nulls=UNKNOWN,
        ),
    ] = None
    told_fda: Annotated[
        YesNoUnknown | None,
        Item(
            N_("Also sent a report to FDA"),
            help=N_("Whether the person told FDA, too."),
            source="3500A E4",
        ),
    ] = None
    may_be_called: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("May be called back"),
            help=N_("Whether the person agreed to questions."),
            source="Clinic rule: a reporter is a record",
            nulls=UNKNOWN,
        ),
    ] = None
    withhold_identity: Annotated[
        bool | None,
        Item(
            N_("Do not name to the manufacturer"),
            help=N_("Yes if the identity must not be disclosed to the manufacturer."),
            source="3500 G5; V23; V26",
        ),
    ] = None

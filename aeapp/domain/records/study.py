"""A clinical study whose drug is given here, and who learnt what a blinded drug was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import ClinicDuty
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import StudyType
from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Registration(Section):
    """One further number of a study in a public register."""

    number: Annotated[
        str | None,
        Item(
            N_("Further registration number"),
            help=N_("Of the same study in another register."),
            source="E2B(R3) C.5.1.r.1",
            e2b="C.5.1.r.1",
            max_len=50,
        ),
    ] = None
    country: Annotated[
        Country | None,
        Item(
            N_("Country of that registration"),
            help=N_("Country whose register gave this number."),
            source="E2B(R3) C.5.1.r.2",
            e2b="C.5.1.r.2",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Study(Record):
    """One study, as its reports name it."""

    KIND: ClassVar[str] = "study"

    title: Annotated[
        str | None,
        Item(
            N_("Study"),
            help=N_("Name of the study."),
            source="E2B(R3) C.5.2",
            e2b="C.5.2",
        ),
    ] = None
    protocol: Annotated[
        str | None,
        Item(
            N_("Protocol number"),
            help=N_("Number of the protocol, as the sponsor gives it."),
            source="3500A G5; E2B(R3) C.5.3",
            e2b="C.5.3",
            max_len=50,
        ),
    ] = None
    ind: Annotated[
        str | None,
        Item(
            N_("IND number"),
            help=N_("Number of the IND; empty where the study has none."),
            source="3500A G4; E2B(R3) FDA.C.5.5a",
            e2b="FDA.C.5.5a",
            max_len=10,
        ),
    ] = None
    cross_inds: Annotated[
        str | None,
        Item(
            N_("Other IND numbers"),
            help=N_("INDs to which the same event is reported; several with commas between."),
            source="E2B(R3) FDA.C.5.6.r",
            e2b="FDA.C.5.6.r",
            max_len=200,
        ),
    ] = None
    pre_anda: Annotated[
        str | None,
        Item(
            N_("Pre-ANDA number"),
            help=N_("Of a bioequivalence study that needs no IND."),
            source="E2B(R3) FDA.C.5.5b; 21 CFR 320.31(d)(3)",
            e2b="FDA.C.5.5b",
            max_len=10,
        ),
    ] = None
    registration: Annotated[
        str | None,
        Item(
            N_("Registration number"),
            help=N_("In a public register, such as NCT01234567."),
            source="E2B(R3) C.5.1.r.1",
            e2b="C.5.1.r.1",
            max_len=50,
        ),
    ] = None
    registration_country: Annotated[
        Country | None,
        Item(
            N_("Country of the registration"),
            help=N_("Country whose register gave the number."),
            source="E2B(R3) C.5.1.r.2",
            e2b="C.5.1.r.2",
        ),
    ] = None
    study_type: Annotated[
        StudyType | None,
        Item(
            N_("Type of study"),
            help=N_("A clinical trial while nobody said otherwise."),
            source="E2B(R3) C.5.4",
            e2b="C.5.4",
        ),
    ] = None
    sponsor: Annotated[
        str | None,
        Item(N_("Sponsor"), help=N_("Who is told of events."), source="21 CFR 312.64(b)"),
    ] = None
    sponsor_contact: Annotated[
        str | None,
        Item(
            N_("Sponsor's contact"),
            help=N_("Phone, fax or portal for events, as the protocol gives it."),
            source="Study protocol",
        ),
    ] = None
    duty: Annotated[
        ClinicDuty | None,
        Item(
            N_("The clinic in it"),
            help=N_("What the clinic is in this study; it brings the clocks."),
            source="21 CFR 312.64; 21 CFR 312.32; 21 CFR 320.31(d)(3)",
        ),
    ] = None
    protocol_hours: Annotated[
        int | None,
        Item(
            N_("Hours by protocol"),
            help=N_("Hours within which the sponsor is told of a serious event."),
            source="Study protocol",
            checks=(between("1", "365"),),
        ),
    ] = None
    blinded: Annotated[
        bool | None,
        Item(
            N_("Blinded"),
            help=N_("Yes if nobody who treats is to know what was given."),
            source="E2B(R3) G.k.2.5; V29",
            e2b="G.k.2.5",
        ),
    ] = None
    further_registrations: tuple[Registration, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Unblinding(Record):
    """One opening of the blind: what it showed is read only by those who may.

    The product of the case stays the blinded study drug wherever it is shown.
    """

    KIND: ClassVar[str] = "unblinding"

    study_id: Annotated[str, Link("study")] = ""
    patient_id: Annotated[str, Link("patient")] = ""
    case_id: Annotated[str, Link("case")] = ""
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Opened on"),
            help=N_("When the code was broken."),
            source="Study protocol; V29",
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("Opened by"),
            help=N_("Who broke the code."),
            source="Study protocol; V29",
            phi=Privacy.STAFF,
        ),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Why opened"),
            help=N_("Why it had to be known."),
            source="Study protocol; V29",
            max_len=1000,
        ),
    ] = None
    shown: Annotated[
        str | None,
        Item(
            N_("What it was"),
            help=N_("Product and dose that the code showed."),
            source="E2B(R3) G.k.2.2",
            max_len=500,
            phi=Privacy.RESTRICTED,
        ),
    ] = None

"""The patient: who it is, and the history that reports ask for.

The weight is not here; it is an observation with a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import ICD_10_CM, MEDDRA_CODE, MEDDRA_EDITION, between
from aeapp.domain.codelists.clinic import DeathSource, MedicineRole
from aeapp.domain.codelists.safety import AgeGroup, AgeUnit, Race, Sex
from aeapp.domain.items import (
    IDENTIFYING_NULLS,
    UNKNOWN,
    Item,
    NullFlavor,
    Privacy,
    Record,
    Section,
)
from aeapp.domain.records.death import CauseOfDeath
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Medicine(Section):
    """One medicine the patient takes or took."""

    name: Annotated[
        str | None,
        Item(
            N_("Medicine"),
            help=N_("Name and strength as on the label."),
            source="3500 F1; E2B(R3) G.k.2.2",
            e2b="G.k.2.2",
        ),
    ] = None
    dose: Annotated[
        str | None,
        Item(N_("Dose"), help=N_("Dose and frequency in words."), source="E2B(R3) G.k.4.r.8"),
    ] = None
    started: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Started"),
            help=N_("Date of the first intake, as exactly as known."),
            source="3500 F1",
            nulls=UNKNOWN,
        ),
    ] = None
    ended: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Ended"),
            help=N_("Date of the last intake; leave empty while it goes on."),
            source="3500 F1",
            nulls=UNKNOWN,
        ),
    ] = None
    ongoing: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Still taken"),
            help=N_("Whether the medicine goes on."),
            source="3500 F1",
            nulls=UNKNOWN,
        ),
    ] = None
    role: Annotated[
        MedicineRole | None,
        Item(
            N_("Role"),
            help=N_("Taken at the time, given to treat an event, or past."),
            source="3500 F1; V28",
        ),
    ] = None
    indication_code: Annotated[
        str | None,
        Item(
            N_("Indication, MedDRA code"),
            help=N_("Of a medicine of the past, if somebody knows it; 8 digits."),
            source="E2B(R3) D.8.r.6b",
            e2b="D.8.r.6b",
            checks=(MEDDRA_CODE,),
        ),
    ] = None
    reaction_code: Annotated[
        str | None,
        Item(
            N_("Reaction to it, MedDRA code"),
            help=N_("Of a medicine of the past that was not borne well; 8 digits."),
            source="E2B(R3) D.8.r.7b",
            e2b="D.8.r.7b",
            checks=(MEDDRA_CODE,),
        ),
    ] = None
    meddra_edition: Annotated[
        str | None,
        Item(
            N_("MedDRA version of both"),
            help=N_("Version that both are of, such as 28.0."),
            source="E2B(R3) D.8.r.6a, D.8.r.7a",
            e2b="D.8.r.6a",
            checks=(MEDDRA_EDITION,),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Condition(Section):
    """One condition the patient has or had, besides what the sessions treat.

    A code is typed by somebody who knows it; the program has no text of ICD-10-CM and reads
    nothing out of a code.
    """

    name: Annotated[
        str | None,
        Item(
            N_("Condition"),
            help=N_("As the patient or the chart tells it."),
            source="3500 B7; E2B(R3) D.7.1.r.1b",
        ),
    ] = None
    icd10cm: Annotated[
        str | None,
        Item(
            N_("ICD-10-CM code"),
            help=N_("Only if somebody knows it, such as F33.2; the words stay beside it."),
            source="3500 B7; ICD-10-CM, structure of a code",
            checks=(ICD_10_CM,),
        ),
    ] = None
    started: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Began"),
            help=N_("As exactly as known; a year is an answer."),
            source="E2B(R3) D.7.1.r.2",
            e2b="D.7.1.r.2",
            nulls=UNKNOWN,
        ),
    ] = None
    ended: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Ended"),
            help=N_("As exactly as known; leave empty while it goes on."),
            source="E2B(R3) D.7.1.r.4",
            e2b="D.7.1.r.4",
            nulls=UNKNOWN,
        ),
    ] = None
    ongoing: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Continues"),
            help=N_("Whether the patient has it still."),
            source="E2B(R3) D.7.1.r.3",
            e2b="D.7.1.r.3",
            nulls=UNKNOWN,
        ),
    ] = None
    meddra_code: Annotated[
        str | None,
        Item(
            N_("MedDRA code"),
            help=N_("Lowest level term, if somebody knows it, such as 10012174; 8 digits."),
            source="E2B(R3) D.7.1.r.1b",
            e2b="D.7.1.r.1b",
            checks=(MEDDRA_CODE,),
        ),
    ] = None
    meddra_edition: Annotated[
        str | None,
        Item(
            N_("MedDRA version of the code"),
            help=N_("Version that the code is of, such as 28.0; the same in the whole report."),
            source="E2B(R3) D.7.1.r.1a",
            e2b="D.7.1.r.1a",
            checks=(MEDDRA_EDITION,),
        ),
    ] = None
    family: Annotated[
        bool | None,
        Item(
            N_("In the family"),
            help=N_("Yes if a relative has or had it and not the patient."),
            source="E2B(R3) D.7.1.r.6",
            e2b="D.7.1.r.6",
        ),
    ] = None
    comment: Annotated[
        str | None,
        Item(
            N_("Comment on the condition"),
            help=N_("What else is known of it, such as how it was treated."),
            source="3500 B7; E2B(R3) D.7.1.r.5",
            e2b="D.7.1.r.5",
            max_len=2000,
            widget="lines",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Patient(Record):
    """One patient of the clinic."""

    KIND: ClassVar[str] = "patient"

    code: Annotated[
        str | None,
        Item(
            N_("Code for reports"),
            help=N_("Neutral code that finds the chart again; never a name or record number."),
            source="3500 A1; V5; E2B(R3) D.1",
            e2b="D.1",
            max_len=50,
        ),
    ] = None
    name: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Name"),
            help=N_("Full name; stays in the clinic."),
            source="HIPAA 164.514(b)(2)",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    record_number: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Record number"),
            help=N_("Number of the chart; stays in the clinic."),
            source="HIPAA 164.514(b)(2)",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    phone: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Phone"),
            help=N_("Number for next-day calls."),
            source="HIPAA 164.514(b)(2)",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    address: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Address"),
            help=N_("Home address."),
            source="HIPAA 164.514(b)(2)",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    birth_date: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Date of birth"),
            help=N_("As exactly as known; a year alone is an answer."),
            source="3500 A2; E2B(R3) D.2.1",
            e2b="D.2.1",
            phi=Privacy.IDENTIFYING,
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    age: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Age"),
            help=N_("Only where the birth date is not known."),
            source="3500 A2; E2B(R3) D.2.2",
            e2b="D.2.2a",
            nulls=UNKNOWN,
            checks=(between("0", "130"),),
        ),
    ] = None
    age_unit: Annotated[
        AgeUnit | None,
        Item(
            N_("Unit of age"),
            help=N_("Years from 3 years up, months below, days in the first month."),
            source="3500 A2",
            e2b="D.2.2b",
        ),
    ] = None
    age_on: Annotated[
        PartialDate | None,
        Item(N_("Age was told on"), help=N_("Day on which the age was right."), source="3500 A2"),
    ] = None
    age_group: Annotated[
        AgeGroup | None,
        Item(
            N_("Age group"),
            help=N_("As the reporter says it, where neither birth date nor age is known."),
            source="E2B(R3) D.2.3",
            e2b="D.2.3",
        ),
    ] = None
    sex: Annotated[
        Sex | NullFlavor | None,
        Item(
            N_("Sex"),
            help=N_("Sex had or assigned at birth."),
            source="3500 A3; E2B(R3) D.5",
            e2b="D.5",
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    race: Annotated[
        frozenset[Race] | NullFlavor | None,
        Item(
            N_("Race and/or ethnicity"),
            help=N_("All that apply, in the patient's own words."),
            source="3500 A5; FDA.D.11.r.1",
            e2b="FDA.D.11",
            nulls=IDENTIFYING_NULLS,
        ),
    ] = None
    height: Annotated[
        int | None,
        Item(
            N_("Height"),
            help=N_("In whole centimetres."),
            source="E2B(R3) D.4",
            e2b="D.4",
            unit="cm",
            checks=(between("20", "272"),),
        ),
    ] = None
    history: Annotated[
        str | NullFlavor | None,
        Item(
            N_("History"),
            help=N_("Preexisting conditions, pregnancy, tobacco, alcohol, liver and kidneys."),
            source="3500 B7; E2B(R3) D.7.2",
            e2b="D.7.2",
            max_len=10_000,
            nulls=UNKNOWN,
        ),
    ] = None
    allergies: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Allergies"),
            help=N_("Allergies and how they showed."),
            source="3500 B7",
            max_len=2000,
            nulls=UNKNOWN,
        ),
    ] = None
    deceased_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Date of death"),
            help=N_("Day of death, as exactly as known."),
            source="3500 B2; E2B(R3) D.9.1",
            e2b="D.9.1",
            nulls=UNKNOWN,
        ),
    ] = None
    death_source: Annotated[
        DeathSource | NullFlavor | None,
        Item(
            N_("How the death is known"),
            help=N_("What the date of death rests on."),
            source="V30; 3500 B2",
            nulls=UNKNOWN,
        ),
    ] = None
    death_cause: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Cause of death"),
            help=N_("As its source says it; not known is an answer."),
            source="V30; E2B(R3) D.9.2.r.2",
            e2b="D.9.2.r.2",
            nulls=UNKNOWN,
            max_len=500,
        ),
    ] = None
    autopsy: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Autopsy"),
            help=N_("Whether an autopsy was done."),
            source="E2B(R3) D.9.3",
            e2b="D.9.3",
            nulls=UNKNOWN,
        ),
    ] = None
    causes: tuple[CauseOfDeath, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    conditions: tuple[Condition, ...] = ()

"""An adverse event, in a session or without one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import LANGUAGE, between
from aeapp.domain.codelists.assessment import SpecialSituation
from aeapp.domain.codelists.clinic import TimeUnit
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    Highlighting,
    Outcome,
    Seriousness,
    Severity,
)
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_OVER = (Outcome.RECOVERED, Outcome.SEQUELAE, Outcome.FATAL)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Event(Record):
    """What happened to the patient."""

    KIND: ClassVar[str] = "event"

    patient_id: Annotated[str, Link("patient")] = ""
    case_id: Annotated[str, Link("case")] = ""
    session_id: Annotated[str, Link("session")] = ""
    verbatim: Annotated[
        str | None,
        Item(
            N_("Event"),
            help=N_("In the words of the person who told it."),
            source="3500 B5; E2B(R3) E.i.1.1a",
            e2b="E.i.1.1a",
        ),
    ] = None
    language: Annotated[
        str | None,
        Item(
            N_("Language of these words"),
            help=N_("Only where it is not English: three letters of ISO 639-2, such as fra."),
            source="E2B(R3) E.i.1.1b",
            e2b="E.i.1.1b",
            max_len=3,
            checks=(LANGUAGE,),
        ),
    ] = None
    translation: Annotated[
        str | None,
        Item(
            N_("Event in English"),
            help=N_("Only where it was told in another language: the same words in English."),
            source="E2B(R3) E.i.1.2",
            e2b="E.i.1.2",
        ),
    ] = None
    onset: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Onset"),
            help=N_("First sign, as exactly as known."),
            source="3500 B3; E2B(R3) E.i.4",
            e2b="E.i.4",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    ended: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("End"),
            help=N_("When it was over, as exactly as known."),
            source="E2B(R3) E.i.5",
            e2b="E.i.5",
            nulls=UNKNOWN_OR_NA,
            widget="moment",
        ),
    ] = None
    duration: Annotated[
        Decimal | None,
        Item(
            N_("Duration as told"),
            help=N_("Only where begin and end are not both known: how long it lasted, as told."),
            source="E2B(R3) E.i.6a",
            e2b="E.i.6a",
            checks=(between("0", "99999"),),
        ),
    ] = None
    duration_unit: Annotated[
        TimeUnit | None,
        Item(
            N_("Unit of duration"),
            help=N_("Unit of the duration as told."),
            source="E2B(R3) E.i.6b",
            e2b="E.i.6b",
        ),
    ] = None
    severity: Annotated[
        Severity | NullFlavor | None,
        Item(
            N_("Severity"),
            help=N_("How strong it was; says nothing of seriousness."),
            source="Clinic rule: severity is not seriousness",
            nulls=UNKNOWN,
        ),
    ] = None
    seriousness: Annotated[
        frozenset[Seriousness] | NullFlavor | None,
        Item(
            N_("Seriousness"),
            help=N_("Criteria that this event met; none of them is an answer too."),
            source="3500 B2; E2B(R3) E.i.3.2",
            e2b="E.i.3.2",
            nulls=UNKNOWN,
        ),
    ] = None
    assessed_by: Annotated[
        str | None,
        Item(
            N_("Seriousness assessed by"),
            help=N_("Who answered the seriousness question."),
            source="V16; FDA seriousness criteria",
            phi=Privacy.STAFF,
        ),
    ] = None
    outcome: Annotated[
        Outcome | NullFlavor | None,
        Item(
            N_("Outcome"),
            help=N_("At the last observation."),
            source="E2B(R3) E.i.7",
            e2b="E.i.7",
            nulls=UNKNOWN,
        ),
    ] = None
    highlighted: Annotated[
        Highlighting | None,
        Item(
            N_("Highlighted by the reporter"),
            help=N_("Whether the reporter named it as a main concern; says nothing by itself."),
            source="E2B(R3) E.i.3.1",
            e2b="E.i.3.1",
        ),
    ] = None
    confirmed: Annotated[
        bool | None,
        Item(
            N_("Confirmed by a health professional"),
            help=N_("Only where no health professional told it; no means not confirmed."),
            source="E2B(R3) E.i.8",
            e2b="E.i.8",
        ),
    ] = None
    country: Annotated[
        Country | None,
        Item(
            N_("Country of the event"),
            help=N_("Only where it did not happen in the country of the clinic."),
            source="E2B(R3) E.i.9",
            e2b="E.i.9",
        ),
    ] = None
    action_taken: Annotated[
        ActionTaken | NullFlavor | None,
        Item(
            N_("Action taken with the product"),
            help=N_("What was done with the suspect product."),
            source="E2B(R3) G.k.8",
            e2b="G.k.8",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    dechallenge: Annotated[
        Challenge | NullFlavor | None,
        Item(
            N_("Abated after stop or reduction"),
            help=N_("Whether the event abated after the product was stopped or reduced."),
            source="3500 D7",
            nulls=UNKNOWN,
        ),
    ] = None
    rechallenge: Annotated[
        Challenge | NullFlavor | None,
        Item(
            N_("Reappeared after reintroduction"),
            help=N_("Whether the event came back when the product was given again."),
            source="3500 D8",
            nulls=UNKNOWN,
        ),
    ] = None
    situations: Annotated[
        frozenset[SpecialSituation] | NullFlavor | None,
        Item(
            N_("Special situations"),
            help=N_("What it was or came with; none of them makes it serious by itself."),
            source="3500 B1; E2B(R3) E.i.2.1b",
            nulls=UNKNOWN,
        ),
    ] = None
    treatment: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Treatment of the event"),
            help=N_("Medicines and measures, with times."),
            source="3500 B5",
            max_len=2000,
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    stated_causality: Annotated[
        str | None,
        Item(
            N_("Causality as stated"),
            help=N_("Opinion on cause in the words of its source, with the scale if one was used."),
            source="E2B(R3) G.k.9.i.2.r",
            max_len=500,
        ),
    ] = None
    note: Annotated[
        str | None,
        Item(
            N_("Description"),
            help=N_("Course of the event, with times."),
            source="3500 B5",
            max_len=10_000,
        ),
    ] = None
    codings: tuple[Coding, ...] = ()
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_(
                "Why it does not count; filled, the event is shown struck and counted nowhere."
            ),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

    @property
    def stands(self) -> bool:
        """Tell whether it counts; what was struck through stays on record and does not."""
        return not self.struck_reason

    @property
    def goes_on(self) -> bool:
        """Tell whether nobody has said that it is over; an end not known is an end."""
        return self.ended is None and self.outcome not in _OVER

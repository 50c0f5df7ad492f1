"""An adverse event, in a session or without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.safety import ActionTaken, Challenge, Outcome, Seriousness, Severity
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


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

"""An event that the readings propose and only a person decides on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.session import NotAnEvent, ProposalState
from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Witness(Section):
    """One reading that speaks for the proposal."""

    observation_id: Annotated[str, Link("observation")] = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proposal(Record):
    """One proposed event; there is one open proposal for a rule in a session."""

    KIND: ClassVar[str] = "proposal"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    event_id: Annotated[str, Link("event")] = ""
    rule: Annotated[
        str | None,
        Item(
            N_("Rule"),
            help=N_("Code of the rule that proposed it."),
            source="Clinic limits",
            max_len=40,
        ),
    ] = None
    term: Annotated[
        str | None,
        Item(
            N_("Finding"),
            help=N_("What the readings show, as a finding and no diagnosis."),
            source="Clinic limits",
        ),
    ] = None
    basis: Annotated[
        str | None,
        Item(
            N_("Basis"),
            help=N_("The limits that were passed, as they stood, with their source."),
            source="Clinic limits",
            max_len=10_000,
        ),
    ] = None
    first: Annotated[
        PartialDate | None,
        Item(
            N_("From"),
            help=N_("Time of the first reading beyond the limit."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    last: Annotated[
        PartialDate | None,
        Item(
            N_("To"),
            help=N_("Time of the last reading beyond the limit."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    readings: tuple[Witness, ...] = ()
    state: Annotated[
        ProposalState | None,
        Item(N_("State"), help=N_("What a person made of it."), source="Clinic record"),
    ] = None
    reason: Annotated[
        NotAnEvent | None,
        Item(
            N_("Why it is no event"),
            help=N_("That it was expected or passed by is no reason."),
            source="Clinic rule: proposals are kept",
        ),
    ] = None
    decided_by: Annotated[
        str | None,
        Item(
            N_("Decided by"),
            help=N_("Who accepted, merged or dismissed it."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    decided_at: Annotated[
        PartialDate | None,
        Item(N_("Decided at"), help=N_("When."), source="Clinic record", widget="moment"),
    ] = None

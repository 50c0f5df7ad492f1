"""Whether an event is reported, to whom and why, or why not: every event ends here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import Destination, Obligation, ReportDecision
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Decision(Record):
    """One decision on an event."""

    KIND: ClassVar[str] = "decision"

    case_id: Annotated[str, Link("case")] = ""
    event_id: Annotated[str, Link("event")] = ""
    answer: Annotated[
        ReportDecision | None,
        Item(N_("Decision"), help=N_("Report or no report."), source="V25; Clinic record"),
    ] = None
    destinations: Annotated[
        frozenset[Destination] | None,
        Item(N_("To whom"), help=N_("Every recipient it was decided for."), source="V25"),
    ] = None
    obligation: Annotated[
        Obligation | None,
        Item(N_("Duty or choice"), help=N_("Whether the report is owed."), source="V25"),
    ] = None
    reason: Annotated[
        str | None,
        Item(N_("Reason"), help=N_("Why, in a sentence."), source="V25", max_len=2000),
    ] = None
    decided_by: Annotated[
        str | None,
        Item(N_("Decided by"), help=N_("Name of the person."), source="V25", phi=Privacy.STAFF),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Decided on"),
            help=N_("Date and time of the decision."),
            source="V25",
            widget="moment",
        ),
    ] = None

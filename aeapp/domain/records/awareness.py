"""When the clinic learnt of the case: a fact of its own, never copied from the event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import UNKNOWN, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Awareness(Record):
    """One moment at which somebody of the clinic learnt something reportable."""

    KIND: ClassVar[str] = "awareness"

    case_id: Annotated[str, Link("case")] = ""
    event_id: Annotated[str, Link("event")] = ""
    at: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Learnt on"),
            help=N_("Date, and time if known, at which the clinic learnt it."),
            source="V27; Clinic rule: awareness is a fact of its own",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    who: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Who learnt it"),
            help=N_("Person of the clinic who was told."),
            source="V27",
            phi=Privacy.STAFF,
            nulls=UNKNOWN,
        ),
    ] = None
    teller: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Told by"),
            help=N_("Role of the person who told it, such as the patient's wife; no name."),
            source="V27",
            nulls=UNKNOWN,
        ),
    ] = None
    what: Annotated[
        str | None,
        Item(
            N_("What was learnt"),
            help=N_("In a sentence."),
            source="Clinic rule: awareness is a fact of its own",
            max_len=2000,
        ),
    ] = None

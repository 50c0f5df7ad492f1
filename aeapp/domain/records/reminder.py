"""A reminder to the owner of a line of the worklist: a note inside the clinic, never a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reminder(Record):
    """One reminder."""

    KIND: ClassVar[str] = "reminder"

    line: Annotated[
        str | None,
        Item(
            N_("Line"),
            help=N_("Which line of the worklist it is about."),
            source="Clinic record",
            max_len=200,
        ),
    ] = None
    to: Annotated[
        str | None,
        Item(
            N_("To"),
            help=N_("Who is reminded, as the list names the person."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(N_("Words"), help=N_("What is asked for."), source="Clinic record", max_len=500),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(N_("Time"), help=N_("When it was written."), source="Clinic record", widget="moment"),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who reminds."), source="Clinic record", phi=Privacy.STAFF),
    ] = None

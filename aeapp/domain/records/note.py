"""A line in the course of a session: what was seen, done, used or amended, with its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.items import UNKNOWN, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Note(Record):
    """One line; a rescue medicine is a dose of its own and no note."""

    KIND: ClassVar[str] = "note"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    # What an amendment is about; the four kinds of entries that can be added or changed.
    observation_id: Annotated[str, Link("observation")] = ""
    event_id: Annotated[str, Link("event")] = ""
    administration_id: Annotated[str, Link("administration")] = ""
    note_id: Annotated[str, Link("note")] = ""
    kind: Annotated[
        NoteKind | None,
        Item(N_("Kind"), help=N_("What the line tells."), source="Clinic record"),
    ] = None
    at: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Time"),
            help=N_("When it happened."),
            source="Clinic record",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(
            N_("Words"),
            help=N_("What happened or was done."),
            source="Clinic record; 3500 B5",
            max_len=2000,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("By"),
            help=N_("Who saw or did it."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why the line does not count; it stays readable."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

    @property
    def stands(self) -> bool:
        """Tell whether the line counts."""
        return not self.struck_reason

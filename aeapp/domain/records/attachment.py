"""A file of a case, an event or a session: named here, its content kept by its hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic record; E2B(R3) C.1.6.1.r"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Attachment(Record):
    """One attached file. Another content is another attachment."""

    KIND: ClassVar[str] = "attachment"

    patient_id: Annotated[str, Link("patient")] = ""
    case_id: Annotated[str, Link("case")] = ""
    event_id: Annotated[str, Link("event")] = ""
    session_id: Annotated[str, Link("session")] = ""
    title: Annotated[
        str | None,
        Item(
            N_("Title"),
            help=N_("What it is, such as laboratory report of 16 November."),
            source=_SOURCE,
            phi=Privacy.IDENTIFYING,
            max_len=200,
        ),
    ] = None
    media: Annotated[
        AttachmentType | None,
        Item(N_("Type"), help=N_("What the content is, by the content."), source=_SOURCE),
    ] = None
    size: Annotated[
        int | None, Item(N_("Size"), help=N_("Length of the content."), source=_SOURCE, unit="byte")
    ] = None
    sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256"),
            help=N_("Hash of the content, by which it is kept and checked."),
            source="FIPS 180-4",
            max_len=64,
        ),
    ] = None
    added: Annotated[
        PartialDate | None,
        Item(N_("Added"), help=N_("When it was added."), source="Clinic record", widget="moment"),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who added it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why it does not count; it stays readable."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

    @property
    def stands(self) -> bool:
        """Tell whether it counts."""
        return not self.struck_reason

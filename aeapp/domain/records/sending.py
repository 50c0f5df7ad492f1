"""One line of the log of sending: what the clinic told whom, how and when.

The program sends nothing; a person records what was sent or said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import Channel, Destination
from aeapp.domain.codelists.lifecycle import NotThere, SentAs
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sending(Record):
    """One report that was sent, or told by telephone."""

    KIND: ClassVar[str] = "sending"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    # Of a REMS monitoring form, which is about a session and no report.
    session_id: Annotated[str, Link("session")] = ""
    report_version_id: Annotated[str, Link("report_version")] = ""
    destination: Annotated[
        Destination | None,
        Item(N_("To whom"), help=N_("Who got it."), source="Clinic record"),
    ] = None
    channel: Annotated[
        Channel | None,
        Item(
            N_("Way"),
            help=N_("How it went out; after a telephone call the written report follows."),
            source="Clinic record",
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Time"),
            help=N_("When it was sent or said, to the minute."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    at_because: Annotated[
        str | None,
        Item(
            N_("Why this time"),
            help=N_("Why it went out before the version before, or before the clinic knew."),
            source="Clinic record",
            max_len=500,
        ),
    ] = None
    person: Annotated[
        str | None,
        Item(
            N_("Person"),
            help=N_("Who took it, as the person gave the name."),
            source="Clinic record",
        ),
    ] = None
    reference: Annotated[
        str | None,
        Item(
            N_("Number or reference"),
            help=N_("Number the recipient gave."),
            source="Clinic record",
            max_len=100,
        ),
    ] = None
    reference_lacks: Annotated[
        NotThere | None,
        Item(N_("Why no number"), help=N_("Why there is no number."), source="Clinic record"),
    ] = None
    words: Annotated[
        str | None,
        Item(
            N_("Words"),
            help=N_("What was said, or what went with it."),
            source="Clinic record",
            max_len=10_000,
        ),
    ] = None
    proof: Annotated[
        str | None,
        Item(
            N_("Proof"),
            help=N_("Name of the file that proves it, such as a receipt; kept with the clinic."),
            source="Clinic record",
        ),
    ] = None
    proof_sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256 of the proof"),
            help=N_("By which the proof is found and checked."),
            source="Clinic record",
            max_len=64,
        ),
    ] = None
    proof_lacks: Annotated[
        NotThere | None,
        Item(N_("Why no proof"), help=N_("Why no file proves it."), source="Clinic record"),
    ] = None
    document: Annotated[
        SentAs | None,
        Item(
            N_("Document"),
            help=N_("Which document went out, or holds what was typed into a portal."),
            source="Clinic record",
        ),
    ] = None
    document_sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256 of the document"),
            help=N_("By which the document that went out is found and checked."),
            source="FIPS 180-4",
            max_len=64,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("By"),
            help=N_("Who of the clinic sent or said it."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None

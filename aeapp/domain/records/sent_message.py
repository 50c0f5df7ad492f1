"""One case as it was written into an electronic message, so that its acknowledgement finds it.

The program sends nothing; a person puts the file into a gateway or portal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SentMessage(Record):
    """One message of a batch that was written to a file."""

    KIND: ClassVar[str] = "message"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    number: Annotated[
        str | None,
        Item(
            N_("Message number"),
            help=N_("Number of the case in the message."),
            source="E2B(R3) N.2.r.1, C.1.1",
            max_len=100,
        ),
    ] = None
    batch: Annotated[
        str | None,
        Item(
            N_("Batch number"),
            help=N_("Number of the batch, which its acknowledgement repeats."),
            source="E2B(R3) N.1.2",
            max_len=100,
        ),
    ] = None
    receiver: Annotated[
        str | None,
        Item(
            N_("Receiver"),
            help=N_("Identifier of the receiver of the batch."),
            source="E2B(R3) N.1.4",
            max_len=60,
        ),
    ] = None
    made_at: Annotated[
        PartialDate | None,
        Item(N_("Made"), help=N_("When it was made."), source="E2B(R3) N.2.r.4", widget="moment"),
    ] = None
    draft: Annotated[
        bool | None,
        Item(
            N_("Draft"),
            help=N_("Yes where it was written although its receiver would refuse it."),
            source="Clinic record",
        ),
    ] = None
    sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256"),
            help=N_("Hash of the file, by which it is known again."),
            source="FIPS 180-4",
            max_len=64,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who wrote it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None

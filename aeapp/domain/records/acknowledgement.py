"""What a receiver answered to one electronic message, as its file says it.

It moves nothing: a person reads it and records what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.lifecycle import BatchVerdict, CaseVerdict
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Acknowledgement(Record):
    """One answer about one message.

    Source:
        ICH E2B(R3) Implementation Guide 5.03, acknowledgement of ICSR messages.
    """

    KIND: ClassVar[str] = "acknowledgement"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    message_id: Annotated[str, Link("message")] = ""
    batch: Annotated[
        str | None,
        Item(
            N_("Batch number"),
            help=N_("Number of our batch, as it repeats it."),
            source="ACK.A.1",
            max_len=100,
        ),
    ] = None
    number: Annotated[
        str | None,
        Item(
            N_("Message number"),
            help=N_("Number of our message, as it repeats it."),
            source="ACK.B.r.1",
            max_len=201,
        ),
    ] = None
    batch_verdict: Annotated[
        BatchVerdict | None,
        Item(
            N_("The batch"),
            help=N_("What it says of the whole batch."),
            source="ACK.A.4",
        ),
    ] = None
    verdict: Annotated[
        CaseVerdict | None,
        Item(
            N_("The case"),
            help=N_("What it says of the case; empty where it says nothing."),
            source="ACK.B.r.6",
        ),
    ] = None
    batch_words: Annotated[
        str | None,
        Item(
            N_("Words on the batch"),
            help=N_("Its message on the batch, as it stands there."),
            source="ACK.A.5",
            max_len=2000,
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(
            N_("Words on the case"),
            help=N_("Its messages on the case, as they stand there."),
            source="ACK.B.r.7",
            max_len=10_000,
        ),
    ] = None
    sender: Annotated[
        str | None,
        Item(
            N_("From"),
            help=N_("Identifier of who acknowledges."),
            source="ACK.M.2",
            max_len=60,
        ),
    ] = None
    their_number: Annotated[
        str | None,
        Item(
            N_("Their number"),
            help=N_("Number the receiver gave the case."),
            source="ACK.B.r.2",
            max_len=100,
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Written"),
            help=N_("When it was written; empty where it does not say."),
            source="ACK.M.4",
            widget="moment",
        ),
    ] = None
    sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256"),
            help=N_("Hash of the file, which is kept with the clinic."),
            source="FIPS 180-4",
            max_len=64,
        ),
    ] = None
    kept_at: Annotated[
        PartialDate | None,
        Item(
            N_("Kept"),
            help=N_("When it was read in here."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("By"),
            help=N_("Who read it in."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None

"""One signature under a report: who, when, with which meaning, under exactly which case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.lifecycle import SignatureMeaning
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Approval(Record):
    """One signature, given with a fresh password; it is never changed.

    Source:
        21 CFR 11.50: printed name, date and time, meaning.
    """

    KIND: ClassVar[str] = "approval"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    meaning: Annotated[
        SignatureMeaning | None,
        Item(N_("Meaning"), help=N_("What the person meant."), source="21 CFR 11.50(a)(3)"),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("Signed by"),
            help=N_("Printed name of the person."),
            source="21 CFR 11.50(a)(1)",
            phi=Privacy.STAFF,
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Signed on"),
            help=N_("Date and time of the signature."),
            source="21 CFR 11.50(a)(2)",
            widget="moment",
        ),
    ] = None
    case_sha256: Annotated[
        str | None,
        Item(
            N_("Case signed"),
            help=N_("SHA-256 of the case as it was signed; a later change shows."),
            source="21 CFR 11.70",
            max_len=64,
        ),
    ] = None

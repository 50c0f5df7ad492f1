"""A call on the day after, or a try at one: each try is an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Call(Record):
    """One call to a patient, reached or not."""

    KIND: ClassVar[str] = "call"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Time"), help=N_("When the call was made."), source="Clinic record", widget="moment"
        ),
    ] = None
    reached: Annotated[
        Answer | None,
        Item(
            N_("Reached"),
            help=N_("Whether somebody answered; a try that failed is an entry too."),
            source="Clinic record",
        ),
    ] = None
    spoke_with: Annotated[
        str | None,
        Item(
            N_("Spoke with"),
            help=N_("Who answered, if not the patient."),
            source="Clinic record",
            phi=Privacy.IDENTIFYING,
        ),
    ] = None
    well: Annotated[
        Answer | NullFlavor | None,
        Item(
            N_("Feels well"),
            help=N_("Whether the patient feels as well as before."),
            source="Clinic protocol",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    slept: Annotated[
        Answer | NullFlavor | None,
        Item(
            N_("Slept and did not drive"),
            help=N_("Whether the patient slept before driving."),
            source="SPRAVATO label 5.5; Clinic protocol",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    nothing_new: Annotated[
        Answer | NullFlavor | None,
        Item(
            N_("Nothing new"),
            help=N_("No new symptom since leaving; no opens a new event."),
            source="Clinic protocol",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(
            N_("Words"),
            help=N_("What was said, in the words of the patient."),
            source="Clinic record",
            max_len=2000,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who called."), source="Clinic record", phi=Privacy.STAFF),
    ] = None

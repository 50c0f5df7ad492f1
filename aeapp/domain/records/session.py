"""One treatment session, in the clinic or at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute, Setting
from aeapp.domain.items import UNKNOWN, Item, Link, NullFlavor, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Session(Record):
    """One treatment session."""

    KIND: ClassVar[str] = "session"

    patient_id: Annotated[str, Link("patient")] = ""
    number: Annotated[
        str | None,
        Item(
            N_("Session number"),
            help=N_("Number the clinic reads and says."),
            source="Clinic record",
            max_len=30,
        ),
    ] = None
    setting: Annotated[
        Setting | NullFlavor | None,
        Item(
            N_("Setting"),
            help=N_("Where the session took place."),
            source="Clinic record: session",
            nulls=UNKNOWN,
        ),
    ] = None
    route: Annotated[
        SessionRoute | NullFlavor | None,
        Item(N_("Route"), help=N_("How the drug was given."), source="3500 D2", nulls=UNKNOWN),
    ] = None
    indication: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Indication"),
            help=N_("Diagnosis for which the drug was given."),
            source="3500 D4; E2B(R3) G.k.7.r.1",
            e2b="G.k.7.r.1",
            nulls=UNKNOWN,
        ),
    ] = None
    started: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Started"),
            help=N_("Begin of the session."),
            source="Clinic record: session",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    ended: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Ended"),
            help=N_("When the patient left."),
            source="Clinic record: session",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    ending: Annotated[
        SessionEnd | NullFlavor | None,
        Item(
            N_("Ending"), help=N_("How the session ended."), source="Clinic record", nulls=UNKNOWN
        ),
    ] = None
    ending_reason: Annotated[
        str | None,
        Item(
            N_("Reason of the ending"),
            help=N_("Why a minimum was not met or the session broken off."),
            source="Clinic record",
            max_len=2000,
        ),
    ] = None
    chair: Annotated[
        str | None,
        Item(N_("Chair"), help=N_("Chair or room."), source="Clinic record", max_len=30),
    ] = None
    note: Annotated[
        str | None,
        Item(
            N_("Note"),
            help=N_("What else happened, with times."),
            source="Clinic record",
            max_len=10_000,
        ),
    ] = None

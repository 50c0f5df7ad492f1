"""One treatment session, in the clinic or at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute, Setting
from aeapp.domain.codelists.session import MedicineClass
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record
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
    planned: Annotated[
        PartialDate | None,
        Item(
            N_("Planned for"),
            help=N_("When the session is to take place."),
            source="Clinic record: session",
            widget="moment",
        ),
    ] = None
    protocol: Annotated[
        str | None,
        Item(
            N_("Protocol"),
            help=N_("Name of the protocol it was run by."),
            source="Clinic protocol",
            max_len=80,
        ),
    ] = None
    minimum_minutes: Annotated[
        int | None,
        Item(
            N_("Shortest stay"),
            help=N_("Minutes that were asked for when the session began."),
            source="SPRAVATO REMS; Clinic protocol",
            unit="min",
        ),
    ] = None
    prescriber: Annotated[
        str | None,
        Item(
            N_("Prescriber on site"),
            help=N_("Who was on site while the drug was given."),
            source="SPRAVATO REMS",
            phi=Privacy.STAFF,
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
        str | NullFlavor | None,
        Item(
            N_("Reason of the ending"),
            help=N_("Why a minimum was not met or the session broken off."),
            source="Clinic record",
            nulls=UNKNOWN,
            max_len=2000,
        ),
    ] = None
    override_reason: Annotated[
        str | None,
        Item(
            N_("Why the minimum was not met"),
            help=N_("Why the patient left before the shortest stay or against the list."),
            source="Clinic rule: an override has a reason",
            max_len=2000,
        ),
    ] = None
    ready_minute: Annotated[
        int | None,
        Item(
            N_("Could have left at"),
            help=N_("Minutes from the dose after which the patient was ready to leave."),
            source="SPRAVATO REMS monitoring form",
            unit="min",
        ),
    ] = None
    medicine_classes: Annotated[
        frozenset[MedicineClass] | NullFlavor | None,
        Item(
            N_("Classes of medicines at the time"),
            help=N_("What of these the patient takes; none of them is an answer too."),
            source="SPRAVATO REMS monitoring form",
            nulls=UNKNOWN,
        ),
    ] = None
    escort: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Escort"),
            help=N_("Name or initials of who takes the patient home."),
            source="Clinic record",
            phi=Privacy.IDENTIFYING,
            nulls=UNKNOWN_OR_NA,
            max_len=100,
        ),
    ] = None
    ems_called: Annotated[
        PartialDate | None,
        Item(
            N_("Ambulance called"),
            help=N_("When the ambulance was called."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    ems_arrived: Annotated[
        PartialDate | None,
        Item(
            N_("Ambulance arrived"),
            help=N_("When the ambulance came."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    ems_left: Annotated[
        PartialDate | None,
        Item(
            N_("Ambulance left"),
            help=N_("When the ambulance left with the patient."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    transferred_to: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Taken to"),
            help=N_("Hospital or department the patient was taken to."),
            source="Clinic record",
            nulls=UNKNOWN,
        ),
    ] = None
    transferred_by: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Taken by"),
            help=N_("Who took the patient there, such as the crew of the ambulance."),
            source="Clinic record",
            nulls=UNKNOWN,
        ),
    ] = None
    transfer_unknown: Annotated[
        str | None,
        Item(
            N_("Why not known"),
            help=N_("Why a fact of the transfer is not known."),
            source="Clinic rule: unknown is said with its reason",
            max_len=500,
        ),
    ] = None
    rems_completed: Annotated[
        PartialDate | None,
        Item(
            N_("REMS form completed"),
            help=N_("When its content was found complete; sending is recorded apart."),
            source="SPRAVATO REMS",
            widget="moment",
        ),
    ] = None
    rems_completed_by: Annotated[
        str | None,
        Item(
            N_("REMS form completed by"),
            help=N_("Who confirmed it."),
            source="SPRAVATO REMS",
            phi=Privacy.STAFF,
        ),
    ] = None
    peer_monitor: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Peer monitor"),
            help=N_("Initials of the adult who was with the patient at home."),
            source="Clinic record: home session",
            nulls=UNKNOWN_OR_NA,
            phi=Privacy.IDENTIFYING,
            max_len=100,
        ),
    ] = None
    peer_phone_known: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Phone of the peer monitor"),
            help=N_("Whether the phone of the peer monitor is on file."),
            source="Clinic record: home session",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    video: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Video"),
            help=N_("Whether staff watched by video."),
            source="Clinic record: home session",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    told_by: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Told by"),
            help=N_("Who reported the session: the patient or the peer monitor."),
            source="Clinic record: home session",
            nulls=UNKNOWN_OR_NA,
            phi=Privacy.IDENTIFYING,
            max_len=100,
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

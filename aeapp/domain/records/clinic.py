"""The clinic itself: whose file this is, and what it is to a regulator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import between, pattern, time_zone
from aeapp.domain.codelists.clinic import ClinicDuty, FacilityType
from aeapp.domain.codelists.countries import Country
from aeapp.domain.items import Item, Privacy, Record
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Clinic(Record):
    """The clinic whose records these are."""

    KIND: ClassVar[str] = "clinic"

    name: Annotated[
        str | None,
        Item(
            N_("Clinic name"),
            help=N_("Name of the clinic as it stands on its letterhead."),
            source="3500 G1",
        ),
    ] = None
    address: Annotated[
        str | None,
        Item(N_("Street address"), help=N_("Street and number."), source="3500 G1"),
    ] = None
    city: Annotated[
        str | None,
        Item(N_("City"), help=N_("City of the clinic."), source="3500 G1"),
    ] = None
    state: Annotated[
        str | None,
        Item(N_("State or region"), help=N_("State, province or region."), source="3500 G1"),
    ] = None
    postal_code: Annotated[
        str | None,
        Item(
            N_("ZIP or postal code"),
            help=N_("ZIP or postal code of the clinic."),
            source="3500 G1",
            max_len=10,
        ),
    ] = None
    country: Annotated[
        Country | None,
        Item(N_("Country"), help=N_("Country of the clinic."), source="3500 G1"),
    ] = None
    phone: Annotated[
        str | None,
        Item(
            N_("Phone"), help=N_("Number on which the clinic can be called back."), source="3500 G1"
        ),
    ] = None
    email: Annotated[
        str | None,
        Item(N_("E-mail"), help=N_("Address to which FDA may write."), source="3500 G1"),
    ] = None
    facility: Annotated[
        FacilityType | None,
        Item(
            N_("Kind of facility"),
            help=N_("Decides which reporting duties can apply."),
            source="FDA seriousness criteria; V17",
        ),
    ] = None
    duties: Annotated[
        frozenset[ClinicDuty] | None,
        Item(
            N_("Also is"),
            help=N_("Each brings reporting duties with clocks of their own; none is an answer."),
            source="FDA seriousness criteria; 21 CFR 312.64; 21 CFR 1301.76",
        ),
    ] = None
    contact: Annotated[
        str | None,
        Item(
            N_("Contact for mandatory reports"),
            help=N_("Person whom FDA and makers of devices may call about a report."),
            source="3500A F4, G1; 21 CFR 803.32(d)",
            phi=Privacy.STAFF,
        ),
    ] = None
    contact_title: Annotated[
        str | None,
        Item(
            N_("Title of the contact"),
            help=N_("Such as Dr; an electronic message to FDA asks for it."),
            source="E2B(R3) C.3.3.2",
            e2b="C.3.3.2",
            max_len=50,
            phi=Privacy.STAFF,
        ),
    ] = None
    contact_first_name: Annotated[
        str | None,
        Item(
            N_("First name of the contact"),
            help=N_("Beside the last name, for an electronic message."),
            source="E2B(R3) C.3.3.3",
            e2b="C.3.3.3",
            max_len=60,
            phi=Privacy.STAFF,
        ),
    ] = None
    contact_last_name: Annotated[
        str | None,
        Item(
            N_("Last name of the contact"),
            help=N_("For an electronic message; the whole contact stands there while empty."),
            source="E2B(R3) C.3.3.5",
            e2b="C.3.3.5",
            max_len=60,
            phi=Privacy.STAFF,
        ),
    ] = None
    department: Annotated[
        str | None,
        Item(
            N_("Department"),
            help=N_("Department that sends reports; an electronic message to FDA asks for it."),
            source="E2B(R3) C.3.3.1",
            e2b="C.3.3.1",
            max_len=60,
        ),
    ] = None
    fax: Annotated[
        str | None,
        Item(
            N_("Fax"),
            help=N_("Fax number; an electronic message to FDA asks for it."),
            source="E2B(R3) C.3.4.7",
            e2b="C.3.4.7",
            max_len=33,
        ),
    ] = None
    sender_id: Annotated[
        str | None,
        Item(
            N_("Sender of electronic messages"),
            help=N_("Identifier as agreed with the receiver, such as a DUNS number."),
            source="E2B(R3) N.1.3, N.2.r.2",
            e2b="N.1.3",
            max_len=60,
        ),
    ] = None
    receiver_id: Annotated[
        str | None,
        Item(
            N_("Receiver of electronic messages"),
            help=N_("Whoever gets messages that do not go to FDA, by the identifier agreed on."),
            source="E2B(R3) N.1.4, N.2.r.3",
            e2b="N.1.4",
            max_len=60,
        ),
    ] = None
    cms_number: Annotated[
        str | None,
        Item(
            N_("CMS number"),
            help=N_("Begins the numbers of user facility reports; ten zeros while empty."),
            source="21 CFR 803.3; V18",
            max_len=10,
            checks=(pattern(r"\d{1,10}", N_("Expected up to ten digits.")),),
        ),
    ] = None
    exemption: Annotated[
        str | None,
        Item(
            N_("Exemption, variance or alternative number"),
            help=N_("As FDA granted it; empty where there is none."),
            source="3500A head; 21 CFR 803.19",
            max_len=30,
        ),
    ] = None
    target_days: Annotated[
        int | None,
        Item(
            N_("Own target for a serious event, in days"),
            help=N_("Calendar days within which a voluntary report goes out; 15 if empty."),
            source="Clinic rule: a target is never shown as law",
            checks=(between("1", "365"),),
        ),
    ] = None
    protocol_hours: Annotated[
        int | None,
        Item(
            N_("Hours by protocol or contract"),
            help=N_("Hours within which the sponsor or partner is told of a serious event."),
            source="Study protocol; safety contract",
            checks=(between("1", "365"),),
        ),
    ] = None
    state_hours: Annotated[
        int | None,
        Item(
            N_("Hours by the rule of the state"),
            help=N_("Hours within which the state hears of a transfer or death: 24 to 720."),
            source="Rules of the state's boards",
            checks=(between("1", "1000"),),
        ),
    ] = None
    annual_report_for: Annotated[
        int | None,
        Item(
            N_("Annual device report sent for the year"),
            help=N_("Latest year whose Form FDA 3419 went out; nothing is due for earlier ones."),
            source="21 CFR 803.33",
            checks=(between("1996", "2200"),),
        ),
    ] = None
    time_zone: Annotated[
        str | None,
        Item(
            N_("Time zone"),
            help=N_("IANA name of the zone the clinic's clocks show."),
            source="Clinic rule: one clock, its zone named",
            checks=(time_zone,),
        ),
    ] = None
    practice: Annotated[
        bool | None,
        Item(
            N_("Practice clinic"),
            help=N_("Invented people only; every print carries a watermark."),
            source="Clinic record",
        ),
    ] = None

"""The clinic itself: whose file this is, and what it is to a regulator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import time_zone
from aeapp.domain.codelists.clinic import FacilityType
from aeapp.domain.codelists.countries import Country
from aeapp.domain.items import Item, Record
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

"""What only the form for mandatory reporters asks (3500A F and G): views of a case.

Source:
    Form FDA 3500A (09/2025); 21 CFR 803.32 (user facilities), 310.305 and 312.32 (section G).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aeapp.domain.codelists.mandatory import FacilityRole, MarketStatus, Round
from aeapp.domain.items import UNKNOWN, Item, NullFlavor, Privacy, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_COMPUTED = N_("Computed from the records; what you type here is kept with the case as stated.")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FacilityPart(Section):
    """Section F: empty unless the clinic reports as a device user facility."""

    role: Annotated[
        FacilityRole | None, Item(N_("Reports as"), help=_COMPUTED, source="3500A F1")
    ] = None
    number: Annotated[
        str | None,
        Item(N_("Report number"), help=_COMPUTED, source="3500A F2; V18", max_len=20),
    ] = None
    exemption: Annotated[
        str | None,
        Item(N_("Exemption, variance or alternative number"), help=_COMPUTED, source="3500A head"),
    ] = None
    name_and_address: Annotated[
        str | None,
        Item(N_("Name, address and e-mail"), help=_COMPUTED, source="3500A F3", max_len=1000),
    ] = None
    contact: Annotated[
        str | None,
        Item(N_("Contact person"), help=_COMPUTED, source="3500A F4", phi=Privacy.STAFF),
    ] = None
    phone: Annotated[str | None, Item(N_("Phone"), help=_COMPUTED, source="3500A F5")] = None
    learnt_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Became aware on"),
            help=_COMPUTED,
            source="3500A F6; 21 CFR 803.30",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    round: Annotated[
        Round | None, Item(N_("Type of report"), help=_COMPUTED, source="3500A F7")
    ] = None
    follow_up: Annotated[
        int | None, Item(N_("Follow-up number"), help=_COMPUTED, source="3500A F7")
    ] = None
    maker: Annotated[
        str | NullFlavor | None,
        Item(N_("Manufacturer"), help=_COMPUTED, source="3500A F13", nulls=UNKNOWN),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MakerPart(Section):
    """Section G: empty unless the clinic reports as an outsourcing facility or for a study."""

    name: Annotated[str | None, Item(N_("Name"), help=_COMPUTED, source="3500A G1")] = None
    email: Annotated[str | None, Item(N_("E-mail"), help=_COMPUTED, source="3500A G1")] = None
    phone: Annotated[str | None, Item(N_("Phone"), help=_COMPUTED, source="3500A G1")] = None
    address: Annotated[
        str | None, Item(N_("Address"), help=_COMPUTED, source="3500A G1", max_len=1000)
    ] = None
    outsourcing: Annotated[
        bool | None,
        Item(N_("Outsourcing facility (503B)"), help=_COMPUTED, source="3500A G1; 21 USC 353b"),
    ] = None
    outsourcing_name: Annotated[
        str | None,
        Item(N_("Name of the outsourcing facility"), help=_COMPUTED, source="3500A G1"),
    ] = None
    received_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Received on"),
            help=_COMPUTED,
            source="3500A G3; 21 CFR 310.305(c)",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    ind: Annotated[
        str | None, Item(N_("IND number"), help=_COMPUTED, source="3500A G4", max_len=10)
    ] = None
    status: Annotated[
        frozenset[MarketStatus] | None,
        Item(N_("How the product is marketed"), help=_COMPUTED, source="3500A G4"),
    ] = None
    protocol: Annotated[
        str | None, Item(N_("Protocol number"), help=_COMPUTED, source="3500A G5", max_len=50)
    ] = None
    round: Annotated[
        Round | None, Item(N_("Type of report"), help=_COMPUTED, source="3500A G6")
    ] = None
    follow_up: Annotated[
        int | None, Item(N_("Follow-up number"), help=_COMPUTED, source="3500A G6")
    ] = None
    terms: Annotated[
        str | None,
        Item(N_("Adverse event terms"), help=_COMPUTED, source="3500A G7", max_len=2000),
    ] = None
    number: Annotated[
        str | None,
        Item(N_("Manufacturer report number"), help=_COMPUTED, source="3500A G8", max_len=40),
    ] = None

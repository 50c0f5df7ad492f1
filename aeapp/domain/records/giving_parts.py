"""Parts of one giving: what was changed while it ran, and the package as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from aeapp.domain.checks import between
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.items import (
    Item,
    Section,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DoseChange(Section):
    """One change of a running infusion."""

    at: Annotated[
        PartialDate | None,
        Item(N_("Time"), help=N_("When it was changed."), source="Clinic record", widget="moment"),
    ] = None
    change: Annotated[
        InfusionChange | None,
        Item(N_("Change"), help=N_("What was done."), source="Clinic record"),
    ] = None
    rate: Annotated[
        Decimal | None,
        Item(
            N_("New rate"),
            help=N_("Rate from then on."),
            source="Clinic record",
            checks=(between("0", "100000"),),
        ),
    ] = None
    reason: Annotated[
        str | None,
        Item(N_("Reason"), help=N_("Why it was changed."), source="Clinic record", max_len=500),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Snapshot(Section):
    """What the package said on the day it was given; later corrections do not change it."""

    name: Annotated[
        str | None,
        Item(N_("Product"), help=N_("Name and strength that day."), source="3500 D1"),
    ] = None
    ndc: Annotated[
        str | None,
        Item(N_("NDC"), help=N_("Code of the package that day."), source="3500 D1", max_len=50),
    ] = None
    maker: Annotated[
        str | None,
        Item(N_("Maker"), help=N_("Maker or compounder that day."), source="3500 D1"),
    ] = None
    lot: Annotated[
        str | None,
        Item(N_("Lot"), help=N_("Number of the lot that day."), source="3500 D1", max_len=50),
    ] = None
    expires: Annotated[
        PartialDate | None,
        Item(N_("Expires"), help=N_("Expiration date that day."), source="3500 D6"),
    ] = None

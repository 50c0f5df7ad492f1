"""Products and the lots they come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import CombinationCategory, ProductType
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import (
    UNKNOWN,
    UNKNOWN_OR_NA,
    Item,
    Link,
    NullFlavor,
    Privacy,
    Record,
    Section,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_HOLD = "Clinic rule: a lot in doubt is held"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Product(Record):
    """One product as its label names it."""

    KIND: ClassVar[str] = "product"

    study_id: Annotated[str, Link("study")] = ""
    name: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Product name"),
            help=N_("Name as on the label."),
            source="3500 D1; E2B(R3) G.k.2.2",
            e2b="G.k.2.2",
            nulls=UNKNOWN,
        ),
    ] = None
    strength: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Strength"),
            help=N_("Number of the strength; decimals are allowed here."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
            max_len=20,
        ),
    ] = None
    strength_unit: Annotated[
        DoseUnit | None,
        Item(
            N_("Unit of strength"), help=N_("Unit of the strength on the label."), source="3500 D1"
        ),
    ] = None
    ndc: Annotated[
        str | NullFlavor | None,
        Item(
            N_("NDC or unique ID"),
            help=N_("National Drug Code or another identifier of the package."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
            max_len=50,
        ),
    ] = None
    maker: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Manufacturer or compounder"),
            help=N_("Who made it, as on the label."),
            source="3500 D1; E2B(R3) G.k.3.3",
            e2b="G.k.3.3",
            nulls=UNKNOWN,
        ),
    ] = None
    types: Annotated[
        frozenset[ProductType] | NullFlavor | None,
        Item(N_("Product type"), help=N_("All that apply."), source="3500 D5", nulls=UNKNOWN),
    ] = None
    application: Annotated[
        str | None,
        Item(
            N_("Application number"),
            help=N_("Number under which FDA approved it, such as NDA016812."),
            source="3500A G4; E2B(R3) G.k.3.1",
            e2b="G.k.3.1",
            max_len=35,
        ),
    ] = None
    combination: Annotated[
        bool | None,
        Item(
            N_("Combination product"),
            help=N_("Yes where drug and device are one product, such as a nasal spray."),
            source="E2B(R3) FDA.C.1.12; 21 CFR 3.2(e)",
            e2b="FDA.C.1.12",
        ),
    ] = None
    category: Annotated[
        CombinationCategory | None,
        Item(
            N_("Kind of combination product"),
            help=N_("By FDA's list of nine."),
            source="FDA.G.k.10.1; 21 CFR 3.2(e)",
            e2b="FDA.G.k.10.1",
        ),
    ] = None
    controlled: Annotated[
        bool | None,
        Item(
            N_("Controlled substance"),
            help=N_("Whether the stock is counted with a witness."),
            source="21 CFR 1304",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hold(Section):
    """One hold on a lot, with how it ended; a later hold stands beside it."""

    at: Annotated[
        PartialDate | None,
        Item(N_("Held on"), help=N_("When it was held."), source=_HOLD, widget="moment"),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("Held by"), help=N_("Who held it."), source=_HOLD, phi=Privacy.STAFF),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Why held"),
            help=N_("Why nothing more is given of it."),
            source=_HOLD,
            max_len=1000,
        ),
    ] = None
    released_at: Annotated[
        PartialDate | None,
        Item(
            N_("Released on"),
            help=N_("When it was released; empty while it is held."),
            source=_HOLD,
            widget="moment",
        ),
    ] = None
    released_by: Annotated[
        str | None,
        Item(N_("Released by"), help=N_("Who released it."), source=_HOLD, phi=Privacy.STAFF),
    ] = None
    release_reason: Annotated[
        str | None,
        Item(
            N_("Why released"),
            help=N_("What was found out, in a sentence."),
            source=_HOLD,
            max_len=1000,
        ),
    ] = None

    @property
    def is_open(self) -> bool:
        """Tell whether it still holds."""
        return self.released_at is None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Lot(Record):
    """One lot of a product, with where it was bought."""

    KIND: ClassVar[str] = "lot"

    product_id: Annotated[str, Link("product")] = ""
    number: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Lot number"),
            help=N_("Number as printed on the package."),
            source="3500 D1; E2B(R3) G.k.4.r.7",
            e2b="G.k.4.r.7",
            nulls=UNKNOWN,
            max_len=50,
        ),
    ] = None
    expires: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Expiration date"),
            help=N_("As printed; a month and year is an answer."),
            source="3500 D6",
            nulls=UNKNOWN,
        ),
    ] = None
    bought_from: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Bought from"),
            help=N_("Place of purchase; the dispensing pharmacy for use at home."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
            max_len=125,
        ),
    ] = None
    bought_address: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Address of the place"),
            help=N_("Street address of the place of purchase."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
            max_len=125,
        ),
    ] = None
    bought_city: Annotated[
        str | NullFlavor | None,
        Item(
            N_("City"),
            help=N_("City of the place of purchase."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    bought_state: Annotated[
        str | NullFlavor | None,
        Item(
            N_("State or region"),
            help=N_("State of the place of purchase."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    bought_postal_code: Annotated[
        str | NullFlavor | None,
        Item(
            N_("ZIP or postal code"),
            help=N_("Postal code of the place of purchase."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
            max_len=10,
        ),
    ] = None
    bought_country: Annotated[
        Country | NullFlavor | None,
        Item(
            N_("Country"),
            help=N_("Country of the place of purchase."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    bought_website: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Website"),
            help=N_("Only if bought online."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
            max_len=70,
        ),
    ] = None
    bought_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Purchase date"),
            help=N_("Day of the purchase, as exactly as known."),
            source="3500 D1",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    holds: tuple[Hold, ...] = ()

    @property
    def hold(self) -> Hold | None:
        """Return the hold that still stands; None where the lot may be given."""
        return next((hold for hold in reversed(self.holds) if hold.is_open), None)

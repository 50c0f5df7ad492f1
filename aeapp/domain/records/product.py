"""Products and the lots they come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import ProductType
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Product(Record):
    """One product as its label names it."""

    KIND: ClassVar[str] = "product"

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
    controlled: Annotated[
        bool | None,
        Item(
            N_("Controlled substance"),
            help=N_("Whether the stock is counted with a witness."),
            source="21 CFR 1304",
        ),
    ] = None


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

"""The reactions that one version of a product's label lists, as somebody entered them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LabelTerm(Section):
    """One reaction as the label words it."""

    term: Annotated[
        str | None,
        Item(N_("Reaction"), help=N_("As the label words it."), source="The product's label"),
    ] = None
    qualifier: Annotated[
        str | None,
        Item(
            N_("As far as"),
            help=N_("What the label says of its kind or severity, such as transient."),
            source="The product's label",
            max_len=500,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LabelList(Record):
    """The listed reactions of one label in one version; a newer version is a record of its own."""

    KIND: ClassVar[str] = "label_list"

    product_id: Annotated[str, Link("product")] = ""
    name: Annotated[
        str | None,
        Item(
            N_("Label"),
            help=N_("What it is the label of, such as the US prescribing information."),
            source="The product's label",
        ),
    ] = None
    label_version: Annotated[
        str | None,
        Item(
            N_("Version of the label"),
            help=N_("Version as printed on it, where it has one."),
            source="The product's label",
            max_len=60,
        ),
    ] = None
    dated: Annotated[
        PartialDate | None,
        Item(
            N_("Label revised"),
            help=N_("Date of revision as printed; a month is an answer."),
            source="The product's label",
        ),
    ] = None
    terms: tuple[LabelTerm, ...] = ()
    entered_by: Annotated[
        str | None,
        Item(
            N_("Entered by"),
            help=N_("Who took the reactions from the label."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    entered_at: Annotated[
        PartialDate | None,
        Item(
            N_("Entered at"),
            help=N_("When they were taken from it."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None

"""A scale as data: items by number, points, scoring, bands, thresholds; never its wording.

The clinic's own record takes the place of the program's with the same code and edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.scales import (
    Informant,
    Measured,
    MissingRule,
    Scoring,
    WordingTerms,
)
from aeapp.domain.items import Item, Record, Section
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic scales"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScaleItem(Section):
    """One item: its number, one word of ours for its topic, and the points it may have."""

    number: Annotated[
        int | None,
        Item(N_("Item"), help=N_("Number in the instrument, from 1."), source=_SOURCE),
    ] = None
    topic: Annotated[
        str | None,
        Item(
            N_("Topic"),
            help=N_("One word for what it is about; not the words of the instrument."),
            source=_SOURCE,
            max_len=40,
        ),
    ] = None
    lowest: Annotated[
        int | None,
        Item(N_("Lowest"), help=N_("Fewest points of the item."), source=_SOURCE),
    ] = None
    highest: Annotated[
        int | None,
        Item(N_("Highest"), help=N_("Most points of the item."), source=_SOURCE),
    ] = None
    group: Annotated[
        str | None,
        Item(N_("Group"), help=N_("Code of the group it counts in."), source=_SOURCE, max_len=40),
    ] = None
    counted: Annotated[
        bool | None,
        Item(N_("Counts"), help=N_("Whether its points go into the total."), source=_SOURCE),
    ] = None
    never_filled: Annotated[
        bool | None,
        Item(
            N_("Never filled"),
            help=N_("Whether no rule may stand in for its answer."),
            source=_SOURCE,
        ),
    ] = None
    alert_from: Annotated[
        int | None,
        Item(
            N_("Asks for safety from"),
            help=N_("Points from which somebody has to be told; empty for none."),
            source=_SOURCE,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScaleGroup(Section):
    """A cluster or domain of items."""

    code: Annotated[
        str | None,
        Item(N_("Group"), help=N_("Code the items name."), source=_SOURCE, max_len=40),
    ] = None
    name: Annotated[
        str | None,
        Item(N_("Name"), help=N_("What the group is called."), source=_SOURCE, max_len=80),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScaleBand(Section):
    """A band of totals, from its least to below the next."""

    least: Annotated[
        int | None,
        Item(N_("From"), help=N_("Least total of the band."), source=_SOURCE),
    ] = None
    name: Annotated[
        str | None,
        Item(N_("Band"), help=N_("What the band is called."), source=_SOURCE, max_len=80),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Scale(Record):
    """One edition of a scale."""

    KIND: ClassVar[str] = "scale"

    code: Annotated[
        str | None,
        Item(N_("Code"), help=N_("Short name that never changes."), source=_SOURCE, max_len=40),
    ] = None
    edition: Annotated[
        str | None,
        Item(
            N_("Edition"),
            help=N_("Which items, points and scoring it has; another has another edition."),
            source=_SOURCE,
            max_len=40,
        ),
    ] = None
    name: Annotated[
        str | None,
        Item(N_("Name"), help=N_("What the scale is called."), source=_SOURCE, max_len=80),
    ] = None
    active: Annotated[
        bool | None,
        Item(N_("In use"), help=N_("Whether it is offered."), source=_SOURCE),
    ] = None
    measures: Annotated[
        Measured | None,
        Item(N_("Measures"), help=N_("What it is about."), source=_SOURCE),
    ] = None
    informant: Annotated[
        Informant | None,
        Item(N_("Answered by"), help=N_("Whose answers it takes."), source=_SOURCE),
    ] = None
    wording: Annotated[
        WordingTerms | None,
        Item(N_("Wording"), help=N_("Who may give its wording out."), source=_SOURCE),
    ] = None
    basis: Annotated[
        str | None,
        Item(
            N_("Source"),
            help=N_("Publication of the scale and of its figures."),
            source=_SOURCE,
            max_len=2000,
        ),
    ] = None
    scoring: Annotated[
        Scoring | None,
        Item(N_("Total"), help=N_("How the points become a total."), source=_SOURCE),
    ] = None
    items: tuple[ScaleItem, ...] = ()
    groups: tuple[ScaleGroup, ...] = ()
    bands: tuple[ScaleBand, ...] = ()
    missing_rule: Annotated[
        MissingRule | None,
        Item(N_("Missing items"), help=N_("What the publication allows."), source=_SOURCE),
    ] = None
    missing_most: Annotated[
        int | None,
        Item(
            N_("Most missing"),
            help=N_("How many items may be missing where they are filled."),
            source=_SOURCE,
        ),
    ] = None
    missing_basis: Annotated[
        str | None,
        Item(N_("Source of that"), help=N_("Who says so."), source=_SOURCE, max_len=500),
    ] = None
    alert_total: Annotated[
        int | None,
        Item(
            N_("Total asks for safety from"),
            help=N_("Total from which somebody has to be told; empty for none."),
            source=_SOURCE,
        ),
    ] = None
    alert_basis: Annotated[
        str | None,
        Item(
            N_("Source of the thresholds"),
            help=N_("Who says so, for items and total."),
            source=_SOURCE,
        ),
    ] = None
    response_percent: Annotated[
        Decimal | None,
        Item(
            N_("Response"),
            help=N_("Fall from baseline that counts as response."),
            source=_SOURCE,
            unit="%",
            checks=(between("1", "100"),),
        ),
    ] = None
    partial_percent: Annotated[
        Decimal | None,
        Item(
            N_("Partial response"),
            help=N_("Fall from baseline that counts as part of a response; empty for none."),
            source=_SOURCE,
            unit="%",
            checks=(between("1", "100"),),
        ),
    ] = None
    remission_below: Annotated[
        int | None,
        Item(
            N_("Remission below"),
            help=N_("Total under which it counts as remission; empty for none."),
            source=_SOURCE,
        ),
    ] = None
    response_basis: Annotated[
        str | None,
        Item(
            N_("Source of response and remission"),
            help=N_("Who says so."),
            source=_SOURCE,
        ),
    ] = None
    reliable_change: Annotated[
        Decimal | None,
        Item(
            N_("Reliable change"),
            help=N_("Change of the total that is more than chance; empty for none."),
            source=_SOURCE,
        ),
    ] = None
    reliable_end_below: Annotated[
        int | None,
        Item(
            N_("Reliable fall ends below"),
            help=N_("Total under which a reliable fall also has to end; empty for none."),
            source=_SOURCE,
        ),
    ] = None
    reliable_basis: Annotated[
        str | None,
        Item(
            N_("Source of reliable change"),
            help=N_("Who says so; published figures may differ."),
            source=_SOURCE,
        ),
    ] = None
    notable_rise: Annotated[
        Decimal | None,
        Item(
            N_("Notable rise"),
            help=N_("Rise from baseline that is pointed out; empty for none."),
            source=_SOURCE,
        ),
    ] = None

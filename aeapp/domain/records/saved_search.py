"""A search somebody kept under a name, to be asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.finding import FoundKind, FoundSerious
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic record"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SavedSearch(Record):
    """One kept search of one person; its answer is looked up anew each time."""

    KIND: ClassVar[str] = "saved_search"

    name: Annotated[
        str | None,
        Item(N_("Name"), help=N_("What the person calls it."), source=_SOURCE, max_len=80),
    ] = None
    owner: Annotated[
        str | None,
        Item(
            N_("Owner"),
            help=N_("Login name of the person whose search it is."),
            source=_SOURCE,
            phi=Privacy.STAFF,
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(N_("Words"), help=N_("What is looked for."), source=_SOURCE, max_len=200),
    ] = None
    kinds: Annotated[
        frozenset[FoundKind] | None,
        Item(N_("Kinds"), help=N_("Among what; none means all."), source=_SOURCE),
    ] = None
    since: Annotated[
        PartialDate | None, Item(N_("From"), help=N_("First day."), source=_SOURCE)
    ] = None
    until: Annotated[PartialDate | None, Item(N_("To"), help=N_("Last day."), source=_SOURCE)] = (
        None
    )
    states: Annotated[
        str | None,
        Item(
            N_("States"),
            help=N_("Codes of states, a blank between; none means all."),
            source=_SOURCE,
            max_len=200,
        ),
    ] = None
    seriousness: Annotated[
        frozenset[FoundSerious] | None,
        Item(N_("Seriousness"), help=N_("Answers that are wanted."), source=_SOURCE),
    ] = None
    product_id: Annotated[str, Link("product")] = ""
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why it is no longer offered."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

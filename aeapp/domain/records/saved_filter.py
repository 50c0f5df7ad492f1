"""A filter of the worklist that somebody kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.worklist import Authority, NeedKind, Urgency
from aeapp.domain.items import Item, Privacy, Record
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic record"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SavedFilter(Record):
    """One kept filter of one person; a line stands when every part of it holds."""

    KIND: ClassVar[str] = "saved_filter"

    name: Annotated[
        str | None,
        Item(N_("Name"), help=N_("What the person calls it."), source=_SOURCE, max_len=80),
    ] = None
    owner: Annotated[
        str | None,
        Item(
            N_("Owner"),
            help=N_("Login name of the person whose filter it is."),
            source=_SOURCE,
            phi=Privacy.STAFF,
        ),
    ] = None
    urgency: Annotated[
        frozenset[Urgency] | None,
        Item(N_("Urgency"), help=N_("All of these hold; none means any."), source=_SOURCE),
    ] = None
    kinds: Annotated[
        frozenset[NeedKind] | None,
        Item(N_("Kinds"), help=N_("One of these; none means all."), source=_SOURCE),
    ] = None
    authorities: Annotated[
        frozenset[Authority] | None,
        Item(N_("Date set by"), help=N_("One of these; none means all."), source=_SOURCE),
    ] = None
    words: Annotated[
        str | None,
        Item(
            N_("Words"),
            help=N_("All of these stand in the line: what, patient, next step or owner."),
            source=_SOURCE,
            max_len=200,
        ),
    ] = None
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why it is no longer offered."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

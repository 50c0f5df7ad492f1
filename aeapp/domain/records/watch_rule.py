"""A limit of a reading: beyond it a person is asked to look, never more than that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute
from aeapp.domain.codelists.session import ReadingPart, Side
from aeapp.domain.items import Item, Record
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic limits"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WatchRule(Record):
    """One limit, absolute or against the patient's own baseline."""

    KIND: ClassVar[str] = "watch_rule"

    code: Annotated[
        str | None,
        Item(
            N_("Name"),
            help=N_("Short name that never changes."),
            source=_SOURCE,
            max_len=40,
        ),
    ] = None
    active: Annotated[
        bool | None,
        Item(N_("In use"), help=N_("Whether readings are compared with it."), source=_SOURCE),
    ] = None
    routes: Annotated[
        frozenset[SessionRoute] | None,
        Item(N_("Routes"), help=N_("Routes it is for; none chosen is all."), source=_SOURCE),
    ] = None
    term: Annotated[
        str | None,
        Item(
            N_("Finding"),
            help=N_("The finding it proposes, such as Blood pressure increased."),
            source=_SOURCE,
        ),
    ] = None
    kind: Annotated[
        ObservationKind | None,
        Item(N_("Quantity"), help=N_("What is looked at."), source=_SOURCE),
    ] = None
    part: Annotated[
        ReadingPart | None,
        Item(N_("Part"), help=N_("Which number of the reading."), source=_SOURCE),
    ] = None
    side: Annotated[
        Side | None,
        Item(N_("Side"), help=N_("Above or below the limit."), source=_SOURCE),
    ] = None
    limit: Annotated[
        Decimal | None,
        Item(
            N_("Limit"),
            help=N_("Beyond it the reading is abnormal."),
            source=_SOURCE,
            checks=(between("0", "1000"),),
        ),
    ] = None
    severe: Annotated[
        Decimal | None,
        Item(
            N_("Severe band"),
            help=N_("Beyond it one reading is enough for a proposal; empty for none."),
            source=_SOURCE,
            checks=(between("0", "1000"),),
        ),
    ] = None
    percent_of_baseline: Annotated[
        Decimal | None,
        Item(
            N_("Change from baseline"),
            help=N_("Change from the reading before the dose that is abnormal too."),
            source=_SOURCE,
            unit="%",
            checks=(between("1", "500"),),
        ),
    ] = None
    repeat_minutes: Annotated[
        int | None,
        Item(
            N_("Repeat after"),
            help=N_("Minutes after which an abnormal reading is taken again."),
            source=_SOURCE,
            unit="min",
        ),
    ] = None
    basis: Annotated[
        str | None,
        Item(
            N_("Source"),
            help=N_("Where the figure comes from."),
            source=_SOURCE,
            max_len=500,
        ),
    ] = None

"""When a scale falls due for a patient under treatment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.scales import ScheduleStart
from aeapp.domain.items import Item, Record
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic schedule"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScaleSchedule(Record):
    """One line of the assessment schedule; the clinic's takes the place of the program's."""

    KIND: ClassVar[str] = "scale_schedule"

    scale: Annotated[
        str | None, Item(N_("Scale"), help=N_("Code of the scale."), source=_SOURCE, max_len=40)
    ] = None
    active: Annotated[
        bool | None,
        Item(N_("In use"), help=N_("Whether it falls due at all."), source=_SOURCE),
    ] = None
    routes: Annotated[
        frozenset[SessionRoute] | None,
        Item(N_("Routes"), help=N_("Routes it is for; none chosen is all."), source=_SOURCE),
    ] = None
    at_baseline: Annotated[
        bool | None,
        Item(
            N_("At baseline"),
            help=N_("Whether it is due before the first dose."),
            source=_SOURCE,
        ),
    ] = None
    every: Annotated[
        int | None,
        Item(
            N_("Every"),
            help=N_(
                "How many sessions or days after the last one it is due again; empty for once."
            ),
            source=_SOURCE,
            checks=(between("1", "1000"),),
        ),
    ] = None
    counted_in: Annotated[
        ScheduleStart | None,
        Item(N_("Counted in"), help=N_("Sessions or days."), source=_SOURCE),
    ] = None
    lapses_after: Annotated[
        int | None,
        Item(
            N_("No longer after"),
            help=N_("Days since the last session after which nothing falls due; empty for never."),
            source=_SOURCE,
            unit="d",
            checks=(between("1", "10000"),),
        ),
    ] = None
    basis: Annotated[
        str | None,
        Item(N_("Source"), help=N_("Where it comes from."), source=_SOURCE),
    ] = None

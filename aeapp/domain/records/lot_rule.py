"""From how many events on a lot is looked at: the clinic's rule, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.items import Item, Record
from aeapp.kernel.i18n import N_

_RULE = "Clinic rule: when events of one lot are looked at together"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LotRule(Record):
    """From how many events on a lot is shown on Today; the clinic's to set, no finding."""

    KIND: ClassVar[str] = "lot_rule"

    active: Annotated[
        bool | None,
        Item(N_("In use"), help=N_("Whether lots are compared with it."), source=_RULE),
    ] = None
    events: Annotated[
        int | None,
        Item(
            N_("Events"),
            help=N_("At least so many events in sessions with the lot."),
            source=_RULE,
            checks=(between("1", "1000"),),
        ),
    ] = None
    patients: Annotated[
        int | None,
        Item(
            N_("Patients"),
            help=N_("In at least so many patients."),
            source=_RULE,
            checks=(between("1", "1000"),),
        ),
    ] = None
    days: Annotated[
        int | None,
        Item(
            N_("Days"),
            help=N_("Within so many days up to today."),
            source=_RULE,
            checks=(between("1", "3650"),),
        ),
    ] = None
    same_term: Annotated[
        bool | None,
        Item(
            N_("Of one term"),
            help=N_("Yes to count only events of the same words or code together."),
            source=_RULE,
        ),
    ] = None

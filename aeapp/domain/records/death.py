"""What a patient died of, one cause at a time: in words, by code, and what an autopsy found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aeapp.domain.checks import MEDDRA_CODE, MEDDRA_EDITION
from aeapp.domain.items import Item, Section
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CauseOfDeath(Section):
    """One cause that has a code, or that an autopsy found."""

    words: Annotated[
        str | None,
        Item(
            N_("Cause in words"),
            help=N_("As its source says it; one that was reported stands in the cause above, too."),
            source="E2B(R3) D.9.2.r.2, D.9.4.r.2",
            e2b="D.9.2.r.2",
        ),
    ] = None
    meddra_code: Annotated[
        str | None,
        Item(
            N_("MedDRA code of the cause"),
            help=N_("Lowest level term, if somebody knows it; 8 digits."),
            source="E2B(R3) D.9.2.r.1b, D.9.4.r.1b",
            e2b="D.9.2.r.1b",
            checks=(MEDDRA_CODE,),
        ),
    ] = None
    meddra_edition: Annotated[
        str | None,
        Item(
            N_("MedDRA version of the cause"),
            help=N_("Version that the code is of, such as 28.0; the same in the whole report."),
            source="E2B(R3) D.9.2.r.1a, D.9.4.r.1a",
            e2b="D.9.2.r.1a",
            checks=(MEDDRA_EDITION,),
        ),
    ] = None
    by_autopsy: Annotated[
        bool | None,
        Item(
            N_("Found by autopsy"),
            help=N_("Yes if the autopsy found it; else it is what was reported."),
            source="E2B(R3) D.9.4.r",
            e2b="D.9.4.r",
        ),
    ] = None

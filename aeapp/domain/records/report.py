"""One report of a case to one destination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import Destination, ReportState
from aeapp.domain.codelists.safety import AlsoReportedTo
from aeapp.domain.items import Item, Link, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(Record):
    """One report, version by version."""

    KIND: ClassVar[str] = "report"

    case_id: Annotated[str, Link("case")] = ""
    number: Annotated[
        str | None,
        Item(
            N_("Report number"),
            help=N_("Case number, form and count, such as KC-2026-000031/3500/1."),
            source="Clinic record",
            max_len=40,
        ),
    ] = None
    form: Annotated[
        str | None,
        Item(N_("Form"), help=N_("Key of the form edition."), source="Clinic record", max_len=40),
    ] = None
    destination: Annotated[
        Destination | None,
        Item(N_("Destination"), help=N_("Who gets it."), source="Clinic record"),
    ] = None
    state: Annotated[
        ReportState | None,
        Item(N_("State"), help=N_("Where the report stands."), source="Clinic record"),
    ] = None
    reported_on: Annotated[
        PartialDate | None,
        Item(N_("Date of this report"), help=N_("Day the report is filled out."), source="3500 B4"),
    ] = None
    also_reported_to: Annotated[
        frozenset[AlsoReportedTo] | None,
        Item(N_("Also reported to"), help=N_("Others who were told."), source="3500 G4"),
    ] = None

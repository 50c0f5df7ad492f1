"""One report of a case to one destination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import between, pattern
from aeapp.domain.codelists.clinic import Destination, ReportState
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity, ReportSource, TimeLimit
from aeapp.domain.codelists.safety import AlsoReportedTo
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

# CMS number, year and four digits (21 CFR 803.3, user facility report number).
FACILITY_NUMBER = r"\d{10}-\d{4}-\d{4}"


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
    owner: Annotated[
        str | None,
        Item(
            N_("Owner"),
            help=N_("Who brings it to its end."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    locked: Annotated[
        bool | None,
        Item(
            N_("Locked"),
            help=N_("A person locked it before it was approved."),
            source="Clinic record",
        ),
    ] = None
    lock_reason: Annotated[
        str | None,
        Item(N_("Reason of the lock"), help=N_("Why it was locked."), source="Clinic record"),
    ] = None
    nature: Annotated[
        VersionNature | None,
        Item(
            N_("Kind of version"),
            help=N_("What the version in preparation is to the one that was sent."),
            source="3500A G6; E2B(R3) C.1.11.1",
        ),
    ] = None
    news: Annotated[
        str | None,
        Item(
            N_("What is new"),
            help=N_("Why there is a further version, in a sentence."),
            source="E2B(R3) C.1.11.2",
            max_len=2000,
        ),
    ] = None
    reported_on: Annotated[
        PartialDate | None,
        Item(N_("Date of this report"), help=N_("Day the report is filled out."), source="3500 B4"),
    ] = None
    also_reported_to: Annotated[
        frozenset[AlsoReportedTo] | None,
        Item(N_("Also reported to"), help=N_("Others who were told."), source="3500 G4"),
    ] = None
    capacity: Annotated[
        Capacity | None,
        Item(
            N_("Reports as"),
            help=N_("As what the clinic owes the report; decides between sections F and G."),
            source="3500A F1, G1; 21 CFR 803.30; 21 CFR 310.305; 21 CFR 312.32",
        ),
    ] = None
    facility_number: Annotated[
        str | None,
        Item(
            N_("User facility report number"),
            help=N_("CMS number, year, four digits; a follow-up keeps the first one's."),
            source="3500A F2; 21 CFR 803.3; V18",
            max_len=20,
            checks=(
                pattern(
                    FACILITY_NUMBER,
                    N_("Expected ten digits, the year and four digits: 0000000000-2026-0001."),
                ),
            ),
        ),
    ] = None
    follow_up: Annotated[
        int | None,
        Item(
            N_("Follow-up number"),
            help=N_("1 for the first follow-up; empty for a first report."),
            source="3500A F7, G6",
            checks=(between("1", "9999999999"),),
        ),
    ] = None
    sent_to_fda: Annotated[
        bool | None,
        Item(N_("Report sent to FDA"), help=N_("What box F10 says."), source="3500A F10"),
    ] = None
    sent_to_fda_on: Annotated[
        PartialDate | None,
        Item(N_("Sent to FDA on"), help=N_("Day it goes to FDA."), source="3500A F10"),
    ] = None
    sent_to_maker: Annotated[
        bool | None,
        Item(N_("Report sent to manufacturer"), help=N_("What box F12 says."), source="3500A F12"),
    ] = None
    sent_to_maker_on: Annotated[
        PartialDate | None,
        Item(
            N_("Sent to manufacturer on"),
            help=N_("Day it goes to the manufacturer."),
            source="3500A F12",
        ),
    ] = None
    sources: Annotated[
        frozenset[ReportSource] | None,
        Item(N_("Report source"), help=N_("All that apply."), source="3500A G2"),
    ] = None
    source_text: Annotated[
        str | None,
        Item(N_("Other source"), help=N_("Which other source it was."), source="3500A G2"),
    ] = None
    time_limit: Annotated[
        frozenset[TimeLimit] | None,
        Item(
            N_("Type of report by its time limit"),
            help=N_("All that apply; first report or follow-up is known."),
            source="3500A G6; 21 CFR 310.305(c); 21 CFR 312.32(c)",
        ),
    ] = None

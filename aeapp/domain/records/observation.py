"""One reading of one quantity at one time; never smoothed, overwritten or erased."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.items import UNKNOWN, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Observation(Record):
    """One reading."""

    KIND: ClassVar[str] = "observation"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    case_id: Annotated[str, Link("case")] = ""
    kind: Annotated[
        ObservationKind | None,
        Item(N_("Quantity"), help=N_("What was measured."), source="3500 B6; Clinic record"),
    ] = None
    at: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Time"),
            help=N_("When it was read, by the clock it was read from."),
            source="3500 B6; E2B(R3) F.r.1",
            e2b="F.r.1",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    value: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Value"),
            help=N_("Every quantity but pressure; digits as read."),
            source="3500 B6; E2B(R3) F.r.3.2",
            e2b="F.r.3.2",
            nulls=UNKNOWN,
        ),
    ] = None
    systolic: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Systolic"),
            help=N_("Upper pressure; pressures only."),
            source="3500 B6",
            unit="mmHg",
            nulls=UNKNOWN,
            checks=(between("20", "320", "mmHg"),),
        ),
    ] = None
    diastolic: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Diastolic"),
            help=N_("Lower pressure; pressures only."),
            source="3500 B6",
            unit="mmHg",
            nulls=UNKNOWN,
            checks=(between("10", "250", "mmHg"),),
        ),
    ] = None
    mean: Annotated[
        Decimal | NullFlavor | None,
        Item(
            N_("Mean pressure"),
            help=N_("Mean as the monitor gives it; never computed."),
            source="3500 B6",
            unit="mmHg",
            nulls=UNKNOWN,
            checks=(between("10", "280", "mmHg"),),
        ),
    ] = None
    unit: Annotated[
        ReadingUnit | None,
        Item(
            N_("Unit"),
            help=N_("Unit of the value."),
            source="3500 B6; E2B(R3) F.r.3.3",
            e2b="F.r.3.3",
        ),
    ] = None
    raw_value: Annotated[
        str | None,
        Item(
            N_("Value in the file"),
            help=N_("Where an import converted the value: the number as the file writes it."),
            source="21 CFR 11.10(e)",
            max_len=100,
        ),
    ] = None
    raw_unit: Annotated[
        str | None,
        Item(
            N_("Unit in the file"),
            help=N_("Where an import converted the value: its unit as the file writes it."),
            source="21 CFR 11.10(e)",
            max_len=100,
        ),
    ] = None
    test_name: Annotated[
        str | None,
        Item(
            N_("Test"),
            help=N_("Name of the test; laboratory rows only."),
            source="3500 B6; E2B(R3) F.r.2.1",
            e2b="F.r.2.1",
        ),
    ] = None
    result: Annotated[
        str | None,
        Item(
            N_("Result in words"),
            help=N_("Result that is no plain number, with its unit."),
            source="3500 B6; E2B(R3) F.r.3.4",
            e2b="F.r.3.4",
            max_len=2000,
        ),
    ] = None
    low: Annotated[
        str | None,
        Item(
            N_("Low test range"),
            help=N_("Lower end of the normal range, as the laboratory prints it."),
            source="3500 B6; E2B(R3) F.r.4",
            e2b="F.r.4",
            max_len=50,
        ),
    ] = None
    high: Annotated[
        str | None,
        Item(
            N_("High test range"),
            help=N_("Upper end of the normal range, as the laboratory prints it."),
            source="3500 B6; E2B(R3) F.r.5",
            e2b="F.r.5",
            max_len=50,
        ),
    ] = None
    source: Annotated[
        ObservationSource | None,
        Item(N_("Source"), help=N_("Who or what read it."), source="21 CFR 11.10(e)"),
    ] = None
    device: Annotated[
        str | None,
        Item(
            N_("Device"),
            help=N_("Monitor or file the reading came from."),
            source="21 CFR 11.10(h)",
            phi=Privacy.CLINICAL,
        ),
    ] = None
    status: Annotated[
        ObservationStatus | None,
        Item(
            N_("Status"),
            help=N_("Whether the reading counts."),
            source="Clinic rule: readings are never erased",
        ),
    ] = None
    status_reason: Annotated[
        str | None,
        Item(
            N_("Reason of the status"),
            help=N_(
                "Why it was struck through, questioned, called an artefact or said to be right."
            ),
            source="Clinic rule: readings are never erased",
            max_len=500,
        ),
    ] = None
    note: Annotated[
        str | None,
        Item(
            N_("Note"),
            help=N_("Remark to this reading."),
            source="3500 B6; E2B(R3) F.r.6",
            max_len=500,
        ),
    ] = None

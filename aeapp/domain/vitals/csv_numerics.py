"""Read a monitor's table of numbers, one row a minute, into readings.

The layout is known by its header (Time, HR, ABPSys ... NBPMean); columns may be left out or stand
in another order. A zero means that there was no signal and never becomes a reading. A reading that
no living adult can have is kept and a person is asked. A row that cannot be read refuses the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import Problems, rejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import DIASTOLIC, MEAN, SYSTOLIC, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.tabular import (
    Cell,
    Quantity,
    Sheet,
    TablePlan,
    place_of,
    repeated_in,
    shown,
    single,
)
from aeapp.domain.vitals.intake.units import own_unit
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_, _

DEVICE = "monitor numerics"
_TIME = "Time"
_Kind, _Source = ObservationKind, ObservationSource


def _pressure(prefix: str, source: ObservationSource) -> Quantity:
    unit = own_unit(_Kind.BLOOD_PRESSURE)
    ends = ((SYSTOLIC, "Sys"), (DIASTOLIC, "Dias"), (MEAN, "Mean"))
    cells = {item: Cell(prefix + end, unit) for item, end in ends}
    return Quantity(_Kind.BLOOD_PRESSURE, source, cells)


QUANTITIES: tuple[Quantity, ...] = (
    single("HR", Measure(_Kind.HEART_RATE, _Source.ECG)),
    _pressure("ABP", _Source.ARTERIAL),
    single("PULSE", Measure(_Kind.HEART_RATE, _Source.OXIMETER)),
    single("RESP", Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR)),
    single("SpO2", Measure(_Kind.OXYGEN_SATURATION, _Source.OXIMETER)),
    _pressure("NBP", _Source.CUFF),
)
COLUMNS = (_TIME, *(cell.name for q in QUANTITIES for cell in q.cells.values()))
_SPELT = {column.casefold(): column for column in COLUMNS}


def known(name: str) -> bool:
    """Tell whether the layout has a column of that name."""
    return name.casefold() in _SPELT


def parse(
    source: str | bytes,
    *,
    zone: ZoneInfo,
    patient_id: str = "",
    session_id: str = "",
    case_id: str = "",
    device: str = DEVICE,
) -> Parsed:
    """Return the readings of a file.

    Args:
        source: The file; bytes are UTF-8, with or without a byte order mark.
        zone: The zone of the monitor's clock, since the file names none.
        patient_id: Link of every reading.
        session_id: Link of every reading.
        case_id: Link of every reading.
        device: What every reading names as its device.

    Raises:
        ImportRejected: The layout is another one, or a row cannot be read; ``problems`` says which.
    """
    links = {"patient_id": patient_id, "session_id": session_id, "case_id": case_id}
    return read(source, Terms(zone=zone, links=links), device=device)


def read(source: str | bytes, terms: Terms, device: str = DEVICE) -> Parsed:
    """Return the readings of a file on these terms.

    Raises:
        ImportRejected: The layout is another one, or a row cannot be read; ``problems`` says which.
    """
    sheet = Sheet.of(source, known)
    columns = _columns(sheet.names)
    plan = TablePlan(
        quantities=[q for given in QUANTITIES if (q := _present(given, columns)).cells],
        time=(_TIME,),
        read_time=_wall_time,
        missing=frozenset({""}),
        decimal_comma=sheet.separator != ",",
    )
    return replace(sheet, names=columns).read(Gathering(terms, device), terms.clock(), plan)


def _wall_time(clock: DeviceClock, text: str, line: int) -> tuple[PartialDate, str]:
    # A monitor of this layout writes local time; an offset or a fraction is another program's.
    if len(text) > len("2026-11-16 10:44:00") and text[19:].strip(".0"):
        raise ClockError(_(N_("The time is not written like 2026-11-16 10:44:00.")))
    return clock.iso(text, line)


def _names_of(quantity: Quantity) -> set[str]:
    return {cell.name for cell in quantity.cells.values()}


def _present(quantity: Quantity, columns: Sequence[str]) -> Quantity:
    cells = {item: cell for item, cell in quantity.cells.items() if cell.name in columns}
    return Quantity(quantity.kind, quantity.source, cells)


def _columns(header: Sequence[str]) -> list[str]:
    names = [_SPELT.get(name.casefold(), name) for name in header]
    problems, where = Problems(), place_of(1)
    if _TIME not in names:
        # Nothing of the line is quoted: in a file of another kind it may name a patient.
        raise rejected(where, N_("This is no table of a monitor: there is no column Time."))
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            text = N_("The layout has no column {name}.")
            problems.add(where, _(text).format(name=shown(name)))
    for name in repeated_in([n for n in names if n in COLUMNS]):
        text = N_("The column {name} stands there twice.")
        problems.add(where, _(text).format(name=shown(name)))
    for name in sorted(_missing(set(names))):
        problems.add(where, _(N_("The column {name} is missing.")).format(name=name))
    if names == [_TIME]:
        problems.add(where, N_("The file has no column of readings."))
    problems.raise_if_any()
    return names


def _missing(present: set[str]) -> set[str]:
    """Return the columns without which a quantity of the file is none."""
    missing: set[str] = set()
    for quantity in QUANTITIES:
        if _names_of(quantity) & present:
            needed = {c.name for item, c in quantity.cells.items() if item != MEAN}
            missing |= needed - present
    return missing

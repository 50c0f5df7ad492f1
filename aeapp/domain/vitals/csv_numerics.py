"""Read a monitor's table of numbers, one row a minute, into readings.

The layout is known by its header (Time, HR, ABPSys ... NBPMean); columns may be left out or stand
in another order. A zero means that there was no signal and never becomes a reading. A reading that
no living adult can have is kept and a person is asked. A row that cannot be read refuses the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.records.observation import Observation
from aeapp.domain.rejection import MAX_PROBLEMS, Problems, printable, rejected, text_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.limits import PLAUSIBLE, beyond
from aeapp.domain.vitals.wall_clock import ClockError, WallClock
from aeapp.kernel.i18n import N_, _

MAX_CELLS = 1_000_000
MAX_LINE = 100_000
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_TIME = "Time"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of the layout: its columns, and what a reading of it says.

    Attributes:
        columns: Item of the reading -> column.
        needed: Items without which there is no reading.
    """

    columns: dict[str, str]
    needed: tuple[str, ...]
    kind: ObservationKind
    source: ObservationSource
    unit: ReadingUnit


def _single(
    column: str, kind: ObservationKind, source: ObservationSource, unit: ReadingUnit
) -> Quantity:
    return Quantity({"value": column}, ("value",), kind, source, unit)


def _pressure(prefix: str, source: ObservationSource) -> Quantity:
    return Quantity(
        {"systolic": prefix + "Sys", "diastolic": prefix + "Dias", "mean": prefix + "Mean"},
        ("systolic", "diastolic"),
        ObservationKind.BLOOD_PRESSURE,
        source,
        ReadingUnit.MMHG,
    )


_Kind, _Source, _Unit = ObservationKind, ObservationSource, ReadingUnit
QUANTITIES: tuple[Quantity, ...] = (
    _single("HR", _Kind.HEART_RATE, _Source.ECG, _Unit.PER_MINUTE),
    _pressure("ABP", _Source.ARTERIAL),
    _single("PULSE", _Kind.HEART_RATE, _Source.OXIMETER, _Unit.PER_MINUTE),
    _single("RESP", _Kind.RESPIRATORY_RATE, _Source.MONITOR, _Unit.PER_MINUTE),
    _single("SpO2", _Kind.OXYGEN_SATURATION, _Source.OXIMETER, _Unit.PERCENT),
    _pressure("NBP", _Source.CUFF),
)
_PLAUSIBLE = {
    q.kind: tuple(limit for limit in PLAUSIBLE if limit.kind is q.kind) for q in QUANTITIES
}
COLUMNS = (_TIME, *(c for q in QUANTITIES for c in q.columns.values()))
_SPELT = {column.casefold(): column for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Parsed:
    """What a file holds.

    Attributes:
        observations: In the order of the file, without ids.
        rows: Rows below the header; ``kept`` and ``skipped`` add up to it.
        kept: Rows that gave at least one reading.
        skipped: Rows in which nothing had a signal.
        questioned: Kept rows with a reading that a person has to look at.
        notes: Sentences with line numbers: what was left out or decided, at most 50 and one more.
    """

    observations: tuple[Observation, ...]
    rows: int
    kept: int
    skipped: int
    questioned: int
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Parsed({self.rows} rows, {len(self.observations)} readings)"


def parse(
    source: str | bytes,
    *,
    zone: ZoneInfo,
    patient_id: str = "",
    session_id: str = "",
    case_id: str = "",
    device: str | None = None,
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
    lines = _lines(text_of(source))
    separator = _separator(lines[0])
    if sum(line.count(separator) for line in lines) + len(lines) > MAX_CELLS:
        raise rejected(_("The file"), N_("{path} holds more than a million cells."))
    reading = _Reading(
        columns=_columns(lines[0], separator),
        zone=zone,
        decimal_comma=separator != ",",
        common={
            "patient_id": patient_id,
            "session_id": session_id,
            "case_id": case_id,
            "device": device,
        },
    )
    for number, cells in _rows(lines, separator, reading.problems):
        reading.row(number, cells)
    return reading.result()


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise rejected(_line(number), N_("The line is longer than 100,000 characters."))
    return lines


def _line(number: int) -> str:
    return _("line {number}").format(number=number)


def _separator(header: str) -> str:
    """Return the sign that cuts the header into the most names of the layout."""
    return max(",;\t", key=lambda sign: len({*COLUMNS} & {*_names(header, sign)}))


def _names(header: str, separator: str) -> list[str]:
    found = [cell.strip(' "') for cell in header.split(separator)]
    return [_SPELT.get(name.casefold(), name) for name in found]


def _columns(header: str, separator: str) -> dict[str, int]:
    names = _names(header, separator)
    problems, where = Problems(), _line(1)
    if _TIME not in names:
        # Nothing of the line is quoted: in a file of another kind it may name a patient.
        raise rejected(where, N_("This is no table of a monitor: there is no column Time."))
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            text = N_("The layout has no column {name}.")
            problems.add(where, _(text).format(name=_shown(name)))
        elif names.count(name) > 1:
            text = N_("The column {name} stands there twice.")
            problems.add(where, _(text).format(name=_shown(name)))
    missing: set[str] = set()
    for quantity in QUANTITIES:
        present = set(quantity.columns.values()) & set(names)
        needed = {quantity.columns[item] for item in quantity.needed}
        missing |= needed - present if present else set()
    for name in sorted(missing):
        problems.add(where, _(N_("The column {name} is missing.")).format(name=name))
    if names == [_TIME]:
        problems.add(where, N_("The file has no column of readings."))
    problems.raise_if_any()
    return {name: n for n, name in enumerate(names)}


def _shown(name: str) -> str:
    return f'"{printable(name)}"'


def _rows(
    lines: Sequence[str], separator: str, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        next(reader, None)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        problems.add(_line(reader.line_num), N_("The quotation marks do not match."))


class _Reading:
    """Reads the rows of one file and counts."""

    def __init__(
        self,
        columns: dict[str, int],
        zone: ZoneInfo,
        common: dict[str, Any],
        *,
        decimal_comma: bool,
    ) -> None:
        self.problems = Problems()
        self._columns, self._common, self._comma = columns, common, decimal_comma
        self._quantities = [q for q in QUANTITIES if set(q.columns.values()) & columns.keys()]
        self._clock = WallClock(zone)
        self._observations: list[Observation] = []
        self._rows = self._kept = self._questioned = 0
        self._notes: list[str] = []
        self._more_notes = 0
        # Cells repeat: a monitor's numbers are few.
        self._known: dict[str, Decimal | None] = {}

    def row(self, number: int, cells: list[str]) -> None:
        """Take one row; what is wrong with it is noted as a problem."""
        self._rows += 1
        if len(cells) != len(self._columns):
            text = _(N_("The row has {found} cells, the header has {expected}."))
            self.problems.add(
                _line(number), text.format(found=len(cells), expected=len(self._columns))
            )
            return
        at = self._time(number, cells[self._columns[_TIME]])
        numbers = {
            name: self._number(number, name, cells[n])
            for name, n in self._columns.items()
            if name != _TIME
        }
        if at is None:
            return
        found = [r for q in self._quantities if (r := self._observation(number, q, numbers, at))]
        self._observations += found
        self._kept += bool(found)
        self._questioned += any(r.status is ObservationStatus.QUESTIONED for r in found)

    def _time(self, number: int, cell: str) -> PartialDate | None:
        try:
            at, remark = self._clock.read(cell.strip(), number)
        except ClockError as error:
            self.problems.add(_line(number), str(error))
            return None
        if remark:
            self._note(number, remark)
        return at

    def _number(self, number: int, name: str, cell: str) -> Decimal | None:
        """Return the number in ``cell``; None where there was no signal."""
        if cell in self._known:
            return self._known[cell]
        text = cell.strip()
        if self._comma:
            text = text.replace(",", ".", 1)
        if text and not _NUMBER.fullmatch(text):
            sentence = N_("The cell of {name} holds no number from 0 to 999999.")
            self.problems.add(_line(number), _(sentence).format(name=name))
            return None
        self._known[cell] = found = (Decimal(text) or None) if text else None
        return found

    def _observation(
        self, number: int, quantity: Quantity, numbers: dict[str, Decimal | None], at: PartialDate
    ) -> Observation | None:
        values: dict[str, Any] = {
            item: numbers.get(name) for item, name in quantity.columns.items()
        }
        if not any(values.values()):
            return None
        if None in values.values() and (missing := _missing(quantity, values)):
            text = _(N_("No signal in {names}, so the pressure of this row was left out."))
            self._note(number, text.format(names=" and ".join(missing)))
            return None
        reading = Observation(
            kind=quantity.kind,
            source=quantity.source,
            unit=quantity.unit,
            at=at,
            status=ObservationStatus.VALID,
            **values,
            **self._common,
        )
        return _questioned(reading)

    def _note(self, number: int, sentence: str) -> None:
        if len(self._notes) < MAX_PROBLEMS:
            self._notes.append(f"{_line(number)}: {sentence}")
        else:
            self._more_notes += 1

    def result(self) -> Parsed:
        """Return what was read, or refuse the file with all its problems."""
        if not self._rows:
            self.problems.add(_("The file"), N_("{path} holds no rows below its header."))
        self.problems.raise_if_any()
        more = [_("There are {n} more notes.").format(n=self._more_notes)]
        return Parsed(
            observations=tuple(self._observations),
            rows=self._rows,
            kept=self._kept,
            skipped=self._rows - self._kept,
            questioned=self._questioned,
            notes=(*self._notes, *(more if self._more_notes else ())),
        )


def _missing(quantity: Quantity, values: dict[str, Any]) -> list[str]:
    return [quantity.columns[item] for item in quantity.needed if values[item] is None]


def _questioned(reading: Observation) -> Observation:
    reason = _doubt(reading)
    if not reason:
        return reading
    return replace(reading, status=ObservationStatus.QUESTIONED, status_reason=reason)


def _doubt(reading: Observation) -> str:
    unit = reading.unit.symbol if reading.unit else ""
    for limit in beyond(reading, _PLAUSIBLE[reading.kind] if reading.kind else ()):
        text = _(N_("Outside what is plausible: {part} {low} to {high} {unit}."))
        return text.format(part=limit.part, low=limit.low, high=limit.high, unit=unit)
    upper, lower = reading.systolic, reading.diastolic
    if isinstance(upper, Decimal) and isinstance(lower, Decimal) and upper <= lower:
        return _(N_("The systolic pressure is not above the diastolic one."))
    return ""

"""The general column mapper: a person says once what the columns of a table are.

For layouts that nobody gave us a file of. The mapping is a small JSON file that a clinic keeps::

    {"format": "aeapp-columns/1", "name": "Capnograph, room 2", "separator": "tab",
     "decimal": ".", "header_line": 1, "missing": ["--"], "zone": "America/Chicago",
     "time": {"columns": ["DATE", "TIME"], "format": "%m/%d/%Y %H:%M:%S"}, "patient": "MRN",
     "columns": [{"column": "SpO2", "quantity": "spo2", "unit": "%", "source": "oximeter"},
                 {"column": "SYS", "quantity": "bp.systolic", "unit": "kPa", "source": "cuff"}]}
"""

from __future__ import annotations

import csv
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import Problems, rejected, text_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.mapping import MAX_COLUMNS, MappingReader, mapping_tree
from aeapp.domain.vitals.intake.measures import DIASTOLIC, MEAN, SYSTOLIC, VALUE, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock, TimeFormat
from aeapp.domain.vitals.intake.tabular import (
    NOTHING,
    Cell,
    ReadTime,
    Sheet,
    TablePlan,
    grouped,
    left_out,
    lines_of,
    place_of,
    refuse_too_many,
    rows_of,
)
from aeapp.domain.vitals.intake.units import USUAL, unit_for
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_, _

_KEYS = frozenset(
    {"format", "name", "separator", "decimal", "header_line", "missing", "zone", "time", "patient"}
    | {"columns"}
)
_TIME_KEYS, _COLUMN_KEYS = (
    frozenset({"columns", "format"}),
    frozenset({"column", "quantity", "unit", "source"}),
)
ISO, SECONDS, CLOCK = "iso", "seconds", "clock"


def _quantities() -> dict[str, tuple[ObservationKind, str]]:
    found = {kind.value: (kind, VALUE) for kind in USUAL}
    pressure = ObservationKind.BLOOD_PRESSURE
    del found[pressure.value]
    return found | {f"{pressure.value}.{part}": (pressure, part) for part in _PARTS}


_PARTS = (SYSTOLIC, DIASTOLIC, MEAN)
QUANTITIES = _quantities()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """What the columns of a table are.

    Attributes:
        header_line: Number of the line that holds the names, from 1.
        time: Columns of the time, joined by a blank.
        zone: Zone of the device's clock; None for that of the clinic.
        patient: Column with the number of the patient; empty where none has it.
    """

    name: str
    separator: str
    decimal_comma: bool
    header_line: int
    missing: frozenset[str]
    zone: zoneinfo.ZoneInfo | None
    time: tuple[str, ...]
    read_time: ReadTime
    cells: tuple[tuple[Cell, Measure, str], ...]
    patient: str = ""

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the names of the columns that it takes something from."""
        patient = (self.patient,) if self.patient else ()
        return (*self.time, *patient, *(cell.name for cell, _m, _g in self.cells))


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table with its mapping, ready to be read.

    Attributes:
        left: Names of the columns that nothing is taken from.
    """

    sheet: Sheet
    terms: Terms
    plan: TablePlan
    columns: ColumnMap
    left: tuple[str, ...]

    def gathering(self) -> Gathering:
        """Return where its readings go."""
        return Gathering(self.terms, self.columns.name)

    def patients(self, problems: Problems) -> Iterator[tuple[int, str]]:
        """Yield the number of each row that names its patient, and how it is named."""
        if not self.columns.patient:
            return
        sheet = self.sheet
        at = sheet.names.index(self.columns.patient)
        for number, cells in rows_of(sheet.lines[1:], sheet.separator, problems, sheet.first + 1):
            name = cells[at].strip() if at < len(cells) else ""
            if name.casefold() not in self.plan.missing:
                yield number, name


OTHER_PATIENT = N_("The row names another patient than the rows before it.")


def read_mapped(source: str | bytes, terms: Terms, columns: ColumnMap) -> Parsed:
    """Return the readings of a table by a mapping.

    Raises:
        ImportRejected: A mapped column is not there, or a row cannot be read.
    """
    table = mapped_table(source, terms, columns)
    gathering = table.gathering()
    if terms.zone_said and columns.zone is not None and columns.zone != terms.zone:
        text = _(N_("Times are read in {said}, as you said; the mapping names {mapped}."))
        gathering.remark(text.format(said=terms.zone.key, mapped=columns.zone.key))
    left_out(gathering, table.left)
    # What is wrong with quotation marks is told by who reads the readings.
    for number, name in table.patients(Problems()):
        gathering.names_patient = True
        gathering.patient_number = gathering.patient_number or name
        if name != gathering.patient_number:
            gathering.problems.add(place_of(number), OTHER_PATIENT)
    return table.sheet.read(gathering, table.terms.clock(), table.plan)


def mapped_table(source: str | bytes, terms: Terms, columns: ColumnMap) -> MappedTable:
    """Return a table cut as its mapping says.

    Raises:
        ImportRejected: It is no text, or a mapped column is not there.
    """
    lines = lines_of(text_of(source))
    refuse_too_many(lines, columns.separator)
    header = lines[columns.header_line - 1] if columns.header_line <= len(lines) else ""
    found = header_names(header, columns.separator)
    needed = {*columns.needed}
    if not needed <= {*found}:
        where = place_of(columns.header_line)
        raise rejected(where, N_("A column of the mapping does not stand in this line."))
    # Columns that are not taken may have no name, or all the same.
    names = [name if name in needed else f"\0{n}" for n, name in enumerate(found)]
    if columns.zone is not None and not terms.zone_said:
        terms = replace(terms, zone=columns.zone)
    plan = TablePlan(
        quantities=grouped(columns.cells),
        time=columns.time,
        read_time=columns.read_time,
        missing=NOTHING | columns.missing,
        decimal_comma=columns.decimal_comma,
    )
    sheet = Sheet(lines[columns.header_line - 1 :], columns.separator, names, columns.header_line)
    left = tuple(name for name in found if name and name not in needed)
    return MappedTable(sheet, terms, plan, columns, left)


def header_names(header: str, separator: str) -> list[str]:
    """Return the names in a header; a separator between quotation marks parts nothing."""
    cells = next(csv.reader([header], delimiter=separator), [])
    return [cell.strip(' "') for cell in cells or [""]]


def column_map(source: str | bytes) -> ColumnMap:
    """Return the mapping that a JSON file holds.

    Raises:
        ImportRejected: It is none; every mistake is named by its path.
    """
    return _Reader(mapping_tree(source)).map()


class _Reader(MappingReader):
    """Reads the mapping of a table of readings."""

    def map(self) -> ColumnMap:
        """Return the mapping, or refuse it with all its problems."""
        self.keys(self.tree, _KEYS, "")
        time = self.dict(self.tree.get("time"), "time")
        self.keys(time, _TIME_KEYS, "time.")
        found = ColumnMap(
            name=self.name(),
            separator=self.separator(),
            decimal_comma=self.decimal_comma(),
            header_line=self.header_line(),
            missing=self.missing(),
            zone=self.zone(),
            time=tuple(self.texts(time.get("columns"), "time.columns")),
            read_time=self._read_time(time.get("format")),
            cells=tuple(self._cells()),
            patient=self.text(self.tree["patient"], "patient") if "patient" in self.tree else "",
        )
        self.problems.raise_if_any()
        return found

    def _read_time(self, given: Any) -> ReadTime:
        text = self.text(given, "time.format")
        if text in _FIXED or not text:
            return _FIXED.get(text, _iso)
        try:
            form = TimeFormat(text)
        except ClockError as error:
            self.problems.add("time.format", str(error))
            return _iso

        def read(clock: DeviceClock, cell: str, line: int) -> tuple[PartialDate, str]:
            wall, has_second = form.read(cell)
            return clock.wall(wall, line, has_second=has_second)

        return read

    def _cells(self) -> Iterator[tuple[Cell, Measure, str]]:
        given = self.tree.get("columns")
        if not isinstance(given, list) or not 0 < len(given) <= MAX_COLUMNS:
            self.problems.add("columns", N_("{path} is missing or no list of 1 to 200 columns."))
            return
        taken: set[Measure] = set()
        for n, member in enumerate(given):
            path = f"columns[{n}]"
            cell = self._cell(self.dict(member, path), path)
            if cell is None:
                continue
            if cell[1] in taken:
                self.problems.add(path, N_("{path} measures what another column measures."))
            taken.add(cell[1])
            yield cell

    def _cell(self, given: dict[str, Any], path: str) -> tuple[Cell, Measure, str] | None:
        self.keys(given, _COLUMN_KEYS, path)
        name = self.text(given.get("column"), f"{path}.column")
        spelt = self.text(given.get("unit"), f"{path}.unit")
        quantity = QUANTITIES.get(_plain(given.get("quantity")))
        source = _source(given.get("source"))
        if quantity is None:
            text = _(N_("{path} is none of: {choices}."))
            self.problems.add(f"{path}.quantity", text.replace("{choices}", ", ".join(QUANTITIES)))
        if source is None:
            text = _(N_("{path} is none of: {choices}."))
            self.problems.add(
                f"{path}.source", text.replace("{choices}", ", ".join(ObservationSource))
            )
        if quantity is None or source is None:
            return None
        unit = unit_for(quantity[0], spelt)
        if unit is None:
            self.problems.add(f"{path}.unit", N_("{path} is no unit of this quantity."))
            return None
        return Cell(name, unit, spelt), Measure(quantity[0], source, quantity[1]), ""


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _source(value: Any) -> ObservationSource | None:
    return next((source for source in ObservationSource if source.value == value), None)


def _iso(clock: DeviceClock, text: str, line: int) -> tuple[PartialDate, str]:
    return clock.iso(text, line)


def _seconds(clock: DeviceClock, text: str, _line: int) -> tuple[PartialDate, str]:
    return clock.seconds(text)


def _clock(clock: DeviceClock, text: str, line: int) -> tuple[PartialDate, str]:
    return clock.of_day(text, line)


_FIXED: dict[str, ReadTime] = {ISO: _iso, SECONDS: _seconds, CLOCK: _clock}

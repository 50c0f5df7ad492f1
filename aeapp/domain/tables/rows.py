"""Read a table of records: each row by itself, what is wrong with it kept beside it.

Nothing is guessed: a cell that cannot be read is a problem of its row, an empty cell is an item
that nobody answered, and ``[UNK]`` and the like are reasons for having no value.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from aeapp.domain.codecs import from_json, read
from aeapp.domain.findings import item_problem
from aeapp.domain.items import FieldSpec, NullFlavor
from aeapp.domain.rejection import ImportRejected, Problems, rejected, text_of
from aeapp.domain.tables.plausible import implausible
from aeapp.domain.tables.record_map import (
    PROBLEM,
    SPECS,
    MappedColumn,
    RecordMap,
    TableKind,
    by_names,
)
from aeapp.domain.values import PartialDate, zone_named
from aeapp.domain.vitals.intake.moments import DateFormat
from aeapp.domain.vitals.intake.tabular import (
    lines_of,
    place_of,
    refuse_too_many,
    repeated_in,
    rows_of,
    separator_of,
    shown,
)
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

# A table that a spreadsheet may open has an apostrophe before what would be a formula.
_MAY_BE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_REASONS = {f"[{reason.value}]".casefold(): reason for reason in NullFlavor}
_NONE = "[none]"
_MOMENT = "moment"
# What a spreadsheet leaves where a formula failed: never somebody's name or number.
_ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"})
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(slots=True)
class TableRow:
    """One row.

    Attributes:
        line: Where it stands.
        cells: As they stand there, without the column of problems.
        values: What they say, by item; an item that nobody answered is not there.
        problems: What is wrong with it, in sentences without values.
    """

    line: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def wrong(self, sentence: str) -> None:
        """Note what is wrong with it, once."""
        if sentence not in self.problems:
            self.problems.append(sentence)


@dataclass(slots=True)
class RecordTable:
    """A table that was read.

    Attributes:
        before: Lines above the names.
        names: Of the columns, without that of problems.
        left_out: Columns that hold nothing this program takes.
    """

    map: RecordMap
    before: list[str]
    names: list[str]
    rows: list[TableRow]
    left_out: tuple[str, ...]

    @property
    def bad(self) -> list[TableRow]:
        """Return the rows with a problem."""
        return [row for row in self.rows if row.problems]


def read_table(
    source: str | bytes,
    kind: TableKind,
    columns: RecordMap | None,
    zone: str | None,
    today: dt.date,
) -> RecordTable:
    """Return the rows of a table.

    Args:
        source: The text of the table.
        kind: What its rows are.
        columns: What its columns are; None where they are called like the items.
        zone: Zone of times without an offset.
        today: The day after which nothing has happened yet.

    Raises:
        ImportRejected: The table itself cannot be read, or a mapped column is not there.
    """
    lines = lines_of(text_of(source))
    columns, names = _columns(lines, kind, columns)
    refuse_too_many(lines, columns.separator)
    at = columns.header_line
    kept = [n for n, name in enumerate(names) if name != PROBLEM]
    rows = _rows(lines, columns, _Reader(columns, names, zone, today), kept)
    used = {one.column for one in columns.columns} | {PROBLEM}
    return RecordTable(
        map=columns,
        before=lines[: at - 1],
        names=[names[n] for n in kept],
        rows=rows,
        left_out=tuple(name for name in names if name not in used),
    )


def _rows(
    lines: Sequence[str], columns: RecordMap, reader: _Reader, kept: Sequence[int]
) -> list[TableRow]:
    """Return the rows below the header.

    Raises:
        ImportRejected: There is none, or quotation marks are left open.
    """
    at, problems = columns.header_line, Problems()
    rows = [
        reader.row(number, cells, kept)
        for number, cells in rows_of(lines[at:], columns.separator, problems, first=at + 1)
    ]
    if not rows:
        problems.add(_("The file"), N_("{path} holds no rows below its header."))
    problems.raise_if_any()
    return rows


def unread_cells(table: RecordTable, column: str, today: dt.date) -> tuple[str, ...]:
    """Return each cell of a column that cannot be read as its item, as it stands, once."""
    # Zones place times, and no choice has one.
    reader = _Reader(table.map, table.names, None, today)
    mapped = next((one for one in table.map.columns if one.column == column), None)
    found: dict[str, None] = {}
    for row in table.rows if mapped is not None else ():
        if mapped is not None and len(row.cells) == len(table.names):
            cell = plain(row.cells[table.names.index(column)])
            if not reader.reads(mapped, cell):
                found.setdefault(cell)
    return tuple(found)


def unread_table(source: str | bytes, kind: TableKind, known: Callable[[str], bool]) -> RecordTable:
    """Return a table as it stands, for a reader of its own; ``known`` accepts its names.

    Raises:
        ImportRejected: It is no text, or too large.
    """
    lines = lines_of(text_of(source))
    separator = separator_of(lines[0], known)
    names = _names(lines[0], separator)
    kept = [n for n, name in enumerate(names) if name != PROBLEM]
    rows = [
        TableRow(number, [cells[n] for n in kept if n < len(cells)])
        for number, cells in rows_of(lines[1:], separator, Problems(), first=2)
    ]
    columns = RecordMap(kind=kind, separator=separator)
    return RecordTable(columns, [], [names[n] for n in kept], rows, ())


def told_by(table: RecordTable, refusal: ImportRejected) -> None:
    """Note each problem of a refusal with the row it is of.

    Raises:
        ImportRejected: It is of no row.
    """
    rows = {place_of(row.line): row for row in table.rows}
    if any(problem.path not in rows for problem in refusal.problems):
        raise refusal
    for path, text in refusal.problems:
        rows[path].wrong(text.removeprefix(f"{path}: "))


def _columns(
    lines: Sequence[str], kind: TableKind, given: RecordMap | None
) -> tuple[RecordMap, list[str]]:
    at = given.header_line if given else 1
    header = lines[at - 1] if at <= len(lines) else ""
    where = place_of(at)
    if given is None:
        separator = separator_of(header, lambda n: bool(by_names(kind, [n], ",").columns))
        names = _names(header, separator)
        given = by_names(kind, names, separator)
    else:
        names = _names(header, given.separator)
    if not given.columns:
        raise rejected(where, N_("No column of this line is an item that a row can hold."))
    if not {one.column for one in given.columns} <= {*names}:
        raise rejected(where, N_("A column of the mapping does not stand in this line."))
    items = [one.item for one in given.columns]
    twice = [*repeated_in(names), *repeated_in(items)]
    if twice:
        text = _(N_("The column {name} stands there twice.")).format(name=shown(twice[0]))
        raise rejected(where, text)
    return given, names


def _names(header: str, separator: str) -> list[str]:
    """Return the names in a header, which may stand in quotation marks."""
    cells = next(csv.reader([header], delimiter=separator), [])
    return [plain(cell) for cell in cells]


class _Reader:
    """Reads rows by a mapping."""

    def __init__(
        self, columns: RecordMap, names: Sequence[str], zone: str | None, today: dt.date
    ) -> None:
        self._map, self._width, self._today = columns, len(names), today
        self._named = {one.item: one.column for one in columns.columns}
        self._zone = zone_named(zone)
        self._at = {name: n for n, name in enumerate(names)}

    def row(self, number: int, cells: list[str], kept: Sequence[int]) -> TableRow:
        """Return one row with what it says and what is wrong with it."""
        if len(cells) != self._width:
            row = TableRow(number, cells)
            text = _(N_("The row has {found} cells, the header has {expected}."))
            row.wrong(text.format(found=len(cells), expected=self._width))
            return row
        row = TableRow(number, [cells[n] for n in kept])
        for one in self._map.columns:
            try:
                value = self._value(one, plain(cells[self._at[one.column]]))
            except (BadInputError, ClockError) as error:
                told = error.message if isinstance(error, BadInputError) else str(error)
                row.wrong(f"{one.column}: {told}")
                continue
            if value is not None:
                row.values[one.item] = value
        for item, sentence in implausible(self._map.kind, row.values, self._today):
            row.wrong(f"{self._named[item]}: {sentence}")
        return row

    def reads(self, column: MappedColumn, cell: str) -> bool:
        """Tell whether a cell can be read."""
        try:
            self._value(column, cell)
        except (BadInputError, ClockError):
            return False
        return True

    def _value(self, column: MappedColumn, cell: str) -> Any:
        """Return what a cell says; None where it says nothing.

        Raises:
            BadInputError: It cannot be read as its item.
            ClockError: It is no date of the format.
        """
        folded = cell.casefold()
        if not cell or folded in self._map.missing:
            return None
        if folded in column.values:
            return column.values[folded]
        if folded in _ERRORS:
            raise BadInputError(
                _(N_("The cell holds an error of a spreadsheet.")),
                remedy=_(N_("Correct the cell.")),
            )
        spec = SPECS[self._map.kind].get(column.item)
        if column.format is not None and folded not in _REASONS:
            return self._placed(_date(column.format, cell), spec)
        return cell if spec is None else self._read(spec, cell)

    def _read(self, spec: FieldSpec, cell: str) -> Any:
        if cell.casefold() in _REASONS:
            return from_json(spec, {"unknown": _REASONS[cell.casefold()].value})
        if spec.type is frozenset and (cell == _NONE or _are_codes(spec, cell)):
            return frozenset() if cell == _NONE else frozenset(map(spec.element, cell.split()))
        if spec.type is Decimal and self._map.decimal_comma:
            cell = cell.replace(",", ".", 1)
        value = read(spec, cell)
        sentence = item_problem(spec, value)
        if sentence:
            raise BadInputError(sentence, remedy=_(N_("Correct the cell.")))
        return self._placed(value, spec)

    def _placed(self, value: Any, spec: FieldSpec | None) -> Any:
        """Return a time with the offset of the clinic's clock; what a score has, as its text."""
        if not isinstance(value, PartialDate):
            return value
        if spec is not None and spec.item.widget != _MOMENT and _is_midnight(value):
            # So databases write a day; nobody said when in it somebody was born.
            return value.date_part()
        if value.has_time and value.offset is None and self._zone is not None:
            value = replace(value, offset=_offset(value, self._zone))
        return value.iso() if spec is None else value


def _date(form: DateFormat, cell: str) -> PartialDate:
    """Return a date by its format, or by ours: that is how a workbook gives its days.

    Raises:
        ClockError: It is written in neither way.
    """
    try:
        return form.date(cell)
    except ClockError:
        if not _WHOLE_DAY.match(cell):
            raise
        try:
            return PartialDate.parse(cell)
        except ValueError:
            raise ClockError(_(N_("No calendar and no clock has this time."))) from None


def _is_midnight(at: PartialDate) -> bool:
    return at.has_time and not (at.hour or at.minute or at.second)


def plain(cell: str) -> str:
    """Return a cell in one line, without the apostrophe of a harmless formula."""
    text = cell.strip()
    if text.startswith("'") and text[1:].startswith(_MAY_BE_FORMULA):
        text = text[1:].strip()
    # As the reader of workbooks does: the same table says the same either way.
    return text.replace("\n", " ")


def _are_codes(spec: FieldSpec, cell: str) -> bool:
    codes = {member.value for member in spec.element}
    return bool(cell.split()) and {*cell.split()} <= codes


def _offset(at: PartialDate, zone: dt.tzinfo) -> int:
    """Return the offset of a wall time.

    Raises:
        ClockError: The clocks showed it twice, or never.
    """
    wall = dt.datetime.fromisoformat(at.iso())
    shifts = {wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    shift = shifts.pop()
    if shifts or shift is None:
        raise ClockError(
            _(N_("The clocks showed this time twice or never: write its offset, such as -05:00."))
        )
    return int(shift.total_seconds() // 60)

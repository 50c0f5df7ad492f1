"""Turn records into rows of plain text and whole numbers, and back.

A column is TEXT or INTEGER, never a number type that rounds or a time type that drops the zone.
Generic over every record: an item added there has its column here without a line of code. Knows
no SQL; ``schema`` makes tables of these plans.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from aeapp.domain.codecs import clean_text
from aeapp.domain.items import Attribute, NullFlavor, Record, attributes_of
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_

Cell = str | int | None
Row = dict[str, Cell]

# A table cannot well be named after the SQL word.
TABLE_NAMES = {"case": "case_file"}


class Stored(Enum):
    """How a column is stored and sorted."""

    TEXT = "text"
    NUMBER_TEXT = "number as text"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Column:
    """One item or link as a column.

    Attributes:
        path: Where it stands in the record, or in the member of the repeat.
        null: Column of the reason, where the item takes reasons.
        link: Kind of record it points to, or "".
        nothing: What an empty cell means: no answer, or a link to nothing.
    """

    path: str
    name: str
    stored: Stored
    encode: Callable[[Any], Cell]
    decode: Callable[[Any], Any]
    null: str = ""
    link: str = ""
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How one section class is laid out over columns.

    Attributes:
        own: (attribute, column) of its own items and links.
        nested: (attribute, plan) of the sections inside it, flattened into the same table.
    """

    cls: type
    own: tuple[tuple[str, Column], ...]
    nested: tuple[tuple[str, Plan], ...]

    def columns(self) -> Iterator[Column]:
        """Yield every column, nested ones included."""
        for _attribute, column in self.own:
            yield column
        for _attribute, plan in self.nested:
            yield from plan.columns()

    def fill(self, section: Any, row: Row) -> None:
        """Write the items of ``section`` into ``row``."""
        for attribute, column in self.own:
            _put(column, getattr(section, attribute), row)
        for attribute, plan in self.nested:
            plan.fill(getattr(section, attribute), row)

    def read(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments that make the section again."""
        out: dict[str, Any] = {}
        # A session may hold thousands of readings: the loop calls nothing for an empty cell.
        for attribute, column in self.own:
            cell = row[column.name]
            if cell is None:
                reason = row[column.null] if column.null else None
                out[attribute] = column.nothing if reason is None else NullFlavor(reason)
            else:
                out[attribute] = column.decode(cell)
        for attribute, plan in self.nested:
            out[attribute] = plan.cls(**plan.read(row))
        return out


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeated section: a table with a line number."""

    attribute: str
    table: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Layout:
    """How one record class is laid out over a table and the tables of its repeats.

    Attributes:
        by_path: The columns of its table; a path inside a repeat is not among them.
    """

    cls: type[Record]
    table: str
    plan: Plan
    repeats: tuple[Repeat, ...]
    by_path: Mapping[str, Column]

    def row(self, record: Record) -> Row:
        """Return the record's row, without ``audit_seq``."""
        row: Row = {"id": record.id, "version": record.version}
        self.plan.fill(record, row)
        return row

    def lines(self, record: Record) -> dict[str, list[Row]]:
        """Return the rows of each repeat that has any, by table."""
        out: dict[str, list[Row]] = {}
        for repeat in self.repeats:
            rows: list[Row] = []
            for n, member in enumerate(getattr(record, repeat.attribute)):
                row: Row = {"record_id": record.id, "line": n}
                repeat.plan.fill(member, row)
                rows.append(row)
            if rows:
                out[repeat.table] = rows
        return out

    def record(
        self, row: Mapping[str, Any], lines: Mapping[str, list[Mapping[str, Any]]]
    ) -> Record:
        """Return the record that ``row`` and its ``lines`` hold."""
        repeats = {
            repeat.attribute: tuple(
                repeat.plan.cls(**repeat.plan.read(line)) for line in lines.get(repeat.table, ())
            )
            for repeat in self.repeats
        }
        return self.cls(id=row["id"], version=row["version"], **self.plan.read(row), **repeats)


def table_of(kind: str) -> str:
    """Return the table of a kind of record."""
    return TABLE_NAMES.get(kind, kind)


def layout_of(cls: type[Record]) -> Layout:
    """Return how ``cls`` is stored."""
    table = table_of(cls.KIND)
    repeats = tuple(
        Repeat(a.name, f"{table}__{a.name}", _plan(a.type, "", ""))
        for a in attributes_of(cls)
        if a.is_section and a.repeated
    )
    plan = _plan(cls, "", "", repeats_allowed=True)
    return Layout(cls, table, plan, repeats, {c.path: c for c in plan.columns()})


def _plan(cls: type, path: str, name: str, *, repeats_allowed: bool = False) -> Plan:
    own, nested = [], []
    for a in attributes_of(cls):
        if not a.is_section:
            own.append((a.name, _column(a, path + a.name, name + a.name)))
        elif not a.repeated:
            nested.append((a.name, _plan(a.type, f"{path}{a.name}.", f"{name}{a.name}_")))
        elif not repeats_allowed:
            msg = f"{cls.__name__}.{a.name}: a repeat below a section has no table"
            raise TypeError(msg)
    return Plan(cls, tuple(own), tuple(nested))


def _column(a: Attribute, path: str, name: str) -> Column:
    if a.link is not None:
        return Column(path, name, Stored.TEXT, _link_cell, str, link=a.link.kind, nothing="")
    stored, encode, decode = _codec(a)
    null = f"{name}_null" if a.item is not None and a.item.nulls else ""
    return Column(path, name, stored, encode, decode, null)


def _put(column: Column, value: Any, row: Row) -> None:
    if value is None:
        # Most items of most records are empty.
        if column.null:
            row[column.null] = None
        row[column.name] = None
        return
    reason = value.value if isinstance(value, NullFlavor) else None
    if column.null:
        row[column.null] = reason
    elif reason is not None:
        raise BadInputError(
            N_("An item that takes no reason was given one."),
            remedy=N_("Enter a value, or leave the item empty."),
        )
    row[column.name] = None if reason else column.encode(value)


# ------------------------------------------------------------------ value types


def _codec(a: Attribute) -> tuple[Stored, Callable[[Any], Cell], Callable[[Any], Any]]:
    if a.type is frozenset:
        return Stored.TEXT, set_cell, set_reader(a.element)
    if a.type in _SIMPLE:
        return _SIMPLE[a.type]
    if issubclass(a.type, StrEnum):
        return Stored.TEXT, _code, a.type
    msg = f"{a.name}: no column for {a.type.__name__}"
    raise TypeError(msg)


def _expect(value: Any, kind: type) -> None:
    if type(value) is not kind:
        msg = f"expected {kind.__name__}, not {type(value).__name__}"
        raise TypeError(msg)


# Without a control character or a letter that clean_text would refuse; the common case, fast.
_SAFE = re.compile("[ -~\r\n\t\u00a0-\u2029\u202f-\ud7ff]*")


def text_cell(value: Any) -> str:
    """Return ``value``; characters that no database keeps are refused, nothing is changed."""
    _expect(value, str)
    if not _SAFE.fullmatch(value):
        clean_text(value)
    return str(value)


def _code(value: Any) -> str:
    if not isinstance(value, StrEnum):
        msg = f"expected a code, not {type(value).__name__}"
        raise TypeError(msg)
    return value.value


def _link_cell(value: Any) -> str | None:
    _expect(value, str)
    return value or None


def _bool_cell(value: Any) -> int:
    _expect(value, bool)
    return int(value)


def _int_cell(value: Any) -> int:
    _expect(value, int)
    return int(value)


def decimal_cell(value: Any) -> str:
    """Return the digits as they are; what is not a finite number is refused."""
    _expect(value, Decimal)
    if not value.is_finite():
        raise BadInputError(N_("Expected a number such as 61.5."), remedy=N_("Correct the entry."))
    return format(value, "f")


def date_cell(value: Any) -> str:
    """Return a text that sorts in time order and still holds the date as it was given.

    Without an offset it is the date itself. With one, it is the UTC time, a space, and the offset
    of the clock it was read from: ``2026-11-16T15:44 -05:00`` was 10:44 on that clock.
    """
    _expect(value, PartialDate)
    if value.offset is None:
        return str(value.iso())
    utc = _shifted(value, -value.offset)
    size = "minutes" if value.second is None else "seconds"
    sign = "-" if value.offset < 0 else "+"
    hours, minutes = divmod(abs(value.offset), 60)
    return f"{utc.isoformat(timespec=size)} {sign}{hours:02d}:{minutes:02d}"


def date_value(cell: str) -> PartialDate:
    """Return the date that ``date_cell`` wrote."""
    moment, _space, zone = cell.partition(" ")
    if not zone:
        return PartialDate.parse(moment)
    offset = (int(zone[1:3]) * 60 + int(zone[4:6])) * (-1 if zone[0] == "-" else 1)
    wall = dt.datetime.fromisoformat(moment) + dt.timedelta(minutes=offset)
    second = wall.second if len(moment) > _TO_THE_MINUTE else None
    return PartialDate(wall.year, wall.month, wall.day, wall.hour, wall.minute, second, offset)


_TO_THE_MINUTE = len("2026-11-16T15:44")


def _shifted(date: PartialDate, minutes: int) -> dt.datetime:
    moment = dt.datetime(  # noqa: DTZ001 - from one clock to another, the offset kept beside it
        date.year,
        date.month or 1,
        date.day or 1,
        date.hour or 0,
        date.minute or 0,
        date.second or 0,
    )
    return moment + dt.timedelta(minutes=minutes)


def set_cell(value: Any) -> str:
    """Return the codes in order, a space between; "" for "asked, none of them"."""
    _expect(value, frozenset)
    return " ".join(sorted(_code(member) for member in value))


def set_reader(element: type) -> Callable[[str], frozenset[Any]]:
    """Return what reads ``set_cell`` back as members of ``element``."""

    def read(cell: str) -> frozenset[Any]:
        return frozenset(element(code) for code in cell.split(" ") if code)

    return read


_SIMPLE: dict[type, tuple[Stored, Callable[[Any], Cell], Callable[[Any], Any]]] = {
    str: (Stored.TEXT, text_cell, str),
    bool: (Stored.INTEGER, _bool_cell, bool),
    int: (Stored.INTEGER, _int_cell, int),
    Decimal: (Stored.NUMBER_TEXT, decimal_cell, Decimal),
    PartialDate: (Stored.TEXT, date_cell, date_value),
}

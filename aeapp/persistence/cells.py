"""Read some items of very many records without making records of them: for counts and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from aeapp.domain.items import NullFlavor
from aeapp.persistence import schema
from aeapp.persistence.columns import Column

PARTITION = 2000
# Dates and choices repeat; a text is turned into its value once.
_REMEMBERED = 8192


Stream = Callable[[sa.Select[Any]], Iterator[Sequence[Any]]]


def read_cells(
    read: Stream,
    kind: str,
    paths: Sequence[str],
    members: str,
    where: Mapping[str, Any],
    *,
    in_order: bool,
) -> Iterator[tuple[Any, ...]]:
    """Yield the id of each record and its items at ``paths``; see ``RecordStore.cells``."""
    table, columns = _place(kind, members)
    asked = [columns[path] for path in paths]
    key = table.c.record_id if members else table.c.id
    statement = sa.select(key, *(cell for column in asked for cell in _stored(table, column)))
    for path, value in where.items():
        column = columns[path]
        wanted = [column.encode(one) for one in (value if isinstance(value, tuple) else (value,))]
        statement = statement.where(table.c[column.name].in_(wanted))
    order = (key, table.c.line) if members else (key,)
    readers = [_reader(column) for column in asked]
    # In the order of ids each row is looked up by itself; as they lie they are read page by page.
    for rows in read(statement.order_by(*order) if in_order else statement):
        for row in rows:
            cells = iter(row)
            yield (next(cells), *(read(cells) for read in readers))


def _place(kind: str, members: str) -> tuple[sa.Table, Mapping[str, Column]]:
    record = schema.RECORDS[kind]
    if not members:
        return record.table, record.layout.by_path
    repeat = next(r for r in record.layout.repeats if r.attribute == members)
    table = next(t for t in record.lines if t.name == repeat.table)
    return table, {column.path: column for column in repeat.plan.columns()}


def _stored(table: sa.Table, column: Column) -> Iterator[sa.Column[Any]]:
    yield table.c[column.name]
    if column.null:
        yield table.c[column.null]


def _reader(column: Column) -> Callable[[Iterator[Any]], Any]:
    decode = lru_cache(_REMEMBERED)(column.decode)

    def value_of(cell: Any, reason: str | None) -> Any:
        if cell is not None:
            return decode(cell)
        return column.nothing if reason is None else NullFlavor(reason)

    if column.null:
        return lambda cells: value_of(next(cells), next(cells))
    return lambda cells: value_of(next(cells), None)

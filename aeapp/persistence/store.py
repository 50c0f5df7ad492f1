"""Read records and the trail inside a transaction. Writing records is ``uow``'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from aeapp.domain.items import NullFlavor, Record
from aeapp.persistence import schema
from aeapp.persistence.cells import PARTITION, Stream, read_cells
from aeapp.persistence.columns import Stored
from aeapp.persistence.schema import AUDIT, META, RecordTable
from aeapp.services.ports import NotFoundError
from aeapp.trail.canonical import canonical
from aeapp.trail.chain import Head, genesis
from aeapp.trail.entry import TrailEntry

Run = Callable[..., sa.Result[Any]]
_CHUNK = 1000


class SqlRecords:
    """The records as one transaction sees them."""

    def __init__(self, run: Run, stream: Stream, dialect: str) -> None:
        self._run, self._stream, self._dialect = run, stream, dialect

    def get(self, kind: str, id: str) -> Record:  # noqa: A002 - the record's own word
        """Return the record; raise NotFoundError where there is none."""
        found = self.many(kind, [id])
        if not found:
            raise NotFoundError(kind)
        return found[0]

    def find(self, kind: str, **equal: Any) -> list[Record]:
        """Return the records whose links and items equal ``equal``, oldest first."""
        return self.query(kind, where=equal)

    def query(
        self,
        kind: str,
        *,
        where: Mapping[str, Any] | None = None,
        contains: Mapping[str, str] | None = None,
        order_by: Sequence[str] = (),
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Record]:
        """Return one page of records."""
        record = schema.RECORDS[kind]
        shape, values = _shape(record, where or {})
        if shape is not None and not contains and not offset:
            plain = _plain(kind, shape, tuple(order_by), descending=descending, limit=limit)
            return self._with_lines(record, self._run(plain, values).all())
        statement = self._filtered(sa.select(record.table), record, where, contains)
        statement = _page(
            statement, record, order_by, descending=descending, limit=limit, offset=offset
        )
        return self._with_lines(record, self._run(statement).all())

    def ids(
        self,
        kind: str,
        *,
        where: Mapping[str, Any] | None = None,
        contains: Mapping[str, str] | None = None,
        order_by: Sequence[str] = (),
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:
        """Return the ids of the same records."""
        record = schema.RECORDS[kind]
        statement = self._filtered(sa.select(record.table.c.id), record, where, contains)
        statement = _page(
            statement, record, order_by, descending=descending, limit=limit, offset=offset
        )
        return list(self._run(statement).scalars())

    def walk(self, kind: str, size: int = _CHUNK) -> Iterator[list[Record]]:
        """Yield every record of a kind in the order of ids, ``size`` of them at a time."""
        record = schema.RECORDS[kind]
        cell = record.table.c.id
        page = sa.select(record.table).where(cell > sa.bindparam("after")).order_by(cell)
        page, after = page.limit(size), ""
        while rows := self._run(page, {"after": after}).all():
            yield self._with_lines(record, rows)
            after = rows[-1].id

    def many(self, kind: str, ids: Sequence[str]) -> list[Record]:
        """Return the records in the order of ``ids``."""
        record = schema.RECORDS[kind]
        found: dict[str, Record] = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = list(ids[start : start + _CHUNK])
            rows = self._run(*_asked(_BY_ID[kind], _BY_IDS[kind], chunk)).all()
            found |= {r.id: r for r in self._with_lines(record, rows)}
        return [found[i] for i in ids if i in found]

    def count(
        self,
        kind: str,
        *,
        where: Mapping[str, Any] | None = None,
        contains: Mapping[str, str] | None = None,
    ) -> int:
        """Return how many records there are."""
        record = schema.RECORDS[kind]
        statement = sa.select(sa.func.count()).select_from(record.table)
        return int(self._run(self._filtered(statement, record, where, contains)).scalar_one())

    def cells(
        self,
        kind: str,
        paths: Sequence[str],
        *,
        members: str = "",
        where: Mapping[str, Any] | None = None,
        in_order: bool = True,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the id of each record and its items at ``paths``."""
        read = self._whole if in_order else self._stream
        return read_cells(read, kind, paths, members, where or {}, in_order=in_order)

    def _whole(self, statement: sa.Select[Any]) -> Iterator[Sequence[Any]]:
        yield from self._run(statement).partitions(PARTITION)

    def unlinked(
        self, kind: str, by: str, link: str, *, where: Mapping[str, Any] | None = None
    ) -> list[str]:
        """Return the ids of the records to which no record of kind ``by`` links, oldest first."""
        record, other = schema.RECORDS[kind], schema.RECORDS[by]
        cell = record.table.c.id
        linked = sa.exists().where(other.table.c[_name(other, link)] == cell)
        statement = self._filtered(sa.select(cell), record, where, None).where(~linked)
        return list(self._run(statement.order_by(cell)).scalars())

    def tally(
        self, kind: str, link: str, ids: Sequence[str], newest: str
    ) -> dict[str, tuple[int, Any]]:
        """Return how many records link to each of ``ids``, and the latest date at ``newest``."""
        record = schema.RECORDS[kind]
        date = record.layout.by_path[newest]
        cell, top = record.table.c[_name(record, link)], sa.func.max(record.table.c[date.name])
        query = sa.select(cell, sa.func.count(), top).where(_ids_in(cell)).group_by(cell)
        out: dict[str, tuple[int, Any]] = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = list(ids[start : start + _CHUNK])
            rows: Sequence[Any] = self._run(query, {"ids": chunk}).all()
            for key, count, latest in rows:
                out[key] = (count, None if latest is None else date.decode(latest))
        return out

    def highest(self, kind: str, name: str, prefix: str) -> str:
        """Return the greatest text of item ``name`` that begins with ``prefix``, or ""."""
        record = schema.RECORDS[kind]
        cell = record.table.c[record.layout.by_path[name].name]
        statement = (
            sa.select(cell)
            .where(cell.startswith(prefix, autoescape=True))
            .order_by(sa.func.length(cell).desc(), cell.desc())
            .limit(1)
        )
        return str(self._run(statement).scalar() or "")

    def _filtered(
        self,
        statement: sa.Select[Any],
        record: RecordTable,
        where: Mapping[str, Any] | None,
        contains: Mapping[str, str] | None,
    ) -> sa.Select[Any]:
        for path, value in (where or {}).items():
            statement = statement.where(_equals(record, path, value))
        for path, text in (contains or {}).items():
            cell = record.table.c[_name(record, path)]
            statement = statement.where(_holds(cell, text, self._dialect))
        return statement

    def _with_lines(self, record: RecordTable, rows: Sequence[sa.Row[Any]]) -> list[Record]:
        # Not by mappings(), which look every name up once more in every row.
        names = record.table.columns.keys()
        cells = [dict(zip(names, row, strict=True)) for row in rows]
        lines: dict[str, dict[str, list[Any]]] = {row["id"]: {} for row in cells}
        ids = list(lines)
        for table in record.lines:
            for start in range(0, len(ids), _CHUNK):
                chunk = ids[start : start + _CHUNK]
                asked = _asked(_LINES_OF_ONE[table.name], _LINES_OF[table.name], chunk)
                for line in self._run(*asked).mappings():
                    lines[line["record_id"]].setdefault(table.name, []).append(line)
        return [record.layout.record(row, lines[row["id"]]) for row in cells]


def _ids_in(column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    return column.in_(sa.bindparam("ids", expanding=True))


def _asked(
    one: sa.Select[Any], many: sa.Select[Any], ids: list[str]
) -> tuple[sa.Select[Any], dict[str, Any]]:
    # A list of ids makes SQLAlchemy write the statement anew each time.
    return (one, {"id": ids[0]}) if len(ids) == 1 else (many, {"ids": ids})


# Made once: building a statement costs more than running it.
_BY_ID = {
    kind: sa.select(r.table).where(r.table.c.id == sa.bindparam("id"))
    for kind, r in schema.RECORDS.items()
}
_BY_IDS = {
    kind: sa.select(r.table).where(_ids_in(r.table.c.id)) for kind, r in schema.RECORDS.items()
}
_LINES_OF_ONE = {
    t.name: sa.select(t).where(t.c.record_id == sa.bindparam("id")).order_by(t.c.line)
    for r in schema.RECORDS.values()
    for t in r.lines
}
_LINES_OF = {
    t.name: sa.select(t).where(_ids_in(t.c.record_id)).order_by(t.c.record_id, t.c.line)
    for r in schema.RECORDS.values()
    for t in r.lines
}


def _name(record: RecordTable, path: str) -> str:
    return "id" if path == "id" else record.layout.by_path[path].name


def _equals(record: RecordTable, path: str, value: Any) -> sa.ColumnElement[bool]:
    if isinstance(value, list | tuple):
        return sa.or_(sa.false(), *(_equals(record, path, member) for member in value))
    if path == "id":
        return _same(record.table.c.id, value)
    column = record.layout.by_path[path]
    cell = record.table.c[column.name]
    if isinstance(value, NullFlavor):
        return _same(record.table.c[column.null], value.value)
    wanted = None if value is None else column.encode(value)
    if wanted is not None:
        return _same(cell, wanted)
    unexplained = record.table.c[column.null].is_(None) if column.null else sa.true()
    return sa.and_(cell.is_(None), unexplained)


Shape = tuple[tuple[str, bool], ...]


def _shape(record: RecordTable, where: Mapping[str, Any]) -> tuple[Shape | None, dict[str, Any]]:
    """Return which cells must equal a value and which be empty, and the values to bind.

    None where something else is asked: one of several values, or a reason.
    """
    shape: list[tuple[str, bool]] = []
    values: dict[str, Any] = {}
    for n, (path, value) in enumerate(where.items()):
        if isinstance(value, list | tuple | NullFlavor):
            return None, {}
        plain = value is None or path == "id"
        cell = value if plain else record.layout.by_path[path].encode(value)
        shape.append((path, cell is not None))
        if cell is not None:
            values[f"equal_{n}"] = cell
    return tuple(shape), values


@lru_cache(maxsize=512)
def _plain(
    kind: str, shape: Shape, order_by: tuple[str, ...], *, descending: bool, limit: int | None
) -> sa.Select[Any]:
    """Return the statement of a plain question, made once: that costs more than to ask it."""
    record = schema.RECORDS[kind]
    statement = sa.select(record.table)
    for n, (path, filled) in enumerate(shape):
        cell = record.table.c[_name(record, path)]
        is_equal = _same(cell, sa.bindparam(f"equal_{n}"))
        statement = statement.where(is_equal if filled else _equals(record, path, None))
    return _page(statement, record, order_by, descending=descending, limit=limit, offset=0)


def _same(cell: sa.Column[Any], value: object) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = cell == value
    return found


def _holds(cell: sa.Column[Any], text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Return the condition that ``text`` stands in ``cell``, without regard to case."""
    if dialect == "sqlite":
        place = sa.func.instr(sa.func.aeapp_fold(cell), text.casefold(), type_=sa.Integer)
    else:
        folded = sa.func.lower(cell.collate("und-x-icu"))
        place = sa.func.strpos(folded, text.lower(), type_=sa.Integer)
    return place > 0


def _page(
    statement: sa.Select[Any],
    record: RecordTable,
    order_by: Sequence[str],
    *,
    descending: bool,
    limit: int | None,
    offset: int,
) -> sa.Select[Any]:
    for path in (*order_by, "id"):
        cell: sa.ColumnElement[Any] = record.table.c[_name(record, path)]
        if path != "id" and record.layout.by_path[path].stored is Stored.NUMBER_TEXT:
            cell = sa.cast(cell, sa.Numeric)
        down = cell.desc().nulls_last()
        statement = statement.order_by(down if descending else cell.asc().nulls_first())
    if limit is not None:
        statement = statement.limit(limit)
    return statement.offset(offset) if offset else statement


# ------------------------------------------------------------------ the trail

# Without a limit, to which SQLAlchemy adds an offset that SQLite prepares anew each time.
_NEWEST = sa.select(sa.func.max(AUDIT.c.seq)).scalar_subquery()
_HEAD = sa.select(AUDIT.c.seq, AUDIT.c.h, AUDIT.c.at).where(AUDIT.c.seq == _NEWEST)
_INSTALL = sa.select(META.c.value).where(META.c.name == "install")
_ENTRY = sa.select(AUDIT.c.seq, AUDIT.c.h, AUDIT.c.payload)
LINK = sa.select(
    AUDIT.c.seq, AUDIT.c.prev, AUDIT.c.payload_hash, AUDIT.c.h, AUDIT.c.payload
).order_by(AUDIT.c.seq)


# Word for word as in the index, which is used for nothing else.
_CHANGED_NONE = AUDIT.c.version.is_(None)


def read_head(run: Run) -> tuple[Head, str]:
    """Return the newest entry and its time; the genesis and "" before the first."""
    row = run(_HEAD).first()
    if row is None:
        return Head(0, genesis(run(_INSTALL).scalar_one())), ""
    return Head(row.seq, bytes(row.h)), row.at


def read_entries(run: Run, entity: str, entity_id: str) -> list[TrailEntry]:
    """Return the entries of one record, oldest first; the import that brought it included."""
    own = sa.and_(AUDIT.c.entity_id == entity_id, AUDIT.c.entity == entity)
    imported = sa.and_(
        _CHANGED_NONE, AUDIT.c.action == "import", AUDIT.c.payload.contains(f'"{entity_id}"')
    )
    rows = run(_ENTRY.where(sa.or_(own, imported)).order_by(AUDIT.c.seq))
    return [TrailEntry(r.seq, bytes(r.h), r.payload or "{}") for r in rows]


def read_entries_of(run: Run, ids: Sequence[str]) -> list[TrailEntry]:
    """Return the entries of several records, oldest first; imports of many rows not included."""
    found: list[TrailEntry] = []
    for start in range(0, len(ids), _CHUNK):
        rows = run(_ENTRY.where(AUDIT.c.entity_id.in_(ids[start : start + _CHUNK])))
        found += [TrailEntry(r.seq, bytes(r.h), r.payload or "{}") for r in rows]
    return sorted(found, key=lambda entry: entry.seq)


def read_last(run: Run, kind: str, record_id: str) -> TrailEntry:
    """Return the entry that wrote a stored record as it is now."""
    table = schema.RECORDS[kind].table
    wrote = sa.select(table.c.audit_seq).where(table.c.id == record_id).scalar_subquery()
    row = run(_ENTRY.where(AUDIT.c.seq == wrote)).one()
    return TrailEntry(row.seq, bytes(row.h), row.payload or "{}")


def read_by_action(run: Run, action: str) -> list[TrailEntry]:
    """Return the entries of one action that changed no single record, oldest first."""
    rows = run(_ENTRY.where(_CHANGED_NONE, AUDIT.c.action == action).order_by(AUDIT.c.seq))
    return [TrailEntry(r.seq, bytes(r.h), r.payload or "{}") for r in rows]


@lru_cache(maxsize=256)
def _newest_of(kinds: tuple[str, ...]) -> sa.CompoundSelect[Any]:
    """Return one statement for the newest entry of each kind; ids are bound by kind."""
    tables = ((kind, schema.RECORDS[kind].table) for kind in kinds)
    return sa.union_all(
        *(
            sa.select(sa.func.coalesce(sa.func.max(t.c.audit_seq), 0)).where(
                t.c.id.in_(sa.bindparam(kind, expanding=True))
            )
            for kind, t in tables
        )
    )


def read_head_of(run: Run, records: Sequence[tuple[str, str]]) -> Head:
    """Return the newest entry that wrote any of ``records``, given as (kind, id)."""
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in records:
        by_kind.setdefault(kind, []).append(record_id)
    newest = 0
    for start in range(0, max(map(len, by_kind.values()), default=0), _CHUNK):
        some = {kind: ids[start : start + _CHUNK] for kind, ids in by_kind.items()}
        asked = {kind: ids for kind, ids in some.items() if ids}
        newest = max(newest, *run(_newest_of(tuple(asked)), asked).scalars(), 0)
    row = run(sa.select(AUDIT.c.seq, AUDIT.c.h).where(AUDIT.c.seq == newest)).first()
    return Head(row.seq, bytes(row.h)) if row else read_head(run)[0]


def read_newest(run: Run, limit: int) -> list[TrailEntry]:
    """Return the latest entries, newest first."""
    rows = run(_ENTRY.order_by(AUDIT.c.seq.desc()).limit(limit))
    return [TrailEntry(r.seq, bytes(r.h), r.payload or "{}") for r in rows]


def read_all(run: Run) -> Iterator[TrailEntry]:
    """Yield every entry, oldest first."""
    for r in run(_ENTRY.order_by(AUDIT.c.seq)):
        yield TrailEntry(r.seq, bytes(r.h), r.payload or "{}")


def read_lines(run: Run) -> Iterator[str]:
    """Yield the trail as an exported file: a line that names it, then a line an entry."""
    head, _at = read_head(run)
    first = {
        "format": "aeapp-trail-1",
        "h": head.h.hex(),
        "install": run(_INSTALL).scalar_one(),
        "seq": head.seq,
    }
    yield canonical(first)
    for last in range(0, head.seq, _CHUNK):
        page = AUDIT.c.seq.between(last + 1, min(last + _CHUNK, head.seq))
        for row in run(LINK.where(page)):
            yield canonical(_line_of(row))


def _line_of(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "h": bytes(row.h).hex(),
        "payload": row.payload,
        "payload_hash": bytes(row.payload_hash).hex(),
        "prev": bytes(row.prev).hex(),
        "seq": row.seq,
    }

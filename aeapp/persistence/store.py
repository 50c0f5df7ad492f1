"""Read records, the trail and drafts inside a transaction. Writing records is ``uow``'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from aeapp.domain.items import NullFlavor, Record
from aeapp.kernel.clock import Clock, rfc3339
from aeapp.persistence import schema
from aeapp.persistence.columns import Stored
from aeapp.persistence.schema import AUDIT, DRAFT, META, RecordTable
from aeapp.services.ports import Draft, NotFoundError
from aeapp.trail.canonical import canonical
from aeapp.trail.chain import Head, genesis
from aeapp.trail.entry import TrailEntry

Run = Callable[..., sa.Result[Any]]
_CHUNK = 1000


class SqlRecords:
    """The records as one transaction sees them."""

    def __init__(self, run: Run, dialect: str) -> None:
        self._run, self._dialect = run, dialect

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
        statement = self._filtered(sa.select(record.table), record, where, contains)
        statement = _page(
            statement, record, order_by, descending=descending, limit=limit, offset=offset
        )
        return self._with_lines(record, self._run(statement).mappings().all())

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

    def many(self, kind: str, ids: Sequence[str]) -> list[Record]:
        """Return the records in the order of ``ids``."""
        record = schema.RECORDS[kind]
        found: dict[str, Record] = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = list(ids[start : start + _CHUNK])
            rows = self._run(_BY_IDS[kind], {"ids": chunk}).mappings().all()
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

    def _with_lines(self, record: RecordTable, rows: Sequence[sa.RowMapping]) -> list[Record]:
        lines: dict[str, dict[str, list[Any]]] = {row["id"]: {} for row in rows}
        ids = list(lines)
        for table in record.lines:
            for start in range(0, len(ids), _CHUNK):
                chunk = ids[start : start + _CHUNK]
                for line in self._run(_LINES_OF[table.name], {"ids": chunk}).mappings():
                    lines[line["record_id"]].setdefault(table.name, []).append(line)
        return [record.layout.record(dict(row), lines[row["id"]]) for row in rows]


def _ids_in(column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    return column.in_(sa.bindparam("ids", expanding=True))


# Made once: building a statement costs more than running it.
_BY_IDS = {
    kind: sa.select(r.table).where(_ids_in(r.table.c.id)) for kind, r in schema.RECORDS.items()
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

# Written out: a bound limit makes SQLite prepare the statement again each time.
_ONE: sa.ColumnElement[int] = sa.literal_column("1", sa.Integer)
_HEAD = sa.select(AUDIT.c.seq, AUDIT.c.h, AUDIT.c.at).order_by(AUDIT.c.seq.desc()).limit(_ONE)
_INSTALL = sa.select(META.c.value).where(META.c.name == "install")
_ENTRY = sa.select(AUDIT.c.seq, AUDIT.c.h, AUDIT.c.payload)
LINK = sa.select(
    AUDIT.c.seq, AUDIT.c.prev, AUDIT.c.payload_hash, AUDIT.c.h, AUDIT.c.payload
).order_by(AUDIT.c.seq)


def read_head(run: Run) -> tuple[Head, str]:
    """Return the newest entry and its time; the genesis and "" before the first."""
    row = run(_HEAD).first()
    if row is None:
        return Head(0, genesis(run(_INSTALL).scalar_one())), ""
    return Head(row.seq, bytes(row.h)), row.at


def read_entries(run: Run, entity: str, entity_id: str) -> list[TrailEntry]:
    """Return the entries of one record, oldest first; the import that brought it included."""
    own = sa.and_(AUDIT.c.entity_id == entity_id, AUDIT.c.entity == entity)
    imported = sa.and_(AUDIT.c.action == "import", AUDIT.c.payload.contains(f'"{entity_id}"'))
    rows = run(_ENTRY.where(sa.or_(own, imported)).order_by(AUDIT.c.seq))
    return [TrailEntry(r.seq, bytes(r.h), r.payload or "{}") for r in rows]


def read_last(run: Run, kind: str, record_id: str) -> TrailEntry:
    """Return the entry that wrote a stored record as it is now."""
    table = schema.RECORDS[kind].table
    wrote = sa.select(table.c.audit_seq).where(table.c.id == record_id).scalar_subquery()
    row = run(_ENTRY.where(AUDIT.c.seq == wrote)).one()
    return TrailEntry(row.seq, bytes(row.h), row.payload or "{}")


def read_by_action(run: Run, action: str) -> list[TrailEntry]:
    """Return the entries of one action, oldest first."""
    rows = run(_ENTRY.where(AUDIT.c.action == action).order_by(AUDIT.c.seq))
    return [TrailEntry(r.seq, bytes(r.h), r.payload or "{}") for r in rows]


def read_head_of(run: Run, records: Sequence[tuple[str, str]]) -> Head:
    """Return the newest entry that wrote any of ``records``, given as (kind, id)."""
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in records:
        by_kind.setdefault(kind, []).append(record_id)
    newest = 0
    for kind, ids in by_kind.items():
        table = schema.RECORDS[kind].table
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
            query = sa.select(sa.func.max(table.c.audit_seq)).where(table.c.id.in_(some))
            newest = max(newest, run(query).scalar() or 0)
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


# ------------------------------------------------------------------ drafts


class SqlDrafts:
    """Unsaved work; rows come and go without a trace, because nobody has signed for them."""

    def __init__(self, run: Run, lock: Callable[[], None], clock: Clock) -> None:
        self._run, self._lock, self._clock = run, lock, clock

    def append(self, user_id: str, scope: str, kind: str, payload: str) -> int:
        """Add a step to a user's draft of ``scope``; return its number, from 1."""
        self._lock()
        last = sa.select(sa.func.max(DRAFT.c.n)).where(_draft(user_id, scope))
        n = (self._run(last).scalar() or 0) + 1
        row = {"user_id": user_id, "scope": scope, "n": n, "kind": kind, "payload": payload}
        self._run(sa.insert(DRAFT), row | {"at": rfc3339(self._clock.now())})
        return int(n)

    def read(self, user_id: str, scope: str) -> list[Draft]:
        """Return the steps in order."""
        query = sa.select(DRAFT).where(_draft(user_id, scope)).order_by(DRAFT.c.n)
        return [Draft(r.n, r.kind, r.payload, r.at) for r in self._run(query)]

    def clear(self, user_id: str, scope: str) -> None:
        """Forget the draft."""
        self._lock()
        self._run(sa.delete(DRAFT).where(_draft(user_id, scope)))

    def scopes(self, user_id: str) -> list[str]:
        """Return what the user has drafts of, the oldest first."""
        query = (
            sa.select(DRAFT.c.scope)
            .where(DRAFT.c.user_id == user_id)
            .group_by(DRAFT.c.scope)
            .order_by(sa.func.min(DRAFT.c.id))
        )
        return list(self._run(query).scalars())


def _draft(user_id: str, scope: str) -> sa.ColumnElement[bool]:
    return sa.and_(DRAFT.c.user_id == user_id, DRAFT.c.scope == scope)

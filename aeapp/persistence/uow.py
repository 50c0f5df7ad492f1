"""One transaction: records saved together with their entries in the trail.

Reads begin as a reader; the first write takes the lock, and what it relies on is read again
behind the lock.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Self, TypeVar

import sqlalchemy as sa

from aeapp.domain import codecs, lens
from aeapp.domain.items import Record
from aeapp.kernel.clock import Clock
from aeapp.kernel.ids import IdFactory
from aeapp.persistence import blobs, connect, finding, guard, schema, store
from aeapp.persistence.cells import PARTITION
from aeapp.persistence.columns import Row
from aeapp.persistence.drafts import SqlDrafts
from aeapp.persistence.errors import StoreError, translated
from aeapp.persistence.known import Key, Known
from aeapp.persistence.pulse import Pulse
from aeapp.persistence.state import state_of
from aeapp.persistence.trail import SqlTrail
from aeapp.services.ports import ChangedElsewhereError, NotFoundError
from aeapp.trail.chain import Head
from aeapp.trail.entry import Actor, written

R = TypeVar("R", bound=Record)
_ROWS_AN_ENTRY = 1000


class SqlUnitOfWork:
    """One transaction on one connection; used by one thread.

    Attributes:
        records, trail, drafts, finding, blobs: What the transaction reads and writes.
    """

    def __init__(
        self,
        engine: sa.Engine,
        *,
        clock: Clock,
        new_id: IdFactory,
        pulse: Pulse,
        known: Known[Written],
        on_commit: Callable[[Head], None],
    ) -> None:
        self._engine = engine
        self._last = known
        self._written: dict[Key, tuple[int, Written]] = {}
        self._clock = clock
        self._new_id = new_id
        self._on_commit = on_commit
        self._connection: sa.Connection | None = None
        self._writing = False
        self.records = store.SqlRecords(self._run, self._stream, engine.dialect.name)
        self.finding = finding.SqlFinding(self._run, self.lock, engine.dialect.name)
        self.blobs = blobs.SqlBlobs(self._run, self.lock)
        self.drafts = SqlDrafts(self._run, self.lock, clock)
        self.trail = SqlTrail(self._run, self.lock, clock=clock, new_id=new_id, pulse=pulse)

    def __enter__(self) -> Self:
        with translated():
            self._connection = self._engine.connect()
        self._connection.execution_options(**{guard.UNIT_KEY: guard.UNIT})
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if isinstance(error, StoreError):
            # What the driver believes of a failed transaction is not to be relied on.
            connection.invalidate()
        connection.close()
        self._writing = False
        self._written.clear()
        self.trail.forget()
        self.finding.forget()

    def lock(self) -> None:
        """Let nobody else write from here to the end; what is read from here on is current."""
        if not self._writing:
            with translated():
                connect.begin_write(self._open())
            self._writing = True

    def commit(self) -> None:
        """Make the changes of the block last."""
        connection = self._open()
        self.finding.keep()
        try:
            with translated():
                connection.commit()
        except BaseException:
            # SQLite stays inside a transaction whose commit it refused; SQLAlchemy does not know.
            connection.invalidate()
            raise
        connect.end_write(connection)
        self._writing = False
        heads = self.trail.keep()
        if heads is not None:
            found, head = heads
            self._last.keep(self._written, after=found, head=head)
            self._on_commit(head)
        self._written.clear()

    def current(self, kind: str, id: str) -> Record | None:  # noqa: A002 - the record's own word
        """Return the record as nobody can change it before the end; None where there is none."""
        self.lock()
        found = self._latest(kind, id) if id else None
        return None if found is None else found.record

    def save(self, record: R, *, who: Actor, reason: str = "", action: str | None = None) -> R:
        """Store ``record`` with its entry; return it with its new version."""
        self.lock()
        stored = self._stored(record)
        changes = lens.diff(None if stored is None else stored.record, record)
        if stored is not None and not changes:
            return record
        new = dataclasses.replace(
            record, id=record.id or self._new_id(), version=record.version + 1
        )
        rows = RecordRows.of(new)
        before, after = _both_sides(changes)
        seq = self.trail.append(
            action=action or ("create" if stored is None else "update"),
            who=who,
            entity=new.KIND,
            entity_id=new.id,
            version=new.version,
            state=rows.state(),
            reason=reason,
            before=before if stored is not None else {},
            after=after,
        )
        self._write_rows(rows, seq, None if stored is None else stored.rows)
        self._written[new.KIND, new.id] = (seq, Written(new, rows))
        self.finding.touch(new, None if stored is None else changes)
        if stored is not None and any(path.endswith("_id") for path in changes):
            # What it no longer belongs to has lost its words.
            self.finding.touch(stored.record, changes)
        return new

    def save_bulk(self, records: Sequence[R], *, who: Actor, reason: str) -> list[R]:
        """Store many records of an import; new ones share an entry per 1,000 rows.

        A record that is stored already gets an entry of its own, because a shared entry holds
        hashes and no values: what it replaced would be lost.
        """
        self.lock()
        known = self._known(records)
        fresh = [
            dataclasses.replace(record, id=record.id or self._new_id(), version=1)
            for record in records
            if not record.version and record.id not in known
        ]
        for start in range(0, len(fresh), _ROWS_AN_ENTRY):
            self._import(fresh[start : start + _ROWS_AN_ENTRY], who, reason)
        imported = iter(fresh)
        return [
            self.save(record, who=who, reason=reason)
            if record.version or record.id in known
            else next(imported)
            for record in records
        ]

    def keep_anchor(self, row: Mapping[str, Any]) -> None:
        """Write down an anchor that has gone to its place outside."""
        self.lock()
        self._run(sa.insert(schema.ANCHOR), row)

    def _import(self, records: Sequence[Record], who: Actor, reason: str) -> None:
        rows = [RecordRows.of(record) for record in records]
        seq = self.trail.append(
            action="import",
            who=who,
            reason=reason,
            data={"count": len(rows)},
            rows=tuple((r.kind, str(r.row["id"]), 1, r.state()) for r in rows),
        )
        by_table: dict[str, list[Row]] = {}
        for r in rows:
            for table, lines in r.lines.items():
                by_table.setdefault(table, []).extend(lines)
        for r in rows:
            by_table.setdefault(r.table.name, []).append(r.row | {"audit_seq": seq})
        for table, cells in by_table.items():
            self._run(_INSERT[table], cells)
        for record in records:
            self.finding.touch(record)

    def _known(self, records: Sequence[Record]) -> set[str]:
        known: set[str] = set()
        for kind in {r.KIND for r in records}:
            ids = [r.id for r in records if kind == r.KIND and r.id]
            if ids:
                known |= {r.id for r in self.records.many(kind, ids)}
        return known

    def _stored(self, record: Record) -> Written | None:
        """Return what is stored, which must be what ``record`` was made from."""
        stored = self._latest(record.KIND, record.id) if record.id else None
        if stored is None and record.version:
            raise NotFoundError(record.KIND)
        if stored is not None and stored.record.version != record.version:
            raise self._changed_elsewhere(stored.record, record)
        return stored

    def _latest(self, kind: str, record_id: str) -> Written | None:
        """Return what is stored, behind the lock, read anew only where it may have changed."""
        key = (kind, record_id)
        if key in self._written:
            return self._written[key][1]
        written = self._last.standing(key, self.trail.found()) or self._as_written(key)
        if written is None:
            written = self._read(kind, record_id)
            if written is not None:
                # Kept without the number of its entry: it holds as long as nobody else writes.
                self._written[key] = (0, written)
        return written

    def _as_written(self, key: Key) -> Written | None:
        """Return what was written here last, where the row still has the number of that entry."""
        kept = self._last.get(key)
        if kept is None:
            return None
        kind, record_id = key
        seq, written = kept
        return written if self._run(_SEQ[kind], {"id": record_id}).scalar() == seq else None

    def _read(self, kind: str, record_id: str) -> Written | None:
        found = self.records.many(kind, [record_id])
        return Written(found[0], RecordRows.of(found[0])) if found else None

    def _changed_elsewhere(self, stored: Record, record: Record) -> ChangedElsewhereError:
        last = store.read_last(self._run, stored.KIND, stored.id).content
        return ChangedElsewhereError(
            record.KIND,
            paths=tuple(lens.diff(stored, record)),
            who=last.get("name", ""),
            at=last.get("at", ""),
        )

    def _write_rows(self, rows: RecordRows, seq: int, old: RecordRows | None) -> None:
        # Lines first: the row carries the number of the entry and so seals them.
        self._write_lines(rows, {} if old is None else old.lines)
        row = rows.row | {"audit_seq": seq}
        if old is None:
            self._run(_INSERT[rows.table.name], row)
            return
        # Only what changed: SQLite writes an index anew for every column that is set.
        changed = {name: cell for name, cell in row.items() if old.row.get(name, _NEW) != cell}
        self._run(_UPDATE[rows.table.name], changed | {"of": row["id"]})

    def _write_lines(self, rows: RecordRows, old: Mapping[str, list[Row]]) -> None:
        for table in rows.line_tables:
            new = rows.lines.get(table, [])
            if new == old.get(table, []):
                continue
            if table in old:
                self._run(_DELETE_LINES[table], {"of": rows.row["id"]})
            if new:
                self._run(_INSERT[table], new)

    def _run(self, statement: sa.Executable, parameters: Any = None) -> sa.Result[Any]:
        with translated():
            result = self._open().execute(statement, parameters)
            # Fetched here: a damaged page may show only while rows are read.
            return result.freeze()() if result.returns_rows else result

    def _stream(self, statement: sa.Select[Any]) -> Iterator[Sequence[Any]]:
        """Yield the rows of a large answer some at a time; the rest stays in the database.

        Nothing is stored before all of them are read, or it is closed.
        """
        with translated():
            result = self._open().execute(statement, execution_options={"yield_per": PARTITION})
            try:
                yield from result.partitions()
            finally:
                result.close()

    def _open(self) -> sa.Connection:
        if self._connection is None:
            msg = "the unit of work is used outside its block"
            raise RuntimeError(msg)
        return self._connection


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class RecordRows:
    """A record taken apart into its row and its lines."""

    kind: str
    table: sa.Table
    line_tables: tuple[str, ...]
    row: Row
    lines: dict[str, list[Row]]

    @classmethod
    def of(cls, record: Record) -> Self:
        """Take ``record`` apart."""
        tables = schema.RECORDS[record.KIND]
        layout = tables.layout
        names = tuple(t.name for t in tables.lines)
        return cls(record.KIND, tables.table, names, layout.row(record), layout.lines(record))

    def state(self) -> str:
        """Return the hash of the rows."""
        return state_of(self.table.name, self.row, self.lines)


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A record as it is stored, whole and taken apart."""

    record: Record
    rows: RecordRows


def _both_sides(
    changes: Mapping[str, tuple[Any, Any]],
) -> tuple[dict[str, Any], dict[str, Any]]:
    before = {path: written(codecs.to_json(old)) for path, (old, _new) in changes.items()}
    after = {path: written(codecs.to_json(new)) for path, (_old, new) in changes.items()}
    return before, after


_NEW = object()
_ALL_TABLES = [t for r in schema.RECORDS.values() for t in (r.table, *r.lines)]
# See triggers._when: with its default, SQLite would copy each page that a row touches.
_FAIL: dict[str, Any] = {"dialect": "sqlite"}
_INSERT = {t.name: sa.insert(t).prefix_with("OR FAIL", **_FAIL) for t in _ALL_TABLES}
_UPDATE = {
    r.table.name: sa.update(r.table)
    .where(r.table.c.id == sa.bindparam("of"))
    .prefix_with("OR FAIL", **_FAIL)
    for r in schema.RECORDS.values()
}
_SEQ = {
    kind: sa.select(r.table.c.audit_seq).where(r.table.c.id == sa.bindparam("id"))
    for kind, r in schema.RECORDS.items()
}
_DELETE_LINES = {
    t.name: sa.delete(t).where(t.c.record_id == sa.bindparam("of"))
    for r in schema.RECORDS.values()
    for t in r.lines
}

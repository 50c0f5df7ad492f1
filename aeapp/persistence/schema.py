"""The tables: those of records are derived, the others are written out here.

SQLite tables are STRICT. On PostgreSQL every text sorts by its bytes (collation C), so that both
databases answer in the same order. Triggers are made by ``triggers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from aeapp.domain.items import Record
from aeapp.domain.records import ALL_RECORDS
from aeapp.persistence.columns import Column, Layout, Plan, Repeat, Stored, layout_of, table_of

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INTEGER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
BYTES = sa.LargeBinary()

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s__%(column_0_N_name)s",
        "uq": "uq_%(table_name)s__%(column_0_N_name)s",
        "fk": "fk_%(table_name)s__%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Numbers and names that people say and that may therefore belong to one record only.
UNIQUE = {"case": ("number",), "staff": ("user_name",)}
# What lists are sorted by: with the id behind it, the ids in order come from the index alone.
SORTED = {"patient": ("code", "name"), "report": ("number",)}
# Dates whose latest is asked for with the number of records that link to something.
LATEST = {("session", "patient_id"): ("started",)}


# Any number will do, as long as every program of ours and every trigger takes the same lock.
CHAIN_LOCK = 0x0AEA_0001


def _table(
    name: str, *parts: sa.Column[Any] | sa.Index | sa.Constraint, with_rowid: bool = True
) -> sa.Table:
    return sa.Table(name, METADATA, *parts, sqlite_strict=True, sqlite_with_rowid=with_rowid)


def _to(target: str) -> sa.ForeignKey:
    # Checked at commit, because the entry, the row and its lines refer to each other.
    return sa.ForeignKey(target, deferrable=True, initially="DEFERRED")


def _audit_seq() -> sa.Column[Any]:
    return sa.Column("audit_seq", INTEGER, _to("audit.seq"), nullable=False)


# Each index is one page more in every save. ``h`` has none: triggers compute it from ``seq``. The
# entries that changed a record are found by the record, only the others by what was done.
_CHANGED_NO_RECORD = sa.text("version IS NULL")

AUDIT = _table(
    "audit",
    sa.Column("seq", INTEGER, primary_key=True, autoincrement=False),
    sa.Column("prev", BYTES, nullable=False),
    sa.Column("payload_hash", BYTES, nullable=False),
    sa.Column("h", BYTES, nullable=False),
    sa.Column("payload", TEXT),
    sa.Column("op_id", TEXT, nullable=False, unique=True),
    sa.Column("actor", TEXT, nullable=False),
    sa.Column("entity", TEXT),
    sa.Column("entity_id", TEXT),
    sa.Column("version", INTEGER),
    sa.Column("action", TEXT, nullable=False),
    sa.Column("at", TEXT, nullable=False),
    sa.Index(None, "entity_id"),
    sa.Index(None, "action", sqlite_where=_CHANGED_NO_RECORD, postgresql_where=_CHANGED_NO_RECORD),
)

# The rows that the newest import names, written by the trigger that takes its entry in: looking a
# row up in the entry's own text costs the length of the text for every row.
IMPORT_ROW = _table(
    "import_row",
    sa.Column("seq", INTEGER, primary_key=True, autoincrement=False),
    sa.Column("entity", TEXT, primary_key=True),
    sa.Column("entity_id", TEXT, primary_key=True),
    sa.Column("version", INTEGER, nullable=False),
    with_rowid=False,
)

ANCHOR = _table(
    "anchor",
    sa.Column("seq", INTEGER, nullable=False),
    sa.Column("h", BYTES, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("ref", TEXT, nullable=False),
    sa.Column("key_id", TEXT, nullable=False),
    sa.Column("sig", BYTES, nullable=False),
    sa.Column("at", TEXT, nullable=False),
)

# ``entity_version``, not ``version``: a signature is no record with versions of its own.
SIGNATURE = _table(
    "signature",
    sa.Column("id", TEXT, primary_key=True),
    sa.Column("entity", TEXT, nullable=False),
    sa.Column("entity_id", TEXT, nullable=False),
    sa.Column("entity_version", INTEGER, nullable=False),
    sa.Column("state_hash", BYTES, nullable=False),
    sa.Column("statement", TEXT, nullable=False),
    sa.Column("key_id", TEXT, nullable=False),
    sa.Column("sig", BYTES, nullable=False),
    _audit_seq(),
    sa.Index(None, "entity_id"),
)

SIGNING_KEY = _table(
    "signing_key",
    sa.Column("key_id", TEXT, primary_key=True),
    sa.Column("user_id", TEXT, nullable=False),
    sa.Column("public", BYTES, nullable=False),
    sa.Column("enrolled_by", TEXT, nullable=False),
    sa.Column("countersigned_by", TEXT),
    sa.Column("valid_from_seq", INTEGER, nullable=False),
    sa.Column("retired_at_seq", INTEGER),
    _audit_seq(),
)

DRAFT = _table(
    "draft",
    sa.Column("id", INTEGER, sa.Identity(always=False), primary_key=True),
    sa.Column("user_id", TEXT, nullable=False),
    sa.Column("scope", TEXT, nullable=False),
    sa.Column("n", INTEGER, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("payload", TEXT, nullable=False),
    sa.Column("at", TEXT, nullable=False),
    sa.UniqueConstraint("user_id", "scope", "n"),
)

# What search looks through, one row a place; made of records and made again at any time. The
# number is ours, so that it can be the row of the index too, and the newest has the lowest.
SEARCH = _table(
    "search_document",
    sa.Column("id", INTEGER, primary_key=True, autoincrement=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("record_id", TEXT, nullable=False),
    sa.Column("title", TEXT, nullable=False),
    sa.Column("second", TEXT, nullable=False),
    sa.Column("happened", TEXT, nullable=False),
    sa.Column("state", TEXT, nullable=False),
    sa.Column("serious", TEXT, nullable=False),
    sa.Column("products", TEXT, nullable=False),
    sa.Column("words", TEXT, nullable=False),
    sa.UniqueConstraint("kind", "record_id"),
)
# Places whose records were saved after their document was made; a search makes it first.
SEARCH_DUE = _table(
    "search_due",
    sa.Column("kind", TEXT, primary_key=True),
    sa.Column("record_id", TEXT, primary_key=True),
)
# The words are folded and parted before they come here, so the tokenizer has blanks to look for
# only. They stand in no order: no phrases are kept.
SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_document',"
    " content_rowid='id', tokenize='ascii', prefix='2 3 4 5 6 8', detail='none', columnsize=0)"
)
SEARCH_VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
SEARCH_WORDS = "ix_search_document__words"

# Files that belong to records, each only once; the record, and with it the trail, holds the hash,
# so that a changed content shows. Without a rowid the bytes would lie in the pages of the index.
BLOB = _table(
    "blob",
    sa.Column("sha256", TEXT, primary_key=True),
    sa.Column("content", BYTES, nullable=False),
)

META = _table(
    "meta",
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("value", TEXT, nullable=False),
)

# Alembic's own table, written here so that a new clinic needs no Alembic.
REVISION = sa.Table(
    "alembic_version",
    METADATA,
    sa.Column("version_num", sa.String(32), primary_key=True),
)


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A record's table, the tables of its repeats, and the plan between them and the class."""

    layout: Layout
    table: sa.Table
    lines: tuple[sa.Table, ...]


def _cell_columns(plan: Plan) -> Iterator[sa.Column[Any]]:
    for column in plan.columns():
        yield _cell_column(column)
        if column.null:
            yield sa.Column(column.null, TEXT)


def _cell_column(column: Column) -> sa.Column[Any]:
    if column.link:
        return sa.Column(column.name, TEXT, _to(f"{table_of(column.link)}.id"))
    return sa.Column(column.name, INTEGER if column.stored is Stored.INTEGER else TEXT)


def _link_indexes(table: str, plan: Plan) -> Iterator[sa.Index]:
    for c in plan.columns():
        if c.link:
            yield sa.Index(f"ix_{table}__{c.name}", c.name, *LATEST.get((table, c.name), ()))


def _record_table(cls: type[Record]) -> RecordTable:
    layout = layout_of(cls)
    table = _table(
        layout.table,
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("version", INTEGER, nullable=False),
        _audit_seq(),
        *_cell_columns(layout.plan),
        *(sa.Index(f"uq_{layout.table}__{n}", n, unique=True) for n in UNIQUE.get(cls.KIND, ())),
        *(sa.Index(None, n, "id") for n in SORTED.get(cls.KIND, ())),
        *_link_indexes(layout.table, layout.plan),
    )
    return RecordTable(layout, table, tuple(_line_table(layout, r) for r in layout.repeats))


def _line_table(layout: Layout, repeat: Repeat) -> sa.Table:
    return _table(
        repeat.table,
        sa.Column("record_id", TEXT, _to(f"{layout.table}.id"), primary_key=True),
        sa.Column("line", INTEGER, primary_key=True, autoincrement=False),
        *_cell_columns(repeat.plan),
        *_link_indexes(repeat.table, repeat.plan),
    )


RECORDS: dict[str, RecordTable] = {cls.KIND: _record_table(cls) for cls in ALL_RECORDS}

# Rows that may change only together with an entry of the trail.
REGULATED: frozenset[str] = frozenset(
    t.name for r in RECORDS.values() for t in (r.table, *r.lines)
) | {"signature", "signing_key"}
APPEND_ONLY: frozenset[str] = frozenset({"audit", "anchor", "signature", "blob"})


def ddl(dialect: sa.Dialect) -> list[str]:
    """Return the statements that make every table and index, in order, triggers left out."""
    out = []
    for table in METADATA.sorted_tables:
        out.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        out += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes]
    return [*out, search_ddl(dialect.name)]


def search_ddl(dialect: str) -> str:
    """Return the statement that makes the index of search, the one thing databases differ in."""
    if dialect == "sqlite":
        return SEARCH_INDEX
    return f"CREATE INDEX {SEARCH_WORDS} ON search_document USING gin ({SEARCH_VECTOR})"

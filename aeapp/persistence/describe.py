"""Say what tables, links, indexes and triggers a database has, and what it should have.

The two descriptions have the same shape, whatever the order of columns or the wording of the
statements that made them, so that one hash of it, the fingerprint, serves as the schema's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import registry

from aeapp.persistence import schema, triggers
from aeapp.trail.canonical import canonical
from aeapp.trail.chain import sha256

Description = dict[str, Any]


def fingerprint(description: Description) -> str:
    """Return the hash that names a schema."""
    return sha256(canonical(description)).hex()


def expected(dialect: sa.Dialect) -> Description:
    """Return what a database of this program looks like."""
    return _expected(dialect.name)


@cache
def _expected(name: str) -> Description:
    dialect: sa.Dialect = registry.load(name)()
    tables = schema.METADATA.sorted_tables
    code = triggers.triggers_for(dialect.name)
    return {
        "columns": sorted(
            [t.name, c.name, _type(c, dialect), int(not c.nullable)] for t in tables for c in t.c
        ),
        "links": sorted(
            [t.name, f.parent.name, f.column.table.name, f.column.name]
            for t in tables
            for f in t.foreign_keys
        ),
        "indexes": sorted(_indexes(tables, dialect.name)),
        "keys": sorted(_keys(tables)),
        "strict": sorted(t.name for t in tables if t.dialect_options["sqlite"]["strict"])
        if dialect.name == "sqlite"
        else [],
        "code": {t.name: _code(t, dialect.name) for t in code} | _search_code(dialect.name),
    }


def _indexes(tables: list[sa.Table], dialect: str) -> Iterator[list[Any]]:
    for table in tables:
        for index in table.indexes:
            columns = ",".join(c.name for c in index.columns)
            yield [str(index.name), table.name, int(index.unique), columns]
    if dialect != "sqlite":
        # Over an expression, which has no column.
        yield [schema.SEARCH_WORDS, schema.SEARCH.name, 0, None]


def _search_code(dialect: str) -> dict[str, str]:
    return {"search_index": schema.SEARCH_INDEX} if dialect == "sqlite" else {}


def _keys(tables: list[sa.Table]) -> Iterator[list[str]]:
    for table in tables:
        for key in table.constraints:
            if isinstance(key, sa.PrimaryKeyConstraint | sa.UniqueConstraint) and len(key.columns):
                kind = "pk" if isinstance(key, sa.PrimaryKeyConstraint) else "u"
                yield [table.name, kind, ",".join(c.name for c in key.columns)]


def _type(column: sa.Column[Any], dialect: sa.Dialect) -> str:
    name = str(column.type.compile(dialect=dialect)).lower()
    return "text" if name.startswith("text") else name


def _code(trigger: triggers.Trigger, dialect: str) -> str:
    if dialect == "sqlite":
        return trigger.sql
    if trigger.table:
        return f"on {trigger.table}"
    return trigger.sql.split("$$")[1]


def is_verbatim(connection: sa.Connection) -> bool:
    """Tell quickly whether an SQLite database holds this program's statements to the letter.

    True for every clinic that was made by this version; after an upgrade ``actual`` must tell.
    """
    if connection.dialect.name != "sqlite":
        return False
    query = f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {_OURS}"  # noqa: S608 - ours
    return {sql for (sql,) in _rows(connection, query)} == _statements()


@cache
def _statements() -> set[str]:
    tables = schema.ddl(registry.load("sqlite")())
    return {*tables, *(t.sql for t in triggers.triggers_for("sqlite"))}


def actual(connection: sa.Connection) -> Description:
    """Return what the database behind ``connection`` looks like."""
    if connection.dialect.name == "sqlite":
        return _sqlite(connection)
    return _postgresql(connection)


def _rows(connection: sa.Connection, query: str) -> list[list[Any]]:
    return [list(row) for row in connection.exec_driver_sql(query)]


# The tables that FTS5 makes for itself are its own business.
_OURS = "name NOT GLOB 'search_index_*'"
_SQLITE_TABLES = (
    "sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite|_%' ESCAPE '|'"
    " AND m.name NOT GLOB 'search_index*'"
)


def _sqlite(connection: sa.Connection) -> Description:
    def of(columns: str, pragma: str) -> list[list[Any]]:
        source = _SQLITE_TABLES.replace(" m WHERE", f" m, {pragma}(m.name) p WHERE")
        return _rows(connection, f"SELECT m.name, {columns} FROM {source}")  # noqa: S608 - our words

    indexes = _rows(
        connection,
        "SELECT l.name, m.name, l.\"unique\", (SELECT group_concat(i.name, ',')"
        " FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno) i)"
        " FROM sqlite_master m, pragma_index_list(m.name) l"
        " WHERE m.type = 'table' AND l.origin = 'c'",
    )
    primary = _rows(
        connection,
        "SELECT m.name, 'pk', (SELECT group_concat(c.name, ',')"
        " FROM (SELECT name FROM pragma_table_xinfo(m.name) WHERE pk > 0 ORDER BY pk) c) AS names"
        " FROM sqlite_master m WHERE m.type = 'table' AND names IS NOT NULL"
        " AND m.name NOT GLOB 'search_index*'",
    )
    unique = _rows(
        connection,
        "SELECT m.name, 'u', (SELECT group_concat(i.name, ',')"
        " FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno) i)"
        " FROM sqlite_master m, pragma_index_list(m.name) l"
        " WHERE m.type = 'table' AND l.origin = 'u'",
    )
    code = _rows(
        connection,
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name = 'search_index'",
    )
    strict = _rows(connection, "SELECT name FROM pragma_table_list WHERE strict = 1")
    return {
        "columns": sorted(of('p.name, lower(p.type), p."notnull"', "pragma_table_xinfo")),
        "links": sorted(of('p."from", p."table", p."to"', "pragma_foreign_key_list")),
        "indexes": sorted(indexes),
        "keys": sorted(primary + unique),
        "strict": sorted(name for (name,) in strict),
        "code": dict(code),
    }


def _postgresql(connection: sa.Connection) -> Description:
    return {
        "columns": sorted(_rows(connection, _PG_COLUMNS)),
        "links": sorted(_rows(connection, _PG_LINKS)),
        "indexes": sorted(_rows(connection, _PG_INDEXES)),
        "keys": sorted(_rows(connection, _PG_KEYS)),
        "strict": [],
        "code": dict(_rows(connection, _PG_FUNCTIONS) + _rows(connection, _PG_TRIGGERS)),
    }


_PG_COLUMNS = """
SELECT c.relname, a.attname,
  replace(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar'), a.attnotnull::int
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
WHERE a.attnum > 0 AND NOT a.attisdropped"""

_PG_LINKS = """
SELECT f.conrelid::regclass::text, a.attname, f.confrelid::regclass::text, b.attname
FROM pg_constraint f JOIN pg_namespace n ON n.oid = f.connamespace
  AND n.nspname = current_schema()
JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1]
WHERE f.contype = 'f'"""

_PG_INDEXES = """
SELECT i.relname, t.relname, x.indisunique::int,
  (SELECT string_agg(a.attname, ',' ORDER BY k.ord)
   FROM unnest(x.indkey) WITH ORDINALITY k(num, ord)
   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conindid = i.oid
  AND p.contype IN ('p', 'u'))"""

_PG_KEYS = """
SELECT k.conrelid::regclass::text, CASE k.contype WHEN 'p' THEN 'pk' ELSE 'u' END,
  (SELECT string_agg(a.attname, ',' ORDER BY o.ord)
   FROM unnest(k.conkey) WITH ORDINALITY o(num, ord)
   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num)
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
  AND n.nspname = current_schema() WHERE k.contype IN ('p', 'u')"""

_PG_FUNCTIONS = """
SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = current_schema()"""

_PG_TRIGGERS = """
SELECT t.tgname, CASE t.tgenabled WHEN 'O' THEN 'on ' ELSE 'off ' END || c.relname
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
WHERE NOT t.tgisinternal"""

"""Make the database itself refuse what the trail forbids, on SQLite and on PostgreSQL.

The audit table only grows, each entry is checked against the one before, and a regulated row
changes only together with a new entry for it. ``make_triggers`` is the one place that makes them:
a table that is rebuilt loses its triggers without a word, so every migration calls it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from aeapp.persistence import schema

PREFIX = "aeapp_"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger, or on PostgreSQL one function it calls (``table`` is "" then)."""

    name: str
    table: str
    sql: str


def triggers_for(dialect: str) -> list[Trigger]:
    """Return all triggers of a database of ``dialect``, functions first."""
    return list(_sqlite() if dialect == "sqlite" else _postgresql())


def make_triggers(connection: sa.Connection) -> None:
    """Replace every trigger of ours by the ones of this program."""
    dialect = connection.dialect.name
    drop_triggers(connection)
    for trigger in triggers_for(dialect):
        # psycopg reads a single % as a placeholder.
        sql = trigger.sql if dialect == "sqlite" else trigger.sql.replace("%", "%%")
        connection.exec_driver_sql(sql)


def drop_triggers(connection: sa.Connection) -> None:
    """Take our triggers away, inside a migration that makes them again at its end."""
    for name, table in _present(connection):
        on = f' ON "{table}"' if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"{on}')


def _present(connection: sa.Connection) -> list[tuple[str, str]]:
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT DISTINCT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c"
        " ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
    )
    found = connection.exec_driver_sql(query).all()
    return [(name, table) for name, table in found if name.startswith(PREFIX)]


# ------------------------------------------------------------------ SQLite

_NEWEST = "(SELECT max(seq) FROM audit)"
_COPIES = {
    "op_id": "op",
    "actor": "actor",
    "action": "action",
    "at": "at",
    "seq": "seq",
    "entity": "entity",
    "entity_id": "entity_id",
    "version": "version",
}


def _sqlite() -> Iterator[Trigger]:
    yield from _sqlite_audit()
    yield _when("anchor", "INSERT", _NO_ANCHORED_ENTRY, "an anchor needs its entry")
    yield _when("signature", "INSERT", _NO_ENTRY_FOR_SIGNATURE, "no entry for this signature")
    yield _when("signing_key", "INSERT", _NOT_NEWEST, "no entry for this key")
    changed = f"{_NOT_NEWEST} OR NEW.audit_seq <= OLD.audit_seq"
    yield _when("signing_key", "UPDATE", changed, "no entry for this key")
    for table in _ADDED_ONLY:
        yield _when(table, "UPDATE", "1", "rows are only ever added")
    for table in (*_ADDED_ONLY, "signing_key", "meta"):
        yield _when(table, "DELETE", "1", "rows are never deleted")
    yield _when("meta", "UPDATE", "OLD.name = 'install'", "the installation is fixed")
    yield _when("import_row", "INSERT", f"NEW.seq IS NOT {_NEWEST} + 1", "no entry for this row")
    yield _when("import_row", "UPDATE", "1", "rows are only ever added")
    for kind, record in schema.RECORDS.items():
        yield from _sqlite_record(kind, record.table.name)
        for lines in record.lines:
            yield from _sqlite_lines(kind, record.table.name, lines.name)


_ADDED_ONLY = ("audit", "anchor", "signature", "blob")
_NOT_NEWEST = f"NEW.audit_seq IS NOT {_NEWEST}"
_NO_ANCHORED_ENTRY = "NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND h = NEW.h)"
_NO_ENTRY_FOR_SIGNATURE = (
    f"{_NOT_NEWEST} OR NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.audit_seq"
    " AND entity = NEW.entity AND entity_id = NEW.entity_id)"
)


def _when(table: str, event: str, condition: str, what: str) -> Trigger:
    """Return a trigger that refuses a row.

    FAIL and a condition without a function, because SQLite copies every page that a statement
    touches as soon as a trigger may abort it halfway, and calling a function may. A row is
    refused before anything of it is written, so that nothing would have to be put back.
    """
    name = f"{PREFIX}{table}_{event.lower()}"
    body = f"SELECT RAISE(FAIL, 'trail: {what}');"
    sql = (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"\nWHEN {condition}\n'
        f"BEGIN\n  {body}\nEND"
    )
    return Trigger(name, table, sql)


def _sqlite_audit() -> Iterator[Trigger]:
    copies = " OR ".join(
        f"NEW.{column} IS NOT json_extract(NEW.payload, '$.{key}')"
        for column, key in _COPIES.items()
    )
    checks = {
        "seq": f"NEW.seq IS NOT coalesce({_NEWEST}, 0) + 1",
        "prev": "NEW.prev IS NOT coalesce((SELECT h FROM audit ORDER BY seq DESC LIMIT 1),"
        " aeapp_genesis((SELECT value FROM meta WHERE name = 'install')))",
        "hash": "NEW.payload IS NULL OR NEW.payload_hash IS NOT aeapp_sha256(NEW.payload)"
        " OR NEW.h IS NOT aeapp_link(NEW.seq, NEW.prev, NEW.payload_hash)",
        "copies": copies,
    }
    body = "\n".join(
        f"  SELECT RAISE(ABORT, 'trail: {what}') WHERE {condition};"
        for what, condition in checks.items()
    )
    name = f"{PREFIX}audit_insert"
    sql = f'CREATE TRIGGER "{name}" BEFORE INSERT ON "audit"\nBEGIN\n{body}\n{_NAMED_ROWS}\nEND'
    yield Trigger(name, "audit", sql)


# A row that somebody prepared for an entry still to come covers nothing, and stops nobody's work.
_NAMED_ROWS = """\
  DELETE FROM import_row WHERE seq >= NEW.seq;
  DELETE FROM import_row WHERE NEW.action = 'import' AND seq < NEW.seq;
  INSERT INTO import_row (seq, entity, entity_id, version)
    SELECT NEW.seq, json_extract(value, '$[0]'), json_extract(value, '$[1]'),
      json_extract(value, '$[2]')
    FROM json_each(NEW.payload, '$.rows') WHERE NEW.action = 'import';"""


def _covered(kind: str, record_id: str, version: str) -> str:
    """Return the condition that the newest entry is the one for this row's new version."""
    named = f"entity = '{kind}' AND entity_id = {record_id} AND version = {version}"
    return (
        f"(EXISTS (SELECT 1 FROM audit WHERE seq = {_NEWEST} AND {named})"
        f" OR EXISTS (SELECT 1 FROM import_row WHERE seq = {_NEWEST} AND {named}))"
    )


def _sqlite_record(kind: str, table: str) -> Iterator[Trigger]:
    covered = f"{_NOT_NEWEST} OR NOT {_covered(kind, 'NEW.id', 'NEW.version')}"
    first = f"NEW.version IS NOT 1 OR {covered}"
    next_one = (
        "NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1"
        f" OR NEW.audit_seq <= OLD.audit_seq OR {covered}"
    )
    yield _when(table, "INSERT", first, "no entry for this row")
    yield _when(table, "UPDATE", next_one, "no entry for this row")
    yield _when(table, "DELETE", "1", "rows are never deleted")


def _sqlite_lines(kind: str, parent: str, table: str) -> Iterator[Trigger]:
    """Yield the triggers of a repeat: lines come before their row, which then seals them."""
    for event, side in (("INSERT", "NEW"), ("DELETE", "OLD")):
        record_id = f"{side}.record_id"
        version = f'coalesce((SELECT version FROM "{parent}" WHERE id = {record_id}), 0) + 1'
        sealed = (
            f'EXISTS (SELECT 1 FROM "{parent}" WHERE id = {record_id} AND audit_seq = {_NEWEST})'
        )
        condition = f"{sealed} OR NOT {_covered(kind, record_id, version)}"
        yield _when(table, event, condition, "no entry for this line")
    yield _when(table, "UPDATE", "1", "lines are written anew, never changed")


# ------------------------------------------------------------------ PostgreSQL

_REFUSE = """\
BEGIN
  RAISE EXCEPTION 'trail: rows are only ever added';
END"""

_AUDIT = f"""\
DECLARE
  newest audit%ROWTYPE;
  entry json := NEW.payload::json;
BEGIN
  SELECT * INTO newest FROM audit ORDER BY seq DESC LIMIT 1;
  IF newest.seq IS NULL THEN
    newest.seq := 0;
    newest.h := sha256(decode('{b"aeapp-genesis-1".hex()}00', 'hex')
      || convert_to((SELECT value FROM meta WHERE name = 'install'), 'UTF8'));
  END IF;
  IF NEW.seq IS DISTINCT FROM newest.seq + 1 THEN RAISE EXCEPTION 'trail: seq'; END IF;
  IF NEW.prev IS DISTINCT FROM newest.h THEN RAISE EXCEPTION 'trail: prev'; END IF;
  IF NEW.payload IS NULL
    OR NEW.payload_hash IS DISTINCT FROM sha256(convert_to(NEW.payload, 'UTF8'))
    OR NEW.h IS DISTINCT FROM sha256(decode('{b"aeapp-audit-1".hex()}00', 'hex')
      || int8send(NEW.seq) || NEW.prev || NEW.payload_hash)
  THEN RAISE EXCEPTION 'trail: hash'; END IF;
  IF {{copies}}
  THEN RAISE EXCEPTION 'trail: copies'; END IF;
  DELETE FROM import_row WHERE seq >= NEW.seq;
  IF NEW.action = 'import' THEN
    DELETE FROM import_row WHERE seq < NEW.seq;
    INSERT INTO import_row (seq, entity, entity_id, version)
      SELECT NEW.seq, one ->> 0, one ->> 1, (one ->> 2)::bigint
      FROM json_array_elements(entry -> 'rows') AS one;
  END IF;
  RETURN NEW;
END"""

_RECORD = """\
DECLARE
  entry audit%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'trail: rows are never deleted';
  END IF;
  SELECT * INTO entry FROM audit ORDER BY seq DESC LIMIT 1;
  IF NEW.audit_seq IS DISTINCT FROM entry.seq
    OR NOT aeapp_covers(entry, TG_ARGV[0], NEW.id, NEW.version)
    OR TG_OP = 'INSERT' AND NEW.version <> 1
  THEN RAISE EXCEPTION 'trail: no entry for this row'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id <> OLD.id OR NEW.version <> OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq
    THEN RAISE EXCEPTION 'trail: no entry for this row'; END IF;
  END IF;
  RETURN NEW;
END"""

_LINE = """\
DECLARE
  entry audit%ROWTYPE;
  record_id text;
  parent_version bigint;
  parent_seq bigint;
BEGIN
  IF TG_OP = 'UPDATE' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'trail: lines are written anew, never changed';
  END IF;
  IF TG_OP = 'DELETE' THEN record_id := OLD.record_id; ELSE record_id := NEW.record_id; END IF;
  SELECT * INTO entry FROM audit ORDER BY seq DESC LIMIT 1;
  EXECUTE format('SELECT version, audit_seq FROM %I WHERE id = $1', TG_ARGV[1])
    INTO parent_version, parent_seq USING record_id;
  IF parent_seq = entry.seq
    OR NOT aeapp_covers(entry, TG_ARGV[0], record_id, coalesce(parent_version, 0) + 1)
  THEN RAISE EXCEPTION 'trail: no entry for this line'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END"""

_COVERS = """\
CREATE OR REPLACE FUNCTION aeapp_covers(entry audit, kind text, record_id text, version bigint)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    entry.entity = kind AND entry.entity_id = record_id AND entry.version = $4
    OR EXISTS (SELECT 1 FROM import_row named WHERE named.seq = entry.seq
      AND named.entity = kind AND named.entity_id = record_id AND named.version = $4),
    false)
$$"""

_ANCHOR = """\
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND h = NEW.h)
  THEN RAISE EXCEPTION 'trail: an anchor needs its entry'; END IF;
  RETURN NEW;
END"""

_SIGNATURE = """\
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.audit_seq AND entity = NEW.entity
    AND entity_id = NEW.entity_id AND seq = (SELECT max(seq) FROM audit))
  THEN RAISE EXCEPTION 'trail: no entry for this signature'; END IF;
  RETURN NEW;
END"""

_KEY = """\
BEGIN
  IF NEW.audit_seq IS DISTINCT FROM (SELECT max(seq) FROM audit)
  THEN RAISE EXCEPTION 'trail: no entry for this key'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.audit_seq <= OLD.audit_seq THEN RAISE EXCEPTION 'trail: no entry for this key'; END IF;
  END IF;
  RETURN NEW;
END"""

# The lock, because nobody may add a row here while somebody else adds the entry it would be for.
_IMPORT_ROW = f"""\
BEGIN
  PERFORM pg_advisory_xact_lock({schema.CHAIN_LOCK});
  IF TG_OP = 'UPDATE' OR NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM audit) + 1
  THEN RAISE EXCEPTION 'trail: no entry for this row'; END IF;
  RETURN NEW;
END"""

_META = """\
BEGIN
  IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION 'trail: rows are never deleted'; END IF;
  IF OLD.name = 'install' THEN RAISE EXCEPTION 'trail: the installation is fixed'; END IF;
  RETURN NEW;
END"""


def _postgresql() -> Iterator[Trigger]:
    yield Trigger(f"{PREFIX}covers", "", _COVERS)
    copies = "\n    OR ".join(
        f"NEW.{column}::text IS DISTINCT FROM entry ->> '{key}'" for column, key in _COPIES.items()
    )
    bodies = {
        "refuse": _REFUSE,
        "audit": _AUDIT.replace("{copies}", copies),
        "record": _RECORD,
        "line": _LINE,
        "anchor": _ANCHOR,
        "signature": _SIGNATURE,
        "key": _KEY,
        "import_row": _IMPORT_ROW,
        "meta": _META,
    }
    for name, body in bodies.items():
        yield _function(name, body)
    for table in ("audit", "anchor", "signature"):
        yield _row_trigger(table, "INSERT", table)
    for table in _ADDED_ONLY:
        yield _row_trigger(table, "UPDATE OR DELETE", "refuse", "change")
        yield _truncate_trigger(table, "refuse")
    yield _row_trigger("signing_key", "INSERT OR UPDATE", "key")
    yield _row_trigger("signing_key", "DELETE", "refuse", "change")
    yield _row_trigger("import_row", "INSERT OR UPDATE", "import_row")
    yield _row_trigger("meta", "UPDATE OR DELETE", "meta")
    for kind, record in schema.RECORDS.items():
        table = record.table.name
        yield _row_trigger(table, "INSERT OR UPDATE OR DELETE", "record", arguments=f"'{kind}'")
        yield _truncate_trigger(table, "record")
        for lines in record.lines:
            arguments = f"'{kind}', '{table}'"
            yield _row_trigger(
                lines.name, "INSERT OR UPDATE OR DELETE", "line", arguments=arguments
            )
            yield _truncate_trigger(lines.name, "line")


def _function(name: str, body: str) -> Trigger:
    head = f"CREATE OR REPLACE FUNCTION {PREFIX}{name}() RETURNS trigger LANGUAGE plpgsql"
    sql = f"{head} AS $$\n{body}\n$$"
    return Trigger(PREFIX + name, "", sql)


def _row_trigger(
    table: str, events: str, function: str, name: str = "guard", arguments: str = ""
) -> Trigger:
    full = f"{PREFIX}{table}_{name}"
    sql = (
        f'CREATE TRIGGER "{full}" BEFORE {events} ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION {PREFIX}{function}({arguments})"
    )
    return Trigger(full, table, sql)


def _truncate_trigger(table: str, function: str) -> Trigger:
    full = f"{PREFIX}{table}_truncate"
    sql = (
        f'CREATE TRIGGER "{full}" BEFORE TRUNCATE ON "{table}"'
        f" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}{function}()"
    )
    return Trigger(full, table, sql)

"""What the database refuses, whoever asks and by whatever way (S-09, S-11)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from aeapp.domain.records import Patient, Session
from aeapp.domain.records.patient import Medicine
from aeapp.persistence import connect, guard, schema
from aeapp.persistence.database import Database, create_database
from aeapp.persistence.errors import TrailRefusedError
from tests.persistence.conftest import KEY, NURSE

# Each is what somebody might try; none may leave a trace. Names in braces are filled in.
ATTACKS = {
    "update entry": "UPDATE audit SET action = 'x' WHERE seq = 1",
    "delete entry": "DELETE FROM audit WHERE seq = {newest}",
    "insert entry": "INSERT INTO audit (seq, prev, payload_hash, h, payload, op_id, actor, action,"
    " at) SELECT seq + 1, h, payload_hash, payload_hash, payload, 'x', actor, action, at"
    " FROM audit WHERE seq = {newest}",
    "change record": "UPDATE patient SET code = 'x'",
    "change record with its old entry": "UPDATE patient SET code = 'x', version = version + 1",
    "change record under the newest entry": "UPDATE patient SET code = 'x',"
    " version = version + 1, audit_seq = {newest}",
    "delete record": "DELETE FROM patient",
    "insert record": "INSERT INTO session (id, version, audit_seq) VALUES ('x', 1, {newest})",
    "change line": "UPDATE patient__medicines SET name = 'x'",
    "delete line": "DELETE FROM patient__medicines",
    "insert line": "INSERT INTO patient__medicines (record_id, line, name)"
    " SELECT id, 9, 'x' FROM patient",
    "forge anchor": "INSERT INTO anchor (seq, h, kind, ref, key_id, sig, at)"
    " SELECT 1, payload_hash, 'x', 'x', 'x', payload_hash, 'x' FROM audit WHERE seq = 1",
    "sign without entry": "INSERT INTO signature (id, entity, entity_id, entity_version,"
    " state_hash, statement, key_id, sig, audit_seq) SELECT 'x', 'y', 'z', 1, h, 's', 'k', h, seq"
    " FROM audit WHERE seq = {newest}",
    "enrol key without entry": "INSERT INTO signing_key (key_id, user_id, public, enrolled_by,"
    " valid_from_seq, audit_seq) SELECT 'x', 'y', h, 'z', 1, 1 FROM audit WHERE seq = {newest}",
    "name a row after its entry": "INSERT INTO import_row (seq, entity, entity_id, version)"
    " VALUES ({newest}, 'session', 'x', 1)",
    "name a row for a later entry": "INSERT INTO import_row (seq, entity, entity_id, version)"
    " VALUES ({newest} + 2, 'session', 'x', 1)",
    "move installation": "UPDATE meta SET value = 'x' WHERE name = 'install'",
    "forget installation": "DELETE FROM meta",
}
SQLITE_ATTACKS = {
    "replace entry": "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
    "replace entry by update": "UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2",
    "upsert entry": "INSERT INTO audit SELECT * FROM audit WHERE seq = 1"
    " ON CONFLICT (seq) DO UPDATE SET action = 'x'",
    "replace record": "REPLACE INTO patient (id, version, audit_seq) SELECT id, 1, {newest}"
    " FROM patient",
}
SERVER_ATTACKS = {
    "truncate entries": "TRUNCATE audit CASCADE",
    "truncate records": "TRUNCATE patient CASCADE",
    "truncate lines": "TRUNCATE patient__medicines",
    "upsert entry": "INSERT INTO audit SELECT * FROM audit WHERE seq = 1"
    " ON CONFLICT (seq) DO UPDATE SET action = 'x'",
}
STRUCTURE = {
    "drop trigger": "DROP TRIGGER aeapp_audit_update",
    "drop table": "DROP TABLE audit",
    "drop index": "DROP INDEX ix_audit__action",
    "alter": "ALTER TABLE audit ADD COLUMN x TEXT",
    "rename": "ALTER TABLE audit RENAME TO audit2",
    "new trigger": "CREATE TRIGGER x AFTER INSERT ON audit BEGIN SELECT 1; END",
    "temporary trigger": "CREATE TEMP TRIGGER x BEFORE INSERT ON audit BEGIN SELECT 1; END",
    "new table": "CREATE TABLE x (y)",
    "new view": "CREATE VIEW x AS SELECT 1",
    "attach": "ATTACH '{folder}/other.db' AS other",
    "vacuum into": "VACUUM INTO '{folder}/other.db'",
    "vacuum": "VACUUM",
    "writable schema": "PRAGMA writable_schema = ON",
    "no recursive triggers": "PRAGMA recursive_triggers = OFF",
    "no foreign keys": "PRAGMA foreign_keys = OFF",
    "no checks": "PRAGMA ignore_check_constraints = ON",
    "no syncs": "PRAGMA synchronous = OFF",
    "journal": "PRAGMA journal_mode = DELETE",
    "rekey": "PRAGMA rekey = 'x'",
    "untrusted schema": "PRAGMA trusted_schema = OFF",
    "legacy alter": "PRAGMA legacy_alter_table = ON",
    "export": "SELECT sqlcipher_export('main')",
    "schema row": "UPDATE sqlite_master SET sql = ''",
    "extension": "SELECT load_extension('x')",
}


@pytest.fixture
def filled(database: Database) -> Database:
    with database.new_uow() as uow:
        patient = uow.save(Patient(code="A", medicines=(Medicine(name="M"),)), who=NURSE)
        uow.save(Session(), who=NURSE)
        uow.save(dataclasses.replace(patient, code="B"), who=NURSE, reason="x")
        uow.commit()
    return database


def content(run: Callable[[str], list[tuple[object, ...]]]) -> list[object]:
    tables = ("audit", "patient", "patient__medicines", "session", "meta", "anchor", "signature")
    return [[tuple(row) for row in run(f"SELECT * FROM {table} ORDER BY 1")] for table in tables]


def sqlite_connection(folder: Path) -> sqlcipher.Connection:
    return connect.open_sqlcipher(folder / connect.DATABASE, KEY, guard.Authorizer())


@pytest.mark.parametrize("attack", ATTACKS | SQLITE_ATTACKS | STRUCTURE)
def test_a_connection_of_ours_refuses(attack: str, sqlite: Database, folder: Path) -> None:
    with sqlite.new_uow() as uow:
        patient = uow.save(Patient(code="A", medicines=(Medicine(name="M"),)), who=NURSE)
        uow.save(dataclasses.replace(patient, code="B"), who=NURSE, reason="x")
        uow.commit()
    words = (ATTACKS | SQLITE_ATTACKS | STRUCTURE)[attack]
    base = sqlite_connection(folder)
    before = content(lambda query: base.execute(query).fetchall())
    with pytest.raises(sqlcipher.Error):
        base.execute(words.format(newest=sqlite.head().seq, folder=folder.parent))
    assert content(lambda query: base.execute(query).fetchall()) == before
    assert not (folder.parent / "other.db").exists()
    base.close()
    assert sqlite.report().ok


@pytest.mark.parametrize("attack", ATTACKS | SQLITE_ATTACKS)
def test_a_tool_with_the_key_meets_triggers_it_cannot_run(
    attack: str, sqlite: Database, folder: Path
) -> None:
    """It can drop them, which the fingerprint shows; it cannot write past them unaware."""
    with sqlite.new_uow() as uow:
        patient = uow.save(Patient(code="A", medicines=(Medicine(name="M"),)), who=NURSE)
        uow.save(dataclasses.replace(patient, code="B"), who=NURSE, reason="x")
        uow.commit()
    base = sqlcipher.connect(str(folder / connect.DATABASE), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{KEY}'\"")
    base.execute("PRAGMA recursive_triggers = OFF")
    with pytest.raises(sqlcipher.Error):
        base.execute((ATTACKS | SQLITE_ATTACKS)[attack].format(newest=sqlite.head().seq))
    base.close()


@pytest.mark.postgres
@pytest.mark.parametrize("attack", ATTACKS | SERVER_ATTACKS)
def test_the_server_refuses(attack: str, postgres: Database, server_url: str) -> None:
    with postgres.new_uow() as uow:
        patient = uow.save(Patient(code="A", medicines=(Medicine(name="M"),)), who=NURSE)
        uow.save(dataclasses.replace(patient, code="B"), who=NURSE, reason="x")
        uow.commit()
    words = (ATTACKS | SERVER_ATTACKS)[attack].format(newest=postgres.head().seq)
    with psycopg.connect(server_url, autocommit=True) as base:
        before = content(lambda query: base.execute(query).fetchall())
        with pytest.raises(psycopg.Error, match="trail: "):
            base.execute(words)
        assert content(lambda query: base.execute(query).fetchall()) == before


def test_the_refusals_are_due_to_the_triggers(tmp_path: Path) -> None:
    """The control: without triggers and authorizer the same statements pass."""
    folder = tmp_path / "weak.aeclinic"
    database = create_database(folder, KEY)
    with database.new_uow() as uow:
        patient = uow.save(Patient(code="A", medicines=(Medicine(name="M"),)), who=NURSE)
        uow.save(dataclasses.replace(patient, code="B"), who=NURSE, reason="x")
        uow.commit()
    newest = database.head().seq
    database.close()
    base = sqlcipher.connect(str(folder / connect.DATABASE), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{KEY}'\"")
    triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        base.execute(f"DROP TRIGGER {name}")
    passed = []
    for attack, words in (ATTACKS | SQLITE_ATTACKS).items():
        base.execute("BEGIN")
        try:
            base.execute(words.format(newest=newest))
            passed.append(attack)
        except sqlcipher.Error:
            pass
        base.execute("ROLLBACK")
    base.close()
    unique = {"insert entry", "insert record"} & set(ATTACKS)
    assert len(passed) >= len(ATTACKS | SQLITE_ATTACKS) - len(unique)


@pytest.mark.parametrize(
    ("kind", "id_", "version"), [("session", "other", 1), ("patient", "one", 1), ("case", "one", 2)]
)
def test_an_import_covers_the_rows_it_names_and_no_other(
    database: Database, kind: str, id_: str, version: int
) -> None:
    with database.new_uow() as uow:
        uow.save_bulk([Session(id="one")], who=NURSE, reason="import")
        table = schema.RECORDS[kind].table
        row = {"id": id_, "version": version, "audit_seq": uow.trail.head().seq}
        with pytest.raises(TrailRefusedError):
            uow._run(sa.insert(table), row)  # noqa: SLF001 - a statement no service makes


def test_a_named_row_is_not_renamed(database: Database) -> None:
    with database.new_uow() as uow:
        uow.save_bulk([Session(id="one")], who=NURSE, reason="import")
        renamed = sa.update(schema.IMPORT_ROW).values(entity_id="other")
        with pytest.raises(TrailRefusedError):
            uow._run(renamed)  # noqa: SLF001 - a statement no service makes


@pytest.mark.parametrize("action", ["note", "import"])
def test_a_row_named_before_its_entry_covers_nothing_and_stops_no_save(
    database: Database, action: str
) -> None:
    with database.new_uow() as uow:
        uow.lock()
        row = {"seq": uow.trail.head().seq + 1, "entity": "session", "entity_id": "x", "version": 1}
        uow._run(sa.insert(schema.IMPORT_ROW), row)  # noqa: SLF001 - no service does
        uow.commit()
    with database.new_uow() as uow:
        uow.lock()
        uow.trail.note(action, who=NURSE)
        seq = uow.trail.head().seq
        covered = {"id": "x", "version": 1, "audit_seq": seq}
        with pytest.raises(TrailRefusedError):
            uow._run(sa.insert(schema.RECORDS["session"].table), covered)  # noqa: SLF001 - no service does
    with database.new_uow() as uow:
        uow.save(Session(id="after"), who=NURSE)
        uow.commit()


def test_rows_of_an_import_are_forgotten_with_the_next(database: Database) -> None:
    for name in ("one", "two"):
        with database.new_uow() as uow:
            uow.save_bulk([Session(id=name)], who=NURSE, reason="import")
            uow.commit()
    with database.new_uow() as uow:
        (row,) = uow._run(sa.select(schema.IMPORT_ROW)).all()  # noqa: SLF001 - looked at inside
    assert row.entity_id == "two"


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(schema.RECORDS["patient"].table).values(code="x"),
        sa.insert(schema.RECORDS["patient"].table).values(id="x", version=1, audit_seq=1),
        sa.delete(schema.RECORDS["patient"].table),
        sa.delete(schema.RECORDS["patient"].lines[0]),
        sa.insert(schema.AUDIT).values(seq=99),
        sa.update(schema.AUDIT).values(action="x"),
        sa.delete(schema.AUDIT),
        sa.text("DELETE FROM audit"),
        sa.text("WITH x AS (SELECT 1) DELETE FROM audit"),
    ],
    ids=str,
)
def test_statements_outside_a_unit_of_work_do_not_reach_the_driver(
    statement: sa.Executable, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = sa.create_engine("sqlite://")
    guard.watch(engine)
    with engine.connect() as connection, pytest.raises(TrailRefusedError):
        connection.execute(statement)
    engine.dispose()


@pytest.mark.parametrize("table", sorted(schema.APPEND_ONLY))
def test_not_even_a_unit_of_work_changes_what_only_grows(table: str) -> None:
    engine = sa.create_engine("sqlite://")
    guard.watch(engine)
    with engine.connect() as connection:
        connection.execution_options(**{guard.UNIT_KEY: guard.UNIT})
        for statement in (sa.delete, sa.update):
            with pytest.raises(TrailRefusedError):
                connection.execute(statement(schema.METADATA.tables[table]))
    engine.dispose()


def test_every_regulated_table_has_its_triggers(filled: Database) -> None:
    tables = {t.name for r in schema.RECORDS.values() for t in (r.table, *r.lines)}
    assert tables <= schema.REGULATED
    assert filled.report().ok


def test_no_switch_turns_the_trail_off() -> None:
    """The words of such a switch do not occur in the program."""
    root = Path(connect.__file__).resolve().parents[1]
    for file in root.rglob("*.py"):
        text = file.read_text("utf-8").casefold()
        for words in ("audit_off", "no_audit", "skip_audit", "disable_audit", "audit_enabled"):
            assert words not in text, file

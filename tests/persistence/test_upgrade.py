"""Upgrades: the scripts make what the program expects, wholly or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import registry

from aeapp.domain.records import Patient, Session
from aeapp.kernel.ids import new_id
from aeapp.persistence import connect, describe, errors, schema, triggers, upgrade
from aeapp.persistence.database import Database, create_database, open_database
from aeapp.persistence.guard import Authorizer
from tests.helpers.pgcluster import Cluster
from tests.helpers.tamper import with_a_tool
from tests.persistence.conftest import KEY, NURSE, HeldClock

FIRST = upgrade.SCRIPTS / "versions" / "0001_first.py"
REBUILD = """
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

import os
import sqlalchemy as sa
from alembic import op


def upgrade():
    with op.batch_alter_table("{table}", recreate="always") as batch:
        batch.add_column(sa.Column("fleeting", sa.Text()))
    with op.batch_alter_table("{table}", recreate="always") as batch:
        batch.drop_column("fleeting")
    {then}
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Callable[..., Path]:
    """Make a set of scripts with a second revision that rebuilds a table, then does ``then``."""

    def make(then: str = "pass", table: str = "patient") -> Path:
        folder = tmp_path / "scripts"
        shutil.copytree(upgrade.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "0002_again.py").write_text(REBUILD.format(then=then, table=table))
        return folder

    return make


@pytest.fixture
def filled(folder: Path) -> Path:
    database = create_database(folder, KEY, clock=HeldClock())
    with database.new_uow() as uow:
        patient = uow.save(Patient(code="A"), who=NURSE)
        uow.save(Session(patient_id=patient.id), who=NURSE)
        uow.commit()
    database.close()
    return folder


def engine_of(folder: Path) -> tuple[sa.Engine, Authorizer]:
    authorizer = Authorizer()
    file = folder / connect.DATABASE
    return connect.sqlite_engine(file, lambda: KEY, authorizer), authorizer


def upgraded(folder: Path, scripts: Path) -> None:
    engine, authorizer = engine_of(folder)
    try:
        upgrade.Upgrade(
            engine=engine,
            authorizer=authorizer,
            file=folder / connect.DATABASE,
            key=lambda: KEY,
            clock=HeldClock(),
            ids=new_id,
            scripts=scripts,
            revisions=("0001", "0002"),
        ).run()
    finally:
        engine.dispose()


def described(folder: Path) -> describe.Description:
    engine, _authorizer = engine_of(folder)
    with engine.connect() as connection:
        found = describe.actual(connection)
    engine.dispose()
    return found


@pytest.mark.golden
@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_first_revision_is_written_out(dialect: str, request: pytest.FixtureRequest) -> None:
    file = FIRST.with_suffix(f".{dialect}.sql")
    if request.config.getoption("--rewrite-golden") and upgrade.HEAD == "0001":
        own = [s for s in schema.ddl(registry.load(dialect)()) if "alembic_version" not in s]
        lines = (";\n\n".join(own) + ";\n").splitlines()
        file.write_text("\n".join(line.rstrip() for line in lines) + "\n", newline="\n")
    assert file.is_file()


def test_the_scripts_are_linear_and_all_of_them_are_known() -> None:
    found = list(ScriptDirectory(str(upgrade.SCRIPTS)).walk_revisions())
    assert tuple(r.revision for r in reversed(found)) == upgrade.REVISIONS
    assert all(isinstance(r.down_revision, str | None) for r in found)


def test_the_scripts_make_the_tables_of_the_program(tmp_path: Path) -> None:
    file = tmp_path / connect.DATABASE
    file.touch()
    engine, authorizer = engine_of(tmp_path)
    with connect.structure(engine, authorizer) as connection:
        upgrade.run_scripts(connection, upgrade.SCRIPTS)
        triggers.make_triggers(connection)
        assert describe.actual(connection) == describe.expected(engine.dialect)
    engine.dispose()


@pytest.mark.postgres
def test_the_scripts_make_the_tables_on_a_server(server: Cluster) -> None:
    url = server.new_database()
    engine = connect.postgresql_engine(url)
    with connect.structure(engine, Authorizer()) as connection:
        upgrade.run_scripts(connection, upgrade.SCRIPTS)
        triggers.make_triggers(connection)
        assert describe.actual(connection) == describe.expected(engine.dialect)
    engine.dispose()
    server.drop(url)


def test_a_rebuilt_table_has_its_triggers_and_rows_again(
    filled: Path, scripts: Callable[..., Path]
) -> None:
    before = described(filled)
    upgraded(filled, scripts("pass"))
    assert described(filled) == before
    with with_a_tool(filled, KEY) as base:
        assert base.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
        assert base.execute("SELECT code FROM patient").fetchall() == [("A",)]
        last = "SELECT action, payload FROM audit ORDER BY seq DESC LIMIT 1"
        action, payload = base.execute(last).fetchone()
        base.execute("UPDATE alembic_version SET version_num = '0001'")
    assert action == "schema.upgrade"
    assert '"data":{"from":"0001","to":"0002"}' in payload
    database = open_database(filled, KEY)
    assert database.report().ok
    database.close()


def test_batch_mode_alone_would_lose_the_triggers(
    filled: Path, scripts: Callable[..., Path]
) -> None:
    """The control: without the last step the rebuilt table has none, and that is noticed."""
    engine, authorizer = engine_of(filled)
    with connect.structure(engine, authorizer) as connection:
        upgrade.run_scripts(connection, scripts(table="clinic"))
        code = describe.actual(connection)["code"]
        with pytest.raises(errors.SchemaDriftError):
            upgrade.assert_schema(connection)
    engine.dispose()
    assert "aeapp_clinic_update" not in code
    assert "aeapp_session_update" in code


@pytest.mark.parametrize(
    "then",
    [
        "raise RuntimeError('stop')",
        "op.execute('CREATE TABLE stray (x TEXT)')",
        "op.execute('UPDATE session SET patient_id = 1')",
        "op.execute('SELECT nothing FROM nowhere')",
    ],
    ids=["fails", "leaves another schema", "breaks a link", "bad statement"],
)
def test_a_failing_migration_leaves_nothing_behind(
    filled: Path, scripts: Callable[..., Path], then: str
) -> None:
    before = described(filled)
    with pytest.raises((errors.StoreError, errors.RefusedError, RuntimeError)):
        upgraded(filled, scripts(then))
    assert described(filled) == before
    database = open_database(filled, KEY)
    assert database.report().ok
    assert database.head().seq == 3
    database.close()


def test_a_killed_migration_leaves_the_old_or_the_new(
    filled: Path, scripts: Callable[..., Path]
) -> None:
    folder = scripts("os._exit(9)")
    code = (
        "from pathlib import Path\nfrom tests.persistence.test_upgrade import upgraded\n"
        f"import tests.persistence.test_upgrade as t\nt.KEY = '{KEY}'\n"
        f"upgraded(Path('{filled}'), Path('{folder}'))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False, timeout=600)
    assert done.returncode == 9
    database = open_database(filled, KEY)
    assert database.report().ok
    database.close()


def test_a_checked_copy_is_kept_before(filled: Path, scripts: Callable[..., Path]) -> None:
    upgraded(filled, scripts("pass"))
    copy = filled / "clinic.before-0001.db"
    other = filled.parent / "copy.aeclinic"
    other.mkdir()
    shutil.copy(copy, other / connect.DATABASE)
    database = open_database(other, KEY)
    assert database.report().ok
    database.close()


def test_too_little_room_refuses_before_anything_is_done(
    filled: Path, scripts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (filled / connect.DATABASE).stat().st_size
    usage = shutil.disk_usage(filled)._replace(free=2 * size)
    monkeypatch.setattr(upgrade.shutil, "disk_usage", lambda _place: usage)
    with pytest.raises(errors.DiskFullError):
        upgraded(filled, scripts("pass"))
    assert not (filled / "clinic.before-0001.db").exists()


def test_a_newer_database_is_refused(database: Database, request: pytest.FixtureRequest) -> None:
    engine = database._place.engine  # noqa: SLF001 - the test plays the newer program
    with connect.structure(engine, database._place.authorizer) as connection:  # noqa: SLF001
        connection.execute(sa.update(schema.REVISION), {"version_num": "9999"})
    with pytest.raises(errors.NewerSchemaError):
        upgrade.Upgrade(
            engine=engine,
            authorizer=Authorizer(),
            file=None,
            key=lambda: KEY,
            clock=HeldClock(),
            ids=new_id,
        ).run()


def test_alembic_is_not_imported_to_open_a_clinic(filled: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom aeapp.persistence import open_database\n"
        f"open_database(Path('{filled}'), '{KEY}').close()\n"
        "sys.exit('alembic' in sys.modules or 'sqlalchemy.orm' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False, timeout=600)
    assert done.returncode == 0


def test_importing_the_package_loads_no_sql() -> None:
    code = "import sys\nimport aeapp.persistence\nsys.exit('sqlalchemy' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0

"""Bring an older database to this program's tables: a checked copy, then one transaction.

Alembic is imported only when there is something to do. All revisions, the new triggers and the
entry that says so stand or fall together.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from aeapp.kernel.clock import Clock
from aeapp.kernel.ids import IdFactory
from aeapp.persistence import connect, describe, schema, triggers
from aeapp.persistence.errors import (
    DamagedError,
    DiskFullError,
    NewerSchemaError,
    NotAClinicError,
    SchemaDriftError,
    translated,
)
from aeapp.persistence.guard import Authorizer
from aeapp.persistence.pulse import Pulse
from aeapp.persistence.trail import SqlTrail
from aeapp.trail.entry import PROGRAM

SCRIPTS = Path(__file__).with_name("migrations")
# Every released revision, oldest first; a test holds this against the scripts.
REVISIONS: tuple[str, ...] = ("0001",)
HEAD = REVISIONS[-1]
# The copy, the new tables beside the old ones, and the log.
_ROOM = 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What an upgrade works on.

    Attributes:
        file: None on a server, whose own backup comes before.
        key: Key of the file.
        scripts: Folder of the revisions.
        revisions: Their names, oldest first.
    """

    engine: sa.Engine
    authorizer: Authorizer
    file: Path | None
    key: Callable[[], str]
    clock: Clock
    ids: IdFactory
    scripts: Path = SCRIPTS
    revisions: tuple[str, ...] = REVISIONS

    def run(self) -> None:
        """Do nothing where the tables are this program's; migrate older ones.

        Raises:
            NewerSchemaError: A newer program has written here.
        """
        with connect.reading(self.engine) as connection:
            found = stored_revision(connection)
        if found == self.revisions[-1]:
            return
        if found not in self.revisions:
            raise NewerSchemaError
        if self.file is not None:
            keep_copy(self.file, self.key(), found)
        with connect.structure(self.engine, self.authorizer) as connection:
            self._migrate(connection)

    def _migrate(self, connection: sa.Connection) -> None:
        if connection.dialect.name != "sqlite":
            connect.begin_write(connection)
        before = stored_revision(connection)
        if before == self.revisions[-1]:
            return  # somebody else did it while we waited for the lock
        triggers.drop_triggers(connection)
        run_scripts(connection, self.scripts)
        triggers.make_triggers(connection)
        stamp = assert_schema(connection)
        name = schema.META.c.name
        connection.execute(sa.update(schema.META).where(name == "fingerprint"), {"value": stamp})
        self._enter(connection, before)

    def _enter(self, connection: sa.Connection, before: str) -> None:
        trail = SqlTrail(
            connection.execute,
            lambda: None,
            clock=self.clock,
            new_id=self.ids,
            pulse=Pulse(self.clock),
        )
        trail.note("schema.upgrade", who=PROGRAM, data={"from": before, "to": self.revisions[-1]})


def stored_revision(connection: sa.Connection) -> str:
    """Return the revision of the tables."""
    found = connection.execute(sa.select(schema.REVISION.c.version_num)).scalars().all()
    if len(found) != 1:
        raise NotAClinicError
    return str(found[0])


def assert_schema(connection: sa.Connection) -> str:
    """Return the fingerprint of tables and triggers, which must be this program's.

    Raises:
        SchemaDriftError: They are not.
    """
    wanted = describe.expected(connection.dialect)
    if not describe.is_verbatim(connection) and describe.actual(connection) != wanted:
        raise SchemaDriftError
    return describe.fingerprint(wanted)


def run_scripts(connection: sa.Connection, scripts: Path, target: str = "head") -> None:
    """Run the revisions that the database lacks, inside the transaction that is under way."""
    from alembic import command  # noqa: PLC0415 - a third of a second, hardly ever needed
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def keep_copy(file: Path, key: str, revision: str) -> Path:
    """Copy the database beside itself by the backup call, and read the copy through.

    Raises:
        DiskFullError: There is not room enough for the copy and the work.
        DamagedError: The copy does not verify.
    """
    if shutil.disk_usage(file.parent).free < _ROOM * file.stat().st_size:
        raise DiskFullError
    copy = file.with_name(f"clinic.before-{revision}.db")
    with translated():
        copy.unlink(missing_ok=True)
        copy.touch(mode=0o600)
        allowed = Authorizer()
        with (
            closing(connect.open_sqlcipher(file, key, allowed)) as source,
            closing(connect.open_sqlcipher(copy, key, allowed)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            bad_pages = target.execute("PRAGMA cipher_integrity_check").fetchall()
            found = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if bad_pages or found != "ok":
        raise DamagedError
    return copy

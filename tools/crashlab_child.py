"""The process that is killed: a program at work on a clinic, or a faulty variant of it.

    python -m tools.crashlab_child [MUTATION]     (started by crashlab)

Reads a line [seed, folder] for each child it is to fork; says on standard output what the children
do. It opens no clinic itself, so a child begins like a program just started, imports apart.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from pathlib import Path
from typing import Any, TypeVar

from aeapp.bootstrap import LocalClinics
from aeapp.domain.items import Record
from aeapp.kernel.clock import SystemClock
from aeapp.persistence import connect, database, guard, triggers
from aeapp.persistence.schema import AUDIT, REGULATED
from aeapp.persistence.uow import SqlUnitOfWork
from aeapp.vault import KdfParameters, open_vault
from exports import documents as _documents  # noqa: F401 - bootstrap's late import, done once
from tools.crashlab_clerk import Clerk

R = TypeVar("R", bound=Record)
USER, PASSWORD = "lab.worker", "nine slow otters under the bridge"


def cheap_clinics() -> LocalClinics:
    """Return the real way to make and open clinics; the password here guards nothing."""
    os.environ["AEAPP_TEST_KDF"] = "1"
    return LocalClinics(kdf=KdfParameters.for_tests())


def work(folder: Path, seed: int, mutation: str) -> None:
    """Save until killed; say before each unit what it will write, and after it what it wrote."""
    _say("child", os.getpid())
    clinics = cheap_clinics()
    mend(folder, mutation)
    if mutation in FAULTY_UNITS:
        database.SqlUnitOfWork = FAULTY_UNITS[mutation]  # type: ignore[attr-defined]
    if mutation in TORN:
        without_links()
    app = clinics.open(str(folder), USER, PASSWORD)
    if mutation in TORN:
        set_triggers(folder, there=False)
    clerk = Clerk(app, random.Random(seed))  # noqa: S311 - chance that can be repeated
    _say("ready")
    for unit in clerk.units():
        _say("begin", *unit.writes)
        if mutation == EARLY:
            _say("done", *unit.writes)
        stored = unit.save()
        if mutation != EARLY:
            _say("done", *stored)


def _say(*words: Any) -> None:
    # One write of less than PIPE_BUF bytes: it is in the pipe whole or not at all.
    os.write(1, json.dumps(words).encode() + b"\n")


def serve(mutation: str) -> None:
    """Fork a child for each line of standard input, one at a time."""
    for line in sys.stdin:
        seed, folder = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                work(Path(folder), seed, mutation)
            except BaseException:  # noqa: BLE001 - shown; the laboratory sees how it ended
                traceback.print_exc()
            finally:
                os._exit(1)
        _say("dead", os.waitpid(pid, 0)[1])


# ------------------------------------------------------------------ programs with a known fault


class LateUnit(SqlUnitOfWork):
    """Writes a part of each unit in a second transaction, after the first was committed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._late: list[tuple[Any, Any]] = []

    def is_late(self, table: Any) -> bool:
        """Tell whether a change of ``table`` waits: here, entries do."""
        return table is AUDIT

    def _run(self, statement: Any, parameters: Any = None) -> Any:
        if statement.is_dml and self.is_late(statement.table):
            self._late.append((statement, parameters))
            return None
        return super()._run(statement, parameters)

    def commit(self) -> None:
        """Commit the first part, then the other."""
        touched = self.held_back()
        super().commit()
        late, self._late = self._late, []
        if late:
            self.lock()
            for statement, parameters in late:
                super()._run(statement, parameters)
            self.finding._touched |= touched  # noqa: SLF001 - as the program itself would
            super().commit()

    def held_back(self) -> dict[str, set[str]]:
        """Return what of the search's documents waits for the second part: nothing here."""
        return {}


class EntryFirst(LateUnit):
    """Writes the entries, then the records."""

    def is_late(self, table: Any) -> bool:
        """Tell whether a change of ``table`` waits: here, records and their lines do."""
        return table.name in REGULATED

    def held_back(self) -> dict[str, set[str]]:
        """Return all of them: they are made of the records."""
        touched, self.finding._touched = self.finding._touched, {}  # noqa: SLF001 - as above
        return touched


class Piecemeal(SqlUnitOfWork):
    """Commits each record as it comes."""

    def save(self, record: R, **options: Any) -> R:
        """Store the record with its entry, for good."""
        stored = super().save(record, **options)
        self.commit()
        return stored


EARLY = "early-acknowledgement"
TORN: dict[str, type[SqlUnitOfWork]] = {
    "entry-after-commit": LateUnit,
    "record-after-commit": EntryFirst,
}
FAULTY_UNITS = TORN | {"unit-in-pieces": Piecemeal}
MUTATIONS = (*FAULTY_UNITS, EARLY)


def without_links() -> None:
    """Let this process write records without their entries, as far as links are concerned."""
    real = connect.open_sqlcipher

    def opened(file: Path, key: str, authorizer: guard.Authorizer) -> Any:
        connection = real(file, key, authorizer)
        connection.set_authorizer(None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.set_authorizer(authorizer)
        return connection

    connect.open_sqlcipher = opened


def mend(folder: Path, mutation: str) -> None:
    """Put back what a mutation had to take away, so that only its fault is left to be found."""
    if mutation in TORN:
        set_triggers(folder, there=True)


def set_triggers(folder: Path, *, there: bool) -> None:
    """Make the triggers of a clinic, or drop them: they would refuse a faulty program."""
    vault = open_vault(folder, user_name=USER, password=PASSWORD, now=SystemClock().now)
    authorizer = guard.Authorizer()
    authorizer.lifted = True
    engine = connect.sqlite_engine(folder / connect.DATABASE, vault.database_key, authorizer)
    with engine.begin() as connection:
        if there:
            triggers.make_triggers(connection)
        else:
            triggers.drop_triggers(connection)
    engine.dispose()
    vault.wipe()


if __name__ == "__main__":
    serve(*sys.argv[1:])

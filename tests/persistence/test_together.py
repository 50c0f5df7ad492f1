"""Several at once: nothing is lost, nobody is told that the database is locked (R-12, R-13)."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from aeapp.domain.records import Patient
from aeapp.persistence.database import Database, open_database
from aeapp.persistence.errors import ServerGoneError
from aeapp.trail.entry import PROGRAM
from tests.helpers.pgcluster import Cluster
from tests.persistence.conftest import KEY, NURSE

ROOT = Path(__file__).resolve().parents[2]

# Each adds one to a number that all share; a stale save is tried again, as a person would.
WRITER = """
import dataclasses, sys
from pathlib import Path
from aeapp.persistence.database import open_database
from aeapp.persistence.errors import LockedError
from aeapp.services.ports import ChangedElsewhereError
from aeapp.trail.entry import Actor

target, key, count, name = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
who = Actor(user_id=name, user_name=name, name=name, role="nurse", workstation=name)
database = open_database(target if target.startswith("postgresql") else Path(target), key)
stale = 0
for _ in range(count):
    while True:
        with database.new_uow() as uow:
            old = uow.records.get("patient", "p")
            try:
                new = dataclasses.replace(old, code=str(int(old.code) + 1))
                uow.save(new, who=who, reason="count")
                uow.commit()
                break
            except ChangedElsewhereError as error:
                # Nothing differs where the other one wrote the same number; stale all the same.
                assert error.paths in ((), ("code",)), error.paths
                assert error.who
                stale += 1
            except LockedError:
                # A starved machine can keep one waiting for five seconds; a person presses Retry.
                stale += 1
database.abandon()
print(stale)
"""


def write_together(target: str, processes: int, count: int) -> int:
    """Let processes count together; return how many saves were refused as stale."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, target, KEY, str(count), f"w{n}"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(processes)
    ]  # fmt: skip
    ended = [process.communicate(timeout=300) for process in running]
    assert [err for _out, err in ended if err] == []
    return sum(int(out) for out, _err in ended)


def assert_counted(database: Database, total: int) -> None:
    with database.new_uow() as uow:
        stored = uow.records.get("patient", "p")
        entries = [e.content for e in uow.trail.of("patient", "p")]
    assert (stored.code, stored.version) == (str(total), total + 1)  # type: ignore[attr-defined]
    assert [e["version"] for e in entries] == list(range(1, total + 2))
    assert database.report().ok


def first_record(database: Database) -> None:
    with database.new_uow() as uow:
        uow.save(Patient(id="p", code="0"), who=NURSE)
        uow.commit()


def test_two_processes_on_one_file_lose_nothing(sqlite: Database, folder: Path) -> None:
    first_record(sqlite)
    write_together(str(folder), 2, 40)
    assert_counted(sqlite, 80)


@pytest.mark.postgres
def test_four_processes_on_one_server_lose_nothing(postgres: Database, server_url: str) -> None:
    first_record(postgres)
    write_together(server_url, 4, 15)
    assert_counted(postgres, 60)


@pytest.mark.gauntlet
def test_two_thousand_saves_of_two_processes_are_all_there(sqlite: Database, folder: Path) -> None:
    first_record(sqlite)
    write_together(str(folder), 2, 1000)
    assert_counted(sqlite, 2000)


@pytest.mark.gauntlet
@pytest.mark.postgres
def test_eight_processes_on_one_server_lose_nothing(postgres: Database, server_url: str) -> None:
    first_record(postgres)
    write_together(server_url, 8, 100)
    assert_counted(postgres, 800)


@pytest.mark.gauntlet
@pytest.mark.postgres
def test_a_server_that_is_killed_keeps_what_it_acknowledged(
    server: Cluster, server_url: str
) -> None:
    """Sessions are cut by the server at a random moment, a hundred times."""
    database = open_database(server_url)
    rng, told = random.Random(3), {}
    for n in range(100):
        try:
            for _ in range(rng.randrange(1, 6)):
                with database.new_uow() as uow:
                    if rng.random() < 0.2:
                        with psycopg.connect(server.url, autocommit=True) as other:
                            other.execute(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                " WHERE pid <> pg_backend_pid() AND datname = %s",
                                (server_url.partition("?")[0].rpartition("/")[2],),
                            )
                    new = uow.save(Patient(code=str(n)), who=PROGRAM)
                    uow.commit()
                told[new.id] = n
        except ServerGoneError:
            continue
    with database.new_uow() as uow:
        assert {r.id for r in uow.records.many("patient", list(told))} == set(told)
    assert database.report().ok
    database.close()


def test_a_reader_sees_one_moment_and_is_not_kept_waiting(sqlite: Database) -> None:
    first_record(sqlite)
    with sqlite.new_uow() as reader:
        before = reader.records.get("patient", "p")
        with sqlite.new_uow() as writer:
            writer.save(Patient(code="new"), who=NURSE)
            writer.commit()
        assert reader.records.count("patient") == 1
        assert reader.records.get("patient", "p") == before
    with sqlite.new_uow() as reader:
        assert reader.records.count("patient") == 2


def test_behind_the_lock_a_reader_sees_the_newest(database: Database) -> None:
    first_record(database)
    with database.new_uow() as late:
        assert late.records.count("patient") == 1
        with database.new_uow() as other:
            other.save(Patient(code="new"), who=NURSE)
            other.commit()
        late.lock()
        assert late.records.count("patient") == 2

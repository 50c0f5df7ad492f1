"""A save beside its floor: one row committed by the driver alone, with the same settings."""

from __future__ import annotations

import dataclasses
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records import Observation, Patient
from aeapp.domain.values import PartialDate
from aeapp.persistence import connect
from aeapp.persistence.database import create_database
from aeapp.persistence.guard import Authorizer
from aeapp.trail.entry import PROGRAM

KEY = secrets.token_hex(48)
ROUNDS, A_ROUND = 9, 60


def bare_commit(folder: Path) -> Callable[[], None]:
    file = folder / "bare.db"
    file.touch()
    free = Authorizer()
    free.lifted = True
    base = connect.open_sqlcipher(file, KEY, free)
    base.execute("CREATE TABLE row (n INTEGER PRIMARY KEY, content TEXT) STRICT")

    def commit() -> None:
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO row (content) VALUES (?)", ("x" * 600,))
        base.execute("COMMIT")

    return commit


def per_call_ms(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    for _ in range(A_ROUND):
        work()
    return (time.perf_counter() - start) / A_ROUND * 1000


@pytest.mark.bench
def test_a_save_beside_a_bare_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = create_database(tmp_path / "bench.aeclinic", KEY)
    reading = Observation(
        kind=next(iter(ObservationKind)), at=PartialDate(2026, 11, 23, 10, 44, None, -300)
    )
    with database.new_uow() as uow:
        held = [uow.save(Patient(code="A", name="N"), who=PROGRAM)]
        uow.commit()

    def new_reading() -> None:
        with database.new_uow() as uow:
            uow.save(reading, who=PROGRAM)
            uow.commit()

    def changed_patient() -> None:
        with database.new_uow() as uow:
            held[0] = uow.save(
                dataclasses.replace(held[0], history=secrets.token_hex(8)), who=PROGRAM, reason="x"
            )
            uow.commit()

    works = {
        "bare commit": bare_commit(tmp_path),
        "new reading": new_reading,
        "changed patient": changed_patient,
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        per_call_ms(work)
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(per_call_ms(work))
    floor = statistics.median(times["bare commit"])
    with capsys.disabled():
        lines = [""]
        for name, found in times.items():
            middle = statistics.median(found)
            lines.append(f"  {name:16} {middle:6.2f} ms  {middle / floor:5.2f} x")
        sys.stdout.write("\n".join(lines) + "\n")
    database.close()

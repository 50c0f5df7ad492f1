#!/usr/bin/env python3
"""Break the program off while it saves, and look whether it kept its word.

    crashlab.py kill [--kills N] [--seed S] [--mutate] [--folder DIR]

``kill``: a child saves through the real unit of work and reports each save on a pipe once it is
acknowledged; SIGKILL comes at a random moment; then the clinic is opened again and every
acknowledged save must be there, none of them half. ``--mutate`` saves wrongly on purpose, the
entry of the trail after the commit: a run that does not find that proves nothing.

A kill says nothing about power cuts: what the process wrote, the system still has.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import secrets
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aeapp.domain.records import Observation, Patient
from aeapp.domain.records.patient import Medicine
from aeapp.persistence import upgrade
from aeapp.persistence.database import (
    Database,
    create_database,
    open_database,
)
from aeapp.persistence.uow import RecordRows, SqlUnitOfWork
from aeapp.trail.entry import Actor

WHO = Actor(user_id="u-lab", user_name="lab", name="Lab", role="nurse", workstation="lab")
KILLS_A_CLINIC = 25
LONGEST_LIFE_S = 0.25


@dataclasses.dataclass
class Tally:
    """What a run found."""

    kills: int = 0
    saves: int = 0
    lost: list[str] = dataclasses.field(default_factory=list)
    half: list[str] = dataclasses.field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Tell whether every save was kept whole."""
        return not self.lost and not self.half


# ------------------------------------------------------------------ the child


def save_for_ever(folder: Path, key: str, pipe: int, rng: random.Random, *, mutate: bool) -> None:
    """Save until killed; write a line for each record whose save was acknowledged."""
    database = open_database(folder, key)
    known: list[Patient] = []
    while True:
        with database.new_uow() as uow:
            saved = late_entry(uow) if mutate else one_save(uow, rng, known)
            uow.commit()
        lines = "".join(f"{r.KIND} {r.id} {r.version}\n" for r in saved)
        os.write(pipe, lines.encode())


def one_save(uow: SqlUnitOfWork, rng: random.Random, known: list[Patient]) -> list[Any]:
    """Do one of the things a clinic does: enter, correct, import, type a draft."""
    kind = rng.choice(("enter", "enter", "correct", "correct", "import", "read"))
    uow.drafts.append(WHO.user_id, "lab", "enter", secrets.token_hex(4))
    if kind == "correct" and known:
        n = rng.randrange(len(known))
        known[n] = uow.save(_changed(known[n], rng), who=WHO, reason="lab")
        return [known[n]]
    if kind == "import":
        readings = [Observation(note=secrets.token_hex(4)) for _ in range(20)]
        return list(uow.save_bulk(readings, who=WHO, reason="lab"))
    new = uow.save(_changed(Patient(code=secrets.token_hex(4)), rng), who=WHO)
    known.append(new)
    return [new, uow.save(Observation(patient_id=new.id), who=WHO)]


def _changed(patient: Patient, rng: random.Random) -> Patient:
    medicines = tuple(Medicine(name=secrets.token_hex(3)) for _ in range(rng.randrange(4)))
    return dataclasses.replace(patient, history=secrets.token_hex(8), medicines=medicines)


def late_entry(uow: SqlUnitOfWork) -> list[Any]:
    """Save as nobody may: the row first, and its entry in a transaction of its own."""
    new = dataclasses.replace(
        Patient(code=secrets.token_hex(4)), id=secrets.token_hex(8), version=1
    )
    rows = RecordRows.of(new)
    uow.lock()
    uow.write_rows(rows, uow.trail.head().seq, None)
    uow.commit()
    uow.lock()
    seq = uow.trail.append(
        action="create",
        who=WHO,
        entity=new.KIND,
        entity_id=new.id,
        version=1,
        state=rows.state(),
        after={"code": str(new.code)},
    )
    table = rows.table
    late = sa.update(table).where(table.c.id == new.id).values(audit_seq=seq)
    uow._run(late)  # noqa: SLF001 - what no service can do
    return [new]


# ------------------------------------------------------------------ the parent


def kill_one(folder: Path, key: str, rng: random.Random, *, mutate: bool) -> list[str]:
    """Let a child save and kill it at a random moment; return what it acknowledged."""
    reading, writing = os.pipe()
    seed, life_s = rng.random(), rng.uniform(0.0, LONGEST_LIFE_S)
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            save_for_ever(folder, key, writing, random.Random(seed), mutate=mutate)  # noqa: S311
        finally:
            os._exit(70)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()
        threading.Event().wait(life_s)
        os.kill(child, signal.SIGKILL)
        rest = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("the child ended by itself: the run proves nothing")
    # A line that the kill cut off was not read by anybody, so nobody was told.
    return [line.decode() for line in (first + rest).split(b"\n")[:-1]]


def check(folder: Path, key: str, told: dict[tuple[str, str], int], tally: Tally) -> None:
    """Open the clinic again and look for what is lost or half."""
    database = open_database(folder, key)
    try:
        report = database.report()
        tally.half += [f"{c.name}: {c.detail}" for c in report.checks if not c.ok]
        tally.lost += list(_lost(database, told))
    finally:
        database.close()


def _lost(database: Database, told: dict[tuple[str, str], int]) -> Iterator[str]:
    with database.new_uow() as uow:
        for kind in {kind for kind, _id in told}:
            ids = [record_id for k, record_id in told if k == kind]
            found = {r.id: r.version for r in uow.records.many(kind, ids)}
            for record_id in ids:
                if found.get(record_id, 0) < told[kind, record_id]:
                    yield f"{kind} {record_id}"


def weaken(folder: Path, key: str) -> None:
    """Take away the triggers that would refuse what ``late_entry`` does."""
    import sqlcipher3.dbapi2 as sqlcipher  # noqa: PLC0415 - only a wrong run needs it

    base = sqlcipher.connect(str(folder / "clinic.db"), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{key}'\"")
    names = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        base.execute(f'DROP TRIGGER "{name}"')
    base.close()


def _any_schema(connection: object) -> str:  # noqa: ARG001 - stands in for the real one
    """Accept the tables without triggers of a wrong run."""
    return ""


def run_kills(kills: int, seed: int, place: Path, *, mutate: bool) -> Tally:
    """Kill ``kills`` children; stop early in a wrong run that was found out."""
    rng, tally = random.Random(seed), Tally()  # noqa: S311 - repeatable on purpose
    key = secrets.token_hex(48)
    if mutate:
        upgrade.assert_schema = _any_schema
    folder = place
    told: dict[tuple[str, str], int] = {}
    for n in range(kills):
        if n % KILLS_A_CLINIC == 0:
            folder, told = place / f"{n}.aeclinic", {}
            create_database(folder, key).close()
            if mutate:
                weaken(folder, key)
        for line in kill_one(folder, key, rng, mutate=mutate):
            kind, record_id, version = line.split(" ")
            told[kind, record_id] = int(version)
            tally.saves += 1
        tally.kills += 1
        check(folder, key, told, tally)
        if mutate:
            tally.half = [what for what in tally.half if not what.startswith("schema")]
        if not tally.clean:
            break
    return tally


def main(words: list[str]) -> int:
    """Run a laboratory; return 0 where everything was kept."""
    parser = argparse.ArgumentParser(prog="crashlab.py", description=__doc__.split("\n", 1)[0])
    labs = parser.add_subparsers(dest="lab", required=True)
    kill = labs.add_parser("kill", help="SIGKILL at random moments")
    kill.add_argument("--kills", type=int, default=200)
    kill.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    kill.add_argument("--mutate", action="store_true", help="save wrongly; the run must fail")
    kill.add_argument("--folder", type=Path, help="where to work; a temporary folder otherwise")
    arguments = parser.parse_args(words)
    place = arguments.folder or Path(tempfile.mkdtemp(prefix="crashlab-"))
    start = time.monotonic()
    print(f"seed {arguments.seed}", flush=True)
    try:
        tally = run_kills(arguments.kills, arguments.seed, place, mutate=arguments.mutate)
    finally:
        if arguments.folder is None:
            shutil.rmtree(place, ignore_errors=True)
    for what in (*tally.lost[:10], *tally.half[:10]):
        print(f"  {what}")
    seconds = time.monotonic() - start
    print(
        f"{tally.kills} kills, {tally.saves} acknowledged records,"
        f" {len(tally.lost)} lost, {len(tally.half)} checks failed, {seconds:.0f} s"
    )
    return 0 if tally.clean and tally.saves else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

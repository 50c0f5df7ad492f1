"""Kill the program at random moments while it saves, and look for what got lost.

    python -m tools.crashlab kill [--kills N] [--seed S] [--mutate NAME] [--json]

A child process saves through the real services into a real encrypted clinic and says on a pipe
what it is about to save and what was acknowledged. It gets SIGKILL; the clinic is opened again
through the real services and compared with what the child said. The mutations are programs with
a known fault: the run must fail with each of them, or the laboratory is blind.

The seed fixes what is saved and how long a child lives, not where exactly the kill lands.
Exit: 0 nothing lost, 1 something lost, 2 this system has no SIGKILL.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from aeapp.bootstrap import SUFFIX, LocalClinics
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.items import Record
from aeapp.domain.records import ALL_RECORDS, Awareness, Clinic, Event, Report, Reporter
from aeapp.kernel.clock import SystemClock
from aeapp.kernel.errors import AppError
from aeapp.persistence import connect, database, guard, triggers
from aeapp.persistence.schema import AUDIT
from aeapp.persistence.uow import SqlUnitOfWork
from aeapp.services.app import App, NewClinic
from aeapp.vault import KdfParameters, open_vault
from exports import documents as _documents  # noqa: F401 - bootstrap's late import, done once
from tools.crashlab_clerk import DRAFT, Clerk, Write

ROOT = Path(__file__).resolve().parent.parent
USER, PASSWORD = "lab.worker", "nine slow otters under the bridge"
ENTRY_AFTER_COMMIT, EARLY = "entry-after-commit", "early-acknowledgement"
MUTATIONS = (ENTRY_AFTER_COMMIT, EARLY)
KILLS_A_CLINIC = 50  # a check reads the whole clinic: a new one now and then keeps it quick
PATIENCE_S = 60.0
Key = tuple[str, str]


class LabError(Exception):
    """The laboratory itself does not work; nothing is known about the program."""


def cheap_clinics() -> LocalClinics:
    """Return the real way to make and open clinics; passwords here guard nothing."""
    os.environ["AEAPP_TEST_KDF"] = "1"
    return LocalClinics(kdf=KdfParameters.for_tests())


# ------------------------------------------------------------------ the child


def work(folder: Path, seed: int, mutation: str) -> None:
    """Save until killed; say before each unit what it will write, and after it what it wrote."""
    _say("child", os.getpid())
    if mutation == ENTRY_AFTER_COMMIT:
        set_triggers(folder, there=True)
        write_entries_late()
    app = cheap_clinics().open(str(folder), USER, PASSWORD)
    if mutation == ENTRY_AFTER_COMMIT:
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
    """Fork a child for each line (seed, folder) on standard input; open no clinic here."""
    for line in sys.stdin:
        seed, folder = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                work(Path(folder), seed, mutation)
            except BaseException:  # noqa: BLE001 - shown, and the exit below tells the laboratory
                traceback.print_exc()
            finally:
                os._exit(1)
        _say("dead", os.waitpid(pid, 0)[1])


# ------------------------------------------------------------------ the first mutation


class LateEntries(SqlUnitOfWork):
    """The fault to be found: entries are written by a second transaction, after the records."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._late: list[tuple[Any, Any]] = []

    def _run(self, statement: Any, parameters: Any = None) -> Any:
        if statement.is_insert and statement.table is AUDIT:
            self._late.append((statement, parameters))
            return None
        return super()._run(statement, parameters)

    def commit(self) -> None:
        """Commit the records, then the entries."""
        super().commit()
        late, self._late = self._late, []
        if late:
            self.lock()
            for statement, parameters in late:
                super()._run(statement, parameters)
            super().commit()


def write_entries_late() -> None:
    """Make this process a faulty program, on connections that let it be one."""
    real = connect.open_sqlcipher

    def without_links(file: Path, key: str, authorizer: guard.Authorizer) -> Any:
        connection = real(file, key, authorizer)
        connection.set_authorizer(None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.set_authorizer(authorizer)
        return connection

    connect.open_sqlcipher = without_links
    database.SqlUnitOfWork = LateEntries  # type: ignore[misc]


def set_triggers(folder: Path, *, there: bool) -> None:
    """Make the triggers of a clinic, or drop them: they would refuse the faulty program."""
    vault = open_vault(folder, user_name=USER, password=PASSWORD, now=SystemClock().now)
    authorizer = guard.Authorizer()
    engine = connect.sqlite_engine(folder / connect.DATABASE, vault.database_key, authorizer)
    with connect.structure(engine, authorizer) as connection:
        if there:
            triggers.make_triggers(connection)
        else:
            triggers.drop_triggers(connection)
    vault.wipe()


# ------------------------------------------------------------------ what was said and what is


@dataclass(slots=True)
class Ledger:
    """What the children of one clinic said.

    Attributes:
        promised: The newest acknowledged version of each record, steps of each draft.
        begun: Units that were begun and not acknowledged, since the last check.
    """

    promised: dict[Key, int] = field(default_factory=dict)
    begun: list[tuple[Write, ...]] = field(default_factory=list)

    def promise(self, writes: tuple[Write, ...]) -> None:
        """Remember what was acknowledged."""
        for write in writes:
            key = (write.kind, write.id)
            self.promised[key] = max(write.after, self.promised.get(key, 0))


class Problem(NamedTuple):
    """One thing that should not be: its family and what it is."""

    what: str
    words: str


def compare(app: App, ledger: Ledger) -> Iterator[Problem]:
    """Yield what differs between what was said, the records and the trail."""
    scopes = {w.id for unit in ledger.begun for w in unit if w.kind == DRAFT}
    scopes |= {key[1] for key in ledger.promised if key[0] == DRAFT}
    drafts = {(DRAFT, scope): len(app.drafts.steps(scope)) for scope in scopes}
    with app.context.new_uow() as uow:
        records = [r for kind in ALL_RECORDS for r in uow.records.query(kind.KIND)]
        entered = _entered(uow.trail.lines())
    live = drafts | {(r.KIND, r.id): r.version for r in records}
    for key, version in ledger.promised.items():
        if live.get(key, 0) < version:
            yield Problem("lost", f"{key} version {version}, there is {live.get(key, 0)}")
    yield from _halves(ledger, live)
    yield from _half_cases(records)
    for key in {key for key in live if key[0] != DRAFT} | set(entered):
        yield from _reconciled(key, live.get(key, 0), entered.get(key, []))


def _entered(lines: Iterator[str]) -> dict[Key, list[int]]:
    """Return the versions that the trail has an entry for."""
    versions: dict[Key, list[int]] = {}
    next(lines)  # names the trail
    for line in lines:
        entry = json.loads(json.loads(line)["payload"])
        if "version" in entry:
            versions.setdefault((entry["entity"], entry["entity_id"]), []).append(entry["version"])
    return versions


def _reconciled(key: Key, version: int, entered: list[int]) -> Iterator[Problem]:
    if missing := set(range(1, version + 1)) - set(entered):
        yield Problem("without entry", f"{key} version {min(missing)}")
    if len(entered) > len(set(entered)) or max(entered, default=0) > version:
        yield Problem("without record", f"{key}: entries up to {max(entered)}, is {version}")


def _halves(ledger: Ledger, live: Mapping[Key, int]) -> Iterator[Problem]:
    for unit in ledger.begun:
        states = [_state(write, live.get((write.kind, write.id), 0)) for write in unit]
        if len(set(states)) > 1 or "half" in states:
            kinds = ", ".join(f"{w.kind} {s}" for w, s in zip(unit, states, strict=True))
            yield Problem("half", f"a unit of {kinds}")


def _state(write: Write, found: int) -> str:
    if found >= write.after:
        return "there"
    return "half" if found > write.before else "not there"


def _half_cases(records: list[Record]) -> Iterator[Problem]:
    """A case is opened together with its event, report, reporter and awareness."""
    parts = {r.id: Counter[str]() for r in records if r.KIND == "case"}
    for record in records:
        if isinstance(record, Event | Report | Reporter | Awareness) and record.case_id:
            parts.setdefault(record.case_id, Counter())[record.KIND] += 1
    whole = Counter(event=1, report=1, reporter=1, awareness=1)
    for case_id, counted in parts.items():
        if counted != whole:
            yield Problem("half", f"case {case_id} has {dict(counted)}")


# ------------------------------------------------------------------ the laboratory


@dataclass(slots=True, kw_only=True)
class Figures:
    """What a run came to.

    Attributes:
        mid_save: Kills between the beginning of a unit and its acknowledgement.
        opening: Kills while the clinic was being opened after a kill.
        saves: Acknowledged versions of records and steps of drafts.
        problems: What was found, by family; empty in a good run.
        place: Folder of the clinic where something was found.
    """

    seed: int
    mutation: str
    kills: int = 0
    mid_save: int = 0
    opening: int = 0
    units: int = 0
    saves: int = 0
    seconds: float = 0.0
    problems: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    place: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not self.problems

    def lines(self) -> Iterator[str]:
        """Yield the figures for people."""
        yield f"seed {self.seed}" + (f", mutation {self.mutation}" if self.mutation else "")
        yield f"{self.kills} kills: {self.mid_save} within a save, {self.opening} while opening"
        yield f"{self.saves} acknowledged saves in {self.units} units"
        yield ", ".join(f"{self.problems[what]} {what}" for what in FAMILIES)
        yield f"{self.seconds:.1f} s, {self.seconds / max(self.kills, 1):.2f} s a kill"
        yield from self.words[:10]
        if self.place:
            yield f"kept in {self.place}"


FAMILIES = ("lost", "half", "without entry", "without record", "damaged", "stopped by itself")


class Life(NamedTuple):
    """How long a child lives: from its first word, or from when it is ready to save."""

    opening: bool
    seconds: float


def lives(rng: random.Random, count: int) -> Iterator[Life]:
    """Yield mostly short lives, some long ones, and some that end while recovering from another."""
    for n in range(count):
        if n and rng.random() < OPENING:
            yield Life(True, rng.uniform(0, 0.15))
        else:
            yield Life(False, math.exp(rng.uniform(math.log(0.002), math.log(0.4))))


OPENING = 0.15


class Lab:
    """One run: clinics, children, kills and checks."""

    def __init__(self, figures: Figures, root: Path, server: Server) -> None:
        self._figures, self._root, self._server = figures, root, server
        self._rng = random.Random(figures.seed)  # noqa: S311 - chance that can be repeated

    def run(self, kills: int) -> None:
        """Kill until something is found or ``kills`` are done."""
        while self._figures.ok and self._figures.kills < kills:
            count = min(KILLS_A_CLINIC, kills - self._figures.kills)
            self._one_clinic(self._root / f"lab{self._figures.kills}{SUFFIX}", count)

    def _one_clinic(self, folder: Path, count: int) -> None:
        cheap_clinics().create(_new_clinic(folder)).close()
        ledger = Ledger()
        plan = list(lives(self._rng, count))
        for life, following in zip(plan, [*plan[1:], None], strict=True):
            self._kill(folder, life, ledger)
            # A check would do the recovery that the next child is to be killed in.
            if self._figures.ok and following is not None and following.opening:
                continue
            self._check(folder, ledger)
            if not self._figures.ok:
                self._figures.place = str(folder)
                return

    def _kill(self, folder: Path, life: Life, ledger: Ledger) -> None:
        self._server.send([self._rng.getrandbits(32), str(folder)])
        pid = int(self._server.expect("child")[0])
        said: list[list[Any]] = []
        if not life.opening:
            self._server.expect("ready")
        end = time.monotonic() + life.seconds
        while (message := self._server.hear(end)) and message[0] != "dead":
            said.append(message)
        if message is None:
            os.kill(pid, signal.SIGKILL)
            while (message := self._server.must_hear())[0] != "dead":
                said.append(message)
        self._figures.kills += 1
        self._figures.opening += life.opening
        if os.WTERMSIG(message[1]) != signal.SIGKILL:
            self._found(Problem("stopped by itself", "see its words above"))
        self._note(said, ledger)

    def _note(self, said: list[list[Any]], ledger: Ledger) -> None:
        begun: tuple[Write, ...] | None = None
        for word, *parts in said:
            writes = tuple(Write(*part) for part in parts)
            if word == "begin":
                begun = writes
            elif word == "done":
                begun = None
                ledger.promise(writes)
                self._figures.units += 1
                self._figures.saves += sum(w.after - w.before for w in writes)
        if begun is not None:
            ledger.begun.append(begun)
            self._figures.mid_save += 1

    def _check(self, folder: Path, ledger: Ledger) -> None:
        if self._figures.mutation == ENTRY_AFTER_COMMIT:
            set_triggers(folder, there=True)
        clinics = cheap_clinics()
        try:
            with closing(clinics.open(str(folder), USER, PASSWORD)) as app:
                for problem in compare(app, ledger):
                    self._found(problem)
                for line in clinics.health(app).lines:
                    if not line.good:
                        self._found(Problem("damaged", f"{line.name}: {line.detail}"))
        except AppError as error:
            self._found(Problem("damaged", f"cannot be opened: {error.code}"))
        ledger.begun.clear()

    def _found(self, problem: Problem) -> None:
        self._figures.problems[problem.what] += 1
        self._figures.words.append(f"{problem.what}: {problem.words}")


def _new_clinic(folder: Path) -> NewClinic:
    return NewClinic(
        target=folder,
        clinic=Clinic(name="Laboratory", time_zone="America/New_York"),
        user_name=USER,
        display_name="Lab Worker",
        role=Role.NURSE,
        password=PASSWORD,
    )


class Server:
    """The process that forks children; messages of both come on one pipe."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None  # noqa: S101 - asked for below
        assert process.stdout is not None  # noqa: S101 - as above
        self._in, self._out = process.stdin, process.stdout.fileno()
        self._rest = b""

    def send(self, words: list[Any]) -> None:
        """Ask for a child."""
        self._in.write(json.dumps(words).encode() + b"\n")
        self._in.flush()

    def hear(self, end: float) -> list[Any] | None:
        """Return the next message, or None when it is ``end`` on the steady clock."""
        while b"\n" not in self._rest:
            left = max(end - time.monotonic(), 0)
            if not select.select([self._out], [], [], left)[0]:
                return None
            if not (more := os.read(self._out, 1 << 16)):
                raise LabError("the process that forks children has ended")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        message: list[Any] = json.loads(line)
        return message

    def must_hear(self) -> list[Any]:
        """Return the next message, which must come."""
        message = self.hear(time.monotonic() + PATIENCE_S)
        if message is None:
            raise LabError("no word from the child")
        return message

    def expect(self, word: str) -> list[Any]:
        """Return what comes with ``word``, which must be the next message."""
        message = self.must_hear()
        if message[0] != word:
            raise LabError(f"the child should have said {word}, not {message[0]}")
        return message[1:]


@contextmanager
def server(mutation: str) -> Iterator[Server]:
    """Start the process that forks children; imports are paid for once."""
    command = [sys.executable, "-m", "tools.crashlab", "serve", "--mutate", mutation]
    with subprocess.Popen(  # noqa: S603 - this file
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        yield Server(process)


def run(root: Path, *, kills: int, seed: int, mutation: str = "") -> Figures:
    """Kill ``kills`` times, or until something is found; clinics are made in ``root``."""
    figures = Figures(seed=seed, mutation=mutation)
    begun = time.monotonic()
    with server(mutation) as children:
        Lab(figures, root, children).run(kills)
    figures.seconds = time.monotonic() - begun
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="crashlab", description=__doc__)
    parser.add_argument("verb", choices=("kill", "serve"))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--mutate", choices=("", *MUTATIONS), default="")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    if os.name != "posix":
        print("SIGKILL and fork are of POSIX systems.", file=sys.stderr)
        return 2
    if asked.verb == "serve":
        serve(asked.mutate)
        return 0
    root = Path(tempfile.mkdtemp(prefix="crashlab-"))
    seed = random.SystemRandom().getrandbits(32) if asked.seed is None else asked.seed
    figures = run(root, kills=asked.kills, seed=seed, mutation=asked.mutate)
    if figures.ok or asked.mutate:
        shutil.rmtree(root)
        figures.place = ""
    print(json.dumps(asdict(figures)) if asked.json else "\n".join(figures.lines()))
    return 0 if figures.ok else 1


if __name__ == "__main__":
    sys.exit(main())

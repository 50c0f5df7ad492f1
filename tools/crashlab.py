"""Kill the program at random moments while it works in a clinic, and look for what got lost.

    python -m tools.crashlab kill [--kills N] [--seed S] [--mutate NAME] [--json]

A child process saves through the real services into a real encrypted clinic and says on a pipe
what it is about to save and what was acknowledged. It gets SIGKILL; the clinic is opened again
through the real services and compared with what the child said. The mutations are programs with
a known fault: the run must fail with each of them, or the laboratory is blind.

The seed fixes what is saved and how long a child lives, not where exactly the kill lands. A kill
shows nothing about power cuts: what a killed process wrote, the system still has.
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
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from aeapp.bootstrap import SUFFIX
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Clinic
from aeapp.kernel.errors import AppError
from aeapp.services.app import NewClinic
from tools.crashlab_child import MUTATIONS, PASSWORD, USER, cheap_clinics, mend
from tools.crashlab_clerk import Write
from tools.crashlab_ledger import FAMILIES, Ledger, Problem, compare

ROOT = Path(__file__).resolve().parent.parent
KILLS_A_CLINIC = 50  # a check reads the whole clinic: a new one now and then keeps it quick
PATIENCE_S = 60.0
DEAD = "dead"
OPENING, OPENING_S = 0.15, 0.15  # this part of the kills hits the opening, which takes so long
LONGEST, UNIT_S = 60, 0.015  # the other children save up to so many units, which take less each


class LabError(Exception):
    """The laboratory itself does not work; nothing is known about the program."""


@dataclass(slots=True, kw_only=True)
class Figures:
    """What a run came to.

    Attributes:
        mid_save: Kills between the beginning of a unit and its acknowledgement.
        landed: Units that were stored whole although the kill came before their acknowledgement.
        opening: Kills while the clinic was being opened after a kill.
        saves: Acknowledged versions of records and steps of drafts.
        problems: What was found, by family; empty in a good run.
        place: Folder of the clinic where something was found.
    """

    seed: int
    mutation: str
    kills: int = 0
    mid_save: int = 0
    landed: int = 0
    opening: int = 0
    units: int = 0
    saves: int = 0
    seconds: float = 0.0
    problems: dict[str, int] = field(default_factory=dict)
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
        yield f"{self.landed} units stored whole whose acknowledgement the kill cut off"
        yield ", ".join(f"{self.problems.get(what, 0)} {what}" for what in FAMILIES)
        yield f"{self.seconds:.1f} s, {self.seconds / max(self.kills, 1):.2f} s a kill"
        yield from self.words[:10]
        if self.place:
            yield f"kept in {self.place}"


class Life(NamedTuple):
    """How long a child lives.

    Attributes:
        units: Acknowledged units to wait for, which a slow machine does not lessen; None where
            the child is to be killed while it opens the clinic.
        seconds: How long after that it is killed.
    """

    units: int | None
    seconds: float


def lives(rng: random.Random, count: int) -> Iterator[Life]:
    """Yield mostly short lives, some long ones, and some that end while recovering from another."""
    for n in range(count):
        if n and rng.random() < OPENING:
            yield Life(None, rng.uniform(0, OPENING_S))
        else:
            units = round(math.exp(rng.uniform(0, math.log(LONGEST)))) - 1
            yield Life(units, rng.uniform(0, UNIT_S))


class Lab:
    """One run."""

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
            if self._figures.ok and following and following.units is None:
                continue
            self._check(folder, ledger)
            if not self._figures.ok:
                self._figures.place = str(folder)
                break
        self._figures.landed += ledger.landed

    def _kill(self, folder: Path, life: Life, ledger: Ledger) -> None:
        self._server.send([self._rng.getrandbits(32), str(folder)])
        said = self._server.wait_for("child")
        pid = said[0][1]
        if life.units is not None:
            for word in ("ready", *["done"] * life.units):
                if said[-1][0] != DEAD:
                    said += self._server.wait_for(word)
        if said[-1][0] != DEAD:
            said += self._server.listen(DEAD, life.seconds)
        if said[-1][0] != DEAD:
            os.kill(pid, signal.SIGKILL)
            said += self._server.wait_for(DEAD)
        self._figures.kills += 1
        self._figures.opening += life.units is None
        if os.WTERMSIG(said[-1][1]) != signal.SIGKILL:
            self._found(Problem("stopped by itself", "it said why on standard error"))
        self._note(said, ledger)

    def _note(self, said: list[list[Any]], ledger: Ledger) -> None:
        begun: tuple[Write, ...] | None = None
        for word, *parts in said:
            if word == "begin":
                begun = tuple(Write(*part) for part in parts)
            elif word == "done":
                begun = None
                writes = tuple(Write(*part) for part in parts)
                ledger.promise(writes)
                self._figures.units += 1
                self._figures.saves += sum(w.after - w.before for w in writes)
        if begun is not None:
            ledger.begun.append(begun)
            self._figures.mid_save += 1

    def _check(self, folder: Path, ledger: Ledger) -> None:
        mend(folder, self._figures.mutation)
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
        problems = self._figures.problems
        problems[problem.what] = problems.get(problem.what, 0) + 1
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

    def wait_for(self, word: str) -> list[list[Any]]:
        """Return what is said up to ``word`` or DEAD, one of which must come."""
        said = self.listen(word, PATIENCE_S)
        if not said or said[-1][0] not in (word, DEAD):
            raise LabError(f"the child did not say {word} in {PATIENCE_S:.0f} s")
        return said

    def listen(self, word: str, seconds: float) -> list[list[Any]]:
        """Return what is said up to ``word`` or DEAD, or in ``seconds``."""
        said: list[list[Any]] = []
        end = time.monotonic() + seconds
        while message := self._hear(end):
            said.append(message)
            if message[0] in (word, DEAD):
                break
        return said

    def _hear(self, end: float) -> list[Any] | None:
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


@contextmanager
def server(mutation: str) -> Iterator[Server]:
    """Start the process that forks children; imports are paid for once."""
    command = [sys.executable, "-m", "tools.crashlab_child", mutation]
    with subprocess.Popen(  # noqa: S603 - this program
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
    """Run the laboratory and print its figures."""
    parser = argparse.ArgumentParser(prog="crashlab", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("lab", choices=("kill",), help="what happens to the process")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    parser.add_argument("--mutate", choices=MUTATIONS, default="", help="the run must then fail")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    if os.name != "posix":
        print("SIGKILL and fork are of POSIX systems.", file=sys.stderr)
        return 2
    root = Path(tempfile.mkdtemp(prefix="crashlab-"))
    figures = run(root, kills=asked.kills, seed=asked.seed, mutation=asked.mutate)
    if figures.ok or asked.mutate:
        shutil.rmtree(root)
        figures.place = ""
    print(json.dumps(asdict(figures)) if asked.json else "\n".join(figures.lines()))
    return 0 if figures.ok else 1


if __name__ == "__main__":
    sys.exit(main())

"""Run two sides turn by turn, each in a process of its own, and put what they took into a table."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
Words = Sequence[str | Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How often.

    Attributes:
        rounds: Turns of each side.
        acts: Acts in a turn, where an act is short.
    """

    rounds: int
    acts: int = 1


@dataclass(slots=True)
class Side:
    """What was measured of one side."""

    ms: list[float] = field(default_factory=list)
    peak_mb: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """Return the middle of the times."""
        return statistics.median(self.ms)

    def within(self, share: float) -> float:
        """Return the time that this ``share`` of the acts keeps within, such as 0.95."""
        return sorted(self.ms)[int(len(self.ms) * share)]

    @property
    def slow(self) -> float:
        """Return the time that nine of ten acts keep within."""
        return self.within(0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    Attributes:
        aim: As the design says it, such as ``3 x`` or ``16 ms``.
        note: What was done, for the lines under the table.
    """

    name: str
    aim: str
    ours: Side
    floor: Side
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return how many times the floor ours takes."""
        return self.ours.median / self.floor.median

    @property
    def at_best(self) -> float:
        """Return the same of the fastest acts: what else runs disturbs them least."""
        return min(self.ours.ms) / min(self.floor.ms)


def environment() -> dict[str, str]:
    """Return what children are started with: compiled modules, as an installed program has them."""
    compiled = REPOSITORY / "build" / "bench" / "compiled"
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    ours = {"PYTHONPATH": str(REPOSITORY), "QT_QPA_PLATFORM": "offscreen"}
    return kept | ours | {"PYTHONPYCACHEPREFIX": str(compiled)}


# Libraries of others are measured by a Python that has them; set by --peers.
PEERS = "tests.bench.peers."
interpreters = {"ours": sys.executable, "peers": sys.executable}


def command(module: str, words: Words) -> list[str]:
    """Return the command line of a child."""
    peer = any(str(word).startswith(PEERS) for word in words)
    python = interpreters["peers" if peer else "ours"]
    return [python, "-m", module, *(str(w) for w in words)]


def has(library: str) -> bool:
    """Tell whether the Python of the peers has a library."""
    probe = [interpreters["peers"], "-c", f"import {library}"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def run(module: str, *words: str | Path) -> dict[str, Any]:
    """Run a module to its end; return what its last line says."""
    done = subprocess.run(
        command(module, words),
        cwd=REPOSITORY,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


class Child:
    """A side that waits in its process for its turn."""

    def __init__(self, module: str, words: Words) -> None:
        self._process = subprocess.Popen(
            command("tests.bench.child", [module, *words]),
            cwd=REPOSITORY,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.side = Side(facts=self._heard("facts"))

    def turn(self, acts: int) -> list[float]:
        """Do the act some times; return the milliseconds of each."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{acts}\n")
        self._process.stdin.flush()
        ms: list[float] = self._heard("ms")
        return ms

    def end(self) -> Side:
        """Let it finish and say how much memory it took at most."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self.side.peak_mb = self._heard("peak_mb")
        assert self._process.wait(30) == 0
        return self.side

    def kill(self) -> None:
        """End it whatever it does."""
        self._process.kill()
        self._process.wait(30)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _heard(self, word: str) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the measured process ended before its time; see its error above"
        return json.loads(line)[word]


@contextmanager
def children(*sides: tuple[str, Words]) -> Iterator[list[Child]]:
    """Start one process for each side; none is left at the end."""
    started: list[Child] = []
    try:
        for module, words in sides:
            started.append(Child(module, words))
        yield started
    finally:
        for child in started:
            child.kill()


def side_by_side(
    plan: Plan, ours: tuple[str, Words], floor: tuple[str, Words]
) -> tuple[Side, Side]:
    """Measure two sides in turns, so that whatever slows the machine slows both."""
    with children(ours, floor) as (one, other):
        for child in (one, other):
            child.turn(plan.acts)  # what is done for the first time is not measured
        for n in range(plan.rounds):
            for child in (one, other) if n % 2 else (other, one):
                child.side.ms += child.turn(plan.acts)
        return one.end(), other.end()


def from_the_start(plan: Plan, ours: tuple[str, Words], floor: tuple[str, Words]) -> list[Side]:
    """Measure from the start of a process to the moment that its last line tells.

    Both sides count on the clock that never steps back, which all processes share.
    """
    sides = [Side(), Side()]
    turns = list(zip(sides, (ours, floor), strict=True))
    for n in range(-1, plan.rounds):
        for side, (module, words) in turns if n % 2 else reversed(turns):
            begin = time.monotonic()
            said = run(module, *words)
            if n >= 0:
                side.ms.append((said["at"] - begin) * 1000)
                side.peak_mb = max(side.peak_mb, said["peak_mb"])
                side.facts = said.get("facts", {})
    return sides


# ------------------------------------------------------------------ the table

HEADS = ("", "ours ms", "9 of 10", "floor ms", "ratio", "best", "aim", "ours MB", "floor MB")


def table(rows: Sequence[Row]) -> list[str]:
    """Return the lines of the table, and a numbered note for each row."""
    cells = [HEADS, *(_cells(n, row) for n, row in enumerate(rows, 1))]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEADS))]
    lines = []
    for line in cells:
        name, *figures = line
        padded = (f"{text:>{width}}" for text, width in zip(figures, widths[1:], strict=True))
        lines.append("  ".join((f"{name:<{widths[0]}}", *padded)).rstrip())
    lines.insert(1, "-" * max(len(line) for line in lines))
    notes = [f"{n}. {row.note}" for n, row in enumerate(rows, 1) if row.note]
    return [*lines, "", *notes]


def _cells(n: int, row: Row) -> tuple[str, ...]:
    return (
        f"{n}. {row.name}",
        _figure(row.ours.median),
        _figure(row.ours.slow),
        _figure(row.floor.median),
        f"{row.ratio:.2f} x",
        f"{row.at_best:.2f} x",
        row.aim,
        f"{row.ours.peak_mb:.0f}",
        f"{row.floor.peak_mb:.0f}",
    )


def _figure(ms: float) -> str:
    """Return three figures that count."""
    return f"{ms:.0f}" if ms >= 100 else f"{ms:.1f}" if ms >= 10 else f"{ms:.2f}"

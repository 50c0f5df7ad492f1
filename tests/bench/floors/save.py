"""Commit a change of one row, durable, by the driver alone."""

from __future__ import annotations

import os
import statistics
from itertools import count
from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import bare_file, settings_of
from tests.bench.timing import taken_ms

CELLS = 40
SYNCS = 40


def sync_ms(file: Path) -> float:
    """Return what it takes to write one page to the disk and wait for it."""
    with file.open("wb", buffering=0) as page:

        def write() -> None:
            page.write(bytes(4096))
            os.fsync(page.fileno())

        times = [taken_ms(write) for _ in range(SYNCS)]
    file.unlink()
    return statistics.median(times)


def prepare(place: str) -> Act:
    """Make a table with one row as wide as a case."""
    base = bare_file(Path(place))
    columns = ", ".join(f"c{n} TEXT" for n in range(CELLS))
    base.execute(f"CREATE TABLE record (id TEXT PRIMARY KEY, title TEXT, {columns}) STRICT")
    base.execute("INSERT INTO record (id, title) VALUES ('c', '')")
    numbers = count()

    def save() -> None:
        base.execute("BEGIN IMMEDIATE")
        title = f"Dizzy after the dose, version {next(numbers)}"
        base.execute("UPDATE record SET title = ? WHERE id = 'c'", (title,))
        base.execute("COMMIT")

    facts = {"settings": settings_of(base), "sync": sync_ms(Path(place) / "sync.tmp")}
    return Act(run=lambda: taken_ms(save), facts=facts, end=base.close)

"""Commit a change of one row, durable, by the driver alone."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import bare_file, settings_of
from tests.bench.timing import taken_ms

CELLS = 40


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

    return Act(run=lambda: taken_ms(save), facts={"settings": settings_of(base)}, end=base.close)

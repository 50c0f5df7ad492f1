"""Commit one new row, durable, by the driver alone."""

from __future__ import annotations

from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import bare_file
from tests.bench.timing import taken_ms


def prepare(place: str) -> Act:
    """Make a table of readings."""
    base = bare_file(Path(place))
    base.execute(
        "CREATE TABLE reading (id INTEGER PRIMARY KEY, session TEXT, kind TEXT, at TEXT, "
        "value TEXT, unit TEXT, status TEXT, source TEXT) STRICT"
    )
    row = ("s" * 32, "hr", "2026-11-23T14:40 -05:00", "72", "/min", "valid", "staff")

    def save() -> None:
        base.execute("BEGIN IMMEDIATE")
        base.execute(
            "INSERT INTO reading (session, kind, at, value, unit, status, source) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        base.execute("COMMIT")

    return Act(run=lambda: taken_ms(save), end=base.close)

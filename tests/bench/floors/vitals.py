"""Read the table as text and store the same rows by the driver alone, in one commit."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import bare_file
from tests.bench.timing import taken_ms

COLUMNS = re.compile(r"INSERT OR FAIL INTO observation \(([^)]*)\)")


def prepare(place: str, file: str) -> Act:
    """Make a table without index and trigger."""
    base = bare_file(Path(place))
    statements = json.loads(Path(file).read_text(encoding="utf-8"))["statements"]
    names = COLUMNS.match(statements[0][0])
    assert names is not None
    base.execute(f"CREATE TABLE observation ({names[1]})")
    monitor = Path(place) / "monitor.csv"

    def take() -> None:
        with monitor.open(encoding="utf-8", newline="") as lines:
            list(csv.reader(lines))
        base.execute("BEGIN IMMEDIATE")
        for sql, rows in statements:
            base.executemany(sql, rows)
        base.execute("COMMIT")

    facts = {"rows": sum(len(rows) for _sql, rows in statements)}
    return Act(run=lambda: taken_ms(take), facts=facts, end=base.close)

"""Run the same queries by the driver alone and fetch their rows, making no records of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import opened
from tests.bench.timing import taken_ms


def prepare(place: str, file: str) -> Act:
    """Open the clinic's file and load the queries."""
    kept = json.loads(Path(file).read_text(encoding="utf-8"))
    base = opened(Path(place) / "larkspur.aeclinic" / "clinic.db", kept["key"])

    def read() -> None:
        base.execute("BEGIN")
        for sql, values in kept["statements"]:
            base.execute(sql, values).fetchall()
        base.execute("COMMIT")

    return Act(
        run=lambda: taken_ms(read), facts={"queries": len(kept["statements"])}, end=base.close
    )

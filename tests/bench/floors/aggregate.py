"""Count and average the scores by the driver alone: the least that reading them all costs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import opened
from tests.bench.timing import taken_ms

SUMS = (
    "SELECT count(*), avg(CAST(s.total AS REAL)), sum(i.points > 0) FROM score s"
    " LEFT JOIN score__items i ON i.record_id = s.id AND i.number = 9 WHERE s.scale = 'phq-9'"
)


def prepare(place: str, file: str) -> Act:
    """Open the clinic's file."""
    key = json.loads(Path(file).read_text(encoding="utf-8"))["key"]
    base = opened(Path(place) / "larkspur.aeclinic" / "clinic.db", key)
    found = base.execute(SUMS).fetchone()
    return Act(
        run=lambda: taken_ms(lambda: base.execute(SUMS).fetchone()),
        facts={"scores": found[0]},
        end=base.close,
    )

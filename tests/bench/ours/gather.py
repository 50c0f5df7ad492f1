"""Read a case with every record it shows, and compute its views."""

from __future__ import annotations

from pathlib import Path

from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms


def prepare(place: str) -> Act:
    """Open the clinic."""
    app = open_stored(Path(place))
    case_id = facts_of(Path(place))["case"]
    return Act(run=lambda: taken_ms(lambda: app.cases.gather(case_id)), end=app.close)

"""Read the first page of a list in an open clinic."""

from __future__ import annotations

from pathlib import Path

from tests.bench.child import Act
from tests.bench.ours.opening import PAGE
from tests.bench.stored import open_stored
from tests.bench.timing import taken_ms

# Ten patients have it, in the large clinic as in the small one.
TEN_CODES = "p-00017"


def prepare(place: str, what: str) -> Act:
    """Open the clinic."""
    app = open_stored(Path(place))

    def patients() -> None:
        app.patients.lines(app.patients.ids(order_by="name")[:PAGE])

    def search() -> None:
        app.patients.lines(app.patients.ids(TEN_CODES, order_by="name")[:PAGE])

    def reports() -> None:
        app.cases.report_lines(app.cases.report_ids()[:PAGE])

    act = {"patients": patients, "search": search, "reports": reports}[what]
    return Act(run=lambda: taken_ms(act), end=app.close)

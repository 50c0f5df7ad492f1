"""Open a clinic and read the first page of patients and of reports."""

from __future__ import annotations

from pathlib import Path

from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms

PAGE = 200


def prepare(place: str) -> Act:
    """Do nothing yet: opening is what is measured, with the cheapest password there is."""
    folder = Path(place)

    def run() -> float:
        opened = []

        def act() -> None:
            app = open_stored(folder)
            opened.append(app)
            app.patients.lines(app.patients.ids(order_by="name")[:PAGE])
            app.cases.report_lines(app.cases.report_ids()[:PAGE])

        taken = taken_ms(act)
        opened[0].close()
        return taken

    return Act(run=run, facts=facts_of(folder))

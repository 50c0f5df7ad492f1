"""Save one changed field of a case: checked against what is stored, with its entry in the trail."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from aeapp.domain.case import write
from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms


def prepare(place: str) -> Act:
    """Open the clinic and read the case."""
    app = open_stored(Path(place))
    held = [app.cases.gather(facts_of(Path(place))["case"])]
    numbers = count()

    def run() -> float:
        old = held[0]
        new = write(old, "case.title", f"Dizzy after the dose, version {next(numbers)}")

        def save() -> None:
            held[0] = app.cases.save(old, new)

        return taken_ms(save)

    return Act(run=run, end=app.close)

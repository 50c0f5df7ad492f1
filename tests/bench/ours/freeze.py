"""Record a report as sent: case, stamp and pages made, hashed, kept, with their entries."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from aeapp.domain.codelists.clinic import Channel
from aeapp.domain.codelists.lifecycle import NotThere, VersionNature
from aeapp.domain.records import Sending
from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms


def prepare(place: str) -> Act:
    """Open the clinic; every act but the first begins a further version, unmeasured."""
    app = open_stored(Path(place))
    report = app.cases.gather(facts_of(Path(place))["case"]).report
    numbers = count()

    def run() -> float:
        if next(numbers):
            app.lifecycle.correct(report.id, VersionNature.FOLLOW_UP, "measured again")
        line = Sending(
            channel=Channel.ONLINE,
            at=app.context.minute(),
            reference="1",
            proof_lacks=NotThere.NONE_GIVEN,
        )
        return taken_ms(lambda: app.sending.record(report.id, line, unsigned_because="measured"))

    return Act(run=run, end=app.close)

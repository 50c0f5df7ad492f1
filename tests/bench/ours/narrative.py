"""Renew a narrative, or ask what of it is stale, with all records of a case beside it."""

from __future__ import annotations

from pathlib import Path

from aeapp.domain.narrative import step
from aeapp.domain.narrative.keeping import made_anew, narrative_of
from aeapp.domain.narrative.reading import marks
from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms


def prepare(place: str, what: str) -> Act:
    """Make the narrative of the stored case once."""
    app = open_stored(Path(place))
    case = app.cases.gather(facts_of(Path(place))["case"])
    app.close()
    case = step.done(case, step.argument_of(case, made_anew(case)))
    act = {"renew": made_anew, "stale": narrative_of}[what]
    pieces = [piece for piece in case.case.sentences if piece.template]
    facts = {
        "sentences": len(pieces),
        "sources": sum(len(marks(piece.sources)) for piece in pieces),
        "readings": len(case.observations),
    }
    return Act(run=lambda: taken_ms(lambda: act(case)), facts=facts)

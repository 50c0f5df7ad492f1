"""Make the document of a case: rules, cover, form and continuation, as bytes."""

from __future__ import annotations

from pathlib import Path

from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms


def prepare(place: str) -> Act:
    """Read the case."""
    app = open_stored(Path(place))
    case = app.cases.gather(facts_of(Path(place))["case"])
    document = app.documents.render(case)
    facts = {"pages": document.pages, "bytes": len(document.content)}
    return Act(run=lambda: taken_ms(lambda: app.documents.render(case)), facts=facts, end=app.close)

"""Compute the outcomes page of a quarter in an open clinic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from aeapp.domain.outcomes.page import Asked
from tests.bench.child import Act
from tests.bench.stored import open_stored
from tests.bench.timing import taken_ms


def prepare(place: str) -> Act:
    """Open the clinic."""
    app = open_stored(Path(place))
    asked = Asked(first=date(2026, 7, 1), last=date(2026, 9, 30))
    page = app.outcomes.page(asked)
    facts = {"scores": page.scores, "counted": len(page.ladder.counted)}
    return Act(run=lambda: taken_ms(lambda: app.outcomes.page(asked)), facts=facts, end=app.close)

"""Search an open clinic for words, as the palette and the page of search do."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from aeapp.domain.finding.question import Question
from tests.bench.child import Act
from tests.bench.stored import open_stored
from tests.bench.timing import taken_ms

# A name, a name and an event, a number, the word that every session has, a slip, begins of many.
TYPED = ("avery", "headache casey", "KS-2018-000042", "depression", "avrey", "av", "sa")


def prepare(place: str, what: str) -> Act:
    """Open the clinic."""
    app = open_stored(Path(place))
    words = cycle(TYPED)

    def few() -> None:
        app.finding.few(next(words))

    def page() -> None:
        app.finding.find(Question(words=next(words)))

    act = {"palette": few, "page": page}[what]
    found = sum(len(app.finding.find(Question(words=typed)).hits) > 0 for typed in TYPED)
    return Act(run=lambda: taken_ms(act), end=app.close, facts={"found": found})

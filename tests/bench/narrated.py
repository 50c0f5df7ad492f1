"""Write down the sentences of a case and their sources, for a floor that imports nothing of ours.

``python -m tests.bench.narrated PLACE OUT`` writes them as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aeapp.domain.narrative.drafting import drafts_of
from tests.bench.child import say
from tests.bench.stored import facts_of, open_stored


def main(place: str, out: str) -> None:
    """Write texts and sources of the stored case to a file."""
    app = open_stored(Path(place))
    drafts = drafts_of(app.cases.gather(facts_of(Path(place))["case"]))
    app.close()
    sources = [line for draft in drafts for line in draft.sources.splitlines()]
    kept = {"texts": [draft.text for draft in drafts], "sources": sources}
    Path(out).write_text(json.dumps(kept), encoding="utf-8")
    say(sentences=len(drafts))


if __name__ == "__main__":
    main(*sys.argv[1:])

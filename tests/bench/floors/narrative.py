"""Join as many sentences and hash as many values as the narrative of the same case has."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.bench.child import Act
from tests.bench.timing import taken_ms


def prepare(written: str) -> Act:
    """Read texts and sources once."""
    kept = json.loads(Path(written).read_text(encoding="utf-8"))
    texts, lines = kept["texts"], [line.encode() for line in kept["sources"]]

    def join() -> object:
        return " ".join(texts), [hashlib.sha256(line).hexdigest() for line in lines]

    facts = {"sentences": len(texts), "sources": len(lines)}
    return Act(run=lambda: taken_ms(join), facts=facts)

"""Hash and insert as many bytes as a version keeps, durable, by the driver alone."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from tests.bench.child import Act
from tests.bench.floors.driver import bare_file
from tests.bench.timing import taken_ms


def prepare(place: str, *sizes: str) -> Act:
    """Make the table; the bytes of each act are new."""
    base = bare_file(Path(place))
    base.execute("CREATE TABLE kept (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT")

    def keep(contents: list[bytes]) -> None:
        base.execute("BEGIN IMMEDIATE")
        for content in contents:
            row = (hashlib.sha256(content).hexdigest(), content)
            base.execute("INSERT INTO kept VALUES (?, ?)", row)
        base.execute("COMMIT")

    def run() -> float:
        contents = [secrets.token_bytes(int(size)) for size in sizes]
        return taken_ms(lambda: keep(contents))

    return Act(run=run, facts={"bytes": sum(map(int, sizes))}, end=base.close)

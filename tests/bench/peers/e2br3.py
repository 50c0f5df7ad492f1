"""The independent package e2br3 reading the same message into its own model."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.bench.child import Act
from tests.bench.timing import taken_ms


def prepare(_what: str, file: str) -> Act:
    """Read the file once, so that what is loaded late is loaded."""
    # It has the name of this module.
    parse = importlib.import_module("e2br3").parse
    content = Path(file).read_bytes()
    parse(content)
    return Act(run=lambda: taken_ms(lambda: parse(content)), facts={"bytes": len(content)})

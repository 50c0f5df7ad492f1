"""Garbage is collected between tests of windows, on the main thread, as the program does it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def garbage_on_the_main_thread() -> Iterator[None]:
    """Keep Python from destroying widgets on whichever thread allocates next."""
    gc.disable()
    yield
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [n for n, limit in enumerate(thresholds) if counts[n] > limit]
    if due:
        gc.collect(min(1, max(due)))

"""Garbage is collected between tests, on the main thread, as the program does it."""

from __future__ import annotations

import gc


def take_over() -> None:
    """Keep Python from destroying widgets on whichever thread allocates next."""
    gc.disable()


def collect_what_is_due() -> None:
    """Do what Python would have done, but never look at everything."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [n for n, limit in enumerate(thresholds) if counts[n] > limit]
    if due:
        gc.collect(min(1, max(due)))

"""Measure one call."""

from __future__ import annotations

import time
from collections.abc import Callable


def taken_ms(act: Callable[[], object]) -> float:
    """Call ``act`` once; return how long it took."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000

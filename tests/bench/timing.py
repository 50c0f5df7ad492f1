"""Measure one call."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

# Set by ``--processor``: what others do on the machine does not count then, nor does waiting.
CLOCK = "AEAPP_BENCH_CLOCK"
PROCESSOR = "processor"


def now() -> float:
    """Return seconds of the clock that this run goes by."""
    return time.process_time() if os.environ.get(CLOCK) == PROCESSOR else time.perf_counter()


def taken_ms(act: Callable[[], object]) -> float:
    """Call ``act`` once; return how long it took."""
    begin = now()
    act()
    return (now() - begin) * 1000

"""Notice when the time of day and the steady clock part company."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aeapp.kernel.clock import Clock, rfc3339

TOLERANCE_S = 2.0


Reading = tuple[dt.datetime, float]


class Pulse:
    """Remembers the last reading of both clocks, for all transactions of a process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: Reading | None = None

    def read(self) -> Reading:
        """Return what both clocks say."""
        return self._clock.now(), self._clock.monotonic()

    def keep(self, reading: Reading) -> None:
        """Compare later readings with this one; call when the entry that noted it is safe."""
        self._last = reading

    def step(self, reading: Reading, last_at: str) -> dict[str, Any] | None:
        """Return what to note about a step of the clock since the last reading, or None.

        Args:
            reading: What ``read`` said.
            last_at: Time of the newest entry, or ""; it serves as long as this process has read
                no clock of its own. Another workstation's clock is no measure for ours later on.
        """
        now, mono = reading
        if self._last is None:
            ahead_s = (dt.datetime.fromisoformat(last_at) - now).total_seconds() if last_at else 0
            return _noted(-ahead_s, last_at) if ahead_s > TOLERANCE_S else None
        then, then_mono = self._last
        stepped_s = (now - then).total_seconds() - (mono - then_mono)
        if now < then or abs(stepped_s) > TOLERANCE_S:
            return _noted(stepped_s, rfc3339(then))
        return None


def _noted(step_s: float, since: str) -> dict[str, Any]:
    return {"since": since, "step_ms": round(step_s * 1000)}

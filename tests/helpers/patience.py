"""How long tests wait for what must come: as long as a busy machine needs.

Who waits goes on at once when it has come, so patience costs nothing but in a test that fails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

WAIT_MS = 60_000


class PatientBot(QtBot):
    """Drives windows as pytest-qt does; what it waits for never comes too late by the clock."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = WAIT_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=max(timeout, WAIT_MS))

    def waitSignal(self, signal: Any, *, timeout: int = WAIT_MS, **how: Any) -> Any:  # noqa: N802
        # Who raises nothing waits for what must not come: longer would only be lost.
        least = WAIT_MS if how.get("raising", True) else 0
        return super().waitSignal(signal, timeout=max(timeout, least), **how)

    def waitSignals(self, signals: Any, *, timeout: int = WAIT_MS, **how: Any) -> Any:  # noqa: N802
        return super().waitSignals(signals, timeout=max(timeout, WAIT_MS), **how)

    def waitActive(self, widget: Any, *, timeout: int = WAIT_MS) -> Any:  # noqa: N802
        return super().waitActive(widget, timeout=max(timeout, WAIT_MS))

    def waitExposed(self, widget: Any, *, timeout: int = WAIT_MS) -> Any:  # noqa: N802
        return super().waitExposed(widget, timeout=max(timeout, WAIT_MS))

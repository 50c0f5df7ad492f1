"""Collect cyclic garbage on the GUI thread only.

Python collects on whichever thread allocates next. A widget that is part of a cycle would then be
destroyed on a thread of work, which Qt answers with a crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Takes collecting over from Python until it is stopped; lives on the GUI thread."""

    def __init__(self, parent: QObject | None = None, *, every_ms: int = EVERY_MS) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> int:
        """Collect the generations that are due; return how many objects were found."""
        found = 0
        pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
        for generation, (count, threshold) in enumerate(pairs):
            if count > threshold:
                found += gc.collect(generation)
        return found

    def keep_what_is_there(self) -> None:
        """Never look again at what exists now, so that each later collection is short."""
        gc.freeze()

    def stop(self) -> None:
        """Let Python collect again."""
        self._timer.stop()
        gc.enable()

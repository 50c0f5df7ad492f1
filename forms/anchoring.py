"""Have the trail's head remembered outside the file while a clinic is open and nobody saves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from aeapp.kernel import log
from forms.jobs import JobRunner

# The store waits 14 minutes, so that no entry is without an anchor for longer than 15.
LOOK_MS = 60_000


class Anchoring(QObject):
    """Looks once a minute, on the thread of writes."""

    def __init__(
        self, runner: JobRunner, parent: QObject | None = None, *, look_ms: int = LOOK_MS
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._look: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self.look)

    def start(self, look: Callable[[], None]) -> None:
        """Call ``look`` from now on."""
        self._look = look
        self._timer.start()

    def stop(self) -> None:
        """Call nothing any more; the clinic is being closed, which anchors by itself."""
        self._look = None
        self._timer.stop()

    def look(self) -> None:
        """Let the store look now whether the head has waited long enough."""
        look = self._look
        if look is not None:
            self._runner.start(lambda _progress: look(), on_done=_on_done, on_failed=_on_failed)


def _on_done(_nothing: object) -> None:
    pass


def _on_failed(error: BaseException) -> None:
    # What was saved is saved; the next minute tries again, and 'doctor' names what has no anchor.
    log.bug(error)

"""Keep the row of readings being typed, half a second after the last key, and soon at the latest.

A kill or a lock takes at most two seconds of typing, the write included; storing clears it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from forms.alive import while_alive
from forms.autosave import DELAY_MS
from forms.jobs import JobRunner

# From the first key that is not kept: what the disk takes comes on top, and both are under 2 s.
MOST_MS = 1200
Keep = Callable[[str, Mapping[str, str]], None]


class RowJournal(QObject):
    """The journal of the row of one session at a time.

    Signals:
        failed: Keeping failed; carries the error. Told once until keeping works again.
    """

    failed = Signal(object)

    def __init__(
        self,
        keep: Keep,
        runner: JobRunner,
        parent: QObject | None = None,
        *,
        delay_ms: int = DELAY_MS,
        most_ms: int = MOST_MS,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._runner = runner
        self._session = ""
        self._texts: dict[str, str] | None = None
        self._told = False
        self._turn = 0
        self._pause, self._longest = self._timer(delay_ms), self._timer(most_ms)

    def _timer(self, delay_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(self.flush)
        return timer

    @property
    def waiting(self) -> bool:
        """Tell whether something typed is still to be handed to the thread of writes."""
        return self._texts is not None

    def take(self, session_id: str, texts: Mapping[str, str]) -> None:
        """Take the row as it is now typed."""
        if self._texts is not None and self._session != session_id:
            self.flush()
        self._session, self._texts = session_id, dict(texts)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def drop(self) -> None:
        """Forget what waits, because the readings are being stored, which clears the rest."""
        self._turn += 1
        self._rest()

    def flush(self) -> None:
        """Keep what waits now; writes follow each other in the order they were asked for."""
        if self._texts is None or not isValid(self._runner):
            # The clinic was closed, which had what was typed flushed before.
            return
        session, texts, keep, turn = self._session, self._texts, self._keep, self._turn
        self._rest()

        def failed(error: BaseException) -> None:
            # Tried again, unless something newer waits or the readings were stored meanwhile.
            if self._texts is None and turn == self._turn:
                self._session, self._texts = session, texts
                self._longest.start()
            self._tell(error)

        self._runner.start(
            lambda _progress: keep(session, texts),
            on_done=while_alive(self, self._on_kept),
            on_failed=while_alive(self, failed),
        )

    def _rest(self) -> None:
        self._texts = None
        self._pause.stop()
        self._longest.stop()

    def _on_kept(self, _nothing: object) -> None:
        self._told = False

    def _tell(self, error: BaseException) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(error)

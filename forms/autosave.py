"""Keep what is typed in the draft journal a moment after it was typed.

A field that is left is kept at once; typing half a second after the last key, and every two
seconds at the latest. Storing is the service's business; this module only decides when, and sees
to it that nothing is lost when storing fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from aeapp.editing.editor import Editor, Step
from forms.alive import while_alive
from forms.jobs import JobRunner

Kept = tuple[str, Step]
Keep = Callable[[Sequence[Kept]], None]

DELAY_MS = 500
MOST_MS = 2000


class Autosave(QObject):
    """The journal of one editor.

    Signals:
        kept: All that was typed is on disk.
        failed: Keeping failed; carries the error. Told once until keeping works again.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: Editor[Any],
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
        self._waiting: list[Kept] = []
        self._under_way: list[Kept] = []
        self._told = False
        self._pause = self._timer(delay_ms)
        self._longest = self._timer(most_ms)
        editor.keep_journal(self.add)

    def _timer(self, delay_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(self.flush)
        return timer

    @property
    def waiting(self) -> bool:
        """Tell whether something typed is not on disk yet."""
        return bool(self._waiting or self._under_way)

    def add(self, kind: str, step: Step) -> None:
        """Take a step that is to be kept."""
        last = self._waiting[-1] if self._waiting else None
        if last is not None and kind == last[0] == "edit" and last[1].path == step.path:
            # Each key makes a step; the journal needs the field's last text only.
            self._waiting[-1] = (kind, Step(step.path, last[1].before, step.after))
        else:
            self._waiting.append((kind, step))
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Keep what waits now; what waits behind a write under way follows it."""
        if not self._waiting or self._under_way:
            return
        self._pause.stop()
        self._longest.stop()
        batch, keep = self._waiting, self._keep
        self._under_way = batch
        self._waiting = []
        self._runner.start(
            lambda _progress: keep(batch),
            on_done=while_alive(self, self._on_done),
            on_failed=while_alive(self, self._on_failed),
        )

    def take(self) -> list[Kept]:
        """Return what waits, because a save is going to hold it, and forget it."""
        taken, self._waiting = self._waiting, []
        self._pause.stop()
        self._longest.stop()
        return taken

    def put_back(self, steps: Sequence[Kept]) -> None:
        """Take back what ``take`` gave, because the save failed."""
        self._waiting = [*steps, *self._waiting]
        self.flush()

    def _on_done(self, _result: object) -> None:
        self._under_way = []
        self._told = False
        if self._waiting:
            self.flush()
        else:
            self.kept.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._waiting = [*self._under_way, *self._waiting]
        self._under_way = []
        # Tried again with the next pause; the person hears of it once.
        self._longest.start()
        if not self._told:
            self._told = True
            self.failed.emit(error)

"""Run long work off the GUI thread on immutable data, and answer on the GUI thread.

A job cannot be joined to later: what happens at its end is said when it starts, because it may be
over before the next line.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from aeapp.kernel.progress import CancelledError, Progress

Work = Callable[[Progress], Any]
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]
Stepped = Callable[[int, int, str], None]

# Steps closer together than this are not worth a repaint.
STEP_SECONDS = 0.05


class Job(QObject):
    """One piece of work under way; lives on the GUI thread.

    Signals:
        stepped: Parts done, parts in all, what comes next.
        succeeded: The work is done; carries its result.
        failed: The work raised; carries the exception.
        cancelled: The person stopped it.
        ended: It is over, in whichever way; always the last.

    Attributes:
        over: The work is through, and ``ended`` may have been told before anybody listened.
    """

    stepped = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._last_step = 0.0
        self.over = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int, note: str) -> None:
        """Report a step; called by the work on its own thread.

        Raises:
            CancelledError: The person stopped the work.
        """
        if self._stop.is_set():
            raise CancelledError
        now = time.monotonic()
        if done >= total or now - self._last_step >= STEP_SECONDS:
            self._last_step = now
            self.stepped.emit(done, total, note)

    @property
    def stopped(self) -> bool:
        """Tell whether it was asked to stop."""
        return self._stop.is_set()


class _Callbacks(QObject):
    """Calls what the caller gave, on the GUI thread: a bound slot of an object living there."""

    def __init__(
        self,
        job: Job,
        on_done: Done | None,
        on_failed: Failed | None,
        on_progress: Stepped | None,
        on_cancelled: Callable[[], None] | None,
    ) -> None:
        super().__init__(job)
        self._on_done = on_done
        self._on_failed = on_failed
        self._on_progress = on_progress
        self._on_cancelled = on_cancelled
        job.succeeded.connect(self.done)
        job.failed.connect(self.failed)
        job.stepped.connect(self.stepped)
        job.cancelled.connect(self.cancelled)

    def let_go(self) -> None:
        """Hold none of them any more.

        They may be the last to hold a window and, through it, the runner: if that were destroyed
        while Qt deletes the job and with it this object, the job would be deleted twice.
        """
        self._on_done = self._on_failed = self._on_progress = self._on_cancelled = None

    def done(self, result: object) -> None:
        if self._on_done is not None:
            self._on_done(result)

    def failed(self, error: object) -> None:
        if not isinstance(error, BaseException):
            return
        if self._on_failed is None:
            # Nobody wants it here, so it goes where every unexpected error goes.
            raise error
        self._on_failed(error)

    def stepped(self, done: int, total: int, note: str) -> None:
        if self._on_progress is not None:
            self._on_progress(done, total, note)

    def cancelled(self) -> None:
        if self._on_cancelled is not None:
            self._on_cancelled()


class _Task:
    """One piece of work and the job that tells of it; only emits.

    Attributes:
        returned: Set when the thread holds nothing of the task any more.
    """

    def __init__(self, work: Work, job: Job, callbacks: _Callbacks) -> None:
        self._work = work
        self._job = job
        self._callbacks = callbacks
        self.returned = threading.Event()

    def let_go(self) -> None:
        """Give up what it held, on the thread of the windows; waits for its own to be through."""
        # Moments at most: the thread has said that it ended and drops what it has in hand.
        self.returned.wait()
        self._callbacks.let_go()

    def _result(self) -> Any:
        if self._job.stopped:
            raise CancelledError
        return self._work(self._job)

    def run(self) -> None:
        try:
            result = self._result()
        except CancelledError:
            self._job.cancelled.emit()
        except BaseException as error:  # noqa: BLE001 - handed to the GUI thread whole
            self._job.failed.emit(error)
        else:
            self._job.succeeded.emit(result)
        self._job.over = True
        self._job.ended.emit()


class _Turn(QRunnable):
    """Lets a thread take the next task; one for all tasks of a runner.

    A pool never lets go of a ``QRunnable`` that Python gave it, nor of what that one holds, so no
    task is one. Nor may a thread be the last to hold a task: with it go closures over windows,
    and those end on the GUI thread only.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.waiting: deque[_Task] = deque()

    def run(self) -> None:
        task = self.waiting.popleft()
        returned = task.returned
        task.run()
        del task
        returned.set()


class JobRunner(QObject):
    """Threads of one kind, and the jobs on them.

    Signals:
        idle: The last job ended.
    """

    idle = Signal()

    def __init__(self, threads: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        # A thread may hold a keyed connection; it is not thrown away after half a minute.
        self._pool.setExpiryTimeout(-1)
        self._turn = _Turn()
        self._running: dict[Job, _Task] = {}
        self._closed = False

    def start(
        self,
        work: Work,
        *,
        on_done: Done | None = None,
        on_failed: Failed | None = None,
        on_progress: Stepped | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``work(progress)`` on a thread and call back on the GUI thread.

        An exception that ``on_failed`` does not take goes to the handler of unexpected errors.
        """
        job = Job(self)
        callbacks = _Callbacks(job, on_done, on_failed, on_progress, on_cancelled)
        job.ended.connect(self._on_ended)
        task = _Task(work, job, callbacks)
        self._running[job] = task
        if self._closed:
            job.cancel()
        self._turn.waiting.append(task)
        self._pool.start(self._turn)
        return job

    @property
    def busy(self) -> bool:
        """Tell whether a job is under way."""
        return bool(self._running)

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._running:
            job.cancel()

    def close(self, wait_ms: int = 5000, *, finish: bool = False) -> bool:
        """Take no more jobs; stop those under way, or ``finish`` them.

        Tells whether all threads ended in time.
        """
        self._closed = True
        if not finish:
            self.cancel_all()
        return self._pool.waitForDone(wait_ms)

    def _on_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._running.pop(job).let_go()
            job.deleteLater()
        if not self._running:
            self.idle.emit()


class Runners(QObject):
    """The four kinds of threads of the program.

    Attributes:
        store: One thread, so that writes keep their order; nothing long runs here.
        readers: Lists, verification, backup.
        finding: Search, which must not wait behind a long list.
        documents: Pages and files; two at a time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = JobRunner(1, self)
        self.readers = JobRunner(1, self)
        self.finding = JobRunner(1, self)
        self.documents = JobRunner(2, self)

    @property
    def busy(self) -> bool:
        """Tell whether any job is under way."""
        kinds = (self.store, self.readers, self.finding, self.documents)
        return any(runner.busy for runner in kinds)

    def close(self, wait_ms: int = 5000) -> bool:
        """Let writes finish, stop the rest; tell whether all threads ended in time."""
        kinds = (self.documents, self.readers, self.finding)
        ends = [runner.close(wait_ms) for runner in kinds]
        return all(ends) and self.store.close(wait_ms, finish=True)

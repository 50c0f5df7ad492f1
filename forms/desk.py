"""What every place is given: the services, the threads, and the ways to speak to the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from aeapp.kernel.progress import Progress
from aeapp.services.app import App
from forms.ask import Ask
from forms.bars import SaveState
from forms.changes import Changes
from forms.errors import Errors, shown_as
from forms.jobs import Done, Job, Runners


def _nowhere(_target: str) -> None:
    """Go nowhere: the window has no such place."""


def _nothing_alone(_page: QWidget | None) -> None:
    """Show nothing: there is no window."""


def _nothing_instead(_page: QWidget) -> None:
    """Show nothing: there is no window."""


def _no_lock() -> None:
    """Lock nothing: there is no window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One open clinic in one window.

    Attributes:
        toast: Say what just happened.
        show_saved: Show how typing and storing stand.
        show_report: Open a report, by its id, in the place of reports.
        show_session: Open a session, by its id, in the session room.
        start_session: Begin a session; for a patient, by id, or for one to be found.
        show_patient: Open the chart of a patient, by id.
        call_patient: Open the chart of a patient, by id, with the call that is due.
        open_lot: Show the page of a lot, by id, with the question that waits for an answer.
        show_place: Go to a place by its key; it may not be there.
        show_alone: Show one page instead of the whole window, as for a patient; None shows the
            window again.
        show_instead: Show one page instead of everything in the window, until the next login.
        lock: Lock the program.
        changes: Tells the other places and windows what was stored.
        captures: What was captured in this window, by session, the latest last; undo takes it
            back, also after another chair was on the screen.
    """

    app: App
    runners: Runners
    errors: Errors
    ask: Ask
    toast: Callable[[str], None]
    show_saved: Callable[[SaveState, str], None]
    show_report: Callable[[str], None]
    show_session: Callable[[str], None]
    start_session: Callable[[str], None]
    show_patient: Callable[[str], None] = _nowhere
    call_patient: Callable[[str], None] = _nowhere
    open_lot: Callable[[str], None] = _nowhere
    show_place: Callable[[str], None] = _nowhere
    show_alone: Callable[[QWidget | None], None] = _nothing_alone
    show_instead: Callable[[QWidget], None] = _nothing_instead
    lock: Callable[[], None] = _no_lock
    changes: Changes = field(default_factory=Changes)
    captures: dict[str, list[Any]] = field(default_factory=dict)

    def write(
        self,
        work: Callable[[], Any],
        on_done: Done,
        on_failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Store something on the one thread of writes; what fails is shown, with Retry."""
        self.write_watched(lambda _progress: work(), on_done, on_failed)

    def write_watched(
        self,
        work: Callable[[Progress], Any],
        on_done: Done,
        on_failed: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Store something of many parts, which tells its steps and can be stopped as a whole."""
        self.changes.begun += 1
        self.show_saved(SaveState.SAVING, "")

        def done(result: Any) -> None:
            on_done(result)
            # After it: what was tried again no longer waits.
            self.show_saved(SaveState.SAVED, f"{self.app.context.now():%H:%M:%S}")
            self.changes.stored.emit(self)

        def failed(error: BaseException) -> None:
            self.show_saved(SaveState.NOT_SAVED, shown_as(error).message)
            if on_failed is not None:
                on_failed(error)
            again = (work, on_done, on_failed, on_cancelled)
            self.errors.show(error, retry=lambda: self._write_again(*again))

        def cancelled() -> None:
            # Nothing of it was stored, and all that was stored before it is.
            self.show_saved(SaveState.SAVED, f"{self.app.context.now():%H:%M:%S}")
            if on_cancelled is not None:
                on_cancelled()

        return self.runners.store.start(
            work, on_done=done, on_failed=failed, on_cancelled=cancelled
        )

    def _write_again(self, *again: Any) -> None:
        self.write_watched(*again)

    def find(self, work: Callable[[], Any], on_done: Done) -> None:
        """Look for something on the thread of searches, beside whatever list is being read."""

        def failed(error: BaseException) -> None:
            self.errors.show(error)

        self.runners.finding.start(lambda _progress: work(), on_done=on_done, on_failed=failed)

    def read(self, work: Callable[[], Any], on_done: Done) -> None:
        """Read something on the thread of searches and lists."""

        def failed(error: BaseException) -> None:
            self.errors.show(error)

        self.runners.readers.start(lambda _progress: work(), on_done=on_done, on_failed=failed)

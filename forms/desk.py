"""What every place is given: the services, the threads, and the ways to speak to the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aeapp.services.app import App
from forms.ask import Ask
from forms.bars import SaveState
from forms.errors import Errors, shown_as
from forms.jobs import Done, Runners


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One open clinic in one window.

    Attributes:
        toast: Say what just happened.
        show_saved: Show how typing and storing stand.
        show_report: Open a report, by its id, in the place of reports.
        show_session: Open a session, by its id, in the session room.
        start_session: Begin a session; for a patient, by id, or for one to be found.
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

    def write(
        self,
        work: Callable[[], Any],
        on_done: Done,
        on_failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Store something on the one thread of writes; what fails is shown, with Retry."""
        self.show_saved(SaveState.SAVING, "")

        def done(result: Any) -> None:
            self.show_saved(SaveState.SAVED, f"{self.app.context.now():%H:%M:%S}")
            on_done(result)

        def failed(error: BaseException) -> None:
            self.show_saved(SaveState.NOT_SAVED, shown_as(error).message)
            if on_failed is not None:
                on_failed(error)
            self.errors.show(error, retry=lambda: self.write(work, on_done, on_failed))

        self.runners.store.start(lambda _progress: work(), on_done=done, on_failed=failed)

    def read(self, work: Callable[[], Any], on_done: Done) -> None:
        """Read something on the thread of searches and lists."""

        def failed(error: BaseException) -> None:
            self.errors.show(error)

        self.runners.readers.start(lambda _progress: work(), on_done=on_done, on_failed=failed)

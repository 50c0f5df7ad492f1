"""The pages before a clinic is open: login, lock, a new clinic, the practice clinic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

import aeapp
from forms.ask import Ask
from forms.jobs import JobRunner
from forms.login import LoginPage, Running
from forms.now import local_now
from forms.opening import Rooms
from forms.remembered import Remembered
from forms.shell import Shell

if TYPE_CHECKING:  # the first window needs no services
    from aeapp.services.app import App, Clinics, NewClinic
    from forms.first_run import FirstRunPage

ROOMS_MS = 30_000


class OpenClinic(Protocol):
    """Opens a clinic on a thread and shows it, with the ZIP of another that is to be taken in."""

    def __call__(
        self,
        work: Callable[[], App],
        on_failed: Callable[[BaseException], None],
        other: Path | None = None,
    ) -> None: ...


class Gate(QObject):
    """Leads from the login, or from the making of a clinic, to a clinic that is open.

    Attributes:
        login: The login that is shown, or was shown last.
    """

    login: LoginPage

    def __init__(
        self,
        shell: Shell,
        clinics: Clinics,
        remembered: Remembered,
        *,
        home: Path,
        ask: Ask,
        documents: JobRunner,
        open_clinic: OpenClinic,
        once_loaded: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._clinics = clinics
        self._remembered = remembered
        self._home = home
        self._ask = ask
        self._documents = documents
        self._open = open_clinic
        self._once_loaded = once_loaded
        self._rooms: Rooms = ()
        self._locked_at = ""
        self._now: Callable[[], dt.datetime] = local_now
        # The window's, so that it ends with the page it writes on.
        self._timer = QTimer(shell)
        self._timer.setObjectName("rooms")
        self._timer.setInterval(ROOMS_MS)
        self._timer.timeout.connect(self._tell_rooms)

    def show_login(self, folder: Path | None) -> LoginPage:
        """Show a new login, with the clinic of a folder where it is there."""
        login = LoginPage(self._ask, version=aeapp.__version__, parent=self._shell.ground)
        login.offer(recovery=False, inspector=False)
        login.show_clinic(folder if folder is not None and folder.is_dir() else None)
        login.opened.connect(self._on_login)
        login.new_clinic_asked.connect(self.show_first_run)
        login.practice_asked.connect(self._on_practice)
        self.login = login
        self._shell.show_gate(login)
        return login

    def _on_login(self, folder: Path, name: str, password: str) -> None:
        self.login.show_busy(busy=True)
        self._open(lambda: self._clinics.open(str(folder), name, password), self._on_login_failed)

    def _on_login_failed(self, error: BaseException) -> None:
        self.login.show_busy(busy=False)
        self.login.show_failure(error)

    def _on_practice(self) -> None:
        self.login.show_busy(busy=True)
        self._once_loaded(self._open_practice)

    def _open_practice(self) -> None:
        from forms.practice import open_practice  # noqa: PLC0415 - seldom needed

        self._open(
            lambda: open_practice(self._clinics, self._home, "America/New_York"),
            self._on_login_failed,
        )

    def show_first_run(self) -> None:
        """Show how a new clinic is made."""
        self._once_loaded(self._show_first_run)

    def _show_first_run(self) -> None:
        from forms.first_run import FirstRunPage  # noqa: PLC0415 - seldom needed

        look = self._clinics.look_into
        page = FirstRunPage(self._ask, self._documents, self._home, look)
        page.asked.connect(partial(self._on_make, page))
        page.left.connect(self._on_first_run_left)
        self._shell.show_gate(page)

    def _on_first_run_left(self) -> None:
        self.show_login(self._remembered.folder)

    def _on_make(self, page: FirstRunPage, new: NewClinic) -> None:
        page.show_busy(busy=True)

        def failed(error: BaseException) -> None:
            page.show_busy(busy=False)
            page.show_failure(error)

        def work() -> App:
            new.target.parent.mkdir(parents=True, exist_ok=True)
            return self._clinics.create(new)

        self._open(work, failed, page.other.path)

    # --- rooms that go on behind a lock

    def show_rooms(
        self, rooms: Rooms, locked_at: str, now: Callable[[], dt.datetime], *, follow: bool
    ) -> None:
        """Show at the login which rooms go on and for how long; ``follow`` keeps it up to date."""
        self._rooms, self._locked_at, self._now = rooms, locked_at, now
        self._tell_rooms()
        if rooms and follow:
            self._timer.start()

    def forget_rooms(self) -> None:
        """Tell of no room any more: a clinic is open."""
        self._timer.stop()
        self._rooms = ()

    def stop(self) -> None:
        """Tell nothing new; the window closes."""
        self._timer.stop()

    def _tell_rooms(self) -> None:
        now = self._now()
        running = [
            Running(room=room, minutes=int((now - begin).total_seconds() // 60))
            for room, begin in self._rooms
        ]
        if running:
            self.login.show_locked(self._locked_at, running)

"""The window from start to end: login first, then the clinic, lock and close.

The first window shows before the storage is loaded; that happens on a thread while somebody types.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

import aeapp
from aeapp.kernel.i18n import _
from forms.actions import Action
from forms.ask import Ask, WindowAsk
from forms.bars import SaveState
from forms.errors import Errors
from forms.garbage import Collector
from forms.jobs import Runners
from forms.login import LoginPage, Running
from forms.now import local_now
from forms.opening import (
    OncePainted,
    Rooms,
    clinic_named,
    close_with_rooms,
    unsaved_question,
    warm_up,
)
from forms.remembered import Remembered, default_file
from forms.shell import Shell
from forms.shortcuts import ShortcutKeeper
from forms.theme import Mode, Theme

if TYPE_CHECKING:  # the first window needs no services
    from aeapp.services.app import App, Clinics, NewClinic
    from aeapp.trail.chain import Head
    from forms.desk import Desk
    from forms.first_run import FirstRunPage

ROOMS_MS = 30_000
PLACES = ("session", "patients", "reports")


class Program(QObject):
    """One window and at most one open clinic.

    Signals:
        warmed_up: All that opening a clinic needs is loaded.

    Attributes:
        shell: The window.
        app: The services of the open clinic; None at the login.
    """

    warmed_up = Signal()

    def __init__(
        self,
        theme: Theme,
        clinics: Clinics,
        remembered: Remembered,
        *,
        home: Path,
        ask: Ask | None = None,
    ) -> None:
        super().__init__()
        self._clinics = clinics
        self._remembered = remembered
        self._home = home
        self.app: App | None = None
        self._closing: App | None = None
        self._folder: Path | None = None
        self._places_added = False
        self._last_place = "session"
        self._rooms: Rooms = ()
        self._locked_at = ""
        self._ended = False
        self._close_anyway = False
        self._instant: Callable[[], dt.datetime] = local_now
        self.runners = Runners(self)
        self.shell = Shell(theme, remembered, version=aeapp.__version__, now=self._now)
        self.errors = Errors(self.shell)
        self.ask: Ask = ask or WindowAsk(self.shell)
        # The window's, so that it ends with the page it writes on.
        self._rooms_timer = QTimer(self.shell)
        self._rooms_timer.setObjectName("rooms")
        self._rooms_timer.setInterval(ROOMS_MS)
        self._rooms_timer.timeout.connect(self._show_rooms)
        self.shell.lock_asked.connect(self.lock)
        self.shell.place_shown.connect(self._on_place_shown)
        self.shell.set_close_guard(self._may_close)
        self.login = self._show_login(remembered.folder)

    def start(self, folder: Path | None = None) -> None:
        """Show the window, then load what comes next on a thread."""
        if folder is not None:
            self.login.show_clinic(folder)
        self.shell.show()
        self.login.focus_first()
        OncePainted(self.shell, self._warm_up)

    def _warm_up(self) -> None:
        self.runners.documents.start(
            lambda _progress: warm_up(self._clinics), on_done=self._on_warmed_up
        )

    def _on_warmed_up(self, _nothing: object) -> None:
        self.warmed_up.emit()

    # --- the pages before a clinic is open

    def _show_login(self, folder: Path | None) -> LoginPage:
        login = LoginPage(self.ask, version=aeapp.__version__)
        login.offer(recovery=False, inspector=False)
        login.show_clinic(folder if folder is not None and folder.is_dir() else None)
        login.opened.connect(self._on_login)
        login.new_clinic_asked.connect(self._on_new_clinic)
        login.practice_asked.connect(self._on_practice)
        self.login = login
        self.shell.show_gate(login)
        return login

    def _on_login(self, folder: Path, name: str, password: str) -> None:
        self.login.show_busy(busy=True)
        self._open(lambda: self._clinics.open(str(folder), name, password), self._on_login_failed)

    def _on_login_failed(self, error: BaseException) -> None:
        self.login.show_busy(busy=False)
        self.login.show_failure(error)

    def _on_practice(self) -> None:
        from forms.practice import open_practice  # noqa: PLC0415 - seldom needed

        self.login.show_busy(busy=True)
        self._open(
            lambda: open_practice(self._clinics, self._home, "America/New_York"),
            self._on_login_failed,
        )

    def _on_new_clinic(self) -> None:
        from forms.first_run import FirstRunPage  # noqa: PLC0415 - seldom needed

        page = FirstRunPage(self.ask, self.runners.documents, self._home)
        page.asked.connect(partial(self._on_make, page))
        page.left.connect(self._on_first_run_left)
        self.shell.show_gate(page)

    def _on_first_run_left(self) -> None:
        self._show_login(self._remembered.folder)

    def _on_make(self, page: FirstRunPage, new: NewClinic) -> None:
        page.show_busy(busy=True)

        def failed(error: BaseException) -> None:
            page.show_busy(busy=False)
            page.show_failure(error)

        def work() -> App:
            new.target.parent.mkdir(parents=True, exist_ok=True)
            return self._clinics.create(new)

        self._open(work, failed)

    def _open(self, work: Callable[[], App], on_failed: Callable[[BaseException], None]) -> None:
        # On the thread of writes: behind a lock that is still closing the clinic before.
        self.runners.store.start(
            lambda _progress: work(), on_done=self._on_opened, on_failed=on_failed
        )

    # --- an open clinic

    def _on_opened(self, app: App) -> None:
        if self._ended:
            # The window was closed while the clinic was being opened.
            app.close()
            return
        self.app = app
        self._instant = app.context.clock.now
        self._rooms_timer.stop()
        self._rooms = ()
        if app.folder is not None:
            self._folder = app.folder
            self._remembered.folder = app.folder
        shell = self.shell
        shell.set_user(app.who.name, app.who.role.capitalize())
        shell.set_clinic(app.clinic.name or "", app.folder)
        shell.set_practice(bool(app.clinic.practice))
        shell.set_save_state(SaveState.NONE)
        self._read_head()
        shell.header.tick()
        self._add_places()
        shell.show_place(self._last_place)
        shell.show_work()

    def _add_places(self) -> None:
        if self._places_added:
            return
        self._places_added = True
        shell = self.shell
        shell.add_place("session", _("Session"), "session", self._make_session)
        shell.add_place("patients", _("Patients"), "patients", self._make_patients)
        shell.add_place("reports", _("Reports"), "reports", self._make_reports)
        for sequence in ("F2", "Ctrl+N"):
            shortcut = QShortcut(QKeySequence(sequence), shell)
            shortcut.activated.connect(self._on_new_session)
        shell.add_actions(
            Action(title=_("New session"), run=self._on_new_session, icon="session", shortcut="F2"),
            Action(title=_("New patient"), run=self._on_new_patient, icon="add"),
        )

    def _desk(self) -> Desk:
        from forms.desk import Desk  # noqa: PLC0415 - after the first window

        assert self.app is not None  # noqa: S101 - places are made in an open clinic
        return Desk(
            app=self.app,
            runners=self.runners,
            errors=self.errors,
            ask=self.ask,
            toast=self.shell.toast,
            show_saved=self._show_saved,
            show_report=self.show_report,
            show_session=self.show_session,
            start_session=self.start_session,
        )

    def _show_saved(self, state: SaveState, detail: str) -> None:
        self.shell.set_save_state(state, detail)
        if state is SaveState.SAVED:
            self._read_head()

    def _read_head(self) -> None:
        """Show how far the trail is, and in which zone times are given."""
        app = self.app
        if app is None:
            return

        def done(head: Head) -> None:
            trail = _("Trail at entry {number}").format(number=head.seq)
            zone = _("Times in {zone}").format(zone=app.context.zone.key)
            self.shell.set_facts(f"{trail}   {zone}")

        self.runners.readers.start(lambda _progress: app.head(), on_done=done)

    def _make_session(self) -> QWidget:
        from forms.session_room import SessionRoomPlace  # noqa: PLC0415 - after the first window

        return SessionRoomPlace(self._desk())

    def _make_patients(self) -> QWidget:
        from forms.patients import PatientsPlace  # noqa: PLC0415 - after the first window

        return PatientsPlace(self._desk())

    def _make_reports(self) -> QWidget:
        from forms.report_room import ReportRoom  # noqa: PLC0415 - after the first window

        return ReportRoom(self._desk())

    def show_report(self, report_id: str) -> None:
        """Show a report in its place."""
        place: Any = self.shell.show_place("reports")
        place.open_report(report_id)

    def show_session(self, session_id: str) -> None:
        """Show a session in the session room."""
        place: Any = self.shell.show_place("session")
        place.show_session(session_id)

    def start_session(self, patient_id: str = "") -> None:
        """Begin a session, for a patient or for one to be found."""
        place: Any = self.shell.show_place("session")
        place.start(patient_id)

    def _on_new_session(self) -> None:
        if self.shell.at_gate:
            return
        patients: Any = self.shell.place("patients")
        here = self.shell.current_place == "patients" and patients is not None
        self.start_session(patients.chosen if here else "")

    def _on_new_patient(self) -> None:
        place: Any = self.shell.show_place("patients")
        place.new_patient()

    def _on_place_shown(self, key: str) -> None:
        left: Any = self.shell.place(self._last_place) if self._last_place != key else None
        self._last_place = key
        if left is not None and hasattr(left, "flush"):
            left.flush()

    # --- lock and close

    def lock(self) -> None:
        """Cover everything at once, then store what was typed, close the clinic, wipe the keys."""
        app = self.app
        if app is None:
            return
        self.app, self._closing = None, app
        self._leave_places()
        self._locked_at = f"{app.context.now():%H:%M}"
        login = self._show_login(self._folder)
        login.show_clinic(self._folder, app.clinic.name or "")
        login.show_person(app.who.user_name)
        login.show_locked(self._locked_at)
        login.show_busy(busy=True)
        self._close_when_idle()

    def _leave_places(self) -> None:
        """Let places store what was typed."""
        for key in PLACES if self._places_added else ():
            place: Any = self.shell.place(key)
            if place is not None and hasattr(place, "flush"):
                place.flush()

    def _close_when_idle(self) -> None:
        """Close once no thread uses the clinic: answers still to come find their widgets."""
        self.runners.readers.cancel_all()
        self.runners.documents.cancel_all()
        if self.runners.busy:
            QTimer.singleShot(20, self._close_when_idle)
            return
        app, self._closing = self._closing, None
        self.shell.forget_places()
        if app is not None:
            self.runners.store.start(
                lambda _progress: close_with_rooms(app), on_done=self._on_closed
            )

    def _on_closed(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.login.show_busy(busy=False)
        self.login.focus_first()
        self._show_rooms()
        if rooms and not self._ended:
            self._rooms_timer.start()

    def _show_rooms(self) -> None:
        now = self._instant()
        running = [
            Running(room=room, minutes=int((now - begin).total_seconds() // 60))
            for room, begin in self._rooms
        ]
        if running:
            self.login.show_locked(self._locked_at, running)

    def _may_close(self) -> bool:
        room: Any = self.shell.place("session") if self._places_added else None
        if room is not None and room.unsaved and not self._close_anyway:
            self.ask.confirm(unsaved_question(), self._on_close_anyway)
            return False
        self._leave_places()
        self._rooms_timer.stop()
        self._ended = True
        ended = self.runners.close()
        for app in (self.app, self._closing):
            if app is not None:
                app.close()
        self.app = self._closing = None
        return ended

    def _on_close_anyway(self) -> None:
        self._close_anyway = True
        # Not within the closing that asked: Qt would take it for the same one.
        QTimer.singleShot(0, self.shell.close)

    def _now(self) -> dt.datetime:
        return local_now() if self.app is None else self.app.context.now()


def open_window(words: list[str], clinics: Clinics) -> int:
    """Show the window and return the exit code once it is closed."""
    qt = QApplication(["aeapp", *words])
    qt.setApplicationName("AEApp")
    keeper = ShortcutKeeper(qt)
    qt.installEventFilter(keeper)
    remembered = Remembered()
    mode = remembered.mode if remembered.mode in set(Mode) else Mode.SYSTEM
    theme = Theme(qt, mode=Mode(mode), percent=remembered.percent)
    collector = Collector(qt)
    program = Program(theme, clinics, remembered, home=default_file().parent)
    program.errors.install()
    program.warmed_up.connect(collector.keep_what_is_there)
    # Leaves room for the frame and the task bar, so that the status line is never below them.
    room = program.shell.screen().availableSize() - QSize(16, 48)
    program.shell.resize(program.shell.size().boundedTo(room))
    program.start(clinic_named(words))
    return qt.exec()

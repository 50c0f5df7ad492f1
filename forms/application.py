"""The window from start to end: login first, then the clinic, lock and close.

The first window shows before the storage is loaded; that happens on a thread while somebody types.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

import aeapp
from aeapp.kernel.i18n import _
from forms.actions import Action
from forms.anchoring import Anchoring
from forms.ask import Ask, WindowAsk
from forms.bars import SaveState
from forms.changes import Changes
from forms.errors import Errors
from forms.garbage import Collector
from forms.gate import Gate
from forms.jobs import Runners
from forms.login import LoginPage
from forms.now import local_now
from forms.opening import (
    Loading,
    OncePainted,
    Rooms,
    clinic_named,
    close_at_once,
    close_with_rooms,
    tries_words,
    unsaved_lock_question,
    unsaved_question,
    warm_up,
)
from forms.remembered import Remembered, default_file
from forms.shell import Shell
from forms.shortcuts import ShortcutKeeper
from forms.theme import STYLE, Mode, Theme
from forms.window_places import WindowPlaces

if TYPE_CHECKING:  # the first window needs no services
    from aeapp.services.app import App, Clinics
    from aeapp.trail.chain import Head

# How often another program may have stored something before it is seen here.
NEWS_MS = 3_000


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
        self.app: App | None = None
        self._closing: App | None = None
        self._refused: BaseException | None = None
        self._folder: Path | None = None
        self._locked_at = ""
        self._ended = False
        self._window_offered = False
        self._close_anyway = False
        self._instant: Callable[[], dt.datetime] = local_now
        self._theme = theme
        self._head_seen = 0
        self._others: list[WindowPlaces] = []
        self._loading = Loading()
        self.runners = Runners(self)
        self.changes = Changes(self)
        self._anchoring = Anchoring(self.runners.store, self)
        self.shell = Shell(theme, remembered, version=aeapp.__version__, now=self._now)
        self.errors = Errors(self.shell)
        self.ask: Ask = ask or WindowAsk(self.shell)
        self.shell.lock_asked.connect(self.ask_lock)
        self.shell.set_close_guard(self._may_close)
        self.places = WindowPlaces(self.shell, self)
        self._news_timer = QTimer(self.shell)
        self._news_timer.setInterval(NEWS_MS)
        self._news_timer.timeout.connect(self.look_for_news)
        self.gate = self._made_gate(home)
        self.gate.show_login(remembered.folder)

    def _made_gate(self, home: Path) -> Gate:
        return Gate(
            self.shell,
            self._clinics,
            self._remembered,
            home=home,
            ask=self.ask,
            documents=self.runners.documents,
            open_clinic=self._open,
            once_loaded=self._loading.then,
        )

    def start(self, folder: Path | None = None) -> None:
        """Show the window, then load what comes next on a thread."""
        if folder is not None:
            self.login.show_clinic(folder)
        self.shell.show()
        self.login.focus_first()
        OncePainted(self.shell, self._warm_up)

    def _warm_up(self) -> None:
        self._loading.begin()
        self.runners.documents.start(
            lambda _progress: warm_up(self._clinics),
            on_done=self._on_warmed_up,
            on_failed=self._on_not_warmed_up,
        )

    def _on_warmed_up(self, _nothing: object) -> None:
        self.warmed_up.emit()
        self._loading.end()

    def _on_not_warmed_up(self, error: BaseException) -> None:
        # Whoever waits is told what stands in the way by what they wait for.
        self._loading.end()
        raise error

    @property
    def login(self) -> LoginPage:
        """Return the login that is shown, or was shown last."""
        return self.gate.login

    # --- an open clinic

    def _open(
        self,
        work: Callable[[], App],
        on_failed: Callable[[BaseException], None],
        other: Path | None = None,
    ) -> None:
        def opened(app: App) -> None:
            self._on_opened(app)
            if other is not None and self.app is app:
                self.places.take_over(other)

        def start() -> None:
            # On the thread of writes: behind a lock that is still closing the clinic before.
            self.runners.store.start(lambda _progress: work(), on_done=opened, on_failed=on_failed)

        self._loading.then(start)

    def open_clinic(self, app: App) -> None:
        """Show a clinic that is open already."""
        self._on_opened(app)

    def _on_opened(self, app: App) -> None:
        if self._ended:
            # The window was closed while the clinic was being opened.
            app.close()
            return
        self.app = app
        self._instant = app.context.clock.now
        self._anchoring.start(app.keep_anchored)
        self.gate.forget_rooms()
        if app.folder is not None:
            self._folder = app.folder
            self._remembered.folder = app.folder
        self._dress(self.shell)
        self.on_stored()
        self.places.open()
        self._offer_window()
        self._news_timer.start()
        self.runners.documents.start(
            lambda _progress: app.check_file(), on_failed=partial(self._on_damaged, app)
        )
        if failed := tries_words(app.tries, app.context.zone):
            self.shell.toast(failed)

    def _dress(self, shell: Shell) -> None:
        """Show in a window whose clinic it is and who charts."""
        app = self.app
        assert app is not None  # noqa: S101 - a clinic is open
        shell.set_user(app.who.name, app.who.role.capitalize())
        shell.set_clinic(app.clinic.name or "", app.folder)
        shell.set_practice(bool(app.clinic.practice))
        shell.set_save_state(SaveState.NONE)
        shell.header.tick()

    def _offer_window(self) -> None:
        if self._window_offered:
            return
        self._window_offered = True
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+W"), self.shell)
        shortcut.activated.connect(self.open_window)
        self.shell.add_actions(
            Action(
                title=_("Another window"),
                run=self.open_window,
                icon="window",
                shortcut="Ctrl+Shift+W",
            )
        )

    def open_window(self) -> None:
        """Open one more window of the same clinic; all of them show the same."""
        if self.app is None or self.shell.at_gate:
            return
        shell = Shell(
            self._theme, self._remembered, version=aeapp.__version__, now=self._now, first=False
        )
        shell.lock_asked.connect(self.ask_lock)
        places = WindowPlaces(shell, self)
        shell.set_close_guard(partial(self._may_close_other, places))
        self._others.append(places)
        self._dress(shell)
        places.open()
        shell.show()

    def _may_close_other(self, places: WindowPlaces) -> bool:
        if places.unsaved and not self._close_anyway:
            self.ask.confirm(unsaved_question(), partial(self._on_close_anyway, places.shell))
            return False
        places.flush()
        self._drop(places)
        return True

    def _drop(self, places: WindowPlaces) -> None:
        if places in self._others:
            self._others.remove(places)
        places.shell.deleteLater()

    @property
    def all_places(self) -> tuple[WindowPlaces, ...]:
        """Return the places of every window, the first one first."""
        return (self.places, *self._others)

    def on_stored(self) -> None:
        """Something was stored here, or a clinic was opened."""
        self._read_head()

    def look_for_news(self) -> None:
        """Find out whether another program stored something in the same clinic."""
        app = self.app
        if app is None or self.runners.busy:
            return

        def done(head: Head) -> None:
            if self.app is app and head.seq != self._head_seen:
                self._show_head(head)
                self.changes.stored.emit(None)

        self.runners.readers.start(lambda _progress: app.head(), on_done=done)

    def _read_head(self) -> None:
        """Show how far the trail is, and in which zone times are given."""
        app = self.app
        if app is None:
            return

        def done(head: Head) -> None:
            if self.app is app:
                self._show_head(head)

        self.runners.readers.start(lambda _progress: app.head(), on_done=done)

    def _show_head(self, head: Head) -> None:
        assert self.app is not None  # noqa: S101 - asked by whoever calls
        self._head_seen = head.seq
        trail = _("Trail at entry {number}").format(number=head.seq)
        zone = _("Times in {zone}").format(zone=self.app.context.zone.key)
        for places in self.all_places:
            places.shell.set_facts(f"{trail}   {zone}")

    def show_session(self, session_id: str) -> None:
        """Show a session in the session room."""
        self.places.show_session(session_id)

    def show_report(self, report_id: str) -> None:
        """Show a report in its place."""
        self.places.show_report(report_id)

    # --- lock and close

    def ask_lock(self) -> None:
        """Lock, unless entries that could not be stored would be lost and somebody stays."""
        if any(places.unsaved for places in self.all_places):
            self.ask.confirm(unsaved_lock_question(), self.lock)
        else:
            self.lock()

    def lock(self) -> None:
        """Cover everything at once, then store what was typed, close the clinic, wipe the keys."""
        app = self.app
        if app is None:
            return
        self._anchoring.stop()
        self.app, self._closing = None, app
        self._news_timer.stop()
        for places in self.all_places:
            places.flush()
        self._locked_at = f"{app.context.now():%H:%M}"
        self._cover(app).show_locked(self._locked_at)
        self._close_when_idle()

    def _on_damaged(self, app: App, error: BaseException) -> None:
        """Close a clinic whose file is damaged, as if it had not opened."""
        self._refused = error
        if app is self.app:
            self.app, self._closing = None, app
            self._news_timer.stop()
            self._cover(app)
            self._close_when_idle()

    def _cover(self, app: App) -> LoginPage:
        for other in tuple(self._others):
            # Covered at once; its widgets go with the clinic.
            other.shell.hide()
        login = self.gate.show_login(self._folder)
        login.show_clinic(self._folder, app.clinic.name or "")
        login.show_person(app.who.user_name)
        login.show_busy(busy=True)
        return login

    def _close_when_idle(self) -> None:
        """Close once no thread uses the clinic: answers still to come find their widgets."""
        for runner in (self.runners.readers, self.runners.finding, self.runners.documents):
            runner.cancel_all()
        if self.runners.busy:
            QTimer.singleShot(20, self._close_when_idle)
            return
        app, self._closing = self._closing, None
        self.places.forget()
        for other in tuple(self._others):
            other.forget()
            self._drop(other)
        if app is not None:
            end = close_with_rooms if self._refused is None else close_at_once
            self.runners.store.start(lambda _progress: end(app), on_done=self._on_closed)

    def _on_closed(self, rooms: Rooms) -> None:
        self.login.show_busy(busy=False)
        self.login.focus_first()
        if self._refused is not None:
            self.login.show_failure(self._refused)
            self._refused = None
        self.gate.show_rooms(rooms, self._locked_at, self._instant, follow=not self._ended)

    def _may_close(self) -> bool:
        unsaved = any(places.unsaved for places in self.all_places)
        if unsaved and not self._close_anyway:
            self.ask.confirm(unsaved_question(), partial(self._on_close_anyway, self.shell))
            return False
        for places in self.all_places:
            places.flush()
        for other in tuple(self._others):
            other.shell.hide()
            self._drop(other)
        self.gate.stop()
        self._news_timer.stop()
        self._anchoring.stop()
        self._ended = True
        ended = self.runners.close()
        for app in (self.app, self._closing):
            if app is not None:
                app.close()
        self.app = self._closing = None
        return ended

    def _on_close_anyway(self, shell: Shell) -> None:
        self._close_anyway = True
        # Not within the closing that asked: Qt would take it for the same one.
        QTimer.singleShot(0, shell.close)

    def _now(self) -> dt.datetime:
        return local_now() if self.app is None else self.app.context.now()


def _offer_scripts(shell: Shell) -> None:
    from forms.scripts import offer  # noqa: PLC0415 - not before the first paint

    offer(shell, shell.toast)


def open_window(words: list[str], clinics: Clinics) -> int:
    """Show the window and return the exit code once it is closed."""
    qt = QApplication(["aeapp", "-style", STYLE, *words])
    qt.setApplicationName("AEApp")
    keeper = ShortcutKeeper(qt)
    qt.focusChanged.connect(keeper.follow)
    remembered = Remembered()
    mode = remembered.mode if remembered.mode in set(Mode) else Mode.SYSTEM
    theme = Theme(qt, mode=Mode(mode), percent=remembered.percent, styled=True)
    collector = Collector(qt)
    program = Program(theme, clinics, remembered, home=default_file().parent)
    program.errors.install()
    program.warmed_up.connect(collector.keep_what_is_there)
    program.warmed_up.connect(partial(_offer_scripts, program.shell))
    # Leaves room for the frame and the task bar, so that the status line is never below them.
    room = program.shell.screen().availableSize() - QSize(16, 48)
    program.shell.resize(program.shell.size().boundedTo(room))
    program.start(clinic_named(words))
    return qt.exec()

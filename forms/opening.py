"""What opening and closing a clinic does on threads, and what is asked before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from aeapp.kernel.i18n import _
from forms.ask import Question
from forms.bars import day_words

if TYPE_CHECKING:  # the first window needs no services
    from aeapp.services.app import App, Clinics, WrongTries

Rooms = tuple[tuple[str, dt.datetime], ...]


def clinic_named(words: list[str]) -> Path | None:
    """Return the folder after ``--clinic``, if the command line names one."""
    for n, word in enumerate(words):
        if word.startswith("--clinic="):
            return Path(word.partition("=")[2])
        if word == "--clinic" and n + 1 < len(words):
            return Path(words[n + 1])
    return None


class OncePainted(QObject):
    """Does something when a window was painted for the first time.

    A thread that loads modules would hold up the paint.
    """

    def __init__(self, window: QWidget, act: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._act = window, act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._act)
        return super().eventFilter(watched, event)


def warm_up(clinics: Clinics) -> None:
    """Load what opening a clinic needs; whoever types a password waits for nothing."""
    clinics.load()
    import forms.palette  # noqa: PLC0415
    import forms.patients  # noqa: PLC0415
    import forms.report_room  # noqa: PLC0415
    import forms.session_room  # noqa: F401, PLC0415


class Loading:
    """Holds back what would load modules while a thread does.

    Two threads that make classes of Qt at once can crash the process, and of two that load the
    same modules one can see them half made: somebody may log in faster than they are loaded.
    """

    def __init__(self) -> None:
        self._under_way = False
        self._waiting: list[Callable[[], None]] = []

    def begin(self) -> None:
        """Hold back from now on."""
        self._under_way = True

    def end(self) -> None:
        """Do what was held back, in its order."""
        self._under_way = False
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def then(self, act: Callable[[], None]) -> None:
        """Do something as soon as nothing is being loaded: mostly at once."""
        if self._under_way:
            self._waiting.append(act)
        else:
            act()


def close_at_once(app: App) -> Rooms:
    """Close a clinic from which nothing can be read any more."""
    app.close()
    return ()


def close_with_rooms(app: App) -> Rooms:
    """Close the clinic; return rooms and begins of running sessions, nobody's name."""
    from aeapp.domain.chair.phases import begun_at  # noqa: PLC0415 - loaded by then

    rooms = []
    for session in app.sessions.running():
        zero = begun_at(app.sessions.room(session.id).administrations)
        begin = zero.utc() if zero is not None else None
        if begin is not None:
            rooms.append((session.chair or session.number or "", begin))
    app.close()
    return tuple(rooms)


def tries_words(tries: WrongTries, zone: dt.tzinfo) -> str:
    """Return how often somebody tried in vain since the last visit, and when last; else empty."""
    parts = []
    if tries.own:
        parts.append(_("{n} under your name").format(n=len(tries.own)))
    if tries.unknown:
        parts.append(_("{n} under names nobody has").format(n=len(tries.unknown)))
    if not parts:
        return ""
    last = max((*tries.own, *tries.unknown)).astimezone(zone)
    when = f"{day_words(last.date())}, {last:%H:%M}"
    words = _("Logins that failed since the last one: {tries}; the latest {when}.")
    return words.format(tries=", ".join(parts), when=when)


def unsaved_lock_question() -> Question:
    """Return what is asked before a lock loses entries that could not be stored."""
    return Question(
        title=_("Lock with entries that are not saved?"),
        text=_("Entries could not be stored. Ctrl+S tries once more; locking loses them."),
        act=_("Lock and lose them"),
        keep=_("Stay"),
    )


def unsaved_question() -> Question:
    """Return what is asked before entries that could not be stored are lost."""
    return Question(
        title=_("Close with entries that are not saved?"),
        text=_("Entries of this session could not be stored. Closing loses them."),
        act=_("Close and lose them"),
        keep=_("Stay"),
    )

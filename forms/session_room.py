"""The session room: the place in which a nurse works while a session runs.

Puts the parts together and says where the keys go. What is typed is read by the parts; storing is
the work's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QWidget,
)
from shiboken6 import isValid

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.own_time import span_of
from aeapp.kernel.i18n import _
from forms.bars import SaveState
from forms.chair.list_parts import to_missing
from forms.chair.part import PartSpec
from forms.chair.parts import PARTS
from forms.chairs import Running, running
from forms.desk import Desk
from forms.errors import shown_as
from forms.room_pages import RoomPages
from forms.row_journal import RowJournal
from forms.session_work import Loaded, SessionWork, load
from forms.told_later import first_untold

TICK_MS, TICKS_TO_NEWS = 1000, 15


class SessionRoomPlace(RoomPages):
    """One session on the screen, and the way to the others that run."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._waiting: dict[str, SessionWork] = {}
        self._wanted = ""
        self._begun = ""
        self._ticks = 0
        self._connect()
        self._rows: dict[str, dict[str, str]] = {}
        self.journal = RowJournal(desk.app.drafts.keep_row, desk.runners.store, self)
        self.journal.failed.connect(self._on_not_kept)
        self.grid.entry.typed.connect(self._on_typed)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._read_running()

    # --- what the window uses

    def show_session(self, session_id: str) -> None:
        """Open a session, running or over."""
        self._wanted = session_id
        app = self.desk.app
        self.desk.read(lambda: load(app, session_id), self._on_loaded)

    def start(self, patient_id: str = "") -> None:
        """Begin a session: for a patient, or for one to be found."""
        self._pages.setCurrentWidget(self._start_page)
        self.start_card.ask(patient_id)

    def focus_first(self) -> None:
        """Put the cursor where typing goes on."""
        page = self._pages.currentWidget()
        if page is self._room_page:
            self.to_grid()
        elif page is self._start_page:
            self.start_card.search.setFocus()
        else:
            self._empty_new.setFocus()

    @property
    def unsaved(self) -> bool:
        """Tell whether something of this session could not be stored."""
        return any(work.unsaved for work in self._works)

    def refresh(self) -> None:
        """Read again what another window, place or program may have stored."""
        self._read_running()
        work, app, begun = self.work, self.desk.app, self.desk.changes.begun
        if work is None or work.unsaved:
            return

        def done(loaded: Loaded) -> None:
            # What was read before a write that began meanwhile would take its row away again.
            if self.work is work and self.desk.changes.begun == begun and not work.unsaved:
                work.renew(loaded)

        self.desk.read(lambda: load(app, work.room.session.id), done)

    def flush(self) -> None:
        """Keep what is typed and not stored, as before a lock."""
        self.journal.flush()

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        page = self._pages.currentWidget()
        if page is not None and page is not self._room_page:
            return [page]
        stops = [self.parts[spec.name] for spec in PARTS if spec.region]
        tabs = [self._halves.tabs] if self._halves.tabs.used else []
        return [self.grid, *tabs, *stops, self.header]

    # --- keys and signals

    def _connect(self) -> None:
        self.start_card.started.connect(self._on_started)
        self.start_card.resumed.connect(self._on_resumed)
        self.start_card.left.connect(self._on_start_left)
        for button in (self._empty_new, self.header.new):
            button.clicked.connect(self._on_new)
        self.header.end.clicked.connect(partial(self._on_key, "Ctrl+D"))
        self.chairs.picked.connect(self.show_session)
        self.grid.entered.connect(self._on_entered)
        self.grid.marked.connect(self._on_marked)
        self.grid.asking.connect(self._on_asking)
        self.closed.amended.connect(self._on_amended)
        self.closed.rems_asked.connect(partial(self.ask, "rems"))
        self.closed.add_asked.connect(partial(self.ask, "missed"))
        self.closed.left.connect(self.to_grid)
        keys: dict[str, Callable[[], None]] = {
            "F3": partial(self.chairs.walk, 1),
            "Shift+F3": partial(self.chairs.walk, -1),
            "F5": self.to_grid,
            "Ctrl+Shift+V": self.to_grid,
            "Ctrl+S": self._on_save_again,
            "Alt+Q": self.to_question,
            "Alt+V": self.to_more,
            "Alt+T": self.to_time,
        }
        for spec in PARTS:
            for sequence, act in spec.keys:
                keys[sequence] = partial(self._act, act, spec)
        self._keys = keys
        for sequence in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            # A key that is held down decides once.
            shortcut.setAutoRepeat(False)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._on_key, sequence))

    def _on_key(self, sequence: str, *_: object) -> None:
        self._keys[sequence]()

    def _act(self, act: Callable[[Any, Any], None], spec: PartSpec) -> None:
        if self._in_room():
            act(self, self.parts[spec.name])

    # --- showing

    def _on_loaded(self, loaded: Loaded) -> None:
        if loaded.room.session.id != self._wanted:
            # Another session was asked for meanwhile.
            return
        self._leave_row()
        self.work = self._taken(loaded)
        for spec in PARTS:
            if spec.opened is not None:
                spec.opened(self.parts[spec.name], self.work)
        self._refresh()
        self._restore_row(loaded)
        self._halves.tabs.show_tab_of(self.parts["gate" if self.work.zero is None else "palette"])
        self._pages.setCurrentWidget(self._room_page)
        if self._begun == loaded.room.session.id:
            # Who has just begun a session goes on with what it asks.
            to_missing(self)
        else:
            self.to_grid()
        self._begun = ""
        self._read_running()

    def _taken(self, loaded: Loaded) -> SessionWork:
        """Return the work of a session; one whose entries are not all stored is kept.

        What is on its way may fail yet, and its row must not be missing on the way back.
        """
        old = self.work
        if old is not None:
            self._waiting[old.room.session.id] = old
        kept = self._waiting.pop(loaded.room.session.id, None)
        storing = self.desk.runners.store.busy
        self._let_go(storing=storing)
        if kept is not None and (kept.unsaved or storing):
            return kept
        if kept is not None:
            kept.deleteLater()
        work = SessionWork(self.desk, loaded, self)
        work.changed.connect(self._refresh)
        work.ended.connect(self._read_running)
        return work

    def _let_go(self, *, storing: bool) -> None:
        """Take away what waits for nothing any more; while something is ``storing``, nothing."""
        done = [i for i, work in self._waiting.items() if not (storing or work.unsaved)]
        for session_id in done:
            self._waiting.pop(session_id).deleteLater()

    @property
    def _works(self) -> list[SessionWork]:
        shown = [self.work] if self.work is not None else []
        return [*shown, *self._waiting.values()]

    def work_of(self, session_id: str) -> SessionWork | None:
        """Return a session that is on the screen, or kept because something is on its way."""
        return next((w for w in self._works if w.room.session.id == session_id), None)

    def _leave_row(self) -> None:
        """Let what is typed stay with its own session."""
        self.journal.flush()
        self.grid.leave_question()
        if self.work is not None:
            self._rows[self.work.room.session.id] = self.grid.entry.draft
        self.grid.entry.reset()

    def _restore_row(self, loaded: Loaded) -> None:
        session_id = loaded.room.session.id
        elsewhere = self.desk.changes.typing.get(session_id)
        if elsewhere is None or elsewhere is self or not isValid(elsewhere):
            self.grid.entry.restore(self._rows.pop(session_id, {}) or loaded.draft)

    def _on_typed(self) -> None:
        if self.work is None:
            return
        session_id, draft = self.work.room.session.id, self.grid.entry.draft
        self.journal.take(session_id, draft)
        if draft:
            self.desk.changes.typing[session_id] = self
        elif self.desk.changes.typing.get(session_id) is self:
            del self.desk.changes.typing[session_id]

    def _on_not_kept(self, error: BaseException) -> None:
        self.desk.show_saved(SaveState.NOT_SAVED, shown_as(error).message)

    def _refresh(self) -> None:
        work = self.work
        if work is None:
            return
        room, zero = work.room, work.zero
        self.header.show_work(work)
        span = span_of(room.session, zero)
        self._show_told(work)
        self.grid.show_watch(work.watch.flags(), work.watch.due(), span)
        self.grid.model.amended = work.amended
        self.grid.show_readings(room.observations, zero, work.failed)
        self.grid.set_closed(closed=work.over)
        for spec in PARTS:
            spec.show(self.parts[spec.name], work)
        self.closed.show_work(work)
        self._halves.tabs.show_news()

    def _show_told(self, work: SessionWork) -> None:
        """Let row and palette know the session's begin, and when it comes to be told afterwards."""
        started, waits = work.room.session.started, first_untold(work.watch.due())
        afterwards = work.told_afterwards
        self.grid.entry.time.show_told(started, waits, afterwards=afterwards)
        self.parts["palette"].show_session(started, afterwards=afterwards)

    def _read_running(self) -> None:
        self.desk.read(partial(running, self.desk.app), self._on_running)

    def _on_running(self, found: Running) -> None:
        sessions = found.sessions
        if self.work is None and not self._wanted and sessions:
            self.show_session(sessions[-1].id)
        shown = self.work.room.session.id if self.work else ""
        self.chairs.show_sessions(sessions, shown, found.people, found.news)
        # What was typed in a session that is over is not undone any more, nor kept.
        kept = {shown, self._wanted, *self._waiting, *(session.id for session in sessions)}
        for session_id in [i for i in self.desk.captures if i not in kept]:
            del self.desk.captures[session_id]

    def _tick(self) -> None:
        if self._pages.currentWidget() is self._room_page and self.isVisible():
            self.header.tick()
            self._ticks += 1
            if self._ticks % TICKS_TO_NEWS == 0:
                self._read_running()
            if self.work is not None:
                self._show_told(self.work)
                self.grid.tick(self.work.watch.due())
            for part in self.parts.values():
                tick = getattr(part, "tick", None)
                if callable(tick):
                    tick()
            self._halves.tabs.show_news()

    # --- keys

    def _in_room(self) -> bool:
        return self._pages.currentWidget() is self._room_page and self.work is not None

    def to_grid(self) -> None:
        """Put the cursor into the row of readings."""
        if self._in_room() and self.work is not None:
            if self.work.over:
                self.grid.table.setFocus()
            else:
                self.grid.entry.focus_cell()
            self.reveal(self.grid.entry)

    def reveal(self, widget: QWidget) -> None:
        """Bring a widget of the room into sight."""
        self._halves.reveal(widget)

    def show_reading(self, reading_id: str) -> None:
        """Go to a reading in the table of the rows taken."""
        if self._in_room() and self.grid.go_to_reading(reading_id):
            self.reveal(self.grid.table)

    def to_more(self) -> None:
        """Show a cell for every reading there is, in the row being typed."""
        if self._in_room() and self.work is not None and not self.work.over:
            self.grid.entry.ask_more()
            self.reveal(self.grid.entry)

    def to_time(self) -> None:
        """Go to the time of the row being typed, where it was read at another time."""
        if self._in_room() and self.work is not None and not self.work.over:
            self.grid.entry.ask_time()
            self.reveal(self.grid.entry)

    def to_question(self) -> None:
        """Go to the next reading that somebody has to look at."""
        if self._in_room() and not self.grid.go_to_question():
            self.desk.toast(_("No reading is to be looked at."))

    def go_to(self, name: str) -> None:
        """Bring a part into sight and put the focus into it, if it is shown."""
        part = self.parts[name]
        # Out of sight on another tab is not hidden.
        if self._in_room() and not part.isHidden() and part.isEnabled():
            self.reveal(part)
            next(spec for spec in PARTS if spec.name == name).focus(part)

    def ask(self, name: str) -> None:
        """Show a part that comes only when it is asked for, and put the focus into it."""
        part = self.parts[name]
        if self._in_room():
            part.show_work(self.work)
            part.show()
            self.reveal(part)
            part.ask() if hasattr(part, "ask") else self.go_to(name)

    def do(self, act: Callable[[SessionWork], None], *, back: bool = True) -> None:
        """Do something with the session on the screen, then put the cursor back into the row."""
        if self.work is not None:
            act(self.work)
        if back:
            self.to_grid()

    def _on_new(self) -> None:
        self.start()

    def _on_save_again(self) -> None:
        for work in self._works:
            work.try_again()

    # --- what the parts say

    def _on_started(self, session: Session) -> None:
        self.desk.toast(_("Session {number} started.").format(number=session.number))
        self._begun = session.id
        self.show_session(session.id)

    def _on_resumed(self, session: Session) -> None:
        self.desk.toast(_("Session {number} runs already.").format(number=session.number))
        self.show_session(session.id)

    def _on_start_left(self) -> None:
        self._pages.setCurrentWidget(self._room_page if self.work else self._empty_page)
        self.focus_first()

    def _on_entered(self, readings: Sequence[Observation], at: PartialDate | NullFlavor) -> None:
        self.journal.drop()
        if self.work is not None:
            self.work.log(readings, at)
            flag = self.work.watch.flags()
            flags = [words for r in readings if (words := flag(r))]
            if flags:
                self.grid.say_flag(", ".join(flags))
            if self.work.lists.prepared is not None:
                to_missing(self)

    def _on_amended(self, changed: Session, reason: str) -> None:
        if self.work is not None:
            self.work.closing.amend(changed, reason)
        self.to_grid()

    def _on_marked(self, readings: Sequence[Observation], status: object, reason: str) -> None:
        if self.work is not None:
            self.work.mark(readings, status, reason)  # type: ignore[arg-type]

    def _on_asking(self) -> None:
        self.reveal(self.grid.strip)

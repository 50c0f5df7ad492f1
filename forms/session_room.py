"""The session room: the place in which a nurse works while a session runs.

Puts the parts together and says where the keys go. What is typed is read by the parts; storing is
the work's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import weight_of
from aeapp.domain.vitals.typing import flag_of
from aeapp.kernel.i18n import _
from forms.chairs import Chairs
from forms.desk import Desk
from forms.dose_card import DoseCard
from forms.event_list import EventList
from forms.event_panel import EventPanel
from forms.session_header import SessionHeader
from forms.session_work import Loaded, SessionWork, load
from forms.side_cards import EndingCard, NotesCard
from forms.start_card import StartCard
from forms.theme import px
from forms.vitals_grid import VitalsGrid
from forms.widgets.buttons import Button
from forms.widgets.labels import Note, label

SIDE_WIDTH = 372
TWO_COLUMNS_FROM = 980
TICK_MS = 1000


class SessionRoomPlace(QWidget):
    """One session on the screen, and the way to the others that run."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session")
        self.setAccessibleName(_("Session room"))
        self._desk = desk
        now = desk.app.context.now
        self.work: SessionWork | None = None
        self._wanted = ""
        self.header = SessionHeader(now, self)
        self.grid = VitalsGrid(now, parent=self)
        self.palette_panel = EventPanel(now, self)
        self.events = EventList(self)
        self.dose = DoseCard(now, self)
        self.notes = NotesCard(self)
        self.ending = EndingCard(self)
        self.start_card = StartCard(desk, self)
        self.chairs = Chairs(self)
        self.closed_note = Note(self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._read_running()

    # --- what the window uses

    def show_session(self, session_id: str) -> None:
        """Open a session, running or over."""
        self._wanted = session_id
        app = self._desk.app
        self._desk.read(lambda: load(app, session_id), self._on_loaded)

    def start(self, patient_id: str = "") -> None:
        """Begin a session: for a patient, or for one to be found."""
        self._pages.setCurrentWidget(self._start_page)
        self.start_card.ask(patient_id)

    def focus_first(self) -> None:
        """Put the cursor where typing goes on."""
        page = self._pages.currentWidget()
        if page is self._room_page:
            self._to_grid()
        elif page is self._start_page:
            self.start_card.search.setFocus()
        else:
            self._empty_new.setFocus()

    @property
    def unsaved(self) -> bool:
        """Tell whether something of this session could not be stored."""
        return self.work is not None and self.work.unsaved

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        page = self._pages.currentWidget()
        if page is not None and page is not self._room_page:
            return [page]
        return [self.grid, self.palette_panel, self.events, self.dose, self.notes, self.header]

    # --- building

    def _build(self) -> None:
        self._empty_page, self._start_page, self._room_page = QWidget(), QWidget(), QWidget()
        self._build_empty()
        centre = QHBoxLayout(self._start_page)
        centre.setContentsMargins(24, 24, 24, 24)
        centre.addStretch(1)
        centre.addWidget(self.start_card, 8)
        centre.addStretch(1)
        self._build_room()
        for page in (self._empty_page, self._start_page, self._room_page):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chairs)
        column.addWidget(self._pages, 1)

    def _build_empty(self) -> None:
        self._empty_new = Button(_("New session"), self._empty_page, kind="main", key="F2")
        self._empty_new.setObjectName("session.new")
        column = QVBoxLayout(self._empty_page)
        column.setSpacing(12)
        column.addStretch(2)
        words = label(_("No session is running."), "title", self._empty_page)
        for part in (words, self._empty_new):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _build_room(self) -> None:
        self._side = QWidget()
        self._side.setProperty("kind", "scrolled")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        for card in (self.ending, self.palette_panel, self.events):
            side.addWidget(card)
        side.addStretch(1)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(12)
        self._below.addWidget(self.dose, 1)
        self._below.addWidget(self.notes, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.grid, 1)
        left.addLayout(self._below)
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._halves.setContentsMargins(16, 12, 16, 16)
        self._halves.setSpacing(12)
        self._halves.addLayout(left, 1)
        self._halves.addWidget(self._side)
        self._scroll = QScrollArea(self._room_page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        column = QVBoxLayout(self._room_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self.closed_note.setContentsMargins(16, 8, 16, 0)
        column.addWidget(self.closed_note)
        column.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.start_card.started.connect(self._on_started)
        self.start_card.left.connect(self._on_start_left)
        for button in (self._empty_new, self.header.new):
            button.clicked.connect(self._on_new)
        self.header.end.clicked.connect(self._on_end_asked)
        self.chairs.picked.connect(self.show_session)
        self.grid.entered.connect(self._on_entered)
        self.grid.marked.connect(self._on_marked)
        self.grid.asking.connect(self._on_asking)
        self.palette_panel.caught.connect(self._on_caught)
        self.events.report_asked.connect(self._on_report_asked)
        self.dose.given.connect(self._on_given)
        self.dose.stopped.connect(self._on_stopped)
        self.dose.weighed.connect(self._on_weighed)
        self.notes.noted.connect(self._on_noted)
        self.ending.ended.connect(self._on_ending)
        for part in (self.palette_panel, self.dose, self.notes, self.ending):
            part.left.connect(self._to_grid)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F3", partial(self.chairs.walk, 1)),
            ("Shift+F3", partial(self.chairs.walk, -1)),
            ("F4", self._to_palette),
            ("Ctrl+Shift+A", self._to_palette),
            ("F5", self._to_grid),
            ("Ctrl+Shift+V", self._to_grid),
            ("F7", self._to_notes),
            ("Ctrl+Shift+N", self._to_notes),
            ("Alt+D", self._to_dose),
            ("Ctrl+D", self._on_end_asked),
            ("Ctrl+S", self._on_save_again),
        )
        for sequence, run in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # --- showing

    def _on_loaded(self, loaded: Loaded) -> None:
        if loaded.room.session.id != self._wanted:
            # Another session was asked for meanwhile.
            return
        if self.work is not None:
            self.work.deleteLater()
        self.work = SessionWork(self._desk, loaded, self)
        self.work.changed.connect(self._refresh)
        self.work.ended.connect(self._read_running)
        self.palette_panel.clear()
        self.dose.clear()
        self.dose.show_library(loaded.products, loaded.lots)
        route = loaded.room.session.route
        # What was given last time is offered for the first dose only, never for a second one.
        last = None if loaded.room.administrations else loaded.last
        self.dose.show_session(route if isinstance(route, SessionRoute) else None, last)
        self._refresh()
        self._pages.setCurrentWidget(self._room_page)
        self._to_grid()
        self._read_running()

    def _refresh(self) -> None:
        work = self.work
        if work is None:
            return
        room, zero = work.room, work.zero
        self.header.show_work(work)
        self.grid.show_readings(room.observations, zero, work.failed)
        self.grid.set_closed(closed=work.over)
        self.palette_panel.show_zero(zero)
        self.palette_panel.setVisible(not work.over)
        self.events.show_events(room.events, zero)
        self.dose.show_weight(weight_of(room.observations))
        self.dose.show_givings(room.administrations, work.products)
        self.dose.setEnabled(not work.over)
        self.notes.show_notes(room.session.note or "")
        over = _("This session has ended. Readings can still be marked; nothing is erased.")
        self.closed_note.say(over if work.over else "", "info")
        self.closed_note.setVisible(work.over)

    def _read_running(self) -> None:
        self._desk.read(self._desk.app.sessions.running, self._on_running)

    def _on_running(self, sessions: Sequence[Session]) -> None:
        if self.work is None and not self._wanted and sessions:
            self.show_session(sessions[-1].id)
        shown = self.work.room.session.id if self.work else ""
        self.chairs.show_sessions(sessions, shown)

    def _tick(self) -> None:
        if self._pages.currentWidget() is self._room_page and self.isVisible():
            self.header.tick()
            self.grid.entry.tick()
            self.dose.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(TWO_COLUMNS_FROM)
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if wide else directions.TopToBottom
        self._halves.setDirection(direction)
        self._below.setDirection(direction)
        self.header.set_narrow(narrow=not wide)
        if wide:
            self._side.setFixedWidth(px(SIDE_WIDTH))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)

    # --- keys

    def _in_room(self) -> bool:
        return self._pages.currentWidget() is self._room_page and self.work is not None

    def _to_grid(self) -> None:
        if self._in_room() and self.work is not None:
            if self.work.over:
                self.grid.table.setFocus()
            else:
                self.grid.entry.focus_cell()
            self._scroll.ensureWidgetVisible(self.grid.entry)

    def _to(self, card: QWidget, focus: Callable[[], None]) -> None:
        if self._in_room() and card.isVisible() and card.isEnabled():
            self._scroll.ensureWidgetVisible(card)
            focus()

    def _to_palette(self) -> None:
        self._to(self.palette_panel, self.palette_panel.setFocus)

    def _to_notes(self) -> None:
        self._to(self.notes, self.notes.line.setFocus)

    def _to_dose(self) -> None:
        self._to(self.dose, self.dose.focus_first)

    def _on_new(self) -> None:
        self.start()

    def _on_end_asked(self) -> None:
        if self._in_room() and self.work is not None and not self.work.over:
            self.ending.ask()
            self._scroll.ensureWidgetVisible(self.ending)

    def _on_save_again(self) -> None:
        if self.work is not None:
            self.work.try_again()

    # --- what the parts say

    def _on_started(self, session: Session) -> None:
        self._desk.toast(_("Session {number} started.").format(number=session.number))
        self.show_session(session.id)

    def _on_start_left(self) -> None:
        self._pages.setCurrentWidget(self._room_page if self.work else self._empty_page)
        self.focus_first()

    def _on_entered(self, readings: Sequence[Observation], at: PartialDate) -> None:
        if self.work is not None:
            self.work.log(readings, at)
            flags = [words for r in readings if (words := flag_of(r))]
            if flags:
                self.grid.say_flag(", ".join(flags))

    def _on_marked(self, readings: Sequence[Observation], status: object, reason: str) -> None:
        if self.work is not None:
            self.work.mark(readings, status, reason)  # type: ignore[arg-type]

    def _on_asking(self) -> None:
        self._scroll.ensureWidgetVisible(self.grid.strip)

    def _on_caught(self, words: str, severity: Severity | None, onset: PartialDate) -> None:
        if self.work is not None:
            self.work.catch(words, severity, onset)
        self._to_grid()

    def _on_report_asked(self, event: object) -> None:
        if self.work is not None:
            self.work.open_report(event)  # type: ignore[arg-type]

    def _on_given(self, dose: object) -> None:
        if self.work is not None:
            self.work.give(dose)  # type: ignore[arg-type]
        self._to_grid()

    def _on_stopped(self, giving: object) -> None:
        if self.work is not None:
            self.work.stop(giving)  # type: ignore[arg-type]
        self._to_grid()

    def _on_weighed(self, weight: Observation) -> None:
        if self.work is not None:
            self.work.log((weight,), self._desk.app.context.minute())

    def _on_noted(self, words: str) -> None:
        if self.work is not None:
            self.work.note(words)

    def _on_ending(self, ending: SessionEnd, reason: str) -> None:
        if self.work is not None:
            self.work.end(ending, reason)

"""Today: the chair board, and below it what waits for somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from aeapp.domain.chair.board import BoardStatus, ChairLine
from aeapp.domain.chair.needs import (
    Need,
    NeedKind,
    clock_of,
    ordered,
)
from aeapp.domain.records import Reminder, Report, Session
from aeapp.kernel.i18n import _
from aeapp.services.board import Day
from forms import fonts
from forms.alive import while_alive
from forms.chair_cards import CARD_HEIGHT, ChairBoard
from forms.desk import Desk
from forms.models.paged import Column, Deliver, PagedModel
from forms.near_miss import NearMissStrip
from forms.new_case import begin_report
from forms.theme import Status, px
from forms.today_filter import FilterBar
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard, card
from forms.widgets.labels import label
from forms.widgets.scrolling import FollowingScroll
from forms.widgets.tables import TALL_ROW, Index, LinesDelegate, PillDelegate, Table

# Minutes and countdowns; a reading that is stored shows at once.
TICK_MS = 15_000
WIDTHS = (148, 250, 100, 220, 130, 150)
CLOCK, WHAT, PATIENT, NEXT, OWNER, DUE = range(6)
# Columns by what they are needed for.
RANKS = (CLOCK, WHAT, NEXT, PATIENT, DUE, OWNER)
COLUMN_EDGES, LOWER_HEIGHT = 64, 250
CHAIRS_WITH_KEYS = 9
SHARE_OF_CHAIRS = 0.52


class TodayPlace(QWidget):
    """The board of the day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self.setAccessibleName(_("Today"))
        self._desk = desk
        self._needs: tuple[Need, ...] = ()
        self._of_day: tuple[Need, ...] = ()
        self._of_stock: tuple[Need, ...] = ()
        self._wall = False
        self.board = ChairBoard(self)
        self._summary = label(kind="body", parent=self, wrap=True)
        self.new = Button(_("New session"), self, kind="main", icon="add", key="F2")
        self.new.setObjectName("today.new")
        self.miss = Button(_("Near miss"), self, key="M", name=_("Near miss without a patient"))
        self.miss.setObjectName("today.miss")
        self.near_miss = NearMissStrip(desk, self)
        self.near_miss.asking.connect(self._listen)
        self._keys: list[QShortcut] = []
        self.nobody = EmptyCard(_("No session is running."), self, act=_("New session"))
        self.table = Table(_("Needs someone"), self, row_height=TALL_ROW)
        self.model: PagedModel[Need] = PagedModel(
            self._columns(), self._fetch, lambda need: need.line, self
        )
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(CLOCK, PillDelegate(self._pill, self.table))
        self.nothing = EmptyCard(_("Nothing waits for anybody."), self)
        for column in (WHAT, NEXT, OWNER, DUE):
            lines = LinesDelegate(self.table, strong=column == WHAT)
            self.table.setItemDelegateForColumn(column, lines)
        self.bar = FilterBar(desk, self)
        self.facets = self.bar.facets
        self._build()
        self._connect()
        self.refresh()

    # --- what the window uses

    def focus_first(self) -> None:
        """Put the focus on the first chair, or on the list while nobody is in one."""
        first: QWidget = self.board.cards[0] if self.board.cards else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return [self.board, self.table, self.facets]

    def refresh(self) -> None:
        """Read the day again; what is on the screen stays until it is there."""
        board = self._desk.app.board
        self._desk.read(board.day, while_alive(self, self._on_day))
        # Books of years take longer than the chairs may wait.
        self._desk.read(board.stock, while_alive(self, self._on_stock))
        self.bar.read()

    # --- building

    def _columns(self) -> list[Column[Need]]:
        return [
            Column(head=_("Clock"), text=lambda n: self._clock(n)[1]),
            Column(head=_("What"), text=lambda n: _lines(n.what, n.detail)),
            Column(head=_("Patient"), text=lambda n: n.patient, font=lambda _n: fonts.sized("id")),
            Column(head=_("Next step"), text=lambda n: _lines(n.next_step, n.reminded)),
            Column(head=_("Owner"), text=_owner_words),
            Column(head=_("Due, and why"), text=_due_words),
        ]

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(_("Today"), "heading", self))
        head.addWidget(self._summary, 1)
        head.addWidget(self.miss)
        head.addWidget(self.new)
        self._build_lower()
        self._build_board()
        page = QWidget()
        page.setProperty("kind", "scrolled")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.near_miss)
        column.addWidget(self._scroll)
        column.addWidget(self._lower, 1)
        # Alone on a wall the board stands at the top.
        column.addStretch()
        # With large letters chairs and list are higher than the window.
        whole = FollowingScroll(self)
        whole.setWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(whole)
        self._fit_columns()

    def _build_lower(self) -> None:
        """Lay the list of what needs someone under its title and its facets."""
        below = QHBoxLayout()
        below.setSpacing(12)
        title = label(_("Needs someone"), "title", self)
        # On the line of the facets, which may take several.
        title.setMinimumHeight(px(28))
        below.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.bar, 1)
        frame = card(self, padding=1, gap=0)
        frame.layout().addWidget(self.table)  # type: ignore[union-attr]
        self._lists = QStackedWidget(self)
        self._lists.addWidget(frame)
        self._lists.addWidget(self.nothing)
        self._lower = QWidget(self)
        self._lower.setMinimumHeight(px(LOWER_HEIGHT))
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(12)
        lower.addLayout(below)
        lower.addWidget(self._lists, 1)

    def _build_board(self) -> None:
        chairs = QWidget()
        chairs.setProperty("kind", "scrolled")
        above = QVBoxLayout(chairs)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.board)
        above.addWidget(self.nobody)
        above.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(chairs)

    def _connect(self) -> None:
        self.new.clicked.connect(self._on_new)
        self.nobody.pressed.connect(self._on_new)
        self.board.opened.connect(self._desk.show_session)
        self.board.logging.connect(self._desk.show_session)
        self.table.opened.connect(self._on_opened)
        self.bar.changed.connect(self._show_needs)
        self.bar.left.connect(self._focus_list)
        self.bar.add_keys(self)
        for n in range(1, CHAIRS_WITH_KEYS + 1):
            self._shortcut(f"{n}", partial(self._on_digit, n - 1, logging=False))
            self._shortcut(f"Shift+{n}", partial(self._on_digit, n - 1, logging=True))
        for sequence, step in (("]", 1), ("[", -1)):
            self._shortcut(sequence, partial(self.bar.walk, step))
        self._shortcut("F11", self._on_wall)
        self._shortcut("R", self._on_remind)
        self._shortcut("Shift+R", self._on_remind_all)
        self._shortcut("T", self._on_take_over)
        self._shortcut("M", self.near_miss.begin)
        self.near_miss.left.connect(self.focus_first)
        self.miss.clicked.connect(self.near_miss.begin)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _shortcut(self, sequence: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)
        self._keys.append(shortcut)

    def _listen(self, asking: bool) -> None:
        # While something is asked, digits and letters answer it.
        for shortcut in self._keys:
            shortcut.setEnabled(not asking)

    # --- showing

    @property
    def _today(self) -> dt.date:
        return self._desk.app.context.today()

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_day(self, day: Day) -> None:
        first = not self.board.cards and not self._needs
        self._of_day = day.needs
        self.board.show_lines(day.chairs, initials=self._wall)
        self.board.setVisible(bool(day.chairs))
        self.nobody.setVisible(not day.chairs)
        self._fit()
        self._summary.setText(summary_words(day.chairs))
        self._show_needs()
        if first and self.isVisible() and self.hasFocus():
            self.focus_first()

    def _on_stock(self, needs: tuple[Need, ...]) -> None:
        self._of_stock = needs
        self._show_needs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lower.setMinimumHeight(px(LOWER_HEIGHT))
        self._fit_columns()
        self._fit()

    def _fit_columns(self) -> None:
        """Show the columns that there is room for, those that say what is to be done first."""
        room = self.width() - px(COLUMN_EDGES)
        shown = set(RANKS[:2])
        for n, column in enumerate(RANKS):
            needed = sum(px(WIDTHS[one]) for one in RANKS[: n + 1])
            if needed <= room:
                shown.add(column)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnHidden(column, column not in shown)
            self.table.setColumnWidth(column, px(width))

    def _fit(self) -> None:
        """Give the board what its rows need, and about half the place unless it is alone."""
        most = self.height() if self._wall else round(self.height() * SHARE_OF_CHAIRS)
        wanted = self.nobody.sizeHint().height()
        if self.board.cards:
            wanted = self.board.fit_into(most - px(4))
        # At least one row of them whole.
        least = min(wanted, px(CARD_HEIGHT)) if self.board.cards else px(80)
        self._scroll.setFixedHeight(max(least + px(4), min(wanted + px(4), most)))

    def _show_needs(self) -> None:
        self._needs = ordered([*self._of_day, *self._of_stock])
        chosen = self.table.currentIndex()
        kept = self.model.id_at(chosen.row()) if chosen.isValid() else ""
        shown = self.bar.show_needs(self._needs, self._today)
        self.model.show_ids([n.line for n in shown])
        self._lists.setCurrentIndex(0 if shown else 1)
        if shown:
            row = max(0, self.model.row_of(kept))
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _fetch(self, ids: Sequence[str], deliver: Deliver[Need]) -> None:
        wanted = set(ids)
        deliver([n for n in self._needs if n.line in wanted])

    def _pill(self, index: Index) -> tuple[Status, str] | None:
        need = self.model.line_at(index.row())
        if need is None:
            return None
        status, words = self._clock(need)
        return Status(status.value), words

    def _clock(self, need: Need) -> tuple[BoardStatus, str]:
        return clock_of(need, self._today, self._desk.app.context.minute())

    # --- keys

    def _on_new(self) -> None:
        self._desk.start_session("")

    def _on_digit(self, n: int, *, logging: bool) -> None:
        if n < len(self.board.cards):
            self.board.cards[n].open_it(logging=logging)

    def _on_wall(self) -> None:
        self._wall = not self._wall
        self._lower.setVisible(not self._wall)
        self.refresh()

    def _focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Need | None:
        index = self.table.currentIndex()
        return self.model.line_at(index.row()) if index.isValid() else None

    def _on_remind(self) -> None:
        need, worklist = self._chosen(), self._desk.app.worklist
        if need is not None:

            def done(reminder: Reminder) -> None:
                self._desk.toast(_("{who} is reminded in the list.").format(who=reminder.to))
                self.refresh()

            self._desk.write(lambda: worklist.remind(need), while_alive(self, done))

    def _on_remind_all(self) -> None:
        """Remind whoever is named in the lines that the filter shows."""
        worklist = self._desk.app.worklist
        shown = self.bar.show_needs(self._needs, self._today)

        def done(reminders: tuple[Reminder, ...]) -> None:
            left = len(shown) - len(reminders)
            words = _("{n} reminded in the list; {left} name nobody else.")
            self._desk.toast(words.format(n=len(reminders), left=left))
            self.refresh()

        self._desk.write(lambda: worklist.remind_all(shown), while_alive(self, done))

    def _on_take_over(self) -> None:
        need, worklist = self._chosen(), self._desk.app.worklist
        if need is not None:

            def done(_report: Report) -> None:
                self._desk.toast(_("The report is yours now."))
                self.refresh()

            self._desk.write(lambda: worklist.take_over(need), while_alive(self, done))

    def _on_opened(self, row: int) -> None:
        need = self.model.line_at(row)
        if need is None:
            return
        if need.opens is not None:
            self._open(*need.opens)
        elif need.kind is NeedKind.STOCK:
            self._desk.open_lot(need.target)
        elif need.kind is NeedKind.CALL:
            self._desk.call_patient(need.target)
        elif need.kind is NeedKind.PLANNED:
            self._begin(need.target)
        else:
            self._desk.show_session(need.target)

    def _begin(self, session_id: str) -> None:
        """Begin a planned session; looking at it alone would leave it unseen on the board."""
        app = self._desk.app

        def begun(session: Session) -> None:
            self._desk.toast(_("Session {number} runs.").format(number=session.number or ""))
            self._desk.show_session(session.id)

        self._desk.write(lambda: app.planning.begin_planned(session_id), begun)

    def _open(self, kind: str, target: str) -> None:
        if kind == "event":
            shown = self._desk.show_report
            begin_report(self._desk, self, target, lambda report: shown(report.id))
            return
        ways = {
            "report": self._desk.show_report,
            "session": self._desk.show_session,
            "patient": self._desk.show_patient,
            "place": self._desk.show_place,
            "lot": self._desk.open_lot,
        }
        ways[kind](target)


def summary_words(chairs: Sequence[ChairLine]) -> str:
    """Return the board in a sentence: how many chairs, how many late, how many flagged."""
    if not chairs:
        return ""
    late = sum(line.status is BoardStatus.OVERDUE for line in chairs)
    flags = sum(line.status is BoardStatus.FLAG for line in chairs)
    words = [_("{n} running").format(n=len(chairs))]
    if late:
        words.append(_("{n} overdue").format(n=late))
    if flags:
        words.append(_("{n} flagged").format(n=flags))
    return ", ".join(words)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _owner_words(need: Need) -> str:
    waits = need.waits_for if need.waits_for != need.owner else ""
    return _lines(need.owner, _("waits for {who}").format(who=waits) if waits else "")


def _due_words(need: Need) -> str:
    day = f"{need.due:%a} {need.due.day} {need.due:%b %Y}" if need.due else ""
    return _lines(day, f"{_(need.authority.words)}, {need.rule}" if need.rule else "")

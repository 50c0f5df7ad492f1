"""Code many events at once with one release: proposals to look at, taken by a key, stored whole.

Nothing is taken by itself. What was sent stays as it was sent and shows the codes as changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.coding.index import Offer
from aeapp.domain.coding.recoding import Proposed, Recoding
from aeapp.domain.records import Event, Terminology
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.coding import Recoded
from forms.alive import while_alive
from forms.chair.code_finder import CodeFinder
from forms.desk import Desk
from forms.library.recode_lines import RecodeLine, RecodeModel, lines_of, taken_of
from forms.library.term_lists import release_name
from forms.progress import ProgressStrip
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.tables import PillDelegate, Table

LEAST_TABLE = 420
_WIDTHS = (0, 130, 0, 130, 80)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKE = len(_WIDTHS) - 1


class RecodePage(QWidget):
    """The events without a code in one release.

    Signals:
        left: Back to the releases.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recode")
        self.setAccessibleName(_("Code many events"))
        self._desk = desk
        self._release: Terminology | None = None
        self._last: tuple[Terminology, int] | None = None
        self.heading = label(kind="title", parent=self)
        self.counts = label(kind="caption", parent=self, wrap=True)
        self.model = RecodeModel(self)
        self.table = Table(_("Events without a code in this version"), self)
        self.table.setModel(self.model)
        self.table.passed_on = "123456789S"
        self.finder = CodeFinder(self)
        self.empty = label(kind="label", parent=self, wrap=True)
        self.all_sure = self._button(_("Take all with the same words"), "recode.all", "Alt+E")
        self.store = self._button(_("Store what was taken"), "recode.store", "Ctrl+Return", "main")
        self.put_back = self._button(_("Put back what was stored"), "recode.put_back", "Ctrl+Z")
        self.back = Button(_("Back to the versions"), self, key="Esc")
        self.back.setObjectName("recode.back")
        self.strip = ProgressStrip(self)
        self._build()
        self._connect()
        self._show([])

    # --- what the library uses

    def open_release(self, release: Terminology) -> None:
        """Read what the events may be coded as in a release."""
        if self._release is None or self._release.id != release.id:
            self._last = None
            self._show([])
        self._release = release
        self.heading.setText(
            _("Code events with {name} {version}").format(
                name=release_name(release), version=release.edition or ""
            )
        )
        self.refresh()

    def focus_first(self) -> None:
        """Put the focus on the list."""
        (self.table if self.model.rows else self.back).setFocus()

    def refresh(self) -> None:
        """Read the proposals again; what was taken stays so where its event is the same."""
        release = self._release
        if release is None:
            return
        self.counts.setText(_("Looking through the events…"))
        coding, shown = self._desk.app.coding, while_alive(self, self._on_found)

        def work(progress: Progress) -> Recoding:
            return coding.proposals(release.id, progress)

        job = self._desk.runners.readers.start(
            work,
            on_done=shown,
            on_failed=self._on_failed,
            on_cancelled=while_alive(self, self._on_stopped),
        )
        self.strip.watch(job, _("Looking through the events"))

    # --- building

    def _button(self, words: str, name: str, shortcut: str, kind: str = "normal") -> Button:
        made = Button(words, self, shortcut=shortcut, kind=kind)
        made.setObjectName(name)
        return made

    def _build(self) -> None:
        frame: QFrame = card(self)
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - a card has a column
        told = _(
            "Enter takes a line or lets it go, Shift Enter all lines with the same words; 1 to 9 "
            "take that proposal of it, S searches another term. Nothing is taken by itself. "
            "Reports that were sent stay as they are; they show it as changed since."
        )
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.back)
        column.addLayout(top)
        column.addWidget(label(told, "caption", frame, wrap=True))
        column.addWidget(self.counts)
        column.addWidget(self.strip)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.finder)
        keys = QWidget(frame)
        flow = FlowLayout(keys, gap=8)
        for button in (self.all_sure, self.put_back, self.store):
            flow.addWidget(button)
        column.addWidget(keys)
        self.table.set_widths(_WIDTHS)
        self.table.setItemDelegateForColumn(_TAKE, PillDelegate(self.model.pill, self.table))
        self.table.setMinimumHeight(px(LEAST_TABLE))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _connect(self) -> None:
        self.table.opened.connect(self._on_opened)
        self.all_sure.clicked.connect(self._on_all_sure)
        self.store.clicked.connect(self._on_store)
        self.put_back.clicked.connect(self._on_put_back)
        self.back.clicked.connect(self.left)
        self.finder.asked.connect(self._on_asked)
        self.finder.picked.connect(self._on_picked)
        self.finder.left.connect(self.table.setFocus)

    # --- showing

    def _on_found(self, found: Recoding) -> None:
        if self._release is None or found.release.id != self._release.id:
            return
        self._release = found.release
        self.counts.setText(
            _(
                "Same words {exact:,}, to look at {guesses:,}, no proposal {nothing:,}, coded "
                "already {coded:,}"
            ).format(
                exact=len(found.exact),
                guesses=len(found.guesses),
                nothing=len(found.nothing),
                coded=found.coded,
            )
        )
        self._show(lines_of(found, taken_of(self.model.rows)))
        none = _("Every event has a code in this version.")
        if not found.coded:
            none = _("There is no event to code yet.")
        self.empty.setText("" if self.model.rows else none)
        self.empty.setVisible(not self.model.rows)
        if self.isVisible() and self.back.hasFocus():
            self.focus_first()

    def _on_failed(self, error: BaseException) -> None:
        self.counts.setText("")
        self._desk.errors.show(error)

    def _on_stopped(self) -> None:
        self.counts.setText(_("Stopped; nothing was changed."))

    def _show(self, lines: Sequence[RecodeLine]) -> None:
        row = max(0, self.table.currentIndex().row())
        self.model.show(lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(False)
        if lines:
            self.table.selectRow(min(row, len(lines) - 1))
        self._show_state()

    def _show_state(self) -> None:
        lines: list[RecodeLine] = self.model.rows
        taken = sum(line.taken for line in lines)
        self.store.say(
            _("Store {n:,} codes").format(n=taken) if taken else _("Store what was taken")
        )
        self.store.setEnabled(bool(taken))
        self.all_sure.setEnabled(any(line.sure and not line.taken for line in lines))
        self.put_back.setVisible(self._last is not None)

    # --- taking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._take_alike(self.table.currentIndex().row())
        elif event.text().upper() == "S" and self.table.currentIndex().isValid():
            line: RecodeLine = self.model.rows[self.table.currentIndex().row()]
            self.finder.open_with(line.proposed.verbatim)
        elif event.text().isdecimal() and self.table.currentIndex().isValid():
            self._take(self.table.currentIndex().row(), int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _on_opened(self, row: int) -> None:
        line: RecodeLine = self.model.rows[row]
        if line.taken:
            line.taken = False
            self.model.changed(row)
            self._show_state()
        else:
            self._take(row, line.at)

    def _take(self, row: int, at: int) -> None:
        line: RecodeLine = self.model.rows[row]
        if 0 <= at < len(line.proposed.offers):
            line.at, line.taken = at, True
            self.model.changed(row)
            self._show_state()
            self.table.selectRow(min(row + 1, len(self.model.rows) - 1))

    def _take_alike(self, row: int) -> None:
        """Take the proposal of a line for every line with the same words and proposals."""
        if row < 0 or not self.model.rows[row].proposed.offers:
            return
        wanted: RecodeLine = self.model.rows[row]
        for line in self.model.rows:
            one, other = line.proposed, wanted.proposed
            if one.verbatim == other.verbatim and one.offers == other.offers:
                line.at, line.taken = wanted.at, True
        self.model.all_changed()
        self._show_state()

    # --- another term than those proposed

    def _on_asked(self, typed: str) -> None:
        release, coding = self._release, self._desk.app.coding
        if release is None:
            return

        def done(offers: tuple[Offer, ...]) -> None:
            self.finder.show_offers(typed, offers)

        self._desk.read(lambda: coding.search_in(release.id, typed), while_alive(self, done))

    def _on_picked(self, picked: object) -> None:
        row = self.table.currentIndex().row()
        self.table.setFocus()
        if row < 0 or not isinstance(picked, Offer):
            return
        line: RecodeLine = self.model.rows[row]
        self._take(row, line.place_of(picked))

    def _on_all_sure(self) -> None:
        for line in self.model.rows:
            line.taken = line.taken or line.sure
        self.model.all_changed()
        self._show_state()

    # --- storing

    def _on_store(self) -> None:
        release, coding = self._release, self._desk.app.coding
        chosen: list[tuple[Proposed, Offer]] = [
            (line.proposed, line.offer)
            for line in self.model.rows
            if line.taken and line.offer is not None
        ]
        if release is None or not chosen:
            return
        self.store.setEnabled(False)

        def done(recoded: Recoded) -> None:
            self._last = release, recoded.number
            words = _("{n:,} events are coded with {name} {version}.")
            self._say(words, release, len(recoded.events))

        self._work(lambda progress: coding.confirm(release, chosen, progress), done)

    def _on_put_back(self) -> None:
        last, recodings = self._last, self._desk.app.recodings
        if last is None:
            return
        release, number = last

        def done(events: tuple[Event, ...]) -> None:
            self._last = None
            words = _("{n:,} events have again what they had before {name} {version}.")
            self._say(words, release, len(events))

        self._work(lambda progress: recodings.undo(number, progress), done)

    def _work(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        again = while_alive(self, self.refresh)
        job = self._desk.write_watched(
            work,
            while_alive(self, done),
            # One event that was changed since stops the whole list, which is then read again.
            on_failed=lambda _error: again(),
            on_cancelled=again,
        )
        self.strip.watch(job, _("Storing the codes"))

    def _say(self, words: str, release: Terminology, count: int) -> None:
        self._desk.toast(
            words.format(n=count, name=release_name(release), version=release.edition or "")
        )
        self.refresh()

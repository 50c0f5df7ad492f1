"""Says that a session has ended and is read-only, and takes amendments with their reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.items import spec_at
from aeapp.domain.records import Session
from aeapp.kernel.i18n import _
from forms.chair.moment_typed import moment_typed, moment_words
from forms.models.vitals import time_words
from forms.now import Now
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Icon, Note, label
from forms.widgets.options import ChipRow, Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ONE_LINE_FROM = 760
# What an amendment changes; readings are marked in the grid.
TIMES = ("ended", "ems_called", "ems_arrived", "ems_left")
ITEMS = (
    "escort",
    "ending_reason",
    "override_reason",
    "transferred_to",
    "ready_minute",
    *TIMES,
    "transferred_by",
)


class ClosedBanner(QFrame):
    """The line over a session that has ended.

    Signals:
        amended: Carries the session as it is to be, and the reason.
        rems_asked: The REMS page is wanted.
        add_asked: Something that was missed is to be added.
        left: Esc was pressed while amending.
    """

    amended = Signal(object, str)
    rems_asked = Signal()
    add_asked = Signal()
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.setProperty("kind", "strip")
        self.setProperty("state", "due")
        self.setAccessibleName(_("Session ended"))
        self._session = Session()
        self._item = ITEMS[0]
        self.words = label(kind="strong", parent=self, wrap=True)
        self.words.setObjectName("closed.words")
        self.rems = Button(_("REMS form…"), self)
        self.rems.setObjectName("closed.rems")
        self.rems.clicked.connect(self.rems_asked)
        self.amend = Button(_("Amend…"), self, shortcut="Alt+U")
        self.amend.setObjectName("closed.amend")
        self.amend.clicked.connect(self.ask)
        self.add = Button(_("Add…"), self, shortcut="Alt+Y", name=_("Add what was missed"))
        self.add.setObjectName("closed.add")
        self.add.clicked.connect(self.add_asked)
        self._form = QWidget(self)
        self.items = ChipRow(
            [
                Option(value=name, text=_(spec_at(Session, name).item.label), key=str(n % 10))
                for n, name in enumerate(ITEMS, start=1)
            ],
            self._form,
        )
        self.items.name_all(_("What is amended"))
        self.items.picked.connect(self._on_item)
        self.value = self._line("closed.value", _("New value"), 2000)
        self.reason = self._line("closed.reason", _("Why it is changed now"), 500)
        self.note = Note(self._form)
        self.save = Button(_("Amend"), self._form, kind="main", key="Enter")
        self.save.setObjectName("closed.save")
        self.save.clicked.connect(self._on_save)
        self._build()

    def _line(self, name: str, words: str, longest: int) -> QLineEdit:
        line = QLineEdit(self._form)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setPlaceholderText(words.lower())
        line.setMaxLength(longest)
        return line

    def _build(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.value, 1)
        fields.addWidget(self.reason, 1)
        fields.addWidget(self.save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(KeyCap("Esc", self._form))
        foot.addWidget(label(_("leave as it is"), "caption", self._form))
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(self.items)
        form.addLayout(fields)
        form.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._form)
        self._form.hide()
        self.hide()

    def _head(self) -> QBoxLayout:
        """Return the words with the buttons behind them; in a narrow window below them."""
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(Icon("lock", "due", 16, self))
        said.addWidget(self.words, 1)
        buttons = QWidget(self)
        flow = FlowLayout(buttons, gap=8)
        for button in (self.rems, self.add, self.amend):
            flow.addWidget(button)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addLayout(said, 1)
        self._top.addWidget(buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        return self._top

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, directions = self.width() >= px(ONE_LINE_FROM), QBoxLayout.Direction
        direction = directions.LeftToRight if wide else directions.TopToBottom
        if direction is not self._top.direction():
            self._top.setDirection(direction)
            # A layout that turns round does not tell the one around it.
            self.updateGeometry()

    def show_work(self, work: SessionWork) -> None:
        """Show how the session ended; hidden while it runs."""
        self._session = work.room.session
        self.setVisible(work.over)
        if not work.over:
            self._form.hide()
            return
        ending = self._session.ending
        how = _(ending.words) if isinstance(ending, SessionEnd) else _("Ended")
        words = _("{how} {time}. The session is read-only; a later change is an amendment.")
        ended = self._session.ended
        self.words.setText(words.format(how=how, time=time_words(ended) if ended else ""))  # type: ignore[arg-type]
        self.rems.setVisible(work.lists.under_rems)
        waits = not work.room.sendings
        self.rems.say(_("REMS form, not sent…") if waits else _("REMS form…"))

    def ask(self) -> None:
        """Ask what is amended, to what, and why."""
        self.note.say("")
        self.reason.clear()
        self._form.show()
        self._show_item()
        self.items.focus_first()

    def _on_item(self, name: object) -> None:
        self._item = str(name)
        self._show_item()
        self.value.setFocus()
        self.value.selectAll()

    def _show_item(self) -> None:
        self.items.show_chosen(frozenset({self._item}))
        value = getattr(self._session, self._item)
        timed = self._item in TIMES
        self.value.setText(moment_words(value) if timed else show(value))
        self.value.setPlaceholderText(
            _("14:40, or 2026-11-23 14:40") if timed else self.value.accessibleName().lower()
        )

    def _on_save(self) -> None:
        value, reason = self._read(), " ".join(self.reason.text().split())
        if value is NotImplemented:
            self.note.say(
                _("Type a time that is past, such as 14:40.")
                if self._item in TIMES
                else _("Type a whole number of minutes."),
                "wrong",
            )
            self.value.setFocus()
        elif not reason:
            self.note.say(_("Say in a few words why it is changed now."), "wrong")
            self.reason.setFocus()
        elif value == getattr(self._session, self._item):
            self.note.say(_("Nothing is different."), "wrong")
            self.value.setFocus()
        else:
            changes: dict[str, Any] = {self._item: value}
            self._form.hide()
            self.amended.emit(replace(self._session, **changes), reason)

    def _read(self) -> Any:
        text = self.value.text().strip()
        if self._item in TIMES:
            day = next((t for t in (self._session.ended, self._session.started) if t), None)
            at = moment_typed(text, day, self._now())
            return NotImplemented if at is None else at
        if self._item != "ready_minute":
            return text or None
        if not text:
            return None
        return int(text) if text.isdecimal() else NotImplemented

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form.isVisibleTo(self):
            self._form.hide()
            self.left.emit()
        elif event.key() in _ENTER and self._form.isVisibleTo(self):
            if self.value.hasFocus():
                self.reason.setFocus()
            else:
                self._on_save()
        else:
            super().keyPressEvent(event)

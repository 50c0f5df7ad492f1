"""What the REMS asks about a nasal session, as a finished page: word by word what is printed.

Nothing on it is made up; it is worded once, in the words of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from aeapp.domain.chair.rems import RemsItem, rems_items
from aeapp.domain.codelists.session import MedicineClass
from aeapp.domain.records import Sending
from aeapp.kernel.i18n import _
from forms.models.vitals import time_words
from forms.now import Now
from forms.sending_form import SendingForm
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.emptied import emptied
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Note, hairline, label
from forms.widgets.options import Check, Option

TWO_COLUMNS_FROM = 860
_ACTION = QAbstractSlider.SliderAction
SCROLLS = {
    Qt.Key.Key_Down: _ACTION.SliderSingleStepAdd,
    Qt.Key.Key_Up: _ACTION.SliderSingleStepSub,
    Qt.Key.Key_PageDown: _ACTION.SliderPageStepAdd,
    Qt.Key.Key_PageUp: _ACTION.SliderPageStepSub,
    Qt.Key.Key_End: _ACTION.SliderToMaximum,
    Qt.Key.Key_Home: _ACTION.SliderToMinimum,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLASSES = frozenset(one.value for one in MedicineClass)


class RemsPage(QFrame):
    """The content of the monitoring form; C completes it, Enter closes the page.

    Signals:
        answered: Classes of medicines that the patient takes, as a set; empty for none.
        completed: The content is complete, as the person says.
        sent: The form was sent, outside this program; carries the line of the log.
        left: The page is done with.
    """

    answered = Signal(object)
    completed = Signal()
    sent = Signal(object)
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("REMS monitoring form, content"))
        self.items: tuple[RemsItem, ...] = ()
        self._work: SessionWork | None = None
        self.classes: list[Check] = []
        self._done = self._sent = False
        self._content = QWidget(self)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(24)
        self._grids = (self._grid(), self._grid())
        self.note = Note(self)
        self.complete = Button(_("Complete"), self, kind="main", key="C")
        self.complete.setObjectName("rems.complete")
        self.complete.clicked.connect(self._on_complete)
        self.record = Button(_("Record sending…"), self, kind="main", key="S")
        self.record.setObjectName("rems.record")
        self.record.clicked.connect(self._on_record)
        self.form = SendingForm(now, self, plain=True)
        self.form.recorded.connect(self._on_recorded)
        self.form.left.connect(self._on_form_left)
        self.close_page = Button(_("Close"), self, key="Enter")
        self.close_page.setObjectName("rems.close")
        self.close_page.clicked.connect(self._on_close)
        # The keys stand on top: the page begins with what has the focus, and scrolls from there.
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("REMS monitoring form, content"), "strong", self))
        head.addStretch(1)
        head.addWidget(self.complete)
        head.addWidget(self.record)
        head.addWidget(self.close_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self._classes_row())
        column.addWidget(self.form)
        column.addWidget(hairline(self))
        column.addWidget(self._content)
        self.hide()

    def _classes_row(self) -> QWidget:
        """Return the boxes of the classes of medicines; a digit each, 0 for none of them."""
        holder = QWidget(self)
        row = FlowLayout(holder, gap=12)
        row.addWidget(label(_("Takes at the time"), "label", holder))
        for n, one in enumerate((None, *MedicineClass)):
            words = _("None of them") if one is None else _(one.words)
            box = Check(Option(value=one, text=words, key=str(n)), holder)
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.clicked.connect(partial(self._on_class, n))
            self.classes.append(box)
            row.addWidget(box)
        return holder

    def _on_class(self, number: int, *_state: object) -> None:
        """Take a digit: the class is taken or not; 0 says that none of them is."""
        if self._sent or self._work is None:
            # What was sent stays as it was sent.
            self._show_classes()
            return
        members = list(MedicineClass)
        known = self._taken or frozenset()
        one = frozenset() if number == 0 else known ^ {members[number - 1]}
        self.answered.emit(one)

    @property
    def _taken(self) -> frozenset[MedicineClass] | None:
        taken = self._work.room.session.medicine_classes if self._work is not None else None
        return taken if isinstance(taken, frozenset) else None

    def _show_classes(self) -> None:
        taken = self._taken
        for box in self.classes:
            one = box.option.value
            box.setChecked(taken is not None and (one in taken if one else not taken))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        half = QVBoxLayout()
        half.addLayout(grid)
        half.addStretch(1)
        self._halves.addLayout(half, 1)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(TWO_COLUMNS_FROM)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def show_work(self, work: SessionWork) -> None:
        """Show the content as the records have it now."""
        # While it is out of sight there is nothing to word again with each reading.
        self._work = work
        if not self.isHidden():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        work = self._work
        if work is None or not isValid(work):
            return
        self.items = rems_items(work.file)
        self._done = work.room.session.rems_completed is not None
        asked = [item for item in self.items if item.applies]
        blocks = [list(items) for _block, items in groupby(asked, lambda item: item.block)]
        middle = _middle([len(block) + 1 for block in blocks])
        for grid, part in zip(self._grids, (blocks[:middle], blocks[middle:]), strict=True):
            self._fill(grid, part)
        self._sent = bool(work.room.sendings)
        self.complete.setVisible(not self._done)
        self._show_classes()
        self.record.setVisible(self._done and not self._sent)
        if self._sent:
            self.form.hide()
        self._content.setVisible(self.form.isHidden())
        self._say(work)

    def _fill(self, grid: QGridLayout, blocks: Sequence[Sequence[RemsItem]]) -> None:
        emptied(grid)
        rows: list[RemsItem | str] = []
        for block in blocks:
            rows += [block[0].block, *block]
        for row, one in enumerate(rows):
            if isinstance(one, str):
                grid.addWidget(label(one, "strong", self), row, 0, 1, 2)
                continue
            caption = label(one.label, "label", self, wrap=True)
            words = label(one.value, "caption" if one.missing else "body", self, wrap=True)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)

    def _say(self, work: SessionWork) -> None:
        session, empty = work.room.session, self.empty
        if session.rems_completed is not None:
            by = session.rems_completed_by or ""
            words = _("Completed {time} by {name}.")
            done = words.format(time=time_words(session.rems_completed), name=by)
            lines = [_sent_words(line) for line in work.room.sendings]
            lines = lines or [_("Due within 7 days (REMS): send it, then record the sending.")]
            open_ones = [] if self._sent else self._open_words()
            lines += open_ones
            state = "ok" if self._sent else "flag" if open_ones else "info"
            self.note.say(" ".join((done, *lines)), state)
        elif empty:
            self.note.say(_("Still empty: {what}.").format(what=", ".join(empty)), "flag")
        elif lines := self._open_words():
            # Named before it is completed: C completes it with open eyes.
            lines.append(_("C completes it, and it is printed so. Due within 7 days (REMS)."))
            self.note.say(" ".join(lines), "flag")
        else:
            self.note.say(_("Due within 7 days (REMS)."), "info")

    def _open_words(self) -> list[str]:
        """Return what nobody asked or recorded, by name: it is printed so, and never as No."""
        classes = [i for i in self.items if i.is_open and i.asked.key in _CLASSES]
        others = [i for i in self.items if i.is_open and i.asked.key not in _CLASSES]
        lines = []
        if classes:
            words = _("Not asked: {names}; a digit answers it, 0 says none of them.")
            lines.append(words.format(names=", ".join(i.label for i in classes)))
        if others:
            words = _("Not recorded: {names}.")
            lines.append(words.format(names=", ".join(_named(i) for i in others)))
        return lines

    @property
    def empty(self) -> tuple[str, ...]:
        """Return what is needed and not on record, as the page names it."""
        return tuple(_named(i) for i in self.items if i.missing)

    def focus_first(self) -> None:
        """Put the focus on what is to be pressed."""
        waits = self.close_page if self._sent else self.record
        (waits if self._done else self.complete).setFocus()

    def _on_record(self, *_pressed: object) -> None:
        if self._done and not self._sent and self.form.isHidden():
            # One thing at a time: the content was found complete before.
            self._content.hide()
            self.form.ask()

    def _on_form_left(self) -> None:
        self._content.show()
        self.focus_first()

    def _on_recorded(self, line: Sending) -> None:
        self.form.hide()
        self._content.show()
        self.close_page.setFocus()
        self.sent.emit(line)

    def _on_complete(self) -> None:
        if self._done:
            return
        if self.empty:
            words = _("It is not complete. Still empty: {what}. Enter closes the page.")
            self.note.say(words.format(what=", ".join(self.empty)), "wrong")
            self.close_page.setFocus()
        else:
            self.completed.emit()
            self.close_page.setFocus()

    def _on_close(self) -> None:
        self.hide()
        self.left.emit()

    def _scroll(self, action: QAbstractSlider.SliderAction) -> None:
        """Move the page in the half of the room it stands in: at large letters it is longer."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.verticalScrollBar().triggerAction(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().upper() == "C":
            self._on_complete()
        elif event.text().isdecimal() and int(event.text()) < len(self.classes):
            self._on_class(int(event.text()))
        elif event.text().upper() == "S":
            self._on_record()
        elif event.key() in (*_ENTER, Qt.Key.Key_Escape):
            self._on_close()
        elif event.key() in SCROLLS:
            self._scroll(SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _named(item: RemsItem) -> str:
    return f"{item.block.lower()}: {item.label.lower()}"


def _sent_words(line: Sending) -> str:
    """Return ``Sent 2026-11-24 09:10 by fax, F-77``."""
    way = _(line.channel.words).lower() if line.channel is not None else ""
    said = ", ".join(part for part in (way, line.person or "", line.reference or "") if part)
    return _("Sent {time} {said}, recorded by {name}.").format(
        time=time_words(line.at), said=said, name=line.by or ""
    )


def _middle(heights: Sequence[int]) -> int:
    """Return before which block the second column begins, so that both are about as high."""
    half, height = sum(heights) / 2, 0
    for number, own in enumerate(heights):
        if height + own / 2 > half:
            return number
        height += own
    return len(heights)

"""The endings that are no discharge: one letter each, and two facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.endings import Ending
from forms.models.vitals import time_words
from forms.now import Now
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.entry import named_line
from forms.widgets.labels import Note, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LETTERS: dict[str, SessionEnd] = {
    "A": SessionEnd.AGAINST_ADVICE,
    "T": SessionEnd.TRANSFERRED,
    "X": SessionEnd.ABORTED,
    "D": SessionEnd.DIED,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The two facts of an ending.

    Attributes:
        second: Caption of the second fact; its item of ``Ending`` in ``item``.
    """

    why: str
    second: str
    item: str


FACTS: dict[SessionEnd, Facts] = {
    SessionEnd.AGAINST_ADVICE: Facts(
        N_("Why, in the patient's words"), N_("Who goes along"), "escort"
    ),
    SessionEnd.ABORTED: Facts(N_("Why it was stopped"), N_("Time, such as 14:40"), "at"),
    SessionEnd.DIED: Facts(N_("What happened"), N_("Time of death, such as 14:40"), "at"),
}


class EndingForm(QFrame):
    """Asks the two facts of an ending; hidden until a letter chose one.

    Signals:
        ended: Carries an ``Ending``.
        left: Esc was pressed; the session goes on.
    """

    ended = Signal(object)
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._how = SessionEnd.ABORTED
        self._title = label(kind="strong", parent=self)
        self._why_words = label(kind="label", parent=self)
        self._second_words = label(kind="label", parent=self)
        self.why = named_line("ending.why", _("Why"), 2000, self)
        self.second = named_line("ending.second", _("Second fact"), 100, self)
        self._why_words.setBuddy(self.why)
        self._second_words.setBuddy(self.second)
        self.note = Note(self)
        self.end = Button(_("End session"), self, kind="main", key="Enter")
        self.end.setObjectName("ending.end")
        self.end.clicked.connect(self._on_end)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(KeyCap("Esc", self))
        head.addWidget(label(_("goes on"), "caption", self))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(4)
        column.addLayout(head)
        for caption, field in ((self._why_words, self.why), (self._second_words, self.second)):
            column.addWidget(caption)
            column.addWidget(field)
        column.addLayout(foot)
        self.hide()

    def ask(self, how: SessionEnd) -> None:
        """Ask the facts of an ending."""
        self._how, facts = how, FACTS[how]
        self._title.setText(_(how.words))
        for caption, field, words in (
            (self._why_words, self.why, facts.why),
            (self._second_words, self.second, facts.second),
        ):
            caption.setText(_(words))
            field.setAccessibleName(_(words))
            field.clear()
        if facts.item == "at":
            self.second.setText(time_words(self._minute()))
        self.note.say("")
        self.show()
        self.why.setFocus()

    def _minute(self) -> PartialDate:
        return PartialDate.of(self._now().replace(second=0, microsecond=0))

    def _at(self) -> PartialDate | None:
        """Return the time that was typed, of today; None where it cannot be read."""
        hour, colon, minute = self.second.text().strip().partition(":")
        if not (colon and hour.isdigit() and minute.isdigit()):
            return None
        try:
            moment = self._now().replace(
                hour=int(hour), minute=int(minute), second=0, microsecond=0
            )
        except ValueError:
            return None
        return PartialDate.of(moment) if moment <= self._now() else None

    def _on_end(self) -> None:
        why, second = self.why.text().strip(), self.second.text().strip()
        facts: dict[str, Any] = {}
        if not why:
            self._wrong(self.why, _("Say why in a few words."))
            return
        if FACTS[self._how].item == "at":
            facts["at"] = self._at()
            if facts["at"] is None:
                self._wrong(self.second, _("Type a time of today that is past, such as 14:40."))
                return
        elif second:
            facts["escort"] = second
        self.hide()
        self.ended.emit(Ending(how=self._how, why=why, **facts))

    def _wrong(self, field: QLineEdit, sentence: str) -> None:
        self.note.say(sentence, "wrong")
        field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in _ENTER:
            if self.why.hasFocus() and self.why.text().strip() and not self.second.text():
                self.second.setFocus()
            else:
                self._on_end()
        else:
            super().keyPressEvent(event)

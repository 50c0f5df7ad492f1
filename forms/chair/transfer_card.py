"""An ambulance: called, arrived, left, one key each, and nothing asked before.

What is known of the transfer is asked when the session ends with it; a fact that nobody knows is
said with ``?`` and why. The page for the ambulance waits for none of it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.endings import Ems, Ending
from forms.chair.moment_typed import moment_words, told_moment
from forms.models.vitals import time_words
from forms.now import Now
from forms.session_work import SessionWork
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.entry import named_line
from forms.widgets.labels import Note, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WORDS: dict[Ems, tuple[str, str]] = {
    Ems.CALLED: ("C", N_("Ambulance called")),
    Ems.ARRIVED: ("A", N_("Ambulance arrived")),
    Ems.LEFT: ("L", N_("Left with the patient")),
}


# What is typed where nobody knows.
NOT_KNOWN = "?"


class TransferCard(QFrame):
    """The times of the ambulance, and where, by whom, why and when it takes the patient.

    Signals:
        timed: A time of now is to be kept; carries which.
        ended: The session ends as a transfer; carries an ``Ending``.
        left: Esc was pressed.
    """

    timed = Signal(object)
    ended = Signal(object)
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._session = Session()
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Transfer"))
        self.buttons: dict[Ems, Button] = {}
        self._times = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (which, (key, words)) in enumerate(_WORDS.items()):
            button = Button(_(words), self, key=key)
            button.setObjectName(f"transfer.{which.value}")
            button.clicked.connect(partial(self._on_time, which))
            self.buttons[which] = button
            self._times[which] = label(kind="strong_figures", parent=self)
            grid.addWidget(button, row, 0)
            grid.addWidget(self._times[which], row, 1)
        self.to = self._line("transfer.to", _("Taken to"), 250)
        self.by = self._line("transfer.by", _("Taken by"), 250)
        self.why = self._line("transfer.why", _("Why"), 2000)
        self.at = self._line("transfer.at", _("Left at"), 40)
        self.unknown = self._line("transfer.unknown", _("Why not known"), 500)
        self.note = Note(self)
        self.end = Button(_("End session"), self, key="Enter")
        self.end.setObjectName("transfer.end")
        self.end.clicked.connect(self._on_end)
        self._build(grid)
        self.hide()

    def _line(self, name: str, words: str, longest: int) -> QLineEdit:
        line = named_line(name, words, longest, self, ghost=_("? where nobody knows"))
        line.textChanged.connect(self._show_unknown)
        return line

    @property
    def _facts(self) -> tuple[QLineEdit, ...]:
        return (self.to, self.by, self.why, self.at)

    def _show_unknown(self, *_typed: object) -> None:
        """Ask why something is not known as soon as something is not."""
        asked = any(field.text().strip() == NOT_KNOWN for field in self._facts)
        for part in (self.unknown, self._unknown_words):
            part.setVisible(asked)

    def _build(self, times: QGridLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Transfer"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("Ctrl P", self))
        head.addWidget(label(_("handover; again prints"), "caption", self))
        facts = QGridLayout()
        facts.setHorizontalSpacing(8)
        facts.setVerticalSpacing(6)
        facts.setColumnStretch(1, 1)
        for row, field in enumerate((*self._facts, self.unknown)):
            caption = label(field.accessibleName(), "label", self)
            caption.setBuddy(field)
            facts.addWidget(caption, row, 0)
            facts.addWidget(field, row, 1)
            # The last one is that of why something is not known.
            self._unknown_words = caption
        self.unknown.setPlaceholderText(_("in a few words"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(times)
        column.addLayout(facts)
        column.addWidget(self.note)
        column.addWidget(self.end, 0, Qt.AlignmentFlag.AlignRight)

    def open_work(self, work: SessionWork) -> None:
        """Begin with empty fields; shown at once where an ambulance is under way."""
        self._session = work.room.session
        for field in (*self._facts, self.unknown):
            field.clear()
        self.note.say("")
        self._show_unknown()
        self.setVisible(not work.over and work.room.session.ems_called is not None)

    def show_work(self, work: SessionWork) -> None:
        """Show the times so far; the card itself comes when it is asked for."""
        session = self._session = work.room.session
        for which, shown in self._times.items():
            shown.setText(time_words(getattr(session, which.value)))
        known = as_text(session.transferred_to)
        if known and not self.to.text():
            self.to.setText(known)
        if session.ems_left is not None and not self.at.text():
            self.at.setText(moment_words(session.ems_left))
        if work.over:
            self.hide()

    def ask(self) -> None:
        """Show the card; its letters work at once."""
        self.show()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the first time that is not known."""
        unknown = (which for which, shown in self._times.items() if not shown.text())
        which = next(unknown, None)
        (self.to if which is None else self.buttons[which]).setFocus()

    def _on_time(self, which: Ems, *_pressed: object) -> None:
        self.timed.emit(which)
        self.focus_first()

    def _on_end(self) -> None:
        """End the session where every fact is told; else go to the first that is not."""
        asked = [f for f in (*self._facts, self.unknown) if f.isVisibleTo(self)]
        missing = next((f for f in asked if not f.text().strip()), None)
        if missing is not None:
            self._ask(missing)
            return
        at = self._left_at()
        if at is None:
            self.note.say(_("Type a time that is past, such as 14:40, or ?."), "wrong")
            self.at.setFocus()
            return
        self.note.say("")
        self.ended.emit(
            Ending(
                how=SessionEnd.TRANSFERRED,
                to=_told(self.to),
                by=_told(self.by),
                why=_told(self.why),
                at=at,
                unknown=self.unknown.text().strip() if self.unknown in asked else None,
            )
        )

    def _ask(self, field: QLineEdit) -> None:
        if field is self.unknown:
            sentence = _("Say in a few words why it is not known.")
        elif field is self.at:
            sentence = _("Left at: Enter takes this minute; another time, or ?, is typed over it.")
        else:
            sentence = _("{fact}: say it, or type ? where nobody knows.").format(
                fact=field.accessibleName()
            )
        if field is self.at:
            # The minute of now is offered; it is told by Enter, or typed over.
            field.setText(f"{self._now():%H:%M}")
            field.selectAll()
        self.note.say(sentence, "info")
        field.setFocus()

    def _left_at(self) -> PartialDate | None:
        """Return when the patient left; a day alone where nobody knows, None for no time."""
        if self.at.text().strip() == NOT_KNOWN:
            return PartialDate.of(self._now().date())
        told = told_moment(self.at.text(), self._session.started, self._now())
        return told if isinstance(told, PartialDate) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(self.focusWidget(), QLineEdit)
        # A time that is known has had its letter: the letter begins a name then.
        letters = {_WORDS[w][0]: w for w, shown in self._times.items() if not shown.text()}
        which = letters.get(event.text().upper())
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif which is not None and not typing:
            self._on_time(which)
        elif event.key() in _ENTER:
            here = next((w for w, b in self.buttons.items() if b.hasFocus()), None)
            if here is not None:
                # Enter presses the button that has the focus; it never ends the session from it.
                self._on_time(here)
            else:
                self._on_end()
        elif event.text().isalpha() and not typing and not self.to.text():
            # The name of a hospital may be begun at once; its field takes it.
            self.to.setFocus()
            self.to.insert(event.text())
        else:
            super().keyPressEvent(event)


def _told(field: QLineEdit) -> str | NullFlavor:
    words = field.text().strip()
    return NullFlavor.UNK if words == NOT_KNOWN else words

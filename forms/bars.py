"""The bars above and below the places: who and where, and what is saved."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.now import Now
from forms.theme import px, repolish
from forms.widgets.buttons import Avatar, Button
from forms.widgets.labels import NOTE_LOOKS, Icon, hairline, label

TOAST_MS = 10_000
NARROW_EM, ROOMY_EM = 72, 90
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Not the domain's, which the first window does without.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(moment: dt.date) -> str:
    """Return ``Mon 23 Nov 2026``, the same on every system."""
    return f"{_(DAYS[moment.weekday()])} {moment.day} {_(MONTHS[moment.month - 1])} {moment.year}"


# With less room the name of the clinic takes two lines.
TWO_LINES_EM = 48


class SaveState(StrEnum):
    """How things stand between what is typed and what is stored."""

    NONE = "none"
    SAVED = "saved"
    DRAFT = "draft"
    SAVING = "saving"
    NOT_SAVED = "not_saved"
    READ_ONLY = "read_only"


class Header(QFrame):
    """Clinic, the way into the palette, date and time, user and role, lock.

    Signals:
        find_asked: The palette is asked for.
        lock_asked: The lock was pressed.
    """

    find_asked = Signal()
    lock_asked = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self._now = now
        self._clinic = label(kind="strong", parent=self)
        self._folder = label(kind="caption", parent=self)
        self._time = label(kind="figures", parent=self)
        self._avatar = Avatar("", self)
        self._user = label(kind="strong", parent=self)
        self._role = label(kind="caption", parent=self)
        self.opener = Button(
            _("Find a patient, a report or an action"),
            self,
            kind="field",
            icon="find",
            shortcut="Ctrl+K",
        )
        policy = QSizePolicy.Policy
        self.opener.setSizePolicy(policy.Preferred, policy.Fixed)
        self.lock = Button(_("Lock"), self, icon="lock", shortcut="Ctrl+L")
        self.opener.clicked.connect(self.find_asked)
        self.lock.clicked.connect(self.lock_asked)
        self._build()
        self.tick()
        timer = QTimer(self)
        timer.setInterval(5000)
        timer.timeout.connect(self.tick)
        timer.start()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(Icon("brand", "accent", 22, self))
        row.addSpacing(28)
        row.addLayout(_two_lines(self._clinic, self._folder))
        row.addStretch(1)
        row.addWidget(self.opener, 4)
        row.addStretch(1)
        row.addWidget(self._time)
        row.addWidget(hairline(self, vertical=True))
        row.addWidget(self._avatar)
        row.addLayout(_two_lines(self._user, self._role))
        row.addWidget(self.lock)
        self.setMinimumHeight(px(52))

    def show_clinic(self, name: str, folder: Path | None) -> None:
        """Show which clinic is open."""
        self._clinic.setText(name)
        self._folder.setText(folder.name if folder else "")
        self._folder.setToolTip(str(folder or ""))

    def show_user(self, name: str, role: str) -> None:
        """Show who is charting."""
        self._user.setText(name)
        self._role.setText(role)
        self._avatar.show_name(name)

    def show_width(self, em: float) -> None:
        """Leave out what has no room: first the time, then the folder and the role."""
        self._time.setVisible(em >= ROOMY_EM)
        self._folder.setVisible(em >= NARROW_EM)
        self._role.setVisible(em >= NARROW_EM)
        # Whose records these are is never cut.
        self._clinic.setWordWrap(em < TWO_LINES_EM)
        self.opener.say(
            _("Find a patient, a report or an action") if em >= NARROW_EM else _("Find"),
            name=_("Find a patient, a report or an action"),
        )

    def tick(self) -> None:
        """Show the time of now."""
        now = self._now()
        words = f"{day_words(now.date())}, {now:%H:%M}"
        if self._time.text() != words:
            self._time.setText(words)


class StatusBar(QFrame):
    """Save state, a line for what just happened, and the program's facts."""

    def __init__(
        self, version: str, parent: QWidget | None = None, *, toast_ms: int = TOAST_MS
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "status")
        self._icon = Icon("", "text3", 14, self)
        self.state = label(kind="note", parent=self)
        self.toast = label(kind="note", parent=self)
        self.toast.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.facts = label(kind="caption", parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(toast_ms)
        self._timer.timeout.connect(self.toast.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self.state)
        row.addSpacing(18)
        row.addWidget(self.toast, 1)
        row.addWidget(self.facts)
        row.addSpacing(18)
        row.addWidget(label(f"AEApp {version}".strip(), "caption", self))
        self.setMinimumHeight(px(28))
        self.show_state(SaveState.NONE, "")

    def show_state(self, state: SaveState, detail: str) -> None:
        """Say whether what is typed is safe; trouble is read out at once."""
        words, look, icon = _state_words(state, detail)
        self._icon.show_role(icon, NOTE_LOOKS.get(look, ("", "text3"))[1])
        changed = words != self.state.text()
        self.state.setText(words)
        self.state.setAccessibleName(words)
        repolish(self.state, state=look)
        if changed and state is SaveState.NOT_SAVED:
            announce(self.state, words, assertive=True)

    def show_width(self, em: float) -> None:
        """Leave the facts out where what just happened needs their room."""
        self.facts.setVisible(em >= NARROW_EM)

    def show_toast(self, text: str) -> None:
        """Say what just happened, for a while."""
        self.toast.setText(text)
        self.toast.setAccessibleName(text)
        announce(self.toast, text)
        self._timer.start()


def _state_words(state: SaveState, detail: str) -> tuple[str, str, str]:
    match state:
        case SaveState.SAVED:
            return _("Saved {time}").format(time=detail).strip(), "ok", "ok"
        case SaveState.DRAFT:
            return _("Draft kept {time}").format(time=detail).strip(), "", "edit"
        case SaveState.SAVING:
            return _("Saving…"), "", "saving"
        case SaveState.NOT_SAVED:
            return _("Not saved: {why}").format(why=detail), "wrong", "wrong"
        case SaveState.READ_ONLY:
            return _("Read only: {why}").format(why=detail), "", "lock"
        case SaveState.NONE:
            return "", "", ""


def _two_lines(upper: QWidget, lower: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(upper)
    column.addWidget(lower)
    column.addStretch(1)
    return column

"""The first page: which clinic, who, password. It also stands for the locked program.

It shows no patient data. It only asks; opening is the business of whoever listens.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.ask import Ask
from forms.errors import shown_as
from forms.login_parts import ActionRow, PasswordEdit
from forms.theme import px, repolish
from forms.widgets.buttons import Button, key_words
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Icon, Note, hairline, label


class Running(NamedTuple):
    """A session that goes on behind the lock: the room and its minutes, nobody's name."""

    room: str
    minutes: int


class LoginPage(QWidget):
    """Asks for name and password of a clinic, or for another way in.

    Signals:
        opened: Open was pressed; carries folder, name and password.
        new_clinic_asked: A new clinic is to be made.
        practice_asked: The practice clinic is to be opened.
        recovery_asked: The password is forgotten; carries the folder.
        inspector_asked: Somebody wants to read only; carries the folder.
    """

    opened = Signal(object, str, str)
    new_clinic_asked = Signal()
    practice_asked = Signal()
    recovery_asked = Signal(object)
    inspector_asked = Signal(object)

    def __init__(self, ask: Ask, *, version: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._folder: Path | None = None
        self._busy = False
        self.setAccessibleName(_("Open a clinic"))
        # Each part is made where it stays: what is moved is styled again with all that is in it.
        self._scroll = QScrollArea(self)
        self._page = QWidget(self._scroll)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        self._card = QFrame(self._page)
        self._card.setProperty("kind", "card")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._card)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(0)
        self._halves.addWidget(self._left(), 5)
        self._halves.addWidget(self._right(), 6)
        self._place(version)
        self.show_clinic(None)

    # --- what the owner uses

    def show_clinic(self, folder: Path | None, name: str = "") -> None:
        """Show which clinic will be opened; its name is known only once it was open."""
        self._folder = folder
        if folder is None:
            self._clinic.setText(_("No clinic yet"))
            self._where.setText(_("Make a new one, open one, or try the practice clinic."))
        else:
            self._clinic.setText(name or folder.name.removesuffix(".aeclinic"))
            self._where.setText(
                _("{file}, in {folder}").format(file=folder.name, folder=folder.parent)
            )
        for widget in (self.name, self.password, self.open_button, self._forgot, self._inspector):
            widget.setEnabled(folder is not None and not self._busy)

    def show_person(self, name: str) -> None:
        """Fill in the name, as after a lock."""
        self.name.setText(name)

    def show_locked(self, at: str, running: Sequence[Running] = ()) -> None:
        """Say that nothing was lost and which rooms go on; an empty time says nothing of a lock."""
        self._headline.setText(_("Locked at {time}").format(time=at) if at else _("Other ways in"))
        self._story.setText(
            _("Nothing was lost. What was being written is kept and opens at the same place.")
            if at
            else _("Everything stays on this computer, encrypted.")
        )
        self._rooms.clear()
        for session in running:
            words = _("{room}  {minutes} min").format(room=session.room, minutes=session.minutes)
            self._rooms.addWidget(label(words, "figures"))
        self._rooms_note.setVisible(bool(running))

    def show_busy(self, *, busy: bool) -> None:
        """Hold the fields while the clinic is being opened."""
        self._busy = busy
        self.open_button.say(_("Opening…") if busy else _("Open"))
        self.show_clinic(self._folder, self._clinic.text() if self._folder else "")

    def show_failure(self, error: BaseException) -> None:
        """Say why the clinic did not open; the password is to be typed again."""
        known = shown_as(error)
        self._fail(f"{_(known.message)} {_(known.remedy)}")

    def offer(self, *, recovery: bool, inspector: bool) -> None:
        """Show only the ways in that there are."""
        for row, offered in ((self._forgot, recovery), (self._inspector, inspector)):
            row.setVisible(offered)
            self._lines[row].setVisible(offered)

    def forget(self) -> None:
        """Take name, password and notes away."""
        self.name.clear()
        self.password.hide_again()
        self._say("", "")

    def focus_first(self) -> None:
        """Put the cursor where typing goes on: the name while it is empty, else the password."""
        if self._folder is None:
            self._new.setFocus()
        else:
            (self.password if self.name.text() else self.name).setFocus()

    # --- building

    def _left(self) -> QWidget:
        half = QWidget(self._card)
        self._clinic = label(kind="heading", parent=half, wrap=True)
        self._where = label(kind="caption", parent=half, wrap=True)
        self.name = QLineEdit(half)
        self.name.setObjectName("login.name")
        self.name.setProperty("kind", "large")
        self.name.setAccessibleName(_("Your name in the program"))
        self.name.returnPressed.connect(self._on_name_entered)
        self.password = PasswordEdit(half)
        self.password.setObjectName("login.password")
        self.password.setAccessibleName(_("Password"))
        self.password.returnPressed.connect(self._on_open)
        self.password.caps_lock.connect(self._on_caps_lock)
        self.open_button = Button(_("Open"), half, kind="main", key=key_words("Return"))
        self.open_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.open_button.setObjectName("login.open")
        self.open_button.clicked.connect(self._on_open)
        self.note = Note(half)
        self._fill_left(half)
        return half

    def _fill_left(self, half: QWidget) -> None:
        brand = QHBoxLayout()
        brand.setSpacing(8)
        brand.addWidget(Icon("brand", "accent", 22, half))
        brand.addWidget(label("AEApp", "brand", half))
        brand.addStretch(1)
        name_label = label(_("Your name in the program"), "button", half)
        name_label.setBuddy(self.name)
        password_label = label(_("Password"), "button", half)
        password_label.setBuddy(self.password)
        column = QVBoxLayout(half)
        column.setContentsMargins(36, 32, 36, 28)
        column.setSpacing(4)
        column.addLayout(brand)
        column.addSpacing(16)
        column.addWidget(label(_("Clinic"), "caption", half))
        column.addWidget(self._clinic)
        column.addWidget(self._where)
        column.addSpacing(16)
        column.addWidget(name_label)
        column.addWidget(self.name)
        column.addSpacing(12)
        column.addWidget(password_label)
        column.addWidget(self.password)
        column.addWidget(self.note)
        column.addSpacing(4)
        column.addWidget(self.open_button)
        column.addSpacing(4)
        rule = _("After five wrong tries there is a wait of 30 seconds, then longer.")
        column.addWidget(label(rule, "caption", half, wrap=True))
        column.addStretch(1)

    def _right(self) -> QWidget:
        half = QFrame(self._card)
        half.setProperty("kind", "inset")
        self._headline = label(_("Other ways in"), "strong", half)
        self._story = label(kind="label", parent=half, wrap=True)
        row = ActionRow
        self._another = row(
            "clinics", _("Another clinic"), _("Open the folder of a clinic"), "Ctrl+O", half
        )
        self._new = row(
            "add", _("New clinic"), _("Set up a clinic on this computer"), "Ctrl+N", half
        )
        self._practice = row(
            "demo", _("Practice clinic"), _("Invented people; nothing there is real"), "Alt+P", half
        )
        self._forgot = row(
            "key",
            _("Forgot the password"),
            _("With the recovery paper, both halves"),
            "Alt+F",
            half,
        )
        self._inspector = row(
            "find",
            _("I am an inspector"),
            _("Read only: sees everything, changes nothing"),
            "Alt+I",
            half,
        )
        self._another.clicked.connect(self._on_another)
        self._new.clicked.connect(self.new_clinic_asked)
        self._practice.clicked.connect(self.practice_asked)
        self._forgot.clicked.connect(self._on_forgot)
        self._inspector.clicked.connect(self._on_inspector)
        self._fill_right(half)
        return half

    def _fill_right(self, half: QWidget) -> None:
        column = QVBoxLayout(half)
        column.setContentsMargins(32, 32, 32, 28)
        column.setSpacing(4)
        column.addWidget(self._headline)
        column.addWidget(self._story)
        column.addSpacing(8)
        self._lines = {}
        for row in (self._another, self._new, self._practice, self._forgot, self._inspector):
            self._lines[row] = hairline(half)
            column.addWidget(self._lines[row])
            column.addWidget(row)
        column.addStretch(1)
        rooms = QWidget(half)
        self._rooms = FlowLayout(rooms, gap=12)
        self._rooms_note = label(
            _("Since dose. While locked, only rooms and timers are shown."), "caption", half
        )
        column.addSpacing(12)
        column.addWidget(rooms)
        column.addWidget(self._rooms_note)
        self.show_locked("")

    def _place(self, version: str) -> None:
        self._page.setProperty("kind", "scrolled")
        middle = QVBoxLayout(self._page)
        middle.addStretch(2)
        # An alignment would keep lines that wrap from getting their height.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(3)
        foot = QFrame(self)
        foot.setProperty("kind", "status")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 5, 16, 5)
        line.setSpacing(6)
        line.addWidget(Icon("no_network", "text3", 14, foot))
        line.addWidget(label(_("Uses no network"), "caption", foot))
        line.addStretch(1)
        line.addWidget(label(f"AEApp {version}".strip(), "caption", foot))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(foot)
        order = [self.name, self.password, self.password.eye, self.open_button, self._another]
        order += [self._new, self._practice, self._forgot, self._inspector]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(900)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._card.setFixedWidth(min(px(856) if wide else px(440), self.width() - 32))

    # --- answering

    def _say(self, text: str, look: str) -> None:
        self.note.say(text, look)
        wrong = "wrong" if look == "wrong" else ""
        repolish(self.password, state=wrong)
        self.password.setAccessibleDescription(text)

    def _fail(self, text: str) -> None:
        self.password.hide_again()
        self._say(text, "wrong")
        announce(self.password, text, assertive=True)
        self.password.setFocus()

    def _on_name_entered(self) -> None:
        self.password.setFocus()

    def _on_caps_lock(self, on: bool) -> None:
        self._say(_("Caps Lock is on") if on else "", "flag")

    def _on_open(self) -> None:
        if self._folder is None or self._busy:
            return
        name, password = self.name.text().strip(), self.password.text()
        if not name:
            self.name.setFocus()
        elif not password:
            self.password.setFocus()
        else:
            self._say("", "")
            self.opened.emit(self._folder, name, password)

    def _on_another(self) -> None:
        self._ask.folder(_("Open the folder of a clinic"), self._folder, self._on_folder)

    def _on_folder(self, folder: Path) -> None:
        self.show_clinic(folder)
        self._say("", "")
        self.focus_first()

    def _on_forgot(self) -> None:
        self.recovery_asked.emit(self._folder)

    def _on_inspector(self) -> None:
        self.inspector_asked.emit(self._folder)

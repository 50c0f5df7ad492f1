"""Make a new clinic: its name and zone, the first person, and that person's password.

It begins empty or takes another one over, whose ZIP is named here. Making it is the business of
whoever listens. A password is judged on a thread while it is typed, because the judge has large
word lists.
"""

from __future__ import annotations

import re
import zoneinfo
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QTimeZone, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.access import alone_words
from aeapp.domain.checks import USER_NAME
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Clinic
from aeapp.kernel.i18n import _
from aeapp.services.app import NewClinic
from aeapp.services.clinic_archive import ClinicFile
from forms.announce import announce
from forms.ask import Ask
from forms.errors import shown_as
from forms.first_run_file import Look, OtherClinic
from forms.jobs import JobRunner
from forms.login_parts import PasswordEdit
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.choice import SearchBox
from forms.widgets.labels import Icon, Note, hairline, label
from forms.widgets.options import ChipRow, Option

FIRST_ROLES = (Role.NURSE, Role.PRESCRIBER, Role.COMPLIANCE, Role.ADMIN)
JUDGE_MS = 250
CARD_WIDTH, BESIDE_CARD = 560, 40
SUFFIX = ".aeclinic"


def folder_name(clinic: str) -> str:
    """Return the folder of a clinic: ``Larkspur Clinic`` -> ``larkspur-clinic.aeclinic``."""
    slug = re.sub(r"[^a-z0-9]+", "-", clinic.casefold()).strip("-")
    return (slug or "clinic")[:60] + SUFFIX


def suggested_user(name: str) -> str:
    """Return ``dana.reyes`` for ``Dana Reyes, RN``."""
    words = re.findall(r"[a-z0-9]+", name.partition(",")[0].casefold())
    return ".".join(words)[:32]


def judge(password: str, user_name: str, clinic_name: str) -> str:
    """Return what is weak about a password, as a sentence; empty where nothing is."""
    # The judge's word lists are large, and only who sets a password needs them.
    from aeapp.vault import WeakPasswordError, weakness_of  # noqa: PLC0415

    weakness = weakness_of(password, user_name=user_name, clinic_name=clinic_name)
    if weakness is None:
        return ""
    error = WeakPasswordError(weakness)
    return f"{_(error.message)} {_(error.remedy)}"


class FirstRunPage(QWidget):
    """Asks what a new clinic needs, on one page.

    Signals:
        asked: A clinic is to be made; carries a ``NewClinic``.
        left: Esc or Back was pressed.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(
        self,
        ask: Ask,
        runner: JobRunner,
        home: Path,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("New clinic"))
        self.other = OtherClinic(ask, runner, look, self)
        self._ask = ask
        self._runner = runner
        self._home = home
        self._role: Role | None = None
        self._user_typed = False
        self._judged = 0
        self.notes: dict[str, Note] = {}
        self.clinic = self._line("new.clinic", _("Clinic name"))
        self._zones = sorted(z for z in zoneinfo.available_timezones() if "/" in z or z == "UTC")
        self.zone = self._zone_box()
        self._folder = label(kind="caption", parent=self, wrap=True)
        self._choose = Button(_("Choose folder…"), self, kind="small", icon="folder")
        self.person = self._line("new.person", _("Your name"))
        self.user = self._line("new.user", _("Your name in the program"))
        self.roles = ChipRow(
            [Option(value=r, text=_(r.words), key=str(n)) for n, r in enumerate(FIRST_ROLES, 1)],
            self,
        )
        self.roles.name_all(_("Your role"))
        self.password = self._secret("new.password", _("Password"))
        self.again = self._secret("new.again", _("The same password again"))
        self.make = Button(_("Make the clinic"), self, kind="main", key="Enter")
        self.make.setObjectName("new.make")
        self.back = Button(_("Back"), self, shortcut="Escape")
        self.trouble = Note(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(JUDGE_MS)
        self._build()
        self._connect()
        self._show_folder()

    def _zone_box(self) -> SearchBox:
        box = SearchBox(self)
        box.setObjectName("new.zone")
        box.setAccessibleName(_("Time zone"))
        box.addItems(self._zones)
        box.setCurrentIndex(-1)
        box.setEditText(_own_zone(self._zones))
        return box

    def focus_first(self) -> None:
        """Put the cursor into the first empty field."""
        self.clinic.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """Hold the page while the clinic is being made."""
        self.make.say(_("Making the clinic…") if busy else _("Make the clinic"))
        self.make.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.other.setEnabled(not busy)

    def show_failure(self, error: BaseException) -> None:
        """Say why the clinic could not be made; what was typed stays."""
        known = shown_as(error)
        words = f"{_(known.message)} {_(known.remedy)}"
        self.trouble.say(words, "wrong")
        announce(self, words, assertive=True)

    # --- building

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setMaxLength(250)
        return line

    def _secret(self, name: str, words: str) -> PasswordEdit:
        line = PasswordEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        return line

    def _build(self) -> None:
        self._card = card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(px(CARD_WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(36, 28, 36, 28)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("brand", "accent", 22, card))
        head.addWidget(label(_("New clinic"), "heading", card), 1)
        head.addWidget(self.back)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self.other)
        column.addSpacing(8)
        self._add(column, "clinic", _("Clinic name"), self.clinic)
        self._add(column, "zone", _("Time zone of its clocks"), self.zone)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._folder, 1)
        place.addWidget(self._choose)
        column.addLayout(place)
        column.addSpacing(8)
        column.addWidget(hairline(card))
        column.addSpacing(8)
        self._add(column, "person", _("Your name, as it stands in records"), self.person)
        self._add(column, "user", _("Your name in the program"), self.user)
        self._add(column, "role", _("Your role"), self.roles)
        self._add(column, "password", _("Password"), self.password)
        self._add(column, "again", _("The same password again"), self.again)
        column.addWidget(self.trouble)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignRight)
        self._place(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters it would be wider than a small window, and its right edge out of it.
        self._card.setFixedWidth(min(px(CARD_WIDTH), self.width() - px(BESIDE_CARD)))

    def _add(self, column: QVBoxLayout, name: str, words: str, field: QWidget) -> None:
        caption = label(words, "button")
        caption.setBuddy(field)
        note = Note(self)
        self.notes[name] = note
        for part in (caption, field, note):
            column.addWidget(part)

    def _place(self, card: QFrame) -> None:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        middle = QVBoxLayout(page)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        middle.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        order: list[QWidget] = [
            self.other.choose,
            self.other.drop,
            self.clinic,
            self.zone,
            self._choose,
            self.person,
            self.user,
        ]
        # From the password to the same once more; the eyes come after both.
        order += [self.roles, self.password, self.again, self.password.eye, self.again.eye]
        order += [self.make, self.back]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.other.looked.connect(self._on_looked)
        self.other.reading.connect(self._on_reading)
        self.clinic.textEdited.connect(self._show_folder)
        self._choose.clicked.connect(self._on_choose)
        self.person.textEdited.connect(self._on_person)
        self.user.textEdited.connect(self._on_user)
        self.roles.picked.connect(self._on_role)
        self.password.textEdited.connect(self._on_password)
        self.again.textEdited.connect(self._on_again)
        self.password.caps_lock.connect(self._on_caps_lock)
        self._timer.timeout.connect(self._judge)
        self.make.clicked.connect(self._on_make)
        self.back.clicked.connect(self.left)
        for line in (self.clinic, self.person, self.user, self.password, self.again):
            line.returnPressed.connect(self._on_make)

    # --- answering

    @property
    def target(self) -> Path:
        """Return the folder the clinic will lie in."""
        return self._home / folder_name(self.clinic.text())

    def _on_looked(self, file: object) -> None:
        """Offer name and zone of the clinic that is taken over, which it has anyway."""
        told = file.clinic if isinstance(file, ClinicFile) else None
        if told is None:
            return
        self.clinic.setText(told.name or self.clinic.text())
        if told.time_zone in self._zones:
            self.zone.setEditText(told.time_zone or "")
        self._show_folder()
        if not any(line.hasFocus() for line in self._typed_in):
            self.person.setFocus()

    @property
    def _typed_in(self) -> tuple[QWidget, ...]:
        """Return where somebody may be typing, such as a password, while a ZIP is read."""
        return (self.person, self.user, self.password, self.again)

    def _on_reading(self, going: bool) -> None:
        """Wait with the clinic until it is known whose it becomes; Esc stops the reading then."""
        self.make.setEnabled(not going)
        self.back.setEnabled(not going)

    def _show_folder(self, _text: str = "") -> None:
        self._folder.setText(_("Kept in {folder}").format(folder=self.target))

    def _on_choose(self) -> None:
        self._ask.folder(_("Choose where the clinic is kept"), self._home, self._on_home)

    def _on_home(self, folder: Path) -> None:
        self._home = folder
        self._show_folder()

    def _on_person(self, text: str) -> None:
        if not self._user_typed:
            self.user.setText(suggested_user(text))

    def _on_user(self, text: str) -> None:
        self._user_typed = bool(text)
        self._timer.start()

    def _on_role(self, role: object) -> None:
        self._role = role if isinstance(role, Role) else None
        self.roles.show_chosen(frozenset({self._role}))
        self.notes["role"].say(alone_words(self._role) if self._role else "")

    def _on_password(self, _text: str) -> None:
        self._timer.start()
        self._on_again(self.again.text())

    def _on_again(self, text: str) -> None:
        note = self.notes["again"]
        if text and text == self.password.text():
            note.say(_("The same."), "ok")
        elif self.password.text().startswith(text):
            note.say("")
        else:
            note.say(_("The two differ."), "wrong")

    def _on_caps_lock(self, on: bool) -> None:
        self.notes["password"].say(_("Caps Lock is on") if on else "", "flag")

    def _judge(self) -> None:
        password = self.password.text()
        if not password:
            self.notes["password"].say("")
            return
        user, clinic = self.user.text().strip(), self.clinic.text().strip()
        self._judged += 1
        number = self._judged

        def done(sentence: str) -> None:
            # An answer about what was typed before is not shown any more.
            if number == self._judged:
                good = _("Good enough: long and hard to guess.")
                self.notes["password"].say(sentence or good, "wrong" if sentence else "ok")

        self._runner.start(lambda _progress: judge(password, user, clinic), on_done=done)

    def _problems(self) -> dict[str, str]:
        """Return {field: sentence} of what is missing, in reading order."""
        found = {}
        if not self.clinic.text().strip():
            found["clinic"] = _("Name the clinic.")
        if self.zone.currentText() not in self._zones:
            found["zone"] = _("Choose a zone of the list, such as America/New_York.")
        if not self.person.text().strip():
            found["person"] = _("Give your name.")
        name = self.user.text().strip()
        user = USER_NAME(name) or self.other.other_person(name, self.person.text().strip())
        if user:
            found["user"] = user
        if self._role is None:
            found["role"] = _("Choose your role.")
        if not self.password.text():
            found["password"] = _("Choose a password.")
        elif self.password.text() != self.again.text():
            found["again"] = _("The two differ.")
        return found

    def _on_make(self) -> None:
        if not self.make.isEnabled():
            return
        problems = self._problems()
        fields: dict[str, QWidget] = {
            "clinic": self.clinic,
            "zone": self.zone,
            "person": self.person,
            "user": self.user,
            "role": self.roles,
            "password": self.password,
            "again": self.again,
        }
        for name in fields:
            if name in problems or name != "password":
                self.notes[name].say(problems.get(name, ""), "wrong")
        if problems or self._role is None:
            fields[next(iter(problems))].setFocus()
            return
        self.trouble.say("")
        self.asked.emit(
            NewClinic(
                target=self.target,
                clinic=Clinic(name=self.clinic.text().strip(), time_zone=self.zone.currentText()),
                user_name=self.user.text().strip(),
                display_name=self.person.text().strip(),
                role=self._role,
                password=self.password.text(),
            )
        )


def _own_zone(zones: list[str]) -> str:
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    # A computer that was never told its zone says UTC: no clinic's clock shows it, so ask.
    return name if name in zones and "UTC" not in name else ""

"""Take a whole clinic over from a ZIP: choose it, read what is in it, then take it in whole.

Only an empty clinic takes one in. Afterwards everything is that clinic's, its name and its zone
too, so the one page that is left says what came in and asks for a new login.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from aeapp.kernel.progress import CancelledError
from aeapp.services.clinic_archive import ClinicFile
from forms.alive import while_alive
from forms.chair.import_fields import short_name
from forms.clinic.file_words import count_lines, file_lines
from forms.desk import Desk
from forms.errors import ErrorCard, shown_as
from forms.progress import ProgressStrip
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import Icon, Note, label

CLINIC_ZIP = "ZIP (*.zip)"


class TakeOver(QWidget):
    """Asks for the ZIP and shows what would come in; nothing is stored before Take in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takeover")
        self.setAccessibleName(_("Take over a clinic"))
        self._desk = desk
        self._path: Path | None = None
        self._planned = self._busy = False
        self._asked = 0
        self._error: ErrorCard | None = None
        self.choose = Button(_("Take over from a ZIP…"), self, icon="folder", shortcut="Alt+O")
        self.choose.setObjectName("takeover.choose")
        self.note = Note(self)
        self.plan = QPlainTextEdit(self)
        self.apply = Button(_("Take it in"), self, kind="main", shortcut="Ctrl+Return")
        self.apply.setObjectName("takeover.apply")
        self._progress = ProgressStrip(self)
        self._build()
        self.choose.clicked.connect(self.ask)
        self.apply.clicked.connect(self._on_apply)
        self._forget()

    def refresh(self) -> None:
        """Ask again whether this clinic is empty."""
        copies = self._desk.app.clinic_copy
        self._desk.read(lambda: copies.is_empty, while_alive(self, self._show_empty))

    def ask(self) -> None:
        """Ask for the ZIP."""
        self._desk.ask.open_file(
            _("Clinic to take over"), None, _(CLINIC_ZIP), while_alive(self, self.plan_file)
        )

    # --- building

    def _build(self) -> None:
        self.plan.setReadOnly(True)
        self.plan.setTabChangesFocus(True)
        self.plan.setAccessibleName(_("What would come in"))
        self.plan.setMinimumHeight(px(220))
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        row.addWidget(self.apply)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Take over a clinic"), "title", self))
        for part in (self.note, self._progress, self.plan):
            column.addWidget(part)
        column.addLayout(row)

    def _show_empty(self, empty: object) -> None:
        if self._busy:
            return
        self.choose.setEnabled(bool(empty))
        if not empty:
            self._forget()
            self.note.say(
                _(
                    "This clinic has records already. A clinic from a ZIP is taken into an empty"
                    " one: lock, make a new clinic, and name the ZIP there."
                ),
                "info",
            )
        elif not self._planned:
            self.note.say(
                _(
                    "This clinic is empty, so one that was given out as a ZIP can be taken in. You"
                    " see what is in it first."
                ),
                "info",
            )

    # --- the plan

    def plan_file(self, path: Path) -> None:
        """Prove and read a ZIP, and show what would come in."""
        self._forget()
        self._path, copies = path, self._desk.app.clinic_copy
        self._asked += 1
        asked = self._asked
        self.note.say(_("Reading {file}.").format(file=short_name(path.name)), "info")

        def done(file: ClinicFile) -> None:
            if asked == self._asked:
                self._show_plan(file)

        job = self._desk.runners.documents.start(
            lambda progress: copies.plan(path, progress),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, self._show_error),
            on_cancelled=while_alive(self, self._say_stopped),
        )
        self._progress.watch(job, _("Reading the ZIP"))

    def _show_plan(self, file: ClinicFile) -> None:
        self._planned = True
        self.plan.setPlainText("\n".join(file_lines(file)))
        self.plan.show()
        practice = file.clinic is not None and file.clinic.practice
        self.note.say(
            _("Practice clinic: its people are invented. Nothing is stored before Take it in.")
            if practice
            else _("Nothing is stored before you press Take it in."),
            "flag" if practice else "info",
        )
        self.apply.show()
        self.apply.setEnabled(True)
        self.apply.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- doing it

    def _on_apply(self) -> None:
        path, copies = self._path, self._desk.app.clinic_copy
        if path is None or not self.apply.isEnabled():
            return
        self.apply.setEnabled(False)
        self.choose.setEnabled(False)
        self._busy = True
        self.note.say(_("Taking it in: all of it or nothing."), "info")
        job = self._desk.write_watched(
            lambda progress: copies.take_in(path, progress),
            while_alive(self, self._on_taken),
            while_alive(self, self._on_not_taken),
            while_alive(self, lambda: self._on_not_taken(CancelledError())),
        )
        self._progress.watch(job, _("Taking the clinic in"))

    def _on_taken(self, done: ClinicFile) -> None:
        self._busy = False
        self._forget()
        self._desk.show_instead(TakenPage(self._desk, done))

    def _on_not_taken(self, error: BaseException) -> None:
        self._busy = False
        self.choose.setEnabled(True)
        self.apply.setEnabled(True)
        if isinstance(error, CancelledError):
            self._say_stopped()
        else:
            self.note.say(_("Nothing was taken in."), "wrong")

    def _say_stopped(self) -> None:
        self.note.say(_("Stopped. Nothing was taken in; the clinic is as it was."), "info")

    def _show_error(self, error: BaseException) -> None:
        self._drop_error()
        self.note.say(_("Nothing was taken in."), "wrong")
        self._error = ErrorCard(shown_as(error), self)
        self._column.insertWidget(2, self._error)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self._planned = False
        self.plan.hide()
        self.plan.clear()
        self.apply.hide()
        self.note.say("")
        self._drop_error()

    def _drop_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None


class TakenPage(QWidget):
    """What came in, instead of the window: name, zone and people are others' until a new login."""

    def __init__(self, desk: Desk, done: ClinicFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The clinic was taken in"))
        self.again = Button(_("Log in again"), self, kind="main", shortcut="Return")
        self.again.setObjectName("taken.again")
        self.again.clicked.connect(desk.lock)
        frame = card(self, padding=28, gap=12)
        frame.setMaximumWidth(px(640))
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - a card has a column
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("ok", "ok", 22, frame))
        head.addWidget(label(_("The clinic was taken in"), "heading", frame), 1)
        column.addLayout(head)
        for note in done.notes:
            column.addWidget(label(note, "body", frame, wrap=True))
        self.counts = QPlainTextEdit("\n".join(count_lines(done)), frame)
        self.counts.setReadOnly(True)
        self.counts.setTabChangesFocus(True)
        self.counts.setAccessibleName(_("What came in"))
        column.addWidget(self.counts, 1)
        told = _("Name, time zone and people of the clinic are in effect after a new login.")
        column.addWidget(label(told, "caption", frame, wrap=True))
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignRight)
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 24, 24, 24)
        across.addStretch(1)
        across.addWidget(frame, 8)
        across.addStretch(1)

    def focus_first(self) -> None:
        """Put the focus on the button."""
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

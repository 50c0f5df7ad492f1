"""In the window of a new clinic: another clinic, given out as a ZIP, that is to be taken over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.clinic_archive import ClinicFile
from forms.alive import while_alive
from forms.ask import Ask
from forms.clinic.file_words import head_lines
from forms.clinic.take_over import CLINIC_ZIP
from forms.errors import shown_as
from forms.jobs import JobRunner
from forms.progress import ProgressStrip
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Note

Look = Callable[[Path, Progress], ClinicFile]


class OtherClinic(QWidget):
    """A button, and what is in the ZIP that was chosen.

    Signals:
        looked: A ZIP was read and is whole; carries the ``ClinicFile``.
        reading: A ZIP begins to be read, or is through; carries which.

    Attributes:
        path: The ZIP to take over; None for a clinic that begins empty.
        file: What is in it.
    """

    looked = Signal(object)
    reading = Signal(bool)

    def __init__(
        self, ask: Ask, runner: JobRunner, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ask, self._runner, self._look = ask, runner, look
        self.path: Path | None = None
        self.file: ClinicFile | None = None
        words = _("Take over a clinic from a ZIP…")
        self.choose = Button(words, self, kind="small", icon="folder", shortcut="Alt+O")
        self.choose.setObjectName("new.zip")
        self.drop = Button(_("Begin empty"), self, kind="small", shortcut="Alt+B")
        self.note = Note(self)
        self._progress = ProgressStrip(self)
        acts = QWidget(self)
        row = FlowLayout(acts, gap=8)
        for button in (self.choose, self.drop):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(acts)
        column.addWidget(self._progress)
        column.addWidget(self.note)
        self.choose.clicked.connect(self._on_choose)
        self.drop.clicked.connect(self._on_drop)
        self.drop.hide()

    def other_person(self, user_name: str, name: str) -> str:
        """Return why a person cannot take the file over under a user name; empty if one can."""
        known = self.file.people.get(user_name) if self.file else None
        if known is None or known == name:
            return ""
        return _("In the ZIP this is {name}. Take another one, or give that name above.").format(
            name=known
        )

    def _on_choose(self) -> None:
        take = while_alive(self, self.look_at)
        self._ask.open_file(_("Clinic to take over"), None, _(CLINIC_ZIP), take)

    def look_at(self, path: Path) -> None:
        """Read and prove a ZIP."""
        self._on_drop()
        self.path, look = path, self._look
        self._say_reading(going=True)

        def done(file: ClinicFile) -> None:
            self._say_reading(going=False)
            self._show(file)

        def failed(error: BaseException) -> None:
            self._say_reading(going=False)
            known = shown_as(error)
            self._forget(f"{_(known.message)} {_(known.remedy)}", "wrong")

        def stopped() -> None:
            self._say_reading(going=False)
            self._forget(_("Stopped: this clinic begins empty."), "info")

        job = self._runner.start(
            lambda progress: look(path, progress),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, failed),
            on_cancelled=while_alive(self, stopped),
        )
        self._progress.watch(job, _("Reading the ZIP"))

    def _say_reading(self, *, going: bool) -> None:
        # One at a time: what is chosen is what is made.
        self.choose.setEnabled(not going)
        self.reading.emit(going)

    def _show(self, file: ClinicFile) -> None:
        self.file = file
        lines = head_lines(file)
        lines.append(
            _("{n} records and {m} files. After the clinic is made you see them and take them in.")
            .format(n=f"{sum(file.counts.values()):,}", m=f"{file.contents:,}")
        )  # fmt: skip
        practice = file.clinic is not None and file.clinic.practice
        self.note.say("\n".join(lines), "flag" if practice else "ok")
        self.drop.show()
        self.looked.emit(file)

    def _on_drop(self) -> None:
        self._forget("", "")

    def _forget(self, words: str, look: str) -> None:
        self.path = self.file = None
        self.drop.hide()
        self.note.say(words, look)

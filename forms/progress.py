"""A strip that tells how far long work is, in the place that asked for it.

It comes after a moment, never covers anything, and has Cancel.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.jobs import Job
from forms.paint import Level
from forms.widgets.buttons import Button, Meter
from forms.widgets.labels import label

DELAY_MS = 400


class ProgressStrip(QFrame):
    """What is being done, n of m, and Cancel; hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None, *, delay_ms: int = DELAY_MS) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._job: Job | None = None
        self._what = label(kind="strong", parent=self)
        self._count = label(kind="caption", parent=self)
        self._note = label(kind="caption", parent=self)
        self._meter = Meter(_("Progress"), Level(share=0.0), self)
        self.cancel = Button(_("Cancel"), self, shortcut="Escape")
        self.cancel.clicked.connect(self._on_cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._on_time)
        self._build()
        self.hide()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._what, 1)
        top.addWidget(self._count)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._meter)
        column.addLayout(foot)

    def watch(self, job: Job, what: str) -> None:
        """Show ``job`` if it is still under way after the delay."""
        self._job = job
        self._what.setText(what)
        self.setAccessibleName(what)
        self._count.setText("")
        self._note.setText(_("You can go on working."))
        self._meter.show_level(Level(share=0.0))
        self.cancel.setEnabled(True)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        self._timer.start()
        if job.over:
            # Its end was told before this strip listened.
            self._end()

    def _on_time(self) -> None:
        if self._job is not None:
            self.show()

    def _on_stepped(self, done: int, total: int, note: str) -> None:
        if self.sender() is not self._job:
            return
        self._count.setText(_("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}"))
        self._meter.show_level(Level(share=done / total if total else 0.0))
        if note:
            self._note.setText(note)

    def _on_ended(self) -> None:
        # A newer job may have taken the strip over.
        if self.sender() is self._job:
            self._end()

    def _end(self) -> None:
        self._job = None
        self._timer.stop()
        self.hide()

    def _on_cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._note.setText(_("Stopping…"))
            self._job.cancel()

"""Write many reports into a folder: ask where, show how far it is, say what was not written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from aeapp.services.batch import Batch, Order
from forms.alive import while_alive
from forms.desk import Desk
from forms.dialogs.batch_ask import BatchAsk
from forms.dialogs.export import documents_folder
from forms.progress import ProgressStrip
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, label

_MOST = 6


class BatchStrip(QFrame):
    """One job for all reports of a list, with Cancel; then what was written and what was not.

    Signals:
        ended: The job is over; carries the ``Batch``.
        left: Nothing is to be written.
    """

    ended = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: tuple[str, ...] = ()
        self._order = Order()
        self.question = BatchAsk(self)
        self.question.asked.connect(self._on_asked)
        self.question.left.connect(self.left)
        self._progress = ProgressStrip(self)
        self._done = QFrame(self)
        self._done.setProperty("kind", "card")
        self._icon = Icon("ok", "ok", 16, self._done)
        self.words = label(kind="body", parent=self._done, wrap=True)
        close = Button(parent=self._done, kind="small", icon="close", name=_("Close"))
        close.clicked.connect(self._done.hide)
        row = QHBoxLayout(self._done)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(close)
        self._done.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.question)
        column.addWidget(self._progress)
        column.addWidget(self._done)

    def start(self, report_ids: Sequence[str]) -> None:
        """Ask for copy and folder, then write each report; a file that is there is kept."""
        if report_ids:
            self._ids = tuple(report_ids)
            self._done.hide()
            self.question.ask(len(self._ids))

    def _on_asked(self, order: object) -> None:
        assert isinstance(order, Order)  # noqa: S101 - it is what the question carries
        self._order = order
        caption = _("Folder for {n} reports").format(n=f"{len(self._ids):,}")
        if len(self._ids) == 1:
            caption = _("Folder for 1 report")
        self._desk.ask.folder(caption, documents_folder(), partial(self._write, self._ids, order))

    def _write(self, ids: tuple[str, ...], order: Order, folder: Path) -> None:
        self._done.hide()
        batch = self._desk.app.batch
        job = self._desk.runners.documents.start(
            lambda progress: batch.export(ids, folder, order=order, progress=progress),
            on_done=while_alive(self, self._on_done),
            on_failed=while_alive(self, self._on_failed),
            on_cancelled=while_alive(self, self._on_stopped),
        )
        self._progress.watch(job, _("Writing reports"))

    def _on_done(self, done: object) -> None:
        assert isinstance(done, Batch)  # noqa: S101 - it is what the service returns
        told = [
            _("{n} of {all} reports written to {folder}").format(
                n=f"{done.written:,}", all=f"{len(done.lines):,}", folder=done.folder.name
            )
        ]
        if done.stopped:
            told = [_("Stopped. {n} files were written and stay.").format(n=f"{done.written:,}")]
        lacking = [line for line in done.lines if not line.file]
        told += [f"{line.number}: {line.why}" for line in lacking[:_MOST]]
        if len(lacking) > _MOST:
            told.append(_("and {n} more").format(n=len(lacking) - _MOST))
        self._say("\n".join(told), good=not lacking and not done.stopped)
        self.ended.emit(done)

    def _on_failed(self, error: BaseException) -> None:
        self._desk.errors.show(error, retry=partial(self._on_asked, self._order))

    def _on_stopped(self) -> None:
        self._say(_("Stopped. What was written before stays."), good=False)

    def _say(self, words: str, *, good: bool) -> None:
        self.words.setText(words)
        self._icon.show_role("ok" if good else "info", "ok" if good else "text3")
        self._done.setAccessibleName(words)
        self._done.show()

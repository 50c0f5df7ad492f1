"""Export a report: ask where to, write the file in the background, say what was written.

The name offered holds the numbers of the report and nothing of the patient.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from aeapp.services.app import App
from aeapp.services.documents import Export
from forms.alive import while_alive
from forms.ask import Ask
from forms.errors import ErrorCard, shown_as
from forms.jobs import JobRunner
from forms.progress import DELAY_MS, ProgressStrip
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, label

_KILO = 1000


def default_name(number: str) -> str:
    """Return the file name for the report ``number``: ``KC-2026-000031-3500-1.pdf``."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in number)
    return f"{kept or 'report'}.pdf"


def size_words(size: int) -> str:
    """Return a number of bytes as people read it."""
    for unit in ("B", "kB", "MB"):
        if size < _KILO or unit == "MB":
            break
        size = round(size / _KILO)
    return f"{size:,} {unit}"


def documents_folder() -> Path:
    """Return where this person keeps documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or ".")


class ExportStrip(QFrame):
    """Asks for the target, shows progress with Cancel, then the file and its size.

    Signals:
        exported: The file was written; carries the ``Export``.
    """

    exported = Signal(object)

    def __init__(
        self,
        app: App,
        runner: JobRunner,
        ask: Ask,
        parent: QWidget | None = None,
        *,
        delay_ms: int = DELAY_MS,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._runner = runner
        self._ask = ask
        self._folder = documents_folder()
        self._ids = ("", "")
        self._progress = ProgressStrip(self, delay_ms=delay_ms)
        self._done = QFrame(self)
        self._done.setProperty("kind", "card")
        self.words = label(kind="body", parent=self._done, wrap=True)
        self._path: Path | None = None
        self._error: ErrorCard | None = None
        self._build()

    def _build(self) -> None:
        self._icon = Icon("ok", "ok", 16, self._done)
        self._show = show = Button(_("Show in folder"), self._done, kind="small", icon="folder")
        close = Button(parent=self._done, kind="small", icon="close", name=_("Close"))
        show.clicked.connect(self._on_show)
        close.clicked.connect(self._done.hide)
        row = QHBoxLayout(self._done)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(show)
        row.addWidget(close)
        self._done.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self._progress)
        self._column.addWidget(self._done)

    def start(self, case_id: str, report_id: str, number: str) -> None:
        """Ask for the file, then write it."""
        self._ids = (case_id, report_id)
        start = self._folder / default_name(number)
        self._ask.save_file(_("Export the report"), start, _("PDF (*.pdf)"), self._on_path)

    def _on_path(self, path: Path) -> None:
        if path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
        self._folder = path.parent
        self._path = path
        self._write()

    def _write(self) -> None:
        path, (case_id, report_id) = self._path, self._ids
        if path is None:
            return
        self._done.hide()
        self._clear_error()
        documents = self._app.documents
        job = self._runner.start(
            lambda progress: documents.export(case_id, report_id, path, progress=progress),
            on_done=while_alive(self, self._on_done),
            on_failed=while_alive(self, self._on_failed),
            on_cancelled=while_alive(self, self._on_cancelled),
        )
        self._progress.watch(job, _("Exporting the report"))

    def _on_done(self, export: object) -> None:
        assert isinstance(export, Export)  # noqa: S101 - it is what the service returns
        pages = _("1 page") if export.pages == 1 else _("{n} pages").format(n=export.pages)
        parts = (export.path.name, pages, size_words(export.size))
        self._say(_("Written: {file}").format(file=", ".join(parts)), done=True)
        self.exported.emit(export)

    def _on_failed(self, error: BaseException) -> None:
        self._error = ErrorCard(shown_as(error), self, retry=True)
        self._error.retried.connect(self._write)
        self._column.addWidget(self._error)

    def _on_cancelled(self) -> None:
        self._say(_("Stopped. No file was written; the report is as it was."), done=False)

    def _say(self, words: str, *, done: bool) -> None:
        self.words.setText(words)
        self._icon.show_role("ok" if done else "info", "ok" if done else "text3")
        self._show.setVisible(done)
        self._done.setAccessibleName(words)
        self._done.show()

    def _clear_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None

    def _on_show(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

"""Export a report or a paper: ask where to, write in the background, say what was written.

The name offered holds numbers and nothing of the patient.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.numbers import safe_name
from aeapp.kernel.files import FileTroubleError, is_there
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.app import App
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import Copy, Export
from aeapp.services.message_drawing import MessageWish
from aeapp.services.register import Given
from forms.alive import while_alive
from forms.ask import Ask, Question
from forms.dialogs.given_row import GivenRow
from forms.errors import ErrorCard, shown_as
from forms.jobs import JobRunner
from forms.progress import DELAY_MS, ProgressStrip
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, label

_KILO = 1000
_MOST_NOTES = 6
Make = Callable[[Path, Progress, bool], Export]


class Written(Enum):
    """What is written of a report: the end of the name offered, and the words of the question."""

    PAGES = ("", N_("Export the report"))
    OFFICIAL = ("-official", N_("Export on the official form"))
    ARCHIVE = ("-archive", N_("Export a copy for the archive, the case inside"))
    MESSAGE = ("-e2br3", N_("Export as an electronic message"))
    MESSAGE_DRAFT = ("-e2br3-draft", N_("Export a draft of the electronic message"))

    def __init__(self, ending: str, caption: str) -> None:
        self.ending, self.caption = ending, caption


MESSAGES = frozenset({Written.MESSAGE, Written.MESSAGE_DRAFT})


def default_name(number: str) -> str:
    """Return the file name for the report ``number``: ``KC-2026-000031-3500-1.pdf``."""
    return f"{safe_name(number)}.pdf"


def size_words(size: int) -> str:
    """Return a number of bytes as people read it."""
    for unit in ("B", "kB", "MB"):
        if size < _KILO or unit == "MB":
            break
        size = round(size / _KILO)
    return f"{size:,} {unit}"


def _pages_words(pages: int) -> str:
    """Return how many pages; nothing for a file that has none."""
    if not pages:
        return ""
    return _("1 page") if pages == 1 else _("{n} pages").format(n=pages)


def documents_folder() -> Path:
    """Return where this person keeps documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or ".")


def _replacing(path: Path) -> Question:
    return Question(
        title=_("Replace {file}?").format(file=path.name),
        text=_("A file of that name is in {folder} already; what it holds would be gone.").format(
            folder=path.parent.name or path.parent
        ),
        act=_("Replace"),
        keep=_("Keep"),
    )


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
        self._make: Make | None = None
        self._name = self._caption = self._kind = ""
        self._suffix = ".pdf"
        self._progress = ProgressStrip(self, delay_ms=delay_ms)
        self._done = QFrame(self)
        self._done.setProperty("kind", "card")
        self.words = label(kind="body", parent=self._done, wrap=True)
        self._path: Path | None = None
        self._overwrite = False
        self._entry = 0
        self._error: ErrorCard | None = None
        self._build()

    def _build(self) -> None:
        self._icon = Icon("ok", "ok", 16, self._done)
        self._show = show = Button(_("Show in folder"), self._done, kind="small", icon="folder")
        close = Button(parent=self._done, kind="small", icon="close", name=_("Close"))
        show.clicked.connect(self._on_show)
        close.clicked.connect(self._done.hide)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(show)
        row.addWidget(close)
        self.given = GivenRow(self._done)
        self.given.picked.connect(self._on_given)
        inner = QVBoxLayout(self._done)
        inner.setContentsMargins(12, 6, 8, 6)
        inner.setSpacing(6)
        inner.addLayout(row)
        inner.addWidget(self.given)
        self._done.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self._progress)
        self._column.addWidget(self._done)

    def start(
        self,
        case_id: str,
        report_id: str,
        number: str,
        what: Written = Written.PAGES,
        wish: Wish = WHOLE,
    ) -> None:
        """Ask for the file of a report, then write it; ``wish`` says which copy of its pages."""
        if what in MESSAGES:
            self._start_message(case_id, report_id, number, what)
            return
        documents = self._app.documents

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            return documents.export(
                case_id,
                report_id,
                path,
                progress=progress,
                overwrite=overwrite,
                official=what is Written.OFFICIAL,
                copy=Copy.ARCHIVE if what is Written.ARCHIVE else Copy.REGULATOR,
                wish=wish,
            )

        # A number of the clinic's own would lead back from a de-identified copy to the patient.
        stem = _("copy") if wish.copy is CopyKind.DEIDENTIFIED else number
        kind = "" if wish.copy is CopyKind.FULL else f"-{wish.copy.value}"
        self.ask_for(default_name(stem + kind + what.ending), make, _(what.caption))

    def _start_message(self, case_id: str, report_id: str, number: str, what: Written) -> None:
        messages = self._app.messages
        wish = MessageWish(draft=what is Written.MESSAGE_DRAFT)

        def make(path: Path, _progress: Progress, overwrite: bool) -> Export:
            done, _checked = messages.export(
                case_id,
                path,
                wish,
                report_id=report_id,
                overwrite=overwrite,
            )
            return done

        name = f"{safe_name(number)}{what.ending}.xml"
        self.ask_for(name, make, _(what.caption), _("Electronic message (*.xml)"))

    def start_fhir(self, case_id: str, number: str = "") -> None:
        """Ask for the file of a Bundle of FHIR, then write it.

        Without ``number`` it is de-identified and its texts are withheld; with the number of its
        case it is the whole one, and named by it.
        """
        cases = self._app.fhir

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            progress.step(0, 1, "")
            done = cases.export(case_id, path, identified=bool(number), overwrite=overwrite)
            left_out = [_("Not in it: {what}").format(what=one) for one in done.left_out]
            return Export(path, 0, done.size, done.sha256, done.head, notes=tuple(left_out))

        caption = _("Export the case as FHIR, de-identified")
        if number:
            caption = _("Export the case as FHIR, with name and dates")
        stem = safe_name(number) if number else _("copy")
        self.ask_for(f"{stem}-fhir.json", make, caption, _("FHIR (*.json)"))

    def ask_for(self, name: str, make: Make, caption: str, kind: str = "") -> None:
        """Ask where the file ``name`` shall stand, then have ``make`` write it.

        ``kind`` is the filter of a file that is no PDF, such as ``Bundle (*.zip)``.
        """
        self._kind, self._suffix = kind or _("PDF (*.pdf)"), Path(name).suffix
        self._make, self._name, self._caption = make, name, caption
        self._ask_path()

    def _ask_path(self) -> None:
        # What was typed in place of the name offered is offered again.
        there = self._folder / self._name
        self._ask.save_file(self._caption, there, self._kind, self._on_path)

    def _on_path(self, path: Path) -> None:
        if path.suffix.lower() != self._suffix:
            path = path.with_name(path.name + self._suffix)
        self._folder, self._name = path.parent, path.name
        self._path = path
        self._overwrite = False
        if is_there(path):
            self._say(_("Not exported: {file} was kept.").format(file=path.name), done=False)
            self._ask.confirm(_replacing(path), self._on_replace)
        else:
            self._write()

    def _on_replace(self) -> None:
        self._overwrite = True
        self._write()

    def _write(self) -> None:
        path, make = self._path, self._make
        if path is None or make is None:
            return
        self._done.hide()
        self._clear_error()
        overwrite = self._overwrite
        job = self._runner.start(
            lambda progress: make(path, progress, overwrite),
            on_done=while_alive(self, self._on_done),
            on_failed=while_alive(self, self._on_failed),
            on_cancelled=while_alive(self, self._on_cancelled),
        )
        self._progress.watch(job, _("Writing the file"))

    def _on_done(self, export: object) -> None:
        assert isinstance(export, Export)  # noqa: S101 - it is what the service returns
        parts = (export.path.name, _pages_words(export.pages), size_words(export.size))
        told = [_("Written: {file}").format(file=", ".join(part for part in parts if part))]
        told += export.notes[:_MOST_NOTES]
        if len(export.notes) > _MOST_NOTES:
            told.append(_("and {n} more").format(n=len(export.notes) - _MOST_NOTES))
        self._entry = export.head.seq
        self.given.ask()
        self._say("\n".join(told), done=True)
        self.exported.emit(export)

    def _on_given(self, given: object) -> None:
        """Tell the register for whom the document is."""
        assert isinstance(given, Given)  # noqa: S101 - it is what the signal carries
        register, entry = self._app.register, self._entry
        self._clear_error()
        self._runner.start(
            lambda _progress: register.tell([entry], given),
            on_done=while_alive(self, lambda _told: self.given.say_told(given)),
            on_failed=while_alive(self, self._on_not_told),
        )

    def _on_not_told(self, error: BaseException) -> None:
        self._error = ErrorCard(shown_as(error), self)
        self._column.addWidget(self._error)

    def _on_failed(self, error: BaseException) -> None:
        of_place = isinstance(error, FileTroubleError)
        self._error = ErrorCard(shown_as(error), self, retry=True, folder=of_place)
        self._error.retried.connect(self._write)
        self._error.elsewhere.connect(self._ask_path)
        self._column.addWidget(self._error)

    def _on_cancelled(self) -> None:
        self._say(_("Stopped. No file was written; the records are as they were."), done=False)

    def _say(self, words: str, *, done: bool) -> None:
        self.words.setText(words)
        self._icon.show_role("ok" if done else "info", "ok" if done else "text3")
        self._show.setVisible(done)
        self.given.setVisible(done)
        self._done.setAccessibleName(words)
        self._done.show()

    def clear(self) -> None:
        """Say nothing more of the last export; one that is being written goes on."""
        self._done.hide()
        self._clear_error()

    def _clear_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None

    def _on_show(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

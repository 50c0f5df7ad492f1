"""The pages of a paper with everything that can be done with them: look, print, copy, export.

The keys are those of a report: Ctrl+E exports, Ctrl+Alt+E asks for a copy that leaves something
out, Ctrl+Alt+A writes the copy for the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import Copy, Document, Export
from forms.desk import Desk
from forms.dialogs.copy_strip import OF_REPORT, CopyStrip
from forms.dialogs.export import ExportStrip, default_name
from forms.preview import PagePreview
from forms.printing import Printing, say_printed
from forms.theme import px

_HEIGHT = 480
ARCHIVE = N_("Export a copy for the archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWanted:
    """Which file of a paper is to be written, and where."""

    path: Path
    overwrite: bool
    copy: Copy
    wish: Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWork:
    """What a paper is made by; the subject is whatever the place shows.

    Attributes:
        render: Draws the copy that is wished for.
        write: Writes it to a file.
        noted: Notes that it goes to a printer.
        stem: Name of its file without an ending, of numbers alone.
        caption: Of the question where it shall stand.
        kinds: The copies that there are, with what each leaves out.
    """

    render: Callable[[Any, Wish, Progress], Document]
    write: Callable[[Any, FileWanted, Progress], Export]
    noted: Callable[[Any, Document, int], None]
    stem: Callable[[Any], str]
    caption: str
    kinds: Mapping[CopyKind, str]


ONLY_DEIDENTIFIED = {CopyKind.DEIDENTIFIED: OF_REPORT[CopyKind.DEIDENTIFIED]}


class PaperPages(QWidget):
    """Shows one paper, which copy of it is wanted, and what was written.

    Signals:
        asking: The question for a copy came or went; carries whether it is there.
    """

    asking = Signal(bool)

    def __init__(self, desk: Desk, work: PaperWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._subject: Any = None
        self.copies = copies = CopyStrip(self, kinds=work.kinds, whole=N_("the whole paper"))
        self.preview = PagePreview(
            # The copy is that of the moment in which the pages are ordered.
            lambda subject, progress: work.render(subject, copies.wish, progress),
            desk.app.documents.pages,
            desk.runners.documents,
            self,
            printing=Printing(desk.ask, work.noted),
        )
        self.preview.printed.connect(partial(say_printed, desk))
        self.preview.setMinimumHeight(px(_HEIGHT))
        self.strip = ExportStrip(desk.app, desk.runners.documents, desk.ask, self)
        copies.changed.connect(self._on_copy_changed)
        copies.asked.connect(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.copies)
        column.addWidget(self.preview)
        column.addWidget(self.strip)

    def show_subject(self, subject: Any) -> None:
        """Draw the pages of another paper, or of another state of it."""
        self._subject = subject
        self.preview.show_case(subject)

    def export(self) -> None:
        """Ask where the copy that is shown shall stand, and write it."""
        wish = self.copies.wish
        # A number of the clinic's own would lead back from a de-identified copy to the patient.
        stem = _("copy") if wish.copy is CopyKind.DEIDENTIFIED else self._work.stem(self._subject)
        kind = "" if wish.copy is CopyKind.FULL else f"-{wish.copy.value}"
        self._ask(f"{stem}{kind}", Copy.REGULATOR, wish, _(self._work.caption))

    def archive(self) -> None:
        """Ask where the copy for the archive shall stand, which leaves nothing out."""
        stem = self._work.stem(self._subject)
        self._ask(f"{stem}-archive", Copy.ARCHIVE, WHOLE, _(ARCHIVE))

    def ask_copy(self) -> None:
        """Ask which copy is wanted; the pages show it meanwhile."""
        # What an earlier export said is over.
        self.strip.clear()
        self.copies.ask()
        self.asking.emit(True)

    def leave_copy(self) -> None:
        """Go back to the whole paper."""
        if self.copies.isVisibleTo(self):
            self.copies.leave()

    def _ask(self, stem: str, copy: Copy, wish: Wish, caption: str) -> None:
        subject, write = self._subject, self._work.write

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            wanted = FileWanted(path=path, overwrite=overwrite, copy=copy, wish=wish)
            return write(subject, wanted, progress)

        self.strip.ask_for(default_name(stem), make, caption)

    def _on_copy_changed(self) -> None:
        wish = self.copies.wish
        self.preview.draw_anew("" if wish.copy is CopyKind.FULL else _(wish.copy.words))
        if wish.copy is CopyKind.FULL:
            self.asking.emit(False)


__all__ = ["ONLY_DEIDENTIFIED", "FileWanted", "PaperPages", "PaperWork"]

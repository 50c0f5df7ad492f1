"""What differs between two states of a report as a paper: looked at, printed, written, copied."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from aeapp.domain.numbers import safe_name
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.copying import Wish
from aeapp.services.documents import Document, Export
from aeapp.services.versions import Comparison
from forms.desk import Desk
from forms.dialogs.paper_pages import ONLY_DEIDENTIFIED, FileWanted, PaperPages, PaperWork
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.ringed import RingedFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """What is drawn: a comparison, and the number that its file is called by."""

    compared: Comparison
    number: str


class DifferencePaper(RingedFrame):
    """The pages of one comparison; the keys are those of every paper.

    Signals:
        left: Esc was pressed.
    """

    left = Signal()

    def __init__(self, desk: Desk, report_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("difference.paper")
        self.setAccessibleName(_("Paper of what differs"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._report_id = desk, report_id
        work = PaperWork(
            render=self._render,
            write=self._write,
            noted=self._note_print,
            stem=_stem,
            caption=N_("Export the paper of what differs"),
            # It tells nobody who the patient is; the copy tells nothing of the Safe Harbor list.
            kinds=ONLY_DEIDENTIFIED,
        )
        self.pages = PaperPages(desk, work, self)
        self.write = Button(_("Export"), self, kind="small", icon="pdf", key="Ctrl E")
        self.copy = Button(_("Copy…"), self, kind="small", key="Ctrl Alt E")
        head = QWidget(self)
        flow = FlowLayout(head, gap=6)
        title = label(_("What differs, as a paper"), "strong", head)
        title.setMinimumHeight(px(28))
        for part in (title, self.write, self.copy, KeyCap("Esc", self)):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        self._connect()

    def _connect(self) -> None:
        # The keys are those of the report, which gives them to the paper while it has the keyboard.
        self.write.clicked.connect(self.pages.export)
        self.copy.clicked.connect(self.pages.ask_copy)

    @property
    def is_at(self) -> bool:
        """Tell whether the keyboard is on the paper."""
        focus = QApplication.focusWidget()
        return (
            self.isVisible() and focus is not None and (focus is self or self.isAncestorOf(focus))
        )

    def show_comparison(self, compared: Comparison, number: str) -> None:
        """Draw what differs, with the keyboard on the paper."""
        self.pages.leave_copy()
        self.pages.show_subject(_Subject(compared, number))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what the pages are made by

    def _render(self, subject: _Subject, wish: Wish, progress: Progress) -> Document:
        progress.step(0, 1, "")
        versions = self._desk.app.versions
        return versions.draw_changes(self._report_id, subject.compared, wish)

    def _write(self, subject: _Subject, wanted: FileWanted, progress: Progress) -> Export:
        progress.step(0, 1, "")
        return self._desk.app.versions.print_changes(
            self._report_id,
            subject.compared,
            wanted.path,
            overwrite=wanted.overwrite,
            wish=wanted.wish,
        )

    def _note_print(self, _subject: _Subject, document: Document, pages: int) -> None:
        self._desk.app.versions.note_changes_print(self._report_id, document, pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.pages.leave_copy()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _stem(subject: _Subject) -> str:
    compared = subject.compared
    newer = f"-{compared.newer}" if compared.newer else ""
    return f"{safe_name(subject.number)}-difference-{compared.older}{newer}"

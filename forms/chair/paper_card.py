"""The papers of the session: Ctrl+P shows one, once more prints it, Ctrl+E writes its file.

Ctrl+Alt+E asks for a de-identified copy, Ctrl+Alt+A writes the copy for the archive.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.domain.chair.rems import under_rems
from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.records import Session
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.copying import Wish
from aeapp.services.documents import Document, Export
from aeapp.services.session_documents import Paper, file_name
from forms.desk import Desk
from forms.dialogs.paper_pages import ONLY_DEIDENTIFIED, FileWanted, PaperPages, PaperWork
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option
from forms.widgets.ringed import RingedFrame

_KEYS = {"1": Paper.SESSION, "2": Paper.HANDOVER, "3": Paper.REMS}


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """What is drawn; another one for each state of the session."""

    session_id: str
    paper: Paper


def paper_for(session: Session) -> Paper:
    """Return the paper that is wanted now: the handover while the ambulance is on its way."""
    leaving = session.ems_called is not None and session.ending is None
    transferred = session.ending is SessionEnd.TRANSFERRED
    return Paper.HANDOVER if leaving or transferred else Paper.SESSION


class PaperCard(RingedFrame):
    """Shows the pages of one paper; hidden until it is asked for.

    Signals:
        left: Esc was pressed.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("papers")
        self.setAccessibleName(_("Papers of the session"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._session = Session()
        self.paper = Paper.SESSION
        self.chips = ChipRow(
            [Option(value=p, text=_(p.words), key=key) for key, p in _KEYS.items()], self
        )
        self.chips.name_all(_("Paper"))
        self.chips.picked.connect(self._on_picked)
        work = PaperWork(
            render=self._render,
            write=self._write,
            noted=self._note_print,
            stem=self._stem,
            caption=N_("Export the paper"),
            # Papers of a session name the patient: no manufacturer gets one.
            kinds=ONLY_DEIDENTIFIED,
        )
        self.pages = PaperPages(desk, work, self)
        self.preview, self.strip, self.copies = (
            self.pages.preview,
            self.pages.strip,
            self.pages.copies,
        )
        self._make_buttons()
        self._lay_out()
        self.hide()

    def _make_buttons(self) -> None:
        self.write = Button(_("Export"), self, kind="small", icon="pdf", key="Ctrl E")
        self.write.clicked.connect(self.export)
        self.copy = Button(_("Copy…"), self, kind="small", key="Ctrl Alt E")
        self.copy.clicked.connect(self.ask_copy)
        self.keep = Button(_("Archive"), self, kind="small", key="Ctrl Alt A")
        self.keep.clicked.connect(self.archive)

    def _lay_out(self) -> None:
        head = QWidget(self)
        flow = FlowLayout(head, gap=6)
        title = label(_("Papers"), "strong", head)
        title.setMinimumHeight(px(28))
        for part in (title, self.write, self.copy, self.keep, KeyCap("Esc", self)):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.chips)
        column.addWidget(self.pages)

    # --- what the room uses

    def show_work(self, work: SessionWork) -> None:
        """Draw anew what is shown, as far as it is stored."""
        session = work.room.session
        other = session.id != self._session.id
        self._session = session
        if other:
            self.pages.leave_copy()
            self.hide()
        elif self.isVisible():
            self._draw()

    def ask(self) -> None:
        """Show the paper that is wanted now."""
        self.paper = paper_for(self._session)
        self.show()
        self._draw()
        self.setFocus()

    def print_or_ask(self) -> None:
        """Show the paper that is wanted now; print it where it is on the screen already."""
        here = self.focusWidget() is not None and self.isAncestorOf(self.focusWidget())
        looked_at = here or self.hasFocus() or self.paper is paper_for(self._session)
        if self.isVisible() and looked_at:
            self.preview.print_pages()
        else:
            self.ask()

    def export(self) -> None:
        """Ask where the paper shall stand, and write it; nothing has to be answered before."""
        self._show_one()
        self.pages.export()

    def archive(self) -> None:
        """Ask where the copy for the archive shall stand, the session's cases inside."""
        self._show_one()
        self.pages.archive()

    def ask_copy(self) -> None:
        """Ask which copy of the paper is wanted, and show it."""
        self._show_one()
        self.pages.ask_copy()

    def _show_one(self) -> None:
        """Show the paper that is wanted now where none is shown."""
        if not self.isVisible():
            self.paper = paper_for(self._session)
            self.show()
            self._draw()

    # --- drawing

    def _draw(self) -> None:
        self.chips.show_chosen(frozenset({self.paper}))
        rems = self.chips.buttons[list(_KEYS.values()).index(Paper.REMS)]
        rems.setVisible(self._offers(Paper.REMS))
        self.pages.show_subject(_Subject(self._session.id, self.paper))

    def _offers(self, paper: Paper) -> bool:
        return paper is not Paper.REMS or under_rems(self._session)

    def _render(self, subject: _Subject, wish: Wish, progress: Progress) -> Document:
        papers = self._desk.app.papers
        return papers.render(subject.session_id, subject.paper, progress, wish=wish)

    def _write(self, subject: _Subject, wanted: FileWanted, progress: Progress) -> Export:
        return self._desk.app.papers.export(
            subject.session_id,
            subject.paper,
            wanted.path,
            progress=progress,
            overwrite=wanted.overwrite,
            copy=wanted.copy,
            wish=wanted.wish,
        )

    def _note_print(self, subject: _Subject, document: Document, pages: int) -> None:
        papers = self._desk.app.papers
        papers.note_print(subject.session_id, subject.paper, document, pages)

    def _stem(self, subject: _Subject) -> str:
        return file_name(self._session, subject.paper).removesuffix(".pdf")

    def _on_picked(self, paper: object) -> None:
        if isinstance(paper, Paper) and self._offers(paper):
            self.paper = paper
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.pages.leave_copy()
            self.hide()
            self.left.emit()
        elif event.text() in _KEYS:
            self._on_picked(_KEYS[event.text()])
        else:
            super().keyPressEvent(event)

"""Outcomes: who is counted before every rate, benefit beside harm, and the page that prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aeapp.domain.outcomes.ladder import Step
from aeapp.domain.outcomes.page import Asked, OutcomesPage
from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, Export
from forms.alive import while_alive
from forms.desk import Desk
from forms.dialogs.export import ExportStrip, default_name
from forms.jobs import Job
from forms.outcomes.compare_card import CompareCard
from forms.outcomes.figures_page import FiguresPage
from forms.outcomes.people_card import PeopleCard
from forms.outcomes.question_bar import QuestionBar
from forms.outcomes.signals_card import SignalsCard
from forms.outcomes.tables_card import TablesCard
from forms.preview import PagePreview
from forms.progress import DELAY_MS, ProgressStrip
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard
from forms.widgets.head_row import HeadRow
from forms.widgets.labels import label
from forms.widgets.scrolling import FollowingScroll, LeastHigh


class OutcomesPlace(QWidget):
    """Reads the records anew for each question; Print shows the page before anything is written."""

    # It edits no record.
    unsaved = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outcomes")
        self.setAccessibleName(_("Outcomes"))
        self._desk = desk
        self._job: Job | None = None
        self._asked: Asked | None = None
        self.page: OutcomesPage | None = None
        self.question = QuestionBar(desk, self)
        self.computed = label("", "caption", self)
        self.print_it = Button(_("Print"), self, kind="main", icon="pdf", key="Ctrl+P")
        self.print_it.setObjectName("outcomes.print")
        self.to_tables = Button(_("Listings"), self, shortcut="Alt+T")
        self.to_groups = Button(_("Side by side"), self, shortcut="Alt+B")
        self.to_signals = Button(_("Signals"), self, shortcut="Alt+G")
        self.figures = FiguresPage(self)
        self.ladder, self.plot = self.figures.ladder, self.figures.plot
        self.ideation, self.harm = self.figures.ideation, self.figures.harm
        self.people = PeopleCard(desk, self)
        self.tables = TablesCard(desk, lambda: self.question.period.period, self)
        self.signals = SignalsCard(desk, self)
        self.groups = CompareCard(desk, self.question.asked, self)
        self._empty = EmptyCard(_("Nobody was treated in this period."), self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self._read_choices()

    # --- what the window uses

    def focus_first(self) -> None:
        """Put the focus on the periods."""
        self.question.period.chips.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through: the ladder stands before the rates."""
        return [self.question, self.ladder, self.plot, self.ideation, self.harm]

    def refresh(self) -> None:
        """Compute the page from the records as they are now, and offer what is on record."""
        self._compute()
        self._read_choices()

    def _compute(self) -> None:
        self._put_people_away()
        if self._job is not None:
            self._job.cancel()
        self._asked = asked = self.question.asked()
        runner = self._desk.runners.readers
        self._job = runner.start(
            lambda progress: self._desk.app.outcomes.page(asked, progress),
            on_done=while_alive(self, self._on_page),
            on_failed=while_alive(self, self._on_failed),
        )
        self.progress.watch(self._job, _("Reading the records"))
        if self._pages.currentWidget() is self._paper:
            self.preview.show_case(asked)
        if self._pages.currentWidget() is self.groups:
            self.groups.refresh()

    # --- building

    def _build(self) -> None:
        acts = (self.to_groups, self.to_tables, self.to_signals, self.print_it)
        head = HeadRow((label(_("Outcomes"), "heading", self), self.computed), acts, self)
        self.progress = ProgressStrip(self, delay_ms=DELAY_MS)
        self._pages.addWidget(self.figures)
        self._paper = self._paper_page()
        self._pages.addWidget(self._paper)
        for page in (self._empty, self.tables, self.signals, self.groups):
            self._pages.addWidget(page)
        # With large letters the question alone is as high as a small window.
        scroll, inside = FollowingScroll(self), LeastHigh()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self.question)
        column.addWidget(self.progress)
        column.addWidget(self._pages, 1)
        column.addWidget(self.people)
        scroll.setWidget(inside)

    def _paper_page(self) -> QWidget:
        app, documents = self._desk.app, self._desk.runners.documents
        page = QWidget(self)
        self.strip = ExportStrip(app, documents, self._desk.ask, page)
        self.preview = PagePreview(self._render, app.documents.pages, documents, page)
        self.write = Button(_("Export"), page, kind="main", icon="pdf", key="Enter")
        self.write.setObjectName("outcomes.write")
        self.back = Button(_("Back to the figures"), page, key="Esc", shortcut="Esc")
        self.write.clicked.connect(self.export)
        self.back.clicked.connect(self._show_cards)
        told = _("For whoever is outside: groups of one to four people are not told.")
        buttons = QHBoxLayout()
        buttons.addWidget(label(told, "caption", page, wrap=True), 1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.write)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(buttons)
        column.addWidget(self.strip)
        column.addWidget(self.preview, 1)
        return page

    def _connect(self) -> None:
        self.question.changed.connect(self._compute)
        self.question.period.add_keys(self)
        self.print_it.clicked.connect(self.show_paper)
        self.plot.asked.connect(self._on_figure)
        self.ideation.asked.connect(self._on_ideation)
        self.harm.asked.connect(self._on_term)
        self.people.left.connect(self.plot.setFocus)
        # Two buttons with Esc on one screen, and Esc would do nothing.
        self._pages.currentChanged.connect(self._put_people_away)
        self.to_tables.clicked.connect(self.show_tables)
        self.to_signals.clicked.connect(self.show_signals)
        self.to_groups.clicked.connect(self.show_groups)
        self.tables.left.connect(self._show_cards)
        self.signals.left.connect(self._show_cards)
        self.groups.left.connect(self._show_cards)
        keys = (("Ctrl+P", self.show_paper), ("Ctrl+E", self.export))
        for sequence, run in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        for sequence in ("Return", "Enter"):
            for page, write in ((self._paper, self.export), (self.tables, self.tables.export)):
                shortcut = QShortcut(QKeySequence(sequence), page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(write)

    # --- reading

    def _read_choices(self) -> None:
        self._desk.read(self._desk.app.outcomes.choices, while_alive(self, self._on_choices))

    def _on_choices(self, choices: object) -> None:
        self.question.offer(choices)  # type: ignore[arg-type]
        if self.question.asked() != self._asked:
            # The first question, or what was chosen is on record no more.
            self._compute()

    def _on_page(self, page: OutcomesPage) -> None:
        self._job, self.page = None, page
        told = _("computed {time} from {sessions} sessions and {scores} scores")
        self.computed.setText(
            told.format(
                time=f"{self._desk.app.context.now():%H:%M:%S}",
                sessions=f"{page.harm.exposure.sessions:,}",
                scores=f"{page.scores:,}",
            )
        )
        self.figures.show_page(page)
        if self._pages.currentWidget() not in {
            self._paper, self.tables, self.signals, self.groups,
        }:  # fmt: skip
            self._show_cards()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        if not (isinstance(error, AppError) and error.code == "cancelled"):
            self._desk.errors.show(error, retry=self.refresh)

    # --- who stands behind a figure

    def _put_people_away(self, *_page: int) -> None:
        focus: QWidget | None = self.window().focusWidget()
        focused = focus is not None and self.people.isAncestorOf(focus)
        self.people.put_away()
        if focused and self.plot.isVisible():
            self.plot.setFocus()

    def _on_figure(self, number: int) -> None:
        if self.page is not None:
            figure = self.page.figures[number]
            self.people.show_people(_(figure.kind.words), figure.patient_ids)

    def _on_ideation(self, number: int) -> None:
        bar = self.ideation.rows[number]
        self.people.show_people(bar.name, bar.people)

    def _on_term(self, number: int) -> None:
        if self.page is not None:
            term = self.harm.rows[number].term
            people = {e.patient_id for e in self.page.harm.events if e.term == term}
            self.people.show_people(term, sorted(people))

    # --- listings and signals

    def show_tables(self) -> None:
        """Show which listings can be written."""
        self._pages.setCurrentWidget(self.tables)
        self.tables.write.setFocus()

    def show_signals(self) -> None:
        """Compare what is reported with what."""
        self._pages.setCurrentWidget(self.signals)
        self.signals.refresh()

    def show_groups(self) -> None:
        """Show the figures of each group side by side."""
        self._pages.setCurrentWidget(self.groups)
        self.groups.focus_first()
        self.groups.refresh()

    # --- the paper

    def _show_cards(self) -> None:
        nobody = self.page is not None and not self.page.ladder.at(Step.TREATED)
        self._pages.setCurrentIndex(2 if nobody else 0)

    def show_paper(self) -> None:
        """Show the page as it will print."""
        self._pages.setCurrentWidget(self._paper)
        self.preview.show_case(self.question.asked())
        self.write.setFocus()

    def _render(self, asked: Asked, progress: Progress) -> Document:
        return self._desk.app.outcomes.render(asked, progress=progress)

    def export(self) -> None:
        """Ask where the page shall stand, and write it."""
        outcomes, asked = self._desk.app.outcomes, self.question.asked()

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            return outcomes.export(asked, path, progress=progress, overwrite=overwrite)

        self._pages.setCurrentWidget(self._paper)
        name = default_name(f"outcomes-{asked.first}-{asked.last}")
        self.strip.ask_for(name, make, _("Write the description of outcomes"))

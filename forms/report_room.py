"""The place of reports: the worklist, and the one report that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from aeapp.domain.lifecycle import Act
from aeapp.domain.records import Report
from aeapp.kernel.i18n import _
from aeapp.services.cases import ReportLine
from forms import fonts
from forms.alive import while_alive
from forms.case_import import CaseImport
from forms.desk import Desk
from forms.dialogs.batch_strip import BatchStrip
from forms.message_check import MessageCheck
from forms.models.paged import Column, Deliver, PagedModel
from forms.report_page import ReportPage
from forms.report_work import Delays, ReportWork
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard, card
from forms.widgets.head_row import HeadRow
from forms.widgets.labels import label
from forms.widgets.tables import Table
from forms.window_actions import acts_on


class Worklist(QWidget):
    """All reports, found by number, newest first.

    Signals:
        opened: A report was chosen; carries its id.
        asked_import: A case of a file is wanted.
    """

    opened = Signal(str)
    asked_import = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = ""
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Number, such as KC-2026-000031"))
        self.search.setAccessibleName(_("Find a report by its number"))
        self.search.textChanged.connect(self.reload)
        self.search.returnPressed.connect(self._on_enter)
        self._count = label(kind="caption", parent=self)
        self.batch = Button(_("Export all"), self, icon="pdf", shortcut="Ctrl+Shift+E")
        self.batch.clicked.connect(self.export_all)
        self.bring = Button(_("Import a case"), self, icon="folder")
        self.bring.clicked.connect(self.asked_import)
        self.strip = BatchStrip(desk, self)
        self.strip.left.connect(self.focus_first)
        self.table = Table(_("Reports"), self)
        self.model: PagedModel[ReportLine] = PagedModel(
            [
                Column(
                    head=_("Report"), text=lambda r: r.number, font=lambda _r: fonts.sized("id")
                ),
                Column(head=_("What"), text=lambda r: r.title),
                Column(
                    head=_("Patient"), text=lambda r: r.patient, font=lambda _r: fonts.sized("id")
                ),
                Column(head=_("State"), text=lambda r: r.state),
            ],
            self._fetch,
            lambda r: r.id,
            self,
        )
        self.table.setModel(self.model)
        self.table.opened.connect(self._on_opened)
        self.empty = EmptyCard(
            _("No reports yet; each begins at an event."), self, act=_("Start a session")
        )
        self.empty.pressed.connect(self._on_start)
        self._build()

    def _build(self) -> None:
        words = (label(_("Reports"), "heading", self), self._count)
        head = HeadRow(words, (self.search, self.bring, self.batch), self)
        self.search.setMinimumWidth(px(280))
        frame = card(self, padding=1, gap=0)
        frame.layout().addWidget(self.table)  # type: ignore[union-attr]
        self._stack = QStackedWidget(self)
        self._stack.addWidget(frame)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)

    def export_all(self) -> None:
        """Write every report of the list into a folder."""
        self.strip.start([self.model.id_at(row) for row in range(self.model.rowCount())])

    def reload(self) -> None:
        """Read the list anew; the old one stays until the new one is there."""
        asked = self._asked = self.search.text().strip()

        def show(ids: object) -> None:
            if asked == self._asked and isinstance(ids, list):
                self._show_ids(ids)

        cases = self._desk.app.cases
        self._desk.read(lambda: cases.report_ids(asked), while_alive(self, show))

    def _show_ids(self, ids: Sequence[str]) -> None:
        chosen = self._chosen()
        self.model.show_ids(ids)
        words = _("1 report") if len(ids) == 1 else _("{n} reports").format(n=f"{len(ids):,}")
        self._count.setText(words)
        self.batch.setEnabled(bool(ids))
        self._stack.setCurrentIndex(1 if not ids and not self._asked else 0)
        row = max(0, self.model.row_of(chosen)) if ids else -1
        self.table.setCurrentIndex(self.model.index(row, 0))
        for column, width in enumerate((220, 360, 120)):
            self.table.setColumnWidth(column, px(width))

    def _chosen(self) -> str:
        index = self.table.currentIndex()
        return self.model.id_at(index.row()) if index.isValid() else ""

    def _fetch(self, ids: Sequence[str], deliver: Deliver[ReportLine]) -> None:
        cases = self._desk.app.cases
        self._desk.read(lambda: cases.report_lines(ids), while_alive(self, deliver))

    def focus_first(self) -> None:
        """Put the focus on the list, or on the search while there is nothing."""
        (self.table if self.model.rowCount() else self.search).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _on_enter(self) -> None:
        if self.model.rowCount():
            self._on_opened(max(0, self.table.currentIndex().row()))

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.model.id_at(row))

    def _on_start(self) -> None:
        self._desk.start_session("")


class ReportRoom(QWidget):
    """The worklist, or one report in its place.

    Signals:
        shown: A report is on the screen, its draft included; carries its id.
    """

    shown = Signal(str)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, delays: Delays | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._delays = delays or Delays()
        self._work: ReportWork | None = None
        self.page: ReportPage | None = None
        self._at_log = self._at_versions = False
        self._last: Act | None = None
        self.worklist = Worklist(desk, self)
        self.worklist.opened.connect(self.open_report)
        self.importing = CaseImport(desk, self)
        self.checking = MessageCheck(desk, self)
        self.worklist.asked_import.connect(self.importing.begin)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.worklist)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.checking)
        self.checking.found.connect(self._on_message_checked)
        self.checking.left.connect(self.focus_first)
        self.worklist.reload()

    def open_report(self, report_id: str) -> None:
        """Open a report; what is open is stored first."""
        if self._work is not None and self.page is not None:
            self._work.save(after=lambda: self._open(report_id))
        else:
            self._open(report_id)

    def why_not(self, act: Act) -> str:
        """Return why a step of the open report cannot be begun now; "" where it can."""
        return self.page.versions.why_not(act) if self.page else _("open a report first")

    def begin(self, act: Act) -> None:
        """Begin a step of the report that is open."""
        page = self.page
        if page is None:
            return
        if act is Act.SUBMIT:
            page.record_sending()
        else:
            page.show_versions()
            page.versions.begin(act)

    def act(self, name: str) -> None:
        """Do something else with the report that is open."""
        if self.page is not None:
            acts_on(self.page)[name]()

    def export_all(self) -> None:
        """Write every report of the list into a folder."""
        if self.page is not None:
            self._on_back_to_list()
        self.worklist.export_all()

    def flush(self) -> None:
        """Keep what was typed now, as before a lock."""
        if self._work is not None:
            self._work.flush()

    def refresh(self) -> None:
        """Read the list again, while it is what is shown."""
        if self.page is None:
            self.worklist.reload()

    def focus_first(self) -> None:
        """Put the focus where work goes on."""
        (self.page or self.worklist).focus_first()

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        below = [] if self.checking.list.isHidden() else [self.checking.list]
        if self.page is not None:
            return [*self.page.regions(), *below]
        return [self.worklist.search, self.worklist.table, *below]

    def _on_message_checked(self) -> None:
        # Whoever types goes on typing; F6 leads to what was found.
        if self.page is None and not self.worklist.search.hasFocus():
            self.checking.focus_first()

    def _open(self, report_id: str) -> None:
        self._close_page()
        work = ReportWork(self._desk, report_id, self, delays=self._delays)
        work.opened.connect(self._on_opened)
        work.failed.connect(self._on_failed)
        self._work = work
        work.open()

    def _close_page(self) -> None:
        page, work = self.page, self._work
        self.page = self._work = None
        if page is not None:
            page.shut()
            self._stack.removeWidget(page)
            page.deleteLater()
        if work is not None:
            work.deleteLater()

    def _on_opened(self) -> None:
        work = self._work
        if work is None or self.sender() is not work:
            return
        page = ReportPage(self._desk, work, self, delays=self._delays)
        page.left.connect(self._on_left)
        page.reopen_asked.connect(self._on_reopen)
        page.form_asked.connect(self._on_form_asked)
        self.page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        work.check()
        page.focus_first()
        if self._at_log:
            page.show_log()
        elif self._at_versions:
            page.show_versions()
        page.versions.last, self._last = self._last, None
        self._at_log = self._at_versions = False
        self.shown.emit(work.report_id)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            self._desk.errors.show(error)

    def _on_back_to_list(self) -> None:
        if self._work is not None:
            self._work.save(after=self._on_left)

    def _on_left(self) -> None:
        self._close_page()
        self._stack.setCurrentWidget(self.worklist)
        self.worklist.reload()
        self.worklist.focus_first()

    def _on_form_asked(self, destination: str) -> None:
        """Show the case's report to a destination; it is opened where there is none."""
        if self._work is None:
            return
        forms, case_id = self._desk.app.report_forms, self._work.case.case.id

        def opened(report: object) -> None:
            if isinstance(report, Report):
                self.open_report(report.id)

        self._desk.runners.store.start(
            lambda _progress: forms.open(case_id, destination),
            on_done=while_alive(self, opened),
            on_failed=while_alive(self, self._on_failed),
        )

    def _on_reopen(self) -> None:
        if self.page is not None:
            self._at_log = self.page.log.isVisible()
            self._at_versions = self.page.versions.isVisible()
            self._last = self.page.versions.last
        if self._work is not None:
            self._work.flush()
            self._open(self._work.report_id)

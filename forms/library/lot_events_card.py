"""Events of one lot across patients: counted, listed, printed; hold, release and the reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHeaderView, QVBoxLayout, QWidget

from aeapp.domain.access import Deed, for_whom
from aeapp.domain.chair.doses import amount_words
from aeapp.domain.chair.lot_events import LotEvent, in_order, rule_words, tallies
from aeapp.domain.codecs import show, show_date
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.records import Lot, Report
from aeapp.domain.records.product import Hold
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.copying import Wish
from aeapp.services.documents import Document, Export
from aeapp.services.lots import LotEvents
from forms import fonts
from forms.alive import while_alive
from forms.desk import Desk
from forms.dialogs.paper_pages import ONLY_DEIDENTIFIED, FileWanted, PaperPages, PaperWork
from forms.library.lists import time_of
from forms.models.paged import Column, Deliver, PagedModel
from forms.reason_strip import ReasonStrip
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.tables import Table

WHY_HOLD = (N_("Several events"), N_("Looks or smells wrong"), N_("Recall or letter of the maker"))
WHY_RELEASE = (N_("No cause found in the lot"), N_("The maker found nothing"))
PROBLEMS = (
    N_("Particles or change of color"),
    N_("Leak or damage"),
    N_("Label or package"),
    N_("Too weak or too strong"),
)
COPIES = ONLY_DEIDENTIFIED | {
    CopyKind.MAKER: N_("Without letterhead and names of staff; patients stand by code.")
}
_WIDTHS = (100, 70, 0, 120, 120, 64, 122)
_MOST_ROWS, _MOST_TERMS = 8, 5


class LotEventsCard(QFrame):
    """Shows what happened in sessions with one lot, and what is done about it.

    Signals:
        changed: Something of the lot was stored.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("lot.events")
        self.setAccessibleName(_("Events with this lot"))
        self._desk = desk
        self._found: LotEvents | None = None
        self._wanted = ""
        self._asking = False
        self._sort = ("day", True)
        self._answer: Callable[[str], None] = self._hold
        self._shortcuts: list[QShortcut] = []
        self._summary = label(kind="reading", parent=self, wrap=True)
        self._summary.setObjectName("lot.summary")
        self._rule = label(kind="caption", parent=self, wrap=True)
        self.holds = label(kind="body", parent=self, wrap=True)
        self.holds.setObjectName("lot.holds")
        self.hold = self._button("hold", _("Hold…"), "H", self._on_hold)
        self.reports = self._button("reports", _("One report each…"), "R", self._on_reports)
        self.problem = self._button("problem", _("Product problem…"), "P", self._on_problem)
        self.print = self._button("print", _("Paper…"), "X", self._on_print)
        self.strip = ReasonStrip(self)
        self.strip.answered.connect(self._on_answered)
        self.strip.left.connect(self._on_left)
        self.table = Table(_("Events with this lot"), self)
        self.model: PagedModel[LotEvent] = PagedModel(
            _columns(), self._fetch, lambda line: line.event.id, self
        )
        self.table.setModel(self.model)
        self.table.opened.connect(self._on_opened)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._on_head)
        self.pages = self._paper()
        self._build()

    def _button(self, name: str, words: str, key: str, run: Callable[[], None]) -> Button:
        button = Button(words, self, kind="small", key=key)
        button.setObjectName(f"lot.{name}")
        button.clicked.connect(run)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)
        self._shortcuts.append(shortcut)
        return button

    def _build(self) -> None:
        head = QWidget(self)
        flow = FlowLayout(head, gap=8)
        title = label(_("Events with this lot"), "strong", head)
        title.setMinimumHeight(px(28))
        for part in (title, self.hold, self.reports, self.problem, self.print):
            flow.addWidget(part)
        columns = self.table.horizontalHeader()
        columns.setStretchLastSection(False)
        for section, width in enumerate(_WIDTHS):
            if width:
                columns.resizeSection(section, px(width))
            else:
                columns.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for widget in (
            head,
            self.holds,
            self.strip,
            self._summary,
            self._rule,
            self.table,
            self.paper,
        ):
            column.addWidget(widget)

    def _paper(self) -> PaperPages:
        """Make the pages of the lot's paper; hidden until they are asked for."""
        self.paper = QFrame(self)
        self.paper.setAccessibleName(_("Paper of the lot"))
        work = PaperWork(
            render=self._render,
            write=self._write_paper,
            noted=self._note_print,
            stem=lambda _lot: f"lot-{show(self._lot().number)}",
            caption=N_("Export the paper of the lot"),
            kinds=COPIES,
        )
        pages = PaperPages(self._desk, work, self.paper)
        pages.asking.connect(lambda asking: self._listen(keys=not asking))
        head = QWidget(self.paper)
        flow = FlowLayout(head, gap=8)
        for words, key, run in (
            (_("Export"), "Ctrl+E", pages.export),
            (_("Copy…"), "Ctrl+Alt+E", pages.ask_copy),
            (_("Archive"), "Ctrl+Alt+A", pages.archive),
        ):
            flow.addWidget(self._paper_button(words, key, run))
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(pages)
        self.paper.hide()
        return pages

    def _paper_button(self, words: str, key: str, run: Callable[[], None]) -> Button:
        button = Button(words, self, kind="small", key=key)
        button.clicked.connect(run)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

        def act() -> None:
            if self._show_paper():
                run()

        shortcut.activated.connect(act)
        return button

    # --- showing

    def show_lot(self, lot_id: str, *, asking: bool = False) -> None:
        """Read the events of a lot; ``asking`` puts the focus on them."""
        if lot_id != self._wanted:
            self.strip.hide()
            self.pages.leave_copy()
            self.paper.hide()
            self._listen(keys=True)
        self._wanted, self._asking = lot_id, asking or self._asking
        lots = self._desk.app.lots
        self._desk.read(lambda: lots.of_lot(lot_id), while_alive(self, self._on_found))

    def _on_found(self, found: LotEvents) -> None:
        if found.lot.id != self._wanted:
            return
        self._found = found
        if self.paper.isVisible():
            self.pages.show_subject(found)
        held = found.lot.hold is not None
        self.hold.say(_("Release…") if held else _("Hold…"))
        deed = Deed.RELEASE_LOT if held else Deed.HOLD_LOT
        may = self._desk.app.context.may(deed)
        self.hold.setEnabled(may)
        lines = [hold_words(h) for h in reversed(found.lot.holds)]
        self.holds.setText("\n".join(lines if may else [*lines, for_whom(deed)]))
        self.holds.setVisible(bool(found.lot.holds) or not may)
        self._summary.setText(summary_words(found))
        self._rule.setText(rule_words(found.rule))
        self.reports.setEnabled(bool(found.unreported))
        self._show_lines()
        if self._asking:
            self._focus_table()
        self._asking = False

    def _show_lines(self) -> None:
        if self._found is None:
            return
        key, descending = self._sort
        lines = in_order(self._found.lines, key, descending=descending)
        chosen = self.table.currentIndex()
        kept = self.model.id_at(chosen.row()) if chosen.isValid() else ""
        self.model.show_ids([line.event.id for line in lines])
        if lines:
            row = max(0, self.model.row_of(kept))
            self.table.setCurrentIndex(self.model.index(row, 0))
        rows = min(max(len(lines), 1), _MOST_ROWS)
        head = self.table.horizontalHeader().sizeHint().height()
        row_height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(head + rows * row_height + px(6))

    def _fetch(self, ids: Sequence[str], deliver: Deliver[LotEvent]) -> None:
        wanted = set(ids)
        lines = self._found.lines if self._found is not None else ()
        deliver([line for line in lines if line.event.id in wanted])

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_head(self, section: int) -> None:
        key = self.model.columns[section].key
        if key:
            self._sort = (key, self._sort == (key, False))
            self._show_lines()

    def _on_opened(self, row: int) -> None:
        line = self.model.line_at(row)
        if line is not None and line.session is not None:
            self._desk.show_session(line.session.id)

    # --- acting

    def _ask(self, question: str, reasons: Sequence[str], answer: Callable[[str], None]) -> None:
        self._answer = answer
        # A letter begins the words of a reason then.
        self._listen(keys=False)
        self.strip.ask(question, [_(words) for words in reasons])

    def _listen(self, *, keys: bool) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(keys)

    def _on_left(self) -> None:
        self._listen(keys=True)
        self._focus_table()

    def _on_answered(self, words: str) -> None:
        self._on_left()
        self._answer(words)

    def _on_hold(self) -> None:
        found = self._found
        if found is None or not self.hold.isEnabled():
            return
        if found.lot.hold is None:
            self._ask(_("Why is it held?"), WHY_HOLD, self._hold)
        else:
            self._ask(_("Why is it released?"), WHY_RELEASE, self._release)

    def _hold(self, reason: str) -> None:
        lots, lot_id = self._desk.app.lots, self._wanted
        self._write(lambda: lots.hold(lot_id, reason), _("The lot is on hold."))

    def _release(self, reason: str) -> None:
        lots, lot_id = self._desk.app.lots, self._wanted
        self._write(lambda: lots.release(lot_id, reason), _("The lot is released."))

    def _on_reports(self) -> None:
        if self._found is None or not self._found.unreported:
            return
        count = len({line.event.patient_id for line in self._found.unreported})
        words = _("Open {n} reports").format(n=count)
        self._ask(_("One report for each patient without one?"), [words], self._open_reports)

    def _open_reports(self, _words: str) -> None:
        lots, lot_id = self._desk.app.lots, self._wanted

        def done(reports: tuple[Report, ...]) -> None:
            self._desk.toast(_("{n} reports opened.").format(n=len(reports)))
            self._changed()

        self._desk.write(lambda: lots.open_reports(lot_id), while_alive(self, done))

    def _on_problem(self) -> None:
        if self._found is not None:
            self._ask(_("What is wrong with the product?"), PROBLEMS, self._open_problem)

    def _open_problem(self, words: str) -> None:
        lots, lot_id = self._desk.app.lots, self._wanted

        def done(report: Report) -> None:
            self._desk.toast(_("Report {number} opened.").format(number=report.number or ""))
            self._desk.show_report(report.id)

        self._desk.write(lambda: lots.open_problem(lot_id, words), while_alive(self, done))

    def _on_print(self) -> None:
        """Show the paper of the lot; where it is shown, print it."""
        if self.paper.isVisible():
            self.pages.preview.print_pages()
        else:
            self._show_paper()

    def _show_paper(self) -> bool:
        if self._found is not None and not self.paper.isVisible():
            self.paper.show()
            self.pages.show_subject(self._found)
        return self._found is not None

    def _lot(self) -> Lot:
        return self._found.lot if self._found is not None else Lot()

    def _render(self, found: LotEvents, wish: Wish, progress: Progress) -> Document:
        return self._desk.app.lot_papers.render(found.lot.id, progress, wish=wish)

    def _write_paper(self, found: LotEvents, wanted: FileWanted, progress: Progress) -> Export:
        return self._desk.app.lot_papers.export(
            found.lot.id,
            wanted.path,
            progress=progress,
            overwrite=wanted.overwrite,
            copy=wanted.copy,
            wish=wanted.wish,
        )

    def _note_print(self, found: LotEvents, document: Document, pages: int) -> None:
        self._desk.app.lot_papers.note_print(found.lot.id, document, pages)

    def _write(self, work: Callable[[], Lot], toast: str) -> None:
        def done(_lot: Lot) -> None:
            self._desk.toast(toast)
            self._changed()

        self._desk.write(work, while_alive(self, done))

    def _changed(self) -> None:
        self.show_lot(self._wanted)
        self.changed.emit()


def _columns() -> list[Column[LotEvent]]:
    return [
        Column(head=_("Day"), text=_day_words, key="day", tip=lambda line: time_of(line.at)),
        Column(
            head=_("Patient"),
            text=lambda line: line.code,
            key="patient",
            font=lambda _line: fonts.sized("id"),
        ),
        Column(head=_("Event"), text=lambda line: line.term, key="event"),
        Column(head=_("Seriousness"), text=lambda line: line.serious, key="serious"),
        Column(head=_("Session"), text=_session_words, key="session"),
        Column(head=_("Dose"), text=_dose_words),
        Column(head=_("Case"), text=lambda line: line.report or _("none"), key="report"),
    ]


def _day_words(line: LotEvent) -> str:
    return time_of(line.at.date_part() if line.at is not None else None)


def _session_words(line: LotEvent) -> str:
    return (line.session.number if line.session is not None else None) or _("no session")


def _dose_words(line: LotEvent) -> str:
    return amount_words(line.giving) if line.giving is not None else ""


def hold_words(hold: Hold) -> str:
    """Return who held the lot, when and why, and how that ended."""
    begun = _("Held {when} by {who}: {why}").format(
        when=show_date(hold.at) if hold.at is not None else _("at an unknown time"),
        who=hold.by or _("nobody named"),
        why=hold.reason or "",
    )
    if hold.released_at is None:
        return begun
    ended = _("released {when} by {who}: {why}").format(
        when=show_date(hold.released_at),
        who=hold.released_by or _("nobody named"),
        why=hold.release_reason or "",
    )
    return f"{begun}; {ended}"


def summary_words(found: LotEvents) -> str:
    """Return how many events there are, in how many sessions it was given, and the terms."""
    given = _("given in {sessions} sessions to {patients} patients").format(
        sessions=found.sessions, patients=found.patients
    )
    if not found.lines:
        return _("No event recorded, {given}").format(given=given)
    counted = tallies(found.lines)
    terms = [f"{t.term} {t.events}" for t in counted[:_MOST_TERMS]]
    if len(counted) > _MOST_TERMS:
        terms.append(_("{n} other terms").format(n=len(counted) - _MOST_TERMS))
    return _("{n} events, {given}: {terms}").format(
        n=len(found.lines), given=given, terms=", ".join(terms)
    )

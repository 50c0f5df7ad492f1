"""Search: everything that is found by some words, narrowed by facts, kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists import label as words_of
from aeapp.domain.codelists.finding import FoundKind, FoundSerious
from aeapp.domain.finding.question import Answer, Hit, Question
from aeapp.domain.records import SavedSearch
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from aeapp.services.finding import question_of
from forms.desk import Desk
from forms.finding import day_of, open_hit
from forms.models.paged import Column, Deliver, PagedModel
from forms.search_facets import Facets, state_words
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard, card
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.tables import Table

PAUSE_MS = 120
WITH_KEYS = 9
WIDTHS = (96, 250, 0, 110, 120, 120)


_ONE = {
    FoundKind.PATIENT: N_("Patient"),
    FoundKind.SESSION: N_("Session"),
    FoundKind.EVENT: N_("Event"),
    FoundKind.REPORT: N_("Report"),
}


def _kind(hit: Hit) -> str:
    return _(_ONE[FoundKind(hit.kind)])


def _serious(hit: Hit) -> str:
    return _(words_of(FoundSerious(hit.serious))) if hit.serious else ""


COLUMNS: tuple[Column[Hit], ...] = (
    Column(head=N_("Kind"), text=_kind),
    Column(head=N_("Found"), text=lambda hit: hit.title),
    Column(head=N_("Whose"), text=lambda hit: hit.second),
    Column(head=N_("Day"), text=day_of),
    Column(head=N_("State"), text=lambda hit: state_words(hit.state)),
    Column(head=N_("Seriousness"), text=_serious),
)


class WordsLine(QLineEdit):
    """What is looked for; arrows walk the list below it, Enter goes there."""

    def __init__(self, table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setProperty("kind", "large")
        self.setObjectName("search.words")
        self.setPlaceholderText(_("Name, number, event, lot, words of a note or report"))
        self.setAccessibleName(_("Search patients, sessions, events and reports"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if down and self._table.model().rowCount():
            self._table.enter()
        else:
            super().keyPressEvent(event)


class SearchPlace(QWidget):
    """Words, facts, hits, and the searches that this person keeps."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName(_("Search"))
        self._desk = desk
        self._asked = 0
        self._hits: dict[str, Hit] = {}
        self._kept: SavedSearch | None = None
        self.table = Table(_("What was found"), self)
        columns = [Column(head=_(c.head), text=c.text) for c in COLUMNS]
        self.model: PagedModel[Hit] = PagedModel(columns, self._fetch, _id_of, self)
        self.table.setModel(self.model)
        self.words = WordsLine(self.table, self)
        self.facets = Facets(self)
        self.keep = Button(_("Keep this search"), self, shortcut="Alt+K")
        self.keep.setObjectName("search.keep")
        self.forget = Button(_("Forget it"), self, kind="small")
        self.forget.setObjectName("search.forget")
        self.name = QLineEdit(self)
        self.name.setObjectName("search.name")
        self.name.setAccessibleName(_("Name of the kept search"))
        self.name.setPlaceholderText(_("Name, then Enter"))
        self._told = label("", "caption", self)
        self._empty = EmptyCard(_(_BEGIN), self)
        self._nothing = EmptyCard(_(_NOTHING), self)
        self._lists = QStackedWidget(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._build()
        self._connect()
        self._read_kept()
        self._show_answer(Answer(), Question())

    # --- what the window uses

    def focus_first(self) -> None:
        """Put the cursor into the words."""
        self.words.setFocus()
        self.words.selectAll()

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return [self.words, self.facets, self.table]

    def refresh(self) -> None:
        """Look again: something was stored."""
        self._find()

    def look_for(self, words: str) -> None:
        """Look for words, not narrowed by anything."""
        self._show_question(Question(words=words))

    # --- building

    def _build(self) -> None:
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for section, width in enumerate(WIDTHS):
            if width:
                head.resizeSection(section, px(width))
            else:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        frame = card(self, padding=4, gap=0)
        frame.layout().addWidget(self.table)  # type: ignore[union-attr]
        for page in (frame, self._empty, self._nothing):
            self._lists.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(8)
        for part, stretch in ((self.words, 1), (self.name, 0), (self.forget, 0), (self.keep, 0)):
            top.addWidget(part, stretch)
        self.name.setFixedWidth(px(180))
        self.name.hide()
        self.forget.hide()
        self._row = QWidget(self)
        self._row.setAccessibleName(_("Kept searches"))
        self._flow = FlowLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._row)
        narrow = card(self, padding=12, gap=0)
        narrow.layout().addWidget(self.facets)  # type: ignore[union-attr]
        column.addWidget(narrow)
        column.addWidget(self._told)
        column.addWidget(self._lists, 1)

    def _connect(self) -> None:
        self.words.textEdited.connect(self._on_edited)
        self._timer.timeout.connect(self._find)
        self.facets.changed.connect(self._find)
        self.table.opened.connect(self._on_opened)
        self.keep.clicked.connect(self._on_keep)
        self.forget.clicked.connect(self._on_forget)
        self.name.returnPressed.connect(self._on_named)

    # --- finding

    def _on_edited(self, _text: str) -> None:
        self._timer.start()

    def _find(self) -> None:
        try:
            question = self.facets.narrow(Question(words=self.words.text()))
        except BadInputError:
            return  # said beside the day
        self._asked += 1
        number, finding = self._asked, self._desk.app.finding

        def done(answer: Answer) -> None:
            if number == self._asked:
                self._show_answer(answer, question)

        self._desk.find(lambda: finding.find(question), done)

    def _show_answer(self, answer: Answer, question: Question) -> None:
        self._hits = {_id_of(hit): hit for hit in answer.hits}
        self.model.show_ids(list(self._hits))
        self.facets.show_counts(answer.counts)
        self._lists.setCurrentIndex(0 if answer.hits else 2 if question.asks else 1)
        self._told.setText(_told(answer))
        self.keep.setEnabled(question.asks)

    def _fetch(self, ids: Sequence[str], deliver: Deliver[Hit]) -> None:
        deliver([self._hits[one] for one in ids])

    def _on_opened(self, row: int) -> None:
        open_hit(self._desk, self._hits[self.model.id_at(row)])

    # --- kept searches

    def _read_kept(self) -> None:
        finding = self._desk.app.finding
        self._desk.find(lambda: (finding.kept(), finding.products()), self._on_read)

    def _on_read(self, read: tuple[list[SavedSearch], list[tuple[str, str]]]) -> None:
        kept, products = read
        self.facets.show_products(products)
        self._flow.clear()
        for n, search in enumerate(kept, start=1):
            key = f"Alt+{n}" if n <= WITH_KEYS else ""
            button = Button(search.name or "", self._row, kind="small", icon="find", shortcut=key)
            button.clicked.connect(partial(self._on_kept, search))
            self._flow.addWidget(button)
            button.show()
        self._row.setVisible(bool(kept))

    def _on_kept(self, search: SavedSearch) -> None:
        self._show_question(question_of(search))
        self._kept = search
        self.forget.show()

    def _show_question(self, question: Question) -> None:
        self._kept = None
        self.forget.hide()
        self.words.setText(question.words)
        self.facets.show_question(question)
        self._find()

    def _on_keep(self) -> None:
        self.name.setText((self._kept.name or "") if self._kept else "")
        self.name.show()
        self.name.setFocus()

    def _on_named(self) -> None:
        name, finding = self.name.text(), self._desk.app.finding
        question = self.facets.narrow(Question(words=self.words.text()))
        self.name.hide()
        self.words.setFocus()
        self._desk.write(lambda: finding.keep(name, question), self._on_stored)

    def _on_forget(self) -> None:
        search, finding = self._kept, self._desk.app.finding
        if search is not None:
            self._kept = None
            self.forget.hide()
            self._desk.write(lambda: finding.drop(search), self._on_stored)

    def _on_stored(self, _stored: object) -> None:
        self._read_kept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.name.isVisible():
            self.name.hide()
            self.words.setFocus()
        else:
            super().keyPressEvent(event)


_BEGIN = N_("Type two letters of a name, a number, an event or a lot; Enter opens what is found.")
_NOTHING = N_("Nothing has all of these words. Try fewer words, or leave a fact out.")


def _id_of(hit: Hit) -> str:
    return f"{hit.kind} {hit.id}"


def _told(answer: Answer) -> str:
    if not answer.hits:
        return ""
    count = f"{len(answer.hits):,}"
    words = _("{count} found").format(count=count)
    if answer.more:
        total = f"{sum(answer.counts['kinds'].values()):,}"
        words = _(
            "{total} found, the newest {count} of all kinds listed; more words narrow them"
        ).format(count=count, total=total)
    if answer.instead:
        pairs = ", ".join(
            _("{used} for {typed}").format(used=u, typed=t) for t, u in answer.instead
        )
        words = _("{words}. Nothing begins as typed; shown: {pairs}").format(
            words=words, pairs=pairs
        )
    return words

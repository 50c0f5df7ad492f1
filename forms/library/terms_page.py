"""Terminologies: the releases that the clinic loaded, one more from a file, and a search."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.access import Deed, for_whom
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.index import Offer
from aeapp.domain.records import Terminology
from aeapp.kernel.i18n import _
from aeapp.services.terminologies import LoadPlan, LoadSummary
from forms.alive import while_alive
from forms.desk import Desk
from forms.library.past_card import PastCard
from forms.library.term_lists import OfferModel, ReleaseModel, plan_words, release_name
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.tables import PillDelegate, Table

CTCAE, MEDDRA = TerminologyName.CTCAE, TerminologyName.MEDDRA
LEAST_TABLE = 130


class TermsPage(QWidget):
    """Releases, loading with a plan first, and the search that the chart uses too.

    Signals:
        changed: A release was loaded, or another one is in use.
        recode_asked: Events are to be coded with a release; carries it.
    """

    changed = Signal()
    recode_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("terms")
        self.setAccessibleName(_("Terminologies"))
        self._desk = desk
        self._plan: LoadPlan | None = None
        self.releases = ReleaseModel(self)
        self.release_table = Table(_("Loaded releases"), self)
        self.release_table.setModel(self.releases)
        self.load_ctcae = self._button(_("Load CTCAE"), "terms.load_ctcae")
        self.load_folder = self._button(_("Load MedDRA folder"), "terms.load_folder")
        self.load_zip = self._button(_("Load MedDRA zip"), "terms.load_zip")
        self.use = self._button(_("Use for new events"), "terms.use")
        self.recode = Button(_("Code events"), self, shortcut="Alt+R")
        self.recode.setObjectName("terms.recode")
        self.strip = QFrame(self)
        self.strip.setProperty("kind", "card")
        self.planned = label(kind="label", parent=self.strip, wrap=True)
        self.apply = Button(_("Load it"), self.strip, kind="main")
        self.apply.setObjectName("terms.apply")
        self.leave = Button(_("Leave it"), self.strip, key="Esc")
        self.leave.setObjectName("terms.leave")
        self.search = QLineEdit(self)
        self.search.setObjectName("terms.search")
        self.search.setAccessibleName(_("Search terms"))
        self.search.setPlaceholderText(_("Search terms; slips of the fingers are forgiven"))
        self.offers = OfferModel(self)
        self.offer_table = Table(_("Terms found"), self)
        self.offer_table.setModel(self.offers)
        self.none = label(kind="caption", parent=self)
        self.past = PastCard(desk, self)
        self._build()
        self._connect()

    # --- what the library uses

    def focus_first(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()

    def refresh(self) -> None:
        """Read the releases again, and what is searched."""
        shown = while_alive(self, self._on_releases)
        self._desk.read(self._desk.app.terminologies.releases, shown)
        self._find()
        self.past.refresh()

    # --- building

    def _button(self, words: str, name: str) -> Button:
        made = Button(words, self)
        made.setObjectName(name)
        return made

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._release_card())
        column.addWidget(self._search_card(), 1)
        column.addWidget(self.past)
        inner = QVBoxLayout(self.strip)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(8)
        inner.addWidget(self.planned)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.apply)
        inner.addLayout(row)
        self.strip.hide()
        for table, widths in (
            (self.release_table, (0, 80, 90, 220, 90)),
            (self.offer_table, (0, 170, 110, 200)),
        ):
            head = table.horizontalHeader()
            head.setStretchLastSection(False)
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            for n, width in enumerate(widths[1:], start=1):
                head.resizeSection(n, px(width))
            table.setMinimumHeight(px(LEAST_TABLE))
        pills = PillDelegate(self.releases.pill, self.release_table)
        self.release_table.setItemDelegateForColumn(4, pills)

    def _release_card(self) -> QFrame:
        made = card(self)
        column = made.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - a card has a column
        column.addWidget(label(_("Terminologies"), "title", made))
        column.addWidget(
            label(
                _(
                    "Without a release the clinic's own list is used; codes can be added later, "
                    "for many events at once. Load CTCAE as NCI publishes it, or your own MedDRA."
                ),
                "caption",
                made,
                wrap=True,
            )
        )
        column.addWidget(self.release_table)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.use)
        row.addWidget(self.recode)
        row.addStretch(1)
        for button in (self.load_ctcae, self.load_folder, self.load_zip):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.strip)
        return made

    def _search_card(self) -> QFrame:
        made = card(self)
        column = made.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - a card has a column
        column.addWidget(self.search)
        column.addWidget(self.none)
        column.addWidget(self.offer_table, 1)
        return made

    def _connect(self) -> None:
        ask = self._desk.ask
        self.load_ctcae.clicked.connect(
            lambda: ask.open_file(
                _("CTCAE as a workbook or a CSV"),
                None,
                _("Tables (*.xlsx *.csv)"),
                partial(self._read, CTCAE),
            )
        )
        self.load_folder.clicked.connect(
            lambda: ask.folder(_("Folder MedAscii of MedDRA"), None, partial(self._read, MEDDRA))
        )
        self.load_zip.clicked.connect(
            lambda: ask.open_file(
                _("Archive of MedDRA"), None, _("Archives (*.zip)"), partial(self._read, MEDDRA)
            )
        )
        self.apply.clicked.connect(self._on_apply)
        self.leave.clicked.connect(self._end_plan)
        self.use.clicked.connect(self._on_use)
        self.recode.clicked.connect(self._on_recode)
        self.search.textEdited.connect(self._find)
        self.release_table.selectionModel().currentRowChanged.connect(self._on_row)

    # --- loading

    def _read(self, name: TerminologyName, path: Path) -> None:
        service = self._desk.app.terminologies
        shown = while_alive(self, self._on_plan)
        self._desk.read(lambda: service.plan(name, path), shown)

    def _on_plan(self, plan: LoadPlan) -> None:
        self._plan = plan
        self.planned.setText(plan_words(plan.summary))
        self.apply.setEnabled(not plan.summary.loaded_already)
        self.strip.show()
        (self.leave if plan.summary.loaded_already else self.apply).setFocus()

    def _end_plan(self) -> None:
        self._plan = None
        self.strip.hide()
        self.load_ctcae.setFocus()

    def _on_apply(self) -> None:
        plan, service = self._plan, self._desk.app.terminologies
        if plan is None:
            return
        self._end_plan()
        self._desk.write(lambda: service.load(plan), while_alive(self, self._on_loaded))

    def _on_loaded(self, done: LoadSummary) -> None:
        words = _("{name} {version} is loaded.")
        self._desk.toast(words.format(name=done.terminology, version=done.edition))
        self.refresh()
        self.changed.emit()

    # --- releases

    def _on_releases(self, found: tuple[Terminology, ...]) -> None:
        self.releases.show(found)
        self.use.setEnabled(False)
        may = self._desk.app.recodings.may_undo
        self.recode.setEnabled(bool(found) and may)
        self.recode.setToolTip("" if may else for_whom(Deed.RECODE))

    def _on_recode(self) -> None:
        """Go on with the chosen release, else with the first one in use."""
        rows: list[Terminology] = self.releases.rows
        chosen = self._chosen() or next((r for r in rows if r.current), None)
        if chosen is not None:
            self.recode_asked.emit(chosen)

    def _chosen(self) -> Terminology | None:
        index = self.release_table.currentIndex()
        return self.releases.rows[index.row()] if index.isValid() else None

    def _on_row(self, *_rows: object) -> None:
        chosen = self._chosen()
        self.use.setEnabled(chosen is not None and not chosen.current)

    def _on_use(self) -> None:
        chosen, service = self._chosen(), self._desk.app.terminologies
        if chosen is None:
            return

        def done(release: Terminology) -> None:
            words = _("New events are coded with {name} {version}.")
            self._desk.toast(words.format(name=release_name(release), version=release.edition))
            self.refresh()
            self.changed.emit()

        self._desk.write(lambda: service.use(chosen.id), while_alive(self, done))

    # --- searching

    def _find(self, *_typed: object) -> None:
        typed, search = self.search.text(), self._desk.app.coding.search

        def done(found: tuple[Offer, ...]) -> None:
            # Only the newest question is answered.
            if self.search.text() == typed:
                self._show(typed, found)

        work: Callable[[], tuple[Offer, ...]] = partial(search, typed)
        self._desk.read(work, while_alive(self, done))

    def _show(self, typed: str, found: tuple[Offer, ...]) -> None:
        self.offers.show(found)
        self.none.setVisible(bool(typed.strip()) and not found)
        nothing = _("No term is like this; an event keeps the reporter's words.")
        self.none.setText(nothing if typed.strip() and not found else "")

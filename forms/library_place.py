"""Library: products and lots at the left; at the right the record, its stock and who got it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.records import Lot, Product, Terminology
from aeapp.kernel.i18n import _
from aeapp.services.stock import LotStock, Shelf
from forms.desk import Desk
from forms.library.forms_page import FormsPage
from forms.library.lists import Line, ShelfModel, lines_of
from forms.library.lot_page import LOT_PATHS, LotPage
from forms.library.recode_page import RecodePage
from forms.library.record_form import RecordForm
from forms.library.terms_page import TermsPage
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard, card
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.list_and_page import ListAndPage
from forms.widgets.tables import PillDelegate, Table

TWO_COLUMNS_FROM = 1000
LEAST_LIST = 150
PRODUCT_PATHS = (
    "name", "strength", "strength_unit", "ndc", "maker", "application", "combination",
    "controlled", "types",
)  # fmt: skip


class LibraryPlace(QWidget):
    """Products, their lots, and what became of each."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAccessibleName(_("Library"))
        self._desk = desk
        self._shelves: tuple[Shelf, ...] = ()
        self._chosen = ""
        self._asking = False
        self.model = ShelfModel(self)
        self.table = Table(_("Products and lots"), self)
        self.table.setModel(self.model)
        self.search = QLineEdit(self)
        self.search.setProperty("kind", "large")
        self.search.setObjectName("library.search")
        self.search.setPlaceholderText(_("Search product or lot"))
        self.search.setAccessibleName(_("Search products and lots"))
        self.new_product = Button(_("New product"), self, icon="add", shortcut="Alt+N")
        self.new_product.setObjectName("library.new_product")
        self.new_lot = Button(_("New lot"), self, icon="add", shortcut="Alt+L")
        self.new_lot.setObjectName("library.new_lot")
        self.terms = Button(_("Terms"), self, shortcut="Alt+K")
        self.terms.setObjectName("library.terms")
        self.forms = Button(_("Official forms"), self, shortcut="Alt+O")
        self.forms.setObjectName("library.forms")
        self._count = label(kind="caption", parent=self)
        self.product_form = RecordForm(_("Product"), Product(), PRODUCT_PATHS, desk, self)
        self.lot_form = RecordForm(_("New lot"), Lot(), LOT_PATHS, desk, self)
        self.lot_page = LotPage(desk, self)
        self.terms_page = TermsPage(desk, self)
        self.recode_page = RecodePage(desk, self)
        self.forms_page = FormsPage(desk, self)
        self._none = EmptyCard(_("Choose a product or a lot."), self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self.refresh()

    # --- what the window uses

    def focus_first(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return [self.search, self.table, self._pages]

    def flush(self) -> None:
        """Store what was typed."""
        for form in (self.product_form, self.lot_form, self.lot_page.form):
            form.leave()

    def refresh(self) -> None:
        """Read the library again."""
        self._desk.read(self._desk.app.stock.shelves, self._on_shelves)
        if self._pages.currentWidget() is self._lot_scroll:
            self._read_lot()
        elif self._pages.currentWidget() is self._terms_scroll:
            self.terms_page.refresh()
        elif self._pages.currentWidget() is self._forms_scroll:
            self.forms_page.refresh()

    def open_lot(self, lot_id: str, *, asking: bool = False) -> None:
        """Show the page of a lot; ``asking`` puts the focus on what waits for an answer."""
        self.flush()
        self._chosen, self._asking = lot_id, asking
        self.search.clear()
        self._show_lines()
        self._read_lot()

    # --- building

    def _build(self) -> None:
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, px(150))
        self.table.setItemDelegateForColumn(1, PillDelegate(self.model.pill, self.table))
        self.table.setMinimumHeight(px(LEAST_LIST))
        frame = card(self, padding=4, gap=0)
        inner = frame.layout()
        assert inner is not None  # noqa: S101 - a card has a column
        inner.addWidget(self.table)
        buttons = QWidget(self)
        flow = FlowLayout(buttons, gap=8)
        for button in (self.new_product, self.new_lot, self.terms, self.forms, self._count):
            flow.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(buttons)
        left.addWidget(frame, 1)
        self._pages.addWidget(self._none)
        self._product_scroll = self._scrolled(self.product_form)
        self._new_lot_scroll = self._scrolled(self.lot_form)
        self._lot_scroll = self._scrolled(self.lot_page)
        self._terms_scroll = self._scrolled(self.terms_page)
        self._recode_scroll = self._scrolled(self.recode_page)
        self._forms_scroll = self._scrolled(self.forms_page)
        halves = ListAndPage(
            left, self._pages, self, shares=(4, 7), side_by_side_from=TWO_COLUMNS_FROM
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(halves)

    def _scrolled(self, widget: QWidget) -> QScrollArea:
        page = QWidget()
        page.setProperty("kind", "scrolled")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea(self._pages)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._pages.addWidget(scroll)
        return scroll

    def _connect(self) -> None:
        self.search.textEdited.connect(self._show_lines)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.new_product.clicked.connect(self._on_new_product)
        self.new_lot.clicked.connect(self._on_new_lot)
        self.terms.clicked.connect(self._on_terms)
        self.forms.clicked.connect(self._on_forms)
        self.terms_page.recode_asked.connect(self._on_recode)
        self.recode_page.left.connect(self._on_terms)
        self.product_form.saved.connect(self._on_saved)
        self.lot_form.saved.connect(self._on_lot_made)
        self.lot_page.changed.connect(self.refresh)

    # --- showing

    def _on_shelves(self, shelves: tuple[Shelf, ...]) -> None:
        self._shelves = shelves
        self._show_lines()
        found = next((s.product for s in shelves if s.product.id == self._chosen), None)
        if found is not None:
            self.product_form.renew(found)

    def _show_lines(self, *_typed: object) -> None:
        lines = lines_of(self._shelves, self.search.text(), self._desk.app.context.today())
        lots = sum(1 for line in lines if line.lot is not None)
        self._count.setText(
            _("Products {products}, lots {lots}").format(products=len(lines) - lots, lots=lots)
        )
        chosen = self._chosen
        self.model.show(lines)
        row = next((n for n, line in enumerate(lines) if line.id == chosen), -1)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._chosen = chosen
        self.new_lot.setEnabled(bool(self._product()))

    def _line(self) -> Line | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _product(self) -> Product | None:
        line = self._line()
        return None if line is None else line.product

    def _on_row(self, current: QModelIndex) -> None:
        line = self._line() if current.isValid() else None
        if line is None or line.id == self._chosen:
            return
        self.flush()
        self._chosen = line.id
        self.new_lot.setEnabled(True)
        if line.lot is None:
            self.product_form.show_record(line.product)
            self._pages.setCurrentWidget(self._product_scroll)
        else:
            self._read_lot()

    def _on_opened(self, row: int) -> None:
        line: Line = self.model.rows[row]
        if line.lot is None:
            self.product_form.focus_first()
        else:
            self.lot_page.book_table.setFocus()

    def _read_lot(self) -> None:
        lot_id, stock = self._chosen, self._desk.app.stock

        def done(found: LotStock) -> None:
            if self._chosen == lot_id:
                self.lot_page.show_stock(found)
                self._pages.setCurrentWidget(self._lot_scroll)
                if self._asking:
                    self.lot_page.focus_gap()
                self._asking = False

        self._desk.read(lambda: stock.of_lot(lot_id), done)

    # --- entering

    def _on_new_product(self) -> None:
        self._chosen = ""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.product_form.show_record(Product())
        self._pages.setCurrentWidget(self._product_scroll)
        self.product_form.focus_first()

    def _on_new_lot(self) -> None:
        product = self._product()
        if product is None:
            return
        self._chosen = ""
        self.lot_form.show_record(Lot(product_id=product.id))
        self._pages.setCurrentWidget(self._new_lot_scroll)
        self.lot_form.focus_first()

    def _leave_the_list(self) -> None:
        self.flush()
        self._chosen = ""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())

    def show_forms(self) -> None:
        """Show the official forms."""
        self._on_forms()

    def show_terms(self) -> None:
        """Show the terminologies."""
        self._on_terms()

    def _on_forms(self) -> None:
        self._leave_the_list()
        self._pages.setCurrentWidget(self._forms_scroll)
        self.forms_page.refresh()
        self.forms_page.focus_first()

    def _on_terms(self) -> None:
        self._leave_the_list()
        self._pages.setCurrentWidget(self._terms_scroll)
        self.terms_page.refresh()
        self.terms_page.focus_first()
        self._terms_scroll.ensureWidgetVisible(self.terms_page.search)

    def _on_recode(self, release: Terminology) -> None:
        self._pages.setCurrentWidget(self._recode_scroll)
        self.recode_page.open_release(release)
        self.recode_page.focus_first()

    def _on_saved(self, product: Product) -> None:
        # Stored on leaving it, something else is on the screen by now.
        if not self._chosen and self.product_form.editor.saved.id == product.id:
            self._chosen = product.id
        self.refresh()

    def _on_lot_made(self, lot: Lot) -> None:
        if not self._chosen and self.lot_form.editor.saved.id == lot.id:
            self.open_lot(lot.id)
        self.refresh()

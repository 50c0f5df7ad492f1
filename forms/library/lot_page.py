"""One lot: how long it may be used, its book, what is missing, who got it, and its form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from aeapp.domain.chair.amounts import words
from aeapp.domain.chair.doses import product_words
from aeapp.domain.chair.lots import expiry
from aeapp.domain.chair.stock import Book, Vial
from aeapp.domain.codecs import show
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Lot
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.stock import LotStock
from forms.chair.lot_field import STATUS
from forms.desk import Desk
from forms.library.gap_card import NOTICE, GapCard, answering, go_on
from forms.library.lists import BookModel, RecipientModel
from forms.library.lot_events_card import LotEventsCard
from forms.library.move_row import Move, MoveRow
from forms.library.record_form import RecordForm
from forms.theme import Status, px
from forms.widgets.buttons import Pill
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.tables import Table

LOT_PATHS = (
    "number",
    "expires",
    "bought_from",
    "bought_on",
    "bought_address",
    "bought_city",
    "bought_state",
    "bought_postal_code",
    "bought_country",
    "bought_website",
)
_BOOK_WIDTHS = (166, 100, 90, 76, 150, 0)
_RECIPIENT_WIDTHS = (166, 80, 0, 150, 100)
_MOST_ROWS = 8


class LotPage(QWidget):
    """The page of one lot.

    Signals:
        changed: Something of the lot was stored.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Lot"))
        self._desk = desk
        self._stock: LotStock | None = None
        self.form = RecordForm(_("Lot"), Lot(), LOT_PATHS, desk, self)
        self.form.saved.connect(lambda _record: self.changed.emit())
        self._name = label(kind="heading", parent=self)
        self._product = label(kind="label", parent=self)
        self._pill = Pill(Status.OK, "", self)
        self._balance = label(kind="reading", parent=self, wrap=True)
        self._balance.setObjectName("lot.balance")
        self._more = label(kind="caption", parent=self, wrap=True)
        self.moves = MoveRow(self)
        self.moves.moved.connect(self._on_moved)
        self.book = BookModel(self)
        self.recipients = RecipientModel(self)
        self.book_table = self._table(_("Book of the lot"), self.book, _BOOK_WIDTHS)
        self.got_table = self._table(_("Who got it"), self.recipients, _RECIPIENT_WIDTHS)
        self.got_table.opened.connect(self._on_opened)
        self.events = LotEventsCard(desk, self)
        self.events.changed.connect(self.changed)
        self.gaps: list[GapCard] = []
        self._gap_column = QVBoxLayout()
        self._gap_column.setSpacing(8)
        self._build()

    def _table(
        self, name: str, model: BookModel | RecipientModel, widths: tuple[int, ...]
    ) -> Table:
        table = Table(name, self)
        table.setModel(model)
        head = table.horizontalHeader()
        head.setStretchLastSection(False)
        for section, width in enumerate(widths):
            if width:
                head.resizeSection(section, px(width))
            else:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        return table

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for part in (self._name, self._product):
            head.addWidget(part)
        head.addWidget(self._pill)
        head.addStretch(1)
        stock = card(self, padding=16, gap=8)
        inner = stock.layout()
        assert inner is not None  # noqa: S101 - a card has a column
        inner.addWidget(label(_("Stock"), "strong", stock))
        for widget in (self._balance, self._more, self.moves, self.book_table):
            inner.addWidget(widget)
        got = card(self, padding=16, gap=8)
        inner = got.layout()
        assert inner is not None  # noqa: S101 - a card has a column
        inner.addWidget(label(_("Who got it"), "strong", got))
        inner.addWidget(self.got_table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._gap_column)
        for frame in (self.events, stock, got, self.form):
            column.addWidget(frame)
        column.addStretch(1)

    # --- showing

    def show_stock(self, stock: LotStock) -> None:
        """Show a lot as it stands."""
        other = self._stock is None or self._stock.lot.id != stock.lot.id
        self._stock = stock
        today = self._desk.app.context.today()
        self._name.setText(show(stock.lot.number) or _("number not known"))
        self._product.setText(product_words(stock.product))
        found = expiry(stock.lot, today)
        self._pill.show_status(STATUS.get(found.shelf, Status.OK), found.words)
        self._balance.setText(balance_words(stock.book))
        self._more.setText(more_words(stock.book, stock.vials))
        self.moves.show_lot(stock.book.unit, controlled=stock.product.controlled is True)
        self.book.show_book(stock.book)
        self.recipients.show_recipients(stock.recipients)
        for table in (self.book_table, self.got_table):
            _fit(table)
        self._show_gaps(stock)
        self.events.show_lot(stock.lot.id)
        if other:
            self.form.show_record(stock.lot)
        else:
            self.form.renew(stock.lot)

    def _show_gaps(self, stock: LotStock) -> None:
        held = answering(self.gaps)
        for old in self.gaps:
            self._gap_column.removeWidget(old)
            old.hide()
            old.deleteLater()
        today = self._desk.app.context.today()
        self.gaps = [GapCard(gap, stock.product, today, self) for gap in stock.gaps]
        for made in self.gaps:
            made.answered.connect(self._on_answered)
            made.met.connect(self._on_met)
            self._gap_column.addWidget(made)
        if held and not go_on(self.gaps, held):
            self.book_table.setFocus()

    def focus_gap(self) -> None:
        """Put the focus on the first gap that waits for an answer, else on the events."""
        waiting = [c for c in self.gaps if c.waits]
        if waiting:
            waiting[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stock is not None:
            self.events.show_lot(self._stock.lot.id, asking=True)

    # --- acting

    def _on_moved(self, move: Move) -> None:
        found, service = self._stock, self._desk.app.stock
        if found is None:
            return
        self._write(
            lambda: service.move(
                found.lot,
                move.kind,
                move.amount,
                move.unit,
                vial=move.vial,
                witness=move.witness,
                reason=move.reason,
            ),
            _("{what} recorded.").format(what=_(move.kind.words)),
        )

    def _on_answered(self, movement_id: str, answer: bool | NullFlavor, reason: str) -> None:
        service = self._desk.app.stock
        self._write(
            lambda: service.answer_loss(movement_id, answer=answer, reason=reason),
            _("Answer recorded."),
        )

    def _on_met(self, movement_id: str, name: str, day: PartialDate) -> None:
        service = self._desk.app.stock
        record = service.record_notice if name == NOTICE else service.record_form_106
        self._write(lambda: record(movement_id, day), _("Day recorded."))

    def _write(self, work: Callable[[], object], toast: str) -> None:
        def done(_stored: object) -> None:
            self._desk.toast(toast)
            self.changed.emit()

        self._desk.write(work, done)

    def _on_opened(self, row: int) -> None:
        session = self.recipients.rows[row].session
        if session is not None:
            self._desk.show_session(session.id)


def _fit(table: Table) -> None:
    """Make a table as high as its rows, up to eight; more are scrolled."""
    rows = min(max(table.model().rowCount(), 1), _MOST_ROWS)
    head = table.horizontalHeader().sizeHint().height()
    table.setFixedHeight(head + rows * table.verticalHeader().defaultSectionSize() + px(6))


def balance_words(book: Book) -> str:
    """Return ``450 mg should be there``, or that nothing was recorded as received."""
    if book.balance is None:
        return _("Nothing was recorded as received or counted")
    unit = _(book.unit.words)
    return _("{amount} {unit} should be there").format(amount=words(book.balance), unit=unit)


def more_words(book: Book, vials: tuple[Vial, ...]) -> str:
    """Return what was given and wasted in all, what is left out, and what each vial holds."""
    unit = _(book.unit.words)
    parts = [
        _("given {given} {unit}").format(given=words(book.given), unit=unit),
        _("wasted {wasted} {unit}").format(wasted=words(book.wasted), unit=unit),
    ]
    if book.left_out:
        parts.append(_("{count} entries not in the balance").format(count=len(book.left_out)))
    for vial in vials:
        left = _("not known") if vial.left is None else f"{words(vial.left)} {unit}"
        parts.append(_("vial {mark}: {left} left").format(mark=vial.mark, left=left))
    return ", ".join(parts)

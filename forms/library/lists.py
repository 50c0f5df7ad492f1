"""The lists of the library: products with their lots, the book of a lot, and who got it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from aeapp.domain.chair.amounts import words
from aeapp.domain.chair.doses import amount_words, product_words
from aeapp.domain.chair.lots import expiry
from aeapp.domain.chair.stock import Book, Entry
from aeapp.domain.codecs import show, show_date
from aeapp.domain.records import Administration, Lot, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.stock import Recipient, Shelf
from forms import fonts
from forms.chair.lot_field import STATUS
from forms.session_header import name_words
from forms.theme import Status

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line of the list at the left: a product, or a lot of the product above it."""

    product: Product
    lot: Lot | None
    words: str
    to: str
    status: Status | None = None

    @property
    def id(self) -> str:
        """Return the id of what the line stands for."""
        return self.product.id if self.lot is None else self.lot.id


def lines_of(shelves: Sequence[Shelf], search: str, today: dt.date) -> list[Line]:
    """Return the lines of products and lots whose words hold ``search``."""
    wanted = search.strip().casefold()
    found = []
    for shelf in shelves:
        product = Line(shelf.product, None, product_words(shelf.product) or _("not named"), "")
        whole = wanted in product.words.casefold()
        lots = [_lot_line(shelf.product, lot, today) for lot in shelf.lots]
        kept = [line for line in lots if whole or wanted in line.words.casefold()]
        if whole or kept:
            found += [product, *kept]
    return found


def _lot_line(product: Product, lot: Lot, today: dt.date) -> Line:
    found = expiry(lot, today)
    number = show(lot.number) or _("number not known")
    return Line(product, lot, number, found.words, STATUS.get(found.shelf))


class TextTable(QAbstractTableModel):
    """A table of texts that was made as a whole."""

    heads: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def cell(self, row: Any, column: int) -> str:
        """Return the text of a cell."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self.right:
            return _RIGHT
        return self.heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in _TEXT or role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(self.rows[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self.right:
            return _RIGHT
        return None


class ShelfModel(TextTable):
    """Products, each followed by its lots."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Product or lot"), _("May be used"))

    def cell(self, row: Line, column: int) -> str:
        if column:
            return "" if row.status is not None else row.to
        return row.words if row.lot is None else f"      {row.words}"

    def pill(self, index: Index) -> tuple[Status, str] | None:
        """Return the status of a lot that is past its date, or soon will be."""
        line: Line = self.rows[index.row()]
        return None if line.status is None else (line.status, line.to)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line: Line = self.rows[index.row()]
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return fonts.sized("strong" if line.lot is None else "id")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = _("Product") if line.lot is None else _("Lot")
            return f"{kind} {line.words} {line.to}".strip()
        return super().data(index, role)


def time_of(at: PartialDate | None) -> str:
    """Return ``23-Nov-2026 14:40``; that no time is known where none is."""
    return show_date(at) if at is not None else _("not known")


class BookModel(TextTable):
    """The entries of a lot's book, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (
            _("Time"),
            _("What"),
            _("Amount"),
            _("Balance"),
            _("By, witness"),
            _("Note"),
        )
        self.right = frozenset({2, 3})

    def show_book(self, book: Book) -> None:
        """Show a book."""
        self.show(book.entries[::-1])

    def cell(self, row: Entry, column: int) -> str:
        return (self._time, self._what, self._amount, self._balance, self._by, self._note)[column](
            row
        )

    def _time(self, row: Entry) -> str:
        return time_of(row.at)

    def _what(self, row: Entry) -> str:
        vial = None if isinstance(row.record, Administration) else row.record.vial
        return row.words if vial is None else f"{row.words} #{vial}"

    def _amount(self, row: Entry) -> str:
        record = row.record
        if isinstance(record, Administration):
            return amount_words(record)
        unit = _(record.unit.words) if record.unit is not None else ""
        return "" if record.amount is None else f"{words(record.amount)} {unit}".strip()

    def _balance(self, row: Entry) -> str:
        return "" if row.balance is None else words(row.balance)

    def _by(self, row: Entry) -> str:
        record = row.record
        if isinstance(record, Administration):
            return record.given_by or ""
        return ", ".join(name for name in (record.by, record.witness) if name)

    def _note(self, row: Entry) -> str:
        reason = None if isinstance(row.record, Administration) else row.record.reason
        left = _("not in the balance: {why}").format(why=row.left_out) if row.left_out else ""
        off = ""
        if row.off:
            off = _("count differs by {amount}").format(amount=words(row.off))
        return ", ".join(part for part in (left, off, reason or "") if part)


class RecipientModel(TextTable):
    """Who got a lot, the newest first; Enter opens the session."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Time"), _("Code"), _("Patient"), _("Session"), _("Dose"))

    def show_recipients(self, recipients: Sequence[Recipient]) -> None:
        """Show who got it."""
        self.show(recipients[::-1])

    def cell(self, row: Recipient, column: int) -> str:
        started = row.giving.started
        if column == 0:
            return time_of(started if isinstance(started, PartialDate) else None)
        if column == len(self.heads) - 1:
            return amount_words(row.giving)
        patient, session = row.patient, row.session
        texts = (
            (patient.code or "") if patient is not None else "",
            name_words(patient) if patient is not None else "",
            (session.number or "") if session is not None else "",
        )
        return texts[column - 1]

"""Receive, count, waste or return stock of a lot: one key, an amount, Enter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import read
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.findings import item_problem
from aeapp.domain.items import spec_at
from aeapp.domain.records import StockMovement
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from forms import fonts
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.choice import SearchBox
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Note, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# What can be done with stock outside a session, its words and its letter.
MOVES: dict[MovementKind, tuple[str, str]] = {
    MovementKind.RECEIVED: (N_("Receive…"), "E"),
    MovementKind.COUNTED: (N_("Count…"), "C"),
    MovementKind.WASTED: (N_("Waste…"), "W"),
    MovementKind.RETURNED: (N_("Return…"), "T"),
}
_WITH_REASON = (MovementKind.WASTED, MovementKind.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Move:
    """A movement as it was typed."""

    kind: MovementKind
    amount: Decimal
    unit: Amount
    vial: str | None
    witness: str | None
    reason: str | None


class MoveRow(QFrame):
    """Four buttons, and the row that opens under them.

    Signals:
        moved: Stock moved or was counted; carries a ``Move``.
    """

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Stock"))
        self._kind: MovementKind | None = None
        self._controlled = False
        self._title = label(kind="strong", parent=self)
        self._title.setMinimumHeight(px(28))
        self.amount = self._line("stock.amount", _("Amount"), 80)
        self.unit: QComboBox = SearchBox(self)
        self.unit.setEditable(False)
        self.unit.setObjectName("stock.unit")
        self.unit.setAccessibleName(_("Unit"))
        self.unit.addItems([_(unit.words) for unit in Amount])
        self.vial = self._line("stock.vial", _("Vial"), 80)
        self.witness = self._line("stock.witness", _("Witness"), 90)
        self.reason = self._line("stock.reason", _("Reason"), 160)
        self.note = Note(self)
        self.done = Button(_("Record"), self, kind="small", key="Enter")
        self.done.setObjectName("stock.record")
        self.done.clicked.connect(self._on_done)
        self._row = QWidget(self)
        self._build()
        self._show(None)

    def _line(self, name: str, words: str, width: int) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setPlaceholderText(words.lower())
        line.setMinimumWidth(px(width))
        line.setMaxLength(200)
        line.setFont(fonts.sized("figures"))
        return line

    def _build(self) -> None:
        buttons = QWidget(self)
        flow = FlowLayout(buttons, gap=8)
        for kind, (words, key) in MOVES.items():
            button = Button(_(words), buttons, kind="small", shortcut=f"Alt+{key}")
            button.setObjectName(f"stock.{kind.value}")
            button.clicked.connect(partial(self.ask, kind))
            flow.addWidget(button)
        fields = FlowLayout(self._row, gap=8)
        for part in (
            self._title,
            self.amount,
            self.unit,
            self.vial,
            self.witness,
            self.reason,
            self.done,
        ):
            fields.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (buttons, self._row, self.note):
            column.addWidget(widget)

    # --- what the page uses

    def show_lot(self, unit: Amount, *, controlled: bool) -> None:
        """Use the unit in which a lot is counted; waste of what is controlled has a witness."""
        self._controlled = controlled
        if self._kind is None:
            self.unit.setCurrentIndex(list(Amount).index(unit))

    def ask(self, kind: MovementKind, *_checked: object) -> None:
        """Open the row for one kind of movement."""
        self._show(kind)
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- how it is done

    def _show(self, kind: MovementKind | None) -> None:
        self._kind = kind
        for line in (self.amount, self.vial, self.witness, self.reason):
            line.clear()
        self._row.setVisible(kind is not None)
        self.note.setVisible(kind is not None)
        self.note.say("")
        if kind is not None:
            self._title.setText(_(kind.words))
        self.witness.setVisible(kind is MovementKind.WASTED and self._controlled)
        self.reason.setVisible(kind in _WITH_REASON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._kind is not None and event.key() in _ENTER:
            self._on_done()
        elif self._kind is not None and event.key() == Qt.Key.Key_Escape:
            self._show(None)
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def _wrong(self, field: QWidget, sentence: str) -> None:
        self.note.say(sentence, "wrong")
        field.setFocus()

    def _amount(self) -> Decimal | None:
        spec = spec_at(StockMovement, "amount")
        try:
            value = read(spec, self.amount.text().replace(",", "."))
        except BadInputError as error:
            self._wrong(self.amount, error.message)
            return None
        problem = item_problem(spec, value)
        if problem or not isinstance(value, Decimal):
            self._wrong(self.amount, problem or _("Give the amount."))
            return None
        return value

    def _on_done(self, *_checked: object) -> None:
        amount, kind = self._amount(), self._kind
        if amount is None or kind is None:
            return
        witness, reason = self.witness.text().strip(), self.reason.text().strip()
        if self._controlled and kind is MovementKind.WASTED and not witness:
            self._wrong(self.witness, _("Waste of a controlled product has a witness."))
        elif kind in _WITH_REASON and not reason:
            self._wrong(self.reason, _("Say in a few words why."))
        else:
            move = Move(
                kind=kind,
                amount=amount,
                unit=list(Amount)[self.unit.currentIndex()],
                vial=self.vial.text().strip() or None,
                witness=witness or None,
                reason=reason or None,
            )
            self._show(None)
            self.moved.emit(move)

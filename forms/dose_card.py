"""Give a product: what, how much, how fast, which lot; and stop what runs.

A product or lot that the library does not know yet is added to it by giving it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codecs import read, show
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ReadingUnit,
    SessionRoute,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.findings import item_problem
from aeapp.domain.items import spec_at
from aeapp.domain.records import Administration, Lot, Observation, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from forms import fonts
from forms.dose_words import (
    DOSE_UNITS,
    RATE_UNITS,
    ROUTES,
    NewDose,
    giving_words,
    product_words,
    runs,
    span_words,
)
from forms.models.vitals import time_words
from forms.now import Now
from forms.theme import px, repolish
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.choice import SearchBox
from forms.widgets.labels import Note, hairline, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DoseCard(QFrame):
    """The dose, the weight it is reckoned by, and what was given so far.

    Signals:
        given: Something is to be given; carries a ``NewDose``.
        stopped: A running infusion stops now; carries the administration.
        weighed: The patient was weighed; carries an observation.
        left: Esc was pressed; the focus may go back.
    """

    given = Signal(object)
    stopped = Signal(object)
    weighed = Signal(object)
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Dose"))
        self._now = now
        self._shift = 0
        self._route: SessionRoute | None = None
        self._kilograms: Decimal | None = None
        self._products: tuple[Product, ...] = ()
        self._lots: Mapping[str, Sequence[Lot]] = {}
        self.weight = self._line("dose.weight", _("Weight kg"), 72)
        self.product = SearchBox(self)
        self.dose = self._line("dose.dose", _("Dose"), 72)
        self.dose_unit = self._units("dose.unit", _("Unit of dose"), [u.symbol for u in DOSE_UNITS])
        self.rate = self._line("dose.rate", _("Rate"), 72)
        self.rate_unit = self._units("dose.rate_unit", _("Unit of rate"), [*RATE_UNITS])
        self.lot = SearchBox(self)
        self.lot.setFont(fonts.sized("id"))
        for box, name, words in (
            (self.product, "dose.product", _("Product")),
            (self.lot, "dose.lot", _("Lot")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(words)
        self.note = Note(self)
        self.give = Button(_("Give"), self, key="Enter")
        self.give.clicked.connect(self._on_give)
        self._share = label(kind="caption", parent=self)
        self._share.setObjectName("dose.share")
        self._start = label(kind="caption", parent=self)
        self._lines = QVBoxLayout()
        self.product.currentTextChanged.connect(self._on_product_changed)
        self.dose.textEdited.connect(self._show_share)
        self.dose_unit.currentIndexChanged.connect(self._show_share)
        self._build()
        self.tick()

    # --- what the room uses

    def show_library(self, products: Sequence[Product], lots: Mapping[str, Sequence[Lot]]) -> None:
        """Offer the products and lots of the clinic; what is typed stays."""
        self._products, self._lots = tuple(products), lots
        typed = self.product.currentText()
        with QSignalBlocker(self.product):
            self.product.clear()
            self.product.addItems([product_words(p) for p in self._products])
            self.product.setCurrentIndex(-1)
            self.product.setEditText(typed)
        if not typed and len(self._products) == 1:
            self.product.setCurrentIndex(0)
        self._on_product_changed()

    def show_session(self, route: SessionRoute | None, last: Administration | None) -> None:
        """Prefill from the last session, if the fields are still empty."""
        self._route = route
        if last is None or self.dose.text():
            return
        index = next((n for n, p in enumerate(self._products) if p.id == last.product_id), -1)
        self.product.setCurrentIndex(index)
        self._on_product_changed()
        self.dose.setText(show(last.dose))
        if last.dose_unit in DOSE_UNITS:
            self.dose_unit.setCurrentIndex(DOSE_UNITS.index(last.dose_unit))
        self.rate.setText(show(last.rate))
        if last.rate_unit in RATE_UNITS:
            self.rate_unit.setCurrentIndex(RATE_UNITS.index(last.rate_unit))
        self._show_share()

    def show_weight(self, kilograms: Decimal | None) -> None:
        """Show the weight that stands in the record."""
        self._kilograms = kilograms
        self.weight.setPlaceholderText(show(kilograms))
        self._show_share()

    def show_givings(
        self, givings: Sequence[Administration], products: Mapping[str, Product]
    ) -> None:
        """List what was given, with Stop at what runs."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for giving in givings:
            self._lines.addWidget(hairline(self))
            self._lines.addWidget(self._given_line(giving, products.get(giving.product_id)))

    def clear(self) -> None:
        """Empty the fields, as for another session."""
        for line in (self.weight, self.dose, self.rate):
            line.clear()
        for box in (self.product, self.lot):
            box.setCurrentIndex(-1)
            box.setEditText("")
        self._shift = 0
        self.note.say("")

    def focus_first(self) -> None:
        """Put the cursor on the first field that is still to be filled."""
        empty = not self.product.currentText()
        (self.product if empty else self.dose).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.dose.selectAll()

    def tick(self) -> None:
        """Show the start that Give would store."""
        at = self._at()
        shift = f" ({self._shift:+d} min)".replace("-", "−") if self._shift else ""
        words = _("Start {time}").format(time=time_words(at))
        self._start.setText(words + shift)

    # --- building

    def _line(self, name: str, words: str, width: int) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setMaxLength(20)
        line.setFixedWidth(px(width))
        line.setFont(fonts.sized("figures"))
        return line

    def _units(self, name: str, words: str, units: Sequence[str]) -> QComboBox:
        box = SearchBox(self)
        box.setMinimumContentsLength(5)
        box.setEditable(False)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.addItems(list(units))
        return box

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Dose"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("Alt D", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        self._row(grid, 0, _("Weight"), self.weight, label(_("kg"), "caption", self))
        self._row(grid, 1, _("Product"), self.product)
        self._row(grid, 2, _("Dose"), self.dose, self.dose_unit)
        self._row(grid, 3, _("Rate"), self.rate, self.rate_unit)
        self._row(grid, 4, _("Lot"), self.lot)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._start)
        foot.addWidget(KeyCap("Alt ↑", self))
        foot.addStretch(1)
        foot.addWidget(self._share)
        foot.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(self.note)
        column.addLayout(foot)
        column.addLayout(self._lines)

    def _row(
        self, grid: QGridLayout, row: int, words: str, field: QWidget, more: QWidget | None = None
    ) -> None:
        caption = label(words, "label", self)
        caption.setBuddy(field)
        grid.addWidget(caption, row, 0)
        if more is None:
            grid.addWidget(field, row, 1, 1, 2)
        else:
            grid.addWidget(field, row, 1)
            grid.addWidget(more, row, 2, Qt.AlignmentFlag.AlignLeft)

    def _given_line(self, giving: Administration, product: Product | None) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(giving_words(giving, product), "strong", line, wrap=True))
        words.addWidget(label(span_words(giving), "caption", line))
        row.addLayout(words, 1)
        if runs(giving):
            stop = Button(_("Stop now"), line, kind="small")
            stop.setObjectName("dose.stop")
            stop.clicked.connect(partial(self.stopped.emit, giving))
            row.addWidget(stop)
        return line

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in _ENTER:
            if self.weight.hasFocus():
                self._on_weighed()
            else:
                self._on_give()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift += -1 if event.key() == Qt.Key.Key_Up else 1
            self.tick()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _at(self) -> PartialDate:
        moment = self._now() + dt.timedelta(minutes=self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def _on_product_changed(self, _text: str = "") -> None:
        product = self._product()
        lots = self._lots.get(product.id, ()) if product.id else ()
        typed = self.lot.currentText()
        with QSignalBlocker(self.lot):
            self.lot.clear()
            self.lot.addItems([show(lot.number) for lot in lots])
            self.lot.setCurrentIndex(len(lots) - 1)
            if typed:
                self.lot.setEditText(typed)

    def _product(self) -> Product:
        typed = " ".join(self.product.currentText().split())
        known = next((p for p in self._products if product_words(p) == typed), None)
        return known or Product(name=typed or None)

    def _lot(self, product: Product) -> Lot | None:
        typed = self.lot.currentText().strip()
        if not typed:
            return None
        lots = self._lots.get(product.id, ()) if product.id else ()
        known = next((lot for lot in lots if lot.number == typed), None)
        return known or Lot(number=typed, product_id=product.id)

    def _read(self, line: QLineEdit, path: str) -> Decimal | None:
        spec = spec_at(Administration, path)
        value = read(spec, line.text())
        problem = item_problem(spec, value)
        if problem:
            raise BadInputError(problem, remedy="")
        return value if isinstance(value, Decimal) else None

    def _wrong(self, field: QWidget, sentence: str) -> None:
        for other in (self.weight, self.product, self.dose, self.rate):
            repolish(other, state="wrong" if other is field and sentence else "")
        self.note.say(sentence, "wrong" if sentence else "")
        if sentence:
            field.setFocus()

    def _on_weighed(self) -> None:
        if not self.weight.text().strip():
            self.product.setFocus()
            return
        try:
            value = read(spec_at(Observation, "value"), self.weight.text().replace(",", "."))
        except BadInputError as error:
            self._wrong(self.weight, error.message)
            return
        self._wrong(self.weight, "")
        self.weight.clear()
        self.weighed.emit(
            Observation(kind=ObservationKind.WEIGHT, value=value, unit=ReadingUnit.KILOGRAM)
        )
        self.focus_first()

    def _on_give(self) -> None:
        product = self._product()
        if product.name is None:
            self._wrong(self.product, _("Name the product."))
            return
        amounts: dict[str, Decimal | None] = {}
        for name, line in (("dose", self.dose), ("rate", self.rate)):
            try:
                amounts[name] = self._read(line, name)
            except BadInputError as error:
                self._wrong(line, error.message)
                return
        if amounts["dose"] is None:
            self._wrong(self.dose, _("Give the amount."))
            return
        self._wrong(self.dose, "")
        giving = Administration(
            dose=amounts["dose"],
            dose_unit=DOSE_UNITS[self.dose_unit.currentIndex()],
            rate=amounts["rate"],
            rate_unit=None
            if amounts["rate"] is None
            else RATE_UNITS[self.rate_unit.currentIndex()],
            route=ROUTES[self._route] if self._route else None,
            started=self._at(),
        )
        lot = self._lot(product)
        self.clear()
        self.tick()
        self.given.emit(NewDose(product=product, lot=lot, giving=giving))

    def _show_share(self, *_changed: object) -> None:
        """Show the dose by weight, where both are known and it is in milligram."""
        try:
            dose = self._read(self.dose, "dose")
        except BadInputError:
            dose = None
        unit = DOSE_UNITS[max(0, self.dose_unit.currentIndex())]
        if dose is None or not self._kilograms or unit is not DoseUnit.MG:
            self._share.clear()
            return
        share = (dose / self._kilograms).quantize(Decimal("0.01")).normalize()
        self._share.setText(
            _("{share} mg/kg at {weight} kg").format(share=f"{share:f}", weight=self._kilograms)
        )

"""The fields of a dose as a nurse fills them in, and what they say together.

Nothing is stored here; what cannot be read stays in its field and is named with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from aeapp.domain.chair import amounts
from aeapp.domain.chair.doses import order_words, product_words, told_apart
from aeapp.domain.chair.infusion import IN_THE_MOUTH
from aeapp.domain.chair.lots import why_asked
from aeapp.domain.chair.pieces import MOST_DEVICES, as_device, devices_for, in_devices
from aeapp.domain.chair.typed import again, pace_typed, read_dose, typed_words, with_pace
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Product
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from aeapp.services.dosing import NewDose
from forms.chair.dose_parts import DoseParts
from forms.chair.field_error import FieldError
from forms.dose_words import ROUTE_WORDS

ROUTES = tuple(ROUTE_WORDS)
_WITH_PACE = (FormRoute.INTRAVENOUS_DRIP, FormRoute.INTRAVENOUS_BOLUS, *IN_THE_MOUTH)


@dataclass(frozen=True, slots=True, repr=False)
class Setup:
    """What the fields are filled from when a session comes on the screen."""

    route: FormRoute | None
    last: Administration | None
    at_home: bool
    by: str
    by_weight: bool = True


class DoseFields(DoseParts):
    """Product, dose, route, pace, lot, who, and what was drawn and wasted.

    Signals:
        edited: Something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._products: tuple[Product, ...] = ()
        self._named: tuple[str, ...] = ()
        self._lots: Mapping[str, Sequence[Lot]] = {}
        self._open: Mapping[str, str] = {}
        self._kilograms: Decimal | None = None
        self._today = dt.date.min
        self._at_home, self._by_weight = False, True
        self.devices_given = 0
        self._connect()
        self._show_parts()

    # --- filling in

    def show_library(
        self,
        products: Sequence[Product],
        lots: Mapping[str, Sequence[Lot]],
        open_lots: Mapping[str, str],
        today: dt.date,
    ) -> None:
        """Offer the products and lots of the clinic; what is typed stays."""
        chosen, lot = self.chosen_product().id, self.lot.box.currentText()
        self._products, self._lots, self._open = tuple(products), lots, open_lots
        self._today = today
        self._offer_products(chosen)
        self._offer_lots()
        if lot:
            self.lot.box.setEditText(lot)
        self._show_parts()

    def _offer_products(self, chosen: str) -> None:
        """Offer the products; what is chosen or half typed stays as it is, the cursor with it."""
        named = told_apart(self._products)
        if named == self._named:
            return
        self._named = named
        edit = self.product.lineEdit()
        typed, at = self.product.currentText(), edit.cursorPosition() if edit is not None else 0
        with QSignalBlocker(self.product):
            self.product.clear()
            self.product.addItems(list(named))
            ids = [p.id for p in self._products]
            # Another product may read alike by now, so that this one has other words.
            self.product.setCurrentIndex(ids.index(chosen) if chosen in ids else -1)
            if chosen not in ids:
                self.product.setEditText(typed)
            if edit is not None:
                edit.setCursorPosition(at)

    def fill(self, setup: Setup) -> None:
        """Empty the fields, then fill in what was given last time, if anything."""
        self.clear()
        self._at_home, self._by_weight = setup.at_home, setup.by_weight
        self.by.setText("" if setup.at_home else setup.by)
        route, last = setup.route, setup.last
        if last is not None:
            route = route or (last.route if isinstance(last.route, FormRoute) else None)
            self._fill_last(last, route)
        elif setup.route is not None and self._suits(setup.route):
            self.product.setCurrentIndex(0)
        with QSignalBlocker(self.route):
            self.route.setCurrentIndex(ROUTES.index(route) + 1 if route in ROUTES else 0)
        self.product.show_begin()
        self._show_parts()

    def _suits(self, route: FormRoute) -> bool:
        """Tell whether the only product there is may be offered: no vial for nose or mouth."""
        if len(self._products) != 1:
            return False
        in_vials = self._products[0].strength_unit is DoseUnit.MG_ML
        return not (in_vials and route in (FormRoute.NASAL, FormRoute.ORAL, *IN_THE_MOUTH))

    def _fill_last(self, last: Administration, route: FormRoute | None) -> None:
        ids = [p.id for p in self._products]
        known = last.product_id in ids
        self.product.setCurrentIndex(ids.index(last.product_id) if known else -1)
        self.dose.setText(typed_words(again(last, self._kilograms)))
        if route in _WITH_PACE and route is last.route:
            self.pace.setText(pace_typed(last))
        self.order.setText(last.ordered_by or "")

    def show_weight(self, kilograms: Decimal | None) -> None:
        """Reckon by the weight that stands in the record."""
        if kilograms != self._kilograms:
            self._kilograms = kilograms
            self.weight.setPlaceholderText("" if kilograms is None else f"{kilograms:f}")
            self._show_parts()

    def leave_weight_out(self) -> None:
        """Ask for no weight, where it is told as a reading."""
        for part in self._weighing:
            part.hide()

    def clear(self) -> None:
        """Empty the fields."""
        self.new_product.forget()
        for line in (self.dose, self.pace, self.by, self.order, self.why, self.weight):
            line.clear()
        self.drawn.clear()
        for box in (self.product, self.lot.box):
            box.setCurrentIndex(-1)
            box.setEditText("")

    def _connect(self) -> None:
        self.product.currentTextChanged.connect(self._on_product)
        self.new_product.meant.connect(self._on_new_product)
        self.route.currentIndexChanged.connect(self._on_changed)
        self.lot.changed.connect(self._on_changed)
        for line in (*self.lines, self.drawn.drawn, self.drawn.wasted, self.drawn.witness):
            line.textEdited.connect(self._on_changed)

    # --- showing

    def _offer_lots(self) -> None:
        product = self.chosen_product()
        lots = self._lots.get(product.id, ()) if product.id else ()
        self.lot.offer(lots, self._open.get(product.id, ""), self._today)

    def _on_product(self, _text: str = "") -> None:
        self.new_product.hide()
        self._offer_lots()
        self._on_changed()

    def _on_changed(self, *_changed: object) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        route, giving = self.chosen_route, self._peek()
        self.pace.setVisible(route in (*_WITH_PACE, None))
        held = route in IN_THE_MOUTH
        self.pace.setPlaceholderText(_("minutes held") if held else _("minutes or rate"))
        for part in (self._drawn_caption, self.drawn):
            part.setVisible(self.counts_stock)
        for part in (self._why_caption, self.why):
            part.setVisible(bool(self.exception_asked(giving)))
        self._show_share(giving)
        self.drawn.show_rest(giving, self.chosen_product())

    def _show_share(self, giving: Administration | None) -> None:
        """Show the dose by weight, where both are known, and how an order comes to its mg."""
        words = order_words(giving) if giving is not None else ""
        mg = amounts.mg_of(giving, self.chosen_product()) if giving is not None else None
        if not words and mg is not None and self._kilograms and self._by_weight:
            share = (mg / self._kilograms).quantize(Decimal("0.01")).normalize()
            words = _("{share} mg/kg at {weight} kg").format(
                share=f"{share:f}", weight=self._kilograms
            )
        self.share.setText(words)
        self.share.setVisible(bool(words))

    def _peek(self) -> Administration | None:
        try:
            return self._dosed()
        except FieldError:
            return None

    # --- reading

    @property
    def chosen_route(self) -> FormRoute | None:
        """Return the route that is chosen."""
        index = self.route.currentIndex()
        return ROUTES[index - 1] if index > 0 else None

    @property
    def counts_stock(self) -> bool:
        """Tell whether drawing and wasting is asked for: of what is controlled and drawn up."""
        product = self.chosen_product()
        whole = amounts.mg_per_piece(product) is not None
        return product.controlled is True and not whole and not self._at_home

    def exception_asked(self, giving: Administration | None) -> str:
        """Return what a reason is asked for; empty for nothing."""
        found = self.lot.expiry
        if found is not None and (asked := why_asked(found.shelf)):
            return asked
        if giving is None or not in_devices(giving, self.chosen_product()):
            return ""
        count = devices_for(giving.dose) if isinstance(giving.dose, Decimal) else None
        many = count is not None and self.devices_given + count > MOST_DEVICES
        return _("More than 3 devices. Say why.") if many else ""

    def chosen_product(self) -> Product:
        """Return the product; without an id where the library does not know it."""
        typed = self._typed_product()
        named = zip(self._named, self._products, strict=True)
        known = next((p for words, p in named if " ".join(words.split()) == typed), None)
        return known or Product(name=typed or None)

    def _typed_product(self) -> str:
        return " ".join(self.product.currentText().split())

    def _reads_alike(self) -> bool:
        """Tell whether what is typed is said of several products, so that it names none."""
        typed = self._typed_product()
        return sum(product_words(p) == typed for p in self._products) > 1

    def _dosed(self) -> Administration:
        if not self.dose.text().strip():
            raise FieldError(self.dose, _("Give the amount."))
        try:
            typed = read_dose(self.dose.text(), self._kilograms, self.chosen_product())
        except BadInputError as error:
            raise FieldError(self.dose, error.message) from error
        return Administration(
            dose=typed.dose,
            dose_unit=typed.unit,
            per_kg=typed.per_kg,
            weight=None if typed.per_kg is None else self._kilograms,
            pieces=typed.pieces,
            route=self.chosen_route,
        )

    def read(self, base: Administration) -> NewDose:
        """Return the dose that is filled in; ``base`` has what the fields do not ask.

        Raises:
            FieldError: A field cannot be read, or lacks what the dose needs.
        """
        product = self.chosen_product()
        if product.name is None:
            raise FieldError(self.product, _("Name the product."))
        if not product.id and self._reads_alike():
            raise FieldError(self.product, _("Several products read so. Choose one of the list."))
        self._must_be_meant()
        dosed = self._dosed()
        asked, why = self.exception_asked(dosed), self.why.text().strip()
        if asked and not why:
            raise FieldError(self.why, asked)
        giving = replace(
            self._in_turn(self._paced(dosed), product),
            started=base.started,
            role=base.role,
            exception=why if asked else None,
            given_by=self.by.text().strip() or None,
            ordered_by=self.order.text().strip() or None,
        )
        drawn = self.drawn.read() if self.counts_stock else None
        return NewDose(product=product, lot=self.lot.chosen(product.id), giving=giving, drawn=drawn)

    def _must_be_meant(self) -> None:
        """Take no name for a product of the clinic that nobody called one."""
        if not self.names_product:
            words = _("No product of the library has this name. Choose one of the list.")
            raise FieldError(self.product, words)

    @property
    def names_product(self) -> bool:
        """Tell whether the field names a product: one of the library, or one called new."""
        typed = self._typed_product()
        return bool(self.chosen_product().id) or self.new_product.is_meant(typed)

    def was_told(self, error: FieldError) -> None:
        """Offer to make a product of a name that the library does not know; nothing else does."""
        typed = self._typed_product()
        if error.field is self.product and typed and not self._reads_alike():
            self.new_product.offer(typed)

    def _on_new_product(self) -> None:
        self.dose.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _paced(self, giving: Administration) -> Administration:
        if self.pace.isHidden():
            return giving
        try:
            paced = with_pace(giving, self.pace.text())
        except BadInputError as error:
            raise FieldError(self.pace, error.message) from error
        if paced.rate_unit is not RateUnit.MG_PER_KG_H:
            return paced
        if self._kilograms is None:
            raise FieldError(self.pace, _("Enter the weight first, or the rate in mg."))
        return replace(paced, weight=self._kilograms)

    def _in_turn(self, giving: Administration, product: Product) -> Administration:
        if not in_devices(giving, product):
            return giving
        device = as_device(giving, self.devices_given)
        if device is None:
            raise FieldError(self.dose, _("A device holds 28 mg: give 28, 56 or 84."))
        return device

    # --- walking

    @property
    def lacks_pace(self) -> bool:
        """Tell whether it is an infusion of which nobody said how fast: it is asked for."""
        return self.chosen_route is FormRoute.INTRAVENOUS_DRIP and not self.pace.text().strip()

    def after_enter(self, field: QWidget) -> QWidget | None:
        """Return the field that Enter goes to next; None where Enter gives the dose."""
        if field is self.product:
            return self.dose
        if field in (self.dose, self.route) and self.lacks_pace:
            return self.pace
        if field in (self.dose, self.route, self.pace):
            return self.lot.box
        last = field in (self.lot.box, self.by, self.order)
        if last and self.counts_stock and not self.drawn.drawn.text():
            return self.drawn.drawn
        return self.drawn.after_enter(field)

    def focused(self) -> QWidget | None:
        """Return the field that has the cursor."""
        fields = (self.product, self.dose, self.route, self.pace, self.lot.box, self.by, self.order)
        drawn = (self.drawn.drawn, self.drawn.wasted, self.drawn.witness)
        return next((f for f in (*fields, *drawn, self.why) if _has_cursor(f)), None)

    def focus_first(self) -> None:
        """Put the cursor on the first field that is still to be filled."""
        empty = not self.product.currentText()
        (self.product if empty else self.dose).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.dose.selectAll()


def _has_cursor(field: QWidget) -> bool:
    edit = field.lineEdit() if isinstance(field, QComboBox) else None
    return field.hasFocus() or (edit is not None and edit.hasFocus())

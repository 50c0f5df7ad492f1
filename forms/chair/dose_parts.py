"""The widgets of a dose, built and named; what they say together is read elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from aeapp.kernel.i18n import _
from forms import fonts
from forms.chair.drawn_fields import DrawnFields
from forms.chair.lot_field import LotField
from forms.chair.new_product import NewProduct
from forms.dose_words import ROUTE_WORDS
from forms.theme import px
from forms.widgets.choice import SearchBox
from forms.widgets.entry import named_line
from forms.widgets.labels import label, labelled


class DoseParts(QWidget):
    """Product, dose, route, pace, lot, who, and what was drawn and wasted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_fields()
        self._build()

    def _make_fields(self) -> None:
        self.lines: list[QLineEdit] = []
        self.product = self._box("dose.product", _("Product"))
        self.new_product = NewProduct(self)
        self.dose = self._line("dose.dose", _("Dose"), _("38, 0.5/kg or 2 tablets"), 40)
        self.route: QComboBox = self._box("dose.route", _("Route"))
        self.route.setEditable(False)
        self.route.addItems([_("not chosen"), *(_(words) for words in ROUTE_WORDS.values())])
        self.pace = self._line("dose.pace", _("Over minutes, rate or hold"), "", 40)
        self.lot = LotField(self)
        self.by = self._line("dose.by", _("Given by"), _("given by"), 100)
        self.order = self._line("dose.order", _("Ordered by"), _("order by"), 100)
        self.drawn = DrawnFields(self)
        self.why = self._line("dose.why", _("Why all the same"), _("why all the same"), 500)
        self.weight = self._line("dose.weight", _("Weight kg"), "", 20)
        self.weight.setMaximumWidth(px(88))
        self.share = label(kind="caption", parent=self, wrap=True)
        self.share.setObjectName("dose.share")

    def _line(self, name: str, words: str, ghost: str, longest: int) -> QLineEdit:
        line = named_line(name, words, longest, self, ghost=ghost)
        line.setMinimumWidth(px(56))
        line.setFont(fonts.sized("figures"))
        self.lines.append(line)
        return line

    def _box(self, name: str, words: str) -> SearchBox:
        box = SearchBox(self)
        box.setMinimumContentsLength(8)
        box.setObjectName(name)
        box.setAccessibleName(words)
        return box

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        labelled(self, grid, _("Product"), self.product)
        grid.addWidget(self.new_product, grid.rowCount(), 1)
        labelled(self, grid, _("Dose"), self.dose)
        grid.addWidget(self.share, grid.rowCount(), 1)
        labelled(self, grid, _("Route"), self.route, self.pace)
        labelled(self, grid, _("Lot"), self.lot)
        labelled(self, grid, _("By"), self.by, self.order)
        self._drawn_caption = labelled(self, grid, _("Drawn"), self.drawn)
        self._why_caption = labelled(self, grid, _("Why"), self.why)
        unit = label(_("kg"), "caption", self)
        self._weighing = (labelled(self, grid, _("Weight"), self.weight, unit), self.weight, unit)

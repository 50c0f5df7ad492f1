"""What was drawn for a dose of a controlled product, what of it was wasted, and who saw it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.chair.typed import TypedDrawn, read_drawn, rest_of
from aeapp.domain.records import Administration, Product
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from aeapp.services.dosing import Drawn
from forms import fonts
from forms.chair.field_error import FieldError
from forms.theme import px, repolish
from forms.widgets.entry import named_line
from forms.widgets.labels import label


class DrawnFields(QWidget):
    """Drawn, wasted (reckoned until somebody types it) and witness, in one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = False
        self.drawn = self._line("dose.drawn", _("Drawn"), _("mg"), 40)
        self.wasted = self._line("dose.wasted", _("Wasted"), "", 20)
        self.witness = self._line("dose.witness", _("Witness"), "", 40)
        self.wasted.textEdited.connect(self._on_wasted)
        self.gap = label(kind="note", parent=self, wrap=True)
        self.gap.setObjectName("dose.gap")
        repolish(self.gap, state="wrong")
        self.gap.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.gap)
        row.addWidget(self.drawn, 1)
        for words, line in ((_("wasted"), self.wasted), (_("seen by"), self.witness)):
            caption = label(words, "caption", self)
            caption.setBuddy(line)
            row.addWidget(caption)
            row.addWidget(line, 1)
        self.setFocusProxy(self.drawn)

    def _line(self, name: str, words: str, ghost: str, longest: int) -> QLineEdit:
        line = named_line(name, words, longest, self, ghost=ghost)
        line.setMinimumWidth(px(44))
        line.setFont(fonts.sized("figures"))
        return line

    def clear(self) -> None:
        """Empty the row."""
        self._typed = False
        for line in (self.drawn, self.wasted, self.witness):
            line.clear()

    def _on_wasted(self, text: str) -> None:
        self._typed = bool(text.strip())

    def show_rest(self, giving: Administration | None, product: Product) -> None:
        """Reckon what is wasted; where somebody typed it, say what is missing then."""
        try:
            drawn, wasted = self.typed(), self._wasted()
        except FieldError:
            drawn = wasted = None
        rest = rest_of(drawn, giving, product) if drawn is not None and giving is not None else None
        if not self._typed:
            self.wasted.setText("" if rest is None or rest < 0 else f"{rest:f}")
            wasted = None if rest is None else max(rest, Decimal(0))
        self._say_gap(drawn, None if rest is None else rest - (wasted or Decimal(0)))

    def _say_gap(self, drawn: TypedDrawn | None, missing: Decimal | None) -> None:
        words = ""
        if drawn is not None and missing:
            amount = f"{abs(missing):f} {_(drawn.unit.words)}"
            words = _("{amount} neither given nor wasted; it is asked about after the dose.")
            if missing < 0:
                words = _("{amount} more than was drawn.")
            words = words.format(amount=amount)
        if words != self.gap.text():
            self.gap.setText(words)
            self.gap.setVisible(bool(words))

    def typed(self) -> TypedDrawn | None:
        """Return what was drawn.

        Raises:
            FieldError: It cannot be read.
        """
        try:
            return read_drawn(self.drawn.text())
        except BadInputError as error:
            raise FieldError(self.drawn, error.message) from error

    def read(self) -> Drawn | None:
        """Return what was drawn and wasted; None where nothing was filled in.

        Raises:
            FieldError: A field cannot be read, or the waste has no witness.
        """
        typed, witness = self.typed(), self.witness.text().strip()
        if typed is None:
            return None
        wasted = self._wasted()
        if wasted and not witness:
            raise FieldError(self.witness, _("Waste of a controlled product has a witness."))
        return Drawn(
            amount=typed.amount,
            unit=typed.unit,
            wasted=wasted,
            witness=witness or None,
            vial=typed.vial,
        )

    def _wasted(self) -> Decimal | None:
        text = self.wasted.text().strip()
        if text in ("", "0"):
            return None
        try:
            rest = read_drawn(text)
        except BadInputError as error:
            raise FieldError(self.wasted, error.message) from error
        return rest.amount if rest is not None else None

    def after_enter(self, field: QWidget) -> QWidget | None:
        """Return the field that Enter goes to next; None where the row is done."""
        waste = self.wasted.text().strip() not in ("", "0")
        if field in (self.drawn, self.wasted) and self.drawn.text() and waste:
            return None if self.witness.text() else self.witness
        return None

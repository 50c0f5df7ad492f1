"""Say at once for whom a document is that was just written, instead of later in the register."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.codelists.lifecycle import Purpose
from aeapp.kernel.i18n import N_, _
from aeapp.services.register import Given
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

# What a clinic does most; whatever else is said in the register.
_FOR_FDA = Given(recipient=Destination.FDA, purpose=Purpose.PUBLIC_HEALTH)
_FOR_MAKER = Given(recipient=Destination.MANUFACTURER, purpose=Purpose.PUBLIC_HEALTH)
_WAYS = (
    (N_("FDA MedWatch"), _FOR_FDA),
    (N_("Manufacturer"), _FOR_MAKER),
    (N_("For treatment"), Given(purpose=Purpose.TREATMENT)),
    (N_("For the clinic itself"), Given(purpose=Purpose.OWN)),
)


class GivenRow(QFrame):
    """Asks for whom a document is, by chips with the keys 1 to 4.

    Signals:
        picked: Carries what the register is told.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("For whom is it?"))
        self._words = label(kind="caption", parent=self)
        self.chips = ChipRow(
            [
                Option(value=words, text=_(words), key=str(n))
                for n, (words, _given) in enumerate(_WAYS, start=1)
            ],
            self,
        )
        self.chips.name_all(_("For whom"))
        self.chips.picked.connect(self._on_picked)
        flow = FlowLayout(self, gap=8)
        flow.addWidget(self._words)
        flow.addWidget(self.chips)
        self.ask()

    def ask(self) -> None:
        """Ask for whom the document is."""
        self._words.setText(_("For whom is it? The register asks, too."))
        self.chips.show_chosen(frozenset())
        self.chips.setEnabled(True)

    def say_told(self, given: Given) -> None:
        """Say what the register was told."""
        words = next(words for words, way in _WAYS if way == given)
        self._words.setText(_("In the register: {words}").format(words=_(words)))
        self.chips.show_chosen(frozenset({words}))
        self.chips.setEnabled(False)

    def _on_picked(self, value: object) -> None:
        self.picked.emit(next(given for words, given in _WAYS if words == value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {str(n): words for n, (words, _given) in enumerate(_WAYS, start=1)}
        if event.text() in keys and self.chips.isEnabled():
            self._on_picked(keys[event.text()])
        else:
            super().keyPressEvent(event)

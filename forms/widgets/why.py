"""Why a value that was saved before is changed: four chips, never a dialog."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aeapp.kernel.i18n import N_, _
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option


class Why(StrEnum):
    """Reasons for a change, as the trail keeps them."""

    SLIP = "typing slip"
    READ_AGAIN = "read again"
    NEW = "new information"
    OTHER = "other"


WORDS: dict[Why, str] = {
    Why.SLIP: N_("Typing slip"),
    Why.READ_AGAIN: N_("Read again"),
    Why.NEW: N_("New information"),
    Why.OTHER: N_("Other"),
}


class WhyLine(QWidget):
    """The line under a field whose saved value was changed.

    Signals:
        picked: One of the reasons; carries a ``Why``.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [
            Option(value=why, text=_(words), key=str(n))
            for n, (why, words) in enumerate(WORDS.items(), start=1)
        ]
        self._chips = ChipRow(options, self)
        self._chips.name_all(_("Why it is changed"))
        self._chips.picked.connect(self._on_picked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(_("Why"), "caption", self))
        row.addWidget(self._chips, 1)

    def ask(self) -> None:
        """Show the line anew and put the focus on it."""
        self._chips.show_chosen(frozenset())
        self.show()
        self._chips.focus_first()

    def _on_picked(self, why: object) -> None:
        self._chips.show_chosen(frozenset({why}))
        self.picked.emit(why)

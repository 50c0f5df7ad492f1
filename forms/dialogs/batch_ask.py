"""Ask which copy of every report of a list is wanted, in place, before the folder is chosen."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.copies import CopyKind
from aeapp.kernel.i18n import N_, _
from aeapp.services.batch import Order
from aeapp.services.copying import Wish
from aeapp.services.pages import Copy
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import Option, Picked


class _Choice(NamedTuple):
    name: str
    told: str
    order: Order


# The keys are their numbers.
_ORDERS = (
    _Choice(
        N_("For a regulator"),
        N_("The whole report, as it is sent."),
        Order(),
    ),
    _Choice(
        N_("For the archive"),
        N_("The whole report as PDF/A-3a and PDF/UA-1, readable aloud, with its case inside."),
        Order(file=Copy.ARCHIVE),
    ),
    _Choice(
        N_("De-identified"),
        N_(
            "What the Safe Harbor list names is taken out, and every free text withheld. One whose "
            "texts you have read is made from its own report."
        ),
        Order(wish=Wish(copy=CopyKind.DEIDENTIFIED)),
    ),
    _Choice(
        N_("For a manufacturer"),
        N_("Without reporter, signature and letterhead, unless the reporter may be named (G5)."),
        Order(wish=Wish(copy=CopyKind.MAKER)),
    ),
)


class BatchAsk(QFrame):
    """Which copy; hidden while nothing is asked.

    Signals:
        asked: Write them; carries the ``Order``.
        left: Nothing is to be written.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._title = label(kind="strong", parent=self)
        options = [
            Option(value=n, text=_(one.name), key=str(n)) for n, one in enumerate(_ORDERS, start=1)
        ]
        self.kinds = Picked(options, _("Copy"), self, needed=True)
        self.kinds.picked.connect(self._on_kind)
        self._words = label(kind="caption", parent=self, wrap=True)
        self.write = Button(_("Choose the folder"), self, kind="main", icon="pdf", key="Enter")
        self.write.clicked.connect(self._on_write)
        self._build()
        self.hide()

    def _build(self) -> None:
        head = QWidget(self)
        flow = FlowLayout(head, gap=8)
        for part in (self._title, KeyCap("Esc", head), label(_("no export"), "caption", head)):
            flow.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.kinds, 1)
        line.addWidget(self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(head)
        column.addLayout(line)
        column.addWidget(self._words)

    @property
    def order(self) -> Order:
        """Return what is ordered as it stands."""
        return _ORDERS[self._at()].order

    def ask(self, count: int) -> None:
        """Ask for so many reports; the whole ones are what a clinic sends most."""
        words = _("Which copy of 1 report?")
        if count != 1:
            words = _("Which copy of {n} reports?").format(n=f"{count:,}")
        self._title.setText(words)
        self.setAccessibleName(words)
        self.kinds.show_value(1)
        self._on_kind(1)
        self.show()
        self.kinds.focus_first()

    def _at(self) -> int:
        return int(self.kinds.value) - 1

    def _on_kind(self, _number: object) -> None:
        self._words.setText(_(_ORDERS[self._at()].told))

    def _on_write(self) -> None:
        self.hide()
        self.asked.emit(self.order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_write()
        elif event.text().isdecimal() and 0 < int(event.text()) <= len(_ORDERS):
            self.kinds.show_value(int(event.text()))
            self._on_kind(self.kinds.value)
        else:
            super().keyPressEvent(event)

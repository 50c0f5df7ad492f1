"""The button that says why there is no value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button

LETTERS: dict[NullFlavor, str] = {
    NullFlavor.UNK: "U",
    NullFlavor.ASKU: "A",
    NullFlavor.NASK: "N",
    NullFlavor.MSK: "M",
    NullFlavor.NA: "X",
    NullFlavor.NI: "I",
}


def reason_words(reason: NullFlavor) -> str:
    """Return how a reason reads on screen."""
    return _(NULL_LABELS[reason])


class _ReasonMenu(QMenu):
    """A list of reasons where one letter picks."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = "Del" if event.key() == Qt.Key.Key_Delete else event.text().upper()
        for action in self.actions():
            if letter and action.data() == letter:
                self.close()
                action.trigger()
                return
        super().keyPressEvent(event)


class ReasonButton(Button):
    """Opens the list of reasons an item takes.

    Signals:
        asked: The list opens.
        picked: A reason was picked; None where the reason given so far is taken back.
    """

    asked = Signal()
    picked = Signal(object)

    def __init__(self, reasons: Sequence[NullFlavor], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, kind="small", icon="reason", name=_("Reason for no value"))
        self.setToolTip(_("Reason for no value (F9)"))
        # F9 on the field opens the list; a stop of its own would double every walk by Tab.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reasons = tuple(reasons)
        self._current: NullFlavor | None = None
        self.menu_list = _ReasonMenu(self)
        self.clicked.connect(self.open)

    def show_reason(self, reason: NullFlavor | None) -> None:
        """Know the reason that holds now, so that it can be taken back."""
        self._current = reason

    def open(self) -> None:
        """Open the list under the button."""
        if not self.isEnabled():
            return
        self.asked.emit()
        self.menu_list.clear()
        for reason in self._reasons:
            action = self.menu_list.addAction(f"{reason_words(reason)}\t{LETTERS[reason]}")
            action.setData(LETTERS[reason])
            action.setCheckable(True)
            action.setChecked(reason is self._current)
            action.triggered.connect(partial(self._on_triggered, reason))
        if self._current is not None:
            self.menu_list.addSeparator()
            back = self.menu_list.addAction(_("No reason") + "\tDel")
            back.setData("Del")
            back.triggered.connect(partial(self._on_triggered, None))
        self.menu_list.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.menu_list.setActiveAction(self.menu_list.actions()[0])

    def _on_triggered(self, reason: NullFlavor | None) -> None:
        self.picked.emit(reason)

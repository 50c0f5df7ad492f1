"""The field in which the time of something in a session is told: ``-12``, ``14:05``, or its day."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from forms.chair.moment_typed import moment_words, told_moment
from forms.now import Now, shifted
from forms.theme import repolish

HOW = N_("Type a time that is past: -12, 14:05, 2026-11-23 14:05, or ? where nobody knows.")
_GHOST = N_("-12, 14:05, or with its day")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedTime(QLineEdit):
    """One time, as somebody tells it; empty for none.

    Signals:
        taken: Enter was pressed on a time that can be read, or on nothing.
        refused: Enter was pressed on what is no time; the text stays.
        left: Esc was pressed; what was typed is gone.
        shifted: Alt with Up or Down was pressed; carries minutes.
    """

    taken = Signal()
    refused = Signal()
    left = Signal()
    shifted = Signal(int)

    def __init__(self, name: str, words: str, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._started: PartialDate | NullFlavor | None = None
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setAccessibleDescription(_(HOW))
        self.setPlaceholderText(_(_GHOST))
        self.setMaxLength(20)
        self.textChanged.connect(self._on_changed)

    def show_started(self, started: PartialDate | NullFlavor | None, ghost: str = "") -> None:
        """Take the begin of the session, on whose day a time without a day lies."""
        self._started = started
        self.setPlaceholderText(ghost or _(_GHOST))

    @property
    def value(self) -> PartialDate | NullFlavor | None:
        """Return the time told; None where there is none, or no time that is past."""
        return told_moment(self.text(), self._started, self._now())

    @property
    def is_wrong(self) -> bool:
        """Tell whether what is typed is no time that is past."""
        return bool(self.text().strip()) and self.value is None

    def shift(self, minutes: int) -> bool:
        """Move the time that is typed; tell whether there was one."""
        at = self.value
        moment = at.utc() if isinstance(at, PartialDate) else None
        if moment is None:
            return False
        there = shifted(moment.astimezone(self._now().tzinfo), minutes)
        if there <= self._now():
            self.setText(moment_words(PartialDate.of(there)))
        return True

    def settle(self) -> None:
        """Write minutes before now as the time they mean, which does not move on with the clock."""
        at = self.value
        if isinstance(at, PartialDate) and at.has_time:
            self.setText(moment_words(at))

    def _on_changed(self, _text: str) -> None:
        if self.property("state") == "wrong":
            repolish(self, state="")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in _ENTER:
            self._on_enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Minutes before now are meant as of now, not of the moment somebody stores.
        self.settle()

    def _on_enter(self) -> None:
        if self.is_wrong:
            repolish(self, state="wrong")
            self.selectAll()
            self.refused.emit()
            return
        self.settle()
        self.taken.emit()

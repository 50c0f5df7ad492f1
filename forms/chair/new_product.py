"""The one way in which a typed name becomes a product: a button of its own, with its own key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button

KEY = "Alt+U"
_LONGEST = 24


class NewProduct(Button):
    """Hidden until a name was typed that the library does not know.

    Signals:
        meant: The name is a new product.
    """

    meant = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        name = _("Make a new product")
        super().__init__(parent=parent, kind="small", shortcut=KEY, name=name)
        self.setObjectName("dose.new_product")
        self._offered = self._meant = ""
        self.clicked.connect(self._on_pressed)
        self.hide()

    def offer(self, name: str) -> None:
        """Offer to make a product of ``name``."""
        self._offered = name
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
        words = _("Make a new product: {name}")
        self.say(words.format(name=short), name=words.format(name=name))
        self.show()

    def is_meant(self, name: str) -> bool:
        """Tell whether ``name`` was called a new product."""
        return bool(name) and name == self._meant

    def forget(self) -> None:
        """Begin anew: what was called a product so far is none."""
        self._meant = ""
        self.hide()

    def _on_pressed(self, *_checked: object) -> None:
        self._meant = self._offered
        self.hide()
        self.meant.emit()

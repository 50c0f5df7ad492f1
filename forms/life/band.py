"""A line over a report that cannot be edited: why, and the one step that changes that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.theme import repolish
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, label


class LockBand(QFrame):
    """Hidden while the report can be edited.

    Signals:
        acted: The step was asked for.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.setObjectName("report.locked")
        self._words = label(kind="body", parent=self, wrap=True)
        self.act = Button(_("Unlock"), self, kind="small")
        self.act.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(Icon("lock", "due", 16, self))
        row.addWidget(self._words, 1)
        row.addWidget(self.act)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence shown; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def say(self, why: str, act: str) -> None:
        """Show why the report cannot be edited and what can be done; nothing where it can."""
        self._words.setText(why)
        self.setAccessibleName(why)
        self.act.say(act or _("Unlock"))
        self.act.setVisible(bool(act))
        repolish(self, state="due")
        self.setVisible(bool(why))

"""A line over a page that says what happened to it, with at most one thing to do."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from aeapp.domain.items import generic, specs_of
from aeapp.domain.records import ALL_RECORDS
from aeapp.kernel.i18n import _
from aeapp.services.ports import ChangedElsewhereError
from forms.announce import announce
from forms.bars import day_words
from forms.theme import repolish
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, label

_ICONS = {"due": "undo", "overdue": "difference"}


class Notice(QFrame):
    """One sentence in a status colour; hidden while there is nothing to say.

    Signals:
        acted: The button was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._icon = Icon("", "due", 16, self)
        self._words = label(kind="body", parent=self, wrap=True)
        self.act = Button(_("Show"), self, kind="small")
        self.act.clicked.connect(self._on_act)
        close = Button(parent=self, kind="small", icon="close", name=_("Close"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self.act)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence shown; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str, *, act: str = "", look: str = "due") -> None:
        """Show a sentence, and a button where there is something to do."""
        self._icon.show_role(_ICONS[look], look)
        self._words.setText(text)
        self.act.say(act or _("Show"))
        self.act.setVisible(bool(act))
        self.setAccessibleName(text)
        repolish(self, state=look)
        self.show()
        announce(self, text)

    def _on_act(self) -> None:
        self.hide()
        self.acted.emit()


def changed_words(error: ChangedElsewhereError) -> str:
    """Return which items somebody else has saved, by their labels; no values."""
    kinds = {record.KIND: record for record in ALL_RECORDS}
    kind: type | None = kinds.get(error.kind)
    specs = specs_of(kind) if kind is not None else {}
    found = (specs.get(generic(path)) for path in error.paths)
    names = ", ".join(dict.fromkeys(_(spec.item.label) for spec in found if spec))
    words = _("{who} has saved this since you opened it: {items}. Yours is kept as a draft.")
    return words.format(who=error.who or _("Somebody else"), items=names or _("other items"))


def restored_words(kept_at: str, zone: dt.tzinfo) -> str:
    """Return that unsaved work is back; ``kept_at`` is UTC text, empty where it is not known."""
    when = _("before")
    if kept_at:
        moment = dt.datetime.fromisoformat(kept_at).astimezone(zone)
        when = f"{day_words(moment.date())}, {moment:%H:%M}"
    words = _("Your unsaved work of {when} is back. Undo takes it away step by step.")
    return words.format(when=when)

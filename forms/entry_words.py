"""What is said of the row being typed: beside its cells, and without room there under them."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from aeapp.kernel.i18n import _
from forms.theme import Status, px
from forms.widgets.buttons import Button, KeyCap, Pill
from forms.widgets.labels import Note, label

ROOM_FOR_WORDS, GAP = 186, 6
# In a narrower row the reason stands under the note, so that both are read whole.
SIDE_BY_SIDE_FROM = 680


class EntryWords:
    """Pill, caption, keys, note and reason of a row, and the button for more readings.

    Attributes:
        beside: Stands behind the cells.
        foot: Stands under them while there is something to say there.
    """

    def __init__(self, row: QWidget, more: Button) -> None:
        self.pill = Pill(Status.DUE, "", row)
        self.caption = label(kind="caption", parent=row)
        self.pill.hide()
        self.reason = QLineEdit(row)
        self.reason.setObjectName("vitals.reason")
        self.reason.setAccessibleName(_("Why these readings are right"))
        self.reason.setPlaceholderText(_("why it is right, in a few words"))
        self.reason.setMaxLength(500)
        self.reason.hide()
        self.note = Note(row)
        self.beside, self.foot = QWidget(row), QWidget(row)
        self._row = row
        self._more, self._more_told = more, True
        self._room, self._shelf = 0, False
        self._build(row)

    def _build(self, row: QWidget) -> None:
        # The cells keep their width; what is beside them shows as far as there is room.
        self.beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self.beside)
        line.setContentsMargins(8, 0, 6, 0)
        line.setSpacing(GAP)
        self._upper, self._lower, self._corner = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for place in (self._upper, self._lower):
            place.setSpacing(GAP)
        line.addLayout(self._upper)
        self._caps: list[QWidget] = []
        for key, words in (("Enter", _("save")), ("Alt ↑", _("1 min earlier"))):
            self._caps += [KeyCap(key, row), label(words, "caption", row)]
        for cap in self._caps:
            line.addWidget(cap)
        line.addStretch(1)
        line.addLayout(self._corner)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addLayout(self._lower)
        told.addWidget(self.note, 1)
        self._under = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.foot)
        self._under.setContentsMargins(8, 0, 8, 0)
        self._under.setSpacing(8)
        self._under.addLayout(told, 1)
        self._under.addWidget(self.reason, 1)
        self._foot_corner = QHBoxLayout()
        told.addStretch()
        told.addLayout(self._foot_corner)

    # --- what the row uses

    def say_due(self, words: str, pill: str) -> None:
        """Say which row is due, in the pill where it is to be taken again."""
        if (self.pill.accessibleName(), self.caption.text()) == (pill, words):
            return
        self.pill.show_status(Status.DUE, pill)
        self.caption.setText(words)
        self.fit()

    def set_room(self, room: int, *, shelf: bool, more: bool) -> None:
        """Lay everything out anew.

        Args:
            room: How wide the place beside the cells is.
            shelf: Whether there are cells below; the button stands behind them.
            more: Whether there is more to be asked for.
        """
        self._room, self._shelf, self._more_told = room, shelf, more
        self.fit()

    def fit(self) -> None:
        """Put everything where there is room for it now."""
        told = {self.pill: self.pill.accessibleName(), self.caption: self.caption.text()}
        words = sum(part.sizeHint().width() + px(GAP) for part, said in told.items() if said)
        below = bool(words) and self._room < max(px(ROOM_FOR_WORDS), words + px(16))
        used = px(16) + (0 if below else words)
        more = self._more.sizeHint().width() + px(GAP)
        beside = self._more_told and not self._shelf and self._room >= used + more
        used += more if beside else 0
        keys = sum(cap.sizeHint().width() + px(GAP) for cap in self._caps)
        for cap in self._caps:
            cap.setVisible(self._room >= used + keys)
        for part, said in told.items():
            _move(part, self._lower if below else self._upper, shown=bool(said))
        if not self._shelf:
            place = self._corner if beside else self._foot_corner
            _move(self._more, place, shown=self._more_told)
        narrow = self._row.width() < px(SIDE_BY_SIDE_FROM)
        directions = QBoxLayout.Direction
        way = directions.TopToBottom if narrow else directions.LeftToRight
        if way is not self._under.direction():
            self._under.setDirection(way)
            # A layout that turns round does not tell the ones around it.
            self.foot.updateGeometry()
        away = self._more_told and not self._shelf and not beside
        told_there = below or away or bool(self.note.text) or not self.reason.isHidden()
        self.note.setVisible(bool(self.note.text))
        self.foot.setVisible(told_there)


def _move(part: QWidget, place: QHBoxLayout, *, shown: bool) -> None:
    if place.indexOf(part) < 0:
        place.addWidget(part)
    # Qt hides what goes to another widget, until later.
    part.setVisible(shown)

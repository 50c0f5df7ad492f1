"""Catch an event in the chair: a letter, a digit, Enter. The onset is the minute of the letter.

The letters never move, so that hands can learn them. Severity is how strong, never how serious.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.safety import Severity
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import N_, _
from forms import fonts, paint
from forms.announce import announce
from forms.now import Now
from forms.theme import px, tokens
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the palette.

    Attributes:
        short: What stands on the tile where the words are too long for it.
    """

    letter: str
    words: str
    short: str = ""


PALETTE: tuple[Term, ...] = (
    Term("D", N_("Dissociation")),
    Term("Z", N_("Dizziness")),
    Term("N", N_("Nausea")),
    Term("B", N_("Blood pressure increased"), N_("Pressure up")),
    Term("S", N_("Sedation")),
    Term("H", N_("Headache")),
    Term("A", N_("Anxiety")),
    Term("V", N_("Vomiting")),
    Term("U", N_("Blurred vision")),
    Term("T", N_("Taste altered")),
    Term("P", N_("Paresthesia")),
    Term("R", N_("Slow breathing")),
)
SEVERITIES = tuple(s for s in Severity if s is not Severity.DEATH)


class EventTile(QAbstractButton):
    """One term with its letter."""

    def __init__(self, term: Term, parent: QWidget) -> None:
        super().__init__(parent)
        self.term = term
        self.setText(_(term.short or term.words))
        self.setCheckable(True)
        self.setAccessibleName(f"{_(term.words)}, {term.letter}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # The panel is one stop of the Tab key; its letters reach every tile.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Stay as the panel says."""

    def sizeHint(self) -> QSize:
        width = paint.text_width(fonts.sized("strong"), self.text())
        return QSize(round(width) + px(48), px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(110), px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        chosen = self.isChecked()
        fill = "accent_tint" if chosen else "hover" if self.underMouse() else "surface"
        painter.setBrush(look.color(fill))
        painter.setPen(look.color("accent" if chosen else "line"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        ink = look.color("accent" if chosen else "text")
        cap = QRectF(px(8), 0, px(18), area.height())
        paint.key_cap(painter, cap, self.term.letter, ink if chosen else None)
        painter.setPen(ink)
        font = fonts.sized("strong" if chosen else "body")
        painter.setFont(font)
        words = QRectF(px(34), 0, area.width() - px(38), area.height())
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


class OtherLine(QLineEdit):
    """Takes a term of nobody's list; its Enter chooses and must not reach the panel's Save."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.accept()


class EventPanel(QFrame):
    """The palette of events.

    Signals:
        caught: An event is to be stored; carries its words, severity or None, and onset.
        left: Esc was pressed with nothing left to close; the focus may go back.
    """

    caught = Signal(str, object, object)
    left = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("events.palette")
        self.setAccessibleName(_("Event palette"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._now = now
        self._zero: PartialDate | None = None
        self._words = ""
        self._severity: Severity | None = None
        self._held: dt.datetime | None = None
        self._shift = 0
        self.tiles = {term.letter: EventTile(term, self) for term in PALETTE}
        self.other = OtherLine(self)
        self.other.setObjectName("events.other")
        self.other.setMaxLength(250)
        self.other.setPlaceholderText(_("the event, in the words it was told"))
        self.other.setAccessibleName(_("Other event"))
        self.other.returnPressed.connect(self._on_other_entered)
        self.other.hide()
        self._choice = QWidget(self)
        self._title = label(kind="strong", parent=self._choice, wrap=True)
        self._onset = label(kind="caption", parent=self._choice)
        self._chips = ChipRow(
            [Option(value=s, text=_(s.words)[2:], key=s.value) for s in SEVERITIES], self._choice
        )
        self._chips.name_all(_("Severity"))
        self._chips.picked.connect(self._on_severity)
        self.save = Button(_("Save"), self._choice, kind="main", key="Enter")
        self.save.clicked.connect(self._on_save)
        self.note = Note(self)
        self._build()
        self._choice.hide()
        self.note.hide()

    def show_zero(self, zero: PartialDate | None) -> None:
        """Count minutes from ``zero``, the begin of the first dose."""
        self._zero = zero

    # --- building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(_("Event"), "strong", self))
        head.addStretch(1)
        head.addWidget(KeyCap("/", self))
        head.addWidget(label(_("other term"), "caption", self))
        head.addSpacing(6)
        head.addWidget(KeyCap("F4", self))
        grid = QGridLayout()
        grid.setSpacing(4)
        for n, tile in enumerate(self.tiles.values()):
            tile.clicked.connect(self._on_tile)
            grid.addWidget(tile, n // 2, n % 2)
            grid.setColumnStretch(n % 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(self.other)
        column.addWidget(self._choice)
        column.addWidget(self.note)
        inner = QVBoxLayout(self._choice)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self._title)
        inner.addWidget(self._chips)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._onset)
        foot.addWidget(KeyCap("Alt ↑", self._choice))
        foot.addWidget(label(_("1 min earlier"), "caption", self._choice))
        foot.addStretch(1)
        foot.addWidget(self.save)
        inner.addLayout(foot)

    # --- choosing

    def _choose(self, words: str) -> None:
        self._words, self._severity = words, None
        if self._held is None:
            self._held = self._now()
        for tile in self.tiles.values():
            tile.setChecked(_(tile.term.words) == words)
        self._title.setText(
            _("{event}: how strong? Says nothing of seriousness").format(event=words)
        )
        self._chips.show_chosen(frozenset())
        self._say("")
        self._choice.show()
        self._show_onset()
        self.setFocus()
        announce(self, self._title.text())

    def _say(self, words: str) -> None:
        self.note.say(words, "info" if words else "")
        self.note.setVisible(bool(words))

    def _show_onset(self) -> None:
        at = self.onset
        minute = minute_words(self._zero, at)
        words = _("Onset {time}").format(time=f"{at.hour:02d}:{at.minute:02d}")
        self._onset.setText(f"{words}, {minute}" if minute else words)

    @property
    def onset(self) -> PartialDate:
        """Return the minute the event began."""
        moment = (self._held or self._now()) + dt.timedelta(minutes=self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, EventTile):
            self._choose(_(tile.term.words))

    def _on_other_entered(self) -> None:
        words = " ".join(self.other.text().split())
        if words:
            self._choose(words)

    def _on_severity(self, severity: object) -> None:
        chosen = severity if isinstance(severity, Severity) else None
        self._severity = None if chosen is self._severity else chosen
        self._chips.show_chosen(frozenset({self._severity}) if self._severity else frozenset())
        self.setFocus()

    def _on_save(self) -> None:
        if not self._words:
            return
        words, severity, onset = self._words, self._severity, self.onset
        self.clear()
        self.caught.emit(words, severity, onset)

    def clear(self) -> None:
        """Forget what is chosen."""
        self._words, self._severity, self._held, self._shift = "", None, None, 0
        for tile in self.tiles.values():
            tile.setChecked(False)
        self.other.clear()
        self.other.hide()
        self._choice.hide()
        self._say("")

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.other.hasFocus() and event.key() not in (Qt.Key.Key_Escape,):
            super().keyPressEvent(event)
            return
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._words:
            self._shift += -1 if event.key() == Qt.Key.Key_Up else 1
            self._show_onset()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif event.key() in _ENTER:
            self._on_save()
        elif not self._typed(event.text().upper()):
            super().keyPressEvent(event)

    def _typed(self, letter: str) -> bool:
        if letter == "/":
            self.other.show()
            self.other.setFocus()
            return True
        if letter in self.tiles:
            self._choose(_(self.tiles[letter].term.words))
            return True
        if self._words and letter == Severity.DEATH.value:
            self._say(_("5, death, comes only with the outcome of the event."))
            return True
        severity = next((s for s in SEVERITIES if s.value == letter), None)
        if severity is None or not self._words:
            return False
        self._severity = severity
        self._chips.show_chosen(frozenset({severity}))
        return True

    def _on_escape(self) -> None:
        if self.other.hasFocus():
            self.other.hide()
            self.setFocus()
        else:
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint.focus_ring(QPainter(self), QRectF(self.rect()), 8)

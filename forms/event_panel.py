"""Catch an event in the chair: a letter, a digit, Enter. The onset is the minute of the letter.

The letters never move, so that hands can learn them. Severity is how strong, never how serious.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.chair.palette import Use, tiles
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.grades import TermGrades
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.chair.event_tiles import EventTile
from forms.chair.grade_lines import GradeLines
from forms.chair.moment_typed import told_words
from forms.chair.severities import SEVERITIES, severity_words
from forms.chair.term_finder import TermFinder
from forms.chair.typed_time import HOW, TypedTime
from forms.now import Now, shifted
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option
from forms.widgets.ringed import RingedFrame
from forms.widgets.scrolling import reveal

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MINUS = ("-", "\N{MINUS SIGN}")


class EventPanel(RingedFrame):
    """The palette of events.

    Signals:
        caught: An event is to be stored; carries its words, severity or None, and onset: None
            where a session is told afterwards and nobody told it.
        left: Esc was pressed with nothing left to close; the focus may go back.
        chosen: An event was chosen; carries its words, of which CTCAE may say the grades.
        opened: Another session is shown; the clinic's use may be another, too.
    """

    caught = Signal(str, object, object)
    left = Signal()
    chosen = Signal(str)
    opened = Signal()

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
        self._afterwards = False
        self.tiles = {term.letter: EventTile(term, self) for term in tiles()}
        self.finder = TermFinder(self)
        self.finder.picked.connect(self._choose)
        self.finder.left.connect(self._on_finder_left)
        self.finder.hide()
        self._choice = QWidget(self)
        self._title = label(kind="strong", parent=self._choice, wrap=True)
        self._onset = label(kind="caption", parent=self._choice, wrap=True)
        self.time = TypedTime("events.onset", _("Onset, another time"), now, self._choice)
        self.time.textChanged.connect(self._show_onset)
        self.time.shifted.connect(self._on_shifted)
        self.time.taken.connect(self.setFocus)
        self.time.left.connect(self.setFocus)
        self.time.refused.connect(lambda: self._say(_(HOW)))
        self._chips = ChipRow(
            [Option(value=s, text=severity_words(s), key=s.value) for s in SEVERITIES], self._choice
        )
        self._chips.name_all(_("Severity"))
        self._chips.picked.connect(self._on_severity)
        self.grades = GradeLines(self._choice)
        self.save = Button(_("Save"), self._choice, kind="main", key="Enter")
        self.save.clicked.connect(self._on_save)
        self.note = Note(self)
        self._build()
        self._choice.hide()
        self.note.hide()

    def open_anew(self) -> None:
        """Begin with another session."""
        self.clear()
        self.opened.emit()

    def show_session(
        self, started: PartialDate | NullFlavor | None, *, afterwards: bool = False
    ) -> None:
        """Take the begin of the session, and whether it is told ``afterwards``."""
        self._afterwards = afterwards
        self.time.show_started(started)

    def show_zero(self, zero: PartialDate | None) -> None:
        """Count minutes from ``zero``, the begin of the first dose."""
        self._zero = zero

    def show_use(self, use: Use) -> None:
        """Order the tiles, and say how many sessions had each; the letters stay."""
        self._share.setVisible(use.says)
        self.finder.show_use(use)
        for n, term in enumerate(tiles(use)):
            tile = self.tiles[term.letter]
            tile.show_use(use)
            self._grid.addWidget(tile, n // 2, n % 2)

    def show_grades(self, words: str, grades: tuple[TermGrades, ...]) -> None:
        """Show what CTCAE says of the grades of ``words``, if they are still the ones chosen."""
        if words == self._words:
            self.grades.show_grades(grades, self._severity)
            reveal(self._choice)

    # --- building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(_("Event"), "strong", self))
        self._share = label(_("share of this clinic's sessions"), "caption", self)
        self._share.hide()
        head.addWidget(self._share)
        head.addStretch(1)
        head.addWidget(KeyCap("/", self))
        head.addWidget(label(_("other term"), "caption", self))
        head.addSpacing(6)
        head.addWidget(KeyCap("F4", self))
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        for n, tile in enumerate(self.tiles.values()):
            tile.clicked.connect(self._on_tile)
            self._grid.addWidget(tile, n // 2, n % 2)
            self._grid.setColumnStretch(n % 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self.finder)
        column.addWidget(self._choice)
        column.addWidget(self.note)
        self._build_choice()

    def _build_choice(self) -> None:
        """Lay out what is asked once a term was chosen."""
        inner = QVBoxLayout(self._choice)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self._title)
        inner.addWidget(self._chips)
        inner.addWidget(self.grades)
        inner.addWidget(self._onset)
        time = QHBoxLayout()
        time.setSpacing(6)
        time.addWidget(KeyCap("-", self._choice))
        time.addWidget(self.time, 1)
        inner.addLayout(time)
        foot = QHBoxLayout()
        foot.setSpacing(6)
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
        self.grades.show_grades(())
        self._choice.show()
        self._show_onset()
        self.setFocus()
        reveal(self._choice)
        announce(self, self._title.text())
        self.chosen.emit(words)

    def _say(self, words: str) -> None:
        self.note.say(words, "info" if words else "")
        self.note.setVisible(bool(words))

    def _show_onset(self, *_typed: str) -> None:
        at = self.onset
        if at is None:
            self._onset.setText(_("Onset not told yet; type it, or ? where nobody knows"))
            return
        minute = minute_words(self._zero, at) if isinstance(at, PartialDate) else ""
        words = _("Onset {time}").format(time=told_words(at, self._now()))
        self._onset.setText(f"{words}, {minute}" if minute else words)

    @property
    def onset(self) -> PartialDate | NullFlavor | None:
        """Return when the event began: as typed, else the minute of its letter."""
        told = self.time.value
        if told is not None or self._afterwards:
            return told
        moment = shifted(self._held or self._now(), self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def _on_shifted(self, minutes: int) -> None:
        if not self.time.shift(minutes):
            self._shift += minutes
        self._show_onset()

    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, EventTile):
            self._choose(_(tile.term.words))

    def _on_finder_left(self) -> None:
        self.finder.hide()
        self.setFocus()

    def _on_severity(self, severity: object) -> None:
        chosen = severity if isinstance(severity, Severity) else None
        self._severity = None if chosen is self._severity else chosen
        self._chips.show_chosen(frozenset({self._severity}) if self._severity else frozenset())
        self.grades.show_chosen(self._severity)
        self.setFocus()

    def _on_save(self) -> None:
        if not self._words:
            return
        if self.time.is_wrong:
            self._say(_(HOW))
            self.time.setFocus()
            return
        words, severity, onset = self._words, self._severity, self.onset
        self.clear()
        self.caught.emit(words, severity, onset)

    def clear(self) -> None:
        """Forget what is chosen."""
        self._words, self._severity, self._held, self._shift = "", None, None, 0
        self.time.clear()
        for tile in self.tiles.values():
            tile.setChecked(False)
        self.finder.clear()
        self.finder.hide()
        self._choice.hide()
        self._say("")

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._words:
            self._on_shifted(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER:
            self._on_save()
        elif not self._typed(event.text().upper()):
            super().keyPressEvent(event)

    def _typed(self, letter: str) -> bool:
        if letter == "/":
            self.finder.show()
            self.finder.line.setFocus()
            return True
        if letter in _MINUS and self._words:
            self.time.setText("-")
            self.time.setFocus()
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
        self.grades.show_chosen(severity)
        return True

"""Change one event of the session in place: over now, how strong, when, how it was treated.

A first answer is stored at once. What stood before is changed only with a reason, which is asked in
the same place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Event
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import N_, _
from forms.chair.code_finder import CodeFinder
from forms.chair.moment_typed import told_words
from forms.chair.severities import SEVERITIES, severity_words
from forms.chair.typed_time import HOW, TypedTime
from forms.now import Now, local_now
from forms.reason_strip import ReasonStrip
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option
from forms.widgets.ringed import RingedFrame

WHY_CHANGED = (N_("Typing slip"), N_("Asked again"), N_("New information"))
WHY_STRUCK = (N_("Entered twice"), N_("Another patient"), N_("Did not happen"))
_HINTS = (
    ("Alt ↑", N_("earlier")),
    ("O", N_("onset")),
    ("E", N_("end")),
    ("T", N_("treatment")),
    ("C", N_("code")),
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EventEditor(RingedFrame):
    """Keys for one event.

    Signals:
        resolved: The event is over now.
        told: What was not known before; carries the event and {item: value}.
        corrected: Other values; carries the event, {item: value} and the reason.
        coded: A person chose its coded term; carries the event and the offer.
        struck: The event does not count; carries the event and the reason.
        left: Esc was pressed.
    """

    resolved = Signal(object)
    told = Signal(object, object)
    corrected = Signal(object, object, str)
    coded = Signal(object, object)
    struck = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, now: Now = local_now) -> None:
        super().__init__(parent)
        self._now = now
        self.setProperty("kind", "entry")
        self.setObjectName("events.editor")
        self.setAccessibleName(_("Change an event"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._event = Event()
        self._zero: PartialDate | None = None
        self._part = "onset"
        self._changes: dict[str, Any] = {}
        self._striking = self._closed = False
        self._title = label(kind="strong", parent=self, wrap=True)
        self._times = label(kind="caption", parent=self, wrap=True)
        self.over = Button(_("Over now"), self, kind="small", key="R")
        self.over.clicked.connect(self._on_over)
        self.chips = ChipRow(
            [Option(value=s, text=severity_words(s), key=s.value) for s in SEVERITIES], self
        )
        self.chips.name_all(_("Severity"))
        self.chips.picked.connect(self._on_severity)
        self.time = TypedTime("events.time", _("Time of the onset or the end"), now, self)
        self.time.taken.connect(self._on_time)
        self.time.refused.connect(lambda: self._times.setText(_(HOW)))
        self.time.left.connect(self._on_time_left)
        self.time.shifted.connect(self._shift)
        self.time.hide()
        self.treatment = QLineEdit(self)
        self.treatment.setObjectName("events.treatment")
        self.treatment.setMaxLength(2000)
        self.treatment.setPlaceholderText(_("treatment given, with times"))
        self.treatment.setAccessibleName(_("Treatment of the event"))
        self.treatment.returnPressed.connect(self._on_treated)
        self._codes = label(kind="caption", parent=self, wrap=True)
        self.finder = CodeFinder(self)
        self.finder.picked.connect(self._on_coded)
        self.finder.left.connect(self.setFocus)
        self.strike = Button(_("Strike through…"), self, kind="small", key="X")
        self.strike.clicked.connect(self._on_strike)
        self.reason = ReasonStrip(self)
        self.reason.answered.connect(self._on_reason)
        self.reason.left.connect(self._on_reason_left)
        self._build()
        self.hide()

    def _build(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(6)
        keys.addWidget(self.over)
        keys.addWidget(self.strike)
        keys.addStretch(1)
        # In as many rows as the width of the card asks for.
        hints = QWidget(self)
        flow = FlowLayout(hints, gap=8)
        for cap, words in _HINTS:
            flow.addWidget(_hint(cap, _(words), hints))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(keys)
        column.addWidget(self.chips)
        column.addWidget(self._times)
        column.addWidget(hints)
        column.addWidget(self.time)
        column.addWidget(self._codes)
        column.addWidget(self.finder)
        column.addWidget(self.treatment)
        column.addWidget(self.reason)

    # --- showing

    def show_started(self, started: PartialDate | NullFlavor | None) -> None:
        """Take the begin of the session, on whose day a time without a day lies."""
        self.time.show_started(started)

    def show_event(self, event: Event, zero: PartialDate | None, *, closed: bool = False) -> None:
        """Show another event, or the same one as it is stored now.

        In a ``closed`` session every change asks for its reason, also a first answer.
        """
        self._closed = closed
        if event.id != self._event.id:
            self._changes, self._part = {}, "onset"
            self.time.clear()
            self.time.hide()
            self.reason.hide()
            self.finder.hide()
        self._event, self._zero = event, zero
        self.treatment.setText(as_text(event.treatment))
        self._refresh()

    @property
    def event_id(self) -> str:
        """Return the id of the event shown."""
        return self._event.id

    def _refresh(self) -> None:
        event = replace(self._event, **self._changes)
        self._title.setText(event.verbatim or "")
        self.setAccessibleName(_("Change {event}").format(event=event.verbatim or ""))
        severity = event.severity
        chosen = frozenset({severity}) if isinstance(severity, Severity) else frozenset()
        self.chips.show_chosen(chosen)
        self.over.setVisible(self._may_be_over)
        parts = [_("onset {time}").format(time=self._time(event.onset))]
        if event.ended is not None:
            parts.append(_("end {time}").format(time=self._time(event.ended)))
        if self._changes:
            parts.append(_("Enter stores it"))
        self._times.setText(", ".join(parts))
        self._codes.setText(code_words(event))
        self._codes.setVisible(bool(event.codings))

    @property
    def _may_be_over(self) -> bool:
        """Tell whether it may end now; after the session nobody sees that any more."""
        return not self._closed and not isinstance(self._event.ended, PartialDate)

    def _time(self, at: object) -> str:
        if not isinstance(at, PartialDate):
            return _("not known")
        told = told_words(at, self._now())
        return ", ".join(part for part in (told, minute_words(self._zero, at)) if part)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.treatment.hasFocus() or self.time.hasFocus() or self.reason.isVisible():
            if event.key() == Qt.Key.Key_Escape:
                self.setFocus()
            return
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif event.key() in _ENTER:
            self._store()
        elif not self._typed(event.text().upper()):
            super().keyPressEvent(event)

    def _typed(self, letter: str) -> bool:
        severity = next((s for s in SEVERITIES if s.value == letter), None)
        acts = {
            "R": self._on_over,
            "X": self._on_strike,
            "T": self.treatment.setFocus,
            "C": self._on_code,
        }
        if severity is not None:
            self._on_severity(severity)
        elif letter in ("E", "O"):
            self._ask_time("ended" if letter == "E" else "onset")
        elif letter in acts:
            acts[letter]()
        else:
            return False
        return True

    def _ask_time(self, part: str) -> None:
        self._part = part
        words = _("End of the event") if part == "ended" else _("Onset of the event")
        self.time.setAccessibleName(words)
        self.time.setPlaceholderText(f"{words}: -12, 14:05, 2026-11-23 14:05")
        self.time.clear()
        self.time.show()
        self.time.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_time(self) -> None:
        """Take the time typed; Enter on nothing stores what was shifted or chosen."""
        told = self.time.value
        if told is not None:
            self._changes[self._part] = told
        self._on_time_left()
        if told is None:
            self._store()

    def _on_time_left(self) -> None:
        self.time.clear()
        self.time.hide()
        self.setFocus()
        self._refresh()

    def _on_escape(self) -> None:
        if self._changes:
            self._changes = {}
            self._refresh()
        else:
            self.left.emit()

    def _shift(self, minutes: int) -> None:
        at = self._changes.get(self._part, getattr(self._event, self._part))
        moment = at.utc() if isinstance(at, PartialDate) else None
        if moment is None:
            return
        zone = dt.timezone(dt.timedelta(minutes=at.offset or 0))
        later = (moment + dt.timedelta(minutes=minutes)).astimezone(zone)
        self._changes[self._part] = PartialDate.of(later)
        self._refresh()

    def _on_severity(self, severity: object) -> None:
        if isinstance(severity, Severity):
            self._changes["severity"] = severity
            self._refresh()
            if self._event.severity is None and len(self._changes) == 1:
                self._store()

    def _on_over(self) -> None:
        if self._may_be_over:
            self.resolved.emit(self._event)

    def _on_treated(self) -> None:
        words = " ".join(self.treatment.text().split())
        if words and words != self._event.treatment:
            self._changes["treatment"] = words
            self._store()
        self.setFocus()

    def _on_code(self) -> None:
        self.finder.open_with(self._event.verbatim or "")

    def _on_coded(self, offer: object) -> None:
        self.coded.emit(self._event, offer)
        self.setFocus()

    def _on_strike(self) -> None:
        self._striking = True
        self.reason.ask(_("Why does it not count?"), [_(w) for w in WHY_STRUCK])

    # --- storing

    def _store(self) -> None:
        self._changes = {
            name: value
            for name, value in self._changes.items()
            if value != getattr(self._event, name)
        }
        if not self._changes:
            return
        if self._closed or any(getattr(self._event, name) is not None for name in self._changes):
            self._striking = False
            self.reason.ask(_("Why is it changed?"), [_(w) for w in WHY_CHANGED])
            return
        changes, self._changes = self._changes, {}
        self.told.emit(self._event, changes)

    def _on_reason(self, reason: str) -> None:
        changes, self._changes = self._changes, {}
        if self._striking:
            self.struck.emit(self._event, reason)
        else:
            self.corrected.emit(self._event, changes, reason)
        self.setFocus()

    def _on_reason_left(self) -> None:
        self._changes = {}
        self._refresh()
        self.setFocus()


def _hint(cap: str, words: str, parent: QWidget) -> QWidget:
    """Return a key with what it does, which no new row parts."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(KeyCap(cap, holder))
    row.addWidget(label(words, "caption", holder))
    return holder


def code_words(event: Event) -> str:
    """Return the coded terms of an event: ``MedDRA 28.0: its term (its code)``."""
    words = [
        f"{_(c.terminology.words) if c.terminology else ''} {c.edition or ''}: "
        f"{_(c.term or '')} ({c.code or ''})"
        for c in event.codings
    ]
    return "; ".join(words)

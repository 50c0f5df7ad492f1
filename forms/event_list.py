"""The events of a session, numbered, each with its course and the way to its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import as_text
from aeapp.domain.records import Decision, Event
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.chair.event_editor import EventEditor
from forms.decision_row import DecisionRow
from forms.models.vitals import time_words
from forms.now import Now, local_now
from forms.widgets.buttons import Button, Tag
from forms.widgets.emptied import discard
from forms.widgets.labels import hairline, label
from forms.widgets.ringed import RingedFrame


class _Line(QWidget):
    """One event; a press opens it for changes."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()


class EventList(RingedFrame):
    """Lists events in the order of their onset; arrows choose one, its keys stand below it.

    Signals:
        report_asked: The report of an event is wanted; carries the event.
        decided: A decision on an event is complete; carries the choice.
    """

    report_asked = Signal(object)
    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None, now: Now = local_now) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("events.list")
        self.setAccessibleName(_("Events in this session"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._events: tuple[Event, ...] = ()
        self._zero: PartialDate | None = None
        self._closed = False
        self._failed: frozenset[int] = frozenset()
        self._shown: object = None
        self._made: Mapping[str, Decision] = {}
        self._rows: dict[str, DecisionRow] = {}
        self._whose = ""
        self._amended: frozenset[str] = frozenset()
        self._count = label(kind="caption", parent=self)
        head = QHBoxLayout()
        head.addWidget(label(_("Events in this session"), "strong", self))
        head.addStretch(1)
        head.addWidget(self._count)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.editor = EventEditor(self, now)
        self.editor.left.connect(self._on_editor_left)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._lines)
        column.addWidget(self.editor)
        self.show_events((), None)

    def show_events(
        self,
        events: Sequence[Event],
        zero: PartialDate | None,
        *,
        closed: bool = False,
        failed: frozenset[int] = frozenset(),
    ) -> None:
        """Show all events of the session; the struck ones stay, with their reason.

        ``failed`` are Python ids of events that could not be stored.
        """
        ordered = tuple(sorted(events, key=_onset))
        waits = tuple(id(e) in failed for e in ordered)
        shown = (ordered, zero, closed, waits, self._made, self._amended)
        if shown == self._shown:
            return
        self._shown, self._failed = shown, failed
        self._events, self._zero, self._closed = ordered, zero, closed
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            # A row in which somebody is deciding stays what it is.
            if old is not None and not isinstance(old, DecisionRow):
                discard(old)
        standing = [e for e in self._events if e.stands]
        self._count.setText(str(len(standing)) if standing else "")
        if not self._events:
            self._lines.addWidget(label(_("None so far."), "caption", self))
        numbers = {id(e): n for n, e in enumerate(standing, start=1)}
        for event in self._events:
            self._lines.addWidget(hairline(self))
            self._lines.addWidget(self._line(numbers.get(id(event), 0), event))
            if event.version and event.stands:
                self._lines.addWidget(self._decision_row(event))
        self._forget_rows({e.id for e in standing if e.version})
        self._show_editor()

    @property
    def waiting(self) -> int:
        """Return how many events wait for a decision of this person."""
        return 0 if self._whose else sum(not row.is_decided for row in self._rows.values())

    def show_whose(self, words: str) -> None:
        """Say for whom decisions are, and offer them no longer; "" offers them."""
        self._whose = words

    def show_amended(self, ids: frozenset[str]) -> None:
        """Say of these events, from the next showing on, that they were amended."""
        self._amended = ids

    def show_decisions(self, made: Mapping[str, Decision]) -> None:
        """Show these decisions, by the id of their event, from the next showing of events on."""
        self._made = made

    def _decision_row(self, event: Event) -> DecisionRow:
        row = self._rows.get(event.id)
        if row is None:
            row = self._rows[event.id] = DecisionRow(self)
            row.decided.connect(self.decided)
            row.left.connect(self.setFocus)
            row.show_whose(self._whose)
        row.show_event(event, self._made.get(event.id))
        return row

    def _forget_rows(self, kept: set[str]) -> None:
        for event_id in [i for i in self._rows if i not in kept]:
            row = self._rows.pop(event_id)
            self._lines.removeWidget(row)
            discard(row)

    def to_decision(self) -> None:
        """Put the focus on the decision of the chosen event, or of the first without one."""
        chosen = self._rows.get(self.editor.event_id) if self.editor.isVisible() else None
        undecided = (r for r in self._rows.values() if not r.is_decided)
        row = chosen or next(undecided, None)
        if row is not None:
            row.setFocus()

    def focus_first(self) -> None:
        """Choose an event and put the focus on its keys."""
        open_ = self._changeable()
        if not open_:
            self.setFocus()
        elif self.editor.isVisible():
            self.editor.setFocus()
        else:
            self._edit(open_[-1])

    def _changeable(self) -> list[Event]:
        # In a session that has ended, too: what is changed then is an amendment with its reason.
        return [e for e in self._events if e.stands and e.version]

    def _edit(self, event: Event) -> None:
        if event in self._changeable():
            self.editor.show_event(event, self._zero, closed=self._closed)
            self.editor.show()
            self.editor.setFocus()

    def _show_editor(self) -> None:
        """Keep the keys with their event as it is now; without one they go."""
        if self.editor.isHidden():
            return
        now = next((e for e in self._changeable() if e.id == self.editor.event_id), None)
        if now is None:
            self._on_editor_left()
        else:
            self.editor.show_event(now, self._zero, closed=self._closed)

    def _on_editor_left(self) -> None:
        focus: QWidget | None = self.window().focusWidget()
        held = focus is not None and (focus is self.editor or self.editor.isAncestorOf(focus))
        self.editor.hide()
        if held:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        open_ = self._changeable()
        if step and open_ and not event.modifiers():
            ids = [e.id for e in open_]
            at = ids.index(self.editor.event_id) if self.editor.event_id in ids else 0
            shown = self.editor.isVisible()
            self._edit(open_[(at + step) % len(open_)] if shown else open_[-1])
        elif event.text().upper() == "D":
            self.to_decision()
        else:
            super().keyPressEvent(event)

    def _line(self, number: int, event: Event) -> QWidget:
        line = _Line(self)
        line.pressed.connect(partial(self._edit, event))
        words = QVBoxLayout()
        words.setSpacing(0)
        head = label(_headline(event), "strong", line, wrap=True)
        if not event.stands:
            head.strike()
        words.addWidget(head)
        failed = id(event) in self._failed
        second = _("not stored; Ctrl+S tries again") if failed else _second(event, self._zero)
        if event.id in self._amended:
            second = ", ".join(part for part in (second, _("amended")) if part)
        words.addWidget(label(second, "caption", line, wrap=True))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        tag = Tag(str(number) if number else "–", line, solid=bool(number))
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if event.version and event.stands:
            text = _("Open report") if event.case_id else _("Report…")
            report = Button(text, line, kind="small", icon="reports")
            report.setObjectName(f"report.{number}")
            report.setAccessibleName(f"{text}: {event.verbatim}")
            report.clicked.connect(partial(self.report_asked.emit, event))
            row.addWidget(report)
        return line


def _onset(event: Event) -> str:
    return event.onset.sort_key() if isinstance(event.onset, PartialDate) else ""


def _headline(event: Event) -> str:
    if not isinstance(event.severity, Severity):
        return event.verbatim or ""
    return _("{event}, severity {number}").format(
        event=event.verbatim or "", number=event.severity.value
    )


def _second(event: Event, zero: PartialDate | None) -> str:
    if not event.version:
        return _("saving…")
    if not event.stands:
        return _("struck through: {reason}").format(reason=event.struck_reason)
    treatment = as_text(event.treatment)
    return ", ".join(part for part in (_course(event, zero), treatment) if part)


def _course(event: Event, zero: PartialDate | None) -> str:
    onset = event.onset if isinstance(event.onset, PartialDate) else None
    began = minute_words(zero, onset) or time_words(onset)
    if isinstance(event.ended, PartialDate):
        return _("{begin} to {end}").format(
            begin=began, end=minute_words(zero, event.ended) or time_words(event.ended)
        )
    if not began:
        return _("onset not known")
    if not event.goes_on:
        return _("from {begin}, end not known").format(begin=began)
    return _("from {begin}, going on").format(begin=began)

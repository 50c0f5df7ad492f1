"""The events of a session, numbered, each with the way to its report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codelists.safety import Severity
from aeapp.domain.records import Event
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.models.vitals import time_words
from forms.widgets.buttons import Button, Tag
from forms.widgets.labels import hairline, label


class EventList(QFrame):
    """Lists events in the order of their onset.

    Signals:
        report_asked: The report of an event is wanted; carries the event.
    """

    report_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Events in this session"))
        self._count = label(kind="caption", parent=self)
        head = QHBoxLayout()
        head.addWidget(label(_("Events in this session"), "strong", self))
        head.addStretch(1)
        head.addWidget(self._count)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._lines)
        self.show_events((), None)

    def show_events(self, events: Sequence[Event], zero: PartialDate | None) -> None:
        """Show all events of the session."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._count.setText(str(len(events)) if events else "")
        if not events:
            self._lines.addWidget(label(_("None so far."), "caption", self))
        for number, event in enumerate(sorted(events, key=_onset), start=1):
            self._lines.addWidget(hairline(self))
            self._lines.addWidget(self._line(number, event, zero))

    def _line(self, number: int, event: Event, zero: PartialDate | None) -> QWidget:
        line = QWidget(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_headline(event), "strong", line, wrap=True))
        words.addWidget(label(_second(event, zero), "caption", line, wrap=True))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(Tag(str(number), line, solid=True), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if event.version:
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
    onset = event.onset if isinstance(event.onset, PartialDate) else None
    began = minute_words(zero, onset) or time_words(onset)
    if not event.version:
        return _("saving…")
    if isinstance(event.ended, PartialDate):
        return _("{begin} to {end}").format(
            begin=began, end=minute_words(zero, event.ended) or time_words(event.ended)
        )
    return _("from {begin}, going on").format(begin=began) if began else _("onset not known")

"""When each scale falls due; while none does, the page says so and one key takes the usual ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from aeapp.domain.records import ScaleSchedule
from aeapp.domain.scales import schedule
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk
from forms.scales.words import name_of
from forms.widgets.buttons import Button
from forms.widgets.labels import label

PATHS = ("active", "at_baseline", "every", "counted_in", "routes", "lapses_after", "basis")


class OffStrip(QFrame):
    """Says that nothing falls due, and what the usual lines are.

    Signals:
        taken: The usual lines are to be put in use.
    """

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.setProperty("state", "due")
        self.setAccessibleName(_("No assessment falls due"))
        self.words = label(kind="body", parent=self, wrap=True)
        self.take = Button(_("Turn on the usual ones"), self, kind="main", shortcut="Alt+U")
        self.take.setObjectName("assessments.usual")
        self.take.clicked.connect(self.taken)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.take)
        self.hide()

    def show_lines(self, lines: Sequence[ScaleSchedule], names: dict[str, str]) -> None:
        """Show what would be taken; hide where a line is in use."""
        usual = schedule.usual(line for line in lines if line.version)
        told = "; ".join(f"{_name(names, one)} {schedule.when_words(one)}" for one in usual)
        self.words.setText(
            _("Every schedule is off: no assessment falls due for anybody. Usual: {lines}.").format(
                lines=told
            )
        )
        self.setVisible(not any(line.active for line in lines))


class AssessmentsPage(SettingsPage):
    """The assessment schedule; every scale in use can be put on it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._names: dict[str, str] = {}
        self._schedules = desk.app.schedules
        super().__init__(
            desk,
            _("Assessments"),
            _(
                "Which scale falls due for a patient under treatment, and when. What is due stands"
                " on Today. Nothing is due until a line is in use; how often is the clinic's"
                " decision."
            ),
            self._heads(),
            RecordForm(desk, ScaleSchedule(), PATHS, self._store, parent, default=_default_of),
            read=self._lines,
            record_of=lambda line: line,
            title_of=lambda line: _name(self._names, line),
            key_of=lambda line: line.scale,
            parent=parent,
        )
        self.off = OffStrip(self)
        self.off.taken.connect(self._on_taken)
        self.put_above(self.off)

    def _heads(self) -> tuple[Head, ...]:
        return (
            Head(head=N_("Scale"), text=lambda line: _name(self._names, line), width=200),
            Head(head=N_("Due"), text=_due_words, width=300),
            Head(
                head=N_("Whose"),
                text=lambda line: _("the clinic's own") if line.version else _("default"),
                width=0,
            ),
        )

    def _lines(self) -> Sequence[ScaleSchedule]:
        """Read the lines; runs on a thread."""
        scales = self._desk.app.scales.scales()
        self._names.update({s.code or "": name_of(s) for s in scales})
        lines = {line.scale: line for line in self._schedules.lines()}
        for scale in scales:
            if scale.active and scale.code not in lines:
                lines[scale.code] = ScaleSchedule(scale=scale.code, active=False)
        return tuple(lines.values())

    def _store(self, line: ScaleSchedule, reason: str) -> ScaleSchedule:
        return self._schedules.save(line, reason=reason)

    def _on_read(self, lines: Sequence[ScaleSchedule]) -> None:
        super()._on_read(lines)
        self.off.show_lines(lines, self._names)

    def _on_taken(self) -> None:
        self._desk.write(self._schedules.use_usual, while_alive(self, self._on_stored))

    def _on_stored(self, saved: Sequence[ScaleSchedule]) -> None:
        told = _("{count} schedules are on. What is due stands on Today.")
        self._desk.toast(told.format(count=len(saved)))
        self.refresh()
        self.focus_first()


def _name(names: dict[str, str], line: ScaleSchedule) -> str:
    return names.get(line.scale or "", line.scale or "")


def _due_words(line: ScaleSchedule) -> str:
    return schedule.when_words(line) if line.active else _("never")


def _default_of(line: Any) -> ScaleSchedule | None:
    known = next((s for s in schedule.DEFAULTS if s.scale == line.scale), None)
    return known or replace(ScaleSchedule(), scale=line.scale, active=False)

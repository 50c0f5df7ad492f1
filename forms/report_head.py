"""The head of one report: its numbers, its title, and what can be done with it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.case import Case
from aeapp.domain.lifecycle import state_words, whose_words
from aeapp.kernel.i18n import _
from forms.findings_panel import MEDIUM_EM
from forms.life.words import next_of_others, next_way
from forms.readiness_lines import DestinationBox
from forms.widgets.buttons import Button, Tag
from forms.widgets.labels import label

_ROOMY_EM = 86.0
_SPACIOUS_EM = 112.0


class ReportHead(QFrame):
    """Number, title, seriousness and patient code; state and owner; Save, next step and Export.

    Attributes:
        export: The one filled button of the place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self.back = Button(_("Reports"), self, kind="quiet", icon="back")
        self.destination = DestinationBox(self)
        self.save = Button(_("Save"), self, shortcut="Ctrl+S")
        self.step = Button(_("Next step"), self, key="Ctrl ⇧ S")
        self.export = Button(_("Export"), self, kind="main", icon="pdf", shortcut="Ctrl+E")
        self._number = label(kind="id", parent=self)
        self._title = label(kind="heading", parent=self, wrap=True)
        self._serious = Tag(_("Serious"), self, solid=True)
        self._patient = label(kind="id", parent=self)
        self._facts = label(kind="caption", parent=self, wrap=True)
        self._has_step = True
        self._build()

    def _build(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(12)
        for part in (self._number, self._serious, self._patient):
            second.addWidget(part)
        second.addWidget(self._facts, 1)
        self._words = QWidget(self)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addLayout(second)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(self.back)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.destination)
        self._row.addWidget(self.save)
        self._row.addWidget(self.step)
        self._row.addWidget(self.export)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 16, 8)
        self._column.setSpacing(4)
        self._column.addLayout(self._row)

    def show_case(self, case: Case, form: str, role: str = "", *, outdated: bool = False) -> None:
        """Show the facts of the case; ``outdated`` is one that changed since it was approved."""
        number = case.report.number or case.case.number or ""
        title = case.case.title or _("Report without a title")
        state = state_words(case.report, outdated=outdated)
        serious = case.happening.seriousness
        self._number.setText(number)
        self._title.setText(title)
        self._patient.setText(case.patient.code or "")
        self._patient.setVisible(bool(case.patient.code))
        self._serious.setVisible(isinstance(serious, frozenset) and bool(serious))
        owner = case.report.owner or _("no owner")
        waits = next_of_others(case.report, role, outdated=outdated)
        told = (state, owner, form, whose_words([waits]) if waits else "")
        self._facts.setText(", ".join(part for part in told if part))
        way = next_way(case.report, role, outdated=outdated)
        self._has_step = way is not None
        if way is not None:
            self.step.say(_(way.words))
        self._fit_step()
        self.setAccessibleName(f"{number} {title}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_step()

    def _fit_step(self) -> None:
        """Show the next step where its words fit whole; the page of versions has it, too."""
        others = (self.back, self.save, self.export)
        taken = sum(one.sizeHint().width() + self._row.spacing() for one in others)
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - taken
        narrow = self._row.indexOf(self._words) < 0
        fits = not narrow or self.step.sizeHint().width() <= room
        self.step.setVisible(self._has_step and fits)

    def show_width(self, em: float) -> None:
        """Leave out what has no room; in a narrow window the title gets a row of its own."""
        self._facts.setVisible(em >= _ROOMY_EM or em < MEDIUM_EM)
        # The readiness card picks the destination, too; the number must not be cut for it.
        self.destination.setVisible(em >= _SPACIOUS_EM)
        narrow = em < MEDIUM_EM
        if narrow and self._row.indexOf(self._words) >= 0:
            self._row.removeWidget(self._words)
            self._row.insertStretch(1, 1)
            self._column.addWidget(self._words)
        elif not narrow and self._row.indexOf(self._words) < 0:
            self._column.removeWidget(self._words)
            self._row.takeAt(1)
            self._row.insertWidget(1, self._words, 1)
        self._fit_step()

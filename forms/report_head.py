"""The head of one report: its numbers, its title, and what can be done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import ReportState
from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button, Tag
from forms.widgets.labels import label

_ROOMY_EM = 86.0


class ReportHead(QFrame):
    """Number, title, seriousness and patient code; Save and Export.

    Attributes:
        export: The one filled button of the place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self.back = Button(_("Reports"), self, kind="quiet", icon="back")
        self.save = Button(_("Save"), self, shortcut="Ctrl+S")
        self.export = Button(_("Export"), self, kind="main", icon="pdf", shortcut="Ctrl+E")
        self._number = label(kind="id", parent=self)
        self._title = label(kind="heading", parent=self, wrap=True)
        self._serious = Tag(_("Serious"), self, solid=True)
        self._patient = label(kind="id", parent=self)
        self._facts = label(kind="caption", parent=self, wrap=True)
        self._build()

    def _build(self) -> None:
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._title, 1)
        second = QHBoxLayout()
        second.setSpacing(12)
        for part in (self._number, self._serious, self._patient):
            second.addWidget(part)
        second.addWidget(self._facts, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        words.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addLayout(words, 1)
        row.addWidget(self.save)
        row.addWidget(self.export)

    def show_case(self, case: Case, form: str) -> None:
        """Show the facts of the case."""
        number = case.report.number or case.case.number or ""
        title = case.case.title or _("Report without a title")
        state = _((case.report.state or ReportState.DRAFT).words)
        serious = case.happening.seriousness
        self._number.setText(number)
        self._title.setText(title)
        self._patient.setText(case.patient.code or "")
        self._patient.setVisible(bool(case.patient.code))
        self._serious.setVisible(isinstance(serious, frozenset) and bool(serious))
        self._facts.setText(f"{state}, {form}")
        self.setAccessibleName(f"{number} {title}")

    def show_width(self, em: float) -> None:
        """Leave out what has no room."""
        self._facts.setVisible(em >= _ROOMY_EM)

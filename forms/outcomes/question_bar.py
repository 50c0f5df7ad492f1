"""What is asked for: the period, and whom of those treated in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from aeapp.domain.outcomes.page import Asked
from aeapp.domain.scales.catalogue import PHQ_9
from aeapp.kernel.i18n import _
from aeapp.services.outcome_rows import Choices
from forms.desk import Desk
from forms.theme import px
from forms.widgets.choice import paint_arrow
from forms.widgets.flow import FlowLayout
from forms.widgets.period_bar import PeriodBar


class Choice(QComboBox):
    """A list with a first line that stands for everything."""

    def __init__(self, name: str, everything: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._everything = everything
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMinimumWidth(px(150))
        self.offer(())

    def offer(self, choices: Sequence[tuple[str, Any]]) -> None:
        """Offer other lines, as (words, value); what was chosen stays chosen."""
        before = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            if self._everything:
                self.addItem(self._everything, None)
            for words, value in choices:
                self.addItem(words, value)
            self.setCurrentIndex(max(0, self.findData(before)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel meant for the page must not ask another question.
        event.ignore()

    @property
    def chosen(self) -> frozenset[Any]:
        """Return what is chosen; empty for everything."""
        value = self.currentData()
        return frozenset() if value is None else frozenset({value})


class QuestionBar(QWidget):
    """The period, and what narrows it.

    Signals:
        changed: Something else is asked for.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Who is looked at"))
        self.period = PeriodBar(desk.app.context.today, "outcomes", self)
        self.scale = Choice(_("Scale"), "", self)
        self.route = Choice(_("Route"), _("All routes"), self)
        self.substance = Choice(_("Product"), _("All products"), self)
        self.indication = Choice(_("Diagnosis"), _("All diagnoses"), self)
        self.prescriber = Choice(_("Prescriber"), _("All prescribers"), self)
        self._lists = (
            self.scale, self.route, self.substance, self.indication, self.prescriber,
        )  # fmt: skip
        row = QWidget(self)
        flow = FlowLayout(row, gap=8)
        for choice in self._lists:
            flow.addWidget(choice)
            choice.currentIndexChanged.connect(self._on_picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.period)
        column.addWidget(row)
        self.period.changed.connect(self.changed)

    def offer(self, choices: Choices) -> None:
        """Offer what is on record."""
        self.scale.offer([(name, code) for code, name in choices.scales])
        if self.scale.currentIndex() < 0:
            self.scale.setCurrentIndex(max(0, self.scale.findData(PHQ_9)))
        self.route.offer([(_(route.words), route) for route in choices.routes])
        self.substance.offer([(words, words) for words in choices.substances])
        self.indication.offer([(words, words) for words in choices.indications])
        self.prescriber.offer([(words, words) for words in choices.prescribers])

    def asked(self) -> Asked:
        """Return the question."""
        period = self.period.period
        asked = Asked(
            first=period.first,
            last=period.last,
            routes=self.route.chosen,
            substances=self.substance.chosen,
            indications=self.indication.chosen,
            prescribers=self.prescriber.chosen,
        )
        scale = self.scale.currentData()
        return asked if scale is None else replace(asked, scale=scale)

    def _on_picked(self, _index: int) -> None:
        self.changed.emit()

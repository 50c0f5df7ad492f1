"""The figures: who is counted, the rates, thoughts of suicide, harm, the months; two columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.outcomes.page import CAUTION, OutcomesPage
from aeapp.domain.outcomes.words import missing_words, plot_rows, rungs, studies_words
from aeapp.kernel.i18n import _
from forms.outcomes import harm_card, ideation_card
from forms.outcomes.control_card import ControlView
from forms.outcomes.harm_card import HarmView
from forms.outcomes.ideation_card import IdeationView
from forms.outcomes.ladder_card import LadderView
from forms.outcomes.plot_card import PlotView
from forms.theme import px
from forms.widgets.cards import card
from forms.widgets.labels import Label, label

_TWO_COLUMNS_FROM = 1000
_TOTALS = 6


class FiguresPage(QScrollArea):
    """The cards of one page of outcomes; every figure has its definition beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ladder = LadderView(_("Who is counted"), self)
        self.plot = PlotView(_("Outcomes with their intervals"), self)
        self.ideation = IdeationView(_("Suicidal ideation"), self)
        self.harm = HarmView(_("Events per 100 sessions"), self)
        self.control = ControlView(self)
        self.warning = label("", "caption", self, wrap=True)
        self.legend = label("", "caption", self, wrap=True)
        self.ideation_foot = label("", "caption", self, wrap=True)
        self.harm_foot = label("", "caption", self, wrap=True)
        self.totals: list[tuple[Label, Label, Label]] = []
        self._rows: list[QBoxLayout] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def _build(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        first = (
            (_carded(self, _("Who is counted"), self.ladder, self.warning), 2),
            (_carded(self, _("Outcomes"), self.plot, self.legend), 4),
        )
        second = (
            (_carded(self, _("Suicidal ideation"), self.ideation, self.ideation_foot), 2),
            (_carded(self, _("Events per 100 sessions"), self.harm, self.harm_foot), 3),
            (_carded(self, _("Serious, stopped, in all"), self._totals_grid()), 2),
        )
        for cards in (first, second):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(12)
            for one, stretch in cards:
                row.addWidget(one, stretch)
            self._rows.append(row)
            column.addLayout(row)
        pressure = _("Sessions with a pressure event, by month (control chart)")
        column.addWidget(_carded(self, pressure, self.control))
        column.addWidget(label(_(CAUTION), "caption", self))
        column.addStretch(1)
        self.setWidget(inside)

    def _totals_grid(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        for n in range(_TOTALS):
            parts = (label("", parent=box), label("", "number", box),
                     label("", "caption", box, wrap=True))  # fmt: skip
            grid.addWidget(parts[0], 2 * n, 0)
            grid.addWidget(parts[1], 2 * n, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(parts[2], 2 * n + 1, 0, 1, 2)
            self.totals.append(parts)
        return box

    def show_page(self, page: OutcomesPage) -> None:
        """Show other figures."""
        self.ladder.show_rows(rungs(page))
        self.warning.setText(missing_words(page.ladder))
        rows = plot_rows(page)
        self.plot.show_rows(rows)
        legend = _("Square: this clinic. Grey: worst to best case. Diamond: {studies}.")
        self.legend.setText(legend.format(studies=studies_words(rows) or _("none published")))
        asked = page.ideation
        self.ideation.show_rows(ideation_card.bars_of(asked) if asked else ())
        self.ideation_foot.setText(ideation_card.foot_of(asked))
        self.harm.show_harm(page.harm)
        self.harm_foot.setText(harm_card.foot_of(page.harm))
        self.control.show_chart(page.pressure)
        for parts, row in zip(self.totals, harm_card.totals_of(page.harm), strict=True):
            for part, words in zip(parts, row, strict=True):
                part.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction
        for row in self._rows:
            row.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def _carded(parent: QWidget, title: str, *widgets: QWidget) -> QWidget:
    frame = card(parent)
    column = frame.layout()
    assert column is not None  # noqa: S101 - a card has a column
    for widget in (label(title, "strong", frame), *widgets):
        column.addWidget(widget)
    if isinstance(column, QVBoxLayout):
        column.addStretch(1)
    return frame

"""The parts of the Assessment page and where they stand: questions, and a card beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel.i18n import N_, _
from forms.assessment.grounds import Grounds
from forms.assessment.label_card import LabelCard
from forms.assessment.naranjo_card import NaranjoCard
from forms.assessment.pair_picker import PairPicker
from forms.assessment.question_row import QuestionRow
from forms.assessment.questions import BESIDE, BY_NAME, QUESTIONS
from forms.chair.grade_lines import GradeLines
from forms.now import Now
from forms.theme import px
from forms.widgets.cards import card
from forms.widgets.labels import hairline, label
from forms.widgets.scrolling import FollowingScroll

SIDE_FROM, STACKED_BELOW, SIDE_WIDTH = 940, 560, 420
_ACTS = {"category": N_("Naranjo"), "expectedness": N_("New label")}


class AssessmentParts(QWidget):
    """One column of questions; the Naranjo scale or a new label opens at its side.

    Attributes:
        rows: By the name of the question.
    """

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("assessment")
        self.setAccessibleName(_("Assessment"))
        self.picker = PairPicker(self)
        self.rows = {q.name: self._row(q.name) for q in QUESTIONS}
        self.grades = GradeLines(self)
        self.rows["severity"].add_below(self.grades)
        self.grounds = Grounds(self)
        self.rows["category"].add_below(self.grounds)
        self.naranjo = NaranjoCard(self)
        self.label_card = LabelCard(now, self)
        self._event = label(kind="title", parent=self, wrap=True)
        self._facts = label(kind="caption", parent=self, wrap=True)
        self._onset = label(kind="body", parent=self, wrap=True)
        self._none = label(_("No adverse event in this case."), "label", self, wrap=True)
        self._build()

    def _row(self, name: str) -> QuestionRow:
        return QuestionRow(BY_NAME[name], self, act=_(_ACTS[name]) if name in _ACTS else "")

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 6)
        head.setSpacing(2)
        for part in (self._event, self._facts, self._onset, self._none):
            head.addWidget(part)
        self._card = card(self, padding=1, gap=0)
        column = self._card.layout()
        assert isinstance(column, QBoxLayout)  # noqa: S101 - a card has a column
        column.addWidget(self.picker)
        column.addLayout(head)
        for row in self.rows.values():
            if row.question.number or row.question.name in BESIDE:
                column.addWidget(hairline(self._card))
            column.addWidget(row)
        column.addStretch(1)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.naranjo)
        side.addWidget(self.label_card)
        side.addStretch(1)
        self._halves_of(QWidget())
        self.naranjo.hide()
        self.label_card.hide()
        self._side.hide()

    def _halves_of(self, inside: QWidget) -> None:
        inside.setProperty("kind", "scrolled")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._halves.setContentsMargins(0, 4, 0, 8)
        self._halves.setSpacing(12)
        self._halves.addWidget(self._card, 1)
        self._halves.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = FollowingScroll(self)
        self._scroll.setWidget(inside)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(SIDE_FROM)
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._side.setMaximumWidth(px(SIDE_WIDTH) if beside else 16_777_215)
        self._side.setMinimumWidth(px(SIDE_WIDTH) if beside else 0)
        for row in self.rows.values():
            row.set_stacked(self.width() < px(STACKED_BELOW))

    def open_side(self, shown: QWidget, hidden: QWidget) -> None:
        """Open one of the cards beside the questions in place of the other."""
        self._side.show()
        hidden.hide()
        shown.show()

    def close_side(self) -> None:
        """Leave the questions alone on the page."""
        for part in (self.naranjo, self.label_card, self._side):
            part.hide()

"""The fields of leaving: the list, score, escort, times and reason, and where they stand.

What is typed is read, and judged, by the card.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from aeapp.kernel.i18n import _
from forms import fonts
from forms.chair.ending_form import LETTERS, EndingForm
from forms.chair.question_list import QuestionList
from forms.now import Now
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.entry import named_line
from forms.widgets.labels import Note, hairline, label
from forms.widgets.options import ChipRow, Option


class DischargeFields(QFrame):
    """The widgets of the card, built and named."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Before leaving"))
        self.list = QuestionList(self)
        self.list.setObjectName("discharge.list")
        self._count = label(kind="caption", parent=self)
        self._make_lines()
        self.stay = self._caption("discharge.stay", wrap=True)
        self.sum = self._caption("discharge.sum", wrap=True)
        self.leaves = self._caption("discharge.leaves")
        self.note = Note(self)
        self.go = Button(_("Discharge"), self, kind="main", key="Enter")
        self.go.setObjectName("discharge.go")
        self.others = ChipRow(
            [Option(value=how, text=_(how.words), key=key) for key, how in LETTERS.items()], self
        )
        self.others.name_all(_("Other endings"))
        self.form = EndingForm(now, self)
        self._build()

    def _make_lines(self) -> None:
        self.score = named_line("discharge.score", _("Modified Aldrete"), 5, self)
        self.score.setValidator(QRegularExpressionValidator("[0-2]{0,5}", self.score))
        self.escort = named_line("discharge.escort", _("Escort"), 100, self)
        self.escort.setPlaceholderText(_("name or initials; - for nobody needed"))
        self.ready = named_line("discharge.ready", _("Could have left at"), 3, self)
        self.ready.setValidator(QRegularExpressionValidator("[0-9]{0,3}", self.ready))
        for figures in (self.score, self.ready):
            figures.setFont(fonts.sized("figures"))
        self.reason = named_line("discharge.reason", _("Why now"), 2000, self)
        self.end_time = named_line("discharge.ended", _("Session ended"), 20, self)
        self.end_time.setPlaceholderText(_("now; or 14:40, or 2026-11-23 14:40"))

    def _caption(self, name: str, *, wrap: bool = False) -> QLabel:
        caption = label(kind="caption", parent=self, wrap=wrap)
        caption.setObjectName(name)
        return caption

    def _build(self) -> None:
        self._leaving = QWidget(self)
        leaving = QVBoxLayout(self._leaving)
        leaving.setContentsMargins(0, 0, 0, 0)
        leaving.setSpacing(0)
        leaving.addLayout(self._head())
        leaving.addWidget(self.list)
        leaving.addWidget(hairline(self._leaving))
        leaving.addLayout(self._fields_grid())
        leaving.addLayout(self._foot())
        leaving.addWidget(hairline(self._leaving))
        others = QVBoxLayout()
        others.setContentsMargins(12, 8, 12, 10)
        others.setSpacing(6)
        others.addWidget(label(_("Other endings"), "label", self._leaving))
        others.addWidget(self.others)
        leaving.addLayout(others)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._leaving)
        column.addWidget(self.form)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 6)
        head.setSpacing(8)
        head.addWidget(label(_("Before leaving"), "strong", self))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(KeyCap("Esc", self))
        head.addWidget(label(_("goes on"), "caption", self))
        return head

    def _fields_grid(self) -> QGridLayout:
        fields = QGridLayout()
        fields.setContentsMargins(12, 8, 12, 0)
        fields.setHorizontalSpacing(8)
        fields.setVerticalSpacing(6)
        fields.setColumnStretch(2, 1)
        self._score_words = self._row(fields, 0, _("Aldrete"), self.score, self.sum)
        self._escort_words = self._row(fields, 1, _("Escort"), self.escort)
        minutes = label(_("min after the dose"), "caption", self)
        self._ready_words = self._row(fields, 2, _("Could have left"), self.ready, minutes)
        self._ready_words.append(minutes)
        # A session at home is often told on the day after.
        self._ended_words = self._row(fields, 3, _("Ended"), self.end_time)
        self._reason_words = self._row(fields, 4, _("Why now"), self.reason)
        for narrow in (self.score, self.ready):
            narrow.setFixedWidth(px(76))
        return fields

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.setSpacing(4)
        times = QHBoxLayout()
        times.setSpacing(8)
        times.addWidget(self.leaves, 1)
        times.addWidget(KeyCap("Alt ↑", self))
        times.addWidget(label(_("1 min earlier"), "caption", self))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.stay, 1)
        line.addWidget(self.go)
        foot.addWidget(self.note)
        foot.addLayout(times)
        foot.addLayout(line)
        return foot

    def _row(
        self, grid: QGridLayout, row: int, words: str, field: QWidget, more: QWidget | None = None
    ) -> list[QWidget]:
        caption = label(words, "label", self)
        caption.setBuddy(field)
        grid.addWidget(caption, row, 0)
        if more is None:
            grid.addWidget(field, row, 1, 1, 2)
        else:
            grid.addWidget(field, row, 1)
            grid.addWidget(more, row, 2)
        return [caption, field]

    @staticmethod
    def _show(parts: Sequence[QWidget], *, shown: bool) -> None:
        for part in parts:
            part.setVisible(shown)

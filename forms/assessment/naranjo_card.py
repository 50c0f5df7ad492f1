"""The ten questions of the Naranjo scale with the points of each answer, and their sum."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.assessment.naranjo import AS_CAUSALITY, POINTS, signed, sum_of
from aeapp.domain.codelists.assessment import NaranjoAnswer
from aeapp.domain.items import specs_of
from aeapp.domain.records.assessment import Naranjo
from aeapp.kernel.i18n import _
from forms.assessment.words import total_words
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import hairline, label
from forms.widgets.options import ChipRow, Option

_KEYS = {NaranjoAnswer.YES: "Y", NaranjoAnswer.NO: "N", NaranjoAnswer.UNKNOWN: "U"}


class NaranjoCard(QFrame):
    """Ten questions, answered by Y, N and U one after the other.

    Signals:
        answered: Name of the question and its answer, None for none any more.
        taken: The category of the total is to be the causality.
        closed: The person is done with it.
    """

    answered = Signal(str, object)
    taken = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("assessment.naranjo")
        self.setAccessibleName(_("Naranjo"))
        self._shown = Naranjo()
        self._rows: dict[str, ChipRow] = {}
        self._points = {name: label(kind="strong_figures", parent=self) for name in POINTS}
        self._total = label(kind="strong_figures", parent=self, wrap=True)
        self._sum = label(kind="caption", parent=self, wrap=True)
        self.take = Button(_("Take as causality"), self, kind="small", key="T")
        self.take.clicked.connect(self.taken)
        self.close_button = Button(
            parent=self, kind="small", icon="close", name=_("Close the Naranjo scale")
        )
        self.close_button.clicked.connect(self.closed)
        self._build()
        self.show_answers(Naranjo())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Naranjo"), "title", self), 1)
        head.addWidget(self.close_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for n, name in enumerate(POINTS, start=1):
            self._add_row(n, name)
        foot = QHBoxLayout()
        foot.addWidget(self._total, 1)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(hairline(self))
        column.addLayout(foot)
        column.addWidget(self._sum)

    def _add_row(self, number: int, name: str) -> None:
        words = _(specs_of(Naranjo)[name].item.label)
        options = [Option(value=a, text=_short(a), key=key) for a, key in _KEYS.items()]
        row = ChipRow(options, self)
        row.name_all(f"{number} {words}")
        row.picked.connect(partial(self._on_picked, name))
        self._rows[name] = row
        self._points[name].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._points[name].setMinimumWidth(px(28))
        figure, question = label(str(number), "number", self), label(words, "body", self, wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(figure, 2 * number, 0, top)
        self._grid.addWidget(question, 2 * number, 1, 1, 2)
        self._grid.addWidget(row, 2 * number + 1, 1)
        self._grid.addWidget(self._points[name], 2 * number + 1, 2)

    # --- showing

    @property
    def words(self) -> str:
        """Return the total as it is shown."""
        return self._total.text()

    def points(self, name: str) -> str:
        """Return the points shown at a question."""
        return self._points[name].text()

    def show_answers(self, answers: Naranjo) -> None:
        """Show the answers with their points; a missing one has none, and no sum is made."""
        self._shown = answers
        points = sum_of(answers)
        for (name, row), worth in zip(self._rows.items(), points.points, strict=True):
            answer = getattr(answers, name)
            row.show_chosen(frozenset() if answer is None else frozenset({answer}))
            self._points[name].setText("–" if worth is None else signed(worth))
        self._total.setText(total_words(points))
        self._sum.setText(points.arithmetic)
        self.setAccessibleDescription(self._total.text())
        self.take.setVisible(points.category is not None)
        if points.category is not None:
            category = _(AS_CAUSALITY[points.category].words)
            self.take.say(_("Take as causality: {category}").format(category=category))

    def focus_open(self) -> None:
        """Put the focus on the first question without an answer, else on the first."""
        names = [name for name in self._rows if getattr(self._shown, name) is None]
        self._rows[names[0] if names else "q1"].focus_first()

    # --- acting

    def _on_picked(self, name: str, pressed: object) -> None:
        before = getattr(self._shown, name)
        value = None if before is pressed else pressed
        self.answered.emit(name, value)
        if value is not None:
            self._go_on(name)

    def _go_on(self, name: str) -> None:
        names = list(self._rows)
        after = names[names.index(name) + 1 :]
        following = next((n for n in after if getattr(self._shown, n) is None), None)
        if following is not None:
            self._rows[following].focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.text().upper() == "T" and self.take.isVisibleTo(self):
            self.take.click()
        else:
            super().keyPressEvent(event)


def _short(answer: NaranjoAnswer) -> str:
    return _("Unknown") if answer is NaranjoAnswer.UNKNOWN else _(answer.words)

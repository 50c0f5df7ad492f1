"""The parts of the versions' page: where the report stands and its steps beside what differs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.desk import Desk
from forms.life.asking import QuestionForm
from forms.life.correcting import CorrectingForm
from forms.life.difference import DifferenceView
from forms.life.difference_paper import DifferencePaper
from forms.life.signing import SigningForm
from forms.reason_strip import ReasonStrip
from forms.tabs import Tabs
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import hairline, label
from forms.widgets.scrolling import FollowingScroll

_WIDE_PX = 900


class VersionsParts(QFrame):
    """What stands on the page of versions, side by side or under tabs."""

    def __init__(self, desk: Desk, report_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report.versions")
        self.setAccessibleName(_("Versions"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state = label(kind="title", parent=self, wrap=True)
        self._facts = label(kind="caption", parent=self, wrap=True)
        self.signing = SigningForm(self)
        self.correcting = CorrectingForm(self)
        self.reason = ReasonStrip(self)
        self.question = QuestionForm(desk.app.context.now, self)
        self._forms = (self.signing, self.correcting, self.reason, self.question)
        for form in self._forms:
            form.left.connect(self.setFocus)
        self.differences = DifferenceView(self)
        self.paper = DifferencePaper(desk, report_id, self)
        self._steps = QWidget(self)
        self._flow = FlowLayout(self._steps, gap=6)
        self._versions, self._questions = QVBoxLayout(), QVBoxLayout()
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for part in (self._state, self._facts, self._steps, self.signing, self.correcting):
            column.addWidget(part)
        column.addWidget(self.reason)
        column.addWidget(hairline(inside))
        column.addWidget(label(_("Recorded as sent"), "strong", inside))
        column.addLayout(self._versions)
        column.addWidget(hairline(inside))
        self._question_button = Button(_("Ask a colleague"), inside, kind="small", key="Q")
        head = QHBoxLayout()
        head.addWidget(label(_("Questions to colleagues"), "strong", inside), 1)
        head.addWidget(self._question_button)
        column.addLayout(head)
        column.addWidget(self.question)
        column.addLayout(self._questions)
        column.addStretch(1)
        left = self._left = QFrame(self)
        left.setProperty("kind", "card")
        scroll = FollowingScroll(left)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(left)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scroll)
        self._right = QStackedWidget(self)
        self._right.addWidget(self.differences)
        self._right.addWidget(self.paper)
        self._parts = Tabs(_("Parts of the versions"), self)
        self._sides = QHBoxLayout(self)
        self._sides.setContentsMargins(0, 4, 0, 8)
        self._sides.setSpacing(12)
        self._arrange(wide=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE_PX)
        if wide is not self._wide:
            self._arrange(wide=wide)

    def _arrange(self, *, wide: bool) -> None:
        """Put the two sides beside each other, or under tabs where there is no room."""
        self._wide = wide
        while self._sides.takeAt(0) is not None:
            pass
        self._parts.setVisible(not wide)
        if wide:
            self._sides.addWidget(self._left, 2)
            self._sides.addWidget(self._right, 3)
        else:
            self._sides.addWidget(self._parts)
            sides = [(_("Where it stands"), self._left), (_("Differences"), self._right)]
            self._parts.show_parts(sides)
        for part in (self._left, self._right):
            # What moves to another parent is shown by Qt only later.
            part.setVisible(wide or part is self._parts.current)

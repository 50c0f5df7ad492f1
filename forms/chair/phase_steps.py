"""The five steps of a session as words in a row, the current one in a pill."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.chair.phases import Step
from aeapp.domain.codelists.session import Phase
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from forms import fonts, icons
from forms.models.vitals import time_words
from forms.paint import text_width
from forms.session_work import SessionWork
from forms.theme import px, tokens
from forms.widgets.labels import hairline, label

_GAP = 8


class StepRow(QWidget):
    """The five steps: a check before what is done, a pill around what is now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # All steps where there is room, else the one that is now and what comes next.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._words: list[str] = [_(step.words) for step in Step]
        self._at = 0
        self._done: frozenset[int] = frozenset()

    def show_step(self, step: Step, done: frozenset[Step], last: str = "") -> None:
        """Show where the session is; ``last`` stands for the last step where it ended otherwise."""
        steps = list(Step)
        self._at = steps.index(step)
        self._done = frozenset(steps.index(s) for s in done)
        self._words = [_(s.words) for s in steps]
        if last:
            self._words[-1] = last
        self.setAccessibleName(self._spoken())
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the steps as they read, a check before those that are done."""
        return tuple(f"✓ {word}" if n in self._done else word for n, word in enumerate(self._words))

    def _spoken(self) -> str:
        done = ", ".join(self._words[n] for n in sorted(self._done))
        now = _("Step {step}").format(step=self._words[self._at])
        return _("{now}; done: {done}").format(now=now, done=done) if done else now

    def _width(self, n: int) -> float:
        font = fonts.sized("strong" if n == self._at else "body")
        width = text_width(font, self._words[n])
        width += px(16) if n in self._done else 0
        return width + (2 * px(10) if n == self._at else 0)

    def _wide(self, steps: range) -> int:
        arrows = (len(steps) - 1) * (px(12) + 2 * px(_GAP))
        return round(sum(map(self._width, steps)) + arrows)

    @property
    def shown(self) -> range:
        """Return the numbers of the steps that there is room for."""
        count = len(self._words)
        ways = (range(count), range(self._at, count), range(self._at, min(self._at + 2, count)))
        fits = (way for way in ways if self._wide(way) <= self.width())
        return next(fits, range(self._at, self._at + 1))

    def sizeHint(self) -> QSize:
        return QSize(self._wide(range(len(self._words))), px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(range(self._at, self._at + 1)), px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, height = 0.0, float(self.height())
        for n in (steps := self.shown):
            width = self._width(n)
            self._paint_step(painter, QRectF(x, 0, width, height), n)
            x += width + px(_GAP)
            if n + 1 < steps.stop:
                arrow = QRectF(x, 0, px(12), height)
                icons.paint(painter, arrow, "next", tokens().color("text3"))
                x += px(12) + px(_GAP)

    def _paint_step(self, painter: QPainter, box: QRectF, n: int) -> None:
        look, now = tokens(), n == self._at
        ink = look.color("on_accent" if now else "ok" if n in self._done else "text2")
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            box = box.adjusted(px(10), 0, -px(10), 0)
        if n in self._done:
            icons.paint(painter, QRectF(box.left(), 0, px(14), box.height()), "check", ink)
            box = box.adjusted(px(16), 0, 0, 0)
        painter.setPen(ink)
        painter.setFont(fonts.sized("strong" if now else "body"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._words[n])


class PhaseSteps(QWidget):
    """The steps, and the time from which the patient may leave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = StepRow(self)
        self._line = hairline(self, vertical=True)
        self._caption = label(_("may leave"), "caption", self)
        self.time = label(kind="title", parent=self)
        self.time.setObjectName("header.may_leave")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignRight)
        # In the middle of the larger figures beside it.
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        words.addWidget(self.time, 1, middle)
        self.leave = QWidget(self)
        row = QHBoxLayout(self.leave)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._line)
        row.addLayout(words)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.steps)

    def show_work(self, work: SessionWork) -> None:
        """Show the steps of the session as it stands now."""
        lists, phase = work.lists, work.lists.phase
        step = lists.step
        self.steps.show_step(step, _done(work, step, phase), _last(phase))
        leave = lists.stay.may_leave_at
        shown = isinstance(leave, PartialDate) and not phase.is_over
        self.leave.setVisible(shown)
        self.time.setText(time_words(leave) if shown else "")
        self.time.setAccessibleName(_("may leave {time}").format(time=time_words(leave)))


def _done(work: SessionWork, step: Step, phase: Phase) -> frozenset[Step]:
    """Return the steps that are behind the session: a gate that is open is not done."""
    steps = list(Step)
    behind = set(steps[: steps.index(step)])
    if not work.lists.gate_open:
        behind.discard(Step.GATE)
    if phase.is_over:
        behind = {s for s in behind if s in _reached(work)}
        if phase is Phase.DISCHARGED:
            behind.add(Step.DISCHARGE)
    return frozenset(behind)


def _reached(work: SessionWork) -> frozenset[Step]:
    """Return what a session that is over went through."""
    stay, ended = work.lists.stay, work.room.session.ended
    reached = {Step.GATE}
    if stay.first is not None:
        reached |= {Step.DOSE, Step.MONITORING}
        if isinstance(ended, PartialDate) and stay.reached(ended):
            reached.add(Step.RECOVERY)
    return frozenset(reached)


def _last(phase: Phase) -> str:
    other = phase.is_over and phase is not Phase.DISCHARGED
    return _(phase.words) if other else ""

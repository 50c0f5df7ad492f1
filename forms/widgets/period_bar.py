"""A period: chosen by a letter or by two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from aeapp.domain.inspection import Period, Span
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from forms.theme import px
from forms.widgets.day_line import DayLine
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

_BESIDE_FROM = 900


class PeriodBar(QWidget):
    """The named periods as chips, and two days for any other.

    Signals:
        changed: Another period was chosen.

    Attributes:
        period: What is chosen.
        days: The row of the two days; whoever uses the bar may put more into it.
    """

    changed = Signal()

    def __init__(
        self, today: Callable[[], dt.date], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.period = Span.LAST_QUARTER.period(today())
        self.chips = ChipRow(
            [Option(value=s, text=_(s.words), key=s.value.upper()) for s in Span], self
        )
        self.chips.name_all(_("Period"))
        self.since = DayLine(_("From day"), f"{name}.since", self)
        self.until = DayLine(_("To day"), f"{name}.until", self)
        self.wrong = label("", "caption", self)
        row = QWidget(self)
        self.days = FlowLayout(row, gap=8)
        for part in (self.since, self.until, self.wrong):
            self.days.addWidget(part)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(12)
        self._both.addWidget(self.chips)
        self._both.addWidget(row, 1)
        self.chips.picked.connect(self.pick)
        for line in (self.since, self.until):
            line.entered.connect(self.take_days)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(_BESIDE_FROM)
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if beside else directions.TopToBottom
        if direction is not self._both.direction():
            self._both.setDirection(direction)
            # A layout that turns round does not tell the one around it.
            self.updateGeometry()

    def add_keys(self, place: QWidget) -> None:
        """Let the letters of the named periods choose them anywhere in ``place``."""
        for span in Span:
            shortcut = QShortcut(QKeySequence(span.value.upper()), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.pick, span))

    def pick(self, span: object) -> None:
        """Choose a named period."""
        if isinstance(span, Span):
            self._choose(span.period(self._today()))

    def take_days(self) -> bool:
        """Take the two days over; tell whether they make a period."""
        try:
            since, until = self.since.day(), self.until.day()
            if since is None or until is None:
                return False
            period = Period(since.first_day(), until.last_day())
        except BadInputError as error:
            self.wrong.setText(_(error.message))
            return False
        if period != self.period:
            self._choose(period)
        return True

    def _choose(self, period: Period) -> None:
        self.period = period
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.since.show_day(PartialDate.of(self.period.first))
        self.until.show_day(PartialDate.of(self.period.last))
        self.wrong.setText("")
        chosen = {s for s in Span if s.period(self._today()) == self.period}
        self.chips.show_chosen(frozenset(chosen))

"""The chart as a part of the session room: shows the work, and moves on with the minute."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from aeapp.domain.chair.charted import Live, chart_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.limits import limits_of
from forms.desk import Desk
from forms.session_work import SessionWork
from forms.vitals_chart import VitalsChart

# The row is painted first; row and chart together stay within the 50 ms of an echo.
AFTER_THE_ROW_MS = 8


class SessionChart(VitalsChart):
    """The chart of the session on the screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = desk.app.context
        self._work: SessionWork | None = None
        self._minute: object = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setTimerType(Qt.TimerType.PreciseTimer)
        self._later.setInterval(AFTER_THE_ROW_MS)
        self._later.timeout.connect(self._show_now)

    def show_work(self, work: SessionWork) -> None:
        """Show the session as it stands now; a row just typed stands in the grid before."""
        known, self._work = self._work, work
        if known is work:
            self._later.start()
        else:
            self._show_now()

    def tick(self) -> None:
        """Move the line of now, once a minute."""
        work = self._work
        if work is not None and not work.over and self._context.minute() != self._minute:
            self._show_now()

    def _show_now(self) -> None:
        # The work may be gone with its session before the answer to a write has come.
        if self._work is not None and isValid(self._work):
            self._minute = self._context.minute()
            self.show_data(data_of(self._work, self._context.minute()))


def data_of(work: SessionWork, now: PartialDate) -> ChartData:
    """Return what the chart of a session under way shows at a moment."""
    watch = work.watch
    dose = work.lists.prepared
    live = Live(
        now=now,
        over=work.over,
        due=watch.due(),
        limits=limits_of(watch.rules),
        flagged=watch.flagged(),
        baseline=watch.baseline,
        prepared=None if dose is None else (dose.giving, dose.product),
    )
    # What was just decided on leaves the screen before it is stored.
    return chart_of(replace(work.file, proposals=watch.open()), live)

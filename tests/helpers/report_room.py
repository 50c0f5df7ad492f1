"""A report opened in its place on the screen, for tests of its parts."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from forms.report_room import ReportRoom
from forms.report_work import Delays
from tests.helpers.desk import Bench
from tests.helpers.report_case import a_serious_report


def settle(bench: Bench, qtbot: QtBot) -> None:
    """Wait until nothing is under way."""
    for _ in range(3):
        bench.settle(qtbot)
        QTest.qWait(0)


def open_report_room(qtbot: QtBot, bench: Bench) -> ReportRoom:
    """Return the place with a serious report that was opened and checked."""
    report = a_serious_report(bench.app)
    made = ReportRoom(bench.desk(), delays=Delays(pause=0, longest=0, preview=0))
    qtbot.addWidget(made)
    bench.room_of_test = made  # type: ignore[attr-defined]  # Python alone keeps it alive
    made.resize(1440, 820)
    made.show()
    qtbot.waitExposed(made)
    settle(bench, qtbot)
    with qtbot.waitSignal(made.shown):
        made.open_report(report.id)
    settle(bench, qtbot)
    return made

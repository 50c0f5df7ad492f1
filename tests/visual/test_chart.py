"""Pictures of the chart of a session, in both themes and at double size, to be looked at.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.vitals.chart_data import ChartData, DoseKind, DoseMark, EventMark
from forms.theme import Mode, Theme
from forms.vitals_chart import VitalsChart
from tests.helpers import charting
from tests.helpers.accessibility import assert_accessible

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
LOOKS = [("light", 100), ("dark", 100), ("light", 200), ("dark", 200)]
pytestmark = [
    pytest.mark.screens,
    pytest.mark.parametrize(("mode", "percent"), LOOKS, ids=[f"{m}-{p}" for m, p in LOOKS]),
]
Shoot = Callable[..., None]


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def shoot(session_theme: Theme, mode: str, percent: int, qtbot: QtBot) -> Shoot:
    session_theme.set_mode(Mode(mode))
    session_theme.set_percent(percent)
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(data: ChartData, name: str, *keys: Qt.Key) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.setContentsMargins(16, 12, 16, 16)
        chart = VitalsChart(window)
        column.addWidget(chart)
        chart.show_data(data)
        window.resize(998 if percent == 100 else 1340, 0)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        chart.setFocus() if keys else chart.clearFocus()
        for key in keys:
            QTest.keyClick(chart, key)
        window.resize(window.width(), chart.minimumSizeHint().height() + 28)
        QTest.qWait(0)
        assert_accessible(window)
        assert window.grab().save(str(SCREENS / f"{name}-{mode}-{percent}.png"))

    return take


def crowded() -> ChartData:
    """Return a session in which everything that can go wrong did."""
    data = charting.rich()
    more = [
        *charting.row(60, (238, 132), 148, 86, 7, 2, 18),
        *charting.row(62, (231, 128), 141, 88, 6, 2, 17),
        *charting.row(64, (92, 44), 44, 90, 9, 1, 12),
        charting.reading(charting.HR, 61, 0, status=ObservationStatus.STRUCK),
    ]
    spray = [DoseMark(50 + 5 * n, None, f"Spray {n + 1}", DoseKind.DEVICE) for n in range(3)]
    words = "Vomiting with abdominal pain, patient turned to her left side by two nurses"
    events = (EventMark(3, words, 58, 63), EventMark(4, "Syncope", 61, None))
    return replace(
        data,
        readings=(*data.readings, *more),
        now=charting.at(66),
        doses=(*data.doses, *spray),
        events=(*data.events, *events),
        due=charting.due(66, (-5, 15, 30, 40, 45), (60, 90, 120)),
    )


def test_rich(shoot: Shoot) -> None:
    shoot(charting.rich(), "chart-rich")


def test_walked(shoot: Shoot) -> None:
    shoot(charting.rich(), "chart-walked", Qt.Key.Key_End, Qt.Key.Key_Left)


def test_crowded(shoot: Shoot) -> None:
    shoot(crowded(), "chart-crowded")


def test_before_the_dose(shoot: Shoot) -> None:
    shoot(charting.before_the_dose(), "chart-before")


def test_nothing_yet(shoot: Shoot) -> None:
    shoot(ChartData(now=charting.at(0)), "chart-empty")


def test_over(shoot: Shoot) -> None:
    shoot(replace(charting.rich(), now=None), "chart-over")


@pytest.mark.parametrize(("count", "minutes"), [(480, 120), (7200, 120), (1920, 480)])
def test_monitored(shoot: Shoot, count: int, minutes: int) -> None:
    shoot(charting.monitored(count, minutes), f"chart-{count}-in-{minutes}")

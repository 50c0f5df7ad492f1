"""The chart as a widget: walked by keys, read out, repainted where something changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.vitals.chart_data import ChartData
from forms import vitals_chart
from forms.chart_paint import BARS, LINES, TEXTS
from forms.theme import Mode, Theme, tokens
from forms.vitals_chart import VitalsChart
from tests.helpers import charting
from tests.helpers.accessibility import assert_accessible
from tests.helpers.charting import HR, at, reading, rich

KEY = Qt.Key


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what a screen reader is told to say."""
    heard: list[str] = []
    monkeypatch.setattr(vitals_chart, "announce", lambda _widget, text: heard.append(text))
    return heard


@pytest.fixture
def chart(qtbot: QtBot) -> VitalsChart:
    made = VitalsChart()
    qtbot.addWidget(made)
    made.show_data(rich())
    made.resize(966, 440)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def press(chart: VitalsChart, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(chart, key)
    return chart.readout


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


# ---------------------------------------------------------------- keys


def test_without_a_choice_the_line_is_that_of_the_latest_readings(chart: VitalsChart) -> None:
    assert chart.readout.startswith("T+45, 14:35: BP 182/106")


def test_arrows_home_and_end_walk_in_time_order(chart: VitalsChart) -> None:
    assert press(chart, KEY.Key_Home).startswith("T−5, 13:45: BP 128/78")
    assert press(chart, KEY.Key_Right).startswith("T+0")
    assert press(chart, KEY.Key_Right, KEY.Key_Right).startswith("T+15")
    assert press(chart, KEY.Key_Left).startswith("T+12, 14:02: Event 1 Dissociation")
    assert press(chart, KEY.Key_End).startswith("T+45")


def test_the_first_arrow_begins_at_the_end_it_comes_from(chart: VitalsChart) -> None:
    assert press(chart, KEY.Key_Left).startswith("T+45")
    chart.clearFocus()
    chart.setFocus()
    assert press(chart, KEY.Key_Right).startswith("T−5")


def test_walking_stops_at_both_ends(chart: VitalsChart) -> None:
    assert press(chart, KEY.Key_Home, KEY.Key_Left).startswith("T−5")
    assert press(chart, KEY.Key_End, KEY.Key_Right).startswith("T+45")


def test_each_step_is_read_out(chart: VitalsChart, said: list[str]) -> None:
    line = press(chart, KEY.Key_End)
    assert said == [line]


def test_enter_hands_the_reading_over(chart: VitalsChart, qtbot: QtBot) -> None:
    press(chart, KEY.Key_End)
    with qtbot.waitSignal(chart.reading_picked) as signal:
        press(chart, KEY.Key_Return)
    assert signal.args == ["bp45"]


def test_enter_at_an_event_or_without_a_choice_hands_nothing_over(
    chart: VitalsChart, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(chart.reading_picked):
        press(chart, KEY.Key_Return)
        press(chart, KEY.Key_Home, KEY.Key_Right, KEY.Key_Right, KEY.Key_Enter)


def test_keys_in_an_empty_chart_do_nothing(chart: VitalsChart) -> None:
    chart.show_data(ChartData())
    assert press(chart, KEY.Key_Left, KEY.Key_Home, KEY.Key_End, KEY.Key_Return) == ""


def test_other_keys_go_on_to_the_place(chart: VitalsChart) -> None:
    line = press(chart, KEY.Key_Home)
    assert press(chart, KEY.Key_F5) == line


def test_the_choice_stays_when_readings_come(chart: VitalsChart) -> None:
    line = press(chart, KEY.Key_Home)
    data = rich()
    chart.show_data(replace(data, readings=(*data.readings, reading(HR, 49, 99))))
    assert chart.readout == line
    event = press(chart, KEY.Key_Right, KEY.Key_Right)
    chart.show_data(replace(data, now=at(52)))
    assert chart.readout == event
    assert "Dissociation" in event


def test_the_choice_stays_when_its_readings_are_stored(chart: VitalsChart, qtbot: QtBot) -> None:
    data = rich()
    stored = reading(HR, 49, 99)
    chart.show_data(replace(data, readings=(*data.readings, replace(stored, id=""))))
    press(chart, KEY.Key_Home, KEY.Key_End)
    with qtbot.assertNotEmitted(chart.reading_picked):
        press(chart, KEY.Key_Return)
    chart.show_data(replace(data, readings=(*data.readings, stored)))
    with qtbot.waitSignal(chart.reading_picked) as signal:
        press(chart, KEY.Key_Return)
    assert signal.args == [stored.id]


def test_the_choice_ends_with_the_focus_and_with_its_reading(chart: VitalsChart) -> None:
    latest = chart.readout
    press(chart, KEY.Key_Home)
    chart.clearFocus()
    assert chart.readout == latest
    chart.setFocus()
    press(chart, KEY.Key_Home)
    chart.show_data(ChartData(readings=(reading(HR, 5, 80),), zero=at(0)))
    assert chart.readout.startswith("T+5")


# ---------------------------------------------------------------- mouse


def place_of(chart: VitalsChart, minute: float) -> QPoint:
    assert chart.chart is not None
    return QPoint(round(chart.chart.axis.x(minute)), 200)


def test_hovering_shows_the_line_of_the_nearest_time(chart: VitalsChart) -> None:
    latest = chart.readout
    QTest.mouseMove(chart, place_of(chart, 14))
    assert chart.readout.startswith("T+15")
    QTest.mouseMove(chart, QPoint(20, 200))
    assert chart.readout == latest


def test_what_the_mouse_showed_goes_with_it(chart: VitalsChart) -> None:
    latest = chart.readout
    QTest.mouseMove(chart, place_of(chart, 14))
    QTest.mouseMove(chart, place_of(chart, 30))
    QTest.mouseMove(chart, QPoint(4, 4))
    assert chart.readout == latest


def test_a_press_chooses_the_nearest_time(chart: VitalsChart) -> None:
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place_of(chart, 31.1))
    QTest.mouseMove(chart, QPoint(4, 4))
    assert chart.readout.startswith("T+31")
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert chart.readout.startswith("T+31")


# ---------------------------------------------------------------- for those who cannot see it


def test_the_chart_has_a_name_and_says_its_course(chart: VitalsChart) -> None:
    assert_accessible(chart)
    assert chart.accessibleName() == "Chart of the session"
    assert chart.accessibleDescription().startswith("Pressure rose from 128/78 to 182/106 at T+45.")


def test_readings_that_are_not_on_the_axis_are_named(chart: VitalsChart) -> None:
    data = rich()
    far = reading(HR, -600, 60)
    chart.show_data(replace(data, readings=(far, *data.readings)))
    assert chart.accessibleDescription().endswith("One reading is in the table only.")
    assert chart.readout.endswith("; Dana Reyes. One reading is in the table only.")
    chart.show_data(ChartData(readings=(far,), zero=at(0)))
    assert chart.readout.startswith("T−600")


# ---------------------------------------------------------------- painting


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_marks_are_painted_in_the_tokens_of_the_theme(
    chart: VitalsChart, theme: Theme, mode: Mode
) -> None:
    theme.set_mode(mode)
    image = picture(chart)
    assert chart.chart is not None
    axis, look = chart.chart.axis, tokens()
    now = round(axis.x(50.2))
    assert image.pixelColor(now, 206).name().upper() == look.accent
    assert image.pixelColor(now + 40, 160).name().upper() == look.window
    assert image.pixelColor(round(axis.x(31)), 180).name().upper() == look.text


def test_every_role_has_a_look_in_both_themes() -> None:
    names = {token for _size, token in TEXTS.values()} | {line[0] for line in LINES.values()}
    names |= {token for bar in BARS.values() for token in bar[:2] if token}
    assert all(tokens().color(name).isValid() for name in names)


@pytest.mark.parametrize(
    "data",
    [rich(), charting.before_the_dose(), charting.monitored(480), charting.monitored(2000, 400)],
    ids=["rich", "before", "480", "long"],
)
@pytest.mark.parametrize("percent", [100, 130])
def test_a_chart_that_goes_on_looks_like_one_made_anew(
    chart: VitalsChart, qtbot: QtBot, theme: Theme, data: ChartData, percent: int
) -> None:
    theme.set_percent(percent)
    chart.resize(966, 620)
    for cut in (12, 6, 1, 0):
        count = len(data.readings) - cut
        chart.show_data(replace(data, readings=data.readings[: max(0, count)]))
        picture(chart)
    other = VitalsChart()
    qtbot.addWidget(other)
    other.resize(chart.size())
    other.show_data(data)
    chart.clearFocus()
    assert picture(chart) == picture(other)


def test_a_new_reading_repaints_little(chart: VitalsChart, qtbot: QtBot) -> None:
    picture(chart)
    regions: list[QRegion] = []
    whole = chart.update
    chart.update = lambda *region: regions.append(region[0] if region else QRegion(chart.rect()))  # type: ignore[method-assign]
    data = rich()
    chart.show_data(replace(data, readings=(*data.readings, reading(HR, 49, 99))))
    chart.update = whole  # type: ignore[method-assign]
    area = sum(r.width() * r.height() for region in regions for r in region)
    assert 0 < area < chart.width() * chart.height() / 8


def test_the_chart_asks_for_the_height_its_rows_need(chart: VitalsChart) -> None:
    needed = chart.minimumSizeHint().height()
    data = rich()
    chart.show_data(replace(data, events=(*data.events, *data.events)))
    assert chart.minimumSizeHint().height() > needed


def test_the_chart_grows_with_the_font(chart: VitalsChart, theme: Theme) -> None:
    small = chart.minimumSizeHint()
    theme.set_percent(200)
    assert chart.minimumSizeHint().height() > 1.9 * small.height() - 40
    assert chart.sizeHint().width() == 2 * 760


def test_focus_is_seen_and_moves_nothing(chart: VitalsChart) -> None:
    focused = picture(chart)
    chart.clearFocus()
    rest = picture(chart)
    assert focused.pixelColor(300, 1).name().upper() == tokens().focus
    assert rest.pixelColor(300, 1).name().upper() != tokens().focus
    inner = chart.rect().adjusted(6, 6, -6, -6)
    assert focused.copy(inner) == rest.copy(inner)

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aeapp.kernel.progress import Progress
from forms.jobs import JobRunner
from forms.progress import ProgressStrip
from tests.helpers.accessibility import assert_accessible


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner(1)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.busy)


def strip_in_place(qtbot: QtBot, delay_ms: int) -> ProgressStrip:
    place = QWidget()
    qtbot.addWidget(place)
    strip = ProgressStrip(place, delay_ms=delay_ms)
    QVBoxLayout(place).addWidget(strip)
    place.show()
    strip.page_of_test = place  # Python alone keeps it alive
    return strip


def words(strip: ProgressStrip) -> str:
    return " ".join(label.text() for label in strip.findChildren(QLabel))


def test_short_work_shows_nothing(qtbot, runner) -> None:
    strip = strip_in_place(qtbot, delay_ms=60_000)
    strip.watch(runner.start(lambda progress: None), "Checking the backup")
    assert not strip.isVisible()
    qtbot.waitUntil(lambda: not runner.busy)
    assert not strip.isVisible()


def test_work_that_was_over_before_anybody_watched_shows_nothing(qtbot, runner) -> None:
    strip = strip_in_place(qtbot, delay_ms=0)
    through = threading.Event()
    later = runner.start(lambda progress: through.set())
    through.wait(60)
    while not later.over:
        pass
    # The thread told the end already; the strip connects only now.
    strip.watch(later, "Checking the backup")
    qtbot.waitUntil(lambda: not runner.busy)
    qtbot.wait(5)
    assert not strip.isVisible()


def test_long_work_shows_how_far_it_is_and_goes_away(qtbot, runner) -> None:
    strip = strip_in_place(qtbot, delay_ms=0)
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.step(1204, 5310, "reading records")
        go_on.wait(60)

    strip.watch(runner.start(work), "Checking the backup")
    qtbot.waitUntil(lambda: strip.isVisible() and "1,204 of 5,310" in words(strip))
    assert "Checking the backup" in words(strip)
    assert "reading records" in words(strip)
    assert_accessible(strip.window())
    go_on.set()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_cancel_stops_the_work(qtbot, runner) -> None:
    strip = strip_in_place(qtbot, delay_ms=0)
    pulse = threading.Event()
    ends: list[str] = []

    def work(progress: Progress) -> None:
        while True:
            pulse.wait(0.01)
            progress.step(1, 2, "")

    strip.watch(runner.start(work, on_cancelled=lambda: ends.append("cancelled")), "Backup")
    qtbot.waitUntil(strip.isVisible)
    strip.cancel.click()
    qtbot.waitUntil(lambda: ends == ["cancelled"])
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_a_second_job_takes_the_strip_over(qtbot, runner) -> None:
    strip = strip_in_place(qtbot, delay_ms=0)
    go_on = threading.Event()
    strip.watch(runner.start(lambda progress: None), "First")
    strip.watch(runner.start(lambda progress: go_on.wait(60)), "Second")
    qtbot.waitUntil(strip.isVisible)
    assert "Second" in words(strip)
    go_on.set()
    qtbot.waitUntil(lambda: not strip.isVisible())

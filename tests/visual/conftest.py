"""One program in the look of the moment, and the camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from forms.application import Program
from forms.remembered import Remembered
from forms.theme import Mode, Theme
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.clinic import StillClock, cheap_clinics, copied_clinic
from tests.visual.looks import SCREENS, Look


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def theme(session_theme: Theme, look: Look) -> Theme:
    session_theme.set_mode(Mode(look.mode))
    session_theme.set_percent(look.percent)
    return session_theme


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def program(
    theme: Theme, qtbot: QtBot, tmp_path: Path, clock: StillClock, look: Look
) -> Iterator[Program]:
    clinics = cheap_clinics(clock)
    copied_clinic(tmp_path)
    remembered = Remembered(tmp_path / "window.ini")
    remembered.folder = tmp_path / "larkspur.aeclinic"
    made = Program(theme, clinics, remembered, home=Path("/home/dana"), ask=Answers())
    qtbot.addWidget(made.shell)
    made.shell.show()
    qtbot.waitExposed(made.shell)
    made.shell.resize(look.width, look.height)
    yield made
    made.shell.close()


@pytest.fixture
def shoot(look: Look) -> Callable[[QWidget, str], None]:
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(widget: QWidget, name: str) -> None:
        QTest.qWait(80)
        assert_accessible(widget)
        widget.grab().save(str(SCREENS / f"{name}-{look}.png"))

    return take

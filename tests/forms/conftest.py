"""The look that every window of these tests has, and the program as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aeapp.bootstrap import LocalClinics
from forms.application import Program
from forms.remembered import Remembered
from forms.theme import Mode, Theme
from tests.helpers.asking import Answers
from tests.helpers.clinic import StillClock, cheap_clinics, copied_clinic


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, mode=Mode.LIGHT)


@pytest.fixture(autouse=True)
def theme(session_theme: Theme) -> Theme:
    """Give every test the light theme at normal size."""
    session_theme.set_mode(Mode.LIGHT)
    session_theme.set_percent(100)
    return session_theme


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def clinics(tmp_path: Path, clock: StillClock) -> LocalClinics:
    copied_clinic(tmp_path)
    return cheap_clinics(clock)


@pytest.fixture
def program(theme: Theme, clinics: LocalClinics, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    remembered = Remembered(tmp_path / "window.ini")
    remembered.folder = tmp_path / "larkspur.aeclinic"
    made = Program(theme, clinics, remembered, home=tmp_path / "home", ask=Answers())
    qtbot.addWidget(made.shell)
    with qtbot.waitActive(made.shell), qtbot.waitSignal(made.warmed_up):
        made.start()
    yield made
    made.shell.close()

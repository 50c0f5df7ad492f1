"""The look that every window of these tests has."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from forms.theme import Mode, Theme
from tests.helpers.collecting import garbage_on_the_main_thread

__all__ = ["garbage_on_the_main_thread", "session_theme", "theme"]


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, mode=Mode.LIGHT)


@pytest.fixture(autouse=True)
def theme(session_theme: Theme) -> Theme:
    """Give every test the light theme at normal size."""
    session_theme.set_mode(Mode.LIGHT)
    session_theme.set_percent(100)
    return session_theme

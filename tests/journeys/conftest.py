"""One program for each walk, held against its bar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from forms.application import Program
from tests.forms.conftest import (
    clinics,
    clock,
    program,
    session_theme,
    theme,
)
from tests.helpers.clinic import StillClock
from tests.helpers.program import log_in
from tests.helpers.walked import Bar, Walked
from tests.journeys.walking import Walker

__all__ = ["clinics", "clock", "program", "session_theme", "theme"]


@pytest.fixture
def walker(program: Program, qtbot: QtBot, clock: StillClock) -> Walker:
    """Return a person who has logged in."""
    log_in(qtbot, program)
    return Walker(program, qtbot, clock)


@pytest.fixture
def arrived(walker: Walker, request: pytest.FixtureRequest) -> Callable[[str, str, Bar], None]:
    """Hold a finished walk against its bar, and send it along with the test's report."""

    def hold(journey: str, what: str, bar: Bar) -> None:
        walked = Walked(journey, what, walker.keys, walker.clicks, bar)
        request.node.user_properties.append(walked.as_property())
        assert walked.within, f"{journey}: {walked.keys} keys of {bar.keys}"

    return hold

"""Several windows of one clinic show the same, lock together and close apart."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.bootstrap import LocalClinics
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records import Observation, Session
from forms.application import Program
from forms.shell import Shell
from tests.helpers.clinic import PASSWORD, USER
from tests.helpers.desk import a_patient
from tests.helpers.program import log_in, settle


@pytest.fixture
def session(qtbot: QtBot, program: Program) -> Session:
    log_in(qtbot, program)
    assert program.app is not None
    return program.app.sessions.start(a_patient(program.app).id)


def another(qtbot: QtBot, program: Program) -> Shell:
    program.open_window()
    settle(qtbot, program)
    return program.all_places[-1].shell


def rows(shell: Shell) -> int:
    place: Any = shell.place("session")
    return int(place.grid.model.rowCount())


def test_a_row_typed_in_one_window_stands_in_the_other(
    qtbot: QtBot,
    program: Program,
    session: Session,
) -> None:
    second = another(qtbot, program)
    for places in program.all_places:
        places.show_session(session.id)
    settle(qtbot, program)
    first: Any = program.shell.place("session")
    first.focus_first()
    QTest.keyClicks(first.grid.entry.focusProxy(), "142/88")
    QTest.keyClick(first.grid.entry.focusProxy(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: rows(second) == 1, timeout=10_000)

    assert rows(program.shell) == 1


def test_what_is_being_typed_stays_when_the_other_window_stores_something(
    qtbot: QtBot,
    program: Program,
    session: Session,
) -> None:
    second = another(qtbot, program)
    for places in program.all_places:
        places.show_session(session.id)
    settle(qtbot, program)
    first, other = program.shell.place("session"), second.place("session")
    assert first is not None
    assert other is not None
    QTest.keyClicks(first.grid.entry.focusProxy(), "150/9")
    QTest.keyClicks(other.grid.entry.focusProxy(), "142/88")
    QTest.keyClick(other.grid.entry.focusProxy(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: rows(program.shell) == 1, timeout=10_000)

    assert first.grid.entry.focusProxy().text() == "150/9"


def test_what_another_program_stores_is_seen(
    qtbot: QtBot,
    program: Program,
    session: Session,
) -> None:
    program.show_session(session.id)
    settle(qtbot, program)
    assert program.app is not None
    assert program.app.folder is not None
    elsewhere = LocalClinics().open(str(program.app.folder), USER, PASSWORD)
    try:
        elsewhere.sessions.log_readings(session, [Observation(kind=ObservationKind.BLOOD_PRESSURE)])
        program.look_for_news()
        qtbot.waitUntil(lambda: rows(program.shell) == 1, timeout=10_000)
    finally:
        elsewhere.close()


def test_a_lock_covers_every_window_and_throws_the_others_away(
    qtbot: QtBot,
    program: Program,
    session: Session,
) -> None:
    second = another(qtbot, program)
    gone: list[bool] = []
    second.destroyed.connect(lambda: gone.append(True))

    program.lock()

    assert not second.isVisible()
    qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
    assert len(program.all_places) == 1


def test_a_second_window_closes_alone(
    qtbot: QtBot,
    program: Program,
    session: Session,
) -> None:
    second = another(qtbot, program)
    second.close()
    settle(qtbot, program)

    assert program.app is not None
    assert not program.shell.at_gate
    assert len(program.all_places) == 1


def cell(shell: Shell) -> Any:
    place: Any = shell.place("session")
    return place.grid.entry.cells[ObservationKind.BLOOD_PRESSURE]


def test_a_half_typed_row_stands_in_one_window_only_and_is_there_after_a_lock(
    qtbot: QtBot, program: Program, session: Session
) -> None:
    program.all_places[0].show_session(session.id)
    settle(qtbot, program)
    QTest.keyClicks(cell(program.shell), "142")
    program.shell.place("session").flush()  # type: ignore[union-attr]
    settle(qtbot, program)
    second = another(qtbot, program)
    program.all_places[-1].show_session(session.id)
    settle(qtbot, program)
    assert (cell(program.shell).text(), cell(second).text()) == ("142", "")

    QTest.keyClicks(cell(program.shell), "/8")
    program.lock()
    qtbot.waitUntil(program.login.password.isEnabled, timeout=20_000)
    settle(qtbot, program)
    log_in(qtbot, program)
    program.all_places[0].show_session(session.id)
    settle(qtbot, program)
    assert cell(program.shell).text() == "142/8"


@pytest.mark.parametrize("back", ["given back", "locked"])
def test_a_window_is_as_large_as_before_once_no_page_is_alone_on_it(
    qtbot: QtBot, program: Program, session: Session, back: str
) -> None:
    shell, places = program.shell, program.places
    places.show_session(session.id)
    settle(qtbot, program)
    before = shell.windowState()
    for _page in range(2):
        places.show_alone(QWidget(shell.ground))
    assert shell.isFullScreen()

    if back == "locked":
        program.lock()
    else:
        places.show_alone(None)
    settle(qtbot, program)

    assert not shell.isFullScreen()
    assert shell.windowState() == before

"""An ended session is amended on purpose only: keys left over change no reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.records import Observation, Session
from aeapp.domain.vitals.typing import COLUMNS, read_row
from forms.session_room import SessionRoomPlace
from forms.theme import px
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ended(bench: Bench) -> Session:
    patient = a_patient(bench.app)
    session = bench.app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION)
    row = read_row({ObservationKind.HEART_RATE: "96"}, COLUMNS)
    bench.app.sessions.log_readings(session, row.readings)
    return bench.app.sessions.end(session, SessionEnd.DISCHARGED)


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, ended: Session) -> SessionRoomPlace:
    place = open_room(qtbot, bench, ended.id)
    place.grid.go_to_reading(_reading(bench, ended).id)
    return place


def _reading(bench: Bench, session: Session) -> Observation:
    return bench.app.sessions.room(session.id).observations[0]


@pytest.mark.parametrize("letter", ["x", "a", "v", Qt.Key.Key_Delete])
def test_a_letter_left_over_changes_nothing(
    letter: str | Qt.Key, qtbot: QtBot, bench: Bench, ended: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, letter, "1")
    bench.settle(qtbot)
    assert not place.grid.strip.isVisible()
    assert _reading(bench, ended).status is ObservationStatus.VALID


def test_enter_lets_a_reading_be_amended_with_its_reason(
    qtbot: QtBot, bench: Bench, ended: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, ENTER, "a", "1")
    bench.settle(qtbot)
    amended = _reading(bench, ended)
    assert (amended.status, amended.status_reason) == (ObservationStatus.ARTEFACT, "Movement")


def test_one_amendment_or_esc_ends_what_enter_began(
    qtbot: QtBot, bench: Bench, ended: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, ENTER, "a", "1")
    bench.settle(qtbot)
    Keyboard().press(place, "x", "1")
    Keyboard().press(place, ENTER, "x", ESC)
    Keyboard().press(place, "x", "1")
    bench.settle(qtbot)
    assert _reading(bench, ended).status is ObservationStatus.ARTEFACT


def test_the_step_that_comes_first_is_printed(place: SessionRoomPlace) -> None:
    assert place.grid.amend_key.isVisible()
    Keyboard().press(place, ENTER)
    assert not place.grid.amend_key.isVisible()


def test_the_room_of_the_row_being_typed_goes_to_the_readings(
    qtbot: QtBot, bench: Bench, ended: Session
) -> None:
    place = open_room(qtbot, bench, ended.id)
    table = place.grid.table
    foot = place.grid.height() - table.geometry().bottom()
    model_rows = 60
    qtbot.waitUntil(lambda: foot > 0)
    table.model().rowCount = lambda *_parent: model_rows  # type: ignore[method-assign]
    place.grid.fit()
    free = place.grid.height() - table.maximumHeight()
    # Margins, the key that is printed, and less than a row that would be cut.
    assert free < px(16) + place.grid.amend_key.sizeHint().height() + px(30)

"""The session room with real services: keys in, records out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Observation, Product, Session
from aeapp.domain.values import PartialDate
from forms.bars import SaveState
from forms.session_room import SessionRoomPlace
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench

BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
SPO2, RR = ObservationKind.OXYGEN_SATURATION, ObservationKind.RESPIRATORY_RATE
TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def session(bench: Bench) -> Session:
    patient = a_patient(bench.app)
    return bench.app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION, chair="Chair 2")


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, session: Session) -> SessionRoomPlace:
    return open_place(qtbot, bench, session.id)


def open_place(qtbot: QtBot, bench: Bench, session_id: str = "") -> SessionRoomPlace:
    place = SessionRoomPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 800)
    place.show()
    qtbot.waitActive(place).__enter__()
    if session_id:
        place.show_session(session_id)
    bench.settle(qtbot)
    place.focus_first()
    return place


def readings(bench: Bench, session: Session) -> dict[ObservationKind | None, Observation]:
    return {r.kind: r for r in bench.app.sessions.room(session.id).observations}


def at(hour: int, minute: int) -> PartialDate:
    return PartialDate(2026, 11, 23, hour, minute, None, -300)


# --- W2: one timed row


def test_a_row_of_vitals_takes_sixteen_keys_and_is_stored(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", TAB, "96", TAB, "97", TAB, "16", ENTER)
    bench.settle(qtbot)
    stored = readings(bench, session)
    assert keys.count == 16
    assert (stored[BP].systolic, stored[BP].diastolic) == (Decimal(142), Decimal(88))
    assert [stored[k].value for k in (HR, SPO2, RR)] == [Decimal(96), Decimal(97), Decimal(16)]
    assert {r.at for r in stored.values()} == {at(14, 40)}
    assert {r.status for r in stored.values()} == {ObservationStatus.VALID}


def test_the_row_is_on_the_screen_before_it_is_stored(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "142/88", ENTER)
    model = place.grid.model
    assert model.rowCount() == 1
    assert model.index(0, 2).data() == "142/88"
    assert model.index(0, model.note_column).data() == "saving…"
    bench.settle(qtbot)
    assert model.index(0, model.note_column).data() == ""
    assert bench.toasts == ["Readings of 14:40 recorded."]
    assert bench.saved[-1] is SaveState.SAVED

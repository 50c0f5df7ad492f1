"""A session at home, told afterwards, from the start card to its readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import ObservationSource, SessionEnd, SessionRoute, Setting
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueRow, ReadingSet
from aeapp.services.dosing import NewDose
from forms.patients import PatientsPlace
from forms.session_room import SessionRoomPlace
from forms.told_later import first_untold, told_afterwards
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def start_card(qtbot: QtBot, bench: Bench) -> SessionRoomPlace:
    place = SessionRoomPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    place.start(a_patient(bench.app).id)
    bench.settle(qtbot)
    qtbot.waitUntil(place.start_card.begin.isVisible)
    return place


def test_a_session_at_home_asks_when_it_began_and_who_told(qtbot: QtBot, bench: Bench) -> None:
    place = start_card(qtbot, bench)
    card, keys = place.start_card, Keyboard()
    assert not card.home.isVisible()
    keys.press(place, "5")
    card.settings.focus_first()
    keys.press(place, "h")
    assert card.home.isVisible()
    card.begin.setFocus()
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert bench.app.sessions.running() == ()
    card.home.fields["started"].chosen.emit(PartialDate(2026, 11, 22, 20, 15, None, -300))
    card.home.fields["told_by"].focus_editor()
    keys.press(place, "the patient", TAB)
    card.home.fields["peer_monitor"].focus_editor()
    keys.press(place, "JK", TAB)
    card.home.fields["peer_phone_known"].chosen.emit(True)  # noqa: FBT003 - the answer itself
    card.home.fields["video"].chosen.emit(NullFlavor.NASK)
    assert_accessible(card)
    card.begin.setFocus()
    keys.press(place, ENTER)
    qtbot.waitUntil(lambda: place.work is not None)
    bench.settle(qtbot)
    (session,) = bench.app.sessions.running()
    assert (session.setting, session.route) == (Setting.HOME, SessionRoute.SUBLINGUAL)
    assert session.started == PartialDate(2026, 11, 22, 20, 15, None, -300)
    assert (session.told_by, session.peer_monitor) == ("the patient", "JK")
    assert (session.peer_phone_known, session.video) == (True, NullFlavor.NASK)
    # It is told on the day after: a row is neither of now nor of the row that was due.
    entry = place.grid.entry
    keys.press(place, Qt.Key.Key_F5, "142/88", ENTER)
    bench.settle(qtbot)
    assert bench.app.sessions.room(session.id).observations == ()
    assert entry.time.field.hasFocus()
    assert entry.note.text.startswith("This session is told afterwards. Type a time that is past")
    keys.press(place, "20:40", ENTER, ENTER, "88/54", (ALT, Qt.Key.Key_T), "?", ENTER, ENTER)
    bench.settle(qtbot)
    told, unknown = bench.app.sessions.room(session.id).observations
    assert told.source is ObservationSource.PATIENT
    assert told.at == PartialDate(2026, 11, 22, 20, 40, None, -300)
    assert unknown.at is NullFlavor.UNK
    assert place.grid.model.rowCount() == 2

    palette = place.parts["palette"]
    keys.press(place, Qt.Key.Key_F4, "n")
    assert palette.onset is None
    keys.press(place, ENTER, Qt.Key.Key_F4, "n", "-", Qt.Key.Key_Backspace, "21:05", ENTER, ENTER)
    bench.settle(qtbot)
    onsets = [e.onset for e in bench.app.sessions.room(session.id).events]
    assert onsets == [None, PartialDate(2026, 11, 22, 21, 5, None, -300)]


def test_a_session_in_the_clinic_asks_none_of_it(qtbot: QtBot, bench: Bench) -> None:
    place = start_card(qtbot, bench)
    Keyboard().press(place, "1", ENTER)
    qtbot.waitUntil(lambda: place.work is not None)
    (session,) = bench.app.sessions.running()
    assert (session.setting, session.told_by) == (Setting.CLINIC, None)


def test_exposure_stands_in_the_chart_and_in_the_head_of_the_room(
    qtbot: QtBot, bench: Bench
) -> None:
    app = bench.app
    patient = a_patient(app)
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    giving = Administration(dose=Decimal(38), dose_unit=DoseUnit.MG, started=app.context.minute())
    app.dosing.give(session, NewDose(product=Product(name="Ketamine"), lot=None, giving=giving))
    place = open_room(qtbot, bench, session.id)
    words = "ketamine: 1 session, 38 mg on 1 day, 23-Nov-2026"
    tips = [w.toolTip() for w in place.header.findChildren(QLabel)]
    assert words in tips
    patients = PatientsPlace(bench.desk())
    qtbot.addWidget(patients)
    patients.open_patient(patient.id)
    bench.settle(qtbot)
    assert patients.findChild(QLabel, "patient.exposure").text() == words


NOW = dt.datetime(2026, 11, 23, 14, 40, tzinfo=dt.UTC)
EVENING = PartialDate(2026, 11, 22, 20, 15, None, 0)
HOME = Session(setting=Setting.HOME, started=EVENING)


def row_at(minute: int, *, taken: bool) -> DueRow:
    at = PartialDate(2026, 11, 22, 20, minute, None, 0)
    read = ReadingSet(at, minute - 15, ()) if taken else None
    return DueRow(minute=minute - 15, at=at, words="", kinds=frozenset(), taken=read)


def test_the_row_that_was_due_is_shown_beside_what_is_told() -> None:
    assert first_untold(()) is None
    assert (
        first_untold((row_at(15, taken=True), row_at(45, taken=False)))
        == row_at(45, taken=False).at
    )
    assert first_untold((row_at(15, taken=True), row_at(45, taken=True))) is None


@pytest.mark.parametrize(
    ("session", "afterwards"),
    [
        (HOME, True),
        (replace(HOME, setting=Setting.CLINIC), False),
        (replace(HOME, ending=SessionEnd.DISCHARGED), False),
        (replace(HOME, started=PartialDate(2026, 11, 22)), False),
        (replace(HOME, started=PartialDate(2026, 11, 23, 13, 0, None, 0)), False),
    ],
    ids=["the evening before", "clinic", "ended", "no time", "just now"],
)
def test_only_a_session_at_home_hours_after_its_begin_is_told_afterwards(
    session: Session, *, afterwards: bool
) -> None:
    assert told_afterwards(session, NOW) is afterwards

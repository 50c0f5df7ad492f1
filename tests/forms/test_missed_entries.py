"""After the end: what was missed is added by keys, and a wrong line is struck or corrected."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import ObservationKind, SessionEnd, SessionRoute
from aeapp.domain.codelists.safety import DrugRole, Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Note, Product, Session
from forms.chair.missed_card import MissedCard
from forms.chair.notes_card import NotesCard
from forms.session_room import SessionRoomPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
ADD = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Y)
WHY = "written on paper"


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ended(bench: Bench) -> Session:
    app = bench.app
    app.stock.save(Product(name="Ondansetron"))
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IM)
    shot = Administration(dose=Decimal(38), dose_unit=DoseUnit.MG, started=app.context.minute())
    app.sessions.give(session, shot)
    app.notes.add(session, "Escort: typo")
    bench.clock.pass_minutes(120)
    return app.sessions.end(session, SessionEnd.DISCHARGED)


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, ended: Session) -> SessionRoomPlace:
    return open_room(qtbot, bench, ended.id)


def card_of(place: SessionRoomPlace) -> MissedCard:
    card = place.parts["missed"]
    assert isinstance(card, MissedCard)
    return card


def test_missed_readings_event_action_and_dose_are_added_by_keys(
    qtbot: QtBot, bench: Bench, ended: Session, place: SessionRoomPlace
) -> None:
    keys, card = Keyboard(), card_of(place)

    keys.press(place, ADD, "r", "25:00", ENTER, "88/168", ENTER, WHY, ENTER)
    assert card.note.text == "Type a time that is past, such as 14:40."
    card.at.clear()
    keys.press(place, "14:50", ENTER, ENTER, ENTER)
    # The rule is that of the row being typed: no second Enter overrules a doubt, words do.
    assert card.note.text.endswith("If it is right, say why and press Ctrl Enter.")
    keys.press(place, ENTER, ENTER)
    bench.settle(qtbot)
    assert bench.app.sessions.room(ended.id).observations == ()
    ctrl_enter = (Qt.KeyboardModifier.ControlModifier, ENTER)
    keys.press(place, ctrl_enter)
    assert card.right.hasFocus()
    card.cells[ObservationKind.BLOOD_PRESSURE].setFocus()
    card.cells[ObservationKind.BLOOD_PRESSURE].clear()
    keys.press(place, "168/88", TAB, "96", ENTER, ENTER)
    bench.settle(qtbot)
    assert not card.right.text()
    room = bench.app.sessions.room(ended.id)
    assert [(r.systolic, r.value) for r in room.observations] == [
        (Decimal(168), None),
        (None, Decimal(96)),
    ]
    assert not card.isVisible()
    assert place.grid.model.note_of(place.grid.model.row(0)).endswith("amended")

    keys.press(place, ADD, "e", "14:52", ENTER, "Nausea", TAB, "2", ENTER, ENTER)
    assert card.note.text == "Say in a few words why it comes now."
    keys.press(place, WHY, ENTER)
    bench.settle(qtbot)
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_E), "3", ENTER, "r")
    assert bench.app.sessions.room(ended.id).events[0].severity is Severity.MODERATE
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert bench.app.sessions.room(ended.id).events[0].severity is Severity.SEVERE
    keys.press(place, ADD, "i", "14:55", ENTER, "Oxygen 2 L", ENTER, WHY, ENTER)
    bench.settle(qtbot)
    keys.press(place, ADD, "m", "14:58", ENTER, "Ondansetron", ENTER, "4", ENTER, ENTER, WHY, ENTER)
    bench.settle(qtbot)

    room = bench.app.sessions.room(ended.id)
    (event,) = room.events
    assert event.verbatim == "Nausea"
    assert "Oxygen 2 L" in [n.words for n in room.notes if n.kind is NoteKind.INTERVENTION]
    assert [(g.role, g.dose) for g in room.administrations][1:] == [
        (DrugRole.TREATMENT, Decimal(4))
    ]
    told = [n.words for n in room.notes if n.kind is NoteKind.AMENDMENT]
    assert len(told) == 6
    changed = "Nausea, 23-Nov-2026 14:52: Severity 2 Moderate → 3 Severe: r"
    assert changed in told
    assert sum(str(words).endswith(WHY) for words in told) == 5
    assert "amended" in place.parts["dose"].lines.lines[1].accessibleName()
    keys.press(place, ADD)
    assert_accessible(card)


def test_a_wrong_line_is_corrected_or_struck_with_its_reason(
    qtbot: QtBot, bench: Bench, ended: Session, place: SessionRoomPlace
) -> None:
    keys, card = Keyboard(), place.parts["notes"]
    assert isinstance(card, NotesCard)

    keys.press(place, Qt.Key.Key_F7, "c", "Escort: brother", ENTER, "1")
    bench.settle(qtbot)
    # The line that tells of it comes with what is read again.
    qtbot.waitUntil(lambda: len(card.lines.rows) == 3, timeout=20_000)
    notes = {n.words: n for n in bench.app.sessions.room(ended.id).notes}
    assert notes["Escort: typo"].struck_reason == "typing slip"
    assert notes["Escort: brother"].stands

    # The line of the amendment itself is only struck; Esc leaves everything as it is.
    keys.press(place, Qt.Key.Key_F7, "x", ESC)
    bench.settle(qtbot)
    assert len(bench.app.sessions.room(ended.id).notes) == len(notes)
    newest = card.lines.rows[0]
    assert newest.hasFocus()
    assert isinstance(newest.entry.record, Note)
    keys.press(place, "x", "told elsewhere", ENTER)
    bench.settle(qtbot)
    struck = [n for n in bench.app.sessions.room(ended.id).notes if not n.stands]
    assert {n.struck_reason for n in struck} == {"typing slip", "told elsewhere"}
    # Arrows walk; the focus is still here, though the rows were made anew.
    assert any(row.hasFocus() for row in card.lines.rows)
    keys.press(place, Qt.Key.Key_Down)
    assert any(row.hasFocus() for row in card.lines.rows)

"""The session room with real services: keys in, records out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.services.planning import Wanted
from forms.bars import SaveState
from forms.session_room import SessionRoomPlace
from tests.helpers.accessibility import assert_accessible
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


def close_dialogs(qtbot: QtBot, place: SessionRoomPlace) -> None:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.close()
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)


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
    assert bench.toasts == ["Readings of 14:40 recorded. Undo Ctrl+Z"]
    assert bench.saved[-1] is SaveState.SAVED


@pytest.mark.parametrize("split", [" ", ","])
def test_space_and_comma_split_a_pressure_as_the_slash_does(
    split: str, qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, f"142{split}88", ENTER)
    bench.settle(qtbot)
    stored = readings(bench, session)[BP]
    assert (stored.systolic, stored.diastolic) == (Decimal(142), Decimal(88))


def test_the_minute_stands_still_from_the_first_key_and_can_be_shifted(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88")
    bench.clock.pass_minutes(3)
    keys.press(place, (ALT, Qt.Key.Key_Up), (ALT, Qt.Key.Key_Up), (ALT, Qt.Key.Key_Down), ENTER)
    bench.settle(qtbot)
    assert readings(bench, session)[BP].at == at(14, 39)


def test_after_saving_the_cursor_is_in_the_first_cell_of_an_empty_row(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "142/88", TAB, "96", ENTER)
    bench.settle(qtbot)
    cells = place.grid.entry.cells
    assert cells[BP].hasFocus()
    assert [c.text() for c in cells.values()] == [""] * len(cells)
    assert [cells[k].placeholderText() for k in (BP, HR, SPO2)] == ["142/88", "96", ""]
    assert cells[BP].accessibleDescription() == "last 142/88"


def test_enter_on_an_empty_row_stores_nothing(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, ENTER)
    bench.settle(qtbot)
    assert readings(bench, session) == {}


def test_text_that_cannot_be_read_stays_with_its_note_and_is_not_stored(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "142", TAB, "96", ENTER)
    bench.settle(qtbot)
    entry = place.grid.entry
    assert entry.cells[BP].text() == "142"
    assert entry.cells[BP].hasFocus()
    assert entry.note.text == "BP: Type both numbers of the pressure, such as 142/88."
    assert readings(bench, session) == {}


def test_the_note_goes_when_the_text_is_put_right(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142", ENTER)
    keys.press(place, "142/88")
    assert place.grid.entry.note.text == ""
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert readings(bench, session)[BP].systolic == Decimal(142)


def test_an_impossible_pressure_is_stored_only_with_ctrl_enter_and_a_reason(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys, entry = Keyboard(), place.grid.entry
    keys.press(place, "14/88", ENTER, ENTER)
    bench.settle(qtbot)
    assert readings(bench, session) == {}
    assert entry.reason.isVisible()
    keys.press(place, (CTRL, ENTER))
    assert entry.reason.hasFocus()
    keys.press(place, (CTRL, ENTER))
    bench.settle(qtbot)
    assert readings(bench, session) == {}
    keys.press(place, "read twice", ENTER)
    bench.settle(qtbot)
    stored = readings(bench, session)[BP]
    assert stored.systolic == Decimal(14)
    assert stored.status is ObservationStatus.VALID
    assert stored.status_reason == "read twice"
    assert "Valid: read twice" in place.grid.model.note_of(place.grid.model.row(0))
    assert not entry.reason.isVisible()


def test_a_reading_beyond_its_limit_has_a_word_and_is_read_out(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "182/106", TAB, "96", TAB, "91", ENTER)
    bench.settle(qtbot)
    model = place.grid.model
    pill = model.pill_of(model.row(0))
    assert pill is not None
    assert pill[1] == "BP over 180, SpO₂ under 92"
    spoken = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "182/106, over 180"


# --- marks


@pytest.mark.parametrize(
    ("key", "digit", "status", "reason"),
    [
        (Qt.Key.Key_X, "1", ObservationStatus.STRUCK, "Typing slip"),
        (Qt.Key.Key_Delete, "3", ObservationStatus.STRUCK, "Wrong patient"),
        (Qt.Key.Key_A, "1", ObservationStatus.ARTEFACT, "Movement"),
    ],
)
def test_a_reading_is_marked_by_key_and_reason_and_stays(
    *,
    key: Qt.Key,
    digit: str,
    status: ObservationStatus,
    reason: str,
    qtbot: QtBot,
    bench: Bench,
    session: Session,
    place: SessionRoomPlace,
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", TAB, "96", TAB, "97", ENTER)
    bench.settle(qtbot)
    keys.press(place, Qt.Key.Key_Up, Qt.Key.Key_Right, key, digit)
    bench.settle(qtbot)
    stored = readings(bench, session)
    assert (stored[HR].status, stored[HR].status_reason) == (status, reason)
    assert stored[HR].value == Decimal(96)
    assert stored[BP].status is ObservationStatus.VALID
    assert place.grid.table.hasFocus()
    assert place.grid.model.index(0, 3).data() == "96"


def test_a_whole_row_is_marked_from_its_minute_and_words_may_be_typed(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", TAB, "96", ENTER)
    bench.settle(qtbot)
    keys.press(place, Qt.Key.Key_Up, Qt.Key.Key_Home, "x", "other chair", ENTER)
    bench.settle(qtbot)
    stored = readings(bench, session)
    assert {r.status for r in stored.values()} == {ObservationStatus.STRUCK}
    assert {r.status_reason for r in stored.values()} == {"other chair"}


def test_escape_leaves_a_reading_as_it_is(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", ENTER)
    bench.settle(qtbot)
    keys.press(place, Qt.Key.Key_Up, "x", ESC, ESC)
    bench.settle(qtbot)
    assert readings(bench, session)[BP].status is ObservationStatus.VALID
    assert place.grid.entry.cells[BP].hasFocus()


def test_a_struck_reading_can_count_again_with_a_reason(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", ENTER)
    bench.settle(qtbot)
    keys.press(place, Qt.Key.Key_Up, "x1")
    bench.settle(qtbot)
    keys.press(place, "v1")
    bench.settle(qtbot)
    stored = readings(bench, session)[BP]
    assert (stored.status, stored.status_reason) == (ObservationStatus.VALID, "Looked at again")


# --- W3: an event


def test_an_event_takes_four_keys_and_is_stored_at_this_minute(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142")
    before = keys.count
    keys.press(place, Qt.Key.Key_F4, "v", "2", ENTER)
    assert keys.count - before == 4
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    assert (event.verbatim, event.severity, event.onset) == (
        "Vomiting",
        Severity.MODERATE,
        at(14, 40),
    )
    assert place.grid.entry.cells[BP].hasFocus()
    assert place.grid.entry.cells[BP].text() == "142"


def test_the_tile_may_be_shorter_than_the_term(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, Qt.Key.Key_F4, "b", ENTER)
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    assert (event.verbatim, event.severity) == ("Blood pressure increased", None)


def test_the_onset_moves_back_by_minutes(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, Qt.Key.Key_F4, "n", (ALT, Qt.Key.Key_Up), (ALT, Qt.Key.Key_Up))
    bench.clock.pass_minutes(5)
    keys.press(place, "1", ENTER)
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    assert event.onset == at(14, 38)


def test_another_term_is_typed_after_a_slash(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, Qt.Key.Key_F4, "/", "out of body 4", ENTER, "3", ENTER)
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    assert (event.verbatim, event.severity) == ("out of body 4", Severity.SEVERE)


def test_death_is_no_severity_of_the_palette(place: SessionRoomPlace) -> None:
    Keyboard().press(place, Qt.Key.Key_F4, "v", "5")
    note = place.parts["palette"].note
    assert note.text == "5, death, comes only with the outcome of the event."


def test_escape_leaves_the_palette_and_keeps_what_was_chosen(place: SessionRoomPlace) -> None:
    Keyboard().press(place, Qt.Key.Key_F4, "v", ESC)
    assert place.grid.entry.cells[BP].hasFocus()
    assert place.parts["palette"].tiles["V"].isChecked()


def test_report_makes_a_case_and_goes_to_its_report(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, Qt.Key.Key_F4, "v", "2", ENTER)
    bench.settle(qtbot)
    button = place.parts["events"].findChild(QPushButton, "report.1")
    assert button.text() == "Report…"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    case = bench.app.cases.gather(event.case_id)
    assert bench.reports == [case.report.id]
    again = place.parts["events"].findChild(QPushButton, "report.1")
    assert again.text() == "Open report"


# --- the end


def test_an_ended_session_is_read_only_and_says_so(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    place.refresh()
    bench.settle(qtbot)
    assert not place.grid.entry.isVisible()
    assert place.closed.isVisible()
    assert not place.parts["gate"].isVisible()


# --- start


def test_a_session_begins_from_three_letters(qtbot: QtBot, bench: Bench, session: Session) -> None:
    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    a_patient(bench.app, "P-0500", "Zoe Other")
    place = open_place(qtbot, bench)
    place.start()
    bench.settle(qtbot)
    keys = Keyboard()
    keys.press(place, "ave", ENTER)
    qtbot.waitUntil(lambda: place.work is not None)
    bench.settle(qtbot)
    (running,) = bench.app.sessions.running()
    assert keys.count == 4
    assert running.patient_id == session.patient_id
    assert (running.route, running.chair) == (SessionRoute.IV_INFUSION, "Chair 2")
    inside = QApplication.focusWidget()
    assert inside is not None
    assert place.parts["gate"].isAncestorOf(inside)


def test_the_first_session_asks_for_the_route(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.start(patient.id)
    qtbot.waitUntil(place.start_card.begin.isVisible)
    Keyboard().press(place, "4", ENTER)
    qtbot.waitUntil(lambda: place.work is not None)
    (running,) = bench.app.sessions.running()
    assert running.route is SessionRoute.NASAL


def test_letters_of_nobody_say_so(qtbot: QtBot, bench: Bench) -> None:
    a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.start()
    Keyboard().press(place, "xyz", ENTER)
    qtbot.waitUntil(lambda: bool(place.start_card.note.text))
    bench.settle(qtbot)
    words = "Nobody has these letters in name or code. A new patient: Ctrl+3, Alt+N."
    assert place.start_card.note.text == words
    assert bench.app.sessions.running() == ()


def test_without_a_session_the_place_offers_one(qtbot: QtBot, bench: Bench) -> None:
    place = open_place(qtbot, bench)
    assert place.findChild(QPushButton, "session.new").hasFocus()


# --- several chairs


def test_f3_walks_the_chairs_and_keeps_each_row_apart(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    other = bench.app.sessions.start(a_patient(bench.app, "P-2").id, chair="Chair 3")
    place.show_session(session.id)
    bench.settle(qtbot)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: place.chairs.count() == 2)
    keys = Keyboard()
    keys.press(place, Qt.Key.Key_F3)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: place.work is not None and place.work.room.session.id == other.id)
    keys.press(place, "120/70", ENTER)
    bench.settle(qtbot)
    assert readings(bench, session) == {}
    assert readings(bench, other)[BP].systolic == Decimal(120)


# --- trouble


def test_what_could_not_be_stored_says_so_and_is_stored_by_ctrl_s(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    sessions = bench.app.sessions
    ended = sessions.end(session, SessionEnd.DISCHARGED)
    Keyboard().press(place, "142/88", ENTER)
    bench.settle(qtbot)
    model = place.grid.model
    pill = model.pill_of(model.row(0))
    assert pill is not None
    assert pill[1] == "not saved"
    assert bench.saved[-1] is SaveState.NOT_SAVED
    assert place.work is not None
    assert place.work.unsaved
    close_dialogs(qtbot, place)
    bench.app.endings.amend(_reopened(ended), "ended in error")
    Keyboard().press(place, (CTRL, Qt.Key.Key_S))
    bench.settle(qtbot)
    assert readings(bench, session)[BP].systolic == Decimal(142)
    assert model.pill_of(model.row(0)) is None
    assert not place.work.unsaved


def _reopened(session: Session) -> Session:
    return replace(session, ended=None, ending=None)


# --- every place


def test_every_part_of_the_room_has_a_name_and_a_place_in_the_tab_order(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "142/88", ENTER, Qt.Key.Key_F4, "v", (CTRL, Qt.Key.Key_D))
    bench.settle(qtbot)
    assert_accessible(place)


def test_a_planned_room_shows_that_the_first_reading_began_it(qtbot: QtBot, bench: Bench) -> None:
    app = bench.app
    planned = app.planning.plan(
        a_patient(app).id, app.context.minute(), Wanted(route=SessionRoute.NASAL)
    )
    place = open_place(qtbot, bench, planned.id)
    assert place.work is not None
    assert place.work.room.session.started is None

    reading = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(80))
    place.work.log([reading], app.context.minute())
    bench.settle(qtbot)

    assert place.work.room.session == app.sessions.room(planned.id).session
    assert place.work.room.session.started == app.context.minute()


def test_enter_before_the_answer_takes_nobody_of_the_list_before(
    qtbot: QtBot, bench: Bench
) -> None:
    for code, name in (("P-1", "Avery One"), ("P-2", "Hana Two")):
        a_patient(bench.app, code, name)
    place = open_place(qtbot, bench)
    place.start()
    card = place.start_card
    qtbot.waitUntil(lambda: len(card._lines.lines) > 1)  # noqa: SLF001
    card.search.setText("hana")
    card._on_edited("hana")  # noqa: SLF001
    # The letters are being looked up, and the list is still that of nobody's letters.
    card._timer.stop()  # noqa: SLF001
    card._on_search()  # noqa: SLF001
    Keyboard().press(card.search, Qt.Key.Key_Return)
    bench.settle(qtbot)

    assert card._found is not None  # noqa: SLF001
    assert card._found.patient.code == "P-2"  # noqa: SLF001

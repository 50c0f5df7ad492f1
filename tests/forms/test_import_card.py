"""A file of readings is planned before anything is stored, and taken in whole by one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationSource,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.records import Session
from aeapp.domain.vitals.intake.mapping_draft import Use
from forms.chair.import_card import ImportCard
from forms.errors import ErrorCard
from forms.session_room import SessionRoomPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

CTRL = Qt.KeyboardModifier.ControlModifier
HEAD = "Time,HR,SpO2,NBPSys,NBPDias,NBPMean\n"
ROWS = (
    "2026-11-23 14:10:00,72,98,128,78,95\n"
    "2026-11-23 14:15:00,0,0,0,0,0\n"
    "2026-11-23 14:20:00,75,12,131,80,97\n"
)


# The heart rate of one minute, in the name of a patient whose number is AB60001.
OF_ANOTHER = "\r".join(
    (
        r"MSH|^~\&|DEV|MMS|||20261123141000-0500||ORU^R01^ORU_R01|1|P|2.6",
        "PID|||AB60001^^^A^PI||SAMPLE^ALEX",
        "OBR|1|A|B|182777000^monitoring of patient^SCT|||20261123141000-0500",
        "OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC|1|88|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R",
        "",
    )
)


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    made.ask = Answers()  # type: ignore[assignment]
    yield made
    made.close()


@pytest.fixture
def session(bench: Bench) -> Session:
    return bench.app.sessions.start(a_patient(bench.app).id, route=SessionRoute.IV_PUSH)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "monitor.csv"
    made.write_text(HEAD + ROWS, encoding="utf-8")
    return made


def planned(qtbot: QtBot, bench: Bench, session: Session, file: Path) -> ImportCard:
    place: SessionRoomPlace = open_room(qtbot, bench, session.id)
    card: ImportCard = place.parts["import"]
    bench.ask.path = file  # type: ignore[attr-defined]
    QTest.keyClick(place, Qt.Key.Key_I, CTRL)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: bool(card.plan.toPlainText()))
    return card


def stored(bench: Bench, session: Session) -> int:
    return len(bench.app.sessions.room(session.id).observations)


def test_a_plan_counts_rows_and_stores_nothing(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    card = planned(qtbot, bench, session, file)

    text = card.plan.toPlainText()
    assert "Rows kept 2, skipped 1, with a question 1." in text
    assert "From 14:10 to 14:20 on Mon 23 Nov 2026." in text
    assert "Blood pressure: no signal in one row, 3 zeros." in text
    assert "Heart rate: no signal in one row, one zero." in text
    assert text.startswith("One reading to be looked at.")
    assert text.splitlines()[1].startswith("line 4, Oxygen saturation")
    assert card.note.text == "One reading to be looked at; Alt+Q goes there."
    assert "--" not in text
    assert stored(bench, session) == 0
    assert card.apply.isEnabled()
    assert_accessible(card)


def test_a_file_of_another_patient_number_is_flagged_and_enter_takes_nothing_in(
    qtbot: QtBot, bench: Bench, session: Session, tmp_path: Path
) -> None:
    patient = bench.app.patients.get(session.patient_id)
    bench.app.patients.save(replace(patient, record_number="MR-77"))
    file = tmp_path / "monitor.hl7"
    file.write_text(OF_ANOTHER, encoding="utf-8")
    card = planned(qtbot, bench, session, file)

    assert card.note.text == (
        "The file names another patient number than this chart: AB60001. Same person?"
    )
    assert not card.apply.isEnabled()
    assert "One reading lies before the session began." in card.plan.toPlainText()
    assert "T14:10" not in card.plan.toPlainText()
    Keyboard().press(card, Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert stored(bench, session) == 0

    # Without a number in the chart nothing can be compared: a person looks, and says so.
    bench.app.patients.save(replace(bench.app.patients.get(session.patient_id), record_number=None))
    card.plan_file(file)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: "this chart has none" in card.note.text)
    assert card.same_patient.hasFocus()
    Keyboard().press(card, Qt.Key.Key_Space)
    bench.settle(qtbot)
    qtbot.waitUntil(card.apply.isEnabled)
    card.plan_file(file)
    assert not card.same_patient.isChecked()


def test_one_key_takes_the_plan_in_and_the_room_shows_it(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    card = planned(qtbot, bench, session, file)

    QTest.keyClick(card.apply, Qt.Key.Key_Return)
    bench.settle(qtbot)

    assert stored(bench, session) == 6
    assert "Took in 6 readings" in card.plan.toPlainText()
    place = card.window()
    qtbot.waitUntil(lambda: place.grid.model.rowCount() == 2)  # type: ignore[attr-defined]


def test_a_reading_in_question_is_gone_to_by_a_key_and_counts_once_somebody_says_so(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    more = "2026-11-23 14:25:00,70,13,131,80,97\n2026-11-23 14:30:00,70,98,80,131,97\n"
    file.write_text(HEAD + ROWS + more, encoding="utf-8")
    card = planned(qtbot, bench, session, file)
    place: SessionRoomPlace = card.window()  # type: ignore[assignment]
    QTest.keyClick(card.apply, Qt.Key.Key_Return)
    bench.settle(qtbot)
    table, model = place.grid.table, place.grid.model
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    assert place.work is not None
    assert place.work.watch.flagged() == frozenset()

    shown = []
    for _again in range(4):
        QTest.keyClick(place, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
        shown.append(table.currentIndex().data())
    assert shown == ["12", "13", "80/131", "12"]
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(place.focusWidget(), "1")
    bench.settle(qtbot)

    read = {r.status for r in bench.app.sessions.room(session.id).observations if r.value == 12}
    assert read == {ObservationStatus.VALID}
    assert [r.systolic for r in place.grid.questioned()] == [80]
    assert len(place.work.watch.flagged()) == 2


def test_undo_takes_the_file_back_and_nothing_that_was_entered_before(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    card = planned(qtbot, bench, session, file)
    place: SessionRoomPlace = card.window()  # type: ignore[assignment]
    assert place.work is not None
    place.work.course.note("IV line moved", NoteKind.NOTE, bench.app.context.minute())
    bench.settle(qtbot)
    QTest.keyClick(card.apply, Qt.Key.Key_Return)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: place.grid.model.rowCount() == 2)

    QTest.keyClick(place, Qt.Key.Key_Z, CTRL)
    bench.settle(qtbot)

    room = bench.app.sessions.room(session.id)
    assert {one.status for one in room.observations} == {ObservationStatus.STRUCK}
    assert [note.struck_reason for note in room.notes] == [None]
    assert bench.toasts[-1].startswith("Undone: Import of 6 readings.")


def test_the_same_file_again_has_nothing_new(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    bench.app.importing.apply(bench.app.importing.plan(file, session))

    card = planned(qtbot, bench, session, file)

    assert card.note.text == "Nothing new is in the file."
    assert not card.apply.isEnabled()


def test_a_clock_offset_shifts_every_reading_before_it_is_stored(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    card = planned(qtbot, bench, session, file)

    card.offset.setFocus()
    QTest.keyClicks(card.offset, "+03:00")
    QTest.keyClick(card.offset, Qt.Key.Key_Return)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: "14:13" in card.plan.toPlainText())


def test_an_offset_that_is_none_is_refused_in_words(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    card = planned(qtbot, bench, session, file)

    card.offset.setFocus()
    QTest.keyClicks(card.offset, "soon")
    QTest.keyClick(card.offset, Qt.Key.Key_Return)

    assert card.note.text == "Write the clock offset as minutes and seconds, such as +00:03."


def test_readings_of_another_day_wait_for_a_tick(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    file.write_text(HEAD + ROWS.replace("2026-11-23", "2026-01-05"), encoding="utf-8")
    card = planned(qtbot, bench, session, file)
    assert not card.apply.isEnabled()

    card.other_day.setChecked(True)
    bench.settle(qtbot)
    qtbot.waitUntil(card.apply.isEnabled)


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    qtbot: QtBot, bench: Bench, session: Session, file: Path, tmp_path: Path
) -> None:
    card = planned(qtbot, bench, session, file)
    broken = tmp_path / "broken.csv"
    broken.write_text("Time,HR\n2026-11-23 14:10:00,many\n", encoding="utf-8")

    card.plan_file(broken)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: card.plan.toPlainText() == "")

    assert not card.apply.isEnabled()
    assert stored(bench, session) == 0


def test_a_session_that_has_ended_asks_for_a_reason(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    bench.app.sessions.end(session, SessionEnd.ABORTED, "stopped")
    card = planned(qtbot, bench, session, file)

    QTest.keyClick(card.apply, Qt.Key.Key_Return)
    assert stored(bench, session) == 0
    assert card.reason.hasFocus()

    QTest.keyClicks(card.reason, "found later")
    card.apply.click()
    bench.settle(qtbot)
    assert stored(bench, session) == 6


def test_escape_closes_the_card(qtbot: QtBot, bench: Bench, session: Session, file: Path) -> None:
    card = planned(qtbot, bench, session, file)

    QTest.keyClick(card.plan, Qt.Key.Key_Escape)

    assert card.isHidden()


def test_tab_reaches_the_begin_and_the_tick_right_after_the_clock_offset(
    qtbot: QtBot, bench: Bench, session: Session, file: Path
) -> None:
    card = planned(qtbot, bench, session, file)
    card.offset.setFocus()

    QTest.keyClick(card.offset, Qt.Key.Key_Tab)
    assert card.began.hasFocus()
    QTest.keyClick(card.began, Qt.Key.Key_Tab)

    assert card.other_day.hasFocus()


# What no layout knows: a line above the header, a decimal comma, an unnamed sign of no value.
UNKNOWN = """Export of the capnograph
DATE;TIME;EtCO2;SpO2;Cuff S;Cuff D;IPI
11/23/26;14:05:05;37;98;17,1;10,1;9
11/23/26;14:06:05;--;97;;;9
11/23/26;14:07:05;38;lead off;17,9;10,4;9
"""


def test_columns_of_an_unknown_table_are_said_by_keys_tried_planned_and_kept(
    qtbot: QtBot, bench: Bench, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "trend.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    place: SessionRoomPlace = open_room(qtbot, bench, session.id)
    card: ImportCard = place.parts["import"]
    bench.ask.path = file  # type: ignore[attr-defined]
    keys = Keyboard()
    keys.press(place, (CTRL, Qt.Key.Key_I))
    mapper = card.mapper
    qtbot.waitUntil(mapper.isVisible)
    bench.settle(qtbot)

    # What names say is proposed; a row that cannot be read comes first, in words without its value.
    assert mapper.columns.hasFocus()
    assert mapper.trial_lines.cell(mapper.trial_lines.rows[0], 0) == (
        "Line 5 cannot be read\nThe cell of SpO2 holds no number from 0 to 999999."
    )
    assert "1 of 3 rows cannot be read" in mapper.note.text
    mapper.trial.selectRow(0)
    assert "SpO2: lead off" in mapper.said.text()
    assert not mapper.go.isEnabled()
    assert_accessible(card)

    # A pressure by letter, with its unit and source; half of it is told, and is not planned.
    keys.press(mapper, *[Qt.Key.Key_Down] * 4, "s")
    assert "needs its systolic and its diastolic" in mapper.note.text
    keys.press(mapper, "ugg", Qt.Key.Key_Down, "dugg")
    assert mapper.draft.use_of("Cuff S") == Use("bp.systolic", "kPa", ObservationSource.ARTERIAL)
    mapper.missing.setFocus()
    keys.press(mapper, Qt.Key.Key_End, "; lead off", Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert mapper.draft.missing == ("--", "lead off")
    assert mapper.note.text == "3 rows give 6 readings."
    assert "BP 128.3/75.8 (17,1/10,1 kPa)" in mapper.trial_lines.cell(mapper.trial_lines.rows[0], 0)

    # The same dry run as ever, then the same key takes it in, and the mapping is kept.
    keys.press(mapper, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_P))
    qtbot.waitUntil(card.apply.isEnabled)
    assert mapper.isHidden()
    assert "Would take in 6 readings of 3 rows; its columns were mapped." in card.plan.toPlainText()
    keys.press(card, Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert stored(bench, session) == 6
    assert [one.name for one in bench.app.importing.mappings()] == ["Mapped table"]

    # The next file with this header is planned at once; its columns can be said anew.
    file.write_text(UNKNOWN.replace("lead off", "95"), encoding="utf-8")
    card.plan_file(file)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: "kept mapping Mapped table" in card.plan.toPlainText())
    assert mapper.isHidden()
    card.layout_box.setCurrentIndex(card.layout_box.findData("columns"))
    card.layout_box.activated.emit(card.layout_box.currentIndex())
    qtbot.waitUntil(mapper.isVisible)
    bench.settle(qtbot)
    assert mapper.draft.use_of("Cuff D").unit == "kPa"
    keys.press(mapper, Qt.Key.Key_Escape)
    assert mapper.isHidden()
    assert card.isVisible()


def test_what_is_no_table_is_refused_and_nothing_is_asked(
    qtbot: QtBot, bench: Bench, session: Session, tmp_path: Path
) -> None:
    place: SessionRoomPlace = open_room(qtbot, bench, session.id)
    card: ImportCard = place.parts["import"]
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    bench.ask.path = file  # type: ignore[attr-defined]
    QTest.keyClick(place, Qt.Key.Key_I, CTRL)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: bool(card.findChildren(ErrorCard)))
    assert card.mapper.isHidden()

"""The time of what is told later is typed: in the row, in the palette, for an event that stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event
from aeapp.domain.values import PartialDate
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

ENTER, ESC, F4, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Up
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def clock(hour: int, minute: int, day: int = 23) -> PartialDate:
    return PartialDate(2026, 11, day, hour, minute, None, -300)


def test_the_time_of_a_row_and_of_an_event_is_typed_before_and_after_the_end(
    qtbot: QtBot, bench: Bench
) -> None:
    app = bench.app
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IM)
    app.sessions.give(session, Administration(started=app.context.minute()))
    bench.clock.pass_minutes(60)
    place, keys = open_room(qtbot, bench, session.id), Keyboard()
    palette, editor = place.parts["palette"], place.parts["events"].editor

    def event() -> Event:
        return app.sessions.room(session.id).events[0]

    # The row of readings: refused where it is to come, then half an hour ago.
    keys.press(place, "142/88", (ALT, Qt.Key.Key_T), "15:50", ENTER)
    assert place.grid.entry.time.field.hasFocus()
    assert place.grid.entry.note.text.startswith("Type a time that is past")
    place.grid.entry.time.field.clear()
    keys.press(place, "-30", ENTER, ENTER)
    bench.settle(qtbot)
    (reading,) = app.sessions.room(session.id).observations
    assert reading.at == clock(15, 10)

    # The palette: twelve minutes ago stays that minute, also after time has passed.
    before = keys.count
    keys.press(place, F4, "n", "-", "12", ENTER, "2", ENTER)
    assert keys.count - before == 8
    bench.settle(qtbot)
    assert event().onset == clock(15, 28)
    assert palette.time.text() == ""
    assert_accessible(place)

    # What stands: another onset takes a reason, an end that nobody told takes none.
    place.go_to("events")
    keys.press(place, "e", "15:35", ENTER, ENTER)
    bench.settle(qtbot)
    assert event().ended == clock(15, 35)
    keys.press(place, "o", "99:00", ENTER)
    assert editor.time.isVisible()
    keys.press(place, ESC, "o", "2026-11-23 15:20", ENTER)
    assert "onset 15:20, T+40" in editor._times.text()  # noqa: SLF001 - the line a person reads
    keys.press(place, ENTER)
    assert editor.reason.isVisible()
    keys.press(place, "1")
    bench.settle(qtbot)
    assert event().onset == clock(15, 20)

    # After the end it is an amendment, and "nobody knows" is an answer.
    app.sessions.end(app.sessions.room(session.id).session, SessionEnd.ABORTED, "panic")
    place.refresh()
    bench.settle(qtbot)
    place.go_to("events")
    keys.press(place, "o", "?", ENTER, ENTER, "1")
    bench.settle(qtbot)
    assert event().onset is NullFlavor.UNK
    line = app.sessions.room(session.id).notes[-1].words or ""
    assert line == "Nausea, 23-Nov-2026 15:20: Onset 23-Nov-2026 15:20 → Unknown: Typing slip"

"""The files of a session in its room: reached, added, opened and struck through by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.services.planning import Wanted
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

FILES = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_F)
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_files_of_session_and_event_are_added_opened_and_struck_by_keys(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    answers, app = Answers(path=tmp_path / "consent.txt"), bench.app
    bench.ask = answers
    for name in ("consent", "rash"):
        (tmp_path / f"{name}.txt").write_text(f"{name} of today", encoding="utf-8")
    session = app.planning.begin(a_patient(app).id, Wanted(route=SessionRoute.IM))
    event = app.sessions.catch_event(session, "Rash")
    place = open_room(qtbot, bench, session.id)
    files, keys = place.parts["files"], Keyboard()
    opened: list[Path] = []
    files.show_file = lambda url: opened.append(Path(url.toLocalFile()))

    keys.press(place, FILES)
    bench.settle(qtbot)
    keys.press(place, "a")
    bench.settle(qtbot)
    answers.path = tmp_path / "rash.txt"
    # The second of those to whom a file may belong is the event.
    keys.press(place, "2", "a")
    bench.settle(qtbot)
    consent, rash = app.attaching.of_session(session.id)
    assert (consent.session_id, consent.event_id) == (session.id, "")
    assert (rash.session_id, rash.event_id) == ("", event.id)
    titles = [str(files.panel.model.index(n, 0).data()) for n in range(2)]
    assert titles == ["consent", "rash, Rash"]
    assert_accessible(files)

    files.panel.focus_first()
    keys.press(place, "o")
    bench.settle(qtbot)
    assert opened[0].read_text(encoding="utf-8") == "consent of today"
    keys.press(place, "x", "2")
    bench.settle(qtbot)
    assert [a.struck_reason for a in app.attaching.of_session(session.id)] == ["wrong file", None]
    keys.press(place, ESC)
    assert not files.isVisible()
    assert place.grid.isAncestorOf(place.focusWidget())

"""An event is coded from its line: typed, looked at, chosen; the words that were told stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.records import Administration, Event, Session
from forms.session_room import SessionRoomPlace
from tests.forms.test_session_room import at, open_place
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.terminologies import distribution

F4, ENTER, ESC, DOWN = (
    Qt.Key.Key_F4,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
)
EVENTS = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_E)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    plan = made.app.terminologies.plan(TerminologyName.MEDDRA, distribution(tmp_path / "m"))
    made.app.terminologies.load(plan)
    yield made
    made.close()


@pytest.fixture
def session(bench: Bench) -> Session:
    session = bench.app.sessions.start(a_patient(bench.app).id)
    bench.app.sessions.give(session, Administration(started=at(13, 50)))
    return session


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, session: Session) -> SessionRoomPlace:
    """Return the room with nausea caught and its line open, the search under it."""
    place = open_place(qtbot, bench, session.id)
    Keyboard().press(place, F4, "n", "1", ENTER)
    bench.settle(qtbot)
    Keyboard().press(place, EVENTS, "c")
    bench.settle(qtbot)
    return place


def stored(bench: Bench, session: Session) -> Event:
    (event,) = bench.app.sessions.room(session.id).events
    return event


def codes(bench: Bench, session: Session) -> list[tuple[str, str, object]]:
    return [(c.terminology or "", c.code or "", c.how) for c in stored(bench, session).codings]


def test_the_words_of_the_event_are_searched_at_once_and_the_same_are_taken_by_enter(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    finder = place.parts["events"].editor.finder
    assert (finder.line.text(), finder.line.hasFocus()) == ("Nausea", True)
    assert_accessible(place.parts["events"])

    Keyboard().press(place, ENTER)
    bench.settle(qtbot)

    assert codes(bench, session) == [("own", "nausea", HowFound.EXACT)]
    assert not finder.isVisible()
    assert "Own list 1: Nausea (nausea)" in place.parts["events"].editor._codes.text()  # noqa: SLF001 - shown


def test_a_mistyped_term_is_chosen_only_by_going_down_to_it(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "hyperwoble")
    bench.settle(qtbot)
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert codes(bench, session) == []

    keys.press(place, DOWN, ENTER)
    bench.settle(qtbot)

    assert codes(bench, session) == [("meddra", "94000004", HowFound.TYPO)]
    assert stored(bench, session).verbatim == "Nausea"
    assert bench.toasts[-1] == "Coded as Hyperwobble."


def test_escape_goes_back_step_by_step_and_codes_nothing(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    finder, keys = place.parts["events"].editor.finder, Keyboard()
    keys.press(place, DOWN)
    assert finder.table.hasFocus()
    keys.press(place, ESC)
    assert finder.line.hasFocus()
    keys.press(place, ESC)

    assert not finder.isVisible()
    assert place.parts["events"].editor.hasFocus()
    assert codes(bench, session) == []


def test_what_no_term_is_like_keeps_its_words(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    finder = place.parts["events"].editor.finder
    # Faster than the answer: what was found for the word before is not taken.
    Keyboard().press(place, "xqzzkwv", DOWN, ENTER)
    bench.settle(qtbot)

    assert finder.none.text() == "No term is like this; the event keeps its words."
    finder.line.clear()
    finder.line.textEdited.emit("")
    assert finder.model.rows == []
    finder.show_offers("something older", bench.app.coding.search("nausea"))
    assert finder.model.rows == []
    assert codes(bench, session) == []

"""The tabs of the running sessions say whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.chair.board import BoardStatus, ChairLine
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient, Session
from forms.chairs import Chairs
from forms.theme import Status

PEOPLE = {
    "p": Patient(id="p", code="P-0412", name="Avery Sample"),
    "q": Patient(id="q", name=NullFlavor.UNK),
}


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (Session(id="1", chair="Chair 2", number="S-7", patient_id="p"), "Chair 2"),
        (Session(id="1", number="S-7", patient_id="p"), "A. S. P-0412"),
        (Session(id="1", number="S-7", patient_id="q"), "S-7"),
        (Session(id="1", number="S-7", patient_id="r"), "S-7"),
    ],
)
def test_a_tab_names_the_chair_else_the_patient(qtbot: QtBot, session: Session, words: str) -> None:
    chairs = Chairs()
    qtbot.addWidget(chairs)
    chairs.show_sessions([session], "1", PEOPLE)
    assert chairs.tabText(0) == words


@pytest.mark.parametrize(("step", "picked"), [(1, "1"), (-1, "2")])
def test_a_session_that_is_over_marks_no_tab_and_every_tab_leads_away(
    qtbot: QtBot, step: int, picked: str
) -> None:
    chairs = Chairs()
    qtbot.addWidget(chairs)
    chairs.resize(400, 30)
    chairs.show()
    running = [Session(id="1", chair="Chair 1"), Session(id="2", chair="Chair 2")]
    chairs.show_sessions(running, "over", PEOPLE)
    assert not chairs.isTabVisible(chairs.currentIndex())
    assert [chairs.tabText(i) for i in range(chairs.count()) if chairs.isTabVisible(i)] == [
        "Chair 1",
        "Chair 2",
    ]
    with qtbot.waitSignal(chairs.picked, timeout=1000) as told:
        chairs.walk(step)
    assert told.args == [picked]

    chairs.show_sessions(running, "over", PEOPLE)
    with qtbot.waitSignal(chairs.picked, timeout=1000) as told:
        qtbot.mouseClick(chairs, Qt.MouseButton.LeftButton, pos=chairs.tabRect(0).center())
    assert told.args == ["1"]


def test_a_tab_that_is_not_shown_says_what_is_new_in_words_and_for_a_screen_reader(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("forms.chairs.announce", lambda _widget, words: said.append(words))
    chairs = Chairs()
    qtbot.addWidget(chairs)
    sessions = [Session(id=i, chair=f"Chair {i}") for i in "321"]
    late = card("1", BoardStatus.OVERDUE, "Overdue 4 min")
    board = [late, card("2", BoardStatus.FLAG, "To decide"), card("3", BoardStatus.DUE, "")]

    chairs.show_sessions(sessions, "2", PEOPLE, board)

    # In the order of the chairs; nothing on the one that is looked at, nor where nothing is new.
    assert [chairs.tabText(n) for n in range(3)] == ["Chair 1", "Chair 2", "Chair 3"]
    pills = [chairs.tabButton(n, chairs.ButtonPosition.LeftSide) for n in range(3)]
    assert [p and (p.status, p.accessibleName()) for p in pills] == [
        (Status.OVERDUE, "Overdue 4 min"),
        None,
        None,
    ]
    assert chairs.accessibleTabName(0) == "Chair 1, Overdue 4 min"
    assert chairs.accessibleTabName(2) == ""
    # Read out once, and again only when it becomes something else.
    later = replace(late, news="Overdue 5 min")
    chairs.show_sessions(sessions, "2", PEOPLE, [later, *board[1:]])
    chairs.show_sessions(sessions, "3", PEOPLE, [later, *board[1:]])
    assert said == ["Chair 1, Overdue 4 min", "Chair 2, To decide"]


def card(number: str, status: BoardStatus, news: str) -> ChairLine:
    """Return a card of the board, of which a tab needs no more than this."""
    chair = f"Chair {number}"
    words = dict.fromkeys(
        ("name", "initials", "code", "drug", "phase", "pressure", "pressure_note", "next"), ""
    )
    return ChairLine(
        session_id=number,
        chair=chair,
        minutes=None,
        status=status,
        pill=news,
        news=news,
        marks=(),
        progress=0,
        sentence=chair,
        **words,
    )

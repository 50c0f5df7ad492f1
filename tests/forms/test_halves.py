"""The two halves of the session room: side by side, or one under the other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit
from pytestqt.qtbot import QtBot

from forms.chair.halves import Halves


def tall(name: str, height: int) -> QFrame:
    made = QFrame()
    made.setFixedHeight(height)
    line = QLineEdit(made)
    line.setObjectName(name)
    line.move(0, height - 40)
    return made


@pytest.fixture
def halves(qtbot: QtBot) -> Halves:
    made = Halves(
        [tall("chart", 200), tall("grid", 200)],
        [("Steps", [tall("card", 900)]), ("Notes", [tall("note", 200), tall("file", 200)])],
    )
    qtbot.addWidget(made)
    made.resize(1300, 600)
    with qtbot.waitActive(made):
        made.show()
    return made


def line(halves: Halves, name: str) -> QLineEdit:
    found = halves.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def top(halves: Halves, name: str) -> int:
    return line(halves, name).mapTo(halves, line(halves, name).rect().topLeft()).y()


def test_a_card_far_below_does_not_move_the_grid(halves: Halves) -> None:
    grid, card = top(halves, "grid"), top(halves, "card")
    assert card > halves.height()
    line(halves, "card").setFocus()
    assert top(halves, "card") < halves.height()
    assert top(halves, "grid") == grid


def test_in_a_narrow_window_the_cards_stand_under_the_grid(halves: Halves) -> None:
    line(halves, "card").setFocus()
    halves.resize(700, 600)
    QApplication.processEvents()
    assert line(halves, "card").hasFocus()
    assert 0 <= top(halves, "card") < halves.height()
    assert top(halves, "grid") < top(halves, "card") - 800
    halves.resize(1300, 600)
    QApplication.processEvents()
    assert line(halves, "card").hasFocus()
    halves.reveal(line(halves, "grid"))
    assert 0 <= top(halves, "grid") < halves.height()


def test_in_less_room_the_cards_are_tabs(halves: Halves) -> None:
    tabs = halves.tabs
    assert tabs.isHidden()
    assert line(halves, "note").isVisible()
    halves.resize(1100, 600)
    QApplication.processEvents()
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["Steps", "Notes"]
    assert tabs.isVisible()
    assert line(halves, "card").isVisible()
    assert not line(halves, "note").isVisible()
    halves.reveal(line(halves, "note"))
    assert line(halves, "note").isVisible()
    assert not line(halves, "card").isVisible()


def test_a_tab_is_there_while_one_of_its_cards_is(halves: Halves) -> None:
    halves.resize(1100, 600)
    QApplication.processEvents()
    tabs, (note, file) = (
        halves.tabs,
        (line(halves, name).parentWidget() for name in ("note", "file")),
    )
    note.hide()
    assert tabs.isTabVisible(1)
    file.hide()
    assert not tabs.isTabVisible(1)
    assert tabs.isHidden()
    file.show()
    tabs.setCurrentIndex(1)
    assert file.isVisible()
    file.hide()
    assert tabs.currentIndex() == 0
    assert line(halves, "card").isVisible()
    assert file.isHidden()

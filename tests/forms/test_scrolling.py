"""A page that scrolls by itself to what takes the keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from forms.widgets.scrolling import FollowingScroll, reveal


@pytest.fixture
def page(qtbot: QtBot) -> FollowingScroll:
    made = FollowingScroll()
    qtbot.addWidget(made)
    made.resize(300, 300)
    inner = QWidget()
    column = QVBoxLayout(inner)
    for n in range(40):
        line = QLineEdit(inner)
        line.setObjectName(f"line.{n}")
        column.addWidget(line)
    made.setWidget(inner)
    with qtbot.waitActive(made):
        made.show()
    return made


def line(page: FollowingScroll, n: int) -> QLineEdit:
    found = page.findChild(QLineEdit, f"line.{n}")
    assert isinstance(found, QLineEdit)
    return found


def is_in_sight(page: FollowingScroll, widget: QWidget) -> bool:
    top = widget.mapTo(page.viewport(), widget.rect().topLeft()).y()
    return 0 <= top <= page.viewport().height() - widget.height()


def test_what_takes_the_focus_comes_into_sight(page: FollowingScroll) -> None:
    line(page, 0).setFocus()
    assert not is_in_sight(page, line(page, 30))
    line(page, 30).setFocus()
    assert is_in_sight(page, line(page, 30))


def test_it_stays_in_sight_when_something_above_it_grows(page: FollowingScroll) -> None:
    line(page, 20).setFocus()
    line(page, 2).setFixedHeight(600)
    QApplication.processEvents()
    assert is_in_sight(page, line(page, 20))


def test_a_part_of_what_has_the_focus_can_be_brought_into_sight(page: FollowingScroll) -> None:
    line(page, 0).setFocus()
    reveal(line(page, 35))
    assert is_in_sight(page, line(page, 35))
    line(page, 1).setFocus()
    assert is_in_sight(page, line(page, 1))


def test_a_widget_on_no_such_page_is_left_alone(qtbot: QtBot) -> None:
    alone = QLineEdit()
    qtbot.addWidget(alone)
    reveal(alone)
    assert alone.parentWidget() is None


def test_a_focus_elsewhere_moves_nothing(page: FollowingScroll, qtbot: QtBot) -> None:
    line(page, 30).setFocus()
    before = page.verticalScrollBar().value()
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
    other.setFocus()
    assert page.verticalScrollBar().value() == before


def test_what_has_the_focus_stays_in_sight_when_the_window_gets_lower(
    page: FollowingScroll,
) -> None:
    line(page, 6).setFocus()
    page.resize(300, 120)
    QApplication.processEvents()
    assert is_in_sight(page, line(page, 6))

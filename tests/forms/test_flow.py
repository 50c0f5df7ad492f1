"""Parts side by side: rows, what is thrown away, and what Qt keeps for itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from forms.widgets.flow import FlowLayout
from tests.helpers import guards


def a_block() -> QWidget:
    block = QWidget()
    block.setFixedSize(100, 20)
    return block


def a_flow(qtbot: QtBot, blocks: int) -> tuple[FlowLayout, list[QWidget], QWidget]:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page, gap=10)
    made = [a_block() for _n in range(blocks)]
    for block in made:
        flow.addWidget(block)
    return flow, made, page


def thrown_away() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_does_not_fit_starts_a_new_row(qtbot: QtBot) -> None:
    flow, blocks, page = a_flow(qtbot, 3)
    page.resize(220, 200)
    page.show()

    assert [(b.x(), b.y()) for b in blocks] == [(0, 0), (110, 0), (0, 30)]
    assert (flow.heightForWidth(220), flow.heightForWidth(400)) == (50, 20)
    assert flow.sizeHint() == QSize(320, 20)


def test_what_is_above_a_flow_gives_it_all_its_rows(qtbot: QtBot) -> None:
    flow, _blocks, page = a_flow(qtbot, 3)
    above = QWidget()
    qtbot.addWidget(above)
    column = QVBoxLayout(above)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    rows = flow.heightForWidth(100)
    assert rows > flow.heightForWidth(1000)
    assert column.totalMinimumHeightForWidth(100) == rows


def test_a_hidden_part_takes_no_room(qtbot: QtBot) -> None:
    flow, blocks, page = a_flow(qtbot, 2)
    page.resize(400, 100)
    page.show()
    blocks[0].hide()

    assert flow.sizeHint() == QSize(100, 20)
    flow.activate()
    assert blocks[1].x() == 0


def test_a_part_that_was_thrown_away_is_forgotten(qtbot: QtBot) -> None:
    flow, blocks, page = a_flow(qtbot, 3)
    page.show()
    blocks.pop(0).deleteLater()
    thrown_away()
    assert (flow.count(), flow.sizeHint()) == (2, QSize(210, 20))

    flow.clear()
    assert (flow.count(), flow.sizeHint()) == (0, QSize(0, 0))
    assert all(not block.isVisible() for block in blocks)


def test_no_item_of_a_layout_is_left_in_the_hands_of_python(qtbot: QtBot) -> None:
    flow, blocks, page = a_flow(qtbot, 3)
    page.show()
    flow.heightForWidth(150)
    blocks.pop().deleteLater()
    thrown_away()
    flow.clear()
    thrown_away()

    assert guards.layout_items() == []

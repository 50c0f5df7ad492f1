from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from forms.theme import Status, Theme, px, tokens
from forms.widgets.cards import EmptyCard
from forms.widgets.tables import EndTable, PillDelegate, Table
from forms.widgets.why import Why, WhyLine
from tests.helpers.accessibility import assert_accessible
from tests.helpers.fields import press


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("Reports")
    qtbot.addWidget(made)
    model = QStandardItemModel(3, 2, made)
    for row in range(3):
        model.setItem(row, 0, QStandardItem(f"KC-{row}"))
    made.setModel(model)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_enter_opens_the_current_row(qtbot: QtBot, table: Table) -> None:
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_ctrl_enter_is_left_to_the_place(qtbot: QtBot, table: Table) -> None:
    table.selectRow(1)
    with qtbot.assertNotEmitted(table.opened):
        qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_tab_leaves_a_table(table: Table) -> None:
    assert not table.tabKeyNavigation()
    assert_accessible(table)


def test_rows_grow_with_the_letters(table: Table, theme: Theme) -> None:
    assert table.rowHeight(0) == 30
    theme.set_percent(200)
    assert table.verticalHeader().defaultSectionSize() == px(30) == 60


def test_a_pill_stands_in_its_cell(table: Table) -> None:
    table.setItemDelegateForColumn(
        1, PillDelegate(lambda i: (Status.OVERDUE, "1 day over") if i.row() == 1 else None, table)
    )
    image = table.viewport().grab().toImage()

    def filled(row: int) -> int:
        cell = table.visualRect(table.model().index(row, 1))
        y = cell.center().y()
        xs = range(cell.left(), min(cell.right(), image.width() - 1))
        return sum(image.pixelColor(x, y).name().upper() == tokens().overdue_fill for x in xs)

    assert filled(1) > 10
    assert filled(0) == 0


def test_why_is_answered_by_one_digit(qtbot: QtBot) -> None:
    line = WhyLine()
    qtbot.addWidget(line)
    line.show()
    qtbot.waitExposed(line)
    line.activateWindow()
    line.ask()
    with qtbot.waitSignal(line.picked) as picked:
        press(qtbot, line, "2")
    assert picked.args == [Why.READ_AGAIN]
    assert_accessible(line)


def test_an_empty_list_offers_its_one_button(qtbot: QtBot) -> None:
    empty = EmptyCard("No sessions today.", act="New session", shortcut="F2")
    qtbot.addWidget(empty)
    empty.show()
    qtbot.waitExposed(empty)
    empty.activateWindow()
    qtbot.waitUntil(empty.isActiveWindow)
    with qtbot.waitSignal(empty.pressed):
        qtbot.keyClick(empty, Qt.Key.Key_F2)
    assert_accessible(empty)


def test_the_last_row_stays_in_sight_where_the_room_gets_smaller(qtbot: QtBot) -> None:
    table = EndTable()
    table.setModel(QStringListModel([str(n) for n in range(40)]))
    qtbot.addWidget(table)
    table.resize(300, 400)
    table.show()
    bar = table.verticalScrollBar()
    table.scrollToBottom()
    table.resize(300, 200)
    assert bar.value() == bar.maximum() > 0
    # Who looks at earlier rows is left there.
    table.scrollToTop()
    table.resize(300, 150)
    assert bar.value() == 0

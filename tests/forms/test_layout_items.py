"""Items of layouts are Qt's: what Python would keep of them is let go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from forms import layout_items
from tests.helpers import guards


def thrown_away() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def filled() -> QLayout:
    inner = QHBoxLayout()
    inner.addWidget(QWidget())
    inner.addStretch(1)
    outer = QHBoxLayout()
    outer.addLayout(inner)
    outer.addWidget(QWidget())
    return outer


def in_a_column(page: QWidget) -> QLayout:
    column = QVBoxLayout(page)
    column.addLayout(filled())
    column.insertLayout(0, filled(), 1)
    return column


def in_a_grid(page: QWidget) -> QLayout:
    grid = QGridLayout(page)
    grid.addLayout(filled(), 0, 0, 1, 2)
    return grid


@pytest.mark.parametrize("build", [in_a_column, in_a_grid])
def test_a_filled_layout_is_added_without_objects_for_its_items(
    qtbot: QtBot, build: Callable[[QWidget], QLayout]
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = build(page)
    assert guards.layout_items() == []

    parts = page.findChildren(QWidget)
    assert all(widget.parentWidget() is page for widget in parts)
    for widget in parts:
        widget.deleteLater()
    thrown_away()
    assert layout.count() > 0
    assert guards.layout_items() == []


def test_a_second_repair_changes_nothing() -> None:
    before = QVBoxLayout.addLayout
    layout_items.repair()
    assert QVBoxLayout.addLayout is before


def test_an_item_that_outlives_its_widget_is_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    widget = QWidget()
    column.addWidget(widget)
    item = column.itemAt(0)
    assert item is not None

    widget.deleteLater()
    thrown_away()

    assert guards.layout_items() == ["QWidgetItem"]
    shiboken6.invalidate(item)
    assert guards.layout_items() == []

"""The detectors see what they are for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from forms.widgets.labels import label
from tests.helpers import accessibility


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def put(page: QWidget, widget: QWidget) -> QWidget:
    page.layout().addWidget(widget)
    return widget


def test_a_field_a_button_and_a_list_without_names_are_seen(page) -> None:
    for widget in (QLineEdit(), QPushButton(), QComboBox()):
        put(page, widget)
    found = accessibility.unnamed(page)
    assert [f.split()[0] for f in found] == ["QLineEdit", "QPushButton", "QComboBox"]


def test_names_by_label_text_or_hand_are_enough(page) -> None:
    edit, words = QLineEdit(), label("Weight")
    words.setBuddy(edit)
    box = QComboBox()
    box.setAccessibleName("Country")
    for widget in (words, edit, QPushButton("Open"), box):
        put(page, widget)
    accessibility.assert_accessible(page)


def test_a_label_that_guesses_its_format_is_seen(page) -> None:
    put(page, QLabel("<b>x</b>"))
    assert len(accessibility.rich_labels(page)) == 1


def test_a_style_sheet_of_its_own_is_seen(page) -> None:
    put(page, label("x")).setStyleSheet("color: red")
    with pytest.raises(AssertionError, match="style sheets of their own"):
        accessibility.assert_accessible(page)


def test_two_buttons_with_one_key_are_seen_unless_one_is_hidden(page) -> None:
    buttons = [put(page, QPushButton(name)) for name in ("Accept", "Add")]
    for button in buttons:
        button.setShortcut("Alt+A")
    assert accessibility.clashing_keys(page) == ["Alt+A"]
    buttons[0].hide()
    assert accessibility.clashing_keys(page) == []


def test_a_label_needs_no_name_and_a_hidden_stop_no_way(page) -> None:
    edit = QLineEdit()
    edit.setAccessibleName("x")
    edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    put(page, label("x"))
    put(page, edit).hide()
    accessibility.assert_accessible(page)

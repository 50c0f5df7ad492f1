from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from forms.ask import Question, QuestionDialog, WindowAsk
from tests.helpers.accessibility import assert_accessible

NULLIFY = Question(
    title="Nullify version 2 of KC-2026-000031?",
    text="The manufacturer has version 2; they must be told.",
    act="Nullify",
    keep="Keep",
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def asked(window: QWidget) -> QuestionDialog:
    (dialog,) = window.findChildren(QuestionDialog)
    return dialog


def test_enter_on_the_dialog_as_it_opens_is_the_safe_answer(qtbot, window) -> None:
    done: list[str] = []
    WindowAsk(window).confirm(NULLIFY, lambda: done.append("nullified"))
    dialog = asked(window)
    qtbot.waitUntil(dialog.keep.hasFocus)
    assert_accessible(dialog)
    qtbot.keyClick(dialog.keep, Qt.Key.Key_Space)
    assert done == []
    assert not dialog.isVisible()


def test_escape_is_the_safe_answer(qtbot, window) -> None:
    done: list[str] = []
    WindowAsk(window).confirm(NULLIFY, lambda: done.append("nullified"))
    qtbot.keyClick(asked(window), Qt.Key.Key_Escape)
    assert done == []


def test_the_verb_acts_once(qtbot, window) -> None:
    done: list[str] = []
    WindowAsk(window).confirm(NULLIFY, lambda: done.append("nullified"))
    asked(window).act.click()
    assert done == ["nullified"]


def test_a_chosen_file_comes_to_the_callback(qtbot, window, tmp_path) -> None:
    paths = []
    file = tmp_path / "pack.zip"
    ask = WindowAsk(window)
    for start in (ask.open_file, ask.save_file):
        start("Inspection pack", tmp_path, "Packs (*.zip)", paths.append)
    ask.folder("Clinic", tmp_path, paths.append)
    for dialog in window.findChildren(QFileDialog):
        dialog.fileSelected.emit(str(file))
        dialog.close()
    assert paths == [file] * 3

"""All items of a scale on one page of the patient's screen: by digits, by finger, stored whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.scales import ScoreMode
from aeapp.domain.items import NullFlavor
from aeapp.domain.scales.wording import wording_for
from aeapp.services.scales import NothingFilledError
from forms.errors import ErrorDialog
from forms.scales.patient_page import PatientPage, Sitting
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench

DOWN, UP, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def refused(_filled: object) -> None:
    raise NothingFilledError


def storing_fails(
    qtbot: QtBot, bench: Bench, page: PatientPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Press another answer while a store goes on that fails: it is neither taken nor shown."""
    grid = page.grid
    assert grid is not None
    with monkeypatch.context() as failing:
        failing.setattr(bench.app.scales, "fill", refused)
        grid.finish.setFocus()
        Keyboard().press(page, ENTER)
        QTest.mouseClick(grid.rows[10].buttons[0], Qt.MouseButton.LeftButton)
        assert grid.rows[10].given == 0
        bench.settle(qtbot)
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorDialog)]
    dialog.close()


def test_all_items_are_answered_on_one_page_and_stored_when_none_is_open(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, patient, keys = bench.app, a_patient(bench.app), Keyboard()
    scale = app.scales.named("ketamine-harms")
    wording = wording_for(scale, app.scales.wordings())
    assert wording is not None
    page = PatientPage(bench.desk(), Sitting(scale, wording, patient.id))
    qtbot.addWidget(page)
    page.resize(1280, 900)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    page.focus_first()
    keys.press(page, DOWN, Qt.Key.Key_Space)
    grid = page.grid
    assert grid is not None
    assert grid.isVisible()
    assert_accessible(page)

    # A digit answers and the next row comes; the last digit is for who would rather not.
    keys.press(page, "3", "1", "4", DOWN)
    assert grid.rows[4].hasFocus()
    assert grid.count.text() == "3 of 11 answered"
    assert grid.rows[0].accessibleName().endswith("Often")
    assert not grid.rows[0].buttons[2].icon().isNull()

    # Nothing is stored while one is open, and what was answered can be changed.
    QTest.mouseClick(grid.finish, Qt.MouseButton.LeftButton)
    assert grid.note.text.startswith("Question 4 has no answer yet.")
    assert grid.rows[3].hasFocus()
    keys.press(page, "2")
    for row in grid.rows[4:]:
        QTest.mouseClick(row.buttons[0], Qt.MouseButton.LeftButton)
    assert grid.finish.hasFocus()
    keys.press(page, UP, "2")

    # Staff may look in between.
    page.staff.click()
    assert "11 of 11 items are answered" in page._left.text()  # noqa: SLF001 - what staff read
    page._on_resume()  # noqa: SLF001 - its button
    assert grid.isVisible()
    assert app.scales.of_patient(patient.id).scores == ()
    storing_fails(qtbot, bench, page, monkeypatch)
    assert grid.rows[10].given == 1
    assert grid.note.text
    grid.finish.setFocus()
    keys.press(page, ENTER)
    bench.settle(qtbot)
    (score,) = app.scales.of_patient(patient.id).scores
    assert score.mode is ScoreMode.SCREEN
    assert [i.points for i in score.items] == [2, 0, NullFlavor.ASKU, 1, *[0] * 6, 1]
    assert page.progress.text() == "Thank you."

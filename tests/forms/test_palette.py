from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from forms.actions import Action, rank
from forms.palette import CommandPalette
from tests.helpers.accessibility import assert_accessible


class Done:
    """A palette with some actions, and what was done."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.done: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.edit = QLineEdit(self.window)
        self.edit.setAccessibleName("behind")
        self.palette = CommandPalette(self.window)
        self.palette.add(
            self.action("Make an inspection pack"),
            self.action("Verify a pack or a PDF"),
            self.action("Send pack to printer", reason="no pack made yet"),
            self.action("New session", shortcut="F2"),
        )
        self.window.resize(900, 600)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.edit.setFocus()
        qtbot.waitUntil(self.edit.hasFocus)

    def action(
        self,
        title: str,
        *,
        reason: str = "",
        group: str = "Actions",
        shortcut: str = "",
        second: str = "",
    ):
        return Action(
            title=title,
            run=lambda: self.done.append(title),
            reason=lambda: reason,
            group=group,
            shortcut=shortcut,
            second=second,
        )

    @property
    def titles(self) -> list[str]:
        model = self.palette.list.model()
        return [model.index(n, 0).data() for n in range(model.rowCount())]

    def key(self, key: Qt.Key) -> None:
        self.bot.keyClick(self.palette.field, key)


@pytest.fixture
def opened(qtbot: QtBot) -> Done:
    made = Done(qtbot)
    made.palette.open()
    return made


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("insp", True),
        ("ins pack", True),
        ("pack ins", True),
        ("spec", True),
        ("maip", True),
        ("", True),
        ("print", False),
        ("inspection x", False),
    ],
)
def test_words_beginnings_middles_and_initials_fit(typed: str, fits: bool) -> None:
    action = Action(title="Make an inspection pack", run=print)
    assert (rank(action, typed) is not None) is fits


def test_a_title_that_begins_so_comes_first() -> None:
    pack = Action(title="Pack the bag", run=print)
    other = Action(title="Make an inspection pack", run=print)
    assert rank(pack, "pack") < rank(other, "pack")


def test_enter_does_the_first_that_fits_and_closes(qtbot, opened: Done) -> None:
    qtbot.keyClicks(opened.palette.field, "insp")
    opened.key(Qt.Key.Key_Return)
    assert opened.done == ["Make an inspection pack"]
    assert not opened.palette.isVisible()
    assert opened.edit.hasFocus()


def test_arrows_choose_another(qtbot, opened: Done) -> None:
    qtbot.keyClicks(opened.palette.field, "pack")
    opened.key(Qt.Key.Key_Down)
    opened.key(Qt.Key.Key_Return)
    assert opened.done == [
        opened_title for opened_title in opened.done if "pack" in opened_title.lower()
    ]
    assert opened.done != ["Make an inspection pack"]


def test_what_cannot_run_stays_listed_with_its_reason(qtbot, opened: Done) -> None:
    qtbot.keyClicks(opened.palette.field, "printer")
    assert opened.titles == ["Send pack to printer"]
    said = opened.palette.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Send pack to printer, no pack made yet"
    opened.key(Qt.Key.Key_Return)
    assert opened.done == []
    assert opened.palette.isVisible()


def test_escape_closes_and_gives_the_focus_back(opened: Done) -> None:
    opened.key(Qt.Key.Key_Escape)
    assert not opened.palette.isVisible()
    assert opened.edit.hasFocus()


def test_going_elsewhere_closes_it(opened: Done) -> None:
    opened.edit.setFocus()
    assert not opened.palette.isVisible()


def test_sources_are_asked_only_for_what_is_typed(qtbot, opened: Done) -> None:
    asked: list[str] = []

    def patients(typed: str):
        asked.append(typed)
        return [opened.action("Quinn Packwood", group="Patients", second="P-0290")]

    opened.palette.add_source(patients)
    assert asked == []
    qtbot.keyClicks(opened.palette.field, "0290")
    assert asked == ["0", "02", "029", "0290"]
    assert opened.titles == ["Quinn Packwood"]


def test_groups_stay_together(qtbot, opened: Done) -> None:
    opened.palette.add(opened.action("Pack of help", group="Help"))
    opened.palette.add(opened.action("Pack again"))
    qtbot.keyClicks(opened.palette.field, "pack")
    groups = [a.group for a in opened.palette.list.model().actions]
    assert groups == sorted(groups, key=groups.index)
    assert len(groups) == 5


def test_nothing_that_fits_is_said(qtbot, opened: Done) -> None:
    qtbot.keyClicks(opened.palette.field, "zzzz")
    assert opened.titles == []
    opened.key(Qt.Key.Key_Return)
    opened.key(Qt.Key.Key_Down)
    assert opened.palette.isVisible()


def test_a_click_does_it(opened: Done) -> None:
    opened.palette.list.clicked.emit(opened.palette.list.model().index(3, 0))
    assert opened.done == ["New session"]


def test_it_is_accessible(opened: Done) -> None:
    assert_accessible(opened.window)

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from forms.actions import Action, rank
from forms.appearance import MODES
from forms.bars import SaveState, day_words
from forms.keys_panel import KeysPanel
from forms.remembered import Remembered
from forms.shell import Shell
from forms.theme import Mode, Theme
from tests.helpers.accessibility import assert_accessible
from tests.helpers.fields import NOW

PLACES = ("today", "session", "patients", "reports", "outcomes", "library", "clinic")
CONTROL = Qt.KeyboardModifier.ControlModifier


class Place(QWidget):
    """A place with two regions of one field each."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.fields = []
        for n in (1, 2):
            edit = QLineEdit(self)
            edit.setAccessibleName(f"{title} {n}")
            column.addWidget(edit)
            self.fields.append(edit)

    def focus_first(self) -> None:
        self.fields[0].setFocus()

    def regions(self) -> list[QWidget]:
        return list(self.fields)


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    return Remembered(tmp_path / "window.ini")


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, remembered: Remembered, made: list[str]) -> Shell:
    window = Shell(theme, remembered, version="0.1.0", now=lambda: NOW, toast_ms=0)
    qtbot.addWidget(window)

    def factory(key: str) -> Place:
        made.append(key)
        return Place(key)

    for key in PLACES:
        window.add_place(key, key.title(), key, lambda key=key: factory(key))
    window.set_clinic("Larkspur Ketamine Clinic", Path("/clinics/larkspur.aeclinic"))
    window.set_user("Dana Reyes, RN", "Nurse")
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.show_place("today")
    qtbot.waitUntil(window.isActiveWindow)
    return window


def words(shell: Shell) -> str:
    return " ".join(w.text() for w in shell.findChildren(QLabel) if w.isVisible())


def test_a_place_is_made_when_it_is_first_shown_and_only_then(shell: Shell, made) -> None:
    assert made == ["today"]
    first = shell.show_place("reports")
    shell.show_place("today")
    assert shell.show_place("reports") is first
    assert made == ["today", "reports"]
    assert shell.place("clinic") is None


@pytest.mark.parametrize("number", range(1, 8))
def test_ctrl_and_a_digit_show_the_places(qtbot, shell: Shell, number: int) -> None:
    shell.show_place("library" if number == 1 else "today")
    with qtbot.waitSignal(shell.place_shown) as shown:
        qtbot.keyClick(shell, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
    assert shown.args == [PLACES[number - 1]]
    assert shell.place(PLACES[number - 1]).fields[0].hasFocus()


def test_the_title_names_clinic_and_place(shell: Shell) -> None:
    shell.show_place("reports")
    assert shell.windowTitle() == "Larkspur Ketamine Clinic - Reports"


def test_the_rail_shows_which_place_it_is(shell: Shell) -> None:
    shell.rail.buttons["outcomes"].click()
    current = [key for key, button in shell.rail.buttons.items() if button.isChecked()]
    assert current == ["outcomes"]
    shell.rail.buttons["outcomes"].click()
    assert shell.rail.buttons["outcomes"].isChecked()


def test_arrows_walk_the_rail(qtbot, shell: Shell) -> None:
    shell.rail.buttons["today"].setFocus()
    qtbot.keyClick(shell.rail.buttons["today"], Qt.Key.Key_Down)
    assert shell.rail.buttons["session"].hasFocus()
    qtbot.keyClick(shell.rail.buttons["session"], Qt.Key.Key_Space)
    assert shell.current_place == "session"


def test_alt_left_goes_back_to_where_i_was(qtbot, shell: Shell) -> None:
    shell.show_place("reports")
    shell.show_place("clinic")
    for expected in ("reports", "today", "today"):
        qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert shell.current_place == expected


def test_user_and_clinic_are_in_sight(shell: Shell) -> None:
    for part in ("Larkspur Ketamine Clinic", "larkspur.aeclinic", "Dana Reyes, RN", "Nurse"):
        assert part in words(shell)
    assert "Mon 23 Nov 2026, 14:40" in words(shell)


def test_the_practice_band_is_there_only_in_practice(shell: Shell) -> None:
    assert "Practice clinic" not in words(shell)
    shell.set_practice(True)
    assert "Practice clinic" in words(shell)


@pytest.mark.parametrize(
    ("state", "detail", "text", "look"),
    [
        (SaveState.SAVED, "14:40:08", "Saved 14:40:08", "ok"),
        (SaveState.SAVING, "", "Saving…", ""),
        (SaveState.DRAFT, "14:40:08", "Draft kept 14:40:08", ""),
        (SaveState.NOT_SAVED, "disk is full.", "Not saved: disk is full.", "wrong"),
        (SaveState.READ_ONLY, "Jae Kim has it open", "Read only: Jae Kim has it open", ""),
        (SaveState.NONE, "", "", ""),
    ],
)
def test_the_save_state_says_how_things_stand(shell, state, detail, text, look) -> None:
    shell.set_save_state(state, detail)
    assert shell.status.state.text() == text
    assert shell.status.state.property("state") == look


def test_a_toast_comes_and_goes_by_itself(qtbot, shell: Shell) -> None:
    shell.toast("Vomiting recorded at T+50.")
    assert shell.status.toast.text() == "Vomiting recorded at T+50."
    qtbot.waitUntil(lambda: shell.status.toast.text() == "")


def test_ctrl_l_asks_for_the_lock(qtbot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.lock_asked):
        qtbot.keyClick(shell, Qt.Key.Key_L, CONTROL)


def test_ctrl_k_finds_an_action_of_a_place(qtbot, shell: Shell) -> None:
    done: list[str] = []
    shell.add_actions(Action(title="Make an inspection pack", run=lambda: done.append("made")))
    qtbot.keyClick(shell, Qt.Key.Key_K, CONTROL)
    assert shell.offers.palette.field.hasFocus()
    qtbot.keyClicks(shell.offers.palette.field, "insp")
    qtbot.keyClick(shell.offers.palette.field, Qt.Key.Key_Return)
    assert done == ["made"]


def test_every_key_of_the_window_is_in_the_palette(qtbot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_K, CONTROL)
    shown = {a.shortcut for a in shell.offers.palette.list.model().actions}
    assert {f"Ctrl+{n}" for n in range(1, 8)} | {"Ctrl+L", "Ctrl++", "Ctrl+-"} <= shown


def test_ctrl_slash_lists_the_keys_and_esc_gives_the_place_back(qtbot, shell: Shell) -> None:
    place = shell.show_place("reports")
    qtbot.keyClick(shell, Qt.Key.Key_Slash, CONTROL)

    panel = shell.findChild(KeysPanel)
    assert panel.isVisible()
    assert panel.hasFocus()
    words = [part.text() for part in panel.findChildren(QLabel)]
    assert words.index("Reports") < words.index("Export") < words.index("Everywhere")
    assert "Event palette" not in words
    assert_accessible(shell)

    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert place.fields[0].hasFocus()

    shell.rail.help_asked.emit()
    assert panel.isVisible()
    shell.show_gate(QWidget())
    assert not panel.isVisible()


def test_f6_walks_the_regions_and_comes_round(qtbot, shell: Shell) -> None:
    place = shell.place("today")
    met = []
    for _n in range(3):
        qtbot.keyClick(shell, Qt.Key.Key_F6)
        met.append(shell.focusWidget().accessibleName())
    assert met == ["today 2", "Today", "today 1"]
    qtbot.keyClick(shell, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert shell.rail.buttons["today"].hasFocus()
    assert place is not None


def test_behind_the_guard_page_no_key_of_the_places_works(qtbot, shell: Shell) -> None:
    gate = Place("gate")
    dialog = QDialog(shell)
    dialog.open()
    shell.show_gate(gate)
    assert not dialog.isVisible()
    assert shell.windowTitle() == "AEApp"
    assert gate.fields[0].hasFocus()
    qtbot.keyClick(shell, Qt.Key.Key_4, CONTROL)
    qtbot.keyClick(shell, Qt.Key.Key_K, CONTROL)
    assert shell.current_place == "today"
    assert not shell.offers.palette.isVisible()
    assert "Dana Reyes" not in words(shell)
    shell.show_work()
    assert shell.place("today").fields[0].hasFocus()


def test_places_can_be_forgotten(shell: Shell, made) -> None:
    shell.show_place("reports")
    shell.forget_places()
    assert shell.place("reports") is None
    shell.show_place("reports")
    assert made == ["today", "reports", "reports"]


def test_a_strip_stands_under_the_places_and_is_replaced(shell: Shell) -> None:
    first, second = QLabel("4 findings"), QLabel("Nothing open")
    for strip in (first, second):
        strip.setTextFormat(Qt.TextFormat.PlainText)
        shell.set_strip(strip)
    assert second.isVisible()
    assert not first.isVisible()
    shell.set_strip(None)
    assert not second.isVisible()
    first.deleteLater()
    second.deleteLater()


def test_ctrl_plus_and_minus_change_the_letters(qtbot, shell: Shell, theme: Theme) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_Plus, CONTROL)
    assert theme.percent == 110
    qtbot.keyClick(shell, Qt.Key.Key_Minus, CONTROL)
    assert theme.percent == 100


@pytest.mark.parametrize("mode", [Mode.DARK, Mode.SYSTEM])
def test_the_palette_changes_the_look_and_it_is_remembered(
    shell: Shell, theme: Theme, remembered: Remembered, tmp_path: Path, mode: Mode
) -> None:
    theme.set_mode(Mode.LIGHT)
    action = next(a for a in shell.offers.actions if a.title == MODES[mode])
    assert rank(action, "theme") is not None
    assert action.reason() == ""

    action.run()

    assert theme.mode is mode
    assert action.reason() == "in use"
    assert Remembered(tmp_path / "window.ini").mode == mode


def test_the_size_of_letters_is_remembered_at_once(qtbot, shell: Shell, tmp_path: Path) -> None:
    shell.show_place("today")
    qtbot.keyClick(shell, Qt.Key.Key_Plus, CONTROL)

    assert Remembered(tmp_path / "window.ini").percent == 110


def test_alt_brings_the_menus_with_every_action_and_its_key(qtbot, shell: Shell) -> None:
    place = shell.show_place("today")
    shell.add_actions(Action(title="Invented action", run=lambda: None))
    assert not shell.menus.isVisible()
    qtbot.keyClick(place.fields[0], Qt.Key.Key_Alt)

    assert shell.menus.isVisible()
    lines = [line for menu in shell.menus.actions() for line in menu.menu().actions()]
    assert len(lines) == len(shell.offers.actions)
    assert "Lock\tCtrl L" in [line.text() for line in lines]
    assert "Appearance: light (in use)" in [line.text() for line in lines if not line.isEnabled()]
    next(line for line in lines if line.text() == "Go to Reports\tCtrl 4").trigger()
    assert shell.current_place == "reports"

    qtbot.keyClick(shell.menus, Qt.Key.Key_Alt)
    assert not shell.menus.isVisible()


def test_esc_takes_the_menus_away_and_gives_the_cursor_back(qtbot, shell: Shell) -> None:
    place = shell.show_place("today")
    qtbot.keyClick(place.fields[1], Qt.Key.Key_Alt)
    first = shell.menus.actions()[0].menu()
    assert first.isVisible()

    qtbot.keyClick(first, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not shell.menus.isVisible())
    assert not first.isVisible()


def test_alt_with_another_key_brings_no_menus_nor_does_it_at_the_login(qtbot, shell: Shell) -> None:
    place = shell.show_place("today")
    qtbot.keyPress(place.fields[0], Qt.Key.Key_Alt)
    qtbot.keyClick(place.fields[0], Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(place.fields[0], Qt.Key.Key_Alt)
    assert not shell.menus.isVisible()

    qtbot.keyClick(place.fields[0], Qt.Key.Key_Alt)
    assert shell.menus.isVisible()
    ran: list[int] = []
    shell.add_actions(Action(title="Behind the lock", run=lambda: ran.append(1)))
    shell.menus.fill()
    lines = [line for menu in shell.menus.actions() for line in menu.menu().actions()]
    gate = QLineEdit()
    shell.show_gate(gate)
    assert not shell.menus.isVisible()
    qtbot.keyClick(gate, Qt.Key.Key_Alt)
    assert not shell.menus.isVisible()
    next(line for line in lines if line.text() == "Behind the lock").trigger()
    assert ran == []


@pytest.mark.parametrize(
    ("width", "percent", "narrow"), [(1440, 100, False), (900, 100, True), (1440, 200, True)]
)
def test_the_rail_gets_narrow_by_width_in_letters(shell, theme, width, percent, narrow) -> None:
    theme.set_percent(percent)
    shell.resize(width, 800)
    assert (shell.rail.width() < 80 * percent / 100 * 0.8) is narrow


def test_at_double_size_the_frame_fits_a_screen(shell: Shell, theme: Theme) -> None:
    theme.set_percent(200)
    shell.resize(1440, 900)
    assert shell.header.minimumSizeHint().width() <= 1440
    assert shell.status.minimumSizeHint().width() <= 1440


def test_the_window_comes_back_where_it_was(qtbot, shell, theme, remembered) -> None:
    shell.resize(700, 600)
    theme.set_percent(120)
    theme.set_mode(Mode.DARK)
    shell.close()
    again = Shell(theme, remembered)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (700, 600)
    assert (remembered.percent, remembered.mode) == (120, "dark")


def test_the_owner_may_keep_the_window_open(shell: Shell) -> None:
    shell.set_close_guard(lambda: False)
    assert not shell.close()
    shell.set_close_guard(lambda: True)
    assert shell.close()


def test_only_the_folder_is_remembered_of_a_clinic(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    Remembered(file).folder = Path("/clinics/larkspur.aeclinic")
    assert Remembered(file).folder == Path("/clinics/larkspur.aeclinic")
    assert Remembered(tmp_path / "other.ini").folder is None


def test_days_read_the_same_on_every_system() -> None:
    assert day_words(dt.date(2026, 3, 1)) == "Sun 1 Mar 2026"


def test_it_is_accessible_with_every_place(shell: Shell) -> None:
    for key in PLACES:
        shell.show_place(key)
    assert_accessible(shell)

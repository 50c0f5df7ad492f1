from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from aeapp.domain.values import PartialDate
from forms.widgets.date import DateField
from tests.helpers.fields import field_for, focused, press, shown_words, spec_of


class Dated:
    """A date field, and what it told."""

    def __init__(self, qtbot: QtBot, *, timed: bool = False) -> None:
        self.bot = qtbot
        field = field_for(qtbot, spec_of(PartialDate, widget="moment" if timed else ""))
        assert isinstance(field, DateField)
        self.field = field
        self.told: list[object] = []
        field.chosen.connect(self.told.append)
        field.entered.connect(self.told.append)

    def type(self, keys: str) -> None:
        self.field.focus_editor()
        press(self.bot, self.field, keys)

    def leave(self) -> None:
        after = self.field.window().findChild(QLineEdit, "after")
        assert after is not None
        after.setFocus()

    @property
    def boxes(self) -> list[str]:
        return [b.text() for b in self.field.findChildren(QLineEdit) if b.isVisibleTo(self.field)]


@pytest.fixture
def dated(qtbot: QtBot) -> Dated:
    return Dated(qtbot)


def test_digits_flow_through_the_boxes(dated: Dated) -> None:
    dated.type("16112026\t")
    assert dated.told == [PartialDate(2026, 11, 16)]
    assert dated.boxes == ["16", "Nov", "2026"]


def test_a_month_can_be_typed_by_name(dated: Dated) -> None:
    dated.type("16nov2026")
    dated.leave()
    assert dated.told == [PartialDate(2026, 11, 16)]


def test_a_separator_goes_on_to_the_next_box(dated: Dated) -> None:
    dated.type("6/3/2026")
    dated.leave()
    assert dated.told == [PartialDate(2026, 3, 6)]


def test_a_year_alone_is_a_date_known_to_the_year(dated: Dated) -> None:
    dated.type("2026\t")
    assert dated.told == [PartialDate(2026)]
    assert dated.boxes == ["", "", "2026"]


def test_boxes_left_empty_mean_not_known(dated: Dated) -> None:
    dated.type("\tnov2026\t")
    assert dated.told == [PartialDate(2026, 11)]


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("t", PartialDate(2026, 11, 23)),
        ("y", PartialDate(2026, 11, 22)),
        ("t-3", PartialDate(2026, 11, 20)),
        ("+7", PartialDate(2026, 11, 30)),
        ("nov 26", PartialDate(2026, 11)),
        ("2026-11-16", PartialDate(2026, 11, 16)),
    ],
)
def test_words_are_read_and_one_tab_leaves_the_field(dated: Dated, keys: str, value) -> None:
    dated.type(keys + "\t")
    assert dated.told == [value]
    assert focused(dated.field).objectName() == "after"
    assert len(dated.boxes) == 3


def test_enter_reads_a_word_and_stays(dated: Dated) -> None:
    dated.type("t\n")
    assert dated.told == [PartialDate(2026, 11, 23)]
    assert dated.boxes == ["23", "Nov", "2026"]
    dated.leave()
    assert len(dated.told) == 1


def test_a_word_typed_over_a_date_replaces_it(dated: Dated) -> None:
    dated.field.show_value(PartialDate(2026, 11, 1), "")
    dated.type("t\t")
    assert dated.told == [PartialDate(2026, 11, 23)]


def test_a_slip_in_the_day_does_not_wipe_month_and_year(dated: Dated) -> None:
    dated.field.show_value(PartialDate(2026, 11, 16), "")
    dated.type("1a")
    assert dated.boxes == ["1a", "Nov", "2026"]
    dated.leave()
    assert dated.told == ["1a-Nov-2026"]


def test_what_cannot_be_read_is_told_as_typed_and_stays(dated: Dated) -> None:
    dated.type("31022026")
    dated.leave()
    assert dated.told == ["31-Feb-2026"]
    dated.field.show_value(None, "31-Feb-2026")
    assert dated.boxes == ["31", "Feb", "2026"]


def test_a_day_and_a_month_without_a_year_are_not_guessed(dated: Dated) -> None:
    dated.type("2012")
    dated.leave()
    assert dated.told == ["20-Dec-?"]
    dated.field.show_value(None, "20-Dec-?")
    assert dated.boxes == ["20", "Dec", ""]


def test_words_without_meaning_stay_to_be_seen(dated: Dated) -> None:
    dated.type("last week")
    dated.leave()
    assert dated.told == ["last week"]
    dated.field.show_value(None, "last week")
    assert dated.boxes == ["last week"]
    dated.type("t\t")
    assert dated.told == ["last week", PartialDate(2026, 11, 23)]


def test_plus_and_minus_and_arrows_step_a_date(dated: Dated) -> None:
    dated.field.show_value(PartialDate(2026, 11, 30), "")
    dated.type("+")
    dated.field.show_value(PartialDate(2026, 12, 1), "")
    press(dated.bot, dated.field, "-")
    dated.field.show_value(PartialDate(2026, 11, 30), "")
    dated.bot.keyClick(focused(dated.field), Qt.Key.Key_Up)
    assert dated.told == [
        PartialDate(2026, 12, 1),
        PartialDate(2026, 11, 30),
        PartialDate(2026, 12, 1),
    ]


def test_arrow_up_in_an_empty_field_is_today(dated: Dated) -> None:
    dated.field.focus_editor()
    dated.bot.keyClick(focused(dated.field), Qt.Key.Key_Up)
    assert dated.told == [PartialDate(2026, 11, 23)]


def test_backspace_in_an_empty_box_goes_back(dated: Dated) -> None:
    dated.type("16")
    dated.bot.keyClick(focused(dated.field), Qt.Key.Key_Backspace)
    press(dated.bot, dated.field, "17")
    assert dated.boxes[0] == "17"


def test_emptying_a_date_tells_nothing_known(dated: Dated) -> None:
    dated.field.show_value(PartialDate(2026), "")
    for box in dated.field.findChildren(QLineEdit):
        box.setFocus()
        dated.bot.keyClick(box, Qt.Key.Key_Delete)
    dated.leave()
    assert dated.told == [""]


def test_a_time_is_typed_without_a_colon_and_gets_an_offset(qtbot: QtBot) -> None:
    dated = Dated(qtbot, timed=True)
    dated.type("161120261044\t")
    (value,) = dated.told
    assert isinstance(value, PartialDate)
    assert (value.hour, value.minute) == (10, 44)
    assert value.offset is not None


@pytest.mark.parametrize("key", ["\t", "\n"])
def test_a_word_for_a_day_goes_on_to_the_time_and_does_not_jump_over_it(
    qtbot: QtBot, key: str
) -> None:
    dated = Dated(qtbot, timed=True)
    dated.type(f"y{key}2015")
    assert focused(dated.field) is dated.field.findChildren(QLineEdit)[3]
    dated.leave()
    day, full = dated.told
    assert isinstance(day, PartialDate)
    assert isinstance(full, PartialDate)
    assert (day.has_time, full.hour, full.minute) == (False, 20, 15)
    assert full.date_part() == day


def test_n_is_now_to_the_minute(qtbot: QtBot) -> None:
    dated = Dated(qtbot, timed=True)
    dated.type("n\t")
    (value,) = dated.told
    assert isinstance(value, PartialDate)
    assert (value.day, value.hour, value.minute, value.second) == (23, 14, 40, None)


def test_a_time_that_is_there_is_shown_also_where_none_is_asked_for(dated: Dated) -> None:
    dated.field.show_value(PartialDate(2026, 11, 16, 10, 44), "")
    assert dated.boxes == ["16", "Nov", "2026", "10:44"]


def test_the_caption_says_what_is_not_known(dated: Dated) -> None:
    dated.field.show_value(PartialDate(2026, 11), "")
    assert "day not known" in shown_words(dated.field)
    dated.field.show_value(PartialDate(2026), "")
    assert "month not known" in shown_words(dated.field)
    dated.field.show_value(PartialDate(2026, 11, 16), "")
    assert "not known" not in shown_words(dated.field)

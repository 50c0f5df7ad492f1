"""Every field: what the person does comes out, what is shown stays silent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.findings import Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from forms.help_panel import HelpPanel, help_of
from forms.theme import Theme
from forms.widgets.base import FieldWidget
from forms.widgets.checks import CheckField
from forms.widgets.choice import ChoiceField, ListField, YesNoField
from forms.widgets.date import DateField, MomentField
from forms.widgets.labels import Label
from forms.widgets.line import LineField
from forms.widgets.registry import field_class
from forms.widgets.text import FewLinesField, TextField
from tests.helpers.accessibility import assert_accessible, name_of
from tests.helpers.fields import (
    Outcome,
    Route,
    Seriousness,
    field_for,
    focused,
    press,
    shown_words,
    spec_of,
)

KINDS = {
    "number": (spec_of(Decimal, unit="kg"), Decimal("76.4"), "76.4"),
    "word": (spec_of(str), "AB", "AB"),
    "text": (spec_of(str, max_len=4000), "He fainted.", "He fainted."),
    "chips": (spec_of(Outcome), Outcome.RECOVERING, "Recovering"),
    "yes or no": (spec_of(bool), True, "Yes"),
    "list": (spec_of(Route), Route.IM, "Intramuscular"),
    "checks": (
        spec_of(frozenset, element=Seriousness),
        frozenset({Seriousness.LIFE}),
        "Life-threatening",
    ),
    "date": (spec_of(PartialDate), PartialDate(2026, 11, 16), "16-Nov-2026"),
    "moment": (
        spec_of(PartialDate, widget="moment"),
        PartialDate(2026, 11, 16, 10, 44, None, -300),
        "16-Nov-2026 10:44",
    ),
}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


class Heard:
    """What a field told."""

    def __init__(self, field: FieldWidget) -> None:
        self.entered: list[str] = []
        self.chosen: list[object] = []
        field.entered.connect(self.entered.append)
        field.chosen.connect(self.chosen.append)

    @property
    def nothing(self) -> bool:
        return not (self.entered or self.chosen)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("number", LineField),
        ("word", LineField),
        ("text", TextField),
        ("chips", ChoiceField),
        ("yes or no", YesNoField),
        ("list", ListField),
        ("checks", CheckField),
        ("date", DateField),
        ("moment", MomentField),
    ],
)
def test_the_type_of_an_item_decides_its_widget(kind: str, expected: type) -> None:
    assert field_class(KINDS[kind][0]) is expected


def test_a_named_widget_wins_over_the_type() -> None:
    assert field_class(spec_of(str, widget="text", max_len=10)) is TextField
    assert field_class(spec_of(str, max_len=500)) is FewLinesField
    assert field_class(spec_of(Outcome, widget="list")) is ListField


@EVERY_KIND
def test_showing_and_walking_through_tells_nothing(qtbot: QtBot, kind: str) -> None:
    spec, value, text = KINDS[kind]
    field = field_for(qtbot, spec)
    heard = Heard(field)
    field.show_value(value, text)
    field.show_note("Look here.", Severity.WARNS)
    field.show_value(NullFlavor.UNK, "")
    field.show_value(None, "")
    field.show_value(value, text)
    press(qtbot, field, "\t" * 7)
    assert heard.nothing


@EVERY_KIND
def test_it_is_found_by_its_path_and_named_by_number_label_and_unit(
    qtbot: QtBot, kind: str
) -> None:
    field = field_for(qtbot, KINDS[kind][0])
    assert field.objectName() == field.path == "events[0].thing"
    field.focus_editor()
    assert name_of(focused(field)).startswith("A4 Weight")
    assert_accessible(field.window())


@EVERY_KIND
def test_f9_and_a_letter_give_a_reason(qtbot: QtBot, kind: str) -> None:
    field = field_for(qtbot, KINDS[kind][0])
    heard = Heard(field)
    field.focus_editor()
    with qtbot.waitSignal(field.reason_asked):
        qtbot.keyClick(focused(field), Qt.Key.Key_F9)
    assert field.reason_button is not None
    qtbot.keyClicks(field.reason_button.menu_list, "a")
    assert heard.chosen == [NullFlavor.ASKU]
    assert not field.reason_button.menu_list.isVisible()


@EVERY_KIND
def test_a_reason_reads_in_words_and_the_value_is_gone(qtbot: QtBot, kind: str) -> None:
    spec, value, text = KINDS[kind]
    field = field_for(qtbot, spec)
    field.show_value(value, text)
    field.show_value(NullFlavor.UNK, "")
    assert "Unknown" in shown_words(field)
    assert text not in shown_words(field)


@EVERY_KIND
def test_read_only_cannot_be_changed(qtbot: QtBot, kind: str) -> None:
    spec, value, text = KINDS[kind]
    field = field_for(qtbot, spec)
    field.show_value(value, text)
    heard = Heard(field)
    field.set_read_only(True)
    field.focus_editor()
    press(qtbot, field, "1y\n\t")
    assert heard.nothing
    field.set_read_only(False)
    field.focus_editor()
    assert focused(field).isEnabled()


@EVERY_KIND
def test_an_item_without_reasons_has_no_button_for_them(qtbot: QtBot, kind: str) -> None:
    spec = KINDS[kind][0]
    plain = spec_of(
        spec.type,
        element=spec.element,
        nulls=(),
        max_len=spec.item.max_len,
        widget=spec.item.widget,
    )
    field = field_for(qtbot, plain)
    assert field.reason_button is None
    field.focus_editor()
    qtbot.keyClick(focused(field), Qt.Key.Key_F9)


@EVERY_KIND
def test_a_note_moves_nothing_and_is_read_with_the_field(qtbot: QtBot, kind: str) -> None:
    field = field_for(qtbot, KINDS[kind][0])
    height = field.height()
    field.show_note("Check it.", Severity.BLOCKS)
    assert field.note.text == "Check it."
    assert field.height() == height
    field.focus_editor()
    assert focused(field).accessibleDescription() == "Check it."
    field.show_note("")
    assert field.note.text == ""
    assert focused(field).accessibleDescription() == "What helps."


@EVERY_KIND
def test_it_fits_in_less_room_when_stacked_and_at_double_size(
    qtbot: QtBot, kind: str, theme: Theme
) -> None:
    field = field_for(qtbot, KINDS[kind][0])
    theme.set_percent(200)
    field.set_stacked(True)
    field.show_note("Expected 0.2 to 650 kg. Check the unit.", Severity.BLOCKS)
    assert field.minimumSizeHint().width() <= 720


@EVERY_KIND
def test_a_signed_value_reads_in_full_and_a_reason_too(qtbot: QtBot, kind: str) -> None:
    spec, value, text = KINDS[kind]
    field = field_for(qtbot, spec)
    field.set_read_only(True)
    field.show_value(value, text)
    assert text in shown_words(field)
    field.show_value(NullFlavor.ASKU, "")
    assert "Asked but not told" in shown_words(field)
    assert text not in shown_words(field)


@pytest.mark.parametrize(("key", "side"), [(Qt.Key.Key_1, "mine"), (Qt.Key.Key_2, "theirs")])
def test_alt_1_keeps_mine_and_alt_2_takes_theirs(qtbot: QtBot, key: Qt.Key, side: str) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    field.show_conflict("Jae Kim: 74.6.")
    assert field.note.text.startswith("Jae Kim: 74.6.")
    field.focus_editor()
    with qtbot.waitSignal(field.settled) as settled:
        qtbot.keyClick(focused(field), key, Qt.KeyboardModifier.AltModifier)
    assert settled.args == [side]
    assert field.note.text == ""
    with qtbot.assertNotEmitted(field.settled):
        qtbot.keyClick(focused(field), key, Qt.KeyboardModifier.AltModifier)


def test_a_reason_can_be_taken_back(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    heard = Heard(field)
    field.show_value(NullFlavor.UNK, "")
    field.focus_editor()
    qtbot.keyClick(focused(field), Qt.Key.Key_F9)
    assert field.reason_button is not None
    qtbot.keyClick(field.reason_button.menu_list, Qt.Key.Key_Delete)
    assert heard.chosen == [None]


def test_a_long_reason_reads_in_full_in_a_short_field(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    field.show_value(NullFlavor.ASKU, "")
    field.focus_editor()
    edit = focused(field)
    room = edit.width() - 16
    assert edit.fontMetrics().horizontalAdvance(edit.placeholderText()) <= room


# --- one line


def test_typing_is_told_when_the_field_is_left(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    heard = Heard(field)
    drafts: list[str] = []
    field.typed.connect(drafts.append)
    field.focus_editor()
    press(qtbot, field, "61")
    assert heard.nothing
    assert drafts == ["6", "61"]
    press(qtbot, field, "\t")
    assert heard.entered == ["61"]


def test_enter_tells_too_and_only_once(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "61\n\n\t")
    assert heard.entered == ["61"]


def test_unreadable_text_stays_to_be_seen(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    field.show_value(None, "764 lb")
    assert "764 lb" in shown_words(field)


def test_showing_the_same_text_leaves_the_cursor_alone(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["word"][0])
    field.show_value("ABCD", "ABCD")
    field.focus_editor()
    edit = focused(field)
    edit.setCursorPosition(2)
    field.show_value("ABCD", "ABCD")
    assert edit.cursorPosition() == 2


def test_wrong_and_reason_change_the_look_of_the_control(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["number"][0])
    field.focus_editor()
    edit = focused(field)
    field.show_note("Expected a number.", Severity.BLOCKS)
    assert edit.property("state") == "wrong"
    field.show_note("")
    field.show_value(NullFlavor.UNK, "")
    assert edit.property("state") == "reason"
    field.show_value(None, "")
    assert edit.property("state") == ""


# --- choices


def test_a_digit_picks_a_chip_and_a_second_press_clears_it(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["chips"][0])
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "2")
    field.show_value(Outcome.RECOVERING, "Recovering")
    press(qtbot, field, "3")
    field.show_value(Outcome.NOT_RECOVERED, "Not recovered")
    press(qtbot, field, "3")
    assert heard.chosen == [Outcome.RECOVERING, Outcome.NOT_RECOVERED, None]


def test_chips_are_one_stop_and_arrows_walk_them(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["chips"][0])
    press(qtbot, field, "\t")
    first = focused(field)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert focused(field) is not first
    assert field.isAncestorOf(focused(field))
    press(qtbot, field, "\t")
    assert focused(field).objectName() == "after"
    qtbot.keyClick(focused(field), Qt.Key.Key_Backtab)
    assert field.isAncestorOf(focused(field))
    qtbot.keyClick(focused(field), Qt.Key.Key_Backtab)
    assert focused(field).objectName() == "before"


def test_a_press_shows_only_what_the_owner_accepts(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["chips"][0])
    field.focus_editor()
    press(qtbot, field, "2")
    assert "Recovering" not in shown_words(field)
    field.show_value(Outcome.RECOVERING, "Recovering")
    assert "Recovering" in shown_words(field)


def test_y_and_n_answer_yes_and_no(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["yes or no"][0])
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "y")
    field.show_value(value=True, text="Yes")
    press(qtbot, field, "N")
    assert heard.chosen == [True, False]


def test_no_is_shown_as_no_and_not_as_unanswered(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["yes or no"][0])
    field.show_value(value=False, text="No")
    assert "No" in shown_words(field).split()
    assert "Yes" not in shown_words(field).split()


def test_a_list_is_searched_by_a_part_of_the_words(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["list"][0])
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "lingu")
    popup = focused(field).window().focusWidget()
    completer = popup.completer()
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Sublingual"
    completer.popup().hide()
    press(qtbot, field, "\t")
    assert heard.entered == ["lingu"]


def test_picking_from_the_list_tells_the_value(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["list"][0])
    heard = Heard(field)
    field.focus_editor()
    qtbot.keyClick(focused(field), Qt.Key.Key_Down)
    press(qtbot, field, "\t")
    assert heard.chosen == [Route.IV]
    assert heard.entered == []


# --- check all that apply


def test_letters_tick_and_untick_boxes(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["checks"][0])
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "d")
    field.show_value(frozenset({Seriousness.DEATH}), "")
    press(qtbot, field, "o")
    field.show_value(frozenset({Seriousness.DEATH, Seriousness.OTHER}), "")
    press(qtbot, field, "d")
    assert heard.chosen == [
        frozenset({Seriousness.DEATH}),
        frozenset({Seriousness.DEATH, Seriousness.OTHER}),
        frozenset({Seriousness.OTHER}),
    ]


def test_none_of_these_is_an_answer_and_unticking_the_last_box_is_not(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["checks"][0])
    heard = Heard(field)
    field.show_value(frozenset({Seriousness.DEATH}), "")
    field.focus_editor()
    press(qtbot, field, "d")
    press(qtbot, field, "n")
    assert heard.chosen == [None, frozenset()]
    field.show_value(frozenset(), "")
    assert "None of these" in shown_words(field)
    field.show_value(None, "")
    assert "None of these" not in shown_words(field)


def test_every_box_has_a_key_of_its_own(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["checks"][0])
    keys = [box.option.key for box in field.findChildren(object) if hasattr(box, "option")]
    assert keys == ["D", "L", "P", "O", "N"]


# --- long text


def test_long_text_is_told_when_it_is_left_and_counted_all_along(qtbot: QtBot) -> None:
    field = field_for(qtbot, spec_of(str, max_len=600))
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "He fainted.\nTwice.")
    assert "18 of 600" in shown_words(field)
    press(qtbot, field, "\t")
    assert heard.entered == ["He fainted.\nTwice."]
    assert focused(field).objectName() == "after"


def test_text_over_the_limit_stays_whole(qtbot: QtBot) -> None:
    field = field_for(qtbot, spec_of(str, max_len=500))
    field.show_value(None, "x" * 501)
    assert "501 of 500, too long" in shown_words(field)
    assert "x" * 501 in shown_words(field)


def test_ctrl_enter_in_a_text_tells_before_the_main_button_acts(qtbot: QtBot) -> None:
    field = field_for(qtbot, KINDS["text"][0])
    heard = Heard(field)
    field.focus_editor()
    press(qtbot, field, "ok")
    qtbot.keyClick(focused(field), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.entered == ["ok"]


# --- help


def helped(qtbot: QtBot) -> tuple[FieldWidget, HelpPanel]:
    """Return a field with the cursor in it, after F1, and the panel."""
    field = field_for(qtbot, KINDS["number"][0])
    field.focus_editor()
    qtbot.keyClick(focused(field), Qt.Key.Key_F1)
    return field, help_of(field.window())


def test_f1_shows_what_the_item_asks_and_where_that_comes_from(qtbot: QtBot) -> None:
    field, panel = helped(qtbot)

    words = [part.text() for part in panel.findChildren(Label)]
    item = field.spec.item
    assert words == [field.accessible_label, "What helps.", f"Source: {item.source}"]
    assert panel.isVisible()
    assert field.isAncestorOf(focused(field))
    assert panel.geometry().left() >= 0


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape])
def test_help_goes_with_the_key_that_brought_it_and_with_esc(qtbot: QtBot, key: Qt.Key) -> None:
    field, panel = helped(qtbot)

    qtbot.keyClick(focused(field), key)

    assert not panel.isVisible()
    assert field.isAncestorOf(focused(field))


def test_help_goes_when_the_field_is_left(qtbot: QtBot) -> None:
    field, panel = helped(qtbot)

    press(qtbot, field, "\t\t")

    assert not field.isAncestorOf(focused(field))

    assert not panel.isVisible()
    assert help_of(field.window()) is panel

"""A decision is taken by keys or the mouse, says what it lacks, and shows what was decided."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Destination, Obligation, ReportDecision
from aeapp.domain.records import Decision, Event
from aeapp.domain.values import PartialDate
from forms.decision_row import Choice, DecisionRow, decision_words
from tests.helpers.accessibility import assert_accessible

EVENT = Event(id="e", version=1, verbatim="Syncope", seriousness=frozenset())
KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def row(qtbot: QtBot, window: QWidget) -> DecisionRow:
    made = DecisionRow(window)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit(window))
    window.resize(500, 400)
    with qtbot.waitActive(window):
        window.show()
    made.show_event(EVENT, None)
    made.setFocus()
    return made


@pytest.fixture
def chosen(row: DecisionRow) -> list[Choice]:
    found: list[Choice] = []
    row.decided.connect(found.append)
    return found


def press(row: DecisionRow, *keys: str) -> None:
    for key in keys:
        QTest.keyClick(row.window().focusWidget() or row, KEYS.get(key, key))  # type: ignore[call-overload]


def test_five_keys_decide_on_a_report(row: DecisionRow, chosen: list[Choice]) -> None:
    press(row, "r", "1", "d", "1", "Enter")

    (choice,) = chosen
    assert (choice.event, choice.obligation, choice.reason) == (EVENT, Obligation.DUTY, "Serious")
    assert choice.destinations == frozenset({Destination.FDA})
    assert_accessible(row)


def test_several_recipients_are_several_digits_and_a_second_press_takes_one_back(
    row: DecisionRow, chosen: list[Choice]
) -> None:
    press(row, "r", "1", "2", "3", "1", "c", "4", "Enter")

    assert chosen[0].destinations == frozenset({Destination.MANUFACTURER, Destination.REMS})


def test_three_keys_decide_on_no_report(row: DecisionRow, chosen: list[Choice]) -> None:
    press(row, "n", "1", "Enter")

    (choice,) = chosen
    assert (choice.reason, choice.destinations) == (
        "Not serious, listed in the label",
        frozenset(),
    )
    assert choice.obligation is None


def test_words_stand_beside_the_reason_or_in_its_place(
    row: DecisionRow, chosen: list[Choice]
) -> None:
    press(row, "n", "2", "w")
    QTest.keyClicks(row.words, "told  the maker")
    press(row, "Enter", "n", "w")
    QTest.keyClicks(row.words, "none")
    press(row, "Enter")

    assert [c.reason for c in chosen] == ["Not serious, no duty: told the maker", "none"]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("r", "Enter"), "To whom?"),
        (("r", "1", "Enter"), "D for a duty"),
        (("r", "1", "c", "Enter"), "Why?"),
        (("n", "Enter"), "Why?"),
    ],
)
def test_what_is_missing_is_said_in_place(
    row: DecisionRow, chosen: list[Choice], keys: tuple[str, ...], says: str
) -> None:
    press(row, *keys)

    assert chosen == []
    assert says in row.note.text


def test_keys_that_mean_nothing_yet_do_nothing(row: DecisionRow, chosen: list[Choice]) -> None:
    press(row, "d", "1", "w", "Enter", "r", "9", "x")

    assert chosen == []
    assert row.note.text == ""


def test_escape_takes_back_what_was_begun_and_then_leaves(
    row: DecisionRow, chosen: list[Choice], qtbot: QtBot
) -> None:
    press(row, "r", "1", "Esc", "Enter")
    assert chosen == []

    with qtbot.waitSignal(row.left):
        press(row, "Esc")


def test_a_click_does_what_a_key_does(row: DecisionRow, chosen: list[Choice]) -> None:
    for button in (
        row.answers.buttons[0],
        row.to.buttons[0],
        row.owed.buttons[1],
        row.reasons[ReportDecision.REPORT].buttons[0],
    ):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(row.save, Qt.MouseButton.LeftButton)

    assert (chosen[0].obligation, chosen[0].reason) == (Obligation.CHOICE, "Serious")


def test_the_answers_are_offered_only_where_somebody_is_at_it(
    row: DecisionRow,
) -> None:
    assert row.answers.isVisible()
    other = next(w for w in row.window().findChildren(QLineEdit) if w is not row.words)
    other.setFocus()
    assert not row.answers.isVisible()

    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.answers.isVisible()


def test_what_is_being_decided_stays_while_the_event_is_shown_anew(
    row: DecisionRow, chosen: list[Choice]
) -> None:
    press(row, "n", "2")
    row.show_event(EVENT, None)
    press(row, "Enter")
    assert len(chosen) == 1

    press(row, "n", "2")
    row.show_event(Event(id="other", verbatim="Nausea"), None)
    press(row, "Enter")
    assert len(chosen) == 1


def test_a_decision_is_told_in_a_sentence_with_name_and_time() -> None:
    at = PartialDate(2026, 11, 23, 14, 40, None, -300)
    report = Decision(
        answer=ReportDecision.REPORT,
        destinations=frozenset({Destination.REMS, Destination.FDA}),
        obligation=Obligation.CHOICE,
        reason="Serious",
        decided_by="J. Kim",
        at=at,
    )
    none = Decision(answer=ReportDecision.NO_REPORT)

    assert decision_words(EVENT, report) == (
        "Report to FDA MedWatch, REMS, choice: Serious (J. Kim, 23-Nov-2026 14:40)"
    )
    assert decision_words(EVENT, none) == "No report"
    assert decision_words(EVENT, None) == "Not decided"
    assert decision_words(Event(), None) == "Not decided, seriousness not assessed"


def test_somebody_with_another_role_sees_the_decision_and_for_whom_it_is(
    row: DecisionRow, chosen: list[Choice]
) -> None:
    row.show_whose("Decide whether an event is reported: a prescriber.")

    press(row, "r", "1", "d", "1", "Enter")

    assert chosen == []
    assert not row.answers.isVisible()
    assert row.accessibleDescription() == (
        "Not decided. Decide whether an event is reported: a prescriber."
    )
    assert_accessible(row)

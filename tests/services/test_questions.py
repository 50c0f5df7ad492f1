"""Questions to colleagues: asked with a day, tried again, answered; in the list until then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.chair.needs import NeedKind
from aeapp.domain.values import PartialDate
from aeapp.services.questions import AnsweredError, QuestionIncompleteError
from tests.helpers.life import Life, a_life

DUE = PartialDate(2026, 11, 25)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    made = a_life(tmp_path)
    yield made
    made.app.close()


def test_a_question_waits_in_the_list_until_it_is_answered(life: Life) -> None:
    asked = life.app.questions.ask(life.report.id, "Outcome?", "J. Kim", DUE)

    (line,) = [n for n in life.app.worklist.needs() if n.kind is NeedKind.QUESTION]
    assert (line.what, line.owner, line.due) == ("Outcome?", "J. Kim", dt.date(2026, 11, 25))
    assert line.opens == ("report", life.report.id)
    assert line.rule == "asked by Dana Reyes"

    answered = life.app.questions.answer(asked.id, "He recovered the same day.")

    assert (answered.answered_by, answered.is_open) == ("Dana Reyes", False)
    assert answered.answered_on == life.app.context.minute()
    assert life.app.questions.of(life.report.id) == (answered,)
    assert [n for n in life.app.worklist.needs() if n.kind is NeedKind.QUESTION] == []


def test_each_try_is_kept(life: Life) -> None:
    asked = life.app.questions.ask(life.report.id, "Outcome?", "J. Kim", DUE)
    life.app.questions.try_again(asked.id, "not at the desk")
    tried = life.app.questions.try_again(asked.id)

    assert [t.words for t in tried.tries] == ["not at the desk", None]
    (line,) = [n for n in life.app.worklist.needs() if n.kind is NeedKind.QUESTION]
    assert "2 tries" in line.detail


@pytest.mark.parametrize(
    ("words", "to", "due"),
    [(" ", "J. Kim", DUE), ("Outcome?", " ", DUE), ("Outcome?", "J. Kim", None),
     ("Outcome?", "J. Kim", PartialDate(2026, 11))],
)  # fmt: skip
def test_a_question_says_what_of_whom_and_by_when(
    life: Life, words: str, to: str, due: PartialDate | None
) -> None:
    with pytest.raises(QuestionIncompleteError):
        life.app.questions.ask(life.report.id, words, to, due)


def test_an_answer_is_given_once_and_is_not_empty(life: Life) -> None:
    asked = life.app.questions.ask(life.report.id, "Outcome?", "J. Kim", DUE)
    with pytest.raises(AnsweredError):
        life.app.questions.answer(asked.id, " ")
    life.app.questions.answer(asked.id, "Recovered.")
    with pytest.raises(AnsweredError):
        life.app.questions.answer(asked.id, "Not recovered.")
    with pytest.raises(AnsweredError):
        life.app.questions.try_again(asked.id)

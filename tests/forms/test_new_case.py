"""Before a case is made, cases that may be the same are told; a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from aeapp.domain.records import Event, Report
from aeapp.domain.values import PartialDate
from forms.ask import QuestionDialog
from forms.new_case import begin_report, question_of
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, a_patient, open_bench


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def an_event(bench: Bench, patient_id: str, words: str) -> str:
    onset = PartialDate.parse("2026-11-23")
    with bench.app.context.new_uow() as uow:
        event = Event(patient_id=patient_id, verbatim=words, onset=onset)
        stored = uow.save(event, who=bench.app.who)
        uow.commit()
    return stored.id


def test_a_case_that_may_be_the_same_is_told_first_and_a_person_chooses(
    qtbot: QtBot, bench: Bench
) -> None:
    patient, owner, made = a_patient(bench.app), QObject(), []
    first, again = (an_event(bench, patient.id, w) for w in ("Dissociation", "floating"))

    def begin(event_id: str) -> None:
        begin_report(bench.desk(), owner, event_id, made.append)
        bench.settle(qtbot)
        bench.settle(qtbot)

    answers = bench.ask = Answers(yes=False)
    begin(first)
    assert (len(made), answers.asked) == (1, [])

    begin(again)
    (asked,) = answers.asked
    assert "same patient" in asked.text
    assert "score" in asked.text
    assert (len(made), bench.reports) == (1, [made[0].id])

    answers.yes = True
    begin(again)
    assert len({report.case_id for report in made}) == 2
    # What has its case is opened without a question.
    begin(again)
    assert (len(made), len(answers.asked)) == (3, 2)


def test_the_question_has_three_answers_and_esc_leaves_it(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    first, again = (an_event(bench, patient.id, w) for w in ("Dissociation", "Dissociation"))
    report: Report = bench.app.cases.open_for_event(Event(id=first))
    question = question_of(bench.app.duplicates.before_report(again))
    dialog = QuestionDialog(question)
    qtbot.addWidget(dialog)
    dialog.show()

    assert dialog.look is not None
    assert [b.text() for b in (dialog.act, dialog.look, dialog.keep)] == [
        "Make a new case",
        f"Look at {(report.number or '').partition('/')[0]}",
        "Leave it",
    ]
    assert dialog.focusWidget() is dialog.keep
    assert_accessible(dialog)

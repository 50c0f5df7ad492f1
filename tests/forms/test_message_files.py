"""Files of messages in the window: a case is taken in by its plan, an answer is kept and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Report
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.services.message_drawing import MessageWish
from aeapp.services.schema_sets import SCHEMAS
from forms.message_check import MessageCheck
from forms.report_log import ReportLog
from forms.report_room import ReportRoom
from tests.formspecs.acknowledgement_samples import answer
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import a_serious_report


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = open_bench(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


def written(bench: Bench, report: Report, path: Path) -> Path:
    wish = MessageWish(sender="LARKSPUR", receiver="TESTCENTRE", draft=True)
    bench.app.messages.export(report.case_id, path, wish)
    return path


def test_a_message_is_planned_asked_about_and_taken_in(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    report = a_serious_report(bench.app)
    words = written(bench, report, tmp_path / "own.xml").read_text(encoding="utf-8")
    number = (bench.app.cases.gather(report.case_id).case.number or "").replace("-", "")
    theirs = tmp_path / "theirs.xml"
    theirs.write_text(words.replace(number, "X1"), encoding="utf-8")
    asking = Answers(path=theirs)
    room = ReportRoom(replace(bench, ask=asking).desk())
    qtbot.addWidget(room)

    room.worklist.bring.click()
    bench.settle(qtbot)
    bench.settle(qtbot)
    (plan,) = asking.asked
    assert plan.title == "Take this in?"
    assert "values stand in no record" in plan.text
    assert bench.toasts == ["Taken in: KC-2026-000002."]
    assert len(bench.reports) == 1

    # The same file again is of a case that is here: that is asked first.
    room.importing.begin()
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert [one.title for one in asking.asked[1:]] == ["This case is here already", "Take this in?"]
    assert "Nothing that is not here." in asking.asked[-1].text
    asking.yes = False
    room.importing.begin()
    bench.settle(qtbot)
    assert [one.title for one in asking.asked[3:]] == [
        "This case is here already", "Is it the same person?", "Take this in?",
    ]  # fmt: skip
    assert len(bench.toasts) == 2

    # Of two cases with its number it is asked which.
    bench.app.message_import.import_messages(theirs, patient="new", case="new")
    asking.asked.clear()
    asking.yes = True
    room.importing.begin()
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert [one.title for one in asking.asked] == [
        "Is it news of case KC-2026-000002?", "Take this in?",
    ]  # fmt: skip
    assert bench.toasts[-1] == "Taken in: KC-2026-000002."


def test_an_acknowledgement_stands_in_the_log_of_its_report(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    report = a_serious_report(bench.app)
    words = written(bench, report, tmp_path / "own.xml").read_text(encoding="utf-8")
    file = tmp_path / "one.ack"
    file.write_text(answer(words, verdict="CR", words="C.1.7 is missing"), encoding="utf-8")
    log = ReportLog(replace(bench, ask=Answers(path=file)).desk(), report.case_id, report.id)
    qtbot.addWidget(log)
    log.resize(500, 900)
    log.show()
    bench.settle(qtbot)

    log.answers.add.click()
    bench.settle(qtbot)
    shown = "\n".join(one.text() for one in log.findChildren(QLabel))
    assert "Rejected: the receiver did not take this case." in shown
    assert "C.1.7 is missing [C.1.7: Does This Case Fulfil" in shown
    assert bench.toasts == ["Kept. Record what follows from it yourself."]
    assert bench.app.cases.gather(report.case_id).report.state is report.state
    assert_accessible(log)


def test_a_message_of_anybody_is_checked_by_both_sets_of_rules(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SCHEMAS, raising=False)
    report = a_serious_report(bench.app)
    file = written(bench, report, tmp_path / "own.xml")
    asking = Answers(path=file, yes=False)
    checking = MessageCheck(replace(bench, ask=asking).desk())
    checking.begin()
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: len(asking.asked) == 1, timeout=10_000)
    assert asking.asked[0].title == "By the rules of ICH its receiver would refuse it"
    assert "E.i.2.1b" in asking.asked[0].text
    assert "Not checked against the ICH schema." in asking.asked[0].text
    assert asking.asked[0].act == "Check by the rules of FDA"
    checking.check(file, Profile.FDA_POSTMARKET)
    qtbot.waitUntil(lambda: len(asking.asked) == 2, timeout=10_000)
    assert "the rules of FDA" in asking.asked[1].title
    assert asking.asked[1].act == "Check by the rules of ICH"

"""Files of messages in the window: a case is taken in by its plan, an answer is kept and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Report
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.writing import MESSAGE
from aeapp.services import message_check
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


def check_in_place(bench: Bench, qtbot: QtBot, asking: Answers) -> MessageCheck:
    checking = MessageCheck(replace(bench, ask=asking).desk(), delay_ms=0)
    qtbot.addWidget(checking)
    checking.resize(700, 600)
    checking.show()
    return checking


def batch_of(file: Path, messages: int) -> Path:
    """Write the one message of a file many times into one batch, each with the same findings."""
    text = file.read_text(encoding="utf-8")
    begin, end = text.index(f"<{MESSAGE}"), text.index(f"</{MESSAGE}>") + len(f"</{MESSAGE}>")
    out = file.with_name("batch.xml")
    out.write_text(text[:begin] + text[begin:end] * messages + text[end:], encoding="utf-8")
    return out


def rows_of(checking: MessageCheck) -> list[str]:
    model, role = checking.list.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def test_a_message_of_anybody_is_checked_by_both_sets_of_rules(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SCHEMAS, raising=False)
    report = a_serious_report(bench.app)
    file = written(bench, report, tmp_path / "own.xml")
    checking = check_in_place(bench, qtbot, Answers(path=file))
    with qtbot.waitSignal(checking.found, timeout=10_000):
        checking.begin()
    assert checking.verdict.text() == "own.xml: By the rules of ICH its receiver would refuse it"
    assert "Not checked against the ICH schema." in checking.counts.text()
    assert any("E.i.2.1b: " in row and row.endswith("(blocks)") for row in rows_of(checking))
    assert_accessible(checking)
    assert checking.again.text() == "Check by the rules of FDA"
    with qtbot.waitSignal(checking.found, timeout=10_000):
        checking.again.click()
    assert "By the rules of FDA" in checking.verdict.text()
    assert checking.again.text() == "Check by the rules of ICH"


def test_every_finding_is_listed_those_that_block_first_and_can_be_copied(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    report = a_serious_report(bench.app)
    batch = batch_of(written(bench, report, tmp_path / "own.xml"), 12)
    checking = check_in_place(bench, qtbot, Answers())
    with qtbot.waitSignal(checking.found, timeout=20_000):
        checking.check(batch)

    rows = rows_of(checking)
    found = bench.app.messages.check(batch, Profile.ICH).findings
    assert len(rows) == len(found) > 8
    blocking = [row.endswith("(blocks)") for row in rows]
    assert blocking == sorted(blocking, reverse=True)
    assert {row.split("/")[0].split(" ")[0] for row in rows} >= {"1", "12"}

    checking.copy.click()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == checking.verdict.text()
    assert copied[2:] == rows
    checking.list.setFocus()
    checking.list.setCurrentIndex(checking.list.model().index(1, 0))
    QTest.keyClick(checking.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == rows[1]
    qtbot.waitUntil(checking.progress.isHidden, timeout=10_000)
    QTest.keyClick(checking.list, Qt.Key.Key_Escape)
    assert checking.card.isHidden()


@pytest.mark.parametrize("limit", [1_000, message_check.LIMIT], ids=["long", "read-whole"])
def test_a_check_tells_how_far_it_is_and_can_be_stopped(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(message_check, "LIMIT", limit)
    report = a_serious_report(bench.app)
    batch = batch_of(written(bench, report, tmp_path / "own.xml"), 300)
    checking = check_in_place(bench, qtbot, Answers())
    checking.check(batch)
    qtbot.waitUntil(checking.progress.isVisible, timeout=10_000)

    def told() -> str:
        return " ".join(one.text() for one in checking.progress.findChildren(QLabel))

    qtbot.waitUntil(lambda: " of " in told(), timeout=10_000)
    assert "Checking batch.xml" in told()
    assert "kB; " in told()
    checking.progress.cancel.click()
    qtbot.waitUntil(checking.card.isVisible, timeout=10_000)
    assert checking.verdict.text() == "Stopped: batch.xml was not checked to its end"
    qtbot.waitUntil(lambda: not checking.progress.isVisible(), timeout=10_000)
    assert checking.list.isHidden()


def test_of_two_checks_only_the_later_one_is_shown(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    report = a_serious_report(bench.app)
    file = written(bench, report, tmp_path / "own.xml")
    checking = check_in_place(bench, qtbot, Answers())
    shown: list[str] = []
    checking.found.connect(lambda: shown.append(checking.verdict.text()))
    checking.check(batch_of(file, 60))
    checking.check(file, Profile.FDA_POSTMARKET)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    assert [words.split(":")[0] for words in shown] == ["own.xml"]


def test_what_was_found_is_reached_by_the_keyboard_in_the_place_of_reports(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    report = a_serious_report(bench.app)
    file = written(bench, report, tmp_path / "own.xml")
    room = ReportRoom(replace(bench, ask=Answers(path=file)).desk())
    qtbot.addWidget(room)
    room.show()
    qtbot.waitActive(room).__enter__()
    bench.settle(qtbot)
    room.focus_first()
    with qtbot.waitSignal(room.checking.found, timeout=10_000):
        room.checking.begin()
    assert room.checking.list.hasFocus()
    assert room.checking.list in room.regions()
    qtbot.waitUntil(room.checking.progress.isHidden, timeout=10_000)
    QTest.keyClick(room.checking.list, Qt.Key.Key_Escape)
    assert room.checking.card.isHidden()
    assert room.worklist.table.hasFocus()

    room.worklist.search.setFocus()
    with qtbot.waitSignal(room.checking.found, timeout=10_000):
        room.checking.check(file)
    assert room.worklist.search.hasFocus()

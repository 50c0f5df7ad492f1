"""The log of a report takes calls, written reports and requests by keys, and sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.case import write
from aeapp.domain.codelists.clinic import Asker, Channel, ReportState, RequestAnswer, Role
from aeapp.domain.codelists.lifecycle import NotThere, SentAs
from aeapp.domain.lifecycle import Act
from aeapp.domain.records import Report, Request
from aeapp.domain.records.request import AskedFor
from forms.report_log import ReportLog
from forms.report_room import ReportRoom
from forms.report_work import Delays
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.guards import SENTINEL
from tests.helpers.report_case import a_serious_report

KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
}
NO_WAIT = Delays(pause=0, longest=0, preview=0)


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = open_bench(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


@pytest.fixture
def report(bench: Bench) -> Report:
    return a_serious_report(bench.app)


@pytest.fixture
def log(qtbot: QtBot, bench: Bench, report: Report) -> ReportLog:
    made = ReportLog(bench.desk(), report.case_id, report.id)
    qtbot.addWidget(made)
    made.resize(500, 900)
    with qtbot.waitActive(made):
        made.show()
    bench.settle(qtbot)
    made.setFocus()
    return made


def press(log: QWidget, *keys: str) -> None:
    for key in keys:
        for one in [key] if key in KEYS else key:
            target = log.window().focusWidget() or log
            QTest.keyClick(target, KEYS.get(one, one))  # type: ignore[call-overload]


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_an_empty_log_shows_the_clock_and_says_that_nothing_went_out(log: ReportLog) -> None:
    shown = texts(log)

    assert "Tue 8 Dec 2026, clinic target, to FDA or the manufacturer" in shown
    assert "No law sets a date for a voluntary report." in shown
    assert "Nothing is recorded as sent." in shown
    assert_accessible(log)


def test_nothing_in_the_log_says_submit(log: ReportLog) -> None:
    words = texts(log) + " ".join(b.text() for b in log.findChildren(QPushButton))

    assert "submit" not in words.lower()
    assert "Record sending" in words


def test_a_call_is_recorded_with_its_words(
    log: ReportLog, bench: Bench, report: Report, qtbot: QtBot
) -> None:
    counted: list[int] = []
    log.counted.connect(counted.append)

    press(log, "p", "M. Ortiz", "Tab", "FD4711", "Tab", "n", "Tab", "told of the syncope", "Enter")
    bench.settle(qtbot)

    (call,) = bench.app.sending.log_of(report.id).sendings
    assert (call.channel, call.words) == (Channel.PHONE, "told of the syncope")
    assert counted == [1]
    shown = texts(log)
    assert "M. Ortiz, FD4711, told of the syncope, Dana Reyes" in shown
    assert "told by telephone, the written report follows" in shown
    assert not log.form.isVisible()


def test_a_written_report_says_its_way_and_is_told_to_the_page(
    log: ReportLog, bench: Bench, report: Report, qtbot: QtBot, tmp_path: Path
) -> None:
    told = bench.app.cases.gather(report.case_id)
    bench.app.cases.save(told, write(told, "case.narrative", f"{SENTINEL} Sample fell."))
    press(log, "s")
    bench.settle(qtbot)
    form = log.form
    assert form.before.text.startswith("Nobody has approved it.")
    assert "An export waits for: B5: Take out the name" in form.before.text
    assert not form.document.isVisible()
    QTest.mouseClick(form.channels.buttons[1], Qt.MouseButton.LeftButton)
    press(log, "Tab", "F-1", "Tab", "Tab", "n", "Enter")
    assert form.note.text == "Give the proof, or choose why there is none."
    QTest.mouseClick(form.no_proof.buttons[3], Qt.MouseButton.LeftButton)
    press(log, "Enter")
    assert form.note.text == "Approve the report, or say why it went out without that."
    QTest.mouseClick(form.usual.buttons[0], Qt.MouseButton.LeftButton)
    # A time before the clinic knew is asked about before it is stored.
    minute = form.at.value
    form.at.show_value(replace(minute, hour=8))
    press(log, "Enter")
    assert form.note.text == "Correct the time, or say why it is right."
    assert "before the clinic learnt of the event" in form.doubt.text
    assert form.why_time.isVisible()
    form.at.show_value(minute)
    form.words.setFocus()
    with qtbot.waitSignal(log.changed):
        press(log, "Enter")
    bench.settle(qtbot)

    (line,) = bench.app.sending.log_of(report.id).sendings
    assert (line.channel, line.reference) == (Channel.FAX, "F-1")
    assert (line.proof_lacks, line.document) == (NotThere.NOT_KEPT, SentAs.PAGES)
    assert "no proof: Was not kept" in texts(log)
    (kept,) = bench.app.versions.lines(report.id)
    assert kept.version.unsigned_because == "Signed on paper"
    assert "Went out with: B5: Take out the name" in texts(log)
    assert "the log says which" in bench.toasts[-1]
    assert SENTINEL not in texts(log)

    later = next(b for b in log.findChildren(QPushButton) if b.objectName() == "sending.later")
    QTest.mouseClick(later, Qt.MouseButton.LeftButton)
    assert not log.receipt.reference.isVisible()
    log.receipt.finish()
    assert log.receipt.note.text == "Give the number or the proof."
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("received")
    log.receipt.take_proof(receipt)
    log.receipt.finish()
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: "proof receipt.txt" in texts(log), timeout=10_000)
    assert_accessible(log)
    case = bench.app.cases.gather(report.case_id)
    assert case.report.state is ReportState.RECORDED_SENT
    assert "No clock runs." in texts(log)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("s", "Enter"), "By what way?"),
        (("p", "Enter"), "Give the person or the number."),
        (("p", "Ortiz", "Enter"), "Give the time to the minute"),
        (("p", "Ortiz", "Tab", "Tab", "t", "Enter"), "Give the time to the minute"),
        (("p", "Ortiz", "Tab", "Tab", "soon", "Enter"), "Give the time to the minute"),
    ],
)
def test_half_a_line_is_not_recorded(
    log: ReportLog, bench: Bench, report: Report, keys: tuple[str, ...], says: str
) -> None:
    press(log, *keys)

    assert says in log.form.note.text
    assert bench.app.sending.log_of(report.id).sendings == ()


def test_a_time_to_come_is_refused_and_what_was_typed_stays(
    log: ReportLog, bench: Bench, qtbot: QtBot
) -> None:
    press(log, "p", "Ortiz", "Tab", "Tab", "24 nov 2026 10:00", "Enter")
    bench.settle(qtbot)

    assert "future" in log.form.note.text
    assert log.form.person.text() == "Ortiz"


def test_escape_leaves_a_form_without_a_word(log: ReportLog) -> None:
    press(log, "p", "Ortiz", "Esc")
    assert not log.form.isVisible()
    press(log, "q", "12", "Esc")
    assert not log.asking.isVisible()
    assert log.hasFocus()


def test_a_request_is_kept_with_another_question_and_answered_later(
    log: ReportLog, bench: Bench, report: Report, qtbot: QtBot
) -> None:
    press(log, "q", "M-12", "Tab", "+7", "Tab", "m", "a", "l")
    log.asking.other.setFocus()
    press(log, "Any  earlier syncope?", "Enter")
    bench.settle(qtbot)

    (request,) = bench.app.sending.log_of(report.id).requests
    assert (request.asker, request.number) == (Asker.MAKER, "M-12")
    assert [(q.question, q.answer) for q in request.questions] == [
        ("Course and outcome of the event", RequestAnswer.ANSWERED),
        ("Product, lot and sample", None),
        ("Any earlier syncope?", None),
    ]

    for button in log.findChildren(QPushButton):
        if button.objectName() == "request.1.not-available" and button.isVisible():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle(qtbot)

    (request,) = bench.app.sending.log_of(report.id).requests
    assert request.questions[1].answer is RequestAnswer.NOT_AVAILABLE
    assert "Product, lot and sample: Not available" in texts(log)
    assert_accessible(log)


def test_a_request_says_who_asks(log: ReportLog, bench: Bench, report: Report) -> None:
    press(log, "q", "12", "Enter")

    assert "Who asks?" in log.asking.note.text
    assert bench.app.sending.log_of(report.id).requests == ()


def test_a_mark_is_taken_back_by_a_second_click(log: ReportLog) -> None:
    board = log.asking.board
    log.ask_request()
    for _ in range(2):
        QTest.mouseClick(board.rows[0].buttons[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.rows[1].buttons[1], Qt.MouseButton.LeftButton)

    (asked,) = board.asked
    assert (asked.question, asked.answer) == (
        "Product, lot and sample",
        RequestAnswer.NOT_AVAILABLE,
    )


def test_a_request_without_questions_or_date_says_so(
    log: ReportLog, bench: Bench, report: Report, qtbot: QtBot
) -> None:
    bench.app.sending.take(report.id, Request(asker=Asker.BOARD, questions=(AskedFor(),)))
    log.refresh()
    bench.settle(qtbot)

    assert "no date wished" in texts(log)


def found(bench: Bench, report: Report) -> set[str]:
    cases = bench.app.cases
    return {f.code for f in cases.check(cases.gather(report.case_id, report.id), "fda3500")}


def test_the_page_shows_the_log_again_after_a_decision(
    qtbot: QtBot, bench: Bench, report: Report
) -> None:
    room = ReportRoom(bench.desk(), delays=NO_WAIT)
    qtbot.addWidget(room)
    room.resize(1500, 900)
    with qtbot.waitActive(room):
        room.show()
    assert room.why_not(Act.SUBMIT) == "open a report first"
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    bench.settle(qtbot)
    page = room.page
    assert page is not None
    assert "V25" in found(bench, report)
    assert "can go, 15 open" in texts(page.ready)
    page.show_log()
    typed_in = room.focusWidget()
    room.resize(1000, 900)
    # A smaller window leaves the part on top in which somebody is typing.
    assert (page.log.isVisible(), room.focusWidget()) == (True, typed_in)
    room.resize(1500, 900)
    with qtbot.waitSignal(room.shown):
        press(page.log, "n", "2", "Enter")
        bench.settle(qtbot)
    bench.settle(qtbot)

    assert room.page is not None
    assert room.page is not page
    assert room.page.log.isVisible()
    assert "V25" not in found(bench, report)
    assert "can go, 14 open" in texts(room.page.ready)
    room.act("request")
    assert room.page.log.asking.isVisible()

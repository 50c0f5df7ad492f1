"""The life of a report in the window: steps by letters, signature, versions, what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Channel, Destination, ReportState, Role
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.items import NullFlavor
from aeapp.domain.lifecycle import Act
from forms.errors import Errors
from forms.jobs import Runners
from forms.life.page import VersionsPage
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from forms.report_work import Delays, ReportWork
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.clinic import PASSWORD
from tests.helpers.desk import Bench
from tests.helpers.life import ONLINE, Life, a_life
from tests.helpers.report_room import settle

KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Tab": Qt.Key.Key_Tab}
NO_WAIT = Delays(pause=0, longest=0, preview=0)


@pytest.fixture
def life(qapp: object, tmp_path: Path) -> Life:
    return a_life(tmp_path, Role.PRESCRIBER)


@pytest.fixture
def bench(life: Life) -> Iterator[Bench]:
    made = Bench(life.app, life.clock, Runners(), Errors(None))
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def versions(qtbot: QtBot, bench: Bench, life: Life) -> VersionsPage:
    made = VersionsPage(bench.desk(), life.report.id, lambda after: after())
    made.changed.connect(made.refresh)
    qtbot.addWidget(made)
    bench.page_of_test = made  # type: ignore[attr-defined]  # Python alone keeps it alive
    made.resize(1200, 800)
    with qtbot.waitActive(made):
        made.show()
    made.refresh()
    bench.settle(qtbot)
    made.setFocus()
    return made


def press(widget: QWidget, *keys: str) -> None:
    for key in keys:
        for one in [key] if key in KEYS else key:
            target = widget.window().focusWidget() or widget
            QTest.keyClick(target, KEYS.get(one, one))  # type: ignore[call-overload]


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_letters_are_steps_and_ctrl_z_takes_the_last_one_back(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    press(versions, "r")
    bench.settle(qtbot)
    assert life.stored().state is ReportState.IN_REVIEW

    versions.setFocus()
    QTest.keyClick(versions, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle(qtbot)

    assert life.stored().state is ReportState.DRAFT
    assert bench.toasts[-1] == "Undone: Draft"
    assert_accessible(versions)


def test_a_signature_takes_the_password_and_a_wrong_one_is_said_in_the_form(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    press(versions, "a")
    assert versions.signing.isVisible()
    press(versions, "Enter")
    assert "Type your password" in versions.signing.note.text
    press(versions, "wrong password", "Enter")
    bench.settle(qtbot)
    assert "password is wrong" in versions.signing.note.text
    assert life.stored().state is ReportState.DRAFT

    press(versions, PASSWORD, "Enter")
    bench.settle(qtbot)

    assert life.stored().state is ReportState.READY
    assert versions.signing.password.text() == ""
    assert "Approved for sending by Dana Reyes, 23-Nov-2026 14:40" in texts(versions)


def test_a_step_that_asks_why_offers_the_usual_reasons(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    press(versions, "v")
    assert versions.reason.isVisible()
    press(versions, "1")
    bench.settle(qtbot)

    assert life.stored().state is ReportState.VOID
    with life.app.context.new_uow() as uow:
        assert uow.trail.of("report", life.report.id)[-1].content["reason"] == "Entered twice"


def test_an_owner_is_picked_out_of_the_staff(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    press(versions, "o")
    bench.settle(qtbot)
    press(versions, "1")
    bench.settle(qtbot)

    assert life.stored().owner == "Dana Reyes"
    assert "owner Dana Reyes" in texts(versions)


def test_a_further_version_is_begun_with_its_kind_and_its_news(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    life.send()
    versions.refresh()
    bench.settle(qtbot)
    assert "Version 1: First report" in texts(versions)
    assert "Nothing has changed since version 1." in texts(versions)

    press(versions, "f", "Enter")
    assert "What is it?" in versions.correcting.note.text
    press(versions, "1", "Enter")
    assert "what is new" in versions.correcting.note.text
    press(versions, "outcome known", "Enter")
    bench.settle(qtbot)

    assert life.stored().nature is VersionNature.FOLLOW_UP
    assert "Draft, Follow-up, outcome known" in texts(versions)

    # Begun by mistake: Ctrl+Z at once, or later by its letter with the reason.
    versions.setFocus()
    QTest.keyClick(versions, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle(qtbot)
    assert life.stored().state is ReportState.RECORDED_SENT
    life.app.lifecycle.correct(life.report.id, VersionNature.AMENDMENT, "typing")
    versions.refresh()
    bench.settle(qtbot)
    versions.setFocus()
    press(versions, "t", "1")
    bench.settle(qtbot)
    assert (life.stored().state, life.stored().nature) == (ReportState.RECORDED_SENT, None)
    with life.app.context.new_uow() as uow:
        assert uow.trail.of("report", life.report.id)[-1].content["reason"] == "Begun by mistake"


def test_what_changed_since_is_listed_and_leads_to_its_field(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    life.send()
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    life.edit("case.narrative", "He has recovered.", "news")
    painted: list[dict[str, str]] = []
    versions.painted.connect(painted.append)
    versions.refresh()
    bench.settle(qtbot)

    model = versions.differences.model
    assert model.rowCount() == 1
    assert model.index(0, 3).data() == "He has recovered."
    assert list(painted[-1]) == ["case.narrative"]
    press(versions, "d")
    with qtbot.waitSignal(versions.picked) as picked:
        press(versions, "Enter")
    assert picked.args == ["case.narrative"]

    life.send()
    versions.refresh()
    bench.settle(qtbot)
    with qtbot.waitSignal(versions.differences.asked):
        versions.differences.asked.emit(1, 2)
    bench.settle(qtbot)
    assert "From version 1 to version 2: 1" in texts(versions)


def test_a_question_is_asked_tried_and_answered(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    press(versions, "q")
    bench.settle(qtbot)
    press(versions, "Enter")
    assert "What is asked?" in versions.question.note.text
    press(versions, "Outcome?", "Enter")
    assert "Of whom?" in versions.question.note.text
    press(versions, "Tab", "J. Kim", "Enter")
    assert "By which day?" in versions.question.note.text
    press(versions, "Tab", "+3", "Enter")
    bench.settle(qtbot)

    (asked,) = life.app.questions.of(life.report.id)
    assert (asked.words, asked.to) == ("Outcome?", "J. Kim")
    line = _answer_line(versions)
    line.setFocus()
    press(versions, "Recovered.", "Enter")
    bench.settle(qtbot)
    assert life.app.questions.of(life.report.id)[0].answer == "Recovered."
    assert "Recovered. (Dana Reyes" in texts(versions)


def _answer_line(versions: VersionsPage) -> Any:
    found = [w for w in versions.findChildren(QWidget) if w.objectName() == "question.answer"]
    return found[-1]


def test_esc_leaves_every_form_without_a_change(
    versions: VersionsPage, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    for key, form in (("a", versions.signing), ("v", versions.reason)):
        press(versions, key)
        assert form.isVisible()
        press(versions, "Esc")
        assert not form.isVisible()
    press(versions, "q")
    bench.settle(qtbot)
    press(versions, "Esc")
    assert not versions.question.isVisible()
    assert life.stored().state is ReportState.DRAFT


def test_in_a_narrow_window_the_sides_stand_under_tabs(
    versions: VersionsPage, bench: Bench, qtbot: QtBot
) -> None:
    versions.resize(500, 700)
    bench.settle(qtbot)
    assert not versions.differences.isVisible()
    press(versions, "d")
    assert versions.differences.isVisible()
    versions.resize(1200, 700)
    bench.settle(qtbot)
    assert versions.differences.isVisible()


# ------------------------------------------------------------------ in the page of the report


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> ReportRoom:
    made = ReportRoom(bench.desk(), delays=NO_WAIT)
    qtbot.addWidget(made)
    bench.room_of_test = made  # type: ignore[attr-defined]  # Python alone keeps it alive
    made.resize(1440, 820)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    settle(bench, qtbot)
    return made


def work_of(room: ReportRoom) -> ReportWork:
    (work,) = room.findChildren(ReportWork)
    return work


def opened(qtbot: QtBot, bench: Bench, room: ReportRoom, life: Life) -> ReportPage:
    with qtbot.waitSignal(room.shown):
        room.open_report(life.report.id)
    settle(bench, qtbot)
    assert room.page is not None
    return room.page


def test_a_report_that_was_sent_is_read_only_and_says_why(
    room: ReportRoom, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    life.send()
    page = opened(qtbot, bench, room, life)

    assert page.band.text == "It is kept as it was sent. Begin a further version to change it."
    page.form.go_to("case.narrative")
    press(page, "more words")
    settle(bench, qtbot)
    assert not work_of(room).dirty
    assert not page.assessment.isEnabled()

    page.band.act.click()
    settle(bench, qtbot)
    assert page.versions.correcting.isVisible()
    press(page, "1", "outcome known", "Enter")
    settle(bench, qtbot)
    assert room.page is not None
    assert room.page.band.text == ""
    assert room.page.versions.isVisible()


def test_fields_that_changed_since_are_painted(
    room: ReportRoom, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    life.send()
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    life.edit("case.narrative", "He has recovered.", "news")
    page = opened(qtbot, bench, room, life)
    page.form.go_to("case.narrative")

    assert page.form.note("case.narrative").startswith("Changed; it was sent as: A 36-year-old")
    assert "Changed" not in page.form.note("happening.onset")

    page.form.answer("patient.sex", NullFlavor.UNK)
    page._on_save()  # noqa: SLF001 - as its key does
    settle(bench, qtbot)
    page.show_versions()
    assert "Changed since version 1: 2" in texts(page.versions)
    page.form.go_to("patient.sex")
    assert page.form.note("patient.sex").startswith("Changed; it was sent as: ")


def test_signing_too_early_goes_to_what_blocks(
    room: ReportRoom, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    life.edit("case.narrative", None, "to be written anew")
    page = opened(qtbot, bench, room, life)

    page.next_step()
    settle(bench, qtbot)

    assert "Not signed" in page.notice.text
    assert not page.versions.signing.isVisible()


def test_the_head_names_state_owner_and_next_step(
    room: ReportRoom, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    life.app.lifecycle.assign(life.report.id, "J. Kim")
    page = opened(qtbot, bench, room, life)
    assert "Draft, J. Kim, Form FDA 3500" in texts(page.head)
    assert page.head.step.text() == "Approve"

    page.next_step()
    settle(bench, qtbot)
    assert page.versions.signing.isVisible()
    press(page, PASSWORD, "Enter")
    settle(bench, qtbot)

    assert room.page is not None
    assert room.page.head.step.text() == "Record sending"
    assert room.page.band.text.startswith("Approved for sending by Dana Reyes, 23-Nov-2026 14:40")
    assert room.page.versions.last is Act.APPROVE
    patient = life.app.cases.gather(life.report.case_id).patient
    life.app.patients.save(replace(patient, history="Told again."))
    room.page.versions.refresh()
    settle(bench, qtbot)
    assert room.page.head.step.text() == "Approve"
    assert "approve it again before it goes out" in room.page.band.text
    room.page.record_sending()
    settle(bench, qtbot)
    form = room.page.log.form
    assert form.isVisible()
    assert "Approve it again, or say below why" in form.before.text
    assert form.unsigned.isVisible()


def test_who_had_the_version_before_is_one_press_from_the_log(
    room: ReportRoom, bench: Bench, life: Life, qtbot: QtBot
) -> None:
    copy = replace(
        ONLINE, channel=Channel.FAX, destination=Destination.MANUFACTURER, person="M. Ortiz"
    )
    life.send()
    life.send(copy)
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    life.send()
    page = opened(qtbot, bench, room, life)
    page.show_versions()
    settle(bench, qtbot)
    owed = "Manufacturer or compounder, M. Ortiz has version 1 and not the newest one"
    assert owed in texts(page.versions)

    buttons = page.versions.findChildren(QPushButton)
    next(b for b in buttons if b.accessibleName().endswith(owed)).click()
    settle(bench, qtbot)
    form = page.log.form
    assert (form.isVisible(), form.person.text()) == (True, "M. Ortiz")
    QTest.mouseClick(form.channels.buttons[1], Qt.MouseButton.LeftButton)
    for chips in (form.no_reference, form.no_proof):
        QTest.mouseClick(chips.buttons[0], Qt.MouseButton.LeftButton)
    form.reference.setFocus()
    press(page, "Tab", "Tab", "n", "Enter")
    settle(bench, qtbot)

    assert life.app.versions.owed(life.report.id) == ()


def test_what_differs_is_looked_at_and_written_as_a_paper(
    bench: Bench, life: Life, qtbot: QtBot, tmp_path: Path
) -> None:
    life.send()
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "he told more")
    life.edit("case.narrative", "He fainted, and stood up again.", reason="new information")
    out = tmp_path / "what-differs.pdf"
    bench.ask = answers = Answers(path=out)
    room = ReportRoom(bench.desk(), delays=NO_WAIT)
    bench.room_of_test = room  # type: ignore[attr-defined]  # Python alone keeps it alive
    qtbot.addWidget(room)
    room.resize(1440, 860)
    with qtbot.waitActive(room):
        room.show()
    with qtbot.waitSignal(room.shown):
        room.open_report(life.report.id)
    settle(bench, qtbot)
    page = room.page
    assert isinstance(page, ReportPage)
    page.show_versions()
    press(page.versions, "p")
    settle(bench, qtbot)
    paper = page.versions.paper
    assert paper.is_at
    qtbot.waitUntil(lambda: paper.pages.preview.pages > 0, timeout=10_000)
    assert_accessible(paper)
    # The keys of the report are the paper's while the keyboard is on it.
    page.head.export.click()
    settle(bench, qtbot)
    assert answers.captions == ["Export the paper of what differs"]
    assert "difference-1" in answers.names[0]
    assert out.read_bytes()[:5] == b"%PDF-"
    assert life.app.register.lines()[0].what == "difference"
    assert "what-differs.pdf" in paper.pages.strip.words.text()
    press(paper, "Esc")
    assert page.versions.differences.isVisible()

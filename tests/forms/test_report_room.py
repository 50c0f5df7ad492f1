"""The place of reports on a real clinic: from the list to the exported document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.case import Case, write
from aeapp.domain.codelists.safety import ActionTaken, Outcome
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Report
from aeapp.services.drafts import report_scope
from forms.bars import SaveState
from forms.dialogs.export import default_name, size_words
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.widgets.labels import Label
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import a_report, a_serious_report

NO_WAIT = Delays(pause=0, longest=0, preview=0)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def report(bench: Bench) -> Report:
    return a_serious_report(bench.app)


def a_room(qtbot: QtBot, bench: Bench) -> ReportRoom:
    room = ReportRoom(bench.desk(), delays=NO_WAIT)
    qtbot.addWidget(room)
    bench.room_of_test = room  # type: ignore[attr-defined]  # Python alone keeps it alive
    room.resize(1440, 820)
    room.show()
    qtbot.waitExposed(room)
    room.activateWindow()
    settle(qtbot, bench)
    return room


@pytest.fixture
def room(qtbot: QtBot, bench: Bench, report: Report) -> ReportRoom:
    return a_room(qtbot, bench)


def opened(qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report) -> ReportPage:
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    settle(qtbot, bench)
    assert room.page is not None
    return room.page


@pytest.fixture
def page(qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report) -> ReportPage:
    return opened(qtbot, bench, room, report)


def settle(qtbot: QtBot, bench: Bench) -> None:
    for _ in range(3):
        bench.settle(qtbot)
        QTest.qWait(0)


def stored(bench: Bench, report: Report) -> Case:
    return bench.app.cases.gather(report.case_id, report.id)


def press(page: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(page.window().focusWidget() or page, key, modifier)


def type_text(page: ReportPage, path: str, text: str) -> None:
    page.form.go_to(path)
    QTest.keyClicks(page.window().focusWidget(), text)


def words_of(widget: QWidget) -> str:
    return " ".join(w.text() for w in widget.findChildren(Label) if not w.isHidden())


# --- the list


def test_the_list_shows_reports_and_enter_opens_one(
    qtbot: QtBot, bench: Bench, room: ReportRoom
) -> None:
    room.focus_first()
    assert room.worklist.model.index(0, 1).data() == "Syncope after ketamine"

    with qtbot.waitSignal(room.shown):
        press(room, Qt.Key.Key_Return)
    settle(qtbot, bench)

    assert room.page is not None


def test_the_search_finds_a_report_by_a_part_of_its_number(
    qtbot: QtBot, bench: Bench, room: ReportRoom
) -> None:
    second = a_report(bench.app, verbatim="Nausea")
    room.worklist.search.setText("000002")
    settle(qtbot, bench)

    assert room.worklist.model.rowCount() == 1
    assert room.worklist.model.id_at(0) == second.id
    room.worklist.search.setText("nothing like it")
    settle(qtbot, bench)
    assert room.worklist.model.rowCount() == 0


def test_an_empty_clinic_is_told_where_reports_begin(qtbot: QtBot, bench: Bench) -> None:
    room = a_room(qtbot, bench)

    assert room.worklist.empty.isVisible()
    room.worklist.empty.pressed.emit()
    assert bench.starts == [""]


# --- saving and drafts


def test_what_is_typed_is_a_draft_until_it_is_saved(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.test_comments", "Fasting")
    settle(qtbot, bench)

    assert bench.saved[-1] is SaveState.DRAFT
    assert stored(bench, report).case.test_comments is None
    assert bench.app.drafts.scopes() == [report_scope(report.id)]

    press(page, Qt.Key.Key_S, CONTROL)
    settle(qtbot, bench)

    assert bench.saved[-1] is SaveState.SAVED
    assert stored(bench, report).case.test_comments == "Fasting"
    assert bench.app.drafts.scopes() == []


def test_unsaved_work_comes_back_with_its_undo(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.test_comments", "Fasting")
    page.form.answer("patient.race", NullFlavor.ASKU)
    page.form.add_product()
    settle(qtbot, bench)

    later = a_room(qtbot, bench)
    again = opened(qtbot, bench, later, report)

    assert again.notice.text == (
        "Your unsaved work of Mon 23 Nov 2026, 14:40 is back. Undo takes it away step by step."
    )
    assert len(again.form.pages) == len(page.form.pages)
    for _ in range(3):
        assert again._work.dirty  # noqa: SLF001 - the page has it from there
        again.form.undo()
    assert not again._work.dirty  # noqa: SLF001 - the page has it from there


def test_typing_in_the_middle_of_a_word_comes_back_although_it_cannot_be_read(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    type_text(page, "subject.weight", "heav")
    settle(qtbot, bench)

    again = opened(qtbot, bench, a_room(qtbot, bench), report)
    again.form.show_page("A")

    edit = again.form.findChild(QWidget, "subject.weight").findChild(QLineEdit)
    assert edit.text() == "heav76.4"
    assert again.form.note("subject.weight") == "Expected a number such as 61.5."


def test_a_report_without_a_draft_says_nothing_of_one(page: ReportPage) -> None:
    assert page.notice.text == ""


def test_going_back_to_the_list_stores_what_is_open(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.title", "Twice ")

    qtbot.mouseClick(page.head.back, Qt.MouseButton.LeftButton)
    settle(qtbot, bench)

    assert room.page is None
    assert stored(bench, report).case.title == "Twice Syncope after ketamine"
    assert room.worklist.model.index(0, 1).data() == "Twice Syncope after ketamine"


def test_what_is_typed_while_a_save_runs_is_kept(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.test_comments", "Fasting")
    press(page, Qt.Key.Key_S, CONTROL)
    QTest.keyClicks(page.window().focusWidget(), " since ten")
    settle(qtbot, bench)

    assert page._work.case.case.test_comments == "Fasting since ten"  # noqa: SLF001
    assert stored(bench, report).case.test_comments == "Fasting"
    press(page, Qt.Key.Key_S, CONTROL)
    settle(qtbot, bench)
    assert stored(bench, report).case.test_comments == "Fasting since ten"


def test_a_changed_value_asks_why_and_the_trail_keeps_the_answer(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    assert page.why.isHidden()
    type_text(page, "case.title", " again")
    settle(qtbot, bench)
    assert page.why.isVisible()

    page.why._chips.focus_first()  # noqa: SLF001 - Tab would reach it
    QTest.keyClicks(page.window().focusWidget(), "3")
    press(page, Qt.Key.Key_S, CONTROL)
    settle(qtbot, bench)

    with bench.app.context.new_uow() as uow:
        last = uow.trail.of("case", report.case_id)[-1]
    assert last.content["reason"] == "new information"
    assert page.why.isHidden()


def test_a_first_answer_asks_no_reason(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    type_text(page, "case.test_comments", "Fasting")
    settle(qtbot, bench)

    assert page.why.isHidden()


def test_somebody_elses_save_is_named_by_its_items_and_mine_is_put_on_top(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    case = stored(bench, report)
    bench.app.cases.save(case, write(case, "case.title", "Fainted"))
    type_text(page, "case.test_comments", "Fasting")
    press(page, Qt.Key.Key_S, CONTROL)
    settle(qtbot, bench)

    assert bench.saved[-1] is SaveState.NOT_SAVED
    assert "Dana Reyes has saved this since you opened it" in page.notice.text
    assert "Title" in page.notice.text

    with qtbot.waitSignal(room.shown):
        page.notice.acted.emit()
    settle(qtbot, bench)
    again = room.page
    assert again is not None
    assert again._work.case.case.title == "Fainted"  # noqa: SLF001
    assert again._work.case.case.test_comments == "Fasting"  # noqa: SLF001
    press(again, Qt.Key.Key_S, CONTROL)
    settle(qtbot, bench)
    assert stored(bench, report).case.test_comments == "Fasting"


# --- findings


def test_f8_walks_the_findings_and_back(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    count = len(page._findings)  # noqa: SLF001
    press(page, Qt.Key.Key_F8)
    first = page.ready.current
    press(page, Qt.Key.Key_F8)
    second = page.ready.current
    press(page, Qt.Key.Key_F8, SHIFT)

    assert page.ready.current == first != second
    assert page.strip.count.text() == f"{count} findings"


def test_an_answer_takes_its_finding_away_at_once(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    page.form.show_page("A")
    assert page.form.note("patient.race") != ""

    page.form.answer("patient.race", NullFlavor.ASKU)
    QTest.qWait(0)

    assert page.form.note("patient.race") == ""
    assert "A5" not in [f.item for f in page._findings]  # noqa: SLF001


def test_a_reason_at_the_finding_answers_it(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    race = next(f for f in page._findings if f.item == "A5")  # noqa: SLF001
    page.go_to(race)
    page.ready.card.setFocus()

    QTest.keyClicks(page.ready.card, "A")

    assert page._work.case.patient.race is NullFlavor.ASKU  # noqa: SLF001


def test_the_list_of_findings_leads_to_the_field(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    qtbot.mouseClick(page.strip.count, Qt.MouseButton.LeftButton)
    assert page.list.isVisible()
    rows = [f.item for f in page._findings]  # noqa: SLF001
    page.list.setCurrentIndex(page.list.model().index(rows.index("C1"), 0))

    press(page, Qt.Key.Key_Return)

    assert page.form.current == "C"


def test_nothing_open_is_said(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    page._on_checked(())  # noqa: SLF001 - as the service would answer

    assert page.strip.count.text() == "Nothing open"
    assert "complete" in words_of(page.ready)
    assert page.ready.card.isHidden()


# --- opening where work goes on


def test_a_report_whose_assessment_is_open_begins_there(
    qtbot: QtBot, bench: Bench, room: ReportRoom
) -> None:
    page = opened(qtbot, bench, room, a_report(bench.app))
    assert page.form.current == "events"

    for key in ("N", "4", "1"):
        QTest.keyClicks(page.window().focusWidget(), key)

    event = page._work.case.events[0]  # noqa: SLF001
    assert event.seriousness == frozenset()
    assert event.assessed_by == "Dana Reyes"
    assert event.action_taken is ActionTaken.UNCHANGED
    assert event.outcome is Outcome.RECOVERED


# --- export


def export_to(bench: Bench, path: Path) -> Answers:
    answers = Answers(path=path)
    bench.ask = answers
    return answers


def test_export_stores_first_and_writes_what_was_just_typed(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    export_to(bench, tmp_path / "out")
    page = opened(qtbot, bench, a_room(qtbot, bench), report)
    type_text(page, "case.narrative", "Fainted at once. ")

    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        press(page, Qt.Key.Key_E, CONTROL)
    settle(qtbot, bench)

    out = tmp_path / "out.pdf"
    text = "".join(p.extract_text() for p in pypdf.PdfReader(out).pages)
    assert "Fainted at once." in text
    assert "Content for Form FDA 3500 (09/2025)" in text
    assert f"out.pdf, {len(pypdf.PdfReader(out).pages)} pages" in page.export_strip.words.text()
    assert bench.app.documents.find_export(out) is not None


def test_a_folder_that_takes_no_file_is_told_in_place(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    export_to(bench, tmp_path / "missing" / "out.pdf")
    page = opened(qtbot, bench, a_room(qtbot, bench), report)

    press(page, Qt.Key.Key_E, CONTROL)
    settle(qtbot, bench)

    assert "There is no such file or folder." in words_of(page.export_strip)


def test_the_name_offered_holds_numbers_only() -> None:
    assert default_name("KC-2026-000031/3500/1") == "KC-2026-000031-3500-1.pdf"
    assert default_name("") == "report.pdf"


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 B"), (1000, "1 kB"), (260_400, "260 kB"), (3_000_000, "3 MB")]
)
def test_sizes_read_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words


# --- the whole place


def test_the_pages_are_those_of_the_case_as_typed(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)
    before = page.preview.pages
    narrative = page.form.findChild(QWidget, "case.narrative")
    page.form.go_to("case.narrative")
    edit = narrative.findChild(QPlainTextEdit)

    edit.setPlainText("A word after a word. " * 900)

    qtbot.waitUntil(lambda: page.preview.pages > before, timeout=20_000)


@pytest.mark.parametrize("width", [1440, 1080, 760])
def test_it_is_accessible_at_every_width(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, width: int
) -> None:
    room.resize(width, 820)
    QTest.qWait(0)

    assert_accessible(room)
    assert page.form.isVisible()


def test_another_width_leaves_the_cursor_where_it_is(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage
) -> None:
    page.form.go_to("case.narrative")
    before = page.window().focusWidget()

    for width in (760, 1080, 1440):
        room.resize(width, 820)
        QTest.qWait(0)
        assert page.window().focusWidget() is before


def test_a_jump_brings_the_form_to_the_top_in_a_narrow_window(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage
) -> None:
    room.resize(760, 820)
    page.strip.list_asked.emit()
    QTest.qWait(0)
    assert not page.form.isVisible()

    press(page, Qt.Key.Key_F8)

    assert page.form.isVisible()


def test_a_place_thrown_away_during_work_leaves_no_error(
    qtbot: QtBot, bench: Bench, report: Report
) -> None:
    room = ReportRoom(bench.desk(), delays=NO_WAIT)
    qtbot.addWidget(room)
    room.show()
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    type_text(room.page, "case.test_comments", "Fasting")

    room.flush()
    room.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle(qtbot, bench)

    assert bench.app.drafts.scopes() == [report_scope(report.id)]

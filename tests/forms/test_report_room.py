"""The place of reports on a real clinic: from the list to the exported document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain import rules
from aeapp.domain.case import Case, write
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.codelists.safety import ActionTaken, Outcome, Race
from aeapp.domain.findings import Context, Finding, Rule
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Report
from aeapp.domain.values import PartialDate
from aeapp.services.drafts import report_scope
from forms.bars import SaveState
from forms.conflicts import value_words
from forms.dialogs.copy_strip import CopyStrip
from forms.dialogs.export import default_name, size_words
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.sheets import Sheets
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.guards import SENTINEL
from tests.helpers.report_case import a_report, a_serious_report
from tests.helpers.report_room import settle

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
    settle(bench, qtbot)
    return room


@pytest.fixture
def room(qtbot: QtBot, bench: Bench, report: Report) -> ReportRoom:
    return a_room(qtbot, bench)


def opened(qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report) -> ReportPage:
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    settle(bench, qtbot)
    assert room.page is not None
    return room.page


@pytest.fixture
def page(qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report) -> ReportPage:
    return opened(qtbot, bench, room, report)


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
    settle(bench, qtbot)

    assert room.page is not None


def test_the_search_finds_a_report_by_a_part_of_its_number(
    qtbot: QtBot, bench: Bench, room: ReportRoom
) -> None:
    second = a_report(bench.app, verbatim="Nausea")
    room.worklist.search.setText("000002")
    settle(bench, qtbot)

    assert room.worklist.model.rowCount() == 1
    assert room.worklist.model.id_at(0) == second.id
    room.worklist.search.setText("nothing like it")
    settle(bench, qtbot)
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
    settle(bench, qtbot)

    assert bench.saved[-1] is SaveState.DRAFT
    assert stored(bench, report).case.test_comments is None
    assert bench.app.drafts.scopes() == [report_scope(report.id)]

    press(page, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)

    assert bench.saved[-1] is SaveState.SAVED
    assert stored(bench, report).case.test_comments == "Fasting"
    assert bench.app.drafts.scopes() == []


def test_unsaved_work_comes_back_with_its_undo(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.test_comments", "Fasting")
    page.form.answer("patient.race", NullFlavor.ASKU)
    page.form.add_product()
    settle(bench, qtbot)

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
    settle(bench, qtbot)

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
    settle(bench, qtbot)

    assert room.page is None
    assert stored(bench, report).case.title == "Twice Syncope after ketamine"
    assert room.worklist.model.index(0, 1).data() == "Twice Syncope after ketamine"


def test_what_is_typed_while_a_save_runs_is_kept(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.test_comments", "Fasting")
    press(page, Qt.Key.Key_S, CONTROL)
    QTest.keyClicks(page.window().focusWidget(), " since ten")
    settle(bench, qtbot)

    assert page._work.case.case.test_comments == "Fasting since ten"  # noqa: SLF001
    assert stored(bench, report).case.test_comments == "Fasting"
    press(page, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)
    assert stored(bench, report).case.test_comments == "Fasting since ten"


def test_a_changed_value_asks_why_and_the_trail_keeps_the_answer(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    assert page.why.isHidden()
    type_text(page, "case.title", " again")
    settle(bench, qtbot)
    assert page.why.isVisible()

    page.why._chips.focus_first()  # noqa: SLF001 - Tab would reach it
    QTest.keyClicks(page.window().focusWidget(), "3")
    press(page, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)

    with bench.app.context.new_uow() as uow:
        last = uow.trail.of("case", report.case_id)[-1]
    assert last.content["reason"] == "new information"
    assert page.why.isHidden()


def test_a_first_answer_asks_no_reason(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    type_text(page, "case.test_comments", "Fasting")
    settle(bench, qtbot)

    assert page.why.isHidden()


def test_somebody_elses_save_is_named_by_its_items_and_mine_is_put_on_top(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    case = stored(bench, report)
    bench.app.cases.save(case, write(case, "case.title", "Fainted"))
    type_text(page, "case.test_comments", "Fasting")
    press(page, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)

    assert bench.saved[-1] is SaveState.NOT_SAVED
    assert "Dana Reyes has saved this since you opened it" in page.notice.text
    assert "Title" in page.notice.text

    with qtbot.waitSignal(room.shown):
        page.notice.acted.emit()
    settle(bench, qtbot)
    again = room.page
    assert again is not None
    assert again._work.case.case.title == "Fainted"  # noqa: SLF001
    assert again._work.case.case.test_comments == "Fasting"  # noqa: SLF001
    press(again, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)
    assert stored(bench, report).case.test_comments == "Fasting"


# --- changed elsewhere, too


def both_changed(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> ReportPage:
    """Return the page opened anew after somebody else saved two of the items changed here."""
    case = stored(bench, report)
    theirs = write(case, "case.title", "Fainted")
    theirs = write(theirs, "patient.race", frozenset({Race.WHITE}))
    theirs = write(theirs, "case.pictures", value=True)
    bench.app.cases.save(case, theirs)
    type_text(page, "case.title", "Twice ")
    page.form.answer("patient.race", NullFlavor.ASKU)
    type_text(page, "case.test_comments", "Fasting")
    press(page, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)
    with qtbot.waitSignal(room.shown):
        page.notice.acted.emit()
    settle(bench, qtbot)
    assert room.page is not None
    return room.page


def test_items_changed_here_and_elsewhere_are_asked_about_one_by_one(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    again = both_changed(qtbot, bench, room, page, report)

    assert again.notice.text.startswith("2 items were changed here and elsewhere")
    again.form.show_page("A")
    assert again.form.note("patient.race") == ("Saved elsewhere: White. Yours: Asked but not told.")
    assert again.form.note("patient.sex") == ""
    assert_accessible(room)

    press(again, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)

    # Nothing is stored before somebody chose, and the cursor is where the choice is.
    assert stored(bench, report).case.title == "Fainted"
    title = again.form.findChild(QWidget, "case.title")
    assert title.isAncestorOf(again.window().focusWidget())


def test_alt_1_keeps_mine_and_alt_2_takes_theirs(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    again = both_changed(qtbot, bench, room, page, report)

    again.notice.acted.emit()
    QTest.keyClicks(again.window().focusWidget(), "or thrice ")
    assert "Yours: or thrice Twice Syncope" in again.form.note("case.title")
    press(again, Qt.Key.Key_Z, CONTROL)
    press(again, Qt.Key.Key_1, alt)
    assert again.notice.text.startswith("1 item was changed here and elsewhere")
    again.notice.acted.emit()
    race = again.form.findChild(QWidget, "patient.race")
    (button,) = (b for b in race.findChildren(Button) if b.text() == "Theirs")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert again.notice.text == ""
    assert not button.isVisible()
    assert "Saved elsewhere" not in again.form.note("patient.race")

    press(again, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)

    kept = stored(bench, report)
    assert kept.case.title == "Twice Syncope after ketamine"
    assert kept.patient.race == {Race.WHITE}
    assert kept.case.test_comments == "Fasting"
    assert kept.case.pictures is True


def test_what_was_given_back_here_takes_what_was_saved_elsewhere(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    type_text(page, "case.title", "Twice ")
    page.form.undo()
    page.form.answer("patient.race", NullFlavor.ASKU)
    settle(bench, qtbot)
    case = stored(bench, report)
    bench.app.cases.save(case, write(case, "case.title", "Fainted"))

    again = opened(qtbot, bench, a_room(qtbot, bench), report)

    assert again._work.case.case.title == "Fainted"  # noqa: SLF001
    assert again._work.conflicts == {}  # noqa: SLF001
    assert "is back" in again.notice.text


def test_a_choice_stands_also_at_the_field_that_shows_the_same_item(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    page.form.answer("happening.onset", NullFlavor.UNK)
    settle(bench, qtbot)
    case = stored(bench, report)
    theirs = write(case, "events[0].onset", PartialDate.parse("2026-11-22"))
    bench.app.cases.save(case, theirs)
    again = opened(qtbot, bench, a_room(qtbot, bench), report)

    for key, path in (("B", "happening.onset"), ("events", "events[0].onset")):
        again.form.show_page(key)
        assert "Saved elsewhere: 22-Nov-2026" in again.form.note(path), path
    again.form.go_to("events[0].onset")
    press(again, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    for key, path in (("B", "happening.onset"), ("events", "events[0].onset")):
        again.form.show_page(key)
        assert "Saved elsewhere" not in again.form.note(path), path
    assert again._work.case.events[0].onset == PartialDate.parse("2026-11-22")  # noqa: SLF001


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "no answer"),
        (frozenset(), "none of these"),
        (NullFlavor.UNK, "Unknown"),
        ("Fainted", "Fainted"),
    ],
)
def test_a_value_is_told_in_a_few_words(value: object, words: str) -> None:
    assert value_words(value) == words


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


def test_f8_leaves_out_no_finding_after_one_was_mended(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    press(page, Qt.Key.Key_F8)
    while page.ready.current.item != "A5":
        press(page, Qt.Key.Key_F8)
    before = list(page._findings)  # noqa: SLF001
    following = before[before.index(page.ready.current) + 1 :]

    page.form.answer("patient.race", NullFlavor.ASKU)
    QTest.qWait(0)
    press(page, Qt.Key.Key_F8)
    assert page.ready.current == following[0]
    press(page, Qt.Key.Key_F8)
    assert page.ready.current == following[1]


def test_f8_begins_again_after_the_last_finding_was_mended(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    card = page.ready
    findings = tuple(page._findings)  # noqa: SLF001
    press(page, Qt.Key.Key_F8)
    press(page, Qt.Key.Key_F8, SHIFT)
    assert card.current == findings[-1]

    page._on_checked(findings[:-1])  # noqa: SLF001
    press(page, Qt.Key.Key_F8)

    assert card.current == findings[0]


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
    assert page.ready.card.isHidden()


class Failing:
    """Stands before the rules that a check runs, and fails while it is told to."""

    def __init__(self) -> None:
        self.fails = True

    def __call__(self, _case: Case, _context: Context) -> Iterator[Finding]:
        if self.fails:
            raise KeyError(SENTINEL)
        return iter(())


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Add a rule with a bug to those of the program."""
    body = Failing()
    rule = Rule(code="X1", destinations=frozenset({"fda3500"}), source="test", body=body)
    monkeypatch.setattr(rules, "ALL_RULES", (*rules.ALL_RULES, rule))
    return body


def test_a_check_that_fails_says_not_checked_and_why(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report, failing: Failing
) -> None:
    page = opened(qtbot, bench, room, report)

    assert page.strip.count.text() == "Not checked"
    assert page.strip.again.isVisible()
    assert "not checked" in words_of(page.ready)
    assert "a rule stopped with an error of the program" in words_of(page.ready)
    assert SENTINEL not in words_of(page.ready)
    assert page._tabs.bar.tabText(1) == "Findings: not checked"  # noqa: SLF001
    assert "Not checked." in page.list.accessibleDescription()
    assert "ok" not in {line.mark for line in page.form.sections.lines}


def test_findings_of_before_do_not_stand_for_a_case_that_was_not_checked(
    qtbot: QtBot, bench: Bench, page: ReportPage, failing: Failing
) -> None:
    assert page.ready.card.isVisible()
    assert "flag" in {line.mark for line in page.form.sections.lines}

    type_text(page, "case.test_comments", "Fasting")
    settle(bench, qtbot)

    assert page.strip.count.text() == "Not checked"
    assert page.ready.current is None
    assert page.ready.card.isHidden()
    assert page.list.model().rowCount() == 0
    assert {line.mark for line in page.form.sections.lines} <= {"", "not_used"}


def test_try_again_checks_again_and_f8_leads_to_it(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report, failing: Failing
) -> None:
    page = opened(qtbot, bench, room, report)
    press(page, Qt.Key.Key_F8)
    assert page.strip.again.hasFocus()
    press(page, Qt.Key.Key_Space)
    assert page.strip.count.text() == "Not checked"
    assert page.strip.again.hasFocus()

    failing.fails = False
    press(page, Qt.Key.Key_Space)

    assert page.strip.count.text() == f"{len(page._findings)} findings"  # noqa: SLF001
    assert page.strip.again.isHidden()
    assert page.ready.trouble is None
    assert page.ready.card.isVisible()


def test_retry_in_the_card_checks_again(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report, failing: Failing
) -> None:
    page = opened(qtbot, bench, room, report)
    assert page.ready.trouble is not None
    failing.fails = False

    page.ready.trouble.retried.emit()

    assert page.ready.trouble is None
    assert page._findings  # noqa: SLF001 - what the service found


# --- opening where work goes on


def test_a_report_whose_assessment_is_open_begins_there(
    qtbot: QtBot, bench: Bench, room: ReportRoom
) -> None:
    page = opened(qtbot, bench, room, a_report(bench.app))
    assert page.places.current is page.assessment

    for key in ("N", "4", "1"):
        QTest.keyClicks(page.window().focusWidget(), key)

    event = page._work.case.events[0]  # noqa: SLF001
    assert event.seriousness == frozenset()
    assert event.assessed_by == "Dana Reyes"
    assert event.action_taken is ActionTaken.UNCHANGED
    assert event.outcome is Outcome.RECOVERED


# --- keys


def test_ctrl_y_does_an_undone_step_again(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    page.form.answer("patient.race", NullFlavor.ASKU)
    press(page, Qt.Key.Key_Z, CONTROL)
    assert page._work.case.patient.race is None  # noqa: SLF001

    press(page, Qt.Key.Key_Y, CONTROL)

    assert page._work.case.patient.race is NullFlavor.ASKU  # noqa: SLF001


@pytest.mark.parametrize("width", [1440, 760])
def test_ctrl_p_leads_to_the_pages(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, width: int
) -> None:
    room.resize(width, 820)
    page._on_list()  # noqa: SLF001 - the pages are behind the list now
    assert not page.preview.isVisible()

    press(page, Qt.Key.Key_P, CONTROL)

    assert page.preview.isVisible()
    assert page.preview.isAncestorOf(page.window().focusWidget())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_presses_the_main_button(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path, key: Qt.Key
) -> None:
    export_to(bench, tmp_path / "out.pdf")
    page = opened(qtbot, bench, a_room(qtbot, bench), report)
    page.form.go_to("case.narrative")

    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        press(page, key, CONTROL)


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
    settle(bench, qtbot)

    out = tmp_path / "out.pdf"
    text = "".join(p.extract_text() for p in pypdf.PdfReader(out).pages)
    assert "Fainted at once." in text
    assert "Content for Form FDA 3500 (09/2025)" in text
    assert f"out.pdf, {len(pypdf.PdfReader(out).pages)} pages" in page.export_strip.words.text()
    assert bench.app.documents.known(out) is not None


def test_a_copy_for_the_archive_holds_the_case_as_it_was_just_typed(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    export_to(bench, tmp_path / "kept.pdf")
    page = opened(qtbot, bench, a_room(qtbot, bench), report)
    type_text(page, "case.narrative", "Fainted at once. ")

    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        press(page, Qt.Key.Key_A, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle(bench, qtbot)

    inside = pypdf.PdfReader(tmp_path / "kept.pdf").attachments["case.json"][0]
    assert "Fainted at once." in json.loads(inside)["case"]["narrative"]


def test_the_case_goes_out_as_fhir_without_what_identifies(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    answers = export_to(bench, tmp_path / "case.json")
    page = opened(qtbot, bench, a_room(qtbot, bench), report)
    page.exports.ask_copy()
    # Said of the pages, not of what goes out here.
    page.findChild(CopyStrip).read.picked.emit("read")

    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        page.exports.write_fhir()
    settle(bench, qtbot)

    text = (tmp_path / "case.json").read_text(encoding="utf-8")
    assert json.loads(text)["resourceType"] == "Bundle"
    assert SENTINEL not in text
    assert answers.names == ["copy-fhir.json"]
    assert "Not in it: " in page.export_strip.words.text()
    assert "texts that nobody read" in text

    # The whole one is asked about first, and stands in the register as what it is.
    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        page.exports.ask_whole_fhir()
    settle(bench, qtbot)
    assert answers.asked[0].title == "Export with name, numbers and dates?"
    assert answers.names[1].startswith("KC-2026-000001")
    assert SENTINEL in (tmp_path / "case.json").read_text(encoding="utf-8")
    assert [line.copy for line in bench.app.register.lines()][:2] == [
        CopyKind.FULL,
        CopyKind.DEIDENTIFIED,
    ]


def test_a_folder_that_takes_no_file_is_told_in_place(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    export_to(bench, tmp_path / "missing" / "out.pdf")
    page = opened(qtbot, bench, a_room(qtbot, bench), report)

    press(page, Qt.Key.Key_E, CONTROL)
    settle(bench, qtbot)

    strip = page.export_strip
    assert "There is no such file or folder." in words_of(strip)
    # The way out is in the same place: the file goes into another folder.
    other = next(b for b in strip.findChildren(Button) if b.text() == "Other folder…")
    bench.ask.path = tmp_path / "out.pdf"  # type: ignore[attr-defined] - the tests' own answers
    with qtbot.waitSignal(strip.exported, timeout=20_000):
        other.click()
    assert bench.ask.names[-1] == "out.pdf"  # type: ignore[attr-defined]
    assert "There is no such file" not in words_of(strip)


def test_a_file_that_is_there_is_kept_unless_the_person_says_replace(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    there = tmp_path / "out.pdf"
    there.write_bytes(b"theirs")
    answers = export_to(bench, tmp_path / "out")
    answers.yes = False
    page = opened(qtbot, bench, a_room(qtbot, bench), report)

    press(page, Qt.Key.Key_E, CONTROL)
    settle(bench, qtbot)

    assert there.read_bytes() == b"theirs"
    (question,) = answers.asked
    assert "out.pdf" in question.title
    assert (question.act, question.keep) == ("Replace", "Keep")
    assert "out.pdf was kept" in words_of(page.export_strip)

    answers.yes = True
    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        press(page, Qt.Key.Key_E, CONTROL)
    settle(bench, qtbot)

    assert there.read_bytes().startswith(b"%PDF-1.")


def test_the_name_offered_holds_numbers_only() -> None:
    assert default_name("KC-2026-000031/3500/1") == "KC-2026-000031-3500-1.pdf"
    assert default_name("") == "report.pdf"


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 B"), (1000, "1 kB"), (260_400, "260 kB"), (3_000_000, "3 MB")]
)
def test_sizes_read_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words


# --- the whole place


def test_a_report_on_cioms_is_typed_on_the_voluntary_form_and_shown_on_its_own(
    qtbot: QtBot, bench: Bench, report: Report, tmp_path: Path
) -> None:
    other = bench.app.report_forms.open(report.case_id, "cioms1")
    export_to(bench, tmp_path / "cioms.pdf")
    page = opened(qtbot, bench, a_room(qtbot, bench), other)
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)
    assert page.form.findChild(QWidget, "case.narrative") is not None
    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        press(page, Qt.Key.Key_E, CONTROL)
    text = "".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "cioms.pdf").pages)
    assert "Content of the CIOMS I form" in text


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


def test_a_press_on_a_box_of_a_page_puts_the_cursor_into_its_field(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)
    sheets = page.preview.findChild(Sheets)
    for path in ("filer.last_name", "suspects[0].lot.number", "happening.seriousness"):
        place = next(p for p in sheets.places if p.path == path)
        spot = sheets.place_rect(place).topLeft().toPoint() + QPoint(2, 2)
        qtbot.mouseClick(sheets, Qt.MouseButton.LeftButton, pos=spot)

        field = page.form.findChild(QWidget, path)
        assert field.isAncestorOf(page.window().focusWidget()), path
        assert sheets.is_marked(path)


def test_the_field_of_a_record_marks_the_box_that_shows_it(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    sheets = page.preview.findChild(Sheets)

    page.form.go_to("events[0].onset")

    assert sheets.is_marked("happening.onset")
    assert not sheets.is_marked("happening.seriousness")


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
    qtbot.waitUntil(lambda: not page.form.isVisible())

    press(page, Qt.Key.Key_F8)
    assert page.assessment.isVisible(), "a serious event without an opinion on its cause"
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
    settle(bench, qtbot)

    assert bench.app.drafts.scopes() == [report_scope(report.id)]

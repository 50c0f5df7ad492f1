"""The narrative on the screen of a real clinic: made, marked, settled and undone by keys."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.case import Case
from aeapp.domain.records import Report
from forms.narrative.edit import Look
from forms.narrative.field import NarrativeField
from forms.narrative.places import Places
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from forms.report_work import Delays
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.guards import SENTINEL
from tests.helpers.report_case import NARRATIVE, a_report, a_serious_report
from tests.helpers.report_room import settle

NO_WAIT = Delays(pause=0, longest=0, preview=0)
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def report(bench: Bench) -> Report:
    return a_report(bench.app)


def opened(qtbot: QtBot, bench: Bench, report: Report) -> ReportPage:
    room = ReportRoom(bench.desk(), delays=NO_WAIT)
    qtbot.addWidget(room)
    bench.room_of_test = room  # type: ignore[attr-defined]  # Python alone keeps it alive
    room.resize(1440, 900)
    room.show()
    qtbot.waitExposed(room)
    room.activateWindow()
    settle(bench, qtbot)
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    settle(bench, qtbot)
    assert room.page is not None
    room.page.places.show_part(room.page._form_place)  # noqa: SLF001 - the form is on top
    room.page.form.go_to("case.narrative")
    return room.page


@pytest.fixture
def page(qtbot: QtBot, bench: Bench, report: Report) -> ReportPage:
    return opened(qtbot, bench, report)


def field_of(page: ReportPage) -> NarrativeField:
    field = page.form.findChild(NarrativeField, "case.narrative")
    assert isinstance(field, NarrativeField)
    return field


def case_of(page: ReportPage) -> Case:
    return page._editor.model  # noqa: SLF001 - what the page edits


def press(page: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
    QTest.keyClick(page.window().focusWidget() or page, key, modifier)


def text_of(page: ReportPage) -> str:
    return field_of(page)._edit.toPlainText()  # noqa: SLF001 - what is on the screen


def looks(page: ReportPage) -> list[tuple[str, Look]]:
    edit = field_of(page)._edit  # noqa: SLF001 - what is on the screen
    marks = edit._marker.marks  # noqa: SLF001 - what is on the screen
    text = edit.toPlainText()
    return [(text[m.begin : m.end], m.look) for m in marks]


def put_at(page: ReportPage, words: str) -> None:
    edit = field_of(page)._edit  # noqa: SLF001 - what is on the screen
    edit.put_cursor(edit.toPlainText().index(words) + 2)


def test_one_key_makes_the_narrative_and_undo_takes_it_back(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    press(page, Key.Key_D)
    settle(bench, qtbot)

    assert "“Syncope” began on 23-Nov-2026 at 14:32, 42 min after" in text_of(page)
    assert case_of(page).case.narrative == text_of(page)
    assert {look for _t, look in looks(page)} == {Look.MADE}
    press(page, Key.Key_Z, CONTROL)
    assert text_of(page) == ""
    press(page, Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert "“Syncope” began" in text_of(page)
    press(page, Key.Key_S, CONTROL)
    settle(bench, qtbot)
    stored = bench.app.cases.gather(report.case_id, report.id)
    assert stored.case.sentences == case_of(page).case.sentences
    assert not any(s.written_by for s in stored.case.sentences)


def test_what_is_typed_is_by_hand_and_gets_a_name_when_it_is_stored(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    press(page, Key.Key_D)
    put_at(page, "“Syncope” began")
    QTest.keyClicks(page.window().focusWidget(), "Suddenly ")
    hand = [text for text, look in looks(page) if look is Look.HAND]
    assert len(hand) == 1
    assert "Suddenly " in hand[0]
    assert "1 by hand" in field_of(page)._counts.text()  # noqa: SLF001 - what is on the screen
    press(page, Key.Key_S, CONTROL)
    settle(bench, qtbot)
    stored = bench.app.cases.gather(report.case_id, report.id)
    who = bench.app.who.name
    assert [s.written_by for s in stored.case.sentences if s.is_by_hand] == [who]
    put_at(page, "Suddenly")
    assert who in field_of(page).dock.accessibleName()


def test_a_changed_source_is_settled_by_keys(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    press(page, Key.Key_D)
    before = text_of(page)
    page._editor.set("administrations[0].dose", Decimal("38.5"))  # noqa: SLF001 - another field
    settle(bench, qtbot)
    field = field_of(page)
    assert [look for _t, look in looks(page)].count(Look.STALE) == 1
    assert "Dose: 38.5" in field.stale_bar.text
    assert field._stale.text() == "1 stale"  # noqa: SLF001 - what is on the screen
    assert "NR1" in {f.code for f in page._findings}  # noqa: SLF001 - what is on the screen
    press(page, Key.Key_K)
    settle(bench, qtbot)
    assert field.stale_bar.text == ""
    assert text_of(page) == before
    assert "NR1" not in {f.code for f in page._findings}  # noqa: SLF001 - what is on the screen
    press(page, Key.Key_Z, CONTROL)
    press(page, Key.Key_U)
    assert "38.5 mg was given" in text_of(page)
    assert field.stale_bar.text == ""


def test_the_cursor_shows_the_sources_and_a_key_goes_to_one(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    press(page, Key.Key_D)
    put_at(page, "The patient is")
    field = field_of(page)
    assert field.dock.isVisibleTo(page)
    assert any("Male" in link.text() for link in field.dock.links)
    press(page, Key.Key_J)
    plain = Qt.KeyboardModifier.NoModifier
    first = page.window().focusWidget()
    assert first is field.dock.links[0]
    press(page, Key.Key_Right, plain)
    assert page.window().focusWidget() is field.dock.links[1]
    press(page, Key.Key_Escape, plain)
    assert page.window().focusWidget() is field._edit  # noqa: SLF001 - where it came from
    press(page, Key.Key_J)
    press(page, Key.Key_Return, plain)
    assert page.form.current == "A"
    page.form.go_to("case.narrative")
    edit = field._edit  # noqa: SLF001 - what is on the screen
    edit.looked_at.emit(text_of(page).index("“Syncope” began") + 3)
    assert "Onset" in " ".join(link.text() for link in field.dock.links)
    edit.looked_at.emit(-1)
    QTest.mouseMove(edit.viewport(), QPoint(40, 12))


def test_a_typed_narrative_stays_and_the_draft_comes_behind(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench, a_serious_report(bench.app))
    press(page, Key.Key_D)
    assert text_of(page).startswith(NARRATIVE + "\n\nThe patient")
    assert looks(page)[0] == (NARRATIVE, Look.HAND)


def test_a_sentence_left_out_is_brought_back(qtbot: QtBot, bench: Bench, page: ReportPage) -> None:
    press(page, Key.Key_D)
    field = field_of(page)
    assert not field.back.isVisibleTo(page)
    text = text_of(page)
    end = text.index(". ") + 2
    edit = field._edit  # noqa: SLF001 - what is on the screen
    cursor = edit.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    press(page, Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert "1 left out" in field._counts.text()  # noqa: SLF001 - what is on the screen
    press(page, Key.Key_B)
    assert text_of(page) == text


def test_a_name_is_marked_and_left_in_with_a_reason(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    QTest.keyClicks(page.window().focusWidget(), "Sample fell.")
    settle(bench, qtbot)
    field = field_of(page)
    assert ("Sample", Look.TELLS) in looks(page)
    assert "name at character 1" in field.tells_bar.text
    press(page, Key.Key_I)
    assert field.why.isVisibleTo(page)
    press(page, Key.Key_1, Qt.KeyboardModifier.NoModifier)
    settle(bench, qtbot)
    (answer,) = case_of(page).case.left_in
    assert (answer.reason, answer.by) == ("An ordinary word here", bench.app.who.name)
    assert SENTINEL not in repr(answer)
    assert field.tells_bar.text == ""
    assert "NR3" not in {f.code for f in page._findings}  # noqa: SLF001 - what is on the screen


def test_a_read_only_narrative_offers_nothing(page: ReportPage) -> None:
    press(page, Key.Key_D)
    page._editor.set("administrations[0].dose", Decimal(1))  # noqa: SLF001 - another field
    field = field_of(page)
    field.set_read_only(True)
    assert not field.make.isVisibleTo(page)
    assert field.stale_bar.text == ""


def test_every_part_has_a_name(page: ReportPage) -> None:
    press(page, Key.Key_D)
    page._editor.set("administrations[0].dose", Decimal(1))  # noqa: SLF001 - another field
    QTest.keyClicks(page.window().focusWidget(), "Sample fell. ")
    assert_accessible(field_of(page))


@pytest.mark.parametrize(
    ("text", "shown", "place", "in_qt"),
    [("abc", "abc", 2, 2), ("a😀b", "a😀b", 2, 3), ("a😀b", " a😀b", 2, 4), ("😀", "😀", 0, 0)],
)
def test_places_are_counted_as_qt_does(text: str, shown: str, place: int, in_qt: int) -> None:
    places = Places(text, shown)
    assert places.to_qt(place) == in_qt
    assert places.of_qt(in_qt) == place

"""Pages follow the case a moment later, keep their place, and say what went wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from aeapp.domain.case import Case, settle
from aeapp.domain.records import CaseFile
from aeapp.kernel.errors import KnownError
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, Place
from forms.errors import ErrorCard
from forms.jobs import JobRunner
from forms.preview import DELAY_MS, PagePreview
from forms.sheets import GAP, Sheets
from forms.theme import LIGHT
from tests.helpers.accessibility import assert_accessible

PLACES = (
    Place("case.narrative", 0, 0.1, 0.1, 0.8, 0.5),
    Place("case.title", 0, 0.2, 0.2, 0.2, 0.05),
    Place("patient.code", 1, 0.5, 0.1, 0.3, 0.1),
)


class Press:
    """Draws pages in one colour; the title of the case is the content."""

    def __init__(self, pages: int = 5) -> None:
        self.count_of_pages = pages
        self.rendered: list[str] = []
        self.pictured: list[int] = []
        self.broken = False
        self.gate = threading.Event()
        self.gate.set()

    def render(self, case: Case, progress: Progress) -> Document:
        self.gate.wait(60)
        progress.step(0, 1, "")
        if self.broken:
            raise KnownError("The font is missing.", remedy="Install it.")
        self.rendered.append(case.case.title or "")
        return Document((case.case.title or "").encode(), self.count_of_pages, (), PLACES)

    def count(self, content: bytes) -> int:
        return self.count_of_pages

    def picture(self, content: bytes, page: int, dpi: int) -> bytes:
        self.pictured.append(page)
        image = QImage(85, 110, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())


@pytest.fixture
def runner(qapp: object) -> Iterator[JobRunner]:
    made = JobRunner(2)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def preview(qtbot: QtBot, press: Press, runner: JobRunner) -> PagePreview:
    made = PagePreview(press.render, press, runner, delay_ms=0)
    qtbot.addWidget(made)
    made.resize(360, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def titled(title: str) -> Case:
    return settle(replace(Case(), case=CaseFile(title=title)))


def show(qtbot: QtBot, preview: PagePreview, case: Case) -> None:
    with qtbot.waitSignal(preview.drawn):
        preview.show_case(case)


def test_the_pages_follow_300_ms_after_the_last_change() -> None:
    assert DELAY_MS == 300


def test_the_pages_in_view_are_drawn_and_counted(qtbot, preview, press) -> None:
    show(qtbot, preview, titled("one"))

    assert preview.pages == 5
    assert preview.picture(0) is not None
    assert press.pictured == [0, 1]
    assert "Page 1 of 5" in preview.findChild(QScrollArea).accessibleName()


def box(preview: PagePreview, path: str) -> QRect:
    sheets = preview.findChild(Sheets)
    place = next(place for place in sheets.places if place.path == path)
    rect = sheets.place_rect(place).toRect()
    return QRect(sheets.mapTo(preview, rect.topLeft()), rect.size())


def test_a_press_on_a_box_names_its_item(qtbot, preview) -> None:
    show(qtbot, preview, titled("one"))
    picked: list[str] = []
    preview.picked.connect(picked.append)
    sheets = preview.findChild(Sheets)

    for path in ("case.title", "case.narrative"):
        spot = sheets.mapFrom(preview, box(preview, path).topLeft()) + QPoint(3, 3)
        qtbot.mouseClick(sheets, Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseClick(sheets, Qt.MouseButton.RightButton, pos=spot)
    qtbot.mouseClick(sheets, Qt.MouseButton.LeftButton, pos=QPoint(GAP + 2, GAP + 2))
    qtbot.mouseClick(sheets, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))

    assert picked == ["case.title", "case.narrative"]


def test_the_box_of_a_field_has_a_frame_on_the_screen_only(qtbot, preview, press) -> None:
    show(qtbot, preview, titled("one"))
    teal, edge = LIGHT.color("focus"), box(preview, "case.title").topLeft() - QPoint(2, 0)
    below = QPoint(0, 4)
    assert preview.grab().toImage().pixelColor(edge + below) != teal
    drawn = len(press.pictured)

    preview.mark(lambda path: path == "case.title")

    assert preview.grab().toImage().pixelColor(edge + below) == teal
    narrative = box(preview, "case.narrative").topLeft() - QPoint(2, 0)
    assert preview.grab().toImage().pixelColor(narrative + below) != teal
    assert len(press.pictured) == drawn


def test_changes_close_together_are_drawn_once(qtbot, preview, press) -> None:
    with qtbot.waitSignal(preview.drawn):
        for title in ("a", "ab", "abc"):
            preview.show_case(titled(title))

    assert press.rendered == ["abc"]


def test_a_change_during_drawing_gives_up_the_older_pages(qtbot, preview, press) -> None:
    press.gate.clear()
    preview.show_case(titled("old"))
    qtbot.waitUntil(lambda: preview._job is not None)  # noqa: SLF001 - it is drawing now
    preview.show_case(titled("new"))
    QTest.qWait(0)

    with qtbot.waitSignal(preview.drawn):
        press.gate.set()

    assert press.rendered == ["new"]


def test_a_new_drawing_keeps_the_place_that_is_looked_at(qtbot, preview, press) -> None:
    show(qtbot, preview, titled("one"))
    with qtbot.waitSignal(preview.drawn):
        preview.turn(1)
        preview.turn(1)
    place = preview.findChild(QScrollArea).verticalScrollBar().value()
    assert preview.page == 2

    show(qtbot, preview, titled("two"))

    assert preview.findChild(QScrollArea).verticalScrollBar().value() == place
    assert preview.page == 2
    assert preview.picture(2) is not None


def test_a_page_that_comes_into_view_is_drawn_then(qtbot, preview, press) -> None:
    show(qtbot, preview, titled("one"))
    assert preview.picture(4) is None

    with qtbot.waitSignal(preview.drawn):
        for _ in range(4):
            preview.turn(1)

    qtbot.waitUntil(lambda: preview.picture(4) is not None)
    assert press.rendered == ["one"]


def test_arrows_turn_the_pages(qtbot, preview) -> None:
    show(qtbot, preview, titled("one"))
    scroll = preview.findChild(QScrollArea)

    QTest.keyClick(scroll, Qt.Key.Key_Right)
    assert preview.page == 1
    QTest.keyClick(scroll, Qt.Key.Key_Left)
    assert preview.page == 0


def test_a_failure_is_told_in_place_and_can_be_tried_again(qtbot, preview, press) -> None:
    show(qtbot, preview, titled("one"))
    press.broken = True
    preview.show_case(titled("two"))
    qtbot.waitUntil(lambda: preview.findChild(ErrorCard) is not None)
    assert preview.picture(0) is not None

    press.broken = False
    with qtbot.waitSignal(preview.drawn):
        preview.findChild(ErrorCard).retried.emit()

    assert press.rendered == ["one", "two"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert preview.findChild(ErrorCard) is None


def test_pages_that_nobody_sees_are_not_drawn(qtbot, press, runner) -> None:
    hidden = PagePreview(press.render, press, runner, delay_ms=0)
    qtbot.addWidget(hidden)
    hidden.show_case(titled("one"))
    QTest.qWait(0)
    assert press.rendered == []

    hidden.resize(300, 300)
    with qtbot.waitSignal(hidden.drawn):
        hidden.show()

    assert press.rendered == ["one"]


def test_fewer_pages_than_before_leave_no_page_behind(qtbot, preview, press) -> None:
    show(qtbot, preview, titled("one"))
    preview.turn(1)
    press.count_of_pages = 1

    preview.show_case(titled("two"))

    qtbot.waitUntil(lambda: preview.pages == 1)
    assert preview.page == 0
    assert preview.picture(0) is not None


def test_it_is_accessible(qtbot, preview) -> None:
    show(qtbot, preview, titled("one"))

    assert_accessible(preview)

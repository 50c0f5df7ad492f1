"""A copy that leaves something out is chosen, looked at and written by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.codelists.lifecycle import Purpose
from aeapp.domain.copies import CopyKind
from forms.dialogs.export import ExportStrip
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.sheets import Sheets
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import a_serious_report


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def say_for_whom(qtbot: QtBot, bench: Bench, strip: ExportStrip) -> None:
    """Tell the register by one key for whom the file is that was just written."""
    assert_accessible(strip)
    assert bench.app.register.lines()[0].is_open
    strip.given.chips.buttons[0].setFocus()
    QTest.keyClick(strip.given.chips.buttons[0], Qt.Key.Key_2)
    bench.settle(qtbot)
    line = bench.app.register.lines()[0]
    assert (line.recipient, line.purpose) == (Destination.MANUFACTURER, Purpose.PUBLIC_HEALTH)


def test_a_copy_is_shown_before_it_is_written_and_left_by_escape(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    report = a_serious_report(bench.app)
    bench.ask = answers = Answers(path=tmp_path / "copy.pdf")
    room = ReportRoom(bench.desk(), delays=Delays(pause=0, longest=0, preview=0))
    qtbot.addWidget(room)
    room.resize(1440, 820)
    room.show()
    qtbot.waitActive(room).__enter__()
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    bench.settle(qtbot)
    page = room.page
    assert page is not None
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)

    with qtbot.waitSignal(page.preview.drawn, timeout=20_000):
        page.exports.ask_copy()
    assert_accessible(page.copy_strip)
    assert page.copy_strip.wish.copy is CopyKind.DEIDENTIFIED
    with qtbot.waitSignal(page.preview.drawn, timeout=20_000):
        QTest.keyClick(room.focusWidget(), Qt.Key.Key_R)
    assert page.copy_strip.wish.texts_read
    with qtbot.waitSignal(page.export_strip.exported, timeout=20_000):
        QTest.keyClick(room.focusWidget(), Qt.Key.Key_Return)

    # Esc is the whole report again: no page of the copy stays, not even until the others are drawn.
    assert page.preview.picture(0) is not None
    # Who reads a copy has the whole height for it.
    assert not page.ready.isVisible()
    say_for_whom(qtbot, bench, page.export_strip)
    page.copy_strip.setFocus()
    QTest.keyClick(page.copy_strip, Qt.Key.Key_Escape)
    assert page.preview.picture(0) is None
    shown = {place.path for place in page.preview.findChild(Sheets).places}
    assert "patient.code" not in shown
    qtbot.waitUntil(lambda: page.preview.picture(0) is not None, timeout=20_000)

    text = "".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "copy.pdf").pages)
    assert "De-identified copy, Safe Harbor list removed; free texts read by" in text
    assert (report.number or "-") not in text
    assert answers.names == ["copy-deidentified.pdf"]
    with qtbot.waitSignal(page.preview.drawn, timeout=20_000):
        QTest.keyClick(page.copy_strip, Qt.Key.Key_M)
    assert page.copy_strip.wish.copy is CopyKind.MAKER
    with qtbot.waitSignal(page.preview.drawn, timeout=20_000):
        QTest.keyClick(page.copy_strip, Qt.Key.Key_Escape)
    assert (page.copy_strip.isVisible(), page.copy_strip.wish.copy) == (False, CopyKind.FULL)
    assert page.ready.isVisible()

    # One question at a time: another one ends this one.
    page.exports.ask_copy()
    page.asides.ask(page._findings[0])  # noqa: SLF001 - one that stands
    assert (page.copy_strip.isVisible(), page.aside_strip.isVisible()) == (False, True)
    page.exports.ask_copy()
    assert (page.copy_strip.isVisible(), page.aside_strip.isVisible()) == (True, False)

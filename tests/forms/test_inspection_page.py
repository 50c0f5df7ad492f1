"""The inspection pack is chosen by a letter or two days, looked at, and written by keys."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.inspection import Period, Span
from aeapp.services.copying import WHOLE, Wish
from forms.clinic_place import ClinicPlace
from tests.exports.reading import page_texts
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Keyboard, open_bench
from tests.helpers.report_case import a_serious_report

ENTER = Qt.Key.Key_Return


def test_a_period_is_chosen_seen_and_written_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path)
    a_serious_report(bench.app)
    out = tmp_path / "pack.pdf"
    bench.ask = Answers(path=out)
    place = ClinicPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1300, 900)
    place.show()
    with qtbot.waitActive(place):
        place.activateWindow()
    bench.settle(qtbot)
    place.show_inspection()
    page, keys = place.inspection, Keyboard()
    assert page.bar.since.text() == "01-Jul-2026"
    with qtbot.waitSignal(page.preview.drawn, timeout=20_000):
        keys.press(place, "q")
    assert page.bar.since.text() == "01-Oct-2026"
    assert page.preview.pages == 1
    assert_accessible(place)
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert out.is_file()
    assert "pack.pdf, 1 page" in page.strip.words.text()
    # A copy that leaves something out is shown before it is written; Esc goes back to the whole.
    page.copies.click()
    assert page.copy_strip.isVisible()
    assert page.copy_strip.wish == Wish(copy=CopyKind.DEIDENTIFIED)
    assert_accessible(place)
    bench.settle(qtbot)
    page.strip._ask = Answers(path=tmp_path / "copy.pdf")  # noqa: SLF001 - another file
    page.copy_strip.write.click()
    bench.settle(qtbot)
    assert "De-identified copy" in page_texts((tmp_path / "copy.pdf").read_bytes())[0]
    QTest.keyClick(page.copy_strip, Qt.Key.Key_Escape)
    assert page.copy_strip.wish == WHOLE
    # Two days are a period too; days that make none are said and nothing is asked.
    page.bar.until.setText("2025-01-01")
    page.bar.until.setFocus()
    QTest.keyClick(page.bar.until, ENTER)
    assert page.bar.wrong.text() == "The period ends before it begins."
    assert page.bar.period == Span.THIS_QUARTER.period(dt.date(2026, 11, 23))
    page.bar.since.setText("2025")
    QTest.keyClick(page.bar.since, ENTER)
    assert page.bar.period == Period(dt.date(2025, 1, 1), dt.date(2025, 1, 1))
    bench.settle(qtbot)
    bench.close()

"""Many reports written from the list, and the register that tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.lifecycle import Purpose
from aeapp.services.batch import Order
from aeapp.services.pages import Copy
from forms.clinic.register import what_words
from forms.clinic_place import ClinicPlace
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.widgets.why import Why
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import a_report

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_the_reports_of_the_list_are_written_and_the_register_asks_what_for(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    for word in ("Nausea", "Syncope"):
        a_report(bench.app, verbatim=word)
    folder = tmp_path / "out"
    folder.mkdir()
    bench.ask = Answers(path=folder)
    room = ReportRoom(bench.desk(), delays=Delays(pause=0, longest=0, preview=0))
    qtbot.addWidget(room)
    room.resize(1300, 800)
    room.show()
    qtbot.waitActive(room).__enter__()
    bench.settle(qtbot)
    strip = room.worklist.strip
    QTest.keyClick(room, Qt.Key.Key_E, CONTROL | SHIFT)
    assert strip.question.isVisible()
    assert_accessible(strip)
    # Keys alone: 2 is the archive, Esc writes nothing, and Enter goes on with what is chosen.
    QTest.keyClick(strip.question, Qt.Key.Key_2)
    assert strip.question.order.file is Copy.ARCHIVE
    QTest.keyClick(strip.question, Qt.Key.Key_Escape)
    assert not strip.question.isVisible()
    QTest.keyClick(room, Qt.Key.Key_E, CONTROL | SHIFT)
    assert strip.question.order == Order()
    with qtbot.waitSignal(strip.ended, timeout=30_000):
        QTest.keyClick(strip.question, Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert len(list(folder.glob("KC-*.pdf"))) == 2
    assert "2 of 2 reports written to out" in room.worklist.strip.words.text()

    place = ClinicPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1300, 900)
    place.show()
    place.show_page("register")
    qtbot.waitActive(place).__enter__()
    bench.settle(qtbot)
    page = place.pages["register"]
    assert page.model.rowCount() == 2
    told = [page.model.index(0, n).data() for n in (2, 4, 6)]
    digest = bench.app.register.lines()[0].sha256
    assert told == ["Form FDA 3500", "what for?", digest]
    kinds = ("fda3500a-2025-09-official", "rems-archive", "lot", "unheard-of")
    assert [what_words(kind) for kind in kinds] == [
        "official Form FDA 3500A",
        "Content for the REMS, archive",
        "Lot record",
        "unheard-of",
    ]
    assert_accessible(page)
    page.form.fields["purpose"].chosen.emit(Purpose.PUBLIC_HEALTH)
    page.form.save()
    page.form.why.picked.emit(next(iter(Why)))
    bench.settle(qtbot)
    assert page.model.index(0, 4).data() == "in the accounting"
    assert bench.app.register.lines()[0].is_accounted

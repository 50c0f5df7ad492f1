"""The REMS page is read by keys where it is longer than the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Channel, Destination, SessionEnd, SessionRoute
from aeapp.domain.codelists.session import MedicineClass
from aeapp.services.planning import Wanted
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def around(widget: QWidget | None) -> QScrollArea:
    while not isinstance(widget, QScrollArea):
        assert widget is not None
        widget = widget.parentWidget()
    return widget


def test_a_page_longer_than_the_window_begins_at_its_top_and_scrolls_by_keys(
    qtbot: QtBot, bench: Bench
) -> None:
    wanted = Wanted(route=SessionRoute.NASAL)
    session = bench.app.planning.begin(a_patient(bench.app).id, wanted)
    place = open_room(qtbot, bench, session.id)
    place.resize(1100, 500)
    place.ask("rems")
    page = place.parts["rems"]
    qtbot.waitUntil(page.complete.hasFocus)
    for key in (Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_1):
        Keyboard().press(place, key)
        bench.settle(qtbot)
    stored = bench.app.sessions.by_number(session.number or "")
    assert stored.medicine_classes == frozenset({MedicineClass.STIMULANT})
    assert [box.isChecked() for box in page.classes] == [False, False, False, False, True, False]
    area = around(page)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    def is_in_sight() -> bool:
        return page.complete.visibleRegion().boundingRect().height() == page.complete.height()

    qtbot.waitUntil(is_in_sight)
    # The content comes a moment later than its frame.
    qtbot.waitUntil(lambda: bar.maximum() > bar.value())
    before = bar.value()
    Keyboard().press(place, Qt.Key.Key_PageDown)
    assert bar.value() > before
    Keyboard().press(place, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    Keyboard().press(place, Qt.Key.Key_Home)
    assert bar.value() == bar.minimum()


def test_a_completed_form_is_recorded_as_sent_by_keys(qtbot: QtBot, bench: Bench) -> None:
    app = bench.app
    session = app.planning.begin(a_patient(app).id, Wanted(route=SessionRoute.NASAL))
    app.sessions.end(session, SessionEnd.AGAINST_ADVICE, "left")
    app.endings.complete_rems(session.id)
    place = open_room(qtbot, bench, session.id)
    place.ask("rems")
    page = place.parts["rems"]
    assert page.record.hasFocus()
    assert "send it, then record the sending" in page.note.text
    assert not page.form.to.isVisible()

    keys = Keyboard()
    # What is taken at the time may be answered as long as nothing was sent.
    assert "Not asked: Benzodiazepines" in page.note.text
    keys.press(place, "0")
    bench.settle(qtbot)
    assert app.sessions.room(session.id).session.medicine_classes == frozenset()
    assert "Not asked" not in page.note.text
    keys.press(place, "s", Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert page.form.person.hasFocus()
    keys.press(place, "Ms Lee", Qt.Key.Key_Tab, Qt.Key.Key_Tab, "n", Qt.Key.Key_Return)
    if not page.form.isHidden():
        keys.press(place, Qt.Key.Key_Return)
    bench.settle(qtbot)

    (line,) = app.sessions.room(session.id).sendings
    assert (line.channel, line.person, line.destination) == (
        Channel.FAX,
        "Ms Lee",
        Destination.REMS,
    )
    assert "by fax, Ms Lee" in page.note.text
    assert not page.record.isVisible()
    assert app.rems.waiting() == ()
    keys.press(place, "1")
    bench.settle(qtbot)
    assert app.sessions.room(session.id).session.medicine_classes == frozenset()

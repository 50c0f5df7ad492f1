"""The form of those who owe a report in the window: reached by the destination, filled, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from aeapp.domain.destinations import FACILITY
from aeapp.services.report_forms import FDA3500A
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_room import open_report_room, settle


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> ReportRoom:
    """Return the place with a report that was opened and checked."""
    return open_report_room(qtbot, bench)


def open_on_3500a(qtbot: QtBot, bench: Bench, room: ReportRoom) -> ReportPage:
    before = room.page
    assert before is not None
    before.head.destination.chosen.emit(FACILITY)
    assert "the pages are those of Form FDA 3500 (09/2025)" in before.other_form.text
    with qtbot.waitSignal(room.shown):
        before.other_form.act.click()
    settle(bench, qtbot)
    assert room.page is not None
    assert room.page is not before
    return room.page


def test_the_destination_leads_to_its_form_with_its_own_parts(
    qtbot: QtBot, bench: Bench, room: ReportRoom
) -> None:
    page = open_on_3500a(qtbot, bench, room)
    report = page._work.case.report  # noqa: SLF001 - what the page is about
    assert (report.form, report.facility_number) == (FDA3500A, "0000000000-2026-0001")
    assert "3500A (09/2025)" in page.head._facts.text()  # noqa: SLF001 - as it shows it
    keys = [plan.key for plan in page.form.pages]
    assert keys == ["A", "B", "C1", "C9", "D", "E", "F", "events", "case", "message"]
    assert page.other_form.text == ""
    assert_accessible(page)

    # A finding about the device leads to section D of this form, not to E of the other one.
    device = next(f for f in page._findings if f.code == "UF1")  # noqa: SLF001 - as it shows them
    page.go_to(device)
    assert page.form.current == "D"
    page.form.answer("case.device.brand", "Invented Infusion Pump 3000")
    page.form.answer("case.device.age_years", page._editor.value("subject.weight"))  # noqa: SLF001
    settle(bench, qtbot)
    assert "UF1" not in {f.code for f in page._findings}  # noqa: SLF001

    # A further device has a page of its own behind the first one.
    page.form.show_page("D")
    page.form._built["D"].adds["+device"].click()  # noqa: SLF001 - the button of the page
    settle(bench, qtbot)
    keys = [plan.key for plan in page.form.pages]
    assert keys[keys.index("D") : keys.index("E")] == ["D", "D-2"]
    assert page.form.current == "D-2"
    page.form.answer("case.further_devices[0].brand", "Second Invented Pump")
    settle(bench, qtbot)
    assert "UF5" in {f.code for f in page._findings if "further" in f.path}  # noqa: SLF001
    assert_accessible(page)

    page.form.show_page("F")
    assert page.form.go_to("facility.number")
    number = page.form.field_at("report.facility_number")
    assert number == "facility.number"
    # Choosing what the form is for already offers nothing.
    page.head.destination.chosen.emit(FACILITY)
    assert page.other_form.text == ""

"""Letters of twice the size in a window of 1,100 by 800: nothing is cut, every page is reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.records import Lot, Product
from forms.application import Program
from forms.first_run import FirstRunPage
from forms.jobs import JobRunner
from forms.theme import Theme, px
from forms.widgets.buttons import Button
from forms.widgets.head_row import HeadRow
from forms.widgets.labels import label
from tests.helpers.asking import Answers
from tests.helpers.cutting import cut_off
from tests.helpers.desk import a_patient
from tests.helpers.program import log_in, settle
from tests.helpers.report_case import a_serious_report


@pytest.fixture
def large(program: Program, qtbot: QtBot, theme: Theme) -> Program:
    """Return the program with a report, a patient and a lot, seen with large letters."""
    log_in(qtbot, program)
    app = program.app
    assert app is not None
    a_patient(app)
    a_serious_report(app)
    theme.set_percent(200)
    program.shell.resize(1100, 800)
    return program


def shown(program: Program, qtbot: QtBot) -> QWidget:
    for _turn in range(2):
        settle(qtbot, program)
        QTest.qWait(20)
    place = program.shell.place(program.shell.current_place)
    assert isinstance(place, QWidget)
    return place


@pytest.mark.parametrize("key", ["patients", "reports", "outcomes", "library"])
def test_no_words_of_a_place_are_cut(large: Program, qtbot: QtBot, key: str) -> None:
    large.shell.show_place(key)
    assert cut_off(shown(large, qtbot)) == []


def test_no_page_of_the_clinic_is_wider_than_the_window(large: Program, qtbot: QtBot) -> None:
    place = large.shell.show_place("clinic")
    found = {}
    for line in place.list.lines:
        place.show_page(line.key)
        found[line.key] = cut_off(shown(large, qtbot))
    assert {key: cut for key, cut in found.items() if cut} == {}
    assert {"limits", "inspection", "whole"} <= found.keys()


def test_the_limits_say_which_is_which_also_where_they_have_little_room(
    large: Program, qtbot: QtBot
) -> None:
    large.shell.show_place("clinic")
    shown(large, qtbot)
    table = large.shell.place("clinic").pages["limits"].table
    assert not table.isColumnHidden(1)
    edge = table.columnViewportPosition(1) + table.columnWidth(1)
    assert edge <= table.viewport().width()


def test_a_report_shows_all_of_its_head(large: Program, qtbot: QtBot) -> None:
    app, place = large.app, large.shell.show_place("reports")
    assert app is not None
    settle(qtbot, large)
    with qtbot.waitSignal(place.shown):
        place.open_report(app.cases.report_ids("")[0])
    page = shown(large, qtbot).page
    assert cut_off(page.head) == []
    assert page.head.export.isVisible()
    # The next step has no room there, and stands on the page of versions.
    page.show_versions()
    shown(large, qtbot)
    words = page.head.step.text()
    assert words in {one.text() for one in page.versions.findChildren(Button) if one.isVisible()}


def test_the_page_of_a_lot_and_the_chart_of_a_patient_are_more_than_a_slit(
    large: Program, qtbot: QtBot
) -> None:
    app = large.app
    assert app is not None
    product = app.stock.save(Product(name="Ketamine HCl", strength="50"))
    lot = app.stock.save(Lot(product_id=product.id, number="KT6B0417"))
    library = large.shell.show_place("library")
    library.open_lot(lot.id)
    shown(large, qtbot)
    assert library.lot_page.isVisible()
    assert library._pages.height() >= px(300)  # noqa: SLF001 - the stack has no name of its own
    patients = large.shell.show_place("patients")
    patients.open_patient(app.patients.ids("")[0])
    shown(large, qtbot)
    assert patients.card.height() >= px(300)


def test_a_new_clinic_is_asked_for_within_the_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    theme.set_percent(200)
    runner = JobRunner(1)
    page = FirstRunPage(Answers(), runner, tmp_path, lambda *_told: None)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    QTest.qWait(20)
    assert cut_off(page) == []
    runner.close()


def test_buttons_of_a_head_go_below_its_words_where_both_do_not_fit(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told, act = label("2 reports"), Button("Export all")
    head = HeadRow((label("Reports", "heading"), told), (act,), window)
    window.resize(900, 200)
    head.resize(900, 60)
    window.show()
    lines = [head.is_one_line]
    head.resize(200, 60)
    lines.append(head.is_one_line)
    head.resize(500, 60)
    lines.append(head.is_one_line)
    told.setText("a sentence that takes far more room than there is beside the button here" * 2)
    qtbot.waitUntil(lambda: not head.is_one_line)
    assert lines == [True, False, True]


def test_one_patient_is_counted_as_one(large: Program, qtbot: QtBot) -> None:
    patients = large.shell.show_place("patients")
    patients.search.setText("P-0412")
    patients.search.textEdited.emit("P-0412")
    qtbot.waitUntil(lambda: patients._count.text() == "1 patient")  # noqa: SLF001 - what is seen


@pytest.mark.parametrize(("width", "percent"), [(1100, 100), (1100, 200), (1440, 100)])
def test_the_list_of_patients_has_room_for_their_names(
    large: Program, qtbot: QtBot, theme: Theme, width: int, percent: int
) -> None:
    theme.set_percent(percent)
    large.shell.resize(width, 800)
    patients = large.shell.show_place("patients")
    patients.open_patient(large.app.patients.ids("")[0])
    shown(large, qtbot)
    assert patients.table.columnWidth(0) >= px(130)
    assert not patients.table.isColumnHidden(1)

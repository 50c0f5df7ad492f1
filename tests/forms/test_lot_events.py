"""The events of a lot in the library: listed, sorted, held, released, reported, printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.chair.lot_events import DEFAULT_RULE
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.records import Lot
from forms.chair.lot_field import LotField
from forms.clinic.lot_rules import lot_rules_page
from forms.library.lot_page import LotPage
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, open_bench
from tests.helpers.lots import a_lot, a_troubled_lot

CTRL = Qt.KeyboardModifier.ControlModifier


class PathAsk:
    """Gives the same file whenever one is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def save_file(self, _caption: str, _start: object, _kinds: str, on_path: object) -> None:
        on_path(self.path)  # type: ignore[operator]


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


def open_page(qtbot: QtBot, bench: Bench, lot: Lot) -> LotPage:
    page = LotPage(bench.desk())
    qtbot.addWidget(page)
    page.resize(800, 1400)
    page.show()
    qtbot.waitActive(page).__enter__()
    page.show_stock(bench.app.stock.of_lot(lot.id))
    bench.settle(qtbot)
    page.focus_gap()
    bench.settle(qtbot)
    return page


def column(page: LotPage, number: int) -> list[str]:
    model = page.events.model
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_events_are_listed_by_code_and_sorted_by_their_heads(qtbot: QtBot, bench: Bench) -> None:
    page = open_page(qtbot, bench, a_troubled_lot(bench.app))
    assert column(page, 1) == ["P-1", "P-2", "P-1"]
    assert column(page, 3) == ["not assessed"] * 3
    page.events.table.horizontalHeader().sectionClicked.emit(2)
    assert column(page, 2) == ["Rash", "Vomiting", "Vomiting"]
    page.events.table.horizontalHeader().sectionClicked.emit(2)
    assert column(page, 2) == ["Vomiting", "Vomiting", "Rash"]
    page.events.table.horizontalHeader().sectionClicked.emit(5)
    assert column(page, 2) == ["Vomiting", "Vomiting", "Rash"]


def test_enter_opens_the_session_of_an_event(qtbot: QtBot, bench: Bench) -> None:
    page = open_page(qtbot, bench, a_troubled_lot(bench.app))
    Keyboard().press(page, Qt.Key.Key_Return)
    assert len(bench.sessions) == 1


def test_a_lot_is_held_and_released_by_keys(qtbot: QtBot, bench: Bench) -> None:
    lot = a_troubled_lot(bench.app)
    page = open_page(qtbot, bench, lot)
    keys = Keyboard()
    keys.press(page, "h", Qt.Key.Key_Escape)
    assert page.events.strip.isHidden()
    keys.press(page, "h", "particles", Qt.Key.Key_Return)
    bench.settle(qtbot)
    bench.settle(qtbot)
    held = bench.app.lots.of_lot(lot.id).lot.hold
    assert held is not None
    assert held.reason == "particles"
    assert page.events.holds.text().endswith("by Dana Reyes: particles")
    assert page.events.hold.text() == "Release…"
    keys.press(page, "h", "1")
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert bench.app.lots.of_lot(lot.id).lot.hold is None
    assert "released 23-Nov-2026" in page.events.holds.text()
    assert bench.toasts == ["The lot is on hold.", "The lot is released."]


def test_reports_are_opened_once_and_the_problem_has_its_own(qtbot: QtBot, bench: Bench) -> None:
    page = open_page(qtbot, bench, a_troubled_lot(bench.app))
    keys = Keyboard()
    keys.press(page, "r1")
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert bench.toasts == ["2 reports opened."]
    assert not page.events.reports.isEnabled()
    keys.press(page, "r")
    assert page.events.strip.isHidden()
    keys.press(page, "p2")
    bench.settle(qtbot)
    assert len(bench.reports) == 1


def test_the_record_of_the_lot_is_written(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    bench.ask = PathAsk(tmp_path / "lot")  # type: ignore[assignment]
    page = open_page(qtbot, bench, a_troubled_lot(bench.app))
    keys, pages = Keyboard(), page.events.pages
    with qtbot.waitSignal(pages.preview.drawn, timeout=20_000):
        keys.press(page, "x")
    assert_accessible(page.events)
    with qtbot.waitSignal(pages.strip.exported, timeout=20_000):
        keys.press(page, (CTRL, Qt.Key.Key_E))
    assert (tmp_path / "lot.pdf").read_bytes().startswith(b"%PDF-1.")

    # A letter is the strip's own while it asks: R reads and opens no reports.
    with qtbot.waitSignal(pages.preview.drawn, timeout=20_000):
        keys.press(page, (CTRL | Qt.KeyboardModifier.AltModifier, Qt.Key.Key_E))
    with qtbot.waitSignal(pages.preview.drawn, timeout=20_000):
        keys.press(page, "m")
    assert pages.copies.wish.copy is CopyKind.MAKER
    assert page.events.strip.isHidden()
    with qtbot.waitSignal(pages.preview.drawn, timeout=20_000):
        keys.press(page, Qt.Key.Key_Escape)
    keys.press(page, "r")
    assert not page.events.strip.isHidden()


def test_a_lot_without_events_says_so(qtbot: QtBot, bench: Bench) -> None:
    lot = a_lot(bench.app)
    page = open_page(qtbot, bench, lot)
    summary = page.findChild(QLabel, "lot.summary")
    assert summary is not None
    assert summary.text() == "No event recorded, given in 0 sessions to 0 patients"
    assert not page.events.reports.isEnabled()


def test_the_chair_offers_no_lot_on_hold_and_shows_it_where_a_person_picks_it(
    qtbot: QtBot, bench: Bench
) -> None:
    held = bench.app.lots.hold(a_lot(bench.app).id, "particles")
    free = replace(held, id="free", number="KT6B0500", holds=())
    field = LotField()
    qtbot.addWidget(field)
    field.offer([held, free], held.id, bench.app.context.today())
    assert field.box.currentText() == "KT6B0500"
    field.box.setCurrentIndex(0)
    assert field.expiry is not None
    assert field.expiry.words == "on hold"
    field.offer([held], held.id, bench.app.context.today())
    assert field.chosen("p") is None


def test_the_rule_about_lots_is_set_by_the_clinic(qtbot: QtBot, bench: Bench) -> None:
    page = lot_rules_page(bench.desk())
    qtbot.addWidget(page)
    bench.settle(qtbot)
    assert page.model.index(0, 1).data() == "default"
    bench.app.lots.save_rule(replace(DEFAULT_RULE, events=5))
    page.refresh()
    bench.settle(qtbot)
    assert page.model.index(0, 1).data() == "the clinic's own"
    assert str(page.model.index(0, 0).data()).startswith("rule of the clinic: 5 events")


def test_a_nurse_holds_a_lot_and_is_told_who_releases_it(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path, role=Role.NURSE)
    try:
        page = open_page(qtbot, bench, a_troubled_lot(bench.app))
        Keyboard().press(page, "h", "1", Qt.Key.Key_Return)
        bench.settle(qtbot)
        assert bench.toasts == ["The lot is on hold."]

        bench.settle(qtbot)
        assert not page.events.hold.isEnabled()
        said = page.events.holds.text()
        assert said.endswith("Release a lot: a prescriber or the compliance lead.")
        Keyboard().press(page, "h")
        assert not page.events.strip.isVisible()
    finally:
        bench.close()

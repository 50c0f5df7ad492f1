"""The library with real services: products and lots entered, stock moved, a gap answered."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Product
from aeapp.domain.values import PartialDate
from aeapp.services.dosing import Drawn, NewDose
from forms.library_place import LibraryPlace
from forms.theme import Status
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def lot(bench: Bench) -> Lot:
    vial = Product(
        name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML, controlled=True
    )
    product = bench.app.stock.save(vial)
    found = Lot(product_id=product.id, number="KT6B0417", expires=PartialDate(2028, 3))
    return bench.app.stock.save(found)


def open_library(qtbot: QtBot, bench: Bench, lot: Lot | None = None) -> LibraryPlace:
    place = LibraryPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    bench.settle(qtbot)
    if lot is not None:
        place.open_lot(lot.id)
        bench.settle(qtbot)
    place.focus_first()
    return place


def drawn(bench: Bench, lot: Lot, amount: str = "50") -> None:
    session = bench.app.sessions.start(a_patient(bench.app).id)
    giving = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAMUSCULAR,
        started=bench.app.context.minute(),
    )
    product = next(p for p in bench.app.sessions.products() if p.id == lot.product_id)
    taken = Drawn(amount=Decimal(amount), unit=Amount.MG)
    bench.app.dosing.give(session, NewDose(product=product, lot=lot, giving=giving, drawn=taken))


def texts(place: LibraryPlace) -> list[str]:
    model = place.lot_page.book
    return [
        " | ".join(str(model.index(row, column).data() or "") for column in (1, 2, 3, 5))
        for row in range(model.rowCount())
    ]


def balance(place: LibraryPlace) -> str:
    found = place.findChild(QLabel, "lot.balance")
    assert found is not None
    return found.text()


# --- entering


def test_a_product_and_its_lot_are_entered_by_keys(qtbot: QtBot, bench: Bench) -> None:
    place = open_library(qtbot, bench)
    keys = Keyboard()
    keys.press(place, (ALT, Qt.Key.Key_N), "Ketamine HCl", TAB)
    place.product_form.save()
    bench.settle(qtbot)
    (product,) = bench.app.sessions.products()
    assert product.name == "Ketamine HCl"
    assert bench.toasts == ["Library saved."]
    qtbot.waitUntil(place.new_lot.isEnabled)
    keys.press(place, (ALT, Qt.Key.Key_L), "KT6B0417", TAB)
    place.lot_form.save()
    bench.settle(qtbot)
    bench.settle(qtbot)
    (lot,) = bench.app.sessions.lots(product.id)
    assert lot.number == "KT6B0417"
    assert place.lot_page.isVisible()
    assert balance(place) == "Nothing was recorded as received or counted"


def test_a_saved_answer_is_changed_with_a_reason_and_can_be_taken_back(
    qtbot: QtBot, bench: Bench, lot: Lot
) -> None:
    place = open_library(qtbot, bench, lot)
    form = place.lot_page.form
    form.focus_first()
    keys = Keyboard()
    keys.press(place, "X", TAB)
    form.save_button.setFocus()
    keys.press(place, (CTRL, Qt.Key.Key_Z))
    assert not form.editor.dirty
    keys.press(place, (CTRL | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z))
    form.save()
    assert form.why.isVisible()
    keys.press(place, "1")
    bench.settle(qtbot)
    (stored,) = bench.app.sessions.lots(lot.product_id)
    assert stored.number != "KT6B0417"
    assert not form.editor.dirty


def test_what_was_typed_is_stored_on_leaving(qtbot: QtBot, bench: Bench, lot: Lot) -> None:
    place = open_library(qtbot, bench)
    place.table.selectRow(0)
    place.product_form.fields["maker"].focus_editor()
    Keyboard().press(place, "Maker Inc.", TAB)
    place.table.selectRow(1)
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert place.lot_page.isVisible()
    (product,) = bench.app.sessions.products()
    assert product.maker == "Maker Inc."


def test_products_and_lots_are_found_by_a_few_letters(qtbot: QtBot, bench: Bench, lot: Lot) -> None:
    bench.app.stock.save(Product(name="Ondansetron"))
    bench.app.stock.save(
        Lot(product_id=lot.product_id, number="OLD1", expires=PartialDate(2026, 10))
    )
    bench.app.stock.save(Lot(product_id=lot.product_id, number=NullFlavor.UNK))
    place = open_library(qtbot, bench)
    assert place.model.rowCount() == 5
    place.search.setFocus()
    Keyboard().press(place, "old")
    assert [line.words for line in place.model.rows] == ["Ketamine HCl 50 mg/mL", "OLD1"]
    assert place.model.pill(place.model.index(1, 1)) == (Status.FLAG, "expired Oct 2026")
    assert place.model.index(1, 1).data() == ""
    assert place.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Lot OLD1 expired Oct 2026"
    )


# --- stock


def test_stock_is_received_counted_wasted_and_returned(
    qtbot: QtBot, bench: Bench, lot: Lot
) -> None:
    place = open_library(qtbot, bench, lot)
    keys = Keyboard()
    keys.press(place, (ALT, Qt.Key.Key_E), "500", TAB, TAB, "1", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert balance(place) == "500 mg should be there"
    bench.clock.pass_minutes(1)
    keys.press(place, (ALT, Qt.Key.Key_W), "50", ENTER)
    moves = place.lot_page.moves
    assert moves.note.text == "Waste of a controlled product has a witness."
    keys.press(place, "JK", ENTER)
    assert moves.note.text == "Say in a few words why."
    keys.press(place, "broken", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    bench.clock.pass_minutes(1)
    keys.press(place, (ALT, Qt.Key.Key_T), "a lot", ENTER)
    assert moves.note.text == "Expected a number such as 61.5."
    moves.amount.clear()
    keys.press(place, ENTER)
    assert moves.note.text == "Give the amount."
    keys.press(place, "100", TAB, TAB, TAB, "to the maker", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    bench.clock.pass_minutes(1)
    keys.press(place, (ALT, Qt.Key.Key_C), "340", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert texts(place) == [
        "Counted | 340 mg | 340 | count differs by −10",
        "Returned | 100 mg | 350 | to the maker",
        "Wasted | 50 mg | 450 | broken",
        "Received #1 | 500 mg | 500 | ",
    ]
    assert [gap.accessibleName() for gap in place.lot_page.gaps] == ["10 mg not accounted for"]


def test_escape_closes_the_row_of_a_movement(qtbot: QtBot, bench: Bench, lot: Lot) -> None:
    place = open_library(qtbot, bench, lot)
    Keyboard().press(place, (ALT, Qt.Key.Key_E), "5", ESC)
    assert not place.lot_page.moves.amount.isVisible()
    assert bench.app.stock.of_lot(lot.id).book.entries == ()


def test_who_got_a_lot_leads_to_the_session(qtbot: QtBot, bench: Bench, lot: Lot) -> None:
    drawn(bench, lot, "38")
    place = open_library(qtbot, bench, lot)
    model = place.lot_page.recipients
    row = [str(model.index(0, column).data()) for column in range(5)]
    assert row[1] == "P-0412"
    assert row[3:] == ["S-2026-000001", "38 mg"]
    table = place.lot_page.got_table
    table.setFocus()
    table.selectRow(0)
    Keyboard().press(place, ENTER)
    assert bench.sessions == [model.rows[0].session.id]


# --- a gap


def test_a_gap_asks_the_question_and_shows_its_two_dates(
    qtbot: QtBot, bench: Bench, lot: Lot
) -> None:
    drawn(bench, lot)
    place = open_library(qtbot, bench, lot)
    (gap,) = place.lot_page.gaps
    gap.setFocus()
    keys = Keyboard()
    keys.press(place, "y", ENTER)
    assert gap.note.text == "Say in a few words what was found out."
    keys.press(place, "syringe not found", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    (gap,) = place.lot_page.gaps
    movement = gap.gap.answer_on
    assert (movement.significant_loss, movement.discovered_on) == (
        True,
        PartialDate(2026, 11, 23),
    )
    notice = gap.findChild(QPushButton, "gap.notice_on")
    qtbot.mouseClick(notice, Qt.MouseButton.LeftButton)
    assert gap.line.text() == "23-Nov-2026"
    keys.press(place, "soon", ENTER)
    assert gap.note.text.startswith("Expected a date")
    gap.line.clear()
    keys.press(place, "24-Nov-2026", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    (gap,) = place.lot_page.gaps
    assert gap.gap.answer_on.notice_on == PartialDate(2026, 11, 24)
    assert gap.findChild(QPushButton, "gap.notice_on") is None
    qtbot.mouseClick(gap.findChild(QPushButton, "gap.form_106_on"), Qt.MouseButton.LeftButton)
    keys.press(place, ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert place.lot_page.gaps[0].gap.answer_on.form_106_on == PartialDate(2026, 11, 23)


def test_an_explained_gap_says_so_and_escape_answers_nothing(
    qtbot: QtBot, bench: Bench, lot: Lot
) -> None:
    drawn(bench, lot)
    place = open_library(qtbot, bench, lot)
    (gap,) = place.lot_page.gaps
    gap.setFocus()
    keys = Keyboard()
    keys.press(place, "y", ESC)
    assert not gap.line.isVisible()
    keys.press(place, "n", "left in the syringe", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert bench.app.stock.of_lot(lot.id).open_questions == ()


def test_a_date_that_is_over_is_overdue(qtbot: QtBot, bench: Bench, lot: Lot) -> None:
    drawn(bench, lot)
    (found,) = bench.app.stock.of_lot(lot.id).gaps
    bench.app.stock.answer_loss(found.answer_on.id, answer=True, reason="gone")
    bench.clock.pass_minutes(60 * 24 * 3)
    place = open_library(qtbot, bench, lot)
    (gap,) = place.lot_page.gaps
    pills = [w for w in gap.findChildren(object) if hasattr(w, "show_status")]
    assert [(p.status, p.accessibleName()) for p in pills] == [
        (Status.FLAG, "theft or significant loss"),
        (Status.OVERDUE, "was due 24-Nov-2026"),
        (Status.DUE, "due 07-Jan-2027"),
    ]


# --- every place


def test_every_part_of_the_library_has_a_name(qtbot: QtBot, bench: Bench, lot: Lot) -> None:
    bench.app.stock.move(lot, MovementKind.RECEIVED, Decimal(500), Amount.MG)
    drawn(bench, lot)
    place = open_library(qtbot, bench, lot)
    place.lot_page.moves.ask(MovementKind.WASTED)
    assert_accessible(place)
    assert place.regions()[0] is place.search
    place.table.setFocus()
    place.table.selectRow(0)
    Keyboard().press(place, ENTER)
    assert_accessible(place)


def test_a_smaller_window_puts_the_page_below_the_list(
    qtbot: QtBot, bench: Bench, lot: Lot
) -> None:
    place = open_library(qtbot, bench, lot)
    place.resize(700, 900)
    qtbot.waitUntil(lambda: place.width() == 700)
    page = place.lot_page
    qtbot.waitUntil(lambda: page.mapTo(place, page.rect().topLeft()).x() < 60)


def test_a_lot_that_is_asked_about_has_the_question_in_focus(
    qtbot: QtBot, bench: Bench, lot: Lot
) -> None:
    drawn(bench, lot)
    place = open_library(qtbot, bench)
    place.search.setText("nothing like it")

    place.open_lot(lot.id, asking=True)
    bench.settle(qtbot)

    assert place.lot_page.gaps[0].hasFocus()
    assert place.search.text() == ""
    assert place.table.currentIndex().isValid()

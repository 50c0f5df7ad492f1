"""The dose card with real services: keys in, records out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.chair.doses import product_words
from aeapp.domain.chair.gate import list_before
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    RateUnit,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import AfterHold, Amount, InfusionChange, MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Observation, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.dosing import NewDose
from aeapp.services.stock import GapChangedError
from forms.chair.dose_card import DoseCard
from forms.chair.dose_lines import DoseLine
from forms.chair.field_error import FieldError
from forms.session_room import SessionRoomPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.chair import answer_all
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NEW = (ALT, Qt.Key.Key_U)
TO_DOSE, TO_LINES, TO_RESCUE = (ALT, Qt.Key.Key_D), (ALT, Qt.Key.Key_I), (ALT, Qt.Key.Key_R)
VIAL = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML, controlled=True)
SPRAY = Product(name="Spravato", strength="28", strength_unit=DoseUnit.MG, controlled=True)
TROCHE = Product(name="Ketamine troche", strength="100", strength_unit=DoseUnit.MG)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def session(bench: Bench) -> Session:
    patient = a_patient(bench.app)
    return bench.app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION, chair="Chair 2")


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, session: Session) -> SessionRoomPlace:
    measured(bench, session)
    return open_room(qtbot, bench, session.id)


def measured(bench: Bench, session: Session, kilograms: str = "") -> None:
    found = [
        Observation(
            kind=ObservationKind.BLOOD_PRESSURE,
            systolic=Decimal(128),
            diastolic=Decimal(78),
            unit=ReadingUnit.MMHG,
        )
    ]
    if kilograms:
        weight = Observation(kind=ObservationKind.WEIGHT, value=Decimal(kilograms))
        found.append(replace(weight, unit=ReadingUnit.KILOGRAM))
    bench.app.sessions.log_readings(session, found)
    protocol = bench.app.gate.ask(session.patient_id).protocol(session)
    if protocol is not None:
        answer_all(bench.app, session, list_before(protocol))


def stocked(bench: Bench, product: Product = VIAL, number: str = "KT6B0417") -> tuple[Product, Lot]:
    stored = bench.app.stock.save(product)
    expires = PartialDate(2028, 3)
    lot = bench.app.stock.save(Lot(product_id=stored.id, number=number, expires=expires))
    return stored, lot


def treated_before(
    bench: Bench, session: Session, product: Product, lot: Lot | None, **facts: object
) -> Session:
    """Give the patient a dose, end that session, and begin the next one a week later."""
    base = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=bench.app.context.minute(),
        ordered_by="I. Okafor",
    )
    giving = replace(base, **facts)
    bench.app.dosing.give(session, NewDose(product=product, lot=lot, giving=giving))
    bench.clock.pass_minutes(40)
    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    bench.clock.pass_minutes(60 * 24 * 7 - 40)
    return bench.app.sessions.start(
        session.patient_id,
        route=session.route,
        setting=session.setting,
    )


def card_of(place: SessionRoomPlace) -> DoseCard:
    card = place.parts["dose"]
    assert isinstance(card, DoseCard)
    return card


def line_of(place: SessionRoomPlace, number: int = 0) -> DoseLine:
    return card_of(place).lines.lines[number]


def words_of(place: SessionRoomPlace, number: int = 0) -> str:
    found = line_of(place, number).findChild(QLabel, "dose.course")
    assert found is not None
    return found.text()


def given(bench: Bench, session: Session) -> tuple[Administration, ...]:
    return bench.app.sessions.room(session.id).administrations


def weights(bench: Bench, session: Session) -> list[object]:
    found = bench.app.sessions.room(session.id).observations
    return [r.value for r in found if r.kind is ObservationKind.WEIGHT]


def at(hour: int, minute: int, day: int = 23) -> PartialDate:
    return PartialDate(2026, 11, day, hour, minute, None, -300)


# --- W1: the dose of last time


def test_the_dose_part_of_a_start_takes_two_enters(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench, replace(VIAL, controlled=None))
    second = treated_before(bench, session, product, lot)
    measured(bench, second)
    place = open_room(qtbot, bench, second.id)
    place.go_to("dose")
    keys = Keyboard()
    keys.press(place, ENTER, ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, second)
    assert keys.count == 2
    assert (giving.dose, giving.over_minutes, giving.lot_id) == (Decimal(38), Decimal(40), lot.id)
    assert (giving.started, giving.given_by) == (at(14, 40, 30), "Dana Reyes")
    assert giving.ordered_by == "I. Okafor"
    assert giving.package.lot == "KT6B0417"
    assert "Dose recorded. Undo Ctrl+Z" in bench.toasts
    assert card_of(place).fields.dose.text() == ""
    assert place.grid.entry.focusWidget() is not None


def test_what_is_filled_in_stays_until_it_is_among_the_doses_given(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench, replace(VIAL, controlled=None))
    second = treated_before(bench, session, product, lot)
    place = open_room(qtbot, bench, second.id)
    card = card_of(place)
    card.given.disconnect()
    Keyboard().press(place, TO_DOSE, ENTER, ENTER)
    assert place.work is not None
    card.show_work(place.work)
    assert card.fields.dose.text() == "38"


@pytest.mark.parametrize(
    ("product", "route", "offered"),
    [
        (VIAL, SessionRoute.NASAL, ""),
        (VIAL, SessionRoute.IM, "Ketamine HCl 50 mg/mL"),
        (SPRAY, SessionRoute.NASAL, "Spravato 28 mg"),
    ],
)
def test_the_only_product_is_offered_where_its_form_suits_the_route(
    product: Product, route: SessionRoute, offered: str, qtbot: QtBot, bench: Bench
) -> None:
    stocked(bench, product)
    session = bench.app.sessions.start(a_patient(bench.app).id, route=route)
    place = open_room(qtbot, bench, session.id)
    assert card_of(place).fields.product.currentText() == offered


def test_a_dose_that_was_given_is_not_offered_again(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench)
    second = treated_before(bench, session, product, lot)
    measured(bench, second)
    dose = Administration(dose=Decimal(38), dose_unit=DoseUnit.MG)
    bench.app.dosing.give(second, NewDose(product=product, lot=lot, giving=dose))
    place = open_room(qtbot, bench, second.id)
    assert card_of(place).fields.dose.text() == ""


def test_an_order_by_weight_is_reckoned_by_the_weight_of_today(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench, replace(VIAL, controlled=None))
    by_weight = {"per_kg": Decimal("0.5"), "weight": Decimal("76.4")}
    second = treated_before(bench, session, product, lot, **by_weight)
    measured(bench, second, "80")
    place = open_room(qtbot, bench, second.id)
    fields = card_of(place).fields
    assert fields.dose.text() == "0.5/kg"
    assert fields.share.text() == "0.5 mg/kg × 80 kg = 40 mg"
    keys = Keyboard()
    fields.dose.setFocus()
    keys.press(place, Qt.Key.Key_End, " 38")
    assert fields.share.text() == "0.5 mg/kg × 80 kg = 40 mg, given 38 mg"
    keys.press(place, ENTER, ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, second)
    assert (giving.per_kg, giving.weight, giving.dose) == (
        Decimal("0.5"),
        Decimal(80),
        Decimal(38),
    )


# --- typing


def test_a_dose_with_a_new_product_and_lot_adds_them_to_the_library(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, TO_DOSE, "Ketamine", ENTER, NEW, "38", TAB, TAB, "40", TAB, "KT6B0417", ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    (product,) = bench.app.sessions.products()
    (lot,) = bench.app.sessions.lots(product.id)
    assert (product.name, lot.number) == ("Ketamine", "KT6B0417")
    assert (giving.product_id, giving.lot_id) == (product.id, lot.id)
    assert (giving.dose, giving.dose_unit) == (Decimal(38), DoseUnit.MG)
    assert (giving.route, giving.over_minutes) == (FormRoute.INTRAVENOUS_DRIP, Decimal(40))
    assert giving.started == at(14, 40)
    bench.clock.pass_minutes(15.5)
    place.header.tick()
    assert place.header.clock.text() == "15:30"


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ((ENTER, ENTER, ENTER), "Name the product."),
        (("Ketamine", ENTER, ENTER, TAB, ENTER), "No product of the library has this name."),
        (("Ketamine", ENTER, NEW, ENTER), "Give the amount."),
        (("Ketamine", ENTER, NEW, "a bit", ENTER), "Type the dose such as 38, 0.5/kg"),
        (("Ketamine", ENTER, NEW, "0.5/kg", ENTER), "Enter the weight first, or the dose in mg."),
        (("Ketamine", ENTER, NEW, "38", TAB, TAB, "fast", ENTER), "Type minutes such as 40"),
        (("Ketamine", ENTER, NEW, "38", TAB, TAB, "0.5 mg/kg/h", ENTER), "Enter the weight first"),
    ],
)
def test_what_cannot_be_given_stays_with_its_note(
    *, typed: tuple[object, ...], note: str, bench: Bench, session: Session,
    place: SessionRoomPlace, qtbot: QtBot,
) -> None:  # fmt: skip
    Keyboard().press(place, TO_DOSE, *typed)
    bench.settle(qtbot)
    assert card_of(place).note.text.startswith(note)
    assert given(bench, session) == ()


def test_the_weight_is_a_reading_and_shows_the_dose_by_weight(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    card = card_of(place)
    card.fields.weight.setFocus()
    keys = Keyboard()
    keys.press(place, "heavy", ENTER)
    assert card.note.text
    card.fields.weight.clear()
    keys.press(place, "76,4", ENTER)
    bench.settle(qtbot)
    stored = bench.app.sessions.room(session.id).observations
    assert Decimal("76.4") in {r.value for r in stored}
    card.fields.dose.setFocus()
    keys.press(place, "38.2")
    assert card.fields.share.text() == "0.5 mg/kg at 76.4 kg"
    # Whichever way the field is left, except by Esc.
    card.fields.weight.setFocus()
    keys.press(place, "76.8", ESC)
    bench.settle(qtbot)
    assert weights(bench, session) == [Decimal("76.4")]
    card.fields.weight.setFocus()
    keys.press(place, TAB)
    bench.settle(qtbot)
    card.fields.weight.setFocus()
    keys.press(place, "heavy", TAB)
    assert card.note.text
    assert not card.fields.weight.hasFocus()
    card.fields.weight.clear()
    card.fields.weight.setFocus()
    keys.press(place, "77")
    place.to_grid()
    bench.settle(qtbot)
    assert weights(bench, session) == [Decimal("76.4"), Decimal("76.8"), Decimal(77)]
    card.fields.weight.setFocus()
    keys.press(place, ENTER)
    assert card.fields.product.hasFocus() or card.fields.product.lineEdit().hasFocus()


def test_the_start_moves_by_minutes_and_escape_goes_back_to_the_row(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    up, down = (ALT, Qt.Key.Key_Up), (ALT, Qt.Key.Key_Down)
    keys.press(place, TO_DOSE, "Ketamine", ENTER, NEW, "38", up, up, down)
    start = card_of(place).findChild(QLabel, "dose.start")
    assert start.text() == "Start 14:39 (−1 min)"
    keys.press(place, ESC)
    assert place.grid.entry.focusWidget() is not None
    # The dose as it was left, its pace which is none, and stored.
    keys.press(place, TO_DOSE, ENTER, ENTER, ENTER)
    bench.settle(qtbot)
    assert given(bench, session)[0].started == at(14, 39)


def test_a_lot_past_its_date_asks_for_a_reason(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench, replace(VIAL, controlled=None))
    bench.app.stock.save(replace(lot, expires=PartialDate(2026, 10)), reason="misread")
    measured(bench, session)
    place = open_room(qtbot, bench, session.id)
    keys, card = Keyboard(), card_of(place)
    assert card.fields.why.isVisible()
    assert card.fields.lot.box.accessibleDescription() == "expired Oct 2026"
    card.fields.dose.setFocus()
    # Dose, its pace which is none, lot.
    keys.press(place, "38", ENTER, ENTER, ENTER)
    assert card.note.text == "This lot is past its date. Take another, or say why."
    assert card.fields.why.hasFocus()
    keys.press(place, "no other in the house", ENTER)
    bench.settle(qtbot)
    assert given(bench, session)[0].exception == "no other in the house"
    assert product.id == given(bench, session)[0].product_id


def test_the_open_box_is_offered_and_named(qtbot: QtBot, bench: Bench, session: Session) -> None:
    product, lot = stocked(bench, replace(VIAL, controlled=None))
    second = treated_before(bench, session, product, lot)
    bench.app.stock.save(Lot(product_id=product.id, number="NEWER"))
    place = open_room(qtbot, bench, second.id)
    fields = card_of(place).fields
    # Ketamine and esketamine differ in what a narrow box would leave out.
    assert fields.product.lineEdit().cursorPosition() == 0
    assert fields.lot.box.currentText() == "KT6B0417"
    assert fields.findChild(QLabel, "dose.shelf").text() == "open, to Mar 2028"
    fields.lot.box.setEditText("NEWER")
    assert fields.findChild(QLabel, "dose.shelf").text() == "no expiry entered"


def test_an_order_that_was_stopped_early_is_offered_whole_and_says_what_went_in(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench)
    second = treated_before(bench, session, product, lot, dose=Decimal(19), planned=Decimal(38))
    place = open_room(qtbot, bench, second.id)
    card = card_of(place)
    assert card.fields.dose.text() == "38"
    hints = [one.text() for one in card.findChildren(QLabel)]
    assert "as ordered last time, 19 of 38 mg went in" in hints


# --- W16: draw, give, waste


def test_draw_give_and_waste_takes_seven_more_keys(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench)
    bench.app.stock.move(lot, MovementKind.RECEIVED, Decimal(500), Amount.MG)
    second = treated_before(bench, session, product, lot)
    measured(bench, second)
    place = open_room(qtbot, bench, second.id)
    keys, fields = Keyboard(), card_of(place).fields
    keys.press(place, TO_DOSE, ENTER, ENTER)
    assert fields.drawn.drawn.hasFocus()
    before = keys.count
    keys.press(place, "50", TAB)
    assert fields.drawn.wasted.text() == "12"
    keys.press(place, TAB, "JK", ENTER)
    assert keys.count - before == 7
    bench.settle(qtbot)
    room = bench.app.sessions.room(second.id)
    assert [(m.kind, m.amount, m.witness) for m in room.movements] == [
        (MovementKind.DRAWN, Decimal(50), None),
        (MovementKind.WASTED, Decimal(12), "JK"),
    ]
    assert room.administrations[0].dose == Decimal(38)
    stock = bench.app.stock.of_lot(lot.id)
    assert stock.book.balance == 500 - 38 - 38 - 12
    assert stock.gaps == ()


def test_what_was_drawn_and_neither_given_nor_wasted_is_asked_about_at_the_chair(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench)
    second = treated_before(bench, session, product, lot)
    measured(bench, second)
    place = open_room(qtbot, bench, second.id)
    keys, fields, part = Keyboard(), card_of(place).fields, place.parts["gaps"]

    keys.press(place, TO_DOSE, ENTER, ENTER, "50", TAB)
    fields.drawn.wasted.selectAll()
    keys.press(place, "5")
    assert fields.drawn.gap.text().startswith("7 mg neither given nor wasted")
    keys.press(place, TAB, "JK", ENTER)
    bench.settle(qtbot)
    # Nothing is missing while the infusion runs.
    bench.clock.pass_minutes(60)
    part.tick()

    (card,) = part.cards
    assert part.isVisible()
    assert card.accessibleName() == "7 mg not accounted for"
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_W), "y", "vial fell", ENTER)
    bench.settle(qtbot)
    drawn = bench.app.sessions.room(second.id).movements[0]
    assert (drawn.significant_loss, drawn.reason) == (True, "vial fell")
    assert "Form 106 online within 45 days" in texts_of(part)
    # The card was made anew under the cursor: it goes on with what is asked next, then back.
    for name in ("gap.notice_on", "gap.form_106_on"):
        here = QApplication.focusWidget()
        assert isinstance(here, QPushButton)
        assert here.objectName() == name
        keys.press(place, Qt.Key.Key_Space, ENTER)
        bench.settle(qtbot)
    assert place.grid.isAncestorOf(QApplication.focusWidget())


def test_the_rest_after_an_early_stop_is_wasted_before_a_witness_at_the_chair(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench)
    second = treated_before(bench, session, product, lot)
    measured(bench, second)
    place = open_room(qtbot, bench, second.id)
    keys, part = Keyboard(), place.parts["gaps"]
    keys.press(place, TO_DOSE, ENTER, ENTER, "38", ENTER)
    bench.settle(qtbot)
    bench.clock.pass_minutes(10)
    keys.press(place, TO_LINES, "s")
    bench.settle(qtbot)
    part.tick()
    (card,) = part.cards
    missing = card.gap.missing
    assert missing is not None

    to_gap = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_W)
    keys.press(place, to_gap, "w", ENTER)
    assert card.note.text == "Waste of a controlled product has a witness."
    before = keys.count
    keys.press(place, "JK", ENTER)
    assert keys.count - before == 3
    bench.settle(qtbot)

    waste = bench.app.sessions.room(second.id).movements[-1]
    assert (waste.kind, waste.witness) == (MovementKind.WASTED, "JK")
    assert waste.amount == missing > 0
    assert waste.administration_id == given(bench, second)[0].id
    assert bench.app.stock.of_lot(lot.id).gaps == ()
    assert not part.isVisible()
    assert place.grid.isAncestorOf(QApplication.focusWidget())
    # What was seen on the card holds for that amount only.
    with pytest.raises(GapChangedError):
        bench.app.stock.waste_rest(card.gap, "JK")


def texts_of(part: QWidget) -> str:
    return " ".join(one.text() for one in part.findChildren(QLabel))


def test_a_dose_that_is_all_accounted_for_asks_nothing(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench)
    second = treated_before(bench, session, product, lot)
    measured(bench, second)
    place = open_room(qtbot, bench, second.id)

    Keyboard().press(place, TO_DOSE, ENTER, ENTER, "50", TAB, TAB, "JK", ENTER)
    bench.settle(qtbot)

    assert not place.parts["gaps"].isVisible()


def test_a_name_that_nobody_entered_becomes_a_product_only_when_it_is_called_one(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    measured(bench, session)
    place = open_room(qtbot, bench, session.id)
    keys, card = Keyboard(), card_of(place)
    fields = card.fields

    # Another window enters a product while its name is half typed here.
    keys.press(place, TO_DOSE, "Keta")
    product, lot = stocked(bench)
    keys.press(place, ENTER, ENTER)
    fields.dose.setText("38")
    card.give.click()
    card.give.click()
    bench.settle(qtbot)
    assert card.note.text.startswith("No product of the library has this name.")
    assert fields.new_product.isVisible()
    assert given(bench, session) == ()
    assert bench.app.sessions.products() == (product,)

    place.refresh()
    bench.settle(qtbot)
    assert fields.product.currentText() == "Keta"
    assert fields.product.count() == 1
    fields.product.setEditText(product_words(VIAL))
    fields.lot.box.setEditText("KT6B0417")
    assert fields.read(Administration()).lot == lot

    fields.product.setEditText("Esketamine")
    assert not fields.new_product.isVisible()
    card.give.click()
    keys.press(place, NEW)
    assert card.note.text == ""
    card.give.click()
    bench.settle(qtbot)
    assert {p.name for p in bench.app.sessions.products()} == {"Ketamine HCl", "Esketamine"}


def test_what_was_wrong_in_one_session_is_not_in_the_next(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    stocked(bench)
    measured(bench, session)
    place = open_room(qtbot, bench, session.id)
    card = card_of(place)
    card.fields.product.setCurrentIndex(0)
    card.give.click()
    assert card.note.text == "Give the amount."
    assert card.fields.dose.property("state") == "wrong"

    other = bench.app.sessions.start(a_patient(bench.app, "P-9").id, route=SessionRoute.IV_INFUSION)
    place.show_session(other.id)
    bench.settle(qtbot)
    assert card.note.text == ""
    assert card.fields.dose.property("state") != "wrong"


def test_waste_without_a_witness_is_asked_for_and_drawing_may_be_left_out(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    stocked(bench)
    measured(bench, session)
    place = open_room(qtbot, bench, session.id)
    keys, card = Keyboard(), card_of(place)
    card.fields.dose.setFocus()
    keys.press(place, "38", ENTER, ENTER, ENTER, "50", ENTER)
    assert card.fields.drawn.witness.hasFocus()
    keys.press(place, ENTER)
    assert card.note.text == "Waste of a controlled product has a witness."
    card.fields.drawn.wasted.setFocus()
    card.fields.drawn.wasted.selectAll()
    keys.press(place, "x", ENTER)
    keys.press(place, ENTER)
    assert given(bench, session) == ()
    card.fields.drawn.wasted.clear()
    keys.press(place, "0")
    card.fields.drawn.drawn.setFocus()
    card.fields.drawn.drawn.selectAll()
    keys.press(place, "lots", ENTER)
    assert card.note.text.startswith("Type what was drawn")
    card.fields.drawn.clear()
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert len(given(bench, session)) == 1
    assert bench.app.sessions.room(session.id).movements == ()


# --- a running infusion


def running(qtbot: QtBot, bench: Bench, place: SessionRoomPlace) -> Keyboard:
    keys = Keyboard()
    keys.press(place, TO_DOSE, "Ketamine", ENTER, NEW, "38", TAB, TAB, "40", ENTER, ENTER)
    bench.settle(qtbot)
    return keys


def test_the_amount_of_an_infusion_is_live(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    running(qtbot, bench, place)
    bench.clock.pass_minutes(21)
    card_of(place).tick()
    assert words_of(place) == "14:40, running, 19.95 of 38 mg, to 15:20"
    bench.clock.pass_minutes(30)
    card_of(place).tick()
    assert words_of(place) == "14:40, all in by time"


def test_rate_pause_and_stop_have_letters(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = running(qtbot, bench, place)
    bench.clock.pass_minutes(10)
    keys.press(place, TO_LINES, "p")
    bench.settle(qtbot)
    assert words_of(place) == "14:40, paused, 9.5 of 38 mg"
    bench.clock.pass_minutes(5)
    keys.press(place, "p")
    bench.settle(qtbot)
    keys.press(place, "r", "slow", ENTER)
    assert line_of(place).note.text
    line_of(place).line.clear()
    keys.press(place, "0.5 mg/min", ENTER)
    bench.settle(qtbot)
    bench.clock.pass_minutes(10)
    keys.press(place, "s")
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    assert [(c.change, c.rate, c.at) for c in giving.changes] == [
        (InfusionChange.PAUSE, None, at(14, 50)),
        (InfusionChange.RESUME, None, at(14, 55)),
        (InfusionChange.RATE, Decimal("0.5"), at(14, 55)),
    ]
    assert (giving.dose, giving.planned, giving.ended) == (
        Decimal("14.50"),
        Decimal(38),
        at(15, 5),
    )
    assert giving.rate_unit is RateUnit.MG_PER_MIN
    assert bench.toasts[-1] == "End of the infusion recorded."


def test_stop_is_a_button_too_and_the_amount_can_be_read_off(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = running(qtbot, bench, place)
    bench.clock.pass_minutes(10)
    qtbot.mouseClick(place.findChild(QPushButton, "dose.stop"), Qt.MouseButton.LeftButton)
    bench.settle(qtbot)
    keys.press(place, TO_LINES, "a", "lots", ENTER)
    assert line_of(place).note.text.startswith("Type the dose")
    line_of(place).line.clear()
    keys.press(place, "9.8 pump says", ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    assert (giving.dose, giving.planned) == (Decimal("9.8"), Decimal(38))


def test_without_a_pace_the_nurse_is_asked_what_was_given_and_may_amend_it_after_the_end(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys, card = Keyboard(), card_of(place)
    # The pace is asked for; without one it is said what that means.
    keys.press(place, TO_DOSE, "Ketamine", ENTER, NEW, "38", ENTER)
    assert card.fields.pace.hasFocus()
    keys.press(place, ENTER)
    assert card.note.text == "No pace entered: the amount will be asked at the end."
    keys.press(place, ENTER)
    bench.settle(qtbot)
    bench.clock.pass_minutes(12)
    keys.press(place, TO_LINES, "s")
    bench.settle(qtbot)
    assert given(bench, session)[0].ended is None
    assert line_of(place).note.text.startswith("Rate and time do not say what went in.")
    keys.press(place, "lots", ENTER)
    assert line_of(place).note.text.startswith("Type the dose")
    line_of(place).line.clear()
    keys.press(place, "?", ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    assert (giving.dose, giving.planned, giving.ended) == (
        NullFlavor.UNK,
        Decimal(38),
        at(14, 52),
    )
    assert "unknown amount of 38 mg planned" in line_of(place).accessibleName()

    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    place.refresh()
    bench.settle(qtbot)
    keys.press(place, TO_LINES, "a", "20", ENTER)
    assert line_of(place).note.text == "Say behind it, in a few words, why."
    keys.press(place, " pump memory", ENTER)
    bench.settle(qtbot)
    for typed in ("soon", "14:41 to 14:40 why", "14:41"):
        keys.press(place, "t", typed, ENTER)
        assert line_of(place).note.text
        keys.press(place, ESC)
    keys.press(place, "t", "14:41 to 14:50 clamp seen late", ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    assert (giving.dose, giving.started, giving.ended) == (Decimal(20), at(14, 41), at(14, 50))
    first, second = [n.words or "" for n in bench.app.sessions.room(session.id).notes]
    assert "Dose Unknown → 20: pump memory" in first
    assert "23-Nov-2026 14:50: clamp seen late" in second


def test_a_question_is_left_with_escape_and_the_rate_keeps_its_unit(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, TO_DOSE, "Ketamine", ENTER, NEW, "38", TAB, TAB, "57 mg/h", ENTER, ENTER)
    bench.settle(qtbot)
    keys.press(place, TO_LINES, "r", "1 mg/min", ENTER)
    assert line_of(place).note.text == "This infusion runs in another unit."
    keys.press(place, ESC)
    assert line_of(place).hasFocus()
    keys.press(place, "r", "45", ENTER)
    bench.settle(qtbot)
    assert given(bench, session)[0].changes[0].rate == Decimal(45)


def test_what_somebody_else_did_meanwhile_is_not_undone(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = running(qtbot, bench, place)
    (giving,) = given(bench, session)
    bench.clock.pass_minutes(5)
    bench.app.dosing.change_rate(giving.id, Decimal(1), RateUnit.MG_PER_MIN)
    bench.clock.pass_minutes(5)
    keys.press(place, TO_LINES, "s")
    bench.settle(qtbot)
    (stored,) = given(bench, session)
    assert [c.change for c in stored.changes] == [InfusionChange.RATE]
    assert stored.dose == Decimal("9.75")


def test_a_rate_by_weight_keeps_the_weight_and_a_dose_in_mg_does_not(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    measured(bench, session, "76")
    place = open_room(qtbot, bench, session.id)
    keys = Keyboard()
    keys.press(place, TO_DOSE, "Ketamine", ENTER, NEW, "38", TAB, TAB, "0.75 mg/kg/h", ENTER, ENTER)
    bench.settle(qtbot)
    keys.press(place, TO_DOSE, "Ketamine", TAB, "10", ENTER, ENTER, ENTER)
    bench.settle(qtbot)
    assert [g.weight for g in given(bench, session)] == [Decimal(76), None]
    bench.clock.pass_minutes(10)
    card_of(place).tick()
    assert words_of(place) == "14:40, running, 9.5 of 38 mg, to 15:20"


# --- devices and holds


def test_devices_are_given_one_by_one_with_their_rest(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-9")
    session = bench.app.sessions.start(patient.id, route=SessionRoute.NASAL)
    measured(bench, session)
    stocked(bench, SPRAY, "SP1")
    place = open_room(qtbot, bench, session.id)
    keys, card = Keyboard(), card_of(place)
    keys.press(place, TO_DOSE, "30", ENTER, ENTER)
    assert card.note.text == "A device holds 28 mg: give 28, 56 or 84."
    card.fields.dose.clear()
    keys.press(place, "112", ENTER, ENTER)
    assert card.note.text == "More than 3 devices. Say why."
    card.fields.dose.setFocus()
    card.fields.dose.clear()
    keys.press(place, "56", ENTER, ENTER)
    bench.settle(qtbot)
    bench.clock.pass_minutes(1)
    card.tick()
    assert words_of(place) == "14:40, device 1 of 2 given, next in 4:00"
    keys.press(place, TO_LINES, "n", ENTER)
    assert line_of(place).note.text == "The rest of 5 minutes is not over: wait, or say why."
    keys.press(place, ESC)
    bench.settle(qtbot)
    assert len(given(bench, session)) == 1
    bench.clock.pass_minutes(5)
    keys.press(place, TO_LINES, "n")
    bench.settle(qtbot)
    assert [(g.device_number, g.dose, g.started) for g in given(bench, session)] == [
        (1, Decimal(28), at(14, 40)),
        (2, Decimal(28), at(14, 46)),
    ]
    assert words_of(place, 1) == "14:46, device 2 of 2 given"


def test_a_device_before_its_time_takes_a_reason(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-9")
    session = bench.app.sessions.start(patient.id, route=SessionRoute.NASAL)
    measured(bench, session)
    stocked(bench, SPRAY, "SP1")
    place = open_room(qtbot, bench, session.id)
    keys = Keyboard()
    keys.press(place, TO_DOSE, "56", ENTER, ENTER)
    bench.settle(qtbot)
    keys.press(place, TO_LINES, "n", "spilled", ENTER)
    bench.settle(qtbot)
    assert [g.exception for g in given(bench, session)] == [None, "spilled"]


def test_a_hold_counts_down_and_ends_by_letter(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-9")
    session = bench.app.sessions.start(patient.id, route=SessionRoute.SUBLINGUAL)
    measured(bench, session)
    stocked(bench, TROCHE, "TR1")
    place = open_room(qtbot, bench, session.id)
    keys = Keyboard()
    keys.press(place, TO_DOSE, "3 tablets", TAB, TAB, "10", ENTER, ENTER)
    bench.settle(qtbot)
    bench.clock.pass_minutes(4)
    card_of(place).tick()
    assert words_of(place) == "14:40, held 4:00, 6:00 left"
    bench.clock.pass_minutes(6)
    keys.press(place, TO_LINES, "x")
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    assert (giving.pieces, giving.dose) == (Decimal(3), Decimal(300))
    assert (giving.held_minutes, giving.after_hold) == (Decimal(10), AfterHold.SPAT)
    assert words_of(place) == "14:40 to 14:50, held 10 min, spat out"


def test_a_dose_at_home_is_entered_as_it_was_told(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-9")
    session = bench.app.sessions.start(
        patient.id,
        route=SessionRoute.SUBLINGUAL,
        setting=Setting.HOME,
        started=at(9, 5),
    )
    stocked(bench, replace(TROCHE, controlled=True), "TR1")
    place = open_room(qtbot, bench, session.id)
    keys = Keyboard()
    keys.press(place, TO_DOSE, "3 tablets", TAB, TAB, "10 swallowed", ENTER, ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, session)
    assert (giving.held_minutes, giving.after_hold) == (Decimal(10), AfterHold.SWALLOWED)
    assert (giving.started, giving.given_by, giving.exception) == (at(9, 5), None, None)


# --- rescue


def test_rescue_medicine_is_given_at_once_from_the_same_card(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    product, lot = stocked(bench, replace(VIAL, controlled=None))
    second = treated_before(bench, session, product, lot)
    place = open_room(qtbot, bench, second.id)
    keys, card = Keyboard(), card_of(place)
    keys.press(place, TO_RESCUE, "Ondansetron", ENTER, NEW, "4", ENTER, ENTER)
    bench.settle(qtbot)
    (giving,) = given(bench, second)
    assert (giving.role, giving.dose, giving.route) == (DrugRole.TREATMENT, Decimal(4), None)
    assert card.lines.lines[0].accessibleName().startswith("Rescue: Ondansetron 4 mg")
    assert place.work is not None


# --- looks


def test_after_a_dose_the_fields_come_when_they_are_asked_for(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    card = card_of(place)
    assert card.fields.isVisible()
    keys = running(qtbot, bench, place)
    assert line_of(place, 0).isVisible()
    assert not card.fields.isVisible()
    keys.press(place, TO_DOSE, "7")
    assert card.fields.isVisible()
    keys.press(place, Qt.Key.Key_Escape)
    assert not card.fields.isVisible()
    keys.press(place, TO_RESCUE)
    assert card.fields.isVisible()


def test_lines_are_walked_by_arrows_and_every_part_has_a_name(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = running(qtbot, bench, place)
    keys.press(place, TO_RESCUE, "Ondansetron", ENTER, NEW, "4", ENTER, ENTER)
    bench.settle(qtbot)
    keys.press(place, TO_LINES)
    assert line_of(place, 0).hasFocus()
    keys.press(place, Qt.Key.Key_Down)
    assert line_of(place, 1).hasFocus()
    keys.press(place, TO_DOSE, TO_LINES, Qt.Key.Key_Down, TAB)
    assert card_of(place).fields.product.lineEdit().hasFocus()
    assert_accessible(place)


def test_an_ended_session_takes_no_dose(qtbot: QtBot, bench: Bench, session: Session) -> None:
    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    place = open_room(qtbot, bench, session.id)
    Keyboard().press(place, TO_DOSE, TO_LINES, TO_RESCUE)
    card = card_of(place)
    assert not card.isVisible()
    assert card.fields.focused() is None


def test_of_two_products_that_read_alike_the_chosen_one_is_given(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    measured(bench, session)
    stocked(bench, replace(VIAL, maker="Hikma", ndc="0143-9508-10"), "H1")
    second, lot = stocked(bench, replace(VIAL, maker="Par", ndc="42023-115-10"), "P9")
    fields = card_of(open_room(qtbot, bench, session.id)).fields

    names = [fields.product.itemText(n) for n in range(fields.product.count())]
    assert names == [f"{product_words(VIAL)}, Hikma", f"{product_words(VIAL)}, Par"]
    fields.product.setCurrentIndex(1)
    fields.dose.setText("38")
    dose = fields.read(Administration(started=bench.app.context.minute()))
    assert (dose.product, dose.lot) == (second, lot)

    fields.product.setEditText(product_words(VIAL))
    with pytest.raises(FieldError, match="read so"):
        fields.read(Administration())


def test_the_chosen_product_stays_when_another_one_comes_that_reads_alike(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    measured(bench, session)
    first, lot = stocked(bench, replace(VIAL, maker="Hikma"), "H1")
    fields = card_of(open_room(qtbot, bench, session.id)).fields
    fields.product.setCurrentIndex(0)
    other = replace(VIAL, id="other", maker="Par")

    fields.show_library([other, first], {first.id: [lot]}, {}, bench.app.context.today())

    assert fields.chosen_product() == first


def test_the_next_device_of_a_lot_past_its_date_asks_why(qtbot: QtBot, bench: Bench) -> None:
    session = bench.app.sessions.start(a_patient(bench.app, "P-9").id, route=SessionRoute.NASAL)
    measured(bench, session)
    spray = Product(name="Spravato", strength="28", strength_unit=DoseUnit.MG)
    first = Administration(
        dose=Decimal(28),
        dose_unit=DoseUnit.MG,
        planned=Decimal(56),
        route=FormRoute.NASAL,
        device_number=1,
        started=bench.app.context.minute(),
        exception="only lot left",
    )
    old = Lot(number="OLD", expires=PartialDate(2025, 1))
    bench.app.dosing.give(session, NewDose(product=spray, lot=old, giving=first))
    bench.clock.pass_minutes(6)
    place = open_room(qtbot, bench, session.id)
    line = line_of(place)
    line.setFocus()
    keys = Keyboard()

    keys.press(place, "n")
    bench.settle(qtbot)
    assert len(given(bench, session)) == 1
    assert line.note.text == "This lot is past its date: say why."
    keys.press(place, "only lot left", Qt.Key.Key_Return)
    bench.settle(qtbot)

    assert [g.exception for g in given(bench, session)] == ["only lot left", "only lot left"]

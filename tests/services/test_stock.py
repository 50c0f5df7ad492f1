"""The stock in a real clinic: moved, counted, short, answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.loss import Question, loss_dates, question_of
from aeapp.domain.chair.needs import NeedKind
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Patient, Product, Session, StockMovement
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.dosing import Drawn, NewDose
from aeapp.services.losses import MOST_ENTRIES, LossService
from aeapp.services.stock import StockReasonMissingError, WitnessMissingError
from tests.helpers.clinic import StillClock, practice_app

MG = Amount.MG


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


@pytest.fixture
def product(app: App) -> Product:
    vial = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
    return app.stock.save(replace(vial, controlled=True))


@pytest.fixture
def lot(app: App, product: Product) -> Lot:
    return app.stock.save(Lot(product_id=product.id, number="KT6B0417"))


@pytest.fixture
def session(app: App) -> Session:
    return app.sessions.start(app.patients.save(Patient(code="P-1")).id)


def given(app: App, session: Session, product: Product, lot: Lot, drawn: Drawn | None) -> None:
    giving = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAMUSCULAR,
        started=app.context.minute(),
    )
    app.dosing.give(session, NewDose(product=product, lot=lot, giving=giving, drawn=drawn))


def test_the_book_of_a_lot_tells_its_balance_and_who_got_it(
    app: App, clock: StillClock, product: Product, lot: Lot, session: Session
) -> None:
    app.stock.move(lot, MovementKind.RECEIVED, Decimal(10), Amount.ML, vial="1")
    clock.pass_minutes(5)
    drawn = Drawn(amount=Decimal(50), unit=MG, wasted=Decimal(12), witness="JK", vial="1")
    given(app, session, product, lot, drawn)
    found = app.stock.of_lot(lot.id)
    assert (found.book.balance, found.book.unit) == (9, Amount.ML)
    assert (found.vials[0].left, found.gaps) == (9, ())
    (recipient,) = found.recipients
    assert recipient.patient is not None
    assert (recipient.patient.code, recipient.session) == ("P-1", session)


def test_waste_return_and_count_have_their_witness_and_reason(app: App, lot: Lot) -> None:
    with pytest.raises(WitnessMissingError):
        app.stock.move(lot, MovementKind.WASTED, Decimal(5), MG, reason="broken")
    with pytest.raises(StockReasonMissingError):
        app.stock.move(lot, MovementKind.WASTED, Decimal(5), MG, witness="JK")
    with pytest.raises(StockReasonMissingError):
        app.stock.move(lot, MovementKind.RETURNED, Decimal(5), MG, reason=" ")
    wasted = app.stock.move(
        lot, MovementKind.WASTED, Decimal(5), MG, witness="JK", reason="broken", vial="2"
    )
    assert (wasted.witness, wasted.reason, wasted.by) == ("JK", "broken", "Dana Reyes")
    counted = app.stock.move(
        lot, MovementKind.COUNTED, Decimal(495), MG, at=PartialDate(2026, 11, 22)
    )
    assert counted.at == PartialDate(2026, 11, 22)


def test_waste_of_what_is_not_controlled_needs_no_witness(app: App) -> None:
    product = app.stock.save(Product(name="Ondansetron"))
    lot = app.stock.save(Lot(product_id=product.id, number="O1"))
    wasted = app.stock.move(lot, MovementKind.WASTED, Decimal(5), MG, reason="opened by mistake")
    assert wasted.witness is None


def test_a_gap_opens_the_question_and_a_person_answers_it(
    app: App, product: Product, lot: Lot, session: Session
) -> None:
    given(app, session, product, lot, Drawn(amount=Decimal(50), unit=MG))
    found = app.stock.of_lot(lot.id)
    (gap,) = found.open_questions
    assert gap.missing == 12
    with pytest.raises(StockReasonMissingError):
        app.stock.answer_loss(gap.answer_on.id, answer=True, reason="")
    app.stock.answer_loss(gap.answer_on.id, answer=NullFlavor.UNK, reason="being looked for")
    assert len(app.stock.of_lot(lot.id).open_questions) == 1
    loss = app.stock.answer_loss(gap.answer_on.id, answer=True, reason="syringe not found")
    assert loss.discovered_on == PartialDate(2026, 11, 23)
    dates = loss_dates(loss)
    assert dates is not None
    assert (dates.notice_by.isoformat(), dates.form_106_by.isoformat()) == (
        "2026-11-24",
        "2027-01-07",
    )
    app.stock.record_notice(loss.id, PartialDate(2026, 11, 24))
    filed = app.stock.record_form_106(loss.id, PartialDate(2026, 12, 1))
    assert (filed.notice_on, filed.form_106_on) == (
        PartialDate(2026, 11, 24),
        PartialDate(2026, 12, 1),
    )
    assert app.stock.of_lot(lot.id).open_questions == ()


def test_a_gap_that_is_explained_stays_with_its_reason(
    app: App, product: Product, lot: Lot, session: Session
) -> None:
    given(app, session, product, lot, Drawn(amount=Decimal(50), unit=MG))
    (gap,) = app.stock.of_lot(lot.id).gaps
    answered = app.stock.answer_loss(gap.answer_on.id, answer=False, reason="left in the syringe")
    assert (answered.discovered_on, answered.reason) == (None, "left in the syringe")
    found = app.stock.of_lot(lot.id)
    assert question_of(found.gaps[0], product) is Question.NO_LOSS
    assert found.open_questions == ()


def test_a_gap_that_grows_after_its_answer_is_a_question_again(
    app: App, product: Product, lot: Lot, session: Session
) -> None:
    given(app, session, product, lot, Drawn(amount=Decimal(50), unit=MG))
    (gap,) = app.stock.of_lot(lot.id).gaps
    answered = app.stock.answer_loss(gap.answer_on.id, answer=False, reason="hub of the needle")
    assert answered.answered_for == Decimal(12)

    given(app, session, product, lot, Drawn(amount=Decimal(100), unit=MG))

    (grown,) = app.stock.of_lot(lot.id).open_questions
    assert grown.missing == 74
    app.stock.answer_loss(grown.answer_on.id, answer=False, reason="counted again")
    assert app.stock.of_lot(lot.id).open_questions == ()


def test_an_answer_about_a_movement_without_a_gap_is_kept_for_none(app: App, lot: Lot) -> None:
    received = app.stock.move(lot, MovementKind.RECEIVED, Decimal(10), Amount.ML)
    assert app.stock.answer_loss(received.id, answer=False, reason="asked").answered_for is None
    loose = app.sessions.save(StockMovement(kind=MovementKind.COUNTED, amount=Decimal(1), unit=MG))
    assert app.stock.answer_loss(loose.id, answer=False, reason="asked").answered_for is None


def test_products_come_with_their_lots_the_newest_first(
    app: App, product: Product, lot: Lot
) -> None:
    later = app.stock.save(Lot(product_id=product.id, number="KT6B0500"))
    other = app.stock.save(Product(name="Atropine"))
    assert [(s.product, s.lots) for s in app.stock.shelves()] == [
        (other, ()),
        (product, (later, lot)),
    ]


# --- what waits for somebody


def test_a_gap_waits_on_the_day_until_it_is_answered_and_reported(
    app: App, clock: StillClock, product: Product, lot: Lot, session: Session
) -> None:
    assert app.board.stock() == ()
    given(app, session, product, lot, Drawn(amount=Decimal(50), unit=MG))

    (need,) = app.board.stock()
    assert (need.kind, need.target, str(need.due)) == (NeedKind.STOCK, lot.id, "2026-11-24")

    (gap,) = app.stock.of_lot(lot.id).open_questions
    app.stock.answer_loss(gap.answer_on.id, answer=True, reason="syringe not found")
    assert [n.what for n in app.board.stock()] == [
        "Written notice of theft or significant loss",
        "DEA Form 106",
    ]
    app.stock.record_notice(gap.answer_on.id, PartialDate(2026, 11, 24))
    app.stock.record_form_106(gap.answer_on.id, PartialDate(2026, 11, 24))
    assert app.board.stock() == ()


def test_what_others_store_is_seen_and_what_runs_asks_when_it_is_all_in(
    app: App, clock: StillClock, product: Product, lot: Lot, session: Session
) -> None:
    assert app.board.stock() == ()
    drip = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=app.context.minute(),
    )
    drawn = Drawn(amount=Decimal(50), unit=MG)
    stored = app.dosing.give(
        session, NewDose(product=product, lot=lot, giving=drip, drawn=drawn)
    ).giving
    assert app.board.stock() == ()
    clock.pass_minutes(41)
    assert len(app.board.stock()) == 1

    app.dosing.strike(stored.id, "slip")
    assert app.board.stock() == ()


def test_a_product_that_is_controlled_only_later_asks_then(
    app: App, product: Product, lot: Lot, session: Session
) -> None:
    free = app.stock.save(replace(product, controlled=False), reason="misread")
    given(app, session, free, lot, Drawn(amount=Decimal(50), unit=MG))
    assert app.board.stock() == ()

    app.stock.save(replace(free, controlled=True), reason="schedule III")

    assert [need.target for need in app.board.stock()] == [lot.id]
    stocked = app.stock.save(Lot(product_id=product.id, number="KT6B0500"))
    app.stock.move(stocked, MovementKind.RECEIVED, Decimal(500), MG)
    app.stock.move(stocked, MovementKind.COUNTED, Decimal(490), MG)
    assert sorted(need.target for need in app.board.stock()) == sorted([lot.id, stocked.id])


def test_after_many_entries_all_is_read_again_and_says_the_same(
    app: App, product: Product, lot: Lot, session: Session
) -> None:
    losses = LossService(app.context)
    assert losses.needs() == ()
    given(app, session, product, lot, Drawn(amount=Decimal(50), unit=MG))
    for n in range(MOST_ENTRIES + 1):
        app.patients.save(Patient(code=f"Q-{n}"))

    assert losses.needs() == LossService(app.context).needs()
    assert [need.target for need in losses.needs()] == [lot.id]


def test_a_dose_moved_to_another_lot_leaves_no_gap_behind(
    app: App, product: Product, lot: Lot, session: Session
) -> None:
    given(app, session, product, lot, Drawn(amount=Decimal(38), unit=MG))
    assert app.board.stock() == ()
    other = app.stock.save(Lot(product_id=product.id, number="KT6B0500"))
    (dose,) = app.sessions.room(session.id).administrations

    app.sessions.save(replace(dose, lot_id=other.id), reason="read off wrongly")

    assert [need.target for need in app.board.stock()] == [lot.id]

"""What a gap in the stock asks of somebody, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from aeapp.domain.chair.needs import Authority, NeedKind, clock_of, ordered
from aeapp.domain.chair.stock import Gap
from aeapp.domain.chair.stock_needs import needs_of
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Lot, Product, StockMovement
from aeapp.domain.values import PartialDate

VIAL = Product(id="p", name="Ketamine HCl", controlled=True)
LOT = Lot(id="l", number="KT6B0417", product_id="p")
FRIDAY = PartialDate(2026, 11, 20, 15, 0, None, -300)
DRAWN = StockMovement(id="m", kind=MovementKind.DRAWN, at=FRIDAY, by="Dana Reyes")


def gap(**answer: object) -> Gap:
    # An answer is about the amount that its person saw.
    answered = (
        {"answered_for": Decimal(12), **answer}
        if answer.get("significant_loss") is not None
        else answer
    )
    return Gap(replace(DRAWN, **answered), "s", Fraction(12), Amount.MG)  # type: ignore[arg-type]


def test_an_open_question_waits_until_the_business_day_after_it_could_be_seen() -> None:
    (need,) = needs_of(VIAL, LOT, gap())

    assert (need.kind, need.target, need.due) == (NeedKind.STOCK, "l", dt.date(2026, 11, 23))
    assert need.what == "Is this a theft or a significant loss?"
    assert need.detail == "Ketamine HCl, lot KT6B0417: 12 mg not accounted for"
    assert (need.authority, need.rule) == (Authority.LAW, "21 CFR 1301.76(b)")
    assert (need.next_step, need.owner) == ("Answer", "Dana Reyes")


def test_an_answer_of_not_known_keeps_it_open_and_no_loss_ends_it() -> None:
    assert len(needs_of(VIAL, LOT, gap(significant_loss=NullFlavor.UNK))) == 1
    assert needs_of(VIAL, LOT, gap(significant_loss=False)) == ()
    assert needs_of(replace(VIAL, controlled=False), LOT, gap()) == ()


def test_an_answer_about_another_amount_leaves_the_question_open() -> None:
    (need,) = needs_of(VIAL, LOT, gap(significant_loss=False, answered_for=Decimal(3)))

    assert need.next_step == "Answer"


def test_a_gap_of_which_nobody_knows_the_day_has_no_date_and_stays_on_the_list() -> None:
    (need,) = needs_of(VIAL, replace(LOT, number=NullFlavor.UNK), gap(at=NullFlavor.UNK))

    assert need.due is None
    assert clock_of(need, dt.date(2026, 11, 23))[1] == "open"
    assert "lot number not known" in need.detail


def test_a_loss_asks_for_what_is_not_done_yet_each_with_its_day() -> None:
    loss = gap(significant_loss=True, discovered_on=PartialDate(2026, 11, 20))

    assert [(n.what, n.due) for n in needs_of(VIAL, LOT, loss)] == [
        ("Written notice of theft or significant loss", dt.date(2026, 11, 23)),
        ("DEA Form 106", dt.date(2027, 1, 4)),
    ]
    told = replace(loss, answer_on=replace(loss.answer_on, notice_on=PartialDate(2026, 11, 21)))
    assert [n.what for n in needs_of(VIAL, LOT, told)] == ["DEA Form 106"]
    day = PartialDate(2026, 12, 1)
    done = replace(told, answer_on=replace(told.answer_on, form_106_on=day))
    assert needs_of(VIAL, LOT, done) == ()
    undated = gap(significant_loss=True)
    assert needs_of(VIAL, LOT, undated) == ()


def test_two_gaps_of_one_lot_are_two_lines() -> None:
    other = Gap(replace(DRAWN, id="n"), "t", Fraction(3), Amount.MG)
    found = [*needs_of(VIAL, LOT, gap()), *needs_of(VIAL, LOT, other)]

    assert len({need.line for need in ordered(found)}) == 2

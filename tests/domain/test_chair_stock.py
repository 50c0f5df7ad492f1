"""The book of a lot, its gaps, and the question of the DEA."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.chair.loss import (
    LossDates,
    Question,
    answered_for,
    late,
    loss_dates,
    question_of,
    question_words,
)
from aeapp.domain.chair.lots import Shelf, expiry, open_lots
from aeapp.domain.chair.stock import Gap, book, gap_words, gaps, standing, unit_of, vials
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Amount, InfusionChange, MovementKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Product, StockMovement
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate

VIAL = Product(
    id="p", name="Ketamine", strength="50", strength_unit=DoseUnit.MG_ML, controlled=True
)
ZERO = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)
NOW = ZERO + dt.timedelta(hours=8)
MG, ML = Amount.MG, Amount.ML
RECEIVED, DRAWN, WASTED = MovementKind.RECEIVED, MovementKind.DRAWN, MovementKind.WASTED
RETURNED, COUNTED = MovementKind.RETURNED, MovementKind.COUNTED


def at(minute: int) -> PartialDate:
    return PartialDate.of(ZERO + dt.timedelta(minutes=minute))


def moved(
    kind: MovementKind | None,
    amount: str | None,
    minute: int | None = 0,
    unit: Amount | None = MG,
    **changes: object,
) -> StockMovement:
    base = StockMovement(
        id=f"m{minute:04d}-{kind}" if minute is not None else "m-none",
        product_id="p",
        lot_id="l",
        kind=kind,
        amount=None if amount is None else Decimal(amount),
        unit=unit,
        at=None if minute is None else at(minute),
    )
    return replace(base, **changes)


def dosed(amount: str | None, minute: int | None = 10, **changes: object) -> Administration:
    base = Administration(
        id="a" if minute is None else f"a{minute:04d}",
        product_id="p",
        lot_id="l",
        session_id="s",
        dose=None if amount is None else Decimal(amount),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAMUSCULAR,
        started=NullFlavor.UNK if minute is None else at(minute),
    )
    return replace(base, **changes)


# --- the book


def test_the_balance_is_what_came_in_less_given_wasted_and_returned() -> None:
    found = book(
        VIAL,
        [moved(RECEIVED, "500"), moved(WASTED, "12", 12), moved(RETURNED, "50", 60)],
        [dosed("38")],
    )
    assert [e.balance for e in found.entries] == [500, 462, 450, 400]
    assert [e.words for e in found.entries] == ["Received", "Given", "Wasted", "Returned"]
    assert (found.balance, found.unit, found.given, found.wasted) == (400, MG, 38, 12)


def test_millilitres_and_milligrams_meet_by_the_strength() -> None:
    found = book(VIAL, [moved(RECEIVED, "10", unit=ML)], [dosed("38")])
    assert (found.unit, found.balance) == (ML, Fraction("9.24"))


def test_what_was_drawn_is_there_until_it_is_given_or_wasted() -> None:
    found = book(VIAL, [moved(RECEIVED, "500"), moved(DRAWN, "50", 9)], [])
    assert found.balance == 500


def test_what_is_not_comparable_or_has_no_time_or_kind_is_named_and_not_counted() -> None:
    found = book(
        VIAL,
        [
            moved(RECEIVED, "500"),
            moved(RECEIVED, "2", 5, Amount.TABLET),
            moved(RECEIVED, "100", None),
            moved(RECEIVED, None, 6),
            moved(None, "7", 7),
            moved(WASTED, "7", 8, None),
        ],
        [dosed(None), dosed("5", None)],
    )
    assert found.balance == 500
    assert sorted(e.left_out for e in found.left_out) == [
        "kind not named",
        "no time",
        "no time",
        *["not comparable in this unit"] * 4,
    ]
    assert {e.words for e in found.left_out} >= {"Movement not named", "Given"}


def test_before_anything_came_in_there_is_no_balance_and_use_comes_off_the_first_receipt() -> None:
    assert book(VIAL, [], [dosed("38")]).balance is None
    late_receipt = book(VIAL, [moved(RECEIVED, "500", 60)], [dosed("38")])
    assert [e.balance for e in late_receipt.entries] == [None, 462]
    assert unit_of([]) is MG
    assert unit_of([moved(DRAWN, "1", unit=ML), moved(COUNTED, "3", unit=Amount.DEVICE)]) is (
        Amount.DEVICE
    )


def test_a_count_sets_the_balance_and_tells_how_far_it_was_off() -> None:
    found = book(
        VIAL,
        [moved(RECEIVED, "500"), moved(COUNTED, "450", 60), moved(COUNTED, "450", 70)],
        [dosed("38"), dosed("40", 80)],
    )
    assert [e.off for e in found.entries] == [None, None, -12, 0, None]
    assert found.balance == 410
    assert book(VIAL, [moved(COUNTED, "450", 60)], []).entries[0].off is None


movements = st.lists(
    st.tuples(
        st.sampled_from([RECEIVED, WASTED, RETURNED, DRAWN]),
        st.decimals("0.01", "500", places=2),
        st.sampled_from([MG, ML]),
    ),
    max_size=8,
)


@given(movements, st.lists(st.decimals("0.01", "500", places=2), max_size=4))
def test_the_balance_is_the_exact_sum_in_whatever_unit(
    found: list[tuple[MovementKind, Decimal, Amount]], doses: list[Decimal]
) -> None:
    records = [moved(RECEIVED, "1000"), *(moved(k, str(a), 1, u) for k, a, u in found)]
    records = [replace(r, id=f"m{n}") for n, r in enumerate(records)]
    whole = book(VIAL, records, [dosed(str(d), 2) for d in doses])
    sign = {RECEIVED: 1, WASTED: -1, RETURNED: -1, DRAWN: 0}
    mg = sum(
        (sign[k] * Fraction(a) * (50 if u is ML else 1) for k, a, u in found), Fraction(1000)
    ) - sum(map(Fraction, doses))
    assert whole.balance == mg


# --- vials


def test_a_vial_knows_what_is_left_only_where_it_came_in_under_its_mark() -> None:
    records = [
        moved(RECEIVED, "500", vial="1"),
        moved(DRAWN, "50", 9, vial="1", session_id="s"),
        moved(WASTED, "12", 12, vial="1", session_id="s"),
        moved(WASTED, "30", 60, vial="1"),
        moved(DRAWN, "50", 90, vial="2", session_id="t"),
        moved(RECEIVED, "500"),
    ]
    one, two = vials(VIAL, records, MG)
    assert (one.mark, one.drawn, one.wasted, one.left) == ("1", 50, 42, 420)
    assert (two.mark, two.drawn, two.left) == ("2", 50, None)


# --- gaps


def drawn(amount: str = "50", **changes: object) -> StockMovement:
    return moved(DRAWN, amount, 9, **({"session_id": "s"} | changes))


def wasted(amount: str) -> StockMovement:
    return moved(WASTED, amount, 12, session_id="s")


def test_a_session_without_a_rest_has_no_gap() -> None:
    assert gaps(VIAL, [drawn(), wasted("12")], [dosed("38")], NOW) == ()
    assert gaps(VIAL, [drawn("1", unit=ML), wasted("12")], [dosed("38")], NOW) == ()


def test_what_is_neither_given_nor_wasted_is_a_gap() -> None:
    (gap,) = gaps(VIAL, [drawn(), wasted("2")], [dosed("38")], NOW)
    assert (gap.missing, gap.session_id, gap.asks) == (10, "s", True)
    assert gap.answer_on == drawn()
    assert gap_words(gap) == "10 mg not accounted for"


def test_more_than_was_drawn_is_said_and_is_no_loss() -> None:
    (gap,) = gaps(VIAL, [drawn("30")], [dosed("38")], NOW)
    assert (gap.missing, gap.asks) == (-8, False)
    assert gap_words(gap) == "8 mg more than there should be"
    assert question_of(gap, VIAL) is Question.NOT_ASKED


def test_a_session_that_still_runs_has_no_gap_yet() -> None:
    runs = dosed(
        "38",
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        changes=(DoseChange(at=at(15), change=InfusionChange.PAUSE),),
    )
    assert gaps(VIAL, [drawn()], [runs], NOW) == ()
    (gap,) = gaps(VIAL, [drawn()], [replace(runs, ended=at(50))], NOW)
    assert gap.missing == 12


def test_other_sessions_of_the_lot_do_not_fill_a_gap() -> None:
    (gap,) = gaps(VIAL, [drawn()], [dosed("38", session_id="other")], NOW)
    assert gap.missing == 50
    assert gaps(VIAL, [moved(DRAWN, "50", 9)], [], NOW) == ()


def test_a_gap_that_cannot_be_reckoned_is_still_a_gap() -> None:
    (gap,) = gaps(VIAL, [drawn()], [dosed(None)], NOW)
    assert gap.missing is None
    assert gap_words(gap) == "drawn, given and wasted cannot be compared in mg"
    assert question_of(gap, VIAL) is Question.OPEN


def test_a_count_that_is_short_is_a_gap() -> None:
    records = [moved(RECEIVED, "500"), moved(COUNTED, "488", 60), moved(COUNTED, "490", 70)]
    short, over = gaps(VIAL, records, [], NOW)
    assert (short.missing, over.missing) == (12, -2)
    assert short.answer_on.kind is COUNTED


# --- the question


def gap(answer: object = None) -> Gap:
    kept = None if answer is None else Decimal(12)
    return Gap(drawn(significant_loss=answer, answered_for=kept), "s", Fraction(12), MG)


@pytest.mark.parametrize("answer", [True, False, NullFlavor.UNK])
def test_an_answer_holds_for_the_gap_that_was_answered_and_no_other(answer: object) -> None:
    answered = gap(answer)
    assert question_of(replace(answered, missing=Fraction(102)), VIAL) is Question.OPEN
    assert question_of(replace(answered, missing=Fraction(2)), VIAL) is Question.OPEN
    assert question_of(replace(answered, missing=None), VIAL) is Question.OPEN
    assert question_of(replace(answered, missing=Fraction(-2)), VIAL) is Question.NOT_ASKED
    assert question_of(answered, VIAL) is not Question.OPEN


def test_an_answer_holds_when_the_unit_of_the_book_changes() -> None:
    in_ml = replace(gap(answer=False), missing=Fraction(12, 50), unit=ML)
    assert question_of(in_ml, VIAL) is Question.NO_LOSS
    weak = replace(VIAL, strength=None)
    assert answered_for(in_ml, weak) is None
    bare = replace(in_ml, answer_on=replace(in_ml.answer_on, unit=None))
    assert answered_for(bare, VIAL) == Decimal("0.24")
    thirds = replace(in_ml, missing=Fraction(1, 3), answer_on=bare.answer_on)
    assert answered_for(thirds, VIAL) == Decimal("0.333333")


@pytest.mark.parametrize(
    ("answer", "controlled", "question", "words"),
    [
        (None, True, Question.OPEN, "not answered yet"),
        (None, None, Question.NOT_ASKED, ""),
        (None, False, Question.NOT_ASKED, ""),
        (NullFlavor.UNK, True, Question.NOT_KNOWN, "not known yet"),
        (False, True, Question.NO_LOSS, "no theft or significant loss"),
        (True, True, Question.LOSS, "theft or significant loss"),
    ],
)
def test_the_question_is_put_for_controlled_products_and_a_person_answers(
    answer: object, controlled: bool | None, question: Question, words: str
) -> None:
    found = question_of(gap(answer), replace(VIAL, controlled=controlled))
    assert found is question
    assert question_words(found) == words


def test_the_two_dates_count_from_the_discovery() -> None:
    loss = drawn(
        significant_loss=True,
        discovered_on=PartialDate(2026, 11, 25),
        notice_on=PartialDate(2026, 11, 27),
    )
    dates = loss_dates(loss)
    assert dates == LossDates(
        dt.date(2026, 11, 25),
        dt.date(2026, 11, 27),
        dt.date(2027, 1, 9),
        PartialDate(2026, 11, 27),
        None,
    )
    assert not late(dates.notice_by, dates.notice_on, dt.date(2027, 2, 1))
    assert late(dates.form_106_by, dates.form_106_on, dt.date(2027, 1, 10))
    assert not late(dates.form_106_by, dates.form_106_on, dt.date(2027, 1, 9))


@pytest.mark.parametrize("answer", [None, False, NullFlavor.UNK])
def test_what_is_no_loss_has_no_dates(answer: object) -> None:
    day = PartialDate(2026, 11, 25)
    assert loss_dates(drawn(significant_loss=answer, discovered_on=day)) is None
    assert loss_dates(drawn(significant_loss=True)) is None


# --- lots


@pytest.mark.parametrize(
    ("expires", "shelf", "words"),
    [
        (PartialDate(2028, 3), Shelf.GOOD, "to Mar 2028"),
        (PartialDate(2028), Shelf.GOOD, "to 2028"),
        (PartialDate(2026, 12, 5), Shelf.SOON, "to 5 Dec 2026"),
        (PartialDate(2026, 11), Shelf.SOON, "to Nov 2026"),
        (PartialDate(2026, 10), Shelf.EXPIRED, "expired Oct 2026"),
        (PartialDate(2026, 11, 22), Shelf.EXPIRED, "expired 22 Nov 2026"),
        (NullFlavor.UNK, Shelf.UNKNOWN, "expiry unknown"),
        (None, Shelf.UNKNOWN, "no expiry entered"),
    ],
)
def test_a_lot_may_be_used_to_the_end_of_its_month(
    expires: object, shelf: Shelf, words: str
) -> None:
    found = expiry(Lot(expires=expires), dt.date(2026, 11, 23))
    assert (found.shelf, found.words) == (shelf, words)


def test_the_open_box_is_the_one_used_last() -> None:
    givings = [dosed("1", 10, lot_id="old"), dosed("1", 20, lot_id="new"), dosed("1", lot_id="")]
    assert open_lots(givings, []) == {"p": "new"}
    assert open_lots(givings, [moved(DRAWN, "1", 30, lot_id="newest")]) == {"p": "newest"}
    assert open_lots(givings, [moved(RECEIVED, "1", 30, lot_id="fresh")]) == {"p": "new"}
    assert open_lots([], [moved(RECEIVED, "1", 30), moved(COUNTED, "1", 40, lot_id="x")]) == {
        "p": "l"
    }
    assert open_lots([dosed("1", None, lot_id="undated"), dosed("1", 5)], []) == {"p": "l"}
    assert open_lots([dosed("1", product_id="")], []) == {}


# --- a dose that was a slip


def test_a_struck_dose_takes_what_was_drawn_and_wasted_for_it_out_of_the_book() -> None:
    slip = dosed("38", struck_reason="undone")
    movements = [
        moved(RECEIVED, "500", 0),
        moved(DRAWN, "50", 10, session_id="s", administration_id=slip.id, vial="1"),
        moved(WASTED, "2", 11, session_id="s", administration_id=slip.id, vial="1"),
    ]
    whole = book(VIAL, movements, [slip])

    assert (whole.balance, whole.given, whole.wasted) == (500, 0, 0)
    assert [e.left_out for e in whole.left_out] == ["struck through with its dose"] * 3
    assert gaps(VIAL, movements, [slip], NOW) == ()
    assert standing(movements, [slip]) == ([movements[0]], [])


def test_movements_of_no_dose_stay_when_a_dose_without_an_id_is_struck() -> None:
    slip = replace(dosed("38", struck_reason="undone"), id="")
    received = moved(RECEIVED, "500", 0)

    assert standing([received], [slip]) == ([received], [])
    assert book(VIAL, [received], [slip]).balance == 500

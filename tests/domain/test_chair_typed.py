"""Doses, paces and holds as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.chair.typed import (
    TypedDose,
    TypedDrawn,
    TypedHold,
    TypedPace,
    again,
    pace_typed,
    read_dose,
    read_drawn,
    read_hold,
    read_pace,
    read_rate,
    rest_of,
    typed_words,
    with_pace,
)
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import AfterHold, Amount
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from aeapp.kernel.errors import BadInputError

TROCHE = Product(strength="100", strength_unit=DoseUnit.MG)
WEIGHT = Decimal("76.4")
D = Decimal


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("38", TypedDose(D(38))),
        (" 38 mg ", TypedDose(D(38))),
        ("38,5", TypedDose(D("38.5"))),
        ("0.5 g", TypedDose(D("0.5"), DoseUnit.GM)),
        ("250 mcg", TypedDose(D(250), DoseUnit.UGM)),
        ("250 μg", TypedDose(D(250), DoseUnit.UGM)),
        ("0.76 mL", TypedDose(D("0.76"), DoseUnit.ML)),
        ("0.5/kg", TypedDose(D("38.2"), per_kg=D("0.5"))),
        ("0,5 mg/kg", TypedDose(D("38.2"), per_kg=D("0.5"))),
        ("0.5/kg 38", TypedDose(D(38), per_kg=D("0.5"))),
        ("0.5 mg/kg = 38 mg", TypedDose(D(38), per_kg=D("0.5"))),
        ("3 tablets", TypedDose(D(300), pieces=D(3))),
        ("2.5 x", TypedDose(D(250), pieces=D("2.5"))),
    ],
)
def test_a_dose_is_read_as_it_is_typed(text: str, typed: TypedDose) -> None:
    assert read_dose(text, WEIGHT, TROCHE) == typed


@pytest.mark.parametrize(
    ("text", "weight", "sentence"),
    [
        ("a lot", WEIGHT, "Type the dose"),
        ("", WEIGHT, "Type the dose"),
        ("-5", WEIGHT, "Type the dose"),
        ("0", WEIGHT, "more than nothing"),
        ("0.5/kg", None, "weight first"),
        ("2 tablets", WEIGHT, "no strength"),
        ("9999999", WEIGHT, "1000000"),
        ("5000/kg 38", WEIGHT, "1000"),
    ],
)
def test_a_dose_that_cannot_be_meant_is_refused(
    text: str, weight: Decimal | None, sentence: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        read_dose(text, weight, Product())
    assert sentence in refused.value.message.replace(",", "")


def test_more_pieces_than_anybody_takes_are_refused() -> None:
    with pytest.raises(BadInputError):
        read_dose("1001 tablets", None, TROCHE)


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("", TypedPace()),
        ("40", TypedPace(over_minutes=D(40))),
        ("over 40 min", TypedPace(over_minutes=D(40))),
        ("1.5 h", TypedPace(over_minutes=D("90"))),
        ("0.95 mg/min", TypedPace(rate=D("0.95"), rate_unit=RateUnit.MG_PER_MIN)),
        ("57 MG/H", TypedPace(rate=D(57), rate_unit=RateUnit.MG_PER_H)),
        ("0.5mg/kg/h", TypedPace(rate=D("0.5"), rate_unit=RateUnit.MG_PER_KG_H)),
        (
            "150 mL/h in 100 mL",
            TypedPace(rate=D(150), rate_unit=RateUnit.ML_PER_H, volume=D(100)),
        ),
    ],
)
def test_a_pace_is_read_as_it_is_typed(text: str, pace: TypedPace) -> None:
    assert read_pace(text) == pace


@pytest.mark.parametrize(
    "text", ["fast", "0", "0 mg/min", "40 mg", "1 mg/min in 100", "150 ml/h in 0", "99999"]
)
def test_a_pace_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        read_pace(text)


def test_a_new_rate_is_in_the_unit_in_which_it_runs() -> None:
    assert read_rate("0.8", RateUnit.MG_PER_MIN) == TypedPace(
        rate=D("0.8"), rate_unit=RateUnit.MG_PER_MIN
    )
    assert read_rate("45 mg/h", None).rate_unit is RateUnit.MG_PER_H
    for text, unit in (("0.8", None), ("", RateUnit.MG_PER_H), ("over 40", RateUnit.MG_PER_H)):
        with pytest.raises(BadInputError):
            read_rate(text, unit)


@pytest.mark.parametrize(
    ("text", "hold"),
    [
        ("", TypedHold()),
        ("10", TypedHold(over_minutes=D(10))),
        ("10 min", TypedHold(over_minutes=D(10))),
        ("10 spat", TypedHold(held_minutes=D(10), after_hold=AfterHold.SPAT)),
        ("7 min swallowed", TypedHold(held_minutes=D(7), after_hold=AfterHold.SWALLOWED)),
        ("0 sw", TypedHold(held_minutes=D(0), after_hold=AfterHold.SWALLOWED)),
    ],
)
def test_a_hold_is_read_as_it_is_typed(text: str, hold: TypedHold) -> None:
    assert read_hold(text) == hold


@pytest.mark.parametrize("text", ["long", "0", "500 spat", "spat"])
def test_a_hold_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        read_hold(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("", None),
        ("50", TypedDrawn(D(50), Amount.MG)),
        ("1 mL #2", TypedDrawn(D(1), Amount.ML, "2")),
        ("50 mg # ", TypedDrawn(D(50), Amount.MG)),
    ],
)
def test_what_was_drawn_is_read_as_it_is_typed(text: str, drawn: TypedDrawn | None) -> None:
    assert read_drawn(text) == drawn


@pytest.mark.parametrize("text", ["all", "0", "50 g", "2000000"])
def test_what_cannot_be_drawn_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        read_drawn(text)


def test_the_rest_is_exact_or_not_said() -> None:
    giving = Administration(dose=D(38), dose_unit=DoseUnit.MG)
    vial = Product(strength="50", strength_unit=DoseUnit.MG_ML)
    thirds = Product(strength="3", strength_unit=DoseUnit.MG_ML)
    assert rest_of(TypedDrawn(D(50), Amount.MG), giving, None) == D(12)
    assert rest_of(TypedDrawn(D(1), Amount.ML), giving, vial) == D("0.24")
    assert rest_of(TypedDrawn(D(20), Amount.ML), giving, thirds) is None
    assert rest_of(TypedDrawn(D(1), Amount.ML), giving, None) is None
    assert rest_of(TypedDrawn(D(30), Amount.MG), giving, None) == D(-8)


def test_the_pace_field_of_what_is_held_in_the_mouth_is_its_hold() -> None:
    held = with_pace(Administration(route=FormRoute.SUBLINGUAL), "10 spat")
    assert (held.held_minutes, held.after_hold, held.rate) == (D(10), AfterHold.SPAT, None)
    assert with_pace(Administration(route=FormRoute.SUBLINGUAL), "7").over_minutes == D(7)
    drip = with_pace(Administration(route=FormRoute.INTRAVENOUS_DRIP), "150 ml/h in 100")
    assert (drip.rate, drip.volume, drip.over_minutes) == (D(150), D(100), None)


def test_the_dose_of_last_time_is_meant_again_by_the_weight_of_today() -> None:
    last = Administration(dose=D(38), dose_unit=DoseUnit.MG, per_kg=D("0.5"), weight=WEIGHT)
    assert typed_words(again(last, WEIGHT)) == "0.5/kg 38"
    assert typed_words(again(last, D(80))) == "0.5/kg"
    assert typed_words(again(last, None)) == "38"
    stopped = Administration(dose=D("19.95"), planned=D(38), dose_unit=DoseUnit.MG)
    assert typed_words(again(stopped, D(80))) == "38"


def test_a_dose_of_last_time_reads_as_it_would_be_typed() -> None:
    mg = Administration(dose=D(38), dose_unit=DoseUnit.MG)
    assert typed_words(mg) == "38"
    assert typed_words(Administration(dose=D("0.76"), dose_unit=DoseUnit.ML)) == "0.76 mL"
    assert typed_words(Administration(dose=D(38))) == "38"
    assert typed_words(Administration(dose=NullFlavor.UNK)) == ""
    by_weight = Administration(dose=D(38), dose_unit=DoseUnit.MG, per_kg=D("0.5"), weight=WEIGHT)
    assert typed_words(by_weight) == "0.5/kg 38"
    exact = Administration(dose=D("38.2"), per_kg=D("0.5"), weight=WEIGHT)
    assert typed_words(exact) == "0.5/kg"
    assert typed_words(Administration(dose=D("38.2"), per_kg=D("0.5"))) == "0.5/kg 38.2"
    assert typed_words(Administration(dose=D(300), pieces=D(3))) == "3 x"
    assert pace_typed(Administration(over_minutes=D(40))) == "40 min"
    assert pace_typed(Administration()) == ""
    volume = Administration(rate=D(150), rate_unit=RateUnit.ML_PER_H, volume=D(100))
    assert pace_typed(volume) == "150 mL/h in 100 mL"
    assert pace_typed(Administration(rate=D(57), rate_unit=RateUnit.MG_PER_H)) == "57 mg/h"


@given(
    st.decimals("0.01", "99999", places=2),
    st.sampled_from([DoseUnit.MG, DoseUnit.GM, DoseUnit.UGM, DoseUnit.ML]),
)
def test_what_would_be_typed_reads_back_as_the_same_dose(amount: Decimal, unit: DoseUnit) -> None:
    giving = Administration(dose=amount, dose_unit=unit)
    assert read_dose(typed_words(giving), None, None) == TypedDose(amount, unit)


@given(st.decimals("0.1", "9999", places=1), st.sampled_from([None, *RateUnit]))
def test_what_would_be_typed_reads_back_as_the_same_pace(
    number: Decimal, unit: RateUnit | None
) -> None:
    typed = TypedPace(number) if unit is None else TypedPace(rate=number, rate_unit=unit)
    giving = Administration(
        over_minutes=typed.over_minutes, rate=typed.rate, rate_unit=typed.rate_unit
    )
    assert read_pace(pace_typed(giving)) == typed

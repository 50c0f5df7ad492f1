"""Doses in words, in sum and as marks; devices and holds; exposure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.chair.doses import (
    Total,
    amount_words,
    course_words,
    delivered_words,
    giving_words,
    marks,
    order_words,
    ordered_mg,
    pace_words,
    package_of,
    planned_mark,
    product_words,
    substance_of,
    told_apart,
    total_words,
    totals,
    went_in_words,
)
from aeapp.domain.chair.exposure import exposure, exposure_words
from aeapp.domain.chair.infusion import course
from aeapp.domain.chair.pieces import (
    REST,
    as_device,
    clock_words,
    devices_for,
    held_words,
    hold_of,
    hold_words,
    in_devices,
    next_turn,
    turn_words,
    with_second,
)
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import AfterHold, InfusionChange
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Product
from aeapp.domain.records.administration import DoseChange, Snapshot
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import DoseKind, DoseMark

VIAL = Product(
    id="vial",
    name="Ketamine HCl",
    strength="50",
    strength_unit=DoseUnit.MG_ML,
    ndc="0409-2051-05",
    maker="Maker",
)
SPRAY = Product(id="spray", name="Spravato", strength="28", strength_unit=DoseUnit.MG)
ONDANSETRON = Product(id="ond", name="Ondansetron")
PRODUCTS = {p.id: p for p in (VIAL, SPRAY, ONDANSETRON)}
ZERO = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)
MG = DoseUnit.MG


def at(minute: int) -> PartialDate:
    return PartialDate.of(ZERO + dt.timedelta(minutes=minute))


def moment(minutes: float) -> dt.datetime:
    return ZERO + dt.timedelta(minutes=minutes)


def dose(amount: str | None = "38", **changes: object) -> Administration:
    base = Administration(
        product_id="vial",
        dose=None if amount is None else Decimal(amount),
        dose_unit=MG,
        route=FormRoute.INTRAMUSCULAR,
        started=at(0),
    )
    return replace(base, **changes)


def drip(**changes: object) -> Administration:
    facts = {"route": FormRoute.INTRAVENOUS_DRIP, "over_minutes": Decimal(40)} | changes
    return dose(**facts)


# --- words


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("Ketamine HCl", "ketamine"),
        ("KETALAR 50", "ketamine"),
        ("esketamine nasal", "esketamine"),
        ("Spravato", "esketamine"),
        ("Ondansetron", "Ondansetron"),
        (NullFlavor.UNK, ""),
    ],
)
def test_ketamine_and_esketamine_are_two_substances(name: object, substance: str) -> None:
    assert substance_of(Product(name=name)) == substance
    assert substance_of(None) == ""


def test_a_product_reads_with_its_strength() -> None:
    assert product_words(VIAL) == "Ketamine HCl 50 mg/mL"
    assert product_words(replace(VIAL, strength=None)) == "Ketamine HCl"
    assert product_words(replace(VIAL, strength_unit=None)) == "Ketamine HCl 50"
    assert product_words(None) == ""


def test_the_package_is_what_product_and_lot_say_that_day() -> None:
    lot = Lot(number="KT6B0417", expires=PartialDate(2028, 3))
    assert package_of(VIAL, lot) == Snapshot(
        name="Ketamine HCl 50 mg/mL",
        ndc="0409-2051-05",
        maker="Maker",
        lot="KT6B0417",
        expires=PartialDate(2028, 3),
    )
    bare = Product(name=NullFlavor.UNK, ndc=NullFlavor.NA)
    assert package_of(bare, None) == Snapshot()
    assert package_of(VIAL, Lot(number=NullFlavor.UNK, expires=NullFlavor.UNK)).lot is None


def test_an_order_by_weight_shows_how_it_was_reckoned_and_what_was_given() -> None:
    order = dose("38", per_kg=Decimal("0.5"), weight=Decimal("76.4"))
    assert ordered_mg(order) == Decimal("38.2")
    assert order_words(order) == "0.5 mg/kg × 76.4 kg = 38.2 mg, given 38 mg"
    assert order_words(replace(order, dose=Decimal("38.2"))) == "0.5 mg/kg × 76.4 kg = 38.2 mg"
    assert order_words(replace(order, dose=None)) == "0.5 mg/kg × 76.4 kg = 38.2 mg"
    assert order_words(dose()) == ""
    assert ordered_mg(dose(per_kg=Decimal(1))) is None


@given(st.decimals("0.001", "10", places=3), st.decimals("20", "250", places=2))
def test_an_order_by_weight_is_exact(share: Decimal, weight: Decimal) -> None:
    ordered = ordered_mg(dose(per_kg=share, weight=weight))
    assert ordered is not None
    assert Fraction(ordered) == Fraction(share) * Fraction(weight)


def test_a_dose_reads_as_people_say_it() -> None:
    assert giving_words(drip(), VIAL) == "Ketamine HCl 38 mg, over 40 min"
    assert giving_words(dose("28", device_number=1), SPRAY) == "Spravato 28 mg, device 1"
    assert giving_words(dose("300", pieces=Decimal(3)), None) == "3 pieces, 300 mg"
    assert amount_words(dose(None, dose_text="some of it")) == "some of it"
    assert amount_words(dose(None)) == ""
    unknown = replace(dose(None), dose=NullFlavor.UNK)
    assert amount_words(unknown) == "unknown amount"
    planned = replace(unknown, planned=Decimal(38))
    assert amount_words(planned) == "unknown amount of 38 mg planned"
    assert went_in_words(planned) == "amount given unknown"
    assert amount_words(replace(unknown, dose_text="half a bag")) == "half a bag"
    assert amount_words(dose(dose_unit=None)) == "38"
    by_volume = drip(rate=Decimal(150), rate_unit=RateUnit.ML_PER_H, volume=Decimal(100))
    assert pace_words(by_volume) == "150 mL/h in 100 mL"
    assert pace_words(replace(by_volume, volume=None)) == "150 mL/h"
    assert pace_words(dose()) == ""


def test_the_course_of_a_dose_reads_with_its_amount() -> None:
    def said(giving: Administration, minute: float) -> str:
        return course_words(course(giving, VIAL, moment(minute)), giving, VIAL)

    assert said(drip(), 21) == "running, 19.95 of 38 mg"
    paused = drip(changes=(DoseChange(at=at(10), change=InfusionChange.PAUSE),))
    assert said(paused, 15) == "paused, 9.5 of 38 mg"
    assert said(drip(), 40) == "all in by time"
    assert said(drip(over_minutes=None), 5) == "running, amount not known in mg"
    assert said(dose(None), 5) == "given"
    endless = drip(dose=None, rate=Decimal(1), rate_unit=RateUnit.MG_PER_MIN)
    assert said(endless, 5) == "running, 5 mg"


def test_products_that_read_alike_are_told_apart_and_others_keep_their_words() -> None:
    one, two = replace(VIAL, maker="Hikma", ndc="1"), replace(VIAL, maker="Par", ndc="2")
    spray = Product(name="Spravato")
    assert told_apart([one, spray, two]) == (
        "Ketamine HCl 50 mg/mL, Hikma",
        "Spravato",
        "Ketamine HCl 50 mg/mL, Par",
    )
    sizes = [replace(one, ndc="1"), replace(one, ndc="9"), replace(VIAL, maker=None, ndc=None)]
    assert told_apart(sizes) == (
        "Ketamine HCl 50 mg/mL, Hikma, 1",
        "Ketamine HCl 50 mg/mL, Hikma, 9",
        "Ketamine HCl 50 mg/mL",
    )
    assert told_apart([spray, spray]) == ("Spravato", "Spravato (2)")


# --- sums


def test_sums_are_by_substance_and_unknown_amounts_are_counted() -> None:
    givings = [
        drip(),
        dose("10"),
        dose(None),
        dose("28", product_id="spray"),
        dose(None, product_id="ond"),
    ]
    found = totals(givings, PRODUCTS, moment(20))
    assert found == (
        Total("ketamine", Fraction(29), 3, 1),
        Total("esketamine", Fraction(28), 1, 0),
        Total("Ondansetron", Fraction(0), 1, 1),
    )
    assert [total_words(t) for t in found] == [
        "ketamine 29 mg and 1 of unknown amount",
        "esketamine 28 mg",
        "Ondansetron: amount not known",
    ]


# --- marks


def test_doses_become_marks_in_the_order_of_their_begin() -> None:
    givings = [
        dose("4", product_id="ond", role=DrugRole.TREATMENT, started=at(30)),
        drip(),
        dose("5", started=NullFlavor.UNK),
    ]
    assert marks(givings, PRODUCTS, at(0), moment(20)) == (
        DoseMark(0.0, None, "Ketamine HCl 38 mg, over 40 min", DoseKind.INFUSION),
        DoseMark(30.0, None, "Ondansetron 4 mg", DoseKind.RESCUE),
    )


def test_an_infusion_that_is_all_in_ends_there_on_the_chart() -> None:
    (mark,) = marks([drip()], PRODUCTS, at(0), moment(90))
    assert (mark.minute_to, mark.kind) == (40.0, DoseKind.INFUSION)
    (stopped,) = marks([drip(ended=at(21))], PRODUCTS, at(0), moment(90))
    assert stopped.minute_to == 21.0
    (unknown,) = marks([drip(ended=NullFlavor.UNK)], PRODUCTS, at(0), moment(90))
    assert unknown.minute_to is None


@pytest.mark.parametrize(
    ("giving", "words"),
    [
        (dose("19", planned=Decimal(38)), "19 of 38 mg went in"),
        (dose("19", planned=Decimal(38), dose_unit=None), "19 of 38  went in"),
        (dose("38", planned=Decimal(38)), ""),
        (dose("38"), ""),
        (dose(None, planned=Decimal(38)), ""),
        (dose("28", planned=Decimal(56), device_number=1), ""),
    ],
)
def test_what_went_in_of_an_order_is_said_where_it_was_less(
    giving: Administration, words: str
) -> None:
    assert went_in_words(giving) == words


@pytest.mark.parametrize(
    ("role", "minute", "kind", "words"),
    [
        (DrugRole.TREATMENT, -20, DoseKind.PREMEDICATION, "premedication: Ondansetron 4 mg"),
        (DrugRole.CONCOMITANT, -20, DoseKind.PREMEDICATION, "premedication: Ondansetron 4 mg"),
        (DrugRole.TREATMENT, 0, DoseKind.RESCUE, "Ondansetron 4 mg"),
        (DrugRole.SUSPECT, -20, DoseKind.BOLUS, "Ondansetron 4 mg"),
        (None, -20, DoseKind.BOLUS, "Ondansetron 4 mg"),
    ],
)
def test_what_was_given_beside_the_treatment_before_it_is_no_rescue(
    role: DrugRole | None, minute: int, kind: DoseKind, words: str
) -> None:
    giving = dose("4", product_id="ond", role=role, started=at(minute))
    (mark,) = marks([giving], PRODUCTS, at(0), moment(60))
    assert (mark.kind, mark.words) == (kind, words)


def test_a_rescue_infusion_stays_rescue() -> None:
    (mark,) = marks([drip(role=DrugRole.TREATMENT)], PRODUCTS, at(0), moment(5))
    assert (mark.kind, mark.minute_to) == (DoseKind.RESCUE, None)


def test_without_a_zero_there_are_no_marks() -> None:
    assert marks([drip()], PRODUCTS, None, moment(5)) == ()


def test_a_dose_that_is_filled_in_is_a_planned_mark() -> None:
    assert planned_mark(drip(), VIAL) == DoseMark(
        0.0, 40.0, "planned: Ketamine HCl 38 mg, over 40 min", DoseKind.INFUSION, planned=True
    )
    assert planned_mark(dose(), VIAL).minute_to is None


# --- what was a slip


def test_a_struck_dose_is_in_no_sum_and_on_no_chart() -> None:
    slip = drip(struck_reason="undone")
    assert totals([slip], PRODUCTS, moment(20)) == ()
    assert marks([slip], PRODUCTS, at(0), moment(20)) == ()
    assert exposure([slip], PRODUCTS) == ()
    assert next_turn([device(1, 0), device(2, 6, struck_reason="undone")]) == next_turn(
        [device(1, 0)]
    )
    held = dose("100", route=FormRoute.SUBLINGUAL, started=at(0))
    assert hold_of(held, moment(1)) is not None
    assert hold_of(replace(held, struck_reason="undone"), moment(1)) is None


# --- devices


def device(number: int, minute: int, **changes: object) -> Administration:
    facts: dict[str, object] = {
        "route": FormRoute.NASAL,
        "device_number": number,
        "planned": Decimal(56),
        "started": at(minute),
        "product_id": "spray",
    }
    return dose("28", **(facts | changes))


def test_the_next_device_waits_five_minutes_after_the_end_of_the_last_ones_minute() -> None:
    turn = next_turn([device(1, 0), dose()])
    assert turn is not None
    assert (turn.number, turn.planned, turn.due, turn.may_at) == (2, 2, True, moment(6))
    assert turn.waits(moment(1)) == REST
    assert turn_words(turn, moment(50 / 60)) == "device 1 of 2 given, next in 5:10"
    assert turn_words(turn, moment(6)) == "device 1 of 2 given, next may be given"


def test_after_the_last_device_none_is_due() -> None:
    turn = next_turn([device(2, 6, ended=at(7)), device(1, 0)])
    assert turn is not None
    assert (turn.number, turn.due, turn.may_at) == (3, False, moment(13))
    assert turn_words(turn, moment(6)) == "device 2 of 2 given"


def test_a_device_whose_second_is_known_waits_five_minutes_and_no_more() -> None:
    turn = next_turn([device(1, 0, started=replace(at(0), second=0))])
    assert turn is not None
    assert turn.may_at == moment(5)


def test_the_rest_is_five_minutes_from_the_second_in_which_a_device_was_given() -> None:
    given = with_second(device(1, 0), moment(50 / 60))
    assert given.start_second == 50
    turn = next_turn([given])
    assert turn is not None
    assert turn_words(turn, moment(50 / 60)) == "device 1 of 2 given, next in 5:00"
    assert turn.may_at == moment(5 + 50 / 60)
    # Nobody knows the second of what is written down later, or of no device.
    later, other = device(1, 0), dose(started=at(0))
    assert with_second(later, moment(1)) is later
    assert with_second(other, moment(0)) is other
    assert with_second(device(1, 0, started=NullFlavor.UNK), moment(0)).start_second is None


def test_a_device_without_time_or_plan_makes_no_one_wait() -> None:
    turn = next_turn([device(1, 0, started=NullFlavor.UNK, planned=None)])
    assert turn is not None
    assert turn.waits(moment(0)) == dt.timedelta()
    assert (turn.planned, turn.due) == (1, False)
    assert next_turn([device(1, 0, planned=Decimal(60))]).planned == 1
    assert next_turn([device(1, 0, dose_unit=DoseUnit.ML)]).planned == 1
    assert next_turn([dose(), dose(route=FormRoute.NASAL)]) is None


@pytest.mark.parametrize(("amount", "count"), [("28", 1), ("56", 2), ("84", 3), ("30", None)])
def test_devices_come_whole(amount: str, count: int | None) -> None:
    assert devices_for(Decimal(amount)) == count
    assert devices_for(Decimal(0)) is None


def test_a_nasal_dose_is_given_device_by_device() -> None:
    whole = dose("56", route=FormRoute.NASAL)
    assert in_devices(whole, SPRAY)
    assert not in_devices(whole, VIAL)
    assert not in_devices(dose("56"), SPRAY)
    assert not in_devices(whole, None)
    assert in_devices(whole, Product(name="Spravato (esketamine)"))
    assert not in_devices(whole, Product(name="Ketamine spray"))
    assert not in_devices(whole, replace(SPRAY, name="Esketamine", strength="14"))
    first = as_device(whole, 0)
    assert first is not None
    assert (first.dose, first.device_number, first.planned) == (28, 1, 56)
    single = as_device(dose("28", route=FormRoute.NASAL), 0)
    assert single is not None
    assert single.planned is None
    later = as_device(dose("28", route=FormRoute.NASAL), 2)
    assert later is not None
    assert (later.device_number, later.planned) == (3, 84)
    assert as_device(dose("30"), 0) is None
    assert as_device(dose("28", dose_unit=DoseUnit.ML), 0) is None
    assert as_device(dose(None), 0) is None


# --- holds


def lozenge(**changes: object) -> Administration:
    return dose("300", **({"route": FormRoute.SUBLINGUAL, "over_minutes": Decimal(10)} | changes))


def test_a_hold_counts_down_to_its_minutes() -> None:
    hold = hold_of(lozenge(), moment(4 + 1 / 6))
    assert hold is not None
    assert hold_words(hold) == "held 4:10, 5:50 left"
    over = hold_of(lozenge(), moment(11))
    assert over is not None
    assert hold_words(over) == "held 11:00, time is over"
    unset = hold_of(lozenge(over_minutes=None), moment(3))
    assert unset is not None
    assert hold_words(unset) == "held 3:00"
    early = hold_of(lozenge(), moment(-3))
    assert early is not None
    assert early.held == dt.timedelta()


@pytest.mark.parametrize(
    "changes",
    [
        {"route": FormRoute.ORAL},
        {"held_minutes": Decimal(10)},
        {"held_minutes": NullFlavor.UNK},
        {"after_hold": AfterHold.SPAT},
        {"ended": at(10)},
        {"started": None},
    ],
)
def test_what_is_not_in_the_mouth_is_not_held(changes: dict[str, object]) -> None:
    assert hold_of(lozenge(**changes), moment(4)) is None


def test_a_hold_that_is_over_reads_with_what_came_after() -> None:
    assert held_words(lozenge(held_minutes=Decimal(10), after_hold=AfterHold.SPAT)) == (
        "held 10 min, spat out"
    )
    assert held_words(lozenge()) == ""
    assert held_words(lozenge(after_hold=NullFlavor.UNK)) == ""


def test_a_begun_second_counts_on_a_clock() -> None:
    assert clock_words(dt.timedelta(seconds=59.2)) == "1:00"


# --- exposure


def test_exposure_is_by_substance_and_never_added_over_two() -> None:
    givings = [
        dose(session_id="1"),
        dose("2", session_id="1", started=at(30)),
        dose("40", session_id="2", started=PartialDate(2026, 11, 30)),
        dose(None, session_id="3", started=PartialDate(2026, 12)),
        dose("28", session_id="4", product_id="spray", started=NullFlavor.UNK),
        dose("4", session_id="4", product_id="ond", role=DrugRole.TREATMENT),
    ]
    ketamine, esketamine = exposure(givings, PRODUCTS)
    assert (ketamine.sessions, ketamine.doses, ketamine.mg, ketamine.unknown) == (3, 4, 80, 1)
    assert (ketamine.days, ketamine.undated) == (2, 1)
    assert (ketamine.first, ketamine.last) == (PartialDate(2026, 11, 23), PartialDate(2026, 12))
    assert (esketamine.mg, esketamine.first) == (28, None)
    assert exposure_words(ketamine) == (
        "ketamine: 3 sessions, 80 mg and 1 dose of unknown amount on 2 days, "
        "23-Nov-2026 to Dec-2026, 1 without a day"
    )
    assert exposure_words(esketamine) == "esketamine: 1 session, 28 mg, 1 without a day"


def test_exposure_of_unknown_amount_says_so() -> None:
    (one,) = exposure([dose(None), dose(None, started=at(30))], {})
    assert exposure_words(one) == (
        "product not named: 0 sessions, 2 doses of unknown amount on 1 day, 23-Nov-2026"
    )
    assert exposure([], PRODUCTS) == ()


@given(st.lists(st.decimals("0.01", "500", places=2), min_size=1, max_size=20))
def test_the_sum_of_exposure_is_exact(parts: list[Decimal]) -> None:
    (one,) = exposure([dose(str(p)) for p in parts], PRODUCTS)
    assert one.mg == sum(Fraction(p) for p in parts)


def test_what_runs_is_told_with_what_it_has_delivered() -> None:
    vial = Product(id="v", name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
    drip = Administration(
        product_id="v",
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=at(0),
    )
    paused = DoseChange(at=at(5), change=InfusionChange.PAUSE)
    assert delivered_words(drip, vial, at(10).utc()) == "running, 9.5 of 38 mg"
    assert (
        delivered_words(replace(drip, changes=(paused,)), vial, at(10).utc())
        == "paused, 4.75 of 38 mg"
    )
    assert delivered_words(drip, vial, at(50).utc()) == "38 mg, all in by time"
    assert delivered_words(drip, vial, None) == "38 mg set, not stopped"
    assert delivered_words(replace(drip, ended=at(9)), vial, at(10).utc()) == "38 mg"
    assert (
        delivered_words(replace(drip, route=FormRoute.INTRAVENOUS_BOLUS), vial, at(10).utc())
        == "38 mg"
    )


def test_what_runs_by_its_rate_alone_is_told_so_far() -> None:
    pump = Administration(
        rate=Decimal(1), rate_unit=RateUnit.MG_PER_MIN, route=FormRoute.INTRAVENOUS_DRIP,
        started=at(0),
    )  # fmt: skip
    assert delivered_words(pump, None, at(10).utc()) == "running, 10 mg"
    assert delivered_words(pump, None, None) == "amount set, not stopped"

"""What an infusion has delivered at a moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.chair.infusion import (
    DoseState,
    corrected,
    course,
    instant,
    is_infusion,
    is_paused,
    must_be_told,
    speed_of,
    stopped,
    stretches,
    whole,
)
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate

VIAL = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
ZERO = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)
RATE, PAUSE, RESUME = InfusionChange.RATE, InfusionChange.PAUSE, InfusionChange.RESUME


def at(minute: int) -> PartialDate:
    return PartialDate.of(ZERO + dt.timedelta(minutes=minute))


def moment(minutes: float) -> dt.datetime:
    return ZERO + dt.timedelta(minutes=minutes)


def drip(**changes: object) -> Administration:
    base = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=at(0),
        version=1,
    )
    return replace(base, **changes)


def change(minute: int, kind: InfusionChange, rate: str | None = None) -> DoseChange:
    return DoseChange(at=at(minute), change=kind, rate=None if rate is None else Decimal(rate))


def delivered(giving: Administration, minute: float, product: Product | None = VIAL) -> object:
    return course(giving, product, moment(minute)).delivered


def test_a_drip_over_minutes_runs_evenly() -> None:
    now = course(drip(), VIAL, moment(10))
    assert now.state is DoseState.RUNNING
    assert now.delivered == Fraction(19, 2)
    assert now.ends == moment(40)
    assert delivered(drip(), -5) == 0


def test_an_amount_without_end_of_decimals_is_exact() -> None:
    assert delivered(drip(dose=Decimal(50), over_minutes=Decimal(30)), 10) == Fraction(50, 3)


@pytest.mark.parametrize(
    ("rate", "unit", "more", "expected"),
    [
        ("0.95", RateUnit.MG_PER_MIN, {}, Fraction(19, 2)),
        ("57", RateUnit.MG_PER_H, {}, Fraction(19, 2)),
        ("0.75", RateUnit.MG_PER_KG_H, {"weight": Decimal(76)}, Fraction(19, 2)),
        ("0.75", RateUnit.MG_PER_KG_H, {}, None),
        ("1.14", RateUnit.ML_PER_H, {}, Fraction(19, 2)),
        ("150", RateUnit.ML_PER_H, {"volume": Decimal(100)}, Fraction(19, 2)),
        ("150", RateUnit.ML_PER_H, {"volume": Decimal(100), "dose": None}, None),
    ],
)
def test_every_unit_of_rate_gives_the_amount(
    rate: str, unit: RateUnit, more: dict[str, object], expected: Fraction | None
) -> None:
    giving = drip(rate=Decimal(rate), rate_unit=unit, over_minutes=None, **more)
    assert delivered(giving, 10) == expected


def test_a_rate_by_volume_of_a_product_without_strength_is_not_known() -> None:
    giving = drip(rate=Decimal(10), rate_unit=RateUnit.ML_PER_H)
    assert delivered(giving, 10, None) is None
    assert course(giving, None, moment(10)).state is DoseState.RUNNING


def test_a_rate_without_unit_says_nothing() -> None:
    assert delivered(drip(rate=Decimal(1)), 10) is None
    assert speed_of(None, drip(), VIAL) is None


def test_rate_changes_and_pauses_count_from_their_minute() -> None:
    giving = drip(
        rate=Decimal(1),
        rate_unit=RateUnit.MG_PER_MIN,
        changes=(
            change(10, RATE, "0.5"),
            change(20, PAUSE),
            change(26, RESUME),
            change(30, RATE, "2"),
        ),
    )
    assert [delivered(giving, m) for m in (10, 20, 26, 30, 35)] == [10, 15, 15, 17, 27]
    assert course(giving, VIAL, moment(36)).ends == moment(40.5)
    assert course(giving, VIAL, moment(41)).state is DoseState.COMPLETE
    assert course(giving, VIAL, moment(41)).delivered == 38


def test_the_end_lies_in_the_stretch_in_which_the_last_of_it_runs() -> None:
    giving = drip(
        rate=Decimal(2),
        rate_unit=RateUnit.MG_PER_MIN,
        changes=(change(5, PAUSE), change(10, RESUME), change(60, PAUSE)),
    )
    assert course(giving, VIAL, moment(24)).ends == moment(24)


def test_a_paused_infusion_stands_still_and_has_no_end() -> None:
    giving = drip(changes=(change(10, PAUSE),))
    now = course(giving, VIAL, moment(25))
    assert (now.state, now.delivered, now.ends) == (DoseState.PAUSED, Fraction(19, 2), None)
    assert is_paused(giving)
    assert not is_paused(drip(changes=(change(10, PAUSE), change(12, RESUME))))
    assert not is_paused(drip(changes=(change(10, RATE, "1"),)))


def test_a_rate_set_while_paused_holds_from_the_resuming() -> None:
    giving = drip(
        rate=Decimal(1),
        rate_unit=RateUnit.MG_PER_MIN,
        changes=(change(10, PAUSE), change(12, RATE, "2"), change(20, RESUME)),
    )
    assert delivered(giving, 19) == 10
    assert delivered(giving, 25) == 20


def test_changes_count_by_their_time_and_not_by_their_entry() -> None:
    giving = drip(changes=(change(20, RESUME), change(10, PAUSE)))
    assert delivered(giving, 20) == Fraction(19, 2)
    assert delivered(giving, 30) == 19


def test_a_change_before_the_begin_counts_from_the_begin() -> None:
    giving = drip(rate_unit=RateUnit.MG_PER_MIN, changes=(change(-5, RATE, "1"),))
    assert delivered(giving, 10) == 10


def test_a_change_without_a_time_makes_the_amount_unknown() -> None:
    giving = drip(changes=(DoseChange(change=PAUSE),))
    now = course(giving, VIAL, moment(10))
    assert (now.state, now.delivered, now.ends) == (DoseState.PAUSED, None, None)
    assert delivered(drip(changes=(DoseChange(change=RATE),)), 0) == 0


def test_a_rate_that_is_not_known_in_mg_is_not_taken_as_nothing() -> None:
    giving = drip(
        rate_unit=RateUnit.ML_PER_H,
        changes=(change(10, RATE, "45"),),
    )
    assert delivered(giving, 10, None) == Fraction(19, 2)
    assert delivered(giving, 11, None) is None
    assert course(giving, None, moment(10)).ends is None


def test_without_a_begin_or_a_pace_nothing_is_known() -> None:
    assert delivered(drip(started=NullFlavor.UNK), 10) is None
    assert delivered(drip(over_minutes=None), 10) is None
    assert stretches(drip(started=None), VIAL) == ()
    assert instant(PartialDate(2026)) is None


def test_a_rate_next_to_nothing_has_no_end_in_the_calendar() -> None:
    giving = drip(rate=Decimal("0.000000000001"), rate_unit=RateUnit.MG_PER_H)
    assert course(giving, VIAL, moment(10)).ends is None


def test_without_a_dose_it_runs_until_it_is_stopped() -> None:
    giving = drip(dose=None, rate=Decimal(1), rate_unit=RateUnit.MG_PER_MIN)
    now = course(giving, VIAL, moment(90))
    assert (now.state, now.delivered, now.ends) == (DoseState.RUNNING, 90, None)
    assert stopped(giving, VIAL, at(90)).dose is None


def test_stopped_early_the_dose_is_what_went_in_and_the_plan_is_kept() -> None:
    ended = stopped(drip(), VIAL, at(21))
    assert (ended.dose, ended.planned, ended.ended) == (Decimal("19.95"), Decimal(38), at(21))
    assert course(ended, VIAL, moment(30)).state is DoseState.ENDED
    assert delivered(ended, 30) == Fraction("19.95")
    # What it had delivered before is still reckoned by the plan.
    assert delivered(ended, 10) == Fraction(19, 2)
    assert whole(ended, VIAL) == 38


def test_stopped_early_an_endless_share_is_rounded_to_two_decimals() -> None:
    assert stopped(drip(dose=Decimal(50), over_minutes=Decimal(30)), VIAL, at(10)).dose == Decimal(
        "16.67"
    )
    micro = drip(dose=Decimal(600), dose_unit=DoseUnit.UGM)
    assert stopped(micro, VIAL, at(10)).dose == Decimal("150.00")


def test_stopped_at_the_end_the_dose_stays() -> None:
    assert stopped(drip(), VIAL, at(45)) == replace(drip(), ended=at(45))
    nothing = drip(dose=Decimal(0), over_minutes=None)
    assert stopped(nothing, VIAL, at(45)).dose == 0


DAY = PartialDate(2026, 11, 23)
NO_STRENGTH = Product(name="Ketamine")


@pytest.mark.parametrize(
    ("giving", "product", "when", "untold"),
    [
        (drip(over_minutes=None), VIAL, at(5), True),
        (drip(), VIAL, DAY, True),
        (drip(started=NullFlavor.UNK), VIAL, at(5), True),
        (drip(dose_unit=DoseUnit.ML), NO_STRENGTH, at(5), True),
        (drip(), VIAL, at(5), False),
        (drip(), VIAL, at(90), False),
        (drip(dose=None, over_minutes=None), VIAL, at(5), False),
        (drip(dose=Decimal(0), over_minutes=None), VIAL, at(5), False),
    ],
)
def test_where_rate_and_time_say_nothing_the_plan_is_never_taken_as_given(
    *, giving: Administration, product: Product, when: PartialDate, untold: bool
) -> None:
    assert must_be_told(giving, product, when) is untold
    ended = stopped(giving, product, when)
    assert (ended.dose is NullFlavor.UNK) is untold
    if untold:
        assert (ended.planned, ended.ended) == (giving.dose, when)
        assert course(ended, product, moment(200)).delivered is None


def test_what_a_person_says_was_given_comes_before_what_is_reckoned() -> None:
    for giving in (drip(over_minutes=None), drip()):
        told = stopped(giving, VIAL, at(21), Decimal(12))
        assert (told.dose, told.planned, told.ended) == (Decimal(12), Decimal(38), at(21))
    unknown = stopped(drip(), VIAL, at(21), NullFlavor.UNK)
    assert (unknown.dose, unknown.planned) == (NullFlavor.UNK, Decimal(38))


def test_an_end_nobody_knows_is_an_end() -> None:
    ended = drip(ended=NullFlavor.UNK)
    assert course(ended, VIAL, moment(10)).state is DoseState.ENDED
    unknown = drip(dose=None, ended=at(10))
    assert course(unknown, VIAL, moment(10)).delivered is None


def test_what_a_person_read_off_takes_the_place_of_what_was_reckoned() -> None:
    early = stopped(drip(), VIAL, at(21))
    read = corrected(early, Decimal("20.5"))
    assert (read.dose, read.planned) == (Decimal("20.5"), Decimal(38))
    assert corrected(read, Decimal(38)).planned is None
    assert corrected(drip(dose=NullFlavor.UNK), Decimal(30)).planned is None


@pytest.mark.parametrize(
    ("changes", "lasting"),
    [
        ({}, True),
        ({"over_minutes": None}, True),
        ({"route": FormRoute.INTRAMUSCULAR, "over_minutes": None}, False),
        ({"route": FormRoute.INTRAVENOUS_BOLUS}, False),
        ({"route": FormRoute.SUBLINGUAL}, False),
        ({"route": None, "over_minutes": None, "rate": Decimal(1)}, True),
    ],
)
def test_what_lasts_is_an_infusion(changes: dict[str, object], lasting: bool) -> None:
    assert is_infusion(drip(**changes)) is lasting


def test_a_dose_of_one_moment_is_given() -> None:
    shot = drip(route=FormRoute.INTRAMUSCULAR, over_minutes=None)
    now = course(shot, VIAL, moment(1))
    assert (now.state, now.delivered) == (DoseState.GIVEN, 38)
    assert course(replace(shot, dose=None), VIAL, moment(1)).delivered is None


steps = st.lists(
    st.tuples(
        st.integers(0, 90),
        st.sampled_from([RATE, PAUSE, RESUME]),
        st.decimals("0.01", "5", places=2),
    ),
    max_size=6,
)


@given(steps, st.integers(0, 120), st.integers(0, 60))
def test_the_amount_never_falls_and_never_exceeds_the_dose(
    found: list[tuple[int, InfusionChange, Decimal]], minute: int, more: int
) -> None:
    changes = tuple(
        DoseChange(at=at(m), change=k, rate=r if k is RATE else None) for m, k, r in found
    )
    giving = drip(rate=Decimal(1), rate_unit=RateUnit.MG_PER_MIN, changes=changes)
    early, late = delivered(giving, minute), delivered(giving, minute + more)
    assert isinstance(early, Fraction)
    assert isinstance(late, Fraction)
    assert 0 <= early <= late <= 38


@given(steps, st.integers(0, 120))
def test_the_sum_over_single_minutes_is_the_amount(
    found: list[tuple[int, InfusionChange, Decimal]], minutes: int
) -> None:
    changes = tuple(
        DoseChange(at=at(m), change=k, rate=r if k is RATE else None) for m, k, r in found
    )
    giving = drip(
        dose=Decimal(10_000), rate=Decimal(1), rate_unit=RateUnit.MG_PER_MIN, changes=changes
    )
    rate, paused, total = Fraction(1), False, Fraction(0)
    for minute in range(minutes):
        for step in sorted(found, key=lambda f: f[0]):
            if step[0] == minute:
                paused = {PAUSE: True, RESUME: False}.get(step[1], paused)
                rate = Fraction(step[2]) if step[1] is RATE else rate
        total += 0 if paused else rate
    assert delivered(giving, minutes) == total

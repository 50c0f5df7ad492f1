"""The amount up to the first event is exact, or nothing is said."""

from __future__ import annotations

import zoneinfo
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.assessment.until_onset import mg_until_onset
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.safety import DrugRole, Frequency
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Product
from aeapp.domain.records.giving_parts import DoseChange
from aeapp.domain.values import PartialDate
from aeapp.domain.views import SINGLE_SESSION

ZONE = zoneinfo.ZoneInfo("America/Chicago")
PRODUCT = Product(name="ketamine", strength="50", strength_unit=DoseUnit.MG_ML)
ONSET = "2026-11-23T14:32-06:00"
BEFORE = "2026-11-23T14:00-06:00"


def dose(at: str | None = BEFORE, amount: str | None = "40.5", **facts: Any) -> Administration:
    given: dict[str, Any] = {
        "started": PartialDate.parse(at) if at else None,
        "dose": Decimal(amount) if amount else None, "dose_unit": DoseUnit.MG,
    } | facts  # fmt: skip
    return Administration(**given)


def until(*givings: Administration, onsets: tuple[Any, ...] = (ONSET,)) -> str | None:
    events = [
        Event(onset=PartialDate.parse(at) if isinstance(at, str) and at[0] == "2" else at)
        for at in onsets
    ]
    found = mg_until_onset(givings, events, PRODUCT, ZONE)
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("givings", "amount"),
    [
        ((dose(), dose("2026-11-20", "0.10")), "40.6"),
        # In the same minute, and on the clocks of the clinic.
        ((dose(ONSET), dose("2026-11-23T14:31")), "81"),
        # After it: no part of the amount, whatever its time.
        ((dose(), dose("2026-11-23T14:33-06:00"), dose("2026-11-24")), "40.5"),
        ((dose("2026-11-24"),), "0"),
        ((dose(amount="2", dose_unit=DoseUnit.ML),), "100"),
        ((dose(), dose(role=DrugRole.NOT_GIVEN), dose(struck_reason="not his")), "40.5"),
        ((dose(ended=PartialDate.parse(ONSET), rate=Decimal(1)),), "40.5"),
        ((dose(over_minutes=Decimal(32)),), "40.5"),
        ((dose(frequency=Frequency.OTHER, frequency_text=SINGLE_SESSION),), "40.5"),
        # Nobody knows: no day, the same day, no amount, two units, still running, a course.
        ((dose(None),), None), ((dose("2026-11-23"),), None), ((dose("2026-11"),), None),
        ((dose(amount=None),), None), ((dose(), dose(amount="2", dose_unit=DoseUnit.ML)), None),
        ((dose(dose_unit=DoseUnit.MG_KG),), None), ((dose(over_minutes=Decimal(33)),), None),
        ((dose(ended=PartialDate.parse("2026-11-23T14:33-06:00")),), None),
        ((dose(rate=Decimal(1), rate_unit=RateUnit.ML_PER_H),), None),
        ((dose("2026-11-22", over_minutes=Decimal(40)),), None),
        ((dose("2026-11-22T09:00", frequency=Frequency.DAILY),), None),
        ((dose("2026-11-22T09:00", duration=Decimal(3)),), None), ((), None),
        # One record of several days, one that goes on, one of some day; an infusion held or slowed.
        ((dose("2026-11-16", ended=PartialDate.parse("2026-11-20")),), None),
        ((dose("2026-11-16", ongoing=True),), None), ((dose("2025"),), None),
        ((dose("2026-11-16T23:40", ended=PartialDate.parse("2026-11-17T00:20")),), "40.5"),
        ((dose(over_minutes=Decimal(30), changes=(DoseChange(),)),), None),
    ],
)  # fmt: skip
def test_only_an_amount_that_is_known_exactly_is_told(
    givings: tuple[Administration, ...], amount: str | None
) -> None:
    assert until(*givings) == amount


@pytest.mark.parametrize(
    ("onsets", "amount"),
    [
        ((ONSET, "2026-11-24"), "40.5"), ((ONSET, "2026-11-23T13:00-06:00"), "0"),
        ((ONSET, "2026-11-23"), None), ((ONSET, NullFlavor.UNK), None), ((None,), None), ((), None),
    ],
)  # fmt: skip
def test_the_first_of_all_events_counts(onsets: tuple[Any, ...], amount: str | None) -> None:
    assert until(dose(), onsets=onsets) == amount


@pytest.mark.parametrize(
    ("at", "amount"), [("2026-11-23T14:30", None), ("2026-11-22T14:30", "40.5")]
)
def test_without_a_zone_a_time_is_known_to_the_day(at: str, amount: str | None) -> None:
    event = Event(onset=PartialDate.parse(ONSET))
    found = mg_until_onset((dose(at),), (event,), PRODUCT, None)
    assert (found and str(found)) == amount

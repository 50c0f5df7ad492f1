"""Readings of another day are on record and are no current ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.own_time import own


def at(day: int, hour: int, minute: int = 0, offset: int | None = 0) -> PartialDate:
    return PartialDate(2026, 11, day, hour, minute, None, offset)


def rate(when: PartialDate | NullFlavor | None) -> Observation:
    return Observation(kind=ObservationKind.HEART_RATE, value=Decimal(80), at=when)


SESSION = Session(started=at(23, 14))


@pytest.mark.parametrize(
    ("when", "held"),
    [
        (at(23, 14), True),
        (at(23, 10), True),
        (at(23, 9, 59), False),
        (at(22, 14), False),
        (at(24, 14), True),
        (at(24, 14, 1), False),
        (PartialDate(2026, 11, 23), True),
        (PartialDate(2026, 11, 22), False),
        (PartialDate(2026, 11, 25), False),
        (PartialDate(2026, 11), True),
        (at(22, 14, offset=None), False),
        (at(23, 5, offset=None), True),
        (NullFlavor.UNK, True),
        (None, True),
    ],
)
def test_a_reading_is_the_sessions_own_from_four_hours_before_to_a_day_after(
    when: PartialDate | NullFlavor | None, held: bool
) -> None:
    assert own([rate(when)], SESSION, None) == ((rate(when),) if held else ())


@pytest.mark.parametrize(
    ("session", "zero", "held"),
    [
        (Session(), None, True),
        (Session(started=NullFlavor.UNK), at(21, 9), False),
        (SESSION, at(22, 15), True),
        (SESSION, at(22, 18, 1), False),
        (Session(started=at(20, 14), ended=at(21, 15)), None, True),
    ],
)
def test_a_dose_of_before_and_the_end_widen_it(
    session: Session, zero: PartialDate | None, held: bool
) -> None:
    assert bool(own([rate(at(22, 14))], session, zero)) is held

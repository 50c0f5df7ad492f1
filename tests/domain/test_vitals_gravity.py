"""The order in which proposals are shown is that of their readings, not of their coming."""

from __future__ import annotations

from aeapp.domain.records import Observation, Proposal
from aeapp.domain.records.proposal import Witness
from aeapp.domain.vitals.gravity import worst_first
from aeapp.domain.vitals.watch_rules import DEFAULT_RULES
from tests.domain.test_vitals_watch import SPO2, at, bp, number

READINGS = (bp(185, 10), bp(186, 20), number(SPO2, 88, 30), bp(185, 5), bp(190, 40))


def proposed(name: str, first: int | None, last: int, *seen: Observation) -> Proposal:
    return Proposal(
        id=name,
        first=None if first is None else at(first),
        last=at(last),
        readings=tuple(Witness(observation_id=r.id) for r in seen),
    )


def order(*proposals: Proposal, readings: tuple[Observation, ...] = READINGS) -> list[str]:
    return [p.id for p in worst_first(proposals, readings, DEFAULT_RULES, {})]


def test_the_severe_band_comes_first_then_the_longest_then_the_oldest() -> None:
    severe = proposed("p4", 30, 30, READINGS[2])
    longest = proposed("p3", 5, 40, *READINGS[3:])
    second = proposed("p2", 10, 20, *READINGS[:2])
    oldest = proposed("p1", 10, 20, *READINGS[:2])
    untimed = proposed("p0", None, 40)

    assert order(untimed, oldest, second, longest, severe) == ["p4", "p3", "p1", "p2", "p0"]


def test_a_severe_reading_that_was_struck_puts_nothing_first() -> None:
    severe, longest = proposed("p4", 30, 30, READINGS[2]), proposed("p3", 5, 40, *READINGS[3:])

    left = (*READINGS[:2], *READINGS[3:])
    assert order(severe, longest, readings=left) == ["p3", "p4"]

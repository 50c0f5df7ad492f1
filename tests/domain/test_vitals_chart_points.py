"""What of a chart is kept from one layout to the next, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.domain.vitals.chart import lay_out
from aeapp.domain.vitals.chart_marks import (
    Box,
    Polyline,
    bounds,
    changes,
)
from aeapp.domain.vitals.chart_points import MANY, Point, Spot, outline, points_of, thinned
from aeapp.domain.vitals.limits import beyond
from tests.helpers import charting
from tests.helpers.chart_marks import drawn, lines, session, space, symbols, texts
from tests.helpers.charting import HR, RR, SPO2, at, reading, rich

ARTEFACT, STRUCK = ObservationStatus.ARTEFACT, ObservationStatus.STRUCK
LANES = {HR: "hr", SPO2: "spo2", RR: "rr"}


# ---------------------------------------------------------------- what changed


def test_a_new_reading_changes_its_own_place_and_the_end_of_the_line() -> None:
    data = rich()
    before = drawn(data)
    after = lay_out(replace(data, readings=(*data.readings, reading(HR, 49, 99))), space(), before)
    boxes = changes(before.marks, after.marks)
    assert boxes
    assert min(box.left for box in boxes) > before.axis.x(38)


def test_a_minute_later_the_line_of_now_has_moved_and_little_else() -> None:
    data = rich()
    before = drawn(data)
    after = lay_out(replace(data, now=at(51.2)), space(), before)
    moved = [b for b in changes(before.marks, after.marks) if b.bottom < before.plot.bottom]
    assert moved
    assert all(box.right > before.axis.x(39) for box in moved)


def test_nothing_changes_where_nothing_happened() -> None:
    before = drawn(rich())
    assert changes(before.marks, lay_out(rich(), space(), before).marks) == []


def test_what_disappears_is_a_change() -> None:
    data = session(reading(HR, 10, 80))
    before, after = drawn(data), drawn(replace(data, readings=()))
    boxes = changes(before.marks, after.marks)
    (gone,) = symbols(before, "hr")
    assert bounds(gone) in boxes


def test_a_line_that_changed_within_changed_from_there_on() -> None:
    old = Polyline(((0, 0), (10, 5), (20, 9), (30, 9)), "hr")
    new = Polyline(((0, 0), (10, 5), (20, 2), (30, 9)), "hr")
    assert changes([old], [new]) == [Box(10, 2, 30, 9)]


def test_a_line_that_became_shorter_changed_at_its_end() -> None:
    old = Polyline(((0, 0), (10, 5), (20, 9)), "hr")
    new = Polyline(((0, 0), (10, 5)), "hr")
    assert changes([old], [new]) == [Box(10, 5, 20, 9)]


# ---------------------------------------------------------------- points


def test_readings_out_of_order_are_put_in_order() -> None:
    before = points_of(session(reading(HR, 30, 80)))
    late = points_of(session(*before.data.readings, reading(HR, 10, 70)), before)
    assert [p.high for p in late.timed] == [70, 80]
    assert [p.high for p in late.series[HR]] == [70, 80]


def test_a_reading_that_was_struck_is_looked_at_again() -> None:
    one, two = reading(HR, 10, 70), reading(HR, 20, 140)
    before = points_of(session(one, two))
    after = points_of(session(one, replace(two, status=STRUCK)), before)
    assert [p.counts for p in after.timed] == [True, False]
    assert after.known[id(one)] is before.known[id(one)]


def test_without_limits_and_readings_the_lanes_keep_their_usual_scale() -> None:
    chart = drawn(session(limits=()))
    assert [t.text for t in texts(chart, "tick", "spo2")] == ["100", "90"]
    assert lines(chart, "limit") == []


def test_other_limits_flag_anew() -> None:
    fast = reading(HR, 10, 140)
    before = points_of(session(fast))
    assert before.timed[0].flagged
    assert any(beyond(fast, charting.LIMITS))
    assert not points_of(session(fast, limits=()), before).timed[0].flagged


def test_a_reading_without_number_or_time_is_kept_as_a_point() -> None:
    empty = Observation(kind=HR, value=NullFlavor.NASK, at=at(5))
    timeless = Observation(kind=HR, value=Decimal(80))
    points = points_of(session(empty, timeless))
    assert ([p.reading for p in points.adrift], points.series) == ([timeless], {})
    more = points_of(session(empty, timeless, Observation(kind=HR, value=Decimal(81))), points)
    assert len(more.adrift) == 2


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"3"}, {"3"}),
        ({"3"}, {"3", "7"}),
        ({"3"}, set()),
        (set(), {"none of these"}),
        (None, {"3"}),
    ],
)
def test_a_flag_that_comes_or_goes_is_that_of_its_reading(
    was: set[str] | None, now: set[str]
) -> None:
    readings = tuple(replace(reading(HR, n, 80), id=str(n)) for n in range(10))
    data = replace(session(*readings), flagged=None if was is None else frozenset(was))
    before = drawn(data).points
    after = points_of(replace(data, flagged=frozenset(now)), before)
    assert {r.id for r in readings if after.known[id(r)].flagged} == now & {r.id for r in readings}
    if was is not None:
        kept = [r for r in readings if after.known[id(r)] is before.known[id(r)]]
        assert len(kept) == len(readings) - len((was ^ now) & {r.id for r in readings})


# ---------------------------------------------------------------- thinned


def wave(count: int) -> list[Point]:
    values = [70 + (n * n) % 23 for n in range(count)]
    made = (replace(reading(HR, n / 60, v), id=str(n)) for n, v in enumerate(values))
    flagged = frozenset({"7", "8", "9", "1200"})
    return list(points_of(replace(session(*made), flagged=flagged)).timed)


@pytest.mark.parametrize("count", [MANY, 3600])
def test_the_line_of_thinned_points_is_that_of_all(count: int) -> None:
    points, unit = wave(count), 0.1
    begin = points[0].at or 0.0

    def line(some: Sequence[Point]) -> list[tuple[float, float]]:
        heights = [(((p.at or 0) - begin) * unit, -(p.high or 0), p) for p in some]
        return outline([Spot(x, y, y, p) for x, y, p in heights])

    few = thinned(points, begin, 1 / unit)
    assert [p for p in points if p.flagged] == [p for p in few if p.flagged]
    assert len(few) <= max(MANY, 4 * count * unit + 8)
    # A flagged one may stay in the line besides.
    flagged = line([p for p in points if p.flagged])
    assert [spot for spot in line(few) if spot not in flagged] == [
        spot for spot in line(points) if spot not in flagged
    ]


# ---------------------------------------------------------------- numbers of a lane


@pytest.mark.parametrize("lowest", [97, 90, 84, 70])
def test_the_top_of_the_lane_of_saturation_keeps_its_number(lowest: int) -> None:
    chart = drawn(session(reading(SPO2, 10, lowest), reading(SPO2, 20, 98)))
    assert "100" in [text.value for text in texts(chart, "tick") if text.series == "spo2"]

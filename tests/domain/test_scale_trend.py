"""The course of a patient on one axis, as marks that a window and a page paint alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from aeapp.domain.codelists.scales import TotalBasis
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event, Scale, Score, Session
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.scales.catalogue import DEFAULTS, scale_named
from aeapp.domain.scales.trend import (
    HEIGHT,
    TrendData,
    day_of,
    lay_out_trend,
    trend_of,
)
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_marks import Bar, Polyline, Space, Symbol, Text

UTC = dt.UTC


def phq() -> Scale:
    found = scale_named(DEFAULTS, "phq-9")
    assert found is not None
    return found


def space(width: float = 700.0) -> Space:
    return Space(width, lambda words, _role: 6.0 * len(words))


def score(n: int, when: PartialDate | NullFlavor, total: int | None, **more: object) -> Score:
    return Score(
        id=f"s{n:04d}",
        scale="phq-9",
        edition=str(more.pop("edition", "1")),
        at=when,
        total=None if total is None else Decimal(total),
        basis=TotalBasis.ITEMS,
        **more,  # type: ignore[arg-type]
    )


def day(month: int, number: int, hour: int | None = None) -> PartialDate:
    minute = None if hour is None else 0
    return PartialDate(2026, month, number, hour, minute, offset=None if hour is None else 0)


def course(*scores: Score, events: tuple[Event, ...] = (), **more: object) -> TrendData:
    sessions = (Session(started=day(9, 3)), Session(started=day(9, 10)), Session())
    return trend_of(
        phq(),
        scores,
        sessions,
        events,
        first_dose=day(9, 3, 9),
        zone=UTC,
        **more,  # type: ignore[arg-type]
    )


def test_a_day_stands_at_noon_and_a_time_where_it_is() -> None:
    ordinal = dt.date(2026, 9, 3).toordinal()
    assert day_of(day(9, 3), UTC) == ordinal + 0.5
    assert day_of(day(9, 3, 6), UTC) == ordinal + 0.25
    assert day_of(PartialDate(2026, 9), UTC) is None
    assert day_of(NullFlavor.UNK, UTC) is None


def test_what_counts_and_has_a_day_is_on_the_course() -> None:
    asks = (ScoreItem(number=9, points=2),)
    data = course(
        score(1, day(8, 20), 20, items=asks),
        replace(score(2, day(9, 17), 12), basis=TotalBasis.STATED),
        replace(score(3, day(9, 18), 12), struck_reason="typed twice"),
        score(4, NullFlavor.UNK, 9),
        score(5, day(9, 20), None),
        events=(
            Event(verbatim="Nausea", onset=day(9, 4)),
            Event(verbatim="Dizzy", onset=day(9, 3, 10)),
            Event(verbatim="Never", onset=day(9, 3), struck_reason="slip"),
            Event(verbatim="Some day", onset=NullFlavor.UNK),
        ),
    )
    assert [(p.total, p.exact, p.asks) for p in data.points] == [
        (20, True, True),
        (12, False, False),
    ]
    assert [(e.number, e.words) for e in data.events] == [(1, "Dizzy"), (2, "Nausea")]
    assert (len(data.sessions), data.baseline) == (2, 20)
    trend = lay_out_trend(data, space())
    symbols = [m for m in trend.marks if isinstance(m, Symbol)]
    assert [m.role for m in symbols] == ["event", "event", "late", "spo2"]
    assert "first 20, last 12" in trend.sentence
    assert "1 of them ask" in trend.sentence
    bars = [m for m in trend.marks if isinstance(m, Bar)]
    assert len(bars) == 2
    (rule,) = [m for m in trend.marks if m.series == "response" and not isinstance(m, Text)]
    assert rule.value == "10"


def test_every_mark_lies_in_its_height_and_totals_grow_upwards() -> None:
    data = course(score(1, day(8, 1), 0), score(2, day(10, 1), 27))
    trend = lay_out_trend(data, space())
    assert trend.height == HEIGHT
    low, high = (m for m in trend.marks if isinstance(m, Symbol) and m.series == "score")
    assert low.y > high.y
    for mark in trend.marks:
        if isinstance(mark, Text):
            assert 0 <= mark.y <= trend.height, mark
            assert mark.x <= trend.width, mark


def test_two_editions_are_not_joined_and_one_point_is_no_line() -> None:
    joined = course(score(1, day(8, 1), 9), score(2, day(9, 1), 9))
    parted = course(score(1, day(8, 1), 9), score(2, day(9, 1), 9, edition="2"))
    lines = [
        [m for m in lay_out_trend(d, space()).marks if isinstance(m, Polyline)]
        for d in (joined, parted)
    ]
    assert [len(found) for found in lines] == [1, 0]


def test_many_points_keep_their_words_apart_and_the_last_one_always_has_its_own() -> None:
    first = dt.date(2024, 1, 1)
    many = [score(n, PartialDate.of(first + dt.timedelta(days=n)), n % 28) for n in range(500)]
    trend = lay_out_trend(course(*many), space())
    words = sorted(
        (m for m in trend.marks if isinstance(m, Text) and m.series == "score"), key=lambda m: m.x
    )
    assert all(right.x - left.x >= 20 for left, right in pairwise(words))
    assert words[-1].value == many[-1].at.iso()  # type: ignore[union-attr]
    dates = [m for m in trend.marks if isinstance(m, Text) and m.series == "axis"]
    assert 1 < len(dates) < 10


def test_events_without_room_are_dots() -> None:
    crowd = tuple(Event(verbatim=f"E{n}", onset=day(9, 3, n)) for n in range(4))
    trend = lay_out_trend(course(events=crowd), space())
    roles = [m.role for m in trend.marks if isinstance(m, Symbol)]
    assert roles == ["event", "event", "dot", "dot"]
    assert trend.sentence == "No score with a day and a total."


def test_nothing_at_all_is_an_empty_plot_and_a_scale_without_bands_has_its_range() -> None:
    empty = lay_out_trend(TrendData(), space(10.0))
    assert empty.width > 10
    bare = TrendData(scale=replace(phq(), bands=(), response_percent=None), baseline=Decimal(9))
    ticks = [m.text for m in lay_out_trend(bare, space()).marks if isinstance(m, Text)]
    assert {"0", "27"} <= set(ticks)
    flat = TrendData(scale=phq(), baseline=Decimal(0))
    assert not [m for m in lay_out_trend(flat, space()).marks if m.series == "response"]


def test_a_course_of_a_century_has_dates_too() -> None:
    data = course(score(1, PartialDate(1920, 1, 1), 9), score(2, day(9, 1), 9))
    dates = [
        m
        for m in lay_out_trend(data, space(330.0)).marks
        if isinstance(m, Text) and m.series == "axis"
    ]
    assert dates


def test_a_long_name_of_a_band_leaves_the_plot_most_of_the_width() -> None:
    long = tuple(replace(band, name="a band of a very long name " * 40) for band in phq().bands)
    data = TrendData(scale=replace(phq(), bands=long), baseline=Decimal(9))
    names = [m for m in lay_out_trend(data, space()).marks if isinstance(m, Text)]
    bands = [m for m in names if m.series == "band"]
    assert all(m.text.endswith("…") for m in bands)
    assert all(m.x + m.width <= space().width for m in bands)

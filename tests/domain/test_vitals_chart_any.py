"""The chart of any session: no label hides another, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.vitals.chart import Chart, lay_out
from aeapp.domain.vitals.chart_data import ChartData, DoseKind, DoseMark, DueMark, EventMark
from aeapp.domain.vitals.chart_marks import (
    Bar,
    Box,
    Mark,
    Space,
    Symbol,
    Text,
    bounds,
    text_box,
)
from aeapp.domain.vitals.chart_points import MANY, points_of
from aeapp.domain.vitals.due import DueState
from tests.helpers.chart_marks import lines, polylines, space, symbols, texts
from tests.helpers.charting import BP, CADSS, HR, MOAAS, RR, SPO2, at, pressure, reading

ARTEFACT, STRUCK = ObservationStatus.ARTEFACT, ObservationStatus.STRUCK
LANES = {HR: "hr", SPO2: "spo2", RR: "rr"}


# ---------------------------------------------------------------- any session

MINUTES = st.floats(-30, 260).map(lambda m: round(m * 4) / 4)
STATUSES = st.sampled_from([None, None, None, None, ARTEFACT, STRUCK, ObservationStatus.QUESTIONED])
WORDS = st.text("abcdefghij ", min_size=1, max_size=70).map(str.strip).filter(bool)
MAYBE = st.none() | MINUTES


@st.composite
def readings(draw) -> Observation:
    kind = draw(st.sampled_from([BP, BP, HR, SPO2, RR, MOAAS, CADSS]))
    minute, status = draw(MINUTES), draw(STATUSES)
    name = draw(st.uuids()).hex
    if kind is BP:
        upper, lower = draw(st.integers(40, 290)), draw(st.integers(20, 190))
        return pressure(minute, upper, lower, id=name, status=status)
    most = {HR: 290, SPO2: 100, RR: 60, MOAAS: 5, CADSS: 24}[kind]
    return reading(kind, minute, draw(st.integers(0, most)), id=name, status=status)


@st.composite
def sessions(draw) -> ChartData:
    taken = tuple(draw(st.lists(readings(), max_size=draw(st.sampled_from([6, 25, 120])))))
    doses = st.builds(
        DoseMark, MINUTES, MAYBE, WORDS, st.sampled_from(DoseKind), planned=st.booleans()
    )
    yes_or_no = {"proposed": st.booleans(), "goes_on": st.booleans()}
    events = st.builds(EventMark, st.integers(1, 40), WORDS, MINUTES, MAYBE, **yes_or_no)
    dues = st.builds(DueMark, MINUTES, st.sampled_from(DueState))
    return ChartData(
        readings=taken,
        zero=draw(st.sampled_from([at(0), at(0), None])),
        now=draw(st.none() | MINUTES.map(at)),
        doses=tuple(draw(st.lists(doses, max_size=5))),
        events=tuple(draw(st.lists(events, max_size=6))),
        due=tuple(draw(st.lists(dues, max_size=8))),
        baseline=draw(st.sampled_from([None, *[r for r in taken if r.kind is BP][:3]])),
    )


ROOMS = st.builds(
    space,
    st.sampled_from([80, 420, 640, 816, 960, 1500]),
    st.sampled_from([0, 700]),
    paper=st.booleans(),
)


LOW_ROOMS = st.builds(space, st.sampled_from([420, 640, 960]), st.sampled_from([250, 330, 380]))


@given(sessions(), ROOMS | LOW_ROOMS)
@settings(max_examples=150, deadline=None)
def test_no_two_texts_touch_and_nothing_leaves_the_chart(data: ChartData, room: Space) -> None:
    chart = lay_out(data, room)
    assert touching(texts(chart)) == []
    page = Box(0, 0, chart.width, chart.height)
    assert [m for m in chart.marks if not isinstance(m, Symbol) and not inside(m, page)] == []


def touching(found: Iterable[Text]) -> list[tuple[Text, Text]]:
    boxes = [(text_box(text), text) for text in found]
    return [(a, b) for (one, a), (two, b) in combinations(boxes, 2) if one.meets(two)]


def test_texts_that_touch_are_found() -> None:
    one = Text(10, 10, "142/88", "value", "start", 40)
    near_, apart = one._replace(x=45, y=20), one._replace(y=22)
    assert touching([one, near_, apart]) == [(one, near_), (near_, apart)]
    assert touching([one, apart]) == []


def inside(mark: Mark, page: Box) -> bool:
    return bounds(mark).within(page.grown(9 if isinstance(mark, Bar) else 0.01))


@given(sessions(), ROOMS)
@settings(max_examples=150, deadline=None)
def test_every_counted_reading_has_a_mark_at_its_place(data: ChartData, room: Space) -> None:
    chart = lay_out(data, room)
    points = points_of(data)
    for kind, found in points.series.items():
        counting = [p for p in found if p.counts]
        for point in counting:
            minute = chart.axis.minute(point.at or 0)
            if not chart.axis.first <= minute <= chart.axis.last:
                continue  # of another visit
            x = chart.axis.x(minute)
            if kind is BP and (len(counting) <= MANY or point.flagged):
                assert near(x, [m.x1 for m in lines(chart, "bp") if m.x1 == m.x2])
            elif kind in LANES:
                assert near(x, across(chart, LANES[kind]))
            elif kind in (MOAAS, CADSS):
                marks = [*texts(chart, series=kind.value), *symbols(chart, "dot")]
                assert near(x, [m.x for m in marks], 5)


def across(chart: Chart, series: str) -> list[float]:
    found = [s.x for s in symbols(chart, series)]
    return found + [x for line in polylines(chart, series) for x, _y in line.points]


def near(x: float, places: Iterable[float], by: float = 1.0) -> bool:
    return any(abs(x - place) <= by for place in places)


@given(sessions(), ROOMS)
@settings(max_examples=100, deadline=None)
def test_words_of_doses_and_events_are_whole_or_whole_in_the_readouts(
    data: ChartData, room: Space
) -> None:
    chart = lay_out(data, room)
    lines_ = list(chart.readouts)
    for mark in (*data.doses, *data.events):
        (text, *_rest) = [
            t for t in texts(chart) if t.value in (mark.words, f"{mark.words}, proposed")
        ]
        assert text.text == text.value or text.text.endswith("…")
        assert any(mark.words in line for line in lines_)


@given(sessions(), st.integers(0, 20), ROOMS)
@settings(max_examples=60, deadline=None)
def test_a_chart_that_goes_on_is_the_chart_made_anew(
    data: ChartData, fewer: int, room: Space
) -> None:
    count = max(0, len(data.readings) - fewer)
    before = lay_out(replace(data, readings=data.readings[:count]), room)
    onward, anew = lay_out(data, room, before), lay_out(data, room)
    assert onward.marks == anew.marks
    assert onward.sentence == anew.sentence
    assert list(onward.readouts) == list(anew.readouts)

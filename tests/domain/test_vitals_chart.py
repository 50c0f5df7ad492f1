"""The chart of a session, laid out: what is on it, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart import Chart, lay_out
from aeapp.domain.vitals.chart_data import ChartData, DoseKind, DoseMark, DueMark, EventMark
from aeapp.domain.vitals.chart_marks import (
    Bar,
    Symbol,
    text_box,
)
from aeapp.domain.vitals.chart_points import points_of
from aeapp.domain.vitals.due import DueState
from tests.helpers import charting
from tests.helpers.chart_marks import bars, drawn, lines, polylines, session, space, symbols, texts
from tests.helpers.charting import CADSS, HR, MOAAS, RR, SPO2, at, pressure, reading

ARTEFACT, STRUCK = ObservationStatus.ARTEFACT, ObservationStatus.STRUCK
LANES = {HR: "hr", SPO2: "spo2", RR: "rr"}


# ---------------------------------------------------------------- axis


def test_the_axis_goes_from_a_quarter_before_the_dose_to_two_hours_after() -> None:
    axis = drawn(session()).axis
    assert (axis.first, axis.last) == (-15, 124)


def test_the_axis_reaches_the_next_reading_due_and_what_was_read_early() -> None:
    due = (DueMark(150, DueState.COMING),)
    axis = drawn(session(reading(HR, -31, 72), due=due)).axis
    assert (axis.first, axis.last) == (-45, 154)


def test_what_belongs_to_another_visit_is_left_to_the_table_and_counted() -> None:
    days_before = reading(HR, -3 * 24 * 60, 70)
    day_alone = replace(reading(HR, 0, 71), at=PartialDate(2026, 11, 23))
    chart = drawn(session(days_before, day_alone, reading(HR, 15, 80)))
    assert (chart.axis.first, chart.beyond) == (-15, 2)
    assert len(symbols(chart, "hr")) == 1


def test_before_the_dose_a_long_wait_is_shown_whole() -> None:
    chart = drawn(session(reading(HR, -400, 70), zero=None, now=at(0)))
    assert (chart.beyond, len(symbols(chart, "hr"))) == (0, 1)


def test_labels_of_minutes_become_fewer_where_they_would_touch() -> None:
    narrow, wide_ = drawn(session(), width=420), drawn(session())
    assert [t.text for t in texts(wide_, "axis")][:3] == ["dose", "T+15", "T+30"]
    assert "T+15" not in [t.text for t in texts(narrow, "axis")]


def test_a_day_long_session_has_steps_of_hours() -> None:
    chart = drawn(session(now=at(23 * 60)))
    assert "T+480" in [t.text for t in texts(chart, "axis")]


def test_the_line_of_now_says_the_minute_and_parts_what_is_to_come() -> None:
    chart = drawn(session())
    (line,) = lines(chart, "now")
    (future,) = bars(chart, "future")
    assert line.x1 == future.x == chart.axis.x(60)
    assert [t.text for t in texts(chart, "now")] == ["T+60"]


def test_a_session_that_is_over_has_no_now() -> None:
    chart = drawn(session(now=None))
    assert (lines(chart, "now"), bars(chart, "future"), texts(chart, "now")) == ([], [], [])


def test_before_the_dose_now_stands_shortly_before_minute_zero() -> None:
    chart = drawn(charting.before_the_dose())
    assert [t.text for t in texts(chart, "now")] == ["now"]
    assert chart.axis.now == -3
    assert next(iter(chart.readouts)).startswith("13:45: BP 128/78")


def test_a_session_without_dose_that_is_over_ends_shortly_after_its_last_reading() -> None:
    chart = drawn(session(reading(HR, 0, 72), zero=None, now=None))
    assert symbols(chart, "hr")[0].x == pytest.approx(chart.axis.x(-3))


def test_an_empty_chart_can_be_drawn() -> None:
    chart = drawn(ChartData())
    assert chart.sentence == "No readings yet."
    assert (list(chart.readouts), chart.readouts.latest(), chart.caption) == ([], None, "")
    assert chart.readouts.nearest(200) is None


def test_height_beyond_need_goes_to_the_pressures() -> None:
    low, high = drawn(session()), drawn(session(), height=700)
    assert (high.height, high.ease) == (700, low.height)


# ---------------------------------------------------------------- pressures


def test_a_pressure_is_a_bar_from_diastolic_to_systolic_with_its_value() -> None:
    chart = drawn(session(pressure(15, 142, 88)))
    (stem,) = [m for m in lines(chart, "bp") if m.x1 == m.x2]
    ticks = {t.text: t.y for t in texts(chart, "tick", "bp")}
    unit = (ticks["80"] - ticks["160"]) / 80
    assert stem.y2 - stem.y1 == pytest.approx(54 * unit)
    assert [t.text for t in texts(chart, "value")] == ["142/88"]


@pytest.mark.parametrize("apart", [1, 2, 3, 5, 8])
def test_a_pressure_label_is_nearer_to_its_own_bar_than_to_any_other(apart: int) -> None:
    pressures = [(128, 78), (182, 106), (120, 70), (176, 102), (150, 90)]
    taken = [pressure(15 + n * apart, *values) for n, values in enumerate(pressures)]
    chart = drawn(session(*taken, now=at(90)))
    stems = {f"{m.value}": m.x1 for m in lines(chart, "bp") if m.x1 == m.x2}
    labels = [t for t in texts(chart, series="bp") if t.text in stems]
    assert labels
    for label in labels:
        box = text_box(label)
        centre = (box.left + box.right) / 2
        assert min(stems, key=lambda value: abs(stems[value] - centre)) == label.text


def test_a_reading_in_question_has_a_sign_and_is_not_drawn_as_a_value() -> None:
    doubt = ObservationStatus.QUESTIONED
    data = session(
        pressure(10, 120, 70),
        pressure(20, 80, 131, status=doubt),
        reading(SPO2, 20, 101, status=doubt),
        reading(MOAAS, 20, 1, status=doubt),
    )
    chart = drawn(data)
    assert [(s.series, s.value) for s in symbols(chart, "questioned")] == [
        ("bp", "?"), ("spo2", "?"), ("moaas", "?")
    ]  # fmt: skip
    assert {m.value for m in lines(chart, "bp")} == {"120/70"}
    assert bars(chart, "flag") == []
    assert symbols(chart, "spo2") == []
    assert texts(chart, series="moaas") == []
    assert "100" in [t.text for t in texts(chart, "tick", "spo2")]
    assert "105" not in [t.text for t in texts(chart, "tick", "spo2")]
    assert "T+20, 14:10: BP 80/131 (to be looked at)" in list(chart.readouts)[1]
    assert "3 readings are to be looked at and not drawn." in chart.sentence
    one = drawn(session(pressure(20, 80, 131, status=doubt)))
    assert "One reading is to be looked at and not drawn." in one.sentence
    # Once a person says that they are right, they are readings like any other.
    right = drawn(session(pressure(20, 80, 131, status=ObservationStatus.VALID)))
    assert {m.value for m in lines(right, "bp")} == {"80/131"}


def test_values_beyond_the_scale_lengthen_it_and_are_not_cut() -> None:
    chart = drawn(session(pressure(15, 248, 38)))
    (stem,) = [m for m in lines(chart, "bp") if m.x1 == m.x2]
    tops = {t.text: t.y for t in texts(chart, "tick", "bp")}
    assert stem.y1 < tops["240"] < tops["40"] < stem.y2


def test_a_pressure_beyond_a_limit_has_a_frame_and_on_paper_a_sign() -> None:
    data = session(pressure(15, 142, 88), pressure(30, 182, 106))
    assert [b.value for b in bars(drawn(data), "flag")] == ["182/106"]
    words = {t.text for t in texts(drawn(data, paper=True), "value")}
    assert words == {"142/88", "! 182/106"}


def test_frames_that_touch_become_one() -> None:
    near_, far = (30, 31, 32), (60,)
    chart = drawn(session(*(pressure(m, 182, 106) for m in (*near_, *far)), now=at(70)))
    assert len(bars(chart, "flag")) == 2


def test_ids_decide_what_is_flagged_where_they_are_given() -> None:
    calm = pressure(30, 120, 70, id="calm")
    data = session(calm, pressure(45, 190, 110), flagged=frozenset({"calm"}))
    assert [b.value for b in bars(drawn(data), "flag")] == ["120/70"]


def test_limits_are_dashed_lines_with_words() -> None:
    chart = drawn(session())
    assert [t.text for t in texts(chart, "limit")] == ["limit 170", "limit 100"]
    assert len(lines(chart, "limit")) == 6


def test_a_limit_without_room_for_its_words_has_its_number_at_the_left() -> None:
    long = charting.monitored(1920, 480)
    chart = lay_out(long, space(700))
    assert "100" in [t.text for t in texts(chart, "limit") if t.anchor == "end"]


def test_a_lower_limit_says_so() -> None:
    chart = lay_out(ChartData(zero=at(0)), space())
    assert "lower limit 90" in [t.text for t in texts(chart, "limit")]


def test_the_own_baseline_is_a_band_with_words() -> None:
    chart = drawn(session(baseline=pressure(-5, 128, 78)))
    assert len(bars(chart, "baseline")) == 1
    assert [t.text for t in texts(chart, "baseline")] == ["own baseline 128/78"]


def test_half_a_baseline_is_no_band() -> None:
    half = replace(pressure(-5, 128, 78), diastolic=NullFlavor.UNK)
    assert bars(drawn(session(baseline=half)), "baseline") == []


def test_a_pressure_known_in_part_has_a_mark_and_says_what_is_missing() -> None:
    upper = replace(pressure(10, 118, 60), diastolic=None)
    mean = replace(pressure(40, 118, 60), systolic=None, diastolic=None, mean=Decimal(84))
    chart = drawn(session(upper, mean))
    assert {t.text for t in texts(chart, "value")} == {"118/?", "mean 84"}


def test_artefacts_are_hollow_and_struck_ones_crosses_and_neither_moves_the_scale() -> None:
    data = session(
        pressure(10, 120, 70),
        pressure(20, 290, 20, status=ARTEFACT),
        pressure(30, 12, 8, status=STRUCK),
        reading(HR, 20, 290, status=ARTEFACT),
        reading(HR, 30, 7, status=STRUCK),
        reading(MOAAS, 20, 3, status=ARTEFACT),
        reading(MOAAS, 30, 1, status=STRUCK),
    )
    chart = drawn(data)
    assert len(bars(chart, "artefact")) == 1
    assert [s.value for s in symbols(chart, "artefact")] == ["290", "3"]
    assert [s.value for s in symbols(chart, "struck")] == ["12/8", "7", "1"]
    assert "240" not in [t.text for t in texts(chart, "tick")]
    assert {t.text for t in texts(chart, "value")} == {"120/70"}


def test_of_many_pressures_one_in_five_minutes_and_every_flagged_one_is_drawn() -> None:
    calm = [pressure(m / 2, 120, 70) for m in range(1, 200)]
    high = pressure(52.25, 190, 110)
    chart = drawn(session(*calm, high, now=at(100)))
    stems = {round(chart.axis.x(m), 3) for m in (52.25,)}
    drawn_ = [m for m in lines(chart, "bp") if m.x1 == m.x2]
    assert stems <= {round(m.x1, 3) for m in drawn_}
    assert len(drawn_) == 20 + 2  # each stretch, the flagged one, the last one


# ---------------------------------------------------------------- lanes with a line


def test_a_pause_of_more_than_twenty_minutes_breaks_the_line() -> None:
    data = session(*(reading(HR, m, 80) for m in (0, 15, 35, 56)))
    (line,) = polylines(drawn(data), "hr")
    assert len(line.points) == 3


def test_a_reading_beyond_a_limit_is_framed_and_bold() -> None:
    chart = drawn(session(reading(SPO2, 10, 97), reading(SPO2, 25, 89)))
    assert [b.series for b in bars(chart, "flag")] == ["spo2"]
    assert [t.text for t in texts(chart, "value", "spo2")] == ["89"]


def test_a_label_ahead_of_now_stands_on_the_ground_of_what_is_to_come() -> None:
    chart = drawn(session(reading(HR, 59, 80), reading(HR, 75, 90)))
    assert len(bars(chart, "clear_ahead")) == 1
    assert len(bars(chart, "clear")) == 1


@pytest.mark.parametrize(("count", "minutes"), [(480, 120), (7200, 120), (7200, 30)])
def test_a_thinned_line_covers_every_reading(count: int, minutes: int) -> None:
    data = charting.monitored(count, minutes)
    chart = drawn(data)
    for kind, series in LANES.items():
        cover: dict[int, list[float]] = {}
        for line in polylines(chart, series):
            for x, y in line.points:
                cover.setdefault(int(x), []).append(y)
        for point in points_of(data).series[kind]:
            x = chart.axis.x(chart.axis.minute(point.at or 0))
            assert cover[int(x)], (kind, point)
            if len(cover[int(x)]) == 4:
                y = line_scale(chart, series)(float(point.high or 0))
                assert min(cover[int(x)]) - 0.01 <= y <= max(cover[int(x)]) + 0.01
        assert sum(map(len, cover.values())) <= 4 * len(cover)


def line_scale(chart: Chart, series: str) -> Callable[[float], float]:
    """Return how a lane puts values to heights, by its limits and its last symbol."""
    marks = [(float(m.value), m.y1) for m in lines(chart, "limit") if m.series == series]
    marks += [(float(s.value), s.y) for s in symbols(chart, series)]
    (low, y_low), (high, y_high) = marks[0], marks[-1]
    return lambda value: y_low + (value - low) * (y_high - y_low) / (high - low)


def test_a_label_without_a_free_place_is_left_to_the_table() -> None:
    chart = drawn(session(*(reading(HR, 20 + m / 2, 80 + m) for m in range(40))))
    assert len(symbols(chart, "hr")) == 40
    assert 5 < len(texts(chart, series="hr")) < 40


def test_each_flagged_reading_of_a_thinned_line_has_its_symbol() -> None:
    calm = [reading(HR, m / 4, 80) for m in range(400)]
    chart = drawn(session(*calm[:200], reading(HR, 50.1, 140), *calm[201:], now=at(100)))
    assert "140" in [s.value for s in symbols(chart, "hr")]
    assert "140" in [t.text for t in texts(chart, series="hr")]
    assert len(symbols(chart, "hr")) == 2


def test_readings_alone_between_pauses_keep_their_symbol_among_many() -> None:
    calm = [reading(HR, m / 4, 80) for m in range(100)]
    chart = drawn(session(*calm, reading(HR, 60, 81), reading(HR, 90, 82), now=at(100)))
    assert [s.value for s in symbols(chart, "hr")] == ["81", "82"]


# ---------------------------------------------------------------- scores and readings due


def test_scores_are_digits_in_a_row_each_and_hidden_when_none_were_taken() -> None:
    chart = drawn(session(reading(CADSS, 15, 6), reading(MOAAS, 15, 4)))
    rows = {t.text: t.y for t in texts(chart, "lane")}
    assert rows["MOAA/S"] < rows["CADSS-6"]
    digits = {t.text: t.y for t in texts(chart, "figure")}
    assert digits == {"4": rows["MOAA/S"], "6": rows["CADSS-6"]}
    assert "MOAA/S" not in [t.text for t in texts(drawn(session()), "lane")]


def test_a_score_beyond_a_limit_is_framed_and_bold() -> None:
    chart = drawn(session(reading(MOAAS, 15, 4), reading(MOAAS, 30, 2)))
    assert [b.value for b in bars(chart, "flag")] == ["2"]
    assert [t.text for t in texts(chart, "value", "moaas")] == ["2"]


def test_a_digit_without_room_is_a_dot() -> None:
    chart = drawn(session(*(reading(MOAAS, 15 + m / 4, 4) for m in range(8))))
    assert symbols(chart, "dot")
    assert len(symbols(chart, "dot")) + len(texts(chart, series="moaas")) == 8


def test_the_latest_value_may_stand_behind_a_near_line_of_now_only() -> None:
    taken = [reading(MOAAS, m, 4) for m in (57, 58.5)]
    near_, far = session(*taken, now=at(59)), session(*taken, now=at(59 + 20))
    chart = drawn(near_)
    (last,) = [t for t in texts(chart, "figure", "moaas") if t.anchor == "start"]
    assert last.x > chart.axis.x(59)
    assert near_dots(chart, 58.5)
    assert [t.anchor for t in texts(drawn(far), "figure", "moaas")] == ["middle", "middle"]


@pytest.mark.parametrize("width", [420, 640, 816, 960, 1011, 1500])
def test_a_score_of_this_minute_has_its_number_beside_the_line_of_now(width: int) -> None:
    for minute in range(20, 120, 7):
        taken = [reading(kind, minute, 4) for kind in (MOAAS, CADSS)]
        chart = drawn(session(*taken, now=at(minute)), width=width)
        assert [t.text for t in texts(chart, "figure", "moaas")] == ["4"]
        assert [t.text for t in texts(chart, "figure", CADSS.value)] == ["4"]


def near_dots(chart: Chart, minute: float) -> bool:
    return any(abs(dot.x - chart.axis.x(minute)) < 0.01 for dot in symbols(chart, "dot"))


def test_readings_due_are_shown_by_shape() -> None:
    missed = DueMark(40, DueState.MISSED)
    data = session(due=(missed, *charting.due(60, (15, 30), (45, 90))))
    chart = drawn(data)
    shapes = [m.role for m in chart.marks if isinstance(m, Symbol) and m.series == "due"]
    assert shapes == ["missed", "taken", "taken", "late", "coming"]


# ---------------------------------------------------------------- low windows


def test_in_a_low_window_the_lanes_stand_close_and_at_last_the_scores_go_to_the_table() -> None:
    data = session(pressure(0, 128, 78), reading(MOAAS, 0, 5), reading(HR, 0, 70))
    easy = drawn(data)
    close, closest = (drawn(data, height=h) for h in (easy.ease - 1, easy.least))
    assert easy.least < close.plot.bottom < easy.plot.bottom
    assert (close.height, closest.height) == (easy.ease - 1, easy.least)
    taken = [len(texts(chart, series=MOAAS.value)) for chart in (easy, close, closest)]
    assert taken == [1, 1, 0]
    # Nothing else goes: the pressure, the pulse and what is said of the minute.
    assert [len(texts(closest, series=s)) > 0 for s in ("bp", "hr")] == [True, True]
    assert "MOAA/S 5" in closest.readouts[0]
    # There is no low window on paper.
    assert drawn(data, height=easy.least, paper=True).height == drawn(data, paper=True).height


# ---------------------------------------------------------------- events and doses


def test_an_event_is_its_number_with_the_term_and_a_bar_to_its_end() -> None:
    chart = drawn(session(events=(EventMark(2, "Nausea", 28, 43),)))
    (bar,) = bars(chart, "lasting")
    assert (bar.x, bar.x + bar.w) == (chart.axis.x(28), chart.axis.x(43))
    assert [t.text for t in texts(chart, series="event")] == ["2", "Nausea"]


@pytest.mark.parametrize("paper", [False, True])
def test_an_event_that_goes_on_has_a_bar_up_to_now_that_is_open_there(paper: bool) -> None:
    mark = EventMark(1, "Dissociation", 12, None, goes_on=True)
    chart = drawn(session(events=(mark,)), paper=paper)
    (bar,), (sign,) = bars(chart, "lasting"), symbols(chart, "goes_on")
    assert (bar.x, bar.x + bar.w) == (chart.axis.x(12), chart.axis.x(60))
    assert (sign.x, sign.y) == (bar.x + bar.w, bar.y + bar.h / 2)
    assert "T+12, 14:02: Event 1 Dissociation, going on" in list(chart.readouts)
    # Without knowing that it goes on there is nothing to be said of its length.
    told = drawn(session(events=(replace(mark, goes_on=False),)), paper=paper)
    assert (bars(told, "lasting"), symbols(told, "goes_on")) == ([], [])


def test_words_of_an_event_that_goes_on_stand_behind_its_sign() -> None:
    mark = EventMark(1, "Dissociation", 59, None, goes_on=True)
    chart = drawn(session(events=(mark,)))
    (sign,) = symbols(chart, "goes_on")
    (words,) = texts(chart, "event")
    assert words.x >= sign.x + 6


def test_a_proposal_reaches_up_to_now_and_its_words_stand_behind_the_line() -> None:
    chart = drawn(session(events=(EventMark(0, "Pressure up", 40, None, proposed=True),)))
    (bar,) = bars(chart, "proposed")
    assert bar.x + bar.w == pytest.approx(chart.axis.x(60))
    words = next(t for t in texts(chart, "proposed"))
    assert words.text == "Pressure up, proposed"
    assert words.x > chart.axis.x(60)


def test_in_a_session_that_is_over_what_has_no_end_goes_to_the_last_reading() -> None:
    proposal = EventMark(0, "Pressure up", 40, None, proposed=True)
    chart = drawn(session(reading(HR, 70, 80), events=(proposal,), now=None))
    (bar,) = bars(chart, "proposed")
    assert bar.x + bar.w == pytest.approx(chart.axis.x(70))


def test_marks_in_each_others_way_take_a_row_more() -> None:
    one = session(events=(EventMark(1, "Dissociation", 12, None),))
    two = replace(one, events=(*one.events, EventMark(2, "Headache", 14, None)))
    assert drawn(two).height == drawn(one).height + 20


def test_doses_differ_by_kind() -> None:
    doses = (
        DoseMark(0, 40, "Ketamine 38 mg IV drip", DoseKind.INFUSION),
        DoseMark(10, None, "running", DoseKind.INFUSION),
        DoseMark(50, None, "spray 1", DoseKind.DEVICE),
        DoseMark(55, None, "push", DoseKind.BOLUS),
        DoseMark(43, None, "Ondansetron", DoseKind.RESCUE),
        DoseMark(90, 100, "later", DoseKind.INFUSION, planned=True),
    )
    chart = drawn(session(doses=doses))
    shapes = {m.value: m for m in chart.marks if isinstance(m, Bar) and m.series == "dose"}
    assert {words: bar.role for words, bar in shapes.items()} == {
        "Ketamine 38 mg IV drip": "infusion",
        "running": "infusion",
        "spray 1": "device",
        "push": "bolus",
        "Ondansetron": "rescue",
        "later": "planned",
    }
    running = shapes["running"]
    assert running.x + running.w == pytest.approx(chart.axis.x(60))
    assert shapes["push"].w < 10


def test_words_far_behind_their_mark_stand_before_it_instead() -> None:
    doses = (DoseMark(45, None, "Ondansetron 4 mg IV", DoseKind.RESCUE),)
    (text,) = texts(drawn(session(doses=doses)), "dose")
    assert text.x + text.width < drawn(session()).axis.x(45)


def test_words_too_long_for_any_place_are_shortened_and_whole_in_the_readout() -> None:
    words = "Ketamine hydrochloride " * 12
    doses = (DoseMark(40, None, words.strip(), DoseKind.BOLUS),)
    chart = drawn(session(doses=doses), width=500)
    (text,) = texts(chart, "dose")
    assert text.text.endswith("…")
    assert text.value == words.strip()
    assert words.strip() in chart.readouts[0]


def test_words_cross_the_line_of_now_only_where_there_is_no_other_place() -> None:
    doses = (DoseMark(5, None, "a" * 50, DoseKind.BOLUS),)
    chart = drawn(session(doses=doses, now=at(20)), width=520)
    (text,) = texts(chart, "dose")
    assert text.x < chart.axis.x(20) < text.x + text.width

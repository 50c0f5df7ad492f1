"""What the chart says: a line for each time, and one sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart import Chart, lay_out
from aeapp.domain.vitals.chart_data import ChartData, DoseKind, DoseMark, EventMark
from aeapp.domain.vitals.chart_marks import Space
from aeapp.domain.vitals.chart_scale import elided
from tests.helpers import charting
from tests.helpers.charting import HR, at, pressure, reading, rich, row


def drawn(data: ChartData) -> Chart:
    return lay_out(data, Space(960, lambda words, _role: 6.4 * len(words)))


def session(*readings: Observation, **more: object) -> ChartData:
    given = {"zero": at(0), "now": at(60), "limits": charting.LIMITS, **more}
    return ChartData(readings=readings, **given)  # type: ignore[arg-type]


def test_a_line_says_minute_clock_readings_and_who() -> None:
    lines = list(drawn(rich()).readouts)
    assert (
        "T+45, 14:35: BP 182/106 (beyond a limit), HR 101, SpO₂ 91 (beyond a limit), RR 16, "
        "MOAA/S 4, CADSS-6 5; Dana Reyes"
    ) in lines


def test_lines_come_in_time_order_with_doses_and_events() -> None:
    lines = [line.partition(",")[0] for line in drawn(rich()).readouts]
    assert lines == [
        *("T−5", "T+0", "T+12", "T+15", "T+22", "T+28", "T+31", "T+31", "T+40", "T+40"),
        *("T+43", "T+45"),
    ]


def test_events_doses_and_proposals_say_what_they_are_and_how_long() -> None:
    lines = list(drawn(rich()).readouts)
    assert "T+28, 14:18: Event 2 Nausea, to T+43" in lines
    assert "T+40, 14:30: Proposed: Pressure increased" in lines
    assert "T+0, 13:50: Ketamine 38 mg IV drip, 0.95 mg/min, to T+40" in lines


def test_before_the_dose_a_plan_has_a_minute_and_readings_a_clock() -> None:
    lines = list(drawn(charting.before_the_dose()).readouts)
    assert lines[0] == "13:45: BP 128/78, HR 72, SpO₂ 98, RR 14"
    assert lines[1] == "T+0: Planned: planned: 38 mg over 40 min, to T+40"


def test_without_a_zone_the_clock_of_the_dose_is_shown() -> None:
    doses = (DoseMark(5, None, "push", DoseKind.BOLUS),)
    chart = drawn(session(doses=doses))
    assert list(chart.readouts) == ["T+5, 13:55: push"]
    assert chart.caption == "T0 = 13:50, times at UTC−05:00"


def test_the_caption_says_zone_and_begin() -> None:
    assert drawn(rich()).caption == "T0 = 13:50, times in America/New_York"
    east = replace(at(0), offset=345)
    assert drawn(session(zero=east)).caption == "T0 = 13:50, times at UTC+05:45"


def test_times_stand_on_the_clock_of_the_zone() -> None:
    data = session(reading(HR, 10, 80), zone="Europe/Berlin")
    assert list(drawn(data).readouts) == ["T+10, 20:00: HR 80"]


def test_standing_is_said() -> None:
    status = ObservationStatus
    readings = (
        reading(HR, 10, 80, status=status.ARTEFACT),
        reading(HR, 20, 81, status=status.STRUCK),
        reading(HR, 30, 82, status=status.QUESTIONED),
        reading(HR, 40, 83, status=status.VALID),
    )
    said = [line.partition(": ")[2] for line in drawn(session(*readings)).readouts]
    assert said == [
        "HR 80 (artefact)",
        "HR 81 (struck through)",
        "HR 82 (to be looked at)",
        "HR 83",
    ]


def test_other_quantities_are_in_the_line_although_they_have_no_lane() -> None:
    laboratory = ObservationKind.LABORATORY
    readings = (
        reading(ObservationKind.TEMPERATURE, 10, 36.8),
        reading(laboratory, 10, 4, test_name="Potassium"),
        Observation(kind=laboratory, test_name="Urine HCG", result="negative", at=at(10)),
        Observation(value=Decimal(7), at=at(10)),
        Observation(kind=HR, value=NullFlavor.NASK, at=at(10)),
    )
    (line,) = drawn(session(*readings)).readouts
    assert line == "T+10, 14:00: HR ?, Temp 36.8, Potassium 4, Urine HCG negative, 7"


def test_readings_without_a_time_come_first_and_say_so() -> None:
    day = replace(reading(HR, 0, 71), at=PartialDate(2026, 11, 23))
    clock = replace(reading(HR, 0, 72), at=PartialDate(2026, 11, 23, 9, 30))
    chart = drawn(session(day, clock, reading(HR, 15, 80)))
    assert list(chart.readouts) == [
        "Time not known: HR 71",
        "09:30: HR 72",
        "T+15, 14:05: HR 80",
    ]
    assert "2 readings are in the table only." in chart.sentence
    assert chart.readouts.nearest(0) == 2


def test_one_reading_left_to_the_table_is_counted_as_one() -> None:
    sentence = drawn(session(reading(HR, -600, 70))).sentence
    assert sentence.endswith(" One reading is in the table only.")


def test_the_latest_line_is_that_of_the_last_readings() -> None:
    readouts = drawn(rich()).readouts
    latest = readouts.latest()
    assert latest is not None
    assert readouts.line(latest) == readouts[len(readouts) - 1]
    assert len(latest.points) == 6


@pytest.mark.parametrize(("minute", "nearest"), [(-15, "T−5"), (20, "T+22"), (118, "T+45")])
def test_the_line_nearest_to_a_place_is_found(minute: float, nearest: str) -> None:
    chart = drawn(rich())
    number = chart.readouts.nearest(chart.axis.x(minute))
    assert number is not None
    assert chart.readouts[number].startswith(nearest)


def test_the_sentence_tells_the_course() -> None:
    assert drawn(rich()).sentence == (
        "Pressure rose from 128/78 to 182/106 at T+45. "
        "HR 72 to 101, SpO₂ 91 to 98, RR 14 to 16. "
        "3 readings beyond a limit. "
        "Doses: Ketamine 38 mg IV drip, 0.95 mg/min; Ondansetron 4 mg IV, T+43. "
        "Events: Dissociation; Nausea. Proposed: Pressure increased. "
        "Next reading due T+60."
    )


@pytest.mark.parametrize(
    ("pressures", "said"),
    [
        ([(150, 90), (120, 70)], "Pressure fell from 150/90 to 120/70 at T+15."),
        ([(150, 90), (150, 80)], "Pressure 150/90."),
        ([(150, 90)], "Pressure 150/90."),
    ],
)
def test_the_sentence_says_which_way_the_pressure_went(
    pressures: list[tuple[int, int]], said: str
) -> None:
    readings = [pressure(15 * n, *values) for n, values in enumerate(pressures)]
    sentence = drawn(session(*readings)).sentence
    assert sentence == f"{said} No reading beyond a limit."


def test_the_sentence_counts_one_reading_as_one() -> None:
    sentence = drawn(session(reading(HR, 10, 140))).sentence
    assert sentence == "HR 140. One reading beyond a limit."


def test_before_the_dose_the_sentence_names_no_minute() -> None:
    readings = [*row(-10, (120, 70), 72), *row(-5, (140, 80), 74)]
    sentence = drawn(session(*readings, zero=None, now=at(-3))).sentence
    assert sentence.startswith("Pressure rose from 120/70 to 140/80. HR 72 to 74.")


def test_an_event_without_end_has_none_in_its_line() -> None:
    chart = drawn(session(events=(EventMark(1, "Dizziness", 12, None),)))
    assert list(chart.readouts) == ["T+12, 14:02: Event 1 Dizziness"]


def test_a_label_of_whole_pages_is_shortened_in_a_few_measurements() -> None:
    measured: list[int] = []

    def measure(words: str, _role: str) -> float:
        measured.append(len(words))
        return 6.0 * len(words)

    words = "headache " * 2_000
    assert elided(words, "event", 120, measure) == "headache headache h…"
    assert len(measured) < 12
    assert max(measured) < 60
    assert elided("headache", "event", 48, measure) == "headache"
    assert elided("headache", "event", 47, measure) == "headac…"
    assert elided("headache", "event", 3, measure) == "…"
    assert elided("", "event", 3, measure) == ""

"""Events over sessions, people and grams; the control chart; signals; published figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isclose, log2

import pytest

from aeapp.domain.outcomes.change import Kind
from aeapp.domain.outcomes.control_chart import control_chart
from aeapp.domain.outcomes.disproportionality import (
    CAUTION,
    CountedCase,
    Crossing,
    Ratio,
    pairings,
)
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Exposure, Frequency, Harm, Occurred
from aeapp.domain.outcomes.intervals import rate
from aeapp.domain.outcomes.published import (
    PUBLISHED,
    PublishedFigure,
    change_key,
    ideation_key,
    published_for,
)

EXPOSURE = Exposure(sessions=100, patients=20, milligrams=Decimal("4150.5"), unknown_doses=1)


def happened(number: int, term: str, session: str | None, **said: object) -> Occurred:
    facts = {"patient_id": "P1", "grade": 1, "serious": False} | said
    return Occurred(f"E{number}", session_id=session, term=term, **facts)


HARM = Harm(
    EXPOSURE,
    (
        happened(1, "Nausea", "S1", grade=2),
        happened(2, "Nausea", "S1"),
        happened(3, "Nausea", "S2", patient_id="P2", grade=None, serious=None),
        happened(4, "Nausea", None),
        happened(5, "Dissociation", "S1", grade=3, stopped=True),
        happened(6, "Syncope", "S2", patient_id="P2", serious=True),
    ),
)


def test_a_row_counts_events_sessions_people_and_grams() -> None:
    nausea = HARM.rows[0]

    assert nausea.term == "Nausea"
    assert (nausea.events, nausea.outside) == (4, 1)
    assert nausea.sessions == Proportion(2, 100)
    assert nausea.patients == Proportion(2, 20)
    assert nausea.grades == ((1, 2), (2, 1), (None, 1))
    assert (nausea.at_least(2), nausea.at_least(1)) == (1, 3)
    assert nausea.per_gram == Frequency(4, Fraction(8301, 2000))


def test_rows_stand_by_sessions_then_by_name() -> None:
    assert [row.term for row in HARM.rows] == ["Nausea", "Dissociation", "Syncope"]


def test_the_whole_of_the_period() -> None:
    assert [event.term for event in HARM.serious] == ["Syncope"]
    assert HARM.not_assessed == 1
    assert HARM.stopped == Proportion(1, 20)
    assert HARM.per_gram.value == Fraction(6) / EXPOSURE.grams
    assert HARM.per_session == Frequency(5, Fraction(100))
    assert HARM.per_patient == Frequency(6, Fraction(20))
    assert HARM.per_session.interval == rate(5, Fraction(100))


def test_without_exposure_there_is_no_rate() -> None:
    nothing = Harm(Exposure(0, 0, Decimal(0)), ())

    assert (nothing.per_gram.value, nothing.per_gram.interval) == (None, None)
    assert nothing.rows == ()


def test_what_was_never_seen_has_only_an_upper_limit() -> None:
    found = HARM.never_seen(["Respiratory depression", "nausea"])

    assert found == (("Respiratory depression", Proportion(0, 100)),)


def test_a_control_chart_shows_the_month_unlike_the_others() -> None:
    months = [("05", Proportion(6, 100)), ("06", Proportion(0, 0)), ("07", Proportion(4, 80)),
              ("08", Proportion(30, 100))]  # fmt: skip
    chart = control_chart(months)

    assert chart.centre == pytest.approx(40 / 280)
    assert [point.label for point in chart.points] == ["05", "07", "08"]
    assert [point.outside for point in chart.points] == [False, False, True]
    assert chart.points[1].high > chart.points[0].high  # fewer sessions, wider limits
    assert chart.points[0].low == pytest.approx(40 / 280 - 3 * (240 * 40 / 280**2 / 100) ** 0.5)


def test_a_control_chart_of_nothing_and_of_steady_months() -> None:
    assert control_chart([("05", Proportion(0, 0))]).centre is None
    steady = control_chart([(str(month), Proportion(1, 20)) for month in range(6)])
    assert not any(point.outside for point in steady.points)
    assert steady.points[0].low == 0


def ratio(found: Ratio | None, value: float, low: float, high: float) -> bool:
    assert found is not None
    return all(
        isclose(mine, theirs, rel_tol=1e-3)
        for mine, theirs in zip(
            (found.value, found.low, found.high), (value, low, high), strict=True
        )
    )


def test_ratios_of_a_fourfold_table() -> None:
    """A table as an independent implementation (SciPy 1.17) has it."""
    table = Crossing(25, 75, 50, 850)

    assert ratio(table.reporting_odds_ratio, 5.6667, 3.3188, 9.6756)
    assert ratio(table.proportional_reporting_ratio, 4.5, 2.9175, 6.9410)
    assert table.expected == 7.5
    assert isclose(table.information_component.value, log2(25.5 / 8))
    assert not table.few


def test_the_information_component_against_published_bounds() -> None:
    """Norén 2013: no case and none expected is 0; the lower bound of 3 against 1 is below 0."""
    assert Crossing(0, 0, 0, 0).information_component.value == 0
    bounds = Crossing(3, 0, 0, 0).information_component
    assert bounds.low < bounds.value < bounds.high


@pytest.mark.parametrize(
    "table", [Crossing(0, 5, 5, 5), Crossing(2, 0, 1, 5), Crossing(2, 1, 0, 5)]
)
def test_an_empty_cell_makes_no_odds_ratio(table: Crossing) -> None:
    assert table.reporting_odds_ratio is None
    assert table.few


def test_without_cases_there_is_no_proportional_ratio() -> None:
    assert Crossing(0, 5, 5, 5).proportional_reporting_ratio is None
    assert Crossing(2, 1, 0, 5).proportional_reporting_ratio is None
    assert Crossing(2, 0, 1, 5).proportional_reporting_ratio is not None


def case(suspects: str, terms: str) -> CountedCase:
    return CountedCase(frozenset(suspects.split()), frozenset(terms.split()))


def test_pairings_count_each_case_once_and_stand_by_their_lower_bound() -> None:
    cases = [case("ketamine", "dissociation nausea")] * 8 + [case("other", "nausea")] * 20
    found = pairings([*cases, case("ketamine other", "rash"), case("", "nausea")])

    assert (found[0].product, found[0].term) == ("ketamine", "dissociation")
    assert found[0].crossing == Crossing(8, 1, 0, 21)
    assert {(pair.product, pair.term) for pair in found} == {
        ("ketamine", "dissociation"), ("ketamine", "nausea"), ("ketamine", "rash"),
        ("other", "nausea"), ("other", "rash"),
    }  # fmt: skip
    assert pairings([]) == ()
    assert "not a rate" in CAUTION


def printed(percent: str, people: int | None, count: int | None = None) -> PublishedFigure:
    return PublishedFigure("S", "J", "who", "m", Decimal(percent), people, count)


@pytest.mark.parametrize(
    ("figure", "agrees"),
    [(printed("12.5", 138, 17), False), (printed("12.3", 138, 17), True),
     (printed("12.5", 40, 5), True), (printed("2.5", 20), False), (printed("5", 20), True),
     (printed("62.8", 1247), True), (printed("50", 20), True), (printed("17.3", 20), False),
     (printed("73.0", None), None), (printed("73.0", None, 4), None)],
)  # fmt: skip
def test_a_printed_percentage_is_worked_out_again(
    figure: PublishedFigure, agrees: bool | None
) -> None:
    assert figure.agrees is agrees


def test_a_published_figure_has_counts_only_where_both_are_printed() -> None:
    assert printed("12.3", 138, 17).proportion == Proportion(17, 138)
    assert printed("12.3", 138).proportion is None
    assert printed("12.3", None, 17).proportion is None


def test_the_figures_that_ship_can_all_come_from_their_people() -> None:
    assert [figure.measure for figure in PUBLISHED if figure.agrees is False] == []
    assert [figure.study for figure in published_for(change_key("PHQ-9", Kind.REMISSION))] == [
        "McInnes 2022", "Hull 2022",
    ]  # fmt: skip
    assert published_for(ideation_key("decrease"))[0].people is None

"""The page for each group: who is in which, and that nobody is lost between them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.outcomes.comparison import By, compare
from aeapp.domain.outcomes.harm import Occurred
from aeapp.domain.outcomes.ladder import Loss, Measured, Step
from aeapp.domain.outcomes.page import Asked, Dose, Facts, Gathered, LeftOut, page_of, span_of
from aeapp.domain.scales.catalogue import DEFAULTS

FIRST, TODAY = dt.date(2026, 7, 1), dt.date(2026, 12, 1)
ASKED = Asked(first=FIRST, last=dt.date(2026, 9, 30))
DRIP = Facts(SessionRoute.IV_INFUSION, "ketamine", "Depression", "A")
SPRAY = Facts(SessionRoute.NASAL, "esketamine", "Depression", None)


def dose(patient: str, day: int, facts: Facts, *, chosen: bool = True) -> Dose:
    on = FIRST + dt.timedelta(days=day)
    return Dose(patient, f"{patient}{day}", on, Decimal(40), facts, chosen)


def happened(patient: str, session: str | None) -> Occurred:
    return Occurred(f"E{patient}{session}", patient, session, "Nausea", 1, serious=False)


# A is treated by infusion, B by spray, C first by infusion and then by spray.
DOSES = (dose("A", 0, DRIP), dose("B", 0, SPRAY), dose("C", 0, DRIP), dose("C", 10, SPRAY))
SCORES = {
    name: [Measured(FIRST, Decimal(18)), Measured(FIRST + dt.timedelta(days=20), Decimal(6))]
    for name in "ABC"
}
EVENTS = (happened("A", "A0"), happened("C", "C10"), happened("C", None))
FOUND = Gathered(DOSES, SCORES, EVENTS, frozenset({"C10"}), LeftOut())


def groups(by: By, asked: Asked = ASKED, found: Gathered = FOUND):
    return {one.name: one.page for one in compare(asked, DEFAULTS[0], found, TODAY, by)}


def test_a_course_counts_where_its_first_dose_belongs() -> None:
    pages = groups(By.ROUTE)
    assert list(pages) == ["IV infusion", "Nasal"]
    drip, spray = pages.values()
    assert [page.ladder.at(Step.TREATED) for page in (drip, spray)] == [2, 2]
    assert [page.ladder.at(Step.COUNTED) for page in (drip, spray)] == [2, 1]
    assert spray.ladder.lost(Loss.OTHER_COURSE) == 1
    # Two scores a person: those of who had nothing of the kind are not among them.
    assert [page.scores for page in (drip, spray)] == [4, 4]


def test_events_stand_with_their_session_and_those_outside_with_their_person() -> None:
    drip, spray = groups(By.ROUTE).values()
    assert sorted(e.event_id for e in drip.harm.events) == ["EAA0", "ECNone"]
    assert sorted(e.event_id for e in spray.harm.events) == ["ECC10", "ECNone"]
    assert (drip.harm.exposure.sessions, spray.harm.exposure.sessions) == (2, 2)
    assert [point.found.numerator for point in spray.pressure.points] == [1]


def test_what_is_not_recorded_is_a_group_of_its_own_and_the_last() -> None:
    assert list(groups(By.PRESCRIBER)) == ["A", "not recorded"]
    assert list(groups(By.DIAGNOSIS)) == ["Depression"]
    assert list(groups(By.PRODUCT)) == ["esketamine", "ketamine"]
    bare = Gathered((dose("A", 0, Facts()),), {}, (), frozenset(), LeftOut())
    assert list(groups(By.ROUTE, found=bare)) == ["not recorded"]


def test_what_was_narrowed_before_stays_narrowed() -> None:
    asked = Asked(first=FIRST, last=ASKED.last, routes=frozenset({SessionRoute.NASAL}))
    assert [asked.takes(facts) for facts in (DRIP, SPRAY)] == [False, True]
    doses = tuple(
        dose(d.patient_id, (d.day - FIRST).days if d.day else 0, d.facts,
             chosen=asked.takes(d.facts))
        for d in DOSES
    )  # fmt: skip
    found = Gathered(doses, SCORES, EVENTS, frozenset(), LeftOut())
    assert list(groups(By.PRODUCT, asked, found)) == ["esketamine"]
    # The one whose course began with an infusion has no start of a course by spray.
    page = page_of(asked, DEFAULTS[0], found, TODAY)
    assert (page.ladder.at(Step.TREATED), page.ladder.at(Step.COUNTED)) == (2, 1)


def test_each_way_to_part_them_has_its_word() -> None:
    assert [by.words for by in By] == [
        "Route", "Product", "Diagnosis", "Prescriber", "Quarter",
    ]  # fmt: skip


def test_each_quarter_has_its_own_doses_people_and_events() -> None:
    autumn = dose("A", 120, DRIP)  # 29 October
    outside = [
        Occurred(f"O{n}", "A", None, "Nausea", 1, serious=False, on=FIRST + dt.timedelta(days=n))
        for n in (5, 125)
    ]
    found = Gathered((*DOSES, autumn), SCORES, (*EVENTS, *outside), frozenset(), LeftOut())
    asked = Asked(first=dt.date(2026, 7, 5), last=dt.date(2026, 12, 31))
    summer, last = groups(By.QUARTER, asked, found).values()
    assert list(groups(By.QUARTER, asked, found)) == ["2026 Q3", "2026 Q4"]
    assert (summer.asked.first, summer.asked.last) == (asked.first, dt.date(2026, 9, 30))
    assert (last.asked.first, last.asked.last) == (dt.date(2026, 10, 1), asked.last)
    # Before the period began nobody is looked at.
    assert summer.harm.exposure.patients == 1
    assert {e.event_id for e in last.harm.events} == {"O125"}


def test_scores_are_looked_for_as_far_as_one_may_tell_a_start_or_an_outcome() -> None:
    design = ASKED.design(Decimal())
    first, last = span_of(ASKED)
    assert (ASKED.first - first).days == design.baseline_days > 0
    assert (last - ASKED.last).days == design.window_to > 0

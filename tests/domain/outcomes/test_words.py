"""What stands beside a figure: its counts, its interval, its range, and what is held back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Frequency
from aeapp.domain.outcomes.intervals import upper_limit_of_none, wilson
from aeapp.domain.outcomes.ladder import Ladder, Loss, Measured, Place
from aeapp.domain.outcomes.page import (
    Asked,
    Dose,
    Gathered,
    LeftOut,
    OutcomesPage,
    eligible_from,
    page_of,
)
from aeapp.domain.outcomes.words import (
    count_words,
    few_words,
    frequency_words,
    interval_words,
    is_hidden,
    missing_words,
    people_words,
    percent,
    plot_rows,
    published_words,
    row_words,
    rung_words,
    rungs,
    studies_words,
)
from aeapp.domain.scales.catalogue import DEFAULTS, merged, scale_named

FIRST, LAST = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
AFTER = dt.date(2026, 12, 1)


def whole(*, treated: int, mild: int, gone: int, better: int, same: int) -> OutcomesPage:
    """Return the page of a cohort of these counts, on the PHQ-9."""
    scores: dict[str, list[Measured]] = {}
    number = iter(range(treated))

    def add(count: int, before: int | None, after: int | None) -> None:
        for _ in range(count):
            person = f"P{next(number)}"
            found = scores[person] = []
            for on, total in ((FIRST, before), (FIRST + dt.timedelta(days=20), after)):
                if total is not None:
                    found.append(Measured(on, Decimal(total)))

    add(better, 18, 9)
    add(same, 18, 17)
    add(gone, 18, None)
    add(mild, 6, 5)
    doses = tuple(Dose(f"P{n}", f"S{n}", FIRST, Decimal(40)) for n in range(treated))
    found = Gathered(doses, scores, (), frozenset(), LeftOut())
    scale = scale_named(merged(()), "PHQ-9")
    assert scale is not None
    return page_of(Asked(first=FIRST, last=LAST), scale, found, AFTER)


def test_a_published_rate_with_the_people_nobody_shows() -> None:
    """62.8 % of 1,247 is 27.5 % of the 2,848 with a start and 18.1 % of the 4,334 treated."""
    page = whole(treated=4334, mild=0, gone=1601, better=783, same=464)
    response = plot_rows(page)[0]

    assert [rung.count for rung in rungs(page)] == [4334, 4334, 2848, 2848, 1247, 1247]
    assert response.counts == "783 / 1247"
    assert response.figures == "62.8 (60.1 to 65.4)"
    assert response.range == "27.5 to 83.7"
    assert response.of_treated == "18.1 of 4,334 treated"
    assert missing_words(page.ladder).startswith("1601 of 2848 (56 %) have no outcome.")
    assert [published.study for published in response.published] == ["McInnes 2022", "Hull 2022",
                                                                     "Hassan 2022"]  # fmt: skip


def test_the_ladder_names_its_losses() -> None:
    steps = rungs(whole(treated=60, mild=7, gone=3, better=20, same=10))

    assert [step.name for step in steps] == [
        "Treated in the period", "Course begun in the period, window closed",
        "PHQ-9 before the first dose", "PHQ-9 of 10 or more then", "PHQ-9 at 14 to 31 days",
        "Counted",
    ]  # fmt: skip
    assert [step.losses for step in steps] == [
        (), (), ("20 without",), ("7 below 10",), ("3 without",), (),
    ]  # fmt: skip
    assert steps[-1].share == 0.5
    shared = rungs(whole(treated=60, mild=7, gone=3, better=20, same=10), shared=True)
    # Two counts beside each other tell who was lost between them, and 30 stands at each rate.
    assert [step.told for step in shared] == ["60", "60", "40", "not told", "30", "30"]
    assert shared[3].share == 0.0
    # 40 less those below the threshold would be what is held back.
    assert [step.losses for step in shared[2:]] == [
        ("20 without",), ("some below 10",), ("some without",), ()
    ]  # fmt: skip


def test_of_several_losses_at_one_step_none_is_the_rest_of_the_others() -> None:
    page = whole(treated=60, mild=0, gone=0, better=20, same=10)
    lost = (*[Loss.EARLIER_COURSE] * 14, *[Loss.OTHER_COURSE] * 6, *[Loss.WINDOW_OPEN] * 3)
    counted = tuple(place for place in page.ladder.places if place.lost is None)
    places = (*counted, *(Place(f"L{n}", None, None, why) for n, why in enumerate(lost)))
    step = rungs(replace(page, ladder=Ladder(places)), shared=True)[1]

    assert step.losses == (
        "14 in a course begun before", "some whose course began with another dose",
        "some whose window is open",
    )  # fmt: skip


def test_a_few_who_are_missing_cannot_be_worked_out_in_a_copy() -> None:
    few = whole(treated=60, mild=7, gone=3, better=20, same=10)
    assert missing_words(few.ladder, shared=True) == (
        "Some of those at the threshold have no outcome."
    )
    row = plot_rows(few, shared=True)[0]
    assert (row.range, row.low, row.high) == ("", None, None)
    many = whole(treated=60, mild=7, gone=13, better=20, same=10)
    assert missing_words(many.ladder, shared=True) == missing_words(many.ladder)
    assert plot_rows(many, shared=True)[0].range == plot_rows(many)[0].range


def test_of_nobody_there_is_a_page_that_says_so() -> None:
    page = whole(treated=0, mild=0, gone=0, better=0, same=0)

    assert [rung.share for rung in rungs(page)] == [0.0] * 6
    row = plot_rows(page)[0]
    assert (row.figures, row.range, row.of_treated, row.share) == ("nobody counted", "", "", None)
    assert row.few == "few: 0, under 20"
    assert missing_words(page.ladder) == ""


def test_none_seen_is_said_with_its_limit() -> None:
    row = plot_rows(whole(treated=30, mild=0, gone=0, better=0, same=30))[0]

    assert row.figures == "none seen, at most 9.5"
    assert row.share == 0.0


def test_a_copy_that_leaves_the_clinic_holds_small_groups_back() -> None:
    row = plot_rows(whole(treated=30, mild=0, gone=0, better=3, same=27), shared=True)[0]

    assert row.counts == "not told / 30"
    assert (row.figures, row.range, row.of_treated) == ("not told", "", "")
    assert (row.share, row.low, row.interval) == (None, None, None)
    most = plot_rows(whole(treated=30, mild=0, gone=0, better=27, same=3), shared=True)[0]
    assert most.counts == "not told / 30"


@pytest.mark.parametrize(
    ("found", "hidden"),
    [(Proportion(0, 30), False), (Proportion(4, 30), True), (Proportion(5, 30), False),
     (Proportion(26, 30), True), (Proportion(30, 30), False)],
)  # fmt: skip
def test_what_is_held_back(found: Proportion, hidden: bool) -> None:
    assert is_hidden(found, shared=True) is hidden
    assert not is_hidden(found, shared=False)


def test_numbers_in_words() -> None:
    assert percent(Fraction(1, 1026)) == "0.10"
    assert (percent(0), percent(0.5), percent(Fraction(1))) == ("0.0", "50.0", "100.0")
    assert interval_words(None) == ""
    assert interval_words(upper_limit_of_none(1026)) == "at most 0.29"
    assert interval_words(wilson(70, 131)) == "44.9 to 61.8"
    assert count_words(Proportion(70, 131)) == "70 / 131"
    assert (people_words(1234), people_words(3, shared=True)) == ("1,234", "under 5")
    assert few_words(Proportion(3, 20)) == ""
    assert few_words(Proportion(0, 3), shared=True) == "few: under 5, under 20"
    assert frequency_words(Frequency(5, Fraction(100)), 100) == ("5.0", "1.6 to 11.7")
    assert frequency_words(Frequency(5, Fraction(100)), 100, at_most=True) == ("at most 5.0", "")
    assert frequency_words(Frequency(5, Fraction(0))) == ("no exposure", "")


def test_a_published_figure_names_its_people() -> None:
    rows = plot_rows(whole(treated=30, mild=0, gone=0, better=10, same=20))

    assert published_words(rows[0].published[0]) == (
        "McInnes 2022: 53.6 % of 537 (IV ketamine, 178 practices in the US)"
    )


def test_every_scale_says_from_where_somebody_is_looked_at() -> None:
    assert {scale.name: eligible_from(scale) for scale in DEFAULTS if eligible_from(scale)} == {
        "PHQ-9": 10, "GAD-7": 10, "PCL-5": 31, "MADRS": 20, "Y-BOCS": 16, "QIDS-SR16": 11,
    }  # fmt: skip


def test_the_studies_behind_the_diamonds_are_named_once() -> None:
    rows = plot_rows(whole(treated=30, mild=0, gone=0, better=10, same=20))

    assert studies_words(rows).count("McInnes 2022") == 1
    assert "Hull 2022, sublingual ketamine at home, four sessions, n = 1,247" in studies_words(rows)


def test_a_dose_without_a_day_or_session_is_in_no_course_and_no_month() -> None:
    doses = (
        Dose("A", "S1", FIRST, Decimal(40)), Dose("A", "", FIRST, None),
        Dose("B", "S2", None, Decimal(40)),
    )  # fmt: skip
    scale = scale_named(merged(()), "PHQ-9")
    assert scale is not None
    found = Gathered(doses, {}, (), frozenset({"S1"}), LeftOut(undated_doses=1))
    page = page_of(Asked(first=FIRST, last=LAST), scale, found, AFTER)

    assert page.harm.exposure.patients == 1
    assert (page.harm.exposure.sessions, page.harm.exposure.unknown_doses) == (1, 1)
    assert [(p.label, p.found) for p in page.pressure.points] == [("2026-07", Proportion(1, 1))]
    assert page.ideation is None


def test_a_picture_is_told_in_words() -> None:
    page = whole(treated=60, mild=7, gone=3, better=20, same=10)

    assert rung_words(rungs(page)[3]) == "PHQ-9 of 10 or more then: 33 (7 below 10)"
    words = row_words(plot_rows(page)[0])
    assert words.startswith("Response (PHQ-9 total down by 50 % of the baseline or more): 20 / 30;")
    assert "if missing 60.6 to 69.7; 33.3 of 60 treated; McInnes 2022" in words
    nobody = whole(treated=0, mild=0, gone=0, better=0, same=0)
    assert "nobody counted; few: 0, under 20" in row_words(plot_rows(nobody)[0])

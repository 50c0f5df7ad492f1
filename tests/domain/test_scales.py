"""Scales as data and their scoring: exact totals, published rules, thresholds, typed answers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.codelists.scales import MissingRule, Scoring, TotalBasis
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import SafetyReview, Scale, Score
from aeapp.domain.records.scale import ScaleItem
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.scales.building import DEFAULT
from aeapp.domain.scales.catalogue import DEFAULTS, merged, scale_named
from aeapp.domain.scales.course import baseline_of, change_of, standing
from aeapp.domain.scales.scoring import (
    alerts_of,
    band_of,
    item_words,
    may_fill,
    problem_of,
    problem_of_total,
    scored,
    shape_of,
    span_of,
    total_of,
    unasked_of,
)
from aeapp.domain.scales.typing import MOST_SIGNS, read_typed
from aeapp.domain.values import PartialDate


def scale(code: str, edition: str | None = None) -> Scale:
    found = scale_named(DEFAULTS, code, edition)
    assert found is not None
    return found


def typed(code: str, signs: str) -> Score:
    read = read_typed(scale(code), signs)
    assert not read.problem
    return scored(scale(code), Score(items=read.items, total=read.total))


def day(number: int, hour: int | None = None) -> PartialDate:
    minute = None if hour is None else 0
    return PartialDate(2026, 11, number, hour, minute, offset=None if hour is None else 0)


# ------------------------------------------------------------------ the catalogue


def test_every_scale_names_its_source_its_items_and_one_word_a_topic() -> None:
    for one in DEFAULTS:
        assert one.basis
        assert one.name
        assert [i.number for i in one.items] == list(range(1, len(one.items) + 1))
        assert all(len((i.topic or "").split()) <= 2 for i in one.items), one.code
        # What no publication gives is left out, and said.
        if not all(i.topic for i in one.items):
            assert DEFAULT in (one.basis or ""), one.code
        assert all((i.lowest or 0) < (i.highest or 0) for i in one.items)
        assert {i.group for i in one.items} - {None} <= {g.code for g in one.groups}
        assert [b.least or 0 for b in one.bands] == sorted(b.least or 0 for b in one.bands)
        alerts = [i for i in one.items if i.alert_from is not None]
        assert all(i.never_filled for i in alerts)
        assert bool(alerts or one.alert_total is not None) == bool(one.alert_basis)
        response = (one.response_percent, one.remission_below, one.notable_rise)
        assert one.response_basis or response == (None, None, None)
        assert bool(one.reliable_change) == bool(one.reliable_basis)
        assert (one.missing_rule is MissingRule.MEAN) == bool(one.missing_basis)


RANGES = [
    ("phq-9", 10, (0, 27)),
    ("gad-7", 7, (0, 21)),
    ("pcl-5", 20, (0, 80)),
    ("madrs", 10, (0, 60)),
    ("y-bocs", 10, (0, 40)),
    ("qids-sr16", 16, (0, 27)),
    ("cadss", 23, (0, 92)),
    ("bprs-plus", 4, (4, 28)),
    ("c-ssrs-screener", 7, (0, 5)),
    ("sbq-r", 4, (3, 18)),
]


@pytest.mark.parametrize(("code", "items", "span"), RANGES)
def test_the_ranges_are_those_of_the_publications(
    code: str, items: int, span: tuple[int, int]
) -> None:
    assert len(scale(code).items) == items
    assert span_of(scale(code)) == span


def test_people_write_the_names_of_scales_as_they_like() -> None:
    assert scale("PHQ9").code == scale("PHQ-9").code == "phq-9"
    assert scale("bprs+", "0 to 6").active is False
    assert scale_named(DEFAULTS, "") is None
    assert scale_named(DEFAULTS, "hamd") is None
    assert scale_named(DEFAULTS, None) is None


def test_a_record_of_the_clinic_takes_the_place_of_the_default() -> None:
    own = replace(scale("sbq-r"), alert_total=8)
    other = replace(scale("sbq-r"), edition="2")
    known = merged([own, other])
    assert len(known) == len(DEFAULTS) + 1
    assert scale_named(known, "sbq-r", "1") is own
    assert scale_named(known, "sbq-r") is other


# ------------------------------------------------------------------ totals

TOTALS = [
    ("phq-9", "012301231", "13", TotalBasis.ITEMS, ()),
    ("phq-9", "0123012313", "13", TotalBasis.ITEMS, ()),
    ("phq-9", "1110-1100", "5.63", TotalBasis.MEAN, (5,)),
    ("phq-9", "rn1111111", "9.00", TotalBasis.MEAN, (1, 2)),
    ("phq-9", "---111111", None, TotalBasis.MISSING, (1, 2, 3)),
    ("phq-9", "11111111-", None, TotalBasis.MISSING, (9,)),
    ("gad-7", "333333-", "21.00", TotalBasis.MEAN, (7,)),
    ("gad-7", "33333--", None, TotalBasis.MISSING, (6, 7)),
    ("pcl-5", "4" * 20, "80", TotalBasis.ITEMS, ()),
    ("pcl-5", "4" * 19, None, TotalBasis.MISSING, (20,)),
    ("madrs", "6" * 10, "60", TotalBasis.ITEMS, ()),
    ("c-ssrs-screener", "1000000", "1", TotalBasis.ITEMS, ()),
    ("c-ssrs-screener", "1111000", "4", TotalBasis.ITEMS, ()),
    ("c-ssrs-screener", "00///00", "0", TotalBasis.ITEMS, ()),
    ("c-ssrs-screener", "0-///00", None, TotalBasis.MISSING, (2,)),
    ("c-ssrs-screener", "/////00", None, TotalBasis.MISSING, (1, 2, 3, 4, 5)),
    ("sbq-r", "1130", "5", TotalBasis.ITEMS, ()),
    ("bprs-plus", "1111", "4", TotalBasis.ITEMS, ()),
    ("ketamine-harms", "00121001000", None, TotalBasis.UNSCORED, ()),
    ("phq-9", "t17", "17", TotalBasis.STATED, ()),
]


@pytest.mark.parametrize(("code", "signs", "total", "basis", "missing"), TOTALS)
def test_totals_follow_the_published_rules(
    code: str, signs: str, total: str | None, basis: TotalBasis, missing: tuple[int, ...]
) -> None:
    score = typed(code, signs)
    assert (score.scale, score.basis) == (code, basis)
    assert score.total == (None if total is None else Decimal(total))
    if basis is not TotalBasis.STATED:
        found = total_of(scale(code), score.items)
        assert found.missing == missing
        assert bool(found.sentence) is (basis is not TotalBasis.ITEMS)
        assert ", ".join(str(n) for n in missing) in found.sentence


def test_the_qids_takes_the_highest_of_each_group() -> None:
    signs = "0310" + "2" + "1/2/" + "1" + "1" + "0" + "1" + "1" + "02"
    assert typed("qids-sr16", signs).total == Decimal(3 + 2 + 2 + 1 + 1 + 0 + 1 + 1 + 2)
    # A group in which nothing applies was not answered.
    nothing = typed("qids-sr16", "0310" + "2" + "////" + "1" + "1" + "0" + "1" + "1" + "02")
    assert nothing.basis is TotalBasis.MISSING
    assert total_of(scale("qids-sr16"), nothing.items).missing == (6, 7, 8, 9)
    open_ = typed("qids-sr16", "03-0" + "2" + "1/2/" + "1" + "1" + "0" + "1" + "1" + "02")
    assert total_of(scale("qids-sr16"), open_.items).missing == (3,)


def test_points_that_the_scale_does_not_have_count_as_missing_and_are_refused_when_typed() -> None:
    items = (ScoreItem(number=1, points=9),)
    assert 1 in total_of(scale("gad-7"), items).missing
    assert problem_of(scale("gad-7"), items) == "Item 1 has 0 to 3 points, not 9."
    assert problem_of(scale("gad-7"), (ScoreItem(number=8, points=1),)).startswith("GAD-7 has no")
    twice = (ScoreItem(number=1, points=1), ScoreItem(number=1, points=1))
    assert problem_of(scale("gad-7"), twice) == "Item 1 stands twice."
    assert not problem_of(scale("gad-7"), (ScoreItem(number=1, points=NullFlavor.ASKU),))
    assert problem_of(Scale(name="Empty"), items) == "Empty has no item 1; the last is 0."


def test_impossible_totals_are_refused_with_a_sentence() -> None:
    gad = scale("gad-7")
    assert problem_of_total(gad, Decimal(24)) == "GAD-7 goes from 0 to 21; 24 is not possible."
    assert problem_of_total(gad, Decimal("3.5"))
    assert not problem_of_total(gad, Decimal(21))
    assert "no total" in problem_of_total(scale("ketamine-harms"), Decimal(3))


def test_a_scale_without_rules_has_no_total_and_nothing_is_filled() -> None:
    assert total_of(Scale(), ()).basis is TotalBasis.UNSCORED
    one = Scale(
        scoring=Scoring.SUM,
        missing_rule=MissingRule.MEAN,
        missing_most=1,
        items=(ScaleItem(number=1, lowest=0, highest=1, counted=True),),
    )
    # The mean of nothing is nothing.
    assert not may_fill(one, (1,))
    assert not may_fill(replace(one, missing_most=None), (1,))
    assert total_of(replace(one, scoring=Scoring.LEVEL, items=()), ()).basis is TotalBasis.MISSING
    assert span_of(replace(one, scoring=Scoring.LEVEL, items=())) == (0, 0)


BANDS = [("0", "minimal"), ("4", "minimal"), ("9.9", "mild"), ("10", "moderate"), ("27", "severe")]


@pytest.mark.parametrize(("total", "name"), BANDS)
def test_bands_begin_at_their_least_total(total: str, name: str) -> None:
    band = band_of(scale("phq-9"), Decimal(total))
    assert band is not None
    assert band.name == name


def test_no_total_and_no_bands_are_in_no_band() -> None:
    assert band_of(scale("phq-9"), None) is None
    assert band_of(scale("bprs-plus"), Decimal(4)) is None


# ------------------------------------------------------------------ answers that ask for safety

ALERTS = [
    ("phq-9", "111111110", 0),
    ("phq-9", "000000001", 1),
    ("phq-9", "00000000r", 0),
    ("madrs", "0000000001", 1),
    ("madrs", "6666666660", 0),
    ("qids-sr16", "0000000000010000", 1),
    ("c-ssrs-screener", "1110010", 0),
    ("c-ssrs-screener", "1111000", 1),
    ("c-ssrs-screener", "0000011", 1),
    ("sbq-r", "1130", 0),
    ("sbq-r", "2230", 1),
    ("gad-7", "3333333", 0),
    ("ketamine-harms", "22222222222", 0),
]


@pytest.mark.parametrize(("code", "signs", "count"), ALERTS)
def test_thresholds_are_data_and_say_themselves(code: str, signs: str, count: int) -> None:
    score = typed(code, signs)
    found = alerts_of(scale(code), score)
    assert len(found) == count
    assert all("asks from" in sentence for sentence in found)
    assert not alerts_of(scale("sbq-r"), Score(scale="sbq-r"))


def test_what_is_not_known_of_an_item_that_asks_for_safety_is_said() -> None:
    assert unasked_of(scale("phq-9"), typed("phq-9", "t17")) == (9,)
    assert unasked_of(scale("phq-9"), typed("phq-9", "00000000r")) == (9,)
    assert unasked_of(scale("phq-9"), typed("phq-9", "000000000")) == ()
    assert unasked_of(scale("gad-7"), typed("gad-7", "t17")) == ()


def test_thresholds_are_no_part_of_the_shape_of_a_scale_and_points_are() -> None:
    own = replace(scale("sbq-r"), alert_total=8, name="Own")
    assert shape_of(own) == shape_of(scale("sbq-r"))
    wider = replace(own, items=(replace(own.items[0], highest=9), *own.items[1:]))
    assert shape_of(wider) != shape_of(own)


def test_an_item_without_a_topic_is_named_by_its_number() -> None:
    assert item_words(ScaleItem(number=3)) == "3"
    assert item_words(ScaleItem(number=3, topic="Sleep")) == "3 Sleep"


def test_a_strip_lets_a_session_close_when_it_is_filled_void_or_taken_over() -> None:
    strip = SafetyReview(cause="item 9")
    assert (strip.is_open, strip.lets_close) == (True, False)
    assert replace(strip, handed_to="Dr. R").lets_close
    assert replace(strip, handed_to="Dr. R").is_open
    done = replace(strip, told="a", asked="b", plan="c", at=day(3), done=True)
    assert (done.is_open, done.lets_close) == (False, True)
    assert not replace(strip, void_reason="wrong patient").is_open


# ------------------------------------------------------------------ typed

REFUSED = [
    ("phq-9", "4", "Item 1 has 0 to 3 points, not 4."),
    ("phq-9", "01x", "'x' is no answer."),
    ("phq-9", "01230123123", "PHQ-9 has no item 11; the last is 10."),
    ("gad-7", "t24", "GAD-7 goes from 0 to 21; 24 is not possible."),
    ("gad-7", "t", "After t stands the total, such as t17."),
    ("gad-7", "t²", "After t stands the total, such as t17."),
    ("gad-7", "²", "'²' is no answer."),
    ("gad-7", "0" * (MOST_SIGNS + 1), "That is too long for a scale."),
]


@pytest.mark.parametrize(("code", "signs", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(code: str, signs: str, sentence: str) -> None:
    read = read_typed(scale(code), signs)
    assert read.problem == sentence
    assert read.items == ()
    assert read.total is None


def test_the_states_of_an_item_differ() -> None:
    read = read_typed(scale("phq-9"), " 0 - r N / 2")
    states = [item.points for item in read.items]
    assert states == [0, None, NullFlavor.ASKU, NullFlavor.NASK, NullFlavor.NA, 2]
    assert read.left == 4
    score = Score(items=read.items)
    assert score.points_of(3) is NullFlavor.ASKU
    assert score.points_of(9) is None


def test_numbers_of_two_digits_stand_between_commas() -> None:
    wide = Scale(
        name="Wide",
        items=tuple(ScaleItem(number=n, lowest=0, highest=12, counted=True) for n in (1, 2, 3)),
    )
    read = read_typed(wide, "10, ,12")
    assert [item.points for item in read.items] == [10, None, 12]


# ------------------------------------------------------------------ the course


def at(total: int, when: PartialDate | None, **more: object) -> Score:
    return Score(
        id=f"s{total}",
        scale="phq-9",
        edition="1",
        at=when if when is not None else NullFlavor.UNK,
        total=Decimal(total),
        **more,  # type: ignore[arg-type]
    )


def test_only_what_stands_and_has_a_total_counts_in_the_order_of_time() -> None:
    scores = [
        at(9, day(9)),
        at(3, day(3)),
        at(5, None),
        replace(at(8, day(1)), struck_reason="typed twice"),
        replace(at(7, day(2)), total=None),
        replace(at(6, day(2)), scale="gad-7"),
    ]
    assert [s.total for s in standing(scores, "phq-9")] == [5, 3, 9]


BASELINES = [
    (
        "the last before the first dose",
        [at(20, day(1)), at(18, day(3)), at(9, day(9))],
        day(5, 9),
        18,
    ),
    ("of the same day, time not told", [at(20, day(5))], day(5, 9), 20),
    ("of the same day, before by its time", [at(20, day(5, 8))], day(5, 9), 20),
    ("of the same day, after by its time", [at(20, day(5, 10))], day(5, 9), None),
    ("typed later, before the dose", [at(20, day(5, 10), phase="before")], day(5, 9), 20),
    ("of the day, after the dose", [at(20, day(5), phase="leaving")], day(5, 9), None),
    ("under treatment only", [at(9, day(9))], day(5, 9), None),
    ("no dose yet", [at(20, day(1)), at(18, day(3))], None, 18),
    ("no dose and no time", [at(20, None)], None, None),
    ("no time", [at(20, None)], day(5, 9), None),
    ("a month that may be after", [at(20, PartialDate(2026, 11))], day(5, 9), None),
]


@pytest.mark.parametrize(("name", "scores", "dose", "total"), BASELINES, ids=lambda v: str(v)[:20])
def test_a_score_under_treatment_is_never_a_baseline(
    name: str, scores: list[Score], dose: PartialDate | None, total: int | None
) -> None:
    found = baseline_of(scores, dose)
    assert (found.total if found else None) == total, name


def test_changes_are_held_against_the_published_rules() -> None:
    phq = scale("phq-9")
    change = change_of(phq, at(20, day(1)), at(4, day(9)))
    assert change is not None
    assert (change.points, change.percent) == (-16, 80)
    assert (change.response, change.remission, change.reliable_fall) == (True, True, True)
    assert (change.partial, change.reliable_rise, change.notable_rise) == (None, False, False)
    less = change_of(phq, at(20, day(1)), at(16, day(9)))
    assert less is not None
    assert (less.response, less.remission, less.reliable_fall) == (False, False, False)
    worse = change_of(phq, at(0, day(1)), at(5, day(9)))
    assert worse is not None
    assert (worse.percent, worse.response, worse.reliable_rise) == (None, False, True)


def test_what_a_scale_has_no_rule_for_is_no_answer() -> None:
    first, second = at(4, day(1)), at(7, day(9))
    rise = change_of(scale("bprs-plus"), first, second)
    assert rise is not None
    assert (rise.response, rise.remission, rise.reliable_fall, rise.reliable_rise) == (None,) * 4
    assert rise.notable_rise
    assert change_of(scale("phq-9"), first, replace(second, total=None)) is None
    assert change_of(scale("phq-9"), first, replace(second, edition="2")) is None
    ends = replace(scale("phq-9"), reliable_end_below=10)
    high = change_of(ends, at(27, day(1)), at(12, day(2)))
    assert high is not None
    assert high.reliable_fall is False

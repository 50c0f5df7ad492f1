"""Files of scales: a clinic's own scale, its wording, and tables of what was filled elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.scales import Measured, MissingRule, Scoring, TotalBasis
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Scale, ScaleWording, Score
from aeapp.domain.records.scale_wording import WordedAnswer, WordedItem
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.scales.catalogue import DEFAULTS, scale_named
from aeapp.domain.scales.scale_file import MOST_LINES, read_scale_file
from aeapp.domain.scales.score_table import read_scores, tally_of
from aeapp.domain.scales.scoring import scored
from aeapp.domain.scales.wording import (
    OWN,
    Question,
    fits_one_page,
    questions_of,
    unworded,
    wording_for,
)

RIVER = """
# An invented scale.
scale: River-3
name: River 3
measures: other
answered by: patient
wording: own
scoring: sum
source: invented for a test
points 1: 0-2
topic 1: Water
in group 1: 7
points 2: 0 to 2
counted 2: no
points 3: 0-2
alert 3: 2
alert source: the test
group 7: Banks
band 3: high
band 0: low
missing at most: 1
missing source: the test
response: 50 %
reliable change: 1.5
licence: words of the test
language: en
title: How the river was
instruction: Think of
  yesterday.
answer 0: no
answer 1: a little
answer 2: a lot
item 1: The water was high.
item 2: There were stones.
item 3: A fish jumped.
item 3 answer 0: never
item 3 answer 1: once
item 3 answer 2: again
"""
WORDS = "scale: gad-7\nlicence: ours\n" + "".join(f"item {n}: Words {n}\n" for n in range(1, 8))
ANSWERS = "".join(f"answer {n}: Answer {n}\n" for n in range(4))


def problems(text: str | bytes, known: Sequence[Scale] = DEFAULTS) -> str:
    with pytest.raises(ImportRejected) as caught:
        read_scale_file(text, known)
    return " | ".join(caught.value.lines())


def test_a_file_defines_a_scale_and_its_wording() -> None:
    read = read_scale_file(RIVER, DEFAULTS)
    scale, wording = read.scale, read.wording
    assert scale is not None
    assert wording is not None
    assert (scale.code, scale.edition, scale.name) == ("river-3", "1", "River 3")
    assert (scale.measures, scale.missing_rule) == (Measured.OTHER, MissingRule.MEAN)
    assert [(i.lowest, i.highest, i.counted) for i in scale.items] == [
        (0, 2, True), (0, 2, False), (0, 2, True),
    ]  # fmt: skip
    assert (scale.items[2].alert_from, scale.items[2].never_filled) == (2, True)
    assert [b.least for b in scale.bands] == [0, 3]
    assert scale.response_percent == Decimal(50)
    assert scale.groups[0].name == "Banks"
    assert wording.instruction == "Think of yesterday."
    asked = questions_of(scale, wording)
    assert asked[0].answers == ((0, "no"), (1, "a little"), (2, "a lot"))
    assert asked[2].answers[2] == (2, "again")
    assert unworded(scale, wording) == ()


def test_a_file_with_the_words_of_a_known_scale_defines_nothing() -> None:
    read = read_scale_file((WORDS + ANSWERS).encode(), DEFAULTS)
    assert read.scale is None
    assert read.wording is not None
    assert (read.wording.scale, read.wording.edition) == ("gad-7", "1")


def test_a_file_may_define_a_scale_without_its_words() -> None:
    text = "scale: two\nsource: test\npoints 1: 0-3\npoints 2: 0-3\n"
    read = read_scale_file(text, ())
    assert read.wording is None
    assert read.scale is not None
    assert read.scale.name == "two"


WRONG = [
    ("a line without a colon", "scale river\n", "line 1: The line has no colon"),
    ("an unknown name", "scale: a\ncolour: red\n", 'line 2: The name of the line is not known'),
    ("a name of another shape", "scale: a\nitem x7: b\n", "line 2: The name of the line is not kn"),
    ("a number of 5,000 digits", f"scale: a\nitem {'7' * 5000}: b\n", "line 2: The name"),
    ("an unknown numbered name", "scale: a\ncolour 2: b\n", "line 2: The name of the line"),
    ("nothing behind it", "scale:\n", "line 1: There is nothing after"),
    ("an edition and no more", "edition: 3\n", "does not say which scale it is about"),
    ("an answer of nothing", "scale: gad-7\nanswer 1 answer 2: x\n", "line 2: Write it like"),
    ("an answer without item", "scale: gad-7\nitem answer 2: x\n", "line 2: Write it like"),
    ("too many points", "scale: gad-7\nitem 1 answer 200: x\n", "line 2: Write it like"),
    ("a code with a blank", "scale: a b\nsource: s\npoints 1: 0-1\n", "line 1: A code has small"),
    ("points the wrong way", "scale: a\nsource: s\npoints 1: 3-0\n", "line 3: What stands after"),
    ("points without range", "scale: a\nsource: s\npoints 1: 3\n", "line 3: What stands after"),
    ("an alert in words", "scale: a\nsource: s\nalert 1: some\n", "line 3: What stands after"),
    ("counted perhaps", "scale: a\nsource: s\ncounted 1: perhaps\n", "line 3: What stands"),
    ("an unknown measure", "scale: a\nsource: s\nmeasures: luck\n", "line 3: What stands after"),
    ("a percentage in words", "scale: a\nsource: s\nresponse: half\n", "line 3: What stands"),
    ("an endless figure", "scale: a\nsource: s\nresponse: Infinity\n", "line 3: What stands"),
    ("an item number of zero", "scale: a\nsource: s\npoints 0: 0-1\n", "line 3: Items are num"),
    ("an item worded twice", WORDS + ANSWERS + "item 1: Again\n", "The words of this item stand"),
    ("no scale", "source: s\npoints 1: 0-1\n", "does not say which scale it is about"),
    ("an unknown scale", "scale: moon\nlicence: x\nitem 1: x\n", "defines none"),
    ("nothing in it", "scale: gad-7\n", "holds neither a scale nor the words of one"),
    ("a gap in the items", "scale: a\nsource: s\npoints 2: 0-1\n", "does not give every item"),
    ("a topic without points", "scale: a\nsource: s\ntopic 1: x\n", "does not give every item"),
    ("no source", "scale: a\npoints 1: 0-1\n", "does not say where the scale comes from"),
    ("missing items by nobody's rule", "scale: a\nsource: s\npoints 1: 0-1\nmissing at most: 1\n",
     "does not say who allows it"),
    ("no licence", WORDS.replace("licence: ours\n", "") + ANSWERS, "by what right"),
    ("answers that lack", WORDS, "does not word these items with all their answers: 1, 2, 3"),
    ("an item too many", WORDS + ANSWERS + "item 9: x\n", "words items that the scale does not"),
    ("too long a file", "#\n" * (MOST_LINES + 1), "more than 5,000 lines"),
    ("a blank begin", "  scale: a\n", "holds neither"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "sentence"), WRONG, ids=[w[0] for w in WRONG])
def test_every_mistake_of_a_file_is_told_with_its_line(name: str, text: str, sentence: str) -> None:
    assert sentence in problems(text), name


def test_the_own_wording_asks_every_question_of_the_check_on_harms() -> None:
    harms = scale_named(DEFAULTS, "ketamine-harms")
    assert harms is not None
    assert unworded(harms, OWN[0]) == ()
    assert len(questions_of(harms, OWN[0])) == len(harms.items)
    assert all(len(q.answers) == 3 for q in questions_of(harms, OWN[0]))


def test_the_wording_that_was_loaded_last_is_shown_while_it_stands() -> None:
    river = read_scale_file(RIVER, DEFAULTS)
    scale, first = river.scale, river.wording
    assert scale is not None
    assert first is not None
    second = replace(first, language="de")
    third = replace(first, withdrawn_reason="licence ended")
    assert wording_for(scale, [first, second, third]) is second
    assert wording_for(scale, [first, second, third], "en") is first
    assert wording_for(scale, [third]) is None
    # A wording that lacks an item is never shown to a patient.
    part = replace(first, items=first.items[:1])
    assert wording_for(scale, [part]) is None
    assert questions_of(scale, ScaleWording(items=(WordedItem(number=1),))) != ()
    assert questions_of(scale, ScaleWording(items=(WordedItem(number=1, words="x"),),
                                            answers=(WordedAnswer(words="y"),)))[0].answers == (
        (0, "y"),
    )  # fmt: skip


# ------------------------------------------------------------------ tables

GAD = scale_named(DEFAULTS, "gad-7")
PHQ = scale_named(DEFAULTS, "phq-9")


def gad() -> Scale:
    assert GAD is not None
    return GAD


def phq() -> Scale:
    assert PHQ is not None
    return PHQ


def test_a_row_is_read_by_the_names_of_its_columns() -> None:
    text = (
        "Item 2;q1;GAD-7 total;note;Code;Date completed\n"
        "1.0;2;;x;P-1;2026-11-03\n"
        "refused;-;;;P-2;2026-11\n"
        ";;14;;P-3;\n"
        ";;;;P-4;2026-11-04\n"
    )
    table = read_scores(text, gad())
    assert table.left_out == ("note",)
    assert table.empty == 1
    first, second, third = table.rows
    assert (first.patient, first.line, first.total) == ("P-1", 2, None)
    assert [(i.number, i.points) for i in first.items] == [(1, 2), (2, 1)]
    assert [i.points for i in second.items] == [None, NullFlavor.ASKU]
    assert (third.items, third.total, third.at) == ((), Decimal(14), None)
    assert first.at is not None
    assert first.at.iso() == "2026-11-03"


BAD_TABLES = [
    ("nobody", "date,q1\n2026-11-01,1\n", "line 1: No column names the patient"),
    ("nothing filled", "patient,colour\nP-1,red\n", "line 1: No column is an item or a total"),
    ("a column twice", "patient,q1,q1\nP-1,1,1\n", 'line 1: The column "q1" stands there twice'),
    ("an item twice", "patient,q1,item 1\nP-1,1,1\n", 'line 1: The column "item 1" stands'),
    ("two patients", "patient,code,q1\nP-1,P-2,1\n", 'line 1: The column "code" stands'),
    ("a short row", "patient,q1\nP-1\n", "line 2: The row has 1 cells, the header has 2."),
    ("an unnamed row", "patient,q1\n,1\n", "line 2: The row names no patient."),
    ("a date in words", "patient,date,q1\nP-1,May,1\n", "line 2: The date cannot be read"),
    ("words for points", "patient,q1\nP-1,some\n", "line 2: Item 1 holds no number."),
    ("points too many", "patient,q1\nP-1,4\n", "line 2: Item 1 has 0 to 3 points, not 4."),
    ("a total in words", "patient,total\nP-1,some\n", "line 2: The total is no number."),
    ("a total too high", "patient,total\nP-1,24\n", "line 2: GAD-7 goes from 0 to 21; 24 is not"),
    ("the same twice", "patient,total\nP-1,4\nP-1,5\n", "line 3: The patient has another row"),
]


@pytest.mark.parametrize(("name", "text", "sentence"), BAD_TABLES, ids=[t[0] for t in BAD_TABLES])
def test_a_row_that_cannot_be_read_refuses_the_table(name: str, text: str, sentence: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        read_scores(text, gad())
    assert sentence in " | ".join(caught.value.lines()), name


def test_item_columns_of_another_scale_are_no_items() -> None:
    table = read_scores("seqn,phq9_1,dpq010,q99,gad7\n5,1,1,1,9\n", gad())
    assert table.left_out == ("phq9_1", "dpq010", "q99")
    assert table.rows[0].total == 9
    own = read_scores("patient,gad7_1,GAD-7 item 02\nP-1,1,3\n", gad())
    assert [(i.number, i.points) for i in own.rows[0].items] == [(1, 1), (2, 3)]


def test_codes_of_nhanes_are_refused_and_unknown_only_in_its_own_columns() -> None:
    head = "SEQN," + ",".join(f"DPQ0{n}0" for n in range(1, 10)) + ",DPQ100"
    table = read_scores(head + "\n1,7,9,0,1,2,3,0,0,,1\n", phq())
    points = [i.points for i in table.rows[0].items]
    assert points[:3] == [NullFlavor.ASKU, NullFlavor.UNK, 0]
    assert points[8:] == [None, 1]
    with pytest.raises(ImportRejected):
        read_scores("patient,q1\nP-1,7\n", phq())


def scores_of(text: str | bytes, scale: Scale) -> list[Score]:
    rows = read_scores(text, scale).rows
    return [scored(scale, Score(items=row.items, total=row.total)) for row in rows]


def test_a_tally_counts_bands_of_complete_ones_and_answers_that_ask_for_safety() -> None:
    head = "patient," + ",".join(f"q{n}" for n in range(1, 10)) + ",total\n"
    text = head + (
        "A,0,0,0,0,0,0,0,0,0,\n"
        "B,3,3,3,3,3,3,3,3,3,\n"
        "C,1,1,1,1,1,1,1,,1,\n"
        "D,1,,,,,,,,1,\n"
        "E,,,,,,,,,,17\n"
    )
    tally = tally_of(phq(), scores_of(text, phq()))
    assert (tally.complete, tally.filled, tally.stated, tally.without) == (2, 1, 1, 1)
    assert tally.mean == Decimal("13.5000")
    assert tally.bands == {
        "minimal": 1, "mild": 0, "moderate": 0, "moderately severe": 0, "severe": 1,
    }  # fmt: skip
    assert tally.alerts == {9: 3}
    nothing = tally_of(phq(), [])
    assert (nothing.mean, nothing.complete) == (None, 0)
    without_bands = replace(phq(), bands=())
    assert tally_of(without_bands, scores_of(text, phq())).bands == {}
    stated_twice = [Score(basis=TotalBasis.ITEMS), Score(basis=TotalBasis.UNSCORED)]
    assert tally_of(phq(), stated_twice).without == 1


_HEAD = "patient," + ",".join(f"q{n}" for n in range(1, 10)) + ",total\n"
_DIFFERS = ["line 2: The total is not the one that the answers make."]


@pytest.mark.parametrize(
    ("answers", "total", "told"),
    [
        ("1,1,1,1,1,1,1,1,0", "8", False),
        ("1,1,1,1,1,1,1,1,0", "8.0", False),
        ("1,1,1,1,1,1,1,1,0", "refused", False),
        ("1,1,1,1,1,1,1,1,0", "9", _DIFFERS),
        ("1,1,1,1,1,1,1,1,0", "some", ["line 2: The total is no number."]),
        # One item is filled with the mean of the others: 9 of 8 items are 10.125 of 9.
        ("2,1,1,1,1,1,,1,1", "10,13", False),
        ("2,1,1,1,1,1,,1,1", "10", False),
        ("2,1,1,1,1,1,,1,1", "9", True),
        ("2,1,1,1,1,1,,1,1", "13", _DIFFERS),
        # Three are missing: their answers are from 0 to 3 points.
        ("2,1,1,1,1,1,,,", "7", True),
        ("2,1,1,1,1,1,,,", "16", True),
        ("2,1,1,1,1,1,,,", "6", _DIFFERS),
        ("2,1,1,1,1,1,,,", "17", _DIFFERS),
    ],
)
def test_a_total_beside_the_answers_is_held_against_them(
    answers: str, total: str, told: bool | list[str]
) -> None:
    text = f'{_HEAD}P-1,{answers},"{total}"\n'
    if isinstance(told, bool):
        (row,) = read_scores(text, phq()).rows
        assert (row.total, row.not_taken) == (None, told)
        return
    with pytest.raises(ImportRejected) as caught:
        read_scores(text, phq())
    assert list(caught.value.lines()) == told


def test_a_total_is_held_against_no_answers_that_make_none() -> None:
    qids, no_total = scale_named(DEFAULTS, "qids-sr16"), replace(phq(), scoring=Scoring.NONE)
    assert qids is not None
    # The highest of each group counts: what is missing may be any of them.
    (row,) = read_scores("patient,q1,total\nP-1,1,9\n", qids).rows
    assert row.not_taken
    (row,) = read_scores(_HEAD + "P-1,1,1,1,1,1,1,1,1,1,9\n", no_total).rows
    assert row.not_taken


NHANES = Path(__file__).parents[3] / "shared" / "data" / "outcomes" / "nhanes-2013-2014-phq9.csv"


@pytest.mark.skipif(not NHANES.is_file(), reason="the public file of NHANES 2013-2014 is not here")
def test_the_survey_of_a_nation_gives_the_published_counts() -> None:
    table = read_scores(NHANES.read_bytes(), phq())
    rows = [scored(phq(), Score(items=row.items)) for row in table.rows]
    tally = tally_of(phq(), rows)
    assert (len(table.rows) + table.empty, table.empty) == (5924, 526)
    assert (tally.complete, tally.mean) == (5372, Decimal("3.3116"))
    assert list(tally.bands.values()) == [4016, 845, 316, 138, 57]
    assert tally.alerts == {9: 185}
    complete = [s.points_of(9) for s in rows if s.basis is TotalBasis.ITEMS]
    assert [complete.count(n) for n in range(4)] == [5189, 121, 31, 31]


def test_only_what_is_answered_alike_stands_on_one_page() -> None:
    often, yes = ((0, "never"), (1, "often")), ((0, "no"), (1, "yes"))

    def asked(*answers: tuple[tuple[int, str], ...]) -> tuple[Question, ...]:
        return tuple(Question(n, "?", one) for n, one in enumerate(answers, start=1))

    assert fits_one_page(asked(often, often))
    # A closing question with answers of its own, as the PHQ-9 has.
    assert fits_one_page(asked(often, often, yes))
    assert not fits_one_page(asked(often, yes))
    assert not fits_one_page(asked(often, often, yes, yes))
    assert not fits_one_page(asked(often))
    assert not fits_one_page(())

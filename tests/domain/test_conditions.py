"""Conditions of the history: their words are kept, a code stands beside them, a reason is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.case import Case, settle
from aeapp.domain.codecs import read
from aeapp.domain.conditions import condition_words
from aeapp.domain.copies import deidentified
from aeapp.domain.findings import Context, find_problems, item_problem
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.narrative.drafting import drafts_of
from aeapp.domain.records import CaseFile, Event, Patient
from aeapp.domain.records.patient import Condition
from aeapp.domain.values import PartialDate
from tests.factories import TODAY

SINCE, UNTIL = PartialDate.parse("2019-03"), PartialDate.parse("2024")
CODE = spec_at(Patient, "conditions[].icd10cm")
UNK, ASKU = NullFlavor.UNK, NullFlavor.ASKU


@pytest.mark.parametrize(
    "code", ["I10", "F33.2", "f33.2", "C4A.9", "Z3A.20", "T41.295A", "S52.521A", "U07.1"]
)
def test_a_code_of_the_right_shape_is_taken(code: str) -> None:
    assert item_problem(CODE, code) is None


@pytest.mark.parametrize(
    "code",
    ["I", "I1", "110", "II0", "I10.", "I10.12345", "F332", "F33,2", "F33.2 ", "F-3.2", "F33.2."],
)
def test_any_other_code_gets_a_sentence_that_says_how_one_looks(code: str) -> None:
    problem = item_problem(CODE, code) or ""

    assert "a letter, a digit and a third character" in problem
    assert "F33.2" in problem


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition(), ""),
        (Condition(started=SINCE), ""),
        (Condition(name="migraine"), "migraine"),
        (Condition(icd10cm="i10"), "ICD-10-CM I10"),
        (
            Condition(name="migraine", icd10cm="g43.1", started=SINCE, ongoing=True),
            "migraine (ICD-10-CM G43.1), since Mar-2019, continues",
        ),
        (
            Condition(name="gout", started=SINCE, ended=UNTIL, ongoing=False),
            "gout, since Mar-2019, until 2024",
        ),
        (Condition(name="gout", ongoing=False), "gout, no longer present"),
        (Condition(meddra_code="10027599", meddra_edition="28.0"), "MedDRA 10027599 (28.0)"),
        (Condition(meddra_code="10027599", ongoing=True), "MedDRA 10027599, continues"),
        (Condition(name="gout", meddra_code="10018627"), "gout"),
        (
            Condition(name="breast cancer", family=True, comment="mother and aunt"),
            "in the family: breast cancer; mother and aunt",
        ),
        (Condition(comment="of nothing that was named"), ""),
        (
            Condition(name="gout", started=UNK, ended=ASKU, ongoing=UNK),
            "gout, begin unknown, end asked but not told, whether it continues: unknown",
        ),
    ],
)
def test_what_is_known_of_a_condition_is_told_and_a_reason_as_a_reason(
    condition: Condition, words: str
) -> None:
    assert condition_words(condition) == words


MIGRAINE = Condition(name="migraine", icd10cm="G43.1", started=SINCE, ongoing=True)


def case_with(*conditions: Condition, **more: object) -> Case:
    patient = Patient(id="p", history="Smokes.", allergies="latex", conditions=conditions)
    return settle(
        Case(
            patient=replace(patient, **more),  # type: ignore[arg-type]
            case=CaseFile(id="c", more_history="Fasted."),
            events=(Event(id="e", verbatim="felt odd", onset=PartialDate.parse("2026-11-16")),),
        )
    )


def test_item_b7_lists_them_between_the_history_and_the_allergies() -> None:
    assert case_with(MIGRAINE, Condition(name="gout")).happening.history == (
        "Smokes.\nmigraine (ICD-10-CM G43.1), since Mar-2019, continues\ngout\nFasted.\n"
        "Allergies: latex"
    )


def told(case: Case) -> list[str]:
    return [draft.text for draft in drafts_of(case) if draft.key[0] == "conditions"]


def test_the_narrative_tells_them_and_points_to_the_item_where_they_are_long() -> None:
    assert told(case_with()) == told(case_with(Condition())) == []
    assert told(case_with(MIGRAINE)) == [
        "Conditions in the history: migraine (ICD-10-CM G43.1), since Mar-2019, continues."
    ]
    many = [Condition(name=f"condition number {n}") for n in range(30)]
    assert told(case_with(*many)) == ["Conditions in the history: see item B7."]


def test_a_begin_in_the_future_is_found() -> None:
    case = case_with(Condition(name="gout", started=PartialDate.parse("2031-01-01")))

    found = [f for f in find_problems(case, "fda3500", Context(today=TODAY)) if f.code == "V9"]

    assert [(f.item, f.path) for f in found] == [("B7", "patient.conditions[0].started")]


def test_a_de_identified_copy_keeps_the_code_and_the_year() -> None:
    copy, _left = deidentified(case_with(MIGRAINE), texts_read=True)

    (kept,) = copy.patient.conditions
    assert (kept.icd10cm, kept.started) == ("G43.1", PartialDate.parse("2019"))


def test_the_four_answers_to_whether_it_continues_stay_apart() -> None:
    spec = spec_at(Patient, "conditions[].ongoing")

    answers = {read(spec, "Yes"), read(spec, "No"), UNK, None}
    assert len({condition_words(Condition(name="gout", ongoing=a)) for a in answers}) == 4

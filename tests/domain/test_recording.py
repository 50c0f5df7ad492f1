"""An opinion is one step: answer, name and time come and go together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.assessment.recording import argument_of, pairs_of, product_name, record, take_back
from aeapp.domain.case import Case, settle, split_by_record
from aeapp.domain.codelists.assessment import Causality, NaranjoAnswer
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Assessment, CaseFile, Event, Product
from tests.factories import day

ME = "A prescriber"
CHANGES = {
    "category": Causality.POSSIBLE,
    "naranjo.q7": NaranjoAnswer.UNKNOWN,
    "assessor": ME,
    "assessor_role": Role.PRESCRIBER,
    "assessed_at": day("2026-11-23T15:00-06:00"),
}


@pytest.fixture
def case() -> Case:
    return settle(
        Case(
            case=CaseFile(id="c-1", version=1),
            events=(Event(id="e-1", version=1), Event(id="e-2", version=1)),
            products=(
                Product(id="p-1", version=1, name="Ketamine"),
                Product(id="p-2", version=1, name=NullFlavor.UNK),
            ),
            administrations=(
                Administration(id="g-1", version=1, product_id="p-1"),
                Administration(id="g-2", version=1, product_id="p-1", lot_id="l"),
                Administration(id="g-3", version=1, product_id="p-2"),
            ),
        )
    )


def test_each_event_meets_each_product_once(case: Case) -> None:
    found = [(p.place, p.event.id, p.product.id) for p in pairs_of(case)]

    assert found == [(0, "e-1", "p-1"), (0, "e-1", "p-2"), (1, "e-2", "p-1"), (1, "e-2", "p-2")]
    assert [product_name(p.product) for p in pairs_of(case)[:2]] == ["Ketamine", ""]


def test_the_first_answer_makes_the_record_and_taking_it_back_unmakes_it(case: Case) -> None:
    argument = argument_of(pairs_of(case)[0].own(ME), "a-1", CHANGES)
    after = record(case, argument)

    (made,) = after.assessments
    assert (made.id, made.case_id, made.event_id, made.product_id) == ("a-1", "c-1", "e-1", "p-1")
    assert made.naranjo.q7 is NaranjoAnswer.UNKNOWN
    assert (made.category, made.assessor_role) == (Causality.POSSIBLE, Role.PRESCRIBER)
    assert made.assessed_at == CHANGES["assessed_at"]
    assert [a.id for _b, a in split_by_record(case, after)] == ["a-1"]
    assert take_back(after, argument) == case


def test_a_second_answer_changes_the_same_record(case: Case) -> None:
    first = record(case, argument_of(pairs_of(case)[0].own(ME), "a-1", CHANGES))
    other = record(first, argument_of(pairs_of(first)[3].own(ME), "a-2", {"comment": "odd"}))
    argument = argument_of(pairs_of(other)[0].own(ME), "a-3", {"category": Causality.CERTAIN})
    second = record(other, argument)

    assert [a.id for a in second.assessments] == ["a-1", "a-2"]
    assert second.assessments[0].category is Causality.CERTAIN
    assert take_back(second, argument) == other


def test_an_answer_can_be_cleared(case: Case) -> None:
    first = record(case, argument_of(pairs_of(case)[0].own(ME), "a-1", CHANGES))
    cleared = record(first, argument_of(pairs_of(first)[0].own(ME), "", {"category": None}))

    assert cleared.assessments[0].category is None
    assert cleared.assessments[0].assessor == ME


def test_a_stored_record_stays_when_its_only_answer_is_taken_back(case: Case) -> None:
    argument = argument_of(pairs_of(case)[0].own(ME), "a-1", {"category": Causality.CERTAIN})
    after = record(case, argument)
    stored = replace(
        after, assessments=(replace(after.assessments[0], version=1), Assessment(id="a-9"))
    )

    assert [a.id for a in take_back(stored, argument).assessments] == ["a-1", "a-9"]
    assert take_back(stored, argument).assessments[0].category is None


def test_the_newest_of_two_opinions_of_one_person_is_shown(case: Case) -> None:
    two = tuple(
        Assessment(id=f"a-{n}", event_id="e-1", product_id="p-1", assessor=ME) for n in (1, 2)
    )

    assert pairs_of(replace(case, assessments=two))[0].own(ME).id == "a-2"


def test_nobody_answers_in_the_name_of_another(case: Case) -> None:
    after = record(case, argument_of(pairs_of(case)[0].own(ME), "a-1", CHANGES))
    pair = pairs_of(after)[0]

    assert pair.own(ME).id == "a-1"
    assert pair.own("Somebody else") == Assessment(event_id="e-1", product_id="p-1")
    assert [o.id for o in pair.others("Somebody else")] == ["a-1"]
    assert pair.others(ME) == ()
    assert pair.is_judged
    assert not pairs_of(after)[1].is_judged


def test_an_opinion_without_a_name_is_anybodys_to_sign(case: Case) -> None:
    nameless = Assessment(id="a-1", event_id="e-1", product_id="p-1", category=Causality.CERTAIN)
    pair = pairs_of(replace(case, assessments=(nameless,)))[0]

    assert pair.own(ME) is nameless
    assert pair.others(ME) == ()


def test_a_step_of_another_version_is_left_out_by_its_name(case: Case) -> None:
    for strange in (["category", "", "perhaps"], ["mood", "", "good"]):
        with pytest.raises(KeyError):
            record(case, ["a-1", "e-1", "p-1", *strange])
